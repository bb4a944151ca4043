import type { EmbeddedText, TextEmbedder } from '../../ports/encoders.ts';
import type { ModelName, ModelPack } from './pack.ts';
import type { TextReply, TextRequest } from './text-model.ts';

const MODEL: ModelName = { id: 'bge-small-en-v1.5', version: 'q8-1.0.0-beta3', licence: 'MIT' };
const DIMENSION = 384;

export function openText(pack: ModelPack): TextEmbedder {
  const { worker, info } = pack.model('text', MODEL);
  return {
    info,
    space: { name: MODEL.id, model: MODEL.id, version: MODEL.version, dimension: DIMENSION },
    async embed(inputs, role, signal): Promise<EmbeddedText[]> {
      if (inputs.length === 0) return [];
      const { packed } = await worker.call<TextReply>({ inputs, role } satisfies TextRequest, { signal });
      let at = 0;
      const next = () => packed.slice(at * DIMENSION, ++at * DIMENSION);
      return inputs.map((input) => ({ vector: next(), spanVectors: (input.spans ?? []).map(next) }));
    },
  };
}
