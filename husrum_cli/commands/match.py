"""`husrum match`: the waiting list, the volunteers who offer, and the matches."""

from typing import TYPE_CHECKING, Annotated

import typer

from ..domain.befriending import matches
from ..domain.befriending.waiting_times import median_wait
from ..domain.branches import Record
from ..domain.settings import setting
from ..domain.views import lists
from ..errors import WrongInput
from ..i18n import _, many
from ..input.dates import today
from ..input.numbers import read_count
from ..render.listing import Listing, read_format
from ..rowtypes.columns import Values, column_word, read_typed
from ..rowtypes.other import preferences
from . import proposals
from .app import Command, form_wanted, noun
from .context import (
    DATE_OPTION,
    FORCE_OPTION,
    FORMAT_OPTION,
    NOTE_OPTION,
    PERSON,
    REASON,
    reading,
    rehearsing,
    say,
    writing,
)
from .lists import show
from .volunteer import VOLUNTEER

if TYPE_CHECKING:
    from ..domain.people.lookup import Person
    from ..rowtypes.context import Book

match_app = noun("Hjerteven: waiting list, offers, matches.")
_Text = str | None
_Several = list[str] | None
INTEREST = Annotated[_Several, typer.Option("--interest", metavar="TEXT", help="What they like; may be repeated.")]
TIME_OPTION = Annotated[_Several, typer.Option("--time", metavar="CODE", help="weekday, evening, weekend; may be repeated")]
AREA = Annotated[_Several, typer.Option("--area", metavar="TEXT", help="Where in town; may be repeated.")]
SPEAKS = Annotated[_Several, typer.Option("--speaks", metavar="TEXT", help="Languages; may be repeated.")]
ABOUT = Annotated[_Several, typer.Option("--about", metavar="TEXT", help="What the other should know: dog, smoker; may be repeated.")]
WANTS_GENDER = Annotated[_Several, typer.Option("--wants-gender", metavar="CODE", help="f, m, x; may be repeated")]
WANTS_AGE = Annotated[_Text, typer.Option("--wants-age", metavar="MIN-MAX", help="Like 20-35, bounds included.")]
AVOID = Annotated[_Several, typer.Option("--avoid", metavar="TEXT", help="What the other should not have or like; may be repeated.")]
ASK = Annotated[bool, typer.Option("--ask", help="Ask for what is known, one question a line.")]


