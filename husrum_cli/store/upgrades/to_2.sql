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
