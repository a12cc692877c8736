"""Undo: complete, step by step, even after the program was closed; and what it says."""

from __future__ import annotations

import json
import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make_docs import commands
from random_commands import COMMANDS, TODAY, new_town, words_of
from running import ENCRYPTED, husrum, husrum_process, looked_into, store_of

from husrum_cli.domain.people.drafts import drafts_of, forget_draft, save_draft
from husrum_cli.store.journal import BELONGING, FIXED, KEYED, LINEAGE, NUMBERED, UNSIGNED
from husrum_cli.store.store import KEPT_STEPS

# Commands that write no rows of a city, or make and replace whole files.
READING = {
    *("person export", "retention", "intake drafts", "measure due"),
    *("person anonymise", "person erase"),  # they end what undo can take back
    *(
        "init",
        "use",
        "demo",
        "stats year",
        "stats change",
        "stats period",
        "stats trend",
        "stats explain",
        "export tables",
        "export form",
        "export research",
        "export sheet",
        "export year",
        "year status",
        "check",
        "log",
        "undo",
        "backup",
        "restore",
        "encrypt",
        "decrypt",
        "today",
        "help",
        "completion",
        "report",
    ),
    *("person find", "merge", "export handover", "link new-key", "link use-key", "link national-key"),
    *("link same", "link different"),  # of national files alone
}
Rows = dict[str, list[tuple[object, ...]]]


