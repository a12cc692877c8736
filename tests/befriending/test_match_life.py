"""The life of a match through the command line: waiting, proposed, answered, paused, ended; and what goes wrong."""

from __future__ import annotations

import json
from contextlib import closing
from pathlib import Path

import pytest
from running import looked_into, new_city
from terminal import INTERRUPT, Terminal
from town import Town


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(new_city(tmp_path / "aarhus.db"))


def test_the_whole_life_of_a_match(town: Town) -> None:
    town.young("Anna Holm")
    town.volunteer("Karen Dal")
    assert "1 pair is proposed" in town.must("match", "propose", "--save", today="2024-09-01")
    assert town.pairs() == {}  # it is held for them until it is answered
    (waits,) = town.proposal()["open"]
    assert waits == {"person": 1, "volunteer": 2, "proposed": "2024-09-01", "accepted": []}
    assert "Everybody who waits" in town.must("match", "propose", "--save") and len(town.states("--all")) == 1
    figures = json.loads(town.must("stats", "year", "2024", "--format", "json"))["figures"]
    assert (figures["matches_active"]["value"], figures["waiting_list"]["value"]) == (0, 1)  # a proposed match is not active
    town.must("match", "accept", "anna", "--side", "person", "--date", "2024-09-02")
    assert town.states() == ["proposed"]
    town.must("match", "accept", "anna", "karen", "--side", "frivillig", "--date", "2024-09-03")
    assert town.states() == ["accepted"]
    town.must("match", "start", "anna", "karen", "--date", "2024-09-05")
    assert town.states() == [] and town.states("--all") == ["matched"]
    town.must("match", "pause", "anna", "--date", "2024-09-10", "--reason", "illness")
    assert town.matches() == ["paused"]
    figures = json.loads(town.must("stats", "year", "2024", "--format", "json"))["figures"]
    assert (figures["matches_active"]["value"], figures["waiting_list"]["value"]) == (1, 0)  # a paused one is
    town.must("match", "resume", "anna", "--date", "2024-09-20")
    assert town.matches() == ["active"]
    town.must("match", "pause", "anna", "--date", "2024-09-20")
    town.must("match", "end", "anna", "--date", "2024-10-01", "--reason", "moved_away")
    assert town.matches() == [] and town.matches("--all") == ["ended"]
    town.must("match", "wait", "anna")
    assert town.ruled_out() == {"earlier": 1}
    history = [row["what"] for row in json.loads(town.must("person", "show", "anna", "--format", "json"))["history"]]
    for what in ("proposed", "accepted", "Hjerteven", "pause", "waits for a Hjerteven"):
        assert what in history
    # The coordinator may decide otherwise: a new match, with the old one kept. It may end on the day it began.
    town.must("match", "start", "anna", "karen")
    assert town.matches("--all") == ["active", "ended"]
    town.must("match", "end", "anna", "--reason", "other")
    assert town.matches("--all") == ["ended", "ended"]


def test_a_pair_that_one_side_declined_is_not_proposed_again(town: Town) -> None:
    town.young("Anna Holm")
    town.volunteer("Karen Dal")
    town.must("match", "propose", "--save")
    town.must("match", "decline", "anna", "--side", "person", "--reason", "not_for_me")
    assert town.ruled_out() == {"earlier": 1} and town.states("--all") == ["declined"]
    town.volunteer("Lars Bak")
    assert town.pairs() == {1: 3}


def test_a_no_that_was_entered_by_mistake_is_taken_back_by_a_yes(town: Town) -> None:
    town.young("Anna Holm")
    town.volunteer("Karen Dal")
    town.must("match", "propose", "--save")
    town.must("match", "accept", "anna", "--side", "person")
    town.must("match", "decline", "anna", "--side", "person", "--reason", "not_for_me")
    assert town.states("--all") == ["declined"]
    town.must("match", "accept", "anna", "--side", "person")
    assert "declined" not in town.states("--all") and town.states("--all") == town.states()
    assert "not_for_me" not in town.must("person", "export", "anna", "--format", "json")


