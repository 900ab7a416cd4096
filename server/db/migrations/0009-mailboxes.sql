-- Passwords and tokens of mailboxes, sealed by the key in the data folder (keys/secrets).
CREATE TABLE mailbox_secret (
  mailbox_id text PRIMARY KEY,
  sealed bytea NOT NULL,
  -- Which secrets there are, by name; nothing of what they hold.
  names text[] NOT NULL,
  -- Raised by each change.
  version bigint NOT NULL DEFAULT 1,
  changed_at timestamptz NOT NULL DEFAULT now()
);

-- How far each folder was taken: letters up to last_uid are durable here.
CREATE TABLE mailbox_folder (
  mailbox_id text NOT NULL,
  folder text NOT NULL,
  uid_validity text NOT NULL,
  last_uid bigint NOT NULL,
  -- Taken, but not yet marked, moved or deleted at the mailbox.
  unfinished bigint[] NOT NULL DEFAULT '{}',
  PRIMARY KEY (mailbox_id, folder)
);

-- Which process of the centre watches a mailbox: one at a time. The advisory lock of its runner says that it lives.
CREATE TABLE mailbox_watch (
  mailbox_id text PRIMARY KEY,
  runner integer NOT NULL
);

-- Letters handed to a relay, for its limits; those older than a day are forgotten.
CREATE TABLE relay_use (
  relay text NOT NULL,
  at timestamptz NOT NULL
);
CREATE INDEX relay_use_at ON relay_use (relay, at);

-- Of a letter that some recipients have and others not yet: what became of each. Gone when all is known.
CREATE TABLE mail_recipient (
  outgoing_email_id text NOT NULL,
  address text NOT NULL,
  taken boolean NOT NULL,
  answer text NOT NULL,
  PRIMARY KEY (outgoing_email_id, address)
);

-- The document of the mailbox that a letter came to; null: the address of the configuration.
ALTER TABLE mail_intake ADD COLUMN mailbox_id text;
