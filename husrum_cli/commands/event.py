"""`husrum event`: what is held for young people and volunteers."""

from typing import TYPE_CHECKING, Annotated

import typer

from ..domain.activities import events
from ..errors import Refused, WrongInput
from ..i18n import _, many
from ..input.dates import today
from ..input.numbers import read_count
from ..render.listing import Listing, read_format
from ..rowtypes.attendance import turnout
from ..rowtypes.columns import Values, read_typed
from ..rowtypes.events import new_event
from ..rowtypes.rowtype import resolve
from .app import Command, interactive, noun
from .context import DATE_OPTION, FORCE_OPTION, FORMAT_OPTION, NOTE_OPTION, reading, rehearsing, writing
from .forms.attendance import PRESENT, UNNAMED, VOLUNTEERS, recorded_text
from .forms.tick_list import kept, tick, turnout_of
from .lists import show

if TYPE_CHECKING:
    from ..rowtypes.context import Book

event_app = noun("Social events, trips, online evenings, courses.")
_Text = str | None
_Several = list[str] | None
EVENT = Annotated[str, typer.Argument(metavar="EVENT", help="The event's number, like E12.")]
TITLE = Annotated[str, typer.Argument(metavar="TITLE", help="What it was called.")]
KIND = Annotated[
    _Text,
    typer.Option(
        "--kind",
        metavar="CODE",
        help="social, online, youth_meeting, intro_course, volunteer_meeting, supervision, training; left out: social",
    ),
]
UNTIL = Annotated[_Text, typer.Option("--until", metavar="DATE", help="The last day of a trip.")]
ACTIVITY = Annotated[_Text, typer.Option("--activity", metavar="TEXT", help="What was done: board games, climbing, …")]
VENUE = Annotated[_Text, typer.Option("--venue", metavar="TEXT", help="Where it was.")]
PARTNER = Annotated[_Several, typer.Option("--partner", metavar="TEXT", help="Who it was held with; may be repeated.")]
PROGRAMME = Annotated[_Several, typer.Option("--programme", metavar="TEXT", help="What it was part of; may be repeated.")]
ORGANISER = Annotated[_Several, typer.Option("--organiser", metavar="PERSON", help="Who stood for it; may be repeated.")]
JOINT = Annotated[
    _Text,
    typer.Option("--joint", metavar="KEY", help="The key that all cities write for an event they hold together, like sommertur-2024."),
]
LIKE = Annotated[
    _Text, typer.Option("--like", metavar="EVENT", help="Take over kind, activity, venue, partners, programme and organisers.")
]
REF = Annotated[_Text, typer.Option("--ref", metavar="E1", help="Its number; left out: the next one.")]


@event_app.command("log", cls=Command)
def log(
    title: TITLE,
    date: DATE_OPTION = None,
    until: UNTIL = None,
    kind: KIND = None,
    activity: ACTIVITY = None,
    venue: VENUE = None,
    partner: PARTNER = None,
    programme: PROGRAMME = None,
    organiser: ORGANISER = None,
    present: PRESENT = None,
    volunteers: VOLUNTEERS = None,
    unnamed: UNNAMED = None,
    joint: JOINT = None,
    like: LIKE = None,
    note: NOTE_OPTION = None,
    ref: REF = None,
) -> None:
    """An event that was held, and who came. Of a trip, who came is taken to have been there each day."""
    values = read_typed(
        "events", title=title, date=date, until=until, kind=kind, activity=activity, venue=venue, partner=partner, programme=programme, organiser=organiser, present=present,
        volunteers=volunteers, unnamed=unnamed, joint=joint, note=note, ref=ref,
    )  # fmt: skip
    values.setdefault("date", today())
    answer = None
    if present is None and interactive():
        from ..domain.activities.likely_attendees import likely_at_new_event

        with rehearsing("event log") as book:
            values = _resolved(book, values, like)
            likely = likely_at_new_event(book.standing, book.rules, book.people, new_event(values), turnout(values), like)
        answer = tick(f"{values['title']} · {values['date']}", likely, values.get("unnamed"))
    with kept(answer), writing("event log") as book:
        values = values if answer else _resolved(book, values, like)
        came = turnout_of(book, answer, values["date"], turnout(values))
        event, recorded = events.log_event(book.standing, book.rules, new_event(values), came)
        trip = _(" (each day until {until})", until=values["until"]) if values.get("until") else ""
        book.confirm(
            _(
                "{event}, {what}{trip} See: husrum event show {ref}",
                event=event.shown,
                what=recorded_text(recorded),
                trip=trip,
                ref=event.ref,
            )
        )


def _resolved(book: "Book", values: Values, like: str | None) -> Values:
    taken_over = events.like(book.store, book.people, like) if like else {}
    return {**taken_over, **resolve(book, "events", values)}


