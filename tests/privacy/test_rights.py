"""The rights of a person: to see everything stored about them, to be anonymised, to be erased; and that their consent counts."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from recount_checks import statistics
from running import ENCRYPTED, husrum, looked_into, new_city, store_of

from husrum_cli.domain.people.drafts import save_draft
from husrum_cli.domain.people.lookup import People
from husrum_cli.exporting.person import WORDS
from husrum_cli.store.closed_rows import rows_of_person
from husrum_cli.store.redaction import FREE_TEXT
from husrum_cli.store.union.travelling_rows import text_columns
from husrum_cli.vocabulary import HEALTH

NAME, CALLED, PHONE, EMAIL, BORN = "Xenofine Quistgård", "Xenzi", "86 17 29 53", "xq@example.org", "2001-04-05"
YEARS = range(2021, 2027)
# Columns of text that nobody types freely: keys, days, and codes that the schema checks.
CODED = {
    "uid", "person_uid", "one_uid", "other_uid", "branch_uid", "at", "hash", "tag", "fingerprint", "command", "who", "people",
    "activities", "born", "date", "starts", "ends", "closed", "enquired", "held", "joined", "given", "withdrawn", "active_from",
    "active_to", "records_from", "closed_at", "changed_at", "reopened_at", "role", "named_as", "reason", "purpose", "part", "side",
    "state", "gender", "agreement", "offer", "how", "question", "ref", "instrument", "non_answer", "items", "outcome", "marked",
    "resolved", "done", "declined",
}  # fmt: skip
# The person's own, which go as they are; rows about no person; and the figures of closed years, which have a hash of their own.
OWN = {
    *(("people", column) for column in ("name", "called", "phone", "email")),
    *((table, "kind") for table in ("attests", "activities", "preferences", "link_tags", "made_tags")),
    ("made_tags", "facts"),
    ("closed_rows", "rows"),  # JSON, of which `change_texts` changes what was typed
    *(("branches", "name"), ("expected_branches", "name"), ("settings", "key"), ("manifest", "name")),
    *(("steps", "wrote"), ("steps", "added"), ("steps", "things"), ("former_rows", "name"), ("former_rows", "key"), ("former_rows", "row")),
    ("closed_years", "figures"),
    *(("codes", "vocabulary"), ("codes", "code")),
}


def done(*words: object) -> str:
    """Return the output of a command that must succeed, on both channels."""
    result = husrum(*words, env={"HUSRUM_TODAY": "2024-10-08"})
    assert result.exit_code == 0, (words, result.stderr)
    return result.stdout + result.stderr


def shown(path: Path, *words: object) -> Any:
    """The JSON of a command."""
    result = husrum(*words, "--format", "json", "--db", path, env={"HUSRUM_TODAY": "2024-10-08"})
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture(scope="module")
def town_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A city in which somebody's name has come into every text there is."""
    path = new_city(tmp_path_factory.mktemp("town") / "aarhus.db")
    lines = [
        *("intake add Anna_Holm --enquired 2023-01-02 --held 2023-01-05 --born 2000-01-01",),
        f"intake add {NAME} --called {CALLED} --born {BORN} --phone {PHONE} --email {EMAIL} --enquired 2023-01-10 --held 2023-04-01 --note Bor_med_sin_kat "
        "--diagnosis anxiety --treatment never --loneliness severe --occupation flexjob --municipality Aarhus --referred-by Studievejlederen",
        "volunteer add Mette_Ravn --joined 2022-01-01 --role leader --role befriender --intro-course 2022-01-01",
        f"group open {NAME}s_gruppe --kind talk --start 2023-05-01 --weeks 3 --leader 3",
        "group enroll G1 1,2 --date 2023-05-01",
        f"group meet G1 --date 2023-05-01 --present 1,2 --theme {NAME}_fortalte --note {NAME.upper()}_ringer_på_{PHONE}",
        f"event log Bowling --date 2023-06-01 --present 2 --unnamed 3 --note {EMAIL}_tog_billeder --activity {NAME}",
        "match wait 2 --since 2023-02-01 --interest Dværgkaniner --about Bange_for_busser --time evening",
        "match start 2 3 --date 2023-07-01",
        "match contact 2 --date 2023-08-01 --note Græd_i_telefonen",
        "person onward 2 --to Koret --date 2024-01-01",
        "person consent 2 health_data --given 2023-04-01",
        "person edit 2 --phone 86172953",
        "year close 2023 --force",
    ]
    for line in lines:
        words = line.replace(NAME, NAME.replace(" ", "_")).replace(PHONE, PHONE.replace(" ", "_")).replace(NAME.upper(), "X").split()
        done(*(word.replace("_", " ") if word not in ("health_data",) else word for word in words), "--db", path)
    return path


