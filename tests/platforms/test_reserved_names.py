"""Names that Windows keeps for itself: no file is made of them there."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import husrum

from husrum_cli.platforms import system
from husrum_cli.platforms.names import unusable_name

KEPT = ("NUL", "con", "CON.db", "aux.tar.gz", "lpt1.csv", "COM¹", "nul .db", "aarhus.db.", "aarhus ", "a:b.db", "aarhus?.db", "a|b", "a\tb")
USABLE = ("console.db", "århus 2024.db", "com.db", "null", "COM10.db", ".config", "Bjørns by.db", "con-1.db", "aarhus.db.removed")


@pytest.mark.parametrize("name", KEPT)
def test_windows_keeps_a_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not unusable_name(Path(name))
    monkeypatch.setattr(system, "NAME", system.WINDOWS)
    assert unusable_name(Path("folder") / name)


@pytest.mark.parametrize("name", USABLE)
def test_windows_takes_a_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "NAME", system.WINDOWS)
    assert not unusable_name(Path("NUL") / name)


@pytest.mark.parametrize(
    "line",
    [("init", "{place}/nul.db", "--city", "Aarhus"), ("backup", "{place}/aux"), ("export", "sheet", "G1", "--to", "{place}/con.csv")],
)
def test_no_command_writes_to_such_a_name(aarhus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: tuple[str, ...]) -> None:
    monkeypatch.setattr(system, "NAME", system.WINDOWS)
    before = sorted(path.name for path in tmp_path.iterdir())
    result = husrum(*(word.replace("{place}", str(tmp_path)) for word in line), "--db", aarhus)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "is not a name that Windows allows for a file; choose another name." in result.stderr
    assert sorted(path.name for path in tmp_path.iterdir()) == before
