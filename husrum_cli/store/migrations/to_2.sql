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

CREATE TABLE drafts (
    id INTEGER PRIMARY KEY,
    command TEXT NOT NULL,
    person_id INTEGER REFERENCES people ON DELETE CASCADE,
    changed_at TEXT NOT NULL,
    answers TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX drafts_command ON drafts (command, ifnull(person_id, 0));
CREATE INDEX drafts_person ON drafts (person_id) WHERE person_id IS NOT NULL;
