"""Packages that a few commands need: the message can be typed where husrum runs, and never names husrum, whose name elsewhere is not ours."""

from __future__ import annotations

import re
import shlex
import sys
import tomllib
from pathlib import Path

import pytest
from running import CHECKOUT

from husrum_cli import extras
from husrum_cli.platforms import system

PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_packages_are_those_of_the_extras() -> None:
    declared = {
        extra: tuple(re.split(r"[<>=~! ;]", line)[0] for line in lines)
        for extra, lines in PROJECT["optional-dependencies"].items()
        if extra not in ("test", "lint")
    }
    assert declared == extras.PACKAGES


@pytest.mark.parametrize("extra", extras.PACKAGES)
def test_the_hint_names_this_python_and_the_packages(extra: str) -> None:
    words = shlex.split(extras.missing_extra(extra).message.partition(": ")[2])
    assert Path(words[0]).absolute() == Path(sys.executable).absolute()
    assert words[1:] == ["-m", "pip", "install", *extras.PACKAGES[extra]]


def test_no_text_says_to_install_by_the_name() -> None:
    pages = [*CHECKOUT.glob("*.md"), *(CHECKOUT / "docs").rglob("*.md"), CHECKOUT / "husrum_cli" / "i18n" / "da.po"]
    pages += [path for path in (CHECKOUT / "husrum_cli").rglob("*.py") if not path.name.startswith("texts_")]
    by_name = re.compile(
        r"(?:pip|pipx|uv tool|uv pip|uv) (?:install|add|upgrade|inject)[^\n`]*?[ '\"](?:husrum-cli|husrum)\b(?!_cli|[/.-]|\[[\w,]+\] @)"
    )
    found = [f"{path.name}: {match[0]}" for path in pages for match in by_name.finditer(path.read_text(encoding="utf-8"))]
    assert found == []


def test_below_the_folder_a_short_path_is_enough(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "executable", str(tmp_path / ".venv" / "bin" / "python"))
    assert extras.install_command("xlsx") == ".venv/bin/python -m pip install xlsxwriter"


def test_a_path_with_spaces_is_quoted_as_the_shell_takes_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "executable", "/home/Åse Holm/husrum/bin/python")
    assert extras.install_command("age") == "'/home/Åse Holm/husrum/bin/python' -m pip install pyrage"
    monkeypatch.setattr(system, "NAME", system.WINDOWS)
    assert extras.install_command("age") == '& "/home/Åse Holm/husrum/bin/python" -m pip install pyrage'


def test_an_environment_without_pip_was_made_by_uv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda _name: None)
    monkeypatch.setattr(sys, "executable", "/opt/tools/husrum/bin/python")
    assert extras.install_command("crypt") == "uv pip install --python /opt/tools/husrum/bin/python sqlcipher3"
