"""A draft whose entry exists by now, or that an earlier version kept, is no dead end: what was typed is shown, and brought back where it still can be."""

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


def run(path: Path, *words: str) -> str:
    done = husrum("--db", path, *words, env=TODAY)
    assert done.exit_code == 0, done.stderr
    return done.stdout + done.stderr


def at(path: Path, *words: str) -> Any:
    return terminal.Terminal(path, *words, env=TODAY, columns=200)


def stored(path: Path, sql: str) -> list[tuple[Any, ...]]:
    with closing(looked_into(path)) as connection:
        return connection.execute(sql).fetchall()


def keep(path: Path, command: str, person: int | None, **texts: str) -> None:
    store = store_of(path)
    with store.writing(None):
        store.insert("drafts", command=command, person_id=person, changed_at="2024-03-05 10:00", answers=json.dumps(texts))
    store.close()


# The command of a draft, whose it is, what enters it otherwise; what is said when it is to be brought back.
OVERTAKEN = [
    ("match wait --ask", 1, "match wait 1 --since 2024-03-01", "match edit 1 --since"),
    ("intake hold", 1, "", "intake add --person 1"),
    ("measure add", 1, "measure add 1 --date 2024-03-06 --items 3,2,3", "measure list 1"),
    ("intake edit --on 2024-03-03 --ask", 1, "", "no enquiry on 2024-03-03"),
    ("group meet G1 --date 2024-03-05", None, "group close G1 --date 2024-03-01", "G1 was closed"),
]


@pytest.mark.parametrize(("command", "person", "entered", "said"), OVERTAKEN)
def test_a_draft_whose_entry_exists_by_now_leads_on(town: Path, command: str, person: int | None, entered: str, said: str) -> None:
    run(town, "person", "consent", "1", "health_data", "--given", "2024-01-15")
    texts = {"interest": "film"} if "wait" in command else {"0": "3"} if "measure" in command else {"source": "friend"}
    if person is None:
        texts = {"name": "G1 Tuesday", "present": "2", "excused": "", "unnamed": "0", "new": "", "before": ""}
    keep(town, command, person, **texts)
    (line,) = [each["command"] for each in json.loads(run(town, "intake", "drafts", "--format", "json"))]
    if entered:
        told = run(town, *entered.split())
        assert ("Note: Draft 1 of it is kept." in told) == (person is not None), told
    with at(town, *shlex.split(line)[1:]) as seat:
        status, shown = seat.end()
    shown = " ".join(shown.split())
    assert status in (4, 5) and said in shown, shown
    assert "husrum intake drafts --show 1" in shown and "husrum intake drafts --remove 1" in shown, shown
    asked = json.loads(run(town, "intake", "drafts", "--show", "1", "--format", "json"))
    assert [each["text"] for each in asked] == [text for text in texts.values() if text]
    run(town, "intake", "drafts", "--remove", "1")


# A draft as an earlier version kept it; the command that is named for it; what is seen when it is brought back; what is in the file once it is saved.
EARLIER = [
    ("match wait", 1, {"interest": "film", "area": "nord"}, "match wait 1 --ask", "SELECT value FROM preferences WHERE kind = 'interest'", "film"),
    ("match offer", 7, {"interest": "film", "area": "nord"}, "match offer 7 --ask", "SELECT value FROM preferences WHERE kind = 'interest'", "film"),
    ("intake edit", 1, {"source": "friend", "gender": "f"}, "intake edit 1 --ask", "SELECT answer FROM answers WHERE question = 'source'", "friend"),
    ("intake add", None, {"name": "Karl Kok", "motive": "loneliness"}, "intake add --ask", "SELECT answer FROM answers WHERE question = 'motive'", "loneliness"),
]  # fmt: skip


@pytest.mark.parametrize(("command", "person", "texts", "line", "sql", "value"), EARLIER)
def test_a_form_of_an_earlier_version_is_brought_back(
    town: Path, command: str, person: int | None, texts: dict[str, str], line: str, sql: str, value: str
) -> None:
    keep(town, command, person, **texts)
    (draft,) = json.loads(run(town, "intake", "drafts", "--format", "json"))
    assert draft["command"] == f"husrum {line}"
    with at(town, *line.split()) as seat:
        seat.see("Go on with it?")
        while seat.process.poll() is None:
            seat.press(terminal.ENTER)
            seat.see()
        assert seat.end()[0] == 0
    assert stored(town, sql) == [(value,)] and stored(town, "SELECT * FROM drafts") == []


@pytest.mark.parametrize("title", ["Walk · Tuesday 2024-03-05", "Walk · tirsdag 5. marts 2024"])
def test_a_list_of_an_earlier_version_is_brought_back(town: Path, title: str) -> None:
    keep(town, "event log", None, name=title, present="2", excused="", unnamed="1", new="")
    (draft,) = json.loads(run(town, "intake", "drafts", "--format", "json"))
    assert draft["command"] == "husrum event log Walk --date 2024-03-05"
    with at(town, *shlex.split(draft["command"])[1:]) as seat:
        seat.see("2 participants (1 unnamed)")
        seat.press(terminal.ENTER)
        assert seat.end()[0] == 0
    assert stored(town, "SELECT date, unnamed FROM sessions JOIN activities ON activities.id = activity_id WHERE title = 'Walk'") == [
        ("2024-03-05", 1)
    ]


def test_an_answer_that_can_not_be_read_any_more_is_shown_again(town: Path) -> None:
    keep(town, "intake hold", 2, source="crystal ball", motive="loneliness", wish="events")
    run(town, "intake", "add", "--person", "2", "--enquired", "2024-03-01")
    with at(town, "intake", "hold", "2") as seat:
        seat.see("Go on with it?")
        seat.press(terminal.ENTER)
        seat.asked("crystal ball")
        seat.press(terminal.INTERRUPT)
        assert seat.end()[0] == 130
    assert "crystal ball" in run(town, "intake", "drafts", "--show", "1")


def test_what_was_typed_in_a_draft_is_shown_whatever_its_shape(town: Path) -> None:
    keep(town, "measure add", None, **{"0": "3", "old_question": "Mor"})
    assert [each["text"] for each in json.loads(run(town, "intake", "drafts", "--show", "1", "--format", "json"))] == ["3", "Mor"]
    missing = husrum("--db", town, "intake", "drafts", "--show", "2", env=TODAY)
    assert missing.exit_code == 4 and "show" in missing.stderr or "no draft 2" in missing.stderr


def test_an_event_that_was_logged_otherwise_is_named_before_its_draft_is_saved(town: Path) -> None:
    texts = {"title": "Walk", "date": "2024-03-05", "name": "Walk", "present": "2", "excused": "", "unnamed": "0", "new": "", "before": ""}
    keep(town, "event log", None, **texts)
    with at(town, "event", "log", "Walk", "--date", "2024-03-05") as seat:
        lines = seat.see("As it was ticked on")
        assert not any("the same title" in line for line in lines)
        seat.press(terminal.ESCAPE)
        assert seat.end()[0] == 130
    run(town, "event", "log", "Walk", "--date", "2024-03-05", "--present", "2")
    with at(town, "event", "log", "Walk", "--date", "2024-03-05") as seat:
        lines = seat.see("E1 has the same title on the same day", "husrum event attend E1", "As it was ticked on")
        assert not any("E2" in line for line in lines)
        seat.press(terminal.ESCAPE)
        assert seat.end()[0] == 130
    assert stored(town, "SELECT count(*) FROM activities WHERE title = 'Walk'") == [(1,)]
