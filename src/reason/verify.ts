import type { Answer, Evidence, Hop, Reading, Segment, StepKind } from '../domain.ts';
import type { GraphStore } from '../ports/graph-store.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { BlobStore } from '../ports/stores.ts';
import { isPlace, readContent, type Content, type DocumentReader } from './place-check.ts';

export interface VerifyDeps {
  readonly ledger: Pick<Ledger, 'assetsById' | 'segmentsById' | 'readingsOf'>;
  readonly graph: Pick<GraphStore, 'nodes' | 'edges'>;
  readonly blobs: Pick<BlobStore, 'get'>;
  readonly documents: DocumentReader;
}

/** Why something that an answer rests on no longer bears it. */
export type Problem =
  | 'ASSET_GONE'
  | 'SEGMENT_GONE'
  | 'READING_GONE'
  | 'QUOTE_CHANGED'
  /** The bytes are missing or are not those that were ingested. */
  | 'BYTES_LOST'
  /** The place lies outside the asset, or other words stand there. */
  | 'PLACE_WRONG'
  | 'NODE_GONE'
  | 'EDGE_GONE';

export interface CheckedEvidence {
  readonly evidence: Evidence;
  readonly holds: boolean;
  readonly problems: readonly Problem[];
}

export interface CheckedClaim {
  readonly step: StepKind;
  readonly text: string;
  /** There is evidence, and all of it holds. */
  readonly holds: boolean;
  readonly evidence: readonly CheckedEvidence[];
}

export interface CheckedHop {
  readonly hop: Hop;
  readonly holds: boolean;
  readonly problems: readonly Problem[];
}

export interface CheckedPath {
  readonly id: string;
  readonly summary: string;
  readonly holds: boolean;
  readonly hops: readonly CheckedHop[];
}

/** What of an answer still stands, as the stores are now. */
export interface Verification {
  readonly answerId: string;
  /** There is an answer or a refusal, and every claim of every step and every hop of the first path (the one to the answer) holds. */
  readonly verified: boolean;
  readonly claims: readonly CheckedClaim[];
  readonly paths: readonly CheckedPath[];
  readonly checkedAt: string;
}

/**
 * Walks everything an answer rests on again, against the stores: each asset's bytes are those that were ingested, each
 * segment, reading and quoted text is there, each place lies in its asset and holds the words that are quoted from it (of
 * a document on its page), each hop's nodes and edge exist. Reads each asset's bytes once; its cost follows the answer, not the graph.
 */
export async function verifyAnswer(answer: Answer, deps: VerifyDeps): Promise<Verification> {
  const claims = answer.steps.flatMap(({ kind, claims: made }) => made.map((claim) => ({ kind, claim })));
  const hops = answer.paths.flatMap((path) => path.hops);
  const evidence = [...claims.flatMap(({ claim }) => claim.evidence), ...hops.flatMap((hop) => hop.evidence)];
  const stores = await readStores(evidence, hops, deps);
  const checked = claims.map(({ kind, claim }): CheckedClaim => {
    const borne = claim.evidence.map((one): CheckedEvidence => {
      const problems = stores.problemsOf(one);
      return { evidence: one, holds: problems.length === 0, problems };
    });
    const holds = borne.length > 0 && borne.every((one) => one.holds);
    return { step: kind, text: claim.text, holds, evidence: borne };
  });
  const paths = answer.paths.map(({ id, summary, hops: walked }): CheckedPath => {
    const again = walked.map((hop): CheckedHop => {
      const problems = [...new Set([...stores.problemsOfHop(hop), ...hop.evidence.flatMap(stores.problemsOf)])];
      return { hop, holds: problems.length === 0, problems };
    });
    return { id, summary, holds: again.every((hop) => hop.holds), hops: again };
  });
  // An answer that nothing bears is none; that there is none needs nothing to rest on.
  const isBorne = answer.abstained || checked.some(({ step }) => step === 'ANSWER');
  const verified = isBorne && checked.every((claim) => claim.holds) && (paths[0]?.holds ?? true);
  return { answerId: answer.id, verified, claims: checked, paths, checkedAt: new Date().toISOString() };
}

interface Stores {
  readonly problemsOf: (evidence: Evidence) => Problem[];
  readonly problemsOfHop: (hop: Hop) => Problem[];
}

/** What the stores hold now of all that the answer names, in one look-up a kind. */
async function readStores(evidence: readonly Evidence[], hops: readonly Hop[], deps: VerifyDeps): Promise<Stores> {
  const segmentIds = [...new Set(evidence.map(({ segment }) => segment.id))];
  const [assets, segments, readings, nodes, edges] = await Promise.all([
    deps.ledger.assetsById([...new Set(evidence.map(({ asset }) => asset.id))]),
    deps.ledger.segmentsById(segmentIds),
    deps.ledger.readingsOf(segmentIds),
    deps.graph.nodes([...new Set(hops.flatMap(({ fromId, toId }) => [fromId, toId]))]),
    deps.graph.edges([...new Set(hops.map(({ edgeId }) => edgeId))]),
  ]);
  const segmentOf = new Map(segments.map((segment) => [segment.id, segment]));
  const contentOf = new Map<string, Content>();
  for (const asset of assets) {
    const places = evidence.filter((one) => one.asset.id === asset.id).map(({ locator }) => locator);
    contentOf.set(asset.id, await readContent(asset, places, deps));
  }
  const nodeIds = new Set(nodes.map(({ id }) => id));
  const edgeOf = new Map(edges.map((edge) => [edge.id, edge]));
  return {
    problemsOf: (one) => {
      const content = contentOf.get(one.asset.id);
      if (!content) return ['ASSET_GONE'];
      const segment = segmentOf.get(one.segment.id);
      if (!segment) return ['SEGMENT_GONE'];
      return evidenceProblems(one, segment, readings.get(segment.id) ?? [], content);
    },
    problemsOfHop: ({ fromId, toId, edgeId }) => {
      if (!nodeIds.has(fromId) || !nodeIds.has(toId)) return ['NODE_GONE'];
      const edge = edgeOf.get(edgeId);
      const joins = edge && new Set([edge.from, edge.to, fromId, toId]).size === new Set([fromId, toId]).size;
      return joins ? [] : ['EDGE_GONE'];
    },
  };
}

function evidenceProblems(
  { quote, reading, locator }: Evidence,
  segment: Segment,
  readings: readonly Reading[],
  content: Content,
): Problem[] {
  const problems: Problem[] = [];
  if (!content.whole) problems.push('BYTES_LOST');
  const read = reading && readings.find(({ id }) => id === reading.id);
  if (reading && read?.text !== reading.text) problems.push('READING_GONE');
  const said = segment.text.includes(quote) || read?.text.includes(quote);
  if (!said) problems.push('QUOTE_CHANGED');
  if (content.whole && !isPlace(locator, content)) problems.push('PLACE_WRONG');
  return problems;
}
