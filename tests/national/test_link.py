"""`husrum link list`, `same` and `different`: what the national secretary sees and decides."""

from __future__ import annotations

import json
import re
from contextlib import closing
from pathlib import Path

import make_docs
import pytest
from nations import Someone, linked, national_file, uid
from running import CHECKOUT, husrum, looked_into
from test_bad_input import refused

from husrum_cli.domain.national.link_decisions import MOST_SUGGESTED, STRENGTH
from husrum_cli.domain.national.linking import MOST_ALIKE
from husrum_cli.vocabulary import LINK_TAG

PEOPLE: list[Someone] = [
    ("Aarhus", 17, "Anna Holm", "2003-05-01", "20304050", None),
    ("Aarhus", 18, "Bo Krog", "2001-02-03", None, "bo@example.dk"),
    ("Aarhus", 19, "Carla Dam", None, "11223344", None),
    ("Aarhus", 20, "Dorte Lund", "1999-09-09", None, None),
    ("Horsens", 5, "anna holm", "2003-05-01", None, None),  # links by itself
    ("Horsens", 6, "Bo Bruun Krogh", "2001-02-03", None, "BO@example.dk"),  # similar name, and e-mail
    ("Horsens", 7, "Carla Dam", None, "11223344", None),  # no full birth date: no tag
    ("Viborg", 1, "Anna Maria Holm", "2003-05-01", "+45 20 30 40 50", None),  # similar name, and Aarhus' phone
    ("Viborg", 2, "Dorthe Lund", "1999-09-09", None, None),  # similar name
    ("Viborg", 3, "Dorte Lund", "1999-09-09", None, None),  # withdrew consent
]


@pytest.fixture
def denmark(tmp_path: Path) -> Path:
    """A national file of three cities. The links are what a decision made of them."""
    path = national_file(tmp_path / "denmark.db", PEOPLE, consent_withdrawn={("Viborg", 3)})
    link(path, "different", "Aarhus:20", "Horsens:7")
    return path


def link(path: Path, *words: object) -> str:
    """Run the command, which must succeed, and return its output."""
    done = husrum("--db", path, "link", *words)
    assert done.exit_code == 0, done.stderr
    return done.stderr


def pairs(path: Path) -> list[tuple[str, str, tuple[str, ...]]]:
    listed = json.loads(husrum("--db", path, "link", "list", "--format", "json").stdout)
    return [(each["reference"], each["other_reference"], tuple(each["tags"])) for each in listed]


def test_likely_pairs_the_strongest_first(denmark: Path) -> None:
    assert linked(denmark) == {frozenset({"Aarhus:17", "Horsens:5"})}
    assert pairs(denmark) == [
        ("Aarhus:17", "Viborg:1", ("similar_name_birth", "phone_birth")),
        ("Aarhus:18", "Horsens:6", ("similar_name_birth", "email_birth")),
        ("Aarhus:20", "Viborg:2", ("similar_name_birth",)),
        ("Horsens:5", "Viborg:1", ("similar_name_birth",)),
    ]


def test_who_is_linked_and_why(denmark: Path) -> None:
    link(denmark, "same", "Aarhus:18", "Horsens:6")
    link(denmark, "same", "Viborg:1", "Aarhus:17")
    listed = json.loads(husrum("--db", denmark, "link", "list", "--linked", "--format", "json").stdout)
    assert [(each["reference"], each["other_reference"], each["decision"], each["tags"]) for each in listed] == [
        ("Aarhus:17", "Horsens:5", None, ["name_birth", "similar_name_birth"]),
        ("Aarhus:17", "Viborg:1", "same", ["similar_name_birth", "phone_birth"]),
        ("Aarhus:18", "Horsens:6", "same", ["similar_name_birth", "email_birth"]),
    ]
    assert "3 pairs are linked." in link(denmark, "list", "--linked")
    link(denmark, "different", "Aarhus:17", "Horsens:5")
    listed = json.loads(husrum("--db", denmark, "link", "list", "--linked", "--format", "json").stdout)
    assert [(each["reference"], each["other_reference"]) for each in listed] == [("Aarhus:17", "Viborg:1"), ("Aarhus:18", "Horsens:6")]
    refused(denmark, ("link", "list", "--linked", "--decided"), 2, "either --decided or --linked")


