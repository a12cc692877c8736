"""`husrum person show` and `husrum volunteer show`: one person on one page."""

from __future__ import annotations

from typing import Any

from ..domain.views import lists
from ..domain.views.pages import Page
from ..domain.views.person_page import person_page
from ..i18n import _, language, pgettext
from ..render.listing import Listing
from ..vocabulary import QUESTIONS, translation
from .context import reading
from .lists import WITH_HOURS, hours_and_rest, in_words, show, show_page

_LEAST, _LATEST = 2, 5
"""Entries of the history that are shown: as many as there is room for, between these."""
_AROUND = 5
"""Lines around them: an empty one, two of headings, how to see all, and the shell's own."""
# Entries of the history whose words are notes; of a meeting of two, the hours before its note may be read.
_NOTES = ("contact", "reminder", "the pair met")


def show_person(reference: str, field: str, since: str | None, history: bool, answers: bool, format: str) -> None:
    """Show the page of a person. since: only how often they came from a day on, and when. answers: what was confided too."""
    from ..domain.views.person_summary import person_summary
    from ..render.person_summary import print_summary
    from ..render.terminal import one_page, screen, terminal_size

    with reading() as context:
        person = context.people.find_one(reference, field)
        page = person_page(context.store, person, since)
        summary = person_summary(context.store, person, page) if format == "table" and since is None else None
        confided = lists.confidential_texts(context.store, person) if answers else None
    if confided is not None:
        page.facts.update(confided)
    if summary is None:
        show_page(page, format)
        return
    with one_page():
        out = screen()
        used = print_summary(out, summary)
        room = terminal_size().lines - used - _AROUND if out.is_terminal else _LATEST
        _show_history(page, history, answers, summary.more, min(max(room, _LEAST), _LATEST))
        if confided is not None:
            _show_confided(confided)


def _show_history(page: Page, whole: bool, answers: bool, more: str, number: int) -> None:
    """Print everything dated except the days they came, or the latest of it."""
    part = page.parts["history"]
    records = [each if answers else _discreet(each) for each in part.brief or ()]
    if not records:
        return
    latest = records if whole else [each for each in records if each["what"] != "consent"][-number:]
    print()
    show(Listing(part.columns, latest, part.title if whole else _("Latest")), "table")
    if len(latest) < len(records) and not whole:
        print(more)
    if whole and page.parts["hours"].records:
        print()
        show(Listing(page.parts["hours"].columns, page.parts["hours"].records, page.parts["hours"].title), "table")


def _discreet(record: dict[str, Any]) -> dict[str, Any]:
    if record["what"] not in _NOTES:
        return record
    hours, _note = hours_and_rest(record["detail"]) if record["what"] in WITH_HOURS else ("", "")
    return {**record, "detail": f"{hours} h " if hours else ""}


def _show_confided(confided: dict[str, Any]) -> None:
    """Print the answers at each interview, the goals, and the note of a volunteer."""
    words = pgettext("heading", "Note")
    for intake in confided["intakes"]:
        rows = [
            {"question": translation(QUESTIONS[question].label, language()), "answer": in_words(question, codes)}
            for question, codes in intake["answers"].items()
        ]
        rows += [{"question": words, "answer": intake["note"]}] if intake["note"] else []
        if rows:
            day = intake["held"] or intake["enquired"] or _("an unknown date")
            print()
            show(Listing({"question": "", "answer": ""}, rows, _("Answers of {date}", date=day)), "table")
    if confided["goal_texts"]:
        print()
        columns = {"date": _("Date"), "text": _("Text"), "outcome": _("Outcome")}
        show(Listing(columns, confided["goal_texts"], _("Goals")), "table")
    if confided["note"]:
        print()
        show(Listing({"note": ""}, [{"note": confided["note"]}], words), "table")
