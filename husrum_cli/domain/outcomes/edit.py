"""Correcting what belongs to a group or an event."""

from __future__ import annotations

from typing import Any

from ...store import Store
from ..activities.activities import Activity, activity_with_id
from ..corrections import Change, changes


def edit_with_activity(store: Store, table: str, found: dict[str, Any], given: dict[str, Any], name: str) -> list[Change]:
    """Correct a row that may belong to an activity, and return what changed. name: of the activity in `given`; None clears."""
    activity: Activity | None = given.get(name)
    changed = changes({**found, name: activity_with_id(store, found["activity_id"])}, given)
    columns = {column: value for column, value in given.items() if column != name}
    if name in given:
        columns["activity_id"] = activity.id if activity else None
    store.update(table, found["id"], **columns)
    return changed
