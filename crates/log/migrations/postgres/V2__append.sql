-- The append of a batch: one call is one transaction, and answers each append by itself.
--
-- An append is named by its place in the batch (`_of`, from 1). The caller has seen to it that no two of a batch
-- contradict each other: no id is given twice, no key is claimed that an earlier one changes, and an append to a
-- stream that an earlier one writes expects what that one leaves behind. Such appends form a *group* and stand or
-- fall in order: what follows the first refused one of its group is not looked at, and the caller asks again.
-- So every check is against what is stored, and all of them are made at once.
CREATE FUNCTION sandan.append_1(
    p_now         bigint,      -- the caller's time
    p_counts      integer[],   -- events of each append
    p_groups      integer[],   -- the first append of each one's group
    p_generations integer[],   -- that each was decided in; 0: in none
    -- the ids that are remembered; no fingerprint: fulfilled by another command
    p_memory_of integer[], p_memory uuid[], p_fingerprint bytea[], p_outcome bytea[],
    p_fence_of integer[], p_fence_job text[], p_fence bigint[],
    -- the versions that no other append of the batch decides
    p_expect_of integer[], p_expect_kind text[], p_expect_stream uuid[], p_expect bigint[],
    -- a value: the key is taken by the append itself
    p_claim_of integer[], p_claim_space text[], p_claim_key bytea[], p_claim_value bytea[],
    -- events, in order
    p_stream_kind text[], p_stream uuid[], p_version bigint[], p_id uuid[], p_kind text[], p_schema integer[],
    p_community text[], p_occurred bigint[], p_command uuid[], p_correlation uuid[], p_causation uuid[],
    p_actor text[], p_digest bytea[], p_body bytea[],
    -- no value: the row is deleted
    p_row_of integer[], p_row_space text[], p_row_key bytea[], p_row_value bytea[],
    -- no body: the timer is cancelled
    p_timer_of integer[], p_timer uuid[], p_timer_due bigint[], p_timer_body bytea[],
    -- the head before, and what was recorded with this batch
    OUT o_generation integer, OUT o_position bigint, OUT o_hash bytea, OUT o_streams bigint, OUT o_recorded bigint,
    -- the hash at the last position of each append
    OUT o_hashes bytea[],
    -- the refused: which, why (1 to 6, in the order of the checks), which of the arrays' entries, what stands there
    OUT o_refused integer[], OUT o_stages integer[], OUT o_places bigint[], OUT o_actual bigint[], OUT o_values bytea[],
    OUT o_waited bigint, OUT o_worked bigint
)
LANGUAGE plpgsql VOLATILE
-- Plans are the same whatever the statistics say: a nested loop over the batch, and one look into an index each.
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off SET enable_bitmapscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET jit = off
AS $$
DECLARE
    v_begun     timestamptz := clock_timestamp();
    v_locked    timestamptz;
    v_known     sandan.generation;
    v_count     integer := cardinality(p_counts);
    v_stops     integer[];   -- the first refused append of each group
    v_firsts    bigint[];    -- -1: refused
    v_lasts     bigint[];
    v_positions bigint[];    -- of each event; 0: refused
    v_hashes    bytea[];
    v_numbers   bigint[];    -- streams with each event
    v_position  bigint;
    v_streams   bigint;
    v_hash      bytea;
    v_time      bytea;
    v_event     integer := 0;
    v_accepted  integer := 0;