def test_a_proposal_that_was_taken_back_may_come_again(town: Town) -> None:
    town.young("Anna Holm")
    town.volunteer("Karen Dal")
    town.must("match", "propose", "--save")
    town.must("match", "withdraw", "anna")
    assert town.pairs() == {1: 2} and town.states("--all") == ["withdrawn"]


def test_a_proposal_lapses_with_the_wait_and_with_the_volunteer(town: Town) -> None:
    town.young("Anna Holm")
    town.young("Bo Krog")
    for name in ("Karen Dal", "Lars Bak"):
        town.volunteer(name)
    town.must("match", "propose", "--save", "--date", "2024-09-01")
    first, second = (row["person"] for row in json.loads(town.must("match", "list", "--proposed", "--format", "json")))
    town.must("match", "unwait", first, "--date", "2024-09-10")
    helper = town.proposal()["open"][0]["volunteer"]
    town.must("volunteer", "leave", helper, "--date", "2024-09-11")
    assert town.states() == [] and sorted(town.states("--all")) == ["lapsed", "lapsed"]
    assert second in town.pairs()  # and is proposed to the other one
    town.must("match", "wait", first)
    assert town.states() == [] and first in {left["person"] for left in town.proposal()["unmatched"]} | town.pairs().keys()


def test_the_wishes_of_somebody_who_waits_can_be_changed(town: Town) -> None:
    town.young("Anna Holm", "--time", "evening", "--area", "nord")
    town.must("match", "edit", "anna", "--time", "weekend", "--interest", "kor", "--area", "ingen")
    (listed,) = json.loads(town.must("match", "list", "--waiting", "--format", "json"))
    assert sorted(listed["wishes"]) == ["kor", "weekend"]
    assert town("match", "edit", "anna").exit_code == 2
    town.must("match", "unwait", "anna")
    assert town("match", "edit", "anna", "--area", "nord").exit_code == 5


def test_a_new_offer_replaces_the_wishes_that_it_names(town: Town) -> None:
    town.young("Anna Holm", "--interest", "film", "--area", "nord")
    town.volunteer("Karen Dal", "--interest", "film", "--area", "nord")
    assert "names it themselves" in town.must("match", "offer", "karen", "--interest", "skak", "--avoid", "Skak")
    (pair,) = town.proposal()["pairs"]
    assert (pair["parts"]["interest"], pair["parts"]["area"]) == (0, 2)


def asked_wishes(town: Town, *line: str, answers: dict[str, str], language: str = "en") -> str:
    """A form that is filled in at a terminal; what was shown last. The last answer may be a key that ends it."""
    with Terminal(town.path, "match", *line, "--ask", env={"HUSRUM_TODAY": "2024-10-08", "HUSRUM_LANGUAGE": language}) as seat:
        for question, answer in answers.items():
            seat.asked(question)
            seat.type(answer if answer == INTERRUPT else f"{answer}\r")
        status, shown = seat.end()
    assert status == (130 if INTERRUPT in answers.values() else 0), shown
    return shown


def test_the_wishes_are_asked_for_as_an_interview_is(town: Town) -> None:
    town.must("intake", "add", "Anna Holm", "--enquired", "2024-01-08", today="2024-03-06")
    answers = {
        "What they like": "kor, svømning", "When they can": "weekend", "Where in town": "<", "When they can (": "\x15aften",
        "Where in town (": "", "Languages": "dansk", "should know": "ryger", "Which gender": INTERRUPT,
    }  # fmt: skip
    asked_wishes(town, "wait", "anna", answers=answers)
    assert json.loads(town.must("match", "list", "--waiting", "--format", "json")) == []
    limits = {
        "yes/no": "y",
        "should know": "",
        "Which gender": "woman",
        "Which age": "40-20",
        "age they feel": "\x1520-40",
        "should not have": "hund",
        "Save?": "",
    }
    asked_wishes(town, "wait", "anna", answers=limits)
    (listed,) = json.loads(town.must("match", "list", "--waiting", "--format", "json"))
    assert " ".join([*listed["wishes"], *listed["about"], *listed["avoids"]]) == "kor svømning evening dansk f 20-40 ryger hund"


