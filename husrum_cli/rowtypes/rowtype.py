"""Row types: how a kind of row is read, matched to a stored one, added, filled in, compared and read back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, Generic, TypeVar, TypeVarTuple

from ..domain.activities.activities import Activity
from ..domain.people.lookup import Person
from ..domain.rules import Rules
from ..i18n import _, field_word, language
from ..input.dates import require_order
from ..input.text import fold
from ..store import Store
from .columns import Column, columns_of, heading_words
from .context import CommandContext

if TYPE_CHECKING:
    from .turnout import StoredDay

RowT = TypeVar("RowT", bound=tuple[Any, ...])
Fields = TypeVarTuple("Fields")
MoreValues = Callable[[CommandContext], dict[int, dict[str, Any]]]


class StoredRow(Generic[RowT]):
    """A row in the file: its id, and its values as an import file would give them. `days`: of an event, as they were before the import."""

    __slots__ = ("days", "id", "row")

    def __init__(self, id: int, row: RowT, days: Sequence[StoredDay] = ()) -> None:
        self.id = id
        self.row = row
        self.days = days


class RowType(Generic[RowT]):
    """A kind of row.

    record: a NamedTuple, whose fields declare the columns.
    key: the columns by which a row is matched to a stored one. refine: columns that tell rows of the same key apart if both have a value.
    add: inserts a row and returns its id; the rules of the domain are checked there. None: there are no rules, and its own columns are inserted.
    period: the columns with a first and a last day, the last of which can be filled in; None: those stored as `starts` and `ends`.
    table: of the rows; joined: what it is joined with, if columns are stored in other tables.
    more: values that are stored in tables of their own: row id -> column -> value.
    amend: fills in columns that are not the row's own: context, stored row, the row as given, the names of the columns.
    twins: rows of the same key are distinguished by their order, like events of the same title on the same day.
    once: of twins in a file, those that are equal in all columns are one, but for periods of a single day, as of what was undone twice on a day.
    """

    # Columns that may refer to rows further down the file.
    later: tuple[str, ...] = ()

    def __init__(
        self,
        name: str,
        record: Callable[..., RowT],
        key: tuple[str, ...],
        add: Callable[[CommandContext, RowT], int] | None = None,
        *,
        table: str = "",
        joined: str = "",
        order: str = "",
        refine: tuple[str, ...] = (),
        period: tuple[str, str] | None = None,
        more: MoreValues | None = None,
        amend: Callable[[CommandContext, StoredRow[RowT], RowT, frozenset[str]], None] | None = None,
        arrange: tuple[str, ...] = (),
        twins: bool = False,
        once: bool = False,
    ) -> None:
        self.name = name
        self.record = record
        self.key_columns = key
        self.refine = refine
        self.twins = twins
        self.once = once
        self.add = add or self._insert
        self.table = table or name
        self._source = f"{self.table} {joined}".strip()
        self._order = order or f"{self.table}.id"
        self._more = more
        self._amend = amend
        columns, self.groups = columns_of(record)
        by_name = {column.name: column for column in columns}
        # `arrange`: the order of the columns, if the fields' own order won't do.
        self.columns: tuple[Column, ...] = tuple(by_name[name] for name in arrange) or columns
        self.by_name: dict[str, Column] = {column.name: column for column in self.columns}
        self._defaults = {column.name: record._field_defaults.get(column.field) for column in self.columns if not column.group}  # type: ignore[attr-defined]
        by_stored = {column.stored: column.name for column in self.columns if column.own}
        self._period = period or (by_stored.get("starts", ""), by_stored.get("ends", ""))
        self.required = tuple(column.name for column in self.columns if column.required)
        self._read_once = lru_cache(maxsize=None)(self._read)

    # Text to row

    @cached_property
    def headings(self) -> dict[str, str]:
        """Heading as compared -> column: its name, its Danish heading, or what people call it in spreadsheets of their own."""
        found = {heading_words(heading): column.name for column in self.columns for heading in (column.name, column.danish)}
        for column in self.columns:
            for heading in column.other_headings:
                found.setdefault(heading_words(heading), column.name)
        return found

    def read_cell(self, name: str, text: str) -> Any:
        """Return the value of a cell that is not empty. References are not looked up yet. Short cells that come again are read once."""
        return self._read_once(name, text) if len(text) < 60 else self._read(name, text)

    def _read(self, name: str, text: str) -> Any:
        return self.by_name[name].cell(text)

    def look_up(self, context: CommandContext, name: str, value: Any) -> Any:
        """Return a value with the person, people, group or event it refers to in its place. Raises `NotFound`."""
        match self.by_name[name].refers:
            case "person" if value is not None:
                return context.people.find_one(value, name)
            case "people" if value is not None:
                return tuple(context.people.find_several(value, name, context.rules))
            case "group" if value is not None:
                return context.group(value, name)
            case "event" if value is not None:
                return context.event(value, name)
        return value

    def make(self, values: dict[str, Any]) -> RowT:
        """Return the row of these values, by column name. A value of None is not given."""
        fields: dict[str, Any] = {}
        gathered: dict[str, dict[str, Any]] = {}
        for name, value in values.items():
            column = self.by_name[name]
            if value is None and not column.required:  # a national file has none of the names that are required in a city's
                continue
            if column.group:
                gathered.setdefault(column.group, {})[name] = value
            else:
                fields[column.field] = value
        for field, inner in gathered.items():
            fields[field] = self.groups[field].of(inner)
        return self.record(**fields)

    # Row to values

    def get(self, row: RowT, name: str) -> Any:
        """Return the value of a column in a row; None: it has none."""
        column = self.by_name[name]
        if not column.group:
            return getattr(row, column.field)
        gathered = getattr(row, column.group)
        return gathered.get(name) if isinstance(gathered, dict) else getattr(gathered, name)

    def values_of(self, row: RowT) -> dict[str, Any]:
        """Return column -> value, of those that have one."""
        defaults = self._defaults
        values = ((name, self.get(row, name)) for name in self.by_name)
        return {name: value for name, value in values if value is not None and value is not False and value != defaults.get(name)}

    # The file

    def key(self, context: CommandContext, row: RowT) -> tuple[Any, ...] | None:
        """Return the key the row is matched by. None: it can't be in the file yet."""
        return tuple([comparable(self.get(row, name)) for name in self.key_columns])

    def is_once(self, row: RowT) -> bool:
        """Whether a row that is in a file twice is one."""
        if not self.once:
            return False
        first, last = self._period
        return not (first and last and (start := self.get(row, first)) is not None and start == self.get(row, last))

    def stored(self, context: CommandContext) -> Iterator[StoredRow[RowT]]:
        """Yield the rows in the file, in the order in which they were entered."""
        more = self._more(context) if self._more else {}
        own = [column for column in self.columns if column.own]
        names = [column.name for column in own]
        readers = [_STORED.get(column.refers or "") for column in own]
        sql = f"SELECT {self.table}.id, {', '.join(map(self._expression, own))} FROM {self._source} ORDER BY {self._order}"
        for id, *cells in context.store.connection.execute(sql):
            values = {
                name: read(context, cell) if read and cell is not None else cell
                for name, read, cell in zip(names, readers, cells, strict=True)
            }
            yield StoredRow(id, self.make({**values, **more.get(id, {})}))

    def _expression(self, column: Column) -> str:
        stored = column.stored or column.name
        return stored if "." in stored else f"{self.table}.{stored}"

    def _insert(self, context: CommandContext, row: RowT) -> int:
        own = [column for column in self.columns if column.own and "." not in (column.stored or "")]
        return context.store.insert(self.table, **{column.stored or column.name: _id(self.get(row, column.name)) for column in own})

    def differs(self, context: CommandContext, name: str, stored: StoredRow[RowT], row: RowT) -> bool:
        """Whether a value is given that is not the stored one."""
        return bool(comparable(self.get(row, name) or None) != comparable(self.get(stored.row, name) or None))

    def may_fill(self, name: str, stored: StoredRow[RowT]) -> bool:
        """Whether the stored row has no value for a column, so that one may be filled in."""
        return self.get(stored.row, name) in (None, (), [])

    def as_added(self, context: CommandContext, stored: StoredRow[RowT]) -> RowT:
        """Return the row as it was added, with the number it was given."""
        return stored.row

    def amend(self, context: CommandContext, stored: StoredRow[RowT], row: RowT, names: frozenset[str]) -> None:
        """Fill in the columns `names` of a stored row. Raises `WrongInput` for an end before its start."""
        self.check_period(self.with_columns(stored, row, names), names)
        own = {}
        for name in names:
            column = self.by_name[name]
            if column.own and "." not in (column.stored or ""):
                own[column.stored or name] = _id(self.get(row, name))
        context.store.update(self.table, stored.id, **own)
        if self._amend:
            self._amend(context, stored, row, names)

    def check_period(self, row: RowT, names: frozenset[str]) -> None:
        """Raise `WrongInput` if filling in these columns gave an end before its start."""
        first, last = self._period
        if first and last and not names.isdisjoint(self._period):
            require_order(self.get(row, first), self.get(row, last), last if last in names else first)

    def columns_to_record(self, context: CommandContext, stored: StoredRow[RowT], row: RowT) -> frozenset[str]:
        """Return the columns that record what was only planned until now; empty for rows that are not recorded later."""
        return frozenset()

    def with_columns(self, stored: StoredRow[RowT], row: RowT, names: frozenset[str]) -> RowT:
        """Return the stored row with these columns of another row."""
        return self.make({**self.values_of(stored.row), **{name: self.get(row, name) for name in names}})

    def to_export(self, context: CommandContext) -> Iterable[RowT]:
        """Return the rows that `export tables` writes."""
        return (stored.row for stored in self.stored(context))

    def records(self, context: CommandContext) -> list[dict[str, Any]]:
        """Return the stored rows as column -> value, for a list of them."""
        return [{name: self.get(stored.row, name) for name in self.by_name} for stored in self.stored(context)]

    # Messages

    def word(self, name: str) -> str:
        """Return the name of a column, or of an option that corrects one, for use in a sentence."""
        return self.by_name[name].danish if language() == "da" and name in self.by_name else field_word(name)

    def cell_for_message(self, name: str, text: str) -> str:
        """Return a cell for a message: never a confidential value."""
        from ..input.text import holds_cpr
        from ..vocabulary import CONFIDED

        column = self.by_name.get(name)
        if holds_cpr(text) or column is None or column.private or name in CONFIDED:
            return _("(withheld)")
        return text if len(text) <= 60 else text[:57] + "…"


def add_by(insert: Callable[[Store, Rules, *Fields], int]) -> Callable[[CommandContext, tuple[*Fields]], int]:
    """Return an `add` that passes the fields of a row, in their order, to a function of the domain, which returns the row's id."""
    return lambda context, row: insert(context.store, context.rules, *row)


def comparable(value: Any) -> Any:
    """Return a value as it is compared: people by who they are, lists without order, texts without case and accents."""
    if isinstance(value, str):
        return fold(value)
    if isinstance(value, (Person, Activity)):
        return value.id
    if isinstance(value, (list, tuple, set, frozenset)):
        return frozenset(comparable(each) for each in value)
    if isinstance(value, dict):
        return frozenset((name, comparable(each)) for name, each in value.items())
    return value


def _id(value: Any) -> Any:
    return value.id if isinstance(value, (Person, Activity)) else value


def _stored_person(context: CommandContext, id: int) -> Person:
    return context.people.by_id[id]


def _stored_activity(context: CommandContext, id: int) -> Activity:
    return context.activities[id]


_STORED: dict[str, Callable[[CommandContext, Any], Any]] = {"person": _stored_person, "group": _stored_activity, "event": _stored_activity}
