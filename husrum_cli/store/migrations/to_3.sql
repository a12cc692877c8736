-- From version 2.

-- References name their columns, and codes are rows of a table instead of CHECKs. Both change only how tables are described, not their rows, so the
-- descriptions are edited in place: the shortest way that SQLite's documentation of ALTER TABLE has for it.
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(replace(sql, 'REFERENCES branches ', 'REFERENCES branches(id) '), 'REFERENCES branches,', 'REFERENCES branches(id),') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(replace(sql, 'REFERENCES edits ', 'REFERENCES edits(id) '), 'REFERENCES edits,', 'REFERENCES edits(id),') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(replace(sql, 'REFERENCES steps ', 'REFERENCES steps(edit_id) '), 'REFERENCES steps,', 'REFERENCES steps(edit_id),') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(replace(sql, 'REFERENCES people ', 'REFERENCES people(id) '), 'REFERENCES people,', 'REFERENCES people(id),') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(replace(sql, 'REFERENCES partners ', 'REFERENCES partners(id) '), 'REFERENCES partners,', 'REFERENCES partners(id),') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(replace(sql, 'REFERENCES intakes ', 'REFERENCES intakes(id) '), 'REFERENCES intakes,', 'REFERENCES intakes(id),') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(replace(sql, 'REFERENCES activities ', 'REFERENCES activities(id) '), 'REFERENCES activities,', 'REFERENCES activities(id),') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(replace(sql, 'REFERENCES sessions ', 'REFERENCES sessions(id) '), 'REFERENCES sessions,', 'REFERENCES sessions(id),') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(replace(sql, 'REFERENCES waits ', 'REFERENCES waits(id) '), 'REFERENCES waits,', 'REFERENCES waits(id),') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(replace(sql, 'REFERENCES offers ', 'REFERENCES offers(id) '), 'REFERENCES offers,', 'REFERENCES offers(id),') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(replace(sql, 'REFERENCES matches ', 'REFERENCES matches(id) '), 'REFERENCES matches,', 'REFERENCES matches(id),') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(replace(sql, 'REFERENCES proposals ', 'REFERENCES proposals(id) '), 'REFERENCES proposals,', 'REFERENCES proposals(id),') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(replace(sql, 'REFERENCES grants ', 'REFERENCES grants(id) '), 'REFERENCES grants,', 'REFERENCES grants(id),') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(replace(sql, 'REFERENCES closed_years ', 'REFERENCES closed_years(id) '), 'REFERENCES closed_years,', 'REFERENCES closed_years(id),') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (reason IN (''completed'', ''matched'', ''moved_away'', ''moved_on'', ''work_or_study'', ''treatment'', ''too_hard'', ''not_for_me'', ''illness'',
        ''aged_out'', ''no_contact'', ''volunteer_stopped'', ''no_longer_wishes'', ''died'', ''other''))', '') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (answer IN (''declined'', ''not_asked'') OR CASE question
        WHEN ''source'' THEN answer IN (''self'', ''friend'', ''social_media'', ''municipal'', ''student_priest'', ''psychologist'', ''doctor'', ''psychiatry'', ''relative'',
            ''housing_adviser'', ''volunteer_centre'', ''headspace'', ''school'', ''partner'', ''other'')
        WHEN ''motive'' THEN answer IN (''loneliness'', ''lacking_network'', ''social_difficulties'', ''other'')
        WHEN ''wish'' THEN answer IN (''group'', ''events'', ''befriending'')
        WHEN ''offered'' THEN answer IN (''group'', ''events'', ''befriending'')
        WHEN ''gender'' THEN answer IN (''f'', ''m'', ''x'')
        WHEN ''municipality'' THEN length(answer) BETWEEN 1 AND 200
        WHEN ''occupation'' THEN answer IN (''student_fgu'', ''student_stu'', ''student_vocational'', ''student_upper_secondary'', ''student_folk_high_school'',
            ''student_higher'', ''primary_school'', ''unemployed'', ''sick_leave'', ''job_clarification'', ''employed'', ''flexjob'', ''internship'', ''disability_pension'',
            ''other'')
        WHEN ''diagnosis'' THEN answer IN (''none'', ''in_assessment'', ''depression'', ''anxiety'', ''social_phobia'', ''adhd'', ''autism'', ''stress'', ''ptsd'',
            ''eating_disorder'', ''personality_disorder'', ''ocd'', ''other'')
        WHEN ''treatment'' THEN answer IN (''never'', ''past'', ''current'')
        WHEN ''suicidal_thoughts'' THEN answer IN (''never'', ''past'', ''current'')
        WHEN ''loneliness'' THEN answer IN (''none'', ''mild'', ''moderate'', ''severe'')
        ELSE 0 END)', 'CHECK (length(answer) BETWEEN 1 AND 200)') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (gender IN (''f'', ''m'', ''x'', ''declined'', ''not_asked''))', '') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (role IN (''leader'', ''peer'', ''organiser'', ''online'', ''befriender''))', '') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (kind IN (''intro_course'', ''confidentiality'', ''criminal_record''))', '') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (purpose IN (''health_data'', ''national_linking'', ''research'', ''quotes_photos''))', '') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (kind IN (''talk'', ''network'', ''social'', ''online'', ''youth_meeting'', ''intro_course'', ''volunteer_meeting'', ''supervision'', ''training''))', '') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (agreement IN (''operating'', ''project'', ''donation''))', '') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (offer IN (''intake'', ''talk_group'', ''network_group'', ''social_event'', ''online_event'', ''youth_meeting'', ''befriending''))', '') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, ' CHECK (kind IN (''interest'', ''time'', ''area'', ''speaks'', ''about'', ''wants_gender'', ''wants_age'', ''avoid''))', '') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, '
    CHECK (kind <> ''time'' OR value IN (''weekday'', ''evening'', ''weekend'')),', '') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, '
    CHECK (kind <> ''wants_gender'' OR value IN (''f'', ''m'', ''x'')),', '') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, '
    CHECK ((kind IN (''talk'', ''network'')) = (ref GLOB ''G*'')),', '') WHERE type = 'table';
