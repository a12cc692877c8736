"""Lists as they are shown: in JSON and CSV the codes, in the terminal the words people read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..i18n import N_, _, language, many
from ..input.choices import spoken
from ..render.listing import Listing, sort_listing, typed_value, write_csv, write_json
from ..render.terminal import GLUE
from ..vocabulary import (
    AGREEMENT,
    ATTEST,
    EVENT_KIND,
    GENDER,
    GOAL_OUTCOME,
    GROUP_KIND,
    INSTRUMENT,
    LINK_DECISION,
    LINK_TAG,
    NON_ANSWERS,
    OFFER,
    PURPOSE,
    QUESTIONS,
    REASON,
    RECRUITED_THROUGH,
    ROLE,
    SUGGESTION_OUTCOME,
    TARGET_OUTCOME,
    TIME,
    UNCOUNTED_PARTNER,
    Codes,
    answers_of,
    label,
)
from .app import Parameters
from .context import say

if TYPE_CHECKING:  # what logs an event needs no pages
    from ..domain.views.pages import Page

# column -> its codes
_VOCABULARIES: dict[str, Codes] = {
    "kind": {**GROUP_KIND, **EVENT_KIND, **UNCOUNTED_PARTNER},
    **{question: answers_of(question) for question in QUESTIONS},
    "reason": REASON,
    "roles": ROLE,
    "for": ROLE,
    "agreement": AGREEMENT,
    "offer": OFFER,
    "recruited_through": {**RECRUITED_THROUGH, **NON_ANSWERS},
    "other_gender": {**GENDER, **NON_ANSWERS},
    "tags": LINK_TAG,
    "decision": LINK_DECISION,
    "instrument": INSTRUMENT,
    "time": TIME,
    "wants_gender": GENDER,
    "non_answer": NON_ANSWERS,
    "outcome": {**TARGET_OUTCOME, **SUGGESTION_OUTCOME, **GOAL_OUTCOME},
    "detail": {**ROLE, **ATTEST, **PURPOSE, **REASON},
}
# A column with codes among people's own words: other words stay.
_SPOKEN: dict[str, Codes] = {"wishes": {**TIME, **GENDER}}
# Columns of states and kinds of history, which are words of the program.
_WORDS = frozenset({"state", "is", "as", "what", "severity"})
# The values of such columns come from queries and the schema's CHECKs.
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
    *(N_("the pair met"), N_("hours"), N_("applied"), N_("reminder")),
    *(N_("waits for a Hjerteven"), N_("offers to be a Hjerteven"), N_("moved on to"), N_("left")),
)
# What a detail about an offer says apart from the wishes.
_APART = (N_("avoids"), N_("about themselves"))
# What has its hours before its note, like `2.5 h about the trip`.
WITH_HOURS = ("hours", "the pair met")
_PEOPLE = frozenset({"present", "volunteers", "excused", "leaders", "organisers"})


def show(listing: Listing, format: str, names: dict[int, str] | None = None) -> None:
    """Write a list to stdout, or to the file of `--to`, as this run's list options say. `names`: what is read for the numbers of people."""
    options = Parameters.listing
    if options.sort:
        listing = _sorted(listing, options.sort, names or {})
    if options.to:
        from ..exporting.listing import write_listing

        write_listing(Path(options.to).expanduser(), _in_words(listing, names or {}), options.overwrite)
        say(many("{number} row written to {path}.", "{number} rows written to {path}.", len(listing.records), path=options.to))
    elif format == "json":
        write_json([dict(record) for record in listing.records])
    elif format == "csv":
        write_csv(list(listing.columns), [[record.get(key) for key in listing.columns] for record in listing.records])
    else:
        _print(_in_words(listing, names or {}), options.pager)


def show_problems(problems: Listing, format: str) -> None:
    """Print problems: at a terminal as lines that fit it, otherwise as a list. Placeholders in commands are in the language chosen."""
    from ..render.terminal import print_lines, screen

    out = screen()
    if format == "table":
        from .help.rendering import placeholder

        problems = problems._replace(records=[{**each, "command": placeholder(str(each["command"] or ""))} for each in problems.records])
    if format == "table" and out.is_terminal and problems.records:
        from ..render.problems import problem_lines

        print_lines(problem_lines(problems.records, out), out, Parameters.listing.pager)
    else:
        show(problems, format)


