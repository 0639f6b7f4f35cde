-- The log in a Postgres that several nodes share. Times are microseconds since 1970 (UTC), as they were hashed.
-- Nothing here is ever altered in a way that a node of the version before would not survive: it goes on running
-- beside the new ones. A function that changes gets a new name.

CREATE TABLE sandan.event (
    position    bigint PRIMARY KEY,
    version     bigint NOT NULL,
    occurred    bigint NOT NULL,
    recorded    bigint NOT NULL,
    -- Streams that exist with this record: what an operator asks for is never counted.
    streams     bigint NOT NULL,
    generation  integer NOT NULL,
    schema      integer NOT NULL,
    stream      uuid NOT NULL,
    id          uuid NOT NULL,
    command     uuid NOT NULL,
    correlation uuid NOT NULL,
    causation   uuid,
    stream_kind text COLLATE "C" NOT NULL,
    kind        text COLLATE "C" NOT NULL,
    community   text COLLATE "C" NOT NULL,
    actor       text COLLATE "C" NOT NULL,
    hash        bytea NOT NULL,
    body        bytea NOT NULL
);
CREATE UNIQUE INDEX event_stream ON sandan.event (stream, stream_kind, version);
-- Sealed words don't compress.
ALTER TABLE sandan.event ALTER COLUMN hash SET STORAGE PLAIN, ALTER COLUMN body SET STORAGE EXTERNAL;

-- What an accepted command answered. `last` is the head of that moment if it wrote no event.
CREATE TABLE sandan.command (
    id          uuid PRIMARY KEY,
    first       bigint NOT NULL,
    last        bigint NOT NULL,
    recorded    bigint NOT NULL,
    generation  integer NOT NULL,
    fingerprint bytea,             -- NULL: fulfilled by another command
    outcome     bytea NOT NULL
);

CREATE TABLE sandan.fact (
    space text COLLATE "C" NOT NULL,
    key   bytea NOT NULL,
    value bytea NOT NULL,
    PRIMARY KEY (space, key)
);

CREATE TABLE sandan.timer (
    id   uuid PRIMARY KEY,
    due  bigint NOT NULL,
    body bytea NOT NULL
);
CREATE INDEX timer_due ON sandan.timer (due, id);

-- Who may do a job until when, by this server's clock. A holder renews every few seconds: room is left for it.
CREATE TABLE sandan.lease (
    job     text COLLATE "C" PRIMARY KEY,
    holder  text NOT NULL,
    fence   bigint NOT NULL,
    expires bigint NOT NULL
) WITH (fillfactor = 20);

-- One row for each time that history forked, with the position after which it did, and whose history it is.
CREATE TABLE sandan.generation (
    number   integer PRIMARY KEY,
    after    bigint NOT NULL,
    begun    bigint,
    why      text NOT NULL,
    timeline text,
    system   bigint
);
INSERT INTO sandan.generation (number, after, why) VALUES (1, 0, '');

-- Everything that must happen one after the other takes this lock, and lets go of it with its commit: whoever
-- gets it next sees what was committed, since each statement of a VOLATILE function looks anew.
CREATE FUNCTION sandan.lock() RETURNS void LANGUAGE sql VOLATILE
AS 'SELECT pg_advisory_xact_lock(126862301094254)';

CREATE FUNCTION sandan.micros() RETURNS bigint LANGUAGE sql VOLATILE
AS $$ SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint $$;

-- A promoted standby and a restored base backup count their history anew, and so are told from what was before.
CREATE FUNCTION sandan.timeline() RETURNS text LANGUAGE sql VOLATILE
AS $$ SELECT left(pg_walfile_name(pg_current_wal_lsn()), 8) $$;

-- Begins a generation at the head, and ends all leases, with numbers beyond any that the lost history gave out.
CREATE FUNCTION sandan.fork(p_why text, OUT o_number integer, OUT o_after bigint, OUT o_begun bigint)
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM sandan.lock();
    SELECT max(g.number) + 1 INTO o_number FROM sandan.generation g;
    SELECT coalesce(max(e.position), 0) INTO o_after FROM sandan.event e;
    o_begun := sandan.micros();
    INSERT INTO sandan.generation (number, after, begun, why, timeline, system)
    SELECT o_number, o_after, o_begun, p_why, sandan.timeline(), s.system_identifier FROM pg_control_system() s;
    UPDATE sandan.lease SET expires = 0, fence = greatest(fence, (o_number - 1)::bigint << 32);
END $$;

-- Called by a node that connects: notices whether this is still the history that was written last.
CREATE FUNCTION sandan.enter(OUT o_generation integer) LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    v_known sandan.generation;
    v_timeline text := sandan.timeline();
    v_system bigint := (SELECT s.system_identifier FROM pg_control_system() s);
BEGIN
    PERFORM sandan.lock();
    SELECT g.* INTO v_known FROM sandan.generation g ORDER BY g.number DESC LIMIT 1;
    o_generation := v_known.number;
    IF v_known.timeline IS NULL THEN
        UPDATE sandan.generation SET timeline = v_timeline, system = v_system WHERE number = o_generation;
    ELSIF v_known.system <> v_system THEN
        SELECT f.o_number INTO o_generation FROM sandan.fork('the database is a copy in another server') f;
    ELSIF v_known.timeline <> v_timeline THEN
        SELECT f.o_number INTO o_generation FROM sandan.fork('the database was promoted or restored') f;
    END IF;
END $$;

-- Takes or renews a lease; NULL while somebody else has it. Taking one waits for the append that is running, so
-- that an old holder's last append is done before the new holder looks at the log.
CREATE FUNCTION sandan.lease(p_job text, p_holder text, p_ttl bigint, OUT o_fence bigint, OUT o_expires bigint)
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    v_standing sandan.lease;
BEGIN
    UPDATE sandan.lease l SET expires = sandan.micros() + p_ttl
    WHERE l.job = p_job AND l.holder = p_holder AND l.expires > sandan.micros()
    RETURNING l.fence, l.expires INTO o_fence, o_expires;
    IF FOUND THEN RETURN; END IF;
    SELECT l.* INTO v_standing FROM sandan.lease l WHERE l.job = p_job;
    IF FOUND AND v_standing.expires > sandan.micros() THEN RETURN; END IF;
    PERFORM sandan.lock();
    INSERT INTO sandan.lease AS l (job, holder, fence, expires)
    SELECT p_job, p_holder, ((max(g.number) - 1)::bigint << 32) + 1, sandan.micros() + p_ttl FROM sandan.generation g
    ON CONFLICT (job) DO UPDATE SET holder = excluded.holder, fence = l.fence + 1, expires = excluded.expires
    WHERE l.expires <= sandan.micros()
    RETURNING l.fence, l.expires INTO o_fence, o_expires;
END $$;
