/** A cross-encoder that reads question and passage together. Optional: nothing needs it. */
export interface Reranker {
  readonly id: string;
  /** One score for each text, in order; higher fits better, on any scale. Throws REMOTE_FAILED, CANCELLED. */
  rerank(query: string, texts: readonly string[], signal?: AbortSignal): Promise<number[]>;
}
