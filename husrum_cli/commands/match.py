"""`husrum match`: the waiting list, the volunteers who offer, and the matches."""

from typing import Annotated

import typer

from ..domain.activities.edit import remove_contact
from ..domain.befriending import matches
from ..domain.befriending.edit import edit_match, remove_match, remove_offer, remove_wait
from ..domain.befriending.waiting_times import expected_wait, median_wait
from ..domain.branches import Record
from ..domain.people.lookup import Person
from ..domain.settings import setting
from ..domain.views import lists
from ..errors import WrongInput
from ..i18n import _, many
from ..input.dates import read_date, today
from ..input.numbers import read_count
from ..input.text import NONE
from ..render.listing import Listing, read_format
from ..rowtypes.befriending import MATCHES, OFFERS, PAIR_MEETINGS, WAITING, WISHES, OfferRow, PairMeetingRow, WaitRow
from ..rowtypes.columns import code
from ..rowtypes.context import CommandContext
from ..rowtypes.typed import Typed
from ..vocabulary import REASON
from . import proposals
from .app import Command, ListCommand, form_wanted, noun
from .column_options import takes
from .context import reading, rehearsing, say, writing
from .corrections import changed_text, confirm_removed, require_change
from .lists import show
from .options import (
    DATE_OPTION,
    FORCE_OPTION,
    FORMAT_OPTION,
    MAYBE_VOLUNTEER,
    NOTE_OPTION,
    PERSON,
    REASON_OPTION,
    REMOVE_OPTION,
    VOLUNTEER,
    Text,
    read_day,
    read_note_option,
    read_reason,
    read_removed_day,
)

match_app = noun("Hjerteven: waiting list, offers, matches.")
ASK = Annotated[bool, typer.Option("--ask", help="Ask for what is known, one question a line.")]


@match_app.command("wait", cls=Command)
@takes(WAITING, "since", WISHES)
def wait(person: PERSON, typed: Typed[WaitRow], ask: ASK = False) -> None:
    """Someone waits for a Hjerteven."""
    form = None
    if form_wanted(ask):
        from .forms.wishes import wishes_form

        with rehearsing("match wait") as context:
            who = context.people.one(person)
            _wait(context, who, typed)
        form = wishes_form("match wait", who, typed, lambda context, typed: _wait(context, who, typed))
        typed, person = form.typed, str(context.people.number(who))
    with writing("match wait") as context:
        who = context.people.one(person)
        if form:
            form.forget(context)
        since = _wait(context, who, typed) or _("an unknown date")
        context.confirm(_("{person}: waits since {date}. See: husrum match list --waiting", person=who.shown, date=since))


def _wait(context: CommandContext, who: Person, typed: Typed[WaitRow]) -> str | None:
    row = typed.row(context, person=who, since=today())
    context.rules.not_in_future(row.since, "since")
    WAITING.add(context, row)
    return row.since


@match_app.command("unwait", cls=Command)
def unwait(
    person: PERSON,
    date: DATE_OPTION = None,
    reason: REASON_OPTION = None,
    remove: Annotated[bool, typer.Option("--remove", help="They never waited: remove it from the list and its history.")] = False,
) -> None:
    """Someone no longer waits. A match takes its person off the list by itself."""
    day, why = read_day(date), read_reason(reason)
    with writing("match unwait") as context:
        who = context.people.one(person)
        if remove:
            since = remove_wait(context.store, who)
            confirm_removed(context, _("{person}, waiting list", person=who.shown), since, "husrum match list --waiting")
            return
        matches.unwait(context.store, who, day, why)
        context.confirm(_("{person}: no longer waits from {date}. See: husrum match list --waiting", person=who.shown, date=day))


@match_app.command("unoffer", cls=Command)
def unoffer(volunteer: VOLUNTEER) -> None:
    """A volunteer no longer offers to be a Hjerteven. Their matches stay."""
    with writing("match unoffer") as context:
        who = context.people.one(volunteer, "volunteer")
        remove_offer(context.store, who)
        context.confirm(
            _("{person}: no longer offers to be a Hjerteven. See: husrum volunteer show {number}", person=who.shown, number=who.number)
        )


@match_app.command("offer", cls=Command)
@takes(OFFERS, "capacity", "from", WISHES)
def offer(volunteer: VOLUNTEER, typed: Typed[OfferRow], ask: ASK = False) -> None:
    """A volunteer would like to be someone's Hjerteven. Said again, it is amended."""
    form = None
    if form_wanted(ask):
        from .forms.wishes import wishes_form

        with rehearsing("match offer") as context:
            who = context.people.one(volunteer, "volunteer")
            _offer(context, who, typed)
        form = wishes_form("match offer", who, typed, lambda context, typed: _offer(context, who, typed))
        typed, volunteer = form.typed, str(context.people.number(who))
    with writing("match offer") as context:
        who = context.people.one(volunteer, "volunteer")
        if form:
            form.forget(context)
        _offer(context, who, typed)
        context.confirm(_("{person}: offers to be a Hjerteven. See: husrum volunteer show {number}", person=who.shown, number=who.number))


