-- Tokens by which other programs call the centre. Each acts as a user, and may do no more than both its scope and his rights allow.
CREATE TABLE api_token (
  token_id text PRIMARY KEY,
  token_hash bytea NOT NULL UNIQUE,
  name text NOT NULL,
  user_id text NOT NULL,
  -- {read, run}: '*' or a list of kinds of documents, of commands.
  scope jsonb NOT NULL,
  -- Branches that it is narrowed to; null: those of its user.
  branch_ids text[],
  requests_per_minute integer NOT NULL,
  rows_per_hour integer NOT NULL,
  rows_per_day integer NOT NULL,
  created_at timestamptz NOT NULL,
  expires_at timestamptz NOT NULL,
  revoked_at timestamptz,
  last_used_at timestamptz
);
CREATE UNIQUE INDEX api_token_name ON api_token (name) WHERE revoked_at IS NULL;
-- Documents given to each token, hour by hour.
CREATE TABLE api_reading (token_id text NOT NULL, hour timestamptz NOT NULL, given bigint NOT NULL, PRIMARY KEY (token_id, hour));
