"""Tab in real shells: installed as `husrum completion` says, asked by keys, looked at on the screen. A shell that isn't here is skipped."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from running import CHECKOUT, husrum, new_city, process_environment
from terminal import Terminal

SHELLS = {"bash": ("--noprofile", "-i"), "zsh": ("-i",), "fish": ("-i",)}
CLEAR = "\x15"


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    city = new_city(tmp_path_factory.mktemp("town") / "town.db", "Aarhus", "--language", "da")
    names = {1: "Anna Holm", 2: "Anna O'Hara", 3: "Åse Krog", 11: "Tom Vest", 12: "Sara Vest", 13: "Nora Vest"}
    lines = [("intake", "add", name, "--ref", ref) for ref, name in names.items()]
    for line in [*lines, ("event", "log", "Brætspil", "--venue", "Café Nord", "--unnamed", 1)]:
        assert husrum("--db", city, *line).exit_code == 0
    return city


@contextmanager
def shell_with_tab(shell: str, city: Path, folder: Path) -> Iterator[Terminal]:
    """A shell in which `husrum completion` was installed as it says."""
    program = shutil.which(shell)
    if not program:
        pytest.skip(f"no {shell} on this machine")
    own = folder / "bin" / "husrum"
    own.parent.mkdir()
    own.write_text(f'#!/bin/sh\nPYTHONPATH="{CHECKOUT}" exec "{sys.executable}" -m husrum_cli "$@"\n')
    own.chmod(0o755)
    env = {
        "HOME": str(folder), "XDG_CONFIG_HOME": None, "XDG_DATA_HOME": None, "ZDOTDIR": None, "PATH": f"{own.parent}:/usr/bin:/bin", "SHELL": program,
        "HUSRUM_DB": str(city), "HUSRUM_DEBUG": None, "HUSRUM_LANGUAGE": None, "LC_ALL": "C.UTF-8", "INPUTRC": "/dev/null",
    }  # fmt: skip
    (folder / ".bashrc").write_text("PS1='$ '\n")
    (folder / ".zshrc").write_text("PS1='$ '\n")
    prompt = folder / ".config" / "fish" / "conf.d" / "prompt.fish"  # its own shows the folder, which may fill the line
    prompt.parent.mkdir(parents=True)
    prompt.write_text("function fish_prompt\n    echo -n '$ '\nend\n")
    for line in husrum("completion", env={"SHELL": program}).stdout.splitlines():
        subprocess.run([program, "-c", line], env=process_environment(env), check=True, timeout=60)
    with Terminal(city, program=[program, *SHELLS[shell]], env=env) as seat:
        seat.asked("$ ")
        yield seat


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_completes(town: Path, tmp_path: Path, shell: str) -> None:
    with shell_with_tab(shell, town, tmp_path) as seat:

        def tab(typed: str, line: str) -> None:
            seat.type(f"{CLEAR}{typed}\t")
            seat.asked(line)

        tab("husrum per", "husrum person ")
        tab("husrum person sh", "husrum person show ")
        tab("husrum person show anna\\ o", "husrum person show 2 ")
        tab("husrum person show ås", "husrum person show 3 ")
        tab("husrum event log Tur --present 11,ås", "--present 11,3 ")
        tab("husrum event log Tur --venue ca", "--venue Café\\ Nord ")
        tab("husrum event log br", "husrum event log Brætspil ")
        tab("husrum intake add Eva --loneliness=mi", "--loneliness=mild ")
        tab("husrum intake add Eva --suicidal-thoughts ti", "--suicidal-thoughts past ")
        tab("husrum --db /us", "husrum --db /usr/")
        # Several whose numbers begin alike: they are shown, and what was typed stays.
        seat.type(f"{CLEAR}husrum person show vest\t" + "\t" * (shell == "bash"))
        seat.see("11", "Tom Vest", "12", "Sara Vest", "13", "Nora Vest")
        seat.asked("husrum person show vest")


@pytest.mark.parametrize("shell", SHELLS)
def test_no_title_is_run(tmp_path: Path, shell: str) -> None:
    city = new_city(tmp_path / "city.db")
    ran = tmp_path / "ran"
    for number, title in enumerate(
        (f"ab`touch {ran}`", f"ab$(touch {ran})", f"ab;touch {ran};", f"ab'; touch {ran}; '", f'ab"; touch {ran}; "')
    ):
        assert husrum("--db", city, "event", "log", title, "--date", "2024-05-01", "--venue", title).exit_code == 0
        assert husrum("--db", city, "intake", "add", title, "--ref", number + 1).exit_code == 0
    with shell_with_tab(shell, city, tmp_path) as seat:
        for line in (
            "event log ab",
            "event log 'ab",
            'event log "ab',
            "event log x --venue ab",
            "person show ab",
            'person show "ab',
            "event show E",
        ):
            seat.type(f"{CLEAR}husrum {line}\t\t")
            seat.press("\r")
            seat.type(f"{CLEAR}\x03")
            seat.type(f"{CLEAR}echo still here\r")
            seat.see("still here")
    assert not ran.exists()
