"""The files that a merge remembers: this saves time, and changes nothing else."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from once import made_once
from running import husrum, looked_into, new_city
from unions import AARHUS, TODAY, VIBORG, dump, new_key, run, small_city

from husrum_cli.store.union import merge as union
from husrum_cli.store.union.known_files import _place as place_of
from husrum_cli.store.union.sources import Sources

EVENT = ("event", "log", "Mere", "--date", "2024-04-01", "--unnamed", "3")


@pytest.fixture
@made_once
def place(tmp_path: Path) -> Path:
    """Three cities."""
    for name, lines in (("Aarhus", AARHUS), ("Randers", VIBORG), ("Viborg", VIBORG)):
        small_city(tmp_path / f"{name}.db", name, lines)
    return tmp_path


@pytest.fixture
def examined(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are looked through."""
    names: list[str] = []
    distrust = Sources._distrust

    def watched(self: Sources, path: Path, version: int) -> None:
        names.append(path.name)
        distrust(self, path, version)

    monkeypatch.setattr(Sources, "_distrust", watched)
    return names


def cities(place: Path) -> list[Path]:
    return sorted(place.glob("[A-Z]*.db"))


def fresh(place: Path, *words: object) -> list[tuple[object, ...]]:
    """Return what a merge into a new file makes."""
    (place / "fresh.db").unlink(missing_ok=True)
    run("merge", place / "fresh.db", *words)
    return dump(place / "fresh.db")


def test_files_that_were_read_are_not_looked_through_again(place: Path, examined: list[str]) -> None:
    nation = place / "nation.db"
    first = run("merge", nation, *cities(place), "--format", "json").stdout
    assert sorted(examined) == ["Aarhus.db", "Randers.db", "Viborg.db"]
    before, bytes_before = dump(nation), nation.read_bytes()
    examined.clear()
    again = run("merge", nation, *cities(place), "--format", "json").stdout
    assert (examined, again) == ([], first.replace('"new"', '"unchanged"'))
    assert (dump(nation), nation.read_bytes()) == (before, bytes_before)
    run("--db", place / "Randers.db", *EVENT)
    run("merge", nation, *cities(place))
    assert examined == ["Randers.db"]
    assert dump(nation) == fresh(place, *cities(place))


@pytest.mark.parametrize("newer", ["Aarhus", "Randers", "Viborg"])
def test_branches_that_stay_are_moved_to_where_a_new_file_has_them(place: Path, monkeypatch: pytest.MonkeyPatch, newer: str) -> None:
    nation, moved = place / "nation.db", list[int]()
    move = union.move_branches

    def watched(connection: object, source: object, wanted: dict[int, dict[str, int]]) -> None:
        moved.append(len(wanted))
        move(connection, source, wanted)  # type: ignore[arg-type]

    monkeypatch.setattr(union, "move_branches", watched)
    key = ["--key", new_key(place / "key")]
    run("merge", nation, *cities(place), *key)
    run("--db", nation, "figure", "set", "2021", "young_people", "610", "--source", "STATUS")
    run("merge", nation, place / "Aarhus.db", *key)  # the nation wrote, so the file is made again
    run("--db", place / f"{newer}.db", *EVENT)
    run("--db", place / f"{newer}.db", "intake", "add", "Xenia Ny", "--enquired", "2024-05-01")
    run("merge", nation, place / f"{newer}.db", *key)
    small_city(place / "Odense.db", "Odense", VIBORG)
    run("merge", nation, place / "Odense.db", *key)
    assert moved == [2, 3]
    assert husrum("check", "--db", nation).exit_code == 0
    shutil.copy2(nation, place / "own.db")
    assert dump(nation) == fresh(place, place / "own.db", *cities(place), *key)


