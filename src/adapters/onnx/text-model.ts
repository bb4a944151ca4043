import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { Tensor, type InferenceSession } from 'onnxruntime-node';
import type { TextInput } from '../../ports/encoders.ts';
import type { Model, ModelStart } from './model-worker.ts';
import { openSession } from './session.ts';
import { WordPiece, type Tokens } from './word-piece.ts';

/**
 * Padded tokens of one batch. On two cores 1,024 embeds 10 to 18 % more passages a second than 1,536 and 20 % more than
 * 2,048: less padding, and the batch stays in the cache.
 */
const BATCH_TOKENS = 1024;
/** The model reads at most this many. */
const MAX_TOKENS = 512;
const DIMENSION = 384;

export interface TextRequest {
  readonly inputs: readonly TextInput[];
  readonly role: 'query' | 'passage';
}

/** Float32Array [vectors × 384]: for each input its vector, then its spans' vectors. */
export interface TextReply {
  readonly packed: Float32Array;
}

interface Item {
  readonly call: number;
  readonly tokens: Tokens;
  readonly input: TextInput;
  /** Characters that were put before the text. */
  readonly shift: number;
  readonly done: (vectors: Float32Array[]) => void;
  readonly fail: (error: unknown) => void;
}

const QUERY_PREFIX = 'Represent this sentence for searching relevant passages: ';

/**
 * bge-small-en-v1.5. All callers' texts wait in one queue; a batch takes texts of like length up to the token budget,
 * questions before passages, so that a question is not stuck behind an ingest.
 */
export async function openTextModel(start: ModelStart): Promise<Model> {
  const { session, device } = await openSession(start, 'model.onnx');
  const tokenizer = await WordPiece.load(join(start.folder, 'tokenizer.json'));
  const queues: Record<TextRequest['role'], Item[]> = { query: [], passage: [] };
  let running = false;

  async function drain(): Promise<void> {
    if (running) return;
    running = true;
    for (;;) {
      // Lets messages in: run() blocks this thread.
      await setImmediate();
      const queue = queues.query.length > 0 ? queues.query : queues.passage;
      if (queue.length === 0) break;
      const batch = takeBatch(queue);
      try {
        await runBatch(session, batch);
      } catch (error) {
        for (const item of batch) item.fail(error);
      }
    }
    running = false;
  }

  return {
    device,
    async run(call, payload) {
      const { inputs, role } = payload as TextRequest;
      const prefix = role === 'query' ? QUERY_PREFIX : '';
      const results = inputs.map(
        (input) =>
          new Promise<Float32Array[]>((done, fail) => {
            const tokens = tokenizer.encode(prefix + input.text, MAX_TOKENS);
            insert(queues[role], { call, tokens, input, shift: prefix.length, done, fail });
          }),
      );
      void drain();
      const vectors = (await Promise.all(results)).flat();
      const packed = new Float32Array(vectors.length * DIMENSION);
      for (const [i, vector] of vectors.entries()) packed.set(vector, i * DIMENSION);
      return { packed } satisfies TextReply;
    },
    cancel(call) {
      for (const queue of Object.values(queues)) {
        for (let i = queue.length - 1; i >= 0; i--) if (queue[i]?.call === call) queue.splice(i, 1)[0]?.done([]);
      }
    },
  };
}

/** Keeps the queue sorted by length, longest first. */
function insert(queue: Item[], item: Item): void {
  let low = 0;
  let high = queue.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((queue[middle]?.tokens.ids.length ?? 0) > item.tokens.ids.length) low = middle + 1;
    else high = middle;
  }
  queue.splice(low, 0, item);
}

/** The longest waiting text and as many of like length as the budget takes. */
function takeBatch(queue: Item[]): Item[] {
  const longest = queue[0]?.tokens.ids.length ?? 1;
  return queue.splice(0, Math.max(1, Math.floor(BATCH_TOKENS / longest)));
}

async function runBatch(session: InferenceSession, batch: readonly Item[]): Promise<void> {
  const length = Math.max(...batch.map((item) => item.tokens.ids.length));
  const ids = new BigInt64Array(batch.length * length);
  const mask = new BigInt64Array(batch.length * length);
  for (const [row, { tokens }] of batch.entries()) {
    for (const [column, id] of tokens.ids.entries()) {
      ids[row * length + column] = BigInt(id);
      mask[row * length + column] = 1n;
    }
  }
  const shape = [batch.length, length];
  const output = await session.run({
    input_ids: new Tensor('int64', ids, shape),
    attention_mask: new Tensor('int64', mask, shape),
    token_type_ids: new Tensor('int64', new BigInt64Array(batch.length * length), shape),
  });
  const hidden = output['last_hidden_state']?.data as Float32Array;
  for (const [row, item] of batch.entries()) {
    const base = row * length * DIMENSION;
    const cls = unit(hidden.slice(base, base + DIMENSION));
    item.done([
      cls,
      ...(item.input.spans ?? []).map(
        (span) => spanVector(hidden, base, item, span.start + item.shift, span.end + item.shift) ?? cls,
      ),
    ]);
  }
}

/** Mean of the outputs of the tokens within the span ("late chunking", arXiv 2409.04701); undefined where it was cut off. */
function spanVector(
  hidden: Float32Array,
  base: number,
  { tokens }: Item,
  start: number,
  end: number,
): Float32Array | undefined {
  const sum = new Float32Array(DIMENSION);
  let count = 0;
  for (const [i, tokenStart] of tokens.starts.entries()) {
    if (tokenStart < start || (tokens.ends[i] ?? 0) > end) continue;
    const offset = base + i * DIMENSION;
    for (let d = 0; d < DIMENSION; d++) sum[d] = (sum[d] ?? 0) + (hidden[offset + d] ?? 0);
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
