"""Open issues of a year's figures, each with the command that fixes it."""

from __future__ import annotations

from collections.abc import Iterator

from ...input.choices import spoken
from ...input.dates import today
from ...records import Period
from ...store import Store
from ...vocabulary import TARGET_OUTCOME
from ..checks import LIKELY_TWICE, unrecorded_days
from ..duty_of_care import CONSENT_MISSING, CONSENT_WITHDRAWN
from ..problems import Definition, Problem, find_problems

# Someone with the year's interview, attendance or match, or a volunteer role in it.
_OF_THE_YEAR = """
    SELECT person_id AS id FROM visits WHERE named AND date BETWEEN :first AND :last
    UNION SELECT person_id FROM match_periods WHERE starts <= :last AND ends >= :first
    UNION SELECT person_id FROM role_periods WHERE starts <= :last AND ends >= :first"""

YEAR_END_CHECKS: tuple[Definition, ...] = (
    *unrecorded_days("obstacle", "AND date BETWEEN :first AND :last"),
    Definition(
        "remark",
        "Interviewed on {date}; it is not recorded how they found the way here.",
        "husrum intake edit {intake} --source CODE",
        """
        SELECT person_id AS person, held AS date, id AS intake FROM intakes
        WHERE held BETWEEN :first AND :last AND NOT EXISTS (SELECT 1 FROM answers WHERE intake_id = intakes.id AND question = 'source')""",
    ),
    Definition(
        "remark",
        "No birth date is recorded.",
        "husrum person edit {person} --born DATE",
        f"SELECT id AS person, 1 FROM people WHERE born IS NULL AND id IN ({_OF_THE_YEAR})",
    ),
    LIKELY_TWICE._replace(sql=f"{LIKELY_TWICE.sql} AND (one.id IN ({_OF_THE_YEAR}) OR two.id IN ({_OF_THE_YEAR}))"),
    *(each._replace(sql=f"{each.sql} HAVING date BETWEEN :first AND :last") for each in (CONSENT_MISSING, CONSENT_WITHDRAWN)),
    Definition(
        "remark",
        "Has a Hjerteven since {date}; no contact is recorded in the year.",
        "husrum match contact {person}",
        """
        SELECT person_id AS person, starts AS date FROM matches
        WHERE id IN (SELECT id FROM match_periods WHERE starts <= :last AND ends >= :first) AND NOT EXISTS (
            SELECT 1 FROM contacts WHERE contacts.person_id = matches.person_id AND contacts.date BETWEEN :first AND :last)""",
    ),
    Definition(
        "remark",
        "The last planned meeting was on {date}; until the group is closed, nobody has completed it.",
        "husrum group close {activity} --date {date}",
        """
        SELECT activities.id AS activity, max(date) AS date FROM activities JOIN sessions ON activity_id = activities.id
        WHERE kind = 'talk' AND closed IS NULL AND state <> 'cancelled'
        GROUP BY activities.id HAVING date BETWEEN :first AND :last AND date < :today""",
    ),
)


def year_status(store: Store, year: int) -> list[Problem]:
    """List everything worth fixing before the year is closed; first what blocks closing, the year's targets last."""
    found = find_problems(store, YEAR_END_CHECKS, {"first": f"{year}-01-01", "last": f"{year}-12-31", "today": today()})
    return [*found, *_targets(store, year)]


def _targets(store: Store, year: int) -> Iterator[Problem]:
    """Yield the targets without an outcome that ended in the year, or end in it and are behind, each with how far it came."""
    if store.value("SELECT 1 FROM targets WHERE outcome IS NULL AND substr(ends, 1, 4) = ?", str(year)) is None:
        return  # computing figures takes time
    from ..money.targets import target_records, target_sentence, targets_behind

    day = today()
    late = {(each.get("branch"), each["number"]) for each in targets_behind(store, day)}
    for each in target_records(store, touching=Period("", f"{year}-01-01", f"{year}-12-31")):
        if each["outcome"] is not None or each["ends"][:4] != str(year):
            continue
        if each["ends"] >= day and (each.get("branch"), each["number"]) not in late:
            continue
        outcomes = "|".join(spoken(TARGET_OUTCOME, code).split()[0] for code in TARGET_OUTCOME)
        yield Problem("remark", target_sentence(each), each.get("branch") or "", f"husrum target mark {each['number']} {outcomes}")
