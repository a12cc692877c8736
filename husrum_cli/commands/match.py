"""`husrum match`: the waiting list, the volunteers who offer, and the matches."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

from ..domain.activities.edit import remove_contact
from ..domain.befriending import matches
from ..domain.befriending.edit import (
    edit_match,
    edit_wait_start,
    latest_match,
    pause_again,
    remove_match,
    remove_offer,
    remove_pause,
    remove_wait,
)
from ..domain.befriending.pair_meetings import edit_pair_meeting, remove_pair_meeting
from ..domain.corrections import ANY_DAY, changes, require_change
from ..domain.people.lookup import Person
from ..domain.volunteers.volunteers import end_offer
from ..errors import NotFound, WrongInput
from ..i18n import _
from ..input.dates import read_date, today
from ..input.text import clears
from ..rowtypes.befriending import MATCHES, OFFERS, PAIR_MEETINGS, WAITING, WISHES, OfferRow, PairMeetingRow, WaitRow
from ..rowtypes.columns import code_reader
from ..rowtypes.context import CommandContext
from ..rowtypes.typed import TypedOptions
from ..vocabulary import REASON
from . import match_list, proposals
from .app import list_options, wants_form
from .column_options import takes
from .context import rehearsing, writing
from .corrections import changed_text, confirm_changed, confirm_removed, names_except_corrections, removed_day
from .declarations import Noun, Option
from .forms.drafts import name_drafts
from .options import (
    CORRECT_OPTION,
    DATE_OPTION,
    FORCE_REASON_OPTION,
    MAYBE_VOLUNTEER,
    NEW_DATE_OPTION,
    NOTE_OPTION,
    PERSON,
    REASON_OPTION,
    REMOVE_OPTION,
    VOLUNTEER,
    Text,
    read_day,
    read_force,
    read_given_reason,
    read_new_date,
    read_note_option,
    read_reason,
    read_removed_day,
)

if TYPE_CHECKING:
    from .forms.drafts import FilledForm

RowT = TypeVar("RowT", bound=tuple[Any, ...])
match_app = Noun("Hjerteven: waiting list, offers, matches.")
ASK = Annotated[bool, Option("--ask", help="Ask for what is known, one question a line.")]


@match_app.command("wait")
@takes(WAITING, "since", WISHES)
def wait(person: PERSON, typed: TypedOptions[WaitRow], ask: ASK = False) -> None:
    """Someone waits for a Hjerteven."""
    form = None
    if wants_form(ask):
        form, person = _ask("match wait", person, "person", typed, _wait)
        typed = form.typed
    with writing("match wait") as context:
        who = context.people.find_one(person)
        form.forget(context) if form else name_drafts(context, "match wait --ask", who)
        since = _wait(context, who, typed) or _("an unknown date")
        context.confirm(_("{person}: waits since {date}. See: husrum match list --waiting", person=who.display_name, date=since))


def _wait(context: CommandContext, who: Person, typed: TypedOptions[WaitRow]) -> str | None:
    row = typed.row(context, person=who, since=today())
    context.rules.not_in_future(row.since, "since")
    WAITING.add(context, row)
    return row.since


def _ask(
    command: str,
    person: str,
    argument: str,
    typed: TypedOptions[RowT],
    save: Callable[[CommandContext, Person, TypedOptions[RowT]], object],
) -> tuple["FilledForm[RowT]", str]:
    """Ask for what the command line left out, and return that and the person's number. What would be refused is refused before."""
    from .forms.drafts import naming_drafts
    from .forms.wishes import wishes_form

    with rehearsing(command) as context:
        who = context.people.find_one(person, argument)
        with naming_drafts(context.store, f"{command} --ask", who):
            save(context, who, typed)
    form = wishes_form(command, who, typed, lambda context, typed: save(context, who, typed))
    return form, context.people.number(who)


def _find_pair(context: CommandContext, person: str, volunteer: str | None) -> tuple[Person, Person | None]:
    """Return the young person and, if the volunteer is named, that one too: whoever has a single match needs no other name."""
    return context.people.find_one(person), context.people.find_one(volunteer, "volunteer") if volunteer else None


