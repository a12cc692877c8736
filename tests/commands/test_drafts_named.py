"""The command that `today` and `intake drafts` name for a draft brings back that very draft, with the options that were given."""

from __future__ import annotations

import json
import shlex
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from running import husrum, looked_into, store_of

terminal = pytest.importorskip("terminal")
TODAY = {"HUSRUM_TODAY": "2024-03-06", "HUSRUM_LANGUAGE": "en"}
LATER = {"HUSRUM_TODAY": "2024-03-08", "HUSRUM_LANGUAGE": "da"}  # by then `today` is another day, and other words are shown
TITLE = 'Bo\'s "$HOME" & games'


def shown(path: Path, *words: str) -> Any:
    done = husrum("--db", path, *words, "--format", "json", env=LATER)
    assert done.exit_code == 0, done.stderr
    return json.loads(done.stdout)


def named(path: Path) -> list[str]:
    """The command that is named for the only draft, as a shell reads it."""
    (draft,) = shown(path, "intake", "drafts")
    (item,) = [each for each in shown(path, "today")["items"] if each["what"] == "unfinished form"]
    assert item["command"] == draft["command"]
    program, *words = shlex.split(draft["command"])
    assert program == "husrum"
    return words


def interrupted(path: Path, line: tuple[str, ...], see: str, keys: str) -> None:
    """Type keys, each Enter once the next question has come, and Ctrl-C; what is said then names the command too."""
    with terminal.Terminal(path, *line, env=TODAY, columns=200) as seat:
        for part in keys.split("|"):
            seat.see(see)
            seat.type(part)
        seat.see(see)
        seat.press(terminal.INTERRUPT)
        status, said = seat.end()
    (draft,) = shown(path, "intake", "drafts")
    assert status == 130 and said.rstrip().endswith(f"Go on with it: {draft['command']}"), said


def test_an_event_with_a_title_that_a_shell_would_take_apart(town: Path) -> None:
    line = (
        "event",
        "log",
        TITLE,
        "--date",
        "2/3",
        "--venue",
        "Folkestedet",
        "--partner",
        "Korshær, Aarhus",
        "--partner",
        "Café",
        "--note",
        "rain",
    )
    interrupted(town, line, "Space", "2 4 ")
    words = named(town)
    assert words == ["event", "log", TITLE, "--date", "2024-03-02"] and "rain" not in str(shown(town, "today"))
    with terminal.Terminal(town, *words, "--note", "sol", env=LATER, columns=120) as seat:
        seat.see("2 deltagere", "Med --venue, --partner, --note.")
        seat.press(terminal.ENTER)
        assert seat.end()[0] == 0
    page = shown(town, "event", "show", "E1")
    assert page["title"] == TITLE and page["venue"] == "Folkestedet" and page["note"] == "sol", page
    assert page["partners"] == ["Café", "Korshær, Aarhus"] and shown(town, "intake", "drafts") == []


def test_an_event_like_another_one_and_one_whose_title_begins_with_a_dash(town: Path) -> None:
    assert (
        husrum("--db", town, "event", "log", "Walk", "--venue", "Park", "--present", "1", "--date", "2024-03-01", env=TODAY).exit_code == 0
    )
    interrupted(town, ("event", "log", "--like", "walk", "--", "-5 degrees"), "Space", "2 ")
    with terminal.Terminal(town, *named(town), env=LATER, columns=120) as seat:
        seat.see("1 deltager,")
        seat.press(terminal.ENTER)
        assert seat.end()[0] == 0
    page = shown(town, "event", "show", "E2")
    assert (page["title"], page["venue"]) == ("-5 degrees", "Park") and page["days"][0]["date"] == "2024-03-06", page


