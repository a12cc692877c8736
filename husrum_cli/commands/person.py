"""`husrum person`: finding people, and what is held about one."""

from typing import Annotated

import typer

from ..domain.activities import groups
from ..domain.people import identity, leaving, lookup
from ..domain.people import join as joining
from ..domain.views import lists
from ..errors import WrongInput
from ..i18n import _
from ..input.choices import spoken
from ..input.dates import today
from ..input.text import read_name
from ..render.listing import Listing, read_format
from ..rowtypes.departures import CONSENTS, ONWARD, ConsentRow, OnwardRow
from ..rowtypes.typed import Typed
from ..rowtypes.volunteers import VOLUNTEERS, VolunteerRow
from ..vocabulary import PURPOSE
from . import privacy
from .app import Command, ListCommand, noun
from .column_options import takes
from .context import reading, writing
from .lists import show
from .options import DATE_OPTION, FORCE_OPTION, FORMAT_OPTION, PERSON, REASON_OPTION, read_day, read_reason

person_app = noun("Find and look at people.")
for _verb in (privacy.export, privacy.anonymise, privacy.erase):
    person_app.command(_verb.__name__, cls=Command)(_verb)
_Text = str | None


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


@person_app.command("find", cls=ListCommand)
def find(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A number, or some of a name; case and accents don't matter.")],
    format: FORMAT_OPTION = "table",
) -> None:
    """Everybody whose name holds the text."""
    format = read_format(format)
    with reading() as context:
        records = lists.people(context.store, found=text)
    if not records:
        from ..errors import NotFound

        raise NotFound(_("Nobody's name holds “{text}”.", text=text))
    show(Listing(_columns(records), records), format)


@person_app.command("show", cls=Command)
def show_(person: PERSON, format: FORMAT_OPTION = "table") -> None:
    """What is held about a person: history, groups, attendance, match."""
    from ..domain.views import pages
    from .lists import show_page

    format = read_format(format)
    with reading() as context:
        page = pages.person_page(context.store, context.people.one(person))
    show_page(page, format)


@person_app.command("edit", cls=Command)
@takes(VOLUNTEERS, "name", "called", "born", "phone", "email", "gender")
def edit(person: PERSON, typed: Typed[VolunteerRow]) -> None:
    """Correct what is held about a person, whatever their history. `none` takes a called name, phone or e-mail away."""
    if not typed.names:
        raise WrongInput(_("Nothing to change was named."))
    with writing("person edit") as context:
        who, row = context.people.one(person), typed.row(context)
        who = lookup.edit(context.people, who, row.facts, row.gender, typed.cleared)
        context.confirm(
            _(
                "{person}: {columns} changed. See: husrum person show {number}",
                person=who.shown,
                columns=", ".join(VOLUNTEERS.word(name) for name in typed.names),
                number=who.number,
            )
        )


@person_app.command("list", cls=ListCommand)
def list_(
    group: Annotated[_Text, typer.Option("--group", metavar="G1", help="Who is enrolled in a group.")] = None,
    event: Annotated[_Text, typer.Option("--event", metavar="E1", help="Who was at an event.")] = None,
    waiting: Annotated[bool, typer.Option("--waiting", help="Who waits for a Hjerteven.")] = False,
    show_: Annotated[_Text, typer.Option("--show", metavar="phone|email", help="Their phone or e-mail too, to write to them.")] = None,
    format: FORMAT_OPTION = "table",
) -> None:
    """The people in the file, or those of a group, an event or the waiting list."""
    format = read_format(format)
    if show_ not in (None, "phone", "email"):
        raise WrongInput(_("show: “{text}” is neither phone nor email.", text=show_), "show")
    with reading() as context:
        among = None
        if group:
            among = set(groups.enrolled(context.store, context.group(group), today()))
        if event:
            there = lists.present_at_event(context.store, context.event(event))
            among = there if among is None else among & there
        if waiting:
            listed = {record["id"] for record in lists.waiting_ids(context.store)}
            among = listed if among is None else among & listed
        records = lists.people(context.store, among=among, contact=show_)
    more = {show_: _("Phone") if show_ == "phone" else _("E-mail")} if show_ else None
    show(Listing(_columns(records, more), records), format)


