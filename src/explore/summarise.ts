import type { Claim, Evidence } from '../domain.ts';
import type { GraphEdge, GraphNode } from '../ports/graph-store.ts';
import type { Ledger } from '../ports/ledger.ts';
import { evidenceOfReading } from '../reason/describe.ts';
import { quoted } from '../reason/found.ts';
import { wordsOf } from '../reason/words.ts';
import { evidenceAt } from '../retrieve/evidence.ts';
import { sentencesOf } from '../retrieve/local-graph.ts';
import { rankedAsThey } from '../retrieve/ranked.ts';
import type { RankedSegment } from '../retrieve/retrieval.ts';
import { centralities, choose, type Choosable } from './choose.ts';
import { sentenceVectorsOf } from './sentence-vector.ts';

/** Segments that are read, and sentences of them: so the work does not grow with the community. */
const SEGMENTS = 40;
const SENTENCES = 200;
/** Entities that a summary tries to name. */
const MAIN = 8;
/** Sentences of a summary. */
const CLAIMS = 4;

interface Summarised {
  /** Most central first. */
  readonly entities: readonly { readonly node: GraphNode; readonly rank: number }[];
  readonly segments: readonly { readonly node: GraphNode; readonly rank: number }[];
  readonly mentions: readonly GraphEdge[];
}

interface Sentence extends Choosable {
  readonly ranked: RankedSegment;
  readonly index: number;
  readonly evidence: Evidence;
}

/**
 * An extractive summary: the sentences in the middle of what is said (LexRank's idea, by mean cosine) that together name
 * the main entities, each a claim with its place; of a picture or sound without sentences what was read off it.
 */
export async function summarise(
  { entities, segments, mentions }: Summarised,
  ledger: Pick<Ledger, 'segmentsById' | 'assetsById' | 'readingsOf' | 'sentenceVectors'>,
): Promise<Claim[]> {
  const main = new Map(entities.slice(0, MAIN).map(({ node, rank }) => [node.id, rank]));
  const total = [...main.values()].reduce((sum, rank) => sum + rank, 0) || 1;
  const ranked = await rankedAsThey(
    segments.slice(0, SEGMENTS).map(({ node }) => node.id),
    ledger,
  );
  const named = Map.groupBy(
    mentions.filter(({ to }) => main.has(to)),
    ({ from }) => from,
  );
  const sentences = [...ranked.values()].flatMap((segment) =>
    sentencesWithin(segment, named.get(segment.segment.id) ?? [], (id) => (main.get(id) ?? 0) / total),
  );
  const read = sentences.slice(0, SENTENCES);
  const refs = read.map(({ ranked: { segment }, index }) => ({
    segmentId: segment.id,
    sentence: index,
    of: segment.sentences.length,
  }));
  const vectors = await sentenceVectorsOf(refs, ledger);
  const bare = read.map((one, i) => ({ ...one, vector: vectors[i] }));
  const central = centralities(bare);
  const weighed = bare.map((one, i) => ({ ...one, worth: one.worth + 0.4 * (central[i] ?? 0) }));
  return choose(weighed, CLAIMS).map(({ text, evidence }) => ({ text, evidence: [evidence] }));
}

function sentencesWithin(
  ranked: RankedSegment,
  named: readonly GraphEdge[],
  weightOf: (entityId: string) => number,
): Sentence[] {
  const { segment, asset, readings } = ranked;
  if (segment.sentences.length === 0) {
    const [best] = readings.toSorted((a, b) => b.score - a.score);
    if (!best) return [];
    const covers = new Map(named.map(({ to }) => [to, weightOf(to)]));
    const text = `${asset.title}: ${quoted(best.text)}.`;
    return [{ ranked, index: -1, text, worth: -0.1, covers, evidence: evidenceOfReading(ranked, best) }];
  }
  return segment.sentences.flatMap((span, index): Sentence[] => {
    const text = segment.text.slice(span.start, span.end);
    const words = wordsOf(text).length;
    if (/^#{1,6}\s/.test(text) || words < 4) return [];
    const there = named.filter((edge) => sentencesOf(edge).includes(index));
    const covers = new Map(there.map(({ to }) => [to, weightOf(to)]));
    const worth = (words > 50 ? -0.3 : 0) - (/^(?:he|she|it|they|his|her|its|their)\b/i.test(text) ? 0.3 : 0);
    const evidence = evidenceAt(ranked, index);
    // What is said or read off a picture says only with its title where.
    if (segment.kind !== 'PASSAGE')
      return [{ ranked, index, text: `${asset.title}: ${quoted(text)}.`, worth: worth - 0.1, covers, evidence }];
    return [{ ranked, index, text: text.replace(/\s+/g, ' ').trim(), worth, covers, evidence }];
  });
}
