"""A command line that is shown to be pasted is read by the shell as the words it was made of."""

from __future__ import annotations

import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from husrum_cli.platforms import system
from husrum_cli.platforms.shell_line import shell_line


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))), min_size=1, max_size=3))
def test_the_shell_reads_the_same_words(words: list[str]) -> None:
    done = subprocess.run(["sh", "-c", f"printf '%s\\n' {shell_line(words)}"], capture_output=True, check=True)
    assert done.stdout.decode().split("\n")[:-1] == words


def test_windows_takes_double_quotes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "NAME", system.WINDOWS)
    assert (
        shell_line(["husrum", "event", "log", 'It\'s "on"', "--date", "2024-03-02"]) == 'husrum event log "It\'s ""on""" --date 2024-03-02'
    )
    assert shell_line([r"C:\Users\åse\python.exe", "-m", ""]) == r'C:\Users\åse\python.exe -m ""'
