"""Each command in the plain case: input, confirmation, and what is listed afterwards."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from running import Result, husrum

TODAY = {"HUSRUM_TODAY": "2024-03-06"}  # a Wednesday


def run(path: Path, *line: object, status: int = 0) -> Result:
    done = husrum("--db", path, *line, env=TODAY)
    assert done.exit_code == status, (line, done.stdout, done.stderr)
    return done


def said(path: Path, *line: object) -> str:
    done = run(path, *line)
    assert done.stdout == ""
    return done.stderr


def listed(path: Path, *line: object) -> Any:
    return json.loads(run(path, *line, "--format", "json").stdout)


def number(shown: object) -> int:
    """The number of a person in JSON, which is always the number alone."""
    assert isinstance(shown, int), f"a person in JSON is the number, not {shown!r}"
    return shown


def present(path: Path, event: str, day: int = 0) -> list[int]:
    return [number(each) for each in listed(path, "event", "show", event)["days"][day]["present"]]


# Enquiries


def test_an_enquiry_and_its_interview(city: Path) -> None:
    text = said(
        city, "intake", "add", "Anna Holm", "--born", "2003", "--source", "kommunal", "--occupation", "fleks", "--motive", "ensomhed"
    )
    assert text == "1 Anna Holm: enquiry on 2024-03-06. See: husrum person show 1\n"
    assert said(city, "intake", "hold", "anna", "--diagnosis", "angst", "--diagnosis", "autisme", "--loneliness", "declined").startswith(
        "1 Anna Holm: interview on 2024-03-06."
    )
    (held,) = listed(city, "intake", "show", "1")["intakes"]
    assert (held["enquired"], held["held"]) == ("2024-03-06", "2024-03-06")
    assert held["answers"] == {
        "source": ["municipal"], "occupation": ["flexjob"], "motive": ["loneliness"], "diagnosis": ["anxiety", "autism"], "loneliness": ["declined"],
    }  # fmt: skip


def test_an_enquiry_of_an_unknown_day(city: Path) -> None:
    assert "an unknown date" in said(city, "intake", "add", "Anna Holm", "--enquired", "unknown")
    assert listed(city, "intake", "list")[0]["enquired"] is None


def test_a_new_enquiry_by_someone_known(town: Path) -> None:
    assert said(town, "intake", "add", "--person", "anna", "--enquired", "2024-03-01").startswith("1 Anna Holm: enquiry on 2024-03-01")
    assert len(listed(town, "intake", "show", "1")["intakes"]) == 2
    assert len(listed(town, "person", "list")) == 7


def test_correcting_an_enquiry(town: Path) -> None:
    said(town, "intake", "edit", "bo", "--source", "headspace", "--enquired", "2024-01-09")
    (held,) = listed(town, "intake", "show", "bo")["intakes"]
    assert (held["enquired"], held["held"], held["answers"]) == ("2024-01-09", "2024-01-15", {"source": ["headspace"]})


# Codes and dates


@pytest.mark.parametrize(
    ("typed", "code"),
    [("uopl", "declined"), ("headspace", "headspace"), ("HEADS", "headspace"), ("social media", "social_media"), ("kommunal", "municipal")],
)
def test_a_code_by_its_danish_name_or_a_beginning(city: Path, typed: str, code: str) -> None:
    run(city, "intake", "add", "Anna Holm", "--source", typed)
    assert listed(city, "intake", "show", "1")["intakes"][0]["answers"]["source"] == [code]


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        *((text, "2024-03-05") for text in (
            "2024-03-05", "5/3-2024", "5.3.2024", "05-03-2024", "5. marts 2024", "5 March 2024", "5 MARTS 2024", "yesterday", "i går", "igår",
            "5/3", "tirsdag", "Tuesday",
        )),
        *((text, "2024-03-06") for text in ("today", "i dag", "idag", "I DAG", "onsdag", "wednesday", "6/3")),
        ("torsdag", "2024-02-29"), ("lørdag", "2024-03-02"), ("Sunday", "2024-03-03"), ("7/3", "2023-03-07"), ("29/2", "2024-02-29"),
        ("4/3-2023", "2023-03-04"), ("2024-02-01", "2024-02-01"),
    ],
)  # fmt: skip
def test_a_date_as_danes_type_it(city: Path, typed: str, day: str) -> None:
    assert f", {day}: " in said(city, "event", "log", "Walk", "--date", typed)
    assert listed(city, "event", "list")[0]["date"] == day


# Naming people


@pytest.mark.parametrize(
    ("typed", "who"),
    [
        ("1,3-5", [1, 3, 4, 5]), ("anna h", [1]), ("ANNA HOLM", [1]), ("emile orsted", [5]), ("ørsted", [5]), ("bo k,4", [3, 4]),
        ("carla", [4]), ("1, 2", [1, 2]),
    ],
)  # fmt: skip
def test_people_by_number_range_and_part_of_the_name(town: Path, typed: str, who: list[int]) -> None:
    said(town, "event", "log", "Walk", "--present", typed)
    assert present(town, "E1") == who


def test_a_person_is_found_by_what_they_are_called(town: Path) -> None:
    said(town, "person", "edit", "4", "--called", "Lala")
    said(town, "event", "log", "Walk", "--present", "lala")
    assert present(town, "E1") == [4]


def test_naming_someone_twice_counts_once_and_warns(town: Path) -> None:
    text = said(town, "event", "log", "Walk", "--present", "1,3,anna h,3-4")
    assert "1 Anna Holm was named twice" in text and "3 Bo Krog was named twice" in text
    assert present(town, "E1") == [1, 3, 4]


# Groups


def test_a_course_is_planned_week_by_week(town: Path) -> None:
    days = [(each["date"], each["state"]) for each in listed(town, "group", "show", "G1")["meetings"]]
    assert days == [(day, "planned") for day in ("2024-02-06", "2024-02-20", "2024-02-27", "2024-03-05")]


def test_meetings_are_recorded_oldest_first_and_then_today(town: Path) -> None:
    for day in ("2024-02-06", "2024-02-20", "2024-02-27", "2024-03-05", "2024-03-06"):
        assert f"G1 Tuesday, {day}: 2 participants, 1 volunteer." in said(town, "group", "meet", "G1", "--present", "1,2")


def test_everyone_but_these(town: Path) -> None:
    text = said(town, "group", "meet", "g1", "--absent", "bo", "--excused", "bo", "--theme", "Being new")
    assert "2024-02-06: 3 participants, 1 volunteer." in text
    first = listed(town, "group", "show", "G1")["meetings"][0]
    assert [number(who) for who in first["present"]] == [1, 2, 4]
    assert [number(who) for who in first["volunteers"]] == [6]
    assert [number(who) for who in first["excused"]] == [3]
    assert first["theme"] == "Being new"


@pytest.mark.parametrize(
    ("typed", "count"), [(None, "1 volunteer"), ("none", "0 volunteers"), ("vera,niels", "2 volunteers"), ("niels", "1 volunteer")]
)
def test_the_leaders_of_the_day(town: Path, typed: str | None, count: str) -> None:
    more = ["--volunteers", typed] if typed else []
    assert f": 1 participant, {count}" in said(town, "group", "meet", "G1", "--present", "1", *more)


def test_a_meeting_that_was_cancelled(town: Path) -> None:
    said(town, "group", "meet", "G1", "--cancelled")
    assert "2024-02-20" in said(town, "group", "meet", "G1", "--present", "1")
    assert [each["state"] for each in listed(town, "group", "show", "G1")["meetings"]][:2] == ["cancelled", "held"]


def test_recording_a_meeting_again_replaces_who_came(town: Path) -> None:
    said(town, "group", "meet", "G1", "--date", "6/2", "--present", "1,2")
    assert "(before: 2; added: 4 Carla Dam)" in said(town, "group", "meet", "G1", "--date", "6/2", "--present", "1,2,4")


def test_leaving_and_closing_a_group(town: Path) -> None:
    assert said(town, "group", "leave", "G1", "anders", "--reason", "moved_away").startswith(
        "G1 Tuesday: 2 Anders Hald left on 2024-03-06."
    )
    (left,) = [each for each in listed(town, "group", "show", "G1")["enrolled"] if each["person"] == 2]
    assert (left["until"], left["reason"]) == ("2024-03-06", "moved_away")
    assert "closed on 2024-03-06" in said(town, "group", "close", "G1")
    assert listed(town, "group", "list")[0]["closed"] == "2024-03-06"


def test_a_network_group_grows_out_of_a_talk_group(town: Path) -> None:
    said(town, "group", "open", "The Tuesdays", "--kind", "network", "--start", "2024-03-01", "--continues", "G1")
    shown = listed(town, "group", "show", "G2")
    assert (shown["kind"], shown["continues"]) == ("network", "G1")
    assert "contact on 2024-03-06" in said(town, "group", "contact", "G2", "--note", "Going well.")


def test_another_leader_takes_over(town: Path) -> None:
    said(town, "group", "leader", "G1", "vera", "--to", "2024-02-25")
    said(town, "group", "leader", "G1", "niels", "--from", "2024-02-26")
    said(town, "group", "meet", "G1", "--date", "27/2", "--present", "1")
    assert [number(who) for who in listed(town, "group", "show", "G1")["meetings"][2]["volunteers"]] == [7]


# Events


def test_a_trip_of_four_days_is_one_event_and_a_day_can_be_corrected(town: Path) -> None:
    text = said(
        town, "event", "log", "Summer trip", "--date", "2024-02-01", "--until", "2024-02-04", "--present", "1-3", "--volunteers", "vera"
    )
    assert text.startswith("E1 Summer trip, 2024-02-01: 3 participants, 1 volunteer.") and "2024-02-04" in text
    said(town, "event", "attend", "E1", "--date", "2024-02-04", "--present", "1")
    assert len(listed(town, "event", "list")) == 1
    assert [len(present(town, "E1", day)) for day in range(4)] == [3, 3, 3, 1]
    assert listed(town, "stats", "explain", "2024", "visits_social_event")["value"] == 10


def test_an_event_like_another(town: Path) -> None:
    what = (
        "--kind",
        "online",
        "--activity",
        "Quiz",
        "--venue",
        "Discord",
        "--partner",
        "Library",
        "--programme",
        "Spring",
        "--organiser",
        "vera",
    )
    said(town, "event", "log", "Quiz night", "--date", "2024-02-01", *what, "--present", "1")
    said(town, "event", "log", "Quiz night", "--date", "2024-02-08", "--like", "E1", "--present", "2,3")
    first, second = (listed(town, "event", "show", event) for event in ("E1", "E2"))
    for same in ("kind", "activity", "venue", "partners", "programmes", "organisers"):
        assert first[same] == second[same] and first[same]
    assert first["kind"] == "online"
    assert present(town, "E2") == [2, 3]


def test_the_same_title_on_the_same_day_is_warned_of(town: Path) -> None:
    said(town, "event", "log", "Walk")
    assert "E1" in said(town, "event", "log", "walk").splitlines()[0]


@pytest.mark.parametrize(
    ("every", "days"),
    [
        ("week", ["2024-03-31", "2024-04-07", "2024-04-14"]),
        ("fortnight", ["2024-03-31", "2024-04-14", "2024-04-28"]),
        ("month", ["2024-03-31", "2024-04-30", "2024-05-31"]),
    ],
)
def test_a_series_is_planned(town: Path, every: str, days: list[str]) -> None:
    assert "E1-E3" in said(town, "event", "plan", "Board games", "--date", "2024-03-31", "--every", every, "--times", "3")
    held = sorted(listed(town, "event", "list"), key=lambda event: event["date"])
    assert [(each["date"], each["state"]) for each in held] == [(day, "planned") for day in days]


def test_who_came_to_a_planned_event_and_one_cancelled(town: Path) -> None:
    said(town, "event", "plan", "Board games", "--date", "2024-03-06")
    assert "2 participants (1 unnamed)" in said(town, "event", "attend", "E1", "--present", "anna", "--unnamed", "1")
    said(town, "event", "plan", "Swim", "--date", "2024-03-20")
    said(town, "event", "cancel", "E2")
    assert {each["event"]: each["state"] for each in listed(town, "event", "list")} == {"E1": "held", "E2": "cancelled"}


# Befriending


def test_a_match_takes_its_person_off_the_list(town: Path) -> None:
    assert "waits since 2024-02-01" in said(
        town, "match", "wait", "anna", "--since", "2024-02-01", "--interest", "chess", "--time", "weekend"
    )
    said(town, "match", "offer", "niels", "--capacity", "2", "--wants-age", "20-30")
    assert [each["person"] for each in listed(town, "match", "list", "--waiting")] == [1]
    assert said(town, "match", "start", "anna", "niels").startswith("1 Anna Holm and 7 Niels Nor: matched from 2024-03-06.")
    assert listed(town, "match", "list", "--waiting") == []
    (match,) = listed(town, "match", "list", "--active")
    assert (match["person"], match["volunteer"], match["date"]) == (1, 7, "2024-03-06")
    said(town, "match", "contact", "anna", "--note", "They go swimming.")
    said(town, "match", "end", "anna", "--reason", "completed")
    (match,) = listed(town, "match", "list", "--all")
    assert (match["ended"], match["reason"]) == ("2024-03-06", "completed")


def test_off_the_waiting_list_without_a_match(town: Path) -> None:
    said(town, "match", "wait", "anna", "--since", "2024-02-01")
    said(town, "match", "unwait", "anna", "--reason", "moved_on")
    assert listed(town, "match", "list", "--waiting") == []


# People and volunteers


def test_one_human_entered_twice(town: Path) -> None:
    said(town, "event", "log", "Walk", "--present", "1,5")
    assert "5 Émile Ørsted is now 1 Anna Holm" in said(town, "person", "join", "1", "5")
    assert [person["person"] for person in listed(town, "person", "list")] == [1, 2, 3, 4, 6, 7]
    for either in ("1", "5"):
        assert listed(town, "person", "show", either)["person"] == 1
    assert len(listed(town, "event", "show", "E1")["days"][0]["present"]) == 1


def test_someone_leaves_and_is_off_the_days_lists(town: Path) -> None:
    said(town, "match", "wait", "anna", "--since", "2024-02-01")
    assert "left on 2024-03-06" in said(town, "person", "leave", "anna", "--reason", "moved_away")
    assert listed(town, "match", "list", "--waiting") == [] and listed(town, "person", "list", "--waiting") == []


def test_moving_on_and_consenting(town: Path) -> None:
    said(town, "person", "onward", "anna", "--to", "The choir", "--date", "2024-03-01")
    said(town, "person", "consent", "anna", "research", "--given", "2024-02-01")
    history = listed(town, "person", "show", "anna")["history"]
    assert any(row["date"] == "2024-03-01" and "The choir" in row["detail"] for row in history)
    assert listed(town, "stats", "explain", "2024", "moved_on")["value"] == 1
    assert [partner["name"] for partner in listed(town, "partner", "list")] == ["The choir"]


def test_finding_a_person(town: Path) -> None:
    assert [each["person"] for each in listed(town, "person", "find", "orst")] == [5]
    assert [each["person"] for each in listed(town, "person", "list", "--group", "G1")] == [1, 2, 3, 4]


def test_a_volunteer_comes_serves_and_leaves(town: Path) -> None:
    assert said(town, "volunteer", "add", "Sara Sol", "--role", "online", "--joined", "1/2-2024").startswith(
        "8 Sara Sol: online from 2024-02-01."
    )
    said(town, "volunteer", "role", "sara", "peer", "--from", "2024-02-15")
    said(town, "volunteer", "attest", "sara", "criminal_record", "--date", "2024-02-10")
    (sara,) = [each for each in listed(town, "volunteer", "list") if each["volunteer"] == 8]
    assert sorted(sara["roles"]) == ["online", "peer"]
    assert "2 roles ended on 2024-03-05" in said(town, "volunteer", "leave", "sara", "--date", "yesterday")
    assert 8 not in [each["volunteer"] for each in listed(town, "volunteer", "list")]


# Money and numbers


def test_a_figure_set_again_replaces(town: Path) -> None:
    for value in ("120", "131"):
        said(town, "figure", "set", "2024", "discord_members", value, "--source", "Discord")
    assert listed(town, "stats", "explain", "2024", "discord_members")["value"] == 131


def test_grants_and_partners(town: Path) -> None:
    said(town, "grant", "add", "The Fund", "--agreement", "project", "--per-year", "415000", "--from", "1/1-2024")
    said(town, "partner", "add", "Library", "--kind", "venue", "--from", "2024-01-01")
    (grant,) = listed(town, "grant", "list")
    assert (grant["funder"], grant["agreement"], grant["per_year"], grant["from"], grant["to"]) == (
        "The Fund", "project", 415000, "2024-01-01", None,
    )  # fmt: skip
    assert listed(town, "partner", "list") == [{"name": "Library", "kind": "venue", "from": "2024-01-01", "to": None}]
    assert listed(town, "stats", "explain", "2024", "grants_dkk")["value"] == 415000


def test_what_a_number_is_made_of(town: Path) -> None:
    said(town, "event", "log", "Walk", "--present", "1,2", "--unnamed", "3")
    explained = listed(town, "stats", "explain", "2024", "visits_social_event")
    assert (explained["schema"], explained["key"], explained["value"]) == ("husrum.stats.explain/1", "visits_social_event", 5)
    assert sum(row["amount"] for row in explained["rows"]) == 5


# Files, languages, formats


def test_the_file_is_named_before_or_after_or_in_the_environment_or_chosen(town: Path, tmp_path: Path) -> None:
    home = {**TODAY, "XDG_CONFIG_HOME": str(tmp_path / "home"), "HUSRUM_DB": None}
    expected = husrum("--db", town, "person", "list", env=home).stdout
    assert "Anna Holm" in expected
    assert husrum("person", "list", "--db", town, env=home).stdout == expected
    assert husrum("person", "list", env={**home, "HUSRUM_DB": str(town)}).stdout == expected
    assert husrum("use", town, env=home).exit_code == 0
    assert husrum("person", "list", env=home).stdout == expected


def test_two_languages(town: Path) -> None:
    assert "Navn" in husrum("--db", town, "--language", "da", "person", "list").stdout
    assert "Navn" in husrum("person", "list", "--db", town, env={"HUSRUM_LANGUAGE": "da"}).stdout
    assert "Name" in husrum("--language", "en", "--db", town, "person", "list", env={"HUSRUM_LANGUAGE": "da"}).stdout


LISTS = ("person list", "group list", "event list", "volunteer list", "intake list", "match list --all")


@pytest.mark.parametrize("line", [*(f"{one} --format {form}" for one in LISTS for form in ("json", "csv")), "event show E1 --format json"])
def test_what_scripts_read_is_the_same_each_time_and_in_each_language(town: Path, line: str) -> None:
    said(town, "event", "log", "Walk", "--present", "1,2", "--organiser", "vera")
    outputs = {husrum("--db", town, *line.split(), env={**TODAY, "HUSRUM_LANGUAGE": each}).stdout for each in ("en", "da", "en")}
    assert len(outputs) == 1


def test_a_paper_of_unknown_day_does_not_read_as_a_course_in_it(city: Path, tmp_path: Path) -> None:
    listed = tmp_path / "Frivillige.csv"
    listed.write_text("Navn;Rolle;Startet;Introkursus\nKaren Bang;arrangør;01-01-2024;x\n", encoding="utf-8")
    done = husrum("import", str(listed), "--db", city, env={"HUSRUM_LANGUAGE": "da"})
    assert done.exit_code == 0, done.stderr
    assert "introkursus (dato ukendt)" in husrum("volunteer", "show", "1", "--db", city, env={"HUSRUM_LANGUAGE": "da"}).stdout


def test_the_help_of_a_plan_is_about_what_is_to_come(city: Path) -> None:
    shown = husrum("event", "plan", "--help", env={"HUSRUM_LANGUAGE": "da"}).stdout
    assert "Hvad det hedder." in shown and "Hvor det er." in shown and "Hvem der står for det" in shown
    assert "Hvad det hed." in husrum("event", "log", "--help", env={"HUSRUM_LANGUAGE": "da"}).stdout
