"""Ticking off who came: as a list without a terminal, and as a coordinator does it at one."""

from __future__ import annotations

import json
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import husrum, husrum_process, new_city

from husrum_cli.commands.forms.ticking import NAME, UNNAMED, TickList
from husrum_cli.i18n import choose_language
from husrum_cli.records.tick_list import Candidate

TODAY = {"HUSRUM_TODAY": "2024-03-06"}
FIRST = [
    "Anna", "Bo", "Carla", "Dorte", "Emil", "Freja", "Gustav", "Hanne", "Ida", "Jonas", "Karen", "Lars", "Mette", "Niels", "Olga", "Palle", "Rikke", "Simon", "Tina", "Ulla",
]  # fmt: skip
LAST = ("Holm", "Krog", "Dam")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    choose_language("en")
    yield
    choose_language("en")


def everybody(*names: str, **more: Any) -> list[Candidate]:
    """People numbered from one on, by their full names."""
    words = [tuple(name.casefold().split()) for name in names]
    return [Candidate(number, number, name.split()[0], words[number - 1], **more) for number, name in enumerate(names, 1)]


def typed(ticks: TickList, text: str) -> TickList:
    for letter in text:
        ticks.type(letter)
    return ticks


def numbers(ticks: TickList) -> list[int]:
    return [each.number for each in ticks.visible_people]


# Without a terminal ------------------------------------------------------------------------------------------------------------------


def test_a_beginning_a_last_name_or_a_number_finds_somebody() -> None:
    people = everybody("Anna Holm", "Hanne Dam", "Bo Anker", "Åse Lund")
    assert numbers(typed(TickList(people), "an")) == [1, 3, 0]  # the line to add somebody comes last
    assert numbers(typed(TickList(people), "holm")) == [1, 0]
    assert numbers(typed(TickList(people), "aase")) == [4, 0]
    assert numbers(typed(TickList(people), "2")) == [2, 0]


def test_a_tick_clears_the_filter_and_two_of_a_name_are_ticked_one_after_the_other() -> None:
    ticks = TickList(everybody("Anna Holm", "Anna Dam", "Bo Krog"))
    typed(ticks, "anna").tick()
    ticks.tick()
    typed(ticks, "anna").tick()  # the one who is left
    assert ticks.typed["filter"] == "" and ticks.result.ids == (1, 2)
    assert ticks.count_line == "2 participants, 0 volunteers"


def test_ticking_again_takes_the_tick_away() -> None:
    ticks = TickList(everybody("Anna Holm"))
    typed(ticks, "an").tick()
    typed(ticks, "an").tick()
    assert ticks.result.ids == ()


def test_space_after_space_ticks_down_the_list() -> None:
    ticks = TickList(everybody("Anna Holm", "Bo Krog", "Carla Dam"))
    ticks.tick()
    ticks.tick()
    assert ticks.result.ids == (1, 2) and ticks.cursor == 2


def test_who_is_hidden_is_found_by_typing_and_stays_when_ticked() -> None:
    ticks = TickList([*everybody("Anna Holm"), Candidate(9, 9, "Bo", ("bo", "krog"), hidden=True)])
    assert numbers(ticks) == [1]
    typed(ticks, "bo").tick()
    assert numbers(ticks) == [9, 1]


def test_enter_ticks_whom_the_filter_found_and_ends_only_without_a_filter() -> None:
    ticks = typed(TickList(everybody("Anna Holm")), "an")
    assert not ticks.enter() and ticks.result.ids == (1,)
    assert ticks.enter()


def test_the_unnamed_take_digits_only() -> None:
    ticks = TickList([], unnamed=2)
    ticks.other_field()
    assert ticks.field == UNNAMED
    ticks.erase()
    typed(ticks, "1x2")
    assert ticks.unnamed == 12 and ticks.count_line == "12 participants (12 unnamed), 0 volunteers"
    ticks.add_unnamed(-1)
    assert ticks.result.unnamed == 11


def test_somebody_new_is_asked_for_their_full_name() -> None:
    ticks = typed(TickList(everybody("Anna Holm"), next_number=7), "karl")
    assert ticks.visible_people[0].called == "new: karl …"
    ticks.tick()
    assert ticks.field == NAME
    typed(ticks, " Kok")
    ticks.enter()
    assert ticks.result.newcomers == ("Karl Kok",) and numbers(ticks) == [7, 1]


@pytest.mark.parametrize("text", ["viggo Bro", "viggo  Bro"])
def test_somebody_new_is_typed_in_one_go(text: str) -> None:
    ticks = TickList(everybody("Anna Holm"))
    for letter in text:
        ticks.tick() if letter == " " and ticks.field != NAME else ticks.type(letter)
    ticks.enter()
    assert ticks.result.newcomers == ("Viggo Bro",)


