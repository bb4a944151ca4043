import type { Evidence } from '../domain.ts';
import { citedOf, type Census, type Counted } from '../retrieve/census.ts';
import { evidenceAt } from '../retrieve/evidence.ts';
import type { Considered } from './consider.ts';
import { evidenceOfReading } from './describe.ts';
import { listed, quoted, type Found } from './found.ts';

/**
 * Answers "how many pictures show a dog", "which recordings have a bell", "is there a film with a train" and "are there more
 * pictures of cats than of dogs" from the census that retrieval took. Counts only what is known in full; else it says "at
 * least". Null without a census, and where nothing was found: that nothing was seen is no sign that nothing is there.
 */
export function answerCensus({ retrieval }: Considered): Found | null {
  const { census } = retrieval;
  if (!census) return null;
  const cited = citedOf(census);
  const evidence = cited.flatMap(({ mention }): Evidence[] => {
    const ranked = retrieval.segments.find(({ segment }) => segment.id === mention.segmentId);
    if (!ranked) return [];
    const reading =
      ranked.readings.find(
        ({ text, locator }) => text === mention.surface && JSON.stringify(locator) === JSON.stringify(mention.locator),
      ) ?? ranked.readings.find(({ text }) => text === mention.surface);
    return [reading ? evidenceOfReading(ranked, reading) : evidenceAt(ranked, mention.sentence)];
  });
  if (evidence.length === 0) return null;
  const sure = cited.reduce((sum, { mention }) => sum + mention.score, 0) / cited.length;
  const said = census.than ? compared(census, census.than) : told(census);
  if (!said) return null;
  const isExact = census.exact && (census.than?.exact ?? true);
  return { ...said, confidence: Math.min(0.9, 0.35 + 0.55 * sure) * (isExact ? 1 : 0.9), evidence };
}

type Said = Pick<Found, 'shortAnswer' | 'text'>;

function told({ question, found, exact }: Census): Said {
  const count = countOf({ found, exact });
  const titles = listed(found.map(({ asset }) => asset.title));
  const isWhether = question.asks === 'WHETHER';
  return {
    shortAnswer: isWhether ? 'yes' : question.asks === 'LIST' ? titles : count,
    text: `${isWhether ? 'Yes: ' : ''}${quoted(question.thing)} is found in ${count} of the ${question.noun}: ${titles}.`,
  };
}

/** Null where the bound that was reached leaves open which are more. */
function compared({ question, found, exact }: Census, than: Counted): Said | null {
  const more = found.length - than.found.length;
  const isOpen = more > 0 ? !than.exact : more < 0 ? !exact : !exact || !than.exact;
  if (isOpen || (question.asks === 'DIFFERENCE' && !(exact && than.exact))) return null;
  const { asks, thing, noun } = question;
  const other = question.than ?? '';
  const text = `${quoted(thing)} is found in ${countOf({ found, exact })} of the ${noun}, ${quoted(other)} in ${countOf(than)}.`;
  const yes = (is: boolean): Said => ({ shortAnswer: is ? 'yes' : 'no', text: `${is ? 'Yes' : 'No'}: ${text}` });
  if (asks === 'MORE') return yes(more > 0);
  if (asks === 'FEWER') return yes(more < 0);
  if (asks === 'DIFFERENCE') return { shortAnswer: more < 0 ? `${-more} fewer` : String(more), text };
  if (more === 0) return { shortAnswer: 'as many of both', text };
  return { shortAnswer: more > 0 === (asks === 'MOST') ? thing : other, text };
}

function countOf({ found, exact }: Counted): string {
  return `${exact ? '' : 'at least '}${found.length}`;
}
