"""`husrum person`: finding people, and what is stored about one."""

from typing import Annotated

from ..domain.corrections import ANY_DAY, require_change
from ..domain.people import identity, leaving
from ..domain.people import join as joining
from ..domain.people.edit import clear_consent, edit_person, remove_consent, remove_leaving, remove_onward
from ..domain.people.partners import find_partner
from ..domain.views import lists
from ..errors import WrongInput
from ..i18n import _
from ..input.choices import read_code, spoken
from ..input.dates import read_coming_date, read_since, read_year, today
from ..input.numbers import read_count
from ..input.text import read_name
from ..render.listing import Listing, read_format
from ..rowtypes.departures import CONSENTS, LEAVING, ONWARD, ConsentRow, OnwardRow
from ..rowtypes.typed import TypedOptions
from ..rowtypes.volunteers import VOLUNTEERS, VolunteerRow
from ..vocabulary import PURPOSE
from . import privacy, reminders
from .app import list_options
from .column_options import takes
from .context import reading, writing
from .corrections import changed_text, confirm_changed, confirm_removed, removed_day
from .declarations import Argument, Noun, Option
from .lists import show
from .options import (
    CONFIDED_OPTION,
    DATE_OPTION,
    FORCE_OPTION,
    FORMAT_OPTION,
    HISTORY_OPTION,
    PERSON,
    REASON_OPTION,
    REMOVE_OPTION,
    SHOW_OPTION,
    Text,
    contact_columns,
    read_contacts,
    read_day,
    read_given_reason,
    read_removed_day,
)

person_app = Noun("Find and look at people.")
for _verb in (privacy.export, privacy.anonymise, privacy.erase, reminders.remind, reminders.reminded):
    person_app.command(_verb.__name__)(_verb)


def _columns(records: list[dict[str, object]], more: dict[str, str] | None = None) -> dict[str, str]:
    columns = {
        "person": _("Number"),
        "name": _("Name"),
        "called": _("Called"),
        "born": _("Born"),
        "is": _("Is"),
        "last_seen": _("Last seen"),
    }
    return {**lists.branch_column(records), **columns, **(more or {})}


@person_app.command("find", shows=list_options)
def find(
    text: Annotated[
        str, Argument(metavar="TEXT", help="A number, some of a name, a phone number or an e-mail address; case and accents don't matter.")
    ],
    format: FORMAT_OPTION = "table",
) -> None:
    """Everybody whose name, phone or e-mail holds the text."""
    format = read_format(format)
    if not text.strip():
        raise WrongInput(_("{field} is empty.", field="text"), "text")
    with reading() as context:
        records = lists.person_records(context.store, found=text)
    if not records:
        from ..errors import NotFound

        raise NotFound(_("Nobody's name, phone or e-mail holds “{text}”.", text=text))
    show(Listing(_columns(records), records), format)


@person_app.command("show")
def show_(
    person: PERSON,
    since: Annotated[Text, Option("--since", metavar="DATE|2m", help="When they came from this day on, each time by its date.")] = None,
    history: HISTORY_OPTION = False,
    answers: CONFIDED_OPTION = False,
    format: FORMAT_OPTION = "table",
) -> None:
    """A person on one page: what is next, how they come, match, goals, what is missing."""
    from .person_page import show_person

    show_person(person, "person", read_since(since, "since") if since else None, history, answers, read_format(format))


@person_app.command("edit")
@takes(VOLUNTEERS, "name", "called", "born", "phone", "email", "gender")
def edit(person: PERSON, typed: TypedOptions[VolunteerRow]) -> None:
    """Correct what is recorded about a person, whatever their history. Options left out change nothing; `none` clears a value."""
    require_change(typed.names)
    with writing("person edit") as context:
        who, changes = edit_person(context.people, context.rules, context.people.find_one(person), typed.resolve_references(context))
        text = changed_text(VOLUNTEERS, changes)
        context.confirm(
            _("{person}: {changes}. See: husrum person show {number}", person=who.display_name, changes=text, number=who.number)
        )


