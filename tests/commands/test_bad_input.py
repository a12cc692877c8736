"""Wrong input: one sentence that says what, where and what to do; and the file stays as it was."""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest
from running import Result, husrum, looked_into, new_city

TODAY = {"HUSRUM_TODAY": "2024-03-06"}
CPR = "010190-1234"  # has the shape, and a day that exists
SETUP: tuple[tuple[str, ...], ...] = (
    ("intake", "add", "Anna Holm", "--born", "2003-05-01", "--enquired", "2024-01-08", "--held", "2024-01-15", "--source", "friend"),
    ("intake", "add", "Anna Hald", "--enquired", "2024-01-09", "--held", "2024-01-16"),
    ("intake", "add", "Bo Krog", "--enquired", "2024-01-10", "--held", "2024-01-17"),
    ("intake", "add", "Carla Dam", "--enquired", "2024-01-11", "--held", "2024-01-18"),
    ("volunteer", "add", "Vera Vang", "--role", "leader", "--role", "befriender", "--joined", "2023-01-01", "--intro-course", "2023-02-01"),
    ("volunteer", "add", "Niels Ny", "--role", "befriender", "--joined", "2024-02-01"),
    ("group", "open", "Tuesday", "--kind", "talk", "--start", "2024-02-06", "--weeks", "3", "--capacity", "1", "--leader", "Vera Vang"),
    ("group", "enroll", "G1", "Anna Holm", "--date", "2024-02-06"),
    ("group", "open", "Old", "--kind", "talk", "--start", "2024-01-02", "--weeks", "1", "--capacity", "7"),
    ("group", "close", "G2", "--date", "2024-01-30"),
    ("match", "wait", "Bo Krog", "--since", "2024-01-17"),
    ("match", "start", "Carla Dam", "Vera Vang", "--date", "2024-02-01"),
    ("event", "log", "Board games", "--date", "2024-03-01", "--present", "Bo Krog"),
)


@pytest.fixture(scope="module")
def town_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = new_city(tmp_path_factory.mktemp("town") / "town.db")
    for line in SETUP:
        done = husrum("--db", path, *line, env=TODAY)
        assert done.exit_code == 0, (line, done.stderr)
    return path


@pytest.fixture
def town(town_once: Path, tmp_path: Path) -> Path:
    """A small town: persons 1-4 young, 5-6 volunteers; G1 full, G2 closed; Bo waits, Carla has Vera."""
    return Path(shutil.copy2(town_once, tmp_path / "town.db"))


def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def refused(path: Path, line: Sequence[object], status: int, *said: str) -> Result:
    """The command ends with this status and one sentence that holds these words, and leaves the file alone."""
    before = fingerprint(path)
    done = husrum("--db", path, *line, env=TODAY)
    assert (done.exit_code, done.stdout) == (status, ""), done.stdout + done.stderr
    assert done.stderr.startswith("Error: ") and done.stderr.count("\n") == 1, done.stderr
    assert "Traceback" not in done.stderr
    for words in said:
        assert words in done.stderr, done.stderr
    assert fingerprint(path) == before
    assert not list(path.parent.glob(path.name + "-*"))
    return done


NOT_FOUND: list[tuple[str, list[str]]] = [
    ("person show Zacharias", ["Zacharias"]),
    ("person show 99", ["99"]),
    ("person show anna", ["1 Anna Holm", "2 Anna Hald"]),
    ("person show An", ["1 Anna Holm", "2 Anna Hald"]),
    ("event log Climbing --present 1,77", ["77"]),
    ("event log Climbing --present 4-9", ["7"]),
    ("event attend E1 --present Zacharias", ["Zacharias"]),
    ("event attend E9 --present 1", ["E9"]),
    ("event show E9", ["E9"]),
    ("group meet G1 --present Zacharias", ["Zacharias"]),
    ("group show G9", ["G9"]),
    ("match end 1 --reason completed", ["Anna Holm"]),
    ("event attend E1 --date 2024-03-02 --present 1", ["E1", "2024-03-02", "2024-03-01"]),
    ("volunteer show 99", ["99"]),
]


