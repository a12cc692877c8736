"""`husrum group`: talk groups and network groups."""

from typing import TYPE_CHECKING, Annotated

import typer

from ..domain.activities import groups
from ..errors import WrongInput
from ..i18n import _, many
from ..input.dates import today
from ..render.listing import Listing, read_format
from ..rowtypes.attendance import turnout
from ..rowtypes.columns import read_typed
from ..rowtypes.groups import new_group
from ..rowtypes.rowtype import resolve
from .app import Command, interactive, noun
from .context import DATE_OPTION, FORCE_OPTION, FORMAT_OPTION, NOTE_OPTION, reading, rehearsing, writing
from .forms.attendance import PRESENT, UNNAMED, VOLUNTEERS, recorded_text
from .forms.tick_list import kept, tick, turnout_of
from .lists import show

if TYPE_CHECKING:
    from ..domain.activities.activities import Activity
    from ..rowtypes.columns import Values
    from ..rowtypes.context import Book

group_app = noun("Talk groups and network groups.")
_Text = str | None
_Several = list[str] | None
GROUP = Annotated[str, typer.Argument(metavar="GROUP", help="The group's number, like G1.")]
PERSON = Annotated[str, typer.Argument(metavar="PERSON", help="Number, name, or enough of it.")]
REASON = Annotated[_Text, typer.Option("--reason", metavar="CODE", help="completed, moved_away, work_or_study, too_hard, no_contact, …")]


@group_app.command("open", cls=Command)
def open_(
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What the group is called.")],
    kind: Annotated[str, typer.Option("--kind", metavar="talk|network", help="talk, network")],
    start: Annotated[str, typer.Option("--start", metavar="DATE", help="The first meeting.")],
    weeks: Annotated[
        _Text,
        typer.Option("--weeks", metavar="N", help="Weekly meetings to plan; left out: 12 for a talk group, none for a network group."),
    ] = None,
    skip: Annotated[
        _Several, typer.Option("--skip", metavar="DATE", help="A week without a meeting; the course ends the later. May be repeated.")
    ] = None,
    capacity: Annotated[str, typer.Option("--capacity", metavar="N", help="How many young people there is room for.")] = "7",
    leader: Annotated[_Several, typer.Option("--leader", metavar="PERSON", help="Who leads it; may be repeated.")] = None,
    continues: Annotated[_Text, typer.Option("--continues", metavar="GROUP", help="The group it grew out of.")] = None,
    venue: Annotated[_Text, typer.Option("--venue", metavar="TEXT", help="Where it meets.")] = None,
    programme: Annotated[_Several, typer.Option("--programme", metavar="TEXT", help="What it is part of; may be repeated.")] = None,
    ref: Annotated[_Text, typer.Option("--ref", metavar="G1", help="Its number; left out: the next one.")] = None,
) -> None:
    """A new group, with its weekly meetings planned."""
    values = read_typed(
        "groups",
        title=title,
        kind=kind,
        start=start,
        weeks=weeks,
        skip=skip,
        capacity=capacity,
        leader=leader,
        continues=continues,
        venue=venue,
        programme=programme,
        ref=ref,
    )
    meetings = groups.weekly(values["start"], values.get("weeks", 12 if values["kind"] == "talk" else 0), list(values.get("skip", ())))
    with writing("group open") as book:
        group = groups.open_group(book.store, new_group(resolve(book, "groups", values), meetings))
        planned = (
            many(", {number} meeting planned, on {date}", ", {number} meetings planned until {date}", len(meetings), date=meetings[-1])
            if meetings
            else ""
        )
        book.confirm(
            _(
                "{group} opens on {date}{planned}. See: husrum group show {ref}",
                group=group.shown,
                date=group.starts,
                planned=planned,
                ref=group.ref,
            )
        )


