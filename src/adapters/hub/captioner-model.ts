import {
  AutoModelForImageTextToText,
  AutoProcessor,
  DynamicCache,
  LogitsProcessor,
  LogitsProcessorList,
  RawImage,
  Tensor,
} from '@huggingface/transformers';
import type { RgbImage, WrittenText } from '../../ports/encoders.ts';
import { inTurn } from '../onnx/in-turn.ts';
import type { Model } from '../onnx/model-worker.ts';
import { loadOnDevice, useLocalFiles, type HubStart } from './load.ts';

const CAPTION = 'Describe this picture in one sentence.';
const MOST_TOKENS = 64;

export interface CaptionerRequest {
  readonly image: RgbImage;
  /** Without it, a caption. */
  readonly question?: string;
  /** Texts whose likelihood is wanted; without them, free words. */
  readonly texts?: readonly string[];
}

type Inputs = Record<string, Tensor> & { readonly input_ids: Tensor; readonly attention_mask: Tensor };

/** A small vision-language chat model in the layout of SmolVLM and Idefics 3. Greedy, so the same picture gives the same words. */
export async function openHubCaptioner(start: HubStart): Promise<Model> {
  useLocalFiles(start.root);
  const { loaded, device } = await loadOnDevice(start, async (options) => ({
    processor: await AutoProcessor.from_pretrained(start.name, {}),
    model: await AutoModelForImageTextToText.from_pretrained(start.name, options as object),
  }));
  const { processor, model } = loaded;
  const tokenizer = processor.tokenizer;
  if (!tokenizer) throw new Error('its processor has no tokenizer');
  const told = model.generation_config?.eos_token_id ?? tokenizer.eos_token_id ?? [];
  const ends = new Set([told].flat().map(Number));

  async function prepare({ image, question = CAPTION }: CaptionerRequest): Promise<Inputs> {
    const content = [{ type: 'image' }, { type: 'text', text: question }];
    const prompt = processor.apply_chat_template([{ role: 'user', content }] as never, { add_generation_prompt: true });
    const picture = new RawImage(new Uint8ClampedArray(image.data), image.width, image.height, 3);
    return (await processor(prompt, [picture])) as Inputs;
  }

  async function write(request: CaptionerRequest): Promise<WrittenText> {
    const inputs = await prepare(request);
    const steps = new Steps();
    const processors = new LogitsProcessorList();
    processors.push(steps);
    const output = (await model.generate({
      ...inputs,
      max_new_tokens: MOST_TOKENS,
      do_sample: false,
      logits_processor: processors,
    } as Parameters<typeof model.generate>[0])) as Tensor;
    const tokens = Array.from(output.data as BigInt64Array, Number).slice(inputs.input_ids.dims.at(-1));
    const logProbability = tokens.reduce((sum, token, i) => sum + logProbabilityOf(steps.logits[i], token), 0);
    const words = tokens.filter((token) => !ends.has(token));
    // The tokeniser refuses an empty list: the model may have nothing to say.
    const text = words.length > 0 ? tokenizer!.decode(words, { skip_special_tokens: true }).trim() : '';
    return { text, logProbability, tokens: tokens.length };
  }

  /** The picture and the question are read once; each text is then a short continuation of what was read. */
  async function weigh(
    request: CaptionerRequest,
    texts: readonly string[],
    pause: () => Promise<void>,
  ): Promise<WrittenText[]> {
    const inputs = await prepare(request);
    const read = (await model.forward(inputs)) as Record<string, Tensor>;
    const cache: Record<string, Tensor> = {};
    for (const [name, tensor] of Object.entries(read))
      if (name.startsWith('present')) cache[name.replace('present', 'past_key_values')] = tensor;
    const length = inputs.input_ids.dims.at(-1) ?? 0;
    const first = lastRow(read['logits']);
    const [end] = ends;
    const weighed: WrittenText[] = [];
    for (const text of texts) {
      await pause();
      const ids = tokenizer!.encode(` ${text}`, { add_special_tokens: false });
      const next = (await model.forward({
        input_ids: integers(ids),
        attention_mask: integers(Array<number>(length + ids.length).fill(1)),
        past_key_values: new DynamicCache(cache),
      })) as Record<string, Tensor>;
      const rows = rowsOf(next['logits']);
      const wanted = end === undefined ? ids : [...ids, end];
      const logProbability = wanted.reduce(
        (sum, token, i) => sum + logProbabilityOf(i === 0 ? first : rows[i - 1], token),
        0,
      );
      weighed.push({ text, logProbability, tokens: wanted.length });
    }
    return weighed;
  }

  return {
    device,
    ...inTurn<CaptionerRequest, WrittenText | WrittenText[]>((request, pause) =>
      request.texts ? weigh(request, request.texts, pause) : write(request),
    ),
  };
}

/** Keeps what the model thought at each step. Changes nothing. */
class Steps extends LogitsProcessor {
  readonly logits: Float32Array[] = [];

  override _call(_ids: bigint[][], logits: Tensor): Tensor {
    this.logits.push((logits.data as Float32Array).slice());
    return logits;
  }
}

function integers(values: readonly number[]): Tensor {
  return new Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
}

/** [1 × steps × vocabulary] as rows. */
function rowsOf(logits: Tensor | undefined): Float32Array[] {
  const data = logits?.to('float32').data as Float32Array;
  const [, steps = 0, width = 0] = logits?.dims ?? [];
  return Array.from({ length: steps }, (_, i) => data.subarray(i * width, (i + 1) * width));
}

function lastRow(logits: Tensor | undefined): Float32Array | undefined {
  return rowsOf(logits).at(-1);
}

function logProbabilityOf(logits: Float32Array | undefined, token: number): number {
  if (!logits) return -Infinity;
  const greatest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const sum = logits.reduce((total, value) => total + Math.exp(value - greatest), 0);
  return (logits[token] ?? -Infinity) - greatest - Math.log(sum);
}
