-- husrum: one file per city, and the same schema for the country (a national file is a file with several branches).
--
-- How to read it
--   * A thing that happens is a session: one group meeting, one event, one day of a trip. The course or event it belongs to is its activity.
--   * A visit is one row of the view `visits`. Every figure about visits is counted from there.
--   * A period (starts, ends) includes its first and its last day. No start: it has always been so. No end: it still is. Views called `..._periods` fill both.
--   * For people and other tools: the views `visit_list`, `person_list`, `waiting_list` and `participants` (docs/the-file.md).
--   * Dates are text, YYYY-MM-DD, from 1900 to 2199. `born` may be a year alone.
--   * `uid` names a row across all files; `id` only inside this one.
-- The content is confidential. Keep the file where only you can read it.

PRAGMA application_id = 0x48555352; -- "HUSR"
PRAGMA user_version = 3;

CREATE TABLE settings ( -- of this file: language, home_branch (uid), publish_threshold, ...
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE codes ( -- what a column of codes may hold, filled in by the version of husrum that made or upgraded the file; triggers at the end check it
    vocabulary TEXT NOT NULL, -- a question, a kind of preference, or what the columns of this name hold: role, reason, ...
    code TEXT NOT NULL, -- '*': any text
    PRIMARY KEY (vocabulary, code)
) STRICT, WITHOUT ROWID;

CREATE TABLE branches ( -- a city
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    name TEXT NOT NULL UNIQUE COLLATE NOCASE CHECK (length(name) BETWEEN 1 AND 200),
    active_from TEXT CHECK (active_from IS date(active_from, '+0 days') AND active_from BETWEEN '1900-01-01' AND '2199-12-31'), -- NULL: from its first record
    active_to TEXT CHECK (active_to IS date(active_to, '+0 days') AND active_to BETWEEN '1900-01-01' AND '2199-12-31'),
    records_from TEXT CHECK (records_from IS date(records_from, '+0 days') AND records_from BETWEEN '1900-01-01' AND '2199-12-31'), -- before this the file does not hold everything
    CHECK (active_to >= active_from)
) STRICT;

CREATE TABLE edits ( -- the lineage of a branch: one row for every command that wrote. Of two copies, the one whose edits begin with the other's is newer.
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    branch_id INTEGER REFERENCES branches(id) ON DELETE CASCADE, -- NULL: the file as a whole
    at TEXT NOT NULL, -- UTC
    who TEXT, -- the login name on the machine
    command TEXT -- never what was typed
) STRICT;
CREATE INDEX edits_branch ON edits (branch_id);

CREATE TABLE steps ( -- what an edit made in this file did: for `husrum log`, and how to take it back, for `husrum undo`
    edit_id INTEGER PRIMARY KEY REFERENCES edits(id) ON DELETE CASCADE,
    wrote TEXT NOT NULL, -- JSON: table -> [rows added, changed, removed]
    added TEXT, -- JSON: table -> [greatest id before, greatest id after]; NULL: can't be taken back
    takes_back INTEGER UNIQUE REFERENCES edits(id), -- an undo: the edit it took back
    counter INTEGER, -- SQLite's file change counter after the edit; another one found later: changed outside husrum
    people TEXT, -- numbers of those it was about: 17,19-22; NULL: nobody, or not known
    activities TEXT, -- groups and events it was about: E12,G1
    things TEXT -- JSON: table -> what rows it was about are known by in every copy of the file; of many people and activities the first
) STRICT;
CREATE INDEX steps_undoable ON steps (edit_id) WHERE added IS NOT NULL;

CREATE TABLE former_rows ( -- rows that an edit changed or took away, as they were before; emptied of what can't be taken back any more
    edit_id INTEGER NOT NULL REFERENCES steps(edit_id) ON DELETE CASCADE,
    name TEXT NOT NULL, -- of the table
    key TEXT NOT NULL, -- JSON: the values of its key
    row TEXT, -- JSON; NULL: there was no such row
    PRIMARY KEY (edit_id, name, key)
) STRICT, WITHOUT ROWID;

-- People ------------------------------------------------------------------------------------------------------------------------------

CREATE TABLE people ( -- participants and volunteers: one human, one row, two histories
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    branch_id INTEGER NOT NULL REFERENCES branches(id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 999999999),
    name TEXT CHECK (length(name) BETWEEN 1 AND 200), -- NULL where names do not belong: national files
    called TEXT CHECK (length(called) BETWEEN 1 AND 200),
    born TEXT CHECK ((born IS date(born, '+0 days') OR born GLOB '[12][0-9][0-9][0-9]') AND born BETWEEN '1900' AND '2199-12-31'),
    phone TEXT,
    email TEXT,
    human_id INTEGER REFERENCES people(id) ON DELETE SET NULL, -- the same human in another branch, as linked at a merge; NULL: nobody else
    UNIQUE (branch_id, number)
) STRICT;
CREATE INDEX people_human ON people (human_id) WHERE human_id IS NOT NULL;

CREATE TABLE former_numbers ( -- numbers of people who were entered twice and joined
    branch_id INTEGER NOT NULL REFERENCES branches(id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    PRIMARY KEY (branch_id, number)
) STRICT, WITHOUT ROWID;
CREATE INDEX former_numbers_person ON former_numbers (person_id);

CREATE TABLE removed_people ( -- who was anonymised or erased: an older copy must not bring them back, and their number is given to nobody else
    branch_id INTEGER NOT NULL REFERENCES branches(id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 999999999),
    person_uid TEXT, -- that they had; NULL: another number of theirs, from before two entries were joined
    how TEXT NOT NULL CHECK (how IN ('anonymised', 'erased')),
    date TEXT NOT NULL CHECK (date IS date(date, '+0 days') AND date BETWEEN '1900-01-01' AND '2199-12-31'),
    hash TEXT, -- of name and birth date, slow (scrypt): a salt, and the hash with it; NULL: not both were known
    PRIMARY KEY (branch_id, number)
) STRICT, WITHOUT ROWID;

CREATE TABLE partners ( -- partners, venues, referrers, places people move on to
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    branch_id INTEGER NOT NULL REFERENCES branches(id) ON DELETE CASCADE,
    name TEXT CHECK (length(name) BETWEEN 1 AND 200),
    kind TEXT,
    starts TEXT CHECK (starts IS date(starts, '+0 days') AND starts BETWEEN '1900-01-01' AND '2199-12-31'),
    ends TEXT CHECK (ends IS date(ends, '+0 days') AND ends BETWEEN '1900-01-01' AND '2199-12-31'),
    added INTEGER NOT NULL DEFAULT 0 CHECK (added IN (0, 1)), -- entered as a partner; 0: made at first use, as a venue, a referrer, a place to move on to
    CHECK (ends >= starts)
) STRICT;
CREATE INDEX partners_branch ON partners (branch_id);

CREATE TABLE intakes ( -- an enquiry, and the interview it led to
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    enquired TEXT CHECK (enquired IS date(enquired, '+0 days') AND enquired BETWEEN '1900-01-01' AND '2199-12-31'), -- NULL: unknown date
    held TEXT CHECK (held IS date(held, '+0 days') AND held BETWEEN '1900-01-01' AND '2199-12-31'), -- NULL: no interview
    referred_by INTEGER REFERENCES partners(id),
    note TEXT,
    CHECK (held >= enquired)
) STRICT;
CREATE UNIQUE INDEX intakes_person ON intakes (person_id, ifnull(enquired, ''));
CREATE INDEX intakes_enquired ON intakes (enquired);
CREATE INDEX intakes_held ON intakes (held);
CREATE INDEX intakes_referred_by ON intakes (referred_by) WHERE referred_by IS NOT NULL;

CREATE TABLE answers ( -- what was answered at an intake; no row: not recorded
    intake_id INTEGER NOT NULL REFERENCES intakes(id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    PRIMARY KEY (intake_id, question, answer),
    CHECK (length(answer) BETWEEN 1 AND 200)
) STRICT, WITHOUT ROWID;

CREATE TABLE interview_ages ( -- whole years at an interview: kept where the exact birth date was taken away, so that the figures stay
    intake_id INTEGER PRIMARY KEY REFERENCES intakes(id) ON DELETE CASCADE,
    age INTEGER NOT NULL
) STRICT;

CREATE TABLE volunteers ( -- what is known of someone as a volunteer
    person_id INTEGER PRIMARY KEY REFERENCES people(id) ON DELETE CASCADE,
    joined TEXT CHECK (joined IS date(joined, '+0 days') AND joined BETWEEN '1900-01-01' AND '2199-12-31'),
    recruited_through TEXT, -- a code or free text
    gender TEXT,
    note TEXT
) STRICT;

CREATE TABLE roles ( -- the periods in which someone is a volunteer
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    starts TEXT CHECK (starts IS date(starts, '+0 days') AND starts BETWEEN '1900-01-01' AND '2199-12-31'),
    ends TEXT CHECK (ends IS date(ends, '+0 days') AND ends BETWEEN '1900-01-01' AND '2199-12-31'),
    CHECK (ends >= starts)
) STRICT;
CREATE INDEX roles_person ON roles (person_id);

CREATE TABLE attests ( -- the day something was seen, never its content
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    date TEXT CHECK (date IS date(date, '+0 days') AND date BETWEEN '1900-01-01' AND '2199-12-31')
) STRICT;
CREATE UNIQUE INDEX attests_person ON attests (person_id, kind, ifnull(date, ''));

CREATE TABLE leaving ( -- no longer here, as a participant; a later enquiry, enrolment or match means that they came back
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    date TEXT CHECK (date IS date(date, '+0 days') AND date BETWEEN '1900-01-01' AND '2199-12-31'),
    reason TEXT
) STRICT;
CREATE UNIQUE INDEX leaving_person ON leaving (person_id, ifnull(date, ''));

CREATE TABLE onward ( -- bridge-building: a step into another community
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    partner_id INTEGER REFERENCES partners(id), -- where to; NULL where names do not belong: national files
    date TEXT CHECK (date IS date(date, '+0 days') AND date BETWEEN '1900-01-01' AND '2199-12-31')
) STRICT;
CREATE INDEX onward_person ON onward (person_id);
CREATE INDEX onward_partner ON onward (partner_id) WHERE partner_id IS NOT NULL;

CREATE TABLE consents (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    purpose TEXT NOT NULL,
    given TEXT CHECK (given IS date(given, '+0 days') AND given BETWEEN '1900-01-01' AND '2199-12-31'),
    withdrawn TEXT CHECK (withdrawn IS date(withdrawn, '+0 days') AND withdrawn BETWEEN '1900-01-01' AND '2199-12-31'),
    CHECK (withdrawn >= given)
) STRICT;
CREATE INDEX consents_person ON consents (person_id);

-- What happens ------------------------------------------------------------------------------------------------------------------------

CREATE TABLE activities ( -- a group's course (G1) or an event (E1)
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    branch_id INTEGER NOT NULL REFERENCES branches(id) ON DELETE CASCADE,
    ref TEXT NOT NULL CHECK (ref GLOB '[EG][1-9]*'),
    kind TEXT NOT NULL,
    title TEXT CHECK (length(title) BETWEEN 1 AND 200), -- NULL in national files
    starts TEXT CHECK (starts IS date(starts, '+0 days') AND starts BETWEEN '1900-01-01' AND '2199-12-31'),
    closed TEXT CHECK (closed IS date(closed, '+0 days') AND closed BETWEEN '1900-01-01' AND '2199-12-31'), -- groups
    capacity INTEGER CHECK (capacity BETWEEN 1 AND 999999999), -- groups
    continues_id INTEGER REFERENCES activities(id) ON DELETE SET NULL, -- groups: the group this one grew out of
    activity TEXT, -- events: what was done
    venue_id INTEGER REFERENCES partners(id),
    joint TEXT, -- events: several cities hold it together; the same key in every city's file
    note TEXT,
    hours REAL CHECK (hours > 0 AND hours <= 24), -- how long an occasion lasts, where it is known
    UNIQUE (branch_id, ref),
    CHECK (starts IS NOT NULL OR ref GLOB 'G*'),
    CHECK (closed >= starts)
) STRICT;
CREATE INDEX activities_number ON activities (branch_id, substr(ref, 1, 1), CAST(substr(ref, 2) AS INTEGER));
CREATE INDEX activities_starts ON activities (starts);
CREATE INDEX activities_continues ON activities (continues_id) WHERE continues_id IS NOT NULL;
CREATE INDEX activities_venue ON activities (venue_id) WHERE venue_id IS NOT NULL;
CREATE INDEX activities_joint ON activities (joint) WHERE joint IS NOT NULL;

CREATE TABLE programmes ( -- what an activity is part of: a summer programme, a project a fund pays for
    activity_id INTEGER NOT NULL REFERENCES activities(id) ON DELETE CASCADE,
    programme TEXT NOT NULL,
    PRIMARY KEY (activity_id, programme)
) STRICT, WITHOUT ROWID;

CREATE TABLE activity_partners (
    activity_id INTEGER NOT NULL REFERENCES activities(id) ON DELETE CASCADE,
    partner_id INTEGER NOT NULL REFERENCES partners(id) ON DELETE CASCADE,
    PRIMARY KEY (activity_id, partner_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX activity_partners_partner ON activity_partners (partner_id);

CREATE TABLE leaders ( -- who leads a group, when; who organises an event
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    activity_id INTEGER NOT NULL REFERENCES activities(id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    starts TEXT CHECK (starts IS date(starts, '+0 days') AND starts BETWEEN '1900-01-01' AND '2199-12-31'),
    ends TEXT CHECK (ends IS date(ends, '+0 days') AND ends BETWEEN '1900-01-01' AND '2199-12-31'),
    CHECK (ends >= starts)
) STRICT;
CREATE INDEX leaders_activity ON leaders (activity_id);
CREATE INDEX leaders_person ON leaders (person_id);

CREATE TABLE enrolments (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    activity_id INTEGER NOT NULL REFERENCES activities(id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    starts TEXT CHECK (starts IS date(starts, '+0 days') AND starts BETWEEN '1900-01-01' AND '2199-12-31'),
    ends TEXT CHECK (ends IS date(ends, '+0 days') AND ends BETWEEN '1900-01-01' AND '2199-12-31'),
    reason TEXT,
    CHECK (ends >= starts)
) STRICT;
CREATE INDEX enrolments_activity ON enrolments (activity_id);
CREATE INDEX enrolments_person ON enrolments (person_id);

CREATE TABLE sessions ( -- one group meeting, one event, one day of a trip
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    activity_id INTEGER NOT NULL REFERENCES activities(id) ON DELETE CASCADE,
    date TEXT NOT NULL CHECK (date IS date(date, '+0 days') AND date BETWEEN '1900-01-01' AND '2199-12-31'),
    state TEXT NOT NULL CHECK (state IN ('planned', 'held', 'cancelled')), -- only what was held counts
    unnamed INTEGER NOT NULL DEFAULT 0 CHECK (unnamed BETWEEN 0 AND 999999999), -- participants who were counted, not named
    theme TEXT,
    note TEXT,
    corrected INTEGER NOT NULL DEFAULT 0 CHECK (corrected IN (0, 1)), -- this day of an event was recorded by itself
    UNIQUE (activity_id, date)
) STRICT;
CREATE INDEX sessions_date ON sessions (date, state);

CREATE TABLE attendance ( -- who was there, and as what
    session_id INTEGER NOT NULL REFERENCES sessions(id) ON DELETE CASCADE,
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    -- Follows from named_as and the enquiries, roles and leaders in the file, and is decided again when these change. excused: not there, had said so
    part TEXT NOT NULL CHECK (part IN ('participant', 'volunteer', 'excused')),
    named_as TEXT NOT NULL DEFAULT 'present' CHECK (named_as IN ('present', 'volunteers', 'excused')), -- in which list they were entered
    PRIMARY KEY (session_id, person_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX attendance_person ON attendance (person_id, part);

-- Hjerteven: one young person, one adult volunteer ------------------------------------------------------------------------------------

CREATE TABLE waits ( -- on the waiting list; the view `waiting` has the day a wait was over
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    starts TEXT CHECK (starts IS date(starts, '+0 days') AND starts BETWEEN '1900-01-01' AND '2199-12-31'),
    ends TEXT CHECK (ends IS date(ends, '+0 days') AND ends BETWEEN '1900-01-01' AND '2199-12-31'), -- as entered; a match or leaving can end it before
    reason TEXT,
    CHECK (ends >= starts)
) STRICT;
CREATE INDEX waits_person ON waits (person_id);

CREATE TABLE offers ( -- a volunteer who would like to be matched
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL UNIQUE REFERENCES people(id) ON DELETE CASCADE,
    capacity INTEGER NOT NULL DEFAULT 1 CHECK (capacity BETWEEN 1 AND 999999999), -- how many young people at a time
    starts TEXT CHECK (starts IS date(starts, '+0 days') AND starts BETWEEN '1900-01-01' AND '2199-12-31'), -- NULL: from the day they joined
    ends TEXT CHECK (ends IS date(ends, '+0 days') AND ends BETWEEN '1900-01-01' AND '2199-12-31' AND ends >= starts)
) STRICT;

CREATE TABLE preferences ( -- what either side wishes for, says about themselves, or wants to avoid
    id INTEGER PRIMARY KEY,
    wait_id INTEGER REFERENCES waits(id) ON DELETE CASCADE,
    offer_id INTEGER REFERENCES offers(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    CHECK ((wait_id IS NULL) <> (offer_id IS NULL)),
    CHECK (kind <> 'wants_age' OR value GLOB '[0-9]*-[0-9]*')
) STRICT;
CREATE UNIQUE INDEX preferences_wait ON preferences (wait_id, kind, value) WHERE wait_id IS NOT NULL;
CREATE UNIQUE INDEX preferences_offer ON preferences (offer_id, kind, value) WHERE offer_id IS NOT NULL;

CREATE TABLE matches (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    volunteer_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    starts TEXT CHECK (starts IS date(starts, '+0 days') AND starts BETWEEN '1900-01-01' AND '2199-12-31'),
    ends TEXT CHECK (ends IS date(ends, '+0 days') AND ends BETWEEN '1900-01-01' AND '2199-12-31'),
    reason TEXT,
    CHECK (ends >= starts),
    CHECK (person_id <> volunteer_id)
) STRICT;
CREATE INDEX matches_person ON matches (person_id);
CREATE INDEX matches_volunteer ON matches (volunteer_id);

CREATE TABLE pauses ( -- a match rests for a while; it stays active
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    match_id INTEGER NOT NULL REFERENCES matches(id) ON DELETE CASCADE,
    starts TEXT CHECK (starts IS date(starts, '+0 days') AND starts BETWEEN '1900-01-01' AND '2199-12-31'),
    ends TEXT CHECK (ends IS date(ends, '+0 days') AND ends BETWEEN '1900-01-01' AND '2199-12-31'),
    reason TEXT,
    CHECK (ends >= starts)
) STRICT;
CREATE INDEX pauses_match ON pauses (match_id);

CREATE TABLE proposals ( -- a pair that was proposed; the outcome is in its answers, or the match
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    volunteer_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    date TEXT NOT NULL CHECK (date IS date(date, '+0 days') AND date BETWEEN '1900-01-01' AND '2199-12-31'),
    withdrawn TEXT CHECK (withdrawn IS date(withdrawn, '+0 days') AND withdrawn BETWEEN '1900-01-01' AND '2199-12-31'), -- taken back by the coordinator: no answer, so the pair may be proposed again
    match_id INTEGER REFERENCES matches(id) ON DELETE SET NULL, -- the match it became
    CHECK (withdrawn >= date),
    CHECK (person_id <> volunteer_id)
) STRICT;
CREATE INDEX proposals_person ON proposals (person_id);
CREATE INDEX proposals_volunteer ON proposals (volunteer_id);
CREATE INDEX proposals_match ON proposals (match_id) WHERE match_id IS NOT NULL;

CREATE TABLE proposal_answers ( -- what a side said to a proposal; of several answers the latest counts
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    proposal_id INTEGER NOT NULL REFERENCES proposals(id) ON DELETE CASCADE,
    side TEXT NOT NULL CHECK (side IN ('person', 'volunteer')),
    date TEXT NOT NULL CHECK (date IS date(date, '+0 days') AND date BETWEEN '1900-01-01' AND '2199-12-31'),
    accepted INTEGER NOT NULL CHECK (accepted IN (0, 1)),
    reason TEXT
) STRICT;
CREATE INDEX proposal_answers_proposal ON proposal_answers (proposal_id);

CREATE TABLE contacts ( -- the coordinator spoke with a matched young person, or gave a network group sparring
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER REFERENCES people(id) ON DELETE CASCADE,
    activity_id INTEGER REFERENCES activities(id) ON DELETE CASCADE,
    date TEXT CHECK (date IS date(date, '+0 days') AND date BETWEEN '1900-01-01' AND '2199-12-31'),
    note TEXT,
    CHECK ((person_id IS NULL) <> (activity_id IS NULL))
) STRICT;
CREATE INDEX contacts_person ON contacts (person_id) WHERE person_id IS NOT NULL;
CREATE INDEX contacts_activity ON contacts (activity_id) WHERE activity_id IS NOT NULL;

CREATE TABLE former_names ( -- names that somebody had before: they are found by them, and shown without
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200)
) STRICT;
CREATE INDEX former_names_person ON former_names (person_id);

CREATE TABLE distinct_people ( -- pairs who look like one human and are two
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    PRIMARY KEY (person_id, other_id),
    CHECK (person_id < other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX distinct_people_other ON distinct_people (other_id);

CREATE TABLE reminders ( -- to come back to somebody on a day
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    date TEXT NOT NULL CHECK (date IS date(date, '+0 days') AND date BETWEEN '1900-01-01' AND '2199-12-31'),
    note TEXT,
    done TEXT CHECK (done IS date(done, '+0 days') AND done BETWEEN '1900-01-01' AND '2199-12-31')
) STRICT;
CREATE INDEX reminders_person ON reminders (person_id);

CREATE TABLE volunteer_applications ( -- somebody would like to volunteer; what came of it: a role, or a decline
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    date TEXT CHECK (date IS date(date, '+0 days') AND date BETWEEN '1900-01-01' AND '2199-12-31'),
    declined TEXT CHECK (declined IS date(declined, '+0 days') AND declined BETWEEN '1900-01-01' AND '2199-12-31'),
    reason TEXT,
    recruited_through TEXT, -- a code or free text
    gender TEXT,
    note TEXT,
    CHECK (declined >= date)
) STRICT;
CREATE INDEX volunteer_applications_person ON volunteer_applications (person_id);

CREATE TABLE application_roles ( -- the roles that an application is for
    application_id INTEGER NOT NULL REFERENCES volunteer_applications(id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    PRIMARY KEY (application_id, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE volunteer_hours ( -- hours entered for a volunteer, in addition to those of the occasions they were at
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    date TEXT CHECK (date IS date(date, '+0 days') AND date BETWEEN '1900-01-01' AND '2199-12-31'),
    hours REAL NOT NULL CHECK (hours > 0 AND hours <= 1000),
    what TEXT
) STRICT;
CREATE INDEX volunteer_hours_person ON volunteer_hours (person_id);

-- What comes of it --------------------------------------------------------------------------------------------------------------------

CREATE TABLE measures ( -- an instrument answered, or not: the items are kept, scores are computed
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    instrument TEXT NOT NULL,
    date TEXT NOT NULL CHECK (date IS date(date, '+0 days') AND date BETWEEN '1900-01-01' AND '2199-12-31'),
    items TEXT CHECK (items NOT GLOB '*[^0-9,]*' AND length(items) BETWEEN 1 AND 40), -- in order, with commas between; an empty one was left out
    non_answer TEXT,
    UNIQUE (person_id, instrument, date),
    CHECK ((items IS NULL) <> (non_answer IS NULL))
) STRICT;

CREATE TABLE goals ( -- what a young person set out to do
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 999999999), -- among the person's own
    date TEXT CHECK (date IS date(date, '+0 days') AND date BETWEEN '1900-01-01' AND '2199-12-31'),
    text TEXT, -- NULL in national files
    activity_id INTEGER REFERENCES activities(id) ON DELETE SET NULL, -- the group it was set in
    outcome TEXT,
    marked TEXT CHECK (marked IS date(marked, '+0 days') AND marked BETWEEN '1900-01-01' AND '2199-12-31'), -- when the outcome was
    UNIQUE (person_id, number)
) STRICT;
CREATE INDEX goals_activity ON goals (activity_id) WHERE activity_id IS NOT NULL;

CREATE TABLE suggestions ( -- what young people proposed
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    branch_id INTEGER NOT NULL REFERENCES branches(id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 999999999),
    date TEXT CHECK (date IS date(date, '+0 days') AND date BETWEEN '1900-01-01' AND '2199-12-31'),
    text TEXT, -- NULL in national files
    activity_id INTEGER REFERENCES activities(id) ON DELETE SET NULL, -- where it was made
    outcome TEXT,
    resolved TEXT CHECK (resolved IS date(resolved, '+0 days') AND resolved BETWEEN '1900-01-01' AND '2199-12-31'), -- when the outcome was
    note TEXT, -- on the outcome
    UNIQUE (branch_id, number)
) STRICT;
CREATE INDEX suggestions_activity ON suggestions (activity_id) WHERE activity_id IS NOT NULL;

CREATE TABLE quotes ( -- words of somebody who agreed that they are used; gone when the consent is withdrawn
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    number INTEGER NOT NULL UNIQUE CHECK (number BETWEEN 1 AND 999999999),
    date TEXT CHECK (date IS date(date, '+0 days') AND date BETWEEN '1900-01-01' AND '2199-12-31'),
    text TEXT NOT NULL
) STRICT;
CREATE INDEX quotes_person ON quotes (person_id);

CREATE TABLE pair_meetings ( -- the two of a match met
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    match_id INTEGER NOT NULL REFERENCES matches(id) ON DELETE CASCADE,
    date TEXT CHECK (date IS date(date, '+0 days') AND date BETWEEN '1900-01-01' AND '2199-12-31'),
    hours REAL CHECK (hours > 0 AND hours <= 24),
    note TEXT
) STRICT;
CREATE INDEX pair_meetings_match ON pair_meetings (match_id);

-- Around it ---------------------------------------------------------------------------------------------------------------------------

CREATE TABLE grants ( -- an amount per calendar year, or a total; a total without an end is a one-off gift, on its first day
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    branch_id INTEGER REFERENCES branches(id) ON DELETE CASCADE, -- NULL: the nation's own
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 999999999),
    funder TEXT,
    agreement TEXT,
    per_year INTEGER CHECK (per_year BETWEEN 0 AND 1000000000000), -- DKK
    total INTEGER CHECK (total BETWEEN 0 AND 1000000000000), -- DKK
    starts TEXT CHECK (starts IS date(starts, '+0 days') AND starts BETWEEN '1900-01-01' AND '2199-12-31'),
    ends TEXT CHECK (ends IS date(ends, '+0 days') AND ends BETWEEN '1900-01-01' AND '2199-12-31'),
    whole_years INTEGER NOT NULL DEFAULT 0 CHECK (whole_years IN (0, 1)), -- from version 2: counts whole in every calendar year that its dates touch
    CHECK ((per_year IS NULL) <> (total IS NULL)),
    CHECK (total IS NULL OR starts IS NOT NULL),
    CHECK (ends >= starts)
) STRICT;
CREATE INDEX grants_branch ON grants (branch_id);
CREATE UNIQUE INDEX grants_number ON grants (ifnull(branch_id, 0), number);

CREATE TABLE grant_offers ( -- which offers a grant pays for; a grant without any pays for all
    grant_id INTEGER NOT NULL REFERENCES grants(id) ON DELETE CASCADE,
    offer TEXT NOT NULL,
    PRIMARY KEY (grant_id, offer)
) STRICT, WITHOUT ROWID;

CREATE TABLE targets ( -- what was promised for a period: a number to reach of a figure, or words
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    branch_id INTEGER REFERENCES branches(id) ON DELETE CASCADE, -- NULL: the nation's own
    number INTEGER NOT NULL CHECK (number BETWEEN 1 AND 999999999),
    key TEXT, -- a figure or a share; NULL: a target in words
    value REAL CHECK (value BETWEEN 0 AND 1000000000000),
    text TEXT,
    period TEXT NOT NULL, -- as it is written: 2024, 2024-H1, 2024/25
    starts TEXT NOT NULL CHECK (starts IS date(starts, '+0 days') AND starts BETWEEN '1900-01-01' AND '2199-12-31'),
    ends TEXT NOT NULL CHECK (ends IS date(ends, '+0 days') AND ends BETWEEN '1900-01-01' AND '2199-12-31'),
    grant_id INTEGER REFERENCES grants(id) ON DELETE SET NULL, -- the grant it was promised for
    why TEXT,
    outcome TEXT,
    note TEXT, -- on the outcome
    CHECK ((key IS NULL) = (value IS NULL)),
    CHECK (ends >= starts)
) STRICT;
CREATE INDEX targets_branch ON targets (branch_id);
CREATE UNIQUE INDEX targets_number ON targets (ifnull(branch_id, 0), number);
CREATE INDEX targets_grant ON targets (grant_id) WHERE grant_id IS NOT NULL;

CREATE TABLE reported_figures ( -- numbers that nothing in the file can be counted from
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    branch_id INTEGER REFERENCES branches(id) ON DELETE CASCADE, -- NULL: the nation's own value
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2199),
    key TEXT NOT NULL,
    value REAL NOT NULL CHECK (value BETWEEN 0 AND 1000000000000),
    source TEXT,
    date TEXT CHECK (date IS date(date, '+0 days') AND date BETWEEN '1900-01-01' AND '2199-12-31')
) STRICT;
CREATE INDEX reported_figures_branch ON reported_figures (branch_id);
CREATE UNIQUE INDEX reported_figures_key ON reported_figures (ifnull(branch_id, 0), year, key);

CREATE TABLE expected_branches ( -- national files: a city that the nation knew before its own file came, as it knew it; it is in branches until then
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
    active_from TEXT CHECK (active_from IS date(active_from, '+0 days') AND active_from BETWEEN '1900-01-01' AND '2199-12-31'),
    active_to TEXT CHECK (active_to IS date(active_to, '+0 days') AND active_to BETWEEN '1900-01-01' AND '2199-12-31'),
    records_from TEXT CHECK (records_from IS date(records_from, '+0 days') AND records_from BETWEEN '1900-01-01' AND '2199-12-31'),
    branch_id INTEGER NOT NULL REFERENCES branches(id) ON DELETE CASCADE, -- the city whose file came
    CHECK (active_to >= active_from)
) STRICT;
CREATE INDEX expected_branches_branch ON expected_branches (branch_id);

CREATE TABLE figures_for_branches ( -- national files: what the nation reported for a city; used if the city's own file has nothing
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    branch_uid TEXT NOT NULL, -- a uid of branches or of expected_branches
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2199),
    key TEXT NOT NULL,
    value REAL NOT NULL CHECK (value BETWEEN 0 AND 1000000000000),
    source TEXT,
    date TEXT CHECK (date IS date(date, '+0 days') AND date BETWEEN '1900-01-01' AND '2199-12-31'),
    UNIQUE (branch_uid, year, key)
) STRICT;

CREATE TABLE closed_years ( -- a year's figures as they were published; a row stays when the year is opened again
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    branch_id INTEGER REFERENCES branches(id) ON DELETE CASCADE, -- NULL: all branches of the file
    year INTEGER NOT NULL CHECK (year BETWEEN 1900 AND 2199),
    closed_at TEXT NOT NULL,
    figures TEXT NOT NULL, -- JSON
    hash TEXT NOT NULL, -- SHA-256 of figures
    reopened_at TEXT,
    reopened_why TEXT
) STRICT;
CREATE INDEX closed_years_branch ON closed_years (branch_id);

CREATE TABLE closed_rows ( -- what a closed year's figures were made of, so that changes since then can be traced to rows
    closed_year_id INTEGER NOT NULL REFERENCES closed_years(id) ON DELETE CASCADE,
    part INTEGER NOT NULL CHECK (part > 0), -- of the whole, in order
    rows TEXT NOT NULL, -- JSON, or the base64 of JSON compressed with zlib; people by branch and number
    PRIMARY KEY (closed_year_id, part)
) STRICT, WITHOUT ROWID;

CREATE TABLE link_tags ( -- keyed hashes that tell the same human in two cities; only in handed-over and national files
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('name_birth', 'similar_name_birth', 'phone_birth', 'email_birth')),
    tag TEXT NOT NULL,
    PRIMARY KEY (person_id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_tags_tag ON link_tags (tag);

CREATE TABLE link_decisions ( -- what the national secretary decided about two likely ones; uids, since they outlive a merge
    one_uid TEXT NOT NULL,
    other_uid TEXT NOT NULL,
    same INTEGER NOT NULL CHECK (same IN (0, 1)),
    PRIMARY KEY (one_uid, other_uid),
    CHECK (one_uid < other_uid)
) STRICT, WITHOUT ROWID;

CREATE TABLE link_keys ( -- which key a branch's tags were made with: a fingerprint, from which the key can't be computed; only in handed-over and national files
    branch_id INTEGER PRIMARY KEY REFERENCES branches(id) ON DELETE CASCADE,
    fingerprint TEXT NOT NULL
) STRICT;

CREATE TABLE manifest ( -- what a handed-over file holds, so that a damaged one is noticed; empty in others
    name TEXT PRIMARY KEY, -- a table
    rows INTEGER NOT NULL,
    hash TEXT NOT NULL -- SHA-256 over its rows, identified by uids
) STRICT, WITHOUT ROWID;

CREATE TABLE drafts ( -- forms that were interrupted: of this file alone, and gone when they are saved or deleted by name
    id INTEGER PRIMARY KEY,
    command TEXT NOT NULL, -- intake add, intake hold
    person_id INTEGER REFERENCES people(id) ON DELETE CASCADE, -- NULL: somebody new
    changed_at TEXT NOT NULL,
    answers TEXT NOT NULL -- JSON: question -> what was typed
) STRICT;
CREATE INDEX drafts_person ON drafts (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE made_tags ( -- link tags made for an earlier handover, since each takes a moment: of this file alone, and only as long as the facts are the same
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    facts TEXT NOT NULL, -- keyed hash of what the tag was made of, and of the rules
    tag TEXT NOT NULL,
    PRIMARY KEY (person_id, kind)
) STRICT, WITHOUT ROWID;

-- Views -------------------------------------------------------------------------------------------------------------------------------

CREATE VIEW visits AS -- one participant at one occasion is one row; unnamed participants are one row with their number
    SELECT people.branch_id, 'intake' AS channel, intakes.held AS date, intakes.person_id, NULL AS activity_id, 1 AS named, 1 AS amount
    FROM intakes JOIN people ON people.id = intakes.person_id
    WHERE intakes.held IS NOT NULL
    UNION ALL
    SELECT activities.branch_id, channels.channel, sessions.date, attendance.person_id, activities.id, 1, 1
    FROM sessions
    JOIN activities ON activities.id = sessions.activity_id
    JOIN channels ON channels.kind = activities.kind
    JOIN attendance ON attendance.session_id = sessions.id AND attendance.part = 'participant'
    WHERE sessions.state = 'held'
    UNION ALL
    SELECT activities.branch_id, channels.channel, sessions.date, NULL, activities.id, 0, sessions.unnamed
    FROM sessions
    JOIN activities ON activities.id = sessions.activity_id
    JOIN channels ON channels.kind = activities.kind
    WHERE sessions.state = 'held' AND sessions.unnamed > 0;

CREATE VIEW channels (kind, channel) AS -- the kinds of activity that young people visit; volunteers' own meetings are none
    VALUES ('talk', 'talk_group'), ('network', 'network_group'), ('social', 'social_event'), ('online', 'online_event'), ('youth_meeting', 'youth_meeting');

CREATE VIEW waiting AS -- when a wait was over: as entered, by a match, or by leaving, whichever came first
    SELECT waits.id, waits.person_id, waits.starts, min(
        ifnull(waits.ends, '9999-12-31'),
        ifnull((SELECT min(matches.starts) FROM matches WHERE matches.person_id = waits.person_id AND matches.starts >= ifnull(waits.starts, '')), '9999-12-31'),
        ifnull((SELECT min(leaving.date) FROM leaving WHERE leaving.person_id = waits.person_id AND leaving.date >= ifnull(waits.starts, '')), '9999-12-31')
    ) AS ends
    FROM waits;

-- Periods with both ends filled, so that a day is in one if it is BETWEEN starts AND ends.

CREATE VIEW role_periods AS
    SELECT id, person_id, role, ifnull(starts, '0001-01-01') AS starts, ifnull(ends, '9999-12-31') AS ends FROM roles;

CREATE VIEW leader_periods AS -- a group that is closed ends them too
    SELECT leaders.id, activity_id, person_id, ifnull(leaders.starts, '0001-01-01') AS starts, min(ifnull(ends, '9999-12-31'), ifnull(closed, '9999-12-31')) AS ends
    FROM leaders JOIN activities ON activities.id = activity_id;

CREATE VIEW enrolment_periods AS -- a group that is closed ends them too
    SELECT enrolments.id, activity_id, person_id, ifnull(enrolments.starts, '0001-01-01') AS starts, min(ifnull(ends, '9999-12-31'), ifnull(closed, '9999-12-31')) AS ends
    FROM enrolments JOIN activities ON activities.id = activity_id;

CREATE VIEW match_periods AS
    SELECT id, person_id, volunteer_id, ifnull(starts, '0001-01-01') AS starts, ifnull(ends, '9999-12-31') AS ends FROM matches;

CREATE VIEW pause_periods AS
    SELECT id, match_id, ifnull(starts, '0001-01-01') AS starts, ifnull(ends, '9999-12-31') AS ends FROM pauses;

CREATE VIEW partner_periods AS
    SELECT id, branch_id, ifnull(starts, '0001-01-01') AS starts, ifnull(ends, '9999-12-31') AS ends FROM partners;

CREATE VIEW grant_periods AS
    SELECT id, branch_id, ifnull(starts, '0001-01-01') AS starts, ifnull(ends, '9999-12-31') AS ends FROM grants;

CREATE VIEW here AS -- the young people who are here: from each enquiry, interview, enrolment and match until the first leaving on or after that day
    SELECT person_id, starts, ifnull(
        (SELECT min(ifnull(leaving.date, starts)) FROM leaving WHERE leaving.person_id = began.person_id AND ifnull(leaving.date, starts) >= starts),
        '9999-12-31'
    ) AS ends -- a leaving of unknown date ends what began at any time
    FROM (
        SELECT person_id, ifnull(enquired, '0001-01-01') AS starts FROM intakes
        UNION ALL SELECT person_id, ifnull(held, enquired) FROM intakes WHERE held IS NOT NULL -- an expression as the others are, or SQLite would not look people up by an index
        UNION ALL SELECT person_id, ifnull(starts, '0001-01-01') FROM enrolments
        UNION ALL SELECT person_id, ifnull(starts, '0001-01-01') FROM matches
    ) AS began;

-- For people and other tools: with names as well as numbers. Nothing in them depends on today.

CREATE VIEW visit_list AS -- visits with the names of people and of what they were at; an unnamed row is as many visits as its amount
    SELECT branches.name AS branch, visits.date, visits.channel, activities.ref, activities.title, people.number, people.name, visits.amount
    FROM visits JOIN branches ON branches.id = visits.branch_id
    LEFT JOIN activities ON activities.id = visits.activity_id
    LEFT JOIN people ON people.id = visits.person_id;

CREATE VIEW person_list AS -- everybody, the day they were seen last, and how old they were then; where only the year of birth is known, the age they turned that year
    SELECT branch, number, name, born, young, volunteer, last_seen,
        substr(last_seen, 1, 4) - substr(born, 1, 4) - (length(born) > 4 AND substr(last_seen, 6) < substr(born, 6)) AS age_when_last_seen
    FROM (
        SELECT branches.name AS branch, people.number, people.name, people.born,
            EXISTS (SELECT 1 FROM intakes WHERE intakes.person_id = people.id) AS young,
            EXISTS (SELECT 1 FROM roles WHERE roles.person_id = people.id) AS volunteer,
            nullif(max(
                ifnull((SELECT max(held) FROM intakes WHERE intakes.person_id = people.id), ''),
                ifnull((SELECT max(sessions.date) FROM attendance JOIN sessions ON sessions.id = session_id
                    WHERE attendance.person_id = people.id AND part <> 'excused' AND state = 'held'), '')
            ), '') AS last_seen
        FROM people JOIN branches ON branches.id = people.branch_id
    );

CREATE VIEW waiting_list AS -- who waits or waited for a Hjerteven; until NULL: still waiting. On a day: since <= day AND ifnull(until, '9999') > day
    SELECT branches.name AS branch, people.number, people.name, waiting.starts AS since, nullif(waiting.ends, '9999-12-31') AS until
    FROM waiting JOIN people ON people.id = waiting.person_id JOIN branches ON branches.id = people.branch_id;

CREATE VIEW participants AS -- the young people of each year: with an interview held, a named visit, or a day of an active match; age: on 31 December
    WITH RECURSIVE
        days (date) AS (SELECT date FROM visits UNION ALL SELECT starts FROM matches UNION ALL SELECT ends FROM matches),
        years (year) AS (
            SELECT CAST(substr(min(date), 1, 4) AS INTEGER) FROM days
            UNION ALL SELECT year + 1 FROM years WHERE year < (SELECT CAST(substr(max(date), 1, 4) AS INTEGER) FROM days)
        ),
        came (year, person_id, channel) AS (
            SELECT CAST(substr(date, 1, 4) AS INTEGER), person_id, channel FROM visits WHERE named
            UNION ALL SELECT year, person_id, 'befriended' FROM years JOIN match_periods ON year BETWEEN CAST(substr(starts, 1, 4) AS INTEGER) AND CAST(substr(ends, 1, 4) AS INTEGER)
        )
    SELECT came.year, branches.name AS branch, people.number, people.name, came.year - substr(people.born, 1, 4) AS age,
        sum(channel = 'intake') AS interviews, sum(channel NOT IN ('intake', 'befriended')) AS visits, max(channel = 'befriended') AS befriended
    FROM came JOIN people ON people.id = came.person_id JOIN branches ON branches.id = people.branch_id
    WHERE EXISTS (SELECT 1 FROM intakes WHERE intakes.person_id = people.id)
    GROUP BY came.year, people.id;

-- Codes: a column of codes holds only what `codes` has for it ---------------------------------------------------------------------------------

CREATE TRIGGER answers_answer_added BEFORE INSERT ON answers WHEN NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = NEW.question AND code IN (NEW.answer, '*'))
BEGIN SELECT RAISE(ABORT, 'answers.answer is not one of codes'); END;
CREATE TRIGGER answers_answer_changed BEFORE UPDATE OF question, answer ON answers WHEN NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = NEW.question AND code IN (NEW.answer, '*'))
BEGIN SELECT RAISE(ABORT, 'answers.answer is not one of codes'); END;
CREATE TRIGGER volunteers_gender_added BEFORE INSERT ON volunteers WHEN NEW.gender IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'gender' AND code = NEW.gender)
BEGIN SELECT RAISE(ABORT, 'volunteers.gender is not one of codes'); END;
CREATE TRIGGER volunteers_gender_changed BEFORE UPDATE OF gender ON volunteers WHEN NEW.gender IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'gender' AND code = NEW.gender)
BEGIN SELECT RAISE(ABORT, 'volunteers.gender is not one of codes'); END;
CREATE TRIGGER roles_role_added BEFORE INSERT ON roles WHEN NEW.role IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'role' AND code = NEW.role)
BEGIN SELECT RAISE(ABORT, 'roles.role is not one of codes'); END;
CREATE TRIGGER roles_role_changed BEFORE UPDATE OF role ON roles WHEN NEW.role IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'role' AND code = NEW.role)
BEGIN SELECT RAISE(ABORT, 'roles.role is not one of codes'); END;
CREATE TRIGGER attests_kind_added BEFORE INSERT ON attests WHEN NEW.kind IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'attest' AND code = NEW.kind)
BEGIN SELECT RAISE(ABORT, 'attests.kind is not one of codes'); END;
CREATE TRIGGER attests_kind_changed BEFORE UPDATE OF kind ON attests WHEN NEW.kind IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'attest' AND code = NEW.kind)
BEGIN SELECT RAISE(ABORT, 'attests.kind is not one of codes'); END;
CREATE TRIGGER leaving_reason_added BEFORE INSERT ON leaving WHEN NEW.reason IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'reason' AND code = NEW.reason)
BEGIN SELECT RAISE(ABORT, 'leaving.reason is not one of codes'); END;
CREATE TRIGGER leaving_reason_changed BEFORE UPDATE OF reason ON leaving WHEN NEW.reason IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'reason' AND code = NEW.reason)
BEGIN SELECT RAISE(ABORT, 'leaving.reason is not one of codes'); END;
CREATE TRIGGER consents_purpose_added BEFORE INSERT ON consents WHEN NEW.purpose IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'purpose' AND code = NEW.purpose)
BEGIN SELECT RAISE(ABORT, 'consents.purpose is not one of codes'); END;
CREATE TRIGGER consents_purpose_changed BEFORE UPDATE OF purpose ON consents WHEN NEW.purpose IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'purpose' AND code = NEW.purpose)
BEGIN SELECT RAISE(ABORT, 'consents.purpose is not one of codes'); END;
CREATE TRIGGER activities_kind_added BEFORE INSERT ON activities WHEN NEW.kind IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = iif(NEW.ref GLOB 'G*', 'group_kind', 'event_kind') AND code = NEW.kind)
BEGIN SELECT RAISE(ABORT, 'activities.kind is not one of codes'); END;
CREATE TRIGGER activities_kind_changed BEFORE UPDATE OF ref, kind ON activities WHEN NEW.kind IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = iif(NEW.ref GLOB 'G*', 'group_kind', 'event_kind') AND code = NEW.kind)
BEGIN SELECT RAISE(ABORT, 'activities.kind is not one of codes'); END;
CREATE TRIGGER enrolments_reason_added BEFORE INSERT ON enrolments WHEN NEW.reason IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'reason' AND code = NEW.reason)
BEGIN SELECT RAISE(ABORT, 'enrolments.reason is not one of codes'); END;
CREATE TRIGGER enrolments_reason_changed BEFORE UPDATE OF reason ON enrolments WHEN NEW.reason IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'reason' AND code = NEW.reason)
BEGIN SELECT RAISE(ABORT, 'enrolments.reason is not one of codes'); END;
CREATE TRIGGER waits_reason_added BEFORE INSERT ON waits WHEN NEW.reason IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'reason' AND code = NEW.reason)
BEGIN SELECT RAISE(ABORT, 'waits.reason is not one of codes'); END;
CREATE TRIGGER waits_reason_changed BEFORE UPDATE OF reason ON waits WHEN NEW.reason IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'reason' AND code = NEW.reason)
BEGIN SELECT RAISE(ABORT, 'waits.reason is not one of codes'); END;
CREATE TRIGGER preferences_value_added BEFORE INSERT ON preferences WHEN NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = NEW.kind AND code IN (NEW.value, '*'))
BEGIN SELECT RAISE(ABORT, 'preferences.value is not one of codes'); END;
CREATE TRIGGER preferences_value_changed BEFORE UPDATE OF kind, value ON preferences WHEN NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = NEW.kind AND code IN (NEW.value, '*'))
BEGIN SELECT RAISE(ABORT, 'preferences.value is not one of codes'); END;
CREATE TRIGGER matches_reason_added BEFORE INSERT ON matches WHEN NEW.reason IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'reason' AND code = NEW.reason)
BEGIN SELECT RAISE(ABORT, 'matches.reason is not one of codes'); END;
CREATE TRIGGER matches_reason_changed BEFORE UPDATE OF reason ON matches WHEN NEW.reason IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'reason' AND code = NEW.reason)
BEGIN SELECT RAISE(ABORT, 'matches.reason is not one of codes'); END;
CREATE TRIGGER pauses_reason_added BEFORE INSERT ON pauses WHEN NEW.reason IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'reason' AND code = NEW.reason)
BEGIN SELECT RAISE(ABORT, 'pauses.reason is not one of codes'); END;
CREATE TRIGGER pauses_reason_changed BEFORE UPDATE OF reason ON pauses WHEN NEW.reason IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'reason' AND code = NEW.reason)
BEGIN SELECT RAISE(ABORT, 'pauses.reason is not one of codes'); END;
CREATE TRIGGER proposal_answers_reason_added BEFORE INSERT ON proposal_answers WHEN NEW.reason IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'reason' AND code = NEW.reason)
BEGIN SELECT RAISE(ABORT, 'proposal_answers.reason is not one of codes'); END;
CREATE TRIGGER proposal_answers_reason_changed BEFORE UPDATE OF reason ON proposal_answers WHEN NEW.reason IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'reason' AND code = NEW.reason)
BEGIN SELECT RAISE(ABORT, 'proposal_answers.reason is not one of codes'); END;
CREATE TRIGGER grants_agreement_added BEFORE INSERT ON grants WHEN NEW.agreement IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'agreement' AND code = NEW.agreement)
BEGIN SELECT RAISE(ABORT, 'grants.agreement is not one of codes'); END;
CREATE TRIGGER grants_agreement_changed BEFORE UPDATE OF agreement ON grants WHEN NEW.agreement IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'agreement' AND code = NEW.agreement)
BEGIN SELECT RAISE(ABORT, 'grants.agreement is not one of codes'); END;
CREATE TRIGGER grant_offers_offer_added BEFORE INSERT ON grant_offers WHEN NEW.offer IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'offer' AND code = NEW.offer)
BEGIN SELECT RAISE(ABORT, 'grant_offers.offer is not one of codes'); END;
CREATE TRIGGER grant_offers_offer_changed BEFORE UPDATE OF offer ON grant_offers WHEN NEW.offer IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'offer' AND code = NEW.offer)
BEGIN SELECT RAISE(ABORT, 'grant_offers.offer is not one of codes'); END;
CREATE TRIGGER volunteer_applications_reason_added BEFORE INSERT ON volunteer_applications WHEN NEW.reason IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'reason' AND code = NEW.reason)
BEGIN SELECT RAISE(ABORT, 'volunteer_applications.reason is not one of codes'); END;
CREATE TRIGGER volunteer_applications_reason_changed BEFORE UPDATE OF reason ON volunteer_applications WHEN NEW.reason IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'reason' AND code = NEW.reason)
BEGIN SELECT RAISE(ABORT, 'volunteer_applications.reason is not one of codes'); END;
CREATE TRIGGER volunteer_applications_gender_added BEFORE INSERT ON volunteer_applications WHEN NEW.gender IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'gender' AND code = NEW.gender)
BEGIN SELECT RAISE(ABORT, 'volunteer_applications.gender is not one of codes'); END;
CREATE TRIGGER volunteer_applications_gender_changed BEFORE UPDATE OF gender ON volunteer_applications WHEN NEW.gender IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'gender' AND code = NEW.gender)
BEGIN SELECT RAISE(ABORT, 'volunteer_applications.gender is not one of codes'); END;
CREATE TRIGGER application_roles_role_added BEFORE INSERT ON application_roles WHEN NEW.role IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'role' AND code = NEW.role)
BEGIN SELECT RAISE(ABORT, 'application_roles.role is not one of codes'); END;
CREATE TRIGGER application_roles_role_changed BEFORE UPDATE OF role ON application_roles WHEN NEW.role IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'role' AND code = NEW.role)
BEGIN SELECT RAISE(ABORT, 'application_roles.role is not one of codes'); END;
CREATE TRIGGER measures_instrument_added BEFORE INSERT ON measures WHEN NEW.instrument IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'instrument' AND code = NEW.instrument)
BEGIN SELECT RAISE(ABORT, 'measures.instrument is not one of codes'); END;
CREATE TRIGGER measures_instrument_changed BEFORE UPDATE OF instrument ON measures WHEN NEW.instrument IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'instrument' AND code = NEW.instrument)
BEGIN SELECT RAISE(ABORT, 'measures.instrument is not one of codes'); END;
CREATE TRIGGER measures_non_answer_added BEFORE INSERT ON measures WHEN NEW.non_answer IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'non_answer' AND code = NEW.non_answer)
BEGIN SELECT RAISE(ABORT, 'measures.non_answer is not one of codes'); END;
CREATE TRIGGER measures_non_answer_changed BEFORE UPDATE OF non_answer ON measures WHEN NEW.non_answer IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'non_answer' AND code = NEW.non_answer)
BEGIN SELECT RAISE(ABORT, 'measures.non_answer is not one of codes'); END;
CREATE TRIGGER goals_outcome_added BEFORE INSERT ON goals WHEN NEW.outcome IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'goal_outcome' AND code = NEW.outcome)
BEGIN SELECT RAISE(ABORT, 'goals.outcome is not one of codes'); END;
CREATE TRIGGER goals_outcome_changed BEFORE UPDATE OF outcome ON goals WHEN NEW.outcome IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'goal_outcome' AND code = NEW.outcome)
BEGIN SELECT RAISE(ABORT, 'goals.outcome is not one of codes'); END;
CREATE TRIGGER suggestions_outcome_added BEFORE INSERT ON suggestions WHEN NEW.outcome IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'suggestion_outcome' AND code = NEW.outcome)
BEGIN SELECT RAISE(ABORT, 'suggestions.outcome is not one of codes'); END;
CREATE TRIGGER suggestions_outcome_changed BEFORE UPDATE OF outcome ON suggestions WHEN NEW.outcome IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'suggestion_outcome' AND code = NEW.outcome)
BEGIN SELECT RAISE(ABORT, 'suggestions.outcome is not one of codes'); END;
CREATE TRIGGER targets_outcome_added BEFORE INSERT ON targets WHEN NEW.outcome IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'target_outcome' AND code = NEW.outcome)
BEGIN SELECT RAISE(ABORT, 'targets.outcome is not one of codes'); END;
CREATE TRIGGER targets_outcome_changed BEFORE UPDATE OF outcome ON targets WHEN NEW.outcome IS NOT NULL AND NOT EXISTS (SELECT 1 FROM codes WHERE vocabulary = 'target_outcome' AND code = NEW.outcome)
BEGIN SELECT RAISE(ABORT, 'targets.outcome is not one of codes'); END;