def _names(context: CommandContext, person: Person, match: matches.Match) -> dict[str, str]:
    """Return the names of a match, as texts have them."""
    return {"person": person.display_name, "volunteer": context.people.with_ids([match.volunteer_id])[0].display_name}


@match_app.command("unwait")
def unwait(
    person: PERSON,
    date: DATE_OPTION = None,
    reason: REASON_OPTION = None,
    remove: Annotated[bool, Option("--remove", help="They never waited: remove it from the list and its history.")] = False,
) -> None:
    """Someone no longer waits. A match takes its person off the list by itself."""
    day, given = read_day(date), read_given_reason(reason)
    with writing("match unwait") as context:
        who = context.people.find_one(person)
        if remove:
            since = remove_wait(context.store, who)
            confirm_removed(context, _("{person}, waiting list", person=who.display_name), since, "husrum match list --waiting")
            return
        changes = matches.end_wait(context.store, who, day, given)
        if changes is not None:
            confirm_changed(
                context, _("{person}, waiting list", person=who.display_name), WAITING, changes, "husrum match list --waiting --all"
            )
            return
        context.confirm(
            _("{person}: no longer waits after {date}. See: husrum match list --waiting --all", person=who.display_name, date=day)
        )


@match_app.command("unoffer")
def unoffer(volunteer: VOLUNTEER, date: DATE_OPTION = None, remove: REMOVE_OPTION = False) -> None:
    """A volunteer no longer offers to be a Hjerteven. Their matches stay."""
    day = read_day(date)
    with writing("match unoffer") as context:
        who = context.people.find_one(volunteer, "volunteer")
        see = f"husrum volunteer show {who.number}"
        if remove:
            gone = remove_offer(context.store, who)
            confirm_removed(context, _("{person}, offer to be a Hjerteven", person=who.display_name), gone, see)
            return
        if not end_offer(context.store, who, day):
            raise NotFound(_("volunteer: {person} does not offer to be a Hjerteven.", person=who.display_name), "volunteer")
        context.confirm(
            _(
                "{person}: no longer offers to be a Hjerteven after {date}. See: {command}",
                person=who.display_name,
                date=day,
                command=see,
            )
        )


@match_app.command("offer")
@takes(OFFERS, "capacity", "from", WISHES)
def offer(volunteer: VOLUNTEER, typed: TypedOptions[OfferRow], ask: ASK = False) -> None:
    """A volunteer would like to be someone's Hjerteven. Run it again to change the offer."""
    form = None
    if wants_form(ask):
        form, volunteer = _ask("match offer", volunteer, "volunteer", typed, _offer)
        typed = form.typed
    with writing("match offer") as context:
        who = context.people.find_one(volunteer, "volunteer")
        form.forget(context) if form else name_drafts(context, "match offer --ask", who)
        before = matches.offer_options(context.store, who)
        _offer(context, who, typed)
        if before is not None:
            now = matches.offer_options(context.store, who) or {}
            found = changes({**dict.fromkeys(now), **before}, {**dict.fromkeys(before), **now})
            what = _("{person}, offer to be a Hjerteven", person=who.display_name)
            confirm_changed(context, what, OFFERS, found, f"husrum volunteer show {who.number}")
            return
        context.confirm(
            _("{person}: offers to be a Hjerteven. See: husrum volunteer show {number}", person=who.display_name, number=who.number)
        )


def _offer(context: CommandContext, who: Person, typed: TypedOptions[OfferRow]) -> None:
    if typed.cleared and not typed.values and matches.offer_options(context.store, who) is None:
        raise NotFound(_("volunteer: {person} does not offer to be a Hjerteven.", person=who.display_name), "volunteer")
    given = typed.resolve_references(context)
    own = {stored: given.pop(name) for name, stored in (("capacity", "capacity"), ("from", "starts")) if name in given}
    matches.save_offer(context.store, context.rules, who, own, {kind: values or () for kind, values in given.items()})


