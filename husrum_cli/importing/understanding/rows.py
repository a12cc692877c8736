"""A sheet with one row for each person, event or other thing, understood as rows of a kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ...errors import HusrumError, UnknownCode
from ...i18n import _, many, without_field
from ...input.text import clears, read_note
from ...rowtypes.registry import row_type
from ..reading.workbook import CellError, Value
from .columns import AGE_NOW, FIRST_NAME, LAST_NAME, PAPERS, by_name, column_for, column_of_person
from .context import SheetContext
from .counted_people import IN_ALL
from .dates import NeedsYear, days_from_to, place_after_new_year
from .doubts import add_doubts
from .headings import Headings
from .mapping import IGNORE
from .occasions import carry_down, join
from .roster import RosterPerson, only_numbers
from .serials import day_of_serial
from .tables import IGNORED, REMARK, Table, cell_text
from .values import Reading, age, is_date_column, read_paper, read_value, split_values
from .words import (
    NO_VALUE,
    PRESENT,
    guests_of,
    how_many,
    is_guests,
    is_number_of_guests,
    is_section,
    is_unknown,
    lines_apart,
    mark_of,
    may_be_section,
    says_excused,
    says_not_there,
    tidy_name,
)

_PARTS = frozenset({FIRST_NAME, LAST_NAME, AGE_NOW, IN_ALL})
_OF_VOLUNTEERS = frozenset({"volunteer", "volunteers", "as_volunteer", "leader", "organiser"})
Texts = dict[str, str]
Readings = list[tuple[str, Reading]]


@dataclass(slots=True, eq=False)
class RowsOfKind:
    """Rows to import: (row number, column -> text that the column's reader takes).

    `headings`: column -> its heading in the sheet. `aged`: the rows whose birth year was reckoned from an age, so that it may be the year before.
    `written`: (row number, column) -> the names in the sheet, of people who are read by their numbers.
    """

    file: str
    sheet: str
    kind: str
    headings: dict[str, str]
    rows: list[tuple[int, Texts]]
    aged: set[int] = field(default_factory=set)
    written: dict[tuple[int, str], str] = field(default_factory=dict)


def understand_rows(context: SheetContext, kind: str, table: Table) -> RowsOfKind:
    """Return the rows of a sheet. What can't be understood goes to the context's findings."""
    return _Rows(context, kind, table).understood()


class _Rows:
    def __init__(self, context: SheetContext, kind: str, table: Table) -> None:
        self.context, self.kind, self.table = context, kind, table
        self.declared = by_name(kind)
        self._read_from = Headings(context, kind, table)
        add_doubts(self._read_from)
        self.columns, self.headings = self._read_from.columns, self._read_from.headings
        self.year = context.year
        self.aged: set[int] = set()
        self.given_year: list[tuple[int, str, str, str]] = []  # (row, heading, cell, day) of days without a year
        self.written: dict[tuple[int, str], str] = {}
        # The same text means the same in every row of a column. Not kept for longer than one table: what a date means depends on today.
        self._readings: dict[int, dict[str, Readings]] = {}

    def understood(self) -> RowsOfKind:
        rows: list[tuple[int, Texts]] = []
        filled: dict[int, set[str]] = {}
        for number, values in self.table.rows:
            texts = self._texts(number, values)
            if texts is not None:
                rows.append((number, texts))
                filled[number] = {column for place, column in self.columns.items() if place < len(values) and values[place] is not None}
        if "present" in self.declared and not self.context.exact:
            required = [name for name, column in self.declared.items() if column.required and any(name in texts for _number, texts in rows)]
            others = {number for number, why in self.table.left_out.items() if why != IGNORED}
            rows = join(self.context, rows, required, carry_down(rows, filled, required, others))
        for number, texts in rows:
            if IN_ALL in texts:
                self._count_unnamed(number, texts)
        self._ask_for_other_year()
        self._check_required(rows)
        return RowsOfKind(self.context.file, self.context.sheet.name, self.kind, self.headings, rows, self.aged, self.written)

    def _ask_for_other_year(self) -> None:
        """Ask which year dates are of that go on after New Year in a list in order of its dates: the year that was given is that of some only."""
        days = [day for _number, _heading, _text, day in self.given_year]
        turn = place_after_new_year(days) if len(days) > 2 else None
        if turn is None or days[turn - 1][5:7] < "10" or days[turn][5:7] > "03":
            return
        for number, heading, text, _day in self.given_year[turn:]:
            why = _("the dates go on after New Year, so they are of two years; write the year in the cells, or the date in the mapping")
            self.context.add_issue(number, heading, text, why, "value", kind=self.kind, name="date")

    def _texts(self, number: int, values: list[Value]) -> Texts | None:
        """Return the texts of a row by column; None if the mapping leaves the row out."""
        texts: Texts = {}
        counted = False  # by a column of people without a name: the mapping may say that there are several
        if self._ignores(values, (place for place, column in self.columns.items() if self._read_from.is_needed(column))):
            self.table.left_out[number] = IGNORED
            return None
        for place, column in self.columns.items():
            value = values[place] if place < len(values) else None
            if value is None:
                continue
            if isinstance(value, CellError):
                self.context.cell_error(number, self.headings[column], value)
                continue
            text = value if isinstance(value, str) else cell_text(value)
            if place in self._read_from.crosses:
                if mark_of(text) != PRESENT:
                    continue
                text = self._read_from.crosses[place]
            known = self._readings.setdefault(place, {})
            for name, reading in known[text] if text in known else self._cell(number, column, text, known):
                if name == column == "unnamed" and counted:
                    texts[name] = str(int(texts[name]) + int(reading.text))
                    continue
                counted = counted or name == column == "unnamed"
                if name == "unnamed" and texts.get(name, reading.text) != reading.text:
                    why = _("the row says twice how many came without a name")
                    self.context.add_issue(number, self.headings[column], text, why)
                joint = "\n" if name in self.declared and self.declared[name].read is read_note else "|"
                texts[name] = f"{texts[name]}{joint}{reading.text}" if name in texts and name in (column, "excused") else reading.text
                if reading.text != text and name in self.declared and self.declared[name].refers in ("person", "people"):
                    self.written[number, name] = f"{self.written[number, name]}|{text}" if (number, name) in self.written else text
                if reading.completed == "year" and name == "date":
                    self.given_year.append((number, self.headings[column], text, reading.text))
                if reading.completed:
                    self.context.findings.completed[self.context.sheet.name, self.headings[column], reading.completed] += 1
                    if reading.completed == "age":
                        self.aged.add(number)
        if not _PARTS.isdisjoint(texts):
            self._combine(number, texts)
        if "activity" in texts and "title" in self.declared and "title" not in self.headings:
            texts["title"] = texts["activity"]
        if self.context.meaning_of_name(texts.get("name", "")) == IGNORE or not texts and self._ignores(values, self.columns):
            self.table.left_out[number] = IGNORED
            return None
        return None if self._is_section(number, texts, values) else texts

    def _is_section(self, number: int, texts: Texts, values: list[Value]) -> bool:
        """Whether a row is the heading of a section in a list of people, which is left out; or asked about, if it may be somebody."""
        name = texts.get("name", "")
        alone = len(values) - values.count(None) == 1
        if not name or not alone or self.context.exact or self.kind not in ("intakes", "volunteers") or self.context.meaning_of_name(name):
            return False
        if is_section(name) or column_for(self.kind, name):
            self.table.left_out[number] = REMARK
            return True
        if asked := may_be_section(name) and len(self.table.headings) > 1:
            why = _("this may be a heading: write new if it is somebody, else ignore")
            self.context.add_issue(number, self.headings["name"], name, why, "name")
        return asked

    def _cell(self, number: int, column: str, whole: str, known: dict[str, Readings]) -> Readings:
        """Return the readings of a cell, by column. They are known from then on, unless the cell is a bad one, which is listed for every row."""
        bad, heading, text = len(self.context.findings.bad), self.headings[column], whole.strip()
        means = self.context.mapping.meaning("value", self.context.sheet.name, text, heading, column)
        unknown = means in (NO_VALUE, IGNORE) or means is None and is_unknown(text)
        if unknown and means != IGNORE and self._read_from.is_needed(column):
            self.context.add_issue(number, heading, text, _("a value is needed here; “ignore” leaves the row out"), "value")
        meant = [] if unknown else self._by_column(column, text, means)
        readings = [(name, self._read(number, name, heading, text, means)) for name, means in meant]
        found = [(name, reading) for name, reading in readings if reading is not None and reading.text]
        if len(self.context.findings.bad) == bad:
            known[whole] = found
        return found

    def _ignores(self, values: list[Value], columns: Iterable[int]) -> bool:
        """Whether the mapping ignores the cell in any of these columns."""
        mapping, sheet = self.context.mapping, self.context.sheet.name
        return not mapping.is_empty and any(
            mapping.meaning("value", sheet, cell_text(values[place]).strip(), self.headings[column], column) == IGNORE
            or self.declared[column].refers == "person"
            and self.context.meaning_of_name(cell_text(values[place])) == IGNORE
            for place in columns
            if place < len(values) and (column := self.columns[place])
        )

    def _by_column(self, column: str, text: str, means: str | None) -> list[tuple[str, str | None]]:
        """Return what a cell means by column: `3.-5. juli` is the first day, and the last; `Anna Holm (afbud)` did not come."""
        if column == "date" and "until" in self.declared and (days := days_from_to(means or text)):
            return [("date", days[0]), ("until", days[1])]
        if means is None and column in self.declared and self.declared[column].refers == "people" and not self.context.exact:
            return self._people_by_column(column, text)
        return [(column, means)]

    def _people_by_column(self, column: str, text: str) -> list[tuple[str, str | None]]:
        """Return the people in a cell by column: who came, who was excused, and how many came without a name."""
        names = self._names(text)
        counts = {name: count for name in names if (count := self._count_in(column, name)) is not None}
        excused = [name for name in names if column == "present" and "excused" in self.declared and self._says_excused(name)]
        if not counts and not excused:
            return [(column, None)]
        came = [name for name in names if name not in counts and name not in excused]
        by_column = {column: "|".join(came), "excused": "|".join(excused)}
        if counts and self._counts_unnamed(column):
            by_column["unnamed"] = str(sum(counts[name] for name in names if name in counts))
        else:
            self.context.findings.notes += [
                _(
                    "{sheet}, {column}: “{name}” was not counted; only participants can be without a name.",
                    sheet=self.context.sheet.name,
                    column=self.headings[column],
                    name=name,
                )
                for name in counts
                if not name.isdigit()
            ]
        found: list[tuple[str, str | None]] = [(name, text) for name, text in by_column.items() if text]
        for name, _text in found:
            self.headings.setdefault(name, self.headings[column])
        return found

    def _counts_unnamed(self, column: str) -> bool:
        """Whether those of a column may be counted without a name: the participants."""
        return column == "present" and "unnamed" in self.declared

    def _says_excused(self, name: str) -> bool:
        return says_excused(name) and not self._is_settled(name)

    def _count_in(self, column: str, name: str) -> int | None:
        """Return how many came without a name, by what the mapping says of a number in a column of names, or of `4 andre`. None: it is somebody."""
        means = self.context.meaning_of_name(name)
        if means is None:
            return int(name) if column in self._read_from.numbers and name.isdigit() else None
        number = how_many(means)
        return (how_many(name) if number is None else number) if is_guests(guests_of(means)) else None

    def _check_required(self, rows: list[tuple[int, Texts]]) -> None:
        """Add the rows that lack a required value, or that name nobody."""
        bad = {(each.row, each.column) for each in self.context.findings.bad if each.sheet == self.context.sheet.name}
        required = [(name, self.headings[name]) for name, column in self.declared.items() if column.required and name in self.headings]
        whose = frozenset({"name", "person", "ref"}) if self.kind in ("intakes", "volunteers") else frozenset()
        name_heading = self.headings.get("name") or row_type(self.kind).word("name")
        for number, texts in rows:
            for name, heading in required:
                if name not in texts and (number, heading) not in bad:
                    self.context.add_issue(number, heading, None, _("the cell is empty"))
            if whose and whose.isdisjoint(texts) and (number, name_heading) not in bad:
                self.context.add_issue(number, name_heading, None, _("nobody is named in this row"))

    def _read(self, number: int, column: str, heading: str, text: str, means: str | None) -> Reading | None:
        try:
            if column in (FIRST_NAME, LAST_NAME):
                return Reading(tidy_name(text))
            if column == AGE_NOW:
                return age(means or text, self.year)
            if self.kind == "volunteers" and column in PAPERS:
                if seen := read_paper(means or text):
                    return seen
                column = "intro_course"  # which is a day too
            if column == IN_ALL:
                return read_value(self.kind, "unnamed", means or text, None)
            if self.declared[column].refers in ("person", "people"):
                return Reading(self._people(number, column, heading, means or text))
            birth = column == "born"
            if (birth or is_date_column(self.kind, column)) and (day := day_of_serial(means or text, self.context.sheet, birth)):
                return Reading(day, "serial")
            if means is None and column == "name" and not self.context.exact:
                text = lines_apart(text)
            if means is None and self._is_list(column):
                text = self._parts_meant(text, heading, column)
            return read_value(self.kind, column, means or text, self.year)
        except HusrumError as error:
            if means is None and self._is_list(column) and (parts := self._parts_not_read(column, text)):
                for part, wrong in parts:
                    self.context.add_issue(number, heading, part, wrong.message, "value", _nearest(wrong), self.kind, column)
                return None
            what = "year" if isinstance(error, NeedsYear) else "value"
            why = without_field(error.message, column)
            if means is not None and what == "value":
                why = _("what the mapping says can't be used here: {why}", why=why)
            self.context.add_issue(number, heading, text, why, what, _nearest(error), self.kind, column)
            return None

    def _is_list(self, column: str) -> bool:
        """Whether a cell of a column may hold several values."""
        return column in self.declared and self.declared[column].several

    def _parts_not_read(self, column: str, text: str) -> list[tuple[str, HusrumError]]:
        """Return those of several values in a cell that can't be read, each with the reason; none if there is only one."""
        found, parts = [], split_values(text)
        for part in parts if len(parts) > 1 else ():
            try:
                read_value(self.kind, column, part, self.year)
            except HusrumError as error:
                found.append((part, error))
        return found

    def _parts_meant(self, text: str, heading: str, column: str) -> str:
        """Return a list of values, with what the mapping says of one of them in its place."""
        parts = self.context.parts(text) if len(text) < 500 else [text]
        found = [self.context.mapping.meaning("value", self.context.sheet.name, part, heading, column) for part in parts]
        if len(parts) < 2 or not any(found):
            return text
        kept = [means or part for means, part in zip(found, parts, strict=True) if means not in (IGNORE, NO_VALUE)]
        return "|".join(kept)

    def _people(self, number: int, column: str, heading: str, text: str) -> str:
        """Return a list of people, each by number or full name."""
        means = self.context.meaning_of_name(text)
        if only_numbers(text) and not means or clears(text) or ":" in text or self.kind in ("intakes", "volunteers"):
            return text  # lists of people refer to each other, and are looked up when all of them are read
        whole = self.declared[column].refers == "person" or len(self.context.roster.with_name(text)) == 1
        found = []
        for name in [text] if whole else self._names(text):
            if only_numbers(name) and not self.context.meaning_of_name(name):
                found.append(name)
            elif self._perhaps_absent(column, name):
                self.context.add_issue(number, heading, name, _("they may not have been there: write who it is, or ignore"), "name")
            elif is_guests(self.context.meaning_of_name(name) or ""):
                why = _("write how many, like: 3 {unnamed}", unnamed=row_type("events").word("unnamed"))
                self.context.add_issue(number, heading, name, why, "name")
            else:
                helps = self.kind == "leaders" or column in _OF_VOLUNTEERS
                guess = row_type(self.kind).word("unnamed") if self._counts_unnamed(column) and is_number_of_guests(name) else ""
                if known := self.context.find_person(number, heading, name, helps, guess):
                    found.append(known.text)
        return "|".join(dict.fromkeys(found))

    def _perhaps_absent(self, column: str, name: str) -> bool:
        """Whether a name in a list of who was there says that they were not, or perhaps."""
        came = "present" in self.declared and column not in ("excused", "absent") and not self.context.exact
        return came and says_not_there(name) and not self._is_settled(name)

    def _is_settled(self, name: str) -> bool:
        """Whether the mapping, or a namesake's own row, says whom a name with its remark means."""
        return bool(self.context.mapping.meaning("name", self.context.sheet.name, name) or self.context.roster.with_remark(name))

    def _names(self, text: str) -> list[str]:
        """Return the names in a cell. A slash joins names too, unless it is in a name."""
        parts = self.context.parts(text)
        return [name for part in parts for name in ([part] if self.context.roster.with_name(part) else part.split("/")) if name.strip()]

    def _combine(self, number: int, texts: Texts) -> None:
        """Make one value of those in two columns, and tidy the name."""
        first, last = texts.pop(FIRST_NAME, ""), texts.pop(LAST_NAME, "")
        whose = "name" if "name" in self.declared else column_of_person(self.kind)
        if (first or last) and whose and whose not in texts:
            name = f"{first} {last}".strip()
            heading = self.headings.setdefault(whose, self.headings.get(FIRST_NAME) or self.headings[LAST_NAME])
            texts[whose] = name if whose == "name" else self._people(number, whose, heading, name)
        if AGE_NOW in texts:
            texts.setdefault("born", texts.pop(AGE_NOW))
            texts.pop(AGE_NOW, None)

    def _count_unnamed(self, number: int, texts: Texts) -> None:
        """Reduce a total to those who are not named."""
        total = int(texts.pop(IN_ALL))
        day = texts.get("date", "9999")
        organisers = set(texts.get("organiser", "").split("|")) | set(texts.get("volunteers", "").split("|"))
        named = {text for text in texts.get("present", "").split("|") if text}
        participants = [text for text in named if (known := self._known(text)) is None or known.participates(day, text in organisers)]
        if total < len(participants) + int(texts.get("unnamed", 0)):
            why = many(
                "only {number} participant in all, but more are named", "only {number} participants in all, but more are named", total
            )
            self.context.add_issue(number, self.headings[IN_ALL], str(total), why)
        else:
            texts["unnamed"] = str(total - len(participants))

    def _known(self, text: str) -> RosterPerson | None:
        return self.context.roster.look_up(text).person


def _nearest(error: HusrumError) -> str:
    """Return the code that was most likely meant."""
    return error.nearest if isinstance(error, UnknownCode) else ""
