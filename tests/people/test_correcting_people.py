"""People, enquiries, consents and partners corrected and removed: what is shown, what is in the file, and what undo brings back."""

from __future__ import annotations

from pathlib import Path

import pytest
from journal import City
from once import made_once
from running import new_city


@pytest.fixture
@made_once
def city(tmp_path: Path) -> City:
    city = City(new_city(tmp_path / "aarhus.db"), "2024-11-02")
    city.must(
        'intake add "Anna Holm" --enquired 2024-01-08 --held 2024-01-15 --source friend --diagnosis anxiety --note fortroligt',
        'volunteer add "Karen Dal" --joined 2024-01-01 --role befriender --intro-course 2024-01-01',
    )
    return city


def test_a_person_is_shown_by_the_new_name(city: City) -> None:
    city.corrected('person edit 1 --name "Anna Lund" --born 2001', "1 Anna Lund", "(before: Anna Holm)", "(before: –)")
    city.corrected("person edit 1 --born none", "– (before: 2001)")
    city.refused("person edit 1 --name none", 2, "name")
    city.refused("person edit 1 --gender f", 5, "volunteer")
    city.refused("person edit 1", 2)
    assert city.rows("SELECT name, born FROM people WHERE id = 1") == [("Anna Lund", None)]


def test_a_phone_number_with_a_digit_too_few_is_remarked_on(city: City) -> None:
    for phone in ("1234567", "123 456 789", "ring"):
        for line in (f'person edit 1 --phone "{phone}"', f'volunteer edit 2 --phone "{phone}"', f'intake add Bo --phone "{phone}"'):
            said = city.must(line)
            assert "not eight digits" in said and phone not in said.partition("\n")[0]
            city.must("undo --yes")
    for phone in ("22 33 44 55", "+45 22334455", "0046 8 123 456 78", "22334455 / 66778899"):
        assert "digits" not in city.must(f'person edit 1 --phone "{phone}"')


def test_an_enquiry_shows_what_it_was_but_nothing_confidential(city: City) -> None:
    shown = city.corrected(
        "intake edit 1 --enquired 2024-01-07 --source self --diagnosis autism --note none",
        "enquired 2024-01-07 (before: 2024-01-08)", "(before: Friend", "diagnosis changed", "note changed",
    )  # fmt: skip
    assert not {"autism", "Autism", "anxiety", "Anxiety", "fortroligt"} & set(shown.split())


def test_an_enquiry_is_removed_unless_something_counts_on_it(city: City) -> None:
    city.must(
        "intake add --person 1 --enquired 2024-06-01",
        "intake add --person 1 --enquired unknown",
        "event log Spil --date 2024-02-01 --present 1",
    )
    city.refused("intake remove 1", 4, "2024-01-08", "2024-06-01")
    city.refused("intake remove 1 --enquired 2024-06-02", 4, "2024-06-02")
    city.corrected("intake remove 1 --enquired 2024-06-01", "2024-06-01")
    city.corrected("intake remove 1 --enquired unknown")
    city.must("match wait 1")
    city.refused("intake remove 1", 5, "1 visit", "1 place on the waiting list")
    city.must("match unwait 1 --remove", "event attend E1 --present none")
    assert "person erase 1" in city.corrected("intake remove 1")
    assert city.rows("SELECT count(*) FROM intakes UNION ALL SELECT count(*) FROM answers") == [(0,), (0,)]
    city.refused("intake remove 1", 4, "no enquiry")
    city.refused("intake remove 2", 4, "no enquiry")


def test_what_somebody_was_there_as_is_decided_again_when_an_enquiry_goes(city: City) -> None:
    city.must(
        "intake add --person 2 --enquired 2024-01-20",
        "intake add --person 2 --enquired 2024-06-01",
        "event log Spil --date 2024-02-01 --present 2",
    )
    assert city.rows("SELECT part FROM attendance") == [("participant",)]
    city.corrected("intake remove 2 --enquired 2024-01-20", "2 Karen Dal now counts as a volunteer on 2024-02-01")


def test_consents_leavings_and_steps_onward_are_taken_back(city: City) -> None:
    city.must("person consent 1 research --given 2024-02-01", "person consent 1 quotes_photos --given 2024-02-01 --withdrawn 2024-03-01")
    city.must(
        "person consent 1 quotes_photos --given 2024-04-01",
        "person leave 1 --date 2024-10-01",
        "person onward 1 --to FGU --date 2024-09-01",
    )
    city.corrected("person consent 1 research --remove", "2024-02-01: removed")
    city.refused("person consent 1 quotes_photos --remove", 4, "2024-02-01", "2024-04-01")
    city.corrected("person consent 1 quotes_photos --given 2024-04-01 --remove")
    city.refused("person consent 1 research --remove", 4, "consent")
    city.corrected("person leave 1 --remove", "2024-10-01: removed")
    city.refused("person leave 1 --remove", 4)
    city.refused("person onward 1 --to Mars --remove", 4, "Mars")
    city.corrected("person onward 1 --to fgu --remove", "2024-09-01: removed")