def test_a_volunteer_is_asked_in_danish_what_was_not_said_as_an_option(town: Town) -> None:
    town.volunteer("Karen Dal", "--area", "nord")
    answers = {
        "Hvad vedkommende kan lide": "kor", "Hvornår": "hver", "Sprog": "", "skal vide": "", "Hvilket køn": "kvinde", "Hvilken alder": "", "ikke må": "", "Gem?": "",
    }  # fmt: skip
    shown = asked_wishes(town, "offer", "karen", "--area", "syd", answers=answers, language="da")
    assert "Hverdag, Aften, Weekend" in shown and "Hvor i byen" not in shown and "Kvinde" in shown
    held = json.loads(town.must("volunteer", "show", "karen", "--format", "json"))
    assert {"kor", "weekday", "f", "syd"} <= set(json.dumps(held).replace('"', " ").replace(",", " ").split())


def test_a_person_who_already_waits_is_named_before_anything_is_asked(town: Town) -> None:
    town.young("Anna Holm")
    with Terminal(town.path, "match", "wait", "anna", "--ask", env={"HUSRUM_TODAY": "2024-10-08"}) as seat:
        status, shown = seat.end()
    assert status == 5 and "on the waiting list already" in shown and "What they like" not in shown
    assert town("match", "wait", "anna", "--ask").exit_code == 2  # nobody can be asked


BAD = [
    (["match", "propose", "--min-score", "-1"], 2, "min_score"),
    (["match", "propose", "--alternatives", "0"], 2, "alternatives"),
    (["match", "propose", "--date", "31/2-2024"], 2, "date"),
    (["match", "propose", "--why", "anna", "karen", "--save"], 2, "--why"),
    (["match", "propose", "--why", "anna", "nobody"], 4, "volunteer"),
    (["match", "propose", "--save", "--date", "2024-10-09"], 5, "2024-10-09"),
    (["match", "accept", "anna", "--side", "both"], 4, "no proposal is open"),
    (["match", "decline", "anna", "--side", "other", "--reason", "other"], 2, "side"),
    (["match", "decline", "anna", "--side", "person", "--reason", "because"], 2, "reason"),
    (["match", "withdraw", "anna"], 4, "no proposal is open"),
    (["match", "pause", "anna"], 4, "no Hjerteven"),
    (["match", "resume", "bo"], 5, "not paused"),
    (["match", "pause", "bo", "--date", "2024-01-01"], 5, "before the match began"),
    (["match", "pause", "bo", "--date", "2024-10-09"], 5, "not come yet"),
    (["match", "wait", "bo", "--since", "2024-09-01"], 5, "has a Hjerteven since 2024-09-01"),
    (["match", "wait", "eva", "--wants-age", "60-20"], 2, "wants_age"),
    (["match", "offer", "karen", "--capacity", "0"], 2, "capacity"),
    (["match", "list", "--median"], 2, "--waiting"),
    (["match", "list", "--waiting", "--no-contact", "5"], 2, "--no-contact"),
    (["match", "list", "--waiting", "--proposed"], 2, "Choose one"),
    (["setting", "set", "weight_interest", "101"], 2, "100"),
    (["setting", "set", "weight_interest", "1.5"], 2, "whole number"),
    (["setting", "set", "weight_luck", "1"], 2, "weight_luck"),
    (["setting", "set", "required_attests", "intro_course"], 2, "required_attests"),
    (["setting", "set", "contact_days", "0"], 2, "contact_days"),
    (["setting", "set", "language", "de"], 2, "de"),
]


