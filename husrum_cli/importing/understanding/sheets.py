"""Every sheet of every file: what it is, and what it says. Sheets of people come first, since the others name them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from ...i18n import NP_, _, counts
from ...input.text import read_name
from ..reading.workbook import Sheet, SheetName, Value, Workbook
from .columns import FIRST_NAME, any_heading, by_name, column_for, find_column, find_kind, join_headings
from .context import Options, SheetContext
from .day_lists import KIND, find_day_list, has_own, names_those_who_came, understand_day_list
from .findings import UNKNOWN_TARGET, Findings, RowAt, SheetRead
from .grid_headings import are_ticks_of_one_day, dates_in, days_in, has_marks_below, is_day_heading, is_person_heading
from .grids import Grid, understand_grid
from .mapping import IGNORE
from .occasions import PEOPLE
from .people import identify
from .roster import Roster, RosterPerson
from .rows import RowsOfKind, understand_rows
from .serials import date_the_headings
from .tables import BLANK, NOT_READ, Known, Row, Table, cell_text, cut_second, find_headings, find_table
from .transposed import date_the_days, has_marks_beside_days, is_transposed, transpose, without_month
from .words import says_how_many, words_of

PEOPLE_KINDS = ("intakes", "volunteers")
SHEET = ("sheet", "ark")

KnownDays = Callable[[str], list[str]]
"""The days of a group or event that a target such as `group:G1` names."""


@dataclass(slots=True)
class SheetContents:
    """The content of the sheets: rows of kinds, grids, and the new people whom only a list names."""

    rows: list[RowsOfKind] = field(default_factory=list)
    grids: list[Grid] = field(default_factory=list)
    new_people: list[RosterPerson] = field(default_factory=list)


@dataclass(slots=True)
class _Sheet:
    """A sheet with its table and what it is: a kind of row, a grid's target, or neither."""

    context: SheetContext
    kind: str = ""
    target: str = ""
    table: Table | None = None
    why: str = ""
    as_written: Sheet | None = None
    """A sheet whose dates are below each other, which is read as if it were turned."""


def understand(books: list[Workbook], options: Options, roster: Roster, findings: Findings, known_days: KnownDays) -> SheetContents:
    """Convert all sheets to rows and grids. What isn't understood goes to `findings`, with the outcome of every row."""
    _name_apart(books)
    sheets = [_recognised(SheetContext(book.file, sheet, options, roster, findings), book) for book in books for sheet in book.sheets]
    understood = SheetContents()
    people = [sheet for sheet in sheets if sheet.kind in PEOPLE_KINDS and sheet.table]
    people.sort(key=lambda sheet: PEOPLE_KINDS.index(sheet.kind))
    by_sheet: dict[int, RowsOfKind] = {}
    for sheet in people:
        assert sheet.table is not None
        by_sheet[id(sheet)] = understand_rows(sheet.context, sheet.kind, sheet.table)
    roles = identify([(sheet.context, by_sheet[id(sheet)]) for sheet in people])
    for sheet in sheets:
        if sheet.table is None:
            continue
        if sheet.target:
            days = known_days(sheet.target)
            if sheet.kind:
                grid = understand_day_list(sheet.context, sheet.target, sheet.table)
            else:
                grid = understand_grid(sheet.context, sheet.target, sheet.table, days)
            understood.grids.append(grid)
            if sheet.as_written:
                sheet.context.sheet = sheet.as_written
                sheet.table = Table(sheet.table.heading_row, sheet.table.headings, {}, sheet.as_written.rows, grid.fates)
        elif id(sheet) not in by_sheet:
            by_sheet[id(sheet)] = understand_rows(sheet.context, sheet.kind, sheet.table)
        understood.new_people += sheet.context.new_people.values()
    understood.rows = [*(by_sheet[id(sheet)] for sheet in sheets if id(sheet) in by_sheet), *roles]
    for sheet in sheets:
        _account(sheet)
    return understood


def _name_apart(books: list[Workbook]) -> None:
    """Give sheets of one name in several files, such as `Ark1`, names of their own for the mapping: their file's, and the sheet's if it has more."""
    names = Counter(words_of(sheet.name) for book in books for sheet in book.sheets)
    for book in books:
        stem = book.file.rpartition(".")[0] or book.file
        for sheet in book.sheets:
            own = stem if len(book.sheets) == 1 else f"{stem}, {sheet.name}"
            sheet.name = SheetName(sheet.name, own, own if names[words_of(sheet.name)] > 1 else sheet.name)


