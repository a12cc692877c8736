"""An import: every cell is read, every row kept, or nothing is and every bad cell is told."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path

from ..domain.people.lookup import Person
from ..domain.rules import Rules
from ..domain.volunteers.volunteers import leave_by
from ..errors import HusrumError, WrongInput
from ..i18n import _, many, without_field
from ..rowtypes.attendance import RECORDED, TURNOUT
from ..rowtypes.columns import BY_NAME, COLUMNS, Values, heading_words, headings, read_cell, shown_cell
from ..rowtypes.context import Book
from ..rowtypes.registry import KINDS
from ..rowtypes.rowtype import Held, Kind, comparable, resolve_one
from ..store import Store
from .files import Table, read_tables


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that stops an import."""

    file: str
    row: int
    column: str
    value: str
    reason: str


class BadCells(WrongInput):
    """An import that was stopped: nothing was written. `cells` are all that must be mended."""

    def __init__(self, cells: list[BadCell]) -> None:
        super().__init__(
            many("Nothing was imported: {number} cell must be mended.", "Nothing was imported: {number} cells must be mended.", len(cells))
        )
        self.cells = cells


@dataclass(slots=True)
class Outcome:
    """What an import did with one file."""

    file: str
    kind: str
    added: int = 0
    filled: int = 0
    known: int = 0


@dataclass(slots=True)
class Source:
    """A table to import, as rows of one kind."""

    kind: str
    table: Table
    columns: dict[int, str] = field(default_factory=dict)


Progress = Callable[[int, int], None]


def read_sources(paths: list[Path], kind: str | None, encoding: str | None) -> list[Source]:
    """The tables of these files, in dependency order. A file's kind is the one told, else its name."""
    sources = []
    for path in paths:
        for stem, table in read_tables(path, set(KINDS), encoding).items():
            its_kind = kind or stem.lower()
            if its_kind not in KINDS:
                kinds = ", ".join(KINDS)
                raise WrongInput(_("{path}: the name is no kind of row. Add --as KIND, one of: {kinds}", path=path.name, kinds=kinds), "as")
            sources.append(Source(its_kind, table))
    return sorted(sources, key=lambda source: list(KINDS).index(source.kind))


