"""The pages of a person and of a group: when somebody came, who led when, which themes are missing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from journal import City
from running import husrum, new_city


@pytest.fixture
def city(tmp_path: Path) -> City:
    city = City(new_city(tmp_path / "aarhus.db"), "2024-11-02")
    city.must(
        'intake add "Anna Holm" --enquired 2024-01-08 --held 2024-01-15',
        'volunteer add "Karen Dal" --joined 2024-01-01 --role leader',
        "group open Tirsdag --kind talk --start 2024-09-03 --weeks 3 --leader 2",
        "group enroll G1 1 --date 2024-09-03",
        "group meet G1 --date 2024-09-03 --present 1 --theme Mod",
        "group meet G1 --date 2024-09-10 --present none --excused 1",
        "event log Tur --date 2024-10-05 --until 2024-10-06 --present 1",
        "event log Gammelt --date 2023-10-05 --present 1",
    )
    return city


def page(city: City, line: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(city.must(f"{line} --format json"))
    return found


def test_how_often_somebody_came_since_a_day_and_when(city: City) -> None:
    shown = city.must("person show anna --since 2024-09-01")
    assert "Times since 2024-09-01  3" in shown
    strip = next(line for line in shown.splitlines() if line.startswith("By month"))
    assert strip.count("■") == 3 and "Sep" in strip and "Oct" in strip
    visits = page(city, "person show anna --since 1/9")["visits"]
    assert [(each["date"], each["activity"]) for each in visits] == [
        ("2024-09-03", "G1 Tirsdag"), ("2024-10-05", "E1 Tur"), ("2024-10-06", "E1 Tur"),
    ]  # fmt: skip
    assert len(page(city, "person show anna --since 2y")["visits"]) == 4
    assert page(city, "person show anna --since 2024-10-07")["visits"] == []
    assert "Times since 2024-10-07  0" in city.must("person show anna --since 2024-10-07")
    city.refused("person show anna --since soon", 2, "since")


def test_the_months_are_named(city: City) -> None:
    meetings, events = page(city, "person show anna")["months"]
    assert (meetings["2024-09"], meetings["came"], events["2024-10"], events["came"]) == (1, 1, 2, 2)
    assert len(meetings) == 14
    danish = husrum("--db", city.path, "person", "show", "anna", env={"HUSRUM_TODAY": city.today, "HUSRUM_LANGUAGE": "da"}).stdout
    assert "dec jan feb mar apr maj jun jul aug sep okt nov  I alt" in danish
    assert max(map(len, danish.splitlines())) <= 80


def test_a_group_shows_who_led_it_when_and_which_themes_are_missing(city: City) -> None:
    first = page(city, "group show G1")
    assert first["leading"] == [{"person": 2, "name": "Karen Dal", "from": "2024-09-03", "to": None}]
    assert first["without_theme"] == ["2024-09-10", "2024-09-17"]
    assert first["enrolled"][0]["came"] == "1/2"
    city.must("group leader G1 2 --to 2024-09-10", "group meet G1 --date 2024-09-17 --cancelled")
    shown = city.must("group show G1")
    assert "2 Karen Dal" in " ".join(shown.split()) and shown.count("2024-09-10") == 3
    assert page(city, "group show G1")["without_theme"] == ["2024-09-10"]


def lines(shown: str) -> list[str]:
    return [" ".join(line.split()) for line in shown.splitlines()]


def test_one_page_shows_who_what_is_next_and_what_is_missing(city: City) -> None:
    city.must(
        "person remind anna --on 2024-11-01 --note Secret",
        "person remind anna --on 2024-12-24",
        "group plan G1 --date 2024-11-05",
        "person edit anna --born 2008-01-01 --phone '20 12 34 56'",
        "intake edit anna --loneliness severe --note Confided",
        "goal set anna 'Call mum' --group G1 --date 2024-09-03",
        "goal set anna 'Take the bus' --date 2024-09-10",
        "goal mark anna reached --goal 1 --date 2024-09-10",
        "person consent anna research --given 2024-01-15",
        "match start anna 2 --date 2024-10-01 --force agreed",
        "match meet anna --date 2024-10-20 --hours 2",
        "match contact anna --date 2024-10-25 --note Private",
    )
    shown = city.must("person show anna")
    assert len(shown.splitlines()) <= 40 and max(map(len, shown.splitlines())) <= 80
    for line in (
        "1 Anna Holm 16 years, born 2008-01-01",
        "! under 18: stricter duty to notify the municipality",
        "Enquired on 2024-01-08, interview on 2024-01-15",
        "! 2024-11-01 reminder husrum person reminded 1",
        "! 2024-01-15 health answers without consent husrum person consent 1 health_data",
        "2024-11-05 G1 Tirsdag husrum group show G1",
        "G1 Tirsdag 1/2 Sep ■e",
        "Hjerteven 2 Karen Dal, since 2024-10-01; last met on 2024-10-20; last contact on 2024-10-25",
        "Goals 1 reached, 1 is open",
        "Consents research",
    ):
        assert line in lines(shown) or line in " ".join(lines(shown)), (line, shown)
    secret = ("Secret", "Confided", "Private", "mum", "bus", "Severe")
    assert not any(word in shown + city.must("person show anna --history") for word in secret)
    confided = city.must("person show anna --answers")
    assert all(word.casefold() in confided.casefold() for word in secret[1:])
    facts = page(city, "person show anna")
    assert facts["goals"] == {"open": 1, "reached": 1} and "intakes" not in facts
    assert page(city, "person show anna --answers")["goal_texts"][0]["text"] == "Call mum"


def test_colours_are_only_for_terminals_and_the_signs_say_the_same() -> None:
    import io
    from contextlib import redirect_stdout

    from husrum_cli.records.person_summary import NextStep, PersonSummary, SummarySection
    from husrum_cli.render.person_summary import print_summary
    from husrum_cli.render.terminal import Screen

    steps = (NextStep("2024-11-01", "reminder", "husrum person reminded 1", True),)
    person = PersonSummary("1 Anna", "16 years", "under 18", (), steps, ((), ()), (), (SummarySection("Missing", ("phone",), True),), "")
    drawn = {}
    for styled in (True, False):
        with redirect_stdout(io.StringIO()) as out:
            print_summary(Screen(80, True, styled), person)
        drawn[styled] = out.getvalue()
    assert "\x1b[1;35m!\x1b[0m\x1b[1m under 18\x1b[0m\n" in drawn[True] and "\x1b" not in drawn[False]
    plain = drawn[True]
    for code in ("\x1b[1;35m", "\x1b[1m", "\x1b[0m"):
        plain = plain.replace(code, "")
    assert plain == drawn[False] and drawn[False].count("! ") == 3


def test_a_volunteer_shows_papers_the_year_supervision_and_hours(city: City) -> None:
    city.must(
        "setting set criminal_record_months 12",
        "volunteer attest karen criminal_record --date 2024-01-05",
        "event log Supervision --kind supervision --date 2024-02-06 --volunteers 2",
        "event log Dinner --date 2024-03-06 --volunteers 2 --hours 3",
        "volunteer hours karen 2,5 --date 2024-03-07",
        "volunteer edit karen --note 'Plays chess'",
    )
    shown = city.must("volunteer show karen")
    for line in (
        "Roles group leader since 2024-01-01",
        "Papers criminal record 2024-01-05 (until 2025-01-05)",
        "This year 2 meetings of groups, 1 event, 1 meeting for volunteers, 5.5 hours",
        "led last on 2024-09-10, supervision last on 2024-02-06",
    ):
        assert line in " ".join(lines(shown)), shown
    assert "chess" not in shown and "chess" in city.must("volunteer show karen --answers")
    facts = page(city, "volunteer show karen")
    assert facts["this_year"] == {"meetings": 2, "events": 1, "own": 1, "pairs": 0, "hours": 5.5}
    assert facts["papers"] == [{"paper": "criminal_record", "seen": "2024-01-05", "lapses": "2025-01-05"}]