@match_app.command("edit")
@takes(WAITING, WISHES)
def edit(
    person: PERSON,
    typed: TypedOptions[WaitRow],
    volunteer: MAYBE_VOLUNTEER = None,
    start: Annotated[Text, Option("--start", metavar="DATE", help="The right first day of their match.")] = None,
    end: Annotated[Text, Option("--end", metavar="DATE", help="The right last day; none: the match goes on.")] = None,
    reason: Annotated[Text, Option("--reason", metavar="CODE", help="The right reason why it ended; none: unknown.")] = None,
    since: Annotated[Text, Option("--since", metavar="DATE", help="The right day since when they wait; none: unknown.")] = None,
) -> None:
    """Correct a match, or what is known of someone who waits. Options left out change nothing; `none` clears a value."""
    match = {
        name: None if clears(text) else read(text, name)
        for name, text, read in (("start", start, read_date), ("end", end, read_date), ("reason", reason, code_reader(REASON)))
        if text is not None
    }
    if match and (typed.names or since is not None):
        raise WrongInput(_("Correct the match or what is known of someone who waits, one at a time."))
    if not match and since is None:
        require_change(typed.names)
    day = None if since is None or clears(since) else read_date(since, "since")
    with writing("match edit") as context:
        who, helper = _find_pair(context, person, volunteer)
        if match:
            edited, found = edit_match(context.people, context.rules, who, helper, match)
            words = _names(context, who, edited)
            context.confirm(
                _("{person} and {volunteer}: {changes}. See: husrum match list --all", **words, changes=changed_text(MATCHES, found))
            )
            return
        if since is not None:
            confirm_changed(
                context,
                who.display_name,
                WAITING,
                edit_wait_start(context.store, context.rules, who, day),
                "husrum match list --waiting",
            )
        if not typed.names:
            return
        wishes = typed.row(context, person=who).wishes
        found = matches.edit_wait(context.store, context.rules, who, {**wishes, **dict.fromkeys(typed.cleared, ())}, today())
        confirm_changed(context, who.display_name, WAITING, found, "husrum match list --waiting")


@match_app.command("remove")
def remove(person: PERSON, volunteer: MAYBE_VOLUNTEER = None) -> None:
    """Remove a match that was entered by mistake. One that is over is ended."""
    with writing("match remove") as context:
        who, helper = _find_pair(context, person, volunteer)
        match = remove_match(context.store, context.rules, who, helper)
        what = _("{person} and {volunteer}", **_names(context, who, match))
        confirm_removed(context, what, match.starts, "husrum match list --waiting")


match_app.command("list", shows=list_options)(match_list.list_)
match_app.command("propose")(proposals.propose_command)
match_app.command("accept")(proposals.accept)
match_app.command("decline")(proposals.decline)
match_app.command("withdraw")(proposals.withdraw)


@match_app.command("start")
def start(person: PERSON, volunteer: VOLUNTEER, date: DATE_OPTION = None, force: FORCE_REASON_OPTION = None) -> None:
    """Match two people. The volunteer needs the intro course and the papers that the settings name."""
    day = read_day(date)
    force = read_force(force)
    with writing("match start", force) as context:
        who, helper = context.people.find_one(person), context.people.find_one(volunteer, "volunteer")
        matches.start_match(context.store, context.rules, who, helper, day)
        context.confirm(
            _(
                "{person} and {volunteer}: matched from {date}. See: husrum match list",
                person=who.display_name,
                volunteer=helper.display_name,
                date=day,
            )
        )


@match_app.command("end")
def end(
    person: PERSON,
    reason: Annotated[str, Option("--reason", metavar="CODE", help="moved_away, completed, volunteer_stopped, no_longer_wishes, …")],
    volunteer: MAYBE_VOLUNTEER = None,
    date: DATE_OPTION = None,
) -> None:
    """A match ends."""
    day, why = read_day(date), read_reason(reason)
    with writing("match end") as context:
        who, helper = _find_pair(context, person, volunteer)
        match = matches.end_match(context.store, context.rules, who, helper, day, why)
        words = {**_names(context, who, match), "date": day}
        if day > today():
            context.confirm(_("{person} and {volunteer}: to end on {date}. See: husrum match list", **words))
        else:
            context.confirm(_("{person} and {volunteer}: ended on {date}. See: husrum match list --all", **words))


