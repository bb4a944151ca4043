-- A changed model is embedded into spaces of its own while the old ones serve. Several rows may have one name; one of
-- them serves, and that is the one meant by the name.
ALTER TABLE space DROP CONSTRAINT space_name_key;
-- serving, filling (a migration writes into it) or retired (kept until it is dropped).
ALTER TABLE space ADD COLUMN state text NOT NULL DEFAULT 'serving';
-- The space of passages and questions; the others are of pictures and sounds.
ALTER TABLE space ADD COLUMN is_text boolean NOT NULL DEFAULT false;
CREATE UNIQUE INDEX space_serving ON space (name) WHERE state = 'serving';
CREATE UNIQUE INDEX space_serving_text ON space (is_text) WHERE is_text AND state = 'serving';
CREATE UNIQUE INDEX space_identity ON space (name, model, version, dimension);
UPDATE space SET is_text = true WHERE number = (SELECT min(number) FROM space);

-- Sentence vectors are of a text space, too. 0: written where there is none.
ALTER TABLE sentence_vectors ADD COLUMN space int NOT NULL DEFAULT 0;
UPDATE sentence_vectors SET space = coalesce((SELECT number FROM space WHERE is_text), 0);
ALTER TABLE sentence_vectors DROP CONSTRAINT sentence_vectors_pkey;
ALTER TABLE sentence_vectors ADD PRIMARY KEY (segment_id, space);

-- What a migration has done: the assets whose vectors are in the filling spaces.
CREATE TABLE reencoded (asset_id text COLLATE "C" PRIMARY KEY);
