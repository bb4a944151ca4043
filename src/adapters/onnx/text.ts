import type { EmbeddedText, TextEmbedder, TextInput } from '../../ports/encoders.ts';
import { mapAtMost } from './gate.ts';
import type { ModelPack } from './pack.ts';
import { BATCH_TOKENS, type TextReply, type TextRequest } from './text-model.ts';
import { cutIntoParts } from './text-parts.ts';
import { DEFAULT_TEXT_MODEL, readTextModel, textSpace } from './text-spec.ts';

/** Estimated tokens of a pass for each real one: the estimate runs high, and half-empty passes cost more than a further one. */
const ESTIMATED = 1.5;
/** Estimated tokens under way at once for each session. */
const CAPACITY = 64 * BATCH_TOKENS;
/**
 * Parts of one call, a pass each, under way at once for each of several sessions: one in work and one to go on with. The
 * rest goes to whichever session is ready first: shared out beforehand, a call would wait for the slowest.
 */
const PARTS = 2;
/** The same where one session has all: as much as it can put into one pass of a GPU. */
const PARTS_ALONE = 32;

/** A text embedder of the pack. MODEL_MISSING, MODEL_CORRUPT when it is described nowhere. */
export function openText(pack: ModelPack, id: string = DEFAULT_TEXT_MODEL): TextEmbedder {
  const model = readTextModel(pack.modelsDir, id);
  const { name, settings } = model;
  const { dimension, maxTokens } = settings;
  const { worker, info, threads } = pack.model('text', name, { shared: true, capacity: CAPACITY, settings });
  const pass = ESTIMATED * BATCH_TOKENS * Math.max(1, threads);
  const inHand = worker.sessions > 1 ? PARTS * worker.sessions : PARTS_ALONE;

  return {
    info,
    space: textSpace(model),
    async embed(inputs, role, signal): Promise<EmbeddedText[]> {
      const caller = worker.newCaller();
      const results: EmbeddedText[] = [];
      const lengths = inputs.map(({ text }) => text.length);
      const parts = cutIntoParts(lengths, maxTokens, pass);
      await mapAtMost(parts, inHand, async ({ members, tokens }) => {
        const request: TextRequest = { caller, role, inputs: members.map((i) => inputs[i] as TextInput) };
        const { packed } = await worker.call<TextReply>(request, {
          signal,
          urgent: role === 'query',
          size: role === 'query' ? 1 : tokens,
        });
        let at = 0;
        const next = () => packed.slice(at * dimension, ++at * dimension);
        for (const i of members) results[i] = { vector: next(), spanVectors: (inputs[i]?.spans ?? []).map(next) };
      });
      return results;
    },
  };
}
