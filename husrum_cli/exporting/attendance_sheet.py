"""The attendance sheet of a group or an event, to print or to fill in: one row a person, one column a date. An import reads it back as a grid."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

from ..domain.activities.activities import Activity
from ..domain.people.called_names import called_names
from ..domain.people.leaving import LEFT
from ..domain.people.lookup import Person
from ..extras import missing_extra
from ..i18n import _, language, pgettext
from ..i18n.collation import danish_key
from ..importing.grids import MARK_OF_PART
from ..input.dates import today
from ..render.data_files import csv_delimiter, file_format, open_output
from ..render.listing import escape_formula
from ..rowtypes.context import CommandContext
from .workbook import OPTIONS

_WORDS = {"da": ("Nummer", "Navn", "Uden navn"), "en": ("Number", "Name", "unnamed")}
# The same sheet gives the same bytes: this is the time of creation in every workbook.
_MADE = datetime(2000, 1, 1)
# In a workbook: the line of the headings, below title and place; lines for those who are new; how many dates are written across; and how many rows can be
# read on one page.
_HEADING, _EMPTY_ROWS, _MOST_DATES, _MOST_ROWS = 3, 3, 8, 45
_A4 = 9

# People who may well come to an event: they came to something in the three months before it, are enrolled, or enquired within the year, and have
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
    """Write the sheet, and return the numbers of people and dates on it. A planned occasion is an empty column; a cancelled one has none."""
    kind = file_format(path, ("xlsx", "csv"))
    sql = "SELECT id, date, unnamed FROM sessions WHERE activity_id = ? AND state <> 'cancelled' ORDER BY date"
    sessions = context.store.rows(sql, activity.id)
    sql = "SELECT session_id, person_id, part FROM attendance JOIN sessions ON sessions.id = session_id WHERE activity_id = ?"
    marks = {(session, person): MARK_OF_PART[part] for session, person, part in context.store.rows(sql, activity.id)}
    people = _people(context, activity, {person for _session, person in marks})
    number, name, unnamed = _WORDS.get(language(), _WORDS["en"])
    names = {person.id: person.name or "" for person in people} if kind == "csv" else called_names(people)
    if kind == "xlsx":  # on paper somebody is found by what they are called
        people.sort(key=lambda person: danish_key(names[person.id]))
    table: list[list[Any]] = [[number, name, *(date.fromisoformat(session["date"]) for session in sessions)]]
    for person in people:
        table.append([person.number, _cell(names[person.id]), *(marks.get((session["id"], person.id), "") for session in sessions)])
    table.append(["", unnamed, *(session["unnamed"] or "" for session in sessions)])
    with open_output(path, overwrite) as temporary:
        if kind == "csv":
            _write_csv(temporary, table)
        else:
            temporary.write_bytes(_workbook(table, activity, _about(context, activity)))
    return len(people), len(sessions)


def _about(context: CommandContext, activity: Activity) -> str:
    """Describe the place, and who leads or organises it."""
    place = context.store.value("SELECT name FROM partners JOIN activities ON venue_id = partners.id WHERE activities.id = ?", activity.id)
    sql = "SELECT DISTINCT person_id FROM leaders WHERE activity_id = ?"
    leading = called_names([context.people.by_id[row[0]] for row in context.store.rows(sql, activity.id)])
    leaders = ", ".join(sorted(leading.values(), key=danish_key))
    return " · ".join(f"{word}: {text}" for word, text in ((_("Venue"), place), (_("Led by"), leaders)) if text)


def _people(context: CommandContext, activity: Activity, came: set[int]) -> list[Person]:
    """Return everyone enrolled who has not left HUSRUM, leading or recorded. For an event to which nobody has come yet: everyone who may."""
    sql = f"SELECT person_id FROM enrolments WHERE activity_id = :group AND person_id NOT IN ({LEFT}) UNION SELECT person_id FROM leaders WHERE activity_id = :group"
    ids = came | {row[0] for row in context.store.connection.execute(sql, {"group": activity.id, "day": today()})}
    if activity.ref.startswith("E") and not came:
        visited = context.store.value("SELECT 1 FROM channels WHERE kind = ?", activity.kind)
        rows = context.store.connection.execute(_YOUNG if visited else _VOLUNTEERS, {"day": activity.starts, "branch": activity.branch_id})
        ids = ids | {row[0] for row in rows}
    return sorted((context.people.by_id[id] for id in ids), key=lambda person: person.number)


def _cell(text: str) -> str:
    """Return a name as a cell, on one line: nothing in it runs."""
    return escape_formula(" ".join(text.split()))


def _write_csv(path: Path, table: list[list[Any]]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file, delimiter=csv_delimiter()).writerows(table)


def _workbook(table: list[list[Any]], activity: Activity, about: str) -> bytes:
    """Return the sheet to print: title, place and leaders above the table, with room to write in those who are new. On one page, unless there are too many people."""
    try:
        import xlsxwriter
    except ImportError:
        raise missing_extra("xlsx") from None
    heading, *rows, last = table
    table = [heading, *rows, *([[""] * len(heading)] * _EMPTY_ROWS), last]
    crowded = len(heading) - 2 > _MOST_DATES
    whole_file = io.BytesIO()
    with xlsxwriter.Workbook(whole_file, OPTIONS) as book:
        book.set_properties({"created": _MADE, "author": "husrum"})
        title, small = book.add_format({"bold": True, "font_size": 16}), book.add_format({"font_size": 11})
        bordered = {"border": 1, "valign": "vcenter"}
        text, mark = book.add_format(bordered), book.add_format({**bordered, "align": "center"})
        words = book.add_format({**bordered, "bold": True})
        day_format = pgettext("date in a table", "yyyy-MM-dd").lower()
        day = book.add_format({**bordered, "bold": True, "align": "center", "num_format": day_format, "rotation": 90 if crowded else 0})
        sheet = book.add_worksheet(activity.ref)
        sheet.write_string(0, 0, _cell(activity.display_name), title)
        sheet.write_string(1, 0, _cell(about), small)
        sheet.set_column(0, 0, 9)
        sheet.set_column(1, 1, max(16, *(min(len(row[1]), 60) + 2 for row in table)))
        sheet.set_column(2, max(2, len(heading) - 1), 6 if crowded else 12)
        sheet.set_row(_HEADING, 78 if crowded else 22)
        for line, row in enumerate(table, _HEADING):
            if line > _HEADING:
                sheet.set_row(line, 20)
            for place, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(line, place, value, day)
                elif value == "":
                    sheet.write_blank(line, place, None, text)
                elif isinstance(value, str):
                    sheet.write_string(line, place, value, words if line == _HEADING else mark if place > 1 else text)
                else:
                    sheet.write_number(line, place, value, mark)
        sheet.freeze_panes(_HEADING + 1, 2)
        if crowded or len(table) <= _MOST_ROWS:
            sheet.set_landscape()
        sheet.set_paper(_A4)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.fit_to_pages(1, 1 if len(table) <= _MOST_ROWS else 0)
        sheet.repeat_rows(_HEADING)
        sheet.print_area(0, 0, _HEADING + len(table) - 1, max(6, len(heading) - 1))
        sheet.set_footer("&L" + _("x: came   a: excused"))
    return whole_file.getvalue()
