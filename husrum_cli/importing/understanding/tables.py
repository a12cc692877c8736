"""Finding the table in a sheet: its headings below titles, its rows, and what is around them. Every row gets a reason or is read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from ..reading.workbook import CellError, Sheet, Value
from .words import EXCUSED, PRESENT, is_guests, is_like_a_name, is_number_of_rows, is_remark, is_section, is_total, mark_of, may_name_people

# Why a row is left out; the words of `--format json`.
TITLE, HEADING, BLANK, SUM, REMARK, IGNORED, NOT_READ = "title", "heading", "blank", "total", "remark", "ignored", "sheet not read"
ANOTHER = "another table"
_DEEPEST = 60
"""Filled rows among which the headings are looked for."""

Row = tuple[int, list[Value]]


@dataclass(slots=True)
class Table:
    """A table of a sheet. `headings`: column -> its heading; `above`: column -> the text above that, merged cells spread out.

    `turned`: the sheet's rows are its columns.
    """

    heading_row: int
    headings: dict[int, str]
    above: dict[int, list[Value]]
    rows: list[Row]
    left_out: dict[int, str] = field(default_factory=dict)
    turned: bool = False

    def row_at(self, number: int, place: int) -> int:
        """Return the row of the sheet in which a cell is, by its row and column in the table."""
        return place + 1 if self.turned else number


def cell_text(value: Value) -> str:
    """Return a cell as text: dates in ISO, whole numbers without decimals, what is wrong as it is shown."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, CellError):
        return value.shown
    return str(value)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a sheet's headings. `points`: how well the row at a place suits as headings; 0 suits not at all.

    `names`: whether a heading is that of the column whose text says that a row is about somebody. `is_heading`: whether a cell may be a heading at all.
    `people`: whether a heading is that of people who came to what a row is about; a row may say nothing else than who else did.
    """

    points: Callable[[list[Row], int], int]
    names: Callable[[str], bool]
    is_heading: Callable[[Value], bool]
    people: Callable[[str], bool] = lambda _heading: False


def find_table(sheet: Sheet, known: Known, exact: bool = False) -> Table | None:
    """Return the table of a sheet: the first of the rows that suit best as headings, or one above with rows of its own. `exact`: every row below the headings is read."""
    points, name_column = known.points, known.names
    at = find_headings(sheet.rows[:_DEEPEST], known)
    if at is None:
        return None
    while not exact and at + 1 < len(sheet.rows) and _continues(sheet.rows, at + 1, points):
        at += 1
    heading_row, cells = sheet.rows[at]
    above = _spread(sheet, [row for row in sheet.rows[:at] if row[0] >= heading_row - 3])
    headings = {column: " ".join(cell_text(value).split()) for column, value in enumerate(cells) if value is not None}
    table = Table(heading_row, headings, above, [])
    for place, (number, values) in enumerate(sheet.rows[:at]):
        filled = sum(value is not None for value in values)
        table.left_out[number] = HEADING if filled > 1 and place >= at - 3 and number >= heading_row - 3 else TITLE
    table.left_out[heading_row] = HEADING
    _repeat_merged(sheet, sheet.rows[at + 1 :])
    names = [column for column in headings.keys() | above if any(map(name_column, _texts_at(headings, above, column)))]
    names = names or _first_of_texts(sheet.rows[at + 1 :])
    if exact:
        table.rows += sheet.rows[at + 1 :]
    else:
        _divide(sheet, at, table, names, {column for column in headings if column not in names and known.people(headings[column])})
    filled_rows = {row[0] for row in sheet.rows}
    table.left_out |= {number: BLANK for number in range(1, sheet.last_row + 1) if number not in filled_rows}
    return table


def find_headings(rows: list[Row], known: Known) -> int | None:
    """Return the place of the headings of the first table of a sheet. Those of a table below it may suit better: a month with a date more."""
    at = max(range(len(rows)), key=lambda place: (known.points(rows, place), -place), default=None)
    if at is None or not known.points(rows, at):
        return None
    return next((place for place in range(at) if _has_rows(rows[: at + 1], place, known)), at)


def _has_rows(rows: list[Row], at: int, known: Known) -> bool:
    """Whether a row is one of headings, with rows of its own above the last, whose headings suit best."""
    headings, best = rows[at][1], rows[-1][1]
    below = [row for row in rows[at + 1 : -1] if not _are_headings(row[1], known)]
    names = _places_of_names(headings, known)
    if not known.points(rows, at) or not _are_headings(headings, known):
        # Most of its headings are not known. Those below a heading of names are people all the same.
        return any(_are_several(values) and is_like_a_name(_name_in(values, names)) for _number, values in below)
    names = names or [place for place in _first_of_texts(below) if place >= len(headings) or headings[place] is None]
    if names:
        return any(_is_about_somebody(values, names, known) for _number, values in below)
    rows_below = sum(_are_several(values) for _number, values in below)
    if {*headings} <= {*best} or not _places_of_names(best, known):
        return rows_below > 0
    # One row may be about something else: the place of what is listed further down.
    return rows_below > 1 and known.points(rows, at) >= len(headings) - headings.count(None)


def _is_about_somebody(values: list[Value], names: list[int], known: Known) -> bool:
    """Whether a row says something of somebody, whose name is in one of these columns, or that there is somebody."""
    name = _name_in(values, names)
    if not name or is_total(name) or known.is_heading(name) and not name.isdigit():
        return False
    return _are_several(values) or is_like_a_name(name)


def _name_in(values: list[Value], names: list[int]) -> str:
    return cell_text(next((values[place] for place in names if place < len(values) and values[place] is not None), None))


def _are_several(values: list[Value]) -> bool:
    return len(values) - values.count(None) > 1


def _places_of_names(headings: list[Value], known: Known) -> list[int]:
    return [place for place, value in enumerate(headings) if isinstance(value, str) and known.names(value)]


def _are_headings(values: list[Value], known: Known) -> bool:
    """Whether most cells of a row are headings, and one that stands alone that of the names."""
    filled = [value for value in values if value is not None]
    headings = sum(map(known.is_heading, filled))
    alone = len(filled) == 1 and isinstance(filled[0], str) and known.names(filled[0]) and not is_section(filled[0])
    return alone or len(filled) > 1 and 2 * headings > len(filled)


def cut_second(table: Table, known: Known) -> Row | None:
    """Take a second table, below the first and with other headings, out of the rows, and return its row of headings.

    That is a row with a heading of names, and mostly headings next to it. A text alone after a blank row is the second table's title.
    Looked at are rows below a gap or a text alone, and those that repeat the first heading of names: a table has many others.
    """
    names = [(column, heading) for column, heading in table.headings.items() if known.names(heading)]
    before, alone = table.heading_row, False
    for place, (number, values) in enumerate(table.rows):
        looked_at = number > before + 1 or alone or any(len(values) > column and values[column] == heading for column, heading in names)
        before, alone = number, len(values) - values.count(None) == 1
        if not looked_at or alone:
            continue
        filled = [value for value in values if value is not None]
        if not any(isinstance(value, str) and known.names(value) for value in filled):
            continue
        if 2 * sum(map(known.is_heading, filled)) <= len(filled):
            continue
        first = place - _titles_above(table.rows[:place], number)
        table.left_out |= dict.fromkeys((row[0] for row in table.rows[first:]), ANOTHER)
        table.rows = table.rows[:first]
        return number, values
    return None


def _titles_above(rows: list[Row], number: int) -> int:
    """Count the rows of one text right above a row, if a blank row parts them from the table."""
    titles = 0
    for above, values in reversed(rows):
        if above < number - 1:
            return titles
        filled = [value for value in values if value is not None]
        if len(filled) > 1 or not isinstance(filled[0], str):
            return 0
        titles, number = titles + 1, above
    return titles


def _texts_at(headings: dict[int, str], above: dict[int, list[Value]], column: int) -> list[str]:
    """Return a column's heading and the text right above it."""
    return [headings.get(column, ""), *(cell_text(value) for value in above.get(column, [])[:1])]


