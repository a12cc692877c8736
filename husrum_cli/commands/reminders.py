"""`husrum person remind` and `reminded`: to come back to somebody on a day."""

from ..domain.people.lookup import Person
from ..domain.people.reminders import edit_reminder, mark_reminded, remove_reminder, reopen_reminders
from ..i18n import _, long_days
from ..input.dates import read_coming_date, weekday
from ..rowtypes.context import CommandContext
from ..rowtypes.reminders import REMINDERS, ReminderRow
from ..rowtypes.typed import TypedOptions
from .column_options import prompt_for_column, takes
from .context import writing
from .corrections import confirm_changed, confirm_removed, names_except_corrections, removed_day
from .options import (
    CORRECT_OPTION,
    DATE_OPTION,
    NEW_DATE_OPTION,
    PERSON,
    REMOVE_OPTION,
    read_day,
    read_new_date,
    read_removed_day,
)

_TO_COME = {"on": read_coming_date}


@takes(REMINDERS, "on", "note", read=_TO_COME)
def remind(
    person: PERSON,
    typed: TypedOptions[ReminderRow],
    remove: REMOVE_OPTION = False,
    correct: CORRECT_OPTION = False,
    new_date: NEW_DATE_OPTION = None,
) -> None:
    """Be reminded of someone on a day: `husrum today` shows it from then on, without the note."""
    moved = read_new_date(new_date, correct, "on", read_coming_date)
    if not (remove or correct or "on" in typed):
        typed = typed.with_options({"on": prompt_for_column(REMINDERS, "on", _TO_COME)}, _TO_COME)
    with writing("person remind") as context:
        who = context.people.find_one(person)
        see = f"husrum person show {who.number}"
        if remove:
            gone = remove_reminder(context.store, who, removed_day(typed, "on"))
            confirm_removed(context, _("{person}, reminder", person=who.display_name), gone, see)
            return
        if correct:
            changes = edit_reminder(
                context.store, context.rules, who, removed_day(typed, "on"), names_except_corrections(context, typed, "on") | moved
            )
            confirm_changed(context, who.display_name, REMINDERS, changes, see)
            return
        row = typed.row(context, person=who)
        REMINDERS.add(context, row)
        context.confirm(
            _(
                "{person}: a reminder for {weekday} {date}. When it is done: husrum person reminded {number}",
                person=row.person.display_name,
                weekday=weekday(row.on),
                date=row.on,
                number=row.person.number,
            )
        )


def reminded(person: PERSON, date: DATE_OPTION = None, remove: REMOVE_OPTION = False) -> None:
    """Mark reminders as done: every one that is due, else the next one."""
    day = read_day(date)
    removed = read_removed_day(date) if remove else None
    with writing("person reminded") as context:
        who = context.people.find_one(person)
        if remove:
            days = long_days(reopen_reminders(context.store, who, removed))
            context.confirm(
                _(
                    "{person}: waits again (reminder for {days}). See: husrum person show {number}",
                    person=who.display_name,
                    days=days,
                    number=who.number,
                )
            )
            return
        marked = mark_reminded(context.store, who, day)
        context.confirm(
            _(
                "{person}: done on {date} (reminder for {days}). See: husrum person show {number}",
                person=who.display_name,
                date=day,
                days=long_days(marked),
                number=who.number,
            )
        )


def suggest_reminder(context: CommandContext, person: Person, soon: bool) -> None:
    """Suggest to come back to somebody, if `soon`. The line doesn't say why, since others may read it."""
    if soon:
        context.confirm(
            _("Come back to {person} soon? husrum person remind {number} --on DATE", person=person.display_name, number=person.number)
        )
