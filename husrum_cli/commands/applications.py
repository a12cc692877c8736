"""`husrum volunteer apply` and `decline`: people who would like to volunteer and have no role yet."""

from typing import Annotated

from ..domain.corrections import require_change
from ..domain.volunteers import applications
from ..domain.volunteers.applications import edit_application, remove_application, take_back_decline
from ..errors import WrongInput
from ..i18n import _
from ..input.choices import spoken
from ..input.dates import today
from ..rowtypes.applications import APPLICATIONS, ApplicationRow, add_application
from ..rowtypes.typed import TypedOptions
from ..vocabulary import ROLE
from .column_options import prompt_for_column, takes
from .context import writing
from .corrections import clear_facts, confirm_changed, confirm_removed
from .declarations import Option
from .options import DATE_OPTION, MAYBE_NAME, PERSON, REASON_OPTION, REMOVE_OPTION, read_day, read_given_reason

_CORRECT = Annotated[bool, Option("--correct", help="They have applied already: the options give the right values.")]


@takes(APPLICATIONS, "person", "called", "born", "date", "for", "recruited_through", "ref", "gender", "phone", "email", "note")
def apply(typed: TypedOptions[ApplicationRow], name: MAYBE_NAME = None, remove: REMOVE_OPTION = False, correct: _CORRECT = False) -> None:
    """Someone would like to volunteer. They are not a volunteer until they have a role."""
    if remove or correct:
        _correct(typed, name, remove)
        return
    if name is None and "person" not in typed:
        name = prompt_for_column(APPLICATIONS, "name")
    typed = typed.with_options({"name": name})
    with writing("volunteer apply") as context:
        row = typed.row(context, date=today())
        who, _id = add_application(context, row)
        who = clear_facts(context, who, APPLICATIONS, typed)
        roles = ", ".join(spoken(ROLE, role) for role in row.for_)
        words = {"person": who.display_name, "date": row.date or _("an unknown date"), "number": who.number, "roles": roles}
        if roles:
            text = _("{person}: applied on {date} as {roles}. When they start: husrum volunteer add --person {number}", **words)
        else:
            text = _("{person}: applied on {date}. When they start: husrum volunteer add --person {number}", **words)
        context.confirm(text)


def _correct(typed: TypedOptions[ApplicationRow], name: str | None, remove: bool) -> None:
    """Correct or remove the latest application of somebody, named by --person or by their name."""
    if facts := [each for each in ("called", "born", "ref", "phone", "email") if each in typed]:
        raise WrongInput(_("{field}: that is corrected with husrum person edit.", field=facts[0]), facts[0])
    if name is None and "person" not in typed:
        raise WrongInput(_("{field} is missing.", field=_("NAME")), "name")
    with writing("volunteer apply") as context:
        given = typed.resolve_references(context)
        who = given.pop("person", None) or context.people.find_one(name or "")
        see = "husrum volunteer list --applied"
        if remove:
            gone = remove_application(context.store, context.rules, who)
            confirm_removed(context, _("{person}, application", person=who.display_name), gone, see)
            return
        require_change(given)
        confirm_changed(context, who.display_name, APPLICATIONS, edit_application(context.store, context.rules, who, given), see)


def decline(person: PERSON, date: DATE_OPTION = None, reason: REASON_OPTION = None, remove: REMOVE_OPTION = False) -> None:
    """Record that an application was declined, by them or by you."""
    day, given = read_day(date), read_given_reason(reason)
    with writing("volunteer decline") as context:
        who = context.people.find_one(person)
        if remove:
            gone = take_back_decline(context.store, who)
            confirm_removed(context, _("{person}, declined", person=who.display_name), gone, "husrum volunteer list --applied")
            return
        changes = applications.decline_application(context.store, who, day, given)
        if changes is not None:
            confirm_changed(context, who.display_name, APPLICATIONS, changes, "husrum volunteer list --applied")
            return
        context.confirm(_("{person}: declined on {date}. See: husrum volunteer list --applied", person=who.display_name, date=day))
