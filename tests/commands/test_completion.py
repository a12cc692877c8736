"""Tab: what may come next, from the command line and from the file; silent if anything is wrong with the file."""

from __future__ import annotations

import contextlib
import hashlib
import io
from pathlib import Path

import pytest
from running import husrum, husrum_process, new_city

from husrum_cli.cli import answer_shell
from husrum_cli.i18n import choose_language

TODAY = {"HUSRUM_TODAY": "2024-03-06"}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    city = new_city(tmp_path_factory.mktemp("town") / "town.db")
    lines = [
        ("intake", "add", "Anna Holm", "--called", "Nanna", "--note", "Secret", "--diagnosis", "anxiety"),
        ("intake", "add", "Anna O'Hara"),
        ("intake", "add", "Åse Krog"),
        ("volunteer", "add", "Vera Vang", "--role", "leader"),
        ("group", "open", "Tuesday", "--kind", "talk", "--start", "2024-02-06"),
        ("event", "log", "Board games", "--date", "2023-05-01", "--venue", "Café Nord"),
        ("event", "log", "Walk"),
    ]
    for line in lines:
        assert husrum("--db", city, *line, env=TODAY).exit_code == 0
    return city


def tab(path: Path, line: str, shell: str = "words", language: str = "en") -> list[str]:
    """Return the candidates after this line, asked for as the shell does."""
    asked = {"HUSRUM_DB": str(path), "HUSRUM_LANGUAGE": language, "HUSRUM_DEBUG": ""}
    place = {"COMP_LINE": line} if shell == "bash" else {"_TYPER_COMPLETE_ARGS": line}
    shown = io.StringIO()
    with pytest.MonkeyPatch.context() as patched, contextlib.redirect_stdout(shown), contextlib.redirect_stderr(shown):
        for name, value in {**TODAY, **asked, **place}.items():
            patched.setenv(name, value)
        answer_shell(f"complete_{shell}")
    choose_language("en")
    return shown.getvalue().rstrip("\n").splitlines()


def test_a_process_answers_and_only_then(town: Path) -> None:
    asked = {"_HUSRUM_COMPLETE": "complete_bash", "COMP_WORDS": "husrum person show 3", "COMP_CWORD": "3", "HUSRUM_DB": str(town)}
    done = husrum_process(env=dict(asked))
    assert (done.exit_code, done.stdout, done.stderr) == (0, "3\n", "")


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("husrum help pri", ["privacy\tPrivacy"]),
        ("husrum ev", ["event\tSocial events, trips, online evenings, courses."]),
        ("husrum person fi", ["find\tEverybody whose name, phone or e-mail holds the text."]),
        ("husrum event log Walk --dat", ["--date"]),
        ("husrum event log Walk --date 5/3 --dat", []),
        ("husrum person show 1", ["1\tAnna Holm"]),
        ("husrum person show anna", ["1\tAnna Holm", "2\tAnna O'Hara"]),
        ("husrum person show nan", ["1\tAnna Holm"]),
        ("husrum person show ås", ["3\tÅse Krog"]),
        ("husrum person show aase", ["3\tÅse Krog"]),
        ("husrum person show o", ["2\tAnna O'Hara"]),
        ("husrum person show v", ["4\tVera Vang"]),
        ('husrum person show "Anna H', ["1\tAnna Holm"]),
        ("husrum volunteer show ", ["4\tVera Vang"]),
        ("husrum event log Walk --present 1,4,ås", ["1,4,3\tÅse Krog"]),
        ("husrum group meet ", ["G1\tTuesday 2024-02-06"]),
        ("husrum event attend E", ["E2\tWalk 2024-03-06", "E1\tBoard games 2023-05-01"]),
        ("husrum event log bo", ["Board games"]),
        ("husrum event log Walk --venue ", ["Café Nord"]),
        ("husrum stats year ", ["2024", "2023"]),
        ("husrum intake add Eva --suicidal-thoughts p", ["past\tEarlier"]),
        ("husrum intake add Eva --suicidal-thoughts=p", ["--suicidal-thoughts=past\tEarlier"]),
        ("husrum group open Walk --kind t", ["talk\tTalk group"]),
        ("husrum event list --format j", ["json"]),
        ("husrum import --as pe", []),
        ("husrum import --as pau", ["pauses"]),
        ("husrum import ", []),
        ("husrum nothing such ", []),
        ("husrum check more and more ", []),
    ],
)
def test_what_fits_is_offered(town: Path, line: str, offered: list[str]) -> None:
    assert tab(town, line) == offered