@pytest.mark.parametrize(("line", "status", "words"), BAD, ids=[" ".join(line) for line, _status, _words in BAD])
def test_bad_input_gets_one_line_and_nothing_is_written(town: Town, line: list[str], status: int, words: str) -> None:
    town.young("Anna Holm")
    town.young("Bo Krog")
    town.volunteer("Karen Dal", "--capacity", "2")
    town.must("match", "start", "bo", "karen", "--date", "2024-09-01")
    before = town.path.read_bytes()
    done = town(*line)
    assert (done.exit_code, done.stderr.count("\n")) == (status, 1), done.stderr
    assert words in done.stderr and town.path.read_bytes() == before


def test_what_is_said_twice_on_a_day_is_kept_once(town: Town) -> None:
    town.young("Anna Holm")
    town.volunteer("Karen Dal")
    town.must("match", "propose", "--save")
    town.must("match", "withdraw", "anna")
    town.must("match", "propose", "--save")
    for _time in range(2):
        town.must("match", "accept", "anna", "--side", "both")
    town.must("match", "start", "anna", "karen")
    for verb in ("pause", "resume", "pause"):
        town.must("match", verb, "anna")
    with closing(looked_into(town.path)) as connection:
        counts = {
            table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("proposals", "proposal_answers", "pauses")
        }
    assert counts == {"proposals": 1, "proposal_answers": 2, "pauses": 1} and town.matches() == ["paused"]


def test_a_pause_that_is_one_already(town: Town) -> None:
    town.young("Anna Holm")
    town.volunteer("Karen Dal")
    town.must("match", "start", "anna", "karen", "--date", "2024-09-01")
    town.must("match", "pause", "anna", "--date", "2024-09-10")
    assert "paused already, since 2024-09-10" in town("match", "pause", "anna").stderr
    assert "before the pause began" in town("match", "resume", "anna", "--date", "2024-09-09").stderr
    town.must("match", "resume", "anna", "--date", "2024-09-20")
    assert "before the last pause was over" in town("match", "pause", "anna", "--date", "2024-09-15").stderr


def test_with_nobody_there_the_answer_is_clear(town: Town) -> None:
    output = town.must("match", "propose")
    assert "Nobody waits for a Hjerteven" in output and "No volunteer has offered" in output
    town.young("Anna Holm", since="2024-03-01")
    assert "No volunteer has offered" in town.must("match", "propose")
    assert "the first in the file began on 2024-03-01" in town.must("match", "propose", "--date", "2001-01-01")
    town.must("match", "unwait", "anna", "--date", "2024-03-01")
    assert "To add somebody" in town.must("match", "propose", "--date", "2024-03-01")
    town.volunteer("Karen Dal")
    (unused,) = town.proposal()["unused"]
    assert unused["reason"] == "nobody_waits"


def test_who_avoids_what_they_name_themselves_is_remarked_on(town: Town) -> None:
    town.must("intake", "add", "Anna Holm", "--enquired", "2024-01-08")
    assert "names it themselves" in town.must("match", "wait", "anna", "--interest", "Hund", "--avoid", "hund")


def test_the_settings_are_listed_with_what_they_mean(town: Town) -> None:
    town.must("setting", "set", "contact-days", "30")
    rows = {row["key"]: row for row in json.loads(town.must("setting", "list", "--format", "json"))}
    assert (rows["contact_days"]["value"], rows["contact_days"]["default"], rows["publish_threshold"]["value"]) == (30, 60, 5)
    assert all(row["meaning"] for row in rows.values())