def _first_of_texts(rows: list[Row]) -> list[int]:
    """Return the first column with a text in most of these rows, which is that of the names if no heading says so."""
    filled = Counter(column for _number, values in rows for column, value in enumerate(values) if isinstance(value, str))
    return sorted(column for column, number in filled.items() if 2 * number > len(rows))[:1]


def _continues(rows: list[Row], at: int, points: Callable[[list[Row], int], int]) -> bool:
    """Whether every cell of a row is a heading too, as in a second row of headings right below the first."""
    number, values = rows[at]
    return number == rows[at - 1][0] + 1 and points(rows, at) >= 2 * sum(value is not None for value in values)


def _spread(sheet: Sheet, rows: list[Row]) -> dict[int, list[Value]]:
    """Return column -> the values of these rows above it, the lowest first; a merged cell's value is in each of its columns."""
    spread: dict[int, list[Value]] = {}
    for number, values in reversed(rows):
        cells = {column: value for column, value in enumerate(values) if value is not None}
        # No two areas begin at one cell.
        areas = {
            area.first_column: area for area in sheet.merged if area.first_row <= number <= area.last_row and area.first_column in cells
        }
        for first, area in areas.items():
            if area.last_column - first < 400:
                cells |= dict.fromkeys(range(first, area.last_column + 1), cells[first])
        for column, value in cells.items():
            spread.setdefault(column, []).append(value)
    return spread


