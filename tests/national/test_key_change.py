"""The link key is changed, and tags of an older husrum are in a national file: who is linked, what is refused, and that decisions stay."""

from __future__ import annotations

import json
import shutil
from contextlib import closing
from pathlib import Path

import pytest
from nations import linked
from running import husrum, looked_into
from test_bad_input import refused
from unions import TODAY, dump, merged, new_key, run, small_city, states, value

from husrum_cli.domain.national import linking

ANNA = ("intake", "add", "Anna Holm", "--born", "2003-05-01", "--phone", "20304050")
BO = ("intake", "add", "Bo Dam", "--born", "2001-02-03", "--phone", "20304051")


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two cities that know the same two humans, one under another name; and what they handed over with the old key and with the new one."""
    place = tmp_path_factory.mktemp("country")
    for city, lines in (("Aarhus", (ANNA, BO)), ("Viborg", (ANNA, (*BO[:2], "Robert Dam", *BO[3:])))):
        small_city(place / f"{city}.db", city, lines)
    for key in ("old", "new"):
        new_key(place / key)
        for city in ("Aarhus", "Viborg"):
            run("export", "handover", place / f"{city}-{key}.db", "--unencrypted", "--key", place / key, "--db", place / f"{city}.db")
    run("merge", place / "denmark.db", place / "Aarhus-old.db", place / "Viborg-old.db")
    run("link", "same", "Aarhus:2", "Viborg:2", "--db", place / "denmark.db")
    return place


@pytest.fixture
def place(once: Path, tmp_path: Path) -> Path:
    """A folder of one's own with these files."""
    return Path(shutil.copytree(once, tmp_path / "country"))


BOTH = {frozenset({"Aarhus:1", "Viborg:1"}), frozenset({"Aarhus:2", "Viborg:2"})}


def test_all_cities_hand_over_with_a_new_key_and_decisions_stay(place: Path) -> None:
    assert linked(place / "denmark.db") == BOTH
    lines = merged(place / "denmark.db", place / "Aarhus-new.db", place / "Viborg-new.db")
    assert [state for _file, _branch, state in states(lines)] == ["unchanged", "unchanged"], "nothing but the tags is new"
    assert linked(place / "denmark.db") == BOTH
    run("merge", place / "again.db", place / "Aarhus-new.db", place / "Viborg-new.db")
    for table in ("link_tags", "link_keys"):
        assert [row for row in dump(place / "denmark.db") if row[0] == table] == [
            row for row in dump(place / "again.db") if row[0] == table
        ]
    assert value(place / "denmark.db", "SELECT count(*) FROM link_decisions") == 1
    assert value(place / "denmark.db", "SELECT count(DISTINCT fingerprint) FROM link_keys") == 1


def test_cities_that_wrote_since_change_the_key_too(place: Path) -> None:
    run("--db", place / "Aarhus.db", "event", "log", "Skak", "--date", "2024-03-01", "--present", "1")
    run("export", "handover", place / "later.db", "--unencrypted", "--key", place / "new", "--db", place / "Aarhus.db")
    lines = merged(place / "denmark.db", place / "Viborg-new.db", place / "later.db")
    assert [state for _file, _branch, state in states(lines)] == ["unchanged", "replaced"]
    assert linked(place / "denmark.db") == BOTH


def test_one_city_with_a_new_key_is_refused_and_the_old_ones_change_nothing(place: Path) -> None:
    run("merge", place / "denmark.db", place / "denmark.db")  # nothing to undo any more
    before = dump(place / "denmark.db")
    run("--db", place / "Aarhus.db", "event", "log", "Skak", "--date", "2024-03-01", "--present", "1")
    run("export", "handover", place / "later.db", "--unencrypted", "--key", place / "new", "--db", place / "Aarhus.db")
    result = husrum("merge", place / "denmark.db", place / "later.db", env=TODAY)
    assert result.exit_code == 5 and "link keys differ" in result.stderr
    assert dump(place / "denmark.db") == before
    run("merge", place / "denmark.db", place / "Aarhus-new.db")  # the same rows, and the old tags agree with Viborg's
    assert dump(place / "denmark.db") == before


