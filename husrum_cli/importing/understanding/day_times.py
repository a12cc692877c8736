"""Times of day in a list with a column of days: `20.10` beside a day is ten past eight in the evening, not 20 October."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from ...domain.activities.events import LONGEST_TRIP
from ...errors import WrongInput
from ...i18n import _
from ...rowtypes.registry import row_type
from ..reading.workbook import Value
from .context import SheetContext
from .dates import date_parts, is_date, read_file_date
from .tables import cell_text
from .values import is_date_column
from .words import is_unknown

_WORDS = frozenset(
    [
        "kl",
        "klokken",
        "klokkeslæt",
        "tid",
        "tider",
        "tidspunkt",
        "mødetid",
        "starttid",
        "sluttid",
        "starttidspunkt",
        "sluttidspunkt",
        "start",
        "starter",
        "begynder",
        "slut",
        "slutter",
        "fra",
        "til",
        "og",
        "time",
        "times",
        "hour",
        "starts",
        "begins",
        "end",
        "ends",
        "from",
        "to",
    ]
)
_CLOCK = r"(?:ca\.?\s*)?(?:kl\.?\s*)?(?:[01]?[0-9]|2[0-4])(?:\.[0-5][0-9]|:[0-5][0-9](?::[0-5][0-9])?)?(?:\s*[ap]\.?m\.?)?"
_TIMES = re.compile(rf"(?:fra\s+)?{_CLOCK}(?:\s*(?:[-–—]|\btil\b|\bto\b)\s*{_CLOCK})?", re.IGNORECASE)


def days_of_rows(columns: Iterable[tuple[str | None, list[tuple[int, Value]]]]) -> dict[int, Value]:
    """Return the day of each row (row number -> cell), of the first column of days (its meaning, its cells) that is not one of times."""
    return next((dict(cells) for column, cells in columns if column == "date" and not _are_like_times(dict(cells).values())), {})


def leave_out_times(
    context: SheetContext, kind: str, heading_row: int, heading: str, column: str | None, cells: dict[int, Value], days: dict[int, Value]
) -> bool:
    """Return whether a column beside that of the days is left out: it holds times of day, or may hold them, which is asked."""
    may_be = _may_head_times(heading) if column is None else is_date_column(kind, column)
    if not (days and cells and may_be) or context.exact or not _are_like_times(cells.values()):
        return False
    are = True if column is None else _are_times(cells, days)
    if are:
        note = _("{sheet}: the column “{heading}” holds times of day, and was left out.", sheet=context.sheet.name, heading=heading)
        context.findings.notes.append(note)
    elif are is None and column is not None:
        word = row_type(kind).word(column)
        why = _("these may be times of day, or days without a year; {column}: days, ignore: leave the column out", column=word)
        context.add_issue(heading_row, heading, heading, why, "heading")
    return are is not False


def _may_head_times(heading: str) -> bool:
    """Whether a heading may be above times of day: `Kl.`, `Slut`, `Start kl.`."""
    words = re.findall(r"[^\W\d_]+", heading.casefold())
    return bool(words) and all(word in _WORDS for word in words)


def _are_like_times(cells: Iterable[Value]) -> bool:
    """Whether all cells may be times of day, and not all of them are mere numbers."""
    texts = _texts(cells)
    return all(map(_TIMES.fullmatch, texts)) and not all(map(str.isdigit, texts))


def _are_times(cells: Mapping[int, Value], days: Mapping[int, Value]) -> bool | None:
    """Whether cells that are like times (row number -> cell) are times and not days of the same rows' events. None if they may be either.

    If each may be a day without its year, they are times when one would end its event before it starts, or too long after.
    """
    if not all(map(is_date, _texts(cells.values()))):
        return True
    try:
        starts = {
            number: date.fromisoformat(read_file_date(cell_text(days[number]), to_come=True).iso) for number in cells if number in days
        }
    except WrongInput:
        return False
    return None if all(_ends(_text(cells[number]), start) for number, start in starts.items()) else True


def _ends(text: str, start: date) -> bool:
    """Whether an event that starts on a day may end on one without a year."""
    if is_unknown(text):
        return True
    day, month, _year = date_parts(text)
    for year in (start.year, start.year + 1):
        try:
            if 0 <= (date(year, month, day) - start).days < LONGEST_TRIP:
                return True
        except ValueError:
            continue
    return False


def _texts(cells: Iterable[Value]) -> list[str]:
    return [text for text in map(_text, cells) if not is_unknown(text)]


def _text(value: Value) -> str:
    """Return a cell's text. A spreadsheet that knows no time with a dot keeps 20.10 as a number."""
    return f"{value:.2f}" if isinstance(value, float) else " ".join(cell_text(value).split())
