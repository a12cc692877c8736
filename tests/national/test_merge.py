"""`husrum merge` and `husrum export handover`: what comes of each branch, what is refused, and what leaves a city."""

from __future__ import annotations

import json
import re
import shutil
import stat
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from running import CHECKOUT, ENCRYPTED, KEY_FILE, husrum, looked_into, new_city
from test_schema import columns, tables
from unions import AARHUS, CONFIDED, TODAY, VIBORG, dump, hashes, merged, new_key, run, small_city, states, value

from husrum_cli.domain.national.copies import Key
from husrum_cli.domain.national.merge import merge
from husrum_cli.store.keys import FileKeys
from husrum_cli.store.union.travelling_rows import REFERENCES, STAYS, TRAVELS

# Words of where the example's reported figures are from; Discord is a venue too.
SOURCES = {"Discord", "gruppen"}


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("country")
    small_city(place / "aarhus.db", "Aarhus", AARHUS)
    small_city(place / "viborg.db", "Viborg", VIBORG)
    new_key(place / "key")
    return place


@pytest.fixture
def place(once: Path, tmp_path: Path) -> Path:
    """A folder with the files of two cities, and a link key."""
    return Path(shutil.copytree(once, tmp_path / "country"))


def refused(place: Path, status: int, words: list[str], *line: object) -> None:
    """The command ends with this status and one line that holds these words, and every file is as it was."""
    before = hashes(place)
    result = husrum(*line, env=TODAY)
    assert (result.exit_code, result.stdout) == (status, ""), result.stderr
    assert result.stderr.count("\n") == 1
    for word in words:
        assert word in result.stderr, result.stderr
    assert hashes(place) == before


def year(path: Path, number: int = 2024) -> dict[str, Any]:
    """`stats year` of a file."""
    output: dict[str, Any] = json.loads(run("stats", "year", number, "--format", "json", "--db", path).stdout)
    return output


# What leaves a city -------------------------------------------------------------------------------------------------------------------


def test_of_every_column_it_is_decided_whether_it_travels(city: Path) -> None:
    with closing(looked_into(city)) as connection:
        names = set(tables(connection))
        assert set(TRAVELS) | set(STAYS) == names and not set(TRAVELS) & set(STAYS)
        for table, travels in TRAVELS.items():
            decided = [*travels.columns, *travels.stays.split()]
            assert sorted([*decided, "id"] if "id" in columns(connection, table) else decided) == sorted(columns(connection, table)), table
            for column in columns(connection, table):
                pointing = {row[3]: row[2] for row in connection.execute(f"PRAGMA foreign_key_list({table})")}
                if column in travels.columns and column in pointing:
                    assert REFERENCES[column] == pointing[column], (table, column)


@pytest.mark.parametrize("key", [False, True])
def test_nothing_that_was_confided_leaves_the_city(place: Path, aarhus: Path, key: bool) -> None:
    with_key = ["--key", place / "key"] if key else []
    run("export", "handover", place / "handover.db", "--unencrypted", *with_key, "--db", place / "aarhus.db")
    run("merge", place / "nation.db", place / "aarhus.db", place / "viborg.db", *with_key)
    run("merge", place / "large.db", aarhus, *with_key)
    run("export", "handover", place / "large-handover.db", "--unencrypted", *with_key, "--db", aarhus)
    run("merge", place / "again.db", place / "handover.db")
    own = (place / "aarhus.db").read_bytes()
    assert ENCRYPTED or not [word for word in CONFIDED if word.encode() not in own]
    for name in ("handover.db", "nation.db", "again.db"):
        found = (place / name).read_bytes()
        words = [word for word in CONFIDED if len(word) > 4 or not ENCRYPTED]  # so few come about by chance in what is encrypted
        assert not [word for word in words if word.encode() in found or word.encode("utf-16-le") in found], name
    words = confided(aarhus)
    assert len(words) > 800
    for name in ("large.db", "large-handover.db"):
        # A code may stand right behind a byte that reads as a letter, and the source of a number is shown: neither is a name.
        found = (place / name).read_bytes().replace(b"offered", b"")
        assert not [word for word in words - SOURCES if word.encode() in found], name