def test_what_was_changed_by_hand_is_noticed_in_a_file_that_was_read_before(place: Path, examined: list[str]) -> None:
    nation = place / "nation.db"
    run("merge", nation, *cities(place))
    shutil.copy2(place / "Viborg.db", place / "kept")
    with closing(looked_into(place / "Viborg.db")) as connection, connection:
        connection.execute("UPDATE sessions SET unnamed = 3")
    assert husrum("merge", nation, *cities(place)).exit_code == 5
    shutil.copy2(place / "kept", place / "Viborg.db")
    with (place / "Viborg.db").open("r+b") as file:  # a page that is not a page any more
        file.seek(4096 * 3)
        file.write(b"\xff" * 64)
    assert husrum("merge", nation, *cities(place)).exit_code == 3
    shutil.copy2(place / "kept", place / "Viborg.db")
    run("merge", nation, *cities(place))
    with closing(looked_into(nation)) as connection, connection:
        connection.execute("UPDATE sessions SET unnamed = 3 WHERE id = 1")
    examined.clear()
    assert husrum("merge", nation, *cities(place)).exit_code == 5
    assert sorted(examined) == ["Aarhus.db", "Randers.db", "Viborg.db", "nation.db"]


def test_a_name_that_another_program_wrote_into_the_nation_is_gone_after_the_next_merge(place: Path) -> None:
    nation = place / "nation.db"
    run("merge", nation, *cities(place))
    with closing(looked_into(nation)) as connection, connection:
        connection.execute("UPDATE people SET name = 'Annabell Holmgaard'")
    run("merge", nation, *cities(place))
    with closing(looked_into(nation)) as connection:
        assert connection.execute("SELECT DISTINCT name FROM people").fetchall() == [(None,)]


def test_a_copy_of_the_nation_whose_grants_another_program_changed_is_refused(place: Path) -> None:
    nation, other = place / "nation.db", place / "other.db"
    run("merge", nation, *cities(place))
    run("grant", "add", "Fonden", "--per-year", "1000", "--from", "2024-01-01", "--db", nation)
    shutil.copy2(nation, other)
    run("merge", nation, other)
    with closing(looked_into(other)) as connection, connection:
        connection.execute("UPDATE grants SET per_year = 2000")
    refused = husrum("merge", nation, other)
    assert refused.exit_code == 5 and "outside husrum" in refused.stderr


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"schema": "husrum.merged/1 0"}', None])
def test_without_what_is_known_all_is_looked_through(
    place: Path, examined: list[str], content: bytes | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    nation, settings = place / "nation.db", place / "settings"
    monkeypatch.setitem(TODAY, "XDG_CONFIG_HOME", str(settings))
    run("merge", nation, *cities(place))
    known = settings / "husrum" / "merged" / place_of(nation).name
    assert known.stat().st_mode & 0o077 == 0
    assert b"Aarhus" not in known.read_bytes() and bytes(place) not in known.read_bytes()
    if content is None:
        shutil.rmtree(known.parent)
        known.parent.write_text("no folder")
    else:
        known.write_bytes(content)
    examined.clear()
    before = dump(nation)
    run("merge", nation, *cities(place))
    assert (len(examined), dump(nation)) == (4, before)


def test_a_city_of_which_nothing_is_known_yet_joins_those_that_are_known(place: Path) -> None:
    nation = place / "nation.db"
    run("merge", nation, place / "Viborg.db")
    new_city(place / "Odense.db", "Odense")
    run("merge", nation, place / "Odense.db", place / "Aarhus.db")
    run("merge", nation, place / "Randers.db")
    assert dump(nation) == fresh(place, *cities(place))


def test_an_error_that_is_not_of_the_disk_is_no_success(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(_file: Path) -> str:
        raise sqlite3.OperationalError("no such column: nonsense")

    monkeypatch.setattr(union, "hash_of", failing)
    with pytest.raises(sqlite3.OperationalError):
        husrum("merge", place / "denmark.db", place / "Aarhus.db")
    assert not (place / "denmark.db").exists()
