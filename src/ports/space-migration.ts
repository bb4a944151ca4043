import type { Asset, Embedding, Space } from '../domain.ts';

/** How far a change of models is. */
export interface MigrationProgress {
  readonly from: Space;
  readonly to: Space;
  /** Assets, and those of them whose vectors are in the new spaces. */
  readonly total: number;
  readonly done: number;
}

/** Vectors of assets for spaces that are being filled. */
export interface Reencoded {
  /** By space name. */
  readonly embeddings: Readonly<Record<string, readonly Embedding[]>>;
  /** Segment id → [sentences × dimension] of the new text space, unit norm. */
  readonly sentenceVectors: ReadonlyMap<string, Float32Array>;
}

/**
 * Changes the models behind the vector spaces. A space name means the one row that serves; a migration fills others of
 * any name beside them and then lets them serve in one transaction. What it has done is kept, so that it goes on after
 * a crash.
 */
export interface SpaceMigration {
  /** The text space that serves; null in an empty store. */
  servingText(): Promise<Space | null>;
  /** Makes a first text space serve. BAD_INPUT when another one does. */
  serveText(space: Space): Promise<void>;
  /**
   * Begins to fill the spaces that differ from those that serve under their names, or takes up where it was; a
   * migration to another text space that was begun before is given up. Gives the names to fill.
   */
  begin(text: Space, others: readonly Space[]): Promise<string[]>;
  /** Null when none is under way. */
  progress(): Promise<MigrationProgress | null>;
  /** Assets that are not re-encoded yet, at most `limit`. */
  next(limit: number): Promise<Asset[]>;
  /** Writes the assets' vectors, in one transaction. An asset that was deleted meanwhile is left out. */
  write(assetIds: readonly string[], vectors: Reencoded): Promise<void>;
  /** Lets the filled spaces serve, in one transaction; false, and nothing done, while assets are missing. */
  finish(): Promise<boolean>;
  /** Drops the spaces that serve no more. Gives their names. */
  dropRetired(): Promise<string[]>;
}
