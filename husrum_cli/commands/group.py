"""`husrum group`: talk groups and network groups."""

from typing import Annotated

from ..domain.activities import edit as activity_edit
from ..domain.activities import groups
from ..domain.corrections import ANY_DAY, require_change
from ..domain.people.lookup import but_passed_over
from ..domain.settings import setting
from ..domain.volunteers.papers import warn_of_papers
from ..errors import WrongInput
from ..i18n import N_, _, many
from ..input.dates import day_in_words, read_coming_date, read_date, today, weekday
from ..input.text import read_name
from ..render.listing import Listing, read_format
from ..rowtypes.context import CommandContext
from ..rowtypes.groups import ENROLMENTS, GROUPS, LEADERS, GroupRow, LeaderRow, new_group
from ..rowtypes.meetings import MEETINGS, MeetingRow
from ..rowtypes.typed import TypedOptions
from .app import interactive, list_options
from .column_options import takes
from .context import reading, rehearsing, writing
from .corrections import changed_text, confirm_changed, confirm_removed, day_among, removed_day, replaced_text
from .declarations import Argument, Noun, Option
from .forms.attendance import record_text
from .forms.tick_list import draft_on_failure, options_of_draft, tick, turnout_of
from .lists import show
from .options import (
    DATE_OPTION,
    FORCE_OPTION,
    FORCE_REASON_OPTION,
    FORMAT_OPTION,
    NOTE_OPTION,
    PERSON,
    REMOVE_OPTION,
    Text,
    read_day,
    read_force,
    read_given_reason,
    read_lines,
    read_note_option,
    read_removed_day,
)

group_app = Noun("Talk groups and network groups.")
GROUP = Annotated[str, Argument(metavar="GROUP", help="Its number, like G1, or enough of its title.")]
GROUP_REASON = Annotated[Text, Option("--reason", metavar="CODE", help="completed, moved_away, work_or_study, too_hard, no_contact, …")]


@group_app.command("open")
@takes(
    GROUPS,
    *("kind", "start", "weeks", "skip", "capacity", "leader", "continues", "venue", "programme", "ref"),
    required=("kind", "start"),
    defaults={"capacity": "7"},
)
def open_(
    title: Annotated[str, Argument(metavar="TITLE", help="What the group is called.")],
    typed: TypedOptions[GroupRow],
    themes: Annotated[
        Text, Option("--themes", metavar="FILE", help="The meetings' themes, one a line; left out: those of `setting set themes`.")
    ] = None,
) -> None:
    """A new group, with its weekly meetings planned."""
    typed = typed.with_options({"title": title})
    chosen = tuple(read_name(line, "themes") for line in read_lines(themes)) if themes else None
    with writing("group open") as context:
        row = typed.row(context)
        row = row._replace(leader=but_passed_over(context.rules, row.leader))
        weeks = row.weeks if row.weeks is not None else 12 if row.kind == "talk" else 0
        last_year = groups.maybe_last_year(row.start) if row.start and weeks else ""
        try:
            meetings = groups.weekly(row.start, weeks, row.skip) if row.start else ()
        except WrongInput as error:  # weeks of a course that is to come are not in last year's
            raise WrongInput(last_year, "start") if last_year else error from None
        if chosen is None:
            known = setting(context.store, "themes") if row.kind == "talk" else ""
            group = groups.open_group(context.store, new_group(row, meetings, tuple(known.split("|")) if known else ()))
        else:
            group = groups.open_group(context.store, new_group(row, meetings, chosen))
            if len(chosen) > len(meetings):
                context.rules.warn(many("{number} theme is left over.", "{number} themes are left over.", len(chosen) - len(meetings)))
        if last_year:
            context.rules.warn(last_year)
        for each in row.leader:
            warn_of_papers(context.store, context.rules, each, row.start or today(), setting(context.store, "leader_attests"))
        words = {"group": group.display_name, "date": row.start or _("an unknown date"), "ref": group.ref}
        if meetings:
            context.confirm(
                many(
                    "{group} opens on {date}, {number} meeting planned, on {last}. See: husrum group show {ref}",
                    "{group} opens on {date}, {number} meetings planned until {last}. See: husrum group show {ref}",
                    len(meetings),
                    last=meetings[-1],
                    **words,
                )
            )
        else:
            context.confirm(_("{group} opens on {date}. See: husrum group show {ref}", **words))
        if row.skip:
            skipped = ", ".join(day_in_words(day) for day in row.skip)
            context.confirm(_("{group}: no meeting on {dates}.", group=group.display_name, dates=skipped))