def test_the_city_that_has_not_handed_over_with_the_new_key_is_named(place: Path) -> None:
    small_city(place / "Horsens.db", "Horsens", (ANNA,))
    run("export", "handover", place / "Horsens-new.db", "--unencrypted", "--key", place / "new", "--db", place / "Horsens.db")
    result = husrum("merge", place / "denmark.db", place / "Aarhus-new.db", place / "Horsens-new.db", env=TODAY)
    assert result.exit_code == 5 and "Viborg has " in result.stderr and "Horsens has " in result.stderr and "Aarhus" not in result.stderr


def test_a_city_s_own_file_with_another_key_is_refused_with_what_to_do(place: Path) -> None:
    before = dump(place / "denmark.db")
    result = husrum("merge", place / "denmark.db", place / "Aarhus.db", place / "Viborg.db", "--key", place / "new", env=TODAY)
    assert result.exit_code == 5 and "hand over with it: husrum export handover FILE --key KEY" in result.stderr
    assert dump(place / "denmark.db") == before


def test_an_older_handover_does_not_bring_its_key_back(place: Path) -> None:
    run("merge", place / "denmark.db", place / "Aarhus-new.db", place / "Viborg-new.db")
    after = dump(place / "denmark.db")
    run("merge", place / "denmark.db", place / "Aarhus-old.db")
    assert dump(place / "denmark.db") == after


def as_an_older_husrum_made_it(path: Path) -> None:
    """Tags of the first rules: stored with the fingerprint alone, and of other values."""
    with closing(looked_into(path)) as file, file:
        file.execute("UPDATE link_keys SET fingerprint = substr(fingerprint, 1, 19)")
        file.execute("DELETE FROM link_tags WHERE kind <> 'name_birth'")
        file.execute("UPDATE link_tags SET tag = substr('0000' || tag, 1, 32)")


def test_tags_of_an_older_husrum_link_among_themselves_until_all_hand_over_again(place: Path) -> None:
    as_an_older_husrum_made_it(place / "denmark.db")
    run("merge", place / "denmark.db", place / "denmark.db")
    assert linked(place / "denmark.db") == BOTH
    output = run("merge", place / "denmark.db", place / "Aarhus-old.db").stderr
    assert "Viborg are an older husrum's" in output
    assert linked(place / "denmark.db") == {frozenset({"Aarhus:2", "Viborg:2"})}, "what was decided"
    assert "older husrum's" not in run("merge", place / "denmark.db", place / "Viborg-old.db").stderr
    assert linked(place / "denmark.db") == BOTH


def test_an_interrupted_rotation_says_which_cities_differ(place: Path) -> None:
    small_city(place / "Horsens.db", "Horsens", (ANNA,))
    run("merge", place / "denmark.db", place / "Horsens.db", "--key", place / "old")
    result = husrum("merge", place / "denmark.db", place / "Aarhus-new.db", place / "Viborg-new.db", "--format", "json", env=TODAY)
    assert result.exit_code == 0 and len(json.loads(result.stdout)["branches"]) == 3, "their rows are the same, so the common key stays"
    assert linked(place / "denmark.db") == {frozenset({"Aarhus:1", "Viborg:1", "Horsens:1"}), frozenset({"Aarhus:2", "Viborg:2"})}


def test_a_demonstration_s_key_makes_fast_tags_and_is_for_nobody_else(place: Path) -> None:
    linking.new_link_key(place / "demo", demo=True)
    assert linking.is_demo(linking.read_link_key(place / "demo")) and not linking.is_demo(linking.read_link_key(place / "new"))
    refused(place / "Aarhus.db", ("link", "use-key", str(place / "demo")), 5, "demonstration", "link new-key")
