-- From version 1: what a handed-over file needs, and the life of a match before and during it.

CREATE TABLE link_keys (
    branch_id INTEGER PRIMARY KEY REFERENCES branches ON DELETE CASCADE,
    fingerprint TEXT NOT NULL
) STRICT;

CREATE TABLE manifest (
    name TEXT PRIMARY KEY,
    rows INTEGER NOT NULL,
    hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pauses (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    match_id INTEGER NOT NULL REFERENCES matches ON DELETE CASCADE,
    starts TEXT CHECK (starts IS date(starts, '+0 days')),
    ends TEXT CHECK (ends IS date(ends, '+0 days')),
    reason TEXT CHECK (reason IN ('completed', 'matched', 'moved_away', 'moved_on', 'work_or_study', 'treatment', 'too_hard', 'not_for_me', 'illness',
        'aged_out', 'no_contact', 'volunteer_stopped', 'no_longer_wishes', 'died', 'other')),
    CHECK (ends >= starts)
) STRICT;
CREATE INDEX pauses_match ON pauses (match_id);

CREATE TABLE proposals (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    volunteer_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
    withdrawn TEXT CHECK (withdrawn IS date(withdrawn, '+0 days')),
    match_id INTEGER REFERENCES matches ON DELETE SET NULL,
    CHECK (withdrawn >= date),
    CHECK (person_id <> volunteer_id)
) STRICT;
CREATE INDEX proposals_person ON proposals (person_id);
CREATE INDEX proposals_volunteer ON proposals (volunteer_id);
CREATE INDEX proposals_match ON proposals (match_id) WHERE match_id IS NOT NULL;

CREATE TABLE proposal_answers (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    proposal_id INTEGER NOT NULL REFERENCES proposals ON DELETE CASCADE,
    side TEXT NOT NULL CHECK (side IN ('person', 'volunteer')),
    date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
    accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
    reason TEXT CHECK (reason IN ('completed', 'matched', 'moved_away', 'moved_on', 'work_or_study', 'treatment', 'too_hard', 'not_for_me', 'illness',
        'aged_out', 'no_contact', 'volunteer_stopped', 'no_longer_wishes', 'died', 'other'))
) STRICT;
CREATE INDEX proposal_answers_proposal ON proposal_answers (proposal_id);
