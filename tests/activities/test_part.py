"""Participant or volunteer follows from what is recorded, in whatever order it was recorded."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

import pytest
from running import Result, husrum, looked_into, new_city

ENQUIRY = ("intake", "add", "--person", "1", "--enquired", "2024-03-10")
ROLE = ("volunteer", "add", "--person", "1", "--joined", "2024-01-01", "--role", "organiser")
EVENT = ("event", "log", "Spil", "--date", "2024-03-03", "--present", "1")


def ok(*words: object) -> Result:
    """The command, which succeeds."""
    result = husrum(*words)
    assert result.exit_code == 0, result.stderr
    return result


def figure(city: Path, key: str) -> int:
    """A figure of 2024."""
    value = json.loads(ok("stats", "year", "2024", "--format", "json", "--db", city).stdout)["figures"][key]["value"]
    assert isinstance(value, int)
    return value


def parts(city: Path) -> dict[int, str]:
    """person -> part at the only occasion."""
    connection = looked_into(city)
    try:
        return dict(connection.execute("SELECT number, part FROM attendance JOIN people ON people.id = person_id").fetchall())
    finally:
        connection.close()


def test_who_enquired_later_is_a_participant_with_a_warning(city: Path) -> None:
    ok("intake", "add", "Anna Ek", "--enquired", "2024-03-10", "--db", city)
    logged = ok(*EVENT, "--db", city)
    assert "1 Anna Ek enquired on 2024-03-10, after 2024-03-03; counted as a participant." in logged.stderr
    assert (figure(city, "visits"), figure(city, "young_people")) == (1, 1)


def test_a_crowd_without_names_is_remarked_on(city: Path) -> None:
    assert "Note" not in ok("event", "log", "Koncert", "--date", "2024-03-03", "--unnamed", "500", "--db", city).stderr
    for line in (
        ("event", "attend", "E1", "--unnamed", "999999999"),
        ("event", "log", "Fest", "--date", "2024-03-03", "--unnamed", "999999999"),
    ):
        assert "2024-03-03: 999,999,999 people without a name; is that right?" in ok(*line, "--db", city).stderr


@pytest.mark.parametrize("order", list(itertools.permutations(["enquiry", "role", "event"])))
def test_the_order_of_recording_does_not_matter(tmp_path: Path, order: tuple[str, ...]) -> None:
    commands = {"enquiry": ENQUIRY, "role": ROLE, "event": EVENT}
    city = new_city(tmp_path / "city.db")
    ok("partner", "add", "Huset", "--db", city)  # so that the first of the three is not the first command
    first = order[0]
    if first == "enquiry":
        ok("intake", "add", "Anna Ek", "--enquired", "2024-03-10", "--db", city)
    elif first == "role":
        ok("volunteer", "add", "Anna Ek", "--joined", "2024-01-01", "--role", "organiser", "--db", city)
    else:
        ok("volunteer", "add", "Anna Ek", "--joined", "2019-01-01", "--role", "online", "--db", city)
        ok("volunteer", "leave", "1", "--date", "2019-12-31", "--db", city)
        ok(*EVENT, "--db", city)
    for name in order[1:]:
        ok(*commands[name], "--db", city)
    # A role on the day, and no enquiry by then.
    assert parts(city) == {1: "volunteer"}


def test_a_new_enquiry_decides_again_and_says_so(city: Path) -> None:
    ok("volunteer", "add", "Anna Ek", "--joined", "2019-01-01", "--role", "online", "--db", city)
    ok("volunteer", "leave", "1", "--date", "2019-12-31", "--db", city)
    assert "1 Anna Ek has no enquiry, and so counts as a volunteer on 2024-03-03." in ok(*EVENT, "--db", city).stderr
    assert figure(city, "visits") == 0
    added = ok(*ENQUIRY, "--db", city)
    assert "1 Anna Ek now counts as a participant on 2024-03-03." in added.stderr
    assert figure(city, "visits") == 1
    ok("undo", "--db", city)
    assert parts(city) == {1: "volunteer"}


def test_a_corrected_enquiry_decides_again(city: Path) -> None:
    ok("intake", "add", "Anna Ek", "--enquired", "2024-03-10", "--db", city)
    ok("volunteer", "add", "--person", "1", "--joined", "2024-01-01", "--role", "online", "--db", city)
    ok(*EVENT, "--db", city)
    assert parts(city) == {1: "volunteer"}
    edited = ok("intake", "edit", "1", "--enquired", "2024-03-01", "--db", city)
    assert "1 Anna Ek now counts as a participant on 2024-03-03." in edited.stderr
    assert parts(city) == {1: "participant"}


def test_a_role_that_is_recorded_afterwards_counts_where_they_were_named_as_volunteers(city: Path) -> None:
    ok("intake", "add", "Anna Ek", "--enquired", "2024-01-01", "--db", city)
    named = ok("event", "log", "Spil", "--date", "2024-03-03", "--volunteers", "1", "--db", city)
    assert "holds no volunteer role on 2024-03-03, and so counts as a participant" in named.stderr
    assert parts(city) == {1: "participant"}
    assert "1 Anna Ek now counts as a volunteer on 2024-03-03." in ok(*ROLE, "--db", city).stderr
    assert parts(city) == {1: "volunteer"}


def test_a_correction_keeps_who_was_named_as_a_volunteer(city: Path) -> None:
    for name in ("Anna Ek", "Bo Ek"):
        ok("intake", "add", name, "--enquired", "2024-01-01", "--db", city)
    ok("event", "log", "Spil", "--date", "2024-03-03", "--present", "2", "--volunteers", "1", "--db", city)
    ok("event", "attend", "E1", "--present", "2", "--unnamed", "3", "--db", city)
    assert parts(city) == {1: "participant", 2: "participant"}
    assert figure(city, "visits") == 5


def test_tables_keep_how_people_were_named(city: Path, tmp_path: Path) -> None:
    ok("intake", "add", "Anna Ek", "--enquired", "2024-01-01", "--db", city)
    ok("event", "log", "Spil", "--date", "2024-03-03", "--volunteers", "1", "--db", city)
    ok("export", "tables", tmp_path / "tables", "--db", city)
    again = new_city(tmp_path / "again.db")
    ok("import", *sorted((tmp_path / "tables").glob("*.csv")), "--db", again)
    ok(*ROLE, "--db", again)
    assert parts(again) == {1: "volunteer"}


@pytest.mark.parametrize("ending", [("--remove",), ("--to", "2024-02-01")])
def test_meetings_of_somebody_who_leads_no_more_are_named(city: Path, ending: tuple[str, ...]) -> None:
    ok("intake", "add", "Anna Ek", "--enquired", "2024-01-02", "--db", city)
    ok("volunteer", "add", "Karen", "--role", "leader", "--joined", "2024-01-01", "--db", city)
    ok("group", "open", "Snak", "--kind", "talk", "--start", "2024-01-01", "--weeks", "0", "--leader", "1", "--leader", "2", "--db", city)
    for day in ("2024-01-30", "2024-02-06"):
        ok("group", "meet", "G1", "--date", day, "--present", "none", "--db", city)
    said = ok("group", "leader", "G1", "1", *ending, "--db", city).stderr
    days = "2024-01-30, 2024-02-06" if ending == ("--remove",) else "2024-02-06"
    assert (
        f"1 Anna Ek is still recorded as there on {days}. If they were not: husrum group meet G1 --date {days[:10]} --volunteers LIST"
        in said
    )
    assert figure(city, "visits") == 2
    for day in days.split(", "):
        ok("group", "meet", "G1", "--date", day, "--volunteers", "2", "--db", city)
    assert figure(city, "visits") == 2 - len(days.split(", "))


def test_held_meetings_of_somebody_who_is_entered_as_leader_later_are_named(city: Path) -> None:
    ok("volunteer", "add", "Karen", "--role", "leader", "--joined", "2024-01-01", "--db", city)
    ok("group", "open", "Snak", "--kind", "talk", "--start", "2024-01-01", "--weeks", "0", "--db", city)
    for day in ("2024-01-30", "2024-02-06"):
        ok("group", "meet", "G1", "--date", day, "--unnamed", "2", "--db", city)
    said = ok("group", "leader", "G1", "1", "--from", "2024-02-01", "--db", city).stderr
    command = "husrum group meet G1 --date 2024-02-06 --volunteers LIST"
    assert f"1 Karen is not recorded as there on 2024-02-06. If they were: {command}" in said
    ok(*command.replace("LIST", "1").split()[1:], "--db", city)
    assert parts(city) == {1: "volunteer"}
    assert "recorded" not in ok("group", "leader", "G1", "1", "--to", "2024-06-01", "--db", city).stderr


def test_days_are_spoken_in_danish_sentences_and_typed_in_commands(city: Path) -> None:
    ok("intake", "add", "Anna Ek", "--enquired", "2024-01-02", "--db", city)
    ok("group", "open", "Snak", "--kind", "talk", "--start", "2024-01-01", "--weeks", "0", "--leader", "1", "--db", city)
    for day in ("2024-01-30", "2024-02-06"):
        ok("group", "meet", "G1", "--date", day, "--present", "none", "--db", city)
    said = ok("group", "leader", "G1", "1", "--remove", "--language", "da", "--db", city).stderr
    assert "den 30. januar 2024, 6. februar 2024. Hvis det er forkert: husrum group meet G1 --date 2024-01-30 --volunteers LISTE" in said


def test_who_is_a_leader_only_later_can_be_one_from_the_start_as_advised(city: Path) -> None:
    ok("volunteer", "add", "Karen", "--role", "leader", "--joined", "2024-02-15", "--db", city)
    ok("group", "open", "Snak", "--kind", "talk", "--start", "2024-01-01", "--weeks", "0", "--db", city)
    said = ok("group", "leader", "G1", "1", "--from", "2024-01-06", "--db", city).stderr
    command = "husrum volunteer role 1 leader --remove"
    assert f"1 Karen is a leader only from 2024-02-15. If that is wrong: {command}, and then once more --from the right day" in said
    ok(*command.split()[1:], "--db", city)
    ok("volunteer", "role", "1", "leader", "--from", "2024-01-06", "--db", city)
