"""Ticking off who came, at a terminal and without options that say it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import typer

from ...errors import INTERRUPTED, HusrumError
from ...i18n import _
from ..context import say

if TYPE_CHECKING:  # with options no list is needed
    from ...domain.activities.attendance import Turnout
    from ...domain.activities.likely_attendees import Likely
    from ...domain.people.lookup import Person
    from ...records.tick_list import Ticked
    from ...rowtypes.context import CommandContext


class Answer(NamedTuple):
    """The people ticked off among the likely ones."""

    likely: Likely
    ticked: Ticked


def tick(title: str, likely: Likely, unnamed: int | None) -> Answer:
    """Show the list. Leaving it without saving ends the command, which says how to repeat the ticks."""
    from ...render.listing import harmless
    from .ticking import TickList
    from .ticking_screen import tick_off

    candidates = [candidate._replace(called=harmless(candidate.called)) for candidate in likely.candidates]
    ticks = TickList(candidates, likely.unnamed if unnamed is None else unnamed, likely.next_number, likely.excusable)
    before = ticks.result
    ticked = tick_off(ticks, harmless(title))
    if ticked is not None:
        return Answer(likely, ticked)
    say(_("Nothing was written."))
    if ticks.result._replace(unnamed=before.unnamed) != before:
        _repeat(Answer(likely, ticks.result))
    raise typer.Exit(INTERRUPTED)


@contextmanager
def kept(answer: Answer | None) -> Iterator[None]:
    """Print the ticks if they can't be saved, so that they need not be made again."""
    try:
        yield
    except HusrumError:
        if answer:
            _repeat(answer)
        raise


def turnout_of(context: CommandContext, answer: Answer | None, day: str, given: Turnout) -> Turnout:
    """Return the attendance as it was ticked, or else as the options give it. People who are new get an enquiry on the day."""
    if answer is None:
        return given
    from ...domain.activities.likely_attendees import ticked_turnout

    excused = context.people.with_ids(answer.ticked.excused)
    return ticked_turnout(answer.likely, _people(context, answer.ticked, day), excused, answer.ticked.unnamed, given)


def _repeat(answer: Answer) -> None:
    numbers = {candidate.id: candidate.number for candidate in answer.likely.candidates}
    present, excused = (",".join(str(numbers[id]) for id in ids) for ids in (answer.ticked.ids, answer.ticked.excused))
    options = f"--present {present or 'none'}{f' --excused {excused}' if excused else ''} --unnamed {answer.ticked.unnamed}"
    say(_("Ticked were: {options}", options=options))
    if answer.ticked.newcomers:
        say(_("New were: {names}", names=", ".join(answer.ticked.newcomers)))


def _people(context: CommandContext, ticked: Ticked, day: str) -> list[Person]:
    from ...domain.people.lookup import Facts
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
