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
