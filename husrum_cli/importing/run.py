"""Import rows: every cell is read and every row written, or nothing is written and every bad cell is listed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from ..domain.activities.attendance import decide_again
from ..domain.people.lookup import Person
from ..domain.rules import Rules
from ..domain.volunteers.volunteers import end_roles_by
from ..errors import HusrumError, WrongInput
from ..i18n import _, many, without_field
from ..rowtypes.context import CommandContext
from ..rowtypes.registry import row_type
from ..rowtypes.rowtype import RowType, StoredRow, comparable
from ..store import Store
from .matching import StoredRows
from .reading.workbook import Progress
from .understanding.rows import RowsOfKind


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that stops an import. `rows`: those it is among. `column`: its column's name."""

    rows: RowsOfKind
    number: int
    column: str
    value: str
    reason: str


class BadCells(WrongInput):
    """An import that was stopped: nothing was written. `cells` are all that must be corrected."""

    def __init__(self, cells: list[BadCell]) -> None:
        super().__init__(
            many(
                "Nothing was imported: {number} cell must be corrected.",
                "Nothing was imported: {number} cells must be corrected.",
                len(cells),
            )
        )
        self.cells = cells


@dataclass(slots=True)
class ImportOutcome:
    """The result of importing one source. `file`: its table's name."""

    file: str
    kind: str
    added: int = 0
    filled: int = 0
    known: int = 0


@dataclass(slots=True)
class _Line:
    """A row that is being imported: its number in the sheet, and the text of each column that has one."""

    rows: RowsOfKind
    number: int
    texts: dict[str, str]

    @property
    def row_type(self) -> RowType[Any]:
        """The type of the row."""
        return row_type(self.rows.kind)

    def text(self, column: str | None) -> str:
        """Return the text in a column."""
        return self.texts.get(column or "", "").strip()


_Read = tuple[_Line, dict[str, Any], dict[str, Any]]  # a row, its values, and those that may refer to rows further down
_LOOKED_UP = dict.fromkeys(("person", "people"), ("people", "former_names")) | dict.fromkeys(("group", "event"), ("activities",))
OCCASIONS = frozenset({"meetings", "events", "attendance"})
_OF_PEOPLE = frozenset({"partners", "intakes", "volunteers"})


