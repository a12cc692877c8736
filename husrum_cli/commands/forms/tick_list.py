"""Open the tick list if a command is run at a terminal without options that say who came."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from ...errors import FormInterrupted, HusrumError, Refused
from ...i18n import _
from ...input.dates import day_in_words
from ..context import open_file, say

if TYPE_CHECKING:  # with options no list is needed
    from ...domain.activities.activities import Activity
    from ...domain.activities.attendance import Turnout
    from ...domain.activities.likely_attendees import Likely
    from ...domain.people.drafts import Draft, Texts
    from ...domain.people.lookup import Person
    from ...records.tick_list import TickResult
    from ...rowtypes.context import CommandContext
    from ...rowtypes.typed import TypedOptions
    from ...store import Store
    from .ticking import TickList


RowT = TypeVar("RowT", bound=tuple[Any, ...])


class TickedAnswer(NamedTuple):
    """The people ticked off among the likely ones. draft: to be deleted once they are saved. command, title, given: what it is kept as otherwise.

    kept: says that it is kept, and how to go on with it.
    """

    command: str
    title: str
    given: Texts
    likely: Likely
    ticked: TickResult
    draft: int | None = None
    kept: str = ""

    def save_draft(self) -> TickedAnswer:
        """Keep the ticks as a draft."""
        from ...domain.people import drafts

        before = ",".join(str(each.number) for each in self.likely.candidates if each.ticked or each.excused)
        with open_file() as store:
            texts = {**self.given, "name": self.title, **_texts(self), "before": before}
            id = drafts.save_draft(store, self.command, None, texts, self.draft)
            return self._replace(draft=id, kept=_kept_text(drafts.find_draft(store, id, "draft")) if id else "")


def options_of_draft(store: Store, command: str, typed: TypedOptions[RowT], like: str | None = None) -> TypedOptions[RowT]:
    """Return the options with those of an interrupted run of the same command that were not given again."""
    from ...domain.people.drafts import TICKS, draft_of_list
    from .drafts import with_draft_texts

    draft = draft_of_list(store, command, _given(typed, like))
    return with_draft_texts(typed, {name: text for name, text in draft.texts.items() if name not in TICKS}) if draft else typed


def tick(
    command: str,
    activity: str,
    day: str | None,
    likely: Likely,
    unnamed: int | None,
    typed: TypedOptions[Any],
    like: str | None = None,
    remark: str = "",
) -> TickedAnswer:
    """Show the list. Leaving it without saving ends the command, which says how to repeat the ticks.

    command: as what it is kept. The ticks of a run that was interrupted are a draft, and there again at the next run of the same command.
    activity, day: what the heading says. typed, like: the options, which are kept with them. remark: what is shown first.
    """
    from ...domain.people import drafts
    from ...render.listing import escape_controls
    from .autosave import AutoSave
    from .form_screen import save_if_ended
    from .ticking import TickList
    from .ticking_screen import tick_off

    title = f"{activity} · {day_in_words(day)}" if day else activity
    candidates = [candidate._replace(called=escape_controls(candidate.called)) for candidate in likely.candidates]
    given = _given(typed, like)
    ticks = TickList(candidates, likely.unnamed if unnamed is None else unnamed, likely.next_number, likely.excusable)
    before = ticks.result
    with open_file() as store:
        draft = drafts.draft_of_list(store, command, given)
        if draft:
            _take_up(store, ticks, draft, [name for name in given if name not in drafts.LOGGED])
        if uid := drafts.uid_of(store, command):
            given[drafts.UID] = uid
    ticks.remark = "\n".join(filter(None, (remark, ticks.remark)))
    answer = TickedAnswer(command, title, given, likely, before, draft.id if draft else None, _kept_text(draft) if draft else "")

    def keep(ticked: TickResult) -> None:
        nonlocal answer
        answer = answer._replace(ticked=ticked).save_draft()

    keeper = AutoSave(ticks.result, keep)
    interrupted = True
    with save_if_ended(keeper.save_now):
        with keeper.running():
            ticked = tick_off(ticks, escape_controls(title), keeper.save_soon)
        interrupted = False
    if interrupted and answer.draft:
        say(answer.kept)
        raise FormInterrupted
    if not interrupted and ticked is not None:
        return answer._replace(ticked=ticked)
    if answer.draft:
        with open_file() as store:
            drafts.restore_draft(store, answer.draft, draft)
    say(_("Nothing was written."))
    if ticks.result._replace(unnamed=before.unnamed) != before:
        _repeat(answer._replace(ticked=ticks.result))
    raise FormInterrupted


def _given(typed: TypedOptions[Any], like: str | None) -> Texts:
    from ...domain.people.drafts import TICKS
    from .drafts import draft_texts

    given = {name: text for name, text in draft_texts(typed).items() if name not in TICKS}
    return {**given, "like": like} if like else given


def _kept_text(draft: Draft) -> str:
    from .drafts import how_to_delete

    if draft.gone:
        return how_to_delete(draft)
    return _("Not entered yet. The ticks are kept as a draft. Go on with it: {command}", command=draft.line)


@contextmanager
def draft_on_failure(answer: TickedAnswer | None) -> Iterator[None]:
    """Print the ticks if they can't be saved, and keep them as a draft, so that they need not be made again."""
    try:
        yield
    except (HusrumError, KeyboardInterrupt):
        if answer:
            _repeat(answer)
            with suppress(HusrumError):  # if the file is another city's by now, the ticks would be of other people
                say(answer.save_draft().kept)
        raise