@group_app.command("enroll")
def enroll(
    group: GROUP,
    person: Annotated[list[str], Argument(metavar="PERSON...", help="Who joins: numbers, names, lists.")],
    date: DATE_OPTION = None,
    remove: REMOVE_OPTION = False,
    force: FORCE_OPTION = False,
) -> None:
    """Young people join a group."""
    day, removed = read_day(None if remove else date), read_removed_day(date) if remove else None
    with writing("group enroll", force) as context:
        found = context.group(group)
        people = context.people.at_least_one(",".join(person), "person", context.rules)
        if remove:
            for each in people:
                since = activity_edit.remove_enrolment(context.store, found, each, removed)
                what = _("{group}: enrolment of {person}", group=found.display_name, person=each.display_name)
                confirm_removed(context, what, since, f"husrum group show {found.ref}")
            return
        young = but_passed_over(context.rules, people)
        if not young:
            context.people.refuse_anonymised(people[0])
        for each in young:
            groups.enroll(context.store, context.rules, found, each, day)
        if found.starts and day < found.starts:
            context.rules.warn(_("{date} is before {group} opens on {opens}.", date=day, group=found.ref, opens=found.starts))
        who = ", ".join(each.display_name for each in young)
        context.confirm(
            _(
                "{group}: {people} enrolled from {date}. See: husrum group show {ref}",
                group=found.display_name,
                people=who,
                date=day,
                ref=found.ref,
            )
        )


@group_app.command("leader")
@takes(LEADERS, "from", "to")
def leader(
    group: GROUP, person: PERSON, typed: TypedOptions[LeaderRow], remove: REMOVE_OPTION = False, force: FORCE_REASON_OPTION = None
) -> None:
    """Someone leads a group, or no longer does. The papers that the settings name are required."""
    force = read_force(force)
    with writing("group leader", force) as context:
        if remove:
            found, who = context.group(group), context.people.find_one(person)
            since = activity_edit.remove_leader(context.store, context.rules, found, who, removed_day(typed, "from"))
            what = _("{group}: {person} as leader", group=found.display_name, person=who.display_name)
            confirm_removed(context, what, since, f"husrum group show {found.ref}")
            return
        row = typed.row(context, group=context.group(group), person=context.people.find_one(person), from_=today())
        found, who = row.group, row.person
        if "to" in typed.cleared:
            changes = activity_edit.lead_again(context.store, found, who, typed.values.get("from", ANY_DAY))
            what = _("{group}: {person} as leader", group=found.display_name, person=who.display_name)
            confirm_changed(context, what, LEADERS, changes, f"husrum group show {found.ref}")
            return
        if row.to is not None and "from" not in typed:
            groups.stop_leading(context.store, context.rules, found, who, row.to)
            text = _("{group}: {person} leads it until {date}.", group=found.display_name, person=who.display_name, date=row.to)
        else:
            LEADERS.add(context, row)
            since = row.from_ or _("an unknown date")
            text = _("{group}: {person} leads it from {date}.", group=found.display_name, person=who.display_name, date=since)
        context.confirm(f"{text} {_('See: {command}', command=f'husrum group show {found.ref}')}")


