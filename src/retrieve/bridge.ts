import type { GraphEdge, GraphStore } from '../ports/graph-store.ts';
import { sentencesOf } from './local-graph.ts';
import type { Bridging } from './recipes.ts';

/** Sentences taken per active entity and round. */
const SENTENCES = 2;
/** An entity in more segments than this says too little to bridge. */
const HUB = 60;
/** Active entities that bridge in one round, best first. */
const WIDTH = 24;

export interface Activation {
  readonly score: number;
  /** 1 for the question's own entities, 2 and up for those reached over a sentence. */
  readonly tier: number;
  /** The sentence it was reached over. */
  readonly via?: { readonly segmentId: string; readonly sentence: number; readonly fromId: string };
}

/** Similarity with the question of each sentence of each segment asked for; the whole segment's alone where it has none. */
export type SentenceScores = (segmentIds: readonly string[]) => Promise<ReadonlyMap<string, readonly number[]>>;

/**
 * Semantic bridging (LinearRAG, arXiv 2510.10114, re-implemented from the paper): from an active entity over its best
 * unused sentences, by similarity with the question, to the entities that those sentences name. Needs no relations.
 * Costs two round trips a round, whatever the size of the graph.
 */
export async function bridge(
  seeds: ReadonlyMap<string, number>,
  graph: GraphStore,
  sentenceScores: SentenceScores,
  { active: least, rounds }: Bridging,
): Promise<Map<string, Activation>> {
  const activations = new Map<string, Activation>([...seeds].map(([id, score]) => [id, { score, tier: 1 }]));
  const used = new Set<string>();
  let frontier = [...seeds];
  for (let round = 0; round < rounds && frontier.length > 0; round++) {
    const active = frontier
      .filter(([, score]) => score >= least)
      .toSorted((a, b) => b[1] - a[1])
      .slice(0, WIDTH);
    const reached = new Map<string, Activation>();
    const chosen = await bestSentences(active, used, graph, sentenceScores);
    const mentions = await edgesBySegment([...new Set(chosen.map((choice) => choice.segmentId))], graph);
    for (const { fromId, segmentId, sentence, score: similarity } of chosen) {
      const score = (activations.get(fromId)?.score ?? 0) * similarity;
      if (score < least) continue;
      for (const edge of mentions.get(segmentId) ?? []) {
        const named = edge.type === 'ABOUT' || sentence < 0 || sentencesOf(edge).includes(sentence);
        if (!named || activations.has(edge.to) || (reached.get(edge.to)?.score ?? 0) >= score) continue;
        reached.set(edge.to, { score, tier: round + 2, via: { segmentId, sentence, fromId } });
      }
    }
    for (const [id, activation] of reached) activations.set(id, activation);
    frontier = [...reached].map(([id, { score }]) => [id, score]);
  }
  return activations;
}

interface Choice {
  readonly fromId: string;
  readonly segmentId: string;
  /** −1: the whole segment (a picture, a short text). */
  readonly sentence: number;
  readonly score: number;
}

async function bestSentences(
  active: readonly (readonly [string, number])[],
  used: Set<string>,
  graph: GraphStore,
  sentenceScores: SentenceScores,
): Promise<Choice[]> {
  const ids = active.map(([id]) => id);
  const { edges } = await graph.expand({ from: ids, hops: 1, fanout: HUB, types: ['MENTIONS', 'ABOUT'] });
  const scores = await sentenceScores([...new Set(edges.map((edge) => edge.from))]);
  const chosen: Choice[] = [];
  for (const id of ids) {
    const own = edges.filter((edge) => edge.to === id);
    if (own.length >= HUB) continue;
    const choices = new Map<string, Choice>();
    for (const edge of own) {
      const all = scores.get(edge.from) ?? [];
      // A title's entity is what every sentence of the text is about.
      const sentences = edge.type === 'ABOUT' ? all.map((_, i) => i) : sentencesOf(edge);
      for (const sentence of sentences.length > 0 ? sentences : [-1]) {
        const key = `${edge.from}#${sentence}`;
        const score = sentence < 0 ? Math.max(0, ...all) : (all[sentence] ?? 0);
        if (!used.has(key)) choices.set(key, { fromId: id, segmentId: edge.from, sentence, score });
      }
    }
    for (const [key, choice] of [...choices].toSorted((a, b) => b[1].score - a[1].score).slice(0, SENTENCES)) {
      used.add(key);
      chosen.push(choice);
    }
  }
  return chosen;
}

async function edgesBySegment(segmentIds: readonly string[], graph: GraphStore): Promise<Map<string, GraphEdge[]>> {
  const { edges } = await graph.expand({ from: segmentIds, hops: 1, fanout: 200, types: ['MENTIONS', 'ABOUT'] });
  const bySegment = new Map<string, GraphEdge[]>();
  // Whose voice it is leads to whatever else that person says: no step of a line of thought.
  for (const edge of edges.filter(({ properties }) => properties['method'] !== 'SPEAKS'))
    bySegment.set(edge.from, [...(bySegment.get(edge.from) ?? []), edge]);
  return bySegment;
}
