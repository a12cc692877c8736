"""The form of an enquiry and its interview: which questions come up, and what they are called."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...domain.people.lookup import People, Person
from ...errors import HusrumError
from ...i18n import _, language, pgettext
from ...render.listing import harmless
from ...rowtypes.context import CommandContext
from ...rowtypes.intakes import INTAKES, IntakeRow
from ...rowtypes.typed import Typed, read_typed
from ...vocabulary import QUESTIONS, answers_of, label, translated
from ..context import reading
from .drafts import Filled, filled, taken_for
from .form import Question, Texts

# In the order of the form: who referred somebody comes right after how they found HUSRUM.
_ANSWERS = tuple(name for question in QUESTIONS for name in ((question, "referred_by") if question == "source" else (question,)))
_INTERVIEW = ("held", *_ANSWERS, "note")
_ENQUIRY = ("name", "called", "born", "person", "enquired", "held", *_ANSWERS, "phone", "email", "note")


Save = Callable[[CommandContext, Typed[IntakeRow]], object]


def enquiry_form(typed: Typed[IntakeRow], everything: bool, save: Save) -> Filled[IntakeRow]:
    """A new enquiry. everything: the interview's questions too, though none was held. save: tried before the form is accepted."""
    with reading() as context:
        people = context.people
        people.read_everybody()
        _home = context.store.home  # a national file has none, and is refused before anything is typed

    def questions(texts: Texts) -> Sequence[Question]:
        held = everything or "held" in typed or texts.get("held")
        names = [name for name in _ENQUIRY if name not in typed and (held or name not in QUESTIONS or QUESTIONS[name].at_enquiry)]
        known = [] if "person" in typed else _namesakes(people, typed, texts)
        return [_question(name, people, known) for name in names if name != "person" or known]

    return filled("intake add", None, _("A new enquiry"), questions, lambda name, text: _taken_for(name, text, people), typed, save)


def interview_form(context: CommandContext, person: Person, typed: Typed[IntakeRow], save: Save) -> Filled[IntakeRow]:
    """The interview of someone who has enquired."""
    people = context.people
    names = [name for name in _INTERVIEW if name not in typed]
    called = person.called or (person.name or "").split(" ")[0]
    today_meant = _("date; Enter: today")
    title = _("The interview of {person}", person=harmless(f"{person.number} {called}"))

    def questions(_texts: Texts) -> Sequence[Question]:
        return [_question(name, people, held_hint=today_meant) for name in names]

    return filled("intake hold", person, title, questions, lambda name, text: _taken_for(name, text, people), typed, save)


def answers_form(context: CommandContext, person: Person, typed: Typed[IntakeRow], save: Save) -> Filled[IntakeRow]:
    """Answers of an enquiry that are corrected; what is not answered stays."""
    people = context.people
    names = [name for name in QUESTIONS if name not in typed]
    called = person.called or (person.name or "").split(" ")[0]
    title = _("Answers of {person}; what is left empty stays as it is", person=harmless(f"{person.number} {called}"))

    def questions(_texts: Texts) -> Sequence[Question]:
        return [_question(name, people) for name in names]

    return filled("intake edit", person, title, questions, lambda name, text: _taken_for(name, text, people), typed, save)


def _namesakes(people: People, typed: Typed[IntakeRow], texts: Texts) -> list[Person]:
    """Who may be the same human: the same name, and no other birth date. Only if a birth date was asked for."""
    name = typed.values.get("name") or texts.get("name", "")
    if "born" not in typed and "born" not in texts:
        return []
    try:
        born = typed.values.get("born") or read_typed(INTAKES, {"born": texts.get("born") or None}).values.get("born")
    except HusrumError:
        return []
    fitting = people.namesakes(name)
    return [
        person
        for person in fitting
        if not born or not person.born or person.born == born or born[:4] == person.born[:4] and 4 in (len(born), len(person.born))
    ]


def _question(name: str, people: People, known: Sequence[Person] = (), held_hint: str = "") -> Question:
    if name == "person":
        who = ", ".join(f"{people.shown(person)}{f', {person.born}' if person.born else ''}" for person in known)
        return Question(name, _("Known already: {who}. Is it the same human?", who=harmless(who)), (), _("the number; Enter: no"))
    if record := QUESTIONS.get(name):
        choices = tuple(label(record.codes, code, language()) for code in answers_of(name)) if record.codes else ()
        return Question(name, translated(record.asked, language()), choices, _("several with commas") if record.several else "")
    hint = _HINTS[name]() if name in _HINTS else ""
    return Question(name, _LABELS[name](), (), held_hint if name == "held" and held_hint else hint, name == "name")


_LABELS: dict[str, Callable[[], str]] = {
    "name": lambda: _("Full name"),
    "called": lambda: _("Called"),
    "born": lambda: _("Born"),
    "enquired": lambda: _("Enquired"),
    "held": lambda: _("Interview held"),
    "referred_by": lambda: _("Referred by"),
    "phone": lambda: _("Phone"),
    "email": lambda: _("E-mail"),
    "note": lambda: pgettext("heading", "Note"),
}
_HINTS: dict[str, Callable[[], str]] = {
    "born": lambda: _("date or year"),
    "enquired": lambda: _("date or unknown; Enter: today, or the interview's day"),
    "held": lambda: _("date; Enter: not yet"),
}


def _taken_for(name: str, text: str, people: People) -> str:
    return (
        people.shown(people.one(text))
        if name == "person"
        else taken_for(INTAKES, name, text, QUESTIONS[name].codes if name in QUESTIONS else None)
    )