def _account(sheet: _Sheet) -> None:
    """Give every row of a sheet its fate."""
    context, findings, raw = sheet.context, sheet.context.findings, sheet.context.sheet
    if unknown := sheet.target == UNKNOWN_TARGET:
        sheet.table = None
    place = context.file, raw.name
    if sheet.table is None:
        filled = {number for number, _values in raw.rows}
        left_out = {number: NOT_READ if number in filled or sheet.why else BLANK for number in range(1, raw.last_row + 1)}
        findings.rows += [RowAt(*place, number, why) for number, why in left_out.items()]
        findings.sheets.append(SheetRead(*place, UNKNOWN_TARGET if unknown else "", 0, 0, {NOT_READ: len(left_out)}, ""))
        return
    for number in range(1, raw.last_row + 1):
        findings.rows.append(RowAt(*place, number, sheet.table.left_out.get(number, "")))
    rows = [row for row in sheet.table.rows if row[0] not in sheet.table.left_out]
    columns = len(
        sheet.table.headings.keys() | {place for _number, values in rows for place, value in enumerate(values) if value is not None}
    )
    left_out_by_reason = dict(Counter(sheet.table.left_out.values()))
    findings.sheets.append(SheetRead(*place, sheet.target or sheet.kind, len(rows), columns, left_out_by_reason, _hidden(raw)))


def _hidden(sheet: Sheet) -> str:
    """Describe the hidden parts of a sheet, which were read all the same."""
    filled_rows = {number for number, _values in sheet.rows}
    filled_columns = {column for _number, values in sheet.rows[:200] for column, value in enumerate(values) if value is not None}
    rows, columns = len(sheet.hidden_rows & filled_rows), len(sheet.hidden_columns & filled_columns)
    parts = [_("the sheet")] if sheet.hidden else []
    parts += counts((rows, NP_("{number} row", "{number} rows")), (columns, NP_("{number} column", "{number} columns")))
    return ", ".join(parts)


def _recognised(context: SheetContext, book: Workbook) -> _Sheet:
    """Identify a sheet: by the mapping, the command line, its name, its file's name, or its headings."""
    options, sheet = context.options, context.sheet
    found = _Sheet(context)
    if not sheet.rows:
        return found
    date_the_days(sheet)
    if dated := date_the_headings(sheet):
        context.findings.completed[sheet.name, _("headings"), "serial"] += dated
    chosen = {words_of(name) for name in options.sheets}
    if chosen and words_of(sheet.name) not in chosen:
        return found
    mapped = context.mapping.sheet(sheet.name) or _meant_for_months(context, book)
    if mapped == IGNORE:
        found.why = NOT_READ
        return found
    meaning = mapped or options.target or options.kind
    if meaning and (target := _target(meaning)):
        return _as_grid(found, target)
    if meaning in SHEET:
        _not_known(found, _("say which group or event it belongs to: --group, --event or --events"))
        return found
    if meaning and (kind := find_kind(meaning)):
        return _as_rows(found, kind, mapped is not None or len(book.sheets) == 1 or bool(chosen) or options.all_sheets)
    if meaning:
        _not_known(found, _("“{means}” is not a kind of row, a group or an event", means=meaning))
        return found
    return _by_itself(found, book)


def _meant_for_months(context: SheetContext, book: Workbook) -> str | None:
    """Return what the mapping says of another month's sheet in the same book, if it is a grid."""
    meant = map(context.mapping.sheet, _months_like(context.sheet, book))
    return next((means for means in meant if means and _target(means)), None)


def _months_like(sheet: Sheet, book: Workbook) -> list[str]:
    """Return the sheets of a book that are named like this one, each after its month."""
    rest = without_month(sheet.name)
    return [each.name for each in book.sheets if rest is not None and without_month(each.name) == rest]


