import type { Claim, Step } from '../domain.ts';
import { bestEvidence } from '../retrieve/evidence.ts';
import type { Considered } from './consider.ts';
import { quoted, type Found } from './found.ts';

/** Last step: the answer with what it rests on; or that the graph does not hold it, and what was nearest. */
export function conclude(found: Found | null, abstained: boolean, { retrieval }: Considered): Step {
  if (found && !abstained) {
    const claims: Claim[] = [{ text: found.text, evidence: found.evidence }];
    return { kind: 'ANSWER', text: found.text, claims };
  }
  const nearest = found?.evidence[0] ?? retrieval.segments.slice(0, 1).map(bestEvidence)[0];
  const refusal = 'The graph does not hold the answer.';
  if (!nearest) return { kind: 'ANSWER', text: `${refusal} Nothing in it is near the question.`, claims: [] };
  const text = `${refusal} Nearest was ${nearest.asset.title}: ${quoted(nearest.quote)}`;
  return { kind: 'ANSWER', text, claims: [{ text, evidence: [nearest] }] };
}
