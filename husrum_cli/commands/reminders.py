"""`husrum person remind` and `reminded`: to come back to somebody on a day."""

from ..domain.people.lookup import Person
from ..domain.people.reminders import mark_reminded
from ..i18n import _
from ..input.dates import read_coming_date, weekday
from ..rowtypes.context import CommandContext
from ..rowtypes.reminders import REMINDERS, ReminderRow
from ..rowtypes.typed import Typed
from .column_options import takes
from .context import writing
from .options import DATE_OPTION, PERSON, read_day


@takes(REMINDERS, "on", "note", required=("on",), read={"on": read_coming_date})
def remind(person: PERSON, typed: Typed[ReminderRow]) -> None:
    """Be reminded of someone on a day: `husrum today` shows it from then on, without the note."""
    with writing("person remind") as context:
        row = typed.row(context, person=context.people.one(person))
        REMINDERS.add(context, row)
        context.confirm(
            _(
                "{person}: a reminder for {weekday} {date}. When it is done: husrum person reminded {number}",
                person=row.person.shown,
                weekday=weekday(row.on),
                date=row.on,
                number=row.person.number,
            )
        )


def reminded(person: PERSON, date: DATE_OPTION = None) -> None:
    """What a reminder was about is done: every one that is due, else the next one."""
    day = read_day(date)
    with writing("person reminded") as context:
        who = context.people.one(person)
        marked = mark_reminded(context.store, who, day)
        context.confirm(
            _(
                "{person}: done on {date} (reminder for {days}). See: husrum person show {number}",
                person=who.shown,
                date=day,
                days=", ".join(marked),
                number=who.number,
            )
        )


def suggest_reminder(context: CommandContext, person: Person, soon: bool) -> None:
    """Suggest to come back to somebody, if `soon`. Why is not said: whoever passes by may read the line."""
    if soon:
        context.confirm(_("Come back to {person} soon? husrum person remind {number} --on DATE", person=person.shown, number=person.number))
