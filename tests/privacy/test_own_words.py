"""What an erased person said in words of their own goes with them: who sent them, and where they moved on to, unless others name it too."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from once import made_once
from running import ENCRYPTED, husrum, looked_into, new_city


def done(*words: object) -> str:
    """Return what the command writes on both channels; it must succeed."""
    result = husrum(*words, env={"HUSRUM_TODAY": "2024-10-08"})
    assert result.exit_code == 0, (words, result.stderr)
    return result.stdout + result.stderr


@pytest.fixture
@made_once
def town(tmp_path: Path) -> Path:
    """Per (1), Ida (2) and Åse (3), who were referred by an aunt, by a church that is a partner, and by a doctor. The year 2023 is closed."""
    city = new_city(tmp_path / "aarhus.db")
    done("partner", "add", "Sankt Markus", "--kind", "church", "--db", city)
    for name, who in (("Per Q", "min moster Gerda"), ("Ida Q", "Sankt Markus"), ("Åse Q", "lægen på torvet")):
        done("intake", "add", name, "--enquired", "2023-01-02", "--held", "2023-01-05", "--referred-by", who, "--db", city)
    done("person", "onward", "1", "--to", "Gerdas kor", "--date", "2023-05-05", "--db", city)
    done("person", "onward", "2", "--to", "Biblioteket", "--date", "2023-05-05", "--db", city)
    done("event", "log", "Spil", "--date", "2023-03-03", "--present", "2", "--venue", "Biblioteket", "--db", city)
    done("year", "close", "2023", "--force", "--db", city)
    done("intake", "add", "Bo Q", "--enquired", "2024-01-02", "--referred-by", "Lægen  på torvet", "--db", city)
    return city


def referred(city: Path) -> dict[str, int]:
    year = json.loads(done("stats", "year", "2023", "--format", "json", "--db", city))
    assert year["figures"]["intakes"]["value"] == 3
    return {text: number for text, number in year["distributions"]["referred_by"].items() if number}


def partners(city: Path) -> set[str]:
    with closing(looked_into(city)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM partners")}


def test_who_alone_named_a_referrer_takes_it_along(town: Path) -> None:
    shown = done("person", "erase", "1", "--yes", "--db", town)
    assert "2 partners" in shown and "closed years 2023" in shown
    assert referred(town) == {"Sankt Markus": 1, "lægen på torvet": 1, "[…]": 1}
    assert partners(town) == {"Sankt Markus", "lægen på torvet", "Biblioteket"}
    assert ENCRYPTED or b"Gerda" not in town.read_bytes()
    assert husrum("check", "--db", town, env={"HUSRUM_TODAY": "2024-10-08"}).exit_code == 0


def test_what_others_name_too_stays(town: Path) -> None:
    for number in (2, 3):
        assert "partners" not in done("person", "erase", str(number), "--yes", "--db", town).partition("Figures")[0]
    assert referred(town) == {"Sankt Markus": 1, "lægen på torvet": 1, "min moster Gerda": 1}
    assert {"Sankt Markus", "lægen på torvet", "Biblioteket"} <= partners(town)
    done("person", "erase", "4", "--yes", "--db", town)
    assert referred(town) == {"Sankt Markus": 1, "[…]": 1, "min moster Gerda": 1}
    assert "lægen på torvet" not in partners(town)


def test_a_referrer_that_was_renamed_since_goes_from_the_closed_year(town: Path) -> None:
    done("partner", "edit", "min moster Gerda", "--name", "Familien", "--db", town)
    done("person", "erase", "1", "--yes", "--db", town)
    assert ENCRYPTED or b"Gerda" not in town.read_bytes()
    assert "Familien" not in partners(town)
