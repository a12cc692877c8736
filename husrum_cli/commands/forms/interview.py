"""The form of an enquiry and its interview: which questions come up, and what they are called."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...domain.corrections import ANY_DAY
from ...domain.people.consents import HEALTH_DATA, valid_consent
from ...domain.people.intakes import find_intake, open_enquiry
from ...domain.people.lookup import People, Person
from ...domain.views.lists import intakes_of
from ...errors import HusrumError
from ...i18n import _, language, long_day, pgettext
from ...input.dates import today
from ...input.yes_no import answered, read_yes
from ...render.listing import escape_controls
from ...rowtypes.context import CommandContext
from ...rowtypes.intakes import INTAKES, IntakeRow
from ...rowtypes.typed import TypedOptions, read_options
from ...vocabulary import HEALTH, QUESTIONS, answers_of, label, translation
from ..context import reading
from ..lists import in_words
from .drafts import CONSENT, FilledForm, fill_form, interpret, naming_drafts
from .form import FormQuestion, Texts

# In the order of the form: who referred somebody comes right after how they found HUSRUM.
_ANSWERS = tuple(name for question in QUESTIONS for name in ((question, "referred_by") if question == "source" else (question,)))
_INTERVIEW = ("held", *_ANSWERS, "note")
_ENQUIRY = ("name", "called", "born", "person", "enquired", "held", *_ANSWERS, "phone", "email", "note")


Save = Callable[[CommandContext, TypedOptions[IntakeRow]], object]


def enquiry_form(typed: TypedOptions[IntakeRow], everything: bool, save: Save) -> FilledForm[IntakeRow]:
    """Ask for a new enquiry. everything: the interview's questions too, though none was held. save: tried before the form is accepted."""
    with reading() as context:
        people = context.people
        people.read_everybody()
        _home = context.store.home  # a national file has none, and is refused before anything is typed
        person = people.find_one(typed.values["person"]) if "person" in typed.values else None
        known_as = people.number(person) if person else None
        typed = typed.with_options({"person": known_as})
        consented = person is not None and valid_consent(context.store, person.id, HEALTH_DATA, today())

    def questions(texts: Texts) -> Sequence[FormQuestion]:
        held = everything or "held" in typed or texts.get("held")
        names = [name for name in _ENQUIRY if name not in typed and (held or name not in QUESTIONS or QUESTIONS[name].at_enquiry)]
        names = _consent_first(names, texts, consented)
        known = [] if "person" in typed else _namesakes(people, typed, texts)
        return [_question(name, people, known) for name in names if name != "person" or known]

    command = f"intake add{f' --person {known_as}' if known_as else ''}{' --ask' if everything or known_as else ''}"
    asked = [name for name in _ENQUIRY if name != "person" or not known_as]
    return fill_form(
        command, None, _("A new enquiry"), questions, lambda name, text: _taken_for(name, text, people), asked, "enquired", typed, save
    )


def interview_form(context: CommandContext, person: Person, typed: TypedOptions[IntakeRow], save: Save) -> FilledForm[IntakeRow]:
    """The interview of someone who has enquired."""
    people = context.people
    with naming_drafts(context.store, "intake hold", person):
        open_enquiry(context.store, person)
    names = [name for name in _INTERVIEW if name not in typed]
    called = person.called or (person.name or "").split(" ")[0]
    title = _("The interview of {person}", person=escape_controls(f"{person.number} {called}"))
    consented = valid_consent(context.store, person.id, HEALTH_DATA, today())
    open_ = [each["answers"] for each in intakes_of(context.store, person) if each["held"] is None]
    stays = {name: _texts(in_words(name, codes)) for name, codes in (open_[-1] if open_ else {}).items()}

    def questions(texts: Texts) -> Sequence[FormQuestion]:
        asked = [_question(name, people, held_today=True) for name in _consent_first(names, texts, consented)]
        return [
            each._replace(unanswered=stays[each.name], hint=_("Enter: {answer}", answer=stays[each.name])) if each.name in stays else each
            for each in asked
        ]

    return fill_form(
        "intake hold", person, title, questions, lambda name, text: _taken_for(name, text, people), _INTERVIEW, "held", typed, save
    )


