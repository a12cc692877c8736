"""Corrections: what a value was and is now; and refusing to remove what something else rests on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from ..errors import HusrumError, NotFound, Refused, WrongInput
from ..i18n import _, long_day
from ..store import Store
from ..store.rows import Row


class Change(NamedTuple):
    """A corrected value. `column`: the name of its option."""

    column: str
    before: Any
    after: Any


def changes(before: Mapping[str, Any], given: Mapping[str, Any]) -> list[Change]:
    """Return the given values that differ from those before. None and an empty list are the same: no value."""
    return [Change(name, before[name], value) for name, value in given.items() if (before[name] or None) != (value or None)]


def correct_row(store: Store, table: str, row: Row, given: Mapping[str, Any], stored: Mapping[str, str] | None = None) -> list[Change]:
    """Write what is given and differs from a row of a table, and return the changes. stored: option -> column, if they differ."""
    columns = {name: (stored or {}).get(name, name) for name in given}
    found = changes({name: row[column] for name, column in columns.items()}, given)
    store.update(table, row["id"], **{columns[change.column]: change.after for change in found})
    return found


def require_change(given: Collection[str]) -> None:
    """Raise `WrongInput` if a correction was given no options."""
    if not given:
        raise WrongInput(_("Nothing to change: give at least one option."))


def refuse_to_remove(what: str, rests: Iterable[str], field: str, advice: str = "") -> None:
    """Raise `Refused` if anything rests on what is to be removed: `rests` says what, in words."""
    named = ", ".join(rests)
    if named:
        message = _("{field}: {what} can't be removed, since it has {rests}.", field=field, what=what, rests=named)
        raise Refused(f"{message} {advice}".strip(), field)


def reopen(store: Store, table: str, rows: Sequence[Row], day: str, what: str, field: str) -> list[Change]:
    """Take back that a period ended: the one from a day, or with ANY_DAY the last of the rows."""
    row = rows[-1] if day == ANY_DAY and rows else only_row(rows, "starts", day, what, field)
    return correct_row(store, table, row, {"to": None}, {"to": "ends"})


def correct_reason(
    store: Store, table: str, row: Row | None, ended: str, day: str, given: Mapping[str, Any], refusal: HusrumError, command: str
) -> list[Change]:
    """Correct why something is over already, if its day is named, and return the changes. Raises the refusal otherwise, with the command that does.

    ended: the column with its day. given: `reason`, if one was given. command: without the day and the reason.
    """
    if row is None:
        raise refusal
    if given and row[ended] == day:
        return correct_row(store, table, row, given)
    line = f"{command} --date {row[ended]} --reason CODE"
    raise type(refusal)(f"{refusal.message} {_('To correct the reason: {command}', command=line)}", refusal.field)


ANY_DAY = "*"
"""In the place of a day: none was named."""


def delete_row(store: Store, table: str, row: Row, day: str) -> str | None:
    """Delete a row of a table, and return the day in its column `day`; None if it isn't known."""
    store.delete(table, id=row["id"])
    taken: str | None = row[day]
    return taken


def only_row(rows: Sequence[Row], column: str, day: str | None, what: str, field: str) -> Row:
    """Return the only one of some rows, or the one whose `column` is a day (None: an unknown one). Raises `NotFound` for none or several, `what` in its words."""
    fitting = [row for row in rows if day == ANY_DAY or row[column] == day]
    if not fitting:
        where = what if day == ANY_DAY else _("{what} from {date}", what=what, date=day or _("an unknown date"))
        raise NotFound(_("{field}: there is no such entry: {what}.", field=field, what=where), field)
    if len(fitting) > 1:
        dates = ", ".join(long_day(row[column] or _("unknown")) for row in fitting)
        raise NotFound(_("{field}: there are several: {what}, from {dates}. Name the day.", field=field, what=what, dates=dates), field)
    return fitting[0]
