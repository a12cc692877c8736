"""Lists as they are shown: in JSON and CSV the codes, in the terminal the words people read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from ..i18n import N_, _, language
from ..input.choices import spoken
from ..render.listing import Listing, write_json
from ..render.page import show as show_listing
from ..vocabulary import (
    AGREEMENT,
    ATTEST,
    EVENT_KIND,
    GENDER,
    GROUP_KIND,
    LINK_DECISION,
    LINK_TAG,
    NON_ANSWERS,
    OFFER,
    PURPOSE,
    QUESTIONS,
    REASON,
    RECRUITED_THROUGH,
    ROLE,
    TIME,
    Codes,
    answers_of,
    label,
)

if TYPE_CHECKING:  # what logs an event needs no pages
    from ..domain.views.pages import Page

# column -> the codes that stand in it
_VOCABULARIES: dict[str, Codes] = {
    "kind": {**GROUP_KIND, **EVENT_KIND},
    **{question: answers_of(question) for question in QUESTIONS},
    "reason": REASON,
    "roles": ROLE,
    "agreement": AGREEMENT,
    "offer": OFFER,
    "recruited_through": {**RECRUITED_THROUGH, **NON_ANSWERS},
    "other_gender": {**GENDER, **NON_ANSWERS},
    "tags": LINK_TAG,
    "decision": LINK_DECISION,
    "detail": {**ROLE, **ATTEST, **PURPOSE, **REASON},
}
# A column with codes among words of people's own: what is no code stays.
_SPOKEN: dict[str, Codes] = {"wishes": {**TIME, **GENDER}}
# Columns of states and kinds of history, which are words of the program.
_WORDS = frozenset({"state", "is", "what", "severity"})
# What such columns hold comes out of queries and the schema's CHECKs.
_STATES = (
    *(N_("planned"), N_("held"), N_("cancelled")),
    *(
        N_("active"),
        N_("paused"),
        N_("ended"),
        N_("proposed"),
        N_("accepted"),
        N_("declined"),
        N_("withdrawn"),
        N_("matched"),
        N_("lapsed"),
    ),
    *(N_("damage"), N_("contradiction"), N_("obstacle"), N_("remark")),
    *(N_("participant"), N_("volunteer"), N_("excused")),
    *(N_("anonymised"), N_("erased")),
)
_HISTORY = (
    *(N_("enquiry"), N_("interview"), N_("role"), N_("seen"), N_("enrolled in"), N_("leads"), N_("contact"), N_("consent"), N_("pause")),
    *(N_("waits for a Hjerteven"), N_("offers to be a Hjerteven"), N_("moved on to"), N_("left")),
)
_QUESTIONS = (
    *(N_("source"), N_("motive"), N_("wish"), N_("offered"), N_("gender"), N_("municipality"), N_("occupation"), N_("diagnosis")),
    *(N_("treatment"), N_("suicidal_thoughts"), N_("loneliness")),
)
_PEOPLE = frozenset({"present", "volunteers", "excused", "leaders", "organisers"})


def show(listing: Listing, format: str, names: dict[int, str] | None = None) -> None:
    """Writes a list to stdout. `names`: what is read for the numbers of people."""
    if format == "table":
        records = [{key: _read(key, value, names or {}) for key, value in _wishes_apart(record).items()} for record in listing.records]
        listing = Listing(listing.columns, records, listing.title, listing.data_only)
    show_listing(listing, format)


def _wishes_apart(record: Mapping[str, Any]) -> Mapping[str, Any]:
    """What somebody offers with stands in one text."""
    if record.get("what") != "offers to be a Hjerteven":
        return record
    return {**record, "detail": ", ".join(_read("wishes", each, {}) for each in record["detail"].split(", "))}


def show_page(page: Page, format: str) -> None:
    """A page in the terminal; as JSON whole; as CSV the first of its lists."""
    if format == "json":
        write_json({**page.facts, **{name: part.records for name, part in page.parts.items()}})
        return
    parts = list(page.parts.values())
    if format == "csv":
        show_listing(Listing(parts[0].columns, parts[0].records), format)
        return
    facts = [
        {"": page.labels[key], " ": _read(key, value, page.names)} for key, value in page.facts.items() if key in page.labels and value
    ]
    show_listing(Listing({"": "", " ": ""}, facts, page.title), format)
    for part in parts:
        records = part.records if part.brief is None else part.brief
        if records:
            print()
            show(Listing(part.columns, records, part.title), format, page.names)


def _read(key: str, value: Any, names: dict[int, str]) -> Any:
    if isinstance(value, (list, tuple)):
        return [_read(key, each, names) for each in value]
    if key in _PEOPLE and value in names:
        return names[value]
    if key in _SPOKEN and value in _SPOKEN[key]:
        return spoken(_SPOKEN[key], value)
    if key in _VOCABULARIES and value in _VOCABULARIES[key]:
        return label(_VOCABULARIES[key], value, language())
    return _(value) if key in _WORDS and isinstance(value, str) and value else value
