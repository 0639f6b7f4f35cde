-- Tables of the main model. Times are microseconds since 1970, codes are small numbers in place of slugs.

-- Where the model stands: one row.
CREATE TABLE progress (
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  position   INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  hash       BLOB NOT NULL
);
INSERT INTO progress VALUES (1, 0, 1, zeroblob(32));

CREATE TABLE community (
  code   INTEGER PRIMARY KEY,
  slug   TEXT NOT NULL UNIQUE,
  name   TEXT,
  parent INTEGER
);

CREATE TABLE grid (
  code      INTEGER PRIMARY KEY,
  community INTEGER NOT NULL,
  slug      TEXT NOT NULL,
  name      TEXT,
  lead      TEXT,
  UNIQUE (community, slug)
);

CREATE TABLE unit (
  code       INTEGER PRIMARY KEY,
  community  INTEGER NOT NULL,
  slug       TEXT NOT NULL,
  name       TEXT,
  categories TEXT,
  grids      TEXT,
  resources  TEXT,
  capacity   INTEGER,
  load       INTEGER NOT NULL DEFAULT 0,
  UNIQUE (community, slug)
);

CREATE TABLE category (
  code INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE
);

-- One row a request: figures and times, nobody's words. `seq` is the position of its filing.
CREATE TABLE request (
  seq           INTEGER PRIMARY KEY,
  id            BLOB NOT NULL,
  number        INTEGER NOT NULL,
  community     INTEGER NOT NULL,
  channel       INTEGER NOT NULL,
  grid          INTEGER,
  filed_at      INTEGER NOT NULL,
  state         INTEGER NOT NULL,
  category      INTEGER,
  -- 1 yellow, 2 red, while it is open; NULL otherwise.
  alarm         INTEGER,
  -- 1 while it is open to be claimed.
  pooled        INTEGER,
  -- When the light will change by time alone.
  next_light_at INTEGER,
  -- What the rates count (R27): bits, see `fold/facts.rs`.
  facts         INTEGER NOT NULL,
  fact_unit     INTEGER,
  ballots       INTEGER NOT NULL,
  satisfied     INTEGER NOT NULL,
  -- Ballots whose appeal was upheld (R19a): they count among the others.
  struck        INTEGER NOT NULL,
  -- From here on nothing is in an index.
  light         INTEGER NOT NULL,
  overdue       INTEGER NOT NULL,
  round         INTEGER NOT NULL,
  lead          INTEGER,
  units         TEXT NOT NULL,
  -- A unit's code; 0 the desk; NULL nobody any more.
  owner         INTEGER,
  open_slots    INTEGER NOT NULL,
  urgency       INTEGER NOT NULL,
  triaged_at    INTEGER,
  dispatched_at INTEGER,
  claimed_at    INTEGER,
  completed_at  INTEGER,
  closed_at     INTEGER,
  due_at        INTEGER NOT NULL,
  -- NULL while the limit does not run.
  due_started   INTEGER,
  suspended     INTEGER,
  review_on     INTEGER,
  asked_until   INTEGER,
  extended      INTEGER NOT NULL,
  solved        INTEGER,
  returns       INTEGER NOT NULL,
  closing       INTEGER,
  merged_into   BLOB,
  signers       INTEGER NOT NULL,
  review_round  INTEGER,
  electorate    INTEGER NOT NULL,
  valid         INTEGER NOT NULL,
  dissatisfied  INTEGER NOT NULL,
  -- Since when the present unit has it (R4).
  held_since    INTEGER,
  -- The limit of the supervision order that is open (R10).
  supervised    INTEGER,
  -- The level that it was escalated to; NULL: to none.
  escalated     INTEGER,
  position      INTEGER NOT NULL
);
-- The other indexes are in `indexes.sql`.
CREATE UNIQUE INDEX request_id ON request (id);

-- The words. Those of a forgotten person are NULL.
CREATE TABLE words (
  seq              INTEGER PRIMARY KEY,
  title            TEXT,
  public_title     TEXT,
  description      TEXT,
  name             TEXT,
  phone            TEXT,
  address          TEXT,
  lat              REAL,
  lng              REAL,
  answer           TEXT,
  unsolved_reason  TEXT,
  ended_reason     TEXT,
  suspended_reason TEXT,
  external_id      TEXT,
  likes            INTEGER,
  against          INTEGER
);

-- The request as its rules see it (without its signers); while it is open, and once it is closed, for it can be sent back.
CREATE TABLE standing (
  seq  INTEGER PRIMARY KEY,
  body BLOB NOT NULL
);

-- The project that serves a request, or served it last (R29).
CREATE TABLE served (
  seq     INTEGER PRIMARY KEY,
  project BLOB NOT NULL
);

-- The units on a request: of an ended one the last that were.
CREATE TABLE team (
  unit     INTEGER NOT NULL,
  live     INTEGER NOT NULL,
  filed_at INTEGER NOT NULL,
  seq      INTEGER NOT NULL,
  PRIMARY KEY (unit, live, filed_at, seq)
) WITHOUT ROWID;

CREATE TABLE signer (
  seq       INTEGER NOT NULL,
  person    BLOB NOT NULL,
  nth       INTEGER NOT NULL,
  via       INTEGER NOT NULL,
  name      TEXT,
  phone     TEXT,
  joined_at INTEGER NOT NULL,
  -- Notices reach them: they left an e-mail address.
  reached   INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (seq, person)
) WITHOUT ROWID;

