import type { EmbeddedText, TextEmbedder, TextInput } from '../../ports/encoders.ts';
import { mapAtMost } from './gate.ts';
import type { ModelPack } from './pack.ts';
import { BATCH_TOKENS, type TextReply, type TextRequest } from './text-model.ts';
import { DEFAULT_TEXT_MODEL, readTextModel, textSpace } from './text-spec.ts';

/** Characters of an English token, about. */
const CHARS = 4;
/** Estimated tokens of the part of a call that goes to a session in one message. */
const PART = 4 * BATCH_TOKENS;
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
      const parts = cutIntoParts(inputs, maxTokens);
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

interface Part {
  /** Places in the call's list. */
  readonly members: number[];
  /** Estimated. */
  tokens: number;
}

/** Texts of like length together, longest first. */
function cutIntoParts(inputs: readonly TextInput[], maxTokens: number): Part[] {
  const order = inputs.map((_, i) => i).toSorted((a, b) => length(b) - length(a));
  function length(i: number): number {
    return inputs[i]?.text.length ?? 0;
  }
  const parts: Part[] = [];
  for (const i of order) {
    const tokens = Math.min(maxTokens, Math.ceil(length(i) / CHARS) + 2);
    const open = parts.at(-1);
    if (open && open.tokens + tokens <= PART) {
      open.members.push(i);
      open.tokens += tokens;
    } else parts.push({ members: [i], tokens });
  }
  return parts;
}
