"""The consent that is asked for before answers about health are stored."""

from __future__ import annotations

from ..domain.people.consents import HEALTH_DATA, add_consent, valid_consent
from ..domain.people.lookup import Person
from ..errors import Refused
from ..i18n import _
from ..input.dates import today
from ..rowtypes.context import CommandContext
from ..rowtypes.intakes import IntakeRow
from ..rowtypes.typed import TypedOptions
from ..vocabulary import HEALTH, NON_ANSWERS
from .app import interactive
from .asking import ask_yes
from .context import reading


def ask_health_consent(typed: TypedOptions[IntakeRow], person: str | None) -> bool:
    """Ask at a terminal, if answers about health were typed, whether they may be stored; whether a consent is to be entered. Raises `Refused` for a no.

    person: somebody known, who may have consented before.
    """
    if not interactive() or all(set(typed.values.get(question) or ()) <= NON_ANSWERS.keys() for question in HEALTH):
        return False
    if person is not None:
        with reading() as context:
            if valid_consent(context.store, context.people.find_one(person).id, HEALTH_DATA, today()):
                return False
    if not ask_yes(_("Do they agree that answers about health are stored? (yes/no)")):
        raise Refused(_("Nothing is written: answers about health need a consent. Leave them out, or answer yes."))
    return True


def enter_consent(context: CommandContext, person: Person, day: str) -> None:
    """Enter that somebody agreed, on a day, that answers about health are stored."""
    add_consent(context.store, context.rules, person, HEALTH_DATA, day, None)
    context.confirm(_("{person}: agreed on {date} that answers about health are stored.", person=person.display_name, date=day))
