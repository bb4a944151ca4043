-- Uploads between their PUT and the mutation that names them, known to every server. The embedded default keeps its own.
CREATE TABLE upload (
  id text COLLATE "C" PRIMARY KEY,
  -- SHA-256 of the token: who reads the table can't send.
  token_hash bytea NOT NULL,
  file_name text NOT NULL,
  media_type text,
  byte_size bigint NOT NULL,
  -- Where the bytes wait; null until all have come.
  bytes_name text COLLATE "C",
  expires_at timestamptz NOT NULL
);
CREATE INDEX upload_expires ON upload (expires_at);
