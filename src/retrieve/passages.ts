import type { Asset, Segment } from '../domain.ts';
import { sentencesOf, type LocalGraph } from './local-graph.ts';

/** A candidate as the second hop looks at it. */
export interface Passage {
  readonly segment: Segment;
  readonly title: string;
  /** Sentence vectors [sentences × dimension], unit norm; empty where there are none (a picture, a sound). */
  readonly vectors: Float32Array;
  /** Entities it names → the sentences that name them. */
  readonly named: ReadonlyMap<string, readonly number[]>;
  /** Entities that its title names. */
  readonly about: ReadonlySet<string>;
  /** Words of title and text. */
  readonly words: ReadonlySet<string>;
}

/** Candidates with what the neighbourhood says of them. */
export function passagesOf(
  segments: readonly Segment[],
  assets: ReadonlyMap<string, Asset>,
  vectors: ReadonlyMap<string, Float32Array>,
  graph: LocalGraph,
): Passage[] {
  return segments.map((segment) => {
    const title = assets.get(segment.assetId)?.title ?? '';
    const named = new Map<string, readonly number[]>();
    const about = new Set<string>();
    const i = graph.index.get(segment.id);
    const [from, to] = i === undefined ? [0, 0] : [graph.offsets[i] ?? 0, graph.offsets[i + 1] ?? 0];
    for (let k = from; k < to; k++) {
      const edge = graph.edges[graph.edgeOf[k] ?? -1];
      if (edge?.from !== segment.id || (edge.type !== 'MENTIONS' && edge.type !== 'ABOUT')) continue;
      if (edge.type === 'ABOUT') about.add(edge.to);
      named.set(edge.to, [...(named.get(edge.to) ?? []), ...sentencesOf(edge)]);
    }
    return {
      segment,
      title,
      vectors: vectors.get(segment.id) ?? new Float32Array(),
      named,
      about,
      words: new Set(wordsOf(`${title} ${segment.text}`)),
    };
  });
}

/** Runs of letters and digits of any script, in lower case. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
