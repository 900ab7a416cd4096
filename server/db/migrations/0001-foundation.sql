-- The documents are the feed: ordered by (xid, seq), read below the oldest running transaction, so that a transaction that
-- took its number early and committed late is never passed over.
CREATE TABLE document (
  type text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  body jsonb NOT NULL,
  scope text[] NOT NULL,
  -- Scope keys it ever had and a holder of which may still keep a copy.
  past_scope text[] NOT NULL DEFAULT '{}',
  xid xid8 NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (type, id)
);
CREATE SEQUENCE feed_seq;
CREATE UNIQUE INDEX document_feed ON document (xid, seq);

CREATE TABLE document_index (
  type text COLLATE "C" NOT NULL,
  name text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  PRIMARY KEY (type, name, key, id)
);
CREATE INDEX document_index_file ON document_index (key) WHERE name = '#file';

CREATE TABLE document_version (
  type text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  command_id text COLLATE "C" NOT NULL,
  body jsonb NOT NULL,
  PRIMARY KEY (type, id, version)
);

CREATE TABLE command (
  command_id text COLLATE "C" PRIMARY KEY,
  desk_id text NOT NULL,
  incarnation text COLLATE "C",
  seq bigint,
  name text NOT NULL,
  version integer NOT NULL,
  -- Of refused commands only.
  input jsonb,
  author_id text NOT NULL,
  author_name text NOT NULL,
  happened_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('applied', 'rejected')),
  refusal jsonb,
  xid xid8 NOT NULL
);
CREATE UNIQUE INDEX command_seq ON command (incarnation, seq) WHERE incarnation IS NOT NULL;

-- A known command that came again under another incarnation of its desk.
CREATE TABLE repeated_command (
  incarnation text COLLATE "C" NOT NULL,
  seq bigint NOT NULL,
  command_id text COLLATE "C" NOT NULL,
  xid xid8 NOT NULL,
  PRIMARY KEY (incarnation, seq)
);

CREATE TABLE number_counter (series text NOT NULL, year text NOT NULL, value bigint NOT NULL, PRIMARY KEY (series, year));
CREATE TABLE number_lease (
  lease_id text PRIMARY KEY,
  desk_id text NOT NULL,
  incarnation text NOT NULL,
  series text NOT NULL,
  year text NOT NULL,
  first bigint NOT NULL,
  last bigint NOT NULL,
  leased_at timestamptz NOT NULL
);
-- Every number ever given: the last word on «never twice».
CREATE TABLE number_log (series text NOT NULL, year text NOT NULL, value bigint NOT NULL, command_id text NOT NULL, PRIMARY KEY (series, year, value));

CREATE TABLE effect (
  id text COLLATE "C" PRIMARY KEY,
  kind text NOT NULL,
  payload jsonb NOT NULL,
  -- Ids named by the payload: what a document's own effects are found by.
  document_ids text[] NOT NULL,
  depends_on text[] NOT NULL,
  command_id text NOT NULL,
  state text NOT NULL CHECK (state IN ('waits', 'runs', 'done', 'failed', 'unknown', 'cancelled')),
  attempts integer NOT NULL DEFAULT 0,
  not_before timestamptz,
  last_error text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL,
  -- While it runs: which process, and until when it is believed to be alive.
  runner text,
  lease_until timestamptz,
  finished_at timestamptz
);
CREATE INDEX effect_open ON effect (not_before NULLS FIRST) WHERE state IN ('waits', 'runs');
CREATE INDEX effect_document ON effect USING gin (document_ids);

CREATE TABLE desk (desk_id text PRIMARY KEY, name text NOT NULL, enrolled_at timestamptz NOT NULL, enrolled_by text NOT NULL, blocked boolean NOT NULL DEFAULT false);
CREATE TABLE session (
  token_hash bytea PRIMARY KEY,
  session_id text NOT NULL UNIQUE,
  user_id text NOT NULL,
  desk_id text NOT NULL,
  created_at timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL
);
CREATE INDEX session_user_id ON session (user_id);
CREATE TABLE user_secret (user_id text PRIMARY KEY, hash text NOT NULL, one_time boolean NOT NULL, changed_at timestamptz NOT NULL);

CREATE TABLE file (sha text PRIMARY KEY, size bigint NOT NULL, uploaded_by text NOT NULL, desk_id text NOT NULL, uploaded_at timestamptz NOT NULL);

CREATE TABLE access_log (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id text NOT NULL UNIQUE,
  desk_id text NOT NULL,
  -- Whose session brought it; the entry itself says who looked.
  sent_by text NOT NULL,
  entry jsonb NOT NULL,
  recorded_at timestamptz NOT NULL,
  -- False: the desk's own chain is broken at this entry.
  chain_holds boolean NOT NULL,
  previous_hash text NOT NULL,
  hash text NOT NULL
);
CREATE INDEX access_log_desk ON access_log (desk_id, n);

CREATE TABLE security_log (
  n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  kind text NOT NULL,
  user_id text,
  desk_id text,
  details jsonb NOT NULL
);

CREATE TABLE sent_mail (
  id text PRIMARY KEY,
  at timestamptz NOT NULL,
  sender text NOT NULL,
  recipients text[] NOT NULL,
  subject text NOT NULL,
  size bigint NOT NULL,
  raw_file_id text NOT NULL,
  search text NOT NULL
);
CREATE INDEX sent_mail_at ON sent_mail (at DESC, id);

CREATE TABLE setting (name text PRIMARY KEY, value jsonb NOT NULL);
CREATE TABLE adapter_state (key text PRIMARY KEY, value text NOT NULL);
