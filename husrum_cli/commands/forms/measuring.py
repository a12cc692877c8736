"""Answer an instrument item by item, on a screen that is gone afterwards and never shows an earlier answer."""

from __future__ import annotations

import typer

from ...errors import INTERRUPTED
from ...i18n import _, language
from ...vocabulary import Instrument, translated
from ..context import say
from .form import BACK


def ask_items(instrument: Instrument, who: str, ask_consent: bool) -> tuple[str | None, bool]:
    """Return the answers as they are typed (`3,2,3`), and whether the consent to keep them was given just now. No answers: it was not given."""
    from .form_screen import agreed, screen

    with screen() as shown:
        try:
            if ask_consent and not agreed(shown, _("Has {person} agreed that answers about health are kept here?", person=who)):
                return None, False
            items: list[str] = []
            problem = ""
            while len(items) < len(instrument.items):
                shown.clear()
                shown.say(
                    f"{translated(instrument.code, language())}: {_('question {number} of {all}', number=len(items) + 1, all=len(instrument.items))}"
                )
                shown.say(_("Enter: not answered   < or arrow up: back   Ctrl-C: stop, nothing is kept"))
                shown.say()
                shown.say(_scale(instrument))
                if problem:
                    shown.say(problem)
                text = shown.ask(translated(instrument.items[len(items)], language())).strip()
                problem = ""
                if text == BACK:
                    del items[-1:]
                elif not text:
                    items.append("")
                elif text.isascii() and text.isdecimal() and len(text) < 3 and instrument.lowest <= int(text) <= instrument.highest:
                    items.append(text)
                else:
                    problem = _("A number from {lowest} to {highest}.", lowest=instrument.lowest, highest=instrument.highest)
        except (KeyboardInterrupt, EOFError):
            items = []
    if not items:
        say(_("Nothing was saved."))
        raise typer.Exit(INTERRUPTED)
    return ",".join(items), ask_consent


def _scale(instrument: Instrument) -> str:
    first, last = (translated(end, language()) for end in instrument.ends)
    return f"{instrument.lowest}: {first} … {instrument.highest}: {last}"
