"""Rows that say more of the same occasion: a line for each of those who came, or names below the line that has the day."""

from __future__ import annotations

from collections.abc import Set

from ...i18n import _
from .context import SheetContext
from .counted_people import IN_ALL

Texts = dict[str, str]
PEOPLE = frozenset({"present", "volunteers", "excused"})
"""The columns of people of which a row may have nothing else."""


def carry_down(rows: list[tuple[int, Texts]], filled: dict[int, set[str]], required: list[str], others: Set[int]) -> set[int]:
    """Give rows of nothing but people the day and the title of the row right above them, and return their numbers.

    `filled`: the columns of each row. `others`: the rows that part a table: those below one may be about something else.
    """
    above: Texts = {}
    carried = set()
    before = 0
    for number, texts in rows:
        if not others.isdisjoint(range(before, number)):
            above = {}
        before = number
        if filled[number] and filled[number] <= PEOPLE and above:
            texts |= above
            carried.add(number)
        else:
            above = {name: texts[name] for name in required if name in texts}
    return carried


def join(context: SheetContext, rows: list[tuple[int, Texts]], required: list[str], carried: set[int]) -> list[tuple[int, Texts]]:
    """Return the rows with those of one occasion as one: those that were carried down, and lines that say the same but for one person, or guests.

    Days of one event or group are joined by whoever reads them; only a total of everybody needs all that are named of it.
    """
    joined: list[tuple[int, Texts]] = []
    lines: dict[tuple[tuple[str, str], ...], Texts] = {}  # by all that a line of one person says besides
    read, above = 0, None
    for number, texts in rows:
        people = PEOPLE & texts.keys()
        guests = not people and "unnamed" in texts
        besides = tuple(sorted((name, text) for name, text in texts.items() if name not in PEOPLE and not (guests and name == "unnamed")))
        one = texts["present"] if "present" in texts else texts[next(iter(people))] if len(people) == 1 else "|"
        alone = (guests or not set(one) & set("|,-")) and all(name in texts for name in required)
        first = above if number in carried else lines.get(besides) if alone else None
        # Two numbers of guests alone may be of two events.
        if first is not None and (context.belongs and IN_ALL not in first or guests and not PEOPLE & first.keys()):
            first = None
        if first is None:
            joined.append((number, texts))
            above = texts
            if alone:
                lines.setdefault(besides, texts)
            continue
        for name in people:
            named = dict.fromkeys([*first.get(name, "").split("|"), *texts[name].split("|")])
            first[name] = "|".join(filter(None, named))
        if (guests or number in carried) and "unnamed" in texts:
            first["unnamed"] = str(int(first.get("unnamed", 0)) + int(texts["unnamed"]))
        above, read = first, read + 1
    if read and not context.belongs:
        context.findings.notes.append(
            _("{sheet}: several rows about the same event were read as one ({number}).", sheet=context.sheet.name, number=read)
        )
    return joined