@pytest.mark.parametrize(("line", "said"), NOT_FOUND, ids=[line for line, said in NOT_FOUND])
def test_who_or_what_is_not_there(town: Path, line: str, said: list[str]) -> None:
    refused(town, line.split(), 4, *said)


WRONG: list[tuple[list[str], list[str]]] = [
    *((["event", "log", "Walk", "--date", date], [date]) for date in (
        "31/2/2024", "2024-02-31", "30/2-2023", "2024-13-01", "10", "2024", "marts 2024", "2024-03", "5/3-24", "05-03-24", "5. marts 24",
        "2024-3-5-1", "tomorrow-ish", "ma", "32/1", "00/00", "0000-01-01", "m", "2024/03/05", "١/٣/٢٠٢٤",
    )),
    (["event", "log", "Walk", "--date", ""], ["date"]),
    (["intake", "add", "Dan Dal", "--born", "31/2-2003"], ["born", "31/2-2003"]),
    (["intake", "add", "Dan Dal", "--born", "03"], ["born"]),
    (["intake", "add", "Dan Dal", "--born", "2030"], ["born"]),
    (["intake", "add", ""], ["name"]),
    (["intake", "add", "   "], ["name"]),
    (["intake", "add", "Dan\x07Dal"], ["name", "control"]),
    (["intake", "add", "Dan\nDal"], ["name", "control"]),
    (["intake", "add", "D" * 201], ["name", "201", "200"]),
    (["event", "log", "T" * 201], ["title", "201", "200"]),
    (["event", "log", ""], ["title"]),
    (["group", "open", "", "--kind", "talk", "--start", "2024-03-05"], ["title"]),
    (["partner", "add", ""], ["name"]),
    (["event", "log", "Walk", "--unnamed", "-1"], ["unnamed", "-1"]),
    (["event", "log", "Walk", "--unnamed", "many"], ["unnamed", "many"]),
    (["event", "log", "Walk", "--unnamed", "1.5"], ["unnamed", "1.5"]),
    (["event", "log", "Walk", "--kind", "sociall"], ["kind", "sociall", "youth_meeting"]),
    (["event", "log", "Walk", "--present", "4-1"], ["4-1"]),
    (["event", "log", "Walk", "--date", "2024-03-05", "--until", "2024-03-04"], ["until"]),
    (["group", "open", "New", "--kind", "choir", "--start", "2024-03-05"], ["kind", "choir", "talk", "network"]),
    (["group", "open", "New", "--kind", "talk", "--start", "2024-03-05", "--capacity", "-2"], ["capacity", "-2"]),
    (["group", "open", "New", "--kind", "talk", "--start", "2024-03-05", "--weeks", "x"], ["weeks", "x"]),
    (["group", "show", "1"], ["G1"]),
    (["group", "show", ""], ["group", "empty"]),
    (["group", "enroll", " ", "1"], ["group", "empty"]),
    (["event", "show", ""], ["event", "empty"]),
    (["person", "find", " "], ["text", "empty"]),
    (["person", "show", ""], ["person", "empty"]),
    (["volunteer", "show", ""], ["empty"]),
    (["match", "start", "1", ""], ["volunteer", "empty"]),
    (["partner", "remove", ""], ["partner", "empty"]),
    (["partner", "join", "", "x"], ["empty"]),
    (["grant", "remove", ""], [""]),
    (["intake", "add", "Dan Dal", "--source", "pigeon"], ["source", "pigeon", "municipal"]),
    (["intake", "add", "Dan Dal", "--source", "psyk"], ["source", "psyk", "psychiatry"]),
    (["intake", "add", "Dan Dal", "--diagnosis", "none", "--diagnosis", "autism"], ["diagnosis"]),
    (["intake", "add", "Dan Dal", "--motive", "loneliness", "--motive", "declined"], ["motive"]),
    (["intake", "add", "Dan Dal", "--ref", "-4"], ["ref", "-4"]),
    (["intake", "add", "Dan Dal", "--ref", "A4"], ["ref", "A4"]),
    (["volunteer", "add", "Dan Dal", "--role", "king"], ["role", "king"]),
    (["volunteer", "attest", "5", "parking"], ["parking", "intro_course"]),
    (["match", "wait", "1", "--wants-age", "30-20"], ["wants_age", "30-20"]),
    (["match", "end", "4", "--reason", "weather"], ["reason", "the answer", "moved_away"]),
    (["person", "consent", "1", "everything"], ["everything", "research"]),
    (["figure", "set", "2024", "discord_members", "1.234.567", "--source", "Discord"], ["value", "1.234.567", "thousands"]),
    (["figure", "set", "2024", "discord_members", "1 234", "--source", "Discord"], ["value", "1 234"]),
    (["figure", "set", "2024", "discord_members", "-4", "--source", "Discord"], ["-4"]),
    (["figure", "set", "2024", "memebrs", "12", "--source", "Discord"], ["key", "memebrs"]),
    (["figure", "set", "24", "discord_members", "12", "--source", "Discord"], ["year", "24"]),
    (["stats", "explain", "2024", "vists"], ["vists", "visits"]),
    (["stats", "year", "24"], ["24"]),
    (["grant", "add", "City", "--per-year", "20.000.5", "--from", "2024-01-01"], ["per_year", "20.000.5"]),
    (["person", "list", "--format", "xml"], ["format", "xml", "json"]),
    (["intake", "add"], ["NAME"]),
    (["group", "open", "New"], ["kind"]),
    (["nonsense"], ["nonsense"]),
    (["event", "nonsense"], ["nonsense"]),
    (["event", "list", "--colour", "red"], ["--colour"]),
]  # fmt: skip


