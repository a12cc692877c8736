"""Removed people stay removed, whatever older copy or list comes; and people who could be anonymised are listed."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from running import husrum, looked_into, new_city

from husrum_cli.domain.people import name_hash

TODAY = {"HUSRUM_TODAY": "2024-10-08"}
ANNA, BO = "Anna Holm", "Bo Krogh"


def done(*words: object) -> str:
    """Return the output of a command that must succeed."""
    result = husrum(*words, env=TODAY)
    assert result.exit_code == 0, (words, result.stderr)
    return result.stdout + result.stderr


def shown(path: Path, *words: object) -> Any:
    """The JSON of a command."""
    result = husrum(*words, "--format", "json", "--db", path, env=TODAY)
    assert result.exit_code in (0, 5), result.stderr
    return json.loads(result.stdout)


def names(path: Path) -> dict[int, str | None]:
    """Everybody in the file."""
    return {person["person"]: person["name"] for person in shown(path, "person", "list")}


def listed_next_to(path: Path) -> list[dict[str, Any]]:
    """The list next to the file."""
    held: dict[str, list[dict[str, Any]]] = json.loads(path.with_name(f"{path.name}.removed").read_text(encoding="utf-8"))
    return held["removed"]


@pytest.fixture(scope="module")
def town_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Anna (1), Bo (2) and Clara (3), with a copy and tables from before anybody was removed."""
    folder = tmp_path_factory.mktemp("town")
    path = new_city(folder / "aarhus.db")
    for name, born in ((ANNA, "2000-01-01"), (BO, "1999-02-02"), ("Clara Ravn", "1998-03-03")):
        done(
            "intake", "add", name, "--born", born, "--enquired", "2024-01-02", "--held", "2024-01-09", "--note", f"Om {name}", "--db", path
        )
    done("event", "log", f"Fødselsdag for {ANNA}", "--date", "2024-02-01", "--present", "1,2,3", "--db", path)
    (folder / "older").mkdir()
    done("backup", folder / "older" / "copy.db", "--db", path)
    done("export", "tables", folder / "older" / "tables", "--db", path)
    return path


@pytest.fixture
def town(town_once: Path, tmp_path: Path) -> Path:
    """A copy of it, to write to."""
    return Path(shutil.copytree(town_once.parent, tmp_path, dirs_exist_ok=True)) / town_once.name


def remove(town: Path) -> None:
    """Anna is erased, Bo anonymised."""
    done("person", "erase", "1", "--yes", "--db", town)
    done("person", "anonymise", "2", "--yes", "--db", town)


def test_removed_people_are_remembered_in_the_file_and_next_to_it(town: Path) -> None:
    remove(town)
    held = listed_next_to(town)
    assert [(each["number"], each["how"], each["date"]) for each in held] == [(1, "erased", "2024-10-08"), (2, "anonymised", "2024-10-08")]
    assert all(each["hash"] for each in held) and len({each["hash"] for each in held}) == 2
    assert town.with_name("aarhus.db.removed").stat().st_mode & 0o777 == 0o600
    done("person", "erase", "2", "--yes", "--db", town)  # what is anonymised can still be erased, and is known by the same hash
    assert [(each["how"], each["hash"]) for each in listed_next_to(town)] == [("erased", each["hash"]) for each in held]


def test_the_log_counts_who_was_removed(town: Path) -> None:
    remove(town)
    anonymised, erased = shown(town, "log", "--limit", "2")
    one = {"added": 1, "changed": 0, "removed": 0}
    assert anonymised["wrote"] == {"people": {"added": 0, "changed": 1, "removed": 0}, "removed_people": one}
    gone = {"added": 0, "changed": 0, "removed": 1}
    assert erased["wrote"] == {"people": gone, "intakes": gone, "attendance": gone, "removed_people": one}


def test_the_figures_that_change_are_those_until_today(town: Path) -> None:
    done("volunteer", "add", "Karen Bang", "--role", "leader", "--joined", "2023-01-01", "--db", town)
    output = done("person", "erase", "4", "--dry-run", "--db", town)
    assert set(re.findall(r"^[0-9]{4}\b", output, re.MULTILINE)) == {"2023", "2024"}


