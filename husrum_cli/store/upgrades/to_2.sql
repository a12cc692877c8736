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

-- What a nation knows of cities beside their own files.

CREATE TABLE expected_branches (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    active_from TEXT CHECK (active_from IS date(active_from, '+0 days')),
    active_to TEXT CHECK (active_to IS date(active_to, '+0 days')),
    records_from TEXT CHECK (records_from IS date(records_from, '+0 days')),
    branch_id INTEGER NOT NULL REFERENCES branches ON DELETE CASCADE,
    CHECK (active_to >= active_from)
) STRICT;
CREATE INDEX expected_branches_branch ON expected_branches (branch_id);

CREATE TABLE figures_for_branches (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    branch_uid TEXT NOT NULL,
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2199),
    key TEXT NOT NULL,
    value REAL NOT NULL CHECK (value >= 0),
    source TEXT,
    date TEXT CHECK (date IS date(date, '+0 days')),
    UNIQUE (branch_uid, year, key)
) STRICT;
