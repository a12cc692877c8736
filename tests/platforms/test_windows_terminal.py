"""A terminal on Windows: colours only where they are drawn, no pager of its own, the language of the machine, and PowerShell."""

from __future__ import annotations

import locale
import shutil
import sys
from types import SimpleNamespace

import pytest

from husrum_cli.commands.completion.shells import current_shell
from husrum_cli.config import locale_language
from husrum_cli.platforms import system
from husrum_cli.render import terminal

SYSTEMS = (system.WINDOWS, system.MACOS, system.OTHER)


@pytest.fixture(params=SYSTEMS)
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Each system, with nothing chosen."""
    monkeypatch.setattr(system, "NAME", request.param)
    for name in ("PAGER", "LC_ALL", "LC_MESSAGES", "LANG", "SHELL", "NO_COLOR", "WT_SESSION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm-256color")
    return str(request.param)


def test_colours_are_for_windows_terminal_alone(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(isatty=lambda: True))
    assert terminal.screen().styled == (kind != system.WINDOWS)
    monkeypatch.setenv("WT_SESSION", "1")
    assert terminal.screen().styled
    monkeypatch.setenv("NO_COLOR", "1")
    assert not terminal.screen().styled


def test_there_is_a_pager_only_if_one_is_named_or_less_is_there_which_windows_does_not_use(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _name: "/usr/bin/less")
    assert terminal._pager() == ([] if kind == system.WINDOWS else ["/usr/bin/less"])
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    assert terminal._pager() == []  # `more` would ask in English
    monkeypatch.setenv("PAGER", r"C:\Git\less.exe -F")
    assert (terminal._pager() == [r"C:\Git\less.exe", "-F"]) == (kind == system.WINDOWS)


@pytest.mark.parametrize(
    ("named", "language"),
    [("Danish_Denmark", "da"), ("da_DK", "da"), ("English_United States", "en"), ("Polish_Poland", "en"), (None, "en")],
)
def test_windows_says_its_language_in_its_own_way(kind: str, monkeypatch: pytest.MonkeyPatch, named: str | None, language: str) -> None:
    monkeypatch.setattr(locale, "getlocale", lambda: (named, "1252"))
    assert locale_language() == (language if kind == system.WINDOWS else "en")
    monkeypatch.setenv("LANG", "da_DK.UTF-8")
    assert locale_language() == "da"


def test_the_shell_of_windows_is_powershell(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert current_shell() == ("powershell" if kind == system.WINDOWS else "bash")
    monkeypatch.setenv("SHELL", "/usr/bin/bash.exe")
    assert current_shell() == "bash"