@pytest.mark.parametrize(
    "line", [("group", "meet", "tuesday", "--theme", "Trust"), ("event", "attend", "trip"), ("event", "attend", "trip", "--date", "2/3")]
)
def test_a_meeting_and_an_event_that_was_planned(town: Path, line: tuple[str, ...]) -> None:
    assert husrum("--db", town, "event", "plan", "Trip", "--date", "2024-03-02", env=TODAY).exit_code == 0
    interrupted(town, line, "Space", "2 4 ")
    with terminal.Terminal(town, *named(town), env=LATER, columns=120) as seat:
        seat.see("Som det var krydset", "2 deltagere")
        seat.press(terminal.ENTER)
        assert seat.end()[0] == 0
    assert shown(town, "intake", "drafts") == []
    if line[0] == "group":
        assert shown(town, "group", "show", "G1")["meetings"][0]["theme"] == "Trust"


def stored(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(looked_into(path)) as connection:
        return connection.execute(sql).fetchall()


# What is typed first, the answer to the first question, what is typed at the second one when it is interrupted, the command; what is in the file once it is saved.
FORMS = [
    (("intake", "add", "Karl Kok", "--ref", "77", "--born", "2003", "--ask"), "Kalle", "4/3", ["intake", "add", "--ask"],
     "SELECT number, called, born, enquired FROM people JOIN intakes ON person_id = people.id WHERE name = 'Karl Kok'", [(77, "Kalle", "2003", "2024-03-04")]),
    (("intake", "add", "--person", "anna", "--source", "friend", "--enquired", "today", "--ask"), "Anna Holm", "", ["intake", "add", "--person", "1", "--ask"],
     "SELECT enquired FROM intakes WHERE person_id = 1", [("2024-01-08",), ("2024-03-06",)]),
    (("intake", "hold", "1", "--date", "yesterday", "--ask"), "friend", "Mor", ["intake", "hold", "1"],
     "SELECT enquired, held FROM intakes WHERE person_id = 1", [("2024-01-08", "2024-01-15"), ("2024-03-01", "2024-03-05")]),
    (("intake", "edit", "1", "--on", "8/1", "--held", "17/1", "--ask"), "friend", "loneliness", ["intake", "edit", "1", "--on", "2024-01-08", "--ask"],
     "SELECT enquired, held FROM intakes WHERE person_id = 1", [("2024-01-08", "2024-01-17"), ("2024-03-01", None)]),
    (("intake", "edit", "1", "--held", "5/3", "--ask"), "friend", "loneliness", ["intake", "edit", "1", "--ask"],
     "SELECT enquired, held FROM intakes WHERE person_id = 1", [("2024-01-08", "2024-01-15"), ("2024-03-01", "2024-03-05")]),
    (("match", "wait", "anna", "--since", "5/3", "--interest", "film", "--ask"), "weekend", "Aarhus", ["match", "wait", "1", "--ask"],
     "SELECT starts, kind, value FROM waits JOIN preferences ON wait_id = waits.id ORDER BY kind",
     [("2024-03-05", "area", "Aarhus"), ("2024-03-05", "interest", "film"), ("2024-03-05", "time", "weekend")]),
    (("match", "offer", "7", "--capacity", "2", "--from", "1/3", "--ask"), "film", "weekend", ["match", "offer", "7", "--ask"],
     "SELECT capacity, starts, kind, value FROM offers JOIN preferences ON offer_id = offers.id ORDER BY kind",
     [(2, "2024-03-01", "interest", "film"), (2, "2024-03-01", "time", "weekend")]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "first", "second", "words", "sql", "rows"), FORMS)
def test_a_form_and_what_it_does_not_ask_for(
    town: Path, line: tuple[str, ...], first: str, second: str, words: list[str], sql: str, rows: list[tuple[Any, ...]]
) -> None:
    if line[1] in ("hold", "edit"):  # an enquiry after the one meant, or before it
        assert husrum("--db", town, "intake", "add", "Anna Holm", "--person", "1", "--enquired", "1/3", env=TODAY).exit_code == 0
    interrupted(town, line, "Ctrl-C", f"{first}\r|{second}")
    assert named(town) == words
    with terminal.Terminal(town, *words, env=LATER, columns=200, rows=60) as seat:
        seat.see("ja/nej")
        while seat.process.poll() is None:
            seat.press(terminal.ENTER)
            seat.see()
        status, said = seat.end()
    assert status == 0, said
    assert stored(town, sql) == rows and shown(town, "intake", "drafts") == []


def test_answers_about_health_are_in_no_draft_before_the_consent(town: Path) -> None:
    assert husrum("--db", town, "intake", "add", "--person", "2", "--enquired", "1/3", env=TODAY).exit_code == 0
    interrupted(town, ("intake", "hold", "2", "--diagnosis", "autism", "--wish", "events", "--ask"), "Ctrl-C", "\r|friend\r|")
    ((answers,),) = stored(town, "SELECT answers FROM drafts")
    assert "autism" not in answers and json.loads(answers)["wish"] == "events"


# What is typed, when interrupted; what is in the file once it was saved two days later.
DAYS = [
    (("intake", "hold", "1"), "\r|friend", "SELECT max(held) FROM intakes", "2024-03-06"),
    (("intake", "hold", "1"), "yesterday\r|friend", "SELECT max(held) FROM intakes", "2024-03-05"),
    (("intake", "add"), "Karl Kok\r|\r|\r|\r|\r|friend", "SELECT max(enquired) FROM intakes", "2024-03-06"),
    (("intake", "add"), "Karl Kok\r|\r|\r|\r|5/3\r|friend", "SELECT max(enquired) FROM intakes", "2024-03-05"),
    (("match", "wait", "1", "--ask"), "film\r|weekend", "SELECT max(starts) FROM waits", "2024-03-06"),
]


@pytest.mark.parametrize(("line", "keys", "sql", "day"), DAYS)
def test_a_day_stays_what_it_was_when_it_was_typed(town: Path, line: tuple[str, ...], keys: str, sql: str, day: str) -> None:
    if line[1] == "hold":
        assert husrum("--db", town, "intake", "add", "Anna Holm", "--person", "1", "--enquired", "1/3", env=TODAY).exit_code == 0
    interrupted(town, line, "Ctrl-C", keys)
    with terminal.Terminal(town, *named(town), env=LATER, columns=200, rows=60) as seat:
        seat.see("ja/nej")
        while seat.process.poll() is None:
            seat.press(terminal.ENTER)
            seat.see()
        assert seat.end()[0] == 0
    assert stored(town, sql) == [(day,)]


@pytest.mark.parametrize(
    ("command", "texts", "line"),
    [
        (
            "event log",
            {"name": "Walk · Tuesday 2024-03-05", "present": "2", "excused": "", "unnamed": "0", "new": ""},
            "husrum event log Walk --date 2024-03-05",
        ),
        ("measure add", {"0": "3"}, "husrum measure add"),
    ],
)
def test_a_draft_that_an_earlier_version_kept_is_named_and_can_be_deleted(
    town: Path, command: str, texts: dict[str, str], line: str
) -> None:
    store = store_of(town)
    with store.writing(None):
        store.insert("drafts", command=command, person_id=None, changed_at="2024-03-05 10:00", answers=json.dumps(texts))
    store.close()
    assert named(town) == shlex.split(line)[1:]
    assert husrum("--db", town, "intake", "drafts", "--remove", "1", env=LATER).exit_code == 0


def test_what_is_interrupted_before_the_first_answer_is_a_draft_of_the_options_or_nothing(city: Path) -> None:
    for line, see, said in (
        ((), "Full name:", "Nothing was saved."),
        (("Karl Kok", "--enquired", "2024-03-03", "--ask"), "Called:", "The answers are kept as a draft."),
    ):
        with terminal.Terminal(city, "intake", "add", *line, env=TODAY) as seat:
            seat.see(see)
            seat.press(terminal.INTERRUPT)
            status, text = seat.end()
        assert status == 130 and said in text and len(shown(city, "intake", "drafts")) == (1 if line else 0)
    with terminal.Terminal(city, *named(city), env=LATER) as seat:
        seat.see("Karl Kok, 2 svar.")
        seat.press(terminal.INTERRUPT)
        seat.end()
    assert named(city)
