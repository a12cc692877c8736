"""Published figures: `--publish`, through the command line."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from countries import YEAR, City, Country, city_file, national_file, random_country
from running import FIXTURES, husrum, looked_into

from husrum_cli.domain.figures.details import GrantUse, PeriodDetails
from husrum_cli.domain.figures.published_details import published_details

PROTECTED = {
    *(
        "peer_supporters",
        "moved_on",
        "young_people_once",
        "interviewed_never_came",
        "volunteers_without_intro",
        "goals_set",
        "goals_reached",
    ),
    *("measured_pairs_tils", "measured_pairs_who5", "match_wait_median", "match_length_median"),
    *("visits_per_person_median", "interview_wait_median"),
    *("event_participants_median", "talk_group_participants_mean", "talk_group_leaders_mean"),
}
# Distributions of other things than people; and of volunteers, whose roles are figures of their own.
NOT_OF_PEOPLE = {"programme", "activity", "partner_kind", "role"}
HIDDEN = {"value": None, "below": 5}


def year(path: Path, *more: object) -> dict[str, Any]:
    """`stats year` of a file."""
    result = husrum("stats", "year", YEAR, "--format", "json", "--db", path, *more)
    assert result.exit_code == 0, result.stderr
    figures: dict[str, Any] = json.loads(result.stdout)
    return figures


def numbers(of: Any) -> list[Any]:
    """Every number of people in a published share or distribution."""
    return [
        number for name, number in of.items() if name not in ("value", "source", "base", "approximate", "by_branch", "left_out", "withheld")
    ]


def test_counted_and_reported_figures_stay_exact(aarhus_once: Path) -> None:
    exact, shown = year(aarhus_once), year(aarhus_once, "--publish")
    for key, figure in exact["figures"].items():
        if "answered" not in figure and key not in PROTECTED:
            assert shown["figures"][key] == {name: value for name, value in figure.items() if name != "note"}
    assert shown["published"] == {"threshold": 5} and "published" not in exact


def test_protected_numbers_are_hidden_or_multiples_of_five(aarhus_once: Path) -> None:
    exact, shown = year(aarhus_once), year(aarhus_once, "--publish")
    assert shown["figures"]["peer_supporters"] == {**HIDDEN, "source": "counted", "approximate": True}
    assert shown["figures"]["moved_on"]["value"] == 15 and exact["figures"]["moved_on"]["value"] == 16
    output = [number for figure in shown["figures"].values() if "answered" in figure for number in numbers(figure)]
    output += [number for key, spread in shown["distributions"].items() if key not in NOT_OF_PEOPLE for number in numbers(spread)]
    assert all(number in (HIDDEN, {"value": None, "withheld": True}) or number % 5 == 0 for number in output)
    # At the interview, where nobody is in two tables, each number is the nearest multiple, and nobody is nobody.
    for key in ("referral_at_intake", "diagnosis_at_intake", "gender_at_intake"):
        for code, number in exact["distributions"][key].items():
            nearest = HIDDEN if 0 < number < 5 else (number + 2) // 5 * 5
            assert shown["distributions"][key][code] == nearest, (key, code)


def test_roles_of_volunteers_are_exact_but_that_of_peers(aarhus_once: Path) -> None:
    exact, shown = (year(aarhus_once, *more)["distributions"]["role"] for more in ((), ("--publish",)))
    assert 0 < exact["peer"] < 5 and shown == {**exact, "peer": HIDDEN}


def test_percentages_are_exact_and_counts_are_rounded(aarhus_once: Path) -> None:
    shown = year(aarhus_once, "--publish")["figures"]
    share = shown["referral_municipal_at_intake"]
    assert (share["count"], share["answered"], share["base"], share["value"]) == (30, 75, 78, 0.4)
    withheld = {"value": None, "withheld": True}
    assert shown["diagnosis_ocd"] == {**shown["diagnosis_ocd"], **withheld, "count": withheld, "answered": withheld}
    table = husrum("stats", "year", YEAR, "--publish", "--db", aarhus_once).stdout
    assert "ca. 30 of 75 (40 %)" in table and "<5" in table and "rounded to the nearest 5" in table
    danish = husrum("--language", "da", "stats", "year", YEAR, "--publish", "--db", aarhus_once).stdout
    assert "ca. 30 af 75 (40 %)" in danish and "afrundet til nærmeste 5" in danish
    text = husrum("export", "year", YEAR, "--publish", "--to", "-", "--format", "md", "--db", aarhus_once).stdout
    assert "| How many, ca. | Answers given, ca. | Share |" in text and "| 30 | 75 | 40 % |" in text, text
    rows = husrum("stats", "year", YEAR, "--publish", "--format", "csv", "--db", aarhus_once).stdout
    assert re.search(r"^peer_supporters,Peer supporters,,<5,counted", rows, re.MULTILINE)


def test_no_percentage_where_few_answered(tmp_path: Path) -> None:
    people: tuple[dict[str, tuple[str, ...]], ...] = tuple({"loneliness": ("severe" if number < 9 else "mild",)} for number in range(17))
    share = year(city_file(City("Viborg", people), tmp_path / "viborg.db"), "--publish")["figures"]["loneliness_severe_at_intake"]
    withheld = {"value": None, "withheld": True}
    assert share == {**share, "value": None, "withheld": True, "count": withheld, "answered": withheld, "base": 17}
    people += ({"loneliness": ("mild",)},) * 3
    share = year(city_file(City("Viborg", people), tmp_path / "viborg.db"), "--publish")["figures"]["loneliness_severe_at_intake"]
    assert (share["count"], share["answered"], share["value"]) == (10, 20, 0.45)


def share_of(path: Path, severe: int, mild: int) -> dict[str, Any]:
    """The published share of those interviewed who are severely lonely."""
    people = ({"loneliness": ("severe",)},) * severe + ({"loneliness": ("mild",)},) * mild
    share: dict[str, Any] = year(city_file(City("Viborg", people), path), "--publish")["figures"]["loneliness_severe_at_intake"]
    return share


@pytest.mark.parametrize(
    ("severe", "mild", "percent"),
    [(23, 38, 38), (15, 25, 38), (5, 15, 25), (4, 36, None), (35, 2, None), (39, 1, None), (40, 0, None), (8, 11, None), (13, 187, 7)],
)
def test_a_percentage_is_the_exact_one_or_none(severe: int, mild: int, percent: int | None, tmp_path: Path) -> None:
    share = share_of(tmp_path / "viborg.db", severe, mild)
    if percent is None:
        # Not 35 of 35 if it is 35 of 37: neither is shown.
        assert share["value"] is None and share["withheld"] is True
        assert share["count"] == share["answered"] == {"value": None, "withheld": True}
    else:
        nearest = {"count": (severe + 2) // 5 * 5, "answered": (severe + mild + 2) // 5 * 5}
        assert share == {**share, "value": percent / 100, "approximate": True, **nearest} and "withheld" not in share


@pytest.mark.parametrize(
    "answers",
    [
        # Both are at the upper end of what is shown alike, or at the lower: the total reveals that.
        {"f": 4, "m": 17},
        {"f": 1, "m": 18, "x": 18},
    ],
)
def test_a_breakdown_that_would_reveal_a_small_number_is_withheld(answers: dict[str, int], tmp_path: Path) -> None:
    path = city_file(
        City("Viborg", tuple({"gender": (code,)} for code, number in answers.items() for _ in range(number))), tmp_path / "viborg.db"
    )
    withheld = {"value": None, "withheld": True}
    assert all(number == withheld for number in year(path, "--publish")["distributions"]["gender_at_intake"].values())
    assert "withheld" in husrum("stats", "year", YEAR, "--publish", "--db", path).stdout


@pytest.mark.parametrize(
    ("severe", "mild", "declined", "reveals"),
    [
        (10, 9, 4, True),  # no percentage: at most 19 answered, so of 23 exactly 4 of the fewer than 5 declined
        (10, 9, 3, False),
        (10, 10, 1, True),  # a percentage: at least 20 of 21 answered
        (3, 17, 3, False),  # no percentage, since fewer than 5 are severely lonely
    ],
)
def test_whether_there_is_a_percentage_reveals_nothing_small(severe: int, mild: int, declined: int, reveals: bool, tmp_path: Path) -> None:
    answers = {"severe": severe, "mild": mild, "declined": declined}
    people = tuple({"loneliness": (code,)} for code, number in answers.items() for _ in range(number))
    shown = year(city_file(City("Viborg", people), tmp_path / "viborg.db"), "--publish")
    share, spread = shown["figures"]["loneliness_severe_at_intake"], shown["distributions"]["loneliness_at_intake"]
    assert (share["value"] is None) is (severe + mild < 20 or severe < 5)
    expected = {"value": None, "withheld": True} if reveals else HIDDEN
    assert share["declined"] == spread["declined"] == expected


def test_the_printed_shares_of_aarhus_come_out_as_printed(aarhus_once: Path) -> None:
    printed = json.loads((FIXTURES / "aarhus-2024.json").read_text(encoding="utf-8"))["shares_percent"]
    shown = year(aarhus_once, "--publish")["figures"]
    assert {key: shown[key]["value"] for key in printed} == {key: percent / 100 for key, percent in printed.items()}


def test_what_few_wrote_freely_is_not_repeated(tmp_path: Path) -> None:
    path = city_file(
        City("Viborg", tuple({"municipality": (name,)} for name in ("Viborg",) * 22 + ("Skive",) * 3 + ("Samsø",))), tmp_path / "v.db"
    )
    shown = year(path, "--publish")["distributions"]["municipality_at_intake"]
    assert (
        shown["Viborg"] == 20
        and shown["others"] == {"value": None, "below": 5}
        and "Skive" not in shown
        and "Samsø" not in json.dumps(shown)
    )


@pytest.mark.parametrize("seeds", [(4, 24), pytest.param(range(30), marks=pytest.mark.full)])
def test_a_city_sees_the_same_from_its_own_file_and_from_the_national_one(seeds: Iterable[int], tmp_path: Path) -> None:
    for seed in seeds:
        country = random_country(seed)
        country = replace(country, cities=country.cities[:3])  # what a city sees takes as long for each of seven
        nation = national_file(country, tmp_path / "nation.db")
        together = year(nation, "--publish")
        for city in country.cities:
            own = year(city_file(city, tmp_path / "city.db"), "--publish")
            assert year(nation, "--publish", "--branch", city.name) == own
            if len(country.cities) > 1:
                for key, figure in together["figures"].items():
                    by_branch = figure["by_branch"][city.name]
                    mine = own["figures"][key]
                    expected = mine if "answered" in mine else mine["value"] if "below" not in mine and "withheld" not in mine else mine
                    shown = by_branch if not isinstance(expected, dict) or "answered" in expected else {**expected, **by_branch}
                    assert shown == expected, key


def test_merged_files_are_published_like_the_cities_they_are_made_of(tmp_path: Path) -> None:
    country = random_country(24)
    country = replace(country, cities=country.cities[:3])
    files = [city_file(city, tmp_path / f"{city.name}.db") for city in country.cities]
    merged = husrum("merge", tmp_path / "merged.db", *files)
    assert merged.exit_code == 0, merged.stderr
    for city, file in zip(country.cities, files, strict=True):
        alone, within = year(file, "--publish"), year(tmp_path / "merged.db", "--publish", "--branch", city.name)
        # A programme is named by its city alone.
        assert alone["distributions"].pop("programme") is not None and not within["distributions"].pop("programme")
        assert within == alone
    # The file that the audit looks at is the file that a merge makes, but for what it has no link key for.
    by_hand, really = (
        year(path, "--publish") for path in (national_file(Country(country.cities), tmp_path / "nation.db"), tmp_path / "merged.db")
    )
    for figures in (by_hand, really):
        for figure in figures["figures"].values():
            figure.pop("unlinked", None)
    assert really["figures"] == by_hand["figures"]
    assert {**really["distributions"], "programme": {}} == {**by_hand["distributions"], "programme": {}}


def test_sum_and_overlap_of_protected_figures_are_not_shown(tmp_path: Path) -> None:
    city = City("Aarhus", ({},) * 9, moved_on=6)
    nation = national_file(Country((city, City("Viborg", ({},) * 9, moved_on=7)), shared=3), tmp_path / "nation.db")
    assert year(nation)["figures"]["moved_on"]["overlap"] == 3
    shown = year(nation, "--publish")["figures"]
    withheld = {"value": None, "withheld": True}
    moved_on = {"value": 10, "source": "counted", "sum_of_branches": withheld, "overlap": withheld, "by_branch": {"Aarhus": 5, "Viborg": 5}}
    assert shown["moved_on"] == {**moved_on, "approximate": True}
    # If somebody is linked, the nation's number of people would reveal the overlap by subtraction.
    hidden = {"sum_of_branches": 20, "overlap": HIDDEN, "by_branch": {"Aarhus": 9, "Viborg": 9}}
    assert shown["young_people"] == {"value": 15, "source": "counted", **hidden, "approximate": True}


def test_the_source_of_a_reported_number_is_not_shown(tmp_path: Path) -> None:
    path = city_file(City("Viborg", ({},) * 9), tmp_path / "viborg.db")
    entered = husrum("figure", "set", YEAR, "facebook_followers", 660, "--source", "Told by Anna", "--branch", "Viborg", "--db", path)
    assert entered.exit_code == 0
    for format in ("json", "csv", "table"):
        shown = husrum("stats", "year", YEAR, "--publish", "--format", format, "--db", path).stdout
        assert "660" in shown and "Anna" not in shown
    trend = husrum("stats", "trend", "--publish", "--format", "json", "--db", path).stdout
    assert "660" in trend and "Anna" not in trend


def test_the_threshold_is_a_setting_of_the_file(tmp_path: Path) -> None:
    path = city_file(City("Viborg", tuple({"gender": ("f" if number < 12 else "m",)} for number in range(50))), tmp_path / "viborg.db")
    with looked_into(path) as file:
        file.execute("INSERT INTO settings VALUES ('publish_threshold', '10')")
    shown = year(path, "--publish")
    assert shown["published"] == {"threshold": 10}
    assert shown["distributions"]["gender_at_intake"] == {"f": 10, "m": 40, "x": 0, "declined": 0, "not_asked": 0, "not_recorded": 0}


def test_rows_are_never_published(aarhus_once: Path) -> None:
    refused = husrum("stats", "explain", YEAR, "visits", "--publish", "--db", aarhus_once)
    assert refused.exit_code == 2 and refused.stdout == "" and "never for outsiders" in refused.stderr


@pytest.mark.parametrize("shown", ["year", "trend"])
def test_publishing_an_empty_file(shown: str, city: Path) -> None:
    for format in ("table", "json", "csv"):
        assert husrum("stats", shown, "--publish", "--format", format, "--db", city).exit_code == 0


def test_percentages_in_columns_are_marked_too(tmp_path: Path) -> None:
    city = City("Aarhus", tuple({"gender": ("f",), "loneliness": ("severe" if number < 20 else "mild",)} for number in range(40)))
    nation = national_file(Country((city, City("Viborg", city.interviewed))), tmp_path / "nation.db")
    shown = husrum("stats", "year", YEAR, "--publish", "--db", nation).stdout
    assert "ca. 20/40 50 %" in shown and "ca. 40 of 80 (50 %)" in shown
    assert "20/40 50 %" not in husrum("stats", "trend", "--publish", "--db", nation).stdout


def test_a_closed_year_is_published_as_it_was_closed(tmp_path: Path) -> None:
    path = city_file(City("Viborg", tuple({"gender": ("f" if number % 3 else "m",)} for number in range(60))), tmp_path / "viborg.db")
    before = year(path, "--publish")
    assert husrum("year", "close", YEAR, "--force", "--db", path).exit_code == 0
    with looked_into(path) as file:
        file.execute("DELETE FROM answers")
    assert year(path)["distributions"]["gender_at_intake"]["f"] == 40 and "distributions_now" in year(path)
    after = year(path, "--publish")
    assert after.pop("closed") and after.pop("closed_at") and not before.pop("closed")
    # What it would be now is not shown next to it: the difference would be a small number.
    assert after == before
    trend = json.loads(husrum("stats", "trend", "--publish", "--format", "json", "--db", path).stdout)
    assert trend["years"][str(YEAR)] == before["figures"]


def test_publishing_a_year_that_is_not_closed_says_so(tmp_path: Path) -> None:
    path = city_file(City("Viborg", ({},) * 9), tmp_path / "viborg.db")
    assert f"husrum year close {YEAR}" in husrum("stats", "year", YEAR, "--publish", "--db", path).stderr
    assert not husrum("stats", "year", YEAR, "--db", path).stderr
    assert husrum("year", "close", YEAR, "--force", "--db", path).exit_code == 0
    assert not husrum("stats", "year", YEAR, "--publish", "--db", path).stderr


@pytest.mark.parametrize(
    ("people", "offers", "shown"),
    [
        (4, (4, 1), {"value": None, "withheld": True}),  # 4 or 5, and `<5` would reveal which
        (3, (2, 2), HIDDEN),
        (8, (7, 4), 10),
    ],
)
def test_the_offers_of_a_grant_do_not_reveal_its_young_people(people: int, offers: tuple[int, int], shown: Any) -> None:
    grant = GrantUse(
        "Viborg",
        "Fonden",
        None,
        1000,
        (("talk_group", 9, offers[0]), ("social_event", 9, offers[1])),
        18,
        people,
        0,
        1.0,
        2.0,
        {"Skive": 1},
        1000,
    )
    (published,) = published_details(PeriodDetails({}, (grant,)), 5, True).grants
    assert published.young_people == shown and published.municipalities == {}
    assert published.cost_per_young_person == (100 if shown == 10 else None)


@pytest.mark.parametrize("year", [True, False])
def test_the_young_people_of_a_grant_for_one_offer_are_those_of_the_offer(year: bool) -> None:
    for offer, shown in (("social_event", 57), ("intake", 55 if year else {"value": None, "withheld": True})):
        grant = GrantUse("Viborg", "Fonden", None, 1000, ((offer, 90, 57),), 90, 57, 0, 1.0, 2.0, {}, 1000)
        (published,) = published_details(PeriodDetails({}, (grant,)), 5, year).grants
        assert published.young_people == shown


def test_how_many_of_a_grant_were_interviewed_is_not_shown() -> None:
    """It is nearly the number of interviews; how many came to an offer is an exact figure of the year."""
    offers = (("intake", 0, 9), ("talk_group", 9, 7))
    grant = GrantUse("Viborg", "Fonden", None, 1000, offers, 9, 12, 0, 1.0, 2.0, {}, 1000)
    (published,) = published_details(PeriodDetails({}, (grant,)), 5, True).grants
    assert published.offers == (("intake", 0, None), ("talk_group", 9, 7))


def test_a_period_that_is_no_year_shows_exact_figures_alone(tmp_path: Path) -> None:
    path = city_file(
        City("Viborg", tuple({"gender": ("f",), "loneliness": ("severe",)} for _each in range(30)), moved_on=7), tmp_path / "viborg.db"
    )
    asked = ("stats", "period", f"{YEAR}-H1", "--publish", "--format", "json", "--db", path)
    figures = json.loads(husrum(*asked).stdout)["figures"]
    withheld = {"value": None, "withheld": True, "source": "counted"}
    assert all(figures[key] == withheld for key in ("loneliness_severe", "loneliness_severe_at_intake", "moved_on", "young_people_once"))
    assert figures["young_people"]["value"] == 30


def test_spellings_of_a_municipality_are_one_in_danish_order(tmp_path: Path) -> None:
    names = ("Århus", "Aarhus", "aarhus", "Aarhus", " AARHUS", "Ølstykke", "Ærø", "Viborg")
    path = city_file(City("Viborg", tuple({"municipality": (name,)} for name in names)), tmp_path / "viborg.db")
    shown = year(path)["distributions"]["municipality"]
    assert [(name, number) for name, number in shown.items() if number] == [("Viborg", 1), ("Ærø", 1), ("Ølstykke", 1), ("Aarhus", 5)]


def test_spellings_of_a_way_of_recruiting_are_one(tmp_path: Path) -> None:
    path = tmp_path / "viborg.db"
    assert husrum("init", path, "--city", "Viborg").exit_code == 0
    for name, words in (("Eva", "opslag i brugsen"), ("Bo", "Opslag i Brugsen"), ("Ida", "Opslag  i Brugsen")):
        told = ("--joined", "2024-02-01", "--role", "leader", "--recruited-through", words)
        assert husrum("volunteer", "add", name, *told, "--db", path).exit_code == 0
    assert {code: number for code, number in year(path)["distributions"]["recruited_through"].items() if number} == {"Opslag i Brugsen": 3}


def test_spellings_of_a_programme_are_one(tmp_path: Path) -> None:
    path = tmp_path / "viborg.db"
    held = "intake add Anna --held 2024-01-02; event log Spil --date 2024-02-01 --programme Sommer --present anna --unnamed 2"
    held += "; event log Mad --date 2024-02-02 --programme sommer --present anna; event log Tur --date 2024-02-03 --programme Sommer --unnamed 4"
    for line in ("init --city Viborg", *held.split("; ")):
        words = shlex.split(line)
        done = husrum(*words[:1], path, *words[1:]) if words[0] == "init" else husrum(*words, "--db", path)
        assert done.exit_code == 0, done.stderr
    assert year(path)["distributions"]["programme"] == {"Sommer": {"occasions": 3, "visits": 8, "young_people": 1}}
    rows = json.loads(husrum("stats", "explain", "2024", "programme", "--format", "json", "--db", path).stdout)["rows"]
    assert [row["what"].split(":")[0] for row in rows] == ["Sommer"] * 3


def test_a_closed_city_is_published_the_same_in_the_national_file(tmp_path: Path) -> None:
    paths = []
    for name in ("Aarhus", "Viborg"):
        people = tuple({"loneliness": ("severe" if number < 27 else "mild",)} for number in range(60))
        paths.append(city_file(City(name, people, moved_on=7), tmp_path / f"{name}.db"))
    assert husrum("year", "close", YEAR, "--force", "--db", paths[0]).exit_code == 0
    published = year(paths[0], "--publish")["figures"]
    with looked_into(paths[0]) as file:  # corrected after it was published
        file.execute("UPDATE answers SET answer = 'mild' WHERE intake_id <= 3")
        file.execute("DELETE FROM onward WHERE id <= 3")
    merged = husrum("merge", tmp_path / "nation.db", *paths)
    assert merged.exit_code == 0, merged.stderr
    nation = year(tmp_path / "nation.db", "--publish")["figures"]
    share = nation["loneliness_severe_at_intake"]["by_branch"]["Aarhus"]
    assert share["value"] == published["loneliness_severe_at_intake"]["value"] == 0.45
    assert nation["moved_on"]["by_branch"]["Aarhus"] == published["moved_on"]["value"] == 5