PRAGMA writable_schema = RESET;

CREATE TABLE codes (
    vocabulary TEXT NOT NULL,
    code TEXT NOT NULL,
    PRIMARY KEY (vocabulary, code)
) STRICT, WITHOUT ROWID;

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

-- Lists for people and other tools.
CREATE VIEW visit_list AS
    SELECT branches.name AS branch, visits.date, visits.channel, activities.ref, activities.title, people.number, people.name, visits.amount
    FROM visits JOIN branches ON branches.id = visits.branch_id
    LEFT JOIN activities ON activities.id = visits.activity_id
    LEFT JOIN people ON people.id = visits.person_id;

CREATE VIEW person_list AS
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

CREATE VIEW waiting_list AS
    SELECT branches.name AS branch, people.number, people.name, waiting.starts AS since, nullif(waiting.ends, '9999-12-31') AS until
    FROM waiting JOIN people ON people.id = waiting.person_id JOIN branches ON branches.id = people.branch_id;

CREATE VIEW participants AS
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

-- Partners: who was entered as one. A row without a kind or dates that is a venue, referrer or onward place was made at first use.
ALTER TABLE partners ADD COLUMN added INTEGER NOT NULL DEFAULT 0 CHECK (added IN (0, 1));
UPDATE partners SET added = 1 WHERE kind IS NOT NULL OR starts IS NOT NULL OR ends IS NOT NULL OR NOT (
    EXISTS (SELECT 1 FROM activities WHERE venue_id = partners.id)
    OR EXISTS (SELECT 1 FROM activity_partners WHERE partner_id = partners.id)
    OR EXISTS (SELECT 1 FROM intakes WHERE referred_by = partners.id)
    OR EXISTS (SELECT 1 FROM onward WHERE partner_id = partners.id));

