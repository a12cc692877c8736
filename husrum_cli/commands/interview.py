"""The form of an enquiry and its interview: which questions come up, what they are called, and what was left of them the last time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import typer

from ..codes import NON_ANSWERS, QUESTIONS, SEVERAL, label
from ..domain import drafts
from ..domain.people import People, Person
from ..errors import INTERRUPTED, HusrumError
from ..forms.interview import Form, Question, Texts
from ..locale import _, language, many
from ..output.listing import harmless
from ..reading.text import fold
from ..rows.book import Book
from ..rows.columns import Values, read_typed
from .session import opened, reading, rehearsing, say

# Without an interview only what an enquiry tells by itself is asked.
_AT_ENQUIRY = ("source", "referred_by", "wish", "gender", "municipality", "phone", "email", "note")
_ENQUIRY = ("name", "called", "born", "person", "enquired", "held", "source", "referred_by", "motive", "wish", "offered", "gender", "municipality", "occupation",
    "diagnosis", "treatment", "suicidal_thoughts", "loneliness", "phone", "email", "note")  # fmt: skip
_INTERVIEW = ("held", "source", "referred_by", "motive", "wish", "offered", "gender", "municipality", "occupation", "diagnosis", "treatment", "suicidal_thoughts",
    "loneliness", "note")  # fmt: skip


class Filled(NamedTuple):
    """What was filled in. `same_human`: whether somebody of that name is meant was answered already."""

    command: str
    person: Person | None
    values: Values

    def forget(self, book: Book) -> None:
        """It is saved: nothing is left to go on with."""
        drafts.forget_draft(book.store, self.command, self.person)


def enquiry_form(given: Values, everything: bool, save: Callable[[Book, Values], object]) -> Filled:
    """A new enquiry. `given`: what the command line told. `everything`: the interview's questions too, though none was held. `save`: tried before it is said to be saved."""
    with reading() as book:
        people = book.people
        _home = book.store.home  # a national file has none, and is refused before anything is typed

    def questions(texts: Texts) -> Sequence[Question]:
        held = everything or "held" in given or texts.get("held")
        names = [name for name in _ENQUIRY if name not in given and (held or name not in QUESTIONS or name in _AT_ENQUIRY)]
        known = [] if "person" in given else _namesakes(people, given, texts)
        return [_question(name, people, known) for name in names if name != "person" or known]

    return _filled("intake add", None, _("A new enquiry"), questions, people, given, save)


def interview_form(book: Book, person: Person, given: Values, save: Callable[[Book, Values], object]) -> Filled:
    """The interview of someone who has enquired."""
    people = book.people
    names = [name for name in _INTERVIEW if name not in given]
    called = person.called or (person.name or "").split(" ")[0]
    today_meant = _("date; Enter: today")
    title = _("The interview of {person}", person=harmless(f"{person.number} {called}"))
    return _filled(
        "intake hold", person, title, lambda _texts: [_question(name, people, held_hint=today_meant) for name in names], people, given, save
    )


def answers_form(book: Book, person: Person, given: Values, save: Callable[[Book, Values], object]) -> Filled:
    """Answers of an enquiry that are corrected; what is not answered stays."""
    people = book.people
    names = [name for name in QUESTIONS if name not in given]
    called = person.called or (person.name or "").split(" ")[0]
    title = _("Answers of {person}; what is left empty stays as it is", person=harmless(f"{person.number} {called}"))
    return _filled("intake edit", person, title, lambda _texts: [_question(name, people) for name in names], people, given, save)


def _filled(
    command: str,
    person: Person | None,
    title: str,
    questions: Callable[[Texts], Sequence[Question]],
    people: People,
    given: Values,
    save: Callable[[Book, Values], object],
) -> Filled:
    from ..forms.interview_screen import fill_in

    with opened() as store:
        draft = drafts.find_draft(store, command, person)

    def keep(texts: Texts) -> None:
        with opened() as store:
            drafts.keep_draft(store, command, person, texts)

    def attempt(texts: Texts) -> str:
        try:
            with rehearsing(command) as book:
                book.people.same_human = lambda _twin: False
                save(book, given | _values(texts))
        except HusrumError as error:
            return error.message
        return ""

    form = Form(questions, lambda name, text: _taken_for(name, text, people), draft.texts if draft else {})
    told = fill_in(form, title, keep, attempt, _unfinished(draft) if draft else "")
    if told is None:
        say(_("Nothing was saved; what was typed is kept, and offered the next time."))
        raise typer.Exit(INTERRUPTED)
    return Filled(command, person, given | _values(told))


