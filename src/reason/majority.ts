import { normalName } from './words.ts';

export interface Vote {
  /** Null: the evidence does not hold the answer. */
  readonly shortAnswer: string | null;
  /** 0…1 */
  readonly confidence: number;
}

export interface Majority<V extends Vote> {
  /** The surest of those that agree. */
  readonly vote: V;
  /** Share of `asked` that agree, 0…1. */
  readonly agreement: number;
  /** How sure those that agree are on the mean, times the agreement. */
  readonly confidence: number;
}

/**
 * Self-consistency (Wang et al. 2022, arXiv 2203.11171): the answer that most of several chains of thought come to, compared
 * as normal names. Of equally many the surer ones, then the first. A chain that came to nothing (null) agrees with none.
 */
export function majority<V extends Vote>(votes: readonly (V | null)[]): Majority<V> | null {
  const cast = votes.flatMap((vote) => vote ?? []);
  const groups = Map.groupBy(cast, ({ shortAnswer }) => (shortAnswer === null ? null : normalName(shortAnswer)));
  const sure = (group: readonly V[]) => group.reduce((sum, { confidence }) => sum + confidence, 0);
  const [most] = [...groups.values()].toSorted((a, b) => b.length - a.length || sure(b) - sure(a));
  const [vote] = most?.toSorted((a, b) => b.confidence - a.confidence) ?? [];
  if (!most || !vote) return null;
  const agreement = most.length / votes.length;
  return { vote, agreement, confidence: (sure(most) / most.length) * agreement };
}
