"""`check` of a national file knows who was removed in a city since it was merged, and how the nation gets to know of it."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from running import husrum, new_city
from unions import new_key

TODAY = {"HUSRUM_TODAY": "2024-10-08"}


def done(*words: object) -> str:
    """Return the output of a command that must succeed."""
    result = husrum(*words, env=TODAY)
    assert result.exit_code == 0, (words, result.stderr)
    return result.stdout + result.stderr


def problems(path: Path) -> list[dict[str, str]]:
    """The problems that `check` shows, which fails if there is one."""
    result = husrum("check", "--format", "json", "--db", path, env=TODAY)
    found: list[dict[str, str]] = json.loads(result.stdout)
    assert result.exit_code == (5 if found else 0)
    return found


@pytest.fixture
def aarhus(tmp_path: Path) -> Path:
    """A city's file with Anna (1) and Bo (2), in a folder whose name must be quoted in a command."""
    (tmp_path / "our files").mkdir()
    path = new_city(tmp_path / "our files" / "aarhus.db")
    for name in ("Anna Ek", "Bo Krogh"):
        done("intake", "add", name, "--born", "2000-01-01", "--enquired", "2024-09-02", "--db", path)
    return path


def hand_over(city: Path, handover: Path) -> None:
    """Export the city for the nation."""
    done("export", "handover", handover, "--unencrypted", "--db", city)


def test_people_anonymised_in_a_merged_city_are_as_everybody_else(aarhus: Path) -> None:
    nation, handover = aarhus.with_name("land.db"), aarhus.with_name("handover.db")
    done("merge", nation, aarhus)
    done("person", "anonymise", "1", "--yes", "--db", aarhus)
    assert problems(nation) == []
    done("merge", nation, aarhus)
    hand_over(aarhus, handover)
    assert problems(nation) == problems(handover) == []
    assert problems(aarhus) == []


@pytest.mark.parametrize("handed_over", [False, True])
def test_a_person_erased_in_a_city_is_here_until_the_city_is_merged_again(aarhus: Path, handed_over: bool) -> None:
    nation, handover = aarhus.with_name("land.db"), aarhus.with_name("handover.db")
    hand_over(aarhus, handover)
    done("merge", nation, handover if handed_over else aarhus)
    done("person", "erase", "2", "--yes", "--db", aarhus)
    for path in (nation, handover):
        [problem] = problems(path)
        assert problem["severity"] == "contradiction" and problem["who"] == "2"
        assert problem["what"] == "Was erased on 2024-10-08 in the city's own file, which has not been merged since."
        command = shlex.split(problem["command"])
        assert command == ["husrum", "merge", str(path), str(aarhus)]
        done(*command[1:])
        assert problems(path) == []


def test_somebody_in_one_of_several_cities_is_named_with_the_city(aarhus: Path) -> None:
    nation, horsens = aarhus.with_name("land.db"), new_city(aarhus.with_name("horsens.db"), "Horsens")
    for name in ("Carl Dam", "Dan Dahl"):
        done("intake", "add", name, "--enquired", "2024-09-02", "--db", horsens)
    done("merge", nation, aarhus, horsens)
    done("person", "erase", "2", "--yes", "--db", horsens)
    assert [(each["who"], shlex.split(each["command"])[-1]) for each in problems(nation)] == [("Horsens:2", str(horsens))]


def test_a_person_anonymised_since_a_merge_can_be_linked_until_the_next(aarhus: Path) -> None:
    nation, key = aarhus.with_name("land.db"), new_key(aarhus.with_name("key"))
    done("merge", nation, aarhus, "--key", key)
    done("person", "anonymise", "1", "--yes", "--db", aarhus)
    [problem] = problems(nation)
    assert problem["what"] == "Was anonymised on 2024-10-08 in the city's own file, which has not been merged since."
    command = shlex.split(problem["command"])
    assert command == ["husrum", "merge", str(nation), str(aarhus), "--key", "FILE"]
    done(*command[1:-1], key)
    assert problems(nation) == []


def test_the_file_to_merge_is_left_open_where_several_or_none_may_be_it(aarhus: Path) -> None:
    nation = aarhus.with_name("land.db")
    done("merge", nation, aarhus)
    done("person", "erase", "2", "--yes", "--db", aarhus)
    removed = aarhus.with_name("aarhus.db.removed")
    for ending in ("", ".removed"):
        aarhus.with_name(f"copy.db{ending}").write_bytes(aarhus.with_name(f"aarhus.db{ending}").read_bytes())
    assert shlex.split(problems(nation)[0]["command"]) == ["husrum", "merge", str(nation), "FILE"]
    for path in (removed, aarhus, aarhus.with_name("copy.db")):
        path.unlink()
    assert shlex.split(problems(nation)[0]["command"]) == ["husrum", "merge", str(nation), "FILE"]