def test_none_clears_a_day_of_a_consent_and_never_makes_one(city: City) -> None:
    for day in ("given", "withdrawn"):
        city.refused(f"person consent 1 research --{day} none", 4, "consent")
    city.must("person consent 1 research --given 2024-02-01", "person consent 1 research --withdrawn 2024-03-01")
    city.refused("person consent 1 research --given none", 5, "2024-03-01")
    city.refused("person consent 1 research --given none --withdrawn none", 2)
    city.corrected("person consent 1 research --withdrawn none", "research", "– (before: 2024-03-01)", "does not come back")
    assert city.rows("SELECT given, withdrawn FROM consents") == [("2024-02-01", None)]
    assert "nothing changed" in city.must("person consent 1 research --withdrawn none")
    city.corrected("person consent 1 research --given none", "– (before: 2024-02-01)")
    assert city.rows("SELECT given, withdrawn FROM consents") == [(None, None)]


def test_none_leaves_the_other_consents_for_the_same_as_they_are(city: City) -> None:
    city.must("person consent 1 research --given 2024-02-01 --withdrawn 2024-03-01", "person consent 1 research --given 2024-04-01")
    city.refused("person consent 1 research --given 2024-02-01 --withdrawn none", 5, "again since")
    city.must("person consent 1 research --withdrawn 2024-05-01")
    city.corrected("person consent 1 research --given 2024-02-01 --withdrawn none", "before: 2024-03-01")
    city.refused("person consent 1 research --given 2023-02-01 --withdrawn none", 4, "2023-02-01")


def test_a_withdrawal_alone_does_not_become_a_consent(city: City) -> None:
    city.must("person consent 1 research --withdrawn 2024-03-01")
    city.refused("person consent 1 research --withdrawn none", 5, "--remove")


@pytest.mark.parametrize("words", ["--withdrawn none", "--remove"])
def test_a_withdrawal_taken_back_is_not_applied_to_a_restored_copy(city: City, words: str) -> None:
    city.must("person consent 1 health_data --given 2024-02-01", "backup " + str(copy := city.path.with_name("copy.db")))
    city.must("person consent 1 health_data --withdrawn 2024-03-01", f"person consent 1 health_data {words}")
    assert "withdr" not in city("check").stdout + city("check").stderr
    city.must(f"restore {copy}")
    assert city.rows("SELECT given, withdrawn FROM consents") == [("2024-02-01", None)]


def test_a_former_name_and_two_who_are_not_one_are_taken_back(city: City) -> None:
    city.must('person formerly 1 "Anna Åberg"', "person distinct 1 2")
    city.corrected('person formerly 1 "anna aaberg" --remove', "1 Anna Holm")
    city.corrected("person distinct 2 1 --remove", "no longer marked")
    city.refused('person formerly 1 "Anna Åberg" --remove', 4)
    city.refused("person distinct 1 2 --remove", 4)


def test_settings_and_the_city_say_what_they_were(city: City) -> None:
    city.must("setting set contact_days 30")
    city.corrected("setting set contact_days 45", "45 (before: 30)")
    city.corrected("setting set contact_days none", "60 (before: 45)")
    city.corrected("branch edit --active-from 2024-01-01", "active from 2024-01-01 (before: –)")
    city.corrected("branch edit --name Århus", "name Århus (before: Aarhus)")


@pytest.mark.parametrize("words", ['event log Games --like ""', 'goal list --group ""', 'event list --sort ""', 'stats year --branch ""'])
def test_an_empty_option_is_not_the_same_as_none(city: City, words: str) -> None:
    city.refused(words, 2, "is empty")


def test_partners_are_corrected_joined_and_removed(city: City) -> None:
    city.must(
        "partner add Huset --from 2023-01-01",
        "event log Spil --date 2024-02-01 --venue Hus --partner Hus --partner Huset",
        "partner add Fejl",
    )
    city.corrected("partner edit huset --kind spillested --to 2025-01-01", "kind spillested (before: –)", "2025-01-01 (before: –)")
    city.corrected("partner edit Huset --name 'Det Gule Hus' --to none", "(before: Huset)", "– (before: 2025-01-01)")
    city.refused("partner edit Hus --name 'det gule hus'", 5, "partner join")
    city.refused("partner edit Hus", 2)
    city.refused("partner edit Mars --kind by", 4, "Mars")
    city.refused("partner remove hus", 5, "1 group or event", "1 group or event held there")
    city.corrected("partner remove Fejl")
    city.corrected("partner join 'Det Gule Hus' Hus", "Hus is now Det Gule Hus")
    assert city.rows(
        "SELECT name, p.kind, p.starts, (SELECT count(*) FROM activity_partners), venue_id = p.id FROM partners AS p, activities"
    ) == [("Det Gule Hus", "spillested", "2023-01-01", 1, 1)]
    city.refused("partner join 'Det Gule Hus' 'det gule hus'", 2)
    city.must("partner add Kilden --kind kirke --from 2022-01-01 --to 2024-05-05")
    went = ("kind spillested (before: kirke)", "from 2022-01-01 (before: 2023-01-01)", "to – (before: 2024-05-05)")
    city.corrected("partner join 'Det Gule Hus' Kilden", *went)


def test_a_reported_figure_is_removed(city: City) -> None:
    city.must("figure set 2024 facebook_followers 120 --source Facebook")
    city.corrected("figure remove 2024 facebook_followers", "(before: 120)")
    city.refused("figure remove 2024 facebook_followers", 4, "Facebook followers was not entered for 2024")
    city.refused("figure remove 2024 nonsense", 2)