def test_what_was_proposed_answered_and_paused_travels_with_the_tables(town: Town, tmp_path: Path) -> None:
    for name in ("Anna Holm", "Bo Krog"):
        town.young(name)
    for name in ("Karen Dal", "Lars Bak"):
        town.volunteer(name)
    town.must("match", "propose", "--save", "--date", "2024-09-01")
    pairs = [(row["person"], row["volunteer"]) for row in json.loads(town.must("match", "list", "--proposed", "--format", "json"))]
    town.must("match", "accept", pairs[0][0], "--side", "both", "--date", "2024-09-02")
    town.must("match", "start", *pairs[0], "--date", "2024-09-03")
    town.must("match", "pause", pairs[0][0], "--date", "2024-09-10", "--reason", "illness")
    town.must("match", "resume", pairs[0][0], "--date", "2024-09-20")
    town.must("match", "decline", pairs[1][0], "--side", "volunteer", "--reason", "work_or_study", "--date", "2024-09-04")
    town.must("export", "tables", tmp_path / "one")
    twin = Town(new_city(tmp_path / "twin.db"))
    twin.must("import", *sorted((tmp_path / "one").glob("*.csv")))
    twin.must("export", "tables", tmp_path / "two")
    for file in (tmp_path / "one").glob("*.csv"):
        assert file.read_bytes() == (tmp_path / "two" / file.name).read_bytes(), file.name
    assert {"proposals.csv", "proposal_answers.csv", "pauses.csv"} <= {file.name for file in (tmp_path / "two").iterdir()}
    assert twin.ruled_out() == town.ruled_out() and "earlier" in twin.ruled_out()
    assert "nothing was added" in twin.must("import", *sorted((tmp_path / "one").glob("*.csv")))


@pytest.mark.parametrize(
    ("file", "row", "words"),
    [
        ("pauses", "person,volunteer,date\n1,2,2024-01-01\n", "no match on 2024-01-01"),
        ("pauses", "person,volunteer,date,until\n1,2,2024-09-05,2024-09-04\n", "until"),
        ("pauses", "person,volunteer,date,until\n1,2,2024-09-05,2024-09-09\n1,2,2024-09-08,\n", "paused already"),
        ("proposals", "person,volunteer,date\n1,1,2024-09-05\n", "their own"),
        ("proposals", "person,volunteer,date,withdrawn\n1,2,2024-09-05,2024-09-01\n", "before it was proposed"),
        (
            "proposal_answers",
            "person,volunteer,proposed,side,date,answer\n1,2,2024-09-05,person,2024-09-06,ja\n",
            "not proposed on 2024-09-05",
        ),
    ],
)
def test_bad_rows_of_proposals_and_pauses(town: Town, tmp_path: Path, file: str, row: str, words: str) -> None:
    town.young("Anna Holm")
    town.volunteer("Karen Dal")
    town.must("match", "start", "anna", "karen", "--date", "2024-09-01")
    (tmp_path / f"{file}.csv").write_text(row, encoding="utf-8")
    done = town("import", tmp_path / f"{file}.csv")
    assert done.exit_code == 2 and words in done.stdout + done.stderr


def test_the_same_human_entered_twice_keeps_their_proposals(town: Town) -> None:
    town.young("Anna Holm")
    town.volunteer("Karen Dal")
    town.must("match", "propose", "--save")
    town.must("intake", "add", "Anna Holmm", "--enquired", "2024-01-09")
    town.must("person", "join", "3", "1")
    assert [row["person"] for row in json.loads(town.must("match", "list", "--proposed", "--format", "json"))] == [3]
    town.must("check")


def test_matches_without_contact_are_marked(town: Town) -> None:
    for name in ("Anna Holm", "Bo Krog", "Eva Ek"):
        town.young(name)
    town.volunteer("Karen Dal", "--capacity", "3")
    for name, day in (("anna", "2024-06-01"), ("bo", "2024-06-01"), ("eva", "2024-10-01")):
        town.must("match", "start", name, "karen", "--date", day)
    town.must("match", "contact", "bo", "--date", "2024-09-28")
    rows = json.loads(town.must("match", "list", "--format", "json"))
    assert {row["person"]: row["days_without_contact"] for row in rows} == {1: 129, 2: 10, 3: 7}
    assert "No contact for 60 days or more: 1." in town.must("match", "list")
    town.must("setting", "set", "contact_days", "10")
    assert "No contact for 10 days or more: 2, 1." in town.must("match", "list")
    assert [row["person"] for row in json.loads(town.must("match", "list", "--no-contact", "100", "--format", "json"))] == [1]
    town.must("match", "end", "anna", "--reason", "completed")
    assert json.loads(town.must("match", "list", "--no-contact", "100", "--format", "json")) == []