def test_a_name_that_cannot_be_kept_stays_to_be_corrected() -> None:
    ticks = TickList([])
    ticks.ask_name()
    typed(ticks, "Karl 010190-1234")
    ticks.accept_name()
    assert ticks.result.newcomers == () and "CPR" in ticks.remark


def test_a_name_that_is_there_already_is_remarked_on() -> None:
    ticks = TickList(everybody("Anna Holm"))
    ticks.ask_name()
    assert typed(ticks, "anna holm").remark == "1 Anna has the same name."


KEYS: dict[str, Callable[[TickList], object]] = {
    "space": TickList.tick, "enter": TickList.enter, "tab": TickList.other_field, "back": TickList.erase, "new": TickList.ask_name, "leave": TickList.leave_name,
    "up": lambda ticks: ticks.move(-1), "down": lambda ticks: ticks.move(1), "+": lambda ticks: ticks.add_unnamed(1),
}  # fmt: skip


@given(
    st.lists(st.sampled_from([*KEYS, *"abnø1 "]), max_size=40), st.lists(st.sampled_from(["Anna Holm", "Bo Krog", "Nina Ø"]), max_size=6)
)
def test_whatever_is_typed_the_list_holds_together(keys: list[str], names: list[str]) -> None:
    ticks = TickList(everybody(*names), next_number=len(names) + 1)
    for key in keys:
        KEYS[key](ticks) if key in KEYS else ticks.type(key)
        assert 0 <= ticks.cursor <= max(0, len(ticks.visible_people) - 1)
        assert len(ticks.result.ids) + len(ticks.result.newcomers) == len(ticks.ticked)
        shown = numbers(ticks)
        assert len(set(shown)) == len(shown)


# At a terminal -----------------------------------------------------------------------------------------------------------------------

terminal = pytest.importorskip("terminal")


