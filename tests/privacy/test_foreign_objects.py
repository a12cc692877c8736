"""Nobody is called erased while tables and triggers of other programs may keep them, or while bytes of them are left."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils
from running import ENCRYPTED, husrum, looked_into, new_city, store_of

from husrum_cli.domain.people.lookup import People
from husrum_cli.domain.privacy import erasure
from husrum_cli.errors import UnusableFile

AUDIT = """
    CREATE TABLE audit (name TEXT);
    CREATE TRIGGER keep_names AFTER UPDATE ON people BEGIN INSERT INTO audit VALUES (old.name); END;
    CREATE TRIGGER keep_erased AFTER DELETE ON people BEGIN INSERT INTO audit VALUES (old.name); END;
"""
IGNORE = """
    CREATE TRIGGER never_delete BEFORE DELETE ON people BEGIN SELECT RAISE(IGNORE); END;
    CREATE TRIGGER never_change BEFORE UPDATE ON people BEGIN SELECT RAISE(IGNORE); END;
"""
COLUMN = "ALTER TABLE people ADD COLUMN whole_name TEXT; UPDATE people SET whole_name = name;"

GENERATED = 'ALTER TABLE people ADD COLUMN "short name" TEXT AS (substr(name, 1, 4)) VIRTUAL;'
TRIGGER = "DROP TRIGGER roles_role_added; CREATE TRIGGER roles_role_added BEFORE INSERT ON roles BEGIN SELECT RAISE(IGNORE); END;"


@pytest.fixture
def town(tmp_path: Path) -> Path:
    """Anna (1) and Bo (2)."""
    path = new_city(tmp_path / "aarhus.db")
    for name in ("Anna Holm", "Bo Krogh"):
        assert husrum("intake", "add", name, "--email", f"{name.split()[0].lower()}@example.org", "--db", path).exit_code == 0
    return path


@pytest.mark.parametrize("words", [("person", "erase", "1", "--yes"), ("person", "anonymise", "1", "--yes")], ids=" ".join)
@pytest.mark.parametrize(
    ("sql", "named"),
    [
        (AUDIT, ("table audit", "trigger keep_names", "trigger keep_erased")),
        (IGNORE, ("trigger never_delete",)),
        (COLUMN, ("(people.whole_name)", 'ALTER TABLE people DROP COLUMN "whole_name"')),
        (AUDIT + COLUMN, ("table audit", "people.whole_name")),
        (GENERATED, ("(people.short name)", 'ALTER TABLE people DROP COLUMN "short name"')),
        (TRIGGER, ("trigger roles_role_added", "husrum export tables DIR")),
    ],
    ids=["audit", "ignore", "column", "both", "generated column", "trigger of ours"],
)
def test_what_other_programs_made_is_named(town: Path, words: tuple[str, ...], sql: str, named: tuple[str, ...]) -> None:
    with closing(looked_into(town)) as other:
        other.executescript(sql)
    result = husrum(*words, "--db", town)
    assert "table people" not in result.stderr and ("Remove it" in result.stderr) is (sql in (AUDIT, IGNORE, AUDIT + COLUMN))
    assert result.exit_code == 5 and all(each in result.stderr for each in named), result.stderr
    assert "1: erased" not in result.stderr and "1: anonymised" not in result.stderr
    assert "Anna Holm" in husrum("person", "show", "1", "--db", town).stdout
    assert husrum(*words[:-1], "--dry-run", "--db", town).exit_code == 5


@pytest.mark.parametrize("sql", [COLUMN, GENERATED], ids=["column", "generated column"])
def test_without_the_column_it_goes_on(town: Path, sql: str) -> None:
    with closing(looked_into(town)) as other:
        other.executescript(sql)
    words = ("person", "erase", "1", "--yes", "--db", town)
    advice = husrum(*words).stderr.partition("in SQL: ")[2].partition(")")[0]
    with closing(looked_into(town)) as other:
        other.execute(advice)
        other.commit()
    assert husrum(*words).exit_code == 0
    assert ENCRYPTED or b"Anna Holm" not in town.read_bytes()


@pytest.mark.skipif(ENCRYPTED, reason="sqlite-utils opens plain files")
def test_a_full_text_table_of_names(town: Path) -> None:
    database = sqlite_utils.Database(town)
    database["people"].enable_fts(["name"], create_triggers=True)
    database.conn.close()
    result = husrum("person", "erase", "1", "--yes", "--db", town)
    assert result.exit_code == 5 and "table people_fts" in result.stderr and "trigger people_ai" in result.stderr
    database = sqlite_utils.Database(town)
    database["people"].disable_fts()
    database.conn.close()
    assert husrum("person", "erase", "1", "--yes", "--db", town).exit_code == 0
    assert b"Anna Holm" not in town.read_bytes()


def test_a_view_holds_no_rows(town: Path) -> None:
    with closing(looked_into(town)) as other:
        other.executescript("CREATE VIEW everybody AS SELECT name FROM people; CREATE INDEX by_name ON people (name);")
    assert husrum("person", "erase", "1", "--yes", "--db", town).exit_code == 0
    assert b"Anna Holm" not in town.read_bytes()


@pytest.mark.skipif(ENCRYPTED, reason="in an encrypted file no bytes can be recognised")
def test_bytes_that_are_left_are_noticed(town: Path) -> None:
    store = store_of(town)
    traces = erasure.traces_of(store, [People(store).find_one("1")])
    assert traces == ["Anna Holm", "anna@example.org"]
    store.close()
    assert husrum("person", "erase", "1", "--yes", "--db", town).exit_code == 0
    store = store_of(town)
    erasure.check_bytes(store, traces)
    store.close()
    with town.open("ab") as file:  # a page without a row
        file.write(b"...Anna Holmanna@example.org".ljust(4096, b"."))
    store = store_of(town)
    with pytest.raises(UnusableFile, match="still in the file"):
        erasure.check_bytes(store, traces)
    store.close()


def test_a_name_that_others_have_too_is_not_searched_for(town: Path) -> None:
    assert husrum("intake", "add", "Joanna Holm-Berg", "--db", town).exit_code == 0
    assert husrum("intake", "add", "Anna Holm Berg", "--db", town).exit_code == 0
    copy = Path(shutil.copy(town, town.parent / "copy.db"))
    result = husrum("person", "erase", "1", "--yes", "--db", copy)
    assert result.exit_code == 0, result.stderr


KEEP = "CREATE TRIGGER keep_{0} BEFORE {1} ON {0} BEGIN SELECT RAISE(IGNORE); END;"


@pytest.mark.parametrize(
    ("purpose", "table", "event"),
    [
        ("health_data", "answers", "DELETE"),
        ("health_data", "measures", "DELETE"),
        ("quotes_photos", "quotes", "DELETE"),
        *((purpose, "consents", "UPDATE") for purpose in ("health_data", "quotes_photos", "research")),
    ],
)
def test_no_consent_is_called_withdrawn_while_its_answers_may_stay(town: Path, purpose: str, table: str, event: str) -> None:
    for line in (
        ("intake", "edit", "1", "--loneliness", "severe"),
        ("person", "consent", "1", purpose, "--given", "2024-01-02"),
        ("measure", "add", "1", "--items", "3,2,3", "--date", "2024-01-02"),
        *([("quote", "add", "Her er rart", "--person", "1", "--date", "2024-01-02")] if purpose == "quotes_photos" else []),
    ):
        assert husrum(*line, "--db", town).exit_code == 0, line
    with closing(looked_into(town)) as other:
        other.executescript(KEEP.format(table, event))
    result = husrum("person", "consent", "1", purpose, "--withdrawn", "2024-10-08", "--db", town)
    assert result.exit_code == 5 and f"trigger keep_{table}" in result.stderr and "deleted" not in result.stderr, result.stderr
    with closing(looked_into(town)) as other:
        assert other.execute("SELECT 1 FROM consents WHERE withdrawn IS NOT NULL").fetchone() is None
        other.execute(f"DROP TRIGGER keep_{table}")
        other.commit()
    assert husrum("person", "consent", "1", purpose, "--withdrawn", "2024-10-08", "--db", town).exit_code == 0


@pytest.mark.parametrize(
    "words", [("person", "erase", "1", "--yes"), ("person", "consent", "1", "health_data", "--withdrawn", "2024-10-08")], ids=" ".join
)
def test_no_backup_is_put_back_in_which_they_may_stay(town: Path, words: tuple[str, ...]) -> None:
    assert husrum("intake", "edit", "1", "--loneliness", "severe", "--db", town).exit_code == 0
    backup = town.parent / "backup.db"
    assert husrum("backup", backup, "--db", town).exit_code == 0
    with closing(looked_into(backup)) as other:
        other.executescript(KEEP.format("answers", "DELETE") + IGNORE)
    assert husrum(*words, "--db", town).exit_code == 0
    before = town.read_bytes()
    result = husrum("restore", backup, "--yes", "--db", town)
    assert result.exit_code == 5 and f"{backup} holds" in result.stderr and "trigger keep_answers" in result.stderr, result.stderr
    assert town.read_bytes() == before and not [*town.parent.glob("*.tmp*")]
    with closing(looked_into(backup)) as other:
        other.executescript("DROP TRIGGER keep_answers; DROP TRIGGER never_delete; DROP TRIGGER never_change;")
    assert husrum("restore", backup, "--yes", "--db", town).exit_code == 0


@pytest.mark.parametrize(
    "made",
    [
        "CREATE TRIGGER trap AFTER INSERT ON people BEGIN DELETE FROM people; END",
        "CREATE TRIGGER trap BEFORE INSERT ON intakes BEGIN SELECT RAISE(ABORT, 'no'); END",
        "CREATE UNIQUE INDEX trap ON people (branch_id)",
    ],
)
def test_what_others_made_is_named_where_it_keeps_a_command_from_working(city: Path, made: str) -> None:
    assert husrum("intake", "add", "Bo Ek", "--enquired", "2024-01-01", "--db", city).exit_code == 0
    with closing(looked_into(city)) as connection, connection:
        connection.execute(made)
    before = city.read_bytes()
    result = husrum("intake", "add", "Anna Holm", "--enquired", "2024-01-01", "--db", city)
    assert result.exit_code == 3 and " trap)" in result.stderr and "husrum check" in result.stderr, result.stderr
    assert city.read_bytes() == before and len(result.stderr.splitlines()) == 1
