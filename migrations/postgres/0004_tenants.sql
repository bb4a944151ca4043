-- Tenants. Every row belongs to one; ids are hashes of content, equal between tenants that put in the same file, so every
-- key begins with the tenant. Tenants' work runs as the role `sensegraph`, which row-level security holds to the rows of
-- the tenant named by the setting `sensegraph.tenant`: none where it is unset. Work across tenants (migrations, upkeep,
-- the queue) runs as the tables' owner. The role is there before this runs (adapters/postgres/tenant-role.ts).

CREATE TABLE tenant (
  name text COLLATE "C" PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9_-]{0,62}$'),
  created_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO tenant (name) VALUES ('default');

-- SHA-256 of each bearer token. Not granted to the role.
CREATE TABLE tenant_token (
  hash bytea PRIMARY KEY,
  tenant text COLLATE "C" NOT NULL REFERENCES tenant ON DELETE CASCADE,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Null where no tenant is set: then nothing is seen, and nothing can be written.
CREATE FUNCTION current_tenant() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
  RETURN nullif(current_setting('sensegraph.tenant', true), '');

DO $$
DECLARE
  one text;
BEGIN
  FOREACH one IN ARRAY ARRAY['asset', 'segment', 'reading', 'entity', 'entity_name', 'entity_block', 'mention', 'relation',
    'relation_evidence', 'merge', 'space', 'sentence_vectors', 'reencoded', 'answer', 'answer_asset', 'job', 'job_item',
    'outbox', 'outbox_parked', 'projection', 'graph_node', 'graph_edge']
  LOOP
    EXECUTE format('ALTER TABLE %I ADD COLUMN tenant text COLLATE "C" NOT NULL DEFAULT ''default''', one);
    EXECUTE format('ALTER TABLE %I ALTER COLUMN tenant SET DEFAULT current_tenant()', one);
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one);
    EXECUTE format('CREATE POLICY of_tenant ON %I USING (tenant = current_tenant())', one);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO sensegraph', one);
  END LOOP;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO sensegraph', current_schema());
END $$;

ALTER TABLE answer_asset DROP CONSTRAINT answer_asset_answer_id_fkey;
ALTER TABLE job_item DROP CONSTRAINT job_item_job_id_fkey;

ALTER TABLE asset DROP CONSTRAINT asset_pkey, ADD PRIMARY KEY (tenant, id);
ALTER TABLE segment DROP CONSTRAINT segment_pkey, ADD PRIMARY KEY (tenant, id);
ALTER TABLE reading DROP CONSTRAINT reading_pkey, ADD PRIMARY KEY (tenant, id);
ALTER TABLE entity DROP CONSTRAINT entity_pkey, ADD PRIMARY KEY (tenant, id);
ALTER TABLE entity_name DROP CONSTRAINT entity_name_pkey, ADD PRIMARY KEY (tenant, entity_id, normal);
ALTER TABLE entity_block DROP CONSTRAINT entity_block_pkey, ADD PRIMARY KEY (tenant, block, entity_id, normal);
ALTER TABLE mention DROP CONSTRAINT mention_pkey, ADD PRIMARY KEY (tenant, id);
ALTER TABLE relation DROP CONSTRAINT relation_pkey, ADD PRIMARY KEY (tenant, id);
ALTER TABLE relation_evidence DROP CONSTRAINT relation_evidence_pkey,
  ADD PRIMARY KEY (tenant, relation_id, segment_id, sentence);
ALTER TABLE merge DROP CONSTRAINT merge_pkey, ADD PRIMARY KEY (tenant, id);
-- A space's number is one of all tenants' too: it names the tables of its vectors.
ALTER TABLE space DROP CONSTRAINT space_pkey, ADD PRIMARY KEY (tenant, number), ADD UNIQUE (number);
ALTER TABLE sentence_vectors DROP CONSTRAINT sentence_vectors_pkey, ADD PRIMARY KEY (tenant, segment_id, space);
ALTER TABLE reencoded DROP CONSTRAINT reencoded_pkey, ADD PRIMARY KEY (tenant, asset_id);
ALTER TABLE answer DROP CONSTRAINT answer_pkey, ADD PRIMARY KEY (tenant, id);
ALTER TABLE answer_asset DROP CONSTRAINT answer_asset_pkey, ADD PRIMARY KEY (tenant, answer_id, asset_id),
  ADD FOREIGN KEY (tenant, answer_id) REFERENCES answer ON DELETE CASCADE;
ALTER TABLE job DROP CONSTRAINT job_pkey, ADD PRIMARY KEY (tenant, id);
ALTER TABLE job_item DROP CONSTRAINT job_item_pkey, ADD PRIMARY KEY (tenant, job_id, ordinal),
  ADD FOREIGN KEY (tenant, job_id) REFERENCES job ON DELETE CASCADE;
