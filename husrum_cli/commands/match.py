"""`husrum match`: the waiting list, the volunteers who offer, and the matches."""

from typing import Annotated

import typer

from ..domain import befriending, listings
from ..errors import WrongInput
from ..locale import _
from ..output.listing import Listing, read_format
from ..reading.dates import today
from ..rows.columns import read_typed
from ..rows.other_rows import preferences
from .lists import show
from .parameters import Command, noun
from .session import DATE_OPTION, FORCE_OPTION, FORMAT_OPTION, NOTE_OPTION, reading, writing
from .volunteer import VOLUNTEER

match_app = noun("Hjerteven: waiting list, offers, matches.")
_Text = str | None
_Several = list[str] | None
PERSON = Annotated[str, typer.Argument(metavar="PERSON", help="Number, name, or enough of it.")]
REASON = Annotated[_Text, typer.Option("--reason", metavar="CODE", help="no_longer_wishes, moved_away, volunteer_stopped, completed, …")]
INTEREST = Annotated[_Several, typer.Option("--interest", metavar="TEXT", help="What they like; may be repeated.")]
TIME = Annotated[_Several, typer.Option("--time", metavar="CODE", help="weekday, evening, weekend; may be repeated")]
AREA = Annotated[_Several, typer.Option("--area", metavar="TEXT", help="Where in town; may be repeated.")]
SPEAKS = Annotated[_Several, typer.Option("--speaks", metavar="TEXT", help="Languages; may be repeated.")]
ABOUT = Annotated[_Several, typer.Option("--about", metavar="TEXT", help="What the other should know: dog, smoker; may be repeated.")]
WANTS_GENDER = Annotated[_Several, typer.Option("--wants-gender", metavar="CODE", help="f, m, x; may be repeated")]
WANTS_AGE = Annotated[_Text, typer.Option("--wants-age", metavar="MIN-MAX", help="Like 20-35, bounds included.")]
AVOID = Annotated[_Several, typer.Option("--avoid", metavar="TEXT", help="What the other should not have or like; may be repeated.")]


@match_app.command("wait", cls=Command)
def wait(
    person: PERSON,
    since: Annotated[_Text, typer.Option("--since", metavar="DATE", help="Since when; left out: today.")] = None,
    interest: INTEREST = None,
    time: TIME = None,
    area: AREA = None,
    speaks: SPEAKS = None,
    about: ABOUT = None,
    wants_gender: WANTS_GENDER = None,
    wants_age: WANTS_AGE = None,
    avoid: AVOID = None,
) -> None:
    """Someone waits for a Hjerteven."""
    values = read_typed(
        "waiting",
        since=since,
        interest=interest,
        time=time,
        area=area,
        speaks=speaks,
        about=about,
        wants_gender=wants_gender,
        wants_age=wants_age,
        avoid=avoid,
    )
    with writing("match wait") as book:
        who, day = book.people.one(person), values.get("since", today())
        book.rules.not_in_future(day, "since")
        befriending.wait(book.store, book.rules, who, day, preferences(values))
        book.confirm(_("{person}: waits since {date}. See: husrum match list --waiting", person=who.shown, date=day))


@match_app.command("unwait", cls=Command)
def unwait(person: PERSON, date: DATE_OPTION = None, reason: REASON = None) -> None:
    """Someone no longer waits. A match takes its person off the list by itself."""
    values = read_typed("waiting", until=date, reason=reason)
    with writing("match unwait") as book:
        who, day = book.people.one(person), values.get("until", today())
        befriending.unwait(book.store, who, day, values.get("reason"))
        book.confirm(_("{person}: no longer waits from {date}. See: husrum match list --waiting", person=who.shown, date=day))