@pytest.fixture
def town(town_once: Path, tmp_path: Path) -> Path:
    """A copy of it, to write to."""
    return Path(shutil.copytree(town_once.parent, tmp_path, dirs_exist_ok=True)) / town_once.name


def test_everything_stored_is_shown_whatever_tables_are_added(town: Path) -> None:
    with closing(looked_into(town, isolation_level=None)) as connection:
        about = _fill_every_table(connection, 2)
    output = shown(town, "person", "export", "2")
    assert set(output["rows"]) == {*about, "closed_rows"}
    text = json.dumps(output, ensure_ascii=False)
    missing = [mark for table, marks in about.items() for mark in marks if mark not in text]
    assert missing == ["proposal_answers.reason"]  # it was the other one's: why they said no is theirs
    assert output["schema"] == "husrum.person.export/1" and output["number"] == 2


def _fill_every_table(connection: sqlite3.Connection, person: int) -> dict[str, list[str]]:
    """A row about the person in every table from which a path of references leads to people: table -> its texts."""
    connection.execute("PRAGMA ignore_check_constraints = ON")
    connection.execute("PRAGMA foreign_keys = OFF")
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    references = {table: {row[3]: row[2] for row in connection.execute(f"PRAGMA foreign_key_list({table})")} for table in tables}
    reaching = {"people": person}
    while new := {table for table in tables if set(references[table].values()) & set(reaching)} - set(reaching):
        reaching |= dict.fromkeys(new, 9_000)
    about: dict[str, list[str]] = {"people": [NAME, CALLED, BORN]}
    for table in (table for table in reaching if table != "people"):
        values: dict[str, object] = {}
        for _cid, name, kind, _notnull, _default, _key in connection.execute(f"PRAGMA table_info({table})"):
            parent = references[table].get(name)
            if name == "id":
                values[name] = 9_000
            elif parent in reaching:
                values[name] = reaching[parent]
            elif parent is not None:
                values[name] = 1
            else:
                values[name] = f"{table}.{name}" if kind == "TEXT" else 7
        marks = ", ".join("?" * len(values))
        connection.execute(f"INSERT OR REPLACE INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))
        about[table] = [str(value) for name, value in values.items() if name != "uid" and str(value).startswith(f"{table}.")]
    return about


def test_the_page_has_a_word_for_every_column(town: Path) -> None:
    with closing(looked_into(town)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        about = {"people", "former_numbers", "interview_ages", "answers", "preferences"}
        about |= {table for table in tables if any(row[2] == "people" for row in connection.execute(f"PRAGMA foreign_key_list({table})"))}
        columns = {row[1].removesuffix("_id") for table in about for row in connection.execute(f"PRAGMA table_info({table})")}
    # Keys; and columns that a page names by their content.
    assert columns - {"id", "uid", "branch", "human", "question", "answer", "value", "named_as"} <= set(WORDS)


def test_the_page_is_read_by_people(town: Path, tmp_path: Path) -> None:
    page = done("person", "export", CALLED, "--language", "da", "--db", town)
    assert page.startswith(f"# Det har husrum i Aarhus stående om 2 {NAME}\n")
    assert "Beskæftigelse: Fleksjob" in page and "Angst" in page and "Bor med sin kat" in page and "3 Mette Ravn" in page
    assert "Anna Holm" not in page
    assert page.count("mødegange og dage G") == 1  # the texts with the name
    for name, opening in (("page.md", "# Det har"), ("page.json", "{")):
        done("person", "export", "2", "--to", tmp_path / name, "--language", "da", "--db", town)
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(opening)
        assert (tmp_path / name).stat().st_mode & 0o777 == 0o600
    assert husrum("person", "export", "2", "--to", tmp_path / "page.md", "--db", town).exit_code == 5
    assert husrum("person", "export", "2", "--to", tmp_path / "page.txt", "--db", town).exit_code == 2


def test_what_a_row_is_about_is_called_by_its_name(town: Path) -> None:
    rows = shown(town, "person", "export", "2")["rows"]
    assert rows["enrolments"][0]["activity"] == f"G1 {NAME}s gruppe"
    assert [row["session"] for row in rows["attendance"]] == [f"2023-05-01, G1 {NAME}s gruppe", "2023-06-01, E1 Bowling"]
    # In the nation's file there are neither names nor titles.
    done("merge", town.with_name("denmark.db"), town)
    rows = shown(town.with_name("denmark.db"), "person", "export", "2")["rows"]
    assert rows["matches"][0]["volunteer"] == "3" and rows["enrolments"][0]["activity"] == "G1"
    assert [row["session"] for row in rows["attendance"]] == ["2023-05-01, G1", "2023-06-01, E1"]


def test_every_column_of_free_text_is_looked_through_for_the_name() -> None:
    free = {(table, column) for table, columns in text_columns().items() for column in columns if column not in CODED} - OWN
    assert free == {(table, column) for table, columns in FREE_TEXT.items() for column in columns}


SECRETS = [
    NAME,
    NAME.upper(),
    CALLED,
    PHONE,
    "86172953",
    EMAIL,
    BORN,
    "Bor med sin kat",
    "Dværgkaniner",
    "Bange for busser",
    "Græd i telefonen",
]


def traces(folder: Path) -> dict[str, list[str]]:
    """The confidential texts of which a file still has the bytes: file -> texts."""
    found = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        if left := [secret for secret in SECRETS if secret.encode() in content]:
            found[path.name] = left
    return found


@pytest.mark.parametrize("how", ["anonymise", "erase"])
def test_the_name_is_in_no_byte_of_any_file(town: Path, tmp_path: Path, how: str) -> None:
    assert traces(tmp_path) or ENCRYPTED
    output = done("person", how, "2", "--yes", "--db", town)
    assert "in which the name, phone or e-mail was" in output and NAME.split()[0] in output
    done("backup", tmp_path / "copy.db", "--db", town)
    done("export", "tables", tmp_path / "tables", "--db", town)
    done("export", "year", "2023", "--to", tmp_path / "2023.json", "--db", town)
    done("export", "sheet", "G1", "--to", tmp_path / "sheet.csv", "--db", town)
    assert {"aarhus.db", "aarhus.db.removed", "copy.db", "2023.json", "sheet.csv", "tables"} == {path.name for path in tmp_path.iterdir()}
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())
    assert traces(tmp_path) == {}
    assert husrum("undo", "--db", town).exit_code == 5
    assert husrum("check", "--db", town).exit_code in (0, 5)
    assert husrum("stats", "year", "2023", "--db", town).exit_code == 0  # what was closed is still what was closed
    group = shown(town, "group", "show", "G1")
    mark = "#2" if how == "anonymise" else "[…]"
    assert group["title"] == f"{mark}s gruppe" and group["meetings"][0]["theme"] == f"{mark} fortalte"


def test_what_a_volunteer_offered_and_what_was_being_typed_go_with_the_name(town: Path) -> None:
    done("match", "offer", "3", "--interest", "Kapsejlads", "--about", "Er diabetiker", "--db", town)
    store = store_of(town)
    save_draft(store, "intake hold", People(store).find_one("3"), {"note": "Savner sin bror"})
    store.close()
    done("person", "anonymise", "3", "--yes", "--db", town)
    with closing(looked_into(town)) as connection:
        assert connection.execute("SELECT count(*) FROM offers WHERE person_id = 3").fetchone() == (1,)
        assert connection.execute("SELECT value FROM preferences JOIN offers ON offers.id = offer_id").fetchall() == []
        assert connection.execute("SELECT count(*) FROM drafts").fetchone() == (0,)
    assert not [text for text in ("Kapsejlads", "diabetiker", "sin bror") if text.encode() in town.read_bytes()]


def test_it_says_what_still_runs_and_whose_notes_go(town: Path) -> None:
    for number, *quotes in (("1", "Her er rart", "Jeg kommer igen"), ("2", "Jeg griner igen")):
        done("person", "consent", number, "quotes_photos", "--given", "2023-05-01", "--db", town)
        for words in quotes:
            done("quote", "add", words, "--person", number, "--db", town)
    done("goal", "set", "2", "Tage bussen selv", "--db", town)
    done("volunteer", "edit", "3", "--note", "Spiller klaver", "--db", town)
    for number, runs, go in (
        ("1", "enrolments", "2 quotes"),
        ("2", "enrolments, matches", "1 enquiry, 1 contact, 1 goal, 1 quote, 3 wishes"),
        ("3", "leaders and organisers, matches, roles", "1 volunteer"),
    ):
        output = done("person", "anonymise", number, "--dry-run", "--db", town)
        assert f"still has something that runs: {runs}. End it first" in output
        assert f"Notes and wishes that go: {go}." in output


def test_the_page_says_how_many_rows_are_kept_for_undo(town: Path) -> None:
    assert [shown(town, "person", "export", number)["to_undo"] for number in ("1", "2", "3")] == [0, 1, 0]  # the phone of 2
    done("intake", "edit", "1", "--note", "Kommer med bussen", "--db", town)
    done("match", "edit", "2", "--start", "2023-07-02", "--db", town)
    assert [shown(town, "person", "export", number)["to_undo"] for number in ("1", "2", "3")] == [1, 2, 1]


def test_somebody_with_the_same_name_keeps_it(town: Path, tmp_path: Path) -> None:
    done("intake", "add", NAME, "--born", "1999-09-09", "--enquired", "2024-01-01", "--db", town)
    output = done("person", "anonymise", "2", "--yes", "--db", town)
    assert "Somebody else has the same name" in output
    assert [person["name"] for person in shown(town, "person", "find", "quist")] == [NAME]
    assert shown(town, "group", "show", "G1")["title"] == f"{NAME}s gruppe"


def test_nothing_is_taken_away_before_it_was_said_and_agreed(town: Path) -> None:
    before = town.read_bytes()
    for how in ("anonymise", "erase"):
        refused = husrum("person", how, "2", "--db", town)
        assert refused.exit_code == 2 and "--dry-run" in refused.stderr and "--yes" in refused.stderr
        assert "Nothing was written" in done("person", how, "2", "--dry-run", "--db", town)
    assert town.read_bytes() == before and not town.with_name("aarhus.db.removed").exists()
    assert husrum("person", "anonymise", "2,99", "--yes", "--db", town).exit_code == 4
    assert town.read_bytes() == before


def test_a_number_without_a_name_is_shown_everywhere(town: Path, tmp_path: Path) -> None:
    done("person", "anonymise", "2", "--yes", "--db", town)
    assert "2 was anonymised" in done("person", "anonymise", "2", "--yes", "--db", town)
    for words in (
        *(
            ("person", "show", "2"),
            ("person", "list"),
            ("group", "show", "G1"),
            ("event", "show", "E1"),
            ("intake", "show", "2"),
            ("check",),
        ),
        *(("match", "list", "--all"), ("intake", "list"), ("stats", "explain", "2024", "moved_on"), ("year", "status", "2024"), ("log",)),
    ):
        result = husrum(*words, "--db", town)
        assert result.exit_code in (0, 5) and "None" not in result.stdout
    (shell,) = [person for person in shown(town, "person", "list") if person["person"] == 2]
    assert (shell["name"], shell["called"], shell["born"]) == (None, None, "2001")
    refused = husrum("person", "edit", "2", "--name", NAME, "--db", town)
    assert refused.exit_code == 5 and NAME not in refused.stderr
    # The tables make the same city again, with the ages at interviews.
    done("export", "tables", tmp_path / "tables", "--db", town)
    copy = new_city(tmp_path / "copy.db")
    done("import", *sorted((tmp_path / "tables").glob("*.csv")), "--db", copy)
    done("year", "reopen", "2023", "--why", "-", "--db", town)
    assert statistics(copy, 2023) == statistics(town, 2023)
    assert statistics(copy, 2023)["distributions"]["age_band_at_intake"]["20-24"] == 2
    before = copy.read_bytes()
    assert "nothing was added" in done("import", *sorted((tmp_path / "tables").glob("*.csv")), "--db", town)
    assert copy.read_bytes() == before


def test_erasing_takes_every_row_and_leaves_closed_years_their_figures(town: Path) -> None:
    closed = shown(town, "stats", "year", "2023")
    output = done("person", "erase", "2", "--yes", "--db", town)
    assert "everything goes: 5 answers, 2 attendances, 1 consent, 1 contact, 1 enrolment, 1 enquiry, 1 match, 1 step onward," in output
    assert "Closed years keep their figures: 2023." in output and "2024" in output
    now = shown(town, "stats", "year", "2023")
    assert {key: each["value"] for key, each in now["figures"].items()} == {key: each["value"] for key, each in closed["figures"].items()}
    assert (now["figures"]["intakes"]["value"], now["figures"]["intakes"]["now"]) == (2, 1)
    with closing(looked_into(town)) as connection:
        assert not connection.execute("PRAGMA foreign_key_check").fetchall()
    with closing(store_of(town)) as store:
        assert rows_of_person(store, *store.row("SELECT uid, 1 FROM branches")) and not rows_of_person(
            store, *store.row("SELECT uid, 2 FROM branches")
        )
    assert husrum("person", "show", "2", "--db", town).exit_code == 4
    assert done("intake", "add", "Bo Krogh", "--enquired", "2024-10-01", "--db", town).startswith("4 Bo Krogh")
    assert "2 was erased" in done("person", "erase", "2", "--yes", "--db", town)


def test_erasing_says_what_changes_in_the_year_of_a_first_meeting_before_the_group_began(tmp_path: Path) -> None:
    """As in a list that was imported; and since when somebody leads the group may be unknown."""
    path = new_city(tmp_path / "aarhus.db")
    for kind, lines in (
        ("intakes", "ref,name,enquired\n1,Anna Holm,2024-01-08\n"),
        ("groups", "ref,title,kind,start\nG1,Tirsdag,talk,2023-01-03\n"),
        ("leaders", "group,person\nG1,1\n"),
        ("meetings", "group,date,unnamed,volunteers\nG1,2022-12-20,4,none\nG1,2023-01-10,4,none\n"),
    ):
        (tmp_path / f"{kind}.csv").write_text(lines, encoding="utf-8")
    done("import", *tmp_path.glob("*.csv"), "--db", path)
    changes = shown(path, "person", "erase", "1", "--dry-run")
    assert [each["year"] for each in changes if each["key"] == "leader_seats"] == [2022, 2023]


def test_a_withdrawn_consent_takes_the_answers_about_health_with_it(town: Path) -> None:
    done("intake", "edit", "2", "--loneliness", "moderate", "--db", town)
    assert "3 answers about health are deleted" in done("person", "consent", "2", "health_data", "--withdrawn", "2024-09-01", "--db", town)
    with closing(looked_into(town)) as connection:
        sql = "SELECT question FROM answers JOIN intakes ON intakes.id = intake_id WHERE person_id = 2 ORDER BY 1"
        left = connection.execute(sql).fetchall()
        assert left == [("municipality",), ("occupation",)]
        assert connection.execute("SELECT count(*) FROM former_rows").fetchone() == (0,)
    with closing(store_of(town)) as store:
        kept = [key for _closing, row in rows_of_person(store, *store.row("SELECT uid, 2 FROM branches")) for key in row.keys.split()]
    assert kept and not [key for key in kept if key.removesuffix("_at_intake") in HEALTH]
    undone = husrum("undo", "--db", town)
    assert undone.exit_code == 5 and "is kept nowhere" in undone.stderr and "husrum restore" not in undone.stderr
    refused = husrum("intake", "edit", "2", "--loneliness", "severe", "--db", town)
    assert refused.exit_code == 5 and "severe" not in refused.stderr
    # Given again, nothing comes back; answers given from then on are kept.
    done("person", "consent", "2", "health_data", "--given", "2024-10-01", "--db", town)
    assert "loneliness" not in str(shown(town, "intake", "show", "2"))
    done("intake", "add", "--person", "2", "--enquired", "2024-10-02", "--held", "2024-10-03", "--loneliness", "mild", "--db", town)
    assert "mild" in str(shown(town, "intake", "show", "2"))


def test_a_consent_withdrawn_in_a_list_takes_the_answers_with_it_too(town: Path, tmp_path: Path) -> None:
    consents = tmp_path / "consents.csv"
    consents.write_text("person,purpose,given,withdrawn\n2,health_data,2023-04-01,2024-09-01\n", encoding="utf-8")
    done("import", consents, "--db", town)
    assert "anxiety" not in str(shown(town, "intake", "show", "2")) and "Aarhus" in str(shown(town, "intake", "show", "2"))


@pytest.mark.parametrize("day", ["2024-09-01", "2023-04-01"], ids=["later", "the day of the interview"])
def test_an_older_list_brings_no_withdrawn_answers_back(town: Path, tmp_path: Path, day: str) -> None:
    done("export", "tables", tmp_path / "older", "--db", town)
    done("person", "consent", "2", "health_data", "--withdrawn", day, "--db", town)
    assert "nothing was added" in done("import", tmp_path / "older" / "intakes.csv", "--db", town)
    assert "anxiety" not in str(shown(town, "intake", "show", "2"))


def test_the_danish_page_is_danish(tmp_path: Path) -> None:
    path = new_city(tmp_path / "odense.db", "Odense", "--language", "da")
    for words in (
        ("intake", "add", "Anna Holm", "--born", "2003-05-14", "--enquired", "2024-01-02", "--held", "2024-01-05", "--source", "doctor"),
        ("event", "log", "Spil", "--date", "2024-02-03", "--present", "1"),
        ("goal", "set", "1", "Ringe til en ven", "--date", "2024-02-04"),
        ("goal", "mark", "1", "reached", "--date", "2024-02-05"),
        ("person", "consent", "1", "health_data", "--given", "2024-01-02"),
        ("measure", "add", "1", "--items", "1,2,3", "--date", "2024-02-06"),
        ("volunteer", "add", "--person", "1", "--role", "peer", "--joined", "2024-03-01"),
        ("volunteer", "hours", "1", "2.5", "--date", "2024-03-02"),
        ("year", "close", "2024", "--force"),
    ):
        done = husrum(*words, "--db", path, env={"HUSRUM_TODAY": "2024-10-08"})
        assert done.exit_code == 0, (words, done.stderr)
    page = husrum("person", "export", "1", "--language", "da", "--db", path, env={"HUSRUM_TODAY": "2024-10-08"}).stdout
    assert "Født: 14. maj 2003" in page and "3. februar 2024, E1 Spil" in page and "2,5" in page and "T-ILS" in page
    assert "Tal: Fandt HUSRUM via; Dato: 5. januar 2024; Hvad: læge; Antal: 1" in page
    assert not re.search(r"[0-9]{4}-[0-9]{2}-[0-9]{2}|reached|tils|peer(?!-støtte)|doctor|_|intake", page), page
