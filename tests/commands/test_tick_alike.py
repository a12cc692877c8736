"""Several people on the list to tick off who fit what is typed."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from test_ticking import everybody, typed

from husrum_cli.commands.forms.ticking import TickList
from husrum_cli.records.tick_list import Candidate


@pytest.mark.parametrize("key", [TickList.tick, TickList.enter, TickList.excuse])
def test_of_several_who_fit_nobody_is_ticked_unsaid(key: Callable[[TickList], object]) -> None:
    ticks = typed(TickList(everybody("Viggo Bro", "Viggo Almind", "Bo Vig"), excusable=True), "viggo")
    key(ticks)
    assert (ticks.ticked, ticks.excused, ticks.typed["filter"]) == (set(), set(), "viggo ") and ticks.remark.startswith("2 are called")
    key(ticks)
    assert ticks.ticked | ticks.excused == {1}


@pytest.mark.parametrize(("text", "ticked", "new"), [("viggo bro", (1,), ()), ("viggo al", (2,), ()), ("viggo holm", (), ("Viggo Holm",))])
def test_a_surname_says_which_of_several_is_meant(text: str, ticked: tuple[int, ...], new: tuple[str, ...]) -> None:
    ticks = TickList(everybody("Viggo Bro", "Viggo Almind"))
    for letter in text:
        ticks.tick() if letter == " " else ticks.type(letter)
    ticks.enter()
    if new:
        ticks.enter()
    assert (ticks.result.ids, ticks.result.newcomers) == (ticked, new)


def test_the_arrows_choose_one_of_several_and_of_several_ticked_none_is_taken_away_unsaid() -> None:
    ticks = typed(TickList(everybody("Anna Holm", "Anna Dam")), "anna")
    ticks.move(1)
    ticks.tick()
    assert ticks.result.ids == (2,)
    typed(ticks, "anna").tick()
    typed(ticks, "anna").tick()
    assert ticks.result.ids == (1, 2) and ticks.remark.startswith("2 are called")


def test_of_those_who_begin_alike_the_one_taken_is_named() -> None:
    ticks = typed(TickList(everybody("Anna Holm", "Anders Dam")), "an")
    ticks.tick()
    assert (ticks.result.ids, ticks.remark) == ((1,), "2 fitted; taken: 1 Anna")


def test_who_is_not_on_the_screen_is_not_asked_about() -> None:
    ticks = typed(TickList([*everybody("Anna Holm"), Candidate(9, 9, "Anna", ("anna", "krog"), hidden=True)]), "anna")
    ticks.tick()
    assert ticks.result.ids == (1,) and not ticks.remark