def confided(path: Path) -> set[str]:
    """Every name, contact, note, title, partner and full birth date of a file, and each word of the names."""
    columns = [
        *(("people", column) for column in ("name", "called", "born", "phone", "email")),
        ("partners", "name"), ("intakes", "note"), ("volunteers", "note"), ("activities", "title"), ("activities", "activity"), ("activities", "note"),
        ("sessions", "theme"), ("sessions", "note"), ("contacts", "note"), ("preferences", "value"), ("grants", "funder"), ("edits", "who"),
    ]  # fmt: skip
    found: set[str] = set()
    with closing(looked_into(path)) as connection:
        for table, column in columns:
            found |= {str(text) for (text,) in connection.execute(f"SELECT DISTINCT {column} FROM {table} WHERE {column} IS NOT NULL")}
        known = {name for (name,) in connection.execute("SELECT name FROM branches UNION SELECT code FROM codes")}
    found |= {word for name in found for word in name.split() if len(word) > 5}
    known |= {str(number) for number in range(1900, 2100)}
    shape = repr(dump(path)[:1]) + CHECKOUT.joinpath("schema.sql").read_text(encoding="utf-8")
    words = {word for word in found if len(word) > 4 and word not in known and word not in shape and not re.fullmatch("[0-9]{4}", word)}
    return {word for word in words if not {*word.split()} & words - {word}}  # a name is nowhere if one of its words is nowhere


def test_a_free_text_on_recruitment_stays_and_a_code_travels(place: Path) -> None:
    run("--db", place / "aarhus.db", "volunteer", "add", "Kode Kodesen", "--role", "leader", "--recruited-through", "facebook_group")
    run("merge", place / "nation.db", place / "aarhus.db")
    with closing(looked_into(place / "nation.db")) as connection:
        assert connection.execute("SELECT recruited_through FROM volunteers ORDER BY person_id").fetchall() == [
            (None,),
            ("facebook_group",),
        ]
        assert connection.execute("SELECT born FROM people ORDER BY id").fetchall() == [("2003",), ("2001",), ("1980",), (None,)]


def test_of_a_closed_year_only_numbers_travel(place: Path) -> None:
    city, nation = place / "viborg.db", place / "nation.db"
    run("event", "log", "Games", "--date", "2023-04-02", "--programme", "Holmgaard", "--unnamed", 3, "--db", city)
    run("figure", "set", 2023, "coordinator_positions", "1.5", "--source", "Annabell", "--db", city)
    run("grant", "add", "Annabell", "--per-year", 5, "--from", "2023-01-01", "--db", city)
    run("year", "close", 2023, "--force", "--db", city)
    run("year", "reopen", 2023, "--why", "Annabell", "--db", city)
    run("year", "close", 2023, "--force", "--db", city)
    run("event", "log", "Late", "--date", "2023-12-02", "--unnamed", 4, "--db", city)
    run("merge", nation, city)
    with closing(looked_into(nation)) as connection:
        frozen = connection.execute("SELECT figures, reopened_why FROM closed_years").fetchall()
        assert connection.execute("SELECT count(*) FROM closed_rows").fetchone() == (0,)
    assert len(frozen) == 2
    assert not any("Annabell" in figures or "Holmgaard" in figures or why for figures, why in frozen)
    output = [
        json.loads(run("stats", "year", 2023, "--format", "json", "--db", path, *more).stdout)
        for path, *more in ((city,), (nation, "--branch", "Viborg"))
    ]
    assert [year["closed"] for year in output] == [True, True]
    without_notes = [{key: {**fields, "note": None} for key, fields in year["figures"].items()} for year in output]
    assert without_notes[0] == without_notes[1]
    assert (output[1]["figures"]["visits"]["value"], output[1]["figures"]["visits"]["now"]) == (3, 7)


