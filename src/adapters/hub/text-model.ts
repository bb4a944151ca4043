import { join } from 'node:path';
import { AutoModel, AutoTokenizer, type Tensor } from '@huggingface/transformers';
import type { TextInput } from '../../ports/encoders.ts';
import { inTurn } from '../onnx/in-turn.ts';
import type { Model } from '../onnx/model-worker.ts';
import { WordPiece, type Tokens } from '../onnx/word-piece.ts';
import { damaged, loadOnDevice, unit, useLocalFiles, type HubStart } from './load.ts';
import { padded, tokenise } from './tokenise.ts';

/** Tokens of one run, padding included. */
const BATCH_TOKENS = 4096;

export interface HubTextRequest {
  readonly inputs: readonly TextInput[];
  readonly role: 'query' | 'passage';
}

/** For each input its vector, then its spans' vectors. */
export type HubTextReply = readonly (readonly Float32Array[])[];

interface Item {
  readonly ids: readonly number[];
  /** Ranges of tokens to be averaged besides the text's own vector. */
  readonly ranges: readonly (readonly number[])[];
  /** The text's vector, then one a range. */
  readonly done: (vectors: Float32Array[]) => void;
}

/**
 * An encoder for texts. Span vectors are the mean of the span's token outputs ("late chunking") where the offsets of
 * the tokens are known: for the uncased WordPiece of BERT, where our tokeniser gives the same tokens. Spans of other
 * models are embedded by their own words.
 */
export async function openHubText(start: HubStart): Promise<Model> {
  const settings = start.text;
  if (!settings) throw damaged(start, 'its settings are missing');
  const { dimension, pooling, prefix, limit } = settings;
  useLocalFiles(start.root);
  const tokenizer = await AutoTokenizer.from_pretrained(start.name).catch((cause: unknown) => {
    throw damaged(start, String(cause), cause);
  });
  const wordPiece = await WordPiece.load(join(start.path, 'tokenizer.json')).catch(() => undefined);
  const { loaded: model, device } = await loadOnDevice(start, (options) =>
    AutoModel.from_pretrained(start.name, options as object),
  );

  async function runBatch(batch: readonly Item[]): Promise<void> {
    const tokens = padded(
      tokenizer,
      batch.map(({ ids }) => ids),
    );
    const length = tokens.input_ids.dims[1] ?? 0;
    const output = (await model(tokens)) as Record<string, Tensor | undefined>;
    const tensor = output['last_hidden_state'] ?? output['token_embeddings'];
    if (!tensor) throw damaged(start, `its model has no output last_hidden_state (${Object.keys(output).join(', ')})`);
    const hidden = tensor.to('float32').data as Float32Array;
    if (hidden.length !== batch.length * length * dimension)
      throw damaged(start, `it gives ${tensor.dims.at(-1)} numbers a token where its config.json says ${dimension}`);
    for (const [row, item] of batch.entries()) {
      const mean = (tokens: readonly number[]) => meanOf(hidden, row * length, tokens, dimension);
      const whole = pooling === 'cls' ? mean([0]) : mean(item.ids.map((_, i) => i));
      item.done([whole, ...item.ranges.map((range) => (range.length > 0 ? mean(range) : whole))]);
    }
  }

  return {
    device,
    ...inTurn<HubTextRequest, HubTextReply>(async ({ inputs, role }, pause) => {
      const items: Item[] = [];
      const reply: Float32Array[][] = inputs.map(() => []);
      for (const [i, { text, spans = [] }] of inputs.entries()) {
        const before = prefix[role];
        const ids = tokenise(tokenizer, before + text, limit);
        const tokens = spans.length > 0 ? alike(wordPiece?.encode(before + text, limit), ids) : undefined;
        const ranges = tokens
          ? spans.map(({ start: from, end }) => within(tokens, from + before.length, end + before.length))
          : [];
        const slot = reply[i] ?? [];
        items.push({ ids, ranges, done: (vectors) => vectors.forEach((vector, at) => (slot[at] = vector)) });
        if (tokens) continue;
        for (const [s, span] of spans.entries()) {
          const own = tokenise(tokenizer, text.slice(span.start, span.end), limit);
          items.push({ ids: own, ranges: [], done: ([vector]) => vector && (slot[s + 1] = vector) });
        }
      }
      items.sort((a, b) => b.ids.length - a.ids.length);
      while (items.length > 0) {
        await pause();
        const longest = items[0]?.ids.length ?? 1;
        await runBatch(items.splice(0, Math.max(1, Math.floor(BATCH_TOKENS / longest))));
      }
      return reply;
    }),
  };
}

/** Our tokens, where they are the model's own. */
function alike(tokens: Tokens | undefined, ids: readonly number[]): Tokens | undefined {
  return tokens?.ids.length === ids.length && tokens.ids.every((id, i) => id === ids[i]) ? tokens : undefined;
}

/** Positions of the tokens that lie in a range of the text. */
function within({ starts, ends }: Tokens, from: number, to: number): number[] {
  return [...starts.keys()].filter((i) => (starts[i] ?? -1) >= from && (ends[i] ?? Infinity) <= to);
}

function meanOf(hidden: Float32Array, first: number, tokens: readonly number[], dimension: number): Float32Array {
  const sum = new Float32Array(dimension);
  for (const token of tokens) {
    const offset = (first + token) * dimension;
    for (let d = 0; d < dimension; d++) sum[d] = (sum[d] ?? 0) + (hidden[offset + d] ?? 0);
  }
  return unit(sum);
}
