import {
  AutoImageProcessor,
  AutoTokenizer,
  CLIPTextModelWithProjection,
  CLIPVisionModelWithProjection,
  RawImage,
  SiglipTextModel,
  SiglipVisionModel,
  type Tensor,
} from '@huggingface/transformers';
import type { RgbImage } from '../../ports/encoders.ts';
import { inTurn } from '../onnx/in-turn.ts';
import type { Model } from '../onnx/model-worker.ts';
import type { Json } from './folder.ts';
import { damaged, loadOnDevice, unitRows, useLocalFiles, type HubStart } from './load.ts';
import { firstNumber } from './text-settings.ts';
import { padded, tokenise } from './tokenise.ts';

const BATCH_TEXTS = 32;
const BATCH_IMAGES = 4;

export type TwoTowerRequest<T> = { readonly things: readonly T[] } | { readonly texts: readonly string[] };

/** Numbers of a vector: the sizes that the configurations leave out are those of the library's defaults. */
export function imageTextDimension(config: Json): number {
  if (config['model_type'] !== 'siglip') return firstNumber(config, 'projection_dim') ?? 512;
  return firstNumber((config['text_config'] as Json | undefined) ?? {}, 'projection_size', 'hidden_size') ?? 768;
}

/** CLIP or SigLIP: pictures and words in one space. */
export async function openHubImageText(start: HubStart): Promise<Model> {
  useLocalFiles(start.root);
  const siglip = start.config['model_type'] === 'siglip';
  const dimension = imageTextDimension(start.config);
  const textConfig = (start.config['text_config'] as Json | undefined) ?? {};
  const limit = firstNumber(textConfig, 'max_position_embeddings') ?? (siglip ? 64 : 77);
  const { loaded, device } = await loadOnDevice(start, async (options) => ({
    tokenizer: await AutoTokenizer.from_pretrained(start.name),
    processor: await AutoImageProcessor.from_pretrained(start.name, {}),
    texts: await (siglip ? SiglipTextModel : CLIPTextModelWithProjection).from_pretrained(
      start.name,
      options as object,
    ),
    images: await (siglip ? SiglipVisionModel : CLIPVisionModelWithProjection).from_pretrained(
      start.name,
      options as object,
    ),
  }));
  const vectors = (output: Record<string, Tensor | undefined>, name: string, n: number) => {
    const tensor = output[siglip ? 'pooler_output' : name];
    if (!tensor) throw damaged(start, `its model has no output ${name} (${Object.keys(output).join(', ')})`);
    return unitRows(start, tensor.to('float32').data as Float32Array, n, dimension);
  };
  return {
    device,
    ...inTurn<TwoTowerRequest<RgbImage>, Float32Array[]>(async (request, pause) => {
      if ('texts' in request) {
        return inRuns(request.texts, BATCH_TEXTS, pause, async (some) => {
          const rows = some.map((text) => tokenise(loaded.tokenizer, text, limit));
          // SigLIP was trained on texts of one length.
          const tokens = padded(loaded.tokenizer, rows, siglip ? limit : undefined);
          return vectors(await loaded.texts(tokens), 'text_embeds', some.length);
        });
      }
      return inRuns(request.things, BATCH_IMAGES, pause, async (some) => {
        const images = some.map(
          ({ data, width, height }) => new RawImage(new Uint8ClampedArray(data), width, height, 3),
        );
        return vectors(await loaded.images(await loaded.processor(images)), 'image_embeds', some.length);
      });
    }),
  };
}

/** `things` in runs of `size`, with a pause before each. */
export async function inRuns<T>(
  things: readonly T[],
  size: number,
  pause: () => Promise<void>,
  work: (some: readonly T[]) => Promise<readonly Float32Array[]>,
): Promise<Float32Array[]> {
  const results: Float32Array[] = [];
  for (let i = 0; i < things.length; i += size) {
    await pause();
    results.push(...(await work(things.slice(i, i + size))));
  }
  return results;
}