CREATE TABLE round (
  seq            INTEGER NOT NULL,
  nth            INTEGER NOT NULL,
  electorate     INTEGER NOT NULL,
  opened_at      INTEGER NOT NULL,
  closes_at      INTEGER NOT NULL,
  closed_at      INTEGER,
  outcome        INTEGER,
  -- Ballots by answer, in the order of the standard.
  answer0        INTEGER NOT NULL DEFAULT 0,
  answer1        INTEGER NOT NULL DEFAULT 0,
  answer2        INTEGER NOT NULL DEFAULT 0,
  answer3        INTEGER NOT NULL DEFAULT 0,
  answer4        INTEGER NOT NULL DEFAULT 0,
  dispatch_wrong INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (seq, nth)
) WITHOUT ROWID;

CREATE TABLE ballot (
  seq            INTEGER NOT NULL,
  round          INTEGER NOT NULL,
  person         BLOB NOT NULL,
  rating         INTEGER NOT NULL,
  dispatch_wrong INTEGER NOT NULL,
  late           INTEGER NOT NULL,
  reason         TEXT,
  remedy         TEXT,
  -- Codes of the list, with blanks between.
  reasons        TEXT NOT NULL DEFAULT '',
  via            INTEGER NOT NULL DEFAULT 0,
  -- Its name in the open.
  name           BLOB NOT NULL,
  -- 0 waits, 1 upheld, 2 refused; NULL: nobody appealed it (R19a).
  appeal         INTEGER,
  ground         INTEGER,
  appeal_reason  TEXT,
  PRIMARY KEY (seq, round, person)
) WITHOUT ROWID;

-- Whom the hotline rings up (R18): while the round is open and they are silent.
CREATE TABLE call (
  id        INTEGER PRIMARY KEY,
  community INTEGER NOT NULL,
  seq       INTEGER NOT NULL,
  person    BLOB NOT NULL,
  round     INTEGER NOT NULL,
  closes_at INTEGER NOT NULL,
  calls     INTEGER NOT NULL DEFAULT 0,
  outcome   INTEGER,
  called_at INTEGER,
  UNIQUE (seq, person)
);

-- What waits for the oversight board: 0 a burst of joiners, 1 a request called unreasonable, 2 an appeal.
CREATE TABLE watch (
  id        INTEGER PRIMARY KEY,
  community INTEGER NOT NULL,
  kind      INTEGER NOT NULL,
  seq       INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  n         INTEGER NOT NULL,
  ballot    BLOB,
  unit      INTEGER
);
CREATE INDEX watch_seq ON watch (seq);

-- Call-backs (R18), one a community and period.
CREATE TABLE callback (
  id           BLOB PRIMARY KEY,
  community    INTEGER NOT NULL,
  from_at      INTEGER NOT NULL,
  to_at        INTEGER NOT NULL,
  size         INTEGER NOT NULL,
  hash         TEXT NOT NULL,
  committed_at INTEGER NOT NULL,
  -- The position of the commitment in the log.
  position     INTEGER NOT NULL,
  seed         TEXT,
  drawn_at     INTEGER
) WITHOUT ROWID;

-- Every candidate of a draw; `nth` counts those of the sample from 0.
CREATE TABLE callback_request (
  callback  BLOB NOT NULL,
  request   BLOB NOT NULL,
  nth       INTEGER,
  outcome   INTEGER,
  answer    INTEGER,
  called_at INTEGER,
  PRIMARY KEY (callback, request)
) WITHOUT ROWID;

-- A community's opinion of a unit before it is proposed for an honour; `figures` as JSON, as they were written down with it.
-- `proposed` is null while neither that nor the opposite is decided.
CREATE TABLE honour (
  id             BLOB PRIMARY KEY,
  community      INTEGER NOT NULL,
  unit           INTEGER NOT NULL,
  honour         TEXT NOT NULL,
  from_at        INTEGER NOT NULL,
  to_at          INTEGER NOT NULL,
  asked_at       INTEGER NOT NULL,
  opinion        INTEGER,
  opinion_reason TEXT,
  figures        TEXT,
  answered_at    INTEGER,
  proposed       INTEGER,
  settled_reason TEXT,
  settled_at     INTEGER,
  -- Of its last event in the log.
  position       INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE attachment (
  seq         INTEGER NOT NULL,
  nth         INTEGER NOT NULL,
  id          BLOB NOT NULL,
  hash        TEXT NOT NULL,
  media_type  TEXT NOT NULL,
  bytes       INTEGER NOT NULL,
  captured_at INTEGER,
  attached_at INTEGER NOT NULL,
  actor       TEXT NOT NULL,
  PRIMARY KEY (seq, nth)
) WITHOUT ROWID;

-- Every event about a request, with the state and the owner it left. Bodies stay in the log.
CREATE TABLE moment (
  seq      INTEGER NOT NULL,
  position INTEGER NOT NULL,
  stream   INTEGER NOT NULL,
  version  INTEGER NOT NULL,
  occurred INTEGER NOT NULL,
  recorded INTEGER NOT NULL,
  state    INTEGER NOT NULL,
  owner    INTEGER,
  PRIMARY KEY (seq, position)
) WITHOUT ROWID;

-- What the live stream resumes from.
CREATE TABLE change (
  position INTEGER PRIMARY KEY,
  seq      INTEGER NOT NULL,
  state    INTEGER NOT NULL
);

-- Figures of the board. Community 0 is all of them together.
CREATE TABLE counter (
  kind      INTEGER NOT NULL,
  community INTEGER NOT NULL,
  key       INTEGER NOT NULL,
  n         INTEGER NOT NULL,
  PRIMARY KEY (kind, community, key)
) WITHOUT ROWID;