@group_app.command("meet")
@takes(MEETINGS, "date", "theme", "present", "absent", "excused", "unnamed", "volunteers", "note")
def meet(
    group: GROUP,
    typed: TypedOptions[MeetingRow],
    cancelled: Annotated[bool, Option("--cancelled", help="The meeting did not take place.")] = False,
) -> None:
    """A meeting was held, and who came. The leaders of the day are there unless --volunteers says otherwise."""
    answer = None
    if "present" not in typed and "absent" not in typed and not cancelled and interactive():
        from ..domain.activities.likely_attendees import likely_at_meeting
        from .forms.drafts import naming_drafts

        with rehearsing("group meet") as context:
            row = _meeting(context, group, typed)
            command = f"group meet {row.group.ref} --date {row.date}"
            typed = options_of_draft(context.store, command, typed)
            row = _meeting(context, row.group.ref, typed.with_options({"date": row.date}))
            likely = likely_at_meeting(context.participation, context.people, row.group, row.date, row.turnout)
            with naming_drafts(context.store, command):
                groups.record_meeting(context.participation, context.rules, row.group, row.date, row.turnout)
        answer = tick(command, row.group.display_name, row.date, likely, row.turnout.unnamed, typed)
    with draft_on_failure(answer), writing("group meet") as context:
        row = _meeting(context, row.group.ref, typed.with_options({"date": row.date})) if answer else _meeting(context, group, typed)
        found, day = row.group, row.date
        theme, note = ("" if name in typed.cleared else text for name, text in (("theme", row.theme), ("note", row.note)))
        if cancelled:
            if any(name in typed for name in ("present", "absent", "volunteers", "unnamed")):
                raise WrongInput(_("A cancelled meeting has nobody present."), "cancelled")
            changes = groups.cancel_meeting(context.store, context.rules, found, day, theme, note)
            words = {"group": found.display_name, "date": day, "ref": found.ref, "changes": replaced_text(MEETINGS, changes)}
            context.confirm(_("{group}: the meeting on {date} is cancelled{changes}. See: husrum group show {ref}", **words))
            return
        came = turnout_of(context, answer, day, row.turnout, (found, day))
        recorded = groups.record_meeting(context.participation, context.rules, found, day, came, row.absent, theme, note)
        context.confirm(
            _(
                "{group}, {what} See: husrum group show {ref}",
                group=found.display_name,
                what=record_text(recorded, context.people),
                ref=found.ref,
            )
        )
    if answer is not None:
        from .forms.weekly_goals import offer_goals

        offer_goals(found, day)


def _meeting(context: CommandContext, group: str, typed: TypedOptions[MeetingRow]) -> MeetingRow:
    """Return the meeting as typed. Its day, if none was typed: the oldest planned meeting not yet recorded, else today."""
    found = context.group(group)
    return typed.row(context, group=found, date=groups.next_meeting(context.store, found) or today())


@group_app.command("contact")
def contact(group: GROUP, date: DATE_OPTION = None, note: NOTE_OPTION = None, remove: REMOVE_OPTION = False) -> None:
    """Sparring with a network group."""
    day, text = read_day(None if remove else date), read_note_option(note)
    removed = read_removed_day(date) if remove else None
    with writing("group contact") as context:
        found = context.group(group)
        if remove:
            gone = activity_edit.remove_contact(context.store, "activity_id", found.id, found.display_name, removed)
            confirm_removed(context, _("{group}: contact", group=found.display_name), gone, f"husrum group show {found.ref}")
            return
        groups.add_sparring(context.store, context.rules, found, day, text)
        context.confirm(_("{group}: contact on {date}. See: husrum group show {ref}", group=found.display_name, date=day, ref=found.ref))


@group_app.command("leave")
def leave(
    group: GROUP,
    person: PERSON,
    date: DATE_OPTION = None,
    reason: GROUP_REASON = None,
    remove: Annotated[bool, Option("--remove", help="They did not leave: they are enrolled as before.")] = False,
) -> None:
    """Someone leaves a group."""
    day, given = read_day(date), read_given_reason(reason)
    with writing("group leave") as context:
        found, who = context.group(group), context.people.find_one(person)
        if remove:
            left = activity_edit.enroll_again(context.store, found, who)
            words = {"group": found.display_name, "person": who.display_name, "date": left, "ref": found.ref}
            context.confirm(_("{group}: {person} is enrolled as before (left {date}). See: husrum group show {ref}", **words))
            return
        changes = groups.leave_group(context.store, found, who, day, given)
        if changes is not None:
            confirm_changed(context, f"{found.display_name}, {who.display_name}", ENROLMENTS, changes, f"husrum group show {found.ref}")
            return
        words = {"group": found.display_name, "person": who.display_name, "date": day, "ref": found.ref}
        context.confirm(_("{group}: {person} left on {date}. See: husrum group show {ref}", **words))


@group_app.command("close")
def close(group: GROUP, date: DATE_OPTION = None) -> None:
    """The course is over."""
    day = read_day(date)
    with writing("group close") as context:
        found = context.group(group)
        unrecorded = groups.close_group(context.store, found, day)
        if unrecorded:
            context.rules.warn(
                many(
                    "{number} planned meeting was never recorded: husrum group meet {ref}",
                    "{number} planned meetings were never recorded: husrum group meet {ref}",
                    unrecorded,
                    ref=found.ref,
                )
            )
        context.confirm(_("{group}: closed on {date}. See: husrum group show {ref}", group=found.display_name, date=day, ref=found.ref))