def test_in_danish(town: Path) -> None:
    assert tab(town, "husrum intake add Eva --suicidal-thoughts t", language="da") == ["past\tTidligere"]
    assert tab(town, "husrum eve", language="da") == ["event\tSociale arrangementer, ture, onlineaftener, kurser."]


def test_every_shell_is_answered_as_it_asks(town: Path) -> None:
    assert tab(town, "husrum person show 3", "bash") == ["3"]
    assert tab(town, "husrum person show ", "bash") == ["1  Anna Holm", "2  Anna O'Hara", "3  Åse Krog", "4  Vera Vang"]
    assert tab(town, "husrum person show anna", "bash") == ["1  Anna Holm", "2  Anna O'Hara", " "]
    assert tab(town, "husrum event log Walk --venue ca", "bash") == ["Café\\ Nord"]
    assert tab(town, 'husrum event log Walk --venue "ca', "bash") == ["Café Nord"]
    assert tab(town, "husrum intake add Eva --loneliness=m", "bash") == ["mild  Mildly lonely", "moderate  Moderately lonely"]
    assert tab(town, "husrum person show 3", "powershell") == ["3:::Åse Krog"]
    assert tab(town, "husrum person show 3", "zsh") == ["_arguments '*: :((\"3\"))'"]


HOSTILE = (
    "ab`touch run`",
    "ab$(touch run)",
    "ab;touch run",
    "ab'touch run",
    'ab"touch run',
    "ab‘touch run",
    "ab“touch run",
    "ab\\touch",
    "ab!touch",
    "ab\ttouch",
    "-ab",
)


def test_nothing_is_offered_that_a_shell_could_run(tmp_path: Path) -> None:
    city = new_city(tmp_path / "city.db")
    for title in (*HOSTILE, "ab fine"):
        assert husrum("--db", city, "event", "log", "--venue", title, "--", title, env=TODAY).exit_code in (0, 2)
    for shell in ("bash", "words", "zsh", "fish", "powershell"):
        for line in (
            "husrum event log ab",
            "husrum event log 'ab",
            'husrum event log "ab',
            "husrum event log x --venue ab",
            "husrum event log x --venue=ab",
        ):
            offered = "\n".join(tab(city, line, shell))
            assert "fine" in offered and "touch" not in offered


def test_no_name_of_the_file_is_offered_as_an_option(tmp_path: Path) -> None:
    city, sheet = new_city(tmp_path / "city.db"), tmp_path / "events.csv"
    sheet.write_text("title,date,venue\n--db=/tmp/other.db,2024-05-01,--unnamed=4\nTur,2024-05-02,Nord\n", encoding="utf-8")
    assert husrum("--db", city, "import", sheet).exit_code == 0
    assert tab(city, "husrum event log ") == ["Tur"]
    assert tab(city, "husrum event log Tur --venue ") == ["Nord"]


def test_a_list_that_does_not_begin_as_typed_leaves_the_line(town: Path, tmp_path: Path) -> None:
    city = new_city(tmp_path / "city.db")
    for ref, name in (("11", "Tom Vest"), ("12", "Sara Vest"), ("13", "Vesta Holm")):
        assert husrum("--db", city, "intake", "add", name, "--ref", ref).exit_code == 0
    # Whatever a shell does with the common beginning of these, there is none.
    shown = ["11  Tom Vest", "12  Sara Vest", "13  Vesta Holm", " "]
    assert tab(city, "husrum person show vest", "bash") == shown
    assert tab(city, "husrum event log Walk --present 2,vest", "bash")[:-1] == [f"2,{line}" for line in shown[:-1]]
    asked = {"_TYPER_COMPLETE_ARGS": "husrum person show vest", "HUSRUM_DB": str(city)}
    for mode, lines in (
        ("zsh_words", ["\t", "11\tTom Vest", "12\tSara Vest", "13\tVesta Holm"]),
        ("powershell_words", ["11\tTom Vest", "12\tSara Vest", "13\tVesta Holm"]),
    ):
        assert husrum_process(env={**asked, "_HUSRUM_COMPLETE": mode}).stdout.splitlines() == lines
    assert tab(city, "husrum person show 1", "bash") == ["11  Tom Vest", "12  Sara Vest", "13  Vesta Holm"]


