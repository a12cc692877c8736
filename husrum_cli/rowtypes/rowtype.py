"""What a kind of row is: how it is known again, added, filled in, and read back from the file."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from typing import Any, NamedTuple

from ..domain.activities.activities import Activity
from ..domain.people.lookup import Person
from ..input.text import fold
from .columns import BY_NAME, Values
from .context import Book


class Held:
    """A row that is in the file: its id there, and its values as an import file would give them."""

    __slots__ = ("id", "values")

    def __init__(self, id: int, values: Values) -> None:
        self.id = id
        self.values = values


class Kind(NamedTuple):
    """A kind of row.

    `key`: what it is known again by, None where it can't be in the file yet. `add`: keeps it, and gives its id. `amend`: fills in what was empty.
    `held`: the rows in the file, in the order they were entered. `differs`: whether a value is another one than is held, where plain comparison won't do.
    `later`: columns that may refer to rows further down.
    """

    name: str
    key: Callable[[Book, Values], Hashable | None]
    add: Callable[[Book, Values], int]
    amend: Callable[[Book, Held, Values], None]
    held: Callable[[Book], Iterable[Held]]
    differs: Callable[[Book, str, Held, Values], bool] | None = None
    later: tuple[str, ...] = ()


def resolve(book: Book, kind: str, values: Values) -> Values:
    """Looks up who and what the values refer to. Raises `NotFound` for the first that can't be found."""
    return {name: resolve_one(book, kind, name, value) for name, value in values.items()}


def resolve_one(book: Book, kind: str, name: str, value: Any) -> Any:
    """A value, with the person, people, group or event it refers to in its place."""
    from ..domain.activities.activities import find_activity

    match BY_NAME[kind][name].refers:
        case "person":
            return book.people.one(value, name)
        case "people":
            return book.people.several(value, name, book.rules)
        case "group":
            return find_activity(book.store, value, "G", name)
        case "event":
            return find_activity(book.store, value, "E", name)
    return value


def comparable(value: Any) -> Any:
    """A value as it is compared: people by who they are, lists without order, texts without case and accents."""
    if isinstance(value, (Person, Activity)):
        return value.id
    if isinstance(value, (list, tuple, set, frozenset)):
        return frozenset(comparable(each) for each in value)
    if isinstance(value, str):
        return fold(value)
    return value