ALTER TABLE offers ADD COLUMN ends TEXT CHECK (ends IS date(ends, '+0 days') AND ends BETWEEN '1900-01-01' AND '2199-12-31' AND ends >= starts);
ALTER TABLE activities ADD COLUMN hours REAL CHECK (hours > 0 AND hours <= 24);

-- Grants: numbered, with totals, of the nation too. What there is counts whole in each year that it touches, as it did.
CREATE TEMP TABLE grants_before AS SELECT * FROM main.grants;
CREATE TEMP TABLE grant_offers_before AS SELECT * FROM main.grant_offers;
DROP TABLE main.grant_offers;
DROP TABLE main.grants;
CREATE TABLE grants (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    branch_id INTEGER REFERENCES branches(id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number > 0),
    funder TEXT,
    agreement TEXT,
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
    grant_id INTEGER NOT NULL REFERENCES grants(id) ON DELETE CASCADE,
    offer TEXT NOT NULL,
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
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    name TEXT NOT NULL CHECK (length(name) BETWEEN 1 AND 200)
) STRICT;
CREATE INDEX former_names_person ON former_names (person_id);

CREATE TABLE distinct_people (
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    other_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    PRIMARY KEY (person_id, other_id),
    CHECK (person_id < other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX distinct_people_other ON distinct_people (other_id);

CREATE TABLE reminders (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
    note TEXT,
    done TEXT CHECK (done IS date(done, '+0 days'))
) STRICT;
CREATE INDEX reminders_person ON reminders (person_id);

CREATE TABLE volunteer_applications (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    date TEXT CHECK (date IS date(date, '+0 days')),
    declined TEXT CHECK (declined IS date(declined, '+0 days')),
    reason TEXT,
    recruited_through TEXT,
    gender TEXT,
    note TEXT,
    CHECK (declined >= date)
) STRICT;
CREATE INDEX volunteer_applications_person ON volunteer_applications (person_id);

CREATE TABLE application_roles (
    application_id INTEGER NOT NULL REFERENCES volunteer_applications(id) ON DELETE CASCADE,
    role TEXT NOT NULL,
    PRIMARY KEY (application_id, role)
) STRICT, WITHOUT ROWID;

CREATE TABLE volunteer_hours (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    date TEXT CHECK (date IS date(date, '+0 days')),
    hours REAL NOT NULL CHECK (hours > 0 AND hours <= 1000),
    what TEXT
) STRICT;
CREATE INDEX volunteer_hours_person ON volunteer_hours (person_id);

CREATE TABLE measures (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    instrument TEXT NOT NULL,
    date TEXT NOT NULL CHECK (date IS date(date, '+0 days')),
    items TEXT CHECK (items NOT GLOB '*[^0-9,]*' AND length(items) BETWEEN 1 AND 40),
    non_answer TEXT,
    UNIQUE (person_id, instrument, date),
    CHECK ((items IS NULL) <> (non_answer IS NULL))
) STRICT;

CREATE TABLE goals (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number > 0),
    date TEXT CHECK (date IS date(date, '+0 days')),
    text TEXT,
    activity_id INTEGER REFERENCES activities(id) ON DELETE SET NULL,
    outcome TEXT,
    marked TEXT CHECK (marked IS date(marked, '+0 days')),
    UNIQUE (person_id, number)
) STRICT;
CREATE INDEX goals_activity ON goals (activity_id) WHERE activity_id IS NOT NULL;

CREATE TABLE suggestions (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    branch_id INTEGER NOT NULL REFERENCES branches(id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number > 0),
    date TEXT CHECK (date IS date(date, '+0 days')),
    text TEXT,
    activity_id INTEGER REFERENCES activities(id) ON DELETE SET NULL,
    outcome TEXT,
    resolved TEXT CHECK (resolved IS date(resolved, '+0 days')),
    note TEXT,
    UNIQUE (branch_id, number)
) STRICT;
CREATE INDEX suggestions_activity ON suggestions (activity_id) WHERE activity_id IS NOT NULL;

CREATE TABLE quotes (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    number INTEGER NOT NULL UNIQUE CHECK (number > 0),
    date TEXT CHECK (date IS date(date, '+0 days')),
    text TEXT NOT NULL
) STRICT;
CREATE INDEX quotes_person ON quotes (person_id);

CREATE TABLE pair_meetings (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    match_id INTEGER NOT NULL REFERENCES matches(id) ON DELETE CASCADE,
    date TEXT CHECK (date IS date(date, '+0 days')),
    hours REAL CHECK (hours > 0 AND hours <= 24),
    note TEXT
) STRICT;
CREATE INDEX pair_meetings_match ON pair_meetings (match_id);

CREATE TABLE targets (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),
    branch_id INTEGER REFERENCES branches(id) ON DELETE CASCADE,
    number INTEGER NOT NULL CHECK (number > 0),
    key TEXT,
    value REAL CHECK (value >= 0),
    text TEXT,
    period TEXT NOT NULL,
    starts TEXT NOT NULL CHECK (starts IS date(starts, '+0 days')),
    ends TEXT NOT NULL CHECK (ends IS date(ends, '+0 days')),
    grant_id INTEGER REFERENCES grants(id) ON DELETE SET NULL,
    why TEXT,
    outcome TEXT,
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
    closed_year_id INTEGER NOT NULL REFERENCES closed_years(id) ON DELETE CASCADE,
    part INTEGER NOT NULL CHECK (part > 0),
    rows TEXT NOT NULL,
    PRIMARY KEY (closed_year_id, part)
) STRICT, WITHOUT ROWID;
INSERT INTO main.closed_rows SELECT closed_year_id, part, rows FROM temp.closed_rows_before;
DROP TABLE temp.closed_rows_before;

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
ALTER TABLE attendance ADD COLUMN named_as TEXT NOT NULL DEFAULT 'present' CHECK (named_as IN ('present', 'volunteers', 'excused'));
UPDATE attendance SET named_as = CASE part WHEN 'volunteer' THEN 'volunteers' WHEN 'excused' THEN 'excused' ELSE 'present' END WHERE part <> 'participant';
-- What somebody was there as follows from what is recorded now, no longer from what was recorded then. A national file does not hold all of that.
UPDATE attendance SET part = iif(part = 'participant', 'volunteer', 'participant')
WHERE part <> 'excused' AND EXISTS (SELECT 1 FROM settings WHERE key = 'home_branch') AND part <> (
    SELECT iif(enquired IS NULL OR (role AND (attendance.named_as = 'volunteers' OR leading OR enquired > date)), 'volunteer', 'participant')
    FROM (
        SELECT date,
            (SELECT min(ifnull(enquired, '')) FROM intakes WHERE intakes.person_id = attendance.person_id) AS enquired,
            EXISTS (SELECT 1 FROM role_periods WHERE role_periods.person_id = attendance.person_id AND date BETWEEN starts AND ends) AS role,
            EXISTS (SELECT 1 FROM leaders WHERE leaders.person_id = attendance.person_id AND leaders.activity_id = sessions.activity_id
                AND ifnull(starts, '') <= date AND ifnull(ends, '9999') >= date) AS leading
        FROM sessions WHERE sessions.id = attendance.session_id
    )
);

