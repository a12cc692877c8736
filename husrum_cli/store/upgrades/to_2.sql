-- From version 1: what a handed-over file needs.

CREATE TABLE link_keys (
    branch_id INTEGER PRIMARY KEY REFERENCES branches ON DELETE CASCADE,
    fingerprint TEXT NOT NULL
) STRICT;

CREATE TABLE manifest (
    name TEXT PRIMARY KEY,
    rows INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- What each command did, and how to take it back.

CREATE TABLE steps (
    edit_id INTEGER PRIMARY KEY REFERENCES edits ON DELETE CASCADE,
    wrote TEXT NOT NULL,
    added TEXT,
    takes_back INTEGER UNIQUE REFERENCES edits,
    counter INTEGER
) STRICT;

CREATE TABLE former_rows (
    edit_id INTEGER NOT NULL REFERENCES steps ON DELETE CASCADE,
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    row TEXT,
    PRIMARY KEY (edit_id, name, key)
) STRICT, WITHOUT ROWID;
