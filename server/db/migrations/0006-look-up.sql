-- What commands ask before they are decided. As in apply_commands only nested loops over indexes, by one plan for ever: a plan made while the tables
-- were short reads them whole, and is kept when they are long.

-- Any number of reads over one snapshot. `n` is the place of the question.
CREATE FUNCTION read_documents(get_ns integer[], get_types text[], get_ids text[], find_ns integer[], find_types text[], find_names text[], find_keys text[])
RETURNS TABLE (n integer, type text, id text, version integer, body jsonb) LANGUAGE plpgsql STABLE
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT g.n, d.type, d.id, d.version, d.body
  FROM unnest(get_ns, get_types, get_ids) AS g(n, type, id) JOIN document d ON d.type = g.type AND d.id = g.id
  UNION ALL
  SELECT f.n, d.type, d.id, d.version, d.body
  FROM unnest(find_ns, find_types, find_names, find_keys) AS f(n, type, name, key)
  JOIN document_index i ON i.type = f.type AND i.name = f.name AND i.key = f.key
  JOIN document d ON d.type = i.type AND d.id = i.id;
END $$;

-- What is known of commands: the epoch, those seen before by id and by place in their incarnation, the numbers used, and what they read. Lists are JSON, null when empty.
CREATE FUNCTION look_up_commands(get_ns integer[], get_types text[], get_ids text[], find_ns integer[], find_types text[], find_names text[], find_keys text[],
  command_ids text[], incarnations text[], seqs bigint[], number_series text[], number_years text[], number_values bigint[])
RETURNS TABLE (epoch text, outcomes jsonb, seen jsonb, numbers jsonb, answers jsonb) LANGUAGE plpgsql STABLE
SET enable_hashjoin = off SET enable_mergejoin = off SET enable_seqscan = off SET plan_cache_mode = force_generic_plan AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY
  SELECT
    (SELECT value #>> '{}' FROM setting WHERE name = 'epoch'),
    (SELECT jsonb_agg(jsonb_build_object('commandId', c.command_id, 'outcome', c.outcome, 'refusal', c.refusal)) FROM unnest(command_ids) AS q(id) JOIN command c ON c.command_id = q.id),
    (SELECT jsonb_agg(jsonb_build_object('incarnation', s.incarnation, 'seq', s.seq, 'commandId', s.command_id)) FROM (
       SELECT c.incarnation, c.seq, c.command_id FROM unnest(incarnations, seqs) AS q(incarnation, seq) JOIN command c ON c.incarnation = q.incarnation AND c.seq = q.seq
       UNION ALL
       SELECT c.incarnation, c.seq, c.command_id FROM unnest(incarnations, seqs) AS q(incarnation, seq) JOIN repeated_command c ON c.incarnation = q.incarnation AND c.seq = q.seq) AS s),
    (SELECT jsonb_agg(jsonb_build_object('series', l.series, 'year', l.year, 'value', l.value))
       FROM unnest(number_series, number_years, number_values) AS q(series, year, value) JOIN number_log l USING (series, year, value)),
    (SELECT jsonb_agg(to_jsonb(r)) FROM read_documents(get_ns, get_types, get_ids, find_ns, find_types, find_names, find_keys) AS r);
END $$;
