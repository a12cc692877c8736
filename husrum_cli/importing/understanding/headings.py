"""The headings of a sheet of rows: the column of its kind that each is, or a question about it."""

from __future__ import annotations

import re

from ...errors import HusrumError
from ...i18n import _
from ...input.text import read_note
from ...rowtypes.registry import row_type
from ..reading.workbook import Value
from .columns import (
    FIRST_NAME,
    LAST_NAME,
    by_name,
    column_beginning_with,
    column_for,
    column_of_person,
    column_of_question,
    find_column,
    join_headings,
    may_be_joined,
    people_and_numbers,
)
from .context import SheetContext
from .counted_people import IN_ALL, ask_for_total, count_people, counts_more
from .day_times import days_of_rows, leave_out_times
from .kinds import kind_rows_word
from .mapping import IGNORE, TOTAL
from .tables import Table, cell_text
from .values import CODED, is_date_column, read_value
from .words import ABSENT, PRESENT, is_like_a_name, is_part, is_total, is_unknown, mark_of, says_how_many

# The columns of several values that may have a column for each of them.
_CROSSED = ("wish", "role", "diagnosis", "motive")
_REFERRED = frozenset({"henvist fra", "henvist via", "henvisning"})
_YEAR = re.compile(r"(19|20)[0-9]{2}(\s*[/-]\s*[0-9]{2,4})?")


