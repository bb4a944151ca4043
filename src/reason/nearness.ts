import type { CandidateContext } from './candidates.ts';
import type { Fact } from './facts.ts';
import type { PhraseSpan } from './spans.ts';
import { saidIn, type TermKeys } from './term-keys.ts';
import type { Word } from './words.ts';

/** A phrase within its sentence. */
export interface Placed {
  readonly fact: Fact;
  readonly span: PhraseSpan;
  readonly inside: readonly Word[];
  readonly before: readonly Word[];
  readonly after: readonly Word[];
}

/** The words in, before and behind a phrase. */
export function placeOf(fact: Fact, span: PhraseSpan): Placed {
  return {
    fact,
    span,
    inside: fact.words.filter((word) => word.start >= span.start && word.end <= span.end),
    before: fact.words.filter((word) => word.end <= span.start),
    after: fact.words.filter((word) => word.start >= span.end),
  };
}

/** How surely a word means a term of the question, 0…1. */
export function shareOf(term: Word, word: Word, keys: TermKeys): number {
  return Math.max(0, ...word.keys.map((key) => keys.get(term)?.get(key) ?? 0));
}

/**
 * What the sentence says of the question around the phrase, and how near to it; each 0…1, terms by their weight. `near…` is
 * of the question word's own clause alone. `complement`: the phrase is what the subject is said to be.
 */
export function nearness(
  { fact, inside, before, after }: Placed,
  complement: boolean,
  { question, keys, weightOf }: CandidateContext,
): Readonly<Record<'direct' | 'near' | 'closeness' | 'nearCloseness' | 'verbCloseness', number>> {
  // Said around the candidate, not in it: the share of the question, and how near.
  let [total, near, nearTotal, direct, closeness, nearCloseness, verbCloseness] = [0, 0, 0, 0, 0, 0, 0];
  for (const term of question.terms) {
    const weight = weightOf(term);
    let [said, closest] = [0, 0];
    const whole = saidIn(fact, keys.get(term) ?? new Map()).own;
    for (const [words, sign] of [
      [before, -1],
      [after, 1],
    ] as const) {
      for (const [i, word] of words.entries()) {
        if (shareOf(term, word, keys) === 0) continue;
        const share = whole;
        const distance = sign < 0 ? words.length - 1 - i : i;
        said = Math.max(said, share);
        closest = Math.max(closest, share / (1 + distance / 4));
      }
    }
    // Said by the sentence as a whole ("was harbour master" tells a job), by no word of it.
    if (said === 0 && whole > 0 && !inside.some((word) => shareOf(term, word, keys) > 0))
      [said, closest] = [whole, complement ? whole : whole / 2];
    total += weight;
    direct += weight * said;
    closeness += weight * closest;
    if (term === question.verb) verbCloseness = closest;
    if (!question.nearTerms.has(term)) continue;
    nearTotal += weight;
    near += weight * said;
    nearCloseness += weight * closest;
  }
  return {
    direct: direct / (total || 1),
    near: near / (nearTotal || 1),
    closeness: closeness / (total || 1),
    nearCloseness: nearCloseness / (nearTotal || 1),
    verbCloseness,
  };
}
