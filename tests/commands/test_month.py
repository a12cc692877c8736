"""A coordinator's month in a terminal of 80x24, in Danish: every task in no more commands and keys than it may take.

A command is one line typed at the prompt; a key is one pressed after it, the letters of new names, notes and numbers left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from running import husrum, new_city
from terminal import ENTER, TAB, Terminal

NAMES = """
    Anna Freja Emma Sofie Laura Ida Mathilde Clara Julie Maja Mads Oliver William Noah Lucas Emil Frederik Magnus Mikkel Jonas Sara
    Cecilie Katrine Line Camilla Anne Mikael Rasmus Simon Tobias Yusuf Aisha Ali Zahra Mohammed Nanna Signe Kasper Søren Åse Emilie Jon
"""
LAST = ("Holm", "Bæk", "Friis")
YOUNG = {number: f"{first} {LAST[number % 3]}" for number, first in enumerate(NAMES.split(), 1)}
VOLUNTEERS = {
    43: ("Karen Bang", "gruppeleder"),
    44: ("Ole Toft", "fællesspisning"),
    45: ("Birthe Winther", "hjerteven"),
    46: ("Per Kold", "gruppeleder"),
    47: ("Jens Ove Frost", "fællesspisning"),
    48: ("Åge Munk", "hjerteven"),
}
GROUP = (2, 9, 13, 16, 25, 27, 33, 39)
ONCE, NEVER, WAITING, LONG_AWAY = {1: -1, 20: 8}, (3, 5, 14, 21, 23, 28), (6, 12, 18), {8: 10, 35: 8, 36: 8}
TUESDAYS = [date(2026, 8, 4) + timedelta(weeks=week) for week in range(13) if week != 10]
SUNDAYS = [date(2026, 3, 8) + timedelta(weeks=2 * number) for number in range(18)]
REGULAR = [number for number in YOUNG if number not in {*ONCE, *NEVER, *WAITING, *LONG_AWAY, *GROUP}]
MAPPING = """what,sheet,column,found,means
year,,,,2026
sheet,Noter,,,ignore
sheet,Tirsdag,,,group:G1
sheet,Søndag,,,events:Fællesspisning
heading,Unge,,Nr.,ref
heading,Unge,,Fundet os via,source
heading,Frivillige,,Nr.,ref
heading,Frivillige,,Opgave,role
value,Frivillige,Opgave,fællesspisning,organiser
"""


def _dinner(place: int) -> set[int]:
    """Return who came to a dinner: some of the regular ones, two of the group, and those who came only then."""
    some = {number for number in REGULAR if (number + place) % 3 == 0} | {GROUP[place % 8], GROUP[(place + 3) % 8]} - {2}
    once = {number for number, when in (ONCE | LONG_AWAY).items() if when % len(SUNDAYS) - (when < 0) == place}
    early = set(LONG_AWAY) if place == 2 else set()
    return some | once | early | ({2} if SUNDAYS[place] in (date(2026, 8, 9), date(2026, 11, 1)) else set())


def _grid(days: list[date], people: dict[int, str], came: Callable[[int, int], bool]) -> list[list[object]]:
    return [["Navn", *(f"{day.day}/{day.month}" for day in days)], *(
        [name, *("x" if came(number, place) else None for place in range(len(days)))] for number, name in people.items()
    )]  # fmt: skip


def _spreadsheets(folder: Path) -> None:
    """Write the workbook of a city that has kept lists for a year, and what it means."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    young = [
        [number, name, "15-04-1996" if number == 20 else 1999 + number % 8, f"20 30 40 {number:02}" if number % 4 else None,
         None if number in (4, 15) else f"{name.split()[0].lower()}@example.org", "5/1", None if number in WAITING else "12/1", "Psykolog"]
        for number, name in YOUNG.items()
    ]  # fmt: skip
    dinners = {**YOUNG, 44: "Ole Toft", 47: "Jens Ove Frost"}
    sheets = {
        "Unge": [["Unge i Odense"], ["Nr.", "Navn", "Født", "Tlf.", "Mail", "Henvendt", "Forsamtale", "Fundet os via"], *young],
        "Frivillige": [["Nr.", "Navn", "Opgave", "Startet", "Introkursus"], *([n, *each, "2/3", "16/3"] for n, each in VOLUNTEERS.items())],
        "Tirsdag": _grid(TUESDAYS, {number: YOUNG[number] for number in GROUP}, lambda n, place: place < 11 and (n == 2 or (n + place) % 4 > 0)),
        "Søndag": _grid(SUNDAYS, dinners, lambda number, place: number > 42 or number in _dinner(place)),
        "Noter": [["plakater"]],
    }  # fmt: skip
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(folder / "Lister.xlsx")
    (folder / "mapping.csv").write_text(MAPPING, encoding="utf-8")


