import type { AskInput } from '../../application.ts';
import type { Answer, Step } from '../../domain.ts';
import { within, connection, paging } from '../connections.ts';
import { userErrors } from '../errors.ts';
import type { AskInput as AskArguments, Resolvers } from '../generated.ts';
import { loadNode } from './root.ts';

export const reasoningResolvers: Resolvers = {
  Query: {
    search: async (_, args, { application }) =>
      connection(
        await application.search({
          ...paging(args),
          ...(args.query ? { query: args.query } : {}),
          ...(args.asset ? { assetId: args.asset } : {}),
          ...(args.modalities ? { modalities: args.modalities } : {}),
        }),
      ),
    answer: (_, { id }, { application }) => application.answer(id),
  },
  Mutation: {
    ask: async (_, { input }, { application, signal }) => {
      try {
        return { answer: await application.ask({ ...question(input), signal }), userErrors: [] };
      } catch (error) {
        return { answer: null, userErrors: userErrors(error, 'input') };
      }
    },
  },
  Subscription: {
    answerSteps: {
      subscribe: async function* (_, { input }, { application, signal }) {
        const waiting: ({ step: Step } | { answer: Answer })[] = [];
        let wake = () => {};
        const left = new AbortController();
        const asked = application
          .ask({
            ...question(input),
            signal: AbortSignal.any([signal, left.signal]),
            onStep: (step) => (waiting.push({ step }), wake()),
          })
          .then((answer) => void waiting.push({ answer }));
        const ended = asked.finally(() => wake());
        // Awaited below; until then a failure must not count as unhandled.
        ended.catch(() => {});
        try {
          for (;;) {
            for (let event = waiting.shift(); event; event = waiting.shift()) {
              yield { answerSteps: event };
              if ('answer' in event) return;
            }
            await Promise.race([ended, new Promise<void>((resolve) => (wake = resolve))]);
          }
        } finally {
          left.abort();
        }
      },
    },
  },
  Hop: {
    from: ({ fromId }, _, context) => loadNode(fromId, context),
    to: ({ toId }, _, context) => loadNode(toId, context),
  },
  Answer: {
    asset: ({ assetId }, _, context) => (assetId ? context.assets.load(assetId) : null),
  },
};

function question(input: AskArguments): AskInput {
  const minConfidence = input.minConfidence == null ? undefined : within('minConfidence', input.minConfidence, 0, 1);
  return {
    question: input.question,
    ...(input.asset ? { assetId: input.asset } : {}),
    ...(input.choices ? { choices: input.choices } : {}),
    ...(minConfidence === undefined ? {} : { minConfidence }),
  };
}
