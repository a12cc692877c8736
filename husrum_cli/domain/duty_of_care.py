"""Duties towards people: their age, their consents, and how long those who never started are kept."""

from __future__ import annotations

from typing import Any

from ..input.dates import months_before, today
from ..store import Store
from .people.consents import UNCONSENTED
from .problems import Definition
from .settings import setting

# The youngest and the oldest that somebody can have been, if only the year is known.
_AGE_ON = "substr(date, 1, 4) - substr(born, 1, 4) - iif(length(born) > 4, substr(date, 6) < substr(born, 6), {unsure})"
# Applicants who never started and are nothing else here, with the last that is known of them.
NEVER_STARTED = """SELECT people.id AS person_id, max(day) AS date FROM people JOIN (
        SELECT person_id, ifnull(declined, date) AS day FROM volunteer_applications UNION ALL SELECT person_id, date FROM attests
    ) AS traces ON traces.person_id = people.id
    WHERE name IS NOT NULL AND EXISTS (SELECT 1 FROM volunteer_applications WHERE person_id = people.id)
        AND NOT EXISTS (SELECT 1 FROM roles WHERE person_id = people.id) AND NOT EXISTS (SELECT 1 FROM intakes WHERE person_id = people.id)
        AND NOT EXISTS (SELECT 1 FROM reminders WHERE person_id = people.id AND done IS NULL)
    GROUP BY people.id HAVING ifnull(date, '') < :kept_from"""

CONSENT_MISSING = Definition(
    "remark",
    "Answers about health since {date}, and no consent that they are stored.",
    "husrum person consent {person} health_data",
    f"SELECT person_id AS person, min(date) AS date FROM ({UNCONSENTED}) WHERE withdrawn IS NULL GROUP BY person_id",
)
CONSENT_WITHDRAWN = Definition(
    "remark",
    "Answers about health since {date}; the consent that they are stored was withdrawn on {withdrawn}.",
    "husrum person consent {person} health_data",
    f"SELECT person_id AS person, min(date) AS date, withdrawn FROM ({UNCONSENTED}) WHERE withdrawn IS NOT NULL GROUP BY person_id",
)
DUTY_OF_CARE: tuple[Definition, ...] = (
    Definition(
        "remark",
        "Was {age} years old at the enquiry on {date}, outside {lowest}-{highest}: born {born}.",
        "husrum person edit {person} --born DATE",
        f"""
        SELECT person_id AS person, max(date) AS date, iif(youngest = oldest, oldest, youngest || '-' || oldest) AS age, :age_from AS lowest, :age_to AS highest, born FROM (
            SELECT person_id, born, date, {_AGE_ON.format(unsure=1)} AS youngest, {_AGE_ON.format(unsure=0)} AS oldest
            FROM (SELECT person_id, born, coalesce(enquired, held) AS date FROM intakes JOIN people ON people.id = person_id WHERE born IS NOT NULL)
        )
        WHERE (oldest < :age_from OR youngest > :age_to) AND youngest BETWEEN 10 AND 100 GROUP BY person_id""",
    ),
    CONSENT_MISSING,
    CONSENT_WITHDRAWN,
    Definition(
        "remark",
        "Applied to volunteer and never started; nothing since {date}, for longer than the {months} months that such are kept.",
        "husrum person anonymise {person}",
        f"SELECT person_id AS person, date, :kept_months AS months FROM ({NEVER_STARTED})",
    ),
)


def values_of(store: Store) -> dict[str, Any]:
    """Return the values that the queries take from the settings."""
    months = setting(store, "retention_months")
    kept_from = months_before(today(), months)
    return {"age_from": setting(store, "age_from"), "age_to": setting(store, "age_to"), "kept_months": months, "kept_from": kept_from}