@event_app.command("plan", cls=Command)
def plan(
    title: TITLE,
    date: Annotated[str, typer.Option("--date", metavar="DATE", help="The day, or the first of a series.")],
    every: Annotated[_Text, typer.Option("--every", metavar="week|fortnight|month", help="A series: how often.")] = None,
    times: Annotated[_Text, typer.Option("--times", metavar="N", help="A series: how many.")] = None,
    until: UNTIL = None,
    kind: KIND = None,
    activity: ACTIVITY = None,
    venue: VENUE = None,
    partner: PARTNER = None,
    programme: PROGRAMME = None,
    organiser: ORGANISER = None,
    joint: JOINT = None,
    like: LIKE = None,
    note: NOTE_OPTION = None,
    ref: REF = None,
) -> None:
    """An event to come; who came is recorded afterwards with `event attend`."""
    values = read_typed(
        "events", title=title, date=date, until=until, kind=kind, activity=activity, venue=venue, partner=partner, programme=programme, organiser=organiser, joint=joint,
        note=note, ref=ref,
    )  # fmt: skip
    days = _series(values, every, times)
    with writing("event plan") as book:
        values = _resolved(book, values, like)
        planned = [events.plan_event(book.store, book.rules, new_event({**values, "date": day})) for day in days]
        which = planned[0].ref if len(planned) == 1 else f"{planned[0].ref}-{planned[-1].ref}"
        text = many(
            "{which} {title}: planned for {date}.",
            "{which} {title}: {number} planned, {date} to {last}.",
            len(days),
            which=which,
            title=title,
            date=days[0],
            last=days[-1],
        )
        book.confirm(f"{text} {_('Afterwards: husrum event attend {ref} --present LIST', ref=planned[0].ref)}")


def _series(values: Values, every: str | None, times: str | None) -> tuple[str, ...]:
    if every is None and times is None:
        return (values["date"],)
    if every is None or times is None:
        raise WrongInput(_("A series needs both --every and --times."), "every")
    steps = {"week": "week", "uge": "week", "fortnight": "fortnight", "14 dage": "fortnight", "month": "month", "måned": "month"}
    if every.lower() not in steps:
        raise WrongInput(_("every: “{text}” is none of week, fortnight, month.", text=every), "every")
    number = read_count(times, "times", 1)
    if number > 366 or "until" in values or "ref" in values:
        raise WrongInput(_("A series has at most 366 events, of one day each, with numbers of their own."), "times")
    return events.series(values["date"], steps[every.lower()], number)


@event_app.command("attend", cls=Command)
def attend(
    event: EVENT,
    date: Annotated[_Text, typer.Option("--date", metavar="DAY", help="One day of a trip; left out: all its days.")] = None,
    present: PRESENT = None,
    volunteers: VOLUNTEERS = None,
    unnamed: UNNAMED = None,
) -> None:
    """Who came to an event that was planned or logged. What is named replaces what was recorded; the rest stays."""
    values = read_typed("attendance", date=date, present=present, volunteers=volunteers, unnamed=unnamed)
    answer = None
    if present is None and interactive():
        from ..domain.activities.likely_attendees import likely_at_known_event

        with rehearsing("event attend") as book:
            values = resolve(book, "attendance", values)
            found = events.find_event(book.store, event)
            likely = likely_at_known_event(book.standing, book.people, found, values.get("date"), "volunteers" in values)
            events.attend_event(book.standing, book.rules, found, values.get("date"), turnout(values))
        answer = tick(f"{found.shown} · {values.get('date') or found.starts}", likely, values.get("unnamed"))
    with kept(answer), writing("event attend") as book:
        values = values if answer else resolve(book, "attendance", values)
        found = events.find_event(book.store, event)
        came = turnout_of(book, answer, values.get("date") or str(found.starts), turnout(values))
        recorded = events.attend_event(book.standing, book.rules, found, values.get("date"), came)
        what = " ".join(recorded_text(each) for each in recorded)
        book.confirm(_("{event}, {what}{trip} See: husrum event show {ref}", event=found.shown, what=what, trip="", ref=found.ref))


@event_app.command("cancel", cls=Command)
def cancel(
    event: EVENT,
    date: Annotated[_Text, typer.Option("--date", metavar="DAY", help="One day of a trip; left out: all its days.")] = None,
    force: FORCE_OPTION = False,
) -> None:
    """An event that does not take place. It never counts."""
    day = read_typed("attendance", date=date).get("date")
    with writing("event cancel") as book:
        found = events.find_event(book.store, event)
        days = events.cancel_event(book.store, found, day, force)
        if not days:
            raise Refused(_("{event} has no days.", event=found.ref), "event")
        book.confirm(
            _("{event}: cancelled{date}. See: husrum event show {ref}", event=found.shown, date=f", {day}" if day else "", ref=found.ref)
        )


@event_app.command("list", cls=Command)
def list_(
    year: Annotated[_Text, typer.Option("--year", metavar="YEAR", help="Only this year's.")] = None,
    planned: Annotated[bool, typer.Option("--planned", help="Only those planned and not yet recorded.")] = False,
    format: FORMAT_OPTION = "table",
) -> None:
    """The events, the latest first."""
    from ..domain.views import lists
    from ..input.dates import read_year

    format = read_format(format)
    chosen = read_year(year) if year else None
    with reading() as book:
        records = lists.events(book.store, chosen, planned)
    columns = {
        "event": _("Event"),
        "title": _("Title"),
        "kind": _("Kind"),
        "date": _("Date"),
        "until": _("Until"),
        "state": _("State"),
        "participants": _("Participants"),
        "unnamed": _("Unnamed"),
        "volunteers": _("Volunteers"),
    }
    show(Listing({**lists.branch_column(records), **columns}, records), format)


@event_app.command("show", cls=Command)
def show_(event: EVENT, format: FORMAT_OPTION = "table") -> None:
    """An event: its days, and who came."""
    from ..domain.views import pages
    from .lists import show_page

    format = read_format(format)
    with reading() as book:
        page = pages.event_page(book.store, events.find_event(book.store, event))
    show_page(page, format)
