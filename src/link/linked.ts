import type { Entity, Mention, Merge, Relation } from '../domain.ts';

/** What link adds to an encoded asset; with it the asset can be committed. */
export interface LinkedAsset {
  readonly entities: readonly Entity[];
  readonly mentions: readonly Mention[];
  readonly relations: readonly Relation[];
  readonly merges: readonly Merge[];
  /** Name vectors of new entities, for the resolution of later ones. */
  readonly entityEmbeddings: readonly { readonly nodeId: string; readonly vector: Float32Array }[];
}
