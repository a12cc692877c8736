"""Loaded modules: a command that is typed all day must not wait for libraries it doesn't use."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from running import husrum, process_environment

PROGRAM = """
import sys
sys.argv = ["husrum", *sys.argv[1:]]
from husrum_cli.__main__ import main
try:
    main()
except SystemExit as end:
    if end.code:
        raise
print(*sys.modules, file=sys.stderr)
"""
HEAVY = {"typer", "prompt_toolkit", "pydantic", "numpy", "rich", "sqlite_utils", "dateutil.parser", "openpyxl", "stdnum"}
# Smaller ones, which take a millisecond or more each, and which few commands have a use for.
UNUSED = HEAVY | {"dataclasses", "inspect", "json", "csv", "difflib"}
# What a backup, an erasure and a file that is written whole need.
BACKUPS = {"husrum_cli.store.backup", "husrum_cli.store.erasing", "husrum_cli.atomic_files", "hashlib", "tempfile", "random", "base64"}


def heavy(*words: object, env: dict[str, str | None] | None = None, unused: set[str] = UNUSED) -> tuple[str, set[str]]:
    """The output of a command that must succeed, and which of these modules it loaded."""
    command = [sys.executable, "-c", PROGRAM, *(str(word) for word in words)]
    done = subprocess.run(command, input="", env=process_environment(env), capture_output=True, encoding="utf-8", timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout, unused & set(done.stderr.splitlines()[-1].split())


def test_help_loads_nothing_heavy() -> None:
    shown, loaded = heavy("--help", unused=UNUSED | {"sqlite3"})
    assert "Every day" in shown
    assert not loaded


def test_the_help_of_a_noun_loads_nothing_heavy() -> None:
    shown, loaded = heavy("event", "--help")
    assert "log" in shown
    assert not loaded


def test_completion_loads_nothing_heavy() -> None:
    asked = {"_HUSRUM_COMPLETE": "complete_bash", "COMP_WORDS": "husrum ev", "COMP_CWORD": "1"}
    shown, loaded = heavy(env=dict(asked))
    assert shown.split() == ["event"]
    assert not loaded


def test_tab_after_a_person_loads_no_figures_and_no_texts_that_nobody_reads(city: Path) -> None:
    assert husrum("intake", "add", "Anna Holm", "--db", city).exit_code == 0
    asked = {"_HUSRUM_COMPLETE": "complete_bash", "COMP_LINE": "husrum person show 1", "HUSRUM_DB": str(city), "HUSRUM_LANGUAGE": "da"}
    needless = {"husrum_cli.domain.figures", "husrum_cli.rowtypes.registry", "husrum_cli.i18n.texts_da", *BACKUPS}
    shown, loaded = heavy(env=dict(asked), unused=UNUSED | needless)
    assert shown.split() == ["1"]
    assert not loaded


def test_logging_an_event_loads_no_libraries_it_does_not_use(city: Path) -> None:
    assert husrum("intake", "add", "Anna Holm", "--db", city).exit_code == 0
    drafts = {"husrum_cli.domain.people.drafts"}
    _shown, loaded = heavy("event", "log", "Board games", "--present", "1", "--db", city, unused=UNUSED | drafts)
    assert not loaded


def test_undoing_loads_no_figures(city: Path) -> None:
    assert husrum("intake", "add", "Anna Holm", "--db", city).exit_code == 0
    needless = {"husrum_cli.domain.figures", *BACKUPS}
    _shown, loaded = heavy("undo", "--yes", "--db", city, unused=UNUSED - {"json"} | needless)
    assert not loaded


def test_one_day_and_one_person_load_neither_figures_nor_what_backups_need(city: Path) -> None:
    assert husrum("intake", "add", "Anna Holm", "--db", city).exit_code == 0
    needless = {"husrum_cli.domain.figures", *BACKUPS}
    for words in (("today",), ("person", "show", "1"), ("person", "list")):
        _shown, loaded = heavy(*words, "--db", city, unused=UNUSED | needless)
        assert not loaded, words


def test_the_figures_of_a_year_load_no_libraries_they_do_not_use(city: Path) -> None:
    assert husrum("intake", "add", "Anna Holm", "--db", city).exit_code == 0
    assert husrum("person", "consent", "1", "health_data", "--db", city).exit_code == 0
    measured = husrum("measure", "add", "1", "--items", "1,2,3", "--date", "2024-06-03", "--db", city)
    assert measured.exit_code == 0, measured.stderr
    lists = {"husrum_cli.commands.lists", "husrum_cli.render.figure_listings", "husrum_cli.domain.people.lookup"}
    shown, loaded = heavy("stats", "year", "2024", "--format", "json", "--db", city, unused=UNUSED | lists)
    assert '"visits"' in shown
    assert loaded <= {"json"}
    _shown, loaded = heavy("stats", "year", "2024", "--db", city)
    assert not loaded


def test_what_is_piped_is_drawn_without_rich(city: Path) -> None:
    assert husrum("intake", "add", "Anna Holm", "--db", city).exit_code == 0
    for words in (("today",), ("person", "list"), ("person", "show", "1"), ("event", "list"), ("match", "list")):
        _shown, loaded = heavy(*words, "--db", city, unused=HEAVY)
        assert not loaded, words
