"""A sheet of people by dates, understood: the day of each column, whose each row is, and the mark in each cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from ...errors import HusrumError
from ...i18n import _
from ...input.dates import today
from ...input.numbers import read_count
from ...rowtypes.registry import row_type
from ..reading.workbook import CellError, Value
from .columns import column_for
from .context import SheetContext
from .dates import NeedsYear, day_number, is_date, month_and_year, names_days, parts_of, read_file_date
from .headings import column_letter
from .mapping import IGNORE
from .roster import Known
from .tables import HEADING, IGNORED, REMARK, Row, Table, shown
from .words import (
    ABSENT,
    EXCUSED,
    NO_VALUE,
    PRESENT,
    is_guests,
    is_leader,
    is_remark,
    is_total,
    is_unknown,
    mark_of,
    tidy_name,
    without_remark,
)


@dataclass(slots=True)
class GridRow:
    """Somebody's marks: day -> present, excused or absent. `texts`: what the cells say."""

    number: int
    person: Known
    leads: bool
    marks: dict[str, str]
    texts: dict[str, str]


@dataclass(slots=True)
class Grid:
    """A grid of attendance. `target`: `group:G1`, `event:E1` or `events:Title`. `days`: day -> its heading. `unnamed`: day -> (row, how many)."""

    file: str
    sheet: str
    target: str
    heading_row: int
    days: dict[str, str] = field(default_factory=dict)
    rows: list[GridRow] = field(default_factory=list)
    unnamed: dict[str, tuple[int, int]] = field(default_factory=dict)


def days_in(rows: list[Row], at: int) -> int:
    """Count the cells of a row that are dates, or days below the names of their months: the row's score as the headings of a grid."""
    number, cells = rows[at]
    if any(mark_of(shown(cell)) in (PRESENT, EXCUSED) for cell in cells if not _is_day_number(cell)):
        return 0  # somebody's row
    months = {
        place
        for row, above in rows[max(0, at - 3) : at]
        if row >= number - 3
        for place, cell in enumerate(above)
        if place and (month_and_year(shown(cell))[0] or isinstance(cell, date))
    }
    numbers = [
        (max((each for each in months if each <= place), default=0), day_number(shown(cell)))
        for place, cell in enumerate(cells)
        if _is_day_number(cell)
    ]
    return dates_in(cells) + (len(numbers) if months and len(set(numbers)) * 2 > len(numbers) else 0)


def dates_in(cells: list[Value]) -> int:
    """Count the cells that are whole dates."""
    return sum(isinstance(cell, date) or isinstance(cell, str) and is_date(cell) for cell in cells)


def is_day(cell: Value) -> bool:
    """Whether a cell may be the heading of a day: a whole date, or a day below its month."""
    return dates_in([cell]) > 0 or _is_day_number(cell)


def is_name_heading(heading: str) -> bool:
    """Whether a column is the one of names."""
    return column_for("intakes", heading) == "name" or heading.strip().casefold() == "person"


def is_person_heading(heading: str) -> bool:
    """Whether a column says whom a row is about: by name, a part of it, or number."""
    return is_name_heading(heading) or column_for("intakes", heading) in ("first_name", "last_name", "ref") or _is_number_heading(heading)


def _is_number_heading(heading: str) -> bool:
    return heading.strip().rstrip(".").casefold() in ("nr", "no", "id", "#", "number")


def understand_grid(context: SheetContext, target: str, table: Table, known_days: list[str]) -> Grid:
    """Return the marks of a sheet. `known_days`: of the group or event, which tell the year of dates that have none."""
    return _Reader(context, target, table, known_days).grid_read()


def _is_day_number(cell: Value) -> bool:
    return not isinstance(cell, bool) and day_number(shown(cell)) is not None


