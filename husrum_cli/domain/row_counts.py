"""How many rows of a table, in words: what the log says that a command wrote."""

from __future__ import annotations

from collections.abc import Callable

from ..i18n import many

_COUNTED: dict[str, Callable[[int], str]] = {
    "settings": lambda number: many("{number} setting", "{number} settings", number),
    "branches": lambda number: many("{number} city", "{number} cities", number),
    "people": lambda number: many("{number} person", "{number} people", number),
    "former_numbers": lambda number: many("{number} former number", "{number} former numbers", number),
    "removed_people": lambda number: many("{number} removed person", "{number} removed people", number),
    "partners": lambda number: many("{number} partner", "{number} partners", number),
    "intakes": lambda number: many("{number} enquiry", "{number} enquiries", number),
    "answers": lambda number: many("{number} answer", "{number} answers", number),
    "interview_ages": lambda number: many("{number} age at an interview", "{number} ages at interviews", number),
    "volunteers": lambda number: many("{number} volunteer", "{number} volunteers", number),
    "roles": lambda number: many("{number} role", "{number} roles", number),
    "attests": lambda number: many("{number} paper", "{number} papers", number),
    "leaving": lambda number: many("{number} person who left", "{number} people who left", number),
    "onward": lambda number: many("{number} step onward", "{number} steps onward", number),
    "consents": lambda number: many("{number} consent", "{number} consents", number),
    "activities": lambda number: many("{number} group or event", "{number} groups and events", number),
    "programmes": lambda number: many("{number} programme", "{number} programmes", number),
    "activity_partners": lambda number: many("{number} partner of a group or event", "{number} partners of groups and events", number),
    "leaders": lambda number: many("{number} leader or organiser", "{number} leaders and organisers", number),
    "enrolments": lambda number: many("{number} enrolment", "{number} enrolments", number),
    "sessions": lambda number: many("{number} meeting or day", "{number} meetings and days", number),
    "attendance": lambda number: many("{number} attendance", "{number} attendances", number),
    "waits": lambda number: many("{number} place on the waiting list", "{number} places on the waiting list", number),
    "offers": lambda number: many("{number} offer", "{number} offers", number),
    "preferences": lambda number: many("{number} wish", "{number} wishes", number),
    "matches": lambda number: many("{number} match", "{number} matches", number),
    "pauses": lambda number: many("{number} pause", "{number} pauses", number),
    "proposals": lambda number: many("{number} proposal", "{number} proposals", number),
    "proposal_answers": lambda number: many("{number} answer to a proposal", "{number} answers to proposals", number),
    "contacts": lambda number: many("{number} contact", "{number} contacts", number),
    "grants": lambda number: many("{number} grant", "{number} grants", number),
    "grant_offers": lambda number: many("{number} offer that a grant pays for", "{number} offers that grants pay for", number),
    "reported_figures": lambda number: many("{number} reported figure", "{number} reported figures", number),
    "expected_branches": lambda number: many("{number} expected city", "{number} expected cities", number),
    "figures_for_branches": lambda number: many("{number} figure reported for a city", "{number} figures reported for cities", number),
    "closed_years": lambda number: many("{number} closed year", "{number} closed years", number),
    "closed_rows": lambda number: many("{number} row of a closed year", "{number} rows of closed years", number),
    "former_names": lambda number: many("{number} former name", "{number} former names", number),
    "distinct_people": lambda number: many("{number} pair of two people", "{number} pairs of two people", number),
    "reminders": lambda number: many("{number} reminder", "{number} reminders", number),
    "volunteer_applications": lambda number: many("{number} application to volunteer", "{number} applications to volunteer", number),
    "application_roles": lambda number: many("{number} role applied for", "{number} roles applied for", number),
    "volunteer_hours": lambda number: many("{number} entry of a volunteer's hours", "{number} entries of volunteers' hours", number),
    "measures": lambda number: many("{number} measurement", "{number} measurements", number),
    "goals": lambda number: many("{number} goal", "{number} goals", number),
    "suggestions": lambda number: many("{number} suggestion", "{number} suggestions", number),
    "quotes": lambda number: many("{number} quote", "{number} quotes", number),
    "pair_meetings": lambda number: many("{number} meeting of a pair", "{number} meetings of pairs", number),
    "targets": lambda number: many("{number} target", "{number} targets", number),
    "link_tags": lambda number: many("{number} link tag", "{number} link tags", number),
    "link_decisions": lambda number: many("{number} link decision", "{number} link decisions", number),
    "link_keys": lambda number: many("{number} link key", "{number} link keys", number),
    "manifest": lambda number: many("{number} line of the manifest", "{number} lines of the manifest", number),
    "drafts": lambda number: many("{number} unfinished form", "{number} unfinished forms", number),
    "made_tags": lambda number: many("{number} link tag made", "{number} link tags made", number),
}


def counted_rows(table: str, number: int) -> str:
    """Return a number of rows, like `2 wishes`."""
    return _COUNTED[table](number)
