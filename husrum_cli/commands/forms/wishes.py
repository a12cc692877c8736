"""The form of what is known of somebody who waits for a Hjerteven, or offers to be one."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ...domain.people.lookup import Person
from ...i18n import _, language
from ...render.listing import harmless
from ...rowtypes.columns import PREFERENCES, Values
from ...rowtypes.context import Book
from ...vocabulary import GENDER, TIME, label
from .drafts import Filled, filled, taken_for
from .form import Question, Texts

_VOCABULARIES = {"time": TIME, "wants_gender": GENDER}


def wishes_form(command: str, kind: str, person: Person, given: Values, save: Callable[[Book, Values], object]) -> Filled:
    """Everything that the command line did not tell. `kind`: `waiting` or `offers`. `save`: tried before it is said to be saved."""
    names = [name for name in PREFERENCES if name not in given]
    title = _("What is known of {person}; all of it may be left empty", person=harmless(person.shown))

    def questions(_texts: Texts) -> Sequence[Question]:
        return [_question(name) for name in names]

    return filled(
        command, kind, person, title, questions, lambda name, text: taken_for(kind, name, text, _VOCABULARIES.get(name)), given, save
    )


def _question(name: str) -> Question:
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
    return Question(name, labels[name], tuple(label(_VOCABULARIES[name], code, language()) for code in _VOCABULARIES.get(name, ())), hint)
