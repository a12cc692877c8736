"""The numbers that rows are named by, as in `husrum goal mark anna reached --goal 2`."""

from __future__ import annotations

from ..errors import Refused
from ..i18n import _
from ..store import Store


def free_number(store: Store, table: str, number: int | None, **owner: int | None) -> int:
    """Return the number of a new row: the one given, else the next. owner: the column of those it is numbered among, if not among all.

    Raises `Refused` if it is taken.
    """
    own = " AND ".join((*(f"{column} IS ?" for column in owner), "1"))
    if number is None:
        return int(store.value(f"SELECT ifnull(max(number), 0) + 1 FROM {table} WHERE {own}", *owner.values()))
    if store.value(f"SELECT 1 FROM {table} WHERE {own} AND number = ?", *owner.values(), number):
        raise Refused(_("number: {number} is taken already.", number=number), "number")
    return number


def number_of(store: Store, table: str, id: int) -> int:
    """Return the number of a row."""
    return int(store.value(f"SELECT number FROM {table} WHERE id = ?", id))
