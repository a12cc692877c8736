"""Papers that the settings ask for: who lacks one, or has one that lapsed, is not matched and leads no group, unless with --force."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from once import made_once
from running import husrum, new_city
from town import Town


@pytest.fixture
@made_once
def town(tmp_path: Path) -> Town:
    town = Town(new_city(tmp_path / "town.db"))
    town.young("Anna Holm")
    town.volunteer("Karen Bang")
    town.must("group", "open", "Tuesday", "--kind", "talk", "--start", "2024-11-05")
    return town


ASKS = pytest.mark.parametrize(
    ("words", "setting"),
    [(("match", "start", "1", "2"), "required_attests"), (("group", "leader", "G1", "2"), "leader_attests")],
    ids=["befriender", "leader"],
)


@ASKS
def test_what_the_settings_ask_for_is_asked_for(town: Town, words: tuple[str, ...], setting: str) -> None:
    town.must("setting", "set", setting, "criminal_record")
    refused = town(*words)
    assert refused.exit_code == 5 and "husrum volunteer attest 2 criminal_record" in refused.stderr
    town.must("setting", "set", "criminal_record_months", "12")
    town.must("volunteer", "attest", "2", "criminal_record", "--date", "2023-10-07")
    assert town(*words).exit_code == 5  # it lapsed yesterday
    town.must("volunteer", "attest", "2", "criminal_record", "--date", "2023-10-08")
    town.must(*words)


@ASKS
def test_each_setting_asks_for_its_own(town: Town, words: tuple[str, ...], setting: str) -> None:
    other = {"required_attests": "leader_attests", "leader_attests": "required_attests"}[setting]
    town.must("setting", "set", other, "criminal_record,confidentiality")
    town.must(*words)


@ASKS
def test_force_goes_on_with_a_reason_that_is_kept(town: Town, words: tuple[str, ...], setting: str, tmp_path: Path) -> None:
    town.must("setting", "set", setting, "confidentiality")
    town.must("volunteer", "edit", "2", "--note", "Plays chess")
    bare = town(*words, "--force")
    assert bare.exit_code == 2 and "--force" in bare.stderr
    said = town.must(*words, "--force", "Signs on Friday")
    assert "lacks" in said and "Signs" not in said
    town.must("export", "tables", tmp_path / "out")
    note = "Plays chess\n2024-10-08, without confidentiality: Signs on Friday"
    assert f'"{note}"' in (tmp_path / "out" / "volunteers.csv").read_text(encoding="utf-8")
    assert "Signs" not in town.must("log", "--format", "json")


@ASKS
def test_force_without_anything_missing_keeps_nothing(town: Town, words: tuple[str, ...], setting: str, tmp_path: Path) -> None:
    town.must(*words, "--force", "2024", *() if setting == "leader_attests" else ("--date", "2024-10-01"))
    town.must("export", "tables", tmp_path / "out")
    assert "without" not in (tmp_path / "out" / "volunteers.csv").read_text(encoding="utf-8")


def test_a_new_group_remarks_on_its_leaders(town: Town) -> None:
    town.must("setting", "set", "leader_attests", "confidentiality")
    said = town.must("group", "open", "Friday", "--kind", "talk", "--start", "2024-11-08", "--leader", "2")
    assert "Note: volunteer: 2 Karen Bang lacks: confidentiality." in said


def test_papers_are_missed_of_the_roles_they_are_asked_of(town: Town) -> None:
    town.must("volunteer", "add", "Lars Bak", "--role", "leader", "--intro-course", "2024-02-01")
    town.must("setting", "set", "leader_attests", "confidentiality")
    items = json.loads(town.must("today", "--format", "json"))["items"]
    assert [(item["person"], item["paper"]) for item in items if item["what"] == "paper is missing"] == [(3, "confidentiality")]
    assert "3 Lars: tavshedserklæring" in town.must("today", "--language", "da")
    assert "! –           tavshedserklæring mangler" in town.must("person", "show", "3", "--language", "da")


def test_a_lapsed_paper_is_lacking_in_a_proposal(town: Town) -> None:
    town.must("setting", "set", "required_attests", "confidentiality")
    town.must("setting", "set", "confidentiality_months", "24")
    town.must("volunteer", "attest", "2", "confidentiality", "--date", "2022-10-07")
    assert town.ruled_out() == {"confidentiality": 1}
    town.must("volunteer", "attest", "2", "confidentiality", "--date", "2022-10-08")
    assert town.pairs() == {1: 2}


def test_hours_by_year_and_what_comes_next(town: Town) -> None:
    town.must("group", "leader", "G1", "2")
    town.must("person", "remind", "2", "--on", "2024-12-01", "--note", "Secret")
    town.must("volunteer", "hours", "2", "2,5", "--date", "2024-03-05")
    town.must("volunteer", "hours", "2", "1", "--date", "2023-03-05")
    town.must("event", "log", "Dinner", "--date", "2024-04-01", "--volunteers", "2", "--hours", "3")
    town.must("match", "start", "1", "2", "--date", "2024-09-01")
    town.must("match", "meet", "1", "--date", "2024-09-10", "--hours", "1,5")
    page = json.loads(town.must("volunteer", "show", "2", "--format", "json"))
    assert page["hours"] == [{"year": 2024, "hours": 7}, {"year": 2023, "hours": 1}]
    assert (page["reminder"], page["next_meeting"]) == ("2024-12-01", "2024-11-05 G1 Tuesday")
    figures = json.loads(town.must("stats", "year", "2024", "--format", "json"))["figures"]
    assert figures["volunteer_hours"]["value"] == 7


def test_who_taught_an_intro_course_has_not_taken_it_in_any_figure(city: Path, tmp_path: Path) -> None:
    for name in ("Vera Vang", "Niels Ny"):
        assert husrum("volunteer", "add", name, "--role", "leader", "--joined", "2024-01-01", "--db", city).exit_code == 0
    course = ("event", "log", "Introkursus", "--kind", "intro_course", "--date", "2024-03-01", "--volunteers", "1", "--present", "2")
    assert husrum(*course, "--db", city).exit_code == 0
    nation = tmp_path / "denmark.db"
    assert husrum("merge", nation, city).exit_code == 0
    for path in (city, nation):
        shown = json.loads(husrum("stats", "explain", "2024", "volunteers_without_intro", "--format", "json", "--db", path).stdout)
        assert (shown["value"], [row["person"] for row in shown["rows"]]) == (1, [1])
    lacking = husrum("volunteer", "list", "--lacks", "intro_course", "--format", "json", "--db", city).stdout
    assert [row["volunteer"] for row in json.loads(lacking)] == [1]


def test_a_person_excused_from_the_intro_course_has_not_taken_it(town: Town, tmp_path: Path) -> None:
    for name in ("Bo Krog", "Eva Lind"):
        town.volunteer(name, intro=False)
    course = tmp_path / "events.csv"
    course.write_text("title,date,kind,present,excused\nIntro,2024-05-01,intro_course,3,4\n", encoding="utf-8")
    town.must("import", course)
    refused = town("match", "start", "1", "4")
    assert refused.exit_code == 5 and "4 Eva Lind has not taken the intro course" in refused.stderr
    town.must("match", "start", "1", "3")


def said_of(town: Town) -> tuple[list[str], list[int], int]:
    """Whose paper `today` says is missing or has lapsed, who is listed as lacking it, and whether a match with Karen is refused."""
    items = json.loads(town.must("today", "--format", "json"))["items"]
    today = [each["what"] for each in items if each["command"] == "husrum volunteer attest 2 criminal_record"]
    lacking = [each["volunteer"] for each in json.loads(town.must("volunteer", "list", "--lacks", "criminal_record", "--format", "json"))]
    refused = town("match", "start", "1", "2").exit_code
    if not refused:
        town.must("undo", "--yes")
    return today, lacking, refused


@pytest.mark.parametrize(
    ("days", "lacks"),
    [
        (["none"], False),
        (["none", "2022-01-01"], True),
        (["2022-01-01", "none"], True),
        (["none", "2022-01-01", "2024-01-01"], False),
        (["2023-10-08"], False),
        (["2023-10-07"], True),
    ],
)
def test_one_rule_says_everywhere_whether_a_paper_is_good(town: Town, days: list[str], lacks: bool) -> None:
    town.must("setting", "set", "required_attests", "criminal_record")
    town.must("setting", "set", "criminal_record_months", "12")
    for day in days:
        town.must("volunteer", "attest", "2", "criminal_record", "--date", day)
    today, lacking, refused = said_of(town)
    assert (lacking == [2], refused == 5, "paper is missing" in today) == (lacks, lacks, lacks), (today, lacking, refused)


def test_the_last_day_of_a_paper_is_the_same_at_the_end_of_a_month(town: Town) -> None:
    town.must("setting", "set", "required_attests", "criminal_record")
    town.must("setting", "set", "criminal_record_months", "1")
    town.must("volunteer", "attest", "2", "criminal_record", "--date", "2024-02-29")
    for day, good in (("2024-03-29", True), ("2024-03-30", False)):
        assert (town("match", "start", "1", "2", "--date", day).exit_code == 0) is good
        if good:
            town.must("undo", "--yes")
