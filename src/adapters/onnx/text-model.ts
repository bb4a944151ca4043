import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import type { TextInput } from '../../ports/encoders.ts';
import { Batcher } from './batcher.ts';
import type { Model, ModelStart } from './model-worker.ts';
import { openSession } from './session.ts';
import type { TextSettings } from './text-spec.ts';
import { WordPiece, type Tokens } from './word-piece.ts';

/**
 * Padded tokens of one batch for each thread of its session. One thread spends the least time on a text at 512: at 256
 * tokens a text 1,024 takes 7 % more and 2,048 24 %, at 12 tokens they take as much.
 */
export const BATCH_TOKENS = 512;
/** A GPU wants much more at once. Not measured on a GPU. */
const BATCH_TOKENS_GPU = 16_384;
/** A pass costs about as much besides as seven tokens do. */
const PADDING = 8;

export interface TextRequest {
  readonly caller: number;
  readonly inputs: readonly TextInput[];
  readonly role: 'query' | 'passage';
}

/** Float32Array [vectors × dimension]: for each input its vector, then its spans' vectors. */
export interface TextReply {
  readonly packed: Float32Array;
}

interface Item {
  readonly tokens: Tokens;
  readonly input: TextInput;
  /** Characters that were put before the text. */
  readonly shift: number;
}

/** A BERT text embedder. Callers' texts share batches, questions before passages. */
export async function openTextModel(start: ModelStart): Promise<Model> {
  const settings = start.settings as TextSettings;
  const { session, device } = await openSession(start, 'model.onnx');
  const tokenizer = await WordPiece.load(join(start.folder, 'tokenizer.json'));
  const batcher = new Batcher<Item, Float32Array[]>({
    budget: device === 'cpu' ? BATCH_TOKENS * (start.threads || availableParallelism()) : BATCH_TOKENS_GPU,
    padding: PADDING,
    sizeOf: ({ tokens }) => tokens.ids.length,
    run: (items) => embed(session, items, settings),
  });
  return {
    device,
    async run(call, payload) {
      const { caller, inputs, role } = payload as TextRequest;
      const prefix = role === 'query' ? settings.queryPrefix : '';
      const items = inputs.map((input) => ({
        tokens: tokenizer.encode(prefix + input.text, settings.maxTokens),
        input,
        shift: prefix.length,
      }));
      const vectors = (await batcher.add({ call, caller, urgent: role === 'query' }, items)).flat();
      const packed = new Float32Array(vectors.length * settings.dimension);
      for (const [i, vector] of vectors.entries()) packed.set(vector, i * settings.dimension);
      return { packed } satisfies TextReply;
    },
    cancel: (call) => batcher.cancel(call),
  };
}

async function embed(
  session: InferenceSession,
  items: readonly Item[],
  { dimension, pooling }: TextSettings,
): Promise<Float32Array[][]> {
  const length = Math.max(...items.map((item) => item.tokens.ids.length));
  const ids = new BigInt64Array(items.length * length);
  const mask = new BigInt64Array(items.length * length);
  for (const [row, { tokens }] of items.entries()) {
    for (const [column, id] of tokens.ids.entries()) ids[row * length + column] = BigInt(id);
    mask.fill(1n, row * length, row * length + tokens.ids.length);
  }
  const shape = [items.length, length];
  const inputs: Record<string, Tensor> = {
    input_ids: new Tensor('int64', ids, shape),
    attention_mask: new Tensor('int64', mask, shape),
  };
  if (session.inputNames.includes('token_type_ids'))
    inputs['token_type_ids'] = new Tensor('int64', new BigInt64Array(items.length * length), shape);
  const output = (await session.run(inputs, ['last_hidden_state']))['last_hidden_state'];
  const hidden = output?.data as Float32Array;
  const width = output?.dims.at(-1) ?? dimension;
  return items.map((item, row) => {
    const tokens = hidden.subarray(row * length * width, (row + 1) * length * width);
    const mean = (from: number, to: number) => meanOf(tokens, width, dimension, item.tokens, from, to);
    const whole = (pooling === 'mean' ? mean(-1, Infinity) : undefined) ?? unit(tokens.slice(0, dimension));
    const spans = item.input.spans ?? [];
    return [whole, ...spans.map(({ start, end }) => mean(start + item.shift, end + item.shift) ?? whole)];
  });
}

/**
 * Unit mean of the outputs of the tokens within characters `[from, to)` ("late chunking", arXiv 2409.04701); undefined
 * where they were cut off. The special tokens stand at −1.
 */
function meanOf(
  hidden: Float32Array,
  width: number,
  dimension: number,
  { starts, ends }: Tokens,
  from: number,
  to: number,
): Float32Array | undefined {
  const sum = new Float32Array(dimension);
  let count = 0;
  for (const [i, start] of starts.entries()) {
    if (start < from || (ends[i] ?? 0) > to) continue;
    for (let d = 0; d < dimension; d++) sum[d] = (sum[d] ?? 0) + (hidden[i * width + d] ?? 0);
    count += 1;
  }
  return count > 0 ? unit(sum) : undefined;
}

function unit(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const norm = Math.sqrt(sum) || 1;
  return vector.map((value) => value / norm);
}
