-- From version 1: tables that were added; none that was there is changed.

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

CREATE TABLE removed_people (
    branch_id INTEGER NOT NULL REFERENCES branches ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number > 0),
    person_uid TEXT,
    how TEXT NOT NULL CHECK (how IN ('anonymised', 'erased')),
    date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
    hash TEXT,
    PRIMARY KEY (branch_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE interview_ages (
    intake_id INTEGER PRIMARY KEY REFERENCES intakes ON DELETE CASCADE,
    age INTEGER NOT NULL
) STRICT;

CREATE TABLE grant_offers (
    grant_id INTEGER NOT NULL REFERENCES grants ON DELETE CASCADE,
    offer TEXT NOT NULL CHECK (offer IN ('intake', 'talk_group', 'network_group', 'social_event', 'online_event', 'youth_meeting', 'befriending')),
    PRIMARY KEY (grant_id, offer)
) STRICT, WITHOUT ROWID;

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

CREATE TABLE closed_rows (
    id INTEGER PRIMARY KEY,
    closed_year_id INTEGER NOT NULL REFERENCES closed_years ON DELETE CASCADE,
    key TEXT NOT NULL,
    person_id INTEGER REFERENCES people ON DELETE CASCADE,
    date TEXT CHECK (date IS date(date, '+0 days')),
    what TEXT NOT NULL,
    amount INTEGER
) STRICT;
CREATE INDEX closed_rows_year ON closed_rows (closed_year_id);
CREATE INDEX closed_rows_person ON closed_rows (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE link_keys (
    branch_id INTEGER PRIMARY KEY REFERENCES branches ON DELETE CASCADE,
    fingerprint TEXT NOT NULL
) STRICT;

CREATE TABLE manifest (
    name TEXT PRIMARY KEY,
    rows INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
