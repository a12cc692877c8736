"""The goals that were set at a group's last meetings, gone through while this one is recorded: reached or not, and the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...domain.activities.activities import Activity
from ...domain.outcomes import goals
from ...errors import HusrumError
from ...i18n import _, language, long_day, many, without_field
from ...input.choices import read_code
from ...input.text import read_note
from ...input.yes_no import answered
from ...vocabulary import GOAL_OUTCOME, label
from ..context import opened, writing

if TYPE_CHECKING:
    from .form_screen import FormScreen


class _GoalAnswer(NamedTuple):
    """The answers about somebody's goal. outcome: of the existing one; text: the new one."""

    about: goals.GoalAtMeeting
    outcome: str | None
    text: str | None


def offer_goals(group: Activity, day: str) -> None:
    """Go through the goals of those who came, if the group has any. What was answered is kept, whenever it is left."""
    with opened() as store:
        waiting = goals.at_meeting(store, group, day)
    if not waiting:
        return
    from .form_screen import kept_if_ended

    answers: list[_GoalAnswer] = []

    def keep() -> None:
        _write(group, day, answers)

    with kept_if_ended(keep):
        _ask_all(group, waiting, answers)
        keep()


def _write(group: Activity, day: str, answers: list[_GoalAnswer]) -> None:
    answers = [each for each in answers if each.outcome or each.text]
    if not answers:
        return
    with writing("goal mark") as context:
        # Whoever another terminal erased or joined with somebody else meanwhile has no goals of their own any more.
        here = [each for each in answers if (person := context.people.by_id.get(each.about.person)) and person.number == each.about.number]
        for each in answers:
            if each not in here:
                gone = _(
                    "{field}: nobody has the number {number}; look with: husrum person find TEXT", field="person", number=each.about.number
                )
                context.rules.warn(gone)
        marked, new = [each for each in here if each.outcome], [each for each in here if each.text]
        for each in marked:
            person = context.people.by_id[each.about.person]
            goals.mark_goal(context.store, context.rules, person, each.about.goal, each.outcome, day)
        for each in new:
            goals.set_goal(context.store, context.rules, context.people.by_id[each.about.person], each.text, group, day)
        numbers = [many("{number} goal marked", "{number} goals marked", len(marked)), many("{number} set", "{number} set", len(new))]
        context.confirm(
            _("{group}, {date}: {goals}. See: husrum goal list --group {ref}", group=group.shown, date=day, goals=", ".join(numbers), ref=group.ref)
        )  # fmt: skip


def _ask_all(group: Activity, waiting: list[goals.GoalAtMeeting], answers: list[_GoalAnswer]) -> None:
    from .form_screen import screen

    with screen() as shown:
        shown.say(_("{group}: personal goals", group=group.shown))
        number = sum(each.goal is not None for each in waiting)
        shown.say(
            many("{number} goal from an earlier meeting has no outcome.", "{number} goals from earlier meetings have no outcome.", number)
        )
        if not answered(shown.ask(_("Go through the goals now? (yes; Enter: another time)"))):
            return
        for place, each in enumerate(waiting, 1):
            shown.clear()
            shown.say(
                _(
                    "{group}: goal {number} of {all}   Ctrl-C: stop, what was answered is kept",
                    group=group.shown,
                    number=place,
                    all=len(waiting),
                )
            )
            shown.say()
            answers.append(_GoalAnswer(each, _outcome(shown, each), None))
            answers[-1] = answers[-1]._replace(text=_new_goal(shown))


def _outcome(shown: FormScreen, about: goals.GoalAtMeeting) -> str | None:
    if about.goal is None:
        shown.say(f"{about.number} {about.called}")
        return None
    since = f" ({long_day(about.date)})" if about.date else ""
    shown.say(f"{about.number} {about.called}: {about.text or ''}{since}")
    choices = tuple(label(GOAL_OUTCOME, code, language()).lower() for code in GOAL_OUTCOME)
    while True:
        text = shown.ask(f"{', '.join(choices)} ({_('Enter: not known yet')})", choices=choices).strip()
        try:
            return read_code(text, GOAL_OUTCOME, "outcome") if text else None
        except HusrumError as error:
            shown.say(without_field(error.message, "outcome"))


def _new_goal(shown: FormScreen) -> str | None:
    while True:
        text = shown.ask(_("Next goal (Enter: none)")).strip()
        try:
            return read_note(text, "text") if text else None
        except HusrumError as error:
            shown.say(without_field(error.message, "text"))
