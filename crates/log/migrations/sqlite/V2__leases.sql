-- What several nodes need, kept alike here: one trait, one suite of tests.

-- Who may do a job. Until when is known only to the running program: nobody else can have the file open, so
-- a lease ends with the program, while its number goes on.
CREATE TABLE lease (
    job    TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    fence  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- When and why history forked. NULL: before this was noted.
ALTER TABLE generation ADD COLUMN begun INTEGER;
ALTER TABLE generation ADD COLUMN why TEXT NOT NULL DEFAULT '';
