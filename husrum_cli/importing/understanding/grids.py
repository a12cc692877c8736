"""A sheet of people by dates, understood: the day of each column, whose each row is, and the mark in each cell."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...errors import HusrumError
from ...i18n import _
from ...input.numbers import read_count
from ...rowtypes.registry import row_type
from ..reading.workbook import CellError, Value
from .columns import column_for
from .context import SheetContext
from .findings import NAMESAKE
from .grid_headings import GridHeadings
from .mapping import IGNORE, NEW
from .roster import RosterPerson
from .tables import IGNORED, REMARK, Table, cell_text
from .words import (
    ABSENT,
    EXCUSED,
    NO_VALUE,
    PRESENT,
    is_guests,
    is_leader_remark,
    is_remark,
    is_unknown,
    is_volunteer_remark,
    mark_of,
    may_be_guests,
    tidy_name,
    without_remark,
)


@dataclass(slots=True)
class GridRow:
    """Somebody's marks: day -> present, excused or absent. `name`: as it is written; `texts`: what the cells say; `helped`: the days as a volunteer."""

    number: int
    person: RosterPerson
    name: str
    leads: bool
    marks: dict[str, str]
    texts: dict[str, str]
    helped: set[str] = field(default_factory=set)


@dataclass(slots=True)
class Grid:
    """A grid of attendance. `target`: `group:G1`, `event:E1` or `events:Title`. `days`: day -> its heading. `unnamed`: day -> (row, how many).

    `rows_of_days`: of a turned sheet, the row of each day. `fates`: of such a sheet, why its other rows are left out.
    """

    file: str
    sheet: str
    target: str
    heading_row: int
    days: dict[str, str] = field(default_factory=dict)
    rows: list[GridRow] = field(default_factory=list)
    unnamed: dict[str, tuple[int, int]] = field(default_factory=dict)
    rows_of_days: dict[str, int] = field(default_factory=dict)
    fates: dict[int, str] = field(default_factory=dict)


def understand_grid(context: SheetContext, target: str, table: Table, known_days: list[str]) -> Grid:
    """Return the marks of a sheet. `known_days`: of the group or event, which tell the year of dates that have none."""
    return _GridReader(context, target, table, known_days).read()


