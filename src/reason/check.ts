import type { Evidence, Step } from '../domain.ts';
import type { Retrieval } from '../retrieve/retrieval.ts';
import { textOf } from './describe.ts';

/**
 * Drops what nothing bears: evidence whose segment is not in the retrieval (or whose quote is not in its segment), and
 * claims left without evidence. The step's text is then that of the claims that hold.
 */
export function checkStep(step: Step, retrieval: Retrieval): Step {
  const held = heldSegments(retrieval);
  const claims = step.claims
    .map((claim) => ({ ...claim, evidence: claim.evidence.filter((evidence) => holds(evidence, held)) }))
    .filter((claim) => claim.evidence.length > 0);
  if (claims.length === step.claims.length) return { ...step, claims };
  return { ...step, text: textOf(claims, 'Nothing at hand bears this out.'), claims };
}

/** Segment id → its text, of everything the retrieval holds: ranked segments and those its paths pass. */
function heldSegments(retrieval: Retrieval): Map<string, string> {
  const held = new Map(retrieval.segments.map(({ segment }) => [segment.id, segment.text]));
  for (const path of retrieval.paths)
    for (const hop of path.hops) for (const { segment } of hop.evidence) held.set(segment.id, segment.text);
  return held;
}

function holds(evidence: Evidence, held: ReadonlyMap<string, string>): boolean {
  const text = held.get(evidence.segment.id);
  if (text === undefined) return false;
  return evidence.reading?.segmentId === evidence.segment.id || evidence.quote === '' || text.includes(evidence.quote);
}