def test_fish_gets_the_letters_that_it_looks_for(town: Path) -> None:
    asked = {"HUSRUM_DB": str(town), "_HUSRUM_COMPLETE": "fish_words"}
    for typed, line in (("ås", "3\tÅse Krog (ås)"), ("Ås", "3\tÅse Krog"), ("nan", "1\tAnna Holm (nan)"), ("krog", "3\tÅse Krog")):
        done = husrum_process(env={**asked, "_TYPER_COMPLETE_ARGS": f"husrum person show {typed}"})
        assert done.stdout == f"{line}\n"


def test_where_there_is_nothing_to_offer_not_even_an_empty_line_is(town: Path) -> None:
    asked = {"_HUSRUM_COMPLETE": "complete_bash", "COMP_LINE": "husrum --db /us", "HUSRUM_DB": str(town)}
    assert husrum_process(env=dict(asked)).stdout == ""


def test_powershell_has_an_escape_of_its_own_so_that_paths_stay_whole(town: Path) -> None:
    asked = {"_HUSRUM_COMPLETE": "powershell_words"}
    typed = {
        f"husrum --db '{town}' person show åse": "3\tÅse Krog\n",
        f"husrum --db {town} person show Anna` H": "1\tAnna Holm\n",
        "husrum --db C:\\towns\\aarhus.db person sho": "show\tA person on one page: what is next, how they come, match, goals, what is missing.\n",
        "husrum --db C:\\towns\\ person sho": "show\tA person on one page: what is next, how they come, match, goals, what is missing.\n",
    }
    for line, answer in typed.items():
        assert husrum_process(env={**asked, "_TYPER_COMPLETE_ARGS": line}).stdout == answer


def test_bash_counts_signs_not_bytes_to_the_cursor(town: Path) -> None:
    asked = {"_HUSRUM_COMPLETE": "complete_bash", "COMP_LINE": "husrum person show åse nothing", "COMP_POINT": "22", "HUSRUM_DB": str(town)}
    assert husrum_process(env=dict(asked)).stdout == "3\n"


def test_codes_are_described_in_the_language_of_the_file(tmp_path: Path) -> None:
    city = new_city(tmp_path / "city.db", "Aarhus", "--language", "da")
    asked = {"_HUSRUM_COMPLETE": "powershell_words", "_TYPER_COMPLETE_ARGS": "husrum intake add Eva --gender k", "HUSRUM_DB": str(city)}
    assert husrum_process(env={**asked, "HUSRUM_LANGUAGE": None, "LC_ALL": "C.UTF-8"}).stdout == "f\tKvinde\n"


def test_nothing_confidential_is_offered_and_nothing_written(town: Path) -> None:
    before = hashlib.sha256(town.read_bytes()).hexdigest()
    for line in ("husrum person show 1 ", "husrum intake edit 1 --note ", "husrum intake show 1 ", "husrum person edit 1 --phone "):
        assert not tab(town, line)
    assert hashlib.sha256(town.read_bytes()).hexdigest() == before
    assert [path.name for path in town.parent.iterdir()] == [town.name]


@pytest.mark.parametrize("held", [None, b"", b"no database", b"SQLite format 3\0 damaged"])
def test_a_file_that_cannot_be_read_is_silent(tmp_path: Path, held: bytes | None) -> None:
    path = tmp_path / "some.db"
    if held is not None:
        path.write_bytes(held)
    assert tab(path, "husrum person show ") == []
    assert tab(path, "husrum person sh") == ["show\tA person on one page: what is next, how they come, match, goals, what is missing."]
    assert path.exists() == (held is not None)


@pytest.mark.parametrize(
    "line", ["husrum person show 'an", 'husrum "', "husrum --db", "husrum \\", "", "husrum -", "husrum --db= person show "]
)
def test_whatever_was_typed_it_is_silent(town: Path, line: str) -> None:
    for shell in ("bash", "words", "zsh", "fish", "powershell"):
        tab(town, line, shell)


def test_completion_explains_in_two_lines_and_writes_the_scripts(city: Path) -> None:
    done = husrum("completion", env={"SHELL": "/usr/bin/zsh"})
    assert done.exit_code == 0 and len(done.stdout.splitlines()) == 2 and "~/.zshrc" in done.stdout
    for shell in ("bash", "zsh", "fish", "powershell"):
        assert "_HUSRUM_COMPLETE" in husrum("completion", shell).stdout
    assert husrum("completion", "cmd").exit_code == 2
