import type { TokenReader } from '../../../../src/adapters/onnx/generate/token-reader.ts';

/** Words of the tables; the last one closes a text. */
export const WORDS = ['a', 'cat', 'dog', 'sits', 'runs', 'end'] as const;
export type Word = (typeof WORDS)[number];
export const END = WORDS.indexOf('end');
export const tokensOf = (...words: readonly Word[]) => words.map((word) => WORDS.indexOf(word));
export const wordsOf = (tokens: readonly number[]) => tokens.map((token) => WORDS[token]).join(' ');

/** What was read so far, as words → the probability of each next word; what is not named has none. */
export type Table = Readonly<Record<string, Partial<Record<Word, number>>>>;

/** A reader whose probabilities stand in a table. Counts what it reads, so that tests see what the cache spares. */
export function tableReader(table: Table): TokenReader<readonly (readonly number[])[]> & { read_: number[][][] } {
  const logits = (read: readonly number[]) => {
    const row = table[wordsOf(read)] ?? { end: 1 };
    return Float32Array.from(WORDS, (word) => Math.log(row[word] ?? 0));
  };
  const calls: number[][][] = [];
  return {
    read_: calls,
    async read(rows, cache, wanted) {
      calls.push(rows.map((row) => [...row]));
      const before = cache ?? rows.map(() => []);
      const after = rows.map((row, r) => [...(before[r] ?? []), ...row]);
      return {
        cache: after,
        logits: rows.map((row, r) => {
          const at = wanted === 'last' ? [row.length] : row.map((_, i) => i + 1);
          return at.map((n) => logits([...(before[r] ?? []), ...row.slice(0, n)]));
        }),
      };
    },
    pick: (cache, rows) => rows.map((row) => cache[row] ?? []),
  };
}
