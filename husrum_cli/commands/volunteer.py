"""`husrum volunteer`: volunteers, their roles and what was seen of their papers."""

from typing import Annotated

from ..domain.corrections import ANY_DAY, require_change
from ..domain.people.lookup import Person
from ..domain.views import lists
from ..domain.volunteers import volunteers
from ..domain.volunteers.applications import with_application
from ..domain.volunteers.edit import edit_volunteer, remove_attest, remove_role, reopen_role
from ..domain.volunteers.hours import edit_hours, hours_in_words, remove_hours
from ..i18n import N_, _, many
from ..input.choices import read_code, spoken
from ..input.dates import read_since, read_year, today
from ..render.listing import Listing, read_format
from ..rowtypes.context import CommandContext
from ..rowtypes.typed import TypedOptions, read_options
from ..rowtypes.volunteers import ATTESTS, HOURS, ROLES, VOLUNTEERS, HoursRow, RoleRow, VolunteerRow, add_volunteer
from ..vocabulary import ATTEST, EVENT_KIND, ROLE
from . import applications
from .app import list_options
from .column_options import prompt_for_column, takes
from .context import reading, writing
from .corrections import changed_text, confirm_changed, confirm_removed, names_except_corrections, removed_day, warn_of_changes
from .declarations import Argument, Noun, Option
from .lists import show
from .options import (
    CONFIDED_OPTION,
    CORRECT_OPTION,
    DATE_OPTION,
    FORCE_OPTION,
    FORMAT_OPTION,
    HISTORY_OPTION,
    MAYBE_NAME,
    NEW_DATE_OPTION,
    REMOVE_OPTION,
    SHOW_OPTION,
    VOLUNTEER,
    Text,
    contact_columns,
    read_contacts,
    read_day,
    read_new_date,
)

volunteer_app = Noun("Volunteers, their roles and papers.")
for _verb in (applications.apply, applications.decline):
    volunteer_app.command(_verb.__name__)(_verb)

_CORRECTED = ("name", "called", "born", "joined", "recruited_through", "gender", "phone", "email", "note")


@volunteer_app.command("add")
@takes(
    VOLUNTEERS,
    *("role", "person", "called", "born", "joined", "intro_course", "recruited_through", "ref", "gender", "phone", "email", "note"),
)
def add(typed: TypedOptions[VolunteerRow], name: MAYBE_NAME = None) -> None:
    """A new volunteer, or someone in the file who becomes one."""
    if name is None and "person" not in typed:
        name = prompt_for_column(VOLUNTEERS, "name")
    typed = typed.with_options({"name": name, "role": None if "role" in typed.values else [prompt_for_column(VOLUNTEERS, "role")]})
    with writing("volunteer add") as context:
        who, since = _add(context, typed)
        context.confirm(
            _(
                "{person}: {roles} from {date}. See: husrum volunteer show {number}",
                person=who.display_name,
                roles=", ".join(spoken(ROLE, role) for role in typed.values["role"]),
                date=since or _("an unknown date"),
                number=who.number,
            )
        )


def _add(context: CommandContext, typed: TypedOptions[VolunteerRow]) -> tuple[Person, str | None]:
    """Write the volunteer, and return who it is, and since when they have the new roles. The day on which a volunteer joined stays."""
    row = typed.row(context)
    since = row.joined or (None if "joined" in typed.cleared else today())
    if row.joined is None and not (row.person and volunteers.is_volunteer(context.store, row.person)):
        row = row._replace(joined=since)
    if row.person and not volunteers.is_volunteer(context.store, row.person):
        profile = volunteers.Profile(row.joined, row.recruited_through, row.gender, row.note)
        row = row._replace(**with_application(context.store, row.person, profile)._asdict())
    person = add_volunteer(context, row, since)
    if cleared := typed.cleared.intersection(_CORRECTED) - {"name", "joined"}:
        person, changes = edit_volunteer(context.people, context.rules, person, dict.fromkeys(cleared))
        warn_of_changes(context, person, VOLUNTEERS, changes)
    return person, since


@volunteer_app.command("edit")
@takes(
    VOLUNTEERS,
    *_CORRECTED,
    help={"joined": N_("The right day; roles that began on it move with it.")},
)
def edit(volunteer: VOLUNTEER, typed: TypedOptions[VolunteerRow]) -> None:
    """Correct what is recorded about a volunteer. Options left out change nothing; `none` clears a value."""
    require_change(typed.names)
    with writing("volunteer edit") as context:
        who = context.people.find_one(volunteer, "volunteer")
        who, changes = edit_volunteer(context.people, context.rules, who, typed.resolve_references(context))
        text = changed_text(VOLUNTEERS, changes)
        context.confirm(
            _("{person}: {changes}. See: husrum volunteer show {number}", person=who.display_name, changes=text, number=who.number)
        )


