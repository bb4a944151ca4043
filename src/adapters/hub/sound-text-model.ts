import {
  AutoFeatureExtractor,
  AutoTokenizer,
  ClapAudioModelWithProjection,
  ClapTextModelWithProjection,
  type Tensor,
} from '@huggingface/transformers';
import { resample } from '../../ingest/resample.ts';
import { inTurn } from '../onnx/in-turn.ts';
import type { Model } from '../onnx/model-worker.ts';
import type { Json } from './folder.ts';
import { inRuns, type TwoTowerRequest } from './image-text-model.ts';
import { damaged, loadOnDevice, unit, unitRows, useLocalFiles, type HubStart } from './load.ts';
import { firstNumber } from './text-settings.ts';
import { padded, tokenise } from './tokenise.ts';

const RATE = 16_000;
const BATCH_TEXTS = 32;
/** Of the text tower, a RoBERTa. */
const MOST_TOKENS = 512;

export function soundTextDimension(config: Json): number {
  return firstNumber(config, 'projection_dim') ?? 512;
}

/**
 * CLAP: sounds and words in one space. A sound longer than the model's window (10 s) is heard in windows one after
 * another, and their vectors are averaged: the library's own way is a random window.
 */
export async function openHubSoundText(start: HubStart): Promise<Model> {
  useLocalFiles(start.root);
  const dimension = soundTextDimension(start.config);
  const { loaded, device } = await loadOnDevice(start, async (options) => ({
    tokenizer: await AutoTokenizer.from_pretrained(start.name),
    extractor: await AutoFeatureExtractor.from_pretrained(start.name, {}),
    texts: await ClapTextModelWithProjection.from_pretrained(start.name, options as object),
    sounds: await ClapAudioModelWithProjection.from_pretrained(start.name, options as object),
  }));
  const settings = loaded.extractor.config as Json;
  const rate = firstNumber(settings, 'sampling_rate') ?? 48_000;
  const window = firstNumber(settings, 'nb_max_samples') ?? 10 * rate;
  const vectors = (output: Record<string, Tensor | undefined>, name: string, n: number) => {
    const tensor = output[name];
    if (!tensor) throw damaged(start, `its model has no output ${name} (${Object.keys(output).join(', ')})`);
    return unitRows(start, tensor.to('float32').data as Float32Array, n, dimension);
  };

  async function listen(samples: Float32Array, pause: () => Promise<void>): Promise<Float32Array> {
    const heard = resample(samples, RATE, rate);
    const sum = new Float32Array(dimension);
    for (let from = 0; from === 0 || from < heard.length; from += window) {
      await pause();
      const part = heard.subarray(from, from + window);
      // The rest weighs by its length.
      const weight = Math.max(1, part.length) / window;
      // The library repeats a short sound until the window is full, for ever where there is none.
      const whole = part.length > 0 ? part : new Float32Array(1);
      const [vector] = vectors(await loaded.sounds(await loaded.extractor(whole)), 'audio_embeds', 1);
      for (let d = 0; d < dimension; d++) sum[d] = (sum[d] ?? 0) + weight * (vector?.[d] ?? 0);
    }
    return unit(sum);
  }

  return {
    device,
    ...inTurn<TwoTowerRequest<Float32Array>, Float32Array[]>(async (request, pause) => {
      if ('texts' in request) {
        return inRuns(request.texts, BATCH_TEXTS, pause, async (some) => {
          const rows = some.map((text) => tokenise(loaded.tokenizer, text, MOST_TOKENS));
          return vectors(await loaded.texts(padded(loaded.tokenizer, rows)), 'text_embeds', some.length);
        });
      }
      const results: Float32Array[] = [];
      for (const samples of request.things) results.push(await listen(samples, pause));
      return results;
    }),
  };
}
