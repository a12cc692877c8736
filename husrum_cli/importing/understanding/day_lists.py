"""Lists of days with the names of those who came next to them, read as what a sheet of people by dates says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ...i18n import _, long_day
from ...input.text import clears
from ...input.yes_no import answered
from ...rowtypes.registry import row_type
from ..reading.workbook import Sheet, Value
from .columns import by_name, column_for, find_column
from .context import SheetContext
from .grid_headings import dates_in, is_day_heading
from .grids import Grid, GridRow
from .mapping import IGNORE
from .occasions import PEOPLE
from .roster import RosterPerson, only_numbers
from .rows import RowsOfKind, Texts, understand_rows
from .tables import Known, Row, Table, cell_text, find_table
from .words import EXCUSED, PRESENT, is_like_a_name, mark_of, words_of

KIND = "attendance"
"""The kind whose columns such a list has. What its rows belong to is said of the sheet."""


def find_day_list(context: SheetContext, sheet: Sheet) -> Table | None:
    """Return the table of a list of days and names; None if the sheet is none."""

    def column(heading: str) -> str | None:
        means = context.mapping.meaning("heading", context.sheet.name, heading)
        return find_column(KIND, means.partition("|")[0]) if means and means != IGNORE else column_for(KIND, heading)

    def points(rows: list[Row], place: int) -> int:
        cells = [cell for cell in rows[place][1] if cell is not None]
        return 0 if any(map(is_day_heading, cells)) else sum(map(is_heading, cells))

    def is_heading(cell: Value) -> bool:
        return isinstance(cell, str) and column(" ".join(cell.split())) is not None

    known = Known(points, lambda heading: column(heading) == "present", is_heading, lambda heading: column(heading) in PEOPLE)
    table = find_table(sheet, known)
    if table is None:
        return _days_above_names(context, sheet)
    if any(dates_in(values) > 1 for _number, values in table.rows):
        return None  # a row of several days is the headings of a grid
    columns = {place: column(heading) for place, heading in table.headings.items()}
    cells = {
        place: [values[place] for _number, values in table.rows if len(values) > place and values[place] is not None] for place in columns
    }
    days = [place for place, name in columns.items() if name == "date" and 2 * dates_in(cells[place]) > len(cells[place])]
    if not days:
        return None
    named = [place for place, name in columns.items() if name == "present" and cells[place] and not _are_marks(cells[place])]
    others = [place for place, name in columns.items() if name is None and cells[place]]
    if not named and not any(_are_marks(cells[place]) for place in others):
        named = [place for place in others if _are_names(context, cells[place])]
    return table if named else None


def _days_above_names(context: SheetContext, sheet: Sheet) -> Table | None:
    """Return the table of days side by side with the names of those who came below each; None if the sheet is something else."""
    known = Known(lambda rows, place: dates_in(rows[place][1]), lambda _heading: False, is_day_heading, is_day_heading)
    table = find_table(sheet, known)
    if table is None:
        return None
    cells = [(place, value) for _number, values in table.rows for place, value in enumerate(values) if value is not None]
    named = bool(cells) and all(dates_in([table.headings.get(place)]) for place, _value in cells)
    return table if named and _are_names(context, [value for _place, value in cells]) else None


def _by_day(table: Table) -> Table:
    """Return days side by side below each other, each next to the names below it. Any other table is returned as it is."""
    if not all(dates_in([heading]) for heading in table.headings.values()):
        return table
    rows: list[Row] = [
        (number, [table.headings[place], value]) for number, values in table.rows for place, value in enumerate(values) if value is not None
    ]
    words = {place: row_type(KIND).word(column) for place, column in enumerate(("date", "present"))}
    return Table(table.heading_row, words, {}, rows, table.left_out)


def has_own(context: SheetContext, table: Table, *columns: str) -> bool:
    """Whether the rows of a list of days have titles or activities of their own, as those of a list of events."""
    for heading in table.headings.values():
        means = context.mapping.meaning("heading", context.sheet.name, heading)
        column = find_column("events", means) if means else column_for("events", heading)
        if column in columns and (means or column_for(KIND, heading) != "present"):
            return True
    return False


def names_those_who_came(context: SheetContext, table: Table) -> bool:
    """Whether a column is one of those who came by its own heading. `Navn` may be that of events too: its cells must name people in the file."""
    for place, heading in table.headings.items():
        if column_for(KIND, heading) != "present":
            continue
        names = [name for _number, values in table.rows if len(values) > place for name in context.parts(cell_text(values[place]))]
        if names and (words_of(heading) != "navn" or all(context.roster.look_up(name).person for name in names)):
            return True
    return False


def _are_marks(cells: list[Value]) -> bool:
    """Whether most cells are marks or numbers."""
    texts = [cell_text(cell).strip() for cell in cells]
    return 2 * sum(mark_of(text) is not None or text.isdigit() for text in texts) > len(texts)


def _are_names(context: SheetContext, cells: list[Value]) -> bool:
    """Whether most cells name people: those in the file, or like them."""
    names = [context.parts(cell_text(cell)) for cell in cells]
    return 2 * sum(
        bool(each) and all(is_like_a_name(name) or context.roster.look_up(name).person for name in each) for each in names
    ) > len(names)


def understand_day_list(context: SheetContext, target: str, table: Table) -> Grid:
    """Return who came on which day, by a list of days and names."""
    rows = understand_rows(context, KIND, _by_day(table))
    grid = Grid(context.file, context.sheet.name, target, table.heading_row)
    kept: dict[int, GridRow] = {}
    for number, texts in rows.rows:
        if "date" in texts:
            _read_row(context, rows, grid, kept, number, texts)
    grid.rows = list(kept.values())
    return grid


def _read_row(context: SheetContext, rows: RowsOfKind, grid: Grid, kept: dict[int, GridRow], number: int, texts: Texts) -> None:
    day = texts["date"]
    grid.days.setdefault(day, day)
    grid.rows_of_days.setdefault(day, number)
    if "unnamed" in texts:
        first, before = grid.unnamed.get(day, (number, 0))
        grid.unnamed[day] = first, before + int(texts["unnamed"])
    for column, mark in (("present", PRESENT), ("volunteers", PRESENT), ("excused", EXCUSED)):
        for known in _people(context, rows, number, column, texts.get(column, "")):
            row = kept.setdefault(id(known), GridRow(number, known, known.name, False, {}, {}))
            if row.marks.get(day) == mark == PRESENT:
                note = _(
                    "{sheet}: {person} is there twice on {date}, and was counted once.",
                    sheet=grid.sheet,
                    person=known.display_name,
                    date=long_day(day),
                )
                context.findings.notes.append(note)
            if row.marks.get(day) != PRESENT:
                row.marks[day], row.texts[day] = mark, known.name
            if column == "volunteers":
                row.helped.add(day)
    if any(answered(texts.get(column, "")) for column in ("cancelled", "planned")) and _came(grid, kept.values(), day):
        heading = next(rows.headings[column] for column in ("cancelled", "planned") if column in texts)
        context.add_issue(number, heading, heading, _("it was cancelled on that day, but people are ticked"))


def _came(grid: Grid, rows: Iterable[GridRow], day: str) -> bool:
    return day in grid.unnamed or any(row.marks.get(day) == PRESENT for row in rows)


def _people(context: SheetContext, rows: RowsOfKind, number: int, column: str, text: str) -> Iterator[RosterPerson]:
    """Yield the people of a cell, which names each by number or full name."""
    if column not in by_name(KIND) or clears(text):
        return
    for part in filter(None, (part.strip() for part in re.split("[|,]" if only_numbers(text) else "[|]", text))):
        first, dash, last = re.sub(r"\s", "", part).replace("–", "-").partition("-") if only_numbers(part) else (part, "", "")
        for each in map(str, range(int(first), int(last) + 1)) if dash and first and last else [part]:
            if known := context.roster.look_up(each).person:
                yield known
            else:
                context.add_issue(number, rows.headings[column], each, _("nobody has this number"))
