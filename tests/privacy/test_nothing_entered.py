"""Nothing new is entered about somebody anonymised; what is there can be corrected, ended, removed and read back. Ranges leave out whoever is gone."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from once import made_once
from running import Result, husrum, looked_into, new_city

TODAY = {"HUSRUM_TODAY": "2024-10-08"}
PEOPLE = ("Anna Ek", "Bo Fuhr", "Clara Gad", "Dan Hede")


def run(city: Path, *words: object) -> Result:
    return husrum(*words, "--db", city, env=TODAY)


def done(city: Path, *words: object) -> str:
    result = run(city, *words)
    assert result.exit_code == 0, (words, result.stderr)
    return result.stdout + result.stderr


@pytest.fixture
@made_once
def town(tmp_path: Path) -> Path:
    """Anna (1), Bo (2), who is anonymised, Clara (3), Dan (4) and the volunteers Eva (5) and Finn (6), who is anonymised. All of it has begun before."""
    city = new_city(tmp_path / "aarhus.db")
    for name in PEOPLE:
        done(city, "intake", "add", name, "--enquired", "2024-01-02", "--diagnosis", "ptsd")
    for name in ("Eva Ibsen", "Finn Juhl"):
        done(city, "volunteer", "add", name, "--role", "leader", "--role", "befriender", "--joined", "2023-01-01")
        done(city, "volunteer", "attest", name, "intro_course", "--date", "2023-02-01")
    done(city, "group", "open", "Torsdag", "--kind", "talk", "--start", "2024-02-01", "--leader", "5,6")
    done(city, "group", "enroll", "G1", "1-3", "--date", "2024-02-01")
    done(city, "group", "meet", "G1", "--date", "2024-02-01", "--present", "1-3")
    done(city, "event", "log", "Spil", "--date", "2024-02-02", "--present", "1-3", "--organiser", "6")
    done(city, "match", "start", "2", "5", "--date", "2024-03-01")
    done(city, "match", "wait", "3", "--since", "2024-03-01")
    done(city, "match", "offer", "5", "--capacity", "3")
    done(city, "goal", "set", "2", "Tage bussen", "--date", "2024-03-01")
    done(city, "measure", "add", "2", "--items", "3,2,3", "--date", "2024-03-01")
    done(city, "person", "consent", "2", "health_data", "--given", "2024-01-02")
    done(city, "volunteer", "hours", "6", "3", "--date", "2024-03-01")
    done(city, "person", "anonymise", "2,6", "--yes")
    return city


ENTERED = [
    "event log Quiz --date 2024-02-03 --present 1,2",
    "event log Quiz --date 2024-02-03 --present 1-3,2",
    "event log Quiz --date 2024-02-03 --present none --volunteers 6",
    "event log Quiz --date 2024-02-03 --present 1 --organiser 6",
    "event plan Quiz --date 2024-12-03 --organiser 6",
    "event attend E1 --present 1,2,3 --volunteers 5,6",
    "group open Ny --kind talk --start 2024-10-01 --leader 6",
    "group leader G1 2",
    "group enroll G2 2",
    "group meet G1 --date 2024-02-08 --present 1,2",
    "group meet G1 --date 2024-02-08 --present 1 --excused 2",
    "group meet G1 --date 2024-02-08 --present 1 --volunteers 6",
    "match wait 2",
    "match start 3 6 --force",
    "match offer 6",
    "match contact 2",
    "match meet 2",
    "match pause 2",
    "intake hold 2",
    "intake edit 2 --note hej",
    "intake edit 2 --loneliness severe",
    "intake add --person 2",
    "volunteer add --person 2 --role peer",
    "volunteer apply --person 2",
    "volunteer role 6 online",
    "volunteer edit 6 --note hej",
    "volunteer attest 6 criminal_record",
    "volunteer hours 6 2 --date 2024-05-05",
    "goal set 2 x",
    "goal edit 2 --text hej",
    "measure add 2 --items 3,2,3",
    "quote add Fint --person 2",
    "person remind 2 --on 2025-01-01",
    "person onward 2 --to Kor",
    "person consent 2 research --given today",
    "person edit 2 --name Hej",
    "person edit 2 --phone 12345678",
    "person formerly 2 Hej",
    "person distinct 2 3",
    "person join 2 3",
    "person join 3 2",
]


@pytest.mark.parametrize("line", ENTERED)
def test_what_is_new_is_refused(town: Path, line: str) -> None:
    done(town, "group", "open", "Onsdag", "--kind", "talk", "--start", "2024-09-01")
    before = done(town, "log", "--format", "json")
    words = line.split()
    result = run(town, *words)
    assert result.exit_code == 5, (result.exit_code, result.stderr)
    if words[:2] not in (["quote", "add"], ["person", "join"]):
        assert "was anonymised on 2024-10-08; nothing is entered about them." in result.stderr, result.stderr
    assert done(town, "log", "--format", "json") == before


KEPT = [
    "intake edit 2 --diagnosis anxiety",
    "intake edit 2 --diagnosis none",
    "intake edit 2 --enquired 2024-01-03",
    "intake edit 2 --diagnosis not_recorded",
    "event edit E1 --date 2024-02-03",
    "event edit E1 --until 2024-02-03",
    "event edit E1 --title Brætspil",
    "event edit E1 --organiser 5,6",
    "event attend E1 --present 1-4",
    "event attend E1 --present 1,2",
    "event attend E1 --present 1,3",
    "event attend E1 --present 1,3 --volunteers 2",
    "event remove E1 --force",
    "group meet G1 --date 2024-02-01 --present 1,3 --excused 2",
    "group move G1 --date 2024-02-08 --to 2024-02-09",
    "group enroll G1 2 --remove",
    "group leave G1 2 --date 2024-03-01 --reason moved_away",
    "group leader G1 6 --to 2024-05-01",
    "group leader G1 6 --remove",
    "group close G1 --date 2024-05-01",
    "match end 2 --date 2024-05-01 --reason no_contact",
    "match edit 2 --start 2024-03-02",
    "match remove 2",
    "volunteer leave 6 --date 2024-05-01",
    "volunteer role 6 leader --to 2024-05-01",
    "volunteer role 6 leader --remove",
    "volunteer edit 6 --joined 2023-01-02",
    "volunteer hours 6 --date 2024-03-01 --remove",
    "measure edit 2 --instrument tils --date 2024-03-01 --items 1,1,1",
    "measure remove 2 --instrument tils --date 2024-03-01",
    "goal mark 2 reached",
    "goal remove 2",
    "person leave 2",
    "person consent 2 health_data --withdrawn today",
    "person consent 2 research --withdrawn today",
    "person erase 2 --yes",
    "match propose --date 2024-10-08 --save",
    "stats year 2024",
    "year close 2024 --force",
    "person export 2",
]


@pytest.mark.parametrize("line", KEPT)
def test_what_is_there_is_corrected_ended_and_removed(town: Path, line: str) -> None:
    result = run(town, *line.split())
    assert result.exit_code == 0 or line.startswith(("event remove", "group move")), result.stderr
    assert "nothing is entered" not in result.stderr, result.stderr


def attended(town: Path, where: str) -> list[int]:
    """The numbers of those who were at these occasions."""
    sql = f"""SELECT number FROM attendance JOIN sessions ON sessions.id = session_id JOIN activities ON activities.id = activity_id
        JOIN people ON people.id = person_id WHERE {where} ORDER BY 1"""
    with closing(looked_into(town)) as connection:
        return [number for (number,) in connection.execute(sql)]


LEFT_OUT = "Number 2 was anonymised on 2024-10-08, and is left out."


def test_a_range_leaves_them_out_with_a_note(town: Path) -> None:
    shown = done(town, "event", "log", "Quiz", "--date", "2024-02-03", "--present", "1-4", "--volunteers", "5-6")
    assert shown.count(LEFT_OUT) == 1 and "Number 6 was anonymised" in shown
    assert attended(town, "title = 'Quiz'") == [1, 3, 4, 5]
    shown = done(town, "group", "enroll", "G1", "2-4", "--date", "2024-10-01", "--force")
    assert LEFT_OUT in shown and "2, " not in shown.split("enrolled from")[0].split(": ")[-1]
    assert run(town, "group", "enroll", "G1", "2-2").exit_code == 5


@pytest.mark.parametrize(
    ("line", "there"),
    [
        ("group open Ny --kind talk --start 2024-10-08 --weeks 1 --leader 1-4", [1, 3, 4]),
        ("event log Ny --date 2024-02-03 --organiser 1-4 --present 1", [1, 3, 4]),
        ("event plan Ny --date 2024-12-03 --organiser 1-4", [1, 3, 4]),
        ("event edit E1 --organiser 1-6", [1, 3, 4, 5, 6]),  # 6 organised it already
    ],
)
def test_a_range_of_leaders_leaves_them_out_with_a_note(town: Path, line: str, there: list[int]) -> None:
    assert done(town, *line.split()).count(LEFT_OUT) == 1
    sql = """SELECT number FROM leaders JOIN activities ON activities.id = activity_id JOIN people ON people.id = person_id
        WHERE title = ? ORDER BY 1"""
    with closing(looked_into(town)) as connection:
        title = "Spil" if "edit" in line else "Ny"
        assert [number for (number,) in connection.execute(sql, (title,))] == there


def test_everybody_but_some_leaves_them_out_with_a_note(town: Path) -> None:
    shown = done(town, "group", "meet", "G1", "--date", "2024-02-08", "--absent", "3")
    assert LEFT_OUT in shown and "Number 6 was anonymised" in shown
    assert attended(town, "date = '2024-02-08'") == [1, 5]


def test_an_event_like_another_leaves_out_its_organiser(town: Path) -> None:
    assert "Number 6 was anonymised" in done(town, "event", "log", "Spil", "--date", "2024-03-03", "--like", "E1", "--present", "1")


def test_a_range_keeps_those_who_are_recorded_already(town: Path) -> None:
    assert "left out" not in done(town, "event", "attend", "E1", "--present", "1-4")
    assert attended(town, "title = 'Spil'") == [1, 2, 3, 4]
    assert "left out" not in done(town, "group", "meet", "G1", "--date", "2024-02-01", "--present", "1-3")
    assert attended(town, "date = '2024-02-01'") == [1, 2, 3, 5, 6]


def test_undo_and_reading_back_go_on(town: Path) -> None:
    before = run(town, "stats", "year", "2024", "--format", "json").stdout
    done(town, "event", "attend", "E1", "--present", "1,3")
    done(town, "undo", "--yes")
    done(town, "export", "tables", town.parent / "tables")
    tables = sorted((town.parent / "tables").glob("*.csv"))
    assert "nothing was added" in done(town, "import", *tables)
    again = new_city(town.parent / "again.db")
    done(again, "import", *tables)
    assert attended(again, "title = 'Spil'") == [1, 2, 3]
    assert run(town, "stats", "year", "2024", "--format", "json").stdout == before


def test_a_range_over_an_erased_number_leaves_it_out_with_a_note(town: Path) -> None:
    done(town, "person", "erase", "3", "--yes")
    shown = done(town, "event", "log", "Quiz", "--date", "2024-02-03", "--present", "1-4")
    assert "Number 3 was erased on 2024-10-08, and is left out." in shown
    assert attended(town, "title = 'Quiz'") == [1, 4]
    for words in ("3", "1,3", "3-3"):
        result = run(town, "event", "log", "Quiz", "--date", "2024-02-04", "--present", words)
        assert (result.exit_code, result.stderr) == (4, "Error: present: number 3 was erased on 2024-10-08.\n")
    assert run(town, "event", "log", "Quiz", "--date", "2024-02-04", "--present", "1-9").exit_code == 4
    assert "Number 3 was erased" in done(town, "person", "anonymise", "1-4", "--yes")
    assert "Number 3 was erased" in done(town, "export", "form", "tils", "--person", "1-4", "--to", town.parent / "form.html")


def test_only_a_goal_of_somebody_anonymised_has_no_text(town: Path) -> None:
    done(town, "goal", "set", "1", "Ringe hjem")
    assert run(town, "goal", "edit", "1", "--text", "none").exit_code == 2
    table = town.parent / "goals.csv"
    table.write_text("person,date\n1,2024-03-01\n", encoding="utf-8")
    assert run(town, "import", table).exit_code == 2


def test_nobody_anonymised_is_proposed(town: Path) -> None:
    """A wait or an offer that ran goes on until it is ended."""
    done(town, "match", "wait", "1")
    done(town, "volunteer", "add", "Gry Kjær", "--role", "befriender", "--joined", "2023-01-01", "--intro-course", "2023-02-01")
    done(town, "match", "offer", "7")
    done(town, "person", "anonymise", "1,7", "--yes")
    proposed = json.loads(run(town, "match", "propose", "--format", "json").stdout)
    assert [(pair["person"], pair["volunteer"]) for pair in proposed["pairs"]] == [(3, 5)]
    assert not {1, 7} & {
        number for side in (*proposed["unmatched"], *proposed["unused"]) for number in side.values() if isinstance(number, int)
    }
