"""Events, groups and their meetings corrected, moved and removed: what is shown, what is in the file, and what undo brings back."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from journal import City
from once import made_once
from running import new_city


@pytest.fixture
@made_once
def city(tmp_path: Path) -> City:
    city = City(new_city(tmp_path / "aarhus.db"), "2024-11-02")
    city.must(
        'intake add "Anna Holm" --enquired 2024-01-08',
        'intake add "Bo Krog" --enquired 2024-02-01',
        'volunteer add "Karen Dal" --joined 2024-01-01 --role organiser --role leader',
    )
    return city


def days(city: City, ref: str) -> list[tuple[object, ...]]:
    """The days of a group or event with how many were there, by name and in all."""
    return city.rows(
        f"""SELECT date, state, (SELECT count(*) FROM attendance WHERE session_id = sessions.id), unnamed FROM sessions
        JOIN activities ON activities.id = activity_id WHERE ref = '{ref}' ORDER BY date"""
    )


def test_an_event_is_corrected_in_every_option(city: City) -> None:
    city.must(
        "event log Spil --date 2024-03-03 --present 1 --organiser 3 --venue Huset --partner Kirken --programme Sommer --note fortroligt"
    )
    city.corrected("event edit E1 --title Skak", "title Skak (before: Spil)")
    city.corrected("event edit E1 --kind online --activity Skak", "kind Online event (before: Social event)", "activity Skak (before: –)")
    city.corrected("event edit E1 --organiser 1,3", "organiser 1 Anna Holm, 3 Karen Dal (before: 3 Karen Dal)")
    city.corrected("event edit E1 --venue none --partner none --programme none", "venue – (before: Huset)", "partner – (before: Kirken)")
    city.corrected("event edit E1 --hours 2,5", "hours 2.5 (before: –)")
    shown = city.corrected("event edit E1 --note none", "note changed")
    assert "fortroligt" not in shown
    city.corrected("event edit E1 --kind none", "kind Social event")
    assert city.rows("SELECT title, kind, activity, venue_id, note FROM activities") == [("Skak", "social", "Skak", None, None)]
    before = city.everything()
    assert "nothing changed" in city.must("event edit E1 --title Skak")
    assert city.everything() == before
    city.refused("event edit E1", 2)
    city.refused("event edit E1 --title none", 2, "title")
    city.refused("event edit E9 --title Ludo", 4, "E9")


def test_a_new_date_moves_an_event_with_all_its_attendance(city: City) -> None:
    city.must(
        "event log Tur --date 2024-03-03 --until 2024-03-05 --present 1,3 --unnamed 2 --organiser 3",
        "event attend E1 --date 2024-03-04 --present 1,2",
    )
    shown = city.corrected("event edit E1 --date 2024-03-04", "date 2024-03-04 (before: 2024-03-03)")
    assert "Note" not in shown
    assert days(city, "E1") == [("2024-03-04", "held", 2, 2), ("2024-03-05", "held", 2, 2), ("2024-03-06", "held", 2, 2)]
    city.corrected("event edit E1 --date 3/3-2024")
    assert [day[0] for day in days(city, "E1")] == ["2024-03-03", "2024-03-04", "2024-03-05"]
    city.refused("event edit E1 --date 2024-11-01", 5, "has not come yet")


def test_what_people_were_there_as_is_decided_again_on_the_new_day(city: City) -> None:
    city.must("event log Spil --date 2024-01-03 --present 3 --organiser 3")
    assert city.rows("SELECT part FROM attendance") == [("volunteer",)]
    city.must("intake add --person 3 --enquired 2023-06-01")
    assert city.rows("SELECT part FROM attendance") == [("volunteer",)]
    city.corrected("event edit E1 --date 2023-12-03", "3 Karen Dal now counts as a participant on 2023-12-03")
    assert city.rows("SELECT part FROM attendance") == [("participant",)]


def test_a_list_that_is_given_again_replaces_whom_it_named_before(city: City) -> None:
    city.must("event log Intro --kind intro_course --date 2024-01-03 --present 2,3 --volunteers none")
    city.corrected("event attend E1 --present 3", "removed: 2 Bo Krog")
    assert city.rows("SELECT number FROM attendance JOIN people ON people.id = person_id") == [(3,)]
    city.must("event attend E1 --present 2 --volunteers 3")
    city.must("event attend E1 --present none")
    assert city.rows("SELECT number FROM attendance JOIN people ON people.id = person_id") == [(3,)]


def test_the_last_day_is_corrected(city: City) -> None:
    city.must("event log Tur --date 2024-03-03 --present 1")
    city.corrected("event edit E1 --until 2024-03-04", "until 2024-03-04 (before: –)")
    assert days(city, "E1") == [("2024-03-03", "held", 1, 0), ("2024-03-04", "held", 1, 0)]
    city.refused("event edit E1 --until none", 5, "2024-03-04", "1 person who was there")
    city.must("event attend E1 --date 2024-03-04 --present none")
    city.corrected("event edit E1 --until none", "until – (before: 2024-03-04)")
    assert days(city, "E1") == [("2024-03-03", "held", 1, 0)]
    city.refused("event edit E1 --until 2024-03-02", 2, "until")


def test_a_planned_event_is_moved_to_the_next_such_day(city: City) -> None:
    city.must("event plan Middag --date 2024-12-13 --venue Huset --organiser 3")
    city.corrected("event edit middag --date 12/12", "date Thursday 2024-12-12 (before: Friday 2024-12-13)")
    assert city.rows("SELECT ref, starts, venue_id FROM activities") == [("E1", "2024-12-12", 1)]
    assert days(city, "E1") == [("2024-12-12", "planned", 0, 0)]
    city.must("event plan Middag --date 2024-12-20")
    assert "same title" in city.must("event edit E2 --date 2024-12-12")


def test_a_held_event_is_not_moved_in_the_place_of_a_planned_one_without_a_word(city: City) -> None:
    city.must("event log Middag --date 2024-03-03 --present 1", "event plan Middag --date 2030-01-06 --every week --times 2")
    assert "Planned are E2 2030-01-06, E3 2030-01-13" in city.must("event edit middag --date 2024-03-04")
    assert "Planned" not in city.must("event edit E1 --date 2024-03-05")
    assert "Planned" not in city.must("event edit middag --venue Huset")
    assert "Planned" not in city.must('event edit "middag 13/1-2030" --date 2030-01-12')


def test_a_held_event_is_not_moved_to_last_year_in_the_place_of_a_planned_one(city: City) -> None:
    city.must("event log Middag --date 2024-10-27 --present 1", "event plan Middag --date 2024-11-10 --every week --times 4")
    city.refused(
        "event edit middag --date 30/11", 5, "E1 Middag has been held. Planned are E2 2024-11-10, ", "name its day after the title"
    )
    assert city.rows("SELECT starts FROM activities WHERE ref = 'E1'") == [("2024-10-27",)]
    city.corrected('event edit "middag 1/12" --date 30/11', "date Saturday 2024-11-30 (before: Sunday 2024-12-01)")
    city.corrected("event edit middag --date 26/10", "date 2024-10-26 (before: 2024-10-27)")


def test_a_group_that_opens_long_ago_is_remarked_on(city: City) -> None:
    for months, remarked in ((13, False), (11, True), (5, False), (-1, False)):
        start = date(2024, 11, 2) - timedelta(days=30 * months)
        shown = city.must(f"group open Ny --kind talk --start {start} --weeks 2")
        assert ("half a year ago" in shown) == remarked
        assert not remarked or f"--start {start.day}/{start.month}-2024\n" in shown


def test_a_start_that_is_read_as_last_years_is_told_before_the_weeks_to_skip(city: City) -> None:
    city.refused("group open Ny --kind talk --start 8/12 --skip 29/12", 2, "2023-12-08 was half a year ago", "--start 8/12-2024")
    city.refused("group open Ny --kind talk --start 4/11-2024 --skip 29/12", 2, "Sunday 2024-12-29 is no meeting")


def test_weeks_to_skip_are_repeated_or_have_commas_between(city: City) -> None:
    city.must("group open Ny --kind talk --start 6/11-2024 --weeks 3 --skip 13/11,20/11")
    city.must("group open Gl --kind talk --start 6/11-2024 --weeks 3 --skip 13/11 --skip 20/11")
    assert (
        [day for day, *_rest in days(city, "G1")] == [day for day, *_rest in days(city, "G2")] == ["2024-11-06", "2024-11-27", "2024-12-04"]
    )
    city.refused("group open X --kind talk --start 6/11-2024 --skip 13/11,x", 2, "“x” is not a date")


def test_an_event_is_removed_unless_anybody_was_there(city: City) -> None:
    city.must("event log Spil --date 2024-03-03 --present 1 --unnamed 3", "event plan Middag --date 2024-12-13")
    city.corrected("event remove E2", "E2 Middag")
    city.refused("event remove E1", 5, "1 person who was there", "3 unnamed participants")
    city.must("event attend E1 --present none")
    city.refused("event remove E1", 5, "3 unnamed participants")
    city.must("event attend E1 --unnamed 0")
    city.corrected("event remove E1")
    assert city.rows("SELECT count(*) FROM sessions") == [(0,)]


def test_a_group_is_corrected_in_every_option(city: City) -> None:
    city.must("group open Tirsdag --kind talk --start 2024-09-03 --weeks 3 --leader 3", "group open Net --kind network --start 2024-10-01")
    city.corrected("group edit G1 --title Onsdag --capacity 9", "title Onsdag (before: Tirsdag)", "capacity 9 (before: 7)")
    city.corrected("group edit G2 --continues G1 --venue Huset", "continues G1 Onsdag (before: –)")
    city.corrected("group edit G2 --continues none --kind talk --programme Sommer", "kind Talk group (before: Network group)")
    city.corrected("group edit G1 --start 2024-09-01", "start 2024-09-01 (before: 2024-09-03)")
    assert city.rows("SELECT starts FROM leaders") == [("2024-09-01",)]
    city.refused("group edit G1 --start 2024-09-04", 5, "2024-09-03")
    city.must("group meet G1 --date 2024-09-10 --present none")
    city.refused("group edit G1 --closed 2024-09-09", 5, "2024-09-10")
    city.refused("group edit G1 --continues G1", 2)
    city.refused("group edit G1", 2)
    city.must("group close G1 --date 2024-10-01")
    city.corrected("group edit G1 --closed none", "closed – (before: 2024-10-01)")
    assert city.rows("SELECT title, starts, closed, capacity FROM activities WHERE ref = 'G1'") == [("Onsdag", "2024-09-01", None, 9)]


def test_a_full_group_takes_one_more_and_says_so(city: City) -> None:
    city.must("group open Tirsdag --kind talk --start 2024-09-03 --capacity 1", "group enroll tirsdag 1 --date 2024-09-03")
    city.corrected("group enroll tirsdag 2", "G1 was full, 1 of 1, before 2 Bo Krog joined.", "2 Bo Krog enrolled from 2024-11-02")


def test_a_skipped_day_that_is_no_meeting_says_when_the_group_meets(city: City) -> None:
    city.refused("group open Ons --kind talk --start 9/11-2024 --weeks 2 --skip 23/12", 2, "Monday 2024-12-23", "Saturdays", "2024-11-09")


def test_an_event_of_a_series_is_named_by_its_title_and_day(city: City) -> None:
    city.must("event log Middag --date 2024-10-27 --present 1", "event plan Middag --date 10/11 --every fortnight --times 3")
    city.corrected('event edit "middag 24/11" --date 23/11', "E3 Middag: date Saturday 2024-11-23 (before: Sunday 2024-11-24)")
    city.corrected('event edit "mid 8 december" --title Jul', "E4 Middag: title Jul")
    city.corrected("event cancel middag --date 23/11", "E3 Middag: cancelled")
    city.corrected("event cancel E2 --date 10/11", "E2 Middag: cancelled")
    city.corrected("event attend middag --date 2024-10-27 --present 2", "E1 Middag, 2024-10-27")
    city.corrected("event edit middag --title Mad", "E1 Middag: title Mad")  # without a day, the latest that has begun
    city.refused('event edit "middag 25/11" --title Mad', 4, "middag 25/11")
    city.refused("event cancel middag --date 25/11", 4, "E2 is not on 2024-11-25, but on 2024-11-10")


def test_a_group_is_removed_unless_something_rests_on_it(city: City) -> None:
    city.must(
        "group open Tirsdag --kind talk --start 2024-09-03 --weeks 3 --leader 3",
        "group open Net --kind network --start 2024-10-01 --continues G1",
        "group enroll G1 1 --date 2024-09-03",
        "group meet G1 --date 2024-09-03 --present 1",
        "group contact G1 --date 2024-09-04",
    )
    city.refused("group remove G1", 5, "1 meeting that was held", "1 enrolment", "1 contact", "G2")
    city.corrected("group remove G2", "G2 Net")
    city.must("group open Fejl --kind talk --start 2024-09-03 --leader 3")
    city.corrected("group remove fejl")


def test_a_meeting_is_planned_and_moved(city: City) -> None:
    city.must("group open Tirsdag --kind talk --start 2024-10-29 --weeks 3 --leader 3", "group enroll G1 1 --date 2024-10-29")
    city.corrected("group plan G1 --date torsdag --theme Mod", "planned on Thursday 2024-11-07")
    city.corrected("group move G1 --date 7/11 --to 8/11", "on Friday 2024-11-08 (before: 2024-11-07)")
    assert city.rows("SELECT theme FROM sessions WHERE date = '2024-11-08'") == [("Mod",)]
    city.refused("group move G1 --date 8/11 --to 12/11", 5, "2024-11-12")
    city.refused("group move G1 --date 9/11 --to 13/11", 4, "G1")
    city.refused("group plan G1 --date 12/11", 5, "2024-11-12")
    city.refused("group plan G1 --date 2024-10-01", 5, "2024-10-29")
    city.must("group meet G1 --date 2024-10-29 --present 1")
    city.corrected("group move G1 --date 29/10 --to 30/10", "on Wednesday 2024-10-30")
    assert days(city, "G1")[0] == ("2024-10-30", "held", 2, 0)
    city.refused("group move G1 --date 30/10 --to 2024-11-30", 5, "has not come yet")
    assert "has passed" in city.must("group plan G1 --date 2024-10-31")


def test_themes_come_from_a_file_or_the_setting_in_the_order_of_the_meetings(city: City, tmp_path: Path) -> None:
    def themes(ref: str) -> list[object]:
        return [
            row[0]
            for row in city.rows(
                f"SELECT theme FROM sessions JOIN activities ON activities.id = activity_id WHERE ref = '{ref}' ORDER BY date"
            )
        ]

    (tmp_path / "temaer.txt").write_text("Mod\n\nGrænser\n", encoding="utf-8")
    shown = city.corrected(f"group open Tirsdag --kind talk --start 2024-09-03 --weeks 3 --themes {tmp_path / 'temaer.txt'}")
    assert themes("G1") == ["Mod", "Grænser", None] and "Note" not in shown
    assert "2024-09-17" in city.must("group show G1")
    city.must("setting set themes 'Venskab | Krop|Skam'", "group open Onsdag --kind talk --start 2024-09-04 --weeks 2")
    assert themes("G2") == ["Venskab", "Krop"]
    city.must(f"group open Torsdag --kind talk --start 2024-09-05 --weeks 1 --themes {tmp_path / 'temaer.txt'}", "setting set themes none")
    assert themes("G3") == ["Mod"]
    assert "1 theme is left over" in city.must(
        f"group open Fredag --kind talk --start 2024-09-06 --weeks 1 --themes {tmp_path / 'temaer.txt'}"
    )
    city.must("group open Net --kind network --start 2024-09-06 --weeks 1")
    assert themes("G5") == [None]
    city.refused("group open Fejl --kind talk --start 2024-09-03 --themes findes-ikke.txt", 3, "findes-ikke.txt")


@given(moves=st.lists(st.integers(-40, 40), min_size=1, max_size=3), length=st.integers(1, 5))
@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_moving_there_and_back_changes_nothing(tmp_path_factory: pytest.TempPathFactory, moves: list[int], length: int) -> None:
    from datetime import date, timedelta

    city = City(new_city(tmp_path_factory.mktemp("moves") / "aarhus.db"), "2024-11-02")
    first = date(2024, 6, 1)
    city.must(
        'intake add "Anna Holm" --enquired 2023-01-08', f"event log Tur --date {first} --until {first + timedelta(length - 1)} --present 1"
    )
    before = city.everything()
    for days in moves:
        city.must(f"event edit E1 --date {first + timedelta(days)}")
        assert len(city.rows("SELECT 1 FROM sessions")) == length
    city.must(f"event edit E1 --date {first}")
    assert city.everything() == before


def test_a_correction_of_who_came_names_who_was_added_and_removed(city: City) -> None:
    city.must("event log Climbing --date 2024-03-05 --present 1")
    shown = city.must("event attend climbing --present 2")
    assert "1 participant, 0 volunteers (added: 2 Bo Krog; removed: 1 Anna Holm)" in shown
    assert "(before: 1; added: 1 Anna Holm)" in city.must("event attend climbing --present 1,2")
    assert "(before" not in city.must("event attend climbing --present 1,2")


def test_an_enrolment_before_the_group_opens_is_noted(city: City) -> None:
    city.must("group open Tuesday --kind talk --start 2024-11-05 --weeks 4")
    # Without a year it is the latest past day, which here is a year too early.
    assert "2023-11-12 is before G1 opens on 2024-11-05" in city.must("group enroll tuesday 1 --date 12/11")
    assert "is before" not in city.must("group enroll tuesday 2 --date 12/11-2024")


def test_a_sheet_of_a_group_may_name_it_by_its_title(city: City, tmp_path: Path) -> None:
    city.must("group open Tuesday --kind talk --start 2024-10-01 --weeks 2")
    (tmp_path / "sheet.csv").write_text("Name,1/10,8/10\nAnna Holm,x,\n", encoding="utf-8")
    city.must(f"import {tmp_path / 'sheet.csv'} --as sheet --group tuesday")
    assert days(city, "G1") == [("2024-10-01", "held", 1, 0), ("2024-10-08", "planned", 0, 0)]


def test_a_trip_is_at_most_31_days(city: City) -> None:
    city.must("event log Tur --date 2024-07-01 --until 2024-07-31 --present 1")
    assert len(days(city, "E1")) == 31
    city.refused("event log Tur --date 2024-07-01 --until 2024-08-01 --present 1", 2, "2024-08-01", "31 days")


def test_what_ends_on_a_day_makes_room_for_what_begins_on_it(city: City) -> None:
    city.must("group open Net --kind network --start 2024-09-03 --weeks 0", "group enroll G1 1 --date 2024-09-03")
    city.refused("group enroll G1 1 --date 2024-10-01", 5, "Anna Holm")
    city.must("group leave G1 1 --date 2024-10-01", "group enroll G1 1 --date 2024-10-01")
    assert city.rows("SELECT starts, ends FROM enrolments ORDER BY id") == [("2024-09-03", "2024-10-01"), ("2024-10-01", None)]


def test_the_day_a_group_is_closed_is_its_last(city: City, tmp_path: Path) -> None:
    (tmp_path / "groups.csv").write_text("title,kind,start,closed\nEn aften,network,2024-09-03,2024-09-03\n", encoding="utf-8")
    city.must(f"import {tmp_path / 'groups.csv'}", "group meet G1 --date 2024-09-03 --present 1")
    city.refused("group meet G1 --date 2024-09-10 --present 1", 5, "was closed on 2024-09-03")
    (tmp_path / "groups.csv").write_text("title,kind,start,closed\nBaglæns,network,2024-09-03,2024-09-02\n", encoding="utf-8")
    refused = city(f"import {tmp_path / 'groups.csv'}")
    assert refused.exit_code == 2 and "2024-09-02 is before the start, 2024-09-03" in refused.stderr


def test_a_day_that_is_not_there_is_named_with_the_year_of_those_that_are(city: City) -> None:
    city.must("group open Ons --kind talk --start 6/11-2024 --weeks 8")
    city.refused("group move G1 --date 14/11 --to 15/11", 4, "2024-11-14")
    city.refused("group move G1 --date 1/11-2023 --to 15/11", 4, "2023-11-01")


def test_a_cancelled_event_is_named_with_its_day(city: City) -> None:
    city.must("event plan Middag --date 10/11 --every week --times 2")
    city.corrected("event cancel middag", "E1 Middag, 2024-11-10: cancelled.")


def test_who_is_no_longer_excused_is_named(city: City) -> None:
    city.must("group open Tirsdag --kind talk --start 2024-08-06", "group enroll G1 1,2 --date 2024-08-06")
    meet = "group meet G1 --date 2024-08-13 --present 1 --excused"
    assert "no longer" not in city.must(f"{meet} 2")
    assert "(no longer excused: 2 Bo Krog)" in city.must(f"{meet} none")
    city.must(f"{meet} 2")
    assert "(ikke længere meldt afbud: 2 Bo Krog)" in city.must(f"--language da {meet} none")
    city.must(f"{meet} 2")
    assert "no longer" not in city.must("group meet G1 --date 2024-08-13 --present 1,2")  # who came was added


def test_a_cancelled_trip_is_told_with_its_last_day(city: City) -> None:
    city.must("event log Tur --date 2024-07-01 --until 2024-07-03 --present 1", "event log Spil --date 2024-07-05 --present 1")
    assert "Tur, 2024-07-01 to 2024-07-03: cancelled." in city.must("event cancel E1 --force")
    assert "Tur, 1. juli 2024 til 3. juli 2024: aflyst." in city.must("--language da event cancel E1 --force")
    assert "Spil, 2024-07-05: cancelled." in city.must("event cancel E2 --force")
    assert {state for _date, state, _number, _unnamed in days(city, "E1")} == {"cancelled"}