def test_an_older_backup_brings_nobody_back(town: Path) -> None:
    remove(town)
    output = done("restore", town.parent / "older" / "copy.db", "--db", town)
    assert "2 people in the backup were anonymised or erased since, and are so again." in output
    assert names(town) == {2: None, 3: "Clara Ravn"}
    assert ANNA.encode() not in town.read_bytes() and BO.encode() not in town.read_bytes()
    assert shown(town, "check") == []
    # Even if the file itself is lost, and only the list next to it is left.
    town.unlink()
    output = done("restore", town.parent / "older" / "copy.db", "--force", "--db", town)
    assert names(town) == {2: None, 3: "Clara Ravn"}
    assert done("intake", "add", "Dan Dahl", "--enquired", "2024-10-01", "--db", town).startswith("4 Dan Dahl")


def test_an_older_copy_merged_brings_nobody_back(town: Path) -> None:
    nation = town.parent / "denmark.db"
    done("merge", nation, town.parent / "older" / "copy.db")
    assert len(names(nation)) == 3
    remove(town)
    for sources in ((town,), (town.parent / "older" / "copy.db",), (town.parent / "older" / "copy.db", town)):
        done("merge", nation, *sources)
        assert sorted(names(nation)) == [2, 3]
    assert husrum("person", "erase", "3", "--yes", "--db", nation, env=TODAY).exit_code == 5


def test_an_older_copy_next_to_the_list_is_not_merged_or_handed_over(town: Path) -> None:
    nation, older = town.parent / "denmark.db", town.parent / "copy.db"
    shutil.copy(town.parent / "older" / "copy.db", older)
    assert husrum("merge", nation, older).exit_code == 0
    nation.unlink()
    remove(town)
    for words in (("merge", nation, older), ("export", "handover", town.parent / "handover.db", "--unencrypted", "--db", older)):
        refused = husrum(*words)
        assert refused.exit_code == 5 and "(1, 2)" in refused.stderr and not nation.exists()
    # Next to the newer one it is only older; and the command of check fixes it.
    done("merge", nation, older, town)
    assert sorted(names(nation)) == [2, 3]
    for problem in shown(older, "check"):
        done(*problem["command"].removeprefix("husrum ").split(), "--yes", "--db", older)
    nation.unlink()
    done("merge", nation, older)
    assert sorted(names(nation)) == [2, 3]


def test_an_older_list_brings_nobody_back(town: Path) -> None:
    remove(town)
    before = town.read_bytes()
    tables = town.parent / "older" / "tables"
    result = husrum("import", *sorted(tables.glob("*.csv")), "--db", town, env=TODAY)
    assert result.exit_code == 2 and town.read_bytes() == before
    assert "intakes.csv, row 2, ref “1”: 1 was given to someone before" in result.stderr
    assert result.stderr.count("row 3") == 1 and "intakes.csv, row 3, person: number 2 was anonymised on 2024-10-08" in result.stderr
    # The same without numbers: by name and birth date, however they are spelled.
    names_only = town.parent / "intakes.csv"
    for name, born, number in (("ANNA  HOLM", "1/1-2000", 1), (BO, "1999-02-02", 2)):
        names_only.write_text(f"name,born,enquired\n{name},{born},2024-01-02\n", encoding="utf-8")
        result = husrum("import", names_only, "--db", town, env=TODAY)
        assert result.exit_code == 2 and f"it is that of number {number}, " in result.stderr
    names_only.write_text("name,born,enquired\nAnna Holm,2001-01-01,2024-01-02\n", encoding="utf-8")
    done("import", names_only, "--db", town)  # somebody else
    # What the list says more of somebody without a name is not entered either.
    notes = town.parent / "contacts.csv"
    notes.write_text("person,date,note\n2,2024-03-01,Om Bo\n", encoding="utf-8")
    assert husrum("import", notes, "--db", town, env=TODAY).exit_code == 2


def test_a_person_who_comes_back_is_a_new_person(town: Path) -> None:
    remove(town)
    output = done("intake", "add", ANNA, "--born", "2000-01-01", "--enquired", "2024-10-01", "--db", town)
    assert "4 Anna Holm" in output and "Number 1 had the same name and birth date, and was erased on 2024-10-08." in output
    names_only = town.parent / "intakes.csv"
    names_only.write_text("name,born,enquired\nAnna Holm,2000-01-01,2024-10-01\n", encoding="utf-8")
    assert "nothing was added" in done("import", names_only, "--db", town)


