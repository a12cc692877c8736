"""Filling in a form at the terminal: what was left of it the last time, what stands against saving it, and the values that were told."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import typer

from ...domain.people import drafts
from ...domain.people.lookup import Person
from ...errors import INTERRUPTED, HusrumError
from ...i18n import _, language, many
from ...render.listing import harmless
from ...rowtypes.columns import BY_NAME, Values, read_typed
from ...rowtypes.context import Book
from ...vocabulary import Codes, label
from ..context import opened, rehearsing, say
from .form import Form, Question, Texts


class Filled(NamedTuple):
    """What was filled in. `same_human`: whether somebody of that name is meant was answered already."""

    command: str
    person: Person | None
    values: Values

    def forget(self, book: Book) -> None:
        """It is saved: nothing is left to go on with."""
        drafts.forget_draft(book.store, self.command, self.person)


def filled(
    command: str,
    kind: str,
    person: Person | None,
    title: str,
    questions: Callable[[Texts], Sequence[Question]],
    read: Callable[[str, str], str],
    given: Values,
    save: Callable[[Book, Values], object],
) -> Filled:
    """Fills in a form, and gives what was told. `command`, `person`: whose unfinished one is offered first. `kind`: what kind of row it is of.

    `questions`: those that come up after these answers. `read`: what an answer is taken for. `given`: what the command line told.
    `save`: tried before it is said to be saved.
    """
    from .form_screen import fill_in

    with opened() as store:
        draft = drafts.find_draft(store, command, person)

    def keep(texts: Texts) -> None:
        with opened() as store:
            drafts.keep_draft(store, command, person, texts)

    def attempt(texts: Texts) -> str:
        try:
            with rehearsing(command) as book:
                book.people.same_human = lambda _twin: False
                save(book, given | read_texts(kind, texts))
        except HusrumError as error:
            return error.message
        return ""

    form = Form(questions, read, draft.texts if draft else {})
    told = fill_in(form, title, keep, attempt, _unfinished(draft) if draft else "")
    if told is None:
        say(_("Nothing was saved; what was typed is kept, and offered the next time."))
        raise typer.Exit(INTERRUPTED)
    return Filled(command, person, given | read_texts(kind, told))


def _unfinished(draft: drafts.Draft) -> str:
    answers = many("{number} answer", "{number} answers", sum(bool(text) for text in draft.texts.values()))
    who = f"{harmless(draft.texts['name'])}, " if draft.texts.get("name") else ""
    return _("Interrupted on {when}: {who}{answers}. Go on with it? No throws it away", when=draft.changed_at, who=who, answers=answers)


def read_texts(kind: str, texts: Texts) -> Values:
    """The values of what was typed; several stand between commas. Empty answers are left out."""
    return read_typed(kind, **{name: _parts(kind, name, text) for name, text in texts.items() if text})


def _parts(kind: str, name: str, text: str) -> str | list[str]:
    return [part for part in text.replace("|", ",").split(",") if part.strip()] if BY_NAME[kind][name].several else text


def taken_for(kind: str, name: str, text: str, vocabulary: Codes | None) -> str:
    """What an answer is taken for, in words. Raises `WrongInput` where it can't be read."""
    value = read_typed(kind, **{name: _parts(kind, name, text)}).get(name)
    codes = value if isinstance(value, tuple) else (value,)
    return ", ".join(_("unknown") if code is None else label(vocabulary, str(code), language()) for code in codes)
