-- The log in one SQLite file. Times are microseconds since 1970 (UTC), uuids are 16 bytes.
-- Millions of events live here, so words that repeat are numbers, and a value that follows from
-- another column is left out.

-- Kinds and communities, each stored once.
CREATE TABLE word (
    id   INTEGER PRIMARY KEY,
    text TEXT NOT NULL UNIQUE
) STRICT;

-- Numbered without gaps, so the greatest id is also the number of streams.
CREATE TABLE stream (
    id   INTEGER PRIMARY KEY,
    kind INTEGER NOT NULL REFERENCES word (id),
    key  BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX stream_name ON stream (key, kind);

-- The hash stands before the body, so that reading it does not walk through a long body.
CREATE TABLE event (
    position    INTEGER PRIMARY KEY,
    generation  INTEGER NOT NULL,
    stream      INTEGER NOT NULL REFERENCES stream (id),
    version     INTEGER NOT NULL,
    id          BLOB NOT NULL,
    kind        INTEGER NOT NULL REFERENCES word (id),
    schema      INTEGER NOT NULL,
    community   INTEGER NOT NULL REFERENCES word (id),
    occurred    INTEGER NOT NULL,
    recorded    INTEGER NOT NULL,
    command     BLOB NOT NULL,
    correlation BLOB,              -- NULL: the command's own id
    causation   BLOB,
    actor       TEXT NOT NULL,
    hash        BLOB NOT NULL,
    body        BLOB NOT NULL
) STRICT;
CREATE UNIQUE INDEX event_stream ON event (stream, version);

-- What an accepted command answered. `last` is the head of that moment if it wrote no event.
CREATE TABLE command (
    id          BLOB PRIMARY KEY,
    fingerprint BLOB,              -- NULL: fulfilled by another command
    outcome     BLOB NOT NULL,
    first       INTEGER NOT NULL,
    last        INTEGER NOT NULL,
    generation  INTEGER NOT NULL,
    recorded    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE fact (
    space TEXT NOT NULL,
    key   BLOB NOT NULL,
    value BLOB NOT NULL,
    PRIMARY KEY (space, key)
) STRICT, WITHOUT ROWID;

CREATE TABLE timer (
    id   BLOB PRIMARY KEY,
    due  INTEGER NOT NULL,
    body BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX timer_due ON timer (due, id);

-- One row for each time that history forked, with the position after which it did.
CREATE TABLE generation (
    number INTEGER PRIMARY KEY,
    after  INTEGER NOT NULL
) STRICT;
INSERT INTO generation (number, after) VALUES (1, 0);
