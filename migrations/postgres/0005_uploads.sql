-- Uploads between their PUT and the mutation that names them, known to every server. The embedded default keeps its own.
CREATE TABLE upload (
  tenant text COLLATE "C" NOT NULL DEFAULT current_tenant() REFERENCES tenant ON DELETE CASCADE,
  id text COLLATE "C" NOT NULL,
  -- SHA-256 of the token: who reads the table can't send.
  token_hash bytea NOT NULL,
  file_name text NOT NULL,
  media_type text,
  byte_size bigint NOT NULL,
  -- Where the bytes wait; null until all have come.
  bytes_name text COLLATE "C",
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (tenant, id)
);
CREATE INDEX upload_expires ON upload (tenant, expires_at);
ALTER TABLE upload ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_tenant ON upload USING (tenant = current_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON upload TO sensegraph;