@volunteer_app.command("role")
@takes(ROLES, "from", "to")
def role_(
    volunteer: VOLUNTEER,
    role: Annotated[str, Argument(metavar="ROLE", help="{role}")],
    typed: TypedOptions[RoleRow],
    remove: REMOVE_OPTION = False,
) -> None:
    """A volunteer takes on a role, or lays it down."""
    typed = typed.with_options({"role": role})
    with writing("volunteer role") as context:
        if remove:
            who = context.people.find_one(volunteer, "volunteer")
            since = remove_role(context.store, context.rules, who, typed.values["role"], removed_day(typed, "from"))
            what = f"{who.display_name}, {spoken(ROLE, typed.values['role'])}"
            confirm_removed(context, what, since, f"husrum volunteer show {who.number}")
            return
        row = typed.row(context, volunteer=context.people.find_one(volunteer, "volunteer"))
        who, what = row.volunteer, spoken(ROLE, row.role)
        if "to" in typed.cleared:
            changes = reopen_role(context.store, who, row.role, typed.values.get("from", ANY_DAY))
            confirm_changed(context, f"{who.display_name}, {what}", ROLES, changes, f"husrum volunteer show {who.number}")
            return
        if row.to is not None and "from" not in typed:
            volunteers.end_role(context.store, who, row.role, row.to)
            text = _("{person}: {role} until {date}.", person=who.display_name, role=what, date=row.to)
        else:
            row = typed.row(context, volunteer=who, from_=today())
            ROLES.add(context, row)
            text = _("{person}: {role} from {date}.", person=who.display_name, role=what, date=row.from_ or _("an unknown date"))
        context.confirm(f"{text} {_('See: {command}', command=f'husrum volunteer show {who.number}')}")


@volunteer_app.command("attest")
def attest(
    volunteer: VOLUNTEER,
    kind: Annotated[str, Argument(metavar="KIND", help="{attest}")],
    date: DATE_OPTION = None,
    remove: REMOVE_OPTION = False,
    force: FORCE_OPTION = False,
) -> None:
    """The day something was seen, never its content."""
    typed = read_options(ATTESTS, {"kind": kind, "date": date})
    with writing("volunteer attest", force) as context:
        if remove:
            who = context.people.find_one(volunteer, "volunteer")
            day = remove_attest(context.store, context.rules, who, typed.values["kind"], removed_day(typed, "date"))
            what = f"{who.display_name}, {spoken(ATTEST, typed.values['kind'])}"
            confirm_removed(context, what, day, f"husrum volunteer show {who.number}")
            return
        row = typed.row(context, volunteer=context.people.find_one(volunteer, "volunteer"), date=today())
        ATTESTS.add(context, row)
        context.confirm(
            _(
                "{person}: {kind} seen on {date}. See: husrum volunteer show {number}",
                person=row.volunteer.display_name,
                kind=spoken(ATTEST, row.kind),
                date=row.date or _("an unknown date"),
                number=row.volunteer.number,
            )
        )


@volunteer_app.command("leave")
def leave(volunteer: VOLUNTEER, date: DATE_OPTION = None) -> None:
    """A volunteer stops: all their roles end."""
    day = read_day(date)
    with writing("volunteer leave") as context:
        who = context.people.find_one(volunteer, "volunteer")
        ended = volunteers.leave_volunteering(context.store, context.rules, who, day)
        text = many(
            "{person}: {number} role ended on {date}.",
            "{person}: {number} roles ended on {date}.",
            ended,
            person=who.display_name,
            date=day,
        )
        context.confirm(f"{text} {_('See: {command}', command=f'husrum volunteer show {who.number}')}")