def _offer(context: CommandContext, who: Person, typed: Typed[OfferRow]) -> None:
    OFFERS.add(context, typed.row(context, volunteer=who))


@match_app.command("edit", cls=Command)
@takes(WAITING, WISHES)
def edit(
    person: PERSON,
    typed: Typed[WaitRow],
    volunteer: MAYBE_VOLUNTEER = None,
    start: Annotated[Text, typer.Option("--start", metavar="DATE", help="The right first day of their match.")] = None,
    end: Annotated[Text, typer.Option("--end", metavar="DATE", help="The right last day; none: the match goes on.")] = None,
    reason: Annotated[Text, typer.Option("--reason", metavar="CODE", help="The right reason why it ended; none: unknown.")] = None,
) -> None:
    """Correct a match, or what is known of someone who waits. What is not named stays, `none` clears."""
    match = {
        name: None if text.strip().casefold() in NONE else read(text, name)
        for name, text, read in (("start", start, read_date), ("end", end, read_date), ("reason", reason, code(REASON)))
        if text is not None
    }
    if match and typed.names:
        raise WrongInput(_("Correct the match or what is known of someone who waits, one at a time."))
    if not match:
        require_change(typed)
    with writing("match edit") as context:
        who = context.people.one(person)
        if match:
            helper = context.people.one(volunteer, "volunteer") if volunteer else None
            found, changes = edit_match(context.store, context.rules, who, helper, match)
            other = context.people.with_ids([found.volunteer_id])[0]
            text = changed_text(MATCHES, changes)
            context.confirm(
                _(
                    "{person} and {volunteer}: {changes}. See: husrum match list --all",
                    person=who.shown,
                    volunteer=other.shown,
                    changes=text,
                )
            )
            return
        wishes = typed.row(context, person=who).wishes
        matches.edit_wait(context.store, context.rules, who, {**wishes, **dict.fromkeys(typed.cleared, ())}, today())
        columns = ", ".join(WAITING.word(name) for name in typed.names)
        context.confirm(_("{person}: {columns} changed. See: husrum match list --waiting", person=who.shown, columns=columns))


@match_app.command("remove", cls=Command)
def remove(person: PERSON, volunteer: MAYBE_VOLUNTEER = None) -> None:
    """Remove a match that was entered by mistake. One that is over is ended."""
    with writing("match remove") as context:
        who = context.people.one(person)
        helper = context.people.one(volunteer, "volunteer") if volunteer else None
        match = remove_match(context.store, who, helper)
        other = context.people.with_ids([match.volunteer_id])[0]
        what = _("{person} and {volunteer}", person=who.shown, volunteer=other.shown)
        confirm_removed(context, what, match.starts, "husrum match list --waiting")


match_app.command("propose", cls=Command)(proposals.propose_command)
match_app.command("accept", cls=Command)(proposals.accept)
match_app.command("decline", cls=Command)(proposals.decline)
match_app.command("withdraw", cls=Command)(proposals.withdraw)


@match_app.command("start", cls=Command)
def start(person: PERSON, volunteer: VOLUNTEER, date: DATE_OPTION = None, force: FORCE_OPTION = False) -> None:
    """Two people are matched. It asks for the volunteer's intro course, and for the papers that the settings name."""
    day = read_day(date)
    with writing("match start", force) as context:
        who, helper = context.people.one(person), context.people.one(volunteer, "volunteer")
        matches.start_match(context.store, context.rules, who, helper, day)
        context.confirm(
            _("{person} and {volunteer}: matched from {date}. See: husrum match list", person=who.shown, volunteer=helper.shown, date=day)
        )


@match_app.command("end", cls=Command)
def end(
    person: PERSON,
    reason: Annotated[str, typer.Option("--reason", metavar="CODE", help="moved_away, completed, volunteer_stopped, no_longer_wishes, …")],
    volunteer: Annotated[Text, typer.Argument(metavar="[VOLUNTEER]", help="Whose Hjerteven; needed only to be sure.")] = None,
    date: DATE_OPTION = None,
) -> None:
    """A match ends."""
    day, why = read_day(date), read_reason(reason)
    with writing("match end") as context:
        who = context.people.one(person)
        helper = context.people.one(volunteer, "volunteer") if volunteer else None
        match = matches.end_match(context.store, who, helper, day, why)
        other = context.people.with_ids([match.volunteer_id])[0]
        context.confirm(
            _("{person} and {volunteer}: ended on {date}. See: husrum match list --all", person=who.shown, volunteer=other.shown, date=day)
        )


