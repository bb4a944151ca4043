/** Retrievals made by hand for the tests of reason: a few pictures, recordings and texts, ranked by shared words. */
import type { Asset, Reading, Segment, Span } from '../../../src/domain.ts';
import type { TextEmbedder } from '../../../src/ports/encoders.ts';
import type { Extractor } from '../../../src/ports/extractor.ts';
import type { GraphEdge, GraphNode } from '../../../src/ports/graph-store.ts';
import { bestEvidence } from '../../../src/retrieve/evidence.ts';
import type { RankedSegment, Retrieval } from '../../../src/retrieve/retrieval.ts';
import { wordsOf } from '../../../src/reason/words.ts';

export interface Made {
  readonly asset: Asset;
  readonly segments: readonly { readonly segment: Segment; readonly readings: readonly Reading[] }[];
}

function assetOf(title: string, modality: Asset['modality']): Asset {
  const blobKey = Buffer.from(title).toString('hex');
  return {
    id: `Asset:${blobKey}`,
    modality,
    mediaType: 'x/y',
    byteSize: 1,
    title,
    blobKey,
    createdAt: '2026-01-01T00:00:00.000Z',
  };
}

function sentencesIn(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(/[^\s](?:.*?)(?:[.!?](?=\s|$)|$)/gsu)) {
    if (match[0] !== '') spans.push({ start: match.index, end: match.index + match[0].length });
  }
  return spans;
}

/** A text of one passage. */
export function text(title: string, words: string): Made {
  const asset = assetOf(title, 'TEXT');
  const segment: Segment = {
    id: `Segment:${asset.blobKey}:0`,
    assetId: asset.id,
    ordinal: 0,
    kind: 'PASSAGE',
    locator: { type: 'TextSpan', start: 0, end: words.length, quote: words },
    text: words,
    sentences: sentencesIn(words),
  };
  return { asset, segments: [{ segment, readings: [] }] };
}

/** A recording of one stretch of speech, three seconds a sentence. */
export function recording(title: string, words: string): Made {
  const asset = assetOf(title, 'AUDIO');
  const sentences = sentencesIn(words);
  const locator = { type: 'TimeSpan' as const, startSeconds: 3, endSeconds: 3 + 3 * sentences.length };
  const segment: Segment = {
    id: `Segment:${asset.blobKey}:0`,
    assetId: asset.id,
    ordinal: 0,
    kind: 'SPEECH',
    locator,
    text: words,
    sentences,
  };
  const reading: Reading = {
    id: `Reading:${asset.blobKey}`,
    segmentId: segment.id,
    kind: 'TRANSCRIPT',
    text: words,
    score: 0.9,
    locator,
    model: 'm',
    modelVersion: '1',
  };
  return { asset, segments: [{ segment, readings: [reading] }] };
}

/** A picture with the labels seen and the lines read in it. */
export function picture(title: string, labels: readonly string[], lines: readonly string[] = []): Made {
  const asset = assetOf(title, 'IMAGE');
  const locator = { type: 'ImageRegion' as const, x: 0, y: 0, width: 100, height: 80 };
  const readingOf = (segmentId: string, kind: Reading['kind'], i: number, words: string): Reading => ({
    id: `Reading:${asset.blobKey}:${kind}:${i}`,
    segmentId,
    kind,
    text: words,
    score: kind === 'LABEL' ? 0.83 / (i + 1) : 0.95,
    locator,
    model: 'm',
    modelVersion: '1',
  });
  const whole: Segment = {
    id: `Segment:${asset.blobKey}:0`,
    assetId: asset.id,
    ordinal: 0,
    kind: 'IMAGE',
    locator,
    text: labels.join('; '),
    sentences: [],
  };
  return {
    asset,
    segments: [
      { segment: whole, readings: labels.map((label, i) => readingOf(whole.id, 'LABEL', i, label)) },
      ...lines.map((line, i) => {
        const segment: Segment = {
          id: `Segment:${asset.blobKey}:${i + 1}`,
          assetId: asset.id,
          ordinal: i + 1,
          kind: 'TEXT_LINE',
          locator,
          text: line,
          sentences: [{ start: 0, end: line.length }],
        };
        return { segment, readings: [readingOf(segment.id, 'TEXT_LINE', i, line)] };
      }),
    ],
  };
}

/** What retrieve would give for a question over these. `kinds`: "Egyptian cat < cat < animal". */
export function retrievalOf(
  question: string,
  things: readonly Made[],
  options: { about?: Made; kinds?: readonly string[] } = {},
): Retrieval {
  const terms = wordsOf(question).filter((word) => !word.stop);
  const overlap = (words: string) => {
    const keys = new Set(wordsOf(words).flatMap((word) => word.keys));
    return terms.filter((term) => term.keys.some((key) => keys.has(key))).length / Math.max(1, terms.length);
  };
  const segments = things.flatMap(({ asset, segments: parts }) =>
    parts.map(({ segment, readings }): RankedSegment => ({
      segment,
      asset,
      readings,
      score: asset.id === options.about?.asset.id ? 1 : 0.2 + 0.6 * overlap(`${asset.title} ${segment.text}`),
      features: {},
      sentenceScores: segment.sentences.map((span) => 0.3 + 0.6 * overlap(segment.text.slice(span.start, span.end))),
    })),
  );
  const ranked = segments.toSorted((a, b) => b.score - a.score);
  const nodes = new Map<string, GraphNode>();
  const edges: GraphEdge[] = [];
  for (const chain of options.kinds ?? []) {
    const ids = chain.split(' < ').map((caption) => {
      const id = `Entity:${caption}`;
      nodes.set(id, { id, label: 'Entity', caption, properties: {} });
      return id;
    });
    for (const [i, from] of ids.slice(0, -1).entries())
      edges.push({
        id: `${from}|IS_A|${ids[i + 1]}`,
        type: 'IS_A',
        from,
        to: ids[i + 1] ?? '',
        weight: 1,
        properties: {},
      });
  }
  return {
    question: { text: question, ...(options.about ? { asset: options.about.asset } : {}) },
    vector: new Float32Array([1]),
    entities: [],
    segments: ranked,
    evidence: ranked.map(bestEvidence),
    paths: [],
    nodes,
    edges,
  };
}

/** Finds nothing: the phrases that reason finds itself have to do. */
export const noExtractor: Extractor = { id: 'none', version: '1', extract: () => ({ names: [], relations: [] }) };

/** Bags of stems as vectors, [256], unit norm. */
export const bagEmbedder: TextEmbedder = {
  info: { id: 'bag', version: '1', licence: 'none', device: 'cpu' },
  space: { name: 'bag', model: 'bag', version: '1', dimension: 256 },
  embed: async (inputs) =>
    inputs.map(({ text: words }) => {
      const vector = new Float32Array(256);
      for (const word of wordsOf(words)) {
        if (word.stop) continue;
        let hash = 7;
        for (const char of word.stem) hash = (hash * 31 + (char.codePointAt(0) ?? 0)) % 256;
        vector[hash] = (vector[hash] ?? 0) + 1;
      }
      const norm = Math.hypot(...vector) || 1;
      return { vector: vector.map((x) => x / norm), spanVectors: [] };
    }),
};
