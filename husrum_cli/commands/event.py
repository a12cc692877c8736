"""`husrum event`: events for young people and volunteers."""

import re
from typing import Annotated

from ..domain.activities import events
from ..domain.activities.activities import Activity
from ..domain.activities.edit import edit_event, event_state, planned_of_title, remove_event
from ..domain.corrections import require_change
from ..domain.people.removed import leave_out_anonymised
from ..errors import Refused, WrongInput
from ..i18n import N_, _, long_day, many
from ..input.choices import read_code
from ..input.dates import months_before, read_coming_date, read_date, today, weekday
from ..input.numbers import read_count
from ..render.listing import Listing, read_format
from ..rowtypes.columns import as_typed
from ..rowtypes.context import CommandContext
from ..rowtypes.events import ATTENDANCE, EVENTS, AttendanceRow, EventRow, new_event
from ..rowtypes.typed import TypedOptions
from ..vocabulary import EVENT_KIND, EVENTS_BY, SERIES_STEP
from .app import interactive, list_options
from .column_options import takes
from .context import reading, rehearsing, writing
from .corrections import changed_text
from .declarations import Argument, Noun, Option
from .forms.attendance import record_text
from .forms.tick_list import draft_on_failure, options_of_draft, tick, turnout_of
from .lists import show
from .options import FORCE_OPTION, FORMAT_OPTION, Text

event_app = Noun("Social events, trips, online evenings, courses.")
EVENT = Annotated[str, Argument(metavar="EVENT", help="Its number, like E12, or enough of its title, with its day if there are several.")]
TITLE = Annotated[str, Argument(metavar="TITLE", help="What it was called.")]
LIKE = Annotated[Text, Option("--like", metavar="EVENT", help="Take over kind, activity, venue, partners, programme and organisers.")]
_DESCRIPTION = ("until", "kind", "activity", "venue", "partner", "programme", "organiser", "joint", "hours", "note", "ref")


@event_app.command("log")
@takes(EVENTS, "date", *_DESCRIPTION, "present", "volunteers", "unnamed")
def log(title: TITLE, typed: TypedOptions[EventRow], like: LIKE = None) -> None:
    """An event that was held, and who came. On a trip, everybody who came counts on each day."""
    typed = typed.with_options({"title": title})
    answer = None
    if "present" not in typed and interactive():
        from ..domain.activities.likely_attendees import likely_at_new_event
        from ..domain.people.drafts import LOG

        with rehearsing("event log") as context:
            typed = options_of_draft(context.store, LOG, typed.with_options({"date": typed.values.get("date") or today()}), like)
            row = _event(context, typed, like)
            remark = "\n".join(
                _("{ref} has the same title on the same day. Who came to it: husrum event attend {ref}", ref=ref)
                for ref in events.twins(context.store, row.title, row.date)  # before the list enters the event itself
            )
            likely = likely_at_new_event(context.participation, context.rules, context.people, new_event(row), row.turnout, like)
        answer = tick(LOG, row.title, row.date, likely, row.turnout.unnamed, typed, like, remark)
    with draft_on_failure(answer), writing("event log") as context:
        row = _event(context, typed, like)
        came = turnout_of(context, answer, row.date, row.turnout)
        event, recorded = events.log_event(context.participation, context.rules, new_event(row), came)
        words = {"event": event.display_name, "what": record_text(recorded, context.people), "ref": event.ref}
        if row.until:
            context.confirm(_("{event}, {what} (each day until {until}) See: husrum event show {ref}", until=row.until, **words))
        else:
            context.confirm(_("{event}, {what} See: husrum event show {ref}", **words))


def _event(context: CommandContext, typed: TypedOptions[EventRow], like: str | None) -> EventRow:
    """Return the event as typed; what was not typed is copied from another one."""
    copied = events.copied_description(context.store, like) if like else {}
    if "organiser" not in typed:
        leave_out_anonymised(context.store, context.rules, (person.id for person in copied.get("organiser", ())))
    return typed.row(context, **{"date": today(), **copied})


