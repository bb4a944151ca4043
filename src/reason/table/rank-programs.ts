import type { Asked } from './asked.ts';
import { programFeatures, questionFeatures } from './program-features.ts';
import { denotation, type Program } from './program.ts';

/** Weights of features by name; what is not there counts nothing. A feature's name has a blank, so none is an object's own ("constructor"). */
export type ProgramWeights = Readonly<Record<string, number>>;

/** An answer by all programs that come to it. */
export interface RankedAnswer {
  /** The best of its programs. */
  readonly program: Program;
  /** Share of all programs' weight, 0…1. */
  readonly share: number;
}

/** Answers by a log-linear model over the programs that give them, best first. */
export function rankAnswers(asked: Asked, programs: readonly Program[], weights: ProgramWeights): RankedAnswer[] {
  const of = questionFeatures(asked, programs);
  const scored = programs.map((program) => ({
    program,
    score: programFeatures(of, program).reduce((sum, feature) => sum + (weights[feature] ?? 0), 0),
  }));
  const top = scored.reduce((most, { score }) => Math.max(most, score), -Infinity);
  const all = scored.reduce((sum, { score }) => sum + Math.exp(score - top), 0);
  return [...Map.groupBy(scored, ({ program }) => denotation(program)).values()]
    .map((own) => {
      const best = own.reduce((a, b) => (b.score > a.score ? b : a));
      return { program: best.program, share: own.reduce((sum, { score }) => sum + Math.exp(score - top), 0) / all };
    })
    .toSorted((a, b) => b.share - a.share);
}