BEGIN
    IF pg_is_in_recovery() THEN
        RAISE EXCEPTION 'this server is a standby' USING ERRCODE = 'read_only_sql_transaction';
    END IF;
    PERFORM sandan.lock();
    v_locked := clock_timestamp();
    o_waited := extract(epoch FROM v_locked - v_begun) * 1000000;

    SELECT g.* INTO v_known FROM sandan.generation g ORDER BY g.number DESC LIMIT 1;
    o_generation := v_known.number;
    IF v_known.timeline <> sandan.timeline() THEN
        SELECT f.o_number INTO o_generation FROM sandan.fork('the database was promoted or restored') f;
    END IF;
    SELECT e.position, e.hash, e.streams, e.recorded INTO o_position, o_hash, o_streams, o_recorded
    FROM sandan.event e ORDER BY e.position DESC LIMIT 1;
    IF NOT FOUND THEN
        o_position := 0;
        o_hash := decode(repeat('00', 32), 'hex');
        o_streams := 0;
    END IF;
    -- Time goes on or stands still, whatever the caller's clock says.
    o_recorded := greatest(o_recorded, p_now);

    SELECT array_agg(r.of ORDER BY r.of), array_agg(r.stage ORDER BY r.of), array_agg(r.place ORDER BY r.of),
           array_agg(r.actual ORDER BY r.of), array_agg(r.value ORDER BY r.of)
    INTO o_refused, o_stages, o_places, o_actual, o_values
    FROM (
        SELECT DISTINCT ON (c.of) c.* FROM (
            SELECT m.of, CASE WHEN m.fingerprint IS NULL THEN 2 ELSE 1 END AS stage, m.place, 0::bigint AS actual,
                   NULL::bytea AS value
            FROM unnest(p_memory_of, p_memory, p_fingerprint) WITH ORDINALITY AS m (of, id, fingerprint, place)
            WHERE (SELECT true FROM sandan.command k WHERE k.id = m.id)
            UNION ALL
            SELECT f.of, 3, f.place, coalesce((SELECT l.fence FROM sandan.lease l WHERE l.job = f.job), 0), NULL
            FROM unnest(p_fence_of, p_fence_job, p_fence) WITH ORDINALITY AS f (of, job, number, place)
            WHERE f.number <> coalesce((SELECT l.fence FROM sandan.lease l WHERE l.job = f.job), 0)
            UNION ALL
            SELECT g.of, 4, 0, o_generation, NULL
            FROM unnest(p_generations) WITH ORDINALITY AS g (number, of)
            WHERE g.number NOT IN (0, o_generation)
            UNION ALL
            SELECT x.of, 5, x.place, coalesce((
                       SELECT e.version FROM sandan.event e WHERE e.stream = x.stream AND e.stream_kind = x.kind
                       ORDER BY e.version DESC LIMIT 1), 0), NULL
            FROM unnest(p_expect_of, p_expect_kind, p_expect_stream, p_expect) WITH ORDINALITY
                 AS x (of, kind, stream, version, place)
            WHERE x.version <> coalesce((
                       SELECT e.version FROM sandan.event e WHERE e.stream = x.stream AND e.stream_kind = x.kind
                       ORDER BY e.version DESC LIMIT 1), 0)
            UNION ALL
            SELECT k.of, 6, k.place, 0, coalesce(k.value, (
                       SELECT f.value FROM sandan.fact f WHERE f.space = k.space AND f.key = k.key))
            FROM unnest(p_claim_of, p_claim_space, p_claim_key, p_claim_value) WITH ORDINALITY
                 AS k (of, space, key, value, place)
            WHERE k.value IS NOT NULL OR (SELECT true FROM sandan.fact f WHERE f.space = k.space AND f.key = k.key)
        ) c ORDER BY c.of, c.stage, c.place
    ) r;

    FOR i IN 1 .. coalesce(cardinality(o_refused), 0) LOOP
        -- In order, so the first of each group stays.
        IF v_stops[p_groups[o_refused[i]]] IS NULL THEN
            v_stops[p_groups[o_refused[i]]] := o_refused[i];
        END IF;
    END LOOP;

    v_position := o_position;
    v_streams := o_streams;
    v_hash := o_hash;
    v_time := int8send(o_recorded);
    FOR i IN 1 .. v_count LOOP
        IF v_stops IS NOT NULL AND v_stops[p_groups[i]] <= i THEN
            v_firsts[i] := -1;
            v_lasts[i] := -1;
            FOR j IN 1 .. p_counts[i] LOOP
                v_event := v_event + 1;
                v_positions[v_event] := 0;
                v_numbers[v_event] := 0;
                v_hashes[v_event] := NULL;
            END LOOP;
        ELSE
            v_accepted := v_accepted + 1;
            v_firsts[i] := v_position + least(p_counts[i], 1);
            FOR j IN 1 .. p_counts[i] LOOP
                v_event := v_event + 1;
                v_position := v_position + 1;
                IF p_version[v_event] = 1 THEN
                    v_streams := v_streams + 1;
                END IF;
                -- "sandan.link.1", as in chain::link.
                v_hash := sha256('\x73616e64616e2e6c696e6b2e31'::bytea || v_hash || int8send(v_position) || v_time
                                 || p_digest[v_event]);
                v_positions[v_event] := v_position;
                v_numbers[v_event] := v_streams;
                v_hashes[v_event] := v_hash;
            END LOOP;
            v_lasts[i] := v_position;
        END IF;
        o_hashes[i] := v_hash;
    END LOOP;

    IF v_position > o_position THEN
        INSERT INTO sandan.event (position, version, occurred, recorded, streams, generation, schema, stream, id,
                                  command, correlation, causation, stream_kind, kind, community, actor, hash, body)
        SELECT e.position, e.version, e.occurred, o_recorded, e.streams, o_generation, e.schema, e.stream, e.id,
               e.command, e.correlation, e.causation, e.stream_kind, e.kind, e.community, e.actor, e.hash, e.body
        FROM unnest(v_positions, p_version, p_occurred, v_numbers, p_schema, p_stream, p_id, p_command,
                    p_correlation, p_causation, p_stream_kind, p_kind, p_community, p_actor, v_hashes, p_body)
             AS e (position, version, occurred, streams, schema, stream, id, command,
                   correlation, causation, stream_kind, kind, community, actor, hash, body)
        WHERE e.position > 0;
    END IF;
    IF v_accepted > 0 THEN
        INSERT INTO sandan.command (id, first, last, recorded, generation, fingerprint, outcome)
        SELECT m.id, v_firsts[m.of], v_lasts[m.of], o_recorded, o_generation, m.fingerprint, m.outcome
        FROM unnest(p_memory_of, p_memory, p_fingerprint, p_outcome) AS m (of, id, fingerprint, outcome)
        WHERE v_firsts[m.of] >= 0;
        IF cardinality(p_row_of) > 0 THEN
            INSERT INTO sandan.fact (space, key, value)
            SELECT l.space, l.key, l.value FROM (
                SELECT DISTINCT ON (r.space, r.key) r.space, r.key, r.value
                FROM unnest(p_row_of, p_row_space, p_row_key, p_row_value) WITH ORDINALITY
                     AS r (of, space, key, value, place)
                WHERE v_firsts[r.of] >= 0 ORDER BY r.space, r.key, r.place DESC
            ) l WHERE l.value IS NOT NULL
            ON CONFLICT (space, key) DO UPDATE SET value = excluded.value;
            IF array_position(p_row_value, NULL) IS NOT NULL THEN
                DELETE FROM sandan.fact f USING (
                    SELECT DISTINCT ON (r.space, r.key) r.space, r.key, r.value
                    FROM unnest(p_row_of, p_row_space, p_row_key, p_row_value) WITH ORDINALITY
                         AS r (of, space, key, value, place)
                    WHERE v_firsts[r.of] >= 0 ORDER BY r.space, r.key, r.place DESC
                ) l WHERE l.value IS NULL AND f.space = l.space AND f.key = l.key;
            END IF;
        END IF;
        IF cardinality(p_timer_of) > 0 THEN
            INSERT INTO sandan.timer (id, due, body)
            SELECT l.id, l.due, l.body FROM (
                SELECT DISTINCT ON (t.id) t.id, t.due, t.body
                FROM unnest(p_timer_of, p_timer, p_timer_due, p_timer_body) WITH ORDINALITY
                     AS t (of, id, due, body, place)
                WHERE v_firsts[t.of] >= 0 ORDER BY t.id, t.place DESC
            ) l WHERE l.body IS NOT NULL
            ON CONFLICT (id) DO UPDATE SET due = excluded.due, body = excluded.body;
            IF array_position(p_timer_body, NULL) IS NOT NULL THEN
                DELETE FROM sandan.timer f USING (
                    SELECT DISTINCT ON (t.id) t.id, t.body
                    FROM unnest(p_timer_of, p_timer, p_timer_body) WITH ORDINALITY AS t (of, id, body, place)
                    WHERE v_firsts[t.of] >= 0 ORDER BY t.id, t.place DESC
                ) l WHERE l.body IS NULL AND f.id = l.id;
            END IF;
        END IF;
    END IF;
    o_worked := extract(epoch FROM clock_timestamp() - v_locked) * 1000000;
END $$;
