"""Files that can't be trusted: each is refused with one line that names it and the reason, no file is changed, and nothing in it is ever run."""

from __future__ import annotations

import errno
import gzip
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from running import ENCRYPTED, FIXTURES, husrum, looked_into, process_environment
from unions import AARHUS, TODAY, VIBORG, dump, hashes, run, small_city, states
from unions import merged as merged_

from husrum_cli.store.union import source_headers
from husrum_cli.store.union.known_files import hash_of

OLDEST = FIXTURES / "version-1.db.gz"
Damage = Callable[[Path], None]


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cities, what Viborg hands over, and a national file that holds Aarhus."""
    place = tmp_path_factory.mktemp("country")
    small_city(place / "aarhus.db", "Aarhus", AARHUS)
    small_city(place / "viborg.db", "Viborg", VIBORG)
    run("export", "handover", place / "handover.db", "--unencrypted", "--db", place / "viborg.db")
    run("merge", place / "nation.db", place / "aarhus.db")
    return place


@pytest.fixture
def place(once: Path, tmp_path: Path) -> Path:
    """A folder of one's own with these files."""
    return Path(shutil.copytree(once, tmp_path / "country"))


def refused(place: Path, status: int, *words: str, out: str = "nation.db", files: tuple[str, ...] = ("bad.db", "aarhus.db")) -> str:
    """The merge ends with this status and one line that holds these words; every file is as it was, and no other is there."""
    before = hashes(place)
    result = husrum("merge", place / out, *(place / name for name in files), env={**TODAY, "HUSRUM_DEBUG": None})
    assert (result.exit_code, result.stdout) == (status, ""), result.stderr
    assert result.stderr.startswith("Error: ") and result.stderr.count("\n") == 1, result.stderr
    for word in words:  # less is known about an encrypted file
        assert word in result.stderr or ENCRYPTED, result.stderr
    assert hashes(place) == before
    return result.stderr


def sql(script: str) -> Damage:
    """Damage that is done by SQL in another tool."""

    def damage(path: Path) -> None:
        with closing(looked_into(path, isolation_level=None)) as connection:
            connection.executescript("PRAGMA ignore_check_constraints = ON; PRAGMA foreign_keys = OFF;" + script)

    return damage


