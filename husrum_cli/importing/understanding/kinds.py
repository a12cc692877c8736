"""The everyday words for the rows of each kind."""

from __future__ import annotations

from ...domain.table_words import rows_word
from ...i18n import N_, _
from ...rowtypes.registry import row_type
from .mapping import IGNORE

# The kinds whose rows have another everyday word than those of their table.
_KINDS = {
    "intakes": N_("young people"),
    "other_people": N_("other people"),
    "groups": N_("groups"),
    "meetings": N_("meetings"),
    "events": N_("events"),
    "attendance": N_("attendance"),
    "leaders": N_("group leaders"),
    "leaving": N_("people who left"),
    "proposals": N_("proposed pairs"),
    "waiting": N_("waiting list"),
}


def heading_word(kind: str, means: str) -> str:
    """Return what a heading means, in the user's language: a column, or that of people and, after a bar, what the numbers among them are."""
    return "|".join(_("ignore") if part == IGNORE else row_type(kind).word(part) for part in means.split("|"))


def kind_rows_word(kind: str) -> str:
    """Return the everyday word for the rows of a kind."""
    return _(_KINDS[kind]) if kind in _KINDS else rows_word(row_type(kind).table)
