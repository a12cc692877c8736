"""Matching of the rows of an import file to stored rows."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import Any, Generic, TypeVar

from ..rowtypes.context import CommandContext
from ..rowtypes.rowtype import RowType, StoredRow, comparable

RowT = TypeVar("RowT", bound=tuple[Any, ...])


class StoredRows(Generic[RowT]):
    """The stored rows of a type, looked up by key in dictionaries; rows that the import adds are kept too.

    Twins, such as two events of the same title on the same day, have the same key. A row is matched to the twin it is equal to or agrees with, else to the first
    that no other row of the file was matched to. So no two rows of a file that differ are about one stored row, and none fills in what the file itself added.
    In types of which nobody has two equal rows, a row that is in the file twice is one.
    """

    def __init__(self, context: CommandContext, row_type: RowType[RowT]) -> None:
        self.context = context
        self.row_type = row_type
        self.by_key: dict[Any, dict[int, StoredRow[RowT]]] = {}
        self.numbered = row_type.twins and "ref" in row_type.by_name
        self.by_number: dict[Any, StoredRow[RowT]] = {}
        self.met: dict[tuple[Any, ...], StoredRow[RowT]] = {}  # by all values of the row of the file
        self.equal: dict[tuple[Any, ...], list[StoredRow[RowT]]] = {}  # by all values: what only an equal row of the file is about
        for stored in row_type.stored(context):
            self.add_stored(stored)

    def add_stored(self, stored: StoredRow[RowT]) -> None:
        """Take in a stored row."""
        if (key := self.row_type.key(self.context, stored.row)) is not None:
            self.by_key.setdefault(key, {})[stored.id] = stored
        if self.numbered:
            self.by_number[self.row_type.get(stored.row, "ref")] = stored

    def expect(self, rows: Iterable[RowT]) -> None:
        """See the rows of the file ahead. Of those that have the same key, an equal one is about a stored row, not one before it that has less to say."""
        alike: dict[Any, list[RowT]] = {}
        for row in rows:
            if (key := self.row_type.key(self.context, row)) in self.by_key:
                alike.setdefault(key, []).append(row)
        for key, found in alike.items():
            for row in found if len(found) > 1 else ():
                stored = next((each for each in self.by_key[key].values() if _values(each.row) == _values(row)), None)
                if stored:
                    del self.by_key[key][stored.id]
                    self.equal.setdefault(_values(row), []).append(stored)

    def add(self, stored: StoredRow[RowT], row: RowT) -> None:
        """Take in what a row of the file added. Its twins in the file are others, unless they name its number."""
        if not self.row_type.twins:
            self.add_stored(stored)
        elif self.numbered:
            self.by_number[self.row_type.get(stored.row, "ref")] = stored
        if self.row_type.is_once(row):
            self.met[_values(row)] = stored

    def find(self, row: RowT) -> StoredRow[RowT] | None:
        """Return the stored row that a row is about; None: it is new."""
        if self.numbered and (number := self.row_type.get(row, "ref")):
            return self.by_number.get(number)
        if self.row_type.is_once(row) and (met := self.met.get(_values(row))):
            return met
        if self.equal and (equals := self.equal.get(_values(row))):
            return equals[0]
        key = self.row_type.key(self.context, row)
        candidates = [each for each in self.by_key.get(key, {}).values() if not self._another(each, row)] if key is not None else []
        if len(candidates) < 2:
            return candidates[0] if candidates else None
        equal = (each for each in candidates if _values(each.row) == _values(row))
        agreeing = (each for each in candidates if self._agrees(each, row))
        return next(chain(equal, agreeing, candidates))

    def match(self, stored: StoredRow[RowT], row: RowT) -> None:
        """Remember that a row of the file is about a stored row: its twins are others."""
        if self.row_type.is_once(row):
            self.met[_values(row)] = stored
        if self.equal and stored in (equals := self.equal.get(_values(row), [])):
            equals.remove(stored)
        if self.row_type.twins:
            self.by_key.get(self.row_type.key(self.context, stored.row), {}).pop(stored.id, None)

    def _another(self, stored: StoredRow[RowT], row: RowT) -> bool:
        """Whether a column that refines the key has another value in each."""
        for name in self.row_type.refine:
            given, known = self.row_type.get(row, name), self.row_type.get(stored.row, name)
            if given is not None and known is not None and comparable(given) != comparable(known):
                return True
        return False

    def _agrees(self, stored: StoredRow[RowT], row: RowT) -> bool:
        """Whether a row says nothing else than a stored one."""
        return not any(self.row_type.differs(self.context, name, stored, row) for name in self.row_type.values_of(row))


def _values(row: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(map(comparable, row))
