"""The goals that were set at a group's last meetings, gone through while this one is recorded: reached or not, and the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...domain.activities.activities import Activity
from ...domain.outcomes import goals
from ...domain.people import drafts
from ...domain.people.lookup import People
from ...errors import HusrumError
from ...i18n import _, language, long_day, many, without_field
from ...input.choices import read_code
from ...input.text import read_note
from ...input.yes_no import answered
from ...render.listing import escape_controls
from ...vocabulary import GOAL_OUTCOME, label
from ..context import open_file, say, writing
from .drafts import describe_draft, how_to_delete

if TYPE_CHECKING:
    from ...store import Store
    from .autosave import AutoSave
    from .form_screen import FormScreen


class _GoalAnswer(NamedTuple):
    """The answers about somebody's goal. outcome: of the existing one; text: the new one."""

    about: goals.GoalAtMeeting
    outcome: str | None = None
    text: str | None = None


_Answers = tuple[_GoalAnswer, ...]


class _Drafts:
    """What is kept of the answers until they are entered: a draft of each person, of whom alone it says anything."""

    def __init__(self, group: Activity, day: str, waiting: list[goals.GoalAtMeeting]) -> None:
        self.command = f"group meet {group.ref} --date {day}"
        self.waiting = waiting
        with open_file() as store:
            known = {draft.person: draft for draft in drafts.all_drafts(store) if draft.command == self.command and draft.person}
        self.overtaken = [draft for number, draft in known.items() if number not in {each.number for each in waiting}]
        self.known = [known[each.number] for each in waiting if each.number in known]
        self._ids: dict[int, int | None] = {draft.person: draft.id for draft in self.known if draft.person}

    @property
    def answers(self) -> _Answers:
        """Return what was answered before it was interrupted. An outcome of a goal that has one by now is left out."""
        texts = {draft.person: draft.texts for draft in self.known}
        found = [(each, texts[each.number]) for each in self.waiting if each.number in texts]
        return tuple(_GoalAnswer(each, kept.get(_outcome_of(each)), kept.get("text")) for each, kept in found)

    def keep(self, answers: _Answers) -> None:
        """Keep the answers."""
        with open_file() as store:
            here = _still_here(People(store), answers)
            for each in here:
                texts = {_outcome_of(each.about): each.outcome or "", "text": each.text or ""}
                number, person = each.about.number, People(store).by_id[each.about.person]
                self._ids[number] = drafts.save_draft(store, self.command, person, texts, self._ids.get(number))

    def forget_all(self) -> None:
        """Delete them, since every answer was taken back."""
        with open_file() as store, store.writing(None):
            self.forget(store)

    def forget(self, store: Store) -> None:
        """Delete them, once the answers are entered."""
        for id in self._ids.values():
            drafts.forget_draft(store, id)


def _outcome_of(about: goals.GoalAtMeeting) -> str:
    return f"outcome {about.goal or 0}"


def _still_here(people: People, answers: _Answers) -> list[_GoalAnswer]:
    """Return the answers of those whom no other terminal erased or joined with somebody else meanwhile: they have no goals of their own any more."""
    return [each for each in answers if (person := people.by_id.get(each.about.person)) and person.number == each.about.number]


def offer_goals(group: Activity, day: str) -> None:
    """Go through the goals of those who came, if the group has any. What was answered is kept at once, and entered whenever it is left."""
    with open_file() as store:
        waiting = goals.goals_at_meeting(store, group, day)
    kept = _Drafts(group, day, waiting)
    for draft in kept.overtaken:
        text = _("{person}: nothing is left to ask about a goal of this meeting.", person=f"{draft.person} {draft.name}")
        say(f"{_('Note')}: {text} {how_to_delete(draft)}")
    if not waiting:
        return
    from .autosave import AutoSave
    from .form_screen import save_if_ended

    keeper: AutoSave[_Answers] = AutoSave((), kept.keep)

    def write() -> None:
        _write(group, day, keeper.latest, kept)

    with save_if_ended(write):
        with keeper.running():
            _ask_all(group, kept, keeper)
        write()


def _write(group: Activity, day: str, answers: _Answers, kept: _Drafts) -> None:
    given = tuple(each for each in answers if each.outcome or each.text)
    if not given:
        if answers:
            kept.forget_all()
        return
    with writing("goal mark") as context:
        here = _still_here(context.people, given)
        for each in given:
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
        kept.forget(context.store)
        numbers = [many("{number} goal marked", "{number} goals marked", len(marked)), many("{number} set", "{number} set", len(new))]
        context.confirm(
            _("{group}, {date}: {goals}. See: husrum goal list --group {ref}", group=group.display_name, date=day, goals=", ".join(numbers), ref=group.ref)
        )  # fmt: skip


def _ask_all(group: Activity, kept: _Drafts, keeper: AutoSave[_Answers]) -> None:
    from .form_screen import confirm_on_screen, full_screen

    waiting = kept.waiting
    with full_screen() as shown:
        shown.say(_("{group}: personal goals", group=group.display_name))
        number = sum(each.goal is not None for each in waiting)
        if number:
            shown.say(
                many(
                    "{number} goal from an earlier meeting has no outcome.", "{number} goals from earlier meetings have no outcome.", number
                )
            )
        for draft in kept.known:
            shown.say(f"{draft.person} {escape_controls(draft.name)}: {describe_draft(draft)}")
        if kept.known:
            if not confirm_on_screen(shown, _("Go on with it? (Enter: yes; no: another time)"), True):
                return
            keeper.take_up(kept.answers)
        elif not answered(shown.ask(_("Go through the goals now? (yes; Enter: another time)"))):
            return
        before = {each.about: each for each in kept.answers}
        for place, each in enumerate(waiting, 1):
            shown.clear()
            shown.say(
                _(
                    "{group}: goal {number} of {all}   Ctrl-C: stop, what was answered is kept",
                    group=group.display_name,
                    number=place,
                    all=len(waiting),
                )
            )
            shown.say()
            answer = before.get(each, _GoalAnswer(each))
            answer = answer._replace(outcome=_outcome(shown, each, answer.outcome))
            keeper.save_soon(_with(keeper.latest, answer))
            answer = answer._replace(text=_new_goal(shown, answer.text))
            keeper.save_soon(_with(keeper.latest, answer))


def _with(answers: _Answers, answer: _GoalAnswer) -> _Answers:
    """Return the answers with one more, in place of the one about the same person."""
    return (*(each for each in answers if each.about != answer.about), answer)


def _outcome(shown: FormScreen, about: goals.GoalAtMeeting, before: str | None) -> str | None:
    if about.goal is None:
        shown.say(f"{about.number} {about.called}")
        return None
    since = f" ({long_day(about.date)})" if about.date else ""
    shown.say(f"{about.number} {about.called}: {about.text or ''}{since}")
    words = {code: label(GOAL_OUTCOME, code, language()).lower() for code in GOAL_OUTCOME}
    choices = tuple(words.values())
    while True:
        text = shown.ask(f"{', '.join(choices)} ({_('Enter: not known yet')})", words.get(before or "", ""), choices).strip()
        try:
            return read_code(text, GOAL_OUTCOME, "outcome") if text else None
        except HusrumError as error:
            shown.say(without_field(error.message, "outcome"))


def _new_goal(shown: FormScreen, before: str | None) -> str | None:
    while True:
        text = shown.ask(_("Next goal (Enter: none)"), before or "").strip()
        try:
            return read_note(text, "text") if text else None
        except HusrumError as error:
            shown.say(without_field(error.message, "text"))