@pytest.mark.parametrize(("line", "said"), WRONG, ids=[" ".join(line)[:70] for line, said in WRONG])
def test_what_is_wrong_in_itself(town: Path, line: list[str], said: list[str]) -> None:
    refused(town, line, 2, *said)


@pytest.mark.parametrize("number", ["010190-1234", "0101901234", "010190 1234", "0101011236"])
@pytest.mark.parametrize(
    ("line", "field"),
    [
        (["intake", "add", "Dan Dal {}"], "The command line"),
        (["intake", "add", "Dan Dal", "--note", "It is {}."], "note"),
        (["intake", "add", "Dan Dal", "--called", "{}"], "called"),
        (["intake", "add", "Dan Dal", "--phone", "{}"], "phone"),
        (["event", "log", "For {}"], "The command line"),
        (["group", "meet", "G1", "--note", "{}"], "note"),
        (["person", "show", "{}"], "The command line"),
    ],
    ids=["name", "note", "called", "phone", "title", "meeting note", "looked up"],
)
def test_a_cpr_number_is_never_stored_nor_repeated(town: Path, line: list[str], field: str, number: str) -> None:
    done = refused(town, [part.format(number) for part in line], 2, field, "CPR")
    assert number not in done.stderr and number[-4:] not in done.stderr


