import type { Entity, Mention, Merge, Relation } from '../domain.ts';

/** What link adds to an encoded asset; with it the asset can be committed. */
export interface LinkedAsset {
  readonly entities: readonly Entity[];
  readonly mentions: readonly Mention[];
  readonly relations: readonly Relation[];
  readonly merges: readonly Merge[];
}
