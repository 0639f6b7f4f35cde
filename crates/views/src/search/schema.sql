-- Tables of the search model.

CREATE TABLE progress (
  one        INTEGER PRIMARY KEY CHECK (one = 1),
  position   INTEGER NOT NULL,
  generation INTEGER NOT NULL,
  hash       BLOB NOT NULL
);
INSERT INTO progress VALUES (1, 0, 1, zeroblob(32));

-- `seq` is the position of the filing, as in the main model.
CREATE TABLE request (
  id        BLOB PRIMARY KEY,
  seq       INTEGER NOT NULL,
  filer     BLOB NOT NULL,
  community TEXT NOT NULL
) WITHOUT ROWID;

-- One row for the texts of an event: its rowid is made of `seq` and the event's version, so that rows are in
-- the order of filing. One token a character, see `search/fold.rs`.
CREATE VIRTUAL TABLE texts USING fts5 (
  tokens,
  content = '',
  contentless_delete = 1,
  tokenize = 'unicode61'
);
