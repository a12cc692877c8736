"""`husrum volunteer`: volunteers, their roles and what was seen of their papers."""

from typing import Annotated

import typer

from ..domain.views import lists
from ..domain.volunteers import volunteers
from ..i18n import _, many
from ..input.choices import spoken
from ..input.dates import today
from ..render.listing import Listing, read_format
from ..rowtypes.columns import read_typed
from ..rowtypes.rowtype import resolve
from ..vocabulary import ATTEST, ROLE
from .app import Command, noun
from .context import DATE_OPTION, FORMAT_OPTION, NOTE_OPTION, reading, writing
from .lists import show
from .options import BORN, CALLED, EMAIL, GENDER, NUMBER, PERSON_OPTION, PHONE, required_name

volunteer_app = noun("Volunteers, their roles and papers.")
_Text = str | None
VOLUNTEER = Annotated[str, typer.Argument(metavar="VOLUNTEER", help="Number, name, or enough of it.")]


@volunteer_app.command("add", cls=Command)
def add(
    role: Annotated[list[str], typer.Option("--role", metavar="CODE", help="leader, peer, organiser, online, befriender; may be repeated")],
    name: Annotated[_Text, typer.Argument(metavar="NAME", help="Their full name.")] = None,
    person: PERSON_OPTION = None,
    called: CALLED = None,
    born: BORN = None,
    joined: Annotated[_Text, typer.Option("--joined", metavar="DATE", help="Since when; left out: today.")] = None,
    intro_course: Annotated[_Text, typer.Option("--intro-course", metavar="DATE", help="When they took the intro course.")] = None,
    recruited_through: Annotated[
        _Text, typer.Option("--recruited-through", metavar="CODE|TEXT", help="facebook_group, parish_network, frivilligjob, …")
    ] = None,
    ref: NUMBER = None,
    gender: GENDER = None,
    phone: PHONE = None,
    email: EMAIL = None,
    note: NOTE_OPTION = None,
) -> None:
    """A new volunteer, or someone in the file who becomes one."""
    from ..rowtypes.registry import KINDS

    if name is None and person is None:
        name = required_name()
    values = read_typed(
        "volunteers", name=name, person=person, called=called, born=born, joined=joined, role=role, intro_course=intro_course, recruited_through=recruited_through, ref=ref,
        gender=gender, phone=phone, email=email, note=note,
    )  # fmt: skip
    values.setdefault("joined", today())
    with writing("volunteer add") as book:
        values = resolve(book, "volunteers", values)
        KINDS["volunteers"].add(book, values)
        who, roles = values["person"], ", ".join(spoken(ROLE, role) for role in values["role"])
        book.confirm(
            _(
                "{person}: {roles} from {date}. See: husrum volunteer show {number}",
                person=who.shown,
                roles=roles,
                date=values["joined"],
                number=who.number,
            )
        )


@volunteer_app.command("role", cls=Command)
def role_(
    volunteer: VOLUNTEER,
    role: Annotated[str, typer.Argument(metavar="ROLE", help="leader, peer, organiser, online, befriender")],
    from_: Annotated[_Text, typer.Option("--from", metavar="DATE", help="Since when; left out: today.")] = None,
    to: Annotated[_Text, typer.Option("--to", metavar="DATE", help="Until when. Alone, it ends a period that runs.")] = None,
) -> None:
    """A volunteer takes on a role, or lays it down."""
    values = read_typed("roles", role=role, from_=from_, to=to)
    with writing("volunteer role") as book:
        who = book.people.one(volunteer, "volunteer")
        if "to" in values and "from" not in values:
            volunteers.end_role(book.store, who, values["role"], values["to"])
            text = _("{person}: {role} until {date}.", person=who.shown, role=spoken(ROLE, values["role"]), date=values["to"])
        else:
            since = values.get("from", today())
            volunteers.add_role(book.store, who, values["role"], since, values.get("to"))
            text = _("{person}: {role} from {date}.", person=who.shown, role=spoken(ROLE, values["role"]), date=since)
        book.confirm(f"{text} {_('See: {command}', command=f'husrum volunteer show {who.number}')}")


@volunteer_app.command("attest", cls=Command)
def attest(
    volunteer: VOLUNTEER,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="intro_course, confidentiality, criminal_record")],
    date: DATE_OPTION = None,
) -> None:
    """The day something was seen, never its content."""
    values = read_typed("attests", kind=kind, date=date)
    with writing("volunteer attest") as book:
        who, day = book.people.one(volunteer, "volunteer"), values.get("date", today())
        volunteers.attest(book.store, book.rules, who, values["kind"], day)
        book.confirm(
            _(
                "{person}: {kind} seen on {date}. See: husrum volunteer show {number}",
                person=who.shown,
                kind=spoken(ATTEST, values["kind"]),
                date=day,
                number=who.number,
            )
        )


@volunteer_app.command("leave", cls=Command)
def leave(volunteer: VOLUNTEER, date: DATE_OPTION = None) -> None:
    """A volunteer stops: all their roles end."""
    day = read_typed("attests", date=date).get("date", today())
    with writing("volunteer leave") as book:
        who = book.people.one(volunteer, "volunteer")
        ended = volunteers.leave_volunteering(book.store, book.rules, who, day)
        text = many(
            "{person}: {number} role ended on {date}.", "{person}: {number} roles ended on {date}.", ended, person=who.shown, date=day
        )
        book.confirm(f"{text} {_('See: {command}', command=f'husrum volunteer show {who.number}')}")


@volunteer_app.command("list", cls=Command)
def list_(all_: Annotated[bool, typer.Option("--all", help="Former volunteers too.")] = False, format: FORMAT_OPTION = "table") -> None:
    """The volunteers."""
    format = read_format(format)
    with reading() as book:
        records = lists.volunteers(book.store, all_)
    columns = {
        "volunteer": _("Number"),
        "name": _("Name"),
        "roles": _("Roles"),
        "joined": _("Joined"),
        "left": _("Left"),
        "intro_course": _("Intro course"),
        "befriends": _("Hjerteven for"),
    }
    show(Listing({**lists.branch_column(records), **columns}, records), format)


@volunteer_app.command("show", cls=Command)
def show_(volunteer: VOLUNTEER, format: FORMAT_OPTION = "table") -> None:
    """A volunteer: roles, papers, groups, matches."""
    from ..domain.views import pages
    from .lists import show_page

    format = read_format(format)
    with reading() as book:
        page = pages.person_page(book.store, book.people.one(volunteer, "volunteer"))
    show_page(page, format)
