import { readAloud } from '../adapters/speaking/read-aloud.ts';
import { percent } from './figures.ts';

/** A text as words in lower case, as they are said: "$5" and "five dollars" are the same. */
export function saidWords(text: string): string[] {
  return readAloud(text).flatMap(({ says }) => says.map((word) => word.toLowerCase().replaceAll("'", '')));
}

/** Least number of insertions, deletions and replacements (Levenshtein). */
export function editDistance<T>(a: readonly T[], b: readonly T[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (const [i, one] of a.entries()) {
    const next = [i + 1];
    for (const [j, other] of b.entries())
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (one === other ? 0 : 1)));
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Errors and what they are counted against. */
export interface Errors {
  readonly errors: number;
  readonly of: number;
}

export function wordErrors(said: string, heard: string): Errors {
  const [words, others] = [saidWords(said), saidWords(heard)];
  return { errors: editDistance(words, others), of: words.length };
}

export function characterErrors(said: string, heard: string): Errors {
  const [characters, others] = [[...saidWords(said).join(' ')], [...saidWords(heard).join(' ')]];
  return { errors: editDistance(characters, others), of: characters.length };
}

/** All errors over all words, a percentage. */
export function errorRate(lines: readonly Errors[]): number {
  const { errors, of } = sum(lines);
  return of === 0 ? 0 : percent(errors / of);
}

/** 95 % interval of `errorRate`, lines being drawn anew (a ratio's normal approximation). */
export function errorInterval(lines: readonly Errors[]): [number, number] {
  const { errors, of } = sum(lines);
  if (of === 0) return [0, 0];
  const rate = errors / of;
  const spread = Math.sqrt(lines.reduce((all, line) => all + (line.errors - rate * line.of) ** 2, 0)) / of;
  return [percent(Math.max(0, rate - 1.96 * spread)), percent(rate + 1.96 * spread)];
}

function sum(lines: readonly Errors[]): Errors {
  return lines.reduce((all, { errors, of }) => ({ errors: all.errors + errors, of: all.of + of }), {
    errors: 0,
    of: 0,
  });
}