ALTER TABLE outbox DROP CONSTRAINT outbox_pkey, ADD PRIMARY KEY (tenant, id);
ALTER TABLE outbox_parked DROP CONSTRAINT outbox_parked_pkey, ADD PRIMARY KEY (tenant, id);
ALTER TABLE projection DROP COLUMN one, ADD PRIMARY KEY (tenant);
ALTER TABLE graph_node DROP CONSTRAINT graph_node_pkey, ADD PRIMARY KEY (tenant, id);
ALTER TABLE graph_edge DROP CONSTRAINT graph_edge_pkey, ADD PRIMARY KEY (tenant, id);

-- Nothing comes of a tenant that is gone: these are what everything else comes with.
ALTER TABLE asset ADD FOREIGN KEY (tenant) REFERENCES tenant ON DELETE CASCADE;
ALTER TABLE answer ADD FOREIGN KEY (tenant) REFERENCES tenant ON DELETE CASCADE;
ALTER TABLE job ADD FOREIGN KEY (tenant) REFERENCES tenant ON DELETE CASCADE;
ALTER TABLE space ADD FOREIGN KEY (tenant) REFERENCES tenant ON DELETE CASCADE;
ALTER TABLE projection ADD FOREIGN KEY (tenant) REFERENCES tenant ON DELETE CASCADE;

-- The full-text index alone is of all tenants: a GIN index takes no text beside the words without an extension.
DROP INDEX asset_newest, segment_of_asset, reading_of_segment, entity_by_name, entity_name_normal, mention_of_segment,
  mention_of_entity, relation_meaning, relation_of_object, relation_evidence_of_segment, merge_into, answer_of_asset,
  job_unfinished, graph_edge_out, graph_edge_in, space_serving, space_serving_text, space_identity;
CREATE INDEX asset_newest ON asset (tenant, created_at DESC, id DESC);
CREATE UNIQUE INDEX segment_of_asset ON segment (tenant, asset_id, ordinal);
CREATE INDEX reading_of_segment ON reading (tenant, segment_id);
CREATE INDEX entity_by_name ON entity (tenant, name COLLATE "C", id);
CREATE INDEX entity_name_normal ON entity_name (tenant, normal, entity_id);
CREATE INDEX mention_of_segment ON mention (tenant, segment_id);
CREATE INDEX mention_of_entity ON mention (tenant, entity_id, score DESC, id);
CREATE UNIQUE INDEX relation_meaning ON relation (tenant, subject_id, type, object_id, predicate);
CREATE INDEX relation_of_object ON relation (tenant, object_id);
CREATE INDEX relation_evidence_of_segment ON relation_evidence (tenant, segment_id);
CREATE INDEX merge_into ON merge (tenant, into_id);
CREATE INDEX answer_of_asset ON answer_asset (tenant, asset_id);
CREATE INDEX job_unfinished ON job (tenant, created_at) WHERE state IN ('QUEUED', 'RUNNING');
CREATE INDEX graph_edge_out ON graph_edge (tenant, from_id, type, weight DESC, to_id);
CREATE INDEX graph_edge_in ON graph_edge (tenant, to_id, type, weight DESC, from_id);
CREATE UNIQUE INDEX space_serving ON space (tenant, name) WHERE state = 'serving';
CREATE UNIQUE INDEX space_serving_text ON space (tenant, is_text) WHERE is_text AND state = 'serving';
CREATE UNIQUE INDEX space_identity ON space (tenant, name, model, version, dimension);

