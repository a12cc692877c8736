"""Sentences that confirm what was recorded of an occasion: who came, and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ...domain.activities.attendance import OccasionRecord
from ...i18n import _, long_day, many, whole_number
from ..corrections import changed_text

if TYPE_CHECKING:
    from ...domain.people.lookup import People


_MOST_NAMES = 5


def record_text(recorded: OccasionRecord, people: People) -> str:
    """Describe the record of an occasion, and what a correction changed: `2024-03-05: 7 participants (2 unnamed), 3 volunteers.`"""
    number = recorded.participants + recorded.unnamed
    text = many("{number} participant", "{number} participants", number)
    if recorded.unnamed:
        text += _(" ({unnamed} unnamed)", unnamed=whole_number(recorded.unnamed))
    text += ", " + many("{number} volunteer", "{number} volunteers", recorded.volunteers)
    changes = [
        _before(recorded, number),
        _("added: {people}", people=_names(recorded.came, people)) if recorded.came else "",
        _("removed: {people}", people=_names(recorded.gone, people)) if recorded.gone else "",
        _("no longer excused: {people}", people=_names(recorded.unexcused, people)) if recorded.unexcused else "",
        changed_text(None, recorded.changes) if recorded.changes else "",
    ]
    if any(changes):
        text += f" ({'; '.join(filter(None, changes))})"
    return f"{long_day(recorded.date)}: {text}."


def _before(recorded: OccasionRecord, number: int) -> str:
    """Say what the occasion was before, as far as it differs; of a cancelled one that nobody was recorded at, only that it was cancelled."""
    if recorded.cancelled:
        return _("before: cancelled, {before}", before=recorded.before) if recorded.before not in (0, number) else _("before: cancelled")
    return _("before: {before}", before=recorded.before) if recorded.before not in (None, number) else ""


def _names(ids: Sequence[int], people: People) -> str:
    shown = [people.by_id[id].display_name for id in ids[:_MOST_NAMES]]
    return ", ".join(shown) + (f" … ({len(ids)})" if len(ids) > _MOST_NAMES else "")
