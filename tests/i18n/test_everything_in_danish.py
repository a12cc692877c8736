"""`--language da` on a machine with another locale: no help, no error and no list holds a word that only the English texts have."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import make_docs
import pytest
from running import husrum, new_city

from husrum_cli.domain.settings import SETTINGS
from husrum_cli.i18n import texts_da

# Commands and options are English in every language.
_TYPED = re.compile(r"husrum( [^ .,;:)]+)+|--?[a-zA-Z][\w-]*|\{\w+\}|`[^`]*`|\w+(\|\w+)+")
_WORD = re.compile(r"[^\W\d_]{3,}")
ENGLISH_MACHINE = {"HUSRUM_LANGUAGE": None, "LANG": "C.UTF-8", "LC_ALL": None, "HUSRUM_TODAY": "2024-03-06"}
SETUP = (
    "intake add 'Æmil Øst' --born 2003-05-01 --enquired 2024-01-08 --held 2024-01-15 --source friend",
    "intake add 'Åse Bæk' --enquired 2024-01-09 --held 2024-01-16",
    "volunteer add 'Søren Ås' --role leader --joined 2023-01-01",
    "group open Tirsdag --kind talk --start 2024-02-06 --weeks 3 --capacity 1 --leader 3",
    "group enroll G1 1 --date 2024-02-06",
    "event log Brætspil --date 2024-03-01 --present 2",
)
WRONG = (
    "--nope", "nonsense", "event nonsense", "event", "event show", "event log", "event log Tur --date 31/2/2024", "event log Tur --date 10",
    "event log Tur --nope 3", "event log Tur --kind nonsense", "event log Tur --unnamed -1", "event log Tur --unnamed x", "event show E9", "group show G9",
    "person show Zacharias", "person show 99", "intake add", "intake add 'Æmil Øst' --born 2003-05-01", "intake add Bo --born 3", "intake hold 1 --ask",
    "group enroll G1 2 --date 2024-02-06", "event log Tur --date 2024-03-07", "grant add Fonden --per-year 1.000 --from 2024-01-01",
    "figure set 2024 besøg 3 --source x", "stats explain 2024 nonsense", "stats period 2024-X", "undo x", "match start 1 3", "match propose", "stats year 24",
    "setting set nonsense 3", "export sheet G1 --to sheet.pdf", "import nowhere.csv", "person edit 1", "volunteer role 3 leader", "year close 2024",
    "merge", "use", "use nowhere.db", "demo a b", "help nonsense", "person list --sort nonsense", "person list --show nonsense", "event list --format nonsense",
)  # fmt: skip
LISTS = (
    "today", "event list", "event show E1", "group list", "group show G1", "intake list", "intake show 1", "person list", "person show 1", "volunteer list",
    "volunteer show 3", "partner list", "setting list", "check", "log", "stats year 2024 --all", "stats trend", "undo --list", "year status 2024", "branch list",
)  # fmt: skip


def _words(text: str) -> set[str]:
    return {word.casefold() for word in _WORD.findall(_TYPED.sub(" ", text))}


def _only_english() -> set[str]:
    pairs = [*texts_da.TEXTS.items(), *((one, " ".join(forms)) for one, forms in texts_da.PLURALS.items())]
    english, danish = (set().union(*(_words(str(pair[side])) for pair in pairs)) for side in (0, 1))
    typed = {
        part
        for words in (*make_docs.commands(), *(key.split("_") for key in SETTINGS))
        for word in words
        for part in re.split("[_-]", word)
    }
    return english - danish - typed


ONLY_ENGLISH = _only_english()


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = new_city(tmp_path_factory.mktemp("town") / "by.db")
    for line in SETUP:
        assert husrum("--db", path, *shlex.split(line), env=ENGLISH_MACHINE).exit_code == 0, line
    return path


def english_of(path: Path, *typed: str) -> set[str]:
    """The English words that a command shows beyond what was typed."""
    done = husrum("--language", "da", "--db", path, *typed, env=ENGLISH_MACHINE)
    shown = _TYPED.sub(" ", done.stdout + done.stderr)
    for word in typed:
        shown = shown.replace(word, " ")
    return _words(shown) & ONLY_ENGLISH


def test_there_are_words_that_only_english_has() -> None:
    assert len(ONLY_ENGLISH) > 500 and {"there", "nothing", "before", "error"} <= ONLY_ENGLISH


@pytest.mark.parametrize("line", [*WRONG, *LISTS])
def test_no_english_is_left(town: Path, line: str) -> None:
    assert not english_of(town, *shlex.split(line))


@pytest.mark.parametrize("noun", sorted({words[0] for words in make_docs.commands()}))
def test_no_english_is_left_in_the_help(town: Path, noun: str) -> None:
    for words in [[noun], *([*each] for each in make_docs.commands() if each[0] == noun and len(each) > 1)]:
        shown = husrum("--language", "da", *words, "--help", env=ENGLISH_MACHINE).stdout.partition("\nEksempler:")[0]
        assert shown.startswith("Brug: ")
        assert not _words(shown) & ONLY_ENGLISH, words


@pytest.mark.parametrize("words", [("nonsense",), ("event", "nonsense"), ("--nope",), ("event", "log", "--nope"), ("--help",), ()])
@pytest.mark.parametrize("place", ["first", "last"])
def test_the_language_option_works_anywhere_and_before_a_file_is_chosen(tmp_path: Path, words: tuple[str, ...], place: str) -> None:
    danish = ("--language", "da")
    typed = (*danish, *words) if place == "first" else (*words, *danish)
    done = husrum(*typed, env={**ENGLISH_MACHINE, "HUSRUM_DB": None, "XDG_CONFIG_HOME": str(tmp_path)})
    assert (done.stdout + done.stderr).startswith(("Fejl: ", "Brug: ", "Én fil pr. by"))
    assert not _words(done.stdout + done.stderr) & ONLY_ENGLISH


@pytest.mark.parametrize("words", [("--help",), ("person", "show", "1"), ("nonsense",)])
def test_root_help_and_the_first_error_follow_the_locale(tmp_path: Path, words: tuple[str, ...]) -> None:
    env = {**ENGLISH_MACHINE, "LANG": "da_DK.UTF-8", "HUSRUM_DB": None, "XDG_CONFIG_HOME": str(tmp_path)}
    assert (done := husrum(*words, env=env)).stdout.startswith("Brug: ") or done.stderr.startswith("Fejl: ")
