"""A city's link tags are slow to make, so its own file keeps them: only of the people they still belong to, and only what is new is made."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest
from running import husrum, looked_into

from husrum_cli.domain.national import linking

ANNA, BO = ("Anna Holm", "2001-05-06", "20112233"), ("Bo Krogh", "1999-02-02", "20445566")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The facts of every tag that is made."""
    facts: list[bytes] = []
    make = linking.tag

    def counted(keyed: bytes, key: bytes) -> str:
        facts.append(keyed)
        return make(keyed, key)

    monkeypatch.setattr(linking, "tag", counted)
    return facts


@pytest.fixture
def town(city: Path, tmp_path: Path) -> Path:
    """Anna (1) and Bo (2), and a link key."""
    linking.new_link_key(tmp_path / "land.key")
    for name, born, phone in (ANNA, BO):
        assert husrum("intake", "add", name, "--born", born, "--phone", phone, "--enquired", "2024-03-01", "--db", city).exit_code == 0
    return city


def handed_over(town: Path, key: str = "land.key") -> set[tuple[int, str, str]]:
    """The tags of a handover: (person, kind, tag)."""
    folder = town.parent
    words = ("export", "handover", folder / "handover.db", "--unencrypted", "--overwrite", "--key", folder / key, "--db", town)
    result = husrum(*words)
    assert result.exit_code == 0, result.stderr
    with closing(looked_into(folder / "handover.db")) as file:
        return set(file.execute("SELECT number, kind, tag FROM link_tags JOIN people ON people.id = person_id"))


def kept(town: Path) -> set[tuple[int, str, str]]:
    """The tags that the city's own file keeps."""
    with closing(looked_into(town)) as file:
        return set(file.execute("SELECT number, kind, tag FROM made_tags JOIN people ON people.id = person_id"))


def test_a_second_handover_makes_no_tag_again(town: Path, made: list[bytes]) -> None:
    first = handed_over(town)
    assert len(made) == len(first) == 6 and kept(town) == first
    made.clear()
    assert handed_over(town) == first and not made
    # It does not change the city's data: nothing to undo, and nothing newer for the nation.
    assert "export handover" not in husrum("log", "--db", town).stdout
    assert husrum("check", "--db", town).exit_code == 0


def test_people_who_are_new_or_changed_get_new_tags(town: Path, made: list[bytes]) -> None:
    before = handed_over(town)
    made.clear()
    assert husrum("person", "edit", "1", "--phone", "20998877", "--db", town).exit_code == 0
    after = handed_over(town)
    assert {(number, kind) for number, kind, _tag in after - before} == {(1, "phone_birth")} and len(made) == 1
    assert kept(town) == after


def test_another_key_makes_other_tags(town: Path, made: list[bytes]) -> None:
    first = handed_over(town)
    linking.new_link_key(town.parent / "new.key")
    made.clear()
    second = handed_over(town, "new.key")
    assert len(made) == 6 and not first & second and kept(town) == second


@pytest.mark.parametrize("command", ["anonymise", "erase"])
def test_of_somebody_who_is_gone_nothing_is_kept(town: Path, command: str) -> None:
    handed_over(town)
    tags = [tag for number, _kind, tag in kept(town) if number == 1]
    assert husrum("person", command, "1", "--yes", "--db", town).exit_code == 0
    assert {number for number, _kind, _tag in kept(town)} == {2}
    if "HUSRUM_TESTS" not in os.environ:
        assert not [tag for tag in tags if tag.encode() in town.read_bytes()]


def test_a_person_who_does_not_want_to_be_linked_has_no_stored_tag(town: Path) -> None:
    handed_over(town)
    assert (
        husrum("person", "consent", "1", "national_linking", "--given", "2024-03-01", "--withdrawn", "2024-04-01", "--db", town).exit_code
        == 0
    )
    assert {number for number, _kind, _tag in handed_over(town)} == {2}
    assert husrum("person", "edit", "2", "--phone", "20998877", "--db", town).exit_code == 0
    handed_over(town)
    assert {number for number, _kind, _tag in kept(town)} == {2}


def test_a_consent_given_again_lets_somebody_be_linked_again(town: Path) -> None:
    consent = ("person", "consent", "1", "national_linking", "--db", town)
    assert husrum(*consent, "--given", "2024-03-01", "--withdrawn", "2024-04-01").exit_code == 0
    assert {number for number, _kind, _tag in handed_over(town)} == {2}
    assert husrum(*consent, "--given", "2024-05-01").exit_code == 0
    assert {number for number, _kind, _tag in handed_over(town)} == {1, 2}


def test_a_file_that_can_not_be_written_is_handed_over_too(town: Path) -> None:
    with closing(looked_into(town)) as lock:
        lock.execute("BEGIN IMMEDIATE")
        lock.rollback()
    first = handed_over(town)
    town.chmod(0o400)
    try:
        assert husrum("person", "list", "--db", town).exit_code == 0
        assert handed_over(town) == first
    finally:
        town.chmod(0o600)
