import type { Considered } from './consider.ts';
import { quoted, type Found } from './found.ts';
import { stem } from './word-forms.ts';

/** Sentences cited, and names in a list. */
const CITED = 12;
const LISTED = 20;

/**
 * Answers "list the people who were born in Westbrook" from the relations of the graph. What the texts do not state in so
 * many words is not among them, so it says how many are known. Null where none is, and where a single one may be all that
 * was understood of a sentence that names more.
 */
export function answerRelated({ retrieval }: Considered): Found | null {
  const { related } = retrieval;
  if (!related) return null;
  const { question, stated, exact } = related;
  const asked = stem(question.verb);
  const fitting = stated.filter(({ relation }) => {
    const [verb = '', ...rest] = relation.predicate.split(' ');
    return stem(verb) === asked && (question.preposition === '' || rest.includes(question.preposition));
  });
  const found = [...Map.groupBy(fitting, ({ other }) => other.id).values()].flatMap(([strongest]) => strongest ?? []);
  if (found.length < (question.isTold ? 1 : 2)) return null;
  const names = found.slice(0, LISTED).map(({ other }) => other.name);
  const more = found.length > names.length ? ` and ${found.length - names.length} more` : '';
  const cited = found.slice(0, CITED);
  const evidence = cited.flatMap((one) => one.evidence.slice(0, 1));
  const sure = cited.reduce((sum, { relation }) => sum + relation.confidence, 0) / cited.length;
  const list = `${names.join(', ')}${more}`;
  return {
    shortAnswer: list,
    text: `${exact ? '' : 'At least '}${found.length} ${question.noun} ${found.length === 1 ? 'is' : 'are'} known: ${list} (${evidence
      .slice(0, 3)
      .map(({ asset, quote }) => `${asset.title}: ${quoted(quote, 120)}`)
      .join('; ')}).`,
    confidence: sure * (found.length > 1 ? 0.9 : 0.7) * (exact ? 1 : 0.9),
    evidence,
  };
}
