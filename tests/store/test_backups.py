"""Backups, and putting them back: whole or not at all, and nothing is lost on the way."""

from __future__ import annotations

import json
import os
import shutil
import stat
from contextlib import closing
from pathlib import Path

import pytest
from random_commands import new_town
from running import ENCRYPTED, husrum, looked_into, new_city
from terminal import Terminal
from test_undo import edits_of, log_of, rows_of
from test_upgrades import oldest

TODAY = {"HUSRUM_TODAY": "2024-10-08"}


@pytest.fixture(scope="module")
def town_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small town that only copies are written of."""
    return new_town(tmp_path_factory.mktemp("town") / "aarhus.db")


@pytest.fixture
def town(town_once: Path, tmp_path: Path) -> Path:
    """The small town, free to be written."""
    return Path(shutil.copy2(town_once, tmp_path / "aarhus.db"))


@pytest.fixture
def backup(town: Path) -> Path:
    """A backup of the town; after it, the town was written once more."""
    place = town.with_name("backup.db")
    assert husrum("backup", place, "--db", town).exit_code == 0
    assert husrum("intake", "add", "Ny Person", "--enquired", "2024-05-01", "--db", town).exit_code == 0
    return place


def files(folder: Path) -> set[str]:
    """The names in a folder, hidden files too."""
    return {path.name for path in folder.iterdir()}


def test_a_backup_holds_everything_for_its_owner_alone(town: Path) -> None:
    before = umask = os.umask(0)
    try:
        result = husrum("backup", town.with_name("backup.db"), "--db", town)
    finally:
        os.umask(before)
    assert umask == before and result.exit_code == 0
    backup = town.with_name("backup.db")
    assert (rows_of(backup), edits_of(backup)) == (rows_of(town), edits_of(town))
    assert os.name == "nt" or stat.S_IMODE(backup.stat().st_mode) == 0o600
    assert files(town.parent) == {"aarhus.db", "backup.db"}
    assert husrum("check", "--db", backup).exit_code == 0
    assert husrum("undo", "--db", backup).exit_code == 0  # also what can be taken back is in it


def test_a_backup_in_a_folder_gets_the_day_as_its_name(town: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    for _each in range(2):
        assert husrum("backup", folder, "--db", town, env=TODAY).exit_code == 0
    assert files(folder) == {"aarhus-2024-10-08.db", "aarhus-2024-10-08-2.db"}


def test_a_backup_never_replaces_anything(town: Path) -> None:
    taken = town.with_name("backup.db")
    taken.write_text("mine")
    result = husrum("backup", taken, "--db", town)
    assert result.exit_code == 5 and "exists already" in result.stderr
    assert taken.read_text() == "mine"
    assert husrum("backup", town, "--db", town).exit_code == 5


def test_a_backup_where_there_is_no_folder(town: Path) -> None:
    result = husrum("backup", town.parent / "nowhere" / "backup.db", "--db", town)
    assert result.exit_code == 3 and "can't be written" in result.stderr


def test_a_damaged_file_gives_no_backup(town: Path) -> None:
    held = bytearray(town.read_bytes())
    held[4096 * 3 : 4096 * 6] = bytes(4096 * 3)
    town.write_bytes(held)
    result = husrum("backup", town.with_name("backup.db"), "--db", town)
    assert result.exit_code == 3 and "damaged" in result.stderr
    assert files(town.parent) == {"aarhus.db"}


def test_a_backup_put_back(town: Path, backup: Path) -> None:
    lineage, now = edits_of(town), rows_of(town)
    result = husrum("restore", backup, "--db", town)
    assert result.exit_code == 0 and "aarhus.before-restore.db" in result.stderr
    assert rows_of(town) == rows_of(backup)
    # To the nation, the file that was put back is the newer one: its lineage goes on from the replaced file's.
    assert edits_of(town)[:-1] == lineage
    assert log_of(town)[0]["command"] == "restore"
    kept = town.with_name("aarhus.before-restore.db")
    assert (rows_of(kept), edits_of(kept)) == (now, lineage)
    assert stat.S_IMODE(kept.stat().st_mode) == stat.S_IMODE(town.stat().st_mode) == 0o600
    assert files(town.parent) == {"aarhus.db", "backup.db", kept.name}
    assert husrum("check", "--db", town).exit_code == 0
    refused = husrum("undo", "--db", town)
    assert refused.exit_code == 5 and "restore" in refused.stderr
    # What was put aside can be put back in its turn.
    assert husrum("restore", kept, "--db", town).exit_code == 0
    assert rows_of(town) == now
    assert husrum("person", "leave", "1", "--db", town).exit_code == 0
    assert husrum("undo", "--db", town).exit_code == 0
    assert "outside" not in {each["command"] for each in log_of(town)}


def test_a_backup_that_is_ahead_keeps_its_own_lineage(town: Path, backup: Path, tmp_path: Path) -> None:
    older = Path(shutil.copy2(backup, tmp_path / "older.db"))
    ahead = edits_of(town)
    assert husrum("restore", town, "--db", older).exit_code == 0
    assert edits_of(older)[:-1] == ahead


@pytest.mark.parametrize("damage", ["zeroed", "empty", "text"])
def test_a_damaged_file_is_replaced_and_kept_as_it_is(town: Path, backup: Path, damage: str) -> None:
    broken = {"zeroed": bytes(8192), "empty": b"", "text": b"not a database at all"}[damage]
    town.write_bytes(broken)
    town.with_name("aarhus.db-journal").write_bytes(b"left over")
    result = husrum("restore", backup, "--db", town)
    assert result.exit_code == 0 and "could not be read; the history goes on" in result.stderr
    assert rows_of(town) == rows_of(backup)
    assert edits_of(town)[:-1] == edits_of(backup)
    assert town.with_name("aarhus.before-restore.db").read_bytes() == broken
    # A file that looks like an encrypted one is opened, and SQLite deletes a journal that is not one.
    assert ENCRYPTED and damage != "empty" or town.with_name("aarhus.before-restore.db-journal").read_bytes() == b"left over"
    assert not town.with_name("aarhus.db-journal").exists()


def test_a_lost_file_is_put_back_where_that_is_meant(town: Path, backup: Path) -> None:
    town.unlink()
    refused = husrum("restore", backup, "--db", town)
    assert refused.exit_code == 3 and "--force" in refused.stderr
    assert files(town.parent) == {"backup.db"}
    done = husrum("restore", backup, "--force", "--db", town)
    assert done.exit_code == 0 and "was replaced" not in done.stderr, "there was nothing to replace"
    assert rows_of(town) == rows_of(backup)
    assert files(town.parent) == {"aarhus.db", "backup.db"}


def test_a_backup_that_is_not_there_is_told_before_anything_is_asked(town: Path) -> None:
    with Terminal(town, "restore", str(town.with_name("missing.db"))) as seat:
        status, shown = seat.end()
    assert status == 3 and "does not exist; name a backup." in " ".join(shown.split()) and "yes/no" not in shown


def test_another_city_is_not_put_there(town: Path, tmp_path: Path) -> None:
    horsens = new_city(tmp_path / "horsens.db", "Horsens")
    held = town.read_bytes()
    refused = husrum("restore", horsens, "--db", town)
    assert refused.exit_code == 5 and "another city" in refused.stderr
    assert town.read_bytes() == held and files(town.parent) == {"aarhus.db", "horsens.db"}
    assert husrum("restore", horsens, "--force", "--db", town).exit_code == 0
    assert rows_of(town) == rows_of(horsens)
    assert edits_of(town)[:-1] == edits_of(horsens)


def test_the_file_itself_is_no_backup(town: Path) -> None:
    assert husrum("restore", town, "--db", town).exit_code == 5


def newer(path: Path) -> None:
    """A file of a later version."""
    with closing(looked_into(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


def foreign(path: Path) -> None:
    """Somebody else's database."""
    with closing(looked_into(path)) as connection:
        connection.execute("PRAGMA application_id = 1")


