-- From version 1: what a handed-over file needs, and forms that were interrupted.

CREATE TABLE link_keys (
    branch_id INTEGER PRIMARY KEY REFERENCES branches ON DELETE CASCADE,
    fingerprint TEXT NOT NULL
) STRICT;

CREATE TABLE manifest (
    name TEXT PRIMARY KEY,
    rows INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts (
    id INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    person_id INTEGER REFERENCES people ON DELETE CASCADE,
    changed_at TEXT NOT NULL,
    answers TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX drafts_command ON drafts (command, ifnull(person_id, 0));
CREATE INDEX drafts_person ON drafts (person_id) WHERE person_id IS NOT NULL;
