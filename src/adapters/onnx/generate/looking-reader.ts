import { Tensor, type InferenceSession } from 'onnxruntime-node';
import type { LookingSettings } from './looking-settings.ts';
import type { TokenReader } from './token-reader.ts';

/** Keys and values of every layer, [rows × heads × length × width]. */
export interface KeyValueCache {
  readonly rows: number;
  readonly length: number;
  /** By input name, `past_key_values.N.key` and `.value`. */
  readonly past: Readonly<Record<string, Tensor>>;
}

/**
 * The vision-language model as a reader of tokens behind one picture; without a picture it is the language model that
 * it was made from. See its card for inputs and outputs.
 */
export class LookingReader implements TokenReader<KeyValueCache> {
  readonly #session: InferenceSession;
  readonly #settings: LookingSettings;
  readonly #vision: Float32Array;
  readonly #look: Tensor;

  /** `vision`: [tokens × dimension], see packVisionTokens. */
  constructor(session: InferenceSession, settings: LookingSettings, vision?: Float32Array) {
    this.#session = session;
    this.#settings = settings;
    this.#vision = vision ?? new Float32Array(settings.vision.dimension);
    this.#look = new Tensor('float32', [vision ? 1 : 0], [1]);
  }

  async read(
    rows: readonly (readonly number[])[],
    cache: KeyValueCache | undefined,
    wanted: 'last' | 'all',
  ): Promise<{ cache: KeyValueCache; logits: Float32Array[][] }> {
    const [b, t] = [rows.length, rows[0]?.length ?? 0];
    const before = cache ?? this.#empty(b);
    const at = wanted === 'last' ? [t - 1] : Array.from({ length: t }, (_, i) => i);
    const { dimension } = this.#settings.vision;
    const seen = this.#vision.length / dimension;
    const output = await this.#session.run({
      ...before.past,
      input_ids: integers(rows.flat(), [b, t]),
      attention_mask: integers(Array<number>(b * (before.length + t)).fill(1), [b, before.length + t]),
      position_ids: integers(
        rows.flatMap((row) => row.map((_, i) => before.length + i)),
        [b, t],
      ),
      vision: new Tensor('float32', repeat(this.#vision, b), [b, seen, dimension]),
      vision_mask: new Tensor('float32', new Float32Array(b * seen).fill(1), [b, seen]),
      look: this.#look,
      logit_positions: integers(at, [at.length]),
    });
    const past: Record<string, Tensor> = {};
    for (const name of Object.keys(before.past))
      past[name] = output[name.replace('past_key_values', 'present')] as Tensor;
    const { vocabulary } = this.#settings;
    const all = output['logits']?.data as Float32Array;
    const row = (i: number) => all.subarray(i * vocabulary, (i + 1) * vocabulary);
    return {
      cache: { rows: b, length: before.length + t, past },
      logits: rows.map((_, r) => at.map((_, k) => row(r * at.length + k))),
    };
  }

  pick(cache: KeyValueCache, rows: readonly number[]): KeyValueCache {
    if (rows.length === cache.rows && rows.every((row, i) => row === i)) return cache;
    const past = Object.entries(cache.past).map(([name, { data, dims }]) => {
      const size = data.length / cache.rows;
      const picked = new Float32Array(rows.length * size);
      for (const [i, row] of rows.entries())
        picked.set((data as Float32Array).subarray(row * size, (row + 1) * size), i * size);
      return [name, new Tensor('float32', picked, [rows.length, ...dims.slice(1)])] as const;
    });
    return { rows: rows.length, length: cache.length, past: Object.fromEntries(past) };
  }

  #empty(rows: number): KeyValueCache {
    const { layers, kvHeads, headDim } = this.#settings;
    const past: Record<string, Tensor> = {};
    for (let layer = 0; layer < layers; layer++)
      for (const part of ['key', 'value'])
        past[`past_key_values.${layer}.${part}`] = new Tensor('float32', new Float32Array(), [
          rows,
          kvHeads,
          0,
          headDim,
        ]);
    return { rows, length: 0, past };
  }
}

function integers(values: readonly number[], shape: readonly number[]): Tensor {
  return new Tensor('int64', BigInt64Array.from(values, BigInt), shape);
}

function repeat(values: Float32Array, times: number): Float32Array {
  const all = new Float32Array(values.length * times);
  for (let i = 0; i < times; i++) all.set(values, i * values.length);
  return all;
}
