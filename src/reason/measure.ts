import { dateValue } from '../dates.ts';
import type { Considered } from './consider.ts';
import type { Fact } from './facts.ts';
import { wordsOf, type Word } from './words.ts';

/** One side of a comparison, with its date or quantity where one is known. */
export interface Measured {
  readonly option: string;
  readonly facts: readonly Fact[];
  readonly value?: number;
  readonly fact?: Fact;
  readonly said?: string;
}

const SCALES: Readonly<Record<string, number>> = {
  hundred: 1e2,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
};
const NUMBERS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );

/** The date or quantity of an option nearest to what the question asks about it. */
export function measure(side: Measured, considered: Considered, order: 'FIRST' | 'LAST' | 'MOST' | 'LEAST'): Measured {
  const { question, keys } = considered;
  const dated = order === 'FIRST' || order === 'LAST';
  const own = new Set(wordsOf(side.option).map((word) => word.stem));
  const asked: Word[] = question.terms.filter((term) => !own.has(term.stem));
  const birth = /\b(?:old|older|oldest|young|younger|youngest|elder|born)\b/i.test(considered.retrieval.question.text);
  let best: { value: number; fact: Fact; said: string; fit: number } | undefined;
  for (const fact of side.facts) {
    for (const span of fact.spans) {
      if (span.kind !== (dated ? 'DATE' : 'QUANTITY')) continue;
      const value = dated ? dateValue(span.text) : quantityValue(span.text);
      if (value === undefined) continue;
      const near = fact.words.filter((word) => Math.abs(word.start - span.start) < 60);
      const said = asked.filter((term) =>
        near.some((word) => word.keys.some((key) => keys.get(term)?.has(key))),
      ).length;
      const born =
        birth &&
        (near.some((word) => word.keys.includes('birth')) || /\(\s*(?:born\s*)?$/.test(fact.text.slice(0, span.start)))
          ? 1
          : 0;
      // The earliest date of a thing is mostly its own: born, founded, released.
      const fit = said * 2 + born * 2 + (fact.index <= 0 ? 1 : 0) - (dated ? value / 1e4 : 0);
      if (!best || fit > best.fit) best = { value, fact, said: span.text, fit };
    }
  }
  return best ? { ...side, ...best } : side;
}

/** A quantity as a number: "1.2 million", "twelve", "6,960". */
export function quantityValue(text: string): number | undefined {
  const digits = /\d+(?:[.,]\d+)*/.exec(text)?.[0];
  const word = NUMBERS.indexOf(text.toLowerCase().split(/[\s-]/)[0] ?? '');
  const base = digits === undefined ? (word < 0 ? undefined : word) : Number(digits.replace(/,(?=\d{3})/g, ''));
  if (base === undefined || Number.isNaN(base)) return undefined;
  const scale = Object.entries(SCALES).find(([name]) => text.toLowerCase().includes(name));
  return base * (scale?.[1] ?? 1);
}
