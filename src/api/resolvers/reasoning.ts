import type { Conversed, ConverseInput } from '../../conversing.ts';
import { MOST_SAMPLES } from '../../config.ts';
import type { Step } from '../../domain.ts';
import { SensegraphError } from '../../errors.ts';
import { connection, filter, paging, within, words } from '../connections.ts';
import { userErrors } from '../errors.ts';
import type { AskInput as AskArguments, Resolvers } from '../generated.ts';
import { loadNode } from './root.ts';

/** Given answers to choose among. */
const MOST_CHOICES = 20;

export const reasoningResolvers: Resolvers = {
  Query: {
    search: async (_, args, { application }) =>
      connection(
        await application.search({
          ...paging(args),
          ...(args.query ? { query: words('query', args.query) } : {}),
          ...(args.asset ? { assetId: args.asset } : {}),
          ...filter('modalities', args.modalities),
        }),
      ),
    answer: (_, { id }, { application }) => application.answer(id),
    verifyAnswer: (_, { id }, { application }) => application.verifyAnswer(id),
    look: async (_, { asset, question: asked, choices }, { application, signal }) => {
      const looked = await application.look({
        assetId: asset,
        signal,
        ...(asked ? { question: words('question', asked) } : {}),
        ...given(choices),
      });
      return { ...looked, model: { ...looked.model, loaded: true } };
    },
  },
  Mutation: {
    ask: async (_, { input }, { application, signal }) => {
      try {
        return { ...(await application.converse({ ...question(input), signal })), userErrors: [] };
      } catch (error) {
        return {
          answer: null,
          clarification: null,
          turn: null,
          userErrors: userErrors(signal.aborted ? cancelled(error) : error, 'input'),
        };
      }
    },
    hear: async (_, { uploadId }, { application, signal }) => {
      try {
        const { text, model } = await application.hearQuestion({ uploadId }, signal);
        return { heard: { text, model: { ...model, loaded: true } }, userErrors: [] };
      } catch (error) {
        return { heard: null, userErrors: userErrors(signal.aborted ? cancelled(error) : error, 'uploadId') };
      }
    },
  },
  Subscription: {
    answerSteps: {
      subscribe: async function* (_, { input }, { application, signal }) {
        const waiting: ({ step: Step } | Conversed)[] = [];
        let wake: (() => void) | undefined;
        const left = new AbortController();
        const asked = application
          .converse({
            ...question(input),
            signal: AbortSignal.any([signal, left.signal]),
            onStep: (step) => {
              waiting.push({ step });
              wake?.();
            },
          })
          .then((last) => void waiting.push(last));
        const ended = asked.finally(() => wake?.());
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
    verification: ({ id }, _, { application }) => application.verifyAnswer(id),
    asset: ({ assetId }, _, context) => (assetId ? context.assets.load(assetId) : null),
  },
};

/** Whoever asked has left: no fault of the server. */
function cancelled(cause: unknown): SensegraphError {
  return new SensegraphError('CANCELLED', 'The question was cancelled.', { cause });
}

function question(input: AskArguments): ConverseInput {
  const minConfidence = input.minConfidence == null ? undefined : within('minConfidence', input.minConfidence, 0, 1);
  const samples = input.samples == null ? undefined : within('samples', input.samples, 1, MOST_SAMPLES);
  return {
    question: input.question,
    ...(input.asset ? { assetId: input.asset } : {}),
    ...given(input.choices),
    ...(input.conversation ? { conversationId: input.conversation } : {}),
    ...(input.candidate ? { candidateId: input.candidate } : {}),
    ...(minConfidence === undefined ? {} : { minConfidence }),
    ...(samples === undefined ? {} : { samples }),
  };
}

function given(choices: readonly string[] | null | undefined): { readonly choices?: readonly string[] } {
  if (!choices?.length) return {};
  within('The number of choices', choices.length, 2, MOST_CHOICES);
  choices.forEach((choice, i) => words(`choices.${i}`, choice));
  return { choices };
}