@group_app.command("enroll", cls=Command)
def enroll(
    group: GROUP,
    person: Annotated[list[str], typer.Argument(metavar="PERSON...", help="Who joins: numbers, names, lists.")],
    date: DATE_OPTION = None,
    force: FORCE_OPTION = False,
) -> None:
    """Young people join a group."""
    day = read_typed("enrolments", date=date).get("date", today())
    with writing("group enroll", force) as book:
        found = groups.find_group(book.store, group)
        people = book.people.several(",".join(person), "person", book.rules)
        for each in people:
            groups.enroll(book.store, book.rules, found, each, day)
        who = ", ".join(each.shown for each in people)
        book.confirm(
            _(
                "{group}: {people} enrolled from {date}. See: husrum group show {ref}",
                group=found.shown,
                people=who,
                date=day,
                ref=found.ref,
            )
        )


@group_app.command("leader", cls=Command)
def leader(
    group: GROUP,
    person: PERSON,
    from_: Annotated[_Text, typer.Option("--from", metavar="DATE", help="Since when; left out: today.")] = None,
    to: Annotated[_Text, typer.Option("--to", metavar="DATE", help="Until when. Alone, it ends a period that runs.")] = None,
) -> None:
    """Someone leads a group, or no longer does."""
    values = read_typed("leaders", from_=from_, to=to)
    with writing("group leader") as book:
        found, who = groups.find_group(book.store, group), book.people.one(person)
        if "to" in values and "from" not in values:
            groups.stop_leading(book.store, found, who, values["to"])
            text = _("{group}: {person} leads it until {date}.", group=found.shown, person=who.shown, date=values["to"])
        else:
            since = values.get("from", today())
            groups.lead(book.store, book.rules, found, who, since, values.get("to"))
            text = _("{group}: {person} leads it from {date}.", group=found.shown, person=who.shown, date=since)
        book.confirm(f"{text} {_('See: {command}', command=f'husrum group show {found.ref}')}")


@group_app.command("meet", cls=Command)
def meet(
    group: GROUP,
    date: Annotated[
        _Text, typer.Option("--date", metavar="DATE", help="The day; left out: the oldest planned meeting not yet recorded, else today.")
    ] = None,
    theme: Annotated[_Text, typer.Option("--theme", metavar="TEXT", help="The week's theme.")] = None,
    present: PRESENT = None,
    absent: Annotated[_Text, typer.Option("--absent", metavar="LIST", help="Everyone enrolled came but these; none: all came.")] = None,
    excused: Annotated[_Text, typer.Option("--excused", metavar="LIST", help="Who had said they would not come.")] = None,
    unnamed: UNNAMED = None,
    volunteers: VOLUNTEERS = None,
    cancelled: Annotated[bool, typer.Option("--cancelled", help="The meeting did not take place.")] = False,
    note: NOTE_OPTION = None,
) -> None:
    """A meeting was held, and who came. The leaders of the day are there unless --volunteers says otherwise."""
    values = read_typed(
        "meetings",
        date=date,
        theme=theme,
        present=present,
        absent=absent,
        excused=excused,
        unnamed=unnamed,
        volunteers=volunteers,
        note=note,
    )
    answer = None
    if present is None and absent is None and not cancelled and interactive():
        from ..domain.activities.likely_attendees import likely_at_meeting

        with rehearsing("group meet") as book:
            found, values, day = _meeting(book, group, values)
            likely = likely_at_meeting(book.standing, book.people, found, day, "volunteers" in values)
            groups.meet(book.standing, book.rules, found, day, turnout(values))
        answer = tick(f"{found.shown} · {day}", likely, values.get("unnamed"))
    with kept(answer), writing("group meet") as book:
        if answer is None:
            found, values, day = _meeting(book, group, values)
        if cancelled:
            if {"present", "absent", "volunteers", "unnamed"} & values.keys():
                raise WrongInput(_("A cancelled meeting has nobody present."), "cancelled")
            groups.cancel_meeting(book.store, found, day, values.get("note"))
            book.confirm(
                _("{group}: the meeting on {date} is cancelled. See: husrum group show {ref}", group=found.shown, date=day, ref=found.ref)
            )
            return
        came = turnout_of(book, answer, day, turnout(values))
        recorded = groups.meet(book.standing, book.rules, found, day, came, values.get("absent"), values.get("theme"), values.get("note"))
        book.confirm(_("{group}, {what} See: husrum group show {ref}", group=found.shown, what=recorded_text(recorded), ref=found.ref))


