-- Which graph the outbox is applied to, and how far a rebuild of it is. One row; whoever locks the table applies.
CREATE TABLE projection (
  one boolean PRIMARY KEY DEFAULT true CHECK (one),
  -- Null until the first change is applied.
  graph text,
  -- What a rebuild is at, `nodes` or `edges`, and the last node that it has done; null when none runs.
  rebuilding text,
  position text COLLATE "C" NOT NULL DEFAULT ''
);
INSERT INTO projection (graph) SELECT CASE WHEN EXISTS (SELECT FROM graph_node) THEN 'embedded' END;

-- How far the graph is behind.
ALTER TABLE outbox ADD COLUMN enqueued_at timestamptz NOT NULL DEFAULT now();

-- Changes that the graph refuses, put aside so that those behind them go on.
CREATE TABLE outbox_parked (
  id bigint PRIMARY KEY,
  changes json NOT NULL,
  enqueued_at timestamptz NOT NULL,
  parked_at timestamptz NOT NULL DEFAULT now(),
  reason text NOT NULL
);
