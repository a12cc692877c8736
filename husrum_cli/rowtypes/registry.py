"""All row types, in the order in which they depend on each other."""

from __future__ import annotations

from functools import cache
from typing import Any

from .rowtype import RowType

# Row type -> the module that declares it. A row refers to rows of the types before it, and its rules look at them.
MODULES = {
    "partners": "partners",
    "intakes": "intakes",
    "volunteers": "volunteers",
    "other_people": "other_people",
    "former_names": "identity",
    "distinct": "identity",
    "applications": "applications",
    "roles": "volunteers",
    "attests": "volunteers",
    "hours": "volunteers",
    "groups": "groups",
    "leaders": "groups",
    "enrolments": "groups",
    "meetings": "meetings",
    "events": "events",
    "attendance": "events",
    "leaving": "departures",
    "matches": "befriending",
    "pauses": "befriending",
    "pair_meetings": "befriending",
    "proposals": "proposals",
    "proposal_answers": "proposals",
    "waiting": "befriending",
    "offers": "befriending",
    "contacts": "contacts",
    "reminders": "reminders",
    "onward": "departures",
    "consents": "departures",
    "measures": "outcomes",
    "goals": "outcomes",
    "suggestions": "outcomes",
    "quotes": "outcomes",
    "grants": "partners",
    "targets": "targets",
    "figures": "figures",
}


@cache
def row_type(name: str) -> RowType[Any]:
    """Return the row type of this name."""
    from importlib import import_module

    found: RowType[Any] = getattr(import_module(f".{MODULES[name]}", __package__), name.upper())
    return found


def row_types() -> list[RowType[Any]]:
    """Return all of them, in order."""
    return [row_type(name) for name in MODULES]
