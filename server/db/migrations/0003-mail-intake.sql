-- Letters that were answered 250 over SMTP: each becomes a document, whatever happens to the centre in between.
CREATE TABLE mail_intake (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  mailbox text NOT NULL,
  raw_file_id text NOT NULL,
  -- MAIL FROM; null for the empty path.
  return_path text,
  received_at timestamptz NOT NULL,
  attempts integer NOT NULL DEFAULT 0,
  next_at timestamptz NOT NULL DEFAULT now(),
  last_problem text NOT NULL DEFAULT '',
  done_at timestamptz,
  incoming_email_id text
);
CREATE INDEX mail_intake_waiting ON mail_intake (next_at, id) WHERE done_at IS NULL;