def schema(old: str, new: str, then: str = "") -> Damage:
    """The text of the schema is changed behind SQLite's back."""

    def damage(path: Path) -> None:
        with closing(looked_into(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA writable_schema = ON")
            changed = connection.execute("UPDATE sqlite_schema SET sql = replace(sql, ?, ?) WHERE instr(sql, ?)", (old, new, old)).rowcount
            assert changed
        if then:
            with closing(looked_into(path, isolation_level=None)) as connection:
                connection.executescript(then)

    return damage


def bytes_(change: Callable[[bytearray], object]) -> Damage:
    """The bytes of the file are changed."""

    def damage(path: Path) -> None:
        data = bytearray(path.read_bytes())
        path.write_bytes(bytes(change(data) or data))  # type: ignore[arg-type]

    return damage


def bomb(_path: Path) -> str:
    """A query that would take years."""
    return "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"


def big_text(path: Path) -> None:
    with closing(looked_into(path, isolation_level=None)) as connection:
        connection.execute("UPDATE intakes SET note = ? WHERE id = 1", ("a" * 50_000_000,))


def null_key(path: Path) -> None:
    """A key that is NULL, as only a file that was tampered with can hold: the rule is taken away, and put back when the row is there."""
    rule = "uid TEXT NOT NULL UNIQUE DEFAULT (lower(hex(randomblob(16)))),\n    activity_id"
    loose = rule.replace("NOT NULL ", "")
    schema(rule, loose, "UPDATE sessions SET uid = NULL WHERE id = 1")(path)
    schema(loose, rule)(path)


def blob_key(path: Path) -> None:
    """A key that is a blob, in the same way."""
    with closing(looked_into(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = replace(sql, ') STRICT', ')') WHERE name = 'people'")
    with closing(looked_into(path, isolation_level=None)) as connection:
        connection.execute("UPDATE people SET uid = x'00ff' WHERE id = 1")
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = sql || ' STRICT' WHERE name = 'people'")


def wal(path: Path) -> None:
    with closing(looked_into(path, isolation_level=None)) as connection:
        assert connection.execute("PRAGMA journal_mode = WAL").fetchone() == ("wal",)


def hot_journal(path: Path) -> None:
    """The writer was cut off in the middle of a transaction, and left its journal."""
    with closing(looked_into(path, isolation_level=None)) as connection:
        connection.executescript("PRAGMA cache_size = 1; BEGIN; UPDATE people SET phone = hex(zeroblob(2000));")
        journal = path.with_name(path.name + "-journal").read_bytes()
        data = path.read_bytes()
        connection.execute("ROLLBACK")
    path.write_bytes(data)
    path.with_name(path.name + "-journal").write_bytes(journal)


def mid_write(path: Path) -> None:
    """Copied while somebody wrote, without the journal: some pages are of before, some of after."""
    before = path.read_bytes()
    with closing(looked_into(path, isolation_level=None)) as connection:
        connection.executescript("UPDATE people SET phone = hex(zeroblob(3000)); DELETE FROM attendance WHERE person_id = 1;")
    after = path.read_bytes()
    path.write_bytes(after[: len(after) // 2] + before[len(after) // 2 : len(after)])


def flipped(data: bytearray) -> None:
    for place in range(5000, len(data), 4096):
        data[place] ^= 0x10


def hidden_trigger(path: Path) -> None:
    """A trigger under a name that SQLite keeps for itself, and that tools leave out of their lists."""
    sql(f"CREATE TRIGGER trap AFTER INSERT ON people BEGIN {TRAP}; END")(path)
    with closing(looked_into(path, isolation_level=None)) as connection:
        connection.executescript(
            "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET name = 'sqlite_trap', sql = replace(sql, 'trap', 'sqlite_trap') WHERE name = 'trap'"
        )


def same_uid(path: Path) -> None:
    """A person of another city's file is in this one too."""
    with closing(looked_into(path.with_name("aarhus.db"))) as connection:
        (uid,) = connection.execute("SELECT uid FROM people WHERE id = 1").fetchone()
    sql(f"UPDATE people SET uid = '{uid}' WHERE id = 1")(path)


TRAP = "SELECT RAISE(ABORT, 'it ran')"
BAD: list[tuple[str, str, Damage, str]] = [
    ("missing", "viborg.db", lambda path: path.unlink(), "does not exist"),
    ("a folder", "viborg.db", lambda path: (path.unlink(), path.mkdir())[1], "is a folder"),
    ("empty", "viborg.db", bytes_(lambda data: data.clear()), "is empty"),
    ("no database", "viborg.db", bytes_(lambda data: data.__setitem__(slice(0, 16), b"id;navn;telefon\n")), "is not a husrum file"),
    ("somebody else's database", "viborg.db", sql("PRAGMA application_id = 7"), "not one of husrum"),
    ("newer", "viborg.db", sql("PRAGMA user_version = 999"), "newer husrum"),
    ("without a version", "viborg.db", sql("PRAGMA user_version = 0"), "no version"),
    ("encrypted", "viborg.db", bytes_(lambda data: data.__setitem__(slice(0, 22), b"age-encryption.org/v1\n")), "--identity"),
    ("truncated", "viborg.db", bytes_(lambda data: data.__delitem__(slice(len(data) // 2, None))), "cut off"),
    ("truncated to its header", "viborg.db", bytes_(lambda data: data.__delitem__(slice(60, None))), "not a husrum file"),
    ("truncated in a page", "viborg.db", bytes_(lambda data: data.__delitem__(slice(-100, None))), "cut off"),
    ("bits flipped", "viborg.db", bytes_(flipped), "damaged"),
    ("copied in mid-write", "aarhus.db", mid_write, ""),
    ("hot journal", "viborg.db", hot_journal, "-journal"),
    ("WAL", "viborg.db", wal, "WAL"),
    ("a table more", "viborg.db", sql("CREATE TABLE more (a)"), "more"),
    ("a trigger", "viborg.db", sql(f"CREATE TRIGGER trap AFTER INSERT ON people BEGIN {TRAP}; END"), "trap"),
    ("a hidden trigger", "viborg.db", hidden_trigger, "sqlite_trap"),
    ("a view", "viborg.db", lambda path: sql(f"CREATE VIEW more AS {bomb(path)}")(path), "more"),
    ("a view named like a table", "viborg.db", lambda path: sql(f"DROP TABLE attests; CREATE VIEW attests AS {bomb(path)}")(path), "attests"),
    ("a view that was changed", "viborg.db", lambda path: sql(f"DROP VIEW channels; CREATE VIEW channels (kind, channel) AS SELECT 1, x FROM ({bomb(path)[:-22]}SELECT x FROM n)")(path), "channels"),
    ("a virtual table", "viborg.db", sql("CREATE VIRTUAL TABLE more USING fts5(a)"), "more"),
    ("a generated column", "viborg.db", sql("ALTER TABLE people ADD COLUMN more TEXT GENERATED ALWAYS AS (upper(name)) VIRTUAL"), "people"),
    ("a column more", "viborg.db", sql("ALTER TABLE people ADD COLUMN more TEXT"), "people"),
    ("a column missing", "viborg.db", sql("ALTER TABLE sessions DROP COLUMN note"), "sessions"),
    ("a rule missing", "viborg.db", schema("CHECK (capacity BETWEEN 1 AND 999999999)", ""), "activities"),
    ("an index missing", "viborg.db", sql("DROP INDEX attendance_person"), "attendance_person"),
    ("a NULL key", "viborg.db", null_key, "damaged"),
    ("a blob as key", "viborg.db", blob_key, "damaged"),
    ("a uid that is a text", "viborg.db", sql("UPDATE people SET uid = 'Annabell Holmgaard' WHERE id = 1"), "people"),
    ("a text in the lineage", "viborg.db", sql("UPDATE edits SET command = 'Annabell Holmgaard'"), "edits"),
    ("a text after the time in the lineage", "viborg.db", sql("UPDATE edits SET at = at || ' Annabell'"), "edits"),
    ("a text after the day of a closing", "viborg.db", sql("INSERT INTO closed_years (branch_id, year, closed_at, figures, hash) SELECT id, 2023, '2024-01-10 Annabell', '{}', 'x' FROM branches"), "closed_years"),
    ("a text in a reference", "viborg.db", sql("UPDATE activities SET ref = 'E1 Annabell' WHERE id = (SELECT max(id) FROM activities)"), "activities"),
    ("a date that is none", "viborg.db", sql("UPDATE intakes SET held = 'Annabell'"), "intakes.held"),
    ("rows that point at nothing", "viborg.db", sql("DELETE FROM people WHERE id = 1"), "point at nothing"),
    ("no city", "viborg.db", sql("DELETE FROM steps; DELETE FROM former_rows; DELETE FROM branches; DELETE FROM people; DELETE FROM activities; DELETE FROM edits; DELETE FROM sessions;"
                                 "DELETE FROM attendance; DELETE FROM intakes; DELETE FROM answers"), "its own city is missing"),
    ("a text of 50 MB", "viborg.db", big_text, "longer"),
    ("a handover with a row less", "handover.db", sql("DELETE FROM attendance WHERE person_id = 1"), "attendance"),
    ("a handover with a row changed", "handover.db", sql("UPDATE people SET born = '1999' WHERE id = 1"), "people"),
    ("a handover with a table unnamed", "handover.db", sql("DELETE FROM manifest WHERE name = 'people'"), "people"),
    ("a handover of another schema", "handover.db", sql("UPDATE manifest SET hash = 'x' WHERE name = 'schema'"), "schema"),
    ("a uid twice", "viborg.db", same_uid, "contradict"),
]  # fmt: skip


@pytest.mark.parametrize(("original", "damage", "word"), [bad[1:] for bad in BAD], ids=[bad[0] for bad in BAD])
def test_a_file_that_cannot_be_trusted(place: Path, original: str, damage: Damage, word: str) -> None:
    shutil.copy2(place / original, place / "bad.db")
    damage(place / "bad.db")
    refused(place, 3, "bad.db", word)
    if damage is not same_uid:
        refused(place, 3, "bad.db", word, out="fresh.db", files=("bad.db",))


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="a file that opens, and whose first byte can't be read")
def test_a_file_that_cannot_be_read(place: Path) -> None:
    refused(place, 3, "/proc/self/mem can't be read: Input/output error.", files=("/proc/self/mem",))


def test_a_file_on_a_stick_that_is_pulled_out_is_named(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def pulled_out(path: Path) -> str:
        if path.name == "viborg.db":
            raise OSError(errno.EIO, "Input/output error")
        return hash_of(path)

    monkeypatch.setattr(source_headers, "hash_of", pulled_out)
    refused(place, 3, "viborg.db can't be read: Input/output error.", files=("viborg.db", "aarhus.db"))


@pytest.mark.parametrize(
    "kind", ["empty", "somebody else's database", "newer", "truncated", "bits flipped", "WAL", "a trigger", "a NULL key"]
)
def test_a_target_that_cannot_be_trusted(place: Path, kind: str) -> None:
    (damage,) = (bad[2] for bad in BAD if bad[0] == kind)
    damage(place / "nation.db")
    refused(place, 3, "nation.db", files=("viborg.db",))


@pytest.mark.parametrize("flips", [15, pytest.param(400, marks=pytest.mark.full)])
def test_flipped_bits_are_found_or_were_no_matter(place: Path, flips: int) -> None:
    """In what was handed over every bit counts; a city's own file has no manifest, but no flipped bit there does more than change a value."""
    expected = dump(run_merge(place, "expected.db", "handover.db"))
    original = (place / "handover.db").read_bytes()
    for number in range(flips):
        data = bytearray(original)
        data[(number * 7919 + number * number * 31) % len(data)] ^= 1 << number % 8
        (place / "flipped.db").write_bytes(data)
        (place / "out.db").unlink(missing_ok=True)
        result = husrum("merge", place / "out.db", place / "flipped.db", env={**TODAY, "HUSRUM_DEBUG": None})
        assert result.exit_code in (0, 3), result.stderr
        assert (place / "flipped.db").read_bytes() == bytes(data)
        if result.exit_code == 0:
            assert dump(place / "out.db") == expected


def run_merge(place: Path, out: str, *files: str) -> Path:
    """A merge that must succeed."""
    run("merge", place / out, *(place / file for file in files))
    return place / out


def test_an_older_file_is_read_and_stays_of_its_version(place: Path) -> None:
    (place / "old.db").write_bytes(gzip.decompress(OLDEST.read_bytes()))
    shutil.rmtree(place / "x", ignore_errors=True)
    (place / "nation.db").unlink()
    before = hashes(place)
    assert states(merged_(place / "out.db", place / "old.db")) == [("old.db", "Aarhus", "new")]
    (place / "out.db").unlink()
    assert hashes(place) == before
    sql(f"CREATE TRIGGER trap AFTER INSERT ON people BEGIN {TRAP}; END")(place / "old.db")
    refused(place, 3, "old.db", "trap", out="out.db", files=("old.db",))


def test_a_file_that_takes_too_long(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from husrum_cli.store.union import sources

    monkeypatch.setattr(sources, "LEAST_STEPS", 0)
    monkeypatch.setattr(sources, "STEPS_PER_BYTE", 0)
    monkeypatch.setattr(sources, "STEPS_AT_A_TIME", 100)
    refused(place, 3, "aarhus.db", "takes longer", out="out.db", files=("aarhus.db",))


def test_a_sound_file_takes_far_less_than_it_may(aarhus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from husrum_cli.store.union import sources

    monkeypatch.setattr(sources, "LEAST_STEPS", 0)
    monkeypatch.setattr(sources, "STEPS_PER_BYTE", sources.STEPS_PER_BYTE // 3)
    run("merge", tmp_path / "nation.db", aarhus)


def test_the_same_file_by_two_names_is_read_once(place: Path) -> None:
    os.link(place / "viborg.db", place / "hard.db")
    (place / "soft.db").symlink_to("viborg.db")
    expected = dump(run_merge(place, "expected.db", "nation.db", "viborg.db"))
    result = run(
        "merge", place / "nation.db", place / "viborg.db", place / "hard.db", place / "soft.db", place / "viborg.db", place / "nation.db"
    )
    assert result.stderr.count("it is read once") == 3
    assert "is the file that is merged into" in result.stderr
    assert dump(place / "nation.db") == expected


def test_a_target_that_is_a_link_stays_one(place: Path) -> None:
    (place / "link.db").symlink_to("nation.db")
    run("merge", place / "link.db", place / "viborg.db")
    assert (place / "link.db").is_symlink()
    assert dump(place / "nation.db") == dump(run_merge(place, "expected.db", "aarhus.db", "viborg.db"))


def test_a_citys_own_file_is_no_target(place: Path) -> None:
    refused(place, 5, "aarhus.db", "city's own file", out="aarhus.db", files=("viborg.db",))


def test_places_that_cannot_be_written(place: Path) -> None:
    (place / "folder").mkdir()
    refused(place, 3, "folder", "is a folder", out="folder", files=("aarhus.db",))
    refused(place, 3, "out.db", "can't be written", out="nowhere/out.db", files=("aarhus.db",))


@pytest.mark.skipif(sys.platform != "linux", reason="needs a limit on the size of files")
def test_a_full_disk(place: Path) -> None:
    before = hashes(place)
    program = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000)); from husrum_cli.cli import main; main()"
    words = ["merge", str(place / "nation.db"), str(place / "viborg.db")]
    done = subprocess.run(
        [sys.executable, "-B", "-c", program, *words], env=process_environment({"HUSRUM_DEBUG": None}), capture_output=True, text=True
    )
    assert done.returncode == 3, done.stderr
    assert done.stderr.count("\n") == 1 and "nation.db" in done.stderr
    assert hashes(place) == before


@pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signal")
def test_an_interrupt_leaves_everything_as_it_was(place: Path) -> None:
    before = hashes(place)
    program = """
import os, signal
from husrum_cli.store.union import merge as merging
finish = merging.Building.finish
def interrupted(self):
    os.kill(os.getpid(), signal.SIGINT)
    return finish(self)
merging.Building.finish = interrupted
from husrum_cli.cli import main
main()
"""
    words = ["merge", str(place / "nation.db"), str(place / "viborg.db")]
    done = subprocess.run(
        [sys.executable, "-c", program, *words], env=process_environment({"HUSRUM_DEBUG": None}), capture_output=True, text=True
    )
    assert done.returncode == 130, done.stderr
    assert hashes(place) == before


def test_two_merges_into_one_file_lose_nothing(place: Path) -> None:
    words = [
        [sys.executable, "-m", "husrum_cli", "merge", str(place / "both.db"), str(place / name)] for name in ("aarhus.db", "viborg.db")
    ]
    for out_is_there in (False, True):
        done = []
        for _again in range(10):
            running = [subprocess.Popen(each, env=process_environment(), stderr=subprocess.PIPE) for each in words]
            done = [(process.communicate()[1], process.returncode) for process in running]
            assert {status for _output, status in done} <= {0, 3}, done
            if all(status == 0 for _output, status in done):
                break
            assert out_is_there or b"just now" in b"".join(output for output, _status in done)
        expected = dump(run_merge(place, "expected.db", "aarhus.db", "viborg.db"))
        assert dump(place / "both.db") == expected
        (place / "expected.db").unlink()


def test_a_file_that_another_program_writes(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from husrum_cli.store import connection as connecting

    monkeypatch.setattr(connecting, "PATIENCE", 0.1)
    with closing(looked_into(place / "nation.db", isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        begun = time.monotonic()
        refused(place, 3, "nation.db", "being written", files=("aarhus.db",))
        assert time.monotonic() - begun < 10