def orphaned(path: Path) -> None:
    """Rows that point at nothing."""
    with closing(looked_into(path, isolation_level=None)) as connection:
        connection.execute("DELETE FROM people WHERE number = 1")


def torn(path: Path) -> None:
    """A part of the file is gone."""
    path.write_bytes(path.read_bytes()[:-9000])


@pytest.mark.parametrize("spoil", [newer, foreign, orphaned, torn, lambda path: path.write_bytes(b""), lambda path: path.unlink()])
def test_what_is_no_sound_backup_is_not_put_back(town: Path, backup: Path, spoil: object) -> None:
    spoil(backup)  # type: ignore[operator]
    held, there = town.read_bytes(), files(town.parent)
    result = husrum("restore", backup, "--db", town)
    assert result.exit_code == 3, result.stderr
    assert len(result.stderr.splitlines()) == 1 and "backup.db" in result.stderr
    assert town.read_bytes() == held
    assert files(town.parent) == there


def test_a_backup_of_an_older_version_is_brought_to_todays(tmp_path: Path) -> None:
    old, path = tmp_path / "old.db", tmp_path / "aarhus.db"
    for each in (old, path):
        oldest(each)
    held = old.read_bytes()
    assert husrum("restore", old, "--db", path).exit_code == 0
    assert old.read_bytes() == held
    assert husrum("check", "--db", path).exit_code == 0
    assert husrum("stats", "year", "2024", "--db", path).exit_code == 0
    assert files(tmp_path) == {"old.db", "aarhus.db", "aarhus.version-1.db", "aarhus.before-restore.db"}


def test_a_change_outside_stays_known_in_copies(town: Path, backup: Path) -> None:
    with closing(looked_into(town)) as connection:
        connection.execute("UPDATE people SET called = 'Nus'")
        connection.commit()
    assert husrum("backup", town.with_name("second.db"), "--db", town).exit_code == 0
    assert log_of(town.with_name("second.db"))[0]["command"] == "outside"
    assert log_of(backup)[0]["command"] != "outside"


def test_someone_elses_table_is_carried_along(town: Path) -> None:
    with closing(looked_into(town)) as connection:
        connection.execute("CREATE TABLE my_notes (text)")
    assert husrum("backup", town.with_name("second.db"), "--db", town).exit_code == 0
    assert husrum("restore", town.with_name("second.db"), "--db", town).exit_code == 0
    assert "does not belong" in husrum("check", "--db", town).stdout


def test_in_danish(town: Path, backup: Path) -> None:
    shown = husrum("restore", backup, "--language", "da", "--db", town).stderr
    assert "Filen, som den var, er gemt" in shown
    assert json.loads(husrum("log", "--format", "json", "--db", town).stdout)[0]["command"] == "restore"