def rows_of(path: Path) -> Rows:
    """Every row of every table but the lineage and what belongs to it, and years that were closed and opened again, which are remembered."""
    with closing(looked_into(path)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        rows = {name: sorted(connection.execute(f"SELECT * FROM {name}"), key=repr) for name in names if name not in LINEAGE}
        return rows | {"closed_years": connection.execute("SELECT * FROM closed_years WHERE reopened_at IS NULL ORDER BY id").fetchall()}


def edits_of(path: Path) -> list[str]:
    """The lineage: the uids of the edits, in their order."""
    with closing(looked_into(path)) as connection:
        return [uid for (uid,) in connection.execute("SELECT uid FROM edits ORDER BY id")]


def log_of(path: Path) -> list[dict[str, object]]:
    """The whole log, the newest first."""
    result = husrum("log", "--limit", "0", "--format", "json", "--db", path)
    assert result.exit_code == 0, result.stderr
    found: list[dict[str, object]] = json.loads(result.stdout)
    return found


@pytest.fixture(scope="module")
def town_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small town that only copies are written of."""
    return new_town(tmp_path_factory.mktemp("town") / "aarhus.db")


@pytest.fixture
def town(town_once: Path, tmp_path: Path) -> Path:
    """A copy of the small town, to write to."""
    return Path(shutil.copytree(town_once.parent, tmp_path / "town")) / town_once.name


def test_every_command_that_writes_is_among_the_random_ones() -> None:
    said = {" ".join(words) for words in commands()}
    assert {words for words in said if not words.endswith((" list", " show"))} - READING == set(COMMANDS)


def test_no_table_is_forgotten(city: Path) -> None:
    with closing(looked_into(city)) as connection:
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        numbered = {name for name in tables if ("id", 1) in {(row[1], row[5]) for row in connection.execute(f"PRAGMA table_info({name})")}}
    output = (*NUMBERED, *BELONGING, *KEYED, *LINEAGE, *UNSIGNED, *FIXED)
    assert tables == set(output) and len(output) == len(tables)
    assert numbered - {"edits", *UNSIGNED} == set(NUMBERED)


line = st.tuples(st.sampled_from(sorted(COMMANDS)), st.integers(0, 2**32))


def check_undone(town_once: Path, typed: list[tuple[str, int]]) -> int:
    """Runs the commands that were typed, takes them all back, and compares the rows at each step. How many of them wrote."""
    with tempfile.TemporaryDirectory() as directory:
        town = Path(shutil.copytree(town_once.parent, Path(directory) / "town")) / town_once.name
        befores, wrote = [rows_of(town)], 0
        lineage = edits_of(town)
        for command, seed in typed:
            words = words_of(command, Random(seed), town.parent)
            result = husrum(*words, "--db", town, env=TODAY)
            now = edits_of(town)
            assert now[: len(lineage)] == lineage
            if len(now) > len(lineage):
                assert (result.exit_code, len(now)) == (0, len(lineage) + 1), words
                befores.append(rows_of(town))
                lineage, wrote = now, wrote + 1
                if not log_of(town)[0]["undoable"]:  # the answers about health are gone, with everything that would bring them back
                    assert command == "person consent" and "--withdrawn" in words, words
                    befores = befores[-1:]
            else:
                assert rows_of(town) == befores[-1], words
        assert "outside" not in {each["command"] for each in log_of(town)}
        for before in befores[-2::-1]:
            assert husrum("undo", "--db", town).exit_code == 0
            assert rows_of(town) == before
        assert edits_of(town)[: len(lineage)] == lineage
        return wrote


@settings(max_examples=8, derandomize=True, database=None)
@given(typed=st.lists(line, min_size=4, max_size=12))
def test_whatever_was_done_undone_gives_the_rows_from_before(town_once: Path, typed: list[tuple[str, int]]) -> None:
    check_undone(town_once, typed)


@pytest.mark.full
def test_the_same_at_length(town_once: Path) -> None:
    chance, wrote = Random(6), 0
    for _round in range(60):
        wrote += check_undone(
            town_once, [(chance.choice(sorted(COMMANDS)), chance.randrange(2**32)) for _each in range(chance.randint(5, 40))]
        )
    print(f"undo: 60 sequences, {wrote} commands that wrote, all taken back step by step")
    assert wrote > 400


def test_what_is_taken_back_is_said_beforehand_and_the_step_before_comes_next(town: Path) -> None:
    before = rows_of(town)
    assert husrum_process("event", "log", "Bowling", "--date", "2024-03-01", "--present", "1,2", "--db", town).exit_code == 0
    assert husrum("person", "edit", "1", "--phone", "87654321", "--db", town).exit_code == 0
    tried = husrum("undo", "--dry-run", "--db", town)
    assert "person edit" in tried.stderr and "1 Anna Holm" in tried.stderr and "changed: 1 person" in tried.stderr
    first, second = husrum_process("undo", "--yes", "--db", town), husrum_process("undo", "--db", town)
    assert "To be undone: person edit" in first.stderr and first.exit_code == 0
    assert "E2 Bowling 2024-03-01; 1 Anna Holm, 2 " in second.stderr
    assert "added: 1 event, 1 day, 2 attendances" in second.stderr
    assert rows_of(town) == before


def test_what_was_added_to_the_newest_row_is_taken_away(town: Path) -> None:
    assert husrum("event", "log", "Chess", "--present", "1", "--db", town, env=TODAY).exit_code == 0
    before = rows_of(town)
    for line in ("event attend Chess --present 1,2", "event edit Chess --programme Gaming"):
        assert husrum(*line.split(), "--db", town, env=TODAY).exit_code == 0
        assert rows_of(town) != before
        assert husrum("undo", "--yes", "--db", town).exit_code == 0
        assert rows_of(town) == before, line


@pytest.mark.parametrize(
    ("lines", "removal"),
    [
        (["event plan Jul --date 2024-12-12 --organiser 7 --programme Vinter --partner UngK"], "event remove Jul"),
        (["volunteer role 8 befriender", "volunteer attest 8 intro_course", "match propose --save", "match start 5 8"], "match remove 5"),
        (["event log Jul --date 2024-02-02 --present 2"], "person join 1 2"),
    ],
    ids=["its days and organisers", "the proposal that it came from", "what went to another one"],
)  # fmt: skip
def test_what_hung_on_a_removed_row_comes_back_with_it(town: Path, lines: list[str], removal: str) -> None:
    for line in lines:
        assert (done := husrum(*line.split(), "--db", town, env=TODAY)).exit_code == 0, done.stderr
    before = rows_of(town)
    assert (done := husrum(*removal.split(), "--db", town, env=TODAY)).exit_code == 0, done.stderr
    assert husrum("undo", "--yes", "--db", town).exit_code == 0
    assert rows_of(town) == before


def test_rows_that_were_written_again_as_they_were_are_no_change(town: Path) -> None:
    for line in (
        "grant add Fonden --per-year 1000 --offer social_event --from 2024-01-01",
        "grant edit 1 --offer social_event --per-year 2000",
    ):
        assert husrum(*line.split(), "--db", town, env=TODAY).exit_code == 0
    assert log_of(town)[0]["wrote"] == {"grants": {"added": 0, "changed": 1, "removed": 0}}


def test_a_number_comes_back_to_its_last_digit(town: Path) -> None:
    numbers = ("figure", "set", "2024", "coordinator_positions")
    for value in ("123456789012.123456", "3"):
        assert husrum(*numbers, value, "--source", "mail", "--db", town).exit_code == 0
    assert husrum("undo", "--yes", "--db", town).exit_code == 0
    with closing(looked_into(town)) as connection:
        assert connection.execute("SELECT value FROM reported_figures").fetchone() == (123456789012.123456,)


def test_undo_in_danish(town: Path) -> None:
    shown = husrum("undo", "--language", "da", "--db", town).stderr
    assert "Fortrydes: match start" in shown and "tilføjet: 1 hjertevenskab" in shown and "match start er fortrudt" in shown


def test_the_log_shows_who_did_what_and_nothing_that_was_typed(city: Path) -> None:
    secret = ("intake", "add", "Anna Holm", "--diagnosis", "anxiety", "--phone", "12345678", "--note", "sover dårligt")
    assert husrum(*secret, "--db", city, env={"USER": "mette"}).exit_code == 0
    newest, oldest = log_of(city)
    assert (newest["who"], newest["command"], newest["undoable"], newest["undone"]) == ("mette", "intake add", True, False)
    assert newest["wrote"] == {table: {"added": 1, "changed": 0, "removed": 0} for table in ("people", "intakes", "answers")}
    assert (oldest["command"], oldest["undoable"]) == ("init", False)
    assert (newest["people"], newest["about"]) == ([1], "1 Anna Holm")
    for format in ("table", "json", "csv"):
        shown = husrum("log", "--format", format, "--db", city).stdout
        assert "1 Anna Holm" in shown and not [word for word in ("anxiety", "12345678", "dårligt") if word in shown]


def test_the_log_is_as_long_as_is_asked_for(town: Path) -> None:
    assert len(json.loads(husrum("log", "--limit", "3", "--format", "json", "--db", town).stdout)) == 3
    assert husrum("log", "--limit", "many", "--db", town).exit_code == 2
    whole = husrum("log", "--limit", "0", "--format", "csv", "--db", town).stdout.splitlines()
    assert len(whole) == len(edits_of(town)) + 1
    assert whole[-1].startswith("20") and ",init," in whole[-1]


def test_a_command_that_changes_nothing_leaves_no_trace(town: Path) -> None:
    again = ("person", "edit", "1", "--phone", "87654321", "--db", town)
    assert husrum(*again).exit_code == 0
    held, lineage = town.read_bytes(), edits_of(town)
    assert husrum(*again).exit_code == 0
    assert edits_of(town) == lineage
    assert town.read_bytes() == held


def test_a_trial_run_leaves_no_trace(town: Path) -> None:
    held = town.read_bytes()
    assert husrum("import", town.parent / "intakes.csv", "--dry-run", "--db", town).exit_code == 0
    assert husrum("undo", "--dry-run", "--db", town).exit_code == 0
    assert town.read_bytes() == held


def test_the_making_of_the_file_can_not_be_taken_back(city: Path) -> None:
    assert husrum("undo", "--db", city).exit_code == 5
    assert husrum("branch", "edit", "--records-from", "2024-01-01", "--db", city).exit_code == 0
    assert husrum("undo", "--db", city).exit_code == 0
    refused = husrum("undo", "--db", city)
    assert refused.exit_code == 5 and "nothing to undo" in refused.stderr


def test_the_last_hundred_commands_can_be_taken_back(city: Path) -> None:
    store = store_of(city)
    for number in range(KEPT_STEPS + 5):
        with store.writing("branch edit"):
            store.update("branches", 1, name=f"City {number}")
    store.close()
    for _each in range(KEPT_STEPS):
        assert husrum("undo", "--db", city).exit_code == 0
    assert json.loads(husrum("branch", "list", "--format", "json", "--db", city).stdout)[0]["branch"] == "City 4"
    refused = husrum("undo", "--db", city)
    assert refused.exit_code == 5 and "not kept" in refused.stderr
    with closing(looked_into(city)) as connection:
        assert connection.execute("SELECT count(*) FROM former_rows").fetchone() == (0,)


def test_what_was_is_forgotten_when_that_is_asked_for(town: Path) -> None:
    assert husrum("person", "edit", "1", "--phone", "87654321", "--db", town).exit_code == 0
    assert husrum("person", "edit", "1", "--phone", "11112222", "--db", town).exit_code == 0
    assert b"87654321" in town.read_bytes() or ENCRYPTED
    store = store_of(town)
    with store.writing("forget", undoable=False):
        store.forget_changes()
    store.vacuum()
    assert not store.has_foreign_writes
    store.close()
    assert b"87654321" not in town.read_bytes()
    assert husrum("undo", "--db", town).exit_code == 5
    assert husrum("person", "edit", "1", "--phone", "33334444", "--db", town).exit_code == 0
    assert "outside" not in {each["command"] for each in log_of(town)}
    assert husrum("undo", "--db", town).exit_code == 0


def outside(path: Path, sql: str) -> None:
    """Another program writes to the file."""
    with closing(looked_into(path)) as connection:
        connection.executescript(sql)
        connection.commit()


def test_a_change_outside_is_noticed_before_and_after_the_next_command(town: Path) -> None:
    outside(town, "UPDATE people SET called = 'Nus' WHERE number = 1;")
    assert log_of(town)[0] | {"edit": 0} == {
        **{"edit": 0, "at": None, "who": None, "command": "outside", "wrote": {}, "undoable": False, "undone": False},
        **{"people": [], "activities": [], "about": ""},
    }
    assert "changed outside husrum" in husrum("log", "--db", town).stdout
    assert "Another program changed the file" in husrum("check", "--db", town).stdout
    assert husrum("person", "leave", "2", "--db", town).exit_code == 0
    assert [each["command"] for each in log_of(town)][:3] == ["person leave", "outside", "match start"]
    assert "Another program changed the file" not in husrum("check", "--db", town).stdout
    # The command after it can be taken back; what is before it only by force.
    assert husrum("undo", "--db", town).exit_code == 0
    refused = husrum("undo", "--db", town)
    assert refused.exit_code == 5 and "outside husrum" in refused.stderr
    assert husrum("undo", "--force", "--db", town).exit_code == 0
    assert json.loads(husrum("person", "show", "1", "--format", "json", "--db", town).stdout)["called"] == "Nus"


def test_what_another_program_made_depend_on_it_is_not_torn_away(town: Path) -> None:
    assert husrum("intake", "add", "Ny Person", "--db", town).exit_code == 0
    outside(town, "INSERT INTO attendance (session_id, person_id, part) SELECT 1, max(id), 'participant' FROM people;")
    before = rows_of(town)
    assert husrum("undo", "--db", town).exit_code == 5
    refused = husrum("undo", "--force", "--db", town)
    assert refused.exit_code == 5 and "attendances" in refused.stderr
    assert rows_of(town) == before
    # What only one can have has been given to another row meanwhile.
    assert husrum("person", "edit", "1", "--name", "Anna Bach", "--db", town).exit_code == 0
    assert husrum("figure", "set", "2024", "discord_members", "3", "--source", "mail", "--db", town).exit_code == 0
    assert husrum("figure", "set", "2024", "discord_members", "4", "--source", "mail", "--db", town).exit_code == 0
    outside(
        town,
        """UPDATE reported_figures SET year = 2023;
        INSERT INTO reported_figures (id, year, branch_id, key, value) VALUES (99, 2024, 1, 'discord_members', 9);""",
    )
    before = rows_of(town)
    refused = husrum("undo", "--force", "--db", town)
    assert refused.exit_code == 5 and "has taken the place" in refused.stderr
    assert rows_of(town) == before


def test_own_writing_never_looks_like_a_change_outside(town: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy2(town, tmp_path / "copy.db"))
    assert husrum("backup", tmp_path / "backup.db", "--db", town).exit_code == 0
    for path in (town, copy, tmp_path / "backup.db"):
        for number in range(3):
            assert husrum_process("person", "edit", "1", "--called", f"Nus {number}", "--db", path).exit_code == 0
            assert husrum("person", "leave", "--db", path).exit_code == 2
        assert "outside" not in {each["command"] for each in log_of(path)}


def test_what_was_written_past_the_record_is_kept_and_not_taken_back(town: Path) -> None:
    store = store_of(town)
    with store.writing("raw"):
        store.connection.execute("UPDATE people SET called = 'Nus' WHERE number = 1")
    store.close()
    assert json.loads(husrum("person", "show", "1", "--format", "json", "--db", town).stdout)["called"] == "Nus"
    assert log_of(town)[0]["command"] == "raw"
    assert husrum("undo", "--db", town).exit_code == 5


def test_what_is_being_typed_is_no_part_of_the_log(town: Path) -> None:
    """A form that was interrupted: it is not shown, undone, or taken for a change from outside; and it hides none."""
    before, texts = log_of(town), {"name": "Karl Kok"}
    store = store_of(town)
    draft = save_draft(store, "intake add", None, texts)
    save_draft(store, "intake add", None, {**texts, "born": "2003"}, draft)
    store.close()
    assert log_of(town) == before
    assert husrum("person", "edit", "1", "--phone", "11112222", "--db", town).exit_code == 0
    assert husrum("undo", "--db", town).exit_code == 0
    assert [step["command"] for step in log_of(town)] == ["undo", "person edit", *(step["command"] for step in before)]
    with closing(looked_into(town)) as other, other:
        other.execute("UPDATE people SET phone = '5' WHERE number = 2")
    store = store_of(town)
    assert [found.texts for found in drafts_of(store, "intake add")] == [{**texts, "born": "2003"}]
    save_draft(store, "intake add", None, texts, draft)
    assert store.foreign_write_count == 1
    with store.writing("intake edit"):  # it changes nothing but that the form is done with
        forget_draft(store, draft)
    assert not drafts_of(store, "intake add") and store.foreign_write_count == 0
    store.close()
    assert [step["command"] for step in log_of(town)][:2] == ["outside", "undo"]
    assert husrum("undo", "--db", town).exit_code == 5


def test_a_year_that_was_just_closed_is_opened_by_undo_and_remembered(town: Path) -> None:
    """To freeze the figures they are counted in temporary tables: that is nothing that couldn't be undone. They may have been published since."""
    before = rows_of(town)
    assert husrum("year", "close", "2024", "--force", "--db", town, env=TODAY).exit_code == 0
    assert log_of(town)[0]["undoable"]
    undone = husrum("undo", "--yes", "--db", town, env=TODAY)
    assert "may have been published" in undone.stderr and undone.exit_code == 0
    assert rows_of(town) == before
    (closing,) = json.loads(husrum("year", "status", "2024", "--format", "json", "--db", town, env=TODAY).stdout)["closings"]
    assert closing["reopened_at"] == TODAY["HUSRUM_TODAY"]