@person_app.command("join", cls=Command)
def join(
    person: PERSON,
    other: Annotated[str, typer.Argument(metavar="PERSON", help="The same person; the first one takes over the number.")],
    force: FORCE_OPTION = False,
) -> None:
    """The same person, entered twice: all of the second is united with the first, and both numbers find them."""
    with writing("person join", force) as context:
        kept, gone = context.people.one(person), context.people.one(other)
        dropped = joining.join(context.store, context.rules, kept, gone)
        for what, value in dropped:
            context.confirm(_("Not kept of {other}: {what} {text}", other=gone.shown, what=what, text=value))
        context.confirm(
            _("{other} is now {person}. See: husrum person show {number}", other=gone.shown, person=kept.shown, number=kept.number)
        )


@person_app.command("distinct", cls=Command)
def distinct(person: PERSON, other: Annotated[str, typer.Argument(metavar="PERSON", help="Somebody else, who looks the same.")]) -> None:
    """Two people, not one: nobody is asked again whether they are the same."""
    with writing("person distinct") as context:
        one, two = context.people.one(person), context.people.one(other)
        identity.mark_distinct(context.store, one, two)
        context.confirm(_("{one} and {other} are two people.", one=one.shown, other=two.shown))


@person_app.command("formerly", cls=Command)
def formerly(person: PERSON, name: Annotated[str, typer.Argument(metavar="NAME", help="The name they had before.")]) -> None:
    """A former name: people are found and recognised by it, and it is shown nowhere else."""
    former = read_name(name, "name")
    with writing("person formerly") as context:
        who = context.people.one(person)
        identity.add_former_name(context.people, who, former)
        context.confirm(
            _("{person} is found by the former name too. See: husrum person find {number}", person=who.shown, number=who.number)
        )


@person_app.command("onward", cls=Command)
@takes(ONWARD, "to", required=("to",))
def onward(person: PERSON, typed: Typed[OnwardRow], date: DATE_OPTION = None) -> None:
    """A young person moved on into another community."""
    day = read_day(date)
    with writing("person onward") as context:
        row = typed.row(context, person=context.people.one(person), date=day)
        ONWARD.add(context, row)
        context.confirm(
            _(
                "{person}: moved on to {to} on {date}. See: husrum person show {number}",
                person=row.person.shown,
                to=row.to,
                date=day,
                number=row.person.number,
            )
        )


@person_app.command("leave", cls=Command)
def leave(person: PERSON, date: DATE_OPTION = None, reason: REASON_OPTION = None) -> None:
    """Someone is no longer here. It takes them off the waiting list and the lists of the day."""
    day, why = read_day(date), read_reason(reason)
    with writing("person leave") as context:
        who = context.people.one(person)
        leaving.leave(context.store, context.rules, who, day, why)
        context.confirm(_("{person}: left on {date}. See: husrum person show {number}", person=who.shown, date=day, number=who.number))


@person_app.command("consent", cls=Command)
@takes(CONSENTS, "given", "withdrawn")
def consent(
    person: PERSON,
    purpose: Annotated[str, typer.Argument(metavar="PURPOSE", help="health_data, national_linking, research, quotes_photos")],
    typed: Typed[ConsentRow],
) -> None:
    """A consent was given or withdrawn."""
    typed = typed.and_typed({"purpose": purpose})
    with writing("person consent") as context:
        row = typed.row(context, person=context.people.one(person))
        if row.withdrawn is None and "given" not in typed:
            row = row._replace(given=today())
        CONSENTS.add(context, row)
        what = (
            _("withdrawn on {date}", date=row.withdrawn) if row.withdrawn else _("given on {date}", date=row.given or _("an unknown date"))
        )
        context.confirm(
            _(
                "{person}: {purpose} {what}. See: husrum person show {number}",
                person=row.person.shown,
                purpose=spoken(PURPOSE, row.purpose),
                what=what,
                number=row.person.number,
            )
        )
