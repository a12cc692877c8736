"""`husrum today` about people: reminders, applications, papers, consents, sparring, reviews, and who slips away."""

from __future__ import annotations

import json
import shlex
from pathlib import Path
from typing import Any

import pytest
from running import new_city
from town import Town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(new_city(tmp_path / "town.db"))  # 8 October 2024


def items(town: Town, *kinds: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(town("today", "--format", "json").stdout)["items"]
    return [item for item in found if item["what"] in kinds]


def short(town: Town, *kinds: str) -> list[tuple[Any, ...]]:
    return [(item["what"], item["date"], item["person"] or item["ref"], item["command"]) for item in items(town, *kinds)]


def dealt_with(town: Town, *kinds: str) -> None:
    """The command that each item names is typed; then there are none of these left."""
    for item in items(town, *kinds):
        town.must(*shlex.split(item["command"])[1:])
    assert items(town, *kinds) == []


def test_a_reminder_from_its_day_on_without_its_note(town: Town) -> None:
    town.must("intake", "add", "Anna Holm", "--enquired", "2024-10-01", "--held", "2024-10-02")
    town.must("person", "remind", "1", "--on", "2024-10-09")
    assert short(town, "reminder") == []
    town.must("person", "remind", "1", "--on", "2024-10-08", "--note", "Secret")
    assert short(town, "reminder") == [("reminder", "2024-10-08", 1, "husrum person reminded 1")]
    assert "Secret" not in town.must("today") + town.must("today", "--format", "json")
    dealt_with(town, "reminder")


def test_applicants_wait_for_an_answer(town: Town) -> None:
    town.must("volunteer", "apply", "Karen Bang", "--date", "2024-10-01", "--for", "leader")
    expected = ("waits for an answer", "2024-10-01", 1, "husrum volunteer add --person 1 --role leader")
    assert short(town, "waits for an answer") == [expected]
    dealt_with(town, "waits for an answer")


def test_who_never_started_is_kept_no_longer_than_the_settings_say(town: Town) -> None:
    town.must("volunteer", "apply", "Karen Bang", "--date", "2023-10-07")
    assert short(town, "applicant kept too long") == []
    town.must("setting", "set", "retention_months", "12")
    expected = ("applicant kept too long", "2023-10-07", 1, "husrum person anonymise 1")
    assert short(town, "applicant kept too long", "waits for an answer") == [expected]
    assert [each["person"] for each in json.loads(town.must("retention", "--format", "json"))["people"]] == [1]
    town.must("person", "anonymise", "1", "--yes")
    assert short(town, "applicant kept too long", "waits for an answer") == []


@pytest.mark.parametrize(
    ("seen", "what"), [("2023-10-07", "paper is missing"), ("2023-12-07", "paper lapses"), ("2023-12-08", None), (None, "paper is missing")]
)
def test_papers_are_listed_sixty_days_ahead(town: Town, seen: str | None, what: str | None) -> None:
    town.must("setting", "set", "criminal_record_months", "12")
    town.must("volunteer", "add", "Karen Bang", "--role", "leader", "--joined", "2023-01-01", "--intro-course", "2023-02-01")
    if seen:
        town.must("volunteer", "attest", "1", "criminal_record", "--date", seen)
    assert [item["what"] for item in items(town, "paper is missing", "paper lapses")] == ([what] if what else [])
    dealt_with(town, "paper is missing", "paper lapses")


def test_the_intro_course_is_required_of_everybody_with_a_role(town: Town) -> None:
    town.must("volunteer", "add", "Karen Bang", "--role", "organiser", "--joined", "2023-01-01")
    town.must("volunteer", "add", "Lars Bak", "--role", "leader", "--joined", "2023-01-01", "--intro-course", "2023-02-01")
    town.must("volunteer", "add", "Mia Dal", "--role", "leader", "--joined", "2023-01-01")
    town.must("volunteer", "leave", "3", "--date", "2024-10-08")
    lacking = [each["volunteer"] for each in json.loads(town.must("volunteer", "list", "--lacks", "intro_course", "--format", "json"))]
    listed = [(item["person"], item["paper"], item["command"]) for item in items(town, "paper is missing")]
    assert lacking == [1] and listed == [(1, "intro_course", "husrum volunteer attest 1 intro_course")]
    assert json.loads(town.must("stats", "year", "2024", "--format", "json"))["figures"]["volunteers_without_intro"]["value"] == 1
    assert "introkursus mangler" in town.must("volunteer", "show", "1", "--language", "da")
    assert "intro course is missing" not in town.must("volunteer", "show", "2")
    town.must("event", "log", "Course", "--kind", "intro_course", "--date", "2024-10-01", "--present", "1")
    assert items(town, "paper is missing") == []


def test_papers_that_the_settings_do_not_require_are_not_listed(town: Town) -> None:
    town.must("volunteer", "add", "Karen Bang", "--role", "leader", "--joined", "2023-01-01", "--intro-course", "2023-02-01")
    assert items(town, "paper is missing", "paper lapses") == []
    town.must("setting", "set", "required_attests", "confidentiality")
    assert items(town, "paper is missing") == []
    town.must("setting", "set", "leader_attests", "confidentiality")
    assert [item["command"] for item in items(town, "paper is missing")] == ["husrum volunteer attest 1 confidentiality"]


def test_health_answers_need_a_consent(town: Town) -> None:
    town.must("intake", "add", "Anna Holm", "--enquired", "2024-10-01", "--held", "2024-10-02", "--diagnosis", "anxiety")
    town.must("intake", "add", "Bo Krog", "--enquired", "2024-10-01", "--held", "2024-10-02", "--diagnosis", "declined")
    assert [item["person"] for item in items(town, "health answers without consent")] == [1]
    dealt_with(town, "health answers without consent")


def test_network_groups_without_sparring(town: Town) -> None:
    town.must("group", "open", "Friday", "--kind", "network", "--start", "2024-08-09")
    assert short(town, "group without sparring") == [("group without sparring", "2024-08-09", "G1", "husrum group contact G1")]
    town.must("setting", "set", "sparring_days", "61")
    assert items(town, "group without sparring") == []
    town.must("setting", "set", "sparring_days", "60")
    dealt_with(town, "group without sparring")


def test_matches_are_talked_over_after_a_month(town: Town) -> None:
    town.young("Anna Holm")
    town.volunteer("Karen Bang")
    town.must("match", "start", "1", "2", "--date", "2024-09-08")
    assert short(town, "match to talk over") == [("match to talk over", "2024-10-08", 1, "husrum match contact 1")]
    dealt_with(town, "match to talk over")


def test_who_slips_away_each_in_one_list(town: Town) -> None:
    for number, name in enumerate(("Anna Holm", "Bo Krog", "Carla Dam", "Dorte Dal"), 1):
        town.must("intake", "add", name, "--enquired", "2024-01-02", "--held", f"2024-06-0{number}")
    town.must("event", "log", "Dinner", "--date", "2024-07-01", "--present", "1,2")
    town.must("event", "log", "Walk", "--date", "2024-08-01", "--present", "2")
    town.must("person", "leave", "4", "--date", "2024-09-01")
    kinds = ("came once", "interviewed and never came", "not seen for two months")
    assert [(item["what"], item["person"], item["date"]) for item in items(town, *kinds)] == [
        ("came once", 1, "2024-07-01"),
        ("interviewed and never came", 3, "2024-06-03"),
        ("not seen for two months", 2, "2024-08-01"),
    ]
    dealt_with(town, *kinds)


def test_a_wait_for_an_interview_longer_than_usual_is_named_apart(town: Town) -> None:
    for number, (enquired, held) in enumerate((("2024-01-01", "2024-01-11"), ("2024-02-01", "2024-02-21"), ("2023-01-01", "2023-09-01"))):
        town.must(
            "intake", "add", f"Held {'abc'[number]}", "--enquired", enquired, "--held", held
        )  # 10 and 20 days; the third is too long ago
    town.must("intake", "add", "Anna Holm", "--enquired", "2024-09-22")  # 16 days
    town.must("intake", "add", "Bo Krog", "--enquired", "2024-09-23")  # 15 days, the median
    kinds = ("waits longer than usual for an interview", "waits for an interview")
    assert [(item["what"], item["person"], item["days"]) for item in items(town, *kinds)] == [(kinds[0], 4, 16), (kinds[1], 5, 15)]
    assert [row["person"] for row in json.loads(town.must("person", "list", "--long-wait", "--format", "json"))] == [4]
    dealt_with(town, *kinds)


def test_three_absences_in_a_row_are_the_same_here_and_in_the_filter(town: Town) -> None:
    for name in ("Anna Holm", "Bo Krog", "Carla Dam"):
        town.must("intake", "add", name, "--enquired", "2024-01-02")
    town.must("group", "open", "Tuesday", "--kind", "talk", "--start", "2024-08-06", "--weeks", "6")
    town.must("group", "enroll", "G1", "1-3", "--date", "2024-08-06")
    # 1 came once; 2 was excused from one, and was absent from three; 3 came to the last.
    for day, present, excused in (("06", "1", "none"), ("13", "none", "none"), ("20", "none", "2"), ("27", "none", "1")):
        town.must("group", "meet", "G1", "--date", f"2024-08-{day}", "--present", present, "--excused", excused)
    town.must("group", "meet", "G1", "--date", "2024-09-03", "--present", "3")
    assert [(item["person"], item["date"]) for item in items(town, "has stopped coming")] == [(1, "2024-08-13"), (2, "2024-08-13")]
    assert [row["person"] for row in json.loads(town.must("person", "list", "--missed", "3", "--format", "json"))] == [1, 2]
    dealt_with(town, "has stopped coming")


def test_it_stays_one_screen(town: Town) -> None:
    town.must("setting", "set", "criminal_record_months", "12")
    for letter in "abcdefghi":
        town.must("intake", "add", f"Anna {letter}", "--enquired", "2024-01-02", "--held", "2024-06-01", "--diagnosis", "anxiety")
        town.must("intake", "add", f"Bo {letter}", "--enquired", "2024-09-02")
        town.must("volunteer", "add", f"Karen {letter}", "--role", "leader")
        town.must("volunteer", "apply", f"Lise {letter}")
    shown = town.must("today").splitlines()
    assert len(shown) <= 45
    assert "… and 6 more: husrum volunteer list --applied" in shown
