"""Events of several cities that were probably one, but don't carry the same key, and so are counted for each of them."""

from __future__ import annotations

from typing import Any

from ...store import Store

_HELD = """
SELECT branches.name AS branch, activities.ref, activities.kind, activities.starts AS date, activities.joint, count(*) AS days
FROM activities JOIN branches ON branches.id = activities.branch_id JOIN sessions ON sessions.activity_id = activities.id AND sessions.state = 'held'
WHERE activities.ref GLOB 'E*' GROUP BY activities.id ORDER BY activities.starts, activities.kind, branches.id, activities.id
"""


def probable_joint_events(store: Store) -> list[dict[str, Any]]:
    """Return events of one kind that began on the same day, lasted as many days, and were held by several cities without all having the same key.

    Cities hold something of their own each Sunday. So it takes a sign that an event was a joint one: a key in at least one city, and another city without
    that key on that day; or, without any key, an online event (the server is shared) or one of several days (a trip).
    """
    if len(store.branches) < 2:
        return []
    alike: dict[tuple[str, str, int], list[Any]] = {}
    for row in store.rows(_HELD):
        alike.setdefault((row["date"], row["kind"], row["days"]), []).append(row)
    found = []
    for (date, kind, days), events in alike.items():
        cities = {event["branch"] for event in events}
        keys = {event["joint"] for event in events} - {None}
        if len(cities) < 2 or not (keys or kind == "online" or days > 1):
            continue
        # A city that has the key that all others have is done; what else it held that day is its own.
        lacking = {key: cities - {event["branch"] for event in events if event["joint"] == key} for key in keys}
        if any(not rest for rest in lacking.values()):
            continue
        keyed = {event["branch"] for event in events if event["joint"]}
        doubtful = [event for event in events if event["joint"] or event["branch"] not in keyed]
        found.append(
            {
                "date": date,
                "kind": kind,
                "days": days,
                "events": [f"{event['branch']}:{event['ref']}" for event in doubtful],
                "joint": sorted(keys),
            }
        )
    return found