@match_app.command("pause", cls=Command)
def pause(
    person: PERSON,
    volunteer: MAYBE_VOLUNTEER = None,
    date: DATE_OPTION = None,
    reason: Annotated[Text, typer.Option("--reason", metavar="CODE", help="illness, treatment, work_or_study, other, …")] = None,
) -> None:
    """A match rests for a while. It stays active, and keeps its place."""
    day, why = read_day(date), read_reason(reason)
    with writing("match pause") as context:
        who = context.people.one(person)
        helper = context.people.one(volunteer, "volunteer") if volunteer else None
        match = matches.pause_match(context.store, context.rules, who, helper, day, why)
        other = context.people.with_ids([match.volunteer_id])[0]
        context.confirm(
            _(
                "{person} and {volunteer}: paused from {date}. When they go on: husrum match resume",
                person=who.shown,
                volunteer=other.shown,
                date=day,
            )
        )


@match_app.command("resume", cls=Command)
def resume(person: PERSON, volunteer: MAYBE_VOLUNTEER = None, date: DATE_OPTION = None) -> None:
    """A match that rested goes on."""
    day = read_day(date)
    with writing("match resume") as context:
        who = context.people.one(person)
        helper = context.people.one(volunteer, "volunteer") if volunteer else None
        match = matches.resume_match(context.store, context.rules, who, helper, day)
        other = context.people.with_ids([match.volunteer_id])[0]
        context.confirm(
            _("{person} and {volunteer}: they go on from {date}. See: husrum match list", person=who.shown, volunteer=other.shown, date=day)
        )


@match_app.command("contact", cls=Command)
def contact(person: PERSON, date: DATE_OPTION = None, note: NOTE_OPTION = None, remove: REMOVE_OPTION = False) -> None:
    """The coordinator was in touch with a matched young person."""
    day, text = read_day(date), read_note_option(note)
    removed = read_removed_day(date) if remove else None
    with writing("match contact") as context:
        who = context.people.one(person)
        if remove:
            gone = remove_contact(context.store, "person_id", who.id, who.shown, removed)
            confirm_removed(context, _("{person}, contact", person=who.shown), gone, f"husrum person show {who.number}")
            return
        matches.contact(context.store, context.rules, who, day, text)
        context.confirm(_("{person}: contact on {date}. See: husrum person show {number}", person=who.shown, date=day, number=who.number))


@match_app.command("meet", cls=Command)
@takes(PAIR_MEETINGS, "date", "hours", "note")
def meet(person: PERSON, typed: Typed[PairMeetingRow]) -> None:
    """A young person and their Hjerteven met."""
    with writing("match meet") as context:
        row = typed.row(context, person=context.people.one(person), date=today())
        PAIR_MEETINGS.add(context, row)
        when = row.date or _("an unknown date")
        context.confirm(
            _("{person}: met their Hjerteven on {date}. See: husrum person show {number}", person=row.person.shown, date=when,
              number=row.person.number)
        )  # fmt: skip


@match_app.command("list", cls=ListCommand)
def list_(
    waiting: Annotated[bool, typer.Option("--waiting", help="Who waits, the longest first, and the median wait.")] = False,
    proposed: Annotated[
        bool, typer.Option("--proposed", help="Proposals that are open; with --all, every one and what came of it.")
    ] = False,
    active: Annotated[bool, typer.Option("--active", help="Matches that run (this is shown without an option too).")] = False,
    all_: Annotated[bool, typer.Option("--all", help="Ended ones too.")] = False,
    date: Annotated[Text, typer.Option("--date", metavar="DATE", help="The waiting list at the end of a day; left out: today.")] = None,
    median: Annotated[bool, typer.Option("--median", help="Of the waiting list, only how long people wait.")] = False,
    no_contact: Annotated[Text, typer.Option("--no-contact", metavar="DAYS", help="Matches without contact for so many days.")] = None,
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
    day = read_day(date)
    silent = read_count(no_contact, "no_contact", smallest=1) if no_contact else 0
    with reading() as context:
        if waiting:
            _show_waiting(
                lists.waiting(context.store, day), median_wait(context.store, day), expected_wait(context.store, day), median, format
            )
        elif proposed:
            from ..domain.befriending.propose import listed_proposals

            _show_proposals(listed_proposals(context.store, context.people, day, all_), format)
        else:
            _show_matches(lists.matches(context.store, all_, silent), setting(context.store, "contact_days"), format)


def _show_waiting(records: list[Record], wait: Record, expected: int | None, median: bool, format: str) -> None:
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
    if format == "table" and expected is not None:
        say(
            many(
                "Expected wait, from the last two years: {number} day.", "Expected wait, from the last two years: {number} days.", expected
            )
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
        "met": _("Last met"),
        "length": _("Length in days"),
    }
    aside = {"met", "length"} | ({"ended", "reason"} if all(record["ended"] is None for record in records) else set())
    show(Listing({**lists.branch_column(records), **columns}, records, data_only=frozenset(aside)), format)
    silent = [str(record["person"]) for record in records if (record["days_without_contact"] or 0) >= long]
    if silent and format == "table":
        say(
            _(
                "No contact for {days} days or more: {numbers}. When there was: husrum match contact PERSON",
                days=long,
                numbers=", ".join(silent),
            )
        )