def test_figures_are_the_citys_own_but_for_what_stays(place: Path, aarhus: Path) -> None:
    run("merge", place / "nation.db", aarhus)
    own, nation = year(aarhus), year(place / "nation.db")
    assert nation["figures"] == own["figures"]
    differing = {key for key, numbers in own["distributions"].items() if nation["distributions"][key] != numbers}
    # Names stay, and ages on the day of the interview are only as exact as a year of birth.
    assert differing <= {"referred_by", "recruited_through", "programme", "age_band_at_intake", "activity", "partner_kind"}


# The handover -------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [False, True])
def test_a_handover_is_the_merge_of_one_city_and_a_manifest(place: Path, key: bool) -> None:
    with_key = ["--key", place / "key"] if key else []
    output = run("export", "handover", place / "handover.db", "--unencrypted", *with_key, "--db", place / "aarhus.db").stderr
    assert "people: 3" in output and "attendance: 5" not in output
    run("merge", place / "one.db", place / "aarhus.db", *with_key)
    lines = [line for line in dump(place / "handover.db") if line[0] != "manifest" or len(line) == 3 and str(line[1]).startswith("CREATE")]
    assert lines == dump(place / "one.db")
    assert stat.S_IMODE((place / "handover.db").stat().st_mode) == 0o600
    with closing(looked_into(place / "handover.db")) as connection:
        manifest = {name: rows for name, rows, _hash in connection.execute("SELECT name, rows, hash FROM manifest")}
        assert manifest == {"schema": 3, **{name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables(connection) if name != "manifest"}}  # fmt: skip
    run("merge", place / "two.db", place / "handover.db")
    assert dump(place / "two.db") == dump(place / "one.db")


def test_a_handover_that_is_refused(place: Path) -> None:
    run("merge", place / "nation.db", place / "aarhus.db")
    refused(place, 5, ["--unencrypted"], "export", "handover", place / "handover.db", "--db", place / "aarhus.db")
    refused(place, 5, ["national file"], "export", "handover", place / "handover.db", "--unencrypted", "--db", place / "nation.db")
    refused(place, 5, ["viborg.db", "exists"], "export", "handover", place / "viborg.db", "--unencrypted", "--db", place / "aarhus.db")
    refused(place, 3, ["nowhere"], "export", "handover", place / "nowhere" / "x.db", "--unencrypted", "--db", place / "aarhus.db")


def test_an_encrypted_file_is_merged_as_what_is_in_it(place: Path) -> None:
    run("export", "handover", place / "plain.db", "--unencrypted", "--db", place / "viborg.db")
    secret = place / "viborg.age"
    secret.write_bytes(b"age-encryption.org/v1\n" + bytes(byte ^ 7 for byte in (place / "plain.db").read_bytes()))
    before = hashes(place)
    merge(place / "nation.db", [secret], None, "en", lambda path: bytes(byte ^ 7 for byte in path.read_bytes()[22:]))
    run("merge", place / "expected.db", place / "plain.db")
    assert dump(place / "nation.db") == dump(place / "expected.db")
    assert {name: hash for name, hash in hashes(place).items() if name not in ("nation.db", "expected.db")} == before


# What comes of a branch ---------------------------------------------------------------------------------------------------------------


def test_the_states_of_branches_and_their_counts(place: Path) -> None:
    nation, viborg, older = place / "nation.db", place / "viborg.db", place / "older.db"
    first = merged(nation, place / "aarhus.db", viborg)
    assert states(first) == [("aarhus.db", "Aarhus", "new"), ("viborg.db", "Viborg", "new")]
    shutil.copy2(viborg, older)
    run("--db", viborg, "event", "log", "Mere skak", "--date", "2024-04-01", "--present", "1")
    assert states(merged(nation, viborg)) == [("viborg.db", "Viborg", "replaced"), ("nation.db", "Aarhus", "kept")]
    again = merged(nation, older, place / "aarhus.db", viborg)
    assert states(again) == [("older.db", "Viborg", "older"), ("aarhus.db", "Aarhus", "unchanged"), ("viborg.db", "Viborg", "unchanged")]
    assert [(line["people"], line["sessions"], line["attendance"], line["last_record"]) for line in again] == [
        (2, 1, 2, "2024-04-01"), (3, 3, 4, "2024-03-02"), (2, 2, 3, "2024-04-01"),
    ]  # fmt: skip
    for table in ("people", "sessions", "attendance"):
        assert value(nation, f"SELECT count(*) FROM {table}") == sum(line[table] for line in again[1:])
    assert husrum("check", "--db", nation).exit_code == 0