REFUSED: list[tuple[str, list[str]]] = [
    ("event log Walk --date 2024-03-07", ["2024-03-07", "event plan"]),
    ("event log Walk --date 2024-03-05 --until 2024-03-08", ["2024-03-08", "event plan"]),
    ("group meet G1 --date 2024-03-07 --present 1", ["2024-03-07"]),
    ("group enroll G2 3", ["G2", "closed", "--force"]),
    ("group enroll G1 1", ["Anna Holm"]),
    ("group leave G1 1 --date 2024-02-01", ["2024-02-06"]),
    ("group close G2", ["G2", "2024-01-30"]),
    ("match wait 3", ["Bo Krog", "2024-01-17"]),
    ("match wait 3 --since 2024-02-01", ["Bo Krog", "2024-01-17"]),
    ("match unwait 3 --date 2024-01-01", ["2024-01-17"]),
    ("match start 4 5 --date 2024-03-01", ["Carla Dam"]),
    ("match start 3 6", ["Niels Ny", "intro course", "husrum volunteer attest 6 intro_course"]),
    ("match end 4 --date 2024-01-01 --reason completed", ["2024-02-01"]),
    ("volunteer role 5 leader --from 2024-01-01", ["Vera Vang", "leader"]),
    ("volunteer role 5 leader --from 2022-06-01 --to 2023-06-01", ["Vera Vang", "leader"]),
    ("match unwait 1", ["Anna Holm"]),
    ("intake add Bertil --ref 1", ["1"]),
    ("group open New --kind talk --start 2024-03-05 --ref G1", ["G1"]),
    ("event log New --ref E1", ["E1"]),
    ("intake edit 1 --held 2024-04-01", ["2024-04-01"]),
    ("volunteer attest 6 intro_course --date 2024-04-01", ["2024-04-01"]),
]


@pytest.mark.parametrize(("line", "said"), REFUSED, ids=[line for line, said in REFUSED])
def test_what_the_file_or_the_day_does_not_allow(town: Path, line: str, said: list[str]) -> None:
    refused(town, line.split(), 5, *said)


@pytest.mark.parametrize("group", ["G1", "G2"])
def test_a_coordinator_may_insist_on_an_enrolment(town: Path, group: str) -> None:
    done = husrum("--db", town, "group", "enroll", group, "Bo Krog", "--force", env=TODAY)
    assert done.exit_code == 0 and "3 Bo Krog enrolled" in done.stderr, done.stderr


def test_the_same_name_and_birth_date_is_refused(town: Path) -> None:
    refused(town, ["intake", "add", "anna HOLM", "--born", "1/5-2003"], 5, "1 Anna Holm", "--person 1")


def test_a_diagnosis_that_cannot_be_read_is_not_repeated(town: Path) -> None:
    done = refused(town, ["intake", "add", "Dan Dal", "--diagnosis", "skizofreni"], 2, "diagnosis")
    assert "skizo" not in done.stderr


@pytest.mark.parametrize(
    "name", ["[red]Bo[/red]", "=1+Ib", 'Zoë "Åse" O\'Neil', "@SUM(A1)", "Lars \\ Lund; DROP TABLE people", "李 明", "🌻 Sol"]
)
def test_a_name_is_kept_and_shown_as_it_was_typed(city: Path, name: str) -> None:
    added = husrum("--db", city, "intake", "add", name)
    assert added.exit_code == 0 and f"1 {name}" in added.stderr, added.stderr
    assert name in husrum("--db", city, "person", "list").stdout
    with looked_into(city) as held:
        assert held.execute("SELECT name FROM people").fetchall() == [(name,)]
    held.close()


# The file itself


def unusable(path: Path, *said: str) -> str:
    before = fingerprint(path) if path.is_file() else None
    done = husrum("--db", path, "person", "list")
    assert (done.exit_code, done.stdout) == (3, ""), done
    assert done.stderr.startswith("Error: ") and done.stderr.count("\n") == 1, done.stderr
    assert path.name in done.stderr and all(words in done.stderr for words in said), done.stderr
    assert (fingerprint(path) if path.is_file() else None) == before
    return done.stderr.replace(path.name, "")


