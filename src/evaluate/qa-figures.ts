import type { Way } from '../domain.ts';
import { calibrationError, interval95, mean, percent, quantile, wilson95 } from './figures.ts';
import type { QaItem } from './qa-item.ts';
import { isExact, sameDenotation, wordF1 } from './said-right.ts';

/** What was answered to one question when it had to answer. */
export interface QaResult {
  readonly item: QaItem;
  /** The question as it was asked: as it was heard, where it was spoken. */
  readonly asked: string;
  /** Null where nothing at all was found. */
  readonly said: string | null;
  readonly confidence: number;
  readonly way?: Way;
  /** Nothing would have been said at the configured confidence. */
  readonly abstained: boolean;
  /** Claims of its steps whose evidence holds, and all. */
  readonly claims: { readonly held: number; readonly all: number };
  readonly milliseconds: number;
}

/**
 * Figures of one source. Answers are counted as given with no threshold; `abstained` is the share that the configured one
 * would have held back, `answered_right` how much of the rest is right. Right, for that and for calibration: a choice,
 * yes or no hit, or half the words (F1 ≥ 0.5).
 */
export function qaFigures(results: readonly QaResult[]): Record<string, unknown> {
  const words = results.filter(({ item }) => item.kind === 'WORDS' || item.kind === 'VALUES');
  const scores = words.map(f1Of);
  const decided = results.filter(({ item }) => item.kind !== 'WORDS');
  const hits = decided.filter((result) => exactOf(result)).length;
  const chances = decided.flatMap(({ item }) => chanceOf(item));
  const right = results.map((result) => (isRight(result) ? 1 : 0));
  const answered = results.filter(({ abstained }) => !abstained);
  const claims = results.reduce(
    (sum, result) => ({ held: sum.held + result.claims.held, all: sum.all + result.claims.all }),
    { held: 0, all: 0 },
  );
  return {
    n: results.length,
    ...(words.length > 0
      ? {
          em: percent(mean(words.map((result) => (exactOf(result) ? 1 : 0)))),
          f1: percent(mean(scores)),
          f1_95: interval95(scores),
        }
      : {}),
    ...(decided.length > 0
      ? {
          decided_n: decided.length,
          accuracy: percent(hits / decided.length),
          accuracy_95: wilson95(hits, decided.length),
          ...(chances.length === decided.length ? { chance: percent(mean(chances)) } : {}),
        }
      : {}),
    abstained: percent(1 - answered.length / results.length),
    answered_right: answered.length === 0 ? null : percent(mean(answered.map((result) => (isRight(result) ? 1 : 0)))),
    ece: percent(
      calibrationError(
        results.map(({ confidence }) => confidence),
        right,
      ),
    ),
    verified: claims.all === 0 ? null : percent(claims.held / claims.all),
    ms_p50: Math.round(
      quantile(
        results.map(({ milliseconds }) => milliseconds),
        0.5,
      ),
    ),
  };
}

/** Of a question with given answers: of guessing. */
function chanceOf(item: QaItem): number[] {
  if (item.kind === 'CHOICE') return [1 / item.choices.length];
  return item.kind === 'YES_NO' ? [1 / 2] : [];
}

function f1Of({ item, said }: QaResult): number {
  if (item.kind === 'CHOICE' || item.kind === 'YES_NO') return 0;
  return item.kind === 'VALUES' ? wordF1(said ?? '', [item.rights.join(' ')]) : wordF1(said ?? '', item.rights);
}

function exactOf({ item, said }: QaResult): boolean {
  if (said === null) return false;
  switch (item.kind) {
    case 'CHOICE':
      return item.choices[item.right] === said;
    case 'YES_NO':
      return said === (item.right ? 'yes' : 'no');
    case 'VALUES':
      return sameDenotation(said, item.rights);
    case 'WORDS':
      return isExact(said, item.rights);
  }
}

/** A choice or value hit, or half the words. */
export function isRight(result: QaResult): boolean {
  return exactOf(result) || f1Of(result) >= 0.5;
}