def answers_form(
    context: CommandContext, person: Person, on: str | None, typed: TypedOptions[IntakeRow], save: Save
) -> FilledForm[IntakeRow]:
    """Ask for corrected answers of an enquiry; the others stay. on: which enquiry, by its date; None: the undated one; ANY_DAY: the latest."""
    people = context.people
    which = {ANY_DAY: "", None: " --on unknown"}.get(on, f" --on {on}")
    command = f"intake edit{which} --ask"
    with naming_drafts(context.store, command, person):
        find_intake(context.store, person, on)
    names = [name for name in QUESTIONS if name not in typed]
    called = person.called or (person.name or "").split(" ")[0]
    title = _("Answers of {person}; what is left empty stays as it is", person=escape_controls(f"{person.number} {called}"))

    consented = valid_consent(context.store, person.id, HEALTH_DATA, today())

    def questions(texts: Texts) -> Sequence[FormQuestion]:
        return [_question(name, people) for name in _consent_first(names, texts, consented)]

    return fill_form(command, person, title, questions, lambda name, text: _taken_for(name, text, people), QUESTIONS, "", typed, save)


def _texts(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else str(value)


def _consent_first(names: Sequence[str], texts: Texts, consented: bool) -> list[str]:
    """Return the questions, those about health only after a yes to the one about consent, unless that was given before."""
    place = next((place for place, name in enumerate(names) if name in HEALTH), None)
    if consented or place is None:
        return list(names)
    agreed = answered(texts.get(CONSENT, "")) is True
    return [*names[:place], CONSENT, *(name for name in names[place:] if agreed or name not in HEALTH)]


def _namesakes(people: People, typed: TypedOptions[IntakeRow], texts: Texts) -> list[Person]:
    """Return who may be the same human: the same name, and no other birth date. Only if a birth date was asked for."""
    name = typed.values.get("name") or texts.get("name", "")
    if "born" not in typed and "born" not in texts:
        return []
    try:
        born = typed.values.get("born") or read_options(INTAKES, {"born": texts.get("born") or None}).values.get("born")
    except HusrumError:
        return []
    return [
        person
        for person in people.namesakes(name)
        if not born or not person.born or person.born == born or born[:4] == person.born[:4] and 4 in (len(born), len(person.born))
    ]


def _question(name: str, people: People, known: Sequence[Person] = (), held_today: bool = False) -> FormQuestion:
    if name == "person":
        who = ", ".join(f"{people.display_name(person)}{f', {person.born}' if person.born else ''}" for person in known)
        return FormQuestion(
            name, _("Known already: {who}. Is it the same human?", who=escape_controls(who)), (), _("the number; Enter: no")
        )
    if name == CONSENT:
        return FormQuestion(name, _("Consent to store answers about health"), (_("yes"), _("no")), _("Enter: no"), unanswered=_("no"))
    if record := QUESTIONS.get(name):
        choices = tuple(label(record.codes, code, language()) for code in answers_of(name)) if record.codes else ()
        return FormQuestion(name, translation(record.asked, language()), choices, _("several with commas") if record.several else "")
    hint = _HINTS[name]() if name in _HINTS else ""
    if name == "held" and held_today:
        return FormQuestion(name, _LABELS[name](), (), _("date; Enter: today"), unanswered=long_day(today()))
    return FormQuestion(name, _LABELS[name](), (), hint, name == "name")


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
    if name == CONSENT:
        return _("yes") if read_yes(text, name) else _("no")
    return (
        people.display_name(people.find_one(text))
        if name == "person"
        else interpret(INTAKES, name, text, QUESTIONS[name].codes if name in QUESTIONS else None)
    )
