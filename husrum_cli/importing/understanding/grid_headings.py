"""The headings of a sheet of people by dates: the day of each column, and the columns that say whose each row is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from ...errors import HusrumError
from ...i18n import _
from ...input.dates import today
from ..reading.workbook import Value
from .columns import any_heading, column_for
from .context import SheetContext
from .dates import NeedsYear, date_parts, day_number, is_date, is_range_heading, month_and_year, place_after_new_year, read_file_date
from .headings import column_letter
from .mapping import IGNORE
from .tables import BLANK, HEADING, IGNORED, REMARK, SUM, TITLE, Row, Table, cell_text
from .words import EXCUSED, PRESENT, is_guests, is_like_a_name, is_total, is_volunteer_remark, mark_of, says_who_came


def days_in(rows: list[Row], at: int) -> int:
    """Count the cells of a row that are dates, or days below the names of their months: the row's score as the headings of a grid."""
    number, cells = rows[at]
    if any(mark_of(cell_text(cell)) in (PRESENT, EXCUSED) for cell in cells if not _is_day_number(cell)):
        return 0  # somebody's row
    months = {
        place
        for row, above in rows[max(0, at - 3) : at]
        if row >= number - 3
        for place, cell in enumerate(above)
        # A cell that shows `august` may be stored as its first day; any other day is a heading itself.
        if place and (cell.day == 1 if isinstance(cell, date) else month_and_year(cell_text(cell))[0])
    }
    places = [place for place, cell in enumerate(cells) if _is_day_number(cell)]
    if months and (
        _names_somebody(rows[:at], rows[at]) or months.issuperset(places) and any(is_like_a_name(cell_text(cell)) for cell in cells)
    ):
        return 0  # somebody's row: numbers below months are how often they came
    numbers = [(max((each for each in months if each <= place), default=0), day_number(cell_text(cells[place]))) for place in places]
    return dates_in(cells) + (len(numbers) if months and len(set(numbers)) * 2 > len(numbers) else 0)


def _names_somebody(above: list[Row], row: Row) -> bool:
    """Whether a row says whom it is about, or that it is about guests, below a heading of people right above it."""
    number, cells = row
    people = {
        place
        for each, values in above
        if each >= number - 3
        for place, cell in enumerate(values)
        if isinstance(cell, str) and is_person_heading(cell)
    }
    texts = [cell_text(cells[place]).strip() for place in people if place < len(cells)]
    return any(text and (is_guests(text) or not any_heading(text) and not _OF_DAYS.search(text)) for text in texts)


def dates_in(cells: list[Value]) -> int:
    """Count the cells that are whole dates."""
    return sum(isinstance(cell, date) or isinstance(cell, str) and is_date(cell) for cell in cells)


def has_marks_below(rows: list[Row], places: list[int]) -> bool:
    """Whether most cells of these columns are marks, or numbers of guests."""
    filled = [cells[place] for _number, cells in rows for place in places if place < len(cells) and cells[place] is not None]
    return 2 * sum(mark_of(cell_text(cell)) is not None or isinstance(cell, int) for cell in filled) > len(filled)


def is_day_heading(cell: Value) -> bool:
    """Whether a cell may be the heading of a day: a whole date, or a day below its month."""
    return dates_in([cell]) > 0 or _is_day_number(cell)


def are_ticks_of_one_day(cells: list[Value]) -> bool:
    """Whether a row is the headings of people with a column that says who came, as `Navn` and `Mødt` are below a title that has the date."""
    headings = [cell for cell in cells if isinstance(cell, str)]
    return any(map(says_who_came, headings)) and any(map(is_person_heading, headings))


def is_name_heading(heading: str) -> bool:
    """Whether a column is the one of names."""
    return column_for("intakes", heading) == "name" or heading.strip().casefold() == "person"


def is_person_heading(heading: str) -> bool:
    """Whether a column says whom a row is about: by name, a part of it, or number."""
    return is_name_heading(heading) or column_for("intakes", heading) in ("first_name", "last_name", "ref") or _is_number_heading(heading)


def _is_number_heading(heading: str) -> bool:
    return heading.strip().rstrip(".").casefold() in ("nr", "no", "id", "#", "number")


def _is_day_number(cell: Value) -> bool:
    return not isinstance(cell, bool) and day_number(cell_text(cell)) is not None


