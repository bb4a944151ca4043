import { createHash } from 'node:crypto';
import type { Evidence, EvidencePath, Hop } from '../domain.ts';
import type { GraphEdge, GraphNode } from '../ports/graph-store.ts';
import { evidenceAt } from './evidence.ts';
import { sentencesOf, type LocalGraph } from './local-graph.ts';
import type { RankedSegment } from './retrieval.ts';

/** Entity → segment → entity → segment → entity → segment: three texts. */
const MAX_HOPS = 6;
/** Cost of a step by its type: a stated relation explains more than a mention, a kinship of words less. */
const STEP_COST: Readonly<Record<GraphEdge['type'], number>> = {
  ABOUT: 0.5,
  MENTIONS: 1,
  RELATES_TO: 0.8,
  IS_A: 0.8,
  CO_OCCURS: 2.5,
  HAS_SEGMENT: 1.5,
  // Nothing is evidence for having been talked about.
  HAS_TURN: Infinity,
  NEXT: Infinity,
  SPEAKS_OF: Infinity,
  CITES: Infinity,
};

/**
 * Cheapest paths in the neighbourhood from any source node to each target (Dijkstra, hop-bounded), as evidence paths,
 * best first. A segment on the way is only passed when it was ranked, so that each hop can quote it.
 */
export function findEvidencePaths(
  graph: LocalGraph,
  sources: ReadonlyMap<string, number>,
  targets: readonly string[],
  segments: ReadonlyMap<string, RankedSegment>,
  hubCost: (nodeId: string) => number,
): EvidencePath[] {
  const n = graph.nodes.length;
  const cost = new Float64Array(n).fill(Infinity);
  const hops = new Int32Array(n);
  const cameBy = new Int32Array(n).fill(-1);
  const cameFrom = new Int32Array(n).fill(-1);
  const open = new Set<number>();
  for (const [id, score] of sources) {
    const i = graph.index.get(id);
    if (i === undefined) continue;
    cost[i] = 1 - Math.min(1, score);
    open.add(i);
  }
  while (open.size > 0) {
    let at = -1;
    for (const i of open) if (at < 0 || (cost[i] ?? 0) < (cost[at] ?? 0)) at = i;
    open.delete(at);
    if ((hops[at] ?? 0) >= MAX_HOPS) continue;
    for (let k = graph.offsets[at] ?? 0; k < (graph.offsets[at + 1] ?? 0); k++) {
      const to = graph.targets[k] ?? 0;
      const node = graph.nodes[to];
      const edge = graph.edges[graph.edgeOf[k] ?? -1];
      if (!node || !edge || (node.label === 'Segment' && !segments.has(node.id)) || node.label === 'Asset') continue;
      const next = (cost[at] ?? 0) + STEP_COST[edge.type] + hubCost(node.id);
      if (next >= (cost[to] ?? Infinity)) continue;
      cost[to] = next;
      hops[to] = (hops[at] ?? 0) + 1;
      cameBy[to] = graph.edgeOf[k] ?? -1;
      cameFrom[to] = at;
      open.add(to);
    }
  }
  const paths: EvidencePath[] = [];
  for (const target of targets) {
    const end = graph.index.get(target);
    if (end === undefined || !Number.isFinite(cost[end]) || (cameFrom[end] ?? -1) < 0) continue;
    const steps: Hop[] = [];
    for (let i = end; (cameFrom[i] ?? -1) >= 0; i = cameFrom[i] ?? -1) {
      const edge = graph.edges[cameBy[i] ?? -1];
      const [a, b] = [graph.nodes[cameFrom[i] ?? -1], graph.nodes[i]];
      if (edge && a && b) steps.unshift(hopOver(edge, a, b, segments));
    }
    paths.push(pathOf(steps, (segments.get(target)?.score ?? 0.5) / (1 + 0.1 * (cost[end] ?? 0))));
  }
  return paths.toSorted((a, b) => b.score - a.score);
}

/** Hops as a path, with a sentence that reads. */
export function pathOf(hops: readonly Hop[], score: number): EvidencePath {
  const summary = hops
    .map((hop, i) => `${i === 0 ? hop.fromCaption : ''} —[${hop.predicate}]→ ${hop.toCaption}`)
    .join('');
  const id = createHash('sha256')
    .update(hops.map((hop) => `${hop.fromId}|${hop.predicate}|${hop.toId}`).join('\n'))
    .digest('hex');
  return { id: `Path:${id.slice(0, 24)}`, hops, score, summary };
}

/** One edge walked from node `a` to node `b`, with the sentence that supports it (or the evidence given). */
export function hopOver(
  edge: GraphEdge,
  a: GraphNode,
  b: GraphNode,
  segments: ReadonlyMap<string, RankedSegment>,
  evidence?: readonly Evidence[],
): Hop {
  const forward = edge.from === a.id;
  const ranked = segments.get(edge.from) ?? segments.get(edge.to);
  const sentence = sentencesOf(edge)[0] ?? -1;
  const stated = edge.properties['predicate'];
  const named = typeof stated === 'string' && stated !== '' && edge.type === 'RELATES_TO';
  return {
    fromId: a.id,
    toId: b.id,
    edgeId: edge.id,
    fromCaption: captionOf(a, segments),
    toCaption: captionOf(b, segments),
    predicate: named ? (forward ? stated : `${stated} (of)`) : (predicateOf(edge)[forward ? 0 : 1] ?? edge.type),
    evidence: evidence ?? (ranked ? [evidenceAt(ranked, sentence)] : []),
    score: edge.weight,
  };
}

/** The edge in words, forwards and backwards. */
function predicateOf({ type, properties }: GraphEdge): readonly [string, string] {
  if (type === 'MENTIONS' && properties['method'] === 'DEPICTED') return ['shows', 'shown in'];
  if (type === 'MENTIONS' && properties['method'] === 'HEARD') return ['says', 'heard in'];
  if (type === 'MENTIONS' && properties['method'] === 'SPEAKS') return ['spoken by', 'speaks in'];
  if (type === 'MENTIONS' && properties['method'] === 'READ') return ['reads', 'read on'];
  return PREDICATES[type];
}

const PREDICATES: Readonly<Record<GraphEdge['type'], readonly [string, string]>> = {
  RELATES_TO: ['relates to', 'relates to'],
  MENTIONS: ['mentions', 'mentioned in'],
  ABOUT: ['is about', 'is the subject of'],
  IS_A: ['is a kind of', 'has the kind'],
  CO_OCCURS: ['named together with', 'named together with'],
  HAS_SEGMENT: ['has part', 'part of'],
  HAS_TURN: ['has the turn', 'turn of'],
  NEXT: ['is followed by', 'follows'],
  SPEAKS_OF: ['speaks of', 'spoken of in'],
  CITES: ['rests on', 'cited in'],
};

/** A segment is shown by its asset's title, which says more to a reader than its first words. */
function captionOf({ id, caption }: GraphNode, segments: ReadonlyMap<string, RankedSegment>): string {
  return segments.get(id)?.asset.title ?? caption;
}
