"""Where settings are kept: the place that each system has for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from husrum_cli.platforms import system
from husrum_cli.platforms.folders import settings_folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home whose name has a space and Danish letters."""
    place = tmp_path / "Bjørn Ægir Åse"
    place.mkdir()
    monkeypatch.setattr(Path, "home", lambda: place)
    for name in ("XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    return place


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        (system.OTHER, ".config/husrum"),
        (system.MACOS, "Library/Application Support/husrum"),
        (system.WINDOWS, "AppData/Roaming/husrum"),
    ],
)
def test_each_system_has_its_own_place(home: Path, monkeypatch: pytest.MonkeyPatch, kind: str, place: str) -> None:
    monkeypatch.setattr(system, "NAME", kind)
    assert settings_folder() == home / place


def test_windows_says_where_its_place_is(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "NAME", system.WINDOWS)
    monkeypatch.setenv("APPDATA", str(home / "Roaming æøå"))
    assert settings_folder() == home / "Roaming æøå" / "husrum"


@pytest.mark.parametrize("kind", [system.OTHER, system.MACOS, system.WINDOWS])
def test_a_place_that_somebody_chose_goes_first(home: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setattr(system, "NAME", kind)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "chosen"))
    monkeypatch.setenv("APPDATA", str(home / "other"))
    assert settings_folder() == home / "chosen" / "husrum"


def test_a_mac_that_has_the_earlier_place_keeps_it(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(system, "NAME", system.MACOS)
    (home / ".config" / "husrum").mkdir(parents=True)
    assert settings_folder() == home / ".config" / "husrum"
