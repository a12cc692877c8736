"""How a volunteer says, in words of their own, that they were recruited goes when they are anonymised, as their other free texts do. Numbers stay."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from once import made_once
from running import ENCRYPTED, husrum, looked_into, new_city

MARK = "[…]"


def done(*words: object) -> str:
    """Return what the command writes on both channels; it must succeed."""
    result = husrum(*words, env={"HUSRUM_TODAY": "2024-10-08"})
    assert result.exit_code == 0, (words, result.stderr)
    return result.stdout + result.stderr


@pytest.fixture
@made_once
def town(tmp_path: Path) -> Path:
    """Five volunteers, each with a way to HUSRUM, and an applicant. The year 2023 is closed."""
    city = new_city(tmp_path / "aarhus.db")
    done("partner", "add", "Studenterhuset", "--db", city)
    for name, called, through in (
        ("Vibeke Lund", "Zorro", "Zorros mor"),
        ("Bo Krogh", "Bobs", "Zorro"),
        ("Ida Falk", "Isse", "en nabo på Ny Munkegade"),
        ("Per Vang", "Pelle", "Studenterhuset"),
        ("Åse Bang", "Asta", "friend"),
    ):
        words = ("--called", called, "--role", "leader", "--joined", "2023-01-01", "--recruited-through", through)
        done("volunteer", "add", name, *words, "--db", city)
    words = ("--called", "Gris", "--date", "2024-02-02", "--recruited-through", "Gris' fætter", "--note", "ung", "--for", "peer")
    done("volunteer", "apply", "Hans Grøn", *words, "--db", city)
    done("year", "close", "2023", "--force", "--db", city)
    return city


def ways(city: Path, *words: object) -> dict[str, int]:
    result = husrum("stats", "year", *words, "--format", "json", "--db", city, env={"HUSRUM_TODAY": "2024-10-08"})
    year: dict[str, Any] = json.loads(result.stdout)
    return {text: number for text, number in year["distributions"]["recruited_through"].items() if number}


def said(city: Path) -> dict[int, str | None]:
    """Everybody's words, now."""
    sql = "SELECT person_id, recruited_through FROM volunteers UNION ALL SELECT person_id, recruited_through FROM volunteer_applications"
    with closing(looked_into(city)) as connection:
        return dict(connection.execute(sql).fetchall())


def test_the_words_go_and_the_others_that_may_mean_them_are_listed(town: Path) -> None:
    published = ways(town, "2023", "--publish"), ways(town, "2024", "--publish")
    shown = done("person", "anonymise", "1", "--yes", "--db", town)
    assert "Notes and wishes that go: 1 volunteer." in shown
    assert "look at them and decide: volunteers of person 2; closed years 2023." in shown
    assert said(town) | {1: None} == {**said(town), 1: None} and said(town)[1] == MARK and said(town)[2] == "Zorro"
    for year in ("2023", "2024"):
        assert ways(town, year) == {MARK: 1, "Zorro": 1, "en nabo på Ny Munkegade": 1, "Studenterhuset": 1, "friend": 1}
    assert (ways(town, "2023", "--publish"), ways(town, "2024", "--publish")) == published
    assert ENCRYPTED or b"Zorros" not in town.read_bytes()
    assert "Zorros" not in done("stats", "explain", "2023", "recruited_through", "--db", town)
    assert husrum("check", "--db", town, env={"HUSRUM_TODAY": "2024-10-08"}).exit_code == 0


def test_words_without_a_name_go_too(town: Path) -> None:
    done("person", "anonymise", "3", "--yes", "--db", town)
    assert said(town)[3] == MARK and ways(town, "2023")[MARK] == 1
    assert ENCRYPTED or b"Munkegade" not in town.read_bytes()


def test_the_called_name_alone_goes(town: Path) -> None:
    done("volunteer", "edit", "1", "--recruited-through", "Zorro", "--db", town)  # the same words as Bo's
    done("person", "anonymise", "1", "--yes", "--db", town)
    assert said(town)[1] == MARK and said(town)[2] == "Zorro"


@pytest.mark.parametrize("number", [4, 5])
def test_a_partner_and_a_code_stay(town: Path, number: int) -> None:
    before = said(town)
    assert "volunteers" not in done("person", "anonymise", number, "--yes", "--db", town)
    assert said(town) == before


def test_what_somebody_else_said_too_stays(town: Path) -> None:
    done("volunteer", "edit", "2", "--recruited-through", "en nabo på  ny munkegade", "--db", town)
    done("person", "anonymise", "3", "--yes", "--db", town)
    assert said(town)[3] == "en nabo på Ny Munkegade"


def test_an_application_loses_them_too(town: Path) -> None:
    shown = done("person", "anonymise", "6", "--yes", "--db", town)
    assert said(town)[6] == MARK and "2 applications to volunteer" in shown and "decide" not in shown, shown
    assert ENCRYPTED or "fætter".encode() not in town.read_bytes()


def test_an_older_copy_loses_them_when_it_is_restored(town: Path) -> None:
    done("backup", town.parent / "copy.db", "--db", town)
    done("person", "anonymise", "1", "--yes", "--db", town)
    done("restore", town.parent / "copy.db", "--yes", "--db", town)
    assert said(town)[1] == MARK
    assert ENCRYPTED or b"Zorros" not in town.read_bytes()


def test_erasing_lists_the_words_of_others_alone(town: Path) -> None:
    shown = done("person", "erase", "6", "--yes", "--db", town)
    assert "decide" not in shown, shown
