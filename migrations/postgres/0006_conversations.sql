-- Conversations: their turns in order, each with what it spoke of. What a turn spoke of is in its body too, by name, so
-- that it reads on when that is deleted; turn_about holds only what is there, which is what the graph has edges to.

CREATE TABLE conversation (
  tenant text COLLATE "C" NOT NULL DEFAULT current_tenant() REFERENCES tenant ON DELETE CASCADE,
  id text COLLATE "C" NOT NULL,
  -- The first question; '' until it is asked.
  title text NOT NULL,
  created_at timestamptz NOT NULL,
  -- The turn, of another conversation, up to which this one is a copy. It may be gone.
  forked_from text COLLATE "C",
  PRIMARY KEY (tenant, id)
);
CREATE INDEX conversation_newest ON conversation (tenant, created_at DESC, id DESC);

CREATE TABLE turn (
  tenant text COLLATE "C" NOT NULL DEFAULT current_tenant(),
  id text COLLATE "C" NOT NULL,
  conversation_id text COLLATE "C" NOT NULL,
  -- From 1, without gaps.
  number int NOT NULL,
  -- Forks share the answers of the turns that they copy.
  answer_id text COLLATE "C",
  created_at timestamptz NOT NULL,
  body jsonb NOT NULL,
  PRIMARY KEY (tenant, id),
  FOREIGN KEY (tenant, conversation_id) REFERENCES conversation ON DELETE CASCADE
);
CREATE UNIQUE INDEX turn_of_conversation ON turn (tenant, conversation_id, number);
CREATE INDEX turn_of_answer ON turn (tenant, answer_id);

-- Segments that a turn's answer rests on, and entities that question and answer name.
CREATE TABLE turn_about (
  tenant text COLLATE "C" NOT NULL DEFAULT current_tenant(),
  turn_id text COLLATE "C" NOT NULL,
  node_id text COLLATE "C" NOT NULL,
  PRIMARY KEY (tenant, turn_id, node_id),
  FOREIGN KEY (tenant, turn_id) REFERENCES turn ON DELETE CASCADE
);
CREATE INDEX turn_about_node ON turn_about (tenant, node_id);

DO $$
DECLARE
  one text;
BEGIN
  FOREACH one IN ARRAY ARRAY['conversation', 'turn', 'turn_about'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', one);
    EXECUTE format('CREATE POLICY of_tenant ON %I USING (tenant = current_tenant())', one);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO sensegraph', one);
  END LOOP;
END $$;
