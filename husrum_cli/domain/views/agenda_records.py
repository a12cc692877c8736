"""One item of `husrum today`."""

from __future__ import annotations

from typing import Any

from ...input.dates import days_since

Record = dict[str, Any]


def record(
    what: str, when: str | None, about: Any, command: str, since: str | None = None, now: str = "", paper: str | None = None
) -> Record:
    """`days`: since when, if it waits. `paper`: the kind of paper that it is about."""
    keys = about.keys()
    days = days_since(since, now) if since else None
    activity = {"ref": about["ref"], "title": about["title"]} if "ref" in keys else {"ref": None, "title": None}
    person = (
        {"person": about["number"], "name": about["called"] or (about["name"] or "").split(" ")[0]}
        if "number" in keys
        else {"person": None, "name": None}
    )
    return {"what": what, "date": when, **activity, **person, "paper": paper, "days": days, "command": command}
