"""`stats explain` in words: no code, no year where another period is meant, and rows for every figure that is computed of others."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from once import once
from running import husrum

from husrum_cli.domain.figures import explain
from husrum_cli.domain.figures.registry import ALL, definition_of
from husrum_cli.domain.figures.share_registry import DISTRIBUTIONS, INTAKE_DISTRIBUTIONS, OTHER_DISTRIBUTIONS
from husrum_cli.i18n import choose_language
from husrum_cli.input.periods import read_period
from husrum_cli.vocabulary.file_codes import stored_codes

DANISH = {"HUSRUM_LANGUAGE": "da"}
SPREADS = tuple(each.key for each in (*DISTRIBUTIONS, *INTAKE_DISTRIBUTIONS, *OTHER_DISTRIBUTIONS))
# Words that no Danish text contains.
CODES = {code for _vocabulary, code in stored_codes() if "_" in code} | {
    "intake",
    "not_recorded",
    "under_16",
    "over_30",
    "friend",
    "municipal",
}


# The year is counted once for all of its explanations, which list the rows of each figure anew.
_COUNTED_ONCE = once(explain.figures_of_period)


@pytest.fixture(autouse=True)
def counted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count a period of the same file once."""
    monkeypatch.setattr(explain, "figures_of_period", _COUNTED_ONCE)


@pytest.mark.parametrize("key", [*(each.key for each in ALL if not each.key.startswith("diagnosis_")), *SPREADS])
def test_no_code_is_shown_to_a_dane(aarhus_once: Path, key: str) -> None:
    shown = husrum("stats", "explain", "2024", key, "--db", aarhus_once, env=DANISH).stdout
    assert shown and not CODES & set(re.findall(r"[a-z0-9_]+", shown))


def test_an_interview_among_the_visits_is_called_one(aarhus_once: Path) -> None:
    typed = ("stats", "explain", "2024", "visits_intake", "--db", aarhus_once)
    assert re.search(r"  forsamtale$", husrum(*typed, env=DANISH).stdout, re.MULTILINE)
    assert {row["what"] for row in json.loads(husrum(*typed, "--format", "json").stdout)["rows"]} == {"intake"}


@pytest.mark.parametrize("language", ["da", "en"])
def test_a_definition_is_of_the_period_that_is_asked_for(aarhus_once: Path, language: str) -> None:
    of_years = re.compile(r"\byear\b|\bårets?\b|december", re.IGNORECASE)
    choose_language(language)
    try:
        for figure in ALL:
            year, period = (definition_of(figure, read_period(text)) for text in ("2024", "2024-H1"))
            assert not of_years.search(period) and (year != period) == bool(of_years.search(year)), period
    finally:
        choose_language("en")
    shown = husrum("stats", "explain", "2024-H1", "volunteer_age_min", "--db", aarhus_once, env={"HUSRUM_LANGUAGE": language}).stdout
    assert ("periodens sidste dag" in shown) == (language == "da") and ("the period's last day" in shown) == (language == "en")


def test_a_table_of_a_period_says_so(aarhus_once: Path) -> None:
    shown = husrum("stats", "period", "2024-H1", "--db", aarhus_once, env=DANISH).stdout
    assert "periodens deltagere" in shown and "årets" not in shown


def test_what_a_visit_cost_is_made_of_grants_and_visits(city: Path) -> None:
    assert husrum("grant", "add", "Fonden", "--per-year", "36600", "--from", "2024-01-01", "--db", city).exit_code == 0
    assert husrum("event", "log", "Bowling", "--date", "2024-03-01", "--unnamed", "10", "--db", city).exit_code == 0
    for closed in (False, True):
        if closed:
            assert husrum("year", "close", "2024", "--force", "--db", city).exit_code == 0
        shown = json.loads(husrum("stats", "explain", "2024", "cost_per_visit_dkk", "--format", "json", "--db", city).stdout)
        assert shown["value"] == 3660
        assert [(row["what"], row["amount"]) for row in shown["rows"]] == [("Fonden", 36600), ("Visits in all", 10)]


def test_a_befriender_with_a_match_since_an_unknown_day_has_no_first_day(city: Path, tmp_path: Path) -> None:
    for kind, rows in (
        ("intakes", "ref,name,enquired\n1,Anna Holm,2023-01-02\n2,Bo Krog,2023-01-02\n"),
        ("volunteers", "ref,name,role\n3,Karen Bang,befriender\n"),
        ("matches", "person,volunteer,date,ended\n1,3,2024-03-01,\n2,3,,2024-05-01\n"),
    ):
        (tmp_path / f"{kind}.csv").write_text(rows, encoding="utf-8")
    assert husrum("import", *tmp_path.glob("*.csv"), "--db", city).exit_code == 0
    (row,) = json.loads(husrum("stats", "explain", "2024", "befrienders", "--format", "json", "--db", city).stdout)["rows"]
    assert (row["person"], row["date"]) == (3, "")


def test_a_text_is_spelled_as_most_rows_spell_it_in_whatever_column(city: Path) -> None:
    for number, (verb, option, text) in enumerate(
        [
            *[("intake", "--municipality", "ikast")] * 2,
            ("intake", "--municipality", "Ikast"),
            *[("volunteer", "--recruited-through", "Ikast")] * 2,
        ]
    ):
        more = ("--enquired", "2024-01-02", "--held", "2024-01-03") if verb == "intake" else ("--role", "leader", "--joined", "2024-01-02")
        assert husrum(verb, "add", f"Person {'ABCDE'[number]}", *more, option, text, "--db", city).exit_code == 0
    output = json.loads(husrum("stats", "year", "2024", "--format", "json", "--db", city).stdout)
    assert output["distributions"]["municipality_at_intake"]["Ikast"] == 3
