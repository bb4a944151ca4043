-- The ledger: what was ingested, what was read off it, what it means, and the graph as a projection of that.
-- Only built-in Postgres and pgvector. Ids are ASCII, so they compare as bytes (COLLATE "C") on every server.
-- The wide tables hold no foreign-key constraints: an asset is written and removed whole, in one transaction, by one
-- statement a table; a trigger a row would double the cost. The property tests hold that no orphan is left.

CREATE EXTENSION IF NOT EXISTS vector;

CREATE TABLE asset (
  id text COLLATE "C" PRIMARY KEY,
  modality text NOT NULL,
  media_type text NOT NULL,
  byte_size bigint NOT NULL,
  title text NOT NULL,
  blob_key text NOT NULL,
  created_at timestamptz NOT NULL,
  width int,
  height int,
  duration_seconds double precision,
  pages int
);
CREATE INDEX asset_newest ON asset (created_at DESC, id DESC);

CREATE TABLE segment (
  id text COLLATE "C" PRIMARY KEY,
  asset_id text COLLATE "C" NOT NULL,
  ordinal int NOT NULL,
  kind text NOT NULL,
  locator jsonb NOT NULL,
  text text NOT NULL,
  -- Start and end of each sentence, flat: [start0, end0, start1, end1, …].
  sentences int[] NOT NULL,
  -- English stems with positions; the asset's title has weight A.
  words tsvector NOT NULL,
  -- Words of title and text, for BM25.
  word_count int NOT NULL
) WITH (toast_tuple_target = 8160);
CREATE UNIQUE INDEX segment_of_asset ON segment (asset_id, ordinal);
CREATE INDEX segment_words ON segment USING gin (words) WITH (gin_pending_list_limit = 1024);
ALTER TABLE segment ALTER COLUMN words SET STATISTICS 200;

CREATE TABLE reading (
  id text COLLATE "C" PRIMARY KEY,
  segment_id text COLLATE "C" NOT NULL,
  ordinal int NOT NULL,
  kind text NOT NULL,
  text text NOT NULL,
  score double precision NOT NULL,
  locator jsonb NOT NULL,
  model text NOT NULL,
  model_version text NOT NULL
);
CREATE INDEX reading_of_segment ON reading (segment_id);

CREATE TABLE entity (
  id text COLLATE "C" PRIMARY KEY,
  kind text NOT NULL,
  name text NOT NULL,
  aliases text[] NOT NULL,
  synset int
);
CREATE INDEX entity_by_name ON entity (name COLLATE "C", id);

-- Normalised names and aliases → entities.
CREATE TABLE entity_name (
  entity_id text COLLATE "C" NOT NULL,
  normal text COLLATE "C" NOT NULL,
  -- The block keys of `normal`, so that the rows of entity_block are found again when the name goes.
  blocks text[] NOT NULL,
  PRIMARY KEY (entity_id, normal)
);
CREATE INDEX entity_name_normal ON entity_name (normal, entity_id);

-- Block key → names worth comparing with one another (link/blocking.ts).
CREATE TABLE entity_block (
  block text COLLATE "C" NOT NULL,
  entity_id text COLLATE "C" NOT NULL,
  normal text COLLATE "C" NOT NULL,
  PRIMARY KEY (block, entity_id, normal)
);

CREATE TABLE mention (
  id text COLLATE "C" PRIMARY KEY,
  segment_id text COLLATE "C" NOT NULL,
  entity_id text COLLATE "C" NOT NULL,
  surface text NOT NULL,
  method text NOT NULL,
  score double precision NOT NULL,
  locator jsonb NOT NULL,
  sentence int NOT NULL
);
CREATE INDEX mention_of_segment ON mention (segment_id);
CREATE INDEX mention_of_entity ON mention (entity_id, score DESC, id);

CREATE TABLE relation (
  id text COLLATE "C" PRIMARY KEY,
  subject_id text COLLATE "C" NOT NULL,
  predicate text NOT NULL,
  object_id text COLLATE "C" NOT NULL,
  type text NOT NULL,
  confidence double precision NOT NULL
);
-- One row, and one edge of the graph, for each of these four.
CREATE UNIQUE INDEX relation_meaning ON relation (subject_id, type, object_id, predicate);
CREATE INDEX relation_of_object ON relation (object_id);

