"""A sheet with one row for each person, event or other thing, understood as rows of a kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ...domain.people.lookup import NOBODY
from ...errors import HusrumError
from ...i18n import _, many
from ...rowtypes.registry import row_type
from ..reading.workbook import CellError, Value
from .columns import AGE_NOW, FIRST_NAME, LAST_NAME, by_name, column_begun, column_for, column_meant, joined
from .context import SheetContext
from .dates import NeedsYear, days_from_to
from .kinds import rows_word
from .mapping import IGNORE, TOTAL
from .roster import Known, only_numbers
from .serials import day_of_serial
from .tables import IGNORED, Table, shown
from .values import CODED, Reading, age, is_date_column, read_value
from .words import ABSENT, NO_VALUE, PRESENT, is_like_a_name, is_total, is_unknown, mark_of, tidy_name

# Participants of whom the named are a part, as the mapping's “total” means it; some kinds have a column `total` of their own.
_IN_ALL = "in_all"
_PARTS = frozenset({FIRST_NAME, LAST_NAME, AGE_NOW, _IN_ALL})
_REFERRED = frozenset({"henvist fra", "henvist via", "henvisning"})
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


def column_letter(column: int) -> str:
    """Return a column as a spreadsheet names it: 0 is A."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class _Rows:
    def __init__(self, context: SheetContext, kind: str, table: Table) -> None:
        self.context, self.kind, self.table = context, kind, table
        self.declared = by_name(kind)
        self.columns: dict[int, str] = {}
        self.headings: dict[str, str] = {}
        self.year = context.year
        self.aged: set[int] = set()
        self.written: dict[tuple[int, str], str] = {}
        # The same text means the same in every row of a column. Not kept for longer than one table: what a date means depends on today.
        self._readings: dict[int, dict[str, Readings]] = {}

    def understood(self) -> RowsOfKind:
        self._read_headings()
        self._choose_source()
        rows: list[tuple[int, Texts]] = []
        for number, values in self.table.rows:
            texts = self._texts(number, values)
            if texts is not None:
                rows.append((number, texts))
        self._check_required(rows)
        return RowsOfKind(self.context.file, self.context.sheet.name, self.kind, self.headings, rows, self.aged, self.written)

    def _read_headings(self) -> None:
        table = self.table
        width = max([len(values) for _number, values in table.rows] + [max(table.headings, default=-1) + 1], default=0)
        unknown: list[int] = []
        for place in range(width):
            column = self._column(place)
            if column is None:
                unknown.append(place)
            elif column != IGNORE:
                self._take(place, column)
        for place in unknown:
            if self._filled(place) and not self._left_out(place):
                self._ask(place)
        if not any(bad.sheet == self.context.sheet.name and bad.what == "heading" for bad in self.context.findings.bad):
            for declared in self.declared.values():
                if declared.required and declared.name not in self.columns.values() and not self._stands_in(declared.name):
                    self._ask_for(declared.name)

    def _stands_in(self, column: str) -> bool:
        """Whether another column serves as a missing one: what was done is also what the event is called."""
        return column == "title" and "activity" in self.columns.values()

    def _ask_for(self, column: str) -> None:
        """Add a needed column that no heading is known as. If it is a text, most likely the first column of texts is it."""
        word, row = row_type(self.kind).word(column), self.table.heading_row
        for place, taken in self.columns.items():
            other = taken in CODED or self._is_needed(taken) or is_date_column(self.kind, taken) or self.declared[column].refers
            if not other and any(isinstance(value, str) for _number, value in self._filled(place)):
                heading = self.table.headings.get(place) or column_letter(place)
                self.context.bad(row, heading, heading, _("no column is “{column}”", column=word), "heading", column)
                return
        self.context.bad(row, word, None, _("the column is missing"))

    def _take(self, place: int, column: str) -> None:
        heading = self.table.headings.get(place, "") or column_letter(place)
        if column not in self.columns.values() or self._goes_on(column, heading):
            self.columns[place] = column
            self.headings.setdefault(column, heading)
        elif self._filled(place):
            why = _("this column is there twice; say in the mapping which one to ignore")
            self.context.bad(self.table.heading_row, heading, heading, why, "heading")

    def _goes_on(self, column: str, heading: str) -> bool:
        """Whether a further column of the same meaning holds more values of a list: by its number, or since the mapping says so."""
        declared = self.declared.get(column)
        if declared is None or not (declared.several or declared.refers == "people"):
            return False
        return heading[-1:].isdigit() or bool(self.context.mapping.meaning("heading", self.context.sheet.name, heading))

    def _filled(self, place: int) -> list[tuple[int, Value]]:
        """Return the cells of a column: (row number, value)."""
        return [(number, values[place]) for number, values in self.table.rows if len(values) > place and values[place] is not None]

    def _column(self, place: int) -> str | None:
        """Return the column at a place: by the mapping, by its own heading, or with the heading above it. None if it isn't known."""
        heading = self.table.headings.get(place, "")
        above = self._above(place)
        tried = [heading, *(joined(each, heading) for each in above), *above] if heading else [column_letter(place), *above]
        for each in tried:
            if means := self.context.mapping.meaning("heading", self.context.sheet.name, each):
                return self._meant(means, each)
        known = [column for each in tried if (column := column_for(self.kind, each))]
        return next((column for column in known if column not in self.columns.values()), known[0] if known else None)

    def _above(self, place: int) -> list[str]:
        """Return the heading above a column's own, which it shares with a few others; a title is above most of them."""
        values = self.table.above.get(place, [])[:1]
        shared = sum(other[:1] == values for other in self.table.above.values())
        return [" ".join(shown(value).split()) for value in values if 2 * shared <= len(self.table.headings)]

    def _left_out(self, place: int) -> bool:
        """Whether an unknown column is one that nobody misses: it adds up others, or explains the table next to it."""
        heading = self.table.headings.get(place, "")
        cells = self._filled(place)
        if not heading:
            return all(isinstance(text, str) and ("=" in text or len(text) > 25 or text.rstrip().endswith(":")) for _number, text in cells)
        if not is_total(heading) and not all((number, place) in self.context.sheet.sums for number, _value in cells):
            return False
        note = _("{sheet}: the column “{heading}” adds up others, and was left out.", sheet=self.context.sheet.name, heading=heading)
        if "unnamed" in self.declared and "unnamed" not in self.columns.values():
            note += " " + _("If it counts people without a name too, answer “total” for it in the mapping.")
        self.context.findings.notes.append(note)
        return True

    def _ask(self, place: int) -> None:
        """Add a heading that isn't known, and take its column for what it most likely is, so that its values are asked about at the same time."""
        heading = self.table.headings.get(place, "")
        name = heading or column_letter(place)
        begun = column_begun(self.kind, heading)
        guess = begun if begun and begun not in self.columns.values() else self._likely_column(place)
        why = _("this heading is not known") if heading else _("the column has no heading")
        self.context.bad(self.table.heading_row, name, name, why, "heading", guess)
        if guess:
            self._take(place, guess)

    def _likely_column(self, place: int) -> str:
        """Return the column whose values these most likely are: names, codes, people, or numbers. Empty if nothing suggests one."""
        values = [shown(value).strip() for _number, value in self._filled(place)]
        texts = [text for text in dict.fromkeys(values) if not is_unknown(text)][:100]
        free = [column for column in self.declared if column not in self.columns.values()]
        if texts and all(text.isdigit() for text in texts):
            numbers = ("ref",) if len(texts) == len(values) > 1 else ()
            return next((column for column in (*numbers, "unnamed") if column in free), "")

        # A yes or no is an answer to anything, and so suggests nothing.
        texts = [text for text in texts if mark_of(text) not in (PRESENT, ABSENT)]

        if "name" in free and FIRST_NAME not in self.columns.values() and sum(map(is_like_a_name, texts)) * 2 > len(texts):
            return "name"

        def fits(column: str) -> float:
            return sum(self._is_read(column, text) for text in texts) / len(texts) if texts else 0

        coded = [column for column in free if self.declared[column].refers == "people" or column in CODED]
        best = max(coded, key=fits, default="")
        return best if best and fits(best) >= 0.5 else ""

    def _is_read(self, column: str, text: str) -> bool:
        """Whether a text is a value of a column, or names people that there are."""
        if self.declared[column].refers == "people":
            return all(self.context.roster.meant(name).person for name in self.context.parts(text))
        try:
            return bool(read_value(self.kind, column, text, None))
        except HusrumError:
            return False

    def _meant(self, means: str, heading: str) -> str:
        if means == IGNORE:
            return IGNORE
        if means.casefold() == TOTAL and "unnamed" in self.declared:
            return _IN_ALL
        column = column_meant(self.kind, means)
        if column is None:
            kind, known = rows_word(self.kind), ", ".join(map(row_type(self.kind).word, self.declared))
            why = _("the mapping says “{means}”, which is not a column; {kind} have: {known}", means=means, kind=kind, known=known)
            self.context.bad(self.table.heading_row, heading, heading, why, "heading")
            return IGNORE
        return column

    def _choose_source(self) -> None:
        """Choose the column of `Henvist fra`: the source if every value is one, otherwise who referred."""
        place = next((place for place, column in self.columns.items() if column == "source"), None)
        if self.kind != "intakes" or place is None or "referred_by" in self.columns.values():
            return
        heading = " ".join(self.headings["source"].casefold().split())
        if heading not in _REFERRED or self.context.mapping.meaning("heading", self.context.sheet.name, self.headings["source"]):
            return
        for _number, values in self.table.rows:
            text = shown(values[place]).strip() if len(values) > place else ""
            if not text or is_unknown(text) or self.context.mapping.meaning("value", self.context.sheet.name, text, heading, "source"):
                continue
            try:
                read_value(self.kind, "source", text, None)
            except HusrumError:
                self.columns[place] = "referred_by"
                self.headings["referred_by"] = self.headings.pop("source")
                return

    def _texts(self, number: int, values: list[Value]) -> Texts | None:
        """Return the texts of a row by column; None if the mapping leaves the row out."""
        texts: Texts = {}
        if self._ignores(values, (place for place, column in self.columns.items() if self._is_needed(column))):
            self.table.left_out[number] = IGNORED
            return None
        for place, column in self.columns.items():
            value = values[place] if place < len(values) else None
            if value is None:
                continue
            if isinstance(value, CellError):
                self.context.cell_error(number, self.headings[column], value)
                continue
            text = value if isinstance(value, str) else shown(value)
            known = self._readings.setdefault(place, {})
            for name, reading in known[text] if text in known else self._cell(number, column, text, known):
                texts[name] = f"{texts[name]}|{reading.text}" if name in texts and name == column else reading.text
                if reading.text != text and name in self.declared and self.declared[name].refers in ("person", "people"):
                    self.written[number, name] = f"{self.written[number, name]}|{text}" if (number, name) in self.written else text
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
        return texts

    def _cell(self, number: int, column: str, whole: str, known: dict[str, Readings]) -> Readings:
        """Return the readings of a cell, by column. They are known from then on, unless the cell is a bad one, which is listed for every row."""
        bad, heading, text = len(self.context.findings.bad), self.headings[column], whole.strip()
        means = self.context.mapping.meaning("value", self.context.sheet.name, text, heading, column)
        unknown = means in (NO_VALUE, IGNORE) or means is None and is_unknown(text)
        if unknown and means != IGNORE and self._is_needed(column):
            self.context.bad(number, heading, text, _("a value is needed here; “ignore” leaves the row out"), "value")
        meant = [] if unknown else self._first_and_last(column, text, means)
        readings = [(name, self._read(number, name, heading, text, means)) for name, means in meant]
        found = [(name, reading) for name, reading in readings if reading is not None and reading.text]
        if len(self.context.findings.bad) == bad:
            known[whole] = found
        return found

    def _ignores(self, values: list[Value], columns: Iterable[int]) -> bool:
        """Whether the mapping ignores the cell in any of these columns."""
        mapping, sheet = self.context.mapping, self.context.sheet.name
        return not mapping.is_empty and any(
            mapping.meaning("value", sheet, shown(values[place]).strip(), self.headings[column], column) == IGNORE
            for place in columns
            if place < len(values) and (column := self.columns[place])
        )

    def _is_needed(self, column: str) -> bool:
        declared = self.declared.get(column)
        return declared is not None and declared.required

    def _first_and_last(self, column: str, text: str, means: str | None) -> list[tuple[str, str | None]]:
        """Return what a cell means by column: `3.-5. juli` is the first day, and the last."""
        if column == "date" and "until" in self.declared and (days := days_from_to(means or text)):
            return [("date", days[0]), ("until", days[1])]
        return [(column, means)]

    def _check_required(self, rows: list[tuple[int, Texts]]) -> None:
        """Add the rows that lack a required value, or that name nobody."""
        bad = {(each.row, each.column) for each in self.context.findings.bad if each.sheet == self.context.sheet.name}
        required = [(name, self.headings[name]) for name, column in self.declared.items() if column.required and name in self.headings]
        whose = frozenset({"name", "person", "ref"}) if self.kind in ("intakes", "volunteers") else frozenset()
        name_heading = self.headings.get("name") or row_type(self.kind).word("name")
        for number, texts in rows:
            for name, heading in required:
                if name not in texts and (number, heading) not in bad:
                    self.context.bad(number, heading, None, _("the cell is empty"))
            if whose and whose.isdisjoint(texts) and (number, name_heading) not in bad:
                self.context.bad(number, name_heading, None, _("nobody is named in this row"))

    def _read(self, number: int, column: str, heading: str, text: str, means: str | None) -> Reading | None:
        try:
            if column in (FIRST_NAME, LAST_NAME):
                return Reading(tidy_name(text))
            if column == AGE_NOW:
                return age(means or text, self.year)
            if column == _IN_ALL:
                return read_value(self.kind, "unnamed", means or text, None)
            if self.declared[column].refers in ("person", "people"):
                return Reading(self._people(number, column, heading, means or text))
            birth = column == "born"
            if (birth or is_date_column(self.kind, column)) and (day := day_of_serial(means or text, self.context.sheet, birth)):
                return Reading(day, "serial")
            if means is None and self.declared[column].several:
                text = self._parts_meant(text, heading, column)
            return read_value(self.kind, column, means or text, self.year)
        except HusrumError as error:
            what = "year" if isinstance(error, NeedsYear) else "value"
            self.context.bad(number, heading, text, error.message, what, kind=self.kind, name=column)
            return None

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
        if only_numbers(text) or text.casefold() in NOBODY or ":" in text or self.kind in ("intakes", "volunteers"):
            return text  # lists of people refer to each other, and are looked up when all of them are read
        whole = self.declared[column].refers == "person" or len(self.context.roster.named(text)) == 1
        found = []
        for name in [text] if whole else self._names(text):
            if only_numbers(name):
                found.append(name)
            elif known := self.context.who(number, heading, name):
                found.append(known.text)
        return "|".join(dict.fromkeys(found))

    def _names(self, text: str) -> list[str]:
        """Return the names in a cell. A slash joins names too, unless it is in a name."""
        parts = self.context.parts(text)
        return [name for part in parts for name in ([part] if self.context.roster.named(part) else part.split("/")) if name.strip()]

    def _combine(self, number: int, texts: Texts) -> None:
        """Make one value of those in two columns, and tidy the name."""
        first, last = texts.pop(FIRST_NAME, ""), texts.pop(LAST_NAME, "")
        if (first or last) and "name" not in texts and "name" in self.declared:
            texts["name"] = f"{first} {last}".strip()
            self.headings.setdefault("name", self.headings.get(FIRST_NAME, "name"))
        if AGE_NOW in texts:
            texts.setdefault("born", texts.pop(AGE_NOW))
            texts.pop(AGE_NOW, None)
        if _IN_ALL in texts:
            self._count_unnamed(number, texts)

    def _count_unnamed(self, number: int, texts: Texts) -> None:
        """Reduce a total to those who are not named."""
        total = int(texts.pop(_IN_ALL))
        day = texts.get("date", "9999")
        organisers = set(texts.get("organiser", "").split("|")) | set(texts.get("volunteers", "").split("|"))
        named = {text for text in texts.get("present", "").split("|") if text}
        participants = [text for text in named if (known := self._known(text)) is None or known.participates(day, text in organisers)]
        if total < len(participants):
            why = many(
                "only {number} participant in all, but more are named", "only {number} participants in all, but more are named", total
            )
            self.context.bad(number, self.headings[_IN_ALL], str(total), why)
        elif "unnamed" not in texts:
            texts["unnamed"] = str(total - len(participants))

    def _known(self, text: str) -> Known | None:
        return self.context.roster.meant(text).person