def _by_itself(found: _Sheet, book: Workbook) -> _Sheet:
    """Identify a sheet without a mapping."""
    context, sheet = found.context, found.context.sheet
    stem = book.file.rpartition(".")[0] or book.file
    kind = find_kind(sheet.name)
    named = {find_kind(each.name) for each in book.sheets} - {None}
    if kind is None and find_kind(stem) and (len(book.sheets) == 1 or not named):
        kind = find_kind(stem)
    list_of_days = None if kind else find_day_list(context, sheet)
    if list_of_days and not has_own(context, list_of_days, "title", "activity") and names_those_who_came(context, list_of_days):
        return _ask_for_target(found, book)
    dates = _dates_above_people(sheet.rows[:60])
    likely, headings = _likely_kind(sheet)
    if (
        dates >= 1
        and dates > headings
        and (dates > 2 or kind is None)
        or dates >= 2
        and kind is None
        and _marks_below_dates(sheet.rows[:60])
        or not (kind or likely)
        and is_transposed(sheet)
        and has_marks_beside_days(sheet)
    ):
        return _ask_for_target(found, book)
    if kind:
        return _as_rows(found, kind, len(book.sheets) == 1)
    if likely:
        context.guessed = True
        return _as_rows(found, likely, False)
    table = find_table(sheet, Known(_any_points, lambda heading: column_for("intakes", heading) == "name", _is_text_heading))
    if context.options.all_sheets or len(book.sheets) == 1 or table and len(table.headings) > 1 and len(table.rows) > 1:
        _not_known(found, _("it is not clear what its rows are: young people, volunteers, groups, events …, or ignore"))
    return found


def _ask_for_target(found: _Sheet, book: Workbook) -> _Sheet:
    """Ask what people by dates came to. What else is not understood in the sheet is asked at the same time."""
    sheet = found.context.sheet
    if sheet.name not in _months_like(sheet, book)[1:]:  # a sheet for each month is one question
        _not_known(
            found,
            _("people by dates: is it a group (group:G1), an event (event:E1) or a series of events (events:TITLE)?"),
            UNKNOWN_TARGET,
        )
    return _as_grid(found, UNKNOWN_TARGET)


def _dates_above_people(rows: list[Row]) -> int:
    """Return how many dates stand above the rows of a grid. In a list every row has dates, and the last has none below."""
    days = [days_in(rows, place) for place in range(len(rows))]
    most = max(days, default=0)
    below = rows[days.index(most) + 1 :] if most else []
    return most if 2 * sum(2 * dates_in(cells) >= most for _number, cells in below) < len(below) else 0


def _marks_below_dates(rows: list[Row]) -> bool:
    """Whether most cells below the dates of a grid are marks, or numbers of guests."""
    days = [days_in(rows, place) for place in range(len(rows))]
    at = days.index(max(days))
    return has_marks_below(rows[at + 1 :], [place for place, cell in enumerate(rows[at][1]) if dates_in([cell])])


def _target(text: str) -> str:
    """Return a grid's target, in English or Danish words; empty if the text is none. Raises `WrongInput` for what no series can be called."""
    if found := re.fullmatch(r"\s*([GE])[0-9]+\s*", text, re.IGNORECASE):
        text = f"{'group' if found[1].upper() == 'G' else 'event'}:{text.strip().upper()}"
    what, colon, name = text.partition(":")
    english = {"gruppe": "group", "arrangement": "event", "arrangementer": "events", "serie": "events"}.get(
        what.strip().casefold(), what.strip().casefold()
    )
    if not (colon and name.strip() and english in ("group", "event", "events")):
        return ""
    return f"{english}:{read_name(name, english)}"


def is_kind_or_target(text: str) -> bool:
    """Whether a sheet can be what a text names: a kind of row, or a group, event or series."""
    return bool(_target(text) or find_kind(text))


def _not_known(found: _Sheet, why: str, target: str = "") -> None:
    found.context.add_issue(0, "", found.context.sheet.name, why, "sheet", name=target)


def _as_rows(found: _Sheet, kind: str, certain: bool) -> _Sheet:
    """Take a sheet as rows of a kind. Not `certain`: it is left alone if it has no heading of that kind."""
    context = found.context

    def points(rows: list[Row], place: int) -> int:
        number, cells = rows[place]
        above = rows[place - 1][1] if place and rows[place - 1][0] == number - 1 else []
        mapped = known = 0
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                mapped += context.mapping.meaning("heading", context.sheet.name, " ".join(cell.split())) is not None
                over = cell_text(above[column]).strip() if column < len(above) else ""
                known += bool(column_for(kind, cell) or over and _goes_on(kind, over, cell))
        return 2 * (mapped + known) + (mapped > 0)

    context.exact = _has_own_names(context.sheet, kind)
    known = Known(
        points,
        lambda heading: _is_of_name(_column(context, kind, heading)),
        _is_text_heading,
        lambda heading: _column(context, kind, heading) in PEOPLE,
    )
    table = find_table(context.sheet, known, context.exact)
    if table is None and certain:
        table = find_table(context.sheet, replace(known, points=_any_points))
    if table is None:
        if certain:
            _not_known(found, _("no heading of {kind} was found in it", kind=kind))
        return found
    found.kind = context.kind = kind
    found.table = table
    if not context.exact:
        _refuse_second(context, table, known)
    return found