@match_app.command("offer", cls=Command)
def offer(
    volunteer: VOLUNTEER,
    capacity: Annotated[_Text, typer.Option("--capacity", metavar="N", help="How many young people at a time; left out: 1.")] = None,
    from_: Annotated[_Text, typer.Option("--from", metavar="DATE", help="Since when; left out: from the day they joined.")] = None,
    interest: INTEREST = None,
    time: TIME = None,
    area: AREA = None,
    speaks: SPEAKS = None,
    about: ABOUT = None,
    wants_gender: WANTS_GENDER = None,
    wants_age: WANTS_AGE = None,
    avoid: AVOID = None,
) -> None:
    """A volunteer would like to be someone's Hjerteven. Said again, it is amended."""
    values = read_typed(
        "offers",
        capacity=capacity,
        from_=from_,
        interest=interest,
        time=time,
        area=area,
        speaks=speaks,
        about=about,
        wants_gender=wants_gender,
        wants_age=wants_age,
        avoid=avoid,
    )
    with writing("match offer") as book:
        who = book.people.one(volunteer, "volunteer")
        befriending.offer(book.store, book.rules, who, values.get("capacity"), values.get("from"), preferences(values))
        book.confirm(_("{person}: offers to be a Hjerteven. See: husrum volunteer show {number}", person=who.shown, number=who.number))


@match_app.command("start", cls=Command)
def start(person: PERSON, volunteer: VOLUNTEER, date: DATE_OPTION = None, force: FORCE_OPTION = False) -> None:
    """Two people are matched. It asks for the volunteer's intro course."""
    day = read_typed("matches", date=date).get("date", today())
    with writing("match start", force) as book:
        who, helper = book.people.one(person), book.people.one(volunteer, "volunteer")
        befriending.start_match(book.store, book.rules, who, helper, day)
        book.confirm(
            _("{person} and {volunteer}: matched from {date}. See: husrum match list", person=who.shown, volunteer=helper.shown, date=day)
        )


@match_app.command("end", cls=Command)
def end(
    person: PERSON,
    reason: Annotated[str, typer.Option("--reason", metavar="CODE", help="moved_away, completed, volunteer_stopped, no_longer_wishes, …")],
    volunteer: Annotated[_Text, typer.Argument(metavar="[VOLUNTEER]", help="Whose Hjerteven; needed only to be sure.")] = None,
    date: DATE_OPTION = None,
) -> None:
    """A match ends."""
    values = read_typed("matches", ended=date, reason=reason)
    with writing("match end") as book:
        who = book.people.one(person)
        helper = book.people.one(volunteer, "volunteer") if volunteer else None
        day = values.get("ended", today())
        match = befriending.end_match(book.store, who, helper, day, values["reason"])
        other = book.people.by_id[match.volunteer_id]
        book.confirm(
            _("{person} and {volunteer}: ended on {date}. See: husrum match list --all", person=who.shown, volunteer=other.shown, date=day)
        )


@match_app.command("contact", cls=Command)
def contact(person: PERSON, date: DATE_OPTION = None, note: NOTE_OPTION = None) -> None:
    """The coordinator was in touch with a matched young person."""
    values = read_typed("contacts", date=date, note=note)
    with writing("match contact") as book:
        who, day = book.people.one(person), values.get("date", today())
        befriending.contact(book.store, book.rules, who, day, values.get("note"))
        book.confirm(_("{person}: contact on {date}. See: husrum person show {number}", person=who.shown, date=day, number=who.number))


@match_app.command("list", cls=Command)
def list_(
    waiting: Annotated[bool, typer.Option("--waiting", help="Who waits, the longest first.")] = False,
    active: Annotated[bool, typer.Option("--active", help="Matches that run (this is shown without an option too).")] = False,
    all_: Annotated[bool, typer.Option("--all", help="Ended ones too.")] = False,
    format: FORMAT_OPTION = "table",
) -> None:
    """The matches, or the waiting list."""
    format = read_format(format)
    if waiting + active + all_ > 1:
        raise WrongInput(_("Choose one of --waiting, --active, --all."))
    with reading() as book:
        records = listings.waiting(book.store) if waiting else listings.matches(book.store, all_)
    columns = (
        {"person": _("Person"), "name": _("Name"), "since": _("Waits since"), "days": _("Days"), "wishes": _("Wishes")}
        if waiting
        else {
            "person": _("Person"),
            "name": _("Name"),
            "volunteer": _("Volunteer"),
            "volunteer_name": _("Hjerteven"),
            "date": _("Since"),
            "ended": _("Ended"),
            "reason": _("Reason"),
            "contact": _("Last contact"),
        }
    )
    show(Listing({**listings.branch_column(records), **columns}, records), format)
