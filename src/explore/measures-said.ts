import { findDates } from '../dates.ts';
import { quantityValue } from '../reason/measure.ts';
import { spansOf } from '../reason/spans.ts';
import { verbForm } from '../word-forms.ts';
import { wordsOf, type Word } from '../reason/words.ts';
import type { Saying } from './gather.ts';

/** A date or quantity that a sentence tells of its subject, and of which of its doings. */
export interface MeasureSaid {
  readonly kind: 'DATE' | 'QUANTITY';
  /** What two of them must share to be held against each other: the verb, and of a quantity the unit. */
  readonly key: string;
  readonly label: string;
  /** As it is written. */
  readonly said: string;
  /** Equal where the same is meant. */
  readonly value: string;
  readonly saying: Saying;
}

const AUXILIARY =
  /^(?:is|are|was|were|be|been|being|am|has|have|had|do|does|did|will|would|can|could|may|might|shall|should)$/i;

/** Dates and quantities with a unit in sentences whose subject, as far as their form tells, is the entity. */
export function measuresSaid(sayings: readonly Saying[]): MeasureSaid[] {
  return sayings
    .filter(({ how, isFirst }) => (how === 'NAMED' ? isFirst : how === 'POINTED'))
    .flatMap((saying) => {
      const words = wordsOf(saying.text);
      return [...datesSaid(saying, words), ...quantitiesSaid(saying, words)];
    });
}

function datesSaid(saying: Saying, words: readonly Word[]): MeasureSaid[] {
  return findDates(saying.text).flatMap(({ text, start, from, to }): MeasureSaid[] => {
    const verb = verbOf(words, start);
    if (!verb) return [];
    return [{ kind: 'DATE', key: verb.stem, label: verb.text, said: text, value: `${from}/${to}`, saying }];
  });
}

function quantitiesSaid(saying: Saying, words: readonly Word[]): MeasureSaid[] {
  const spans = spansOf(saying.text, words).filter(({ kind, text }) => kind === 'QUANTITY' && /\p{L}{2,}$/u.test(text));
  return spans.flatMap(({ text, start, end }): MeasureSaid[] => {
    const within = words.filter((word) => word.start >= start && word.end <= end);
    const [verb, unit, value] = [verbOf(words, start), within.at(-1), quantityValue(text)];
    if (!verb || !unit || within.length < 2 || value === undefined) return [];
    const label = `${verb.text} … ${unit.text}`;
    return [{ kind: 'QUANTITY', key: `${verb.stem} ${unit.stem}`, label, said: text, value: String(value), saying }];
  });
}

/** The verb nearest before a place in a sentence, else the first one after it. */
function verbOf(words: readonly Word[], at: number): Word | undefined {
  const verbs = words.filter(({ text, start }) => start > 0 && !AUXILIARY.test(text) && verbForm(text) !== undefined);
  return verbs.findLast(({ end }) => end <= at) ?? verbs[0];
}