@volunteer_app.command("hours")
@takes(HOURS, "date", "what")
def hours_(
    volunteer: VOLUNTEER,
    typed: TypedOptions[HoursRow],
    hours: Annotated[Text, Argument(metavar="[H]", help="How many, like 2.5 or 2,5.")] = None,
    remove: REMOVE_OPTION = False,
    correct: CORRECT_OPTION = False,
    new_date: NEW_DATE_OPTION = None,
) -> None:
    """Hours that a volunteer gave, other than at occasions whose length is known."""
    moved = read_new_date(new_date, correct)
    if not (remove or correct):
        typed = typed.with_options({name: prompt_for_column(HOURS, name) for name in ("date",) if name not in typed})
        hours = hours or prompt_for_column(HOURS, "hours")
    typed = typed.with_options({"hours": hours})
    with writing("volunteer hours") as context:
        who = context.people.find_one(volunteer, "volunteer")
        see = f"husrum volunteer show {who.number}"
        if remove:
            gone = remove_hours(context.store, who, removed_day(typed, "date"), typed.values.get("hours"))
            confirm_removed(context, _("{person}, hours", person=who.display_name), gone, see)
            return
        if correct:
            changes = edit_hours(
                context.store, context.rules, who, removed_day(typed, "date"), names_except_corrections(context, typed, "date") | moved
            )
            confirm_changed(context, who.display_name, HOURS, changes, see)
            return
        row = typed.row(context, volunteer=who)
        HOURS.add(context, row)
        text = _("{person}: {hours} on {date}.", person=row.volunteer.display_name, hours=hours_in_words(row.hours),
                 date=row.date or _("an unknown date"))  # fmt: skip
        context.confirm(f"{text} {_('See: {command}', command=see)}")


@volunteer_app.command("list", shows=list_options)
def list_(
    all_: Annotated[bool, Option("--all", help="Former volunteers too.")] = False,
    active: Annotated[bool, Option("--active", help="Who holds a role today.")] = False,
    applied: Annotated[bool, Option("--applied", help="Who has applied and not been answered.")] = False,
    role: Annotated[Text, Option("--role", metavar="ROLE", help="Who holds this role today.")] = None,
    lacks: Annotated[
        Text,
        Option(
            "--lacks",
            metavar="KIND",
            help="Who lacks it: intro_course, confidentiality, criminal_record (also a lapsed one), supervision (for a year).",
        ),
    ] = None,
    not_led_since: Annotated[
        Text, Option("--not-led-since", metavar="DATE|1y", help="Who holds a role and has not led anything since: a date, 1y.")
    ] = None,
    hours: Annotated[
        Text, Option("--hours", metavar="YEAR", help="What each gave in a year, to thank them: hours, meetings, events.")
    ] = None,
    show_: SHOW_OPTION = None,
    format: FORMAT_OPTION = "table",
) -> None:
    """The volunteers, or those who meet every condition."""
    from ..domain.views.selection import VolunteerSelection, select_volunteers
    from ..domain.views.volunteer_lists import applicant_records, hours_of_year

    format = read_format(format)
    contacts = read_contacts(show_)
    chosen = VolunteerSelection(
        active=active,
        applied=applied,
        role=read_code(role, ROLE, "role") if role else None,
        lacks=read_code(lacks, {**ATTEST, "supervision": EVENT_KIND["supervision"]}, "lacks") if lacks else None,
        not_led_since=read_since(not_led_since, "not_led_since") if not_led_since else None,
    )
    thanked = read_year(hours, "hours") if hours else None
    with reading() as context:
        among = select_volunteers(context.store, chosen)
        if thanked:
            records = hours_of_year(context.store, thanked, among, contacts)
        elif applied:
            records = applicant_records(context.store, among or set(), contacts)
        else:
            records = lists.volunteer_records(context.store, all_, among, contacts)
    if format == "table":
        records = [
            {**record, "intro_course": _("day unknown")} if record.get("intro_course") == "unknown" else record for record in records
        ]
    columns = {**lists.branch_column(records), "volunteer": _("Number"), "name": _("Name")}
    if thanked:
        columns |= {"called": _("Called"), "hours": _("Hours"), "meetings": _("Meetings of groups"), "events": _("Events")}
        columns |= {"pairs": _("Meetings with a young person")}
    elif applied:
        columns |= {"applied": _("Applied"), "for": _("As"), "recruited_through": _("Came through"), "intro_course": _("Intro course")}
    else:
        columns |= {"roles": _("Roles"), "joined": _("Joined"), "left": _("Left"), "intro_course": _("Intro course")}
        columns |= {"befriends": _("Hjerteven for")}
    aside = frozenset({"joined", "left", "intro_course", "befriends", "recruited_through"}) if contacts else frozenset()
    show(Listing({**columns, **contact_columns(contacts)}, records, data_only=aside), format)


@volunteer_app.command("show")
def show_(volunteer: VOLUNTEER, history: HISTORY_OPTION = False, answers: CONFIDED_OPTION = False, format: FORMAT_OPTION = "table") -> None:
    """A volunteer on one page: roles, papers, what they do this year, supervision, hours, match."""
    from .person_page import show_person

    show_person(volunteer, "volunteer", None, history, answers, read_format(format))