def test_copies_that_were_both_edited_are_refused(place: Path) -> None:
    shutil.copy2(place / "viborg.db", place / "other.db")
    run("--db", place / "viborg.db", "event", "log", "Dam", "--date", "2024-04-01")
    run("--db", place / "other.db", "figure", "set", "2024", "facebook_followers", "7", "--source", "Facebook")
    words = ["Viborg", "viborg.db", "other.db", "goes on with 20", "“event log”", "“figure set”"]
    refused(place, 5, words, "merge", place / "nation.db", place / "viborg.db", place / "other.db")
    run("merge", place / "nation.db", place / "viborg.db")
    refused(place, 5, ["Viborg", "“figure set”"], "merge", place / "nation.db", place / "other.db")


def test_a_copy_that_was_changed_outside_husrum_is_refused(place: Path) -> None:
    shutil.copy2(place / "viborg.db", place / "other.db")
    run("merge", place / "nation.db", place / "viborg.db")
    with closing(looked_into(place / "other.db")) as connection, connection:
        connection.execute("UPDATE people SET phone = '99', name = 'Anders'")
    assert states(merged(place / "nation.db", place / "other.db")) == [("other.db", "Viborg", "unchanged")]
    with closing(looked_into(place / "other.db")) as connection, connection:
        connection.execute("UPDATE sessions SET unnamed = 3")
    refused(place, 5, ["Viborg", "outside husrum", "nation.db", "other.db"], "merge", place / "nation.db", place / "other.db")


def test_two_cities_of_one_name_are_refused_and_one_city_of_two_names_is_one(place: Path) -> None:
    new_city(place / "other.db", "VIBORG")
    refused(
        place,
        5,
        ["VIBORG", "two different cities", "viborg.db", "other.db"],
        "merge",
        place / "nation.db",
        place / "viborg.db",
        place / "other.db",
    )
    shutil.copy2(place / "viborg.db", place / "renamed.db")
    run("--db", place / "renamed.db", "branch", "edit", "--name", "Viborg Kommune")
    assert states(merged(place / "nation.db", place / "viborg.db", place / "renamed.db")) == [
        ("viborg.db", "Viborg", "older"), ("renamed.db", "Viborg Kommune", "new"),
    ]  # fmt: skip
    assert value(place / "nation.db", "SELECT group_concat(name) FROM branches") == "Viborg Kommune"


def test_settings_of_a_national_file_are_its_own(place: Path) -> None:
    run("merge", place / "nation.db", place / "aarhus.db", "--language", "da")
    with closing(looked_into(place / "nation.db")) as connection, connection:
        connection.execute("INSERT INTO settings VALUES ('publish_threshold', '7')")
    run("merge", place / "nation.db", place / "viborg.db", "--language", "en")
    with closing(looked_into(place / "nation.db")) as connection:
        assert dict(connection.execute("SELECT key, value FROM settings").fetchall()) == {"language": "da", "publish_threshold": "7"}


def test_of_a_citys_file_only_the_city_is_taken(place: Path) -> None:
    with closing(looked_into(place / "viborg.db")) as connection, connection:
        connection.execute("INSERT INTO branches (name) VALUES ('Hjørring')")
    result = run("merge", place / "nation.db", place / "viborg.db")
    assert "Hjørring" in result.stderr
    assert value(place / "nation.db", "SELECT group_concat(name) FROM branches") == "Viborg"
    refused(place, 5, ["one city's own file"], "--db", place / "aarhus.db", "branch", "add", "Randers", "--from", "2020-01-01")


# The nation's own ---------------------------------------------------------------------------------------------------------------------


