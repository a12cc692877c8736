"""The rows that a closed year's figures were made of, as a few long texts for each closing.

Most rows are visits, and everybody at an occasion has the same row but for the person. So a row is written once, with the numbers of all its people:
`[figures, date, what, amount, branch uid, numbers]`. The text is JSON, compressed if that makes it shorter.
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple
from zlib import compress, decompress
from zlib import error as DecompressError

from .store import Store


class ClosedRow(NamedTuple):
    """One row of a closed year. `keys`: the figures it counts in, separated by spaces; `people`: the numbers of those it is about, in `branch` (a uid)."""

    keys: str
    date: str
    what: str
    amount: float | None
    branch: str | None = None
    people: tuple[int, ...] = ()


# People in a part: no text of a file may be longer than a merge reads.
_PART = 50_000


def read_rows(store: Store, closing: int) -> Iterator[ClosedRow]:
    """Yield the rows of a closing, in the order they were written. What can't be read is left out: the figures themselves are kept elsewhere."""
    for (text,) in store.connection.execute("SELECT rows FROM closed_rows WHERE closed_year_id = ? ORDER BY part", (closing,)):
        yield from _decode(text)


def write_rows(store: Store, closing: int, rows: Iterable[ClosedRow]) -> None:
    """Keep the rows of a closing."""
    part: list[ClosedRow] = []
    number, people = 1, 0
    for row in rows:
        part.append(row)
        people += max(1, len(row.people))
        if people >= _PART:
            store.insert("closed_rows", closed_year_id=closing, part=number, rows=_encode(part))
            part, number, people = [], number + 1, 0
    if part:
        store.insert("closed_rows", closed_year_id=closing, part=number, rows=_encode(part))


def all_rows(store: Store) -> Iterator[ClosedRow]:
    """Yield the rows of all closings."""
    return (row for _closing, _part, text in _texts(store) for row in _decode(text))


def rows_of_person(store: Store, branch: str, number: int) -> list[tuple[int, ClosedRow]]:
    """Return (closing, row) of every row about a person, each with that person alone."""
    return [
        (closing, row._replace(people=(number,)))
        for closing, _part, text in _texts(store)
        for row in _decode(text)
        if row.branch == branch and number in row.people
    ]


def forget_person(store: Store, branch: str, number: int, forget: Callable[[ClosedRow], bool] = lambda _row: True) -> int:
    """Take a person out of the rows of closed years: of all of them, or of those that `forget` accepts. Returns in how many they were."""

    def without(row: ClosedRow) -> ClosedRow | None:
        if row.branch != branch or number not in row.people or not forget(row):
            return row
        people = tuple(each for each in row.people if each != number)
        return row._replace(people=people) if people else None

    return change_rows(store, without)


def change_texts(store: Store, change: Callable[[str], str]) -> int:
    """Replace the free texts in the rows of closed years. Returns how many were changed."""
    return change_rows(store, lambda row: row._replace(what=change(row.what)))


def change_rows(store: Store, change: Callable[[ClosedRow], ClosedRow | None]) -> int:
    """Change the rows of closed years, or leave out those of which `change` returns None. Returns how many were changed."""
    changed = 0
    for closing, part, text in _texts(store):
        before = _decode(text)
        after = [change(row) for row in before]
        if after != before:
            kept = _encode([row for row in after if row is not None])
            store.update_all("closed_rows", {"closed_year_id": closing, "part": part}, rows=kept)
            changed += sum(1 for one, other in zip(before, after, strict=True) if one != other)
    return changed


def _texts(store: Store) -> list[tuple[int, int, str]]:
    return [tuple(row) for row in store.rows("SELECT closed_year_id, part, rows FROM closed_rows ORDER BY 1, 2")]


def _encode(rows: list[ClosedRow]) -> str:
    import json  # few commands write or read closed years

    plain = json.dumps({"rows": rows}, ensure_ascii=False, separators=(",", ":"))
    packed = b64encode(compress(plain.encode(), 9)).decode()
    return min(plain, packed, key=len)


def _decode(text: str) -> list[ClosedRow]:
    try:
        plain = text if text.startswith("{") else decompress(b64decode(text, validate=True)).decode()
        import json

        return [_row(*row) for row in json.loads(plain)["rows"]]
    except (ValueError, TypeError, KeyError, DecompressError):
        return []


def _row(
    keys: str, date: str | None, what: str | None, amount: float | None, branch: str | None = None, people: object = None
) -> ClosedRow:
    numbers = tuple(people) if isinstance(people, list) else () if people is None else (people,)
    return ClosedRow(keys, date or "", what or "", amount, branch, numbers)