def _sorted(listing: Listing, column: str, names: dict[int, str]) -> Listing:
    """Return the list sorted as its words are read: it has one order, in whatever format it is written."""
    words = _in_words(listing, names)
    records = {id(shown): record for shown, record in zip(words.records, listing.records, strict=True)}
    return listing._replace(records=[records[id(shown)] for shown in sort_listing(words, column).records])


def _print(listing: Listing, paged: bool) -> None:
    from ..render.table import listing_lines
    from ..render.terminal import print_lines, screen

    out = screen()
    print_lines(listing_lines(listing, out), out, paged)


def _in_words(listing: Listing, names: dict[int, str]) -> Listing:
    """Return the list with labels in the place of codes, and names in that of numbers."""
    return listing._replace(records=[_record_in_words(record, names) for record in listing.records])


def _record_in_words(record: Mapping[str, Any], names: dict[int, str]) -> dict[str, Any]:
    """Return the record with labels in the place of codes, and names in that of numbers."""
    if record.get("what") == "offers to be a Hjerteven":  # its wishes are one text
        record = {**record, "detail": "; ".join(map(_wishes_in_words, record["detail"].split("; ")))}
    if record.get("what") in WITH_HOURS:
        from ..domain.volunteers.hours import hours_in_words

        hours, rest = hours_and_rest(record["detail"])
        record = {**record, "detail": f"{hours_in_words(float(hours))} {rest}".strip() if hours else rest}
    return {key: _read(key, value, names) for key, value in record.items()}


def _wishes_in_words(part: str) -> str:
    """Return the wishes of an offer in words, or what it says apart from them: `avoids: cats`."""
    label_, _colon, words = part.partition(": ")
    if label_ in _APART:
        return f"{_(label_)}: {words}"
    return ", ".join(_read("wishes", each, {}) for each in part.split(", "))


def hours_and_rest(detail: str) -> tuple[str, str]:
    """Split the detail of what has hours: the number, empty if there is none, and the note."""
    hours, unit, rest = detail.partition(" h ")
    return (hours, rest) if unit and hours.replace(".", "").isdigit() else ("", detail)


def show_page(page: Page, format: str) -> None:
    """Print a page: at a terminal and as JSON the whole, as CSV the first of its lists."""
    if format == "json":
        write_json({**page.facts, **{name: part.records for name, part in page.parts.items()}})
        return
    parts = list(page.parts.values())
    if format == "csv":
        show(Listing(parts[0].columns, parts[0].records), format)
        return
    facts = [
        {
            "": page.labels[key],
            " ": [typed_value(key, each) for each in _read(key, value, page.names)]
            if isinstance(value, list)
            else _read(key, value, page.names),
        }
        for key, value in page.facts.items()
        if key in page.labels and value not in (None, "", [], ())
    ]
    from ..render.terminal import one_page

    with one_page():
        _print(Listing({"": "", " ": ""}, facts, page.title), paged=False)
        for part in parts:
            records = part.records if part.brief is None else part.brief
            if records:
                print()
                show(Listing(part.columns, records, part.title), format, page.names)


def in_words(key: str, value: Any) -> Any:
    """Return a value as people read it: the label in the place of a code."""
    return _read(key, value, {})


def _read(key: str, value: Any, names: dict[int, str]) -> Any:
    if isinstance(value, (list, tuple)):
        return [_read(key, each, names) for each in value]
    if key in _PEOPLE and value in names:
        return names[value].replace(" ", GLUE)
    if key in _SPOKEN and value in _SPOKEN[key]:
        return spoken(_SPOKEN[key], value)
    if key in _VOCABULARIES and value in _VOCABULARIES[key]:
        return label(_VOCABULARIES[key], value, language())
    return _(value) if key in _WORDS and isinstance(value, str) and value else value