def test_what_the_nation_reported_for_a_city_is_used_if_the_city_has_nothing(place: Path) -> None:
    nation = place / "nation.db"
    run("merge", nation, place / "aarhus.db")
    run("--db", nation, "branch", "add", "Viborg", "--from", "2021-01-01")
    for number, key, text in ((2022, "young_people", "40"), (2024, "young_people", "99"), (2024, "facebook_followers", "500")):
        run("--db", nation, "figure", "set", number, key, text, "--source", "STATUS", "--branch", "viborg")
    run("--db", nation, "figure", "set", "2022", "young_people", "300", "--source", "STATUS")
    before = year(nation, 2022)["figures"]["young_people"]
    assert before["value"] == 300 and before["by_branch"] == {"Aarhus": 0, "Viborg": 40}
    output = json.loads(run("merge", nation, place / "aarhus.db", "--format", "json").stdout)
    assert output["missing"] == ["Viborg"]
    run("--db", place / "viborg.db", "figure", "set", "2024", "facebook_followers", "10", "--source", "Facebook")
    output = json.loads(run("merge", nation, place / "viborg.db", "--format", "json").stdout)
    assert output["missing"] == [] and states(output["branches"])[0] == ("viborg.db", "Viborg", "new")
    assert value(nation, "SELECT count(*) FROM branches") == 2
    assert value(nation, "SELECT uid FROM branches WHERE name = 'Viborg'") == value(place / "viborg.db", "SELECT uid FROM branches")
    assert year(nation, 2022)["figures"]["young_people"]["by_branch"]["Viborg"] == 40
    now = year(nation)["figures"]
    assert (now["young_people"]["by_branch"]["Viborg"], now["facebook_followers"]["by_branch"]["Viborg"]) == (2, 10)
    run("--db", nation, "figure", "set", 2022, "young_people", 41, "--source", "STATUS", "--branch", "Viborg")
    assert year(nation, 2022)["figures"]["young_people"]["by_branch"]["Viborg"] == 41
    assert value(nation, "SELECT count(*) FROM figures_for_branches WHERE year = 2022") == 1


def test_the_nations_own_edits_are_one_lineage(place: Path) -> None:
    nation, older, other = place / "nation.db", place / "older.db", place / "other.db"
    run("merge", nation, place / "aarhus.db")
    run("--db", nation, "figure", "set", "2021", "young_people", "300", "--source", "STATUS")
    shutil.copy2(nation, older)
    shutil.copy2(nation, other)
    run("--db", nation, "figure", "set", "2021", "young_people", "610", "--source", "STATUS")
    assert states(merged(nation, older, place / "viborg.db"))[:2] == [("older.db", "Aarhus", "unchanged"), ("older.db", None, "older")]
    assert value(nation, "SELECT value FROM reported_figures WHERE branch_id IS NULL") == 610
    assert states(merged(older, nation))[2:] == [("nation.db", None, "replaced")]
    run("--db", other, "branch", "add", "Randers", "--from", "2021-01-01")
    refused(place, 5, ["nation", "“figure set”", "“branch add”"], "merge", nation, other)


def test_a_branch_with_its_own_file_is_edited_there(place: Path) -> None:
    run("merge", place / "nation.db", place / "aarhus.db")
    for line in (("edit", "--active-from", "2020-01-01"), ("close", "--date", "2024-12-31")):
        refused(place, 5, ["Aarhus", "own file"], "--db", place / "nation.db", "branch", line[0], "--branch", "Aarhus", *line[1:])


# Link keys ----------------------------------------------------------------------------------------------------------------------------


def test_the_same_human_in_two_cities_is_linked_where_both_have_the_key(place: Path) -> None:
    lines = merged(place / "nation.db", place / "aarhus.db", place / "viborg.db", "--key", place / "key")
    assert [line["unlinkable"] for line in lines] == [1, 0]
    assert year(place / "nation.db")["figures"]["young_people"] | {"by_branch": None} == {
        "value": 3, "source": "counted", "sum_of_branches": 4, "overlap": 1, "by_branch": None,
    }  # fmt: skip
    run("merge", place / "unlinked.db", place / "aarhus.db", place / "viborg.db")
    assert year(place / "unlinked.db")["figures"]["young_people"]["overlap"] == 0
    assert merged(place / "unlinked.db", place / "viborg.db")[0]["unlinkable"] is None
    run("merge", place / "unlinked.db", place / "aarhus.db", place / "viborg.db", "--key", place / "key")
    assert dump(place / "unlinked.db") == dump(place / "nation.db")