@person_app.command("list", shows=list_options)
def list_(
    group: Annotated[Text, Option("--group", metavar="G1", help="Who is enrolled in a group.")] = None,
    event: Annotated[Text, Option("--event", metavar="E1", help="Who was at an event.")] = None,
    waiting: Annotated[bool, Option("--waiting", help="Who waits for a Hjerteven.")] = False,
    young: Annotated[bool, Option("--young", help="Young people: who has enquired.")] = False,
    volunteers: Annotated[bool, Option("--volunteers", help="Volunteers, former ones included.")] = False,
    left: Annotated[bool, Option("--left", help="Who is no longer here.")] = False,
    never_came: Annotated[bool, Option("--never-came", help="Who was interviewed and never came to anything.")] = False,
    once: Annotated[bool, Option("--once", help="Who came once, interviews aside.")] = False,
    year: Annotated[Text, Option("--year", metavar="YEAR", help="The year of --never-came and --once; left out: until today.")] = None,
    not_seen_since: Annotated[
        Text, Option("--not-seen-since", metavar="DATE|2m", help="Who has come, is still here, and not since: a date, 2m, 1y.")
    ] = None,
    long_wait: Annotated[
        bool,
        Option("--long-wait", help="Who has waited for an interview for longer than half of the last twelve months' interviews took."),
    ] = False,
    missed: Annotated[
        Text, Option("--missed", metavar="N", help="Who was absent from the last N meetings of their group, excused ones left out.")
    ] = None,
    turns: Annotated[Text, Option("--turns", metavar="AGE", help="Who reaches an age, from today on.")] = None,
    by: Annotated[Text, Option("--by", metavar="DATE", help="Until when, for --turns; left out: the end of this year.")] = None,
    consent: Annotated[Text, Option("--consent", metavar="PURPOSE", help="Who has given a consent that is valid today.")] = None,
    lacks_consent: Annotated[Text, Option("--lacks-consent", metavar="PURPOSE", help="Who has not.")] = None,
    show_: SHOW_OPTION = None,
    format: FORMAT_OPTION = "table",
) -> None:
    """The people in the file, or those who meet every condition."""
    from ..domain.views.selection import Selection, birthdays, select_people

    format = read_format(format)
    contacts = read_contacts(show_)
    if young and volunteers:
        raise WrongInput(_("Choose one of --young, --volunteers."))
    if by and not turns:
        raise WrongInput(_("--by belongs to --turns."), "by")
    if year and not (never_came or once):
        raise WrongInput(_("--year belongs to --never-came and --once."), "year")
    chosen = Selection(
        waiting=waiting,
        young=young,
        volunteers=volunteers,
        left=left,
        never_came=never_came,
        once=once,
        year=read_year(year) if year else None,
        not_seen_since=read_since(not_seen_since, "not_seen_since") if not_seen_since else None,
        long_wait=long_wait,
        missed=read_count(missed, "missed", 1) if missed else None,
        turns=(read_count(turns, "turns", 1), read_coming_date(by, "by") if by else f"{today()[:4]}-12-31") if turns else None,
        consent=read_code(consent, PURPOSE, "consent") if consent else None,
        lacks_consent=read_code(lacks_consent, PURPOSE, "lacks_consent") if lacks_consent else None,
    )
    with reading() as context:
        among = select_people(
            context.store,
            chosen._replace(
                group=context.group(group) if group else None,
                event=context.event(event) if event else None,
            ),
        )
        birthday = birthdays(context.store, *chosen.turns) if chosen.turns else None
        records = lists.person_records(context.store, among=among, contacts=contacts, turns=birthday)
    more = {**({"turns": _("Turns {age}", age=turns)} if turns else {}), **contact_columns(contacts)}
    aside = frozenset({"called", "born", "is", "last_seen"}) if contacts else frozenset()
    show(Listing(_columns(records, more), records, data_only=aside), format)


@person_app.command("join")
def join(
    person: PERSON,
    other: Annotated[str, Argument(metavar="PERSON", help="The same person; the first one takes over the number.")],
    force: FORCE_OPTION = False,
) -> None:
    """The same person, entered twice: all of the second is united with the first, and both numbers find them."""
    with writing("person join", force) as context:
        kept, gone = context.people.find_one(person), context.people.find_one(other)
        if not (context.people.anonymised_on(kept) and context.people.anonymised_on(gone)):
            for each in (kept, gone):
                context.people.refuse_anonymised(each)
        dropped = joining.join(context.store, context.rules, kept, gone)
        for whose, what, value in dropped:
            context.confirm(_("Not kept of {other}: {what} {text}", other=whose.display_name, what=what, text=value))
        context.confirm(
            _(
                "{other} is now {person}. See: husrum person show {number}",
                other=gone.display_name,
                person=kept.display_name,
                number=kept.number,
            )
        )


@person_app.command("distinct")
def distinct(
    person: PERSON,
    other: Annotated[str, Argument(metavar="PERSON", help="Somebody else, who looks the same.")],
    remove: REMOVE_OPTION = False,
) -> None:
    """Two people, not one: nobody is asked again whether they are the same."""
    with writing("person distinct") as context:
        one, two = context.people.find_one(person), context.people.find_one(other)
        if remove:
            identity.unmark_distinct(context.store, one, two)
            context.confirm(_("{one} and {other} are no longer marked as two people.", one=one.display_name, other=two.display_name))
            return
        identity.mark_distinct(context.store, one, two)
        context.confirm(_("{one} and {other} are two people.", one=one.display_name, other=two.display_name))


