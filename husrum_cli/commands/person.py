"""`husrum person`: finding people, and what is held about one."""

from typing import Annotated

import typer

from ..domain.activities import events, groups
from ..domain.people import consents, leaving, lookup
from ..domain.people.join import join as join_people
from ..domain.views import lists
from ..errors import WrongInput
from ..i18n import _
from ..input.choices import spoken
from ..input.dates import today
from ..render.listing import Listing, read_format
from ..rowtypes.columns import column_word, read_typed
from ..vocabulary import PURPOSE
from . import privacy
from .app import Command, noun
from .context import DATE_OPTION, FORCE_OPTION, FORMAT_OPTION, PERSON, REASON, reading, writing
from .lists import show
from .options import BORN, CALLED, EMAIL, GENDER, PHONE

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


@person_app.command("find", cls=Command)
def find(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="A number, or some of a name; case and accents don't matter.")],
    format: FORMAT_OPTION = "table",
) -> None:
    """Everybody whose name holds the text."""
    format = read_format(format)
    with reading() as book:
        records = lists.people(book.store, found=text)
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
    with reading() as book:
        page = pages.person_page(book.store, book.people.one(person))
    show_page(page, format)


@person_app.command("edit", cls=Command)
def edit(
    person: PERSON,
    name: Annotated[_Text, typer.Option("--name", metavar="TEXT", help="Their right name.")] = None,
    called: CALLED = None,
    born: BORN = None,
    phone: PHONE = None,
    email: EMAIL = None,
    gender: GENDER = None,
) -> None:
    """Correct what is held about a person, whatever their history. `none` takes a called name, phone or e-mail away."""
    typed = {"name": name, "called": called, "born": born, "phone": phone, "email": email}
    emptied = [column for column in ("called", "born", "phone", "email") if (typed[column] or "").strip().casefold() in ("none", "ingen")]
    values = read_typed("volunteers", **{column: text for column, text in typed.items() if column not in emptied}, gender=gender)
    values |= dict.fromkeys(emptied)
    if not values:
        raise WrongInput(_("Nothing to change was named."))
    with writing("person edit") as book:
        who = book.people.one(person)
        lookup.edit(book.people, who, values)
        book.confirm(
            _(
                "{person}: {columns} changed. See: husrum person show {number}",
                person=who.shown,
                columns=", ".join(column_word(column) for column in values),
                number=who.number,
            )
        )


@person_app.command("list", cls=Command)
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
    with reading() as book:
        among = None
        if group:
            among = set(groups.enrolled(book.store, groups.find_group(book.store, group), today()))
        if event:
            there = lists.present_at_event(book.store, events.find_event(book.store, event))
            among = there if among is None else among & there
        if waiting:
            listed = {record["id"] for record in lists.waiting_ids(book.store)}
            among = listed if among is None else among & listed
        records = lists.people(book.store, among=among, contact=show_)
    more = {show_: _("Phone") if show_ == "phone" else _("E-mail")} if show_ else None
    show(Listing(_columns(records, more), records), format)


@person_app.command("join", cls=Command)
def join(
    person: PERSON,
    other: Annotated[str, typer.Argument(metavar="PERSON", help="The same human, whose number goes over to the first.")],
    force: FORCE_OPTION = False,
) -> None:
    """The same human was entered twice: all of the second becomes the first's, and both numbers find them."""
    with writing("person join", force) as book:
        kept, gone = book.people.one(person), book.people.one(other)
        join_people(book.store, book.rules, kept, gone)
        book.confirm(
            _("{other} is now {person}. See: husrum person show {number}", other=gone.shown, person=kept.shown, number=kept.number)
        )


@person_app.command("onward", cls=Command)
def onward(
    person: PERSON,
    to: Annotated[str, typer.Option("--to", metavar="TEXT", help="The community they moved on into.")],
    date: DATE_OPTION = None,
) -> None:
    """A young person moved on into another community."""
    values = read_typed("onward", to=to, date=date)
    with writing("person onward") as book:
        who, day = book.people.one(person), values.get("date", today())
        leaving.onward(book.store, book.rules, who, values["to"], day)
        book.confirm(
            _(
                "{person}: moved on to {to} on {date}. See: husrum person show {number}",
                person=who.shown,
                to=values["to"],
                date=day,
                number=who.number,
            )
        )


@person_app.command("leave", cls=Command)
def leave(person: PERSON, date: DATE_OPTION = None, reason: REASON = None) -> None:
    """Someone is no longer here. It takes them off the waiting list and the lists of the day."""
    values = read_typed("leaving", date=date, reason=reason)
    with writing("person leave") as book:
        who, day = book.people.one(person), values.get("date", today())
        leaving.leave(book.store, book.rules, who, day, values.get("reason"))
        book.confirm(_("{person}: left on {date}. See: husrum person show {number}", person=who.shown, date=day, number=who.number))


@person_app.command("consent", cls=Command)
def consent(
    person: PERSON,
    purpose: Annotated[str, typer.Argument(metavar="PURPOSE", help="health_data, national_linking, research, quotes_photos")],
    given: Annotated[_Text, typer.Option("--given", metavar="DATE", help="When it was given; left out: today.")] = None,
    withdrawn: Annotated[_Text, typer.Option("--withdrawn", metavar="DATE", help="When it was withdrawn.")] = None,
) -> None:
    """A consent was given or withdrawn."""
    values = read_typed("consents", purpose=purpose, given=given, withdrawn=withdrawn)
    if "given" not in values and "withdrawn" not in values:
        values["given"] = today()
    with writing("person consent") as book:
        who = book.people.one(person)
        consents.consent(book.store, book.rules, who, values["purpose"], values.get("given"), values.get("withdrawn"))
        what = _("withdrawn on {date}", date=values["withdrawn"]) if "withdrawn" in values else _("given on {date}", date=values["given"])
        book.confirm(
            _(
                "{person}: {purpose} {what}. See: husrum person show {number}",
                person=who.shown,
                purpose=spoken(PURPOSE, values["purpose"]),
                what=what,
                number=who.number,
            )
        )
