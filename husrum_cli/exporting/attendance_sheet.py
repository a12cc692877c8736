"""The attendance sheet of a group or an event, to print or to fill in: one row a person, one column a date. An import reads it back as a grid."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ..domain.activities.activities import Activity
from ..domain.people.leaving import LEFT
from ..domain.people.lookup import Person
from ..errors import WrongInput
from ..i18n import _, decimal_mark, language
from ..importing.grids import MARK_OF_PART
from ..render.data_files import written
from ..render.listing import defused
from ..rowtypes.context import CommandContext
from .workbook import OPTIONS

_WORDS = {"da": ("Nummer", "Navn", "Uden navn"), "en": ("Number", "Name", "unnamed")}
# The same sheet gives the same bytes: what a workbook tells of when it was made is this.
_MADE = datetime(2000, 1, 1)

# Who may well come to an event: they came to something in the three months before it, are enrolled, or enquired within the year, and have
# not left since.
_YOUNG = f"""
SELECT id FROM people WHERE branch_id = :branch AND id NOT IN ({LEFT}) AND id IN (
    SELECT person_id FROM intakes WHERE ifnull(enquired, '') <= :day AND max(ifnull(enquired, ''), ifnull(held, '')) >= date(:day, '-1 year')
    UNION SELECT person_id FROM enrolment_periods WHERE :day BETWEEN starts AND ends
    UNION SELECT person_id FROM visits WHERE person_id IS NOT NULL AND date BETWEEN date(:day, '-3 months') AND :day
)"""
_VOLUNTEERS = """
SELECT id FROM people WHERE branch_id = :branch AND id IN (SELECT person_id FROM role_periods WHERE :day BETWEEN starts AND ends)
"""


def export_sheet(context: CommandContext, activity: Activity, path: Path, overwrite: bool = False) -> tuple[int, int]:
    """Writes the sheet; gives the numbers of people and dates on it. What is planned is an empty column; what was cancelled has none."""
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".xlsx"):
        raise WrongInput(_("to: “{name}” ends neither in .csv nor in .xlsx.", name=path.name), "to")
    sql = "SELECT id, date, unnamed FROM sessions WHERE activity_id = ? AND state <> 'cancelled' ORDER BY date"
    sessions = context.store.rows(sql, activity.id)
    sql = "SELECT session_id, person_id, part FROM attendance JOIN sessions ON sessions.id = session_id WHERE activity_id = ?"
    marks = {(session, person): MARK_OF_PART[part] for session, person, part in context.store.rows(sql, activity.id)}
    people = _people(context, activity, {person for _session, person in marks})
    number, name, unnamed = _WORDS.get(language(), _WORDS["en"])
    table: list[list[Any]] = [[number, name, *(date.fromisoformat(session["date"]) for session in sessions)]]
    for person in people:
        table.append([person.number, _cell(person.name or ""), *(marks.get((session["id"], person.id), "") for session in sessions)])
    table.append(["", unnamed, *(session["unnamed"] or "" for session in sessions)])
    with written(path, overwrite) as temporary:
        if suffix == ".csv":
            _write_csv(temporary, table)
        else:
            temporary.write_bytes(_workbook(table, activity.ref))
    return len(people), len(sessions)


def _people(context: CommandContext, activity: Activity, came: set[int]) -> list[Person]:
    """Everyone enrolled, leading or recorded. For an event to which nobody has come yet: everyone who may."""
    sql = "SELECT person_id FROM enrolments WHERE activity_id = ?1 UNION SELECT person_id FROM leaders WHERE activity_id = ?1"
    ids = came | {row["person_id"] for row in context.store.rows(sql, activity.id)}
    if activity.ref.startswith("E") and not came:
        visited = context.store.value("SELECT 1 FROM channels WHERE kind = ?", activity.kind)
        rows = context.store.connection.execute(_YOUNG if visited else _VOLUNTEERS, {"day": activity.starts, "branch": activity.branch_id})
        ids = ids | {row[0] for row in rows}
    return sorted((context.people.by_id[id] for id in ids), key=lambda person: person.number)


def _cell(text: str) -> str:
    """A name as a cell, on one line: nothing in it runs."""
    return defused(" ".join(text.split()))


def _write_csv(path: Path, table: list[list[Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=";" if decimal_mark() == "," else ",").writerows(table)


def _workbook(table: list[list[Any]], title: str) -> bytes:
    try:
        import xlsxwriter
    except ImportError:
        raise WrongInput(_("Writing .xlsx needs one more package: pip install 'husrum-cli[xlsx]'")) from None
    whole_file = io.BytesIO()
    with xlsxwriter.Workbook(whole_file, OPTIONS) as context:
        context.set_properties({"created": _MADE, "author": "husrum"})
        heading, day = context.add_format({"bold": True}), context.add_format({"bold": True, "num_format": "yyyy-mm-dd"})
        sheet = context.add_worksheet(title)
        sheet.set_column(0, len(table[0]) - 1, 12)
        sheet.set_column(1, 1, max(16, *(min(len(row[1]), 60) + 2 for row in table)))
        sheet.freeze_panes(1, 2)
        for line, row in enumerate(table):
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(line, place, value, day)
                elif isinstance(value, str):
                    sheet.write_string(line, place, value, None if line else heading)
                else:
                    sheet.write_number(line, place, value)
    return whole_file.getvalue()
