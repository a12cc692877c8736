"""`match propose` through the command line: what is known of both sides, and the reasons."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from running import looked_into, new_city
from town import TODAY, Town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(new_city(tmp_path / "aarhus.db"))


def test_the_json_is_what_scripts_rely_on(town: Town) -> None:
    town.young("Anna Holm", "--interest", "Svømning", "--time", "evening", "--area", "nord", "--speaks", "dansk", since="2024-07-08")
    town.young("Bo Krog", since="2024-08-29")
    town.volunteer("Karen Dal", "--interest", "svømning", "--time", "evening", "--time", "weekend", "--area", "Nord", "--speaks", "Dansk")
    town.volunteer("Lars Bak", intro=False)
    assert town.proposal() == {
        "schema": "husrum.match.propose/1",
        "date": TODAY,
        "weights": {"interest": 3, "area": 2, "time": 1, "speaks": 1},
        "min_score": 0,
        "pairs": [
            {"person": 1, "waiting_days": 92, "volunteer": 3, "score": 7, "parts": {"interest": 3, "area": 2, "time": 1, "speaks": 1}}
        ],
        "unmatched": [{"person": 2, "waiting_days": 40, "ruled_out": {"intro_course": 1}, "fitting": 1, "would_help": {"intro_course": 1, "taken": 1}}],
        "unused": [{"volunteer": 4, "reason": "intro_course"}],
        "open": [],
    }  # fmt: skip


# (what the young person says, what the volunteer says, the must-have that rules it out or None)
MUST_HAVES = [
    (["--time", "evening"], ["--time", "weekend"], "time"),
    (["--time", "evening"], [], None),
    (["--speaks", "dansk"], ["--speaks", "Engelsk"], "speaks"),
    (["--speaks", "Dansk", "--speaks", "arabisk"], ["--speaks", "dansk"], None),
    (["--avoid", "HUND"], ["--about", "hund"], "avoid"),
    (["--avoid", "Café"], ["--interest", "cafe"], "avoid"),
    (["--interest", "kat"], ["--avoid", "kat"], "avoid"),
    (["--avoid", "hund"], ["--about", "kat"], None),
    (["--wants-gender", "m"], [], "wants_gender"),
    (["--wants-gender", "m", "--wants-gender", "f"], [], None),
    ([], ["--wants-gender", "m"], "wants_gender"),
    (["--wants-age", "20-43"], [], "wants_age"),
    (["--wants-age", "44-44"], [], None),
    ([], ["--wants-age", "16-21"], "wants_age"),
    ([], ["--wants-age", "22-22"], None),
]


@pytest.mark.parametrize(
    ("person", "volunteer", "key"), MUST_HAVES, ids=[f"{' '.join(one)} / {' '.join(two)}" for one, two, _key in MUST_HAVES]
)
def test_must_haves(town: Town, person: list[str], volunteer: list[str], key: str | None) -> None:
    town.young("Anna Holm", *person, gender="f")
    town.volunteer("Karen Dal", *volunteer, gender="f")
    if key is None:
        assert town.pairs() == {1: 2}
    else:
        assert town.ruled_out() == {key: 1}


@pytest.mark.parametrize(("born", "possible"), [("1980", True), ("1979", True), ("1978", False), ("1983", True), ("1984", False)])
def test_a_birth_year_alone_forbids_only_if_every_possible_age_is_outside(town: Town, born: str, possible: bool) -> None:
    town.young("Anna Holm", "--wants-age", "41-44")
    town.volunteer("Karen Dal", born=born)
    assert bool(town.pairs()) is possible


def test_the_age_is_that_of_the_day(town: Town) -> None:
    town.young("Anna Holm", "--wants-age", "40-44")
    town.volunteer("Karen Dal", born="1979-10-09")
    assert town.pairs() == {1: 2} and town.pairs("--date", "2024-10-09") == {}


def test_what_is_not_known_neither_forbids_nor_scores(town: Town) -> None:
    town.must("intake", "add", "Anna Holm", "--enquired", "2024-01-08", "--gender", "declined")
    town.must("match", "wait", "anna", "--wants-gender", "f", "--wants-age", "30-40")
    town.must("volunteer", "add", "Karen Dal", "--role", "befriender", "--joined", "2024-01-01", "--intro-course", "2024-01-20")
    town.must("match", "offer", "karen", "--wants-gender", "m", "--wants-age", "60-70", "--time", "weekend")
    (pair,) = town.proposal()["pairs"]
    assert pair["score"] == 0


def test_a_later_non_answer_does_not_undo_a_gender(town: Town) -> None:
    town.young("Anna Holm", gender="f")
    town.must("intake", "add", "--person", "anna", "--enquired", "2024-05-01", "--gender", "not_asked")
    town.volunteer("Karen Dal", "--wants-gender", "m")
    assert town.ruled_out() == {"wants_gender": 1}


def test_the_intro_course_counts_from_attendance_too(town: Town) -> None:
    town.young("Anna Holm")
    town.volunteer("Karen Dal", intro=False)
    assert town.ruled_out() == {"intro_course": 1}
    town.must("event", "log", "Introkursus", "--kind", "intro_course", "--date", "2024-09-10", "--present", "karen")
    assert town.pairs() == {1: 2} and town.pairs("--date", "2024-09-09") == {}
    town.must("setting", "set", "required_attests", "criminal_record,confidentiality")
    assert town.ruled_out() == {"confidentiality": 1, "criminal_record": 1}
    town.must("volunteer", "attest", "karen", "criminal_record")
    town.must("volunteer", "attest", "karen", "confidentiality")
    assert town.pairs() == {1: 2}
    assert "none" in town.must("setting", "set", "required_attests", "ingen").replace("–", "none")


def test_who_is_active(town: Town) -> None:
    town.young("Anna Holm")
    town.volunteer("Karen Dal")
    assert town.pairs("--date", "2024-12-01") == {1: 2}
    town.must("match", "offer", "karen", "--from", "2024-11-01")
    assert town.ruled_out() == {"not_active": 1}
    assert town.pairs("--date", "2024-11-01") == {1: 2}
    town.must("volunteer", "leave", "karen", "--date", "2024-12-01", today="2024-12-01")
    assert town.pairs("--date", "2024-12-01") == {}
    assert town.proposal("--date", "2024-12-02")["unused"] == []


def test_who_joins_later_is_not_proposed_before_whatever_is_known_of_the_role(town: Town, tmp_path: Path) -> None:
    town.young("Anna Holm")
    town.volunteer("Karen Dal")
    town.must("volunteer", "role", "karen", "befriender", "--remove")
    (tmp_path / "roles.csv").write_text("volunteer,role\n2,befriender\n")
    town.must("import", tmp_path / "roles.csv")
    town.must("volunteer", "edit", "karen", "--joined", "2024-09-01")
    assert town.pairs("--date", "2024-08-31") == {} and town.pairs("--date", "2024-09-01") == {1: 2}


def test_who_stopped_as_a_befriender_is_none_whatever_else_they_do(town: Town) -> None:
    town.young("Anna Holm")
    town.volunteer("Karen Dal")
    town.must("volunteer", "role", "karen", "leader", "--from", "2024-02-01")
    town.must("volunteer", "role", "karen", "befriender", "--to", "2024-09-01")
    assert town.ruled_out() == {"not_active": 1}


def test_capacity_counts_the_matches_that_run_paused_ones_too(town: Town) -> None:
    for name in ("Anna Holm", "Bo Krog", "Eva Ek"):
        town.young(name)
    town.volunteer("Karen Dal", "--capacity", "2")
    assert len(town.pairs()) == 2
    town.must("match", "start", "anna", "karen", "--date", "2024-09-01")
    town.must("match", "pause", "anna", "--date", "2024-09-10")
    assert len(town.pairs()) == 1
    town.must("match", "start", "bo", "karen", "--date", "2024-09-01")
    assert town.ruled_out() == {"capacity": 1}
    town.must("match", "end", "bo", "--date", "2024-10-01", "--reason", "moved_away")
    assert town.pairs() == {3: 4}


def test_a_proposal_that_is_open_takes_one_place(town: Town) -> None:
    town.volunteer("Karen Dal", "--capacity", "2")
    town.young("Anna Holm")
    town.must("match", "propose", "--save")
    town.young("Bo Krog")
    assert town.pairs() == {3: 1}
    town.must("match", "propose", "--save")
    town.young("Eva Ek")
    assert town.ruled_out() == {"capacity": 1}


def test_a_yes_takes_back_the_no_of_the_same_side_alone(town: Town) -> None:
    town.young("Anna Holm")
    town.volunteer("Karen Dal")
    town.must("match", "propose", "--save")
    town.must("match", "decline", "anna", "--side", "both", "--reason", "other")
    for side, state in (("person", "declined"), ("volunteer", "accepted")):
        town.must("match", "accept", "anna", "--side", side)
        assert town.states("--all") == [state]
    town.must("match", "decline", "anna", "--side", "both", "--reason", "other")
    town.must("match", "accept", "anna", "--side", "both")
    assert town.states("--all") == ["accepted"]


@pytest.mark.parametrize("gone", [1, 2])
def test_nobody_is_proposed_of_whom_a_number_is_left(town: Town, gone: int) -> None:
    town.young("Anna Holm")
    town.volunteer("Karen Dal")
    assert town.pairs() == {1: 2}
    town.must("person", "anonymise", gone, "--yes")
    assert town.pairs() == {}


def test_the_longest_waiting_come_before_the_points(town: Town) -> None:
    town.young("Anna Holm", "--interest", "fodbold", since="2024-04-02")
    town.young("Bo Krog", since="2024-04-01")
    town.volunteer("Karen Dal", "--interest", "fodbold")
    assert town.pairs() == {2: 3}
    town.must("setting", "set", "weight_interest", "100")
    assert town.pairs() == {2: 3}


def test_points_decide_among_those_who_wait_since_the_same_day_and_weights_change_them(town: Town) -> None:
    town.young("Anna Holm", "--interest", "fodbold")
    town.young("Bo Krog", "--area", "nord", "--area", "vest")
    town.volunteer("Karen Dal", "--interest", "Fodbold", "--area", "Nord", "--area", "Vest")
    assert town.pairs() == {2: 3}
    town.must("setting", "set", "weight_area", "1")
    assert town.pairs() == {1: 3}


def test_pairs_with_too_little_in_common_can_be_left_out(town: Town) -> None:
    town.young("Anna Holm", "--interest", "fodbold")
    town.volunteer("Karen Dal", "--interest", "fodbold")
    assert town.pairs("--min-score", "3") == {1: 2}
    assert town.ruled_out("--min-score", "4") == {"min_score": 1}


def test_the_next_best_are_named_with_whom_they_go_to(town: Town) -> None:
    town.young("Anna Holm", "--interest", "fodbold", "--interest", "kor", since="2024-04-01")
    town.young("Bo Krog", since="2024-05-01")
    town.volunteer("Karen Dal", "--interest", "fodbold", "--interest", "kor")
    town.volunteer("Lars Bak", "--interest", "kor")
    first, second = town.proposal("--alternatives", "3")["pairs"]
    assert (first["volunteer"], [(each["volunteer"], each["score"], each["proposed_to"]) for each in first["alternatives"]]) == (
        3,
        [(4, 3, [2])],
    )
    assert [each["volunteer"] for each in second["alternatives"]] == [3]


def test_the_same_file_gives_the_same_bytes_whatever_the_order_of_its_rows(town: Town) -> None:
    for number in range(4):
        town.young(f"Ung Nummer{number}", since="2024-04-01")
        town.volunteer(f"Voksen Nummer{number}")
    before = town.must("match", "propose", "--format", "json")
    with closing(looked_into(town.path, isolation_level=None)) as connection:
        for table in ("waits", "offers"):
            connection.execute(f"UPDATE {table} SET id = 1000 - id")
        connection.execute("VACUUM")
    assert town.must("match", "propose", "--format", "json") == before


def test_nothing_is_written_without_save(town: Town) -> None:
    town.young("Anna Holm")
    town.volunteer("Karen Dal")
    before = town.path.read_bytes()
    town.must("match", "propose", "--alternatives", "1")
    town.must("match", "propose", "--why", "anna", "karen")
    assert town.path.read_bytes() == before


def test_why_for_any_pair(town: Town) -> None:
    town.young("Anna Holm", "--interest", "Kor", "--time", "evening", since="2024-04-01")
    town.young("Bo Krog", since="2024-05-01")
    town.volunteer("Karen Dal", "--interest", "kor")
    town.volunteer("Lars Bak", "--time", "weekend")
    town.must("volunteer", "add", "Ole Juhl", "--role", "leader", "--joined", "2024-01-01")

    def why(person: str, volunteer: str) -> dict[str, Any]:
        output: dict[str, Any] = json.loads(town.must("match", "propose", "--why", person, volunteer, "--format", "json"))
        return output

    proposed = why("anna", "karen")
    assert (proposed["schema"], proposed["outcome"], proposed["score"]) == ("husrum.match.why/1", "proposed", 3)
    assert proposed["common"]["interest"] == ["Kor"]
    assert (why("anna", "lars")["outcome"], why("anna", "lars")["ruled_out"]) == ("ruled_out", ["time"])
    possible = why("bo", "karen")
    assert (possible["outcome"], possible["proposed_instead"]) == ("possible", {"volunteer": 4, "people": [1]})
    assert why("anna", "ole")["ruled_out"] == ["no_offer", "intro_course"]
    assert why("karen", "lars")["ruled_out"] == ["not_waiting"]
    assert why("karen", "karen")["ruled_out"] == ["not_waiting", "same_person"]
    output = town.must("match", "propose", "--why", "bo", "karen")
    assert "They could be matched. 2 Bo Krog is proposed to 4 instead. 3 Karen Dal is proposed to 1" in output
    town.must("match", "propose", "--save")
    assert why("anna", "karen")["outcome"] == "open" and why("anna", "lars")["ruled_out"] == ["capacity", "asked", "time"]


def test_somebody_who_is_both_is_never_their_own(town: Town) -> None:
    town.young("Anna Holm")
    town.must(
        "volunteer",
        "add",
        "Anna Holm",
        "--person",
        "anna",
        "--role",
        "befriender",
        "--joined",
        "2024-01-01",
        "--intro-course",
        "2024-01-20",
    )
    town.must("match", "offer", "anna")
    assert town.ruled_out() == {"same_person": 1}


def test_a_must_have_would_help_if_somebody_who_waited_less_went_without_in_the_end(town: Town) -> None:
    """Mette's place for Clara: Anna moves on to Karen, and Bo, who waited less than Clara, goes without."""
    town.young("Anna Holm", since="2024-03-01")
    town.young("Bo Krog", "--speaks", "dansk", since="2024-06-01")
    town.young("Clara Lind", "--speaks", "arabisk", "--time", "weekend", since="2024-05-01")
    town.volunteer("Karen Dal", "--speaks", "dansk", "--time", "evening")
    town.volunteer("Mette Bak", "--speaks", "engelsk", "--interest", "film", "--time", "weekend")
    town.must("match", "edit", "anna", "--interest", "film")
    found = town.proposal()
    assert town.pairs() == {1: 5, 2: 4}
    (left,) = found["unmatched"]
    assert (left["person"], left["ruled_out"], left["would_help"]) == (3, {"speaks": 2, "time": 1}, {"speaks": 1})


def test_a_must_have_would_help_though_several_have_to_move_on(town: Town) -> None:
    """Karen's place for Clara: Anna moves on to Mette, and Bo from Mette to Lise, who has nobody."""
    town.young("Anna Holm", "--speaks", "dansk", "--interest", "film", since="2024-04-01")
    town.young("Bo Krog", "--speaks", "engelsk", "--interest", "skak", since="2024-03-01")
    town.young("Clara Lind", "--speaks", "dansk", "--time", "weekend", since="2024-05-01")
    town.volunteer("Karen Dal", "--speaks", "dansk", "--interest", "film", "--time", "evening")
    town.volunteer("Mette Bak", "--speaks", "dansk", "--speaks", "engelsk", "--interest", "skak", "--time", "evening")
    town.volunteer("Lise Lund", "--speaks", "engelsk", "--time", "evening")
    found = town.proposal()
    assert {pair["person"]: pair["volunteer"] for pair in found["pairs"]} == {1: 4, 2: 5}
    (left,) = found["unmatched"]
    assert (left["person"], left["would_help"]) == (3, {"time": 2})  # at Karen and at Mette