class Desk:
    """The coordinator's terminal. Counts the commands and keys of the task at hand."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.commands = self.keys = 0

    @contextmanager
    def task(self, commands: int, keys: int = 0) -> Iterator[None]:
        """A task that may take so many commands and keys."""
        self.commands = self.keys = 0
        yield
        assert self.commands <= commands and self.keys <= keys, (self.commands, self.keys)

    @contextmanager
    def command(self, day: str, *words: str, status: int = 0) -> Iterator[Terminal]:
        """A command that is answered with keys."""
        self.commands += 1
        with Terminal(self.path, *words, env={"HUSRUM_TODAY": day, "HUSRUM_LANGUAGE": "da", "NO_COLOR": "1"}) as seat:
            yield seat
            self.keys += seat.keys
            if seat.ours >= 0:
                assert seat.end()[0] == status, seat.shown

    def type(self, day: str, line: str, *words: str) -> str:
        """A command without an answer; returns what it shows, each line of at most 80 columns. `words`: those with spaces, in the line's `{}`."""
        texts = iter(words)
        with self.command(day, *(next(texts) if word == "{}" else word for word in line.split())) as seat:
            status, shown = seat.end()
        assert status == 0, shown
        assert max(map(len, shown.split("\n"))) <= 80, shown
        return shown

    def data(self, *words: str) -> Any:
        """Look into the file, aside."""
        return json.loads(husrum("--db", self.path, *words, "--format", "json", env={"HUSRUM_TODAY": "2026-11-30"}).stdout)