def _meeting(book: "Book", group: str, values: "Values") -> "tuple[Activity, Values, str]":
    """The group, what was said with people in place of their names, and the day: the oldest planned meeting not yet recorded, else today."""
    found = groups.find_group(book.store, group)
    values = resolve(book, "meetings", values)
    return found, values, values.get("date") or groups.next_meeting(book.store, found) or today()


@group_app.command("contact", cls=Command)
def contact(group: GROUP, date: DATE_OPTION = None, note: NOTE_OPTION = None) -> None:
    """Sparring with a network group."""
    values = read_typed("contacts", date=date, note=note)
    with writing("group contact") as book:
        found, day = groups.find_group(book.store, group), values.get("date", today())
        groups.group_contact(book.store, book.rules, found, day, values.get("note"))
        book.confirm(_("{group}: contact on {date}. See: husrum group show {ref}", group=found.shown, date=day, ref=found.ref))


@group_app.command("leave", cls=Command)
def leave(group: GROUP, person: PERSON, date: DATE_OPTION = None, reason: REASON = None) -> None:
    """Someone leaves a group."""
    values = read_typed("enrolments", date=date, reason=reason)
    with writing("group leave") as book:
        found, who, day = groups.find_group(book.store, group), book.people.one(person), values.get("date", today())
        groups.leave_group(book.store, found, who, day, values.get("reason"))
        book.confirm(
            _(
                "{group}: {person} left on {date}. See: husrum group show {ref}",
                group=found.shown,
                person=who.shown,
                date=day,
                ref=found.ref,
            )
        )


@group_app.command("close", cls=Command)
def close(group: GROUP, date: DATE_OPTION = None) -> None:
    """The course is over."""
    day = read_typed("enrolments", date=date).get("date", today())
    with writing("group close") as book:
        found = groups.find_group(book.store, group)
        unrecorded = groups.close_group(book.store, found, day)
        if unrecorded:
            book.rules.warn(
                many(
                    "{number} planned meeting was never recorded: husrum group meet {ref}",
                    "{number} planned meetings were never recorded: husrum group meet {ref}",
                    unrecorded,
                    ref=found.ref,
                )
            )
        book.confirm(_("{group}: closed on {date}. See: husrum group show {ref}", group=found.shown, date=day, ref=found.ref))


@group_app.command("list", cls=Command)
def list_(
    open_: Annotated[bool, typer.Option("--open", help="Without those that are closed.")] = False, format: FORMAT_OPTION = "table"
) -> None:
    """The groups."""
    from ..domain.views import lists

    format = read_format(format)
    with reading() as book:
        records = lists.groups(book.store, not open_)
    columns = {
        "group": _("Group"),
        "title": _("Title"),
        "kind": _("Kind"),
        "start": _("Start"),
        "closed": _("Closed"),
        "enrolled": _("Enrolled"),
        "capacity": _("Room for"),
        "held": _("Held"),
        "planned": _("Planned"),
    }
    show(Listing({**lists.branch_column(records), **columns}, records), format)


@group_app.command("show", cls=Command)
def show_(group: GROUP, format: FORMAT_OPTION = "table") -> None:
    """A group: who is in it, its meetings, who came."""
    from ..domain.views import pages
    from .lists import show_page

    format = read_format(format)
    with reading() as book:
        page = pages.group_page(book.store, groups.find_group(book.store, group))
    show_page(page, format)
