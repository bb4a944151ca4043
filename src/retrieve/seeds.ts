import type { Segment } from '../domain.ts';
import type { Encoders } from '../ports/encoders.ts';
import type { Ledger } from '../ports/ledger.ts';
import type { VectorStore } from '../ports/vector-store.ts';
import { imageTextQuery, imageTextSpace } from '../encode/image-text.ts';
import { soundTextSpace } from '../encode/sound-spaces.ts';
import { soundTextQuery } from '../encode/sound-text.ts';
import type { Question } from './retrieval.ts';

/** Segments taken from each vector space and from the words. */
const DENSE_K = 100;
const IMAGE_K = 20;
const SOUND_K = 20;
const LEXICAL_K = 60;

export interface Seeds {
  /** The question in the text space, unit norm; all zero when the question has no words. */
  readonly vector: Float32Array;
  /** Segment id → cosine with the question (or with the asked asset), on the text space's scale. */
  readonly dense: ReadonlyMap<string, number>;
  /** Segment id → BM25. */
  readonly lexical: ReadonlyMap<string, number>;
}

interface SeedDeps {
  readonly ledger: Ledger;
  readonly vectors: VectorStore;
  readonly encoders: Encoders;
}

/** The first segments of a question: nearest in every space it can be put into, and by its words. */
export async function findSeeds(
  question: Question,
  atHand: readonly Segment[],
  use: { readonly dense: boolean; readonly lexical: boolean },
  { ledger, vectors, encoders }: SeedDeps,
): Promise<Seeds> {
  const space = encoders.text.space;
  const words = question.text.trim();
  const [embedded] = words === '' ? [] : await encoders.text.embed([{ text: words }], 'query');
  const vector = embedded?.vector ?? new Float32Array(space.dimension);
  const dense = new Map<string, number>();
  const keep = (id: string, score: number) => dense.set(id, Math.max(score, dense.get(id) ?? -1));
  if (use.dense) {
    if (embedded) {
      for (const hit of await vectors.search(space.name, vector, DENSE_K))
        if (isSegment(hit.nodeId)) keep(hit.nodeId, hit.score);
      const imageSpace = imageTextSpace(encoders).name;
      const imageHits = await vectors.search(imageSpace, await imageTextQuery(words, vector, encoders), IMAGE_K);
      for (const hit of imageHits) keep(hit.nodeId, asTextScore(hit.score));
      const soundSpace = soundTextSpace(encoders)?.name;
      // The labels' words are embedded once a process, which takes seconds: not where there is no sound at all.
      if (soundSpace !== undefined && (await vectors.count(soundSpace, 1)) > 0) {
        const soundHits = await vectors.search(soundSpace, await soundTextQuery(words, vector, encoders), SOUND_K);
        const toTextScore = encoders.soundText ? asTextScore : soundAsTextScore;
        for (const hit of soundHits) keep(hit.nodeId, toTextScore(hit.score));
      }
    }
    if (atHand.length > 0) for (const hit of await likeAsset(atHand, vectors, encoders)) keep(hit.id, hit.score);
  }
  const lexical = new Map<string, number>();
  if (use.lexical && words !== '')
    for (const hit of await ledger.searchText(words, LEXICAL_K)) lexical.set(hit.segmentId, hit.score);
  return { vector, dense, lexical };
}

/** What is like the asset at hand, in every space it has vectors in; less than what the words of the question find. */
async function likeAsset(
  atHand: readonly Segment[],
  vectors: VectorStore,
  encoders: Encoders,
): Promise<{ id: string; score: number }[]> {
  const found: { id: string; score: number }[] = [];
  const own = new Set(atHand.map((segment) => segment.id));
  const spaces = [encoders.text.space, encoders.image.space, ...(encoders.sound ? [encoders.sound.space] : [])];
  for (const { name: space } of spaces) {
    const mine = await vectors.get(space, [...own].slice(0, 8));
    for (const vector of mine.values()) {
      for (const hit of await vectors.search(space, vector, IMAGE_K)) {
        if (isSegment(hit.nodeId) && !own.has(hit.nodeId)) found.push({ id: hit.nodeId, score: hit.score * 0.8 });
      }
    }
  }
  return found;
}

/**
 * Similarities of the image-text space, and of a sound-text model's own, are spread around 0, those of the text space around 0.5: a picture as like the
 * question as a fitting passage (about 0.3 there) must count like one (about 0.75).
 */
function asTextScore(score: number): number {
  return Math.min(0.95, 0.55 + 0.6 * Math.max(0, score));
}

/** The same for the space of sounds' labels: a fitting sound has about 0.6 there, an idle likeness of words up to 0.35. */
function soundAsTextScore(score: number): number {
  return Math.min(0.95, 0.4 + 0.6 * Math.max(0, score));
}

function isSegment(id: string): boolean {
  return id.startsWith('Segment:');
}
