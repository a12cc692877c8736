"""Questions: asked at a terminal, one a line; off a terminal nothing is asked and nothing waits."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest
from forking import PATIENCE, Forked
from once import made_once
from running import husrum, husrum_process, new_city, process_environment

pty = pytest.importorskip("pty")
TODAY = {"HUSRUM_TODAY": "2024-03-06"}


def at_a_terminal(path: Path, *line: str, answers: dict[str, str]) -> tuple[int, str]:
    """Runs the command at a terminal of its own. Each answer is typed when its question has been shown: exit status, and all that was shown."""
    ours, theirs = pty.openpty()
    process = Forked("--db", path, *line, env=process_environment(TODAY), streams=(theirs, theirs, theirs))
    os.close(theirs)
    shown, start, waiting, end = "", 0, dict(answers), time.monotonic() + PATIENCE
    try:
        while chunk := _read(ours):
            assert time.monotonic() < end, shown
            shown += chunk
            for question, answer in list(waiting.items()):
                if question in shown[start:]:
                    start = len(shown)
                    del waiting[question]
                    os.write(ours, f"{answer}\n".encode())
                    break
        status = process.wait()
    finally:
        process.kill()
        process.wait()
        os.close(ours)
    assert not waiting, f"never asked for {list(waiting)}: {shown}"
    return status, shown.replace("\r\n", "\n")


def _read(terminal: int) -> str:
    import select

    if not select.select([terminal], [], [], PATIENCE)[0]:
        return ""
    try:
        return os.read(terminal, 65536).decode(errors="replace")
    except OSError:  # the other end is closed
        return ""


@pytest.fixture
@made_once
def town(tmp_path: Path) -> Path:
    city = new_city(tmp_path / "aarhus.db")
    for name in ("Anna Holm", "Anna Hald", "Bo Krog"):
        assert husrum("--db", city, "intake", "add", name, "--enquired", "2024-01-08", env=TODAY).exit_code == 0
    return city


def answers_of(path: Path, person: str) -> dict[str, list[str]]:
    shown = json.loads(husrum("--db", path, "intake", "show", person, "--format", "json").stdout)
    answers: dict[str, list[str]] = shown["intakes"][-1]["answers"]
    return answers


def test_an_interruption_is_told_on_a_line_of_its_own(city: Path) -> None:
    status, shown = at_a_terminal(city, "volunteer", "add", "--role", "leader", answers={"Name: ": "\x04"})
    assert status == 130 and shown.splitlines()[-1] == "Error: Interrupted."


def test_a_missing_name_is_asked_for(city: Path) -> None:
    status, shown = at_a_terminal(city, "volunteer", "add", "--role", "leader", answers={"Name: ": "Dorte Dal"})
    assert status == 0 and "1 Dorte Dal: leader" in shown


def test_everything_missing_is_asked_for_one_question_a_line_with_the_choices(city: Path) -> None:
    status, shown = at_a_terminal(
        city, "group", "open", answers={"Title": "Tuesday", "Kind": "talk", "Start (the first meeting): ": "5/3-2024"}
    )
    assert status == 0 and "G1 Tuesday opens on 2024-03-05" in shown
    (kind,) = [line for line in shown.splitlines() if line.startswith("Kind")]
    assert "talk" in kind and "network" in kind


def test_a_missing_code_is_asked_for_with_the_choices(city: Path) -> None:
    status, shown = at_a_terminal(
        city, "volunteer", "add", "Vera Vang", answers={"Role (leader, peer, organiser, online, befriender): ": "leader"}
    )
    assert status == 0 and "befriender" in shown and "1 Vera Vang: leader" in shown


def test_what_is_missing_is_asked_in_the_order_of_the_form_and_each_answer_is_checked(city: Path) -> None:
    status, shown = at_a_terminal(
        city, "volunteer", "add", answers={"Name: ": "Vera Vang", "Role": "boss", "“boss” is not known": "leader"}
    )
    assert status == 0 and "1 Vera Vang: leader" in shown
    assert shown.index("Name: ") < shown.index("Role")
    status, shown = at_a_terminal(city, "event", "plan", "Tur", answers={"Date": "31/2", "not a day in the calendar": "2024-05-01"})
    assert status == 0 and "planned for Wednesday 2024-05-01" in shown


def test_a_wrong_answer_is_asked_again_whatever_command_reads_it(town: Path) -> None:
    for line in (
        ("volunteer", "add", "Vera Vang", "--role", "befriender"),
        ("match", "start", "3", "4", "--force", "ok", "--date", "2024-01-08"),
    ):
        assert husrum("--db", town, *line, env=TODAY).exit_code == 0
    status, shown = at_a_terminal(town, "match", "end", "3", answers={"Reason": "weather", "answer is not known": "completed"})
    assert status == 0 and "completed" in shown, shown
    status, shown = at_a_terminal(
        town, "person", "onward", answers={"Person": "Carl", "To (": "Folkehuset", "nobody in": "9", "nobody has": "anna holm"}
    )
    assert status == 0 and "1 Anna Holm" in shown, shown
    status, shown = at_a_terminal(town, "volunteer", "role", "4", answers={"Role": "boss", "“boss” is not known": ""})
    assert status == 2, shown


@pytest.mark.parametrize("text", ["-1", "-Ring to Ida", "--help", "--date", "--"])
def test_an_answer_that_looks_like_an_option_is_an_answer(town: Path, text: str) -> None:
    status, shown = at_a_terminal(town, "goal", "set", "1", answers={"Text": text})
    assert status == 0, shown
    (goal,) = json.loads(husrum("--db", town, "goal", "list", "--format", "json").stdout)
    assert goal["text"] == text


def test_a_wrong_answer_that_looks_like_an_option_is_asked_again(city: Path) -> None:
    line = ("figure", "set", "2024", "facebook_followers", "--source", "Meta")
    status, shown = at_a_terminal(city, *line, answers={"Value": "-1", "is negative": "12"})
    assert status == 0 and "followers 2024: 12" in shown, shown


def test_an_option_is_asked_for_behind_two_dashes_too(city: Path) -> None:
    status, shown = at_a_terminal(city, "event", "plan", "--", "-Walk-", answers={"Date": "1/5-2024"})
    assert status == 0 and "E1 -Walk-: planned for Wednesday 2024-05-01" in shown, shown


def test_what_is_missing_is_asked_in_the_language_of_the_file(city: Path) -> None:
    assert husrum("setting", "set", "language", "da", "--db", city).exit_code == 0
    status, shown = at_a_terminal(
        city, "group", "open", "--language", "da", answers={"Titel": "Tirsdag", "Type": "talk", "Start": "5/3-2024"}
    )
    assert status == 0 and "G1 Tirsdag" in shown
    assert "What the group is called" not in shown


def test_which_of_several_people_is_asked(town: Path) -> None:
    status, shown = at_a_terminal(town, "person", "edit", "anna", "--called", "Ann", answers={"number: ": "2"})
    assert status == 0 and "1 Anna Holm" in shown and "2 Anna Hald: called Ann (before: –)" in shown


def test_which_of_several_people_in_a_list_is_asked(town: Path) -> None:
    status, shown = at_a_terminal(town, "event", "log", "Walk", "--present", "bo,anna", answers={"number: ": "1"})
    assert status == 0 and "E1 Walk, 2024-03-06: 2 participants" in shown


def test_a_known_name_and_birth_date_is_asked_about(city: Path) -> None:
    add = ("intake", "add", "Anna Holm", "--born", "2003-05-01")
    assert husrum("--db", city, *add, "--enquired", "2024-01-08", env=TODAY).exit_code == 0
    status, shown = at_a_terminal(city, *add, answers={"?": "y"})
    assert status == 0 and "1 Anna Holm: enquiry on 2024-03-06" in shown


@pytest.mark.parametrize(
    ("line", "missing"),
    [
        (["intake", "add"], "NAME"),
        (["intake", "hold"], "PERSON"),
        (["group", "open"], "TITLE"),
        (["group", "open", "Tuesday", "--start", "2024-03-05"], "--kind"),
        (["group", "open", "Tuesday", "--kind", "talk"], "--start"),
        (["volunteer", "add", "Vera Vang"], "--role"),
        (["match", "end", "1"], "--reason"),
        (["event", "plan", "Walk"], "--date"),
        (["figure", "set", "2024", "discord_members", "12"], "--source"),
        (["init", "new.db"], "--city"),
    ],
)
def test_off_a_terminal_what_is_missing_is_named(city: Path, tmp_path: Path, line: list[str], missing: str) -> None:
    done = husrum_process("--db", city, *line, input="Vera\nVera\nVera\n", cwd=tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.startswith("Error: ") and done.stderr.count("\n") == 1 and missing in done.stderr
    assert not (tmp_path / "new.db").exists()


def test_off_a_terminal_nobody_is_asked_which_person(town: Path) -> None:
    done = husrum_process("--db", town, "person", "show", "anna", input="1\n")
    assert done.exit_code == 4 and "1 Anna Holm" in done.stderr and "2 Anna Hald" in done.stderr


def test_answers_from_standard_input_and_from_a_file(town: Path, tmp_path: Path) -> None:
    text = "diagnosis: angst, autisme\nsuicidal-thoughts: past\n\nloneliness: declined\n"
    expected = {"diagnosis": ["anxiety", "autism"], "suicidal_thoughts": ["past"], "loneliness": ["declined"]}
    assert husrum_process("--db", town, "intake", "hold", "1", "--answers", "-", input=text, env=TODAY).exit_code == 0
    (tmp_path / "answers.txt").write_text(text, encoding="utf-8")
    assert husrum_process("--db", town, "intake", "hold", "2", "--answers", tmp_path / "answers.txt", env=TODAY).exit_code == 0
    assert answers_of(town, "1") == answers_of(town, "2") == expected


def test_an_answer_in_a_file_counts_before_the_option(town: Path, tmp_path: Path) -> None:
    for typed, text, gender in (("m", "", ["m"]), ("f", "gender: none\n", None), ("none", "gender: x\n", ["x"])):
        (tmp_path / "answers.txt").write_text(f"loneliness: severe\n{text}", encoding="utf-8")
        line = ("intake", "edit", "1", "--gender", typed, "--answers", tmp_path / "answers.txt")
        assert husrum("--db", town, *line, env=TODAY).exit_code == 0
        assert answers_of(town, "1") == {"loneliness": ["severe"]} | ({"gender": gender} if gender else {})


@pytest.mark.parametrize("sign", ["\v", "\f", "\u2028", "\x85"])
def test_a_line_ends_where_it_is_ended(town: Path, tmp_path: Path, sign: str) -> None:
    text = f"diagnosis: anxiety{sign}loneliness: severe\n"
    husrum_process("--db", town, "intake", "hold", "1", "--answers", "-", input=text, env=TODAY)
    assert "loneliness" not in answers_of(town, "1")
    (tmp_path / "themes.txt").write_text(f"A{sign}B\rC\r\nD\n", encoding="utf-8", newline="")
    line = ("group", "open", "Talk", "--kind", "talk", "--start", "2024-12-01", "--themes", tmp_path / "themes.txt")
    opened = husrum("--db", town, *line, env=TODAY)
    themes = [] if opened.exit_code else husrum("--db", town, "group", "show", "Talk", "--format", "json").stdout
    assert opened.exit_code == 2 or "C" in themes and '"B"' not in themes


@pytest.mark.parametrize("text", ["diagnosis anxiety\n", "shoe_size: 43\n", "diagnosis: skizofreni\n"])
def test_answers_that_cannot_be_read(town: Path, text: str) -> None:
    done = husrum_process("--db", town, "intake", "hold", "1", "--answers", "-", input=text, env=TODAY)
    assert done.exit_code == 2 and done.stderr.count("\n") == 1 and "skizo" not in done.stderr
    assert answers_of(town, "1") == {}


@pytest.mark.parametrize(("answer", "taken"), [("n", 0), ("", 0), ("\x1b", 0), ("y", 1), ("ja", 1)])
def test_taking_back_is_asked_about(town: Path, answer: str, taken: int) -> None:
    assert husrum("event", "log", "Bowling", "--date", "2024-03-01", "--db", town, env=TODAY).exit_code == 0
    events = len(json.loads(husrum("event", "list", "--format", "json", "--db", town).stdout))
    status, shown = at_a_terminal(town, "undo", answers={"Undo it? (y/n)": answer})
    assert status == 0 and "To be undone: event log" in shown
    assert len(json.loads(husrum("event", "list", "--format", "json", "--db", town).stdout)) == events - taken


def test_putting_a_backup_back_is_asked_about(town: Path, tmp_path: Path) -> None:
    assert husrum("backup", tmp_path / "copy.db", "--db", town).exit_code == 0
    held = town.read_bytes()
    status, _shown = at_a_terminal(town, "restore", str(tmp_path / "copy.db"), answers={"Go on? (yes/no)": "no"})
    assert status == 0 and town.read_bytes() == held
    status, _shown = at_a_terminal(town, "restore", str(tmp_path / "copy.db"), answers={"Go on? (yes/no)": "yes"})
    assert status == 0 and town.read_bytes() != held


@pytest.mark.parametrize("line", ["group open", "person show anna", "person anonymise 1"])
@pytest.mark.parametrize("key", ["INTERRUPT", "END_OF_INPUT"])
def test_a_question_that_is_interrupted_ends_with_the_status_of_that(town: Path, line: str, key: str) -> None:
    terminal = pytest.importorskip("terminal")
    with terminal.Terminal(town, *line.split(), env={"HUSRUM_LANGUAGE": "da"}) as seat:
        seat.asked(": ")
        seat.press(getattr(terminal, key))
        status, shown = seat.end()
    assert status == 130 and shown.endswith("Fejl: Afbrudt.\n") and "Traceback" not in shown, shown
    assert key == "INTERRUPT" or shown.endswith("\nFejl: Afbrudt.\n"), shown


@pytest.mark.parametrize(
    "text",
    [
        "Diagnoser: angst, autisme\nfandt os via: ven\n",
        "diagnose: angst, autisme\nkilde: ven\n",
        "source: friend\ndiagnosis: anxiety|autism\n",
    ],
)
def test_answers_are_read_under_the_words_of_the_form_too(city: Path, tmp_path: Path, text: str) -> None:
    path = tmp_path / "svar.txt"
    path.write_text(text, encoding="utf-8")
    done = husrum("--language", "da", "intake", "add", "Anna Holm", "--answers", path, "--db", city)
    if "kilde" in text:
        assert done.exit_code == 2 and "linje 2 ligner ikke “diagnose: angst, autisme”" in done.stderr and "diagnose" in done.stderr
        return
    assert done.exit_code == 0, done.stderr
    answers = answers_of(city, "1")
    assert (sorted(answers["diagnosis"]), answers["source"]) == (["anxiety", "autism"], ["friend"])