def column_letter(column: int) -> str:
    """Return a column as a spreadsheet names it: 0 is A."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


class Headings:
    """The columns of a sheet: place -> column in `columns`, column -> its heading in `headings`."""

    def __init__(self, context: SheetContext, kind: str, table: Table) -> None:
        self.context, self.kind, self.table = context, kind, table
        self.declared = by_name(kind)
        self.columns: dict[int, str] = {}
        self.headings: dict[str, str] = {}
        self.years: list[str] = []
        self.crosses: dict[int, str] = {}  # place -> the value of its column that a cross means
        self.numbers: dict[str, str] = {}  # column of people -> what numbers among their names are: `unnamed`, or `ignore`
        self._read()
        self._choose_source()

    def is_needed(self, column: str) -> bool:
        """Whether every row needs a value of a column."""
        declared = self.declared.get(column)
        return declared is not None and declared.required

    def _read(self) -> None:
        table = self.table
        width = max([len(values) for _number, values in table.rows] + [max(table.headings, default=-1) + 1], default=0)
        unknown: list[int] = []
        others = self._another_table()
        days = days_of_rows((self._column(place), self.filled(place)) for place in table.headings)
        # What the mapping says of a column comes before what another one is taken for.
        for place in sorted(set(range(width)) - others, key=lambda place: (not self.is_settled(place), place)):
            column = self._column(place) or self._crossed(place)
            heading, cells = table.headings.get(place, ""), dict(self.filled(place))
            if not self.is_settled(place) and leave_out_times(self.context, self.kind, table.heading_row, heading, column, cells, days):
                continue
            if column is None:
                unknown.append(place)
            elif column != IGNORE:
                self.take(place, column)
        self.columns = dict(sorted(self.columns.items()))
        unknown.sort()
        count_people(self, unknown)
        for place in unknown:
            if not self.filled(place):
                continue
            if counts_more(self, place):
                ask_for_total(self, place)
            elif not self._left_out(place):
                self._ask(place)
        questions = [
            f"“{heading}” ({row_type(self.kind).word(column) if column in self.declared else heading})"
            for column, heading in self.headings.items()
            if column_of_question(self.kind, heading) == column and not self.is_settled(self._place_of(column))
        ]
        if questions:
            text = _(
                "{sheet}: these questions were taken as columns: {columns}.", sheet=self.context.sheet.name, columns=", ".join(questions)
            )
            self.context.findings.notes.append(text)
        if self.crosses:
            crossed = ", ".join(f"“{heading}” ({row_type(self.kind).word(self.columns[place])})" for place, heading in self.crosses.items())
            self.context.findings.notes.append(
                _("{sheet}: crosses were read as: {columns}.", sheet=self.context.sheet.name, columns=crossed)
            )
        if self.years:
            text = _(
                "{sheet}: left out, since a cross for a year says nothing that is counted: {years}.",
                sheet=self.context.sheet.name,
                years=", ".join(self.years),
            )
            self.context.findings.notes.append(text)
        if not any(bad.sheet == self.context.sheet.name and bad.what == "heading" for bad in self.context.findings.bad):
            for declared in self.declared.values():
                if declared.required and declared.name not in self.columns.values() and not self._stands_in(declared.name):
                    self._ask_for(declared.name)

    def blocks(self) -> list[list[int]]:
        """Return the places of the columns, those that no empty column parts together."""
        blocks: list[list[int]] = [[]]
        for place in range(max(self.table.headings, default=-1) + 1):
            if self.table.headings.get(place) or self.filled(place):
                blocks[-1].append(place)
            elif blocks[-1]:
                blocks.append([])
        return [block for block in blocks if block]

    def _another_table(self) -> set[int]:
        """Return the places of a second table, right of an empty column and about others than the first, and add it to the findings."""
        blocks = [] if self.context.exact else self.blocks()

        def of_names(block: list[int]) -> int | None:
            return next(
                (place for place in block if column_for(self.kind, self.table.headings.get(place, "")) in ("name", FIRST_NAME)), None
            )

        first = of_names(blocks[0]) if blocks else None
        for number, block in enumerate(blocks[1:], 1):
            place = of_names(block)
            if first is None or place is None or self._cells(place) == self._cells(first):
                continue
            others = {each for block in blocks[number:] for each in block}
            heading = self.table.headings[place]
            means = self._in_mapping(place, heading)
            if means is None:
                why = _("another table begins here; move it to a sheet of its own, or answer “ignore”")
                self._ask_of_two(first, place, heading, why, IGNORE)
            return others if means in (None, IGNORE) else set()
        return set()

    def _cells(self, place: int) -> list[str]:
        return [cell_text(value).strip() for _number, value in self.filled(place)]

    def _stands_in(self, column: str) -> bool:
        """Whether something else serves as a missing column: what was done is also what the event is called, and the parts of a name are it."""
        if column == "event" and self.context.belongs:
            return True
        if column == column_of_person(self.kind) and LAST_NAME in self.columns.values():
            return True
        return column == "title" and "activity" in self.columns.values()

    def _ask_for(self, column: str) -> None:
        """Add a needed column that no heading is known as. If it is a text, most likely the first column of texts is it."""
        word, row = row_type(self.kind).word(column), self.table.heading_row
        if (self.kind, column) == ("events", "title") and "present" in self.columns.values():
            why = _("no column is “{column}”; if they are of one series, the sheet is events:TITLE", column=word)
            self.context.add_issue(0, "", self.context.sheet.name, why, "sheet")
            return
        for place, taken in self.columns.items():
            other = taken in CODED or self.is_needed(taken) or is_date_column(self.kind, taken) or self.declared[column].refers
            if not other and any(isinstance(value, str) for _number, value in self.filled(place)):
                heading = self.table.headings.get(place) or column_letter(place)
                self.context.add_issue(row, heading, heading, _("no column is “{column}”", column=word), "heading", column)
                return
        self.context.add_issue(row, word, None, _("the column is missing"))

    def take(self, place: int, column: str) -> None:
        heading = self.table.headings.get(place, "") or column_letter(place)
        if column not in self.columns.values() or self._goes_on(place, column, heading):
            self.columns[place] = column
            self.headings.setdefault(column, heading)
        elif self.filled(place):
            first = self._place_of(column)
            both = _("columns {first} and {second} both are “{column}”; {column}: read both, ignore: leave {second} out")
            one = _("columns {first} and {second} both are “{column}”; {column}: {second} is it, ignore: leave {second} out")
            why = (both if may_be_joined(self.kind, column) else one).format(
                first=column_letter(first),
                second=column_letter(place),
                column=row_type(self.kind).word(column) if column in self.declared else heading,
            )
            self._ask_of_two(first, place, heading, why)

    def _ask_of_two(self, first: int, second: int, heading: str, why: str, guess: str = "") -> None:
        """Add the second of two columns to the findings. If both have one heading, its letter tells which one a line of the mapping is about."""
        column = column_letter(second) if heading == self.table.headings.get(first) else heading
        self.context.add_issue(self.table.heading_row, column, heading, why, "heading", guess)

    def _place_of(self, column: str) -> int:
        """Return the first place of a column that was taken."""
        return next(place for place, taken in self.columns.items() if taken == column)

    def _goes_on(self, place: int, column: str, heading: str) -> bool:
        """Whether a further column of the same meaning holds more values of a list: by its number, or since the mapping says so."""
        declared = self.declared.get(column)
        if place in self.crosses:
            return True
        if column == "unnamed":
            return self.is_settled(place) and self.is_settled(self._place_of(column))
        if declared is None or not may_be_joined(self.kind, column):
            return False
        if declared.read is read_note:
            return self.is_settled(place) or self.is_settled(self._place_of(column))
        return heading[-1:].isdigit() or self.is_settled(place)

    def filled(self, place: int) -> list[tuple[int, Value]]:
        """Return the cells of a column: (row number, value)."""
        return [(number, values[place]) for number, values in self.table.rows if len(values) > place and values[place] is not None]

    def _column(self, place: int) -> str | None:
        """Return the column at a place: by the mapping, by its own heading, or with the heading above it. None if it isn't known."""
        heading = self.table.headings.get(place, "")
        above = self._above(place)
        tried = [heading, *(join_headings(each, heading) for each in above), *above] if heading else [column_letter(place), *above]
        for each in tried:
            if means := self._in_mapping(place, each):
                return self._meant(means, each)
        known = [column for each in tried if (column := column_for(self.kind, each))]
        return next((column for column in known if column not in self.columns.values()), known[0] if known else None)

    def _crossed(self, place: int) -> str | None:
        """Return the column of which a heading is one value, as in `Gruppe`, `Hjerteven` with crosses below them."""
        heading, cells = self.table.headings.get(place, ""), [cell_text(value) for _number, value in self.filled(place)]
        marks = {mark_of(cell) for cell in cells if not is_unknown(cell)}
        if self.context.exact or len(heading) < 3 or PRESENT not in marks or not marks <= {PRESENT, ABSENT}:
            return None
        over = [column for each in self._above(place) if (column := column_for(self.kind, each))]
        for column in over or _CROSSED:
            if column in self.declared and self.declared[column].several and self._is_read(column, heading):
                self.crosses[place] = heading
                return column
        return None

    def _above(self, place: int) -> list[str]:
        """Return the heading above a column's own, which it shares with a few others; a title is above most of them."""
        values = self.table.above.get(place, [])[:1]
        shared = sum(other[:1] == values for other in self.table.above.values())
        return [" ".join(cell_text(value).split()) for value in values if 2 * shared <= len(self.table.headings)]

    def is_settled(self, place: int) -> bool:
        """Whether the mapping says what a column is."""
        return bool(self._in_mapping(place, self.table.headings.get(place) or column_letter(place)))

    def _in_mapping(self, place: int, heading: str) -> str | None:
        """Return what the mapping says of a column by a heading, or by its letter too if others have the same one."""
        return self.context.mapping.meaning("heading", self.context.sheet.name, heading, column_letter(place))

    def _left_out(self, place: int) -> bool:
        """Whether an unknown column is one that nobody misses: it adds up others, or explains the table next to it."""
        heading = self.table.headings.get(place, "")
        cells = self.filled(place)
        if not heading:
            return all(isinstance(text, str) and ("=" in text or len(text) > 25 or text.rstrip().endswith(":")) for _number, text in cells)
        if _YEAR.fullmatch(heading) and all(mark_of(cell_text(value)) is not None for _number, value in cells):
            self.years.append(heading)
            return True
        if not (is_total(heading) or is_part(heading)) and not all((number, place) in self.context.sheet.sums for number, _value in cells):
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
        begun = column_beginning_with(self.kind, heading)
        guess = begun if begun and begun not in self.columns.values() else self._likely_column(place)
        why = _("this heading is not known") if heading else _("the column has no heading")
        self.context.add_issue(self.table.heading_row, name, name, why, "heading", guess)
        if guess:
            self.take(place, guess)

    def _likely_column(self, place: int) -> str:
        """Return the column whose values these most likely are: names, codes, people, or numbers. Empty if nothing suggests one."""
        values = [cell_text(value).strip() for _number, value in self.filled(place)]
        texts = [text for text in dict.fromkeys(values) if not is_unknown(text)][:100]
        free = [column for column in self.declared if column not in self.columns.values()]
        if texts and all(text.isdigit() for text in texts):
            numbers = ("ref",) if len(texts) == len(values) > 1 and "ref" in free and self._is_read("ref", texts[0]) else ()
            counted = ("unnamed",) if says_how_many(self.table.headings.get(place, "")) else ()
            return next((column for column in (*numbers, *counted) if column in free), "")

        # A yes or no is an answer to anything, and so suggests nothing.
        texts = [text for text in texts if mark_of(text) not in (PRESENT, ABSENT)]

        if "name" in free and FIRST_NAME not in self.columns.values() and sum(map(is_like_a_name, texts)) * 2 > len(texts):
            return "name"

        def fits(column: str) -> float:
            return sum(self._is_read(column, text) for text in texts) / len(texts) if texts else 0

        coded = [column for column in free if self.declared[column].refers == "people" or column in CODED]
        known = [self.context.roster.look_up(name).person for text in texts for name in self.context.parts(text)]
        young = any(each and each.is_kind("intakes") for each in known)
        best = max(coded, key=lambda column: (fits(column), young and column == "present"), default="")
        return best if best and fits(best) >= 0.5 else ""

    def _is_read(self, column: str, text: str) -> bool:
        """Whether a text is a value of a column, or names people that there are."""
        if self.declared[column].refers == "people":
            return all(self.context.roster.look_up(name).person for name in self.context.parts(text))
        try:
            return bool(read_value(self.kind, column, text, None))
        except HusrumError:
            return False

    def _meant(self, means: str, heading: str) -> str:
        if means == IGNORE:
            return IGNORE
        if means.casefold() == TOTAL and "unnamed" in self.declared:
            return IN_ALL
        column = find_column(self.kind, means)
        if both := people_and_numbers(self.kind, means):
            column, self.numbers[both[0]] = both
        if column is None:
            kind, known = kind_rows_word(self.kind), ", ".join(map(row_type(self.kind).word, self.declared))
            why = _("the mapping says “{means}”, which is not a column; {kind} have: {known}", means=means, kind=kind, known=known)
            self.context.add_issue(self.table.heading_row, heading, heading, why, "heading")
            return IGNORE
        return column

    def _choose_source(self) -> None:
        """Choose the column of `Henvist fra`: the source if every value is one, otherwise who referred."""
        place = next((place for place, column in self.columns.items() if column == "source"), None)
        if self.kind != "intakes" or place is None or "referred_by" in self.columns.values():
            return
        heading = " ".join(self.headings["source"].casefold().split())
        if heading not in _REFERRED or self.is_settled(place):
            return
        for _number, values in self.table.rows:
            text = cell_text(values[place]).strip() if len(values) > place else ""
            if not text or is_unknown(text) or self.context.mapping.meaning("value", self.context.sheet.name, text, heading, "source"):
                continue
            try:
                read_value(self.kind, "source", text, None)
            except HusrumError:
                self.columns[place] = "referred_by"
                self.headings["referred_by"] = self.headings.pop("source")
                return
