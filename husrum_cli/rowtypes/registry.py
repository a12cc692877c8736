"""All kinds of rows, in the order in which they depend on each other."""

from __future__ import annotations

from . import events, groups, other, people, proposals
from .rowtype import Kind

_ALL = {kind.name: kind for module in (people, groups, events, other, proposals) for kind in module.KINDS}
ORDER = (
    "partners",
    "intakes",
    "volunteers",
    "roles",
    "attests",
    "groups",
    "leaders",
    "enrolments",
    "meetings",
    "events",
    "attendance",
    "leaving",
    "matches",
    "pauses",
    "proposals",
    "proposal_answers",
    "waiting",
    "offers",
    "contacts",
    "onward",
    "consents",
    "grants",
    "figures",
)
KINDS: dict[str, Kind] = {name: _ALL[name] for name in ORDER}
