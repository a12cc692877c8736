"""The bar for what takes long."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from openpyxl import Workbook
from running import new_city

from husrum_cli.commands import progress
from husrum_cli.commands.progress import Progress
from husrum_cli.importing.spreadsheets import import_spreadsheets
from husrum_cli.importing.understanding.context import Options
from husrum_cli.store import open_store


class Screen(io.StringIO):
    """Standard error at a terminal."""

    def isatty(self) -> bool:
        return True


def at_a_screen(monkeypatch: pytest.MonkeyPatch) -> Screen:
    # In the test itself: capturing gives every test its own standard error after its fixtures have run.
    screen = Screen()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setenv("TERM", "xterm-256color")
    return screen


def wait_for(screen: Screen, text: str) -> None:
    end = time.monotonic() + 20
    while text not in screen.getvalue():
        assert time.monotonic() < end, screen.getvalue()
        time.sleep(0.01)


def test_a_long_step_gets_a_bar_that_is_gone_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = at_a_screen(monkeypatch)
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    with Progress("Importing") as bar:
        wait_for(screen, "Importing")
        bar(64, 128)
        wait_for(screen, "50%")
    assert screen.getvalue().rstrip().endswith("\x1b[2K")  # the line is wiped


def test_a_long_file_has_a_bar_while_it_is_read_and_while_it_is_written(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Each bar is waited for: at the first part that is read, and at the first row that is written."""
    path, files = new_city(tmp_path / "town.db"), long_files(tmp_path)
    screen = at_a_screen(monkeypatch)
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    for file in files:
        with Progress("Importing") as bar, closing(open_store(path)) as store:
            wait_for(screen, "Importing")
            seen = {"Reading": 0, "Importing": 0}

            def shown(name: str, part: Callable[[int, int], None], done: int, total: int, seen: dict[str, int] = seen) -> None:
                assert seen[name] <= done <= total
                part(done, total)
                if not seen[name]:
                    wait_for(screen, name)
                seen[name] = done

            import_spreadsheets(
                store,
                [file],
                Options(),
                progress=partial(shown, "Importing", bar),
                reading=partial(shown, "Reading", bar.with_name("Reading")),
            )
            assert all(seen.values()), file
        screen.truncate(0)


def long_files(directory: Path) -> list[Path]:
    """Return the same list as text and as a workbook, longer than the parts in which files are read."""
    rows = [["title", "date"], *([f"Walk {number}", "2024-03-05"] for number in range(2100))]
    text, book = directory / "events.csv", Workbook(write_only=True)
    text.write_text("".join(f"{title},{day}\n" for title, day in rows), encoding="utf-8")
    sheet = book.create_sheet("events")
    for row in rows:
        sheet.append(row)
    book.save(directory / "events.xlsx")
    return [text, directory / "events.xlsx"]


def test_a_short_step_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = at_a_screen(monkeypatch)
    with Progress("Importing") as bar:
        bar(64, 128)
    assert screen.getvalue() == ""


def test_nothing_is_shown_where_nobody_watches(monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = io.StringIO()
    monkeypatch.setattr(sys, "stderr", pipe)
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    with Progress("Importing"):
        time.sleep(0.2)
    assert pipe.getvalue() == ""


def test_what_goes_wrong_in_a_long_step_ends_the_bar_and_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = at_a_screen(monkeypatch)
    monkeypatch.setattr(progress, "_PATIENCE", 0.0)
    with pytest.raises(ZeroDivisionError), Progress("Importing"):
        wait_for(screen, "Importing")
        raise ZeroDivisionError
    length = len(screen.getvalue())
    time.sleep(0.3)
    assert len(screen.getvalue()) == length
