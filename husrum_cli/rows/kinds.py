"""All kinds of rows, in the order in which they depend on each other."""

from __future__ import annotations

from . import event_rows, group_rows, other_rows, people_rows, proposal_rows
from .kind import Kind

_ALL = {kind.name: kind for module in (people_rows, group_rows, event_rows, other_rows, proposal_rows) for kind in module.KINDS}
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
