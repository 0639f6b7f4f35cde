-- The append of a batch, made for the usual case: nothing in it is refused. Where something is, `append_1` does all of
-- it, under the same lock, and says what and why.
--
-- In the usual case everything that depends on the batch alone is known to the caller: how many events and new streams
-- come before each of its parts, and which change of a key or timer is the last one. It hands that over (`p_nth_…`,
-- `p_…_fate`), so nothing is counted, sorted or asked twice here. Only the chain of hashes is made one by one.
--
-- Arrays are taken apart in the list of what is selected, which streams them; in FROM each of them would be laid down
-- first. Whoever calls has pinned its session's plans, as every connection of the program does.
CREATE FUNCTION sandan.append_2(
    -- as those of append_1
    p_now bigint, p_counts integer[], p_groups integer[], p_generations integer[],
    p_memory_of integer[], p_memory uuid[], p_fingerprint bytea[], p_outcome bytea[],
    p_fence_of integer[], p_fence_job text[], p_fence bigint[],
    p_expect_of integer[], p_expect_kind text[], p_expect_stream uuid[], p_expect bigint[],
    p_claim_of integer[], p_claim_space text[], p_claim_key bytea[], p_claim_value bytea[],
    p_stream_kind text[], p_stream uuid[], p_version bigint[], p_id uuid[], p_kind text[], p_schema integer[],
    p_community text[], p_occurred bigint[], p_command uuid[], p_correlation uuid[], p_causation uuid[],
    p_actor text[], p_digest bytea[], p_body bytea[],
    p_row_of integer[], p_row_space text[], p_row_key bytea[], p_row_value bytea[],
    p_timer_of integer[], p_timer uuid[], p_timer_due bigint[], p_timer_body bytea[],
    -- counted within the batch, if all of it is accepted: the last event of each append, the first and last event of
    -- each remembered id, and the new streams up to each event
    p_nth_last bigint[], p_nth_memory_first bigint[], p_nth_memory_last bigint[], p_nth_streams bigint[],
    -- 0: nothing, for a later change follows; 1: is new, since a claim of the key passed; 2: is put; 3: is deleted
    p_row_fate integer[], p_timer_fate integer[],
    OUT o_generation integer, OUT o_position bigint, OUT o_hash bytea, OUT o_streams bigint, OUT o_recorded bigint,
    OUT o_hashes bytea[],
    OUT o_refused integer[], OUT o_stages integer[], OUT o_places bigint[], OUT o_actual bigint[], OUT o_values bytea[],
    OUT o_waited bigint, OUT o_worked bigint
)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    v_begun    timestamptz := clock_timestamp();
    v_locked   timestamptz;
    v_waited   bigint;
    v_timeline text;
    v_links    bytea[];   -- what each hash is made of, beside the one before
    v_link     bytea;
    v_hash     bytea;
    v_hashes   bytea[];