@match_app.command("wait", cls=Command)
def wait(
    person: PERSON,
    since: Annotated[_Text, typer.Option("--since", metavar="DATE", help="Since when; left out: today.")] = None,
    interest: INTEREST = None,
    time: TIME_OPTION = None,
    area: AREA = None,
    speaks: SPEAKS = None,
    about: ABOUT = None,
    wants_gender: WANTS_GENDER = None,
    wants_age: WANTS_AGE = None,
    avoid: AVOID = None,
    ask: ASK = False,
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
    form = None
    if form_wanted(ask):
        from .forms.wishes import wishes_form

        with rehearsing("match wait") as book:
            who = book.people.one(person)
            _wait(book, who, values)
        form = wishes_form("match wait", "waiting", who, values, lambda book, values: _wait(book, who, values))
        values, person = form.values, str(book.people.number(who))
    with writing("match wait") as book:
        who = book.people.one(person)
        if form:
            form.forget(book)
        day = _wait(book, who, values)
        book.confirm(_("{person}: waits since {date}. See: husrum match list --waiting", person=who.shown, date=day))


def _wait(book: "Book", who: "Person", values: Values) -> str:
    day: str = values.get("since", today())
    book.rules.not_in_future(day, "since")
    matches.wait(book.store, book.rules, who, day, preferences(values))
    return day


@match_app.command("unwait", cls=Command)
def unwait(person: PERSON, date: DATE_OPTION = None, reason: REASON = None) -> None:
    """Someone no longer waits. A match takes its person off the list by itself."""
    values = read_typed("waiting", until=date, reason=reason)
    with writing("match unwait") as book:
        who, day = book.people.one(person), values.get("until", today())
        matches.unwait(book.store, who, day, values.get("reason"))
        book.confirm(_("{person}: no longer waits from {date}. See: husrum match list --waiting", person=who.shown, date=day))


@match_app.command("offer", cls=Command)
def offer(
    volunteer: VOLUNTEER,
    capacity: Annotated[_Text, typer.Option("--capacity", metavar="N", help="How many young people at a time; left out: 1.")] = None,
    from_: Annotated[_Text, typer.Option("--from", metavar="DATE", help="Since when; left out: from the day they joined.")] = None,
    interest: INTEREST = None,
    time: TIME_OPTION = None,
    area: AREA = None,
    speaks: SPEAKS = None,
    about: ABOUT = None,
    wants_gender: WANTS_GENDER = None,
    wants_age: WANTS_AGE = None,
    avoid: AVOID = None,
    ask: ASK = False,
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
    form = None
    if form_wanted(ask):
        from .forms.wishes import wishes_form

        with rehearsing("match offer") as book:
            who = book.people.one(volunteer, "volunteer")
            _offer(book, who, values)
        form = wishes_form("match offer", "offers", who, values, lambda book, values: _offer(book, who, values))
        values, volunteer = form.values, str(book.people.number(who))
    with writing("match offer") as book:
        who = book.people.one(volunteer, "volunteer")
        if form:
            form.forget(book)
        _offer(book, who, values)
        book.confirm(_("{person}: offers to be a Hjerteven. See: husrum volunteer show {number}", person=who.shown, number=who.number))


def _offer(book: "Book", who: "Person", values: Values) -> None:
    matches.offer(book.store, book.rules, who, values.get("capacity"), values.get("from"), preferences(values))


@match_app.command("edit", cls=Command)
def edit(
    person: PERSON,
    interest: INTEREST = None,
    time: TIME_OPTION = None,
    area: AREA = None,
    speaks: SPEAKS = None,
    about: ABOUT = None,
    wants_gender: WANTS_GENDER = None,
    wants_age: WANTS_AGE = None,
    avoid: AVOID = None,
) -> None:
    """What is known of someone who waits: what is named is said anew, `none` takes it away, the rest stays."""
    typed: dict[str, list[str] | None] = {
        "interest": interest,
        "time": time,
        "area": area,
        "speaks": speaks,
        "about": about,
        "wants_gender": wants_gender,
        "wants_age": [wants_age] if wants_age is not None else None,
        "avoid": avoid,
    }
    emptied = [name for name, texts in typed.items() if texts and texts[0].strip().casefold() in ("none", "ingen")]
    known = preferences(read_typed("waiting", **{name: texts for name, texts in typed.items() if name not in emptied}))
    known |= dict.fromkeys(emptied, ())
    if not known:
        raise WrongInput(_("Nothing to change was named."))
    with writing("match edit") as book:
        who = book.people.one(person)
        matches.edit_wait(book.store, book.rules, who, known, today())
        book.confirm(
            _("{person}: {columns} changed. See: husrum match list --waiting", person=who.shown, columns=", ".join(map(column_word, known)))
        )


match_app.command("propose", cls=Command)(proposals.propose_command)
match_app.command("accept", cls=Command)(proposals.accept)
match_app.command("decline", cls=Command)(proposals.decline)
match_app.command("withdraw", cls=Command)(proposals.withdraw)


@match_app.command("start", cls=Command)
def start(person: PERSON, volunteer: VOLUNTEER, date: DATE_OPTION = None, force: FORCE_OPTION = False) -> None:
    """Two people are matched. It asks for the volunteer's intro course."""
    day = read_typed("matches", date=date).get("date", today())
    with writing("match start", force) as book:
        who, helper = book.people.one(person), book.people.one(volunteer, "volunteer")
        matches.start_match(book.store, book.rules, who, helper, day)
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
        match = matches.end_match(book.store, who, helper, day, values["reason"])
        other = book.people.by_id[match.volunteer_id]
        book.confirm(
            _("{person} and {volunteer}: ended on {date}. See: husrum match list --all", person=who.shown, volunteer=other.shown, date=day)
        )


@match_app.command("pause", cls=Command)
def pause(
    person: PERSON,
    volunteer: proposals.VOLUNTEER = None,
    date: DATE_OPTION = None,
    reason: Annotated[_Text, typer.Option("--reason", metavar="CODE", help="illness, treatment, work_or_study, other, …")] = None,
) -> None:
    """A match rests for a while. It stays active, and keeps its place."""
    values = read_typed("matches", date=date, reason=reason)
    with writing("match pause") as book:
        who, day = book.people.one(person), values.get("date", today())
        helper = book.people.one(volunteer, "volunteer") if volunteer else None
        match = matches.pause_match(book.store, book.rules, who, helper, day, values.get("reason"))
        other = book.people.by_id[match.volunteer_id]
        book.confirm(
            _(
                "{person} and {volunteer}: paused from {date}. When they go on: husrum match resume",
                person=who.shown,
                volunteer=other.shown,
                date=day,
            )
        )


@match_app.command("resume", cls=Command)
def resume(person: PERSON, volunteer: proposals.VOLUNTEER = None, date: DATE_OPTION = None) -> None:
    """A match that rested goes on."""
    day = read_typed("matches", date=date).get("date", today())
    with writing("match resume") as book:
        who = book.people.one(person)
        helper = book.people.one(volunteer, "volunteer") if volunteer else None
        match = matches.resume_match(book.store, book.rules, who, helper, day)
        other = book.people.by_id[match.volunteer_id]
        book.confirm(
            _("{person} and {volunteer}: they go on from {date}. See: husrum match list", person=who.shown, volunteer=other.shown, date=day)
        )


@match_app.command("contact", cls=Command)
def contact(person: PERSON, date: DATE_OPTION = None, note: NOTE_OPTION = None) -> None:
    """The coordinator was in touch with a matched young person."""
    values = read_typed("contacts", date=date, note=note)
    with writing("match contact") as book:
        who, day = book.people.one(person), values.get("date", today())
        matches.contact(book.store, book.rules, who, day, values.get("note"))
        book.confirm(_("{person}: contact on {date}. See: husrum person show {number}", person=who.shown, date=day, number=who.number))


@match_app.command("list", cls=Command)
def list_(
    waiting: Annotated[bool, typer.Option("--waiting", help="Who waits, the longest first, and the median wait.")] = False,
    proposed: Annotated[
        bool, typer.Option("--proposed", help="Proposals that are open; with --all, every one and what came of it.")
    ] = False,
    active: Annotated[bool, typer.Option("--active", help="Matches that run (this is shown without an option too).")] = False,
    all_: Annotated[bool, typer.Option("--all", help="Ended ones too.")] = False,
    date: Annotated[_Text, typer.Option("--date", metavar="DATE", help="The waiting list at the end of a day; left out: today.")] = None,
    median: Annotated[bool, typer.Option("--median", help="Of the waiting list, only how long people wait.")] = False,
    no_contact: Annotated[_Text, typer.Option("--no-contact", metavar="DAYS", help="Matches without contact for so many days.")] = None,
    format: FORMAT_OPTION = "table",
) -> None:
    """The matches, the proposals, or the waiting list."""
    format = read_format(format)
    if waiting + active + (all_ or proposed) > 1 or (active and all_):
        raise WrongInput(_("Choose one of --waiting, --proposed, --active, --all."))
    if (date or median) and not waiting:
        raise WrongInput(_("--date and --median belong to --waiting."))
    if no_contact and (waiting or proposed or all_):
        raise WrongInput(_("--no-contact is asked of matches that run."))
    day = read_typed("waiting", since=date).get("since", today())
    silent = read_count(no_contact, "no_contact", smallest=1) if no_contact else 0
    with reading() as book:
        if waiting:
            _show_waiting(lists.waiting(book.store, day), median_wait(book.store, day), median, format)
        elif proposed:
            from ..domain.befriending.propose import listed_proposals

            _show_proposals(listed_proposals(book.store, book.people, day, all_), format)
        else:
            _show_matches(lists.matches(book.store, all_, silent), setting(book.store, "contact_days"), format)


def _show_waiting(records: list[Record], wait: Record, median: bool, format: str) -> None:
    if median:
        columns = {"date": _("Date"), "waiting": _("Waiting"), "matched": _("Matched"), "median_days": _("Median days")}
        show(Listing(columns, [wait]), format)
        return
    columns = {"person": _("Person"), "name": _("Name"), "since": _("Waits since"), "days": _("Days"), "wishes": _("Wishes")}
    show(Listing({**lists.branch_column(records), **columns}, records), format)
    if format == "table" and wait["matched"]:
        say(
            many(
                "Median wait: {number} day, with those who still wait counted in.",
                "Median wait: {number} days, with those who still wait counted in.",
                wait["median_days"],
            )
            if wait["median_days"] is not None
            else _("Fewer than half have been matched so far, so there is no median wait yet.")
        )


def _show_proposals(records: list[Record], format: str) -> None:
    columns = {
        "person": _("Person"),
        "name": _("Name"),
        "volunteer": _("Volunteer"),
        "volunteer_name": _("Hjerteven"),
        "date": _("Proposed"),
        "state": _("State"),
        "person_said": _("The young person"),
        "volunteer_said": _("The volunteer"),
        "answered": _("Answered"),
        "reason": _("Reason"),
    }
    if format == "table":
        words = {"yes": _("yes"), "no": _("no"), None: None}
        records = [{**record, **{side: words[record[side]] for side in ("person_said", "volunteer_said")}} for record in records]
    show(Listing({**lists.branch_column(records), **columns}, records, data_only=frozenset({"answered"})), format)


def _show_matches(records: list[Record], long: int, format: str) -> None:
    columns = {
        "person": _("Person"),
        "name": _("Name"),
        "volunteer": _("Volunteer"),
        "volunteer_name": _("Hjerteven"),
        "date": _("Since"),
        "ended": _("Ended"),
        "reason": _("Reason"),
        "state": _("State"),
        "contact": _("Last contact"),
        "days_without_contact": _("Days without"),
    }
    running = frozenset({"ended", "reason"}) if all(record["ended"] is None for record in records) else frozenset()
    show(Listing({**lists.branch_column(records), **columns}, records, data_only=running), format)
    silent = [str(record["person"]) for record in records if (record["days_without_contact"] or 0) >= long]
    if silent and format == "table":
        say(
            _(
                "No contact for {days} days or more: {numbers}. When there was: husrum match contact PERSON",
                days=long,
                numbers=", ".join(silent),
            )
        )
