-- From version 2.

CREATE VIEW role_periods AS
    SELECT id, person_id, role, ifnull(starts, '0001-01-01') AS starts, ifnull(ends, '9999-12-31') AS ends FROM roles;

CREATE VIEW leader_periods AS
    SELECT leaders.id, activity_id, person_id, ifnull(leaders.starts, '0001-01-01') AS starts, min(ifnull(ends, '9999-12-31'), ifnull(closed, '9999-12-31')) AS ends
    FROM leaders JOIN activities ON activities.id = activity_id;

CREATE VIEW enrolment_periods AS
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

CREATE VIEW here AS
    SELECT person_id, starts, ifnull(
        (SELECT min(ifnull(leaving.date, starts)) FROM leaving WHERE leaving.person_id = began.person_id AND ifnull(leaving.date, starts) >= starts),
        '9999-12-31'
    ) AS ends
    FROM (
        SELECT person_id, ifnull(enquired, '0001-01-01') AS starts FROM intakes
        UNION ALL SELECT person_id, ifnull(held, enquired) FROM intakes WHERE held IS NOT NULL
        UNION ALL SELECT person_id, ifnull(starts, '0001-01-01') FROM enrolments
        UNION ALL SELECT person_id, ifnull(starts, '0001-01-01') FROM matches
    ) AS began;

-- Partners: who was entered as one. A row without a kind or dates that is a venue, referrer or onward place was made at first use.
ALTER TABLE partners ADD COLUMN added INTEGER NOT NULL DEFAULT 0 CHECK (added IN (0, 1));
UPDATE partners SET added = 1 WHERE kind IS NOT NULL OR starts IS NOT NULL OR ends IS NOT NULL OR NOT (
    EXISTS (SELECT 1 FROM activities WHERE venue_id = partners.id)
    OR EXISTS (SELECT 1 FROM activity_partners WHERE partner_id = partners.id)
    OR EXISTS (SELECT 1 FROM intakes WHERE referred_by = partners.id)
    OR EXISTS (SELECT 1 FROM onward WHERE partner_id = partners.id));

ALTER TABLE activities ADD COLUMN hours REAL CHECK (hours > 0 AND hours <= 24);

-- Grants: numbered, with totals, of the nation too. What there is counts whole in each year that it touches, as it did.
CREATE TEMP TABLE grants_before AS SELECT * FROM main.grants;
CREATE TEMP TABLE grant_offers_before AS SELECT * FROM main.grant_offers;
DROP TABLE main.grant_offers;
DROP TABLE main.grants;
CREATE TABLE grants (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    branch_id INTEGER REFERENCES branches ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number > 0),
    funder TEXT,
    agreement TEXT CHECK (agreement IN ('operating', 'project', 'donation')),
    per_year INTEGER CHECK (per_year BETWEEN 0 AND 1000000000000),
    total INTEGER CHECK (total BETWEEN 0 AND 1000000000000),
    starts TEXT CHECK (starts IS date(starts, '+0 days')),
    ends TEXT CHECK (ends IS date(ends, '+0 days')),
    whole_years INTEGER NOT NULL DEFAULT 0 CHECK (whole_years IN (0, 1)),
    CHECK ((per_year IS NULL) <> (total IS NULL)),
    CHECK (total IS NULL OR starts IS NOT NULL),
    CHECK (ends >= starts)
) STRICT;
CREATE INDEX grants_branch ON grants (branch_id);
CREATE UNIQUE INDEX grants_number ON grants (ifnull(branch_id, 0), number);
CREATE TABLE grant_offers (
    grant_id INTEGER NOT NULL REFERENCES grants ON DELETE CASCADE,
    offer TEXT NOT NULL CHECK (offer IN ('intake', 'talk_group', 'network_group', 'social_event', 'online_event', 'youth_meeting', 'befriending')),
    PRIMARY KEY (grant_id, offer)
) STRICT, WITHOUT ROWID;
INSERT INTO main.grants (id, uid, branch_id, number, funder, agreement, per_year, starts, ends, whole_years)
    SELECT id, uid, branch_id, row_number() OVER (PARTITION BY branch_id ORDER BY id), funder, agreement, min(per_year, 1000000000000), starts, ends, 1
    FROM temp.grants_before;
INSERT INTO main.grant_offers SELECT grant_id, offer FROM temp.grant_offers_before;
DROP TABLE temp.grant_offers_before;
DROP TABLE temp.grants_before;

CREATE TABLE former_names (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200)
) STRICT;
CREATE INDEX former_names_person ON former_names (person_id);