def test_every_unusable_file_has_its_own_sentence(city: Path, tmp_path: Path) -> None:
    whole = city.read_bytes()
    foreign, newer = tmp_path / "foreign.db", Path(shutil.copy2(city, tmp_path / "newer.db"))
    for connection, sql in (
        (sqlite3.connect(foreign), "CREATE TABLE shopping (what TEXT)"),
        (looked_into(newer), "PRAGMA user_version = 999"),
    ):
        connection.execute(sql)
        connection.commit()
        connection.close()
    for name, content in (("cut.db", whole[: len(whole) // 2]), ("empty.db", b""), ("garbage.db", b"name;born\n" * 999)):
        (tmp_path / name).write_bytes(content)
    (tmp_path / "folder.db").mkdir()
    sentences = [
        unusable(
            tmp_path / "missing.db", "husrum use FILE", f"husrum --db {tmp_path / 'missing.db'} restore BACKUP --force", "husrum init"
        ),
        unusable(foreign, "not one of husrum"),
        unusable(tmp_path / "cut.db", "damaged"),
        unusable(tmp_path / "garbage.db"),
        unusable(newer, "newer husrum"),
        unusable(tmp_path / "folder.db"),
    ]
    assert len(set(sentences)) == len(sentences), sentences
    assert "empty" in unusable(tmp_path / "empty.db")
    assert not (tmp_path / "missing.db").exists()


def test_a_new_file_never_replaces_one(city: Path) -> None:
    before = fingerprint(city)
    done = husrum("init", city, "--city", "Odense")
    assert done.exit_code == 5 and done.stderr.startswith("Error: ") and "exists" in done.stderr
    assert fingerprint(city) == before


def test_a_new_file_where_none_can_be_made(tmp_path: Path) -> None:
    done = husrum("init", tmp_path / "nowhere" / "town.db", "--city", "Odense")
    assert done.exit_code == 3 and done.stderr.count("\n") == 1 and "nowhere" in done.stderr


def test_no_file_is_chosen(tmp_path: Path) -> None:
    done = husrum("person", "list", env={"XDG_CONFIG_HOME": str(tmp_path)})
    assert done.exit_code == 2 and done.stderr.count("\n") == 1, done
    assert "--db" in done.stderr and "husrum use" in done.stderr


def test_use_of_a_file_that_is_none(tmp_path: Path) -> None:
    done = husrum("use", tmp_path / "missing.db")
    assert done.exit_code == 3 and "missing.db" in done.stderr


@pytest.mark.parametrize("line", [["stats", "explain"], ["event", "list"], ["stats", "year", "2024"]])
def test_an_unknown_format(town: Path, line: list[str]) -> None:
    more = ["2024", "visits"] if line[-1] == "explain" else []
    refused(town, [*line, *more, "--format", "xml"], 2, "xml", "csv")


# Imports


def imported(path: Path, status: int, *args: object) -> Result:
    before = fingerprint(path)
    done = husrum("--db", path, "import", *args, env=TODAY)
    assert done.exit_code == status and "Traceback" not in done.stderr, done
    assert status == 0 or done.stdout == ""
    assert (fingerprint(path) == before) == (status != 0)
    return done


def sheet(folder: Path, name: str, text: str, encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


def test_every_bad_cell_of_every_file_is_listed(town: Path, tmp_path: Path) -> None:
    people = sheet(tmp_path, "intakes.csv", "name,born,source\nDan Dal,31/2-2003,friend\n,2001,pigeon\nEva Ek,2001,friend\n")
    events = sheet(tmp_path, "events.csv", "title,date,unnamed,present\nWalk,2024-02-01,-3,Zacharias\nTalk,2024-02-02,2,1\n")
    done = imported(town, 2, people, events)
    cells = [
        ("intakes.csv", "2", "born", "31/2-2003"),
        ("intakes.csv", "3", "name", ""),
        ("intakes.csv", "3", "source", "pigeon"),
        ("events.csv", "2", "unnamed", "-3"),
        ("events.csv", "2", "present", "Zacharias"),
    ]
    lines = done.stderr.splitlines()
    for cell in cells:
        assert any(all(part in line for part in cell) for line in lines), (cell, done.stderr)
    assert lines[-1].startswith("Error: Nothing was ") and "5 things" in lines[-1]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("intakes.csv", "name,shoe_size\nDan Dal,43\n", ["shoe_size", "intakes.csv"]),
        ("intakes.csv", "born\n2003\n", ["name"]),
        ("pigeons.csv", "name\nDan Dal\n", ["pigeons"]),
        ("intakes.csv", "", ["intakes.csv"]),
        ("intakes.csv", "name,name\nDan Dal,Dan Dal\n", ["name"]),
        ("intakes.csv", "name,note\nDan Dal,010190-1234\n", ["note", "CPR"]),
        ("enrolments.csv", "group,person,date,until\nG2,3,2024-01-20,2024-01-10\n", ["until", "2024-01-10"]),
        ("enrolments.csv", "group,person,date\nG9,3,2024-01-20\n", ["G9"]),
        ("matches.csv", "person,volunteer,date\n4,6,2024-02-10\n", ["Carla Dam"]),
        ("waiting.csv", "person,since\n3,2024-02-10\n", ["Bo Krog"]),
        ("roles.csv", "volunteer,role,from\n5,leader,2023-06-01\n", ["Vera Vang"]),
        ("events.csv", "ref,title,date,activity\nE1,Board games,2024-03-01,Chess\nE1,Board games,2024-03-01,Ludo\n", ["activity", "Ludo"]),
        ("intakes.csv", "person,enquired,source\n1,2024-01-08,doctor\n", ["source", "doctor"]),
    ],
    ids=["column", "no name", "kind", "empty", "twice", "CPR", "backwards", "group", "match", "wait", "role", "two values", "other value"],
)
def test_a_file_that_cannot_be_taken_in(town: Path, tmp_path: Path, name: str, text: str, said: list[str]) -> None:
    done = imported(town, 2, sheet(tmp_path, name, text))
    assert "Error" in done.stderr and all(words in done.stderr for words in said), done.stderr
    assert "010190" not in done.stderr


def test_a_bad_cell_is_reported_under_the_heading_in_the_file(town: Path, tmp_path: Path) -> None:
    path = sheet(tmp_path, "intakes.csv", "Navn;Født;Køn\nIda Vest;31/2-2003;dame\n")
    said = imported(town, 2, path, "--language", "da").stderr
    assert "intakes.csv, række 2, Født “31/2-2003”: “31/2-2003” er ikke en dag i kalenderen." in said
    assert "Køn “dame”: “dame” kendes ikke. Vælg mellem: kvinde" in said


def test_a_file_from_an_older_windows(town: Path, tmp_path: Path) -> None:
    path = sheet(tmp_path, "intakes.csv", "name;enquired\nSøren Ærø;2024-02-01\n", "cp1252")
    imported(town, 0, path)
    assert "Søren Ærø" in husrum("--db", town, "person", "list").stdout


def test_a_spreadsheet_and_its_bad_cell(town: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    book.active.append(["name", "enquired"])
    book.active.append(["Dan Dal", "31/2-2024"])
    book.save(tmp_path / "intakes.xlsx")
    done = imported(town, 2, tmp_path / "intakes.xlsx")
    assert all(part in done.stderr for part in ("intakes.xlsx", "2", "enquired", "31/2-2024"))
    book.active["B2"] = "1/2-2024"
    book.save(tmp_path / "intakes.xlsx")
    imported(town, 0, tmp_path / "intakes.xlsx")


def test_a_trial_run_writes_nothing_and_the_same_file_adds_nothing(town: Path, tmp_path: Path) -> None:
    path = sheet(tmp_path, "intakes.csv", "name,enquired\nDan Dal,2024-02-01\n")
    before = fingerprint(town)
    assert husrum("--db", town, "import", path, "--dry-run").exit_code == 0
    assert fingerprint(town) == before
    imported(town, 0, path)
    before = fingerprint(town)
    again = husrum("--db", town, "import", path)
    assert again.exit_code == 0 and fingerprint(town) == before, again.stderr
