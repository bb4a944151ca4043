import type { Evidence } from '../domain.ts';
import { evidenceAt } from '../retrieve/evidence.ts';
import type { Considered } from './consider.ts';
import { evidenceOfReading } from './describe.ts';
import { listed, quoted, type Found } from './found.ts';

/** Assets cited. */
const CITED = 12;

/**
 * Answers "how many pictures show a dog", "which recordings have a bell" and "is there a film with a train" from the
 * census that retrieval took. Counts only what is known in full; else it says "at least". Null without a census, and
 * where nothing was found: that nothing was seen is no sign that nothing is there.
 */
export function answerCensus({ retrieval }: Considered): Found | null {
  const { census } = retrieval;
  if (!census || census.found.length === 0) return null;
  const { question, found, exact } = census;
  const evidence = found.slice(0, CITED).flatMap(({ mention }): Evidence[] => {
    const ranked = retrieval.segments.find(({ segment }) => segment.id === mention.segmentId);
    if (!ranked) return [];
    const reading =
      ranked.readings.find(
        ({ text, locator }) => text === mention.surface && JSON.stringify(locator) === JSON.stringify(mention.locator),
      ) ?? ranked.readings.find(({ text }) => text === mention.surface);
    return [reading ? evidenceOfReading(ranked, reading) : evidenceAt(ranked, mention.sentence)];
  });
  if (evidence.length === 0) return null;
  const count = `${exact ? '' : 'at least '}${found.length}`;
  const titles = listed(found.map(({ asset }) => asset.title));
  const sure =
    found.slice(0, CITED).reduce((sum, { mention }) => sum + mention.score, 0) / Math.min(CITED, found.length);
  const short = { COUNT: count, LIST: titles, WHETHER: 'yes' }[question.asks];
  return {
    shortAnswer: short,
    text: `${question.asks === 'WHETHER' ? 'Yes: ' : ''}${quoted(question.thing)} is found in ${count} of the ${question.noun}: ${titles}.`,
    confidence: Math.min(0.9, 0.35 + 0.55 * sure) * (exact ? 1 : 0.9),
    evidence,
  };
}
