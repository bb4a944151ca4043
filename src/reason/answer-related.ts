import type { Considered } from './consider.ts';
import { listed, quoted, type Found } from './found.ts';

/** Sentences cited. Retrieval gives the segments of as many. */
const CITED = 12;

/**
 * Answers "list the people who were born in Westbrook" from the relations of the graph. What the texts do not state in so
 * many words is not among them, so it says how many are known. Null among given choices, where none is known, and where a
 * single one may be all that was understood of a sentence that names more.
 */
export function answerRelated({ retrieval, question: asked }: Considered): Found | null {
  const { related } = retrieval;
  if (!related || asked.form === 'CHOICE') return null;
  const { question, found, exact } = related;
  if (found.length < (question.isTold ? 1 : 2)) return null;
  const list = listed(found.map(({ name }) => name));
  const cited = found.slice(0, CITED).map(({ stated }) => stated);
  const evidence = cited.flatMap((one) => one.evidence.slice(0, 1));
  const sure = cited.reduce((sum, { relation }) => sum + relation.confidence, 0) / cited.length;
  const quotes = evidence.slice(0, 3).map(({ asset, quote }) => `${asset.title}: ${quoted(quote, 120)}`);
  return {
    shortAnswer: list,
    text: `${exact ? '' : 'At least '}${found.length} ${question.noun} ${found.length === 1 ? 'is' : 'are'} known: ${list} (${quotes.join('; ')}).`,
    confidence: sure * (found.length > 1 ? 0.9 : 0.7) * (exact ? 1 : 0.9),
    evidence,
  };
}