@event_app.command("plan")
@takes(
    EVENTS,
    *("date", *_DESCRIPTION),
    required=("date",),
    help={
        "date": N_("The day, or the first of a series."),
        "activity": N_("What is to be done: board games, climbing, …"),
        "venue": N_("Where it is."),
        "partner": N_("With whom it is held; may be repeated."),
        "programme": N_("What it will be part of; may be repeated."),
        "organiser": N_("Who organises it; may be repeated."),
        "hours": N_("How many hours it lasts, each day of a trip: 2.5."),
    },
    read={"date": read_coming_date, "until": read_coming_date},
)
def plan(
    title: Annotated[str, Argument(metavar="TITLE", help="What it is called.")],
    typed: TypedOptions[EventRow],
    every: Annotated[Text, Option("--every", metavar="STEP", help="A series: how often: {series_step}.")] = None,
    times: Annotated[Text, Option("--times", metavar="N", help="A series: how many.")] = None,
    like: LIKE = None,
) -> None:
    """An event to come; who came is recorded afterwards with `event attend`."""
    typed = typed.with_options({"title": title})
    days = _series(typed, every, times)
    with writing("event plan") as context:
        row = _event(context, typed, like)
        planned = [events.plan_event(context.store, context.rules, new_event(row._replace(date=day))) for day in days]
        which = planned[0].ref if len(planned) == 1 else f"{planned[0].ref}-{planned[-1].ref}"
        text = many(
            "{which} {title}: planned for {weekday} {date}.",
            "{which} {title}: {number} planned, from {weekday} {date} to {last}.",
            len(days),
            which=which,
            title=title,
            weekday=weekday(days[0]),
            date=days[0],
            last=days[-1],
        )
        context.confirm(f"{text} {_('Afterwards: husrum event attend {ref} --present LIST', ref=planned[0].ref)}")


def _series(typed: TypedOptions[EventRow], every: str | None, times: str | None) -> tuple[str, ...]:
    first: str = typed.values["date"]
    if every is None and times is None:
        return (first,)
    if every is None or times is None:
        raise WrongInput(_("A series needs both --every and --times."), "every")
    step = read_code(every, SERIES_STEP, "every")
    number = read_count(times, "times", 1)
    if number > 366 or "until" in typed or "ref" in typed:
        raise WrongInput(_("A series has at most 366 events, of one day each, with numbers of their own."), "times")
    return events.series_days(first, step, number)


@event_app.command("attend")
@takes(ATTENDANCE, "date", "present", "volunteers", "unnamed")
def attend(event: EVENT, typed: TypedOptions[AttendanceRow]) -> None:
    """Who came to an event that was planned or logged. Options given replace what was recorded; the rest stays."""
    day: str | None = typed.values.get("date")
    answer = None
    if "present" not in typed and interactive():
        from ..domain.activities.likely_attendees import likely_at_known_event
        from .forms.drafts import naming_drafts

        with rehearsing("event attend") as context:
            found = context.event(event, day=day)
            command = f"event attend {found.ref}{f' --date {day}' if day else ''}"
            typed = options_of_draft(context.store, command, typed)
            turnout = _attendance(context, typed, found).turnout
            likely = likely_at_known_event(context.participation, context.people, found, day, turnout.volunteers is not None)
            with naming_drafts(context.store, command):
                events.attend_event(context.participation, context.rules, found, day, turnout)
        answer = tick(command, found.display_name, day or found.starts, likely, turnout.unnamed, typed)
    with draft_on_failure(answer), writing("event attend") as context:
        found = context.event(found.ref if answer else event, day=day)
        came = turnout_of(context, answer, day or str(found.starts), _attendance(context, typed, found).turnout, (found, day))
        recorded = events.attend_event(context.participation, context.rules, found, day, came)
        what = " ".join(record_text(each, context.people) for each in recorded)
        context.confirm(_("{event}, {what} See: husrum event show {ref}", event=found.display_name, what=what, ref=found.ref))


def _attendance(context: CommandContext, typed: TypedOptions[AttendanceRow], event: Activity) -> AttendanceRow:
    return typed.row(context, event=event, date=event.starts)


@event_app.command("cancel")
def cancel(
    event: EVENT,
    date: Annotated[Text, Option("--date", metavar="DAY", help="Its day, or one day of a trip; left out: all its days.")] = None,
    force: FORCE_OPTION = False,
) -> None:
    """An event that does not take place. It never counts."""
    with writing("event cancel") as context:
        found = context.event(event, day=date)
        day = events.find_day(context.store, found, date) if date else None
        days = events.cancel_event(context.store, found, day, force)
        if not days:
            raise Refused(_("{event} has no days.", event=found.ref), "event")
        if day:
            context.confirm(
                _("{event}: cancelled, {date}. See: husrum event show {ref}", event=found.display_name, date=day, ref=found.ref)
            )
        else:
            words = {"event": found.display_name, "date": found.starts, "ref": found.ref}
            if days == 1:
                context.confirm(_("{event}, {date}: cancelled. See: husrum event show {ref}", **words))
            else:
                last = events.event_days(context.store, found)[-1]
                context.confirm(_("{event}, {date} to {last}: cancelled. See: husrum event show {ref}", last=last, **words))