BEGIN
    IF pg_is_in_recovery() THEN
        RAISE EXCEPTION 'this server is a standby' USING ERRCODE = 'read_only_sql_transaction';
    END IF;
    PERFORM sandan.lock();
    v_locked := clock_timestamp();
    v_waited := extract(epoch FROM v_locked - v_begun) * 1000000;

    SELECT g.number, g.timeline INTO o_generation, v_timeline FROM sandan.generation g ORDER BY g.number DESC LIMIT 1;
    SELECT e.position, e.hash, e.streams, greatest(e.recorded, p_now)
    INTO o_position, o_hash, o_streams, o_recorded
    FROM sandan.event e ORDER BY e.position DESC LIMIT 1;
    IF NOT FOUND THEN
        o_position := 0;
        o_hash := decode(repeat('00', 32), 'hex');
        o_streams := 0;
        o_recorded := p_now;
    END IF;

    IF v_timeline <> sandan.timeline()
       OR EXISTS (SELECT FROM unnest(p_memory) AS m (id) WHERE (SELECT true FROM sandan.command k WHERE k.id = m.id))
       OR EXISTS (SELECT FROM unnest(p_fence_job, p_fence) AS f (job, number)
                  WHERE f.number <> coalesce((SELECT l.fence FROM sandan.lease l WHERE l.job = f.job), 0))
       OR EXISTS (SELECT FROM unnest(p_generations) AS g (number) WHERE g.number NOT IN (0, o_generation))
       OR EXISTS (SELECT FROM (
                      SELECT unnest(p_expect_stream) AS stream, unnest(p_expect_kind) AS kind, unnest(p_expect) AS version
                  ) x WHERE x.version <> coalesce((
                      SELECT e.version FROM sandan.event e WHERE e.stream = x.stream AND e.stream_kind = x.kind
                      ORDER BY e.version DESC LIMIT 1), 0))
       OR EXISTS (SELECT FROM (
                      SELECT unnest(p_claim_space) AS space, unnest(p_claim_key) AS key, unnest(p_claim_value) AS value
                  ) k WHERE k.value IS NOT NULL
                      OR (SELECT true FROM sandan.fact f WHERE f.space = k.space AND f.key = k.key))
    THEN
        SELECT a.* INTO o_generation, o_position, o_hash, o_streams, o_recorded, o_hashes,
                        o_refused, o_stages, o_places, o_actual, o_values, o_waited, o_worked
        FROM sandan.append_1(
            p_now, p_counts, p_groups, p_generations, p_memory_of, p_memory, p_fingerprint, p_outcome,
            p_fence_of, p_fence_job, p_fence, p_expect_of, p_expect_kind, p_expect_stream, p_expect,
            p_claim_of, p_claim_space, p_claim_key, p_claim_value,
            p_stream_kind, p_stream, p_version, p_id, p_kind, p_schema, p_community, p_occurred, p_command,
            p_correlation, p_causation, p_actor, p_digest, p_body,
            p_row_of, p_row_space, p_row_key, p_row_value, p_timer_of, p_timer, p_timer_due, p_timer_body) a;
        o_waited := v_waited;
        o_worked := extract(epoch FROM clock_timestamp() - v_locked) * 1000000;
        RETURN;
    END IF;

    IF cardinality(p_digest) > 0 THEN
        SELECT array_agg(int8send(o_position + d.nth) || int8send(o_recorded) || d.digest ORDER BY d.nth) INTO v_links
        FROM unnest(p_digest) WITH ORDINALITY AS d (digest, nth);
        v_hash := o_hash;
        FOREACH v_link IN ARRAY v_links LOOP
            -- "sandan.link.1", as in chain::link.
            v_hash := sha256('\x73616e64616e2e6c696e6b2e31'::bytea || v_hash || v_link);
            v_hashes := array_append(v_hashes, v_hash);
        END LOOP;
        INSERT INTO sandan.event (position, version, occurred, recorded, streams, generation, schema, stream, id,
                                  command, correlation, causation, stream_kind, kind, community, actor, hash, body)
        SELECT generate_series(o_position + 1, o_position + cardinality(p_digest)), unnest(p_version),
               unnest(p_occurred), o_recorded, o_streams + unnest(p_nth_streams), o_generation, unnest(p_schema),
               unnest(p_stream), unnest(p_id), unnest(p_command), unnest(p_correlation), unnest(p_causation),
               unnest(p_stream_kind), unnest(p_kind), unnest(p_community), unnest(p_actor), unnest(v_hashes),
               unnest(p_body);
    END IF;
    SELECT array_agg(coalesce(v_hashes[l.nth], o_hash) ORDER BY l.append) INTO o_hashes
    FROM unnest(p_nth_last) WITH ORDINALITY AS l (nth, append);

    INSERT INTO sandan.command (id, first, last, recorded, generation, fingerprint, outcome)
    SELECT unnest(p_memory), o_position + unnest(p_nth_memory_first), o_position + unnest(p_nth_memory_last),
           o_recorded, o_generation, unnest(p_fingerprint), unnest(p_outcome);

    IF 1 = ANY (p_row_fate) THEN
        INSERT INTO sandan.fact (space, key, value)
        SELECT r.space, r.key, r.value FROM (
            SELECT unnest(p_row_fate) AS fate, unnest(p_row_space) AS space, unnest(p_row_key) AS key,
                   unnest(p_row_value) AS value
        ) r WHERE r.fate = 1;
    END IF;
    IF 2 = ANY (p_row_fate) THEN
        INSERT INTO sandan.fact (space, key, value)
        SELECT r.space, r.key, r.value FROM (
            SELECT unnest(p_row_fate) AS fate, unnest(p_row_space) AS space, unnest(p_row_key) AS key,
                   unnest(p_row_value) AS value
        ) r WHERE r.fate = 2
        ON CONFLICT (space, key) DO UPDATE SET value = excluded.value;
    END IF;
    IF 3 = ANY (p_row_fate) THEN
        DELETE FROM sandan.fact f USING (
            SELECT unnest(p_row_fate) AS fate, unnest(p_row_space) AS space, unnest(p_row_key) AS key
        ) r WHERE r.fate = 3 AND f.space = r.space AND f.key = r.key;
    END IF;
    IF 2 = ANY (p_timer_fate) THEN
        INSERT INTO sandan.timer (id, due, body)
        SELECT t.id, t.due, t.body FROM (
            SELECT unnest(p_timer_fate) AS fate, unnest(p_timer) AS id, unnest(p_timer_due) AS due,
                   unnest(p_timer_body) AS body
        ) t WHERE t.fate = 2
        ON CONFLICT (id) DO UPDATE SET due = excluded.due, body = excluded.body;
    END IF;
    IF 3 = ANY (p_timer_fate) THEN
        DELETE FROM sandan.timer f USING (
            SELECT unnest(p_timer_fate) AS fate, unnest(p_timer) AS id
        ) t WHERE t.fate = 3 AND f.id = t.id;
    END IF;
    o_waited := v_waited;
    o_worked := extract(epoch FROM clock_timestamp() - v_locked) * 1000000;
END $$;