def _refuse_second(context: SheetContext, table: Table, known: Known) -> None:
    """Add a second table, below the first, to the findings, unless the mapping leaves it out."""
    if second := cut_second(table, known):
        number, values = second
        headings = ", ".join(" ".join(cell_text(value).split()) for value in values if value is not None)
        if context.mapping.meaning("heading", context.sheet.name, headings) != IGNORE:
            del table.left_out[number]
            why = _("another table begins here; move it to a sheet of its own, or answer “ignore”")
            context.add_issue(number, headings, headings, why, "heading")


def _goes_on(kind: str, above: str, cell: str) -> bool:
    """Whether a cell is the rest of the heading above it. Below a whole heading that is a remark in brackets; other words there are somebody's."""
    whole = column_for(kind, above) is not None
    return (cell.strip().startswith("(") or not whole) and column_for(kind, join_headings(above, cell)) is not None


def _has_own_names(sheet: Sheet, kind: str) -> bool:
    """Whether the first row holds the names of a kind's columns and nothing else, as in the files that `export tables` writes."""
    number, cells = sheet.rows[0]
    return number == 1 and all(isinstance(cell, str) and cell in by_name(kind) for cell in cells if cell is not None)


def _column(context: SheetContext, kind: str, heading: str) -> str | None:
    means = context.mapping.meaning("heading", context.sheet.name, heading)
    return find_column(kind, means.partition("|")[0]) if means else column_for(kind, heading)


def _is_of_name(column: str | None) -> bool:
    """Whether the text of a column says what or whom a row is about."""
    return column in ("name", FIRST_NAME, "title", "activity", "person", "volunteer", "funder")


def _as_grid(found: _Sheet, target: str) -> _Sheet:
    context, sheet = found.context, found.context.sheet
    if table := find_day_list(context, sheet):
        if has_own(context, table, "title"):
            context.add_issue(table.heading_row, "", None, _("each row has a title of its own; import the sheet as events"))
            return found
        found.target, found.table, found.kind, context.kind, context.belongs = target, table, KIND, KIND, True
        return found
    if is_transposed(sheet):
        found.as_written, context.sheet = sheet, (sheet := transpose(sheet))
    known = Known(_grid_points, is_person_heading, lambda cell: is_day_heading(cell) or _is_text_heading(cell))
    table = find_table(sheet, known)
    if table is None:
        # Perhaps its headings are dates that can't be read, which is said of each.
        table = find_table(
            sheet, replace(known, points=lambda rows, place: any(is_person_heading(cell_text(cell)) for cell in rows[place][1]))
        )
    if table is None:
        context.sheet = found.as_written or sheet
        context.add_issue(1, "", sheet.name, _("no heading is a date, and none says who the rows are about"), "sheet")
        return found
    found.target, found.table = target, table
    table.turned = found.as_written is not None
    _refuse_second(context, table, known)
    return found


def _is_text_heading(cell: Value) -> bool:
    return isinstance(cell, str) and (any_heading(cell) or says_how_many(cell))


def _grid_points(rows: list[Row], place: int) -> int:
    return max(days_in(rows, place), 2 * are_ticks_of_one_day(rows[place][1]))


def _any_points(rows: list[Row], place: int) -> int:
    """Score a row as headings of any kind: by known headings, or else as the first row with several texts and nothing else."""
    values = [value for value in rows[place][1] if value is not None]
    known = sum(isinstance(value, str) and any_heading(value) for value in values)
    return 2 * known + (len(values) > 1 and all(isinstance(value, str) for value in values))


def _likely_kind(sheet: Sheet) -> tuple[str, int]:
    """Return the kind whose headings a row of the sheet has, and how many: if one fits best and at least two are known."""
    rows = sheet.rows[:40]
    counts = Counter({kind: _headings_known(rows, kind) for kind in ("intakes", "volunteers", "events", "matches")})
    (best, most), (_second, next_most) = counts.most_common(2)
    return (best, most) if most >= 2 and most > next_most else ("", most if most >= 2 else 0)


def _headings_known(rows: list[Row], kind: str) -> int:
    """Count the columns of a kind that the headings of the first table name."""

    def points(rows: list[Row], place: int) -> int:
        columns = {column_for(kind, value) for value in rows[place][1] if isinstance(value, str)} - {None}
        return 0 if kind == "matches" and not {"person", "volunteer"} <= columns else len(columns)

    at = find_headings(rows, Known(points, lambda heading: _is_of_name(column_for(kind, heading)), _is_text_heading))
    return 0 if at is None else points(rows, at)
