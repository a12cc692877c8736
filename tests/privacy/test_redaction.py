"""Names and phones in others' texts: every spelling goes, and what may be somebody else's is listed for the coordinator."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from once import made_once
from running import husrum, new_city

PHONES = (
    "20304050",
    "+4520304050",
    "+45 20 30 40 50",
    "0045 20304050",
    "004520304050",
    "20-30-40-50",
    "4520304050",
    "(+45) 20304050",
    "20.30.40.50",
    "２０３０４０５０",
    "＋４５２０３０４０５０",
)
NAMES = (
    "Anne-Marie Årup", "anne marie årup", "ANNE-MARIE AARUP", "Årup, Anne-Marie", "Anne-Marie Årups", "Mie Årup", "Anne-Marie Dahl", "Anné-Marie Aarup",
)  # fmt: skip
OTHERS = ("Anne-Marie Årupsen", "20304051", "920304050", "Marie Dahlgaard")


def done(*words: object) -> str:
    """Return what the command writes on both channels; it must succeed."""
    result = husrum(*words)
    assert result.exit_code == 0, result.stderr
    return result.stdout + result.stderr


@pytest.fixture
@made_once
def someone(tmp_path: Path) -> Path:
    """Anne-Marie Årup, called Mie, formerly Dahl."""
    city = new_city(tmp_path / "aarhus.db")
    done("intake", "add", "Anne-Marie Årup", "--called", "Mie", "--phone", "+45 20304050", "--enquired", "2024-01-02", "--db", city)
    done("person", "formerly", "1", "Anne-Marie Dahl", "--db", city)
    return city


@pytest.mark.parametrize("how", ["anonymise", "erase"])
@pytest.mark.parametrize("text", [*PHONES, *NAMES])
def test_every_spelling_goes(someone: Path, how: str, text: str) -> None:
    done("intake", "add", "Bo Ek", "--enquired", "2024-01-02", "--note", f"kom med {text}, tirsdag", "--db", someone)
    shown = done("person", how, "1", "--yes", "--db", someone)
    assert "1 other text is changed, in which the name, phone or e-mail was" in shown and "enquiries of person 2, 2024-01-02" in shown
    (stored,) = json.loads(husrum("intake", "show", "2", "--format", "json", "--db", someone).stdout)["intakes"]
    assert stored["note"] in (
        "kom med #1, tirsdag",
        "kom med […], tirsdag",
        "kom med #1s, tirsdag",
        "kom med […]s, tirsdag",
        "kom med (#1, tirsdag",
        "kom med ([…], tirsdag",
    )
    assert text.encode() not in someone.read_bytes()


@pytest.mark.parametrize("text", OTHERS)
def test_others_stay(someone: Path, text: str) -> None:
    done("intake", "add", "Bo Ek", "--enquired", "2024-01-02", "--note", f"kom med {text}.", "--db", someone)
    assert "is changed" not in done("person", "anonymise", "1", "--yes", "--db", someone)
    (stored,) = json.loads(husrum("intake", "show", "2", "--format", "json", "--db", someone).stdout)["intakes"]
    assert stored["note"] == f"kom med {text}."


def test_a_first_name_alone_is_left_to_the_coordinator(someone: Path) -> None:
    done("group", "open", "Tirsdag", "--kind", "talk", "--start", "2024-03-05", "--db", someone)
    done("group", "enroll", "G1", "1", "--date", "2024-03-05", "--db", someone)
    done("group", "meet", "G1", "--date", "2024-03-05", "--present", "1", "--note", "Mie var ked af det", "--db", someone)
    done("event", "log", "Spil", "--date", "2024-03-06", "--note", "Marie kom ikke", "--db", someone)
    exported = json.loads(done("person", "export", "1", "--format", "json", "--db", someone))
    assert {"table": "sessions", "which": "G1, 2024-03-05"} in exported["texts_in"]
    shown = done("person", "anonymise", "1", "--yes", "--db", someone)
    assert "A part of a name that may be theirs is left in notes; look at them and decide: " in shown and "G1, 2024-03-05" in shown
    assert "E1" not in shown.partition("decide: ")[2]


def test_each_note_to_decide_about_is_named_as_a_command_finds_it(someone: Path) -> None:
    on = ("--date", "2024-03-05", "--db", someone)
    done("intake", "add", "Bo Ek", "--enquired", "2024-01-02", "--db", someone)
    done("volunteer", "add", "Vera Vang", "--role", "befriender", "--joined", "2024-01-02", "--intro-course", "2024-01-02", "--db", someone)
    done("volunteer", "hours", "3", "2", "--what", "kørte Mie", *on)
    done("match", "start", "2", "3", "--date", "2024-01-02", "--db", someone)
    done("match", "meet", "2", "--note", "Mie var med", *on)
    done("person", "remind", "2", "--on", "2030-01-01", "--note", "spørg om Mie", "--db", someone)
    done("goal", "set", "2", "gå til spil med Mie", *on)
    done("person", "consent", "2", "quotes_photos", "--given", "2024-01-02", "--db", someone)
    done("quote", "add", "Mie er sjov", "--person", "2", *on)
    done("suggestion", "add", "Mie vil have kage", *on)
    done("target", "add", "--text", "Mie leder en gruppe", "--period", "2024", "--db", someone)
    listed = done("person", "erase", "1", "--yes", "--db", someone).partition("decide: ")[2].partition(".\n")[0]
    assert sorted(listed.split("; ")) == [
        *(
            "goals of person 2, 2024-03-05",
            "hours of volunteers of person 3, 2024-03-05",
            "meetings of pairs of person 2, 2024-03-05",
            "quotes 1",
        ),
        *("reminders of person 2, 2030-01-01", "suggestions 1", "targets 1"),
    ]


@pytest.mark.parametrize("how", ["anonymise", "erase"])
def test_closed_years_with_a_called_name_are_named_to_be_decided_on(city: Path, how: str) -> None:
    done("intake", "add", "Zebulon Holm", "--called", "Zebbi", "--enquired", "2021-01-02", "--referred-by", "Zebbis mor", "--db", city)
    done("event", "log", "Spil", "--activity", "Zebbi fest", "--date", "2021-05-05", "--present", "1", "--db", city)
    done("event", "log", "Zebbi rejser", "--activity", "Tur", "--date", "2022-05-05", "--db", city)
    done("event", "log", "Tur", "--date", "2023-05-05", "--db", city)
    for year in (2021, 2022, 2023):
        done("year", "close", year, "--force", "--db", city)
    if how == "anonymise":
        assert '"which": "2022"' in done("person", "export", "1", "--format", "json", "--db", city)
    listed = done("person", how, "1", "--yes", "--db", city).partition("decide: ")[2].partition(".\n")[0]
    assert [each for each in listed.split("; ") if "years" in each] == ["closed years 2021", "closed years 2022"]


def test_a_first_name_that_others_have_is_only_looked_for_where_they_were(someone: Path) -> None:
    done("intake", "add", "Mie Holm", "--enquired", "2024-01-02", "--db", someone)
    done("event", "log", "Spil", "--date", "2024-03-06", "--note", "Mie kom ikke", "--db", someone)
    assert "decide" not in done("person", "anonymise", "1", "--yes", "--db", someone)


@pytest.mark.parametrize("how", ["anonymise", "erase"])
def test_a_text_that_goes_with_the_person_is_not_left_to_decide_on(city: Path, how: str) -> None:
    done("intake", "add", "Zebulon Holm", "--called", "Zeb", "--enquired", "2024-01-02", "--referred-by", "Zebs mor", "--db", city)
    done("volunteer", "add", "Vera Vang", "--role", "befriender", "--joined", "2024-01-02", "--intro-course", "2024-01-02", "--db", city)
    done("match", "start", "1", "2", "--date", "2024-01-02", "--db", city)
    done("match", "meet", "1", "--date", "2024-04-05", "--note", "gåtur med Zeb", "--db", city)
    done("event", "log", "Spil", "--date", "2024-03-06", "--note", "Zeb kom ikke", "--db", city)
    done("intake", "add", "Bo Ek", "--enquired", "2024-01-02", "--note", "ven af Zeb", "--db", city)
    listed = done("person", how, "1", "--yes", "--language", "da", "--db", city).partition("stilling: ")[2].partition(".\n")[0]
    assert "arrangementer E1" in listed and "henvendelser for person 3, 2. januar 2024" in listed and "møder i par" not in listed
    assert ("Zebs mor" in listed) == (how == "anonymise")


def test_a_last_name_that_others_have_is_looked_for_where_it_is_not_in_their_name(city: Path) -> None:
    done("intake", "add", "Anna Zølvmark", "--enquired", "2024-01-02", "--db", city)
    done("volunteer", "add", "Karen Marie Zølvmark", "--called", "Kaja", "--role", "leader", "--joined", "2024-01-02", "--db", city)
    notes = (
        "kæreste med Zølvmark",
        "Karen Marie Zoelvmark ringer",
        "ring til Kaja Zølvmark",
        "A. Zølvmark kommer",
        "Karen Zølvmark og fru Zølvmark",
    )
    for number, note in enumerate(notes, 3):
        done("intake", "add", f"Bo Ek{number}", "--enquired", "2024-01-02", "--note", note, "--db", city)
    listed = done("person", "erase", "1", "--yes", "--db", city).partition("decide: ")[2].partition(".\n")[0]
    assert sorted(listed.split("; ")) == [
        "enquiries of person 3, 2024-01-02",
        "enquiries of person 6, 2024-01-02",
        "enquiries of person 7, 2024-01-02",
    ]


PARTS = (
    "S.M. Ørsted", "S. M. Oersted", "S. Ørsted", "S Ørsted", "Søren Ørsted", "Søren M. Ørsted", "SM Ørsted", "Søren Ø.", "Søren Ø", "Søren M.Ø.", "Sørens mor",
    "Ørsteds mor", "fru ørsted", "Bo Ørsted", "Ørsted, S.",
)  # fmt: skip


@pytest.mark.parametrize("how", ["anonymise", "erase"])
def test_parts_of_a_name_are_left_to_the_coordinator(city: Path, how: str) -> None:
    done("intake", "add", "Søren Mads Ørsted", "--enquired", "2024-01-02", "--db", city)
    done("setting", "set", "themes", "Tillid|Ørsted taler", "--db", city)
    for number, text in enumerate(PARTS):
        done("event", "log", "Spil", "--date", f"2024-03-{number + 1:02}", "--note", f"kom med {text}, tirsdag", "--db", city)
    for text in ("Sørensen", "Ørstedsen", "S. M. Holm", "Mads"):  # of others
        done("event", "log", "Fest", "--date", "2024-04-01", "--note", text, "--db", city)
    listed = done("person", how, "1", "--yes", "--db", city).partition("decide: ")[2].partition("\n")[0]
    assert {f"E{number + 1}" for number in range(len(PARTS))} == set(re.findall(r"E\d+", listed))
    assert "themes" in listed


def test_a_last_name_of_two_is_decided_on_by_the_coordinator_and_a_first_name_only_where_they_were(city: Path) -> None:
    for name in ("Søren Mads Ørsted", "Sanne Ørsted", "Søren Holm"):
        done("intake", "add", name, "--enquired", "2024-01-02", "--db", city)
    for number, text in enumerate(("Ørsted kom", "Søren kom", "S. Ørsted kom", "Søren Ø. kom"), 1):
        done("event", "log", "Spil", "--date", f"2024-03-{number:02}", "--note", text, "--db", city)
    listed = done("person", "erase", "1", "--yes", "--db", city).partition("decide: ")[2].partition("\n")[0]
    assert re.findall(r"E\d+", listed) == ["E4", "E1", "E3"]


def test_a_name_in_the_themes_goes(someone: Path) -> None:
    done("setting", "set", "themes", "Tillid|Anne-Marie Årup fortæller", "--db", someone)
    assert "settings themes" in done("person", "erase", "1", "--yes", "--db", someone)
    assert json.loads(done("setting", "list", "--format", "json", "--db", someone).partition("\n\n")[0])
    assert "Årup" not in done("setting", "list", "--db", someone)


def test_only_those_past_the_files_retention_are_offered_for_anonymising(city: Path) -> None:
    for name, day in (("Gamle Ole", "2021-02-02"), ("Pause Petersen", "2024-02-02")):
        done("intake", "add", name, "--enquired", day, "--db", city)
    env = {"HUSRUM_TODAY": "2024-10-08"}
    shown = husrum("retention", "--older-than", "2m", "--db", city, env=env)
    assert "Gamle Ole" in shown.stdout and "Pause Petersen" in shown.stdout
    assert "husrum person anonymise 1\n" in shown.stderr
    done("setting", "set", "retention_months", "6", "--db", city)
    assert "husrum person anonymise 1,2\n" in husrum("retention", "--db", city, env=env).stderr


def test_a_first_name_in_a_title_a_partner_or_a_wish_is_listed_too(someone: Path) -> None:
    done("intake", "add", "Bo Ek", "--enquired", "2024-01-02", "--referred-by", "Mies mor", "--db", someone)
    done("group", "open", "Mies gruppe", "--kind", "talk", "--start", "2024-03-05", "--weeks", "0", "--db", someone)
    done("match", "wait", "1", "--interest", "Mie Andersen", "--db", someone)
    done("match", "wait", "2", "--avoid", "Mie", "--db", someone)
    shown = done("person", "erase", "1", "--yes", "--db", someone)
    listed = shown.partition("decide: ")[2].partition("\n")[0]
    assert "Mies mor" in listed and "G1" in listed and listed.count("wishes") == 1


def test_a_closed_year_forgets_in_whose_words_an_erased_volunteer_came(city: Path) -> None:
    words = ("Vera Vang", "gennem min kusine Birgit"), ("Bo Ek", "naboens avis"), ("Cy Ek", "Naboens  avis"), ("Di Ek", "friend")
    for name, said in words:
        done("volunteer", "add", name, "--role", "leader", "--joined", "2023-01-01", "--recruited-through", said, "--db", city)
    done("year", "close", "2023", "--force", "--db", city)

    def said() -> dict[str, int]:
        year = json.loads(done("stats", "year", "2023", "--format", "json", "--db", city))
        assert year["figures"]["volunteers"]["value"] == 4
        return {text: number for text, number in year["distributions"]["recruited_through"].items() if number}

    before = said()
    assert "closed years 2023" in done("person", "erase", "1", "--yes", "--db", city)
    assert said() == {text: number for text, number in before.items() if "kusine" not in text} | {"[…]": 1}
    assert b"kusine" not in city.read_bytes()
    done("person", "erase", "2", "--yes", "--db", city)  # somebody else said the same
    done("person", "erase", "4", "--yes", "--db", city)  # a code is nobody's own words
    assert said()["friend"] == 1 and sum(said().values()) == 4
    done("person", "erase", "3", "--yes", "--db", city)
    assert said() == {"friend": 1, "[…]": 3}
    assert b"avis" not in city.read_bytes() and husrum("check", "--db", city).exit_code == 0