-- The log says whom and what each command was about.
CREATE TEMP TABLE steps_before AS SELECT * FROM main.steps;
DROP TABLE main.steps;
CREATE TABLE steps (
    edit_id INTEGER PRIMARY KEY REFERENCES edits(id) ON DELETE CASCADE,
    wrote TEXT NOT NULL,
    added TEXT,
    takes_back INTEGER UNIQUE REFERENCES edits(id),
    counter INTEGER,
    people TEXT,
    activities TEXT,
    things TEXT
) STRICT;
CREATE INDEX steps_undoable ON steps (edit_id) WHERE added IS NOT NULL;
INSERT INTO main.steps (edit_id, wrote, added, takes_back, counter) SELECT edit_id, wrote, added, takes_back, counter FROM temp.steps_before;
DROP TABLE temp.steps_before;

-- Looked up for every joint event of an import.
CREATE INDEX activities_joint ON activities (joint) WHERE joint IS NOT NULL;

-- Any number of drafts of one form.
DROP INDEX drafts_command;

-- Link tags are slow to make.
CREATE TABLE made_tags (
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    facts TEXT NOT NULL,
    tag TEXT NOT NULL,
    PRIMARY KEY (person_id, kind)
) STRICT, WITHOUT ROWID;

-- Tags of facts that can be guessed one by one are gone; slower ones are made for the next handover. Links stay: name_birth links.
CREATE TEMP TABLE link_tags_before AS SELECT * FROM main.link_tags WHERE kind = 'name_birth';
DROP TABLE main.link_tags;
CREATE TABLE link_tags (
    person_id INTEGER NOT NULL REFERENCES people(id) ON DELETE CASCADE,
    kind TEXT NOT NULL CHECK (kind IN ('name_birth', 'similar_name_birth', 'phone_birth', 'email_birth')),
    tag TEXT NOT NULL,
    PRIMARY KEY (person_id, kind)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_tags_tag ON link_tags (tag);
INSERT INTO main.link_tags SELECT * FROM temp.link_tags_before;
DROP TABLE temp.link_tags_before;

-- Dates and numbers have bounds. What another program wrote beyond them is brought to the nearest one, so that it can be seen and corrected.
-- Rows of which that would make two the same stay as they are.
UPDATE OR IGNORE main.branches SET active_from = max('1900-01-01', min(active_from, '2199-12-31')), active_to = max('1900-01-01', min(active_to, '2199-12-31')), records_from = max('1900-01-01', min(records_from, '2199-12-31')) WHERE active_from NOT BETWEEN '1900-01-01' AND '2199-12-31' OR active_to NOT BETWEEN '1900-01-01' AND '2199-12-31' OR records_from NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.people SET number = max(1, min(number, 999999999)), born = max('1900', min(born, '2199-12-31')) WHERE number NOT BETWEEN 1 AND 999999999 OR born NOT BETWEEN '1900' AND '2199-12-31';
UPDATE OR IGNORE main.removed_people SET number = max(1, min(number, 999999999)), date = max('1900-01-01', min(date, '2199-12-31')) WHERE number NOT BETWEEN 1 AND 999999999 OR date NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.partners SET starts = max('1900-01-01', min(starts, '2199-12-31')), ends = max('1900-01-01', min(ends, '2199-12-31')) WHERE starts NOT BETWEEN '1900-01-01' AND '2199-12-31' OR ends NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.intakes SET enquired = max('1900-01-01', min(enquired, '2199-12-31')), held = max('1900-01-01', min(held, '2199-12-31')) WHERE enquired NOT BETWEEN '1900-01-01' AND '2199-12-31' OR held NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.volunteers SET joined = max('1900-01-01', min(joined, '2199-12-31')) WHERE joined NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.roles SET starts = max('1900-01-01', min(starts, '2199-12-31')), ends = max('1900-01-01', min(ends, '2199-12-31')) WHERE starts NOT BETWEEN '1900-01-01' AND '2199-12-31' OR ends NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.attests SET date = max('1900-01-01', min(date, '2199-12-31')) WHERE date NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.leaving SET date = max('1900-01-01', min(date, '2199-12-31')) WHERE date NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.onward SET date = max('1900-01-01', min(date, '2199-12-31')) WHERE date NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.consents SET given = max('1900-01-01', min(given, '2199-12-31')), withdrawn = max('1900-01-01', min(withdrawn, '2199-12-31')) WHERE given NOT BETWEEN '1900-01-01' AND '2199-12-31' OR withdrawn NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.activities SET starts = max('1900-01-01', min(starts, '2199-12-31')), closed = max('1900-01-01', min(closed, '2199-12-31')), capacity = max(1, min(capacity, 999999999)) WHERE starts NOT BETWEEN '1900-01-01' AND '2199-12-31' OR closed NOT BETWEEN '1900-01-01' AND '2199-12-31' OR capacity NOT BETWEEN 1 AND 999999999;
UPDATE OR IGNORE main.leaders SET starts = max('1900-01-01', min(starts, '2199-12-31')), ends = max('1900-01-01', min(ends, '2199-12-31')) WHERE starts NOT BETWEEN '1900-01-01' AND '2199-12-31' OR ends NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.enrolments SET starts = max('1900-01-01', min(starts, '2199-12-31')), ends = max('1900-01-01', min(ends, '2199-12-31')) WHERE starts NOT BETWEEN '1900-01-01' AND '2199-12-31' OR ends NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.sessions SET date = max('1900-01-01', min(date, '2199-12-31')), unnamed = max(0, min(unnamed, 999999999)) WHERE date NOT BETWEEN '1900-01-01' AND '2199-12-31' OR unnamed NOT BETWEEN 0 AND 999999999;
UPDATE OR IGNORE main.waits SET starts = max('1900-01-01', min(starts, '2199-12-31')), ends = max('1900-01-01', min(ends, '2199-12-31')) WHERE starts NOT BETWEEN '1900-01-01' AND '2199-12-31' OR ends NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.offers SET capacity = max(1, min(capacity, 999999999)), starts = max('1900-01-01', min(starts, '2199-12-31')) WHERE capacity NOT BETWEEN 1 AND 999999999 OR starts NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.matches SET starts = max('1900-01-01', min(starts, '2199-12-31')), ends = max('1900-01-01', min(ends, '2199-12-31')) WHERE starts NOT BETWEEN '1900-01-01' AND '2199-12-31' OR ends NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.pauses SET starts = max('1900-01-01', min(starts, '2199-12-31')), ends = max('1900-01-01', min(ends, '2199-12-31')) WHERE starts NOT BETWEEN '1900-01-01' AND '2199-12-31' OR ends NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.proposals SET date = max('1900-01-01', min(date, '2199-12-31')), withdrawn = max('1900-01-01', min(withdrawn, '2199-12-31')) WHERE date NOT BETWEEN '1900-01-01' AND '2199-12-31' OR withdrawn NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.proposal_answers SET date = max('1900-01-01', min(date, '2199-12-31')) WHERE date NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.contacts SET date = max('1900-01-01', min(date, '2199-12-31')) WHERE date NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.grants SET starts = max('1900-01-01', min(starts, '2199-12-31')), ends = max('1900-01-01', min(ends, '2199-12-31')) WHERE starts NOT BETWEEN '1900-01-01' AND '2199-12-31' OR ends NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.reported_figures SET value = max(0, min(value, 1000000000000)), date = max('1900-01-01', min(date, '2199-12-31')) WHERE value NOT BETWEEN 0 AND 1000000000000 OR date NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.expected_branches SET active_from = max('1900-01-01', min(active_from, '2199-12-31')), active_to = max('1900-01-01', min(active_to, '2199-12-31')), records_from = max('1900-01-01', min(records_from, '2199-12-31')) WHERE active_from NOT BETWEEN '1900-01-01' AND '2199-12-31' OR active_to NOT BETWEEN '1900-01-01' AND '2199-12-31' OR records_from NOT BETWEEN '1900-01-01' AND '2199-12-31';
UPDATE OR IGNORE main.figures_for_branches SET value = max(0, min(value, 1000000000000)), date = max('1900-01-01', min(date, '2199-12-31')) WHERE value NOT BETWEEN 0 AND 1000000000000 OR date NOT BETWEEN '1900-01-01' AND '2199-12-31';
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (active_from IS date(active_from, ''+0 days''))', 'CHECK (active_from IS date(active_from, ''+0 days'') AND active_from BETWEEN ''1900-01-01'' AND ''2199-12-31'')') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (active_to IS date(active_to, ''+0 days''))', 'CHECK (active_to IS date(active_to, ''+0 days'') AND active_to BETWEEN ''1900-01-01'' AND ''2199-12-31'')') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (closed IS date(closed, ''+0 days''))', 'CHECK (closed IS date(closed, ''+0 days'') AND closed BETWEEN ''1900-01-01'' AND ''2199-12-31'')') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (date IS date(date, ''+0 days''))', 'CHECK (date IS date(date, ''+0 days'') AND date BETWEEN ''1900-01-01'' AND ''2199-12-31'')') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (declined IS date(declined, ''+0 days''))', 'CHECK (declined IS date(declined, ''+0 days'') AND declined BETWEEN ''1900-01-01'' AND ''2199-12-31'')') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (done IS date(done, ''+0 days''))', 'CHECK (done IS date(done, ''+0 days'') AND done BETWEEN ''1900-01-01'' AND ''2199-12-31'')') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (ends IS date(ends, ''+0 days''))', 'CHECK (ends IS date(ends, ''+0 days'') AND ends BETWEEN ''1900-01-01'' AND ''2199-12-31'')') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (enquired IS date(enquired, ''+0 days''))', 'CHECK (enquired IS date(enquired, ''+0 days'') AND enquired BETWEEN ''1900-01-01'' AND ''2199-12-31'')') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (given IS date(given, ''+0 days''))', 'CHECK (given IS date(given, ''+0 days'') AND given BETWEEN ''1900-01-01'' AND ''2199-12-31'')') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (held IS date(held, ''+0 days''))', 'CHECK (held IS date(held, ''+0 days'') AND held BETWEEN ''1900-01-01'' AND ''2199-12-31'')') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (joined IS date(joined, ''+0 days''))', 'CHECK (joined IS date(joined, ''+0 days'') AND joined BETWEEN ''1900-01-01'' AND ''2199-12-31'')') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (marked IS date(marked, ''+0 days''))', 'CHECK (marked IS date(marked, ''+0 days'') AND marked BETWEEN ''1900-01-01'' AND ''2199-12-31'')') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (records_from IS date(records_from, ''+0 days''))', 'CHECK (records_from IS date(records_from, ''+0 days'') AND records_from BETWEEN ''1900-01-01'' AND ''2199-12-31'')') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (resolved IS date(resolved, ''+0 days''))', 'CHECK (resolved IS date(resolved, ''+0 days'') AND resolved BETWEEN ''1900-01-01'' AND ''2199-12-31'')') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (starts IS date(starts, ''+0 days''))', 'CHECK (starts IS date(starts, ''+0 days'') AND starts BETWEEN ''1900-01-01'' AND ''2199-12-31'')') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (withdrawn IS date(withdrawn, ''+0 days''))', 'CHECK (withdrawn IS date(withdrawn, ''+0 days'') AND withdrawn BETWEEN ''1900-01-01'' AND ''2199-12-31'')') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (born IS date(born, ''+0 days'') OR born GLOB ''[12][0-9][0-9][0-9]'')', 'CHECK ((born IS date(born, ''+0 days'') OR born GLOB ''[12][0-9][0-9][0-9]'') AND born BETWEEN ''1900'' AND ''2199-12-31'')') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (number > 0)', 'CHECK (number BETWEEN 1 AND 999999999)') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (capacity > 0)', 'CHECK (capacity BETWEEN 1 AND 999999999)') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (unnamed >= 0)', 'CHECK (unnamed BETWEEN 0 AND 999999999)') WHERE type = 'table';
UPDATE sqlite_schema SET sql = replace(sql, 'CHECK (value >= 0)', 'CHECK (value BETWEEN 0 AND 1000000000000)') WHERE type = 'table';
PRAGMA writable_schema = RESET;
