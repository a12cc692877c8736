"""`husrum volunteer apply` and `decline`: who would like to volunteer, before they do."""

from ..domain.volunteers import applications
from ..i18n import _
from ..input.choices import spoken
from ..input.dates import today
from ..rowtypes.applications import APPLICATIONS, ApplicationRow, add_application
from ..rowtypes.typed import Typed
from ..vocabulary import ROLE
from .column_options import asked_for, takes
from .context import writing
from .options import DATE_OPTION, MAYBE_NAME, PERSON, REASON_OPTION, read_day, read_reason


@takes(APPLICATIONS, "person", "called", "born", "date", "for", "recruited_through", "ref", "gender", "phone", "email", "note")
def apply(typed: Typed[ApplicationRow], name: MAYBE_NAME = None) -> None:
    """Someone would like to volunteer. They are no volunteer until they have a role."""
    if name is None and "person" not in typed:
        name = asked_for(APPLICATIONS, "name")
    typed = typed.and_typed({"name": name})
    with writing("volunteer apply") as context:
        row = typed.row(context, date=today())
        who, _id = add_application(context, row)
        roles = ", ".join(spoken(ROLE, role) for role in row.for_)
        words = {"person": who.shown, "date": row.date or _("an unknown date"), "number": who.number, "roles": roles}
        if roles:
            text = _("{person}: applied on {date} as {roles}. When they start: husrum volunteer add --person {number}", **words)
        else:
            text = _("{person}: applied on {date}. When they start: husrum volunteer add --person {number}", **words)
        context.confirm(text)


def decline(person: PERSON, date: DATE_OPTION = None, reason: REASON_OPTION = None) -> None:
    """An application comes to nothing, whoever said no."""
    day, why = read_day(date), read_reason(reason)
    with writing("volunteer decline") as context:
        who = context.people.one(person)
        applications.decline(context.store, who, day, why)
        context.confirm(_("{person}: declined on {date}. See: husrum volunteer list --applied", person=who.shown, date=day))