def turnout_of(
    context: CommandContext, answer: TickedAnswer | None, day: str, given: Turnout, recorded: tuple[Activity, str | None] | None = None
) -> Turnout:
    """Return the attendance as it was ticked, or else as the options give it. People who are new get an enquiry on the day.

    recorded: where others may have recorded somebody while the list was open: a group or event, and the day; None: all its days.
    """
    if answer is None:
        return given
    from ...domain.activities import likely_attendees
    from ...domain.people import drafts

    if answer.given.get(drafts.UID) != drafts.uid_of(context.store, answer.command):
        ref = answer.command.split()[2]
        raise Refused(_("{ref}: removed while the list was open, and another has its number by now; nothing was written.", ref=ref))
    gone = likely_attendees.gone_meanwhile(context.store, answer.likely, {*answer.ticked.ids, *answer.ticked.excused})
    if gone:
        who = ", ".join(f"{each.number} {each.called}" for each in gone)
        raise Refused(_("{people}: removed, or joined with somebody else, while the list was open; run the command again.", people=who))
    drafts.forget_draft(context.store, answer.draft)
    excused = context.people.with_ids(answer.ticked.excused)
    people = _people(context, answer.ticked, day)
    turnout = likely_attendees.ticked_turnout(answer.likely, people, excused, answer.ticked.unnamed, given)
    return likely_attendees.recorded_meanwhile(context.people, answer.likely, turnout, *recorded) if recorded else turnout


def _texts(answer: TickedAnswer) -> Texts:
    """Return the ticks as texts, people by their numbers."""
    numbers = {candidate.id: candidate.number for candidate in answer.likely.candidates}
    present, excused = (",".join(str(numbers[id]) for id in ids) for ids in (answer.ticked.ids, answer.ticked.excused))
    return {"present": present, "excused": excused, "unnamed": str(answer.ticked.unnamed), "new": ", ".join(answer.ticked.newcomers)}


def _take_up(store: Store, ticks: TickList, draft: Draft, options: Sequence[str]) -> None:
    """Tick as in a draft, and whom others recorded since. options: the names of those that count too."""
    from ...domain.people.lookup import People

    people = People(store)
    present, excused, before = (
        {str(found.number) if (found := people.with_number(store.home, int(number))) else number for number in text.split(",") if number}
        for text in (draft.texts["present"], draft.texts["excused"], draft.texts.get("before", draft.texts["present"]))
    )
    present |= {str(each.number) for each in ticks.candidates if each.ticked} - before - excused
    excused |= {str(each.number) for each in ticks.candidates if each.excused} - before - present
    remark = _("As it was ticked on {when}, when it was interrupted.", when=draft.changed_at)
    if gone := (present | excused) - {str(each.number) for each in ticks.candidates}:
        remark += " " + _("No longer in the file: {numbers}", numbers=", ".join(sorted(gone, key=int)))
    if options:
        remark += " " + _("With {options}.", options=", ".join(f"--{name.replace('_', '-')}" for name in options))
    newcomers = [name for name in draft.texts["new"].split(", ") if name]
    ticks.take_up(present, excused, int(draft.texts["unnamed"]), newcomers, remark)


def _repeat(answer: TickedAnswer) -> None:
    texts = _texts(answer)
    excused = f" --excused {texts['excused']}" if texts["excused"] else ""
    options = f"--present {texts['present'] or 'none'}{_volunteers_option(answer)}{excused} --unnamed {texts['unnamed']}"
    say(_("Ticked were: {options}", options=options))
    if texts["new"]:
        say(_("New were: {names}", names=texts["new"]))


def _volunteers_option(answer: TickedAnswer) -> str:
    """Return the option with the volunteers: as it was given, or where a tick of one was taken back, since they would be there again without it."""
    from ...platforms.shell_line import shell_line

    volunteers = answer.likely.leading | answer.likely.helped
    if "volunteers" in answer.given:
        return f" {shell_line(['--volunteers', answer.given['volunteers']])}"
    if volunteers <= set(answer.ticked.ids):
        return ""
    ticked = [str(each.number) for each in answer.likely.candidates if each.id in volunteers and each.id in answer.ticked.ids]
    return f" --volunteers {','.join(ticked) or 'none'}"


def _people(context: CommandContext, ticked: TickResult, day: str) -> list[Person]:
    from ...domain.people.entering import Facts
    from ...rowtypes.intakes import IntakeRow, add_enquiry

    people = context.people.with_ids(ticked.ids)
    for name in ticked.newcomers:
        person, _id = add_enquiry(context, IntakeRow(Facts(name), enquired=day))
        people.append(person)
        text = _("{person}: enquiry on {date}{interview}. See: husrum person show {number}", person=person.display_name, date=day, interview="", number=person.number)  # fmt: skip
        context.confirm(text)
    if ticked.newcomers:
        context.forget()
    return people