_OF_DAYS = re.compile(r"(?:dage?|dato(?:er)?|uger?|dates?|days?|weeks?)\W*$", re.IGNORECASE)
"""What the headings of a row of days are called: `Mødedage`, `Uge`."""


class GridHeadings:
    """The columns of a grid: place -> day in `columns`; the others by what they say of the person, -1 for those there are not. `days`: day -> its heading."""

    def __init__(self, context: SheetContext, table: Table, known_days: Sequence[str], only_day: str = "") -> None:
        """`known_days`: of the group or event, which tell the year of dates that have none. `only_day`: the event's, if it has one."""
        self.context, self.table, self.known_days, self.only_day = context, table, known_days, only_day
        self.days: dict[str, str] = {}
        self.columns: dict[int, str] = {}
        self.unknown: dict[int, str] = {}  # place -> heading
        self.passed_over: set[int] = set()  # columns that only repeat the list of people
        self.ignored: set[int] = set()
        self.asked: set[int] = set()
        self.number = self.loose_number = self.name = self.first = self.last = self.role = -1
        self.given_year: list[int] = []  # places of the dates without a year, which are of the year that was given
        self._read()

    def _read(self) -> None:
        month: int | None = None
        year: int | None = None
        width = max([len(values) for _number, values in self.table.rows] + [max(self.table.headings, default=-1) + 1], default=0)
        for place in range(width):
            above = [
                (value.month, value.year) if isinstance(value, date) else month_and_year(cell_text(value))
                for value in self.table.above.get(place, ())
            ]
            # The heading above a column applies to those after it, up to the next month or year; after December comes the next January.
            before, month = month, next((each for each, _year in above if each), month)
            written = next((each for _month, each in above if each), None)
            turned = year is not None and before is not None and month is not None and month < before
            year = written or (year + 1 if year and turned else year)
            self._read_heading(place, self._heading_at(place), month, year)
        self._ask_for_other_year()
        self._call_months_headings()
        if self.name < 0 and self.first < 0:
            taken = self.passed_over | set(self.columns) | {self.number, self.loose_number, self.role}
            self.name = next(
                (place for place in range(min(self.columns, default=width)) if place not in taken and self._has_texts(place)), -1
            )
        self.unknown.pop(self.name, None)
        if not self.columns:
            ticks = {place: heading for place, heading in self.table.headings.items() if says_who_came(heading)}
            self.unknown |= {place: heading for place, heading in ticks.items() if place not in self.asked | self.ignored}
        elif any(map(says_who_came, self.days.values())):
            # The day is known, so other headings need none.
            self.unknown = {place: heading for place, heading in self.unknown.items() if mark_of(heading)}
        for place, heading in self.unknown.items():
            if month_and_year(heading)[0]:
                why = _("this is a month, not a day; write the date. ignore: the numbers below are counts")
            else:
                why = _("this heading is not a date")
            self._bad(place, heading, why, "heading")
        if self.name < 0 and self.first < 0 and self.number < 0:
            self.number = self.loose_number
        if max(self.name, self.first, self.number) < 0:
            self.context.add_issue(
                self.table.heading_row, "", None, _("no heading says who the rows are about; name a column Navn or Nummer")
            )
        if not self.columns and not any(bad.sheet == self.context.sheet.name for bad in self.context.findings.bad):
            self.context.add_issue(self.table.heading_row, "", None, _("no heading is a date"))

    def _ask_for_other_year(self) -> None:
        """Ask which year dates are of that go on after New Year, from `3/12` to `14/1`: the year that was given is that of some only."""
        turn = place_after_new_year([self.columns[place] for place in self.given_year])
        for place in self.given_year[turn:] if turn else ():
            heading = self.days[self.columns[place]]
            why = _("the dates go on after New Year, so they are of two years; write the year in the headings, or the date in the mapping")
            self._bad(place, heading, why, "heading")

    def _bad(self, place: int, heading: str, why: str, what: str = "") -> None:
        self.asked.add(place)
        self.context.add_issue(self.table.row_at(self.table.heading_row, place), heading, heading, why, what)

    def fates(self, rows: int) -> dict[int, str]:
        """Return the row of each place of a turned table that is no day's -> why it is left out. `rows`: how many there are."""
        found = {}
        about = self.passed_over | {self.name, self.first, self.last, self.number, self.loose_number, self.role}
        for place in range(rows):
            heading = self.table.headings.get(place, "")
            if place in self.columns or place in self.asked:
                continue
            if place in about:
                why = HEADING
            elif place in self.ignored:
                why = IGNORED
            elif not heading and not self._has_texts(place):
                why = BLANK
            elif place < min(self.columns, default=rows):
                why = TITLE
            else:
                why = SUM if is_total(heading) else REMARK
            found[place + 1] = why
        return found

    def not_read(self) -> list[str]:
        """Return the headings, or else the letters, of the columns that say something which is not read; not totals and the rows' own numbers."""
        read = self.asked | self.ignored | set(self.columns) | {self.name, self.first, self.last, self.number, self.loose_number}
        texts: dict[int, set[str]] = {}
        for _number, values in self.table.rows:
            for place, value in enumerate(values):
                if place not in read and value is not None and (text := cell_text(value).strip()):
                    texts.setdefault(place, set()).add(text)
        found = []
        for place in sorted(texts):
            heading = self._heading_at(place)
            if place == self.role and any(map(is_volunteer_remark, texts[place])) or is_total(heading):
                continue
            if self._tells_others(place) if heading else not all(map(str.isdigit, texts[place])):
                found.append(heading or column_letter(place))
        return found

    def _heading_at(self, place: int) -> str:
        """Return a column's heading; right of the first days also one further up, above this column alone: `I alt` next to months."""
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
            if self.table.heading_row - 3 <= number < self.table.heading_row and all(
                isinstance(value, date) or is_name_heading(cell_text(value)) or month_and_year(cell_text(value)) != (None, None)
                for value in filled
            ):
                self.table.left_out[number] = HEADING

    def _read_heading(self, place: int, heading: str, month: int | None, year: int | None) -> None:
        sheet, mapping = self.context.sheet.name, self.context.mapping
        means = mapping.meaning("heading", sheet, heading) if heading else mapping.meaning("heading", sheet, column_letter(place))
        if means == IGNORE:
            self.ignored.add(place)
            return
        if means and is_date(means):
            heading = means
        elif means:
            self._name_column(place, means)
            return
        if self.only_day and says_who_came(heading) and not dates_in([*self.table.headings.values()]):
            self._read_day(place, heading, self.only_day)
        elif month and (day := day_number(heading)):
            self._read_day(place, heading, f"{day}/{month}" + (f"-{year}" if year else ""))
        elif is_range_heading(heading, below_month=month is not None):
            self._bad(place, heading, _("these are several days; a column is one day"), "heading")
        elif is_date(heading):
            self._read_day(place, heading, heading)
        elif not heading:
            if self._has_texts(place) and self.columns and not self._only_legends(place):
                letter = column_letter(place)
                self._bad(place, letter, _("the column has no heading"), "heading")
        elif not self._name_column(place, heading) and not is_total(heading):
            if re.match(r"\s*[0-9]", heading) and not (self.table.turned and not self._has_texts(place)):
                self._bad(place, heading, _("this is not a date with its day and month"), "heading")
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
            self._bad(place, heading, _("another table begins here; move it to a sheet of its own"))
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
        rows = [[cell_text(value).split() for value in values] for _number, values in self.table.rows if len(values) > place]
        left = [each for each in (self.name, self.first, self.number, self.loose_number) if each >= 0]
        return any(texts[place] and all(texts[place] != texts[each] for each in left) for texts in rows)

    def _read_day(self, place: int, heading: str, text: str) -> None:
        try:
            try:
                day, completed = self._day(text, self.context.year)
            except NeedsYear as error:
                self._bad(place, heading, error.message, "year")
                day, completed = self._day(text, int(today()[:4]))  # its marks are asked about at the same time
        except HusrumError as error:
            self._bad(place, heading, error.message, "heading")
            return
        if day in self.days:
            self._bad(place, heading, _("the date is there twice"), "heading")
            return
        if completed:
            self.context.findings.completed[self.context.sheet.name, _("headings"), completed] += 1
        self.columns[place] = day
        self.days[day] = heading
        if completed == "year" and day not in self.known_days and self.context.year and day.startswith(str(self.context.year)):
            self.given_year.append(place)

    def _day(self, text: str, year: int | None) -> tuple[str, str]:
        """Return the day of a heading; one without a year is that of the group's days, else of the year that was given."""
        day, month, written = date_parts(text)
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
