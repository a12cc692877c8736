"""Times of day in a list of events with a column of dates: they are no dates, and no year is asked for."""

from __future__ import annotations

from pathlib import Path

import pytest
from imports import TODAY, imported, stored

ENV = {**TODAY, "HUSRUM_TODAY": "2026-12-15"}
DANISH = {**ENV, "HUSRUM_LANGUAGE": "da"}
EVENTS = "SELECT title, min(date), count(*), max(unnamed) FROM activities a JOIN sessions s ON activity_id = a.id GROUP BY title ORDER BY 2"
TWO = [("Søndagsmiddag", "2026-10-11", 1, 14), ("Brætspil", "2026-10-13", 1, 8)]


def listed(ends: tuple[str, str], heading: str = "Slut", dates: tuple[str, str] = ("11-10-2026", "13-10-2026")) -> Path:
    path = Path("Arrangementer.csv")
    rows = [
        f"{day};{title};{end};{came}" for day, title, end, came in zip(dates, ("Søndagsmiddag", "Brætspil"), ends, (14, 8), strict=True)
    ]
    path.write_text("\n".join([f"Dato;Titel;{heading};Antal deltagere", *rows]) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("heading", ["Slut", "Start", "Kl.", "Tid"])
@pytest.mark.parametrize("ends", [("20.10", "17.00"), ("20:10", "20.10"), ("kl. 17-19", "16.30"), ("17.00-20.10", ""), ("21.12", "17.09")])
def test_times_beside_a_date_are_left_out_and_told(city: Path, heading: str, ends: tuple[str, str]) -> None:
    done = imported(city, listed(ends, heading), env=ENV)
    assert f"Arrangementer: the column “{heading}” holds times of day, and was left out." in " ".join(done.stderr.split())
    assert stored(city, EVENTS) == TWO


def test_a_column_of_times_for_the_start_and_one_for_the_end(city: Path) -> None:
    path = Path("Arrangementer.csv")
    path.write_text("Start;Dato;Slut;Titel;Antal deltagere\n17.00;11-10-2026;20.10;Søndagsmiddag;14\n14.00;13-10-2026;17.30;Brætspil;8\n")
    done = imported(city, path, env=DANISH)
    text = " ".join(done.stderr.split())
    assert "kolonnen “Start” indeholder klokkeslæt og er udeladt" in text and "kolonnen “Slut” indeholder klokkeslæt" in text
    assert stored(city, EVENTS) == TWO


def test_what_may_be_days_without_a_year_is_asked_by_the_heading(city: Path) -> None:
    file = listed(("20.10", "17.10"))
    text = " ".join(imported(city, file, expect=2, env=DANISH).stderr.split())
    assert "“Slut”: det kan være klokkeslæt eller dage uden årstal; slut: dage, ignorer: udelad kolonnen" in text
    assert "--year" not in text
    mapping = Path("Arrangementer.mapping.csv")
    asked = mapping.read_text(encoding="utf-8-sig")
    assert asked.splitlines()[1:] == ["heading,Arrangementer,,Slut,"]
    mapping.write_text(asked.replace("Slut,", "Slut,ignorer"), encoding="utf-8")
    imported(city, file, "--mapping", str(mapping), env=DANISH)
    assert stored(city, EVENTS) == TWO


def test_the_mapping_says_that_they_are_days(city: Path) -> None:
    Path("m.csv").write_text("what,sheet,column,found,means\nheading,Arrangementer,,Slut,til\nyear,,,,2026\n", encoding="utf-8")
    imported(city, listed(("12.10", "13.10")), "--mapping", "m.csv", env=DANISH)
    assert [days for _title, _first, days, _unnamed in stored(city, EVENTS)] == [2, 1]


def test_ends_over_new_year_may_be_days(city: Path) -> None:
    done = imported(city, listed(("02.01", "20.12"), dates=("30-12-2025", "18-12-2025")), expect=2, env=ENV)
    assert "may be times of day, or days without a year" in " ".join(done.stderr.split())


def test_days_with_their_month_only_are_asked_for_their_year_as_before(city: Path) -> None:
    done = imported(city, listed(("12/10", "13/10")), expect=2, env=ENV)
    assert "--year" in done.stderr


def test_the_only_column_of_dates_is_never_one_of_times(city: Path) -> None:
    path = Path("Arrangementer.csv")
    path.write_text("Dato;Titel;Antal deltagere\n11.10;Søndagsmiddag;14\n13.10;Brætspil;8\n", encoding="utf-8")
    imported(city, path, "--year", "2026", env=ENV)
    assert stored(city, EVENTS) == TWO


def test_a_list_whose_dates_have_no_year_is_asked_for_it(city: Path) -> None:
    done = imported(city, listed(("20.10", "17.10"), dates=("11.10", "13.10")), expect=2, env=ENV)
    assert "--year" in done.stderr
