"""The dated history of a person: SQL for `date`, `until`, `what` and `detail`, in order."""

HISTORY = """
SELECT enquired AS date, NULL AS until, 'enquiry' AS what, '' AS detail FROM intakes WHERE person_id = :id
UNION ALL SELECT held, NULL, 'interview', '' FROM intakes WHERE person_id = :id AND held IS NOT NULL
UNION ALL SELECT starts, ends, 'role', role FROM roles WHERE person_id = :id
UNION ALL SELECT date, declined, 'applied', ifnull((SELECT group_concat(role, ', ') FROM application_roles WHERE application_id = applications.id), '')
    FROM volunteer_applications AS applications WHERE person_id = :id
UNION ALL SELECT date, NULL, 'seen', kind FROM attests WHERE person_id = :id
UNION ALL SELECT enrolments.starts, ends, 'enrolled in', ref || ' ' || ifnull(title, '') FROM enrolments JOIN activities ON activities.id = activity_id WHERE person_id = :id
UNION ALL SELECT leaders.starts, ends, 'leads', ref || ' ' || ifnull(title, '') FROM leaders JOIN activities ON activities.id = activity_id
    WHERE person_id = :id AND kind IN ('talk', 'network')
UNION ALL SELECT date, NULL, part, ref || ' ' || ifnull(title, '') FROM attendance JOIN sessions ON sessions.id = session_id
    JOIN activities ON activities.id = activity_id WHERE person_id = :id AND state = 'held'
UNION ALL SELECT waiting.starts, nullif(waiting.ends, :forever), 'waits for a Hjerteven', ifnull(waits.reason, '') FROM waiting JOIN waits USING (id)
    WHERE waiting.person_id = :id
UNION ALL SELECT ifnull(offers.starts, joined), offers.ends, 'offers to be a Hjerteven',
    ifnull((SELECT group_concat(part, '; ') FROM (SELECT label || group_concat(value, ', ') AS part FROM (
        SELECT CASE kind WHEN 'avoid' THEN 'avoids: ' WHEN 'about' THEN 'about themselves: ' ELSE '' END AS label, value
        FROM preferences WHERE offer_id = offers.id ORDER BY 1, id) GROUP BY label)), '')
    FROM offers LEFT JOIN volunteers USING (person_id) WHERE person_id = :id
UNION ALL SELECT matches.starts, ends, 'Hjerteven', number || ' ' || ifnull(name, '') FROM matches JOIN people ON people.id = volunteer_id WHERE person_id = :id
UNION ALL SELECT matches.starts, ends, 'Hjerteven for', number || ' ' || ifnull(name, '') FROM matches JOIN people ON people.id = person_id WHERE volunteer_id = :id
UNION ALL SELECT proposals.date, NULL, 'proposed', number || ' ' || ifnull(name, '') FROM proposals JOIN people ON people.id = volunteer_id WHERE person_id = :id
UNION ALL SELECT proposals.date, NULL, 'proposed', number || ' ' || ifnull(name, '') FROM proposals JOIN people ON people.id = person_id WHERE volunteer_id = :id
UNION ALL SELECT proposal_answers.date, NULL, 'accepted', '' FROM proposal_answers JOIN proposals ON proposals.id = proposal_id
    WHERE accepted AND iif(side = 'person', person_id, volunteer_id) = :id
UNION ALL SELECT proposal_answers.date, NULL, 'declined', ifnull(reason, '') FROM proposal_answers JOIN proposals ON proposals.id = proposal_id
    WHERE NOT accepted AND iif(side = 'person', person_id, volunteer_id) = :id
UNION ALL SELECT pauses.starts, pauses.ends, 'pause', ifnull(pauses.reason, '') FROM pauses JOIN matches ON matches.id = match_id WHERE :id IN (person_id, volunteer_id)
UNION ALL SELECT date, NULL, 'contact', ifnull(note, '') FROM contacts WHERE person_id = :id
UNION ALL SELECT pair_meetings.date, NULL, 'the pair met', iif(hours IS NULL, '', printf('%g h ', hours)) || ifnull(note, '') FROM pair_meetings
    JOIN matches ON matches.id = match_id WHERE :id IN (person_id, volunteer_id)
UNION ALL SELECT date, NULL, 'hours', printf('%g h ', hours) || ifnull(what, '') FROM volunteer_hours WHERE person_id = :id
UNION ALL SELECT date, done, 'reminder', ifnull(note, '') FROM reminders WHERE person_id = :id
UNION ALL SELECT date, NULL, 'moved on to', ifnull(name, '') FROM onward LEFT JOIN partners ON partners.id = partner_id WHERE person_id = :id
UNION ALL SELECT date, NULL, 'left', ifnull(reason, '') FROM leaving WHERE person_id = :id
UNION ALL SELECT given, withdrawn, 'consent', purpose FROM consents WHERE person_id = :id
ORDER BY 1, 3
"""