CREATE TABLE distinct_people (
    person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    PRIMARY KEY (person_id, other_id),
    CHECK (person_id < other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX distinct_people_other ON distinct_people (other_id);

CREATE TABLE reminders (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
    note TEXT,
    done TEXT CHECK (done IS date(done, '+0 days'))
) STRICT;
CREATE INDEX reminders_person ON reminders (person_id);

CREATE TABLE volunteer_applications (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    date TEXT CHECK (date IS date(date, '+0 days')),
    declined TEXT CHECK (declined IS date(declined, '+0 days')),
    reason TEXT CHECK (reason IN ('completed', 'matched', 'moved_away', 'moved_on', 'work_or_study', 'treatment', 'too_hard', 'not_for_me', 'illness',
        'aged_out', 'no_contact', 'volunteer_stopped', 'no_longer_wishes', 'died', 'other')),
    CHECK (declined >= date)
) STRICT;
CREATE INDEX volunteer_applications_person ON volunteer_applications (person_id);

CREATE TABLE application_roles (
    application_id INTEGER NOT NULL REFERENCES volunteer_applications ON DELETE CASCADE,
    role TEXT NOT NULL CHECK (role IN ('leader', 'peer', 'organiser', 'online', 'befriender')),
    PRIMARY KEY (application_id, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE volunteer_hours (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    date TEXT CHECK (date IS date(date, '+0 days')),
    hours REAL NOT NULL CHECK (hours > 0 AND hours <= 1000),
    what TEXT
) STRICT;
CREATE INDEX volunteer_hours_person ON volunteer_hours (person_id);

CREATE TABLE measures (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    instrument TEXT NOT NULL CHECK (instrument IN ('tils', 'who5')),
    date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
    items TEXT CHECK (items NOT GLOB '*[^0-9,]*' AND length(items) BETWEEN 1 AND 40),
    non_answer TEXT CHECK (non_answer IN ('declined', 'not_asked')),
    UNIQUE (person_id, instrument, date),
    CHECK ((items IS NULL) <> (non_answer IS NULL))
) STRICT;

CREATE TABLE goals (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number > 0),
    date TEXT CHECK (date IS date(date, '+0 days')),
    text TEXT,
    activity_id INTEGER REFERENCES activities ON DELETE SET NULL,
    outcome TEXT CHECK (outcome IN ('reached', 'partly', 'not')),
    marked TEXT CHECK (marked IS date(marked, '+0 days')),
    UNIQUE (person_id, number)
) STRICT;
CREATE INDEX goals_activity ON goals (activity_id) WHERE activity_id IS NOT NULL;

CREATE TABLE suggestions (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    branch_id INTEGER NOT NULL REFERENCES branches ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number > 0),
    date TEXT CHECK (date IS date(date, '+0 days')),
    text TEXT,
    activity_id INTEGER REFERENCES activities ON DELETE SET NULL,
    outcome TEXT CHECK (outcome IN ('adopted', 'declined', 'later')),
    resolved TEXT CHECK (resolved IS date(resolved, '+0 days')),
    note TEXT,
    UNIQUE (branch_id, number)
) STRICT;
CREATE INDEX suggestions_activity ON suggestions (activity_id) WHERE activity_id IS NOT NULL;

CREATE TABLE quotes (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people ON DELETE CASCADE,
    number INTEGER NOT NULL UNIQUE CHECK (number > 0),
    date TEXT CHECK (date IS date(date, '+0 days')),
    text TEXT NOT NULL
) STRICT;
CREATE INDEX quotes_person ON quotes (person_id);

CREATE TABLE pair_meetings (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    match_id INTEGER NOT NULL REFERENCES matches ON DELETE CASCADE,
    date TEXT CHECK (date IS date(date, '+0 days')),
    hours REAL CHECK (hours > 0 AND hours <= 24),
    note TEXT
) STRICT;
CREATE INDEX pair_meetings_match ON pair_meetings (match_id);

CREATE TABLE targets (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    branch_id INTEGER REFERENCES branches ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number > 0),
    key TEXT,
    value REAL CHECK (value >= 0),
    text TEXT,
    period TEXT NOT NULL,
    starts TEXT NOT NULL CHECK (starts IS date(starts, '+0 days')),
    ends TEXT NOT NULL CHECK (ends IS date(ends, '+0 days')),
    grant_id INTEGER REFERENCES grants ON DELETE SET NULL,
    why TEXT,
    outcome TEXT CHECK (outcome IN ('reached', 'partly', 'not', 'dropped')),
    note TEXT,
    CHECK ((key IS NULL) = (value IS NULL)),
    CHECK (ends >= starts)
) STRICT;
CREATE INDEX targets_branch ON targets (branch_id);
CREATE UNIQUE INDEX targets_number ON targets (ifnull(branch_id, 0), number);
CREATE INDEX targets_grant ON targets (grant_id) WHERE grant_id IS NOT NULL;

-- Rows of closed years: one text for each, which names people by branch and number.
CREATE TEMP TABLE closed_rows_before AS
SELECT closed_year_id, 1 + place / 4000 AS part, json_object('rows', json_group_array(json_array(key, held.date, what, amount, branches.uid, people.number))) AS rows
FROM (SELECT *, row_number() OVER (PARTITION BY closed_year_id ORDER BY id) - 1 AS place FROM main.closed_rows ORDER BY id) AS held
LEFT JOIN main.people ON people.id = held.person_id LEFT JOIN main.branches ON branches.id = people.branch_id
GROUP BY 1, 2;
DROP TABLE main.closed_rows;
CREATE TABLE closed_rows (
    closed_year_id INTEGER NOT NULL REFERENCES closed_years ON DELETE CASCADE,
    part INTEGER NOT NULL CHECK (part > 0),
    rows TEXT NOT NULL,
    PRIMARY KEY (closed_year_id, part)
) STRICT, WITHOUT ROWID;
INSERT INTO main.closed_rows SELECT closed_year_id, part, rows FROM temp.closed_rows_before;
DROP TABLE temp.closed_rows_before;