class _GridReader:
    """Reads the marks of one sheet of people by dates."""

    def __init__(self, context: SheetContext, target: str, table: Table, known_days: list[str]) -> None:
        self.context, self.table = context, table
        only_day = known_days[0] if target.startswith("event:") and len(known_days) == 1 else ""
        self.at = GridHeadings(context, table, known_days, only_day)
        self.grid = Grid(context.file, context.sheet.name, target, table.heading_row, self.at.days)
        self.kept: dict[int, GridRow] = {}  # by the person's id()

    def read(self) -> Grid:
        if not self.table.turned and (headings := self.at.not_read()):
            columns = ", ".join(f"“{heading}”" for heading in headings)
            note = _("{sheet}: columns that say nothing of who came were left out: {columns}.", sheet=self.grid.sheet, columns=columns)
            self.context.findings.notes.append(note)
        rows, self.table.rows = self.table.rows, []
        for number, values in rows:
            if self._read_row(number, values):
                self.table.rows.append((number, values))
        if self.table.turned:
            self.grid.rows_of_days = {day: place + 1 for place, day in self.at.columns.items()}
            self.grid.fates = self.at.fates(max((len(values) for _number, values in self.context.sheet.rows), default=0))
        if self.table.turned and not self.grid.rows and not self.grid.unnamed and self.at.columns:
            why = _("no cell says who came; write x below somebody's name, or the names of those who came below Navn")
            self.context.add_issue(0, "", self.grid.sheet, why, "sheet")
        elif self.grid.rows and not any(any(row.texts.values()) for row in self.grid.rows) and not self.grid.unnamed:
            note = _("{sheet}: no cell says who came; colours can't be read. Write x for present.", sheet=self.grid.sheet)
            self.context.findings.notes.append(note)
        return self.grid

    def _read_row(self, number: int, values: list[Value]) -> bool:
        """Read a row; False if it is left out."""

        def text(place: int) -> str:
            return "" if not 0 <= place < len(values) else cell_text(values[place]).strip()

        name = text(self.at.name) or f"{text(self.at.first)} {text(self.at.last)}".strip()
        for value in (values[place] for place in (self.at.number, self.at.name, self.at.first, self.at.last) if 0 <= place < len(values)):
            if isinstance(value, CellError):
                self.context.cell_error(self.table.row_at(number, self.at.name), self._heading(self.at.name), value)
                return True
        marked = any(place in self.at.columns and value is not None for place, value in enumerate(values))
        label = (
            name
            or text(self.at.number)
            or next((text(place) for place in range(len(values)) if place not in self.at.columns and text(place)), "")
        )
        if (is_guests(label) or is_guests(self.context.meaning_of_name(label) or "")) and not text(self.at.number).isdigit():
            self._read_unnamed(number, values)
            return True
        if may_be_guests(label) and marked and not self.context.meaning_of_name(label):
            word = row_type("meetings").word("unnamed")
            why = _("are they among those who are named, or did they come besides? ignore: among them; {unnamed}: besides", unnamed=word)
            self._bad(number, self.at.name, label, why, "name", word)
            return True
        if not marked and (not name or is_remark(name)) and not text(self.at.number).isdigit():
            self.table.left_out[number] = REMARK
            return False
        ref = text(self.at.number) if text(self.at.number).isdigit() else ""
        if self.context.meaning_of_name(name) == IGNORE:
            self.table.left_out[number] = IGNORED
            return False
        if self.table.turned and self._is_about_days(name, values):
            note = _("{sheet}: the column “{heading}” says nothing of who came, and was left out.", sheet=self.grid.sheet, heading=name)
            self.context.findings.notes.append(note)
            return False
        remark = f"{without_remark(name)[1]} {text(self.at.role)}"
        people = self._people(number, ref, name, is_volunteer_remark(remark)) if name or ref else []
        marks, texts = self._marks(number, values, people)
        if not name and not ref:
            if any(texts.values()):
                self._bad(number, self.at.name, None, _("nobody is named in this row"))
            return True
        for person in people:
            if person is not None:
                self._keep(GridRow(number, person, name, is_leader_remark(remark), marks, texts))
        return True

    def _is_about_days(self, name: str, values: list[Value]) -> bool:
        """Whether a column of a turned sheet is one of the days: its heading is that of a theme or a note, or no cell is a mark."""
        if column_for("meetings", name) or column_for("events", name):
            return True
        cells = [cell_text(values[place]).strip() for place in self.at.columns if place < len(values)]
        return any(cells) and not any(mark_of(cell) or is_unknown(cell) for cell in cells)

    def _people(self, number: int, ref: str, name: str, volunteer: bool) -> list[RosterPerson | None]:
        """Return whom a row is about: two people where it names two, as in `Anna og Mads`."""
        means = self.context.meaning_of_name(name)
        if means and "|" in means:
            return [self._who(number, each, volunteer) for each in means.split("|")]
        parts = [part for part in _COUPLE.split(without_remark(name)[0]) if part]
        if ref or means or len(parts) < 2 or self.context.roster.look_up(name).person:
            return [self._person(number, ref, name, volunteer)]
        return [self._who(number, part, volunteer) for part in parts]

    def _who(self, number: int, name: str, volunteer: bool) -> RosterPerson | None:
        heading = "" if self.table.turned else self._heading(self.at.name)
        return self.context.find_person(self.table.row_at(number, self.at.name), heading, name, volunteer)

    def _bad(self, number: int, place: int, value: Value, why: str, what: str = "", guess: str = "") -> None:
        """Add a bad cell about whom a row is about."""
        heading = "" if self.table.turned else self._heading(place)
        self.context.add_issue(self.table.row_at(number, place), heading, value, why, what, guess)

    def _person(self, number: int, ref: str, name: str, volunteer: bool) -> RosterPerson | None:
        known = self.context.roster.by_number.get(int(ref)) if ref else None
        if known is not None and (not name or _may_be(known, name)):
            return known
        if known is not None and known.in_file:
            why = _("number {number} is {person}", number=ref, person=known.name or "?")
            self._bad(number, self.at.number, ref, why)
            return None
        if ref and not name:
            self._bad(number, self.at.number, ref, _("nobody has this number"))
            return None
        return self._who(number, name, volunteer)

    def _marks(self, number: int, values: list[Value], people: list[RosterPerson | None]) -> tuple[dict[str, str], dict[str, str]]:
        """Return the marks of a row by day, and what its cells say. A number that is no mark is wrong, except in an unknown row, which may be of guests."""
        marks: dict[str, str] = {}
        texts: dict[str, str] = {}
        numbers = any(person is not None for person in people)
        everybody = str(len(people)) if len(people) > 1 else ""
        # Where a pair is counted, a 1 doesn't say which of them came.
        counted = any(cell_text(values[place]).strip() == everybody for place in self.at.columns if everybody and place < len(values))
        for place, day in self.at.columns.items():
            value = values[place] if place < len(values) else None
            text = cell_text(value).strip()
            row = self.table.row_at(number, place)
            if isinstance(value, CellError):
                self.context.cell_error(row, self.grid.days[day], value)
                continue
            means = self.context.mapping.meaning("value", self.grid.sheet, text, self.grid.days[day]) if text else None
            mark = ABSENT if means in (NO_VALUE, IGNORE) else mark_of(means or text)
            if counted and means is None and text.isdigit():
                mark = {everybody: PRESENT, "0": ABSENT}.get(text)
            if mark is None and means is None and is_unknown(text):
                mark = ABSENT
                self.context.findings.completed[self.grid.sheet, _("cells"), "unknown"] += 1
            if mark is None and text.isdigit() and not numbers:
                continue
            if mark is None:
                # The same text means the same in all columns.
                why = _("write x for present, a for excused, and leave the cell empty for not there")
                self.context.add_issue(row, "", text, why, "value")
                continue
            marks[day], texts[day] = mark, text
        return marks, texts

    def _read_unnamed(self, number: int, values: list[Value]) -> None:
        for place, day in self.at.columns.items():
            value = values[place] if place < len(values) else None
            heading = self.grid.days[day]
            text = cell_text(value).strip()
            if isinstance(value, CellError):
                self.context.cell_error(self.table.row_at(number, place), heading, value)
                continue
            text = self.context.mapping.meaning("value", self.grid.sheet, text, heading) or text if text else ""
            if text in ("", NO_VALUE, IGNORE) or is_unknown(text):
                continue
            try:
                count = read_count(text, "unnamed")
            except HusrumError as error:
                self.context.add_issue(self.table.row_at(number, place), heading, text, error.message, "value", name="unnamed")
                continue
            row, before = self.grid.unnamed.get(day, (number, 0))
            self.grid.unnamed[day] = row, before + count

    def _keep(self, row: GridRow) -> None:
        """Keep a row. A person in two rows was there if either of them says so."""
        first = self.kept.setdefault(id(row.person), row)
        if first is row:
            self.grid.rows.append(row)
            return
        if _remark_on(first.name) != _remark_on(row.name) and (self.context.meaning_of_name(row.name) or NEW) == NEW:
            why = _("this seems to be {person}, who has another row; write who it is", person=row.person.display_name)
            self._bad(row.number, self.at.name, row.name, why, NAMESAKE)
            return
        note = _("{sheet}: {person} has two rows, which were read as one.", sheet=self.grid.sheet, person=row.person.display_name)
        self.context.findings.notes.append(note)
        for day, mark in row.marks.items():
            if _RANK[mark] > _RANK[first.marks.get(day, ABSENT)]:
                first.marks[day], first.texts[day] = mark, row.texts[day]
        first.leads = first.leads or row.leads

    def _heading(self, place: int) -> str:
        return self.table.headings.get(place) or row_type("intakes").word("name")


_COUPLE = re.compile(r"\s*[&+/]\s*|\s+(?:og|and|samt)\s+", re.IGNORECASE)
_RANK = {ABSENT: 0, EXCUSED: 1, PRESENT: 2}


def _remark_on(name: str) -> str:
    """Return what is said of somebody next to their name, other than that they lead or help."""
    remark = without_remark(name)[1]
    return "" if is_volunteer_remark(remark) else remark.casefold()


def _may_be(known: RosterPerson, name: str) -> bool:
    """Whether a name next to a number can be that person's. This detects a sheet whose names were sorted without their numbers."""
    own = re.split(r"[\s.]+", f"{known.name or name} {known.called}".casefold())
    words = re.split(r"[\s.]+", tidy_name(without_remark(name)[0]).casefold())
    return all(any(each.startswith(word) for each in own) for word in words if word)
