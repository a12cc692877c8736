"""Answer an instrument item by item, on a screen that is gone afterwards and never shows an earlier answer. What is interrupted is kept as a draft."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...domain.people import drafts
from ...domain.people.lookup import Person
from ...errors import FormInterrupted
from ...i18n import _, language
from ...vocabulary import Instrument, translation
from ..context import open_file, say
from .drafts import describe_draft, draft_saved_text
from .form import BACK, Texts

if TYPE_CHECKING:
    from .form_screen import FormScreen

_DAY = "date"
"""The key of a draft next to its items, which go by their numbers: the day they were answered."""


class AnsweredItems(NamedTuple):
    """The typed answers. draft: to be deleted once it is saved. items: `3,,3`; None: the consent to keep them was not given. agreed: it was given just now."""

    draft: int | None
    date: str
    items: str | None
    agreed: bool = False


class _Paper:
    """The items that are being answered, and their draft in the file."""

    def __init__(self, instrument: Instrument, person: Person, date: str) -> None:
        self.command = drafts.MEASURE_COMMANDS[instrument.code.code]
        self.instrument, self.person, self.date = instrument, person, date
        self.items: list[str] = []
        self.draft: int | None = None
        with open_file() as store:
            self.known = drafts.drafts_of(store, self.command, person)

    def take_up(self, draft: drafts.Draft, date_given: bool) -> None:
        """Go on with a draft: of its own day, unless another one was given."""
        self.draft = draft.id
        self.items = [draft.texts[str(number)] for number in range(len(draft.answer_texts))]
        if not date_given:
            self.date = draft.texts.get(_DAY, self.date)

    def keep(self) -> None:
        """Keep what was answered so far."""
        texts: Texts = {str(number): text for number, text in enumerate(self.items)}
        if any(texts.values()) or self.draft is not None:
            with open_file() as store:
                self.draft = drafts.save_draft(store, self.command, self.person, {**texts, _DAY: self.date}, self.draft)

    def forget(self) -> None:
        """Delete every draft of the same person and instrument, which may not be kept."""
        for draft in self.known:
            with open_file() as store:
                drafts.delete_draft(store, draft.id)


def ask_items(instrument: Instrument, person: Person, date: str, date_given: bool, ask_consent: bool) -> AnsweredItems:
    """Ask for the consent, if there is none, then for the items. An interruption keeps them as a draft and ends the command."""
    from .form_screen import choose_draft, confirm_on_screen, full_screen, save_if_ended

    paper = _Paper(instrument, person, date)
    with full_screen() as shown, save_if_ended(paper.keep):
        if ask_consent and not confirm_on_screen(
            shown, _("Has {person} agreed that answers about health are kept here?", person=person.display_name)
        ):
            paper.forget()
            return AnsweredItems(None, paper.date, None)
        chosen = choose_draft(shown, {each.id: describe_draft(each) for each in paper.known})
        if chosen is not None:
            paper.take_up(next(each for each in paper.known if each.id == chosen), date_given)
        _ask(shown, paper)
        return AnsweredItems(paper.draft, paper.date, ",".join(paper.items), ask_consent)
    if paper.draft is None:
        say(_("Nothing was saved."))
    else:
        say(draft_saved_text(paper.command, person, {_DAY: paper.date}))
    raise FormInterrupted


def _ask(shown: FormScreen, paper: _Paper) -> None:
    instrument, items = paper.instrument, paper.items
    problem = ""
    while len(items) < len(instrument.items):
        shown.clear()
        where = _("question {number} of {all}", number=len(items) + 1, all=len(instrument.items))
        shown.say(f"{translation(instrument.code, language())}: {where}")
        shown.say(_("Enter: not answered   < or arrow up: back   Ctrl-C: keep it for later"))
        shown.say()
        shown.say(_scale(instrument))
        if problem:
            shown.say(problem)
        text = shown.ask(translation(instrument.items[len(items)], language())).strip()
        problem = ""
        if text == BACK:
            del items[-1:]
        elif not text:
            items.append("")
        elif text.isascii() and text.isdecimal() and len(text) < 3 and instrument.lowest <= int(text) <= instrument.highest:
            items.append(text)
        else:
            problem = _("A number from {lowest} to {highest}.", lowest=instrument.lowest, highest=instrument.highest)
            continue
        paper.keep()


def _scale(instrument: Instrument) -> str:
    first, last = (translation(end, language()) for end in instrument.ends)
    return f"{instrument.lowest}: {first} … {instrument.highest}: {last}"