def test_nobody_is_linked(tmp_path: Path) -> None:
    path = national_file(tmp_path / "denmark.db", PEOPLE[:2])
    assert husrum("--db", path, "link", "list", "--linked").stderr == "Nobody is linked.\n"


@pytest.mark.parametrize("contradiction", ["gender", "phone and e-mail", "1 January"])
def test_same_name_and_date_with_a_contradiction_only_suggests(tmp_path: Path, contradiction: str) -> None:
    born = "2003-01-01" if contradiction == "1 January" else "2003-05-01"
    contacts = [("20304050", "a@b.dk"), ("20304051", "c@d.dk")] if contradiction == "phone and e-mail" else [(None, None)] * 2
    pair: list[Someone] = [(city, 1, "Anna Holm", born, *contact) for city, contact in zip(("Aarhus", "Viborg"), contacts, strict=True)]
    path = national_file(tmp_path / "denmark.db", [*pair, ("Horsens", 1, "Bo Dam", "1999-02-02", None, None)])
    with closing(looked_into(path)) as file, file:
        if contradiction == "gender":
            file.execute("INSERT INTO volunteers (person_id, gender) SELECT id, iif(uid = ?, 'f', 'm') FROM people", (uid("Aarhus", 1),))
    link(path, "different", "Aarhus:1", "Horsens:1")  # links again
    assert linked(path) == set()
    assert [pair[:2] for pair in pairs(path)] == [("Aarhus:1", "Viborg:1")]
    link(path, "same", "Aarhus:1", "Viborg:1")
    assert linked(path) == {frozenset({"Aarhus:1", "Viborg:1"})}, "a decision goes before what contradicts"


@pytest.mark.parametrize("contacts", [[("20304050", None), ("20304051", "c@d.dk")], [("20304050", "a@b.dk"), ("20304051", "a@b.dk")]])
def test_one_contact_that_differs_is_no_contradiction(tmp_path: Path, contacts: list[tuple[str | None, str | None]]) -> None:
    pair: list[Someone] = [(city, 1, "Anna Holm", "2003-05-01", *each) for city, each in zip(("Aarhus", "Viborg"), contacts, strict=True)]
    path = national_file(tmp_path / "denmark.db", [*pair, ("Horsens", 1, "Bo Dam", "1999-02-02", None, None)])
    link(path, "different", "Aarhus:1", "Horsens:1")
    assert linked(path) == {frozenset({"Aarhus:1", "Viborg:1"})}


def test_a_pair_is_shown_with_what_is_known_in_the_nation(denmark: Path) -> None:
    with closing(looked_into(denmark)) as file, file:
        file.execute("INSERT INTO intakes (person_id, enquired) SELECT id, '2024-01-08' FROM people WHERE uid = ?", (uid("Aarhus", 17),))
        file.execute("INSERT INTO answers SELECT id, 'gender', 'f' FROM intakes")
        file.execute("INSERT INTO volunteers (person_id, gender) SELECT id, 'x' FROM people WHERE uid = ?", (uid("Viborg", 1),))
    shown = husrum("--db", denmark, "link", "list", "--format", "json")
    assert json.loads(shown.stdout)[0] == {
        "reference": "Aarhus:17", "branch": "Aarhus", "person": 17, "born": "2003", "gender": "f",
        "other_reference": "Viborg:1", "other_branch": "Viborg", "other_person": 1, "other_born": "2003", "other_gender": "x",
        "agree": 2, "tags": ["similar_name_birth", "phone_birth"],
    }  # fmt: skip
    assert shown.stderr == (
        "4 likely pairs. Ask the cities, then: husrum link same PERSON PERSON, or: husrum link different PERSON PERSON\n"
    )
    csv = husrum("--db", denmark, "link", "list", "--format", "csv").stdout.splitlines()
    assert csv[:2] == [
        "reference,born,gender,other_reference,other_born,other_gender,agree,tags",
        "Aarhus:17,2003,f,Viborg:1,2003,x,2,similar_name_birth|phone_birth",
    ]
    table = husrum("--db", denmark, "link", "list", "--language", "da").stdout
    assert "Kvinde" in table and "lignende navn og dato, telefon og dato" in table