@group_app.command("edit")
@takes(
    GROUPS,
    *("title", "kind", "start", "closed", "capacity", "continues", "venue", "programme"),
    help={"title": N_("Its right title."), "closed": N_("When it was closed; none: it runs.")},
)
def edit(group: GROUP, typed: TypedOptions[GroupRow]) -> None:
    """Correct a group. Options left out change nothing; `none` clears a value."""
    require_change(typed.names)
    with writing("group edit") as context:
        found = context.group(group)
        changes = activity_edit.edit_group(context.store, found, typed.resolve_references(context))
        words = {"group": found.display_name, "changes": changed_text(GROUPS, changes), "ref": found.ref}
        context.confirm(_("{group}: {changes}. See: husrum group show {ref}", **words))


@group_app.command("remove")
def remove(group: GROUP) -> None:
    """Remove a group that was entered by mistake. One that is over is closed."""
    from .forms.drafts import name_drafts_of_activity

    with writing("group remove") as context:
        found = context.group(group)
        name_drafts_of_activity(context, found.ref)
        activity_edit.remove_group(context.store, found)
        context.confirm(_("{group}: removed. See: husrum group list", group=found.display_name))


@group_app.command("plan")
@takes(
    MEETINGS,
    *("date", "theme"),
    required=("date",),
    read={"date": read_coming_date},
    help={"date": N_("The day of the meeting.")},
)
def plan(group: GROUP, typed: TypedOptions[MeetingRow]) -> None:
    """Plan one more meeting."""
    with writing("group plan") as context:
        row = typed.row(context, group=context.group(group))
        activity_edit.plan_meeting(context.store, context.rules, row.group, row.date, row.theme)
        if row.date < today():
            context.rules.warn(
                _(
                    "{date} has passed. If it was held: husrum group meet {ref} --date {text}",
                    date=row.date,
                    ref=row.group.ref,
                    text=row.date,
                )
            )
        words = {"group": row.group.display_name, "weekday": weekday(row.date), "date": row.date, "ref": row.group.ref}
        context.confirm(_("{group}: a meeting is planned on {weekday} {date}. See: husrum group show {ref}", **words))


@group_app.command("move")
def move(
    group: GROUP,
    date: Annotated[str, Option("--date", metavar="DATE", help="The day of the meeting as it is recorded.")],
    to: Annotated[str, Option("--to", metavar="DATE", help="Its right day.")],
) -> None:
    """Move a meeting to another day, with all its attendance."""
    with writing("group move") as context:
        found = context.group(group)
        message = _("date: {group} does not meet on {date}.", group=found.ref, date="{date}")
        day = day_among(date, activity_edit.meeting_days(context.store, found), message)
        held = activity_edit.meeting_state(context.store, found, day) == "held"
        new = read_date(to, "to") if held else read_coming_date(to, "to")
        activity_edit.move_meeting(context.store, context.rules, found, day, new)
        words = {"group": found.display_name, "weekday": weekday(new), "date": new, "before": day, "ref": found.ref}
        context.confirm(_("{group}: the meeting is on {weekday} {date} (before: {before}). See: husrum group show {ref}", **words))


@group_app.command("list", shows=list_options)
def list_(open_: Annotated[bool, Option("--open", help="Without those that are closed.")] = False, format: FORMAT_OPTION = "table") -> None:
    """The groups."""
    from ..domain.views import lists

    format = read_format(format)
    with reading() as context:
        records = lists.group_records(context.store, not open_)
    columns = {
        "group": _("No."),
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


@group_app.command("show")
def show_(group: GROUP, format: FORMAT_OPTION = "table") -> None:
    """A group: who is in it, its meetings, who came."""
    from ..domain.views import pages
    from ..render.terminal import screen
    from .lists import show_page

    format = read_format(format)
    with reading() as context:
        page = pages.group_page(context.store, context.group(group))
    if format == "table" and screen().is_terminal:
        from .group_sections import print_group

        print_group(page, screen())
    else:
        show_page(page, format)