def test_the_numbers_of_joined_entries_are_gone_with_them(town: Path) -> None:
    done("intake", "add", "Anna H", "--enquired", "2024-05-05", "--db", town)
    done("backup", town.parent / "older" / "two.db", "--db", town)
    done("person", "join", "1", "4", "--db", town)
    done("person", "erase", "1", "--yes", "--db", town)
    assert [(each["number"], each["person_uid"] is None) for each in listed_next_to(town)] == [(1, False), (4, True)]
    done("restore", town.parent / "older" / "two.db", "--db", town)
    assert names(town) == {2: BO, 3: "Clara Ravn"}
    assert done("intake", "add", "Dan Dahl", "--enquired", "2024-10-01", "--db", town).startswith("5 Dan Dahl")


def test_an_older_copy_put_there_by_hand_is_noticed(town: Path) -> None:
    remove(town)
    shutil.copy(town.parent / "older" / "copy.db", town)
    found = shown(town, "check")
    assert [(each["severity"], each["command"]) for each in found[:2]] == [
        ("contradiction", "husrum person erase 1"),
        ("contradiction", "husrum person anonymise 2"),
    ]
    remove(town)
    assert not [each for each in shown(town, "check") if each["severity"] == "contradiction"]
    # A list that nobody can read is never overwritten.
    town.with_name("aarhus.db.removed").write_text("{", encoding="utf-8")
    assert husrum("restore", town.parent / "older" / "copy.db", "--db", town).exit_code == 3
    assert [each["severity"] for each in shown(town, "check")] == ["damage"]
    done("intake", "add", "Dan Dahl", "--enquired", "2024-10-01", "--db", town)
    assert town.with_name("aarhus.db.removed").read_text(encoding="utf-8") == "{"


def test_what_was_begun_is_finished_by_the_next_command_that_writes(town: Path) -> None:
    remove(town)
    held = listed_next_to(town)
    town.with_name("aarhus.db.removed").unlink()  # as where the program was killed before it wrote the list, or the file was moved
    assert [each["command"] for each in shown(town, "check")] == ["husrum person anonymise 2"]
    done("intake", "add", "Dan Dahl", "--enquired", "2024-10-01", "--db", town)
    assert listed_next_to(town) == held and shown(town, "check") == []
    town.with_name("aarhus.db.removed").unlink()
    assert "1 was erased on 2024-10-08" in done("person", "erase", "1", "--yes", "--db", town)
    assert listed_next_to(town) == held


def test_another_file_with_one_person_and_with_two_is_named_in_danish(town: Path) -> None:
    anonymise = ("--language", "da", "person", "anonymise", "--yes", "--db", town)
    assert f"Personen står stadig i {town.parent / 'older' / 'copy.db'} (2)" in done(*anonymise, "2")
    assert f"De står stadig i {town.parent / 'older' / 'copy.db'} (1, 2)" in done(*anonymise, "1")


def test_other_files_that_still_hold_them_are_named(town: Path) -> None:
    shutil.copy(town.parent / "older" / "copy.db", town.with_name("copy.db"))
    (town.parent / ".trash").mkdir()
    shutil.copy(town.parent / "older" / "copy.db", town.parent / ".trash" / "hidden.db")
    said = done("person", "erase", "1", "--yes", "--db", town)
    for path in (town.with_name("copy.db"), town.parent / "older" / "copy.db"):  # backups are often in a folder of their own
        assert f"{path} still holds this person (1)" in said
    assert "hidden.db" not in said
    found = shown(town, "retention", "--backups", town.parent / ".trash")
    assert sorted((Path(each["file"]).name, each["still_holds"]) for each in found["backups"]) == [
        *[("copy.db", [1])] * 2,
        ("hidden.db", [1]),
    ]
    town.with_name("copy.db").unlink()
    assert [each["file"] for each in shown(town, "retention")["backups"]] == [str(town.parent / "older" / "copy.db")]
    assert husrum("retention", "--backups", town.parent / "nowhere", "--db", town).exit_code == 3


def test_a_backup_is_old_when_it_was_written_last_before_that(town: Path) -> None:
    copy = town.parent / "older" / "copy.db"
    with closing(looked_into(copy)) as connection, connection:
        connection.execute("UPDATE edits SET at = '2021-05-05T10:00:00+00:00'")
    found = shown(town, "retention", "--backups", copy.parent)
    assert [(each["written"], each["still_holds"]) for each in found["backups"]] == [("2021-05-05", [])]
    assert "copy.db was written last on 2021-05-05" in done("retention", "--backups", copy.parent, "--db", town)