@event_app.command("edit")
@takes(
    EVENTS,
    *("title", "date", *(name for name in _DESCRIPTION if name != "ref")),
    read={"date": as_typed, "until": as_typed},
    help={
        "title": N_("Its right title."),
        "date": N_("The right day: all its days move, with their attendance."),
        "until": N_("The right last day; none: it is one day."),
        "kind": "{event_kind}",
    },
)
def edit(event: EVENT, typed: TypedOptions[EventRow]) -> None:
    """Correct an event, or move it to another day. Options left out change nothing; `none` clears a value."""
    require_change(typed.names)
    with writing("event edit") as context:
        found = context.event(event)
        held = event_state(context.store, found) == "held"
        read = read_date if held else read_coming_date
        given = typed.resolve_references(context)
        if held and "date" in given and (planned := planned_of_title(context.store, found)) and not re.search("[0-9]", event):
            days = ", ".join(f"{ref} {long_day(day)}" for ref, day in planned)
            meant = _(
                "{event} has been held. Planned are {days}: if one of them is meant, name its day after the title.",
                event=found.display_name,
                days=days,
            )
            if (
                given["date"]
                and found.starts
                and not re.search("[0-9]{4}", given["date"])
                and read_date(given["date"], "date") < months_before(found.starts, 6)
            ):
                raise Refused(meant, "event")  # the day is last year's only because it is to come
            context.rules.warn(meant)
        given |= {name: read(given[name], name) for name in ("date", "until") if given.get(name)}
        if "kind" in given:
            given["kind"] = given["kind"] or "social"
        changes = edit_event(context.store, context.rules, found, given)
        context.confirm(
            _(
                "{event}: {changes}. See: husrum event show {ref}",
                event=found.display_name,
                changes=changed_text(EVENTS, changes),
                ref=found.ref,
            )
        )


@event_app.command("remove")
def remove(event: EVENT) -> None:
    """Remove an event that was entered by mistake. One that did not take place is cancelled."""
    from .forms.drafts import name_drafts_of_activity

    with writing("event remove") as context:
        found = context.event(event)
        name_drafts_of_activity(context, found.ref)
        remove_event(context.store, found)
        context.confirm(_("{event}, {date}: removed. See: husrum event list", event=found.display_name, date=found.starts))


@event_app.command("list", shows=list_options)
def list_(
    year: Annotated[Text, Option("--year", metavar="YEAR", help="Only this year's.")] = None,
    kind: Annotated[Text, Option("--kind", metavar="KIND", help="Only this kind: social, online, supervision, …")] = None,
    activity: Annotated[Text, Option("--activity", metavar="TEXT", help="Only where this was done.")] = None,
    venue: Annotated[Text, Option("--venue", metavar="TEXT", help="Only at this place.")] = None,
    partner: Annotated[Text, Option("--partner", metavar="TEXT", help="Only with this partner.")] = None,
    programme: Annotated[Text, Option("--programme", metavar="TEXT", help="Only of this programme.")] = None,
    planned: Annotated[bool, Option("--planned", help="Only those planned and not yet recorded.")] = False,
    by: Annotated[
        Text,
        Option(
            "--by",
            metavar="WHAT",
            help="Group the events that were held by activity, kind, title, venue, partner or programme; the most visited first.",
        ),
    ] = None,
    format: FORMAT_OPTION = "table",
) -> None:
    """The events, the latest first; with --by what is visited most."""
    from ..domain.views import lists
    from ..input.dates import read_year

    format = read_format(format)
    chosen = lists.EventSelection(
        read_year(year) if year else None,
        read_code(kind, EVENT_KIND, "kind") if kind else None,
        activity,
        venue,
        partner,
        programme,
        planned,
    )
    by = read_code(by, EVENTS_BY, "by") if by is not None else None
    with reading() as context:
        records = lists.events_by(context.store, chosen, by) if by else lists.event_records(context.store, chosen)
    if by:
        headings = {
            "activity": _("Activity"),
            "venue": _("Venue"),
            "partner": _("Partner"),
            "programme": _("Programme"),
            "kind": _("Kind"),
            "title": _("Title"),
        }
        sums = {by: headings[by], "events": _("Events"), "participants": _("Participants"), "each": _("Participants an event")}
        show(Listing(sums, records), format)
        return
    columns = {
        "event": _("No."),
        "title": _("Title"),
        "kind": _("Kind"),
        "date": _("Date"),
        "until": _("Until"),
        "state": _("State"),
        "participants": _("Participants"),
        "unnamed": _("Unnamed"),
        "volunteers": _("Volunteers"),
    }
    counts = ("participants", "unnamed", "volunteers")
    nobody = frozenset(counts if planned and not any(record[count] for record in records for count in counts) else ())
    show(Listing({**lists.branch_column(records), **columns}, records, data_only=nobody), format)


@event_app.command("show")
def show_(event: EVENT, format: FORMAT_OPTION = "table") -> None:
    """An event: its days, and who came."""
    from ..domain.views import pages
    from .lists import show_page

    format = read_format(format)
    with reading() as context:
        page = pages.event_page(context.store, context.event(event))
    show_page(page, format)