@person_app.command("formerly")
def formerly(
    person: PERSON,
    name: Annotated[str, Argument(metavar="NAME", help="The name they had before.")],
    remove: REMOVE_OPTION = False,
) -> None:
    """A former name: people are found and recognised by it, and it is shown nowhere else."""
    former = read_name(name, "name")
    with writing("person formerly") as context:
        who = context.people.find_one(person)
        if remove:
            identity.remove_former_name(context.people, who, former)
            context.confirm(
                _("{person}: the former name is removed. See: husrum person show {number}", person=who.display_name, number=who.number)
            )
            return
        identity.add_former_name(context.people, who, former)
        context.confirm(
            _("{person} is found by the former name too. See: husrum person find {number}", person=who.display_name, number=who.number)
        )


@person_app.command("onward")
@takes(ONWARD, "to", required=("to",))
def onward(person: PERSON, typed: TypedOptions[OnwardRow], date: DATE_OPTION = None, remove: REMOVE_OPTION = False) -> None:
    """A young person moved on into another community."""
    day = read_day(None if remove else date)
    removed = read_removed_day(date) if remove else None
    with writing("person onward") as context:
        if remove:
            who, to = context.people.find_one(person), typed.values["to"]
            gone = remove_onward(context.store, who, find_partner(context.store, to, "to"), removed)
            confirm_removed(context, f"{who.display_name}, {to}", gone, f"husrum person show {who.number}")
            return
        row = typed.row(context, person=context.people.find_one(person), date=day)
        ONWARD.add(context, row)
        context.confirm(
            _(
                "{person}: moved on to {to} on {date}. See: husrum person show {number}",
                person=row.person.display_name,
                to=row.to,
                date=day,
                number=row.person.number,
            )
        )


@person_app.command("leave")
def leave(person: PERSON, date: DATE_OPTION = None, reason: REASON_OPTION = None, remove: REMOVE_OPTION = False) -> None:
    """Someone is no longer here. It takes them off the waiting list and the lists of the day."""
    day, given = read_day(None if remove else date), read_given_reason(reason)
    removed = read_removed_day(date) if remove else None
    with writing("person leave") as context:
        who = context.people.find_one(person)
        what, see = _("{person}, leaving", person=who.display_name), f"husrum person show {who.number}"
        if remove:
            confirm_removed(context, what, remove_leaving(context.store, who, removed), see)
            return
        changes = leaving.correct_leaving(context.store, who, ANY_DAY if date is None else day, given)
        if changes is not None:
            confirm_changed(context, what, LEAVING, changes, see)
            return
        leaving.add_leaving(context.store, context.rules, who, day, given.get("reason"))
        context.confirm(
            _("{person}: left on {date}. See: husrum person show {number}", person=who.display_name, date=day, number=who.number)
        )


@person_app.command("consent")
@takes(CONSENTS, "given", "withdrawn")
def consent(
    person: PERSON,
    purpose: Annotated[str, Argument(metavar="PURPOSE", help="{purpose}")],
    typed: TypedOptions[ConsentRow],
    remove: REMOVE_OPTION = False,
) -> None:
    """A consent was given or withdrawn. `none` clears a day that was entered by mistake."""
    typed = typed.with_options({"purpose": purpose})
    with writing("person consent") as context:
        if remove:
            who = context.people.find_one(person)
            gone = remove_consent(context.store, who, typed.values["purpose"], removed_day(typed, "given"))
            what = f"{who.display_name}, {spoken(PURPOSE, typed.values['purpose'])}"
            confirm_removed(context, what, gone, f"husrum person show {who.number}")
            return
        if cleared := typed.cleared & {"given", "withdrawn"}:
            if len(cleared) > 1 or "withdrawn" in typed.values:
                raise WrongInput(_("given: clear one day at a time."), "given")
            who = context.people.find_one(person)
            changes = clear_consent(
                context.store, context.rules, who, typed.values["purpose"], next(iter(cleared)), typed.values.get("given", ANY_DAY)
            )
            what = f"{who.display_name}, {spoken(PURPOSE, typed.values['purpose'])}"
            confirm_changed(context, what, CONSENTS, changes, f"husrum person show {who.number}")
            return
        row = typed.row(context, person=context.people.find_one(person))
        if row.withdrawn is None and "given" not in typed:
            row = row._replace(given=today())
        CONSENTS.add(context, row)
        what = (
            _("withdrawn on {date}", date=row.withdrawn) if row.withdrawn else _("given on {date}", date=row.given or _("an unknown date"))
        )
        context.confirm(
            _(
                "{person}: {purpose} {what}. See: husrum person show {number}",
                person=row.person.display_name,
                purpose=spoken(PURPOSE, row.purpose),
                what=what,
                number=row.person.number,
            )
        )
