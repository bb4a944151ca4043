import type { EmbeddedText, TextEmbedder, TextInput } from '../../ports/encoders.ts';
import { mapAtMost } from './gate.ts';
import type { ModelPack } from './pack.ts';
import type { TextReply, TextRequest } from './text-model.ts';
import { cutIntoParts, PART } from './text-parts.ts';
import { DEFAULT_TEXT_MODEL, readTextModel, textSpace } from './text-spec.ts';

/** Parts of one call under way at once for each session: enough to sort by length, little for others to wait for. */
const PARTS = 8;

/** A text embedder of the pack. MODEL_MISSING, MODEL_CORRUPT when it is described nowhere. */
export function openText(pack: ModelPack, id: string = DEFAULT_TEXT_MODEL): TextEmbedder {
  const model = readTextModel(pack.modelsDir, id);
  const { name, settings } = model;
  const { dimension, maxTokens } = settings;
  const { worker, info } = pack.model('text', name, { shared: true, capacity: 16 * PART, settings });

  return {
    info,
    space: textSpace(model),
    async embed(inputs, role, signal): Promise<EmbeddedText[]> {
      const caller = worker.newCaller();
      const results: EmbeddedText[] = [];
      const lengths = inputs.map(({ text }) => text.length);
      const parts = cutIntoParts(lengths, maxTokens, worker.sessions);
      await mapAtMost(parts, PARTS * worker.sessions, async ({ members, tokens }) => {
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