class Import:
    """One run of an import into an open file; inside one transaction."""

    def __init__(self, store: Store, progress: Progress) -> None:
        self.book = Book(store, Rules(strict=False), full_names=True)
        self.progress = progress
        self.bad: list[BadCell] = []
        self.warnings: list[str] = []
        self.left: list[tuple[Source, int, Person, str]] = []

    def run(self, sources: list[Source]) -> list[Outcome]:
        """Imports the tables. Raises `BadCells` where any cell is bad."""
        total, done = sum(len(source.table.rows) for source in sources), 0
        outcomes = []
        for number, source in enumerate(sources):
            outcomes.append(self._import(source, done, total))
            done += len(source.table.rows)
            following = sources[number + 1].kind if number + 1 < len(sources) else None
            if source.kind in ("volunteers", "roles") and following not in ("volunteers", "roles"):
                self._apply_left()
        if self.bad:
            raise BadCells(self.bad)
        return outcomes

    def _import(self, source: Source, done: int, total: int) -> Outcome:
        kind, outcome = KINDS[source.kind], Outcome(source.table.name, source.kind)
        if not self._read_headings(source):
            return outcome
        self.book.forget_standing()
        known: dict[Hashable, Held] = {}
        for held in kind.held(self.book):
            known[kind.key(self.book, held.values)] = held
            if kind.name in ("groups", "events"):  # known by their number, and without one by title and date
                known.setdefault(kind.key(self.book, {**held.values, "ref": None}), held)
        waiting: list[tuple[int, Values, Held]] = []
        for number, cells in source.table.rows:
            values = self._read_row(source, number, cells)
            later = {name: values.pop(name) for name in kind.later if name in values}
            held_row = self._keep(source, kind, number, values, known, outcome)
            if later and held_row:
                waiting.append((number, later, held_row))
            done += 1
            self.progress(done, total)
        for number, values, held_row in waiting:
            self._keep_later(source, kind, number, values, held_row)
        self.book.forget_standing()
        return outcome

    def _read_headings(self, source: Source) -> bool:
        known = headings(source.kind)
        for place, heading in enumerate(source.table.header):
            name = known.get(heading_words(heading))
            if not heading:
                if any(len(cells) > place and cells[place].strip() for _number, cells in source.table.rows):
                    self._bad(source, 1, str(place + 1), "", _("the column has no heading"))
            elif name is None:
                names = ", ".join(column.name for column in COLUMNS[source.kind])
                self._bad(source, 1, heading, heading, _("no such column; {kind} have: {names}", kind=source.kind, names=names))
            elif name in source.columns.values():
                self._bad(source, 1, heading, heading, _("the column stands there twice"))
            else:
                source.columns[place] = name
        missing = [column.name for column in COLUMNS[source.kind] if column.required and column.name not in source.columns.values()]
        for name in missing:
            self._bad(source, 1, name, "", _("the column is missing"))
        return not missing

    def _read_row(self, source: Source, number: int, cells: list[str]) -> Values:
        """The values of a row. A cell that can't be read is told, and taken as empty, so that the rows after it can still be judged."""
        values: Values = {}
        for place, text in enumerate(cells):
            text = text.strip()
            if not text:
                continue
            name = source.columns.get(place)
            if name is None:
                if place >= len(source.table.header):
                    self._bad(source, number, str(place + 1), text, _("there are more cells than headings"))
                continue
            try:
                values[name] = read_cell(source.kind, name, text)
                if BY_NAME[source.kind][name].refers and name not in KINDS[source.kind].later:
                    values[name] = resolve_one(self.book, source.kind, name, values[name])
            except HusrumError as error:
                values.pop(name, None)
                self._bad(source, number, name, text, error.message)
        return values

    def _keep(self, source: Source, kind: Kind, number: int, values: Values, known: dict[Hashable, Held], outcome: Outcome) -> Held | None:
        missing = [column.name for column in COLUMNS[source.kind] if column.required and values.get(column.name) is None]
        if missing:
            told = {(cell.row, cell.column) for cell in self.bad if cell.file == source.table.name}
            for name in missing:
                if (number, name) not in told:
                    self._bad(source, number, name, "", _("the cell is empty"))
            return None
        self.book.rules.warnings.clear()
        try:
            key = kind.key(self.book, values)
            held = known.get(key) if key is not None else None
            if held is None:
                self._refuse_shells(values)
                held = Held(kind.add(self.book, values), values)
                known[kind.key(self.book, values)] = held
                outcome.added += 1
            else:
                before = len(self.bad)
                changes = self._compare(source, kind, number, held, values)
                if changes or len(self.bad) > before:
                    self._refuse_shells({**held.values, **values}, before)
                if changes:
                    kind.amend(self.book, held, changes)
                    held.values = {**held.values, **changes, "unrecorded": False}
                    outcome.filled += 1
                else:
                    outcome.known += 1
        except HusrumError as error:
            text = self._cell(source, number, error.field)
            self._bad(source, number, error.field or "", text, error.message)
            return None
        if "left" in values:
            self.left.append((source, number, held.values["person"], values["left"]))
        self.warnings += [f"{source.table.name}, {_('row')} {number}: {warning}" for warning in self.book.rules.warnings]
        return held

    def _compare(self, source: Source, kind: Kind, number: int, held: Held, values: Values) -> Values:
        """What a known row adds: nothing, or what was empty. Another value than is held is a bad cell."""
        changes: Values = {}
        # What was only planned is recorded now; the rest of the row is compared as always.
        planned = held.values.get("unrecorded", held.values.get("state") == "planned")
        if planned and not values.get("planned"):
            changes = {name: value for name, value in values.items() if name in RECORDED} | {"state": "held"}
        for name, value in values.items():
            if name in changes:
                continue
            if (
                value is None
                or value is False
                or name in ("ref", "person")
                and name in held.values
                and comparable(value) == comparable(held.values[name])
            ):
                continue
            if kind.differs(self.book, name, held, values) if kind.differs else comparable(value) != comparable(held.values.get(name)):
                if held.values.get(name) in (None, (), []) and name not in TURNOUT:
                    changes[name] = value
                else:
                    self._bad(source, number, name, self._cell(source, number, name), _("the file holds another value for this row"))
        return changes

    def _refuse_shells(self, values: Values, before: int | None = None) -> None:
        """A list may be older than the day when somebody was anonymised. What it says more of them is not entered.

        `before`: how many bad cells there were before this row; that it differs from what is left of them is no news.
        """
        for name, value in values.items():
            if isinstance(value, Person) and self.book.people.shell(value):
                del self.bad[len(self.bad) if before is None else before :]
                self.book.people.refuse_shell(value, name)

    def _keep_later(self, source: Source, kind: Kind, number: int, values: Values, held: Held) -> None:
        for name, value in values.items():
            try:
                resolved = resolve_one(self.book, source.kind, name, value)
            except HusrumError as error:
                self._bad(source, number, name, str(value), error.message)
                continue
            if held.values.get(name) is None:
                kind.amend(self.book, held, {name: resolved})
            elif comparable(held.values[name]) != comparable(resolved):
                self._bad(source, number, name, str(value), _("the file holds another value for this row"))

    def _apply_left(self) -> None:
        """Who has left ends all their roles, also those that stand in a file of their own."""
        for source, number, person, day in self.left:
            try:
                leave_by(self.book.store, person, day)
            except HusrumError as error:
                self._bad(source, number, "left", day, error.message)
        self.left.clear()

    def _cell(self, source: Source, number: int, name: str | None) -> str:
        place = next((place for place, column in source.columns.items() if column == name), None)
        cells = next((cells for row, cells in source.table.rows if row == number), [])
        return cells[place].strip() if place is not None and place < len(cells) else ""

    def _bad(self, source: Source, row: int, column: str, text: str, reason: str) -> None:
        # A reason begins with the column's name, which is told beside it already.
        reason = without_field(reason, column)
        heading = next((source.table.header[place] for place, name in source.columns.items() if name == column), column)
        cell = BadCell(source.table.name, row, heading, shown_cell(source.kind, column, text) if text else "", reason)
        if cell not in self.bad:
            self.bad.append(cell)


def import_files(
    store: Store, sources: list[Source], progress: Progress = lambda done, total: None, dry_run: bool = False
) -> tuple[list[Outcome], list[str]]:
    """Imports tables in one transaction: (what was done with each, warnings). Raises `BadCells`, and then nothing was written."""
    run = Import(store, progress)
    with store.writing("import", dry_run):
        outcomes = run.run(sources)
    return outcomes, run.warnings
