import type { Page } from './domain.ts';
import { communities, community, type Community } from './explore/communities.ts';
import { compare, type Comparison } from './explore/compare.ts';
import { explain, type Explanation } from './explore/explain.ts';
import type { ExploreDeps } from './explore/gather.ts';
import { nextQuestions, type NextQuestion } from './explore/next-questions.ts';
import { timeline, type TimelineEntry } from './explore/timeline.ts';
import { retrieve, type RetrieveDeps } from './retrieve/retrieve.ts';
import type { ServingEncoders } from './serving-encoders.ts';

/** Ways through the graph that no question asks for. All are bounded by the neighbourhood. */
export interface Exploring {
  /** What an entity is, with at most `relations` of its strongest relations. NOT_FOUND. */
  explain(entityId: string, relations: number): Promise<Explanation>;
  /** What two to five entities share and where they differ. NOT_FOUND, BAD_INPUT. */
  compare(entityIds: readonly string[]): Promise<Comparison>;
  /** Dated sentences and moments of an entity, in order. NOT_FOUND, BAD_INPUT. */
  timeline(entityId: string, paging: { first: number; after?: string }): Promise<Page<TimelineEntry>>;
  /** What belongs together around a node, or around the newest assets. BAD_INPUT. */
  communities(around: string | undefined, paging: { first: number; after?: string }): Promise<Page<Community>>;
  /** By its id, or by an entity's that is in it; null where there is none. */
  community(id: string): Promise<Community | null>;
  /** At most `first` questions to go on with from an entity or an answer. NOT_FOUND. */
  nextQuestions(id: string, first: number): Promise<NextQuestion[]>;
}

/** A question that is only tried is looked for as far as its best places. */
const LOOKED_AT = 10;

export function exploring(
  deps: ExploreDeps & {
    readonly serving: Pick<ServingEncoders, 'retrieve'>;
    readonly retrieveDeps: (encoders: RetrieveDeps['encoders']) => RetrieveDeps;
  },
): Exploring {
  const find = (text: string) =>
    deps.serving.retrieve((encoders) =>
      // Nobody waits for what a tried question's passages would have to say of its parts.
      retrieve({ text }, { ...deps.retrieveDeps(encoders), spanReader: undefined }, { limit: LOOKED_AT, paths: false }),
    );
  return {
    explain: (id, relations) => explain(id, relations, deps),
    compare: (ids) => compare(ids, deps),
    timeline: (id, paging) => timeline(id, paging, deps),
    communities: (around, paging) => communities(around, paging, deps),
    community: (id) => community(id, deps),
    nextQuestions: (id, first) => nextQuestions(id, first, { ...deps, find }),
  };
}