@pytest.fixture(scope="module")
def moved_in(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Odense, moved in with two commands."""
    folder = tmp_path_factory.mktemp("odense")
    _spreadsheets(folder)
    desk = Desk(new_city(folder / "odense.db", "Odense", "--language", "da"))
    assert len(MAPPING.splitlines()) <= 1 + 25
    with desk.task(2):
        desk.type("2026-11-02", "group open Tirsdagsgruppen --kind talk --start 2026-08-04 --skip 2026-10-13 --capacity 8")
        shown = desk.type("2026-11-02", f"import --mapping {folder / 'mapping.csv'} {folder / 'Lister.xlsx'}")
    assert "29 dages fremmøde og 8 nye i gruppen indlæst" in shown
    return desk.path


@pytest.fixture
def desk(moved_in: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The same, right after the import."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "odense.db").write_bytes(moved_in.read_bytes())
    return Desk(tmp_path / "odense.db")


def test_the_questions_of_the_month(desk: Desk) -> None:
    """Asked of the file as it is right after the import."""
    with desk.task(1):
        shown = desk.type("2026-11-02", "stats year")
    numbers = {line[:31].strip(): line[31:].split()[0] for line in shown.splitlines()[:24] if line[31:].split()}
    assert numbers["Forsamtaler"] == "39" and numbers["Sociale arrangementer"] == "18" and shown.count("\n") < 24
    with desk.task(1):
        shown = desk.type("2026-11-02", "person list --once")
    assert [line.split()[0] for line in shown.splitlines()[1:]] == ["1", "20"]
    with desk.task(1):
        shown = desk.type("2026-11-02", "person list --never-came")
    assert [int(line.split()[0]) for line in shown.splitlines()[1:]] == list(NEVER)
    with desk.task(1):
        shown = desk.type("2026-11-02", "person list --not-seen-since 2m")
    assert {int(line.split()[0]) for line in shown.splitlines()[1:]} == {20, *LONG_AWAY, *NEVER}
    with desk.task(1):
        shown = desk.type("2026-11-02", "person list --turns 31 --by 31/12-2027")
    assert [line.split()[0] for line in shown.splitlines()[1:]] == ["20"] and "15-04-2027" in shown
    with desk.task(1):
        shown = desk.type("2026-11-02", "person show freja --since 1/8")
    assert "13" in shown and shown.count("G1 Tirsdagsgruppen") == 11 and "09-08-2026" in shown and "01-11-2026" in shown


def test_an_enquiry_and_its_interview(desk: Desk) -> None:
    with desk.task(1):
        desk.type("2026-11-02", "intake add {} --phone 20304050 --source ven --wish gruppe", "Mille Skov")
    number = desk.data("intake", "list", "--open")[0]["person"]
    assert number == 49
    with desk.task(2, 45):
        with desk.command("2026-11-04", "intake", "hold", "mille") as seat:
            for question, answer in (
                ("Forsamtale afholdt", ""),
                ("Hvordan fandt", ""),
                ("Henvist af", ""),
                ("Hvorfor kommer", "ens"),
                ("Hvad ønsker", ""),
                ("Hvad blev", "sam"),
                ("Køn", "k"),
            ):
                seat.asked(question)
                seat.type(answer)
                seat.press(ENTER)
            seat.asked("Hvor bor")
            seat.hang_up()
        assert desk.data("intake", "list", "--open")[0]["person"] == number
        with desk.command("2026-11-04", "intake", "hold", "mille") as seat:
            seat.see("Fortsæt med kladden? (Enter: ja")
            seat.press(ENTER)
            for question, answer in (
                ("Køn: k", ""),
                ("Hvor bor", "ode"),
                ("Beskæftigelse", "vid"),
                ("Samtykke", "j"),
                ("Diagnoser", "ang"),
                ("Psykiatrisk", ""),
                ("Selvmordstanker", ""),
                ("Ensomhed", "sv"),
                ("Note", ""),
            ):
                seat.asked(question)
                seat.type(answer)
                seat.press(ENTER)
            seat.see("1 Forsamtale afholdt: 4. november 2026", "2 Hvordan fandt den unge HUSRUM? Ven eller veninde", "Angst", "Gem?")
            seat.press(ENTER)
    assert [each for each in desk.data("intake", "list") if each["person"] == number][0]["held"] == "2026-11-04"


def test_a_new_group_and_a_latecomer(desk: Desk) -> None:
    with desk.task(2):
        shown = desk.type("2026-11-04", "group open Onsdagsgruppen --kind talk --start 11/11-2026 --skip 23/12 --skip 30/12 --leader karen")
        desk.type("2026-11-04", "group enroll onsdag 1,3,5,14,15,21,23")
    assert "12 mødegange" in shown and "10. februar 2027" in " ".join(shown.split())
    for day in ("2026-11-11", "2026-11-18"):
        desk.type("2026-11-18", f"group meet onsdag --date {day} --present 1,3,5")
    with desk.task(1):
        shown = desk.type("2026-11-25", "group enroll onsdag 4")
    assert "G2 var fuld, 7 af 7, før 4 Sofie Bæk kom med." in " ".join(shown.split())
    desk.type("2026-11-25", "group meet onsdag --present 1,4")
    enrolled = {each["person"]: each["came"] for each in desk.data("group", "show", "onsdag")["enrolled"]}
    assert enrolled[4] == "1/1" and enrolled[1] == "3/3"
    with desk.task(1):
        shown = desk.type("2026-11-25", "person list --group onsdag --show phone,email")
    assert len(shown.splitlines()) == 1 + 8 and "anna@example.org" in shown and "20 30 40 01" in shown
    with desk.task(1):
        shown = desk.type("2026-11-17", "export sheet onsdag --to ark.xlsx")
    page = openpyxl.load_workbook("ark.xlsx").active
    assert page is not None and page.page_setup.orientation == "landscape" and page.sheet_properties.pageSetUpPr.fitToPage
    assert "Onsdagsgruppen" in str(page["A1"].value)


def test_the_oldest_meeting_by_the_list(desk: Desk) -> None:
    with desk.task(1, 30), desk.command("2026-11-02", "group", "meet", "tirsdag") as seat:
        seat.see("Tirsdagsgruppen · tirsdag 27. oktober 2026", "Ctrl-A: afbud")
        for number in (2, 9, 13, 16, 25, 27):
            seat.type(str(number))
            seat.press(" ")
        seat.type("33")
        seat.press("\x01")
        seat.see("6 deltagere, 0 frivillige, 1 afbud", "[a]   33 Ali")
        seat.press(ENTER)
    meeting = desk.data("group", "show", "G1")["meetings"][-1]
    assert (meeting["date"], meeting["present"], meeting["excused"]) == ("2026-10-27", [2, 9, 13, 16, 25, 27], [33])
    with desk.command("2026-11-02", "group", "meet", "tirsdag", "--date", "27/10") as seat:
        seat.see("[x]    2 Freja", "[a]   33 Ali")
        seat.type("33")
        seat.press(" ")
        seat.see("7 deltagere, 0 frivillige")
        seat.press(ENTER)
    meeting = desk.data("group", "show", "G1")["meetings"][-1]
    assert (meeting["present"], meeting["excused"]) == ([2, 9, 13, 16, 25, 27, 33], [])


def test_dinners(desk: Desk) -> None:
    there = sorted({*REGULAR, *GROUP, 1})[:25]
    with desk.task(1, 110), desk.command("2026-11-15", "event", "log", "Fællesspisning", "--like", "fællesspisning") as seat:
        seat.see("Fællesspisning · søndag 15. november 2026")
        for number in there:
            name = YOUNG[number].split()[0]
            least = next(end for end in range(1, len(name) + 1) if _found(seat, name[:end], number))
            seat.press(" ")
            seat.see(f"[x] {number:>4} {name}")
            assert least <= len(name)
        for number in (44, 47):
            seat.type(str(number))
            seat.press(" ")
        seat.press(TAB, "3")
        seat.see("28 deltagere (3 uden navn), 2 frivillige")
        seat.press(ENTER)
    with desk.task(1, 10), desk.command("2026-11-22", "event", "attend", "fællesspisning") as seat:
        seat.see("E19 Fællesspisning · søndag 15. november 2026", "28 deltagere")
        seat.type("cam")
        seat.press(" ")
        seat.type("nan")
        seat.press(" ")
        seat.see("28 deltagere")
        seat.press(ENTER)
    shown = " ".join(seat.shown.split())
    assert "28 deltagere (3 uden navn), 2 frivillige" in shown and "føjet til: 36 Nanna" in shown and "taget af: 25 Camilla" in shown
    with desk.task(1):
        desk.type("2026-11-16", "event plan Fællesspisning --date 29/11 --every fortnight --times 4 --like fællesspisning")
    with desk.task(1):
        desk.type("2026-11-16", "event edit {} --date 12/12", "fællesspisning 13/12")
    with desk.task(1):
        desk.type("2026-11-16", "event cancel fællesspisning --date 27/12")
    planned = {each["date"]: each["state"] for each in desk.data("event", "list") if each["date"] > "2026-11-15"}
    assert planned == {"2026-11-29": "planned", "2026-12-12": "planned", "2026-12-27": "cancelled", "2027-01-10": "planned"}


def _found(seat: Terminal, text: str, number: int) -> bool:
    """Type one more letter; whether the one wanted is the first who is not ticked."""
    seat.type(text[-1])
    lines = [line[:26].strip() for line in seat.see(f"Søg: {text}")[3:20]]
    return next((line for line in lines if line.startswith("[ ]")), "").split()[2:3] == [str(number)]


def test_hjerteven_and_volunteers(desk: Desk) -> None:
    desk.type("2026-11-10", "match wait 15")
    with desk.task(2):
        desk.type("2026-11-17", "match wait rasmus --time aften --interest klatring")
        desk.type("2026-11-17", "match unwait 15 --reason no_longer_wishes")
    assert "klatring" in desk.type("2026-11-17", "match list --waiting")
    shown = desk.type("2026-11-17", "match list --waiting --all")
    assert "17-11-2026" in shown.splitlines()[-1] + shown.splitlines()[-2] and "længere" in shown
    with desk.task(4):
        desk.type("2026-11-18", "match offer åge")
        assert "28 Rasmus" in desk.type("2026-11-18", "match propose")
        desk.type("2026-11-18", "match start rasmus åge")
        desk.type("2026-11-18", "match contact rasmus")
    assert desk.data("match", "list", "--waiting") == []
    history = desk.data("match", "list", "--waiting", "--all")
    assert [(each["person"], each["until"], each["reason"]) for each in history] == [
        (15, "2026-11-17", "no_longer_wishes"), (28, "2026-11-18", "matched"),
    ]  # fmt: skip
    with desk.task(1):
        assert "1 rolle sluttede" in desk.type("2026-11-19", "volunteer leave birthe")
    with desk.task(1, 1), desk.command("2026-11-19", "undo") as seat:
        seat.see("volunteer leave", "45 Birthe Winther", "Skal det fortrydes? (j/n)")
        seat.press("j")
    assert [each["left"] for each in desk.data("volunteer", "list") if each["volunteer"] == 45] == [None]
    with desk.task(1):
        desk.type("2026-11-19", "volunteer apply {} --for befriender --recruited-through friend", "Gry Holst")
    assert "Gry" in desk.type("2026-11-19", "volunteer list --applied") and "Gry" in desk.type("2026-11-19", "today")
    assert "Gry Holst" not in desk.type("2026-11-19", "volunteer list")


def test_what_the_funder_asks(desk: Desk) -> None:
    with desk.task(2):
        quarter = desk.type("2026-11-30", "stats period 2026-K3")
        months = desk.type("2026-11-30", "stats trend --from 2026-07 --to 2026-11 --by month")
    assert max(quarter.count("\n"), months.count("\n")) < 24
    figures = desk.data("stats", "period", "2026-Q3")["figures"]
    by_month = desk.data("stats", "trend", "--from", "2026-07", "--to", "2026-11", "--by", "month")["periods"]
    for key, label in (("young_people", "Forskellige unge"), ("young_people_new", "Nye unge"), ("visits", "Besøg i alt")):
        line = next(line for line in quarter.splitlines() if line.startswith(label))
        assert line.split()[-1] == str(figures[key]["value"])
        line = next(line for line in months.splitlines() if line.startswith(label))
        assert line.split()[-6:-1] == [str(by_month[month][key]["value"]) for month in by_month]