def _repeat_merged(sheet: Sheet, rows: list[Row]) -> None:
    """Put a text or a date that several of these rows share in each of them. A number that they share is not each row's."""
    below = dict(rows)
    for area in sheet.merged:
        values = below.get(area.first_row)
        if values is None or area.first_row == area.last_row or len(values) <= area.first_column:
            continue
        value = values[area.first_column]
        if not isinstance(value, str | date):
            continue
        for number in range(area.first_row + 1, area.last_row + 1):
            if (cells := below.get(number)) is not None:
                cells += [None] * (area.first_column + 1 - len(cells))
                cells[area.first_column] = value


def _divide(sheet: Sheet, at: int, table: Table, names: list[int], people: set[int]) -> None:
    """Sort the rows below the headings into those to read, and those left out with the reason. `people`: other columns that name people."""
    heading_cells = [cell_text(value).strip().casefold() for value in sheet.rows[at][1] if value is not None]
    below = sheet.rows[at + 1 :]
    # Remarks are looked for if a row says nothing but one text; within the table such a row may be somebody of whom only the name is known.
    for number, values in below:
        filled = [(column, value) for column, value in enumerate(values) if value is not None]
        texts = [value for _column, value in filled if isinstance(value, str)]
        if _only_counts_rows(table.rows, number, filled, names):
            table.left_out[number] = BLANK
        elif _is_total(sheet, number, filled) or _adds_up(table.rows, filled, names):
            table.left_out[number] = SUM
        elif [cell_text(value).strip().casefold() for _column, value in filled] == heading_cells:
            table.left_out[number] = HEADING
        elif (
            texts
            and len(texts) == len(filled)
            and len(table.headings) > 1
            and _says_nothing(texts, filled[0][0] in names, filled[0][0] in people)
        ):
            table.left_out[number] = REMARK
        else:
            table.rows.append((number, values))


def _says_nothing(texts: list[str], named: bool, people: bool) -> bool:
    """Whether the texts of a row are a remark or explain marks. `named`, `people`: the first is in a column of names or numbers of people, or of several people."""
    if len(texts) == 1 and people:
        return is_remark(texts[0]) and not may_name_people(texts[0])
    if len(texts) == 1:
        return is_remark(texts[0]) if named else mark_of(texts[0]) is None
    # `x = til stede`, `a = afbud`; or `x` in the column of names and `til stede` next to it
    explains = (named or people) and not texts[0].strip().isdigit() and mark_of(texts[0]) in (PRESENT, EXCUSED)
    return explains or all("=" in text for text in texts)


def _adds_up(above: list[Row], filled: Sequence[tuple[int, Value]], names: list[int]) -> bool:
    """Whether a row without a label holds only numbers, one of them the sum of those above it."""
    if any(column in names or _number(value) is None for column, value in filled):
        return False
    for column, value in filled:
        numbers = [_number(values[column]) or 0 for _row, values in above if len(values) > column]
        if sum(map(bool, numbers)) > 1 and sum(numbers) == _number(value):
            return True
    return False


def _only_counts_rows(above: list[Row], row: int, filled: Sequence[tuple[int, Value]], names: list[int]) -> bool:
    """Whether a row holds only its number, which goes on from those of the rows above it."""
    column, value = filled[0]
    if len(filled) > 1 or column in names or not above or (number := _number(value)) is None:
        return False
    # As far as the last rows: the numbers may begin anew further up.
    numbers = [(place, _number(values[column]) if len(values) > column else None) for place, values in above[-5:]]
    return all(each is not None and number - each == row - place for place, each in numbers)


def _number(value: Value) -> int | None:
    """Return a whole number, also one that is kept as a text."""
    text = "" if isinstance(value, bool) else cell_text(value).strip()
    return int(text) if text.isdigit() and len(text) < 10 else None


def _is_total(sheet: Sheet, number: int, filled: Sequence[tuple[int, Value]]) -> bool:
    """Whether a row is a total: by its label, or since it holds only formulas over others, with one text at most that names neither somebody nor guests."""
    label = next((value for column, value in filled[:3] if isinstance(value, str)), None)
    if label is not None and (is_total(label) or len(filled) == 1 and is_number_of_rows(label)):
        return True
    others = [column for column, value in filled if not (isinstance(value, str) and value == label)]
    if (
        label is not None
        and label.rstrip().endswith(":")
        and others
        and all(cell_text(value).isdigit() for column, value in filled if column in others)
    ):
        return True
    sums = bool(others) and all((number, column) in sheet.sums for column in others)
    return sums and not (label is not None and (is_guests(label) or is_like_a_name(label)))
