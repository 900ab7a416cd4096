-- Writes a batch of decided commands in one call. `locks` are buckets in ascending order, odd = exclusive: everything read
-- is locked shared, everything written exclusively, until the commit. Then nothing checked here can change before it.
-- Only nested loops over indexes: the lists are short and the tables are long, but the planner cannot know it.
-- It also tells where its rows stand in the feed, so that a page of them needs no question: NULL is a conflict.
DROP FUNCTION apply_commands(integer[], jsonb);

CREATE FUNCTION apply_commands(locks integer[], batch jsonb) RETURNS jsonb LANGUAGE plpgsql
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off AS $$
DECLARE
  me xid8;
  alone boolean;
  from_xid xid8;
  from_seq bigint;
  places jsonb;
  to_seq bigint;
BEGIN
  PERFORM CASE WHEN l % 2 = 1 THEN pg_advisory_xact_lock(20481, l / 2) ELSE pg_advisory_xact_lock_shared(20481, l / 2) END FROM unnest(locks) AS l;

  IF EXISTS (SELECT 1 FROM jsonb_to_recordset(batch->'commands') AS c("commandId" text) JOIN command k ON k.command_id = c."commandId")
  OR EXISTS (SELECT 1 FROM jsonb_to_recordset(batch->'commands') AS c(incarnation text, seq bigint)
             JOIN command k ON k.incarnation = c.incarnation AND k.seq = c.seq WHERE c.incarnation IS NOT NULL)
  OR EXISTS (SELECT 1 FROM jsonb_to_recordset(batch->'gets') AS g(type text, id text, version integer)
             LEFT JOIN document d ON d.type = g.type AND d.id = g.id WHERE coalesce(d.version, 0) <> g.version)
  OR EXISTS (SELECT 1 FROM jsonb_to_recordset(batch->'finds') AS f(type text, index text, key text, ids text[])
             WHERE f.ids <> ARRAY(SELECT i.id FROM document_index i WHERE i.type = f.type AND i.name = f.index AND i.key = f.key ORDER BY i.id))
  OR EXISTS (SELECT 1 FROM jsonb_to_recordset(batch->'numbers') AS n(series text, year text, value bigint)
             JOIN number_log l ON l.series = n.series AND l.year = n.year AND l.value = n.value)
  THEN RETURN NULL;
  END IF;

  me := pg_current_xact_id();
  -- One snapshot: everything older has ended, and this is the last row of the feed before ours.
  SELECT pg_snapshot_xmin(pg_current_snapshot()) = me, last.xid, last.seq INTO alone, from_xid, from_seq
  FROM (SELECT) AS one LEFT JOIN LATERAL (SELECT xid, seq FROM document WHERE xid < me ORDER BY xid DESC, seq DESC LIMIT 1) AS last ON true;

  INSERT INTO command (command_id, desk_id, incarnation, seq, name, version, input, author_id, author_name, happened_at, recorded_at, outcome, refusal, xid)
  SELECT c."commandId", c."deskId", c.incarnation, c.seq, c.name, c.version, c.input, c."authorId", c."authorName", c."happenedAt", c."recordedAt", c.outcome, c.refusal, me
  FROM jsonb_to_recordset(batch->'commands') AS c("commandId" text, "deskId" text, incarnation text, seq bigint, name text, version integer, input jsonb,
    "authorId" text, "authorName" text, "happenedAt" timestamptz, "recordedAt" timestamptz, outcome text, refusal jsonb);

  WITH written AS (
    INSERT INTO document (type, id, version, body, scope, xid, seq)
    SELECT d.type, d.id, d.version, d.document, d.scope, me, nextval('feed_seq')
    FROM jsonb_to_recordset(batch->'documents') AS d(type text, id text, version integer, document jsonb, scope text[])
    ON CONFLICT (type, id) DO UPDATE SET version = excluded.version, body = excluded.body, scope = excluded.scope, xid = excluded.xid, seq = excluded.seq,
      past_scope = CASE WHEN document.scope = excluded.scope THEN document.past_scope ELSE ARRAY(SELECT DISTINCT unnest(document.past_scope || document.scope)) END
    RETURNING type, id, seq, past_scope)
  SELECT jsonb_agg(jsonb_build_object('type', w.type, 'id', w.id, 'pastScope', w.past_scope) ORDER BY w.seq), max(w.seq) INTO places, to_seq FROM written w;

  INSERT INTO document_version (type, id, version, command_id, body)
  SELECT h.type, h.id, h.version, h."commandId", h.document
  FROM jsonb_to_recordset(batch->'history') AS h(type text, id text, version integer, "commandId" text, document jsonb);

  IF batch ? 'indexRemoved' THEN
    DELETE FROM document_index i USING jsonb_to_recordset(batch->'indexRemoved') AS r(type text, index text, key text, id text)
    WHERE i.type = r.type AND i.name = r.index AND i.key = r.key AND i.id = r.id;
  END IF;
  IF batch ? 'indexAdded' THEN
    INSERT INTO document_index (type, name, key, id)
    SELECT a.type, a.index, a.key, a.id FROM jsonb_to_recordset(batch->'indexAdded') AS a(type text, index text, key text, id text)
    ON CONFLICT DO NOTHING;
  END IF;
  IF batch ? 'numbers' THEN
    INSERT INTO number_log (series, year, value, command_id)
    SELECT n.series, n.year, n.value, n."commandId" FROM jsonb_to_recordset(batch->'numbers') AS n(series text, year text, value bigint, "commandId" text);
    -- After a restore a number may come from a lease that the base no longer knows: the counter stays above it.
    INSERT INTO number_counter (series, year, value)
    SELECT n.series, n.year, max(n.value) FROM jsonb_to_recordset(batch->'numbers') AS n(series text, year text, value bigint)
    LEFT JOIN number_counter c ON c.series = n.series AND c.year = n.year WHERE n.value > coalesce(c.value, 0) GROUP BY n.series, n.year
    ON CONFLICT (series, year) DO UPDATE SET value = greatest(number_counter.value, excluded.value);
  END IF;
  IF batch ? 'effects' THEN
    INSERT INTO effect (id, kind, payload, document_ids, depends_on, command_id, state, not_before, created_at)
    SELECT e.id, e.kind, e.payload, e."documentIds", e."dependsOn", e."commandId", 'waits', e."notBefore", e."createdAt"
    FROM jsonb_to_recordset(batch->'effects') AS e(id text, kind text, payload jsonb, "documentIds" text[], "dependsOn" text[], "commandId" text, "notBefore" timestamptz, "createdAt" timestamptz);
  END IF;
  IF batch ? 'cancels' THEN
    UPDATE effect SET state = 'cancelled', finished_at = now()
    WHERE id = ANY (ARRAY(SELECT jsonb_array_elements_text(batch->'cancels'))) AND state = 'waits';
  END IF;
  IF batch ? 'repeated' THEN
    INSERT INTO repeated_command (incarnation, seq, command_id, xid)
    SELECT r.incarnation, r.seq, r."commandId", me FROM jsonb_to_recordset(batch->'repeated') AS r(incarnation text, seq bigint, "commandId" text)
    ON CONFLICT DO NOTHING;
  END IF;
  RETURN jsonb_build_object('alone', alone, 'xid', me::text, 'fromXid', from_xid::text, 'fromSeq', from_seq::text, 'toSeq', to_seq::text, 'rows', places);
END
$$;