def test_the_waiting_list_of_any_day_and_how_long_people_wait(town: Town) -> None:
    # Days: Anna is matched after 10, Bo is taken off after 20, Eva is matched after 30, Dan leaves after 40, Ida still waits. Anna is taken off later, after 10.
    for name in ("Anna Holm", "Bo Krog", "Eva Ek", "Dan Eg"):
        town.young(name, since="2024-05-01")
    town.young("Ida As", since="2024-07-01")
    town.volunteer("Karen Dal", "--capacity", "5")
    town.must("match", "start", "anna", "karen", "--date", "2024-05-11")
    town.must("match", "unwait", "bo", "--date", "2024-05-21", "--reason", "no_longer_wishes")
    town.must("match", "start", "eva", "karen", "--date", "2024-05-31")
    town.must("person", "leave", "dan", "--date", "2024-06-10")
    town.must("match", "end", "anna", "--date", "2024-06-01", "--reason", "other")
    town.must("match", "wait", "anna", "--since", "2024-06-02")
    town.must("match", "unwait", "anna", "--date", "2024-06-12")

    def listed(day: str) -> list[tuple[int, int]]:
        rows = json.loads(town.must("match", "list", "--waiting", "--date", day, "--format", "json"))
        return [(row["person"], row["days"]) for row in rows]

    def median(day: str) -> tuple[int, int, int | None]:
        (row,) = json.loads(town.must("match", "list", "--waiting", "--median", "--date", day, "--format", "json"))
        return row["waiting"], row["matched"], row["median_days"]

    assert listed("2024-04-30") == [] and median("2024-04-30") == (0, 0, None)
    assert listed("2024-05-20") == [(2, 19), (3, 19), (4, 19)] and median("2024-05-20") == (3, 1, None)
    assert listed("2024-07-02") == [(5, 1)]
    # By then: 6 at risk, 1 matched after 10 days: 5/6 still wait. Of Eva, Dan and Ida, who had waited 30 or more, one was matched: 5/9. Nobody later.
    assert median("2024-10-08") == (1, 2, None)
    town.must("match", "start", "ida", "karen", "--date", "2024-10-08")
    # Ida, alone at risk after 99 days, was matched: none are left.
    assert median("2024-10-08") == (0, 3, 99)
    assert "Median wait: 99 days" in town.must("match", "list", "--waiting")


@pytest.mark.parametrize(
    ("durations", "expected"),
    [
        ([], None),
        ([(5, True)], 5),
        ([(5, False)], None),
        ([(1, True), (2, True), (3, True)], 2),
        ([(1, True), (2, True), (3, True), (4, True)], 2),
        ([(1, False), (2, True), (3, False)], 2),
        ([(2, False), (2, True), (9, False)], None),
        # The mean of those that are over would say 2.
        ([(1, True), (3, True), (50, False), (60, False), (70, True)], 70),
        # Freireich et al. 1963: 21 patients on 6-mercaptopurine; the published median is 23 weeks.
        (
            [(6, True)] * 3 + [(7, True), (10, True), (13, True), (16, True), (22, True), (23, True)]
            + [(weeks, False) for weeks in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)],
            23,
        ),
    ],
)  # fmt: skip
def test_the_median_with_those_who_still_wait(durations: list[tuple[int, bool]], expected: int | None) -> None:
    from husrum_cli.domain.befriending.waiting_times import kaplan_meier_median

    assert kaplan_meier_median(durations) == expected
