"""The form of what is known of somebody who waits for a Hjerteven, or offers to be one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...domain.people.lookup import Person
from ...i18n import _, language
from ...render.listing import escape_controls
from ...rowtypes.befriending import WISHES
from ...rowtypes.columns import options_of
from ...rowtypes.context import CommandContext
from ...rowtypes.typed import TypedOptions
from ...vocabulary import GENDER, TIME, label
from .drafts import FilledForm, RowT, fill_form, interpret
from .form import FormQuestion, Texts

_VOCABULARIES = {"time": TIME, "wants_gender": GENDER}


def wishes_form(
    command: str, person: Person, typed: TypedOptions[RowT], save: Callable[[CommandContext, TypedOptions[RowT]], object]
) -> FilledForm[RowT]:
    """Ask for everything the command line left out of a wait or an offer. save: tried before the form is accepted."""
    today_if_empty = "since" if "since" in typed.row_type.by_name else ""
    asked = options_of(WISHES)
    names = [name for name in asked if name not in typed]
    title = _("What is known of {person}; all of it may be left empty", person=escape_controls(person.display_name))

    def questions(_texts: Texts) -> Sequence[FormQuestion]:
        return [_question(name) for name in names]

    def read(name: str, text: str) -> str:
        return interpret(typed.row_type, name, text, _VOCABULARIES.get(name))

    return fill_form(f"{command} --ask", person, title, questions, read, asked, today_if_empty, typed, save)


def _question(name: str) -> FormQuestion:
    labels = {
        "interest": _("What they like"),
        "time": _("When they can"),
        "area": _("Where in town"),
        "speaks": _("Languages"),
        "about": _("What the other should know"),
        "wants_gender": _("Which gender they feel safe with"),
        "wants_age": _("Which age they feel safe with"),
        "avoid": _("What the other should not have or like"),
    }
    hint = (
        _("like 20-35") if name == "wants_age" else _("dog, smoker; several with commas") if name == "about" else _("several with commas")
    )
    return FormQuestion(
        name, labels[name], tuple(label(_VOCABULARIES[name], code, language()) for code in _VOCABULARIES.get(name, ())), hint
    )
