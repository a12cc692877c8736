"""Sentences of the report that put figures side by side."""

from __future__ import annotations

from collections.abc import Mapping

from ...i18n import _
from ...records import FigureLine
from ...render.phrases import value_text


def recruiting(lines: Mapping[str, FigureLine], year: int | None) -> list[str]:
    """How many applied to volunteer, began and stopped; nothing in a year in which no application was written down."""
    if lines["volunteer_applicants"].fields["value"] == 0:
        return []
    applied, began, left = (value_text(lines[key].fields) for key in ("volunteer_applicants", "volunteers_new", "volunteers_left"))
    text = _(
        "Applied to volunteer in {year}: {applied}. Began: {began}. Stopped: {left}.", year=year, applied=applied, began=began, left=left
    )
    return [text]


def supply(lines: Mapping[str, FigureLine], year: int | None) -> str:
    """Who waits for a Hjerteven, and how many volunteers have room."""
    waiting, free = (value_text(lines[key].fields) for key in ("waiting_list", "befrienders_free"))
    return _("Waiting at the end of {year}: {waiting}. Volunteers with room for one more: {free}.", year=year, waiting=waiting, free=free)
