"""Retention: people not seen for so long that they could be anonymised, and backups that still contain what was removed."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Any

from ...errors import UnusableFile, WrongInput
from ...i18n import _
from ...input.dates import today
from ...store import Store
from ...store.backup import OtherCopy, find_copies, folders_around
from ..befriending.matches import FOREVER
from ..branches import Record, branch_of
from .erasure import RUNNING

_YEARS = ("y", "year", "years", "å", "år")
_MONTHS = ("m", "month", "months", "måned", "måneder")
# Every trace of somebody: what it was, and its day. The meetings of a pair are within their match.
_TRACES = """
SELECT person_id, date AS day, part AS what FROM attendance JOIN sessions ON sessions.id = session_id WHERE part <> 'excused' AND state = 'held'
UNION ALL SELECT person_id, held, 'interview' FROM intakes
UNION ALL SELECT person_id, enquired, 'enquiry' FROM intakes
UNION ALL SELECT person_id, ifnull(ends, min(ifnull(closed, enrolments.starts), :today)), 'enrolled in' FROM enrolments JOIN activities ON activities.id = activity_id
UNION ALL SELECT person_id, ifnull(ends, min(ifnull(closed, ifnull(leaders.starts, activities.starts)), :today)), 'leads' FROM leaders
    JOIN activities ON activities.id = activity_id
UNION ALL SELECT person_id, ifnull(ends, starts), 'Hjerteven' FROM matches
UNION ALL SELECT volunteer_id, ifnull(ends, starts), 'Hjerteven for' FROM matches
UNION ALL SELECT iif(side = 'person', person_id, volunteer_id), proposal_answers.date, 'contact' FROM proposal_answers
    JOIN proposals ON proposals.id = proposal_id
UNION ALL SELECT person_id, ifnull(ends, starts), 'role' FROM roles
UNION ALL SELECT person_id, joined, 'role' FROM volunteers
UNION ALL SELECT person_id, iif(ends = :forever, starts, ends), 'waits for a Hjerteven' FROM waiting
UNION ALL SELECT person_id, date, 'contact' FROM contacts
UNION ALL SELECT person_id, ifnull(declined, date), 'applied' FROM volunteer_applications
UNION ALL SELECT person_id, date, 'hours' FROM volunteer_hours
UNION ALL SELECT person_id, done, 'reminder' FROM reminders
UNION ALL SELECT person_id, date, 'left' FROM leaving
UNION ALL SELECT person_id, date, 'moved on to' FROM onward
UNION ALL SELECT person_id, date, 'seen' FROM attests
UNION ALL SELECT person_id, ifnull(withdrawn, given), 'consent' FROM consents
"""
_UNSEEN = f"""
SELECT people.id, branch_id, number, name, max(day) AS day, what FROM people LEFT JOIN ({_TRACES}) AS traces ON traces.person_id = people.id AND day <= :today
WHERE (name IS NOT NULL OR phone IS NOT NULL OR email IS NOT NULL OR length(born) > 4)
    AND NOT EXISTS (SELECT 1 FROM removed_people WHERE removed_people.branch_id = people.branch_id AND removed_people.number = people.number)
GROUP BY people.id HAVING ifnull(day, '') < :cutoff ORDER BY ifnull(day, ''), branch_id, number
"""


def cutoff_of(text: str) -> str:
    """Return the day before which somebody must have been seen last: `2y` or `18m` before today. Raises `WrongInput`."""
    found = re.fullmatch(r"\s*([0-9]{1,3})\s*([^\W\d_]+)\s*", text)
    unit = found[2].casefold() if found else ""
    if found is None or int(found[1]) < 1 or unit not in (*_YEARS, *_MONTHS):
        raise WrongInput(_("older_than: “{text}” is not a length of time; write 2y or 18m.", text=text), "older_than")
    from dateutil.relativedelta import relativedelta

    number = int(found[1])
    back = relativedelta(years=number) if unit in _YEARS else relativedelta(months=number)
    try:
        day: date = date.fromisoformat(today()) - back
        return day.isoformat()
    except (ValueError, OverflowError):
        raise WrongInput(_("older_than: “{text}” is not a length of time; write 2y or 18m.", text=text), "older_than") from None


def unseen_people(store: Store, cutoff: str) -> list[Record]:
    """Return named people whose last trace is older than a day, and for whom nothing still runs; the longest unseen first."""
    running: set[Any] = {row[0] for sql in RUNNING.values() for row in store.rows(sql, today())}
    values = {"today": today(), "cutoff": cutoff, "forever": FOREVER}
    return [
        {
            **branch_of(store, row["branch_id"]),
            "person": row["number"],
            "name": row["name"],
            "unseen_since": row["day"],
            "what": row["what"],
        }
        for row in store.connection.execute(_UNSEEN, values)
        if row["id"] not in running
    ]


def old_backups(store: Store, cutoff: str, folders: Iterable[Path]) -> list[OtherCopy]:
    """Return files of the same city around the file and in these folders that were last written before a day, or contain somebody removed from the file."""
    named = list(folders)
    for folder in named:
        if not os.path.isdir(folder):
            raise UnusableFile(_("{path} is not a folder.", path=folder))
    copies = find_copies(store, [*folders_around(store.path), *named])
    return [copy for copy in copies if copy.written < cutoff or copy.still_holds]