def test_the_same_human_is_linked_at_once_and_remembered(denmark: Path) -> None:
    assert link(denmark, "same", "Viborg:1", "Aarhus:17") == (
        "Viborg:1 and Aarhus:17 are one human: Aarhus:17, Horsens:5, Viborg:1. See: husrum link list --decided\n"
    )
    assert frozenset({"Aarhus:17", "Horsens:5", "Viborg:1"}) in linked(denmark)
    assert not [pair for pair in pairs(denmark) if "Viborg:1" in pair]
    decided = json.loads(husrum("--db", denmark, "link", "list", "--decided", "--format", "json").stdout)
    assert [(each["reference"], each["other_reference"], each["decision"], each["linked"]) for each in decided] == [
        ("Aarhus:17", "Viborg:1", "same", True),
        ("Aarhus:20", "Horsens:7", "different", False),
    ]
    with closing(looked_into(denmark)) as file:
        assert (uid("Aarhus", 17), uid("Viborg", 1), 1) in file.execute("SELECT * FROM link_decisions").fetchall()
        assert file.execute("SELECT branch_id, command FROM edits ORDER BY id DESC").fetchone() == (None, "link same")


def test_two_humans_are_kept_apart_although_name_and_date_agree(denmark: Path) -> None:
    assert link(denmark, "different", "Horsens:5", "Aarhus:17") == (
        "Horsens:5 and Aarhus:17 are two humans. See: husrum link list --decided\n"
    )
    assert linked(denmark) == set()
    link(denmark, "same", "Viborg:1", "Aarhus:17")
    assert linked(denmark) == {frozenset({"Aarhus:17", "Viborg:1"})}
    assert not [pair for pair in pairs(denmark) if "Horsens:5" in pair], "that is decided by way of Aarhus:17"


def test_the_same_pair_decided_twice_is_replaced_and_reported(denmark: Path) -> None:
    link(denmark, "different", "Aarhus:17", "Horsens:5")
    assert "It replaces what was decided before: two humans.\n" in link(denmark, "same", "Aarhus:17", "Horsens:5")
    assert linked(denmark) == {frozenset({"Aarhus:17", "Horsens:5"})}
    edits = lineage(denmark)
    assert "That was decided before.\n" in link(denmark, "same", "Horsens:5", "Aarhus:17")
    assert lineage(denmark) == edits, "nothing was written"
    assert "It replaces what was decided before: one human.\n" in link(denmark, "different", "Aarhus:17", "Horsens:5")
    assert linked(denmark) == set()


def lineage(path: Path) -> int:
    with closing(looked_into(path)) as file:
        return int(file.execute("SELECT count(*) FROM edits").fetchone()[0])


def test_when_nothing_waits(tmp_path: Path) -> None:
    path = national_file(tmp_path / "denmark.db", PEOPLE[:2])
    done = husrum("--db", path, "link", "list")
    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr == "No pair waits for a decision. What was decided: husrum link list --decided\n"
    assert husrum("--db", path, "link", "list", "--format", "json").stdout == "[]\n"
    assert husrum("--db", path, "link", "list", "--decided").stderr == "0 decisions.\n"


def test_contradictions_are_refused(denmark: Path) -> None:
    link(denmark, "same", "Aarhus:17", "Viborg:1")
    link(denmark, "same", "Viborg:1", "Horsens:5")
    refused(denmark, ("link", "different", "Aarhus:17", "Horsens:5"), 5, "by way of Viborg:1", "husrum link different Aarhus:17 Viborg:1")
    refused(denmark, ("link", "same", "Aarhus:18", "Viborg:1"), 5, "Aarhus:18 and Aarhus:17 of one city", "husrum person join")
    link(denmark, "different", "Aarhus:17", "Horsens:6")
    refused(denmark, ("link", "same", "Horsens:6", "Viborg:1"), 5, "husrum link same Horsens:6 Aarhus:17")
    assert linked(denmark) == {frozenset({"Aarhus:17", "Horsens:5", "Viborg:1"})}