@match_app.command("pause")
def pause(
    person: PERSON,
    volunteer: MAYBE_VOLUNTEER = None,
    date: DATE_OPTION = None,
    reason: Annotated[Text, Option("--reason", metavar="CODE", help="illness, treatment, work_or_study, other, …")] = None,
    remove: REMOVE_OPTION = False,
) -> None:
    """A match rests for a while. It stays active, and keeps its place."""
    day, given = read_day(None if remove else date), read_given_reason(reason)
    removed = read_removed_day(date) if remove else ANY_DAY
    with writing("match pause") as context:
        who, helper = _find_pair(context, person, volunteer)
        if remove:
            gone = remove_pause(context.store, latest_match(context.store, who, helper), removed)
            confirm_removed(context, _("{person}, pause", person=who.display_name), gone, "husrum match list")
            return
        match, changes = matches.pause_match(context.store, context.rules, who, helper, day, given)
        if changes is not None:
            confirm_changed(context, _("{person}, pause", person=who.display_name), MATCHES, changes, "husrum match list")
            return
        words = _names(context, who, match)
        context.confirm(_("{person} and {volunteer}: paused from {date}. When they go on: husrum match resume", **words, date=day))


@match_app.command("resume")
def resume(
    person: PERSON,
    volunteer: MAYBE_VOLUNTEER = None,
    date: DATE_OPTION = None,
    remove: Annotated[bool, Option("--remove", help="They did not go on: they still pause.")] = False,
) -> None:
    """A match that rested goes on."""
    day = read_day(date)
    with writing("match resume") as context:
        who, helper = _find_pair(context, person, volunteer)
        if remove:
            found = pause_again(context.store, latest_match(context.store, who, helper))
            confirm_changed(context, _("{person}, pause", person=who.display_name), MATCHES, found, "husrum match list")
            return
        match = matches.resume_match(context.store, context.rules, who, helper, day)
        words = _names(context, who, match)
        context.confirm(_("{person} and {volunteer}: they go on from {date}. See: husrum match list", **words, date=day))


@match_app.command("contact")
def contact(person: PERSON, date: DATE_OPTION = None, note: NOTE_OPTION = None, remove: REMOVE_OPTION = False) -> None:
    """The coordinator was in touch with a matched young person."""
    day, text = read_day(None if remove else date), read_note_option(note)
    removed = read_removed_day(date) if remove else None
    with writing("match contact") as context:
        who = context.people.find_one(person)
        if remove:
            gone = remove_contact(context.store, "person_id", who.id, who.display_name, removed)
            confirm_removed(context, _("{person}, contact", person=who.display_name), gone, f"husrum person show {who.number}")
            return
        matches.add_contact(context.store, context.rules, who, day, text)
        context.confirm(
            _("{person}: contact on {date}. See: husrum person show {number}", person=who.display_name, date=day, number=who.number)
        )


@match_app.command("meet")
@takes(PAIR_MEETINGS, "date", "hours", "note")
def meet(
    person: PERSON,
    typed: TypedOptions[PairMeetingRow],
    remove: REMOVE_OPTION = False,
    correct: CORRECT_OPTION = False,
    new_date: NEW_DATE_OPTION = None,
) -> None:
    """A young person and their Hjerteven met."""
    moved = read_new_date(new_date, correct)
    with writing("match meet") as context:
        who = context.people.find_one(person)
        see = f"husrum person show {who.number}"
        if remove:
            gone = remove_pair_meeting(context.store, who, removed_day(typed, "date"))
            confirm_removed(context, _("{person}, meeting with their Hjerteven", person=who.display_name), gone, see)
            return
        if correct:
            right = names_except_corrections(context, typed, "date") | moved
            found = edit_pair_meeting(context.store, context.rules, who, removed_day(typed, "date"), right)
            confirm_changed(context, who.display_name, PAIR_MEETINGS, found, see)
            return
        row = typed.row(context, person=who, date=today())
        PAIR_MEETINGS.add(context, row)
        when = row.date or _("an unknown date")
        context.confirm(
            _("{person}: met their Hjerteven on {date}. See: husrum person show {number}", person=row.person.display_name, date=when,
              number=row.person.number)
        )  # fmt: skip
