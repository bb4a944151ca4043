/** The rows of migrations/postgres as they come back from a query. */
export interface Tables {
  asset: {
    id: string;
    modality: string;
    media_type: string;
    byte_size: number | string;
    title: string;
    blob_key: string;
    created_at: Date;
    width: number | null;
    height: number | null;
    duration_seconds: number | null;
    pages: number | null;
  };
  segment: {
    id: string;
    asset_id: string;
    ordinal: number;
    kind: string;
    locator: unknown;
    text: string;
    sentences: number[];
    words: string;
    word_count: number;
  };
  reading: {
    id: string;
    segment_id: string;
    ordinal: number;
    kind: string;
    text: string;
    score: number;
    locator: unknown;
    model: string;
    model_version: string;
  };
  entity: { id: string; kind: string; name: string; aliases: string[]; synset: number | null };
  entity_name: { entity_id: string; normal: string; blocks: string[] };
  entity_block: { block: string; entity_id: string; normal: string };
  mention: {
    id: string;
    segment_id: string;
    entity_id: string;
    surface: string;
    method: string;
    score: number;
    locator: unknown;
    sentence: number;
  };
  relation: {
    id: string;
    subject_id: string;
    predicate: string;
    object_id: string;
    type: string;
    confidence: number;
  };
  relation_evidence: { relation_id: string; segment_id: string; sentence: number; locator: unknown };
  merge: {
    id: string;
    into_id: string;
    from_id: string;
    from_name: string;
    reason: string;
    score: number;
    created_at: Date;
  };
  space: {
    number: number;
    name: string;
    model: string;
    version: string;
    dimension: number;
    state: 'serving' | 'filling' | 'retired';
    is_text: boolean;
  };
  reencoded: { asset_id: string };
  sentence_vectors: { segment_id: string; space: number; dimension: number; scales: number[]; packed: Uint8Array };
  answer: { id: string; created_at: Date; body: unknown };
  answer_asset: { answer_id: string; asset_id: string };
  job: {
    id: string;
    kind: string;
    state: string;
    total: number;
    done: number;
    failed: number;
    created_at: Date;
    finished_at: Date | null;
  };
  job_item: {
    job_id: string;
    ordinal: number;
    state: string;
    item: unknown;
    asset_id: string | null;
    error: unknown;
  };
  conversation: { id: string; title: string; created_at: Date; forked_from: string | null };
  turn: {
    id: string;
    conversation_id: string;
    number: number;
    answer_id: string | null;
    created_at: Date;
    body: unknown;
  };
  turn_about: { turn_id: string; node_id: string };
  outbox: { id: number | string; changes: unknown };
  graph_node: { id: string; label: string; caption: string; properties: unknown };
  graph_edge: { id: string; type: string; from_id: string; to_id: string; weight: number; properties: unknown };
}
