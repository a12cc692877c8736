"""A list to tick off who came: filtered as one types, without a terminal.

Three fields take what is typed: the filter, the number of people without a name, and the full name of somebody new.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ...errors import WrongInput
from ...i18n import _, many, whole_number
from ...input.text import fold, read_name
from ...records.tick_list import Candidate, TickResult

FILTER, UNNAMED, NAME = "filter", "unnamed", "name"
_NEW = -1  # the id of the line that adds somebody; newcomers have the ids below it
_MOST_DIGITS = 4


class TickList:
    """The state of the list: who is shown, who is ticked, where the cursor is, and what was typed so far.

    excusable: whether it is recorded who is excused.
    """

    def __init__(self, candidates: Sequence[Candidate], unnamed: int = 0, next_number: int = 1, excusable: bool = False) -> None:
        self.candidates = list(candidates)
        self.excusable = excusable
        self.ticked = {candidate.id for candidate in candidates if candidate.ticked}
        self.excused = {candidate.id for candidate in candidates if candidate.excused}
        self.field = FILTER
        self.typed = {FILTER: "", UNNAMED: str(unnamed) if unnamed else "", NAME: ""}
        self.cursor = 0
        self.remark = ""
        self.newcomers: dict[int, str] = {}
        self._found: list[int] = []  # people ticked by typing come first, so that all of them are visible
        self._last = 0, ""  # who was ticked last by typing, and what was typed: the surname may follow
        self._moved = False  # whether the cursor was moved since something was typed
        self._next_number = next_number

    @property
    def visible_people(self) -> list[Candidate]:
        """The people who match the filter, the best match first, then a line to add somebody of that name. Without a filter: people who were typed, then the order given."""
        text = fold(self.typed[FILTER])
        if not text:
            order = sorted(self.candidates, key=lambda each: self._found.index(each.id) if each.id in self._found else len(self._found))
            return [candidate for candidate in order if not candidate.hidden or candidate.id in self.ticked | self.excused]
        ranked = [(rank, candidate) for candidate in self.candidates if (rank := _fit(candidate, text)) is not None]
        fitting = [candidate for _rank, candidate in sorted(ranked, key=lambda pair: pair[0])]
        return [*fitting, Candidate(_NEW, 0, _("new: {name} …", name=self.typed[FILTER].strip()), ())]

    @property
    def unnamed(self) -> int:
        """Return the number of those whose names are not known."""
        return int(self.typed[UNNAMED] or 0)

    @property
    def result(self) -> TickResult:
        """Return the ticks, in the order of the list."""
        ids = [candidate.id for candidate in self.candidates if candidate.id in self.ticked]
        excused = tuple(candidate.id for candidate in self.candidates if candidate.id in self.excused and candidate.id > 0)
        return TickResult(tuple(id for id in ids if id > 0), tuple(self.newcomers[id] for id in ids if id < 0), self.unnamed, excused)

    @property
    def count_line(self) -> str:
        """The totals that will be saved: `18 participants (2 unnamed), 3 volunteers`."""
        volunteers = sum(candidate.volunteer for candidate in self.candidates if candidate.id in self.ticked)
        text = many("{number} participant", "{number} participants", len(self.ticked) - volunteers + self.unnamed)
        if self.unnamed:
            text += _(" ({unnamed} unnamed)", unnamed=whole_number(self.unnamed))
        text += ", " + many("{number} volunteer", "{number} volunteers", volunteers)
        return text + (", " + _("{number} excused", number=whole_number(len(self.excused))) if self.excused else "")

    def type(self, text: str) -> None:
        """Enter letters and digits into the current field."""
        self.remark = ""
        if self.field == UNNAMED and not (text.isascii() and text.isdigit() and len(self.typed[UNNAMED] + text) <= _MOST_DIGITS):
            return
        self.typed[self.field] += text
        self._place_cursor()

    def erase(self) -> None:
        """Delete the last letter."""
        self.remark = ""
        self.typed[self.field] = self.typed[self.field][:-1]
        self._place_cursor()

    def move(self, steps: int) -> None:
        """Move the cursor, not beyond the ends."""
        if self.field == FILTER:
            self._moved = True
            self.cursor = max(0, min(len(self.visible_people) - 1, self.cursor + steps))

    def other_field(self) -> None:
        """Switch between the list and the number without names."""
        self.field = FILTER if self.field != FILTER else UNNAMED

    def add_unnamed(self, step: int) -> None:
        """Change the number of those without a name by one."""
        self.typed[UNNAMED] = str(max(0, min(10**_MOST_DIGITS - 1, self.unnamed + step)) or "")

    def tick(self) -> None:
        """Tick or untick the person at the cursor. The typed text is cleared, so that the next name can be typed at once."""
        self._mark(self.ticked, self.excused)

    def excuse(self) -> None:
        """Mark the person at the cursor as excused, or no longer."""
        if self.excusable:
            self._mark(self.excused, self.ticked)

    def _mark(self, marked: set[int], other: set[int]) -> None:
        shown = self.visible_people
        if not shown:
            return
        chosen = shown[self.cursor]
        if chosen.id == _NEW:
            self.ask_name()
            return
        text = self.typed[FILTER]
        last, beginning = self._last
        alike = self._alike(chosen) if text else 1
        if alike > 1 and _fit(chosen, fold(text)) == 0 and not text.endswith(" "):  # a whole first name, which a surname may follow
            self.typed[FILTER] += " "
            self.remark = _("{number} are called that: the surname, the arrows, or once more for this one", number=alike)
            return
        same, goes_on = chosen.id == last, bool(text) and last in marked and _fits_whole(chosen, beginning, fold(text))
        if not (goes_on and same):  # the surname of somebody who is ticked by now takes nothing back
            marked ^= {chosen.id}
            other -= {chosen.id}
        if goes_on and not same:
            marked -= {last}
            first = next(each for each in self.candidates if each.id == last)
            self.remark = _("Instead of {number} {name}.", number=first.number, name=first.shown or first.called)
        if text:
            if alike > 1:
                self.remark = _("{number} fitted; taken: {person}", number=alike, person=f"{chosen.number} {chosen.shown or chosen.called}")
            self._last = (0, "") if goes_on else (chosen.id, fold(text))
            self.typed[FILTER] = ""
            self._show(chosen.id)
        else:
            self.move(1)

    def _alike(self, chosen: Candidate) -> int:
        """Return how many on the screen fit what was typed as well as the one at the cursor; 1 if that one was chosen with the arrows or by a surname."""
        text, (last, beginning), marked = fold(self.typed[FILTER]), self._last, self.ticked | self.excused
        if self._moved or last in marked and _fits_whole(chosen, beginning, text):
            return 1
        rank = _fit(chosen, text)
        alike = [each for each in self.candidates if _fit(each, text) == rank and (each.id in marked) == (chosen.id in marked)]
        return sum(not each.hidden for each in alike) if not chosen.hidden else len(alike)

    def ask_name(self) -> None:
        """Ask for the full name of somebody new, beginning with what was typed. Whoever types `Viggo Bro` in one go has typed the space already."""
        self.field, self.typed[NAME] = NAME, f"{self.typed[FILTER].strip().title()} ".lstrip()
        self.remark = self._same_name()

    def accept_name(self) -> None:
        """Add somebody new to the list, ticked. A name that can't be stored stays in the field to be corrected."""
        try:
            name = read_name(self.typed[NAME], "name")
        except WrongInput as error:
            self.remark = error.message
            return
        id = self._add_newcomer(name)
        self.leave_name()
        self._show(id)

    def take_up(self, present: Collection[str], excused: Collection[str], unnamed: int, newcomers: Sequence[str], remark: str) -> None:
        """Tick as it was ticked in an earlier run, people by their numbers; they come first. remark: says so."""
        self.ticked, self.excused = ({each.id for each in self.candidates if str(each.number) in marked} for marked in (present, excused))
        self._found = [each.id for each in self.candidates if each.id in self.ticked | self.excused]
        self._found += [self._add_newcomer(name) for name in newcomers]
        self.typed[UNNAMED], self.remark = str(unnamed or ""), remark

    def _add_newcomer(self, name: str) -> int:
        id = _NEW - 1 - len(self.newcomers)
        self.newcomers[id] = name
        words = tuple(fold(name).split(" "))
        self.candidates.append(Candidate(id, self._next_number + len(self.newcomers) - 1, name.split(" ")[0], words))
        self.ticked.add(id)
        return id

    def leave_name(self) -> None:
        """Go back to the list."""
        self.field, self.remark = FILTER, ""
        self.typed[FILTER] = self.typed[NAME] = ""
        self.cursor = 0

    def enter(self) -> bool:
        """Handle Enter in the field: keep the name, tick those whom the filter found, or end. True: the list is done."""
        if self.field == NAME:
            self.accept_name()
        elif self.field == FILTER and self.typed[FILTER]:
            self.tick()
        else:
            return True
        return False

    def _show(self, id: int) -> None:
        """Show somebody who was typed among the first, with the cursor on them."""
        if id in self.ticked | self.excused and id not in self._found:
            self._found.append(id)
        ids = [candidate.id for candidate in self.visible_people]
        self.cursor = ids.index(id) if id in ids else 0

    def _place_cursor(self) -> None:
        self._moved = False
        if self.field == FILTER:
            # Somebody who is ticked is not meant again: of two Annas it is the other one. But a surname may follow the first name.
            text, marked, (last, beginning) = fold(self.typed[FILTER]), self.ticked | self.excused, self._last
            fitting = [(place, each) for place, each in enumerate(self.visible_people) if each.id != _NEW]
            others = [place for place, each in fitting if each.id not in marked]
            whole = [
                (each.id != last, place)
                for place, each in fitting
                if _fits_whole(each, beginning, text) and (each.id == last or place in others)
            ]
            if last in marked and whole and not any(_fit(each, text) in (0, 1) for place, each in fitting if place in others):
                others = [min(whole)[1]]
            self.cursor = next(iter(others), 0)
        elif self.field == NAME:
            self.remark = self._same_name()

    def _same_name(self) -> str:
        words = tuple(fold(self.typed[NAME]).split(" "))
        same = next((each for each in self.candidates if each.words == words), None)
        return _("{person} has the same name.", person=f"{same.number} {same.called}") if same else ""


def _fits_whole(candidate: Candidate, first: str, text: str) -> bool:
    """Whether somebody has the whole first name that was typed, and a surname that begins as what was typed after it."""
    return (
        bool(first and text)
        and first in (fold(candidate.called), *candidate.words[:1])
        and any(word.startswith(text) for word in candidate.words[1:])
    )


def _fit(candidate: Candidate, text: str) -> int | None:
    """Score how well somebody matches what was typed: 0 best, None not at all. A number matches by its beginning, a name by the beginning of a word."""
    called = fold(candidate.called)
    if text in (str(candidate.number), called):
        return 0
    if called.startswith(text) or " ".join(candidate.words).startswith(text) or f"{called} {candidate.words[-1]}".startswith(text):
        return 1
    if str(candidate.number).startswith(text) or any(word.startswith(text) for word in candidate.words):
        return 2
    return None
