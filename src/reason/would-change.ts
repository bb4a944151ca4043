import type { Claim } from '../domain.ts';
import type { Considered } from './consider.ts';
import { evidenceOf } from './facts.ts';
import { listed, quoted, type Found } from './found.ts';
import { saidIn } from './term-keys.ts';

/** Facts looked through for what the question says. */
const NEAREST = 8;

/**
 * What would change the answer: what the evidence would come to without the place it stands at, or that it stands at no
 * other; where nothing is said, what a text would have to say. Undefined where nothing is near the question at all.
 */
export function wouldChange(
  found: Found | null,
  { abstained, minConfidence }: { readonly abstained: boolean; readonly minConfidence: number },
  considered: Considered,
): Claim | undefined {
  const [first] = found?.evidence ?? [];
  if (!found || !first || abstained) return whatIsMissing(found, minConfidence, considered);
  const { otherwise, besides } = found;
  if (besides) {
    const text = `${besides.asset.title} says it, too: without what ${first.asset.title} says there, the answer would be the same.`;
    return { text, evidence: [first, besides] };
  }
  if (otherwise) {
    const other = otherwise.evidence;
    const text = `Next best, on other evidence, is ${quoted(otherwise.shortAnswer)}, according to ${other.asset.title}: ${quoted(other.quote)}`;
    return { text, evidence: [first, other] };
  }
  const titles = [...new Set(found.evidence.map(({ asset }) => asset.title))];
  return { text: `It rests on ${listed(titles)} alone.`, evidence: found.evidence };
}

/** Words of the question that the nearest facts say nothing of. */
function whatIsMissing(
  found: Found | null,
  minConfidence: number,
  { question, facts, keys }: Considered,
): Claim | undefined {
  const near = facts.toSorted((a, b) => b.rank + b.similarity - a.rank - a.similarity).slice(0, NEAREST);
  const [nearest] = near;
  if (!nearest) return undefined;
  const missing = question.terms.filter((term) =>
    near.every((fact) => {
      const { own, topic } = saidIn(fact, keys.get(term) ?? new Map());
      return own === 0 && topic === 0;
    }),
  );
  const evidence = [found?.evidence[0] ?? evidenceOf(nearest)];
  if (missing.length > 0)
    return {
      text: `Something that tells of ${listed(missing.map(({ text }) => quoted(text)))} might answer it.`,
      evidence,
    };
  const sure =
    found && found.confidence < minConfidence
      ? ` Its best answer has a confidence of ${found.confidence.toFixed(2)}; ${minConfidence} is asked for.`
      : '';
  return { text: `What is asked is told of, but not the answer: a text that says it would give one.${sure}`, evidence };
}
