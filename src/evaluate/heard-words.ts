import { spokenWords } from './english-words.ts';
import { percent } from './figures.ts';
import { editDistance } from './word-errors.ts';

/** Errors and what they are counted against. */
export interface Errors {
  readonly errors: number;
  readonly of: number;
}

export function wordErrors(said: string, heard: string): Errors {
  const [words, others] = [spokenWords(said), spokenWords(heard)];
  return { errors: editDistance(words, others), of: words.length };
}

export function characterErrors(said: string, heard: string): Errors {
  const [characters, others] = [[...spokenWords(said).join(' ')], [...spokenWords(heard).join(' ')]];
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
