"""Ticking off who came, at a terminal and without options that say it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from ...errors import BrokenOff, HusrumError
from ...i18n import _
from ..context import opened, say

if TYPE_CHECKING:  # with options no list is needed
    from ...domain.activities.attendance import Turnout
    from ...domain.activities.likely_attendees import Likely
    from ...domain.people.drafts import Draft, Texts
    from ...domain.people.lookup import Person
    from ...records.tick_list import Ticked
    from ...rowtypes.context import CommandContext
    from .ticking import TickList


class TickedAnswer(NamedTuple):
    """The people ticked off among the likely ones. draft: to be deleted once they are saved."""

    likely: Likely
    ticked: Ticked
    draft: int | None = None


def tick(command: str, title: str, likely: Likely, unnamed: int | None) -> TickedAnswer:
    """Show the list. Leaving it without saving ends the command, which says how to repeat the ticks.

    command: what it is repeated with. The ticks of a run that was ended from outside are a draft, and there again at the next run with the same title.
    """
    from ...domain.people import drafts
    from ...render.listing import harmless
    from .form_screen import kept_if_ended
    from .ticking import TickList
    from .ticking_screen import tick_off

    candidates = [candidate._replace(called=harmless(candidate.called)) for candidate in likely.candidates]
    ticks = TickList(candidates, likely.unnamed if unnamed is None else unnamed, likely.next_number, likely.excusable)
    before = ticks.result
    with opened() as store:
        draft = next((each for each in drafts.drafts_of(store, command) if each.texts["name"] == title), None)
    kept_as = draft.id if draft else None
    if draft:
        _take_up(ticks, draft)

    def keep() -> None:
        nonlocal kept_as
        if ticks.result != before:
            with opened() as store:
                kept_as = drafts.keep_draft(store, command, None, {"name": title, **_texts(TickedAnswer(likely, ticks.result))}, kept_as)

    ticked = None
    with kept_if_ended(keep):
        ticked = tick_off(ticks, harmless(title))
    if ticked is not None:
        return TickedAnswer(likely, ticked, kept_as)
    say(_("Nothing was written."))
    if ticks.result._replace(unnamed=before.unnamed) != before:
        _repeat(TickedAnswer(likely, ticks.result))
    raise BrokenOff


@contextmanager
def kept(answer: TickedAnswer | None) -> Iterator[None]:
    """Print the ticks if they can't be saved, so that they need not be made again."""
    try:
        yield
    except HusrumError:
        if answer:
            _repeat(answer)
        raise


def turnout_of(context: CommandContext, answer: TickedAnswer | None, day: str, given: Turnout) -> Turnout:
    """Return the attendance as it was ticked, or else as the options give it. People who are new get an enquiry on the day."""
    if answer is None:
        return given
    from ...domain.activities.likely_attendees import ticked_turnout
    from ...domain.people import drafts

    drafts.forget_draft(context.store, answer.draft)
    excused = context.people.with_ids(answer.ticked.excused)
    return ticked_turnout(answer.likely, _people(context, answer.ticked, day), excused, answer.ticked.unnamed, given)


def _texts(answer: TickedAnswer) -> Texts:
    """Return the ticks as texts, people by their numbers."""
    numbers = {candidate.id: candidate.number for candidate in answer.likely.candidates}
    present, excused = (",".join(str(numbers[id]) for id in ids) for ids in (answer.ticked.ids, answer.ticked.excused))
    return {"present": present, "excused": excused, "unnamed": str(answer.ticked.unnamed), "new": ", ".join(answer.ticked.newcomers)}


def _take_up(ticks: TickList, draft: Draft) -> None:
    present, excused, unnamed, new = (draft.texts[name] for name in ("present", "excused", "unnamed", "new"))
    remark = _("As it was ticked on {when}, when it was interrupted.", when=draft.changed_at)
    ticks.take_up(present.split(","), excused.split(","), int(unnamed), [name for name in new.split(", ") if name], remark)


def _repeat(answer: TickedAnswer) -> None:
    texts = _texts(answer)
    excused = f" --excused {texts['excused']}" if texts["excused"] else ""
    say(_("Ticked were: {options}", options=f"--present {texts['present'] or 'none'}{excused} --unnamed {texts['unnamed']}"))
    if texts["new"]:
        say(_("New were: {names}", names=texts["new"]))


def _people(context: CommandContext, ticked: Ticked, day: str) -> list[Person]:
    from ...domain.people.entering import Facts
    from ...rowtypes.intakes import IntakeRow, add_enquiry

    people = context.people.with_ids(ticked.ids)
    for name in ticked.newcomers:
        person, _id = add_enquiry(context, IntakeRow(Facts(name), enquired=day))
        people.append(person)
        text = _("{person}: enquiry on {date}{interview}. See: husrum person show {number}", person=person.shown, date=day, interview="", number=person.number)  # fmt: skip
        context.confirm(text)
    if ticked.newcomers:
        context.forget()
    return people