class Import:
    """One import into an open file, inside one transaction."""

    def __init__(self, store: Store, progress: Progress) -> None:
        self.context = CommandContext(store, Rules(strict=False), full_names=True)
        self.progress = progress
        self.bad: dict[BadCell, None] = {}
        self.bad_places: set[tuple[RowsOfKind, int, str]] = set()
        self.warnings: list[str] = []
        self.left: list[tuple[_Line, Person, str]] = []
        self._added: dict[tuple[str, int], _Line] = {}  # kind and id -> the row that added it
        self._looked_up: dict[tuple[str, str], tuple[int, Any]] = {}  # column and text -> what it refers to, and the writes until then

    def run(self, sheets: list[RowsOfKind], enter_others: Callable[[], None]) -> list[ImportOutcome]:
        """Import the rows of some sheets, in this order. Raises `BadCells` if any cell is bad.

        `enter_others`: enters the people who are in no list, but named in other rows; it is called after the lists of people, whose numbers come first.
        """
        total, done = sum(len(sheet.rows) for sheet in sheets), 0
        outcomes: list[ImportOutcome] = []
        entered = False
        for place, sheet in enumerate(sheets):
            if not entered and sheet.kind not in _OF_PEOPLE:
                enter_others()
                entered = True
            if sheet.kind in OCCASIONS and not any(each.kind in OCCASIONS for each in outcomes):
                # Decide earlier attendance before new occasions are added, which follow the new rows from the start.
                self._decide_again()
            outcomes.append(self._import(sheet, done, total))
            done += len(sheet.rows)
            following = sheets[place + 1].kind if place + 1 < len(sheets) else None
            if sheet.kind in ("volunteers", "roles") and following not in ("volunteers", "roles"):
                self._apply_left()
        if self.bad:
            raise BadCells(list(self.bad))
        if not entered:
            enter_others()
        return outcomes

    def _decide_again(self) -> None:
        rules = Rules(strict=False)
        decide_again(self.context.store, rules)
        self.warnings += rules.warnings

    def _import(self, sheet: RowsOfKind, done: int, total: int) -> ImportOutcome:
        outcome = ImportOutcome(sheet.file, sheet.kind)
        self.context.forget()
        self._looked_up.clear()
        known: StoredRows[Any] = StoredRows(self.context, row_type(sheet.kind))
        waiting: list[tuple[_Line, dict[str, Any], StoredRow[Any]]] = []
        self.context.people.hash_ahead(lambda: _named(sheet))
        read: Iterable[_Read] = (self._read_row(_Line(sheet, number, texts)) for number, texts in sheet.rows)
        if known.row_type.twins and known.by_key:
            read = list(read)
            known.expect(known.row_type.make(values) for _line, values, _later in read if values.keys() >= set(known.row_type.required))
        for line, values, later in read:
            stored = self._keep(line, values, known, outcome)
            if later and stored:
                waiting.append((line, later, stored))
            done += 1
            self.progress(done, total)
        for line, values, stored in waiting:
            self._keep_later(line, values, stored)
        self.context.forget()
        return outcome

    def _read_row(self, line: _Line) -> _Read:
        """Return a row with its values, and with those that may refer to rows further down.

        A cell that can't be read is listed as bad and taken as empty, so that the rows after it can still be judged.
        """
        kind = line.row_type
        values: dict[str, Any] = {}
        for name, text in line.texts.items():
            text = text.strip()
            if not text:
                continue
            try:
                refers = kind.by_name[name].refers
                value = self._look_up(kind, name, text) if refers and name not in kind.later else kind.read_cell(name, text)
                if value is not None:
                    values[name] = value
            except HusrumError as error:
                self._bad(line, name, text, error.message)
        return line, values, {name: values.pop(name) for name in kind.later if name in values}

    def _look_up(self, kind: RowType[Any], name: str, text: str) -> Any:
        """Return what a cell refers to. The same text is looked up again only after people, groups or events were added or changed."""
        writes = sum(self.context.store.writes.get(table, 0) for table in _LOOKED_UP[kind.by_name[name].refers or ""])
        written, value = self._looked_up.get((name, text), (-1, None))
        if written != writes:
            value = kind.look_up(self.context, name, kind.read_cell(name, text))
            self._looked_up[name, text] = writes, value
        return value

    def _keep(self, line: _Line, values: dict[str, Any], known: StoredRows[Any], outcome: ImportOutcome) -> StoredRow[Any] | None:
        kind = line.row_type
        if missing := [name for name in kind.required if name not in values]:
            for name in missing:
                if (line.rows, line.number, name) not in self.bad_places:
                    self._bad(line, name, "", _("the cell is empty"))
            return None
        self.context.rules.warnings.clear()
        row = kind.make(values)
        try:
            stored = known.find(row)
            if stored is None:
                self._refuse_anonymised(values)
                stored = StoredRow(kind.add(self.context, row), row)
                stored.row = kind.as_added(self.context, stored)
                known.add(stored, row)
                self._added[kind.name, stored.id] = line
                outcome.added += 1
            else:
                names = self._compare(line, stored, row)
                if names:
                    kind.amend(self.context, stored, row, names)
                    stored.row, stored.days = kind.with_columns(stored, row, names), ()
                    outcome.filled += 1
                else:
                    outcome.known += 1
                known.match(stored, row)
        except HusrumError as error:
            self._bad(line, error.field or "", line.text(error.field), error.message)
            return None
        if "left" in values:
            self.left.append((line, self.context.people.by_id[stored.id], values["left"]))
        file = line.rows.file
        self.warnings += [f"{file}, {_('row')} {line.number}: {warning}" for warning in self.context.rules.warnings]
        self.context.rules.warnings.clear()
        return stored

    def _compare(self, line: _Line, stored: StoredRow[Any], row: Any) -> frozenset[str]:
        """Return the columns to fill in, which had no value. A value that differs from the stored one is a bad cell."""
        kind = line.row_type
        given = kind.values_of(row)
        fill = set(kind.columns_to_record(self.context, stored, row))
        contradicted = []
        for name in given:
            if name in fill or name in ("ref", "person") and comparable(given[name]) == comparable(kind.get(stored.row, name)):
                continue
            if kind.differs(self.context, name, stored, row):
                if kind.may_fill(name, stored):
                    fill.add(name)
                else:
                    contradicted.append(name)
        if fill or contradicted:
            self._refuse_anonymised({**kind.values_of(stored.row), **given})
        for name in contradicted:
            self._bad(line, name, line.text(name), self._contradiction(kind, stored))
        return frozenset(fill)

    def _refuse_anonymised(self, values: dict[str, Any]) -> None:
        """Raise `Refused` for a row about somebody anonymised, whom an older list may still contain."""
        for name, value in values.items() if self.context.people.removed else ():
            if isinstance(value, Person):
                self.context.people.refuse_anonymised(value, name)

    def _keep_later(self, line: _Line, values: dict[str, Any], stored: StoredRow[Any]) -> None:
        kind = line.row_type
        for name, value in values.items():
            try:
                resolved = kind.look_up(self.context, name, value)
            except HusrumError as error:
                self._bad(line, name, str(value), error.message)
                continue
            known = kind.get(stored.row, name)
            if known is None:
                kind.amend(self.context, stored, stored.row._replace(**{kind.by_name[name].field: resolved}), frozenset({name}))
            elif comparable(known) != comparable(resolved):
                self._bad(line, name, str(value), self._contradiction(kind, stored))

    def _contradiction(self, kind: RowType[Any], stored: StoredRow[Any]) -> str:
        """Say what holds another value: the file, or a row that was read before."""
        if line := self._added.get((kind.name, stored.id)):
            return _("row {row} of {file} is about the same, and has another value", row=line.number, file=line.rows.file)
        return _("the file holds another value for this row")

    def _apply_left(self) -> None:
        """End all roles of those who have left, also roles from a file of their own."""
        for line, person, day in self.left:
            try:
                end_roles_by(self.context.store, person, day)
            except HusrumError as error:
                self._bad(line, "left", day, error.message)
        self.left.clear()

    def _bad(self, line: _Line, column: str, text: str, reason: str) -> None:
        # A reason begins with the column's name, which is shown next to it already.
        reason = without_field(reason, column)
        shown = line.row_type.cell_for_message(column, line.rows.written.get((line.number, column), text)) if text else ""
        self.bad[BadCell(line.rows, line.number, column, shown, reason)] = None
        self.bad_places.add((line.rows, line.number, column))


def _named(sheet: RowsOfKind) -> Iterator[tuple[str, str]]:
    """Yield the name and the birth date of each row that has both. What can't be read is listed when the row is."""
    for _number, texts in sheet.rows:
        if texts.get("name") and texts.get("born"):
            with suppress(HusrumError):
                name, born = (row_type(sheet.kind).read_cell(column, texts[column].strip()) for column in ("name", "born"))
                yield name, born
