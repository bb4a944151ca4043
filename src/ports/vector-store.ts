import type { Embedding, Space } from '../domain.ts';

export interface VectorHit {
  readonly nodeId: string;
  /** Cosine similarity, −1…1. */
  readonly score: number;
}

/** One index a space, cosine on unit-norm vectors. */
export interface VectorStore {
  /** Makes the space's table and index where they are missing. Idempotent. BAD_INPUT when the name exists with another model, version or dimension. */
  ensureSpace(space: Space): Promise<void>;
  spaces(): Promise<Space[]>;
  upsert(space: string, embeddings: readonly Embedding[]): Promise<void>;
  /** Best first, at most k (1…1,000). `among`: only these nodes (exact). Never fewer than min(k, matches) because of a filter. */
  search(
    space: string,
    vector: Float32Array,
    k: number,
    options?: { readonly among?: readonly string[] },
  ): Promise<VectorHit[]>;
  get(space: string, nodeIds: readonly string[]): Promise<Map<string, Float32Array>>;
  /** Takes the nodes' vectors out of every space. */
  remove(nodeIds: readonly string[]): Promise<void>;
  /** Counting stops at `limit`, so that whether there is any costs the same in every space. Default: none. */
  count(space: string, limit?: number): Promise<number>;
}