@pytest.fixture(scope="module")
def town_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty young people, a leader with a group of four, and some evenings."""
    folder = tmp_path_factory.mktemp("town")
    path = new_city(folder / "town.db")
    names = [f"{first} {last}" for last in LAST for first in FIRST]
    (folder / "intakes.csv").write_text("name,enquired\n" + "".join(f"{name},2024-01-02\n" for name in names), encoding="utf-8")
    lines: list[tuple[str, ...]] = [
        ("import", str(folder / "intakes.csv")),
        ("volunteer", "add", "Vera Vang", "--role", "leader", "--joined", "2023-01-01"),
        ("group", "open", "Tuesday", "--kind", "talk", "--start", "2024-02-06", "--weeks", "3", "--leader", "Vera Vang"),
        ("group", "enroll", "G1", "5-8", "--date", "2024-02-06"),
        ("event", "log", "Board games", "--date", "2024-02-20", "--present", "31,32"),
        ("event", "log", "Walk", "--date", "2024-03-01", "--present", "41,31"),
        ("event", "plan", "Trip", "--date", "2024-03-02", "--until", "2024-03-03"),
        ("intake", "add", "Gone Away", "--enquired", "2024-01-02"),
        ("person", "leave", "Gone Away", "--date", "2024-02-01"),
    ]
    for line in lines:
        done = husrum("--db", path, *line, env=TODAY)
        assert done.exit_code == 0, (line, done.stderr)
    return path


@pytest.fixture
def town(town_once: Path, tmp_path: Path) -> Path:
    path = tmp_path / "town.db"
    path.write_bytes(town_once.read_bytes())
    return path


def at(path: Path, *words: str, **more: Any) -> Any:
    return terminal.Terminal(path, *words, env={**TODAY, **more.pop("env", {})}, **more)


def days_of(path: Path, noun: str, ref: str) -> list[dict[str, Any]]:
    page = json.loads(husrum("--db", path, noun, "show", ref, "--format", "json").stdout)
    days: list[dict[str, Any]] = page["days" if noun == "event" else "meetings"]
    return days


def test_eighteen_of_sixty_are_ticked_by_typing(town: Path) -> None:
    there = [1, *range(3, 13), *range(41, 48)]  # two Annas among them, and many whose first name three have
    letters = 0
    with at(town, "event", "log", "Brætspil") as seat:
        seat.see("Brætspil · Wednesday 2024-03-06", "0 participants")
        for number in there:
            first = FIRST[(number - 1) % 20]
            seat.type(first)
            letters += len(first)
            fitting = [line.rstrip() for line in seat.see(f"Search: {first}", f"[ ] {number:>4} {first}")[3:6]]
            free = [line.rpartition(" ")[0] for line in fitting if line.startswith("[ ]")]  # three share each name, and have a letter more
            place = free.index(f"[ ] {number:>4} {first}")
            # Of several of a name, the first is asked about.
            seat.press(*([terminal.DOWN] * place if place or len(free) == 1 else [" "]), " ")
            seat.see(f"[x] {number:>4} {first}")
        seat.press(terminal.TAB, "4")
        seat.see("22 participants (4 unnamed), 0 volunteers")
        seat.press(terminal.ENTER)
        status, shown = seat.end()
    assert status == 0 and "E4 Brætspil, 2024-03-06: 22 participants (4 unnamed), 0 volunteers." in shown
    assert days_of(town, "event", "E4")[0]["present"] == there
    command = "husrum event log Brætspil\r"
    assert len(command) + seat.keys - letters < 80, len(command) + seat.keys - letters


def test_the_likeliest_come_first_and_of_a_surname_no_more_than_a_letter_is_shown(town: Path) -> None:
    with at(town, "event", "log", "Board games") as seat:
        lines = seat.see("Space")
        shown = [line[:26].strip() for line in lines[3:6]]
        seat.press(terminal.ESCAPE)
        seat.end()
    # Both were there a fortnight ago; 31 went for the walk too. Then who went for the walk.
    assert shown == ["[ ]   31 Karen K.", "[ ]   32 Lars K.", "[ ]   41 Anna D."]
    assert not any(last in seat.shown for last in (*LAST, "Vang")) and "Gone" not in seat.shown
    assert seat.shown.count("Anna") >= 3


@pytest.mark.parametrize(
    ("line", "end"),
    [
        (("event", "log", "Walk"), "window"),
        (("event", "attend", "E3", "--date", "2024-03-03"), "termination"),
        (("group", "meet", "G1"), "window"),
    ],
)
def test_ticks_are_kept_where_the_window_is_closed(town: Path, line: tuple[str, ...], end: str) -> None:
    with at(town, *line) as seat:
        seat.see("Space")
        seat.type("41 zacharias ")
        seat.see("Full name: Zacharias")
        seat.type(" Zahle")
        seat.press(terminal.ENTER, terminal.TAB, "4")
        seat.see("6 participants (4 unnamed)")
        if end == "window":
            seat.hang_up()
        else:
            seat.process.send_signal(signal.SIGTERM)
            assert seat.end()[0] == 143
    (waits,) = [each for each in agenda(town) if each["what"] == "unfinished form"]
    assert waits["command"].startswith(f"husrum {' '.join(line[:2])}")
    with at(town, *line) as seat:
        seat.see("6 participants (4 unnamed)", "As it was ticked on", "[x]   41 Anna", "Zacharias")
        seat.press(terminal.ESCAPE)
        assert "41 --unnamed 4" in seat.end()[1]
    with at(town, *line) as seat:
        seat.see("6 participants (4 unnamed)")
        seat.press(terminal.ENTER)
        status, shown = seat.end()
    assert status == 0 and "63 Zacharias Zahle: enquiry on" in shown and "6 participants (4 unnamed)" in shown
    assert not any(each["what"] == "unfinished form" for each in agenda(town))
    with at(town, *line, *(() if line[0] == "event" else ("--date", "2024-02-06"))) as seat:  # it is not offered twice
        assert not any("As it was ticked" in row for row in seat.see("Space"))


def agenda(path: Path) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = json.loads(husrum("--db", path, "today", "--format", "json", env=TODAY).stdout)["items"]
    return items


def test_somebody_new_is_added_from_the_list(town: Path) -> None:
    with at(town, "event", "log", "Walk", "--date", "2024-03-05") as seat:
        seat.see("Space")
        seat.type("Zacharias Zahle")
        seat.see("Full name: Zacharias Zahle")
        seat.press(terminal.ENTER)
        seat.see("[x]   63 Zacharias", "1 participant,")
        seat.press(terminal.ENTER)
        status, shown = seat.end()
    assert status == 0 and "63 Zacharias Zahle: enquiry on 2024-03-05" in shown and "1 participant, 0 volunteers" in shown
    assert days_of(town, "event", "E4")[0]["present"] == [63]


def test_a_group_shows_who_is_enrolled_and_its_leaders_are_there_already(town: Path) -> None:
    with at(town, "group", "meet", "G1") as seat:
        lines = seat.see("G1 Tuesday · Tuesday 2024-02-06", "0 participants, 1 volunteer")
        assert [line.strip() for line in lines[3:9]] == [
            "[ ]    5 Emil", "[ ]    6 Freja", "[ ]    7 Gustav", "[ ]    8 Hanne", "[x]   61 Vera", "",
        ]  # fmt: skip
        seat.type("  ")
        seat.type("vera ")
        seat.see("2 participants, 0 volunteers")
        seat.press(terminal.ENTER)
        assert seat.end()[0] == 0
    assert (days_of(town, "group", "G1")[0]["present"], days_of(town, "group", "G1")[0]["volunteers"]) == ([5, 6], [])
    with at(town, "group", "meet", "G1", "--date", "2024-02-06") as seat:
        seat.see("2 participants, 0 volunteers")
        seat.type("hanne ")
        seat.press(terminal.ENTER)
        assert seat.end()[0] == 0
    assert days_of(town, "group", "G1")[0]["present"] == [5, 6, 8]


def test_a_planned_event_is_ticked_off_and_ticked_again(town: Path) -> None:
    with at(town, "event", "attend", "E3") as seat:
        seat.see("E3 Trip")
        seat.type("vera 12 ")
        seat.press("+", terminal.ENTER)
        assert seat.end()[0] == 0
    assert [(day["present"], day["volunteers"], day["unnamed"]) for day in days_of(town, "event", "E3")] == [([12], [61], 1)] * 2
    with at(town, "event", "attend", "E3", "--date", "2024-03-03") as seat:
        seat.see("2 participants (1 unnamed), 1 volunteer")
        seat.type("13 ")
        seat.press(terminal.ENTER)
        assert seat.end()[0] == 0
    assert [(day["present"], day["volunteers"]) for day in days_of(town, "event", "E3")] == [([12], [61]), ([12, 13], [61])]
    with at(town, "event", "attend", "E3") as seat:
        status, shown = seat.end()
    assert status == 5 and "2024-03-02, 2024-03-03" in shown


def test_what_was_said_on_the_command_line_holds(town: Path) -> None:
    with at(town, "event", "log", "Walk", "--volunteers", "vera", "--unnamed", "2", "--date", "2024-03-05") as seat:
        seat.see("2 participants (2 unnamed), 0 volunteers")
        seat.type("41 ")
        seat.see("3 participants")
        seat.press(terminal.ENTER)
        assert seat.end()[0] == 0
    (day,) = days_of(town, "event", "E4")
    assert (day["present"], day["volunteers"], day["unnamed"]) == ([41], [61], 2)
    with at(town, "group", "meet", "G1", "--volunteers", "none", "--date", "2024-02-13") as seat:
        seat.see("0 participants, 0 volunteers")
        seat.press(" ", terminal.ENTER)
        assert seat.end()[0] == 0
    meeting = days_of(town, "group", "G1")[1]
    assert (meeting["present"], meeting["volunteers"]) == ([5], [])


def test_ticks_that_cannot_be_saved_are_shown(town: Path) -> None:
    with at(town, "event", "log", "Walk", "--ref", "E9") as seat:
        seat.see("Space")
        seat.type("41 ")
        seat.see("1 participant,")
        assert husrum("--db", town, "event", "log", "Other", "--ref", "E9", env=TODAY).exit_code == 0
        seat.press(terminal.ENTER)
        status, shown = seat.end()
    assert status == 5 and "Ticked were: --present 41 --unnamed 0" in shown and "E9 is taken already" in shown


def test_what_would_be_refused_is_refused_before_anybody_is_ticked(town: Path) -> None:
    with at(town, "event", "log", "Walk", "--date", "2024-04-01") as seat:
        status, shown = seat.end()
    assert status == 5 and "has not come yet" in shown and "Space" not in shown


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (120, 40), (20, 8)])
def test_the_list_fits_the_screen_in_danish(town: Path, columns: int, rows: int) -> None:
    with at(town, "event", "log", "Brætspil", columns=columns, rows=rows, env={"HUSRUM_LANGUAGE": "da"}) as seat:
        seat.see("Søg:")
        for _each in range(61):
            seat.press(terminal.DOWN)
        seat.press(" ")
        lines = seat.see("0 deltagere, 1 fri" if columns < 26 else "0 deltagere, 1 frivillig")
        assert any(line.startswith("Uden navn") for line in lines) and any("Vera" in line for line in lines)
        seat.press(terminal.ESCAPE)
        assert seat.end()[0] == 130


def test_off_a_terminal_nothing_is_asked(town: Path) -> None:
    for line in (["event", "log", "Walk"], ["event", "attend", "E3"], ["group", "meet", "G1"]):
        done = husrum_process("--db", town, *line, env=TODAY)
        assert (done.exit_code, done.stdout) == (0, "") and " · " not in done.stderr, done.stderr