# Whatever somebody did: the command, and since when they are unseen; None: something still runs.
LAST: list[tuple[str, str | None]] = [
    ("event log Tur --date 2021-06-01 --present 1", "2021-06-01"),
    ("person leave 1 --date 2021-06-02", "2021-06-02"),
    ("match wait 1 --since 2021-06-03", None),
    ("match start 1 2 --date 2021-06-04 --force aftalt", None),
    ("person onward 1 --to Koret --date 2021-06-05", "2021-06-05"),
    ("person consent 1 research --given 2021-06-06", "2021-06-06"),
    ("group enroll G1 1 --date 2021-06-08 --force", None),
    ("volunteer add --person 1 Anna_Holm --joined 2021-06-09 --role peer", None),
]


@pytest.mark.parametrize(("line", "since"), LAST)
def test_who_was_not_seen_for_long_could_be_anonymised(tmp_path: Path, line: str, since: str | None) -> None:
    path = new_city(tmp_path / "aarhus.db")
    for number, name in enumerate((ANNA, BO), 1):
        done("intake", "add", name, "--enquired", "2020-01-02", "--held", f"2020-01-0{2 + number}", "--db", path)
    done("group", "open", "Torsdag", "--kind", "talk", "--start", "2021-01-01", "--weeks", "1", "--db", path)
    before = {each["person"]: each["unseen_since"] for each in shown(path, "retention")["people"]}
    assert before == {1: "2020-01-03", 2: "2020-01-04"}
    result = husrum(*(word.replace("_", " ") for word in line.split()), "--db", path, env=TODAY)
    assert result.exit_code == 0, result.stderr
    after = {each["person"]: each["unseen_since"] for each in shown(path, "retention")["people"]}
    assert after.get(1) == since
    assert 1 not in {each["person"] for each in shown(path, "retention", "--older-than", "9y")["people"]}
    if since:
        output = done("retention", "--db", path)
        assert f"husrum person anonymise {','.join(map(str, sorted(after, key=lambda who: after[who])))}" in output
        done("person", "anonymise", "1", "--yes", "--db", path)
        assert 1 not in {each["person"] for each in shown(path, "retention")["people"]}


@pytest.mark.parametrize("text", ["", "2", "y", "0y", "-2y", "2 weeks", "9999y", "2y3m"])
def test_a_length_of_time_that_is_none(town: Path, text: str) -> None:
    assert husrum("retention", "--older-than", text, "--db", town).exit_code == 2


def test_a_length_of_time_in_danish(town: Path) -> None:
    assert shown(town, "retention", "--older-than", "6 måneder")["unseen_since"] == "2024-04-08"
    assert shown(town, "retention", "--older-than", "2 år")["unseen_since"] == "2022-10-08"


def test_each_removed_person_has_a_salt_and_is_still_recognised(town: Path) -> None:
    """Nobody sees which removed people had the same name; a hash of an earlier version still recognises a person."""
    remove(town)
    before = [each["hash"] for each in listed_next_to(town)]
    assert all(re.fullmatch("[0-9a-f]{32}:[0-9a-f]{64}", each) for each in before)
    assert len({each.split(":")[0] for each in before}) == 2
    with closing(looked_into(town)) as file, file:
        (uid,) = file.execute("SELECT uid FROM branches").fetchone()
        earlier = hashlib.scrypt(b"bo krogh\n1999-02-02", salt=uid.encode(), n=2**13, r=8, p=1, dklen=32).hex()
        file.execute("UPDATE removed_people SET hash = ? WHERE number = 2", (earlier,))
    for name, born, number in ((ANNA, "2000-01-01", 1), ("bo  KROGH", "1999-02-02", 2)):
        output = husrum("intake", "add", name, "--born", born, "--enquired", "2024-10-01", "--db", town, env=TODAY)
        assert output.exit_code == 0 and f"Number {number} had the same name and birth date" in output.stderr


def test_names_are_hashed_for_those_alone_who_are_new(town: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[bytes] = []
    hash = name_hash._hash

    def counted(text: bytes, branch_uid: str) -> bytes:
        made.append(text)
        return hash(text, branch_uid)

    monkeypatch.setattr(name_hash, "_hash", counted)
    remove(town)
    made.clear()
    done("merge", town.parent / "denmark.db", town)
    done("person", "edit", "3", "--phone", "12345678", "--db", town)
    done("today", "--db", town)
    assert shown(town, "check") == [] and not made
    sheet = town.parent / "intakes.csv"
    sheet.write_text("name,born,enquired\nClara Ravn,1998-03-03,2024-02-02\nDan Dahl,1997-04-04,2024-02-02\n", encoding="utf-8")
    done("import", sheet, "--db", town)
    assert set(made) == {b"dan dahl\n1997-04-04"}