-- The tables of one space's vectors are one tenant's as a whole, each with an HNSW index of its own. Their policy holds for
-- all rows or none, and says so in a way that the planner takes for nearly all: a plain `=` it would take for 1 row in 200,
-- and sort them all rather than use the index. SELECT: asked once a statement, not once a row.
CREATE FUNCTION guard_vectors(of_number int, of_tenant text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  one text;
BEGIN
  FOREACH one IN ARRAY ARRAY['vectors_' || of_number, 'vectors_' || of_number || '_tail'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one);
    EXECUTE format('CREATE POLICY of_tenant ON %I
      USING (CASE WHEN (SELECT current_tenant()) = %L THEN true END IS NOT NULL)', one, of_tenant);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO sensegraph', one);
  END LOOP;
END $$;
SELECT guard_vectors(number, tenant) FROM space;

-- What the role may do beyond its rows, for the current tenant only: these run as the tables' owner.

-- Makes a space with its tables; gives its number.
CREATE FUNCTION make_space(of_name text, of_model text, of_version text, of_dimension int, of_state text, text_space boolean)
RETURNS int LANGUAGE plpgsql SECURITY DEFINER AS $$
DECLARE
  made int;
  one text;
BEGIN
  INSERT INTO space (name, model, version, dimension, state, is_text)
    VALUES (of_name, of_model, of_version, of_dimension, of_state, text_space) RETURNING number INTO made;
  FOREACH one IN ARRAY ARRAY['vectors_' || made, 'vectors_' || made || '_tail'] LOOP
    -- Vectors stay in their rows: fetched from beside them, a scan would take several times longer.
    EXECUTE format('CREATE TABLE %I (node_id text COLLATE "C" PRIMARY KEY, vector vector(%s) NOT NULL)
      WITH (toast_tuple_target = 8160)', one, of_dimension);
  END LOOP;
  EXECUTE format('CREATE INDEX %I ON %I USING hnsw (vector vector_cosine_ops)', 'vectors_' || made || '_hnsw',
    'vectors_' || made);
  PERFORM guard_vectors(made, current_tenant());
  RETURN made;
END $$;

-- Takes a space away with all its vectors.
CREATE FUNCTION drop_space(of_number int) RETURNS void LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  DELETE FROM space WHERE tenant = current_tenant() AND number = of_number;
  IF NOT FOUND THEN RAISE EXCEPTION 'There is no space % of this tenant.', of_number; END IF;
  DELETE FROM sentence_vectors WHERE tenant = current_tenant() AND space = of_number;
  EXECUTE format('DROP TABLE %I', 'vectors_' || of_number);
  EXECUTE format('DROP TABLE %I', 'vectors_' || of_number || '_tail');
END $$;

-- Full text. `@@` is not leakproof, so under row-level security it could not use its index.

-- About how many segments the tenant has.
CREATE FUNCTION count_segments() RETURNS float8 LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
DECLARE
  total float8;
  share float8;
BEGIN
  -- The table's size now at the density of the last ANALYZE.
  SELECT reltuples / relpages * (pg_relation_size(oid) / 8192) INTO total FROM pg_class
    WHERE oid = 'segment'::regclass AND relpages > 0 AND reltuples > 0;
  IF total IS NOT NULL THEN
    IF (SELECT count(*) FROM tenant) = 1 THEN RETURN total; END IF;
    SELECT frequency INTO share FROM pg_stats,
      unnest(most_common_vals::text::text[], most_common_freqs) AS listed(value, frequency)
      WHERE schemaname = current_schema() AND tablename = 'segment' AND attname = 'tenant' AND value = current_tenant();
    -- Fewer are counted in about a millisecond.
    IF total * share > 10000 THEN RETURN total * share; END IF;
  END IF;
  RETURN (SELECT count(*) FROM segment WHERE tenant = current_tenant());
END $$;

-- Shares of segments that have a word, as far as the planner's statistics tell them. Of several tenants they tell nothing
-- of one, and must not.
CREATE FUNCTION common_words(asked text[]) RETURNS TABLE (lexeme text, share real)
LANGUAGE sql STABLE SECURITY DEFINER AS $$
  SELECT element, frequency FROM pg_stats,
    unnest(most_common_elems::text::text[], most_common_elem_freqs) AS listed(element, frequency)
  WHERE schemaname = current_schema() AND tablename = 'segment' AND attname = 'words' AND element = ANY(asked)
    AND (SELECT count(*) FROM tenant) = 1;
$$;

-- Segments of the tenant that fit each query, counted up to `most`.
CREATE FUNCTION count_matches(queries text[], most int) RETURNS int[] LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
DECLARE
  one tsquery;
  counts int[] := '{}';
BEGIN
  FOREACH one IN ARRAY queries::tsquery[] LOOP
    counts := counts || (SELECT count(*)::int FROM (
      SELECT FROM segment WHERE tenant = current_tenant() AND words @@ one LIMIT most) match);
  END LOOP;
  RETURN counts;
END $$;

-- At most `most` segments of the tenant that fit `finders`, then as many that only fit `filler`.
CREATE FUNCTION find_segments(finders tsquery, filler tsquery, modalities text[], most int)
RETURNS TABLE (id text, words tsvector, word_count int) LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
BEGIN
  RETURN QUERY
    (SELECT segment.id, segment.words, segment.word_count FROM segment
     WHERE tenant = current_tenant() AND segment.words @@ finders AND (modalities IS NULL OR asset_id IN (
       SELECT asset.id FROM asset WHERE tenant = current_tenant() AND modality = ANY(modalities))) LIMIT most)
    UNION ALL
    (SELECT segment.id, segment.words, segment.word_count FROM segment
     WHERE tenant = current_tenant() AND segment.words @@ filler AND NOT segment.words @@ finders
       AND (modalities IS NULL OR asset_id IN (
         SELECT asset.id FROM asset WHERE tenant = current_tenant() AND modality = ANY(modalities))) LIMIT most);
END $$;

DO $$
DECLARE
  one regprocedure;
BEGIN
  FOR one IN SELECT oid::regprocedure FROM pg_proc WHERE pronamespace = current_schema()::regnamespace AND proname IN
    ('guard_vectors', 'make_space', 'drop_space', 'count_segments', 'common_words', 'count_matches', 'find_segments')
  LOOP
    -- Nothing that a caller makes, such as a temporary table, is taken for one of the names above.
    EXECUTE format('ALTER FUNCTION %s SET search_path = %I, %I, pg_temp', one, current_schema(),
      (SELECT nspname FROM pg_extension JOIN pg_namespace ON pg_namespace.oid = extnamespace WHERE extname = 'vector'));
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', one);
    IF one::text NOT LIKE 'guard_vectors%' THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO sensegraph', one);
    END IF;
  END LOOP;
END $$;
-- A plan for any query would not use the index for one that is rare.
ALTER FUNCTION count_matches(text[], int) SET plan_cache_mode = force_custom_plan;
ALTER FUNCTION find_segments(tsquery, tsquery, text[], int) SET plan_cache_mode = force_custom_plan;
