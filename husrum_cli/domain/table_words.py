"""What the rows of each table are called: by themselves, and with their number, as the log says what a command wrote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ..i18n import N_, NP_, PluralForms, _, many


class TableWords(NamedTuple):
    """The words for the rows of a table."""

    rows: str
    counted: PluralForms


TABLES: dict[str, TableWords] = {
    "settings": TableWords(N_("settings"), NP_("{number} setting", "{number} settings")),
    "branches": TableWords(N_("cities"), NP_("{number} city", "{number} cities")),
    "people": TableWords(N_("people"), NP_("{number} person", "{number} people")),
    "former_numbers": TableWords(N_("former numbers"), NP_("{number} former number", "{number} former numbers")),
    "removed_people": TableWords(N_("removed people"), NP_("{number} removed person", "{number} removed people")),
    "partners": TableWords(N_("partners"), NP_("{number} partner", "{number} partners")),
    "intakes": TableWords(N_("enquiries"), NP_("{number} enquiry", "{number} enquiries")),
    "answers": TableWords(N_("answers"), NP_("{number} answer", "{number} answers")),
    "interview_ages": TableWords(N_("ages at interviews"), NP_("{number} age at an interview", "{number} ages at interviews")),
    "volunteers": TableWords(N_("volunteers"), NP_("{number} volunteer", "{number} volunteers")),
    "roles": TableWords(N_("roles"), NP_("{number} role", "{number} roles")),
    "attests": TableWords(N_("papers"), NP_("{number} paper", "{number} papers")),
    "leaving": TableWords(N_("people who left"), NP_("that {number} person left", "that {number} people left")),
    "onward": TableWords(N_("steps onward"), NP_("{number} step onward", "{number} steps onward")),
    "consents": TableWords(N_("consents"), NP_("{number} consent", "{number} consents")),
    "activities": TableWords(N_("groups and events"), NP_("{number} group or event", "{number} groups and events")),
    "programmes": TableWords(N_("programmes"), NP_("{number} programme", "{number} programmes")),
    "activity_partners": TableWords(
        N_("partners of groups and events"), NP_("{number} partner of a group or event", "{number} partners of groups and events")
    ),
    "leaders": TableWords(N_("leaders and organisers"), NP_("{number} leader or organiser", "{number} leaders and organisers")),
    "enrolments": TableWords(N_("enrolments"), NP_("{number} enrolment", "{number} enrolments")),
    "sessions": TableWords(N_("meetings and days"), NP_("{number} meeting or day", "{number} meetings and days")),
    "attendance": TableWords(N_("attendances"), NP_("{number} attendance", "{number} attendances")),
    "waits": TableWords(N_("places on the waiting list"), NP_("{number} place on the waiting list", "{number} places on the waiting list")),
    "offers": TableWords(N_("offers"), NP_("{number} offer", "{number} offers")),
    "preferences": TableWords(N_("wishes"), NP_("{number} wish", "{number} wishes")),
    "matches": TableWords(N_("matches"), NP_("{number} match", "{number} matches")),
    "pauses": TableWords(N_("pauses"), NP_("{number} pause", "{number} pauses")),
    "proposals": TableWords(N_("proposals"), NP_("{number} proposal", "{number} proposals")),
    "proposal_answers": TableWords(N_("answers to proposals"), NP_("{number} answer to a proposal", "{number} answers to proposals")),
    "contacts": TableWords(N_("contacts"), NP_("{number} contact", "{number} contacts")),
    "grants": TableWords(N_("grants"), NP_("{number} grant", "{number} grants")),
    "grant_offers": TableWords(
        N_("offers that grants pay for"), NP_("{number} offer that a grant pays for", "{number} offers that grants pay for")
    ),
    "reported_figures": TableWords(N_("reported figures"), NP_("{number} reported figure", "{number} reported figures")),
    "expected_branches": TableWords(N_("expected cities"), NP_("{number} expected city", "{number} expected cities")),
    "figures_for_branches": TableWords(
        N_("figures reported for cities"), NP_("{number} figure reported for a city", "{number} figures reported for cities")
    ),
    "closed_years": TableWords(N_("closed years"), NP_("{number} closed year", "{number} closed years")),
    "closed_rows": TableWords(N_("rows of closed years"), NP_("{number} row of a closed year", "{number} rows of closed years")),
    "former_names": TableWords(N_("former names"), NP_("{number} former name", "{number} former names")),
    "distinct_people": TableWords(N_("pairs of two people"), NP_("{number} pair of two people", "{number} pairs of two people")),
    "reminders": TableWords(N_("reminders"), NP_("{number} reminder", "{number} reminders")),
    "volunteer_applications": TableWords(
        N_("applications to volunteer"), NP_("{number} application to volunteer", "{number} applications to volunteer")
    ),
    "application_roles": TableWords(N_("roles applied for"), NP_("{number} role applied for", "{number} roles applied for")),
    "volunteer_hours": TableWords(
        N_("hours of volunteers"), NP_("{number} entry of a volunteer's hours", "{number} entries of volunteers' hours")
    ),
    "measures": TableWords(N_("measurements"), NP_("{number} measurement", "{number} measurements")),
    "goals": TableWords(N_("goals"), NP_("{number} goal", "{number} goals")),
    "suggestions": TableWords(N_("suggestions"), NP_("{number} suggestion", "{number} suggestions")),
    "quotes": TableWords(N_("quotes"), NP_("{number} quote", "{number} quotes")),
    "pair_meetings": TableWords(N_("meetings of pairs"), NP_("{number} meeting of a pair", "{number} meetings of pairs")),
    "targets": TableWords(N_("targets"), NP_("{number} target", "{number} targets")),
    "link_tags": TableWords(N_("link tags"), NP_("{number} link tag", "{number} link tags")),
    "link_decisions": TableWords(N_("link decisions"), NP_("{number} link decision", "{number} link decisions")),
    "link_keys": TableWords(N_("link keys"), NP_("{number} link key", "{number} link keys")),
    "manifest": TableWords(N_("lines of the manifest"), NP_("{number} line of the manifest", "{number} lines of the manifest")),
    "drafts": TableWords(N_("unfinished forms"), NP_("{number} unfinished form", "{number} unfinished forms")),
    "made_tags": TableWords(N_("link tags made"), NP_("{number} link tag made", "{number} link tags made")),
}

# Those that are groups' or events', if a step was only about one of the two: by the first letter of their numbers.
_OF_ONE_KIND: dict[str, dict[str, PluralForms]] = {
    "G": {
        "activities": NP_("{number} group", "{number} groups"),
        "leaders": NP_("{number} leader", "{number} leaders"),
        "sessions": NP_("{number} meeting", "{number} meetings"),
    },
    "E": {
        "activities": NP_("{number} event", "{number} events"),
        "leaders": NP_("{number} organiser", "{number} organisers"),
        "sessions": NP_("{number} day", "{number} days"),
    },
}


def rows_word(table: str) -> str:
    """Return what the rows of a table are called."""
    return _(TABLES[table].rows)


def counted_rows(table: str, number: int, references: Sequence[str] = ()) -> str:
    """Return a number of rows, like `2 wishes`. references: of the groups and events that they belong to."""
    letters = {each[:1] for each in references}
    words = _OF_ONE_KIND.get(letters.pop(), {}) if len(letters) == 1 else {}
    return many(*words.get(table, TABLES[table].counted), number)