def _unfinished(draft: drafts.Draft) -> str:
    answers = many("{number} answer", "{number} answers", sum(bool(text) for text in draft.texts.values()))
    who = f"{harmless(draft.texts['name'])}, " if draft.texts.get("name") else ""
    return _("Interrupted on {when}: {who}{answers}. Go on with it? No throws it away", when=draft.changed_at, who=who, answers=answers)


def _namesakes(people: People, given: Values, texts: Texts) -> list[Person]:
    """Who may be the same human: the same name, and no other birth date. Only where a birth date was asked for."""
    name = given.get("name") or texts.get("name", "")
    if "born" not in given and "born" not in texts:
        return []
    try:
        born = given.get("born") or _values({"born": texts.get("born", "")}).get("born")
    except HusrumError:
        return []
    fitting = [person for person in people.names.get(fold(name), ()) if person.branch_id == people.store.home]
    return [
        person
        for person in fitting
        if not born or not person.born or person.born == born or born[:4] == person.born[:4] and 4 in (len(born), len(person.born))
    ]


def _question(name: str, people: People, known: Sequence[Person] = (), held_hint: str = "") -> Question:
    if name == "person":
        who = ", ".join(f"{people.shown(person)}{f', {person.born}' if person.born else ''}" for person in known)
        return Question(name, _("Known already: {who}. Is it the same human?", who=harmless(who)), (), _("the number; Enter: no"))
    vocabulary = QUESTIONS.get(name)
    choices = tuple(label(vocabulary, code, language()) for code in {**vocabulary, **NON_ANSWERS}) if vocabulary else ()
    hint = _("several with commas") if name in SEVERAL else _HINTS.get(name, lambda: "")()
    return Question(name, _LABELS[name](), choices, held_hint if name == "held" and held_hint else hint, name == "name")


_LABELS: dict[str, Callable[[], str]] = {
    "name": lambda: _("Full name"),
    "called": lambda: _("Called"),
    "born": lambda: _("Born"),
    "enquired": lambda: _("Enquired"),
    "held": lambda: _("Interview held"),
    "source": lambda: _("How they found HUSRUM"),
    "referred_by": lambda: _("Referred by"),
    "motive": lambda: _("Why they come"),
    "wish": lambda: _("What they wish for"),
    "offered": lambda: _("What they were offered"),
    "gender": lambda: _("Gender"),
    "municipality": lambda: _("Municipality"),
    "occupation": lambda: _("Occupation"),
    "diagnosis": lambda: _("Diagnoses"),
    "treatment": lambda: _("Psychiatric treatment"),
    "suicidal_thoughts": lambda: _("Suicidal thoughts"),
    "loneliness": lambda: _("Loneliness"),
    "phone": lambda: _("Phone"),
    "email": lambda: _("E-mail"),
    "note": lambda: _("Note"),
}
_HINTS: dict[str, Callable[[], str]] = {
    "born": lambda: _("date or year"),
    "enquired": lambda: _("date or unknown; Enter: today, or the interview's day"),
    "held": lambda: _("date; Enter: not yet"),
}


def _values(texts: Texts) -> Values:
    return read_typed("intakes", **{name: _parts(name, text) for name, text in texts.items() if text})


def _parts(name: str, text: str) -> str | list[str]:
    """Several answers stand between commas."""
    return [part for part in text.replace("|", ",").split(",") if part.strip()] if name in SEVERAL else text


def _taken_for(name: str, text: str, people: People) -> str:
    if name == "person":
        return people.shown(people.one(text))
    value = read_typed("intakes", **{name: _parts(name, text)}).get(name)
    codes = value if isinstance(value, tuple) else (value,)
    return ", ".join(_("unknown") if code is None else label(QUESTIONS.get(name), str(code), language()) for code in codes)
