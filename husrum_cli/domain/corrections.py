"""Corrections: what a value was and is now; and refusing to remove what something else rests on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from ..errors import Refused
from ..i18n import _


class Change(NamedTuple):
    """A corrected value. `column`: the name of its option."""

    column: str
    before: Any
    after: Any


def changes(before: Mapping[str, Any], given: Mapping[str, Any]) -> list[Change]:
    """The given values that differ from those before. None and an empty list are the same: no value."""
    return [Change(name, before[name], value) for name, value in given.items() if (before[name] or None) != (value or None)]


def refuse_to_remove(what: str, rests: Iterable[str], field: str, advice: str = "") -> None:
    """Raise `Refused` if anything rests on what is to be removed: `rests` says what, in words."""
    named = ", ".join(rests)
    if named:
        message = _("{field}: {what} can't be removed, since it has {rests}.", field=field, what=what, rests=named)
        raise Refused(f"{message} {advice}".strip(), field)