def test_who_took_back_to_be_linked_gets_no_tag(place: Path) -> None:
    run("--db", place / "viborg.db", "person", "consent", "1", "national_linking", "--given", "2024-01-01", "--withdrawn", "2024-02-01")
    lines = merged(place / "nation.db", place / "aarhus.db", place / "viborg.db", "--key", place / "key")
    assert [line["unlinkable"] for line in lines] == [1, 1]
    assert year(place / "nation.db")["figures"]["young_people"]["overlap"] == 0


def test_keys_that_differ_are_refused(place: Path) -> None:
    new_key(place / "other-key")
    run("export", "handover", place / "handover.db", "--unencrypted", "--key", place / "key", "--db", place / "aarhus.db")
    refused(
        place,
        5,
        ["link keys differ", "Aarhus", "Viborg"],
        "merge",
        place / "nation.db",
        place / "handover.db",
        place / "viborg.db",
        "--key",
        place / "other-key",
    )
    run("merge", place / "nation.db", place / "handover.db")
    refused(place, 5, ["Aarhus is linked with the key"], "merge", place / "nation.db", place / "aarhus.db", "--key", place / "other-key")


def test_a_key_says_nothing_of_a_person_by_itself(place: Path) -> None:
    output: list[tuple[str | None, ...]] = []

    def tags(*facts: str | None) -> dict[str, str]:
        output.append(facts)
        return {"name_birth": "0" * 32} if facts[1] and len(facts[1]) > 4 else {}

    merge(place / "nation.db", [place / "aarhus.db"], Key("0000", tags), "en", file_keys=FileKeys(KEY_FILE))
    assert output[0] == ("Annabell Holmgaard", "2003-05-01", "20123456", "annabell@example.org")
    assert value(place / "nation.db", "SELECT count(*) FROM link_tags") == 2


def test_probable_joint_events(tmp_path: Path) -> None:
    def event(date: str, kind: str = "social", *more: str) -> tuple[str, ...]:
        return ("event", "log", f"{kind} {date}", "--date", date, "--kind", kind, "--unnamed", "5", *more)

    one = [
        event("2024-01-07"), event("2024-02-01", "social", "--joint", "tur"), event("2024-03-01", "social", "--joint", "a"), event("2024-04-01", "online"),
        event("2024-05-01", "social", "--until", "2024-05-04"), event("2024-02-20", "social", "--joint", "fest"), event("2024-02-25", "supervision"),
    ]  # fmt: skip
    other = [
        event("2024-01-07"), event("2024-02-01"), event("2024-03-01", "social", "--joint", "b"), event("2024-04-01", "online"),
        event("2024-05-01", "social", "--until", "2024-05-04"), event("2024-02-20", "social", "--joint", "fest"), ("event", "log", "Own", "--date", "2024-02-20"),
        event("2024-02-25", "supervision"),
    ]  # fmt: skip
    small_city(tmp_path / "one.db", "Aarhus", tuple(one))
    small_city(tmp_path / "other.db", "Viborg", tuple(other))
    output = json.loads(run("merge", tmp_path / "nation.db", tmp_path / "one.db", tmp_path / "other.db", "--format", "json").stdout)
    assert [(event["date"], event["days"], event["events"], event["joint"]) for event in output["probable_joint_events"]] == [
        ("2024-02-01", 1, ["Aarhus:E2", "Viborg:E2"], ["tur"]),
        ("2024-03-01", 1, ["Aarhus:E3", "Viborg:E3"], ["a", "b"]),
        ("2024-04-01", 1, ["Aarhus:E4", "Viborg:E4"], []),
        ("2024-05-01", 4, ["Aarhus:E5", "Viborg:E5"], []),
    ]
    table = run("merge", tmp_path / "nation.db", tmp_path / "one.db").stdout
    assert "Probably joint events" in table and "Aarhus:E2, Viborg:E2" in table
