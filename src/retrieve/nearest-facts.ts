import type { Ledger } from '../ports/ledger.ts';
import type { GraphStore } from '../ports/graph-store.ts';
import { buildLocalGraph } from './local-graph.ts';
import type { Seeds } from './seeds.ts';
import type { SentenceScorer } from './sentence-scorer.ts';
import { relationIdOf } from './stated.ts';
import { MENTIONS, type Walked } from './walk.ts';

/** Nearest segments whose facts are looked at, facts taken of a name, facts that count, and names that the walk starts from. */
const SEGMENTS = 60;
const PER_ENTITY = 8;
const FACTS = 5;
const STARTS = 5;
/** Passages that hold a name are counted up to here. */
const COUNTED = 1000;

/**
 * Where HippoRAG 2's walk starts (arXiv 2502.14802): at the phrases of the facts nearest to the question, each with the
 * mean score of its facts over the number of passages that hold it, the five heaviest. Facts are the relations between
 * what the nearest segments name; a fact is as near as the nearest sentence that states it. The neighbourhood with those
 * facts, and the starts; the neighbourhood as it is where no fact is stated.
 */
export async function withFacts(
  walked: Walked,
  seeds: Seeds,
  scorer: SentenceScorer,
  { graph, ledger }: { readonly graph: GraphStore; readonly ledger: Pick<Ledger, 'relationsById'> },
): Promise<Walked> {
  const near = [...seeds.dense].toSorted((a, b) => b[1] - a[1]).slice(0, SEGMENTS);
  const segments = new Set(near.map(([id]) => id));
  const named = walked.graph.edges.filter(
    ({ type, from }) => (type === 'MENTIONS' || type === 'ABOUT') && segments.has(from),
  );
  const around = await graph.expand({
    from: [...new Set(named.map(({ to }) => to))],
    hops: 1,
    fanout: PER_ENTITY,
    types: ['RELATES_TO', 'IS_A'],
    maxNodes: 2000,
  });
  const ids = around.edges.map(relationIdOf).filter((id) => id !== '');
  const relations = ids.length > 0 ? await ledger.relationsById([...new Set(ids)]) : [];
  const stating = relations.flatMap(({ evidence }) => evidence.map(({ segmentId }) => segmentId));
  const scores = await scorer.scores([...new Set(stating)].filter((id) => segments.has(id)));
  const nearest = relations
    .map(({ subjectId, objectId, evidence }) => ({
      phrases: [subjectId, objectId],
      score: Math.max(0, ...evidence.map(({ segmentId, sentence }) => scores.get(segmentId)?.[sentence] ?? 0)),
    }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score)
    .slice(0, FACTS);
  if (nearest.length === 0) return walked;
  const phrases = [...new Set(nearest.flatMap((fact) => fact.phrases))];
  const passages = await graph.degrees(phrases, MENTIONS, COUNTED);
  const weighed = phrases.map((id): [string, number] => {
    const own = nearest.filter((fact) => fact.phrases.includes(id));
    return [id, own.reduce((sum, { score }) => sum + score, 0) / own.length / Math.max(1, passages.get(id) ?? 1)];
  });
  const starts = weighed.toSorted((a, b) => b[1] - a[1]).slice(0, STARTS);
  return { ...walked, graph: buildLocalGraph([walked.graph, around]), starts: new Map(starts) };
}