class _Reader:
    def __init__(self, context: SheetContext, target: str, table: Table, known_days: list[str]) -> None:
        self.context, self.table, self.known_days = context, table, known_days
        self.grid = Grid(context.file, context.sheet.name, target, table.heading_row)
        self.columns: dict[int, str] = {}  # place -> day
        self.unknown: dict[int, str] = {}  # place -> heading
        self.passed_over: set[int] = set()  # columns that only repeat the list of people
        self.number = self.loose_number = self.name = self.first = self.last = self.role = -1

    def grid_read(self) -> Grid:
        self._read_headings()
        rows, self.table.rows = self.table.rows, []
        for number, values in rows:
            if self._read_row(number, values):
                self.table.rows.append((number, values))
        return self.grid

    def _read_headings(self) -> None:
        month: int | None = None
        year: int | None = None
        width = max([len(values) for _number, values in self.table.rows] + [max(self.table.headings, default=-1) + 1], default=0)
        for place in range(width):
            above = [
                (value.month, value.year) if isinstance(value, date) else month_and_year(shown(value))
                for value in self.table.above.get(place, ())
            ]
            # The heading above a column applies to those after it, up to the next month or year; after December comes the next January.
            before, month = month, next((each for each, _year in above if each), month)
            written = next((each for _month, each in above if each), None)
            turned = year is not None and before is not None and month is not None and month < before
            year = written or (year + 1 if year and turned else year)
            self._read_heading(place, self._heading_at(place), month, year)
        self._call_months_headings()
        if self.name < 0 and self.first < 0:
            taken = self.passed_over | set(self.columns) | {self.number, self.loose_number, self.role}
            self.name = next(
                (place for place in range(min(self.columns, default=width)) if place not in taken and self._has_texts(place)), -1
            )
        self.unknown.pop(self.name, None)
        for heading in self.unknown.values():
            self.context.bad(self.table.heading_row, heading, heading, _("this heading is not a date"), "heading")
        if self.name < 0 and self.first < 0 and self.number < 0:
            self.number = self.loose_number
        if max(self.name, self.first, self.number) < 0:
            self.context.bad(self.table.heading_row, "", None, _("no heading says who the rows are about; name a column Navn or Nummer"))
        if not self.columns and not any(bad.sheet == self.grid.sheet for bad in self.context.findings.bad):
            self.context.bad(self.table.heading_row, "", None, _("no heading is a date"))

    def _heading_at(self, place: int) -> str:
        """Return a column's heading; right of the first days also one that stands higher, over this column alone: `I alt` next to months."""
        higher = [value for value in self.table.above.get(place, ()) if self.columns and isinstance(value, str)]
        alone = (
            " ".join(value.split())
            for value in higher
            if month_and_year(value) == (None, None) and sum(value in values for values in self.table.above.values()) == 1
        )
        return self.table.headings.get(place) or next(alone, "")

    def _call_months_headings(self) -> None:
        """Mark rows of months or years above the days as headings, not titles."""
        for number, values in self.context.sheet.rows:
            filled = [value for value in values if value is not None]
            if self.grid.heading_row - 3 <= number < self.grid.heading_row and all(
                isinstance(value, date) or is_name_heading(shown(value)) or month_and_year(shown(value)) != (None, None) for value in filled
            ):
                self.table.left_out[number] = HEADING

    def _read_heading(self, place: int, heading: str, month: int | None, year: int | None) -> None:
        sheet, mapping = self.context.sheet.name, self.context.mapping
        means = mapping.meaning("heading", sheet, heading) if heading else mapping.meaning("heading", sheet, column_letter(place))
        if means == IGNORE:
            return
        if means and is_date(means):
            heading = means
        elif means:
            self._name_column(place, means)
            return
        if month and (day := day_number(heading)):
            self._read_day(place, heading, f"{day}/{month}" + (f"-{year}" if year else ""))
        elif names_days(heading, below_month=month is not None):
            self.context.bad(self.table.heading_row, heading, heading, _("these are several days; a column is one day"), "heading")
        elif is_date(heading):
            self._read_day(place, heading, heading)
        elif not heading:
            if self._has_texts(place) and self.columns and not self._only_legends(place):
                letter = column_letter(place)
                self.context.bad(self.table.heading_row, letter, letter, _("the column has no heading"), "heading")
        elif not self._name_column(place, heading) and not is_total(heading):
            if re.match(r"\s*[0-9]", heading):
                self.context.bad(self.table.heading_row, heading, heading, _("this is not a date with its day and month"), "heading")
            elif self._has_texts(place):
                self.unknown[place] = heading

    def _name_column(self, place: int, heading: str) -> bool:
        """Whether a heading is one of those about the person; those that only repeat the list of people are passed over."""
        column = "name" if is_name_heading(heading) else column_for("intakes", heading) or column_for("volunteers", heading)
        again = self.loose_number >= 0 > max(self.name, self.first)
        if heading.strip().casefold() == "number" or again and _is_number_heading(heading):
            column = "ref"
        elif _is_number_heading(heading):  # mostly the row's own number; a person's if there are no names
            self.loose_number = place
            return True
        if column in ("name", "first_name", "ref") and self.columns and self._tells_others(place):
            self.context.bad(self.table.heading_row, heading, heading, _("another table begins here; move it to a sheet of its own"))
        elif column == "name" and self.name < 0:
            self.name = place
        elif column == "ref":
            self.number = place
        elif column == "first_name":
            self.first = place
        elif column == "last_name":
            self.last = place
        elif column == "role":
            self.role = place
        elif column is not None:
            self.passed_over.add(place)
        return column is not None

    def _tells_others(self, place: int) -> bool:
        """Whether a column right of days says whom its rows are about, and doesn't only repeat a column left of them."""
        rows = [[shown(value).split() for value in values] for _number, values in self.table.rows if len(values) > place]
        left = [each for each in (self.name, self.first, self.number, self.loose_number) if each >= 0]
        return any(texts[place] and all(texts[place] != texts[each] for each in left) for texts in rows)

    def _read_day(self, place: int, heading: str, text: str) -> None:
        try:
            try:
                day, completed = self._day(text, self.context.year)
            except NeedsYear as error:
                self.context.bad(self.table.heading_row, heading, heading, error.message, "year")
                day, completed = self._day(text, int(today()[:4]))  # its marks are asked about at the same time
        except HusrumError as error:
            self.context.bad(self.table.heading_row, heading, heading, error.message, "heading")
            return
        if day in self.grid.days:
            self.context.bad(self.table.heading_row, heading, heading, _("the date is there twice"), "heading")
            return
        if completed:
            self.context.findings.completed[self.grid.sheet, _("headings"), completed] += 1
        self.columns[place] = day
        self.grid.days[day] = heading

    def _day(self, text: str, year: int | None) -> tuple[str, str]:
        """Return the day of a heading; one without a year is that of the group's days, else of the year that was given."""
        day, month, written = parts_of(text)
        if written is None:
            fitting = [known for known in self.known_days if known.endswith(f"-{month:02}-{day:02}")]
            if len(fitting) == 1:
                return fitting[0], "year"
        if written is None and year is None and self.known_days:
            start = self.known_days[0]
            year = int(start[:4]) + (f"{month:02}-{day:02}" < start[5:])
        return read_file_date(text, year, to_come=True)

    def _has_texts(self, place: int) -> bool:
        return any(len(values) > place and values[place] is not None for _number, values in self.table.rows)

    def _only_legends(self, place: int) -> bool:
        texts = [values[place] for _number, values in self.table.rows if len(values) > place and values[place] is not None]
        return all(isinstance(text, str) and ("=" in text or len(text) > 25 or text.rstrip().endswith(":")) for text in texts)

    def _read_row(self, number: int, values: list[Value]) -> bool:
        """Read a row; False if it is left out."""

        def text(place: int) -> str:
            return "" if not 0 <= place < len(values) else shown(values[place]).strip()

        name = text(self.name) or f"{text(self.first)} {text(self.last)}".strip()
        for value in (values[place] for place in (self.number, self.name, self.first, self.last) if 0 <= place < len(values)):
            if isinstance(value, CellError):
                self.context.cell_error(number, self._heading(self.name), value)
                return True
        marked = any(place in self.columns and value is not None for place, value in enumerate(values))
        label = (
            name
            or text(self.number)
            or next((text(place) for place in range(len(values)) if place not in self.columns and text(place)), "")
        )
        if (is_guests(label) or is_guests(self.context.meaning_of_name(label) or "")) and not text(self.number).isdigit():
            self._read_unnamed(number, values)
            return True
        if not marked and (not name or is_remark(name)) and not text(self.number).isdigit():
            self.table.left_out[number] = REMARK
            return False
        ref = text(self.number) if text(self.number).isdigit() else ""
        if self.context.meaning_of_name(name) == IGNORE:
            self.table.left_out[number] = IGNORED
            return False
        person = self._person(number, ref, name) if name or ref else None
        marks, texts = self._marks(number, values, numbers=person is not None)
        if not name and not ref:
            if any(texts.values()):
                self.context.bad(number, self._heading(self.name), None, _("nobody is named in this row"))
            return True
        if person is not None:
            remark = f"{without_remark(name)[1]} {text(self.role)}"
            self._keep(GridRow(number, person, is_leader(remark), marks, texts))
        return True

    def _person(self, number: int, ref: str, name: str) -> Known | None:
        heading = self._heading(self.number if ref else self.name)
        known = self.context.roster.by_number.get(int(ref)) if ref else None
        if known is not None and (not name or _may_be(known, name)):
            return known
        if known is not None and known.in_file:
            why = _("number {number} is {person}", number=ref, person=known.name or "?")
            self.context.bad(number, heading, ref, why)
            return None
        if ref and not name:
            self.context.bad(number, heading, ref, _("nobody has this number"))
            return None
        return self.context.who(number, self._heading(self.name), name)

    def _marks(self, number: int, values: list[Value], numbers: bool) -> tuple[dict[str, str], dict[str, str]]:
        """Return the marks of a row by day, and what its cells say. `numbers`: whether one that is no mark is wrong; in an unknown row it may be of guests."""
        marks: dict[str, str] = {}
        texts: dict[str, str] = {}
        for place, day in self.columns.items():
            value = values[place] if place < len(values) else None
            text = shown(value).strip()
            heading = self.grid.days[day]
            if isinstance(value, CellError):
                self.context.cell_error(number, heading, value)
                continue
            means = self.context.mapping.meaning("value", self.grid.sheet, text, heading) if text else None
            mark = ABSENT if means in (NO_VALUE, IGNORE) else mark_of(means or text)
            if mark is None and means is None and is_unknown(text):
                mark = ABSENT
                self.context.findings.completed[self.grid.sheet, _("cells"), "unknown"] += 1
            if mark is None and text.isdigit() and not numbers:
                continue
            if mark is None:
                why = _("write x for present, a for excused, and leave the cell empty for not there")
                self._bad_mark(number, text, why)
                continue
            marks[day], texts[day] = mark, text
        return marks, texts

    def _bad_mark(self, number: int, text: str, why: str) -> None:
        """Report an unknown mark; the same text means the same in all columns."""
        self.context.bad(number, "", text, why, "value")

    def _read_unnamed(self, number: int, values: list[Value]) -> None:
        for place, day in self.columns.items():
            value = values[place] if place < len(values) else None
            heading = self.grid.days[day]
            text = shown(value).strip()
            if isinstance(value, CellError):
                self.context.cell_error(number, heading, value)
                continue
            text = self.context.mapping.meaning("value", self.grid.sheet, text, heading) or text if text else ""
            if text in ("", NO_VALUE, IGNORE) or is_unknown(text):
                continue
            try:
                count = read_count(text, "unnamed")
            except HusrumError as error:
                self.context.bad(number, heading, text, error.message, "value", name="unnamed")
                continue
            row, before = self.grid.unnamed.get(day, (number, 0))
            self.grid.unnamed[day] = row, before + count

    def _keep(self, row: GridRow) -> None:
        """Keep a row. A person in two rows was there if either of them says so."""
        for first in self.grid.rows:
            if first.person is row.person:
                note = _("{sheet}: {person} has two rows, which were read as one.", sheet=self.grid.sheet, person=row.person.shown)
                self.context.findings.notes.append(note)
                for day, mark in row.marks.items():
                    if _RANK[mark] > _RANK[first.marks.get(day, ABSENT)]:
                        first.marks[day], first.texts[day] = mark, row.texts[day]
                first.leads = first.leads or row.leads
                return
        self.grid.rows.append(row)

    def _heading(self, place: int) -> str:
        return self.table.headings.get(place) or row_type("intakes").word("name")


_RANK = {ABSENT: 0, EXCUSED: 1, PRESENT: 2}


def _may_be(known: Known, name: str) -> bool:
    """Whether a name next to a number can be that person's. This detects a sheet whose names were sorted without their numbers."""
    own = re.split(r"[\s.]+", f"{known.name or name} {known.called}".casefold())
    words = re.split(r"[\s.]+", tidy_name(without_remark(name)[0]).casefold())
    return all(any(each.startswith(word) for each in own) for word in words if word)