CREATE TABLE relation_evidence (
  relation_id text COLLATE "C" NOT NULL,
  segment_id text COLLATE "C" NOT NULL,
  sentence int NOT NULL,
  locator jsonb NOT NULL,
  PRIMARY KEY (relation_id, segment_id, sentence)
);
CREATE INDEX relation_evidence_of_segment ON relation_evidence (segment_id);

CREATE TABLE merge (
  id text COLLATE "C" PRIMARY KEY,
  into_id text COLLATE "C" NOT NULL,
  from_id text COLLATE "C" NOT NULL,
  from_name text NOT NULL,
  reason text NOT NULL,
  score double precision NOT NULL,
  created_at timestamptz NOT NULL
);
CREATE INDEX merge_into ON merge (into_id);

-- A named vector space; its vectors are in vectors_<number> (indexed) and vectors_<number>_tail (not yet indexed).
CREATE TABLE space (
  number int GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  name text NOT NULL UNIQUE,
  model text NOT NULL,
  version text NOT NULL,
  dimension int NOT NULL
);

-- Each sentence's unit-norm vector as int8, times its scale.
CREATE TABLE sentence_vectors (
  segment_id text COLLATE "C" PRIMARY KEY,
  dimension int NOT NULL,
  scales real[] NOT NULL,
  packed bytea NOT NULL
);
ALTER TABLE sentence_vectors ALTER COLUMN packed SET STORAGE EXTERNAL;

CREATE TABLE answer (
  id text COLLATE "C" PRIMARY KEY,
  created_at timestamptz NOT NULL,
  body jsonb NOT NULL
);
-- The assets an answer's evidence is in; rows stay when the asset goes, so that such an answer can say so.
CREATE TABLE answer_asset (
  answer_id text COLLATE "C" NOT NULL REFERENCES answer ON DELETE CASCADE,
  asset_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (answer_id, asset_id)
);
CREATE INDEX answer_of_asset ON answer_asset (asset_id);

CREATE TABLE job (
  id text COLLATE "C" PRIMARY KEY,
  kind text NOT NULL,
  state text NOT NULL,
  total int NOT NULL,
  done int NOT NULL,
  failed int NOT NULL,
  created_at timestamptz NOT NULL,
  finished_at timestamptz
);
CREATE INDEX job_unfinished ON job (created_at) WHERE state IN ('QUEUED', 'RUNNING');

CREATE TABLE job_item (
  job_id text COLLATE "C" NOT NULL REFERENCES job ON DELETE CASCADE,
  ordinal int NOT NULL,
  state text NOT NULL,
  item jsonb,
  asset_id text COLLATE "C",
  error jsonb,
  PRIMARY KEY (job_id, ordinal)
);

-- Graph changes not yet applied: one row an asset or an edit, an array of GraphChange each. `json`, not `jsonb`: it is
-- only ever read whole, and once.
CREATE TABLE outbox (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  changes json NOT NULL
);
ALTER TABLE outbox ALTER COLUMN changes SET STORAGE EXTERNAL;

-- The embedded graph (a Neo4j database takes its place where there is one).
CREATE TABLE graph_node (
  id text COLLATE "C" PRIMARY KEY,
  label text NOT NULL,
  caption text NOT NULL,
  properties jsonb NOT NULL
);
CREATE TABLE graph_edge (
  id text COLLATE "C" PRIMARY KEY,
  type text COLLATE "C" NOT NULL,
  from_id text COLLATE "C" NOT NULL,
  to_id text COLLATE "C" NOT NULL,
  weight double precision NOT NULL,
  properties jsonb NOT NULL
);
-- The other end breaks ties of equal weight, so that a bounded expansion reads only what it returns.
CREATE INDEX graph_edge_out ON graph_edge (from_id, type, weight DESC, to_id);
CREATE INDEX graph_edge_in ON graph_edge (to_id, type, weight DESC, from_id);