@pytest.mark.parametrize(
    ("one", "other", "status", "said"),
    [
        ("Aarhus:17", "Aarhus:18", 5, "husrum person join"),
        ("Aarhus:17", "Aarhus:17", 2, "the same number twice"),
        ("Aarhus:19", "Horsens:5", 5, "Aarhus:19 can't be linked"),
        ("Aarhus:20", "Viborg:3", 5, "Viborg:3 can't be linked"),
        ("Aarhus:99", "Horsens:5", 4, "99"),
        ("Aarhus:17", "Horsens:99", 4, "other: nobody has the number 99"),
        ("1", "Anna", 4, "Anna"),
    ],
)
def test_who_can_not_be_linked(denmark: Path, one: str, other: str, status: int, said: str) -> None:
    refused(denmark, ("link", "same", one, other), status, said)


@pytest.mark.parametrize("verb", ["same", "different"])
def test_in_a_city_s_own_file_nobody_is_linked(city: Path, verb: str) -> None:
    refused(city, ("link", verb, "1", "2"), 5, "one city's file", "--db")
    refused(city, ("link", "list"), 5, "one city's file")


def test_cities_that_were_merged_without_a_key_are_named(denmark: Path) -> None:
    with closing(looked_into(denmark)) as file, file:
        file.execute("DELETE FROM link_keys WHERE branch_id = (SELECT id FROM branches WHERE name = 'Viborg')")
    output = husrum("--db", denmark, "link", "list").stderr
    assert output.startswith("Note: Merged without a link key, so nobody there is linked or suggested: Viborg.\n")


def test_consent_withdrawn_later_undoes_a_decision(denmark: Path) -> None:
    """The next copy of the city has no tags for people who withdrew."""
    link(denmark, "same", "Aarhus:18", "Horsens:6")
    with closing(looked_into(denmark)) as file, file:
        file.execute("DELETE FROM link_tags WHERE person_id = (SELECT id FROM people WHERE uid = ?)", (uid("Horsens", 6),))
    link(denmark, "different", "Aarhus:20", "Viborg:2")  # links again
    assert linked(denmark) == {frozenset({"Aarhus:17", "Horsens:5"})}
    decided = json.loads(husrum("--db", denmark, "link", "list", "--decided", "--format", "json").stdout)
    assert [each["linked"] for each in decided if each["decision"] == "same"] == [False]


def test_the_page_on_linking_names_commands_and_tags_that_exist() -> None:
    page = (CHECKOUT / "docs" / "linking.md").read_text(encoding="utf-8")
    named = set(re.findall(r"(?:^|`)husrum ([a-z]+ [a-z-]+)", page, re.MULTILINE))
    assert named and named <= {" ".join(words) for words in make_docs.commands()}
    assert set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE)) == set(LINK_TAG) == set(STRENGTH)
    assert f"more than {MOST_SUGGESTED} people" in page and f"more than {MOST_ALIKE} share" in page


@pytest.mark.parametrize(("people", "suggested"), [(MOST_SUGGESTED, MOST_SUGGESTED - 1), (MOST_SUGGESTED + 1, 0)])
def test_a_phone_number_and_date_that_many_share_are_made_up_and_suggest_nothing(tmp_path: Path, people: int, suggested: int) -> None:
    alone: list[Someone] = [("Aarhus", 1, "Anna Holm", "2003-05-01", "20304050", None)]
    home: list[Someone] = [("Horsens", each, f"Number {each}x", "2003-05-01", "20304050", None) for each in range(1, people)]
    path = national_file(tmp_path / "denmark.db", alone + home)
    assert len(pairs(path)) == suggested


def test_of_two_in_one_city_one_is_linked_and_the_other_is_shown(tmp_path: Path) -> None:
    twice: list[Someone] = [("Aarhus", 1, "Anna Holm", "2003-05-01", None, None), ("Aarhus", 2, "Anna Holm", "2003-05-01", None, None)]
    path = national_file(tmp_path / "denmark.db", [*twice, ("Horsens", 5, "Anna Holm", "2003-05-01", None, None)])
    link(path, "different", "Horsens:5", "Aarhus:1")
    assert linked(path) == {frozenset({"Aarhus:2", "Horsens:5"})}
    link(path, "same", "Horsens:5", "Aarhus:1")
    assert linked(path) == {frozenset({"Aarhus:1", "Horsens:5"})}, "a decision goes before tags"
    assert [pair[:2] for pair in pairs(path)] == [("Aarhus:2", "Horsens:5")]
    refused(path, ("link", "same", "Aarhus:2", "Horsens:5"), 5, "Aarhus:2 and Aarhus:1 of one city")
