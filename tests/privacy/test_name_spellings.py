"""Names are found in texts by the folding that finds people: whatever `person find` takes for a full name goes with the person."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from once import made_once
from running import husrum, new_city, store_of

from husrum_cli.input.text import name_words
from husrum_cli.store.spellings import plain_form

# As typed elsewhere -> the number of the one it names.
SPELLED = {
    "Soren Molgard": 1,
    "SOEREN MOELGAARD": 1,
    "Molgaard, Søren": 1,
    "Søren_Mølgård": 1,
    "So\u0308ren Mo\u0308lga\u030ard": 1,
    "SørenMølgård": 1,
    "Ｓøｒｅｎ　Ｍøｌｇåｒｄ": 1,
    "Sø\u200bren Møl\u00adgård": 1,
    "anne\u2011marie bo\u2011holm": 2,
    "Anne\u2013Marie Bo\u2212Holm": 2,
    "Annemarie Boholm": 2,
    "AnneMarie Bo Holm": 2,
    "Bo-Holm, Annemarie": 2,
    "Nobi Krogh-Quist": 3,
    "nobi krogh quist": 3,
    "Nobi Quist": 3,
    "Krogh\u2010Quist, Nobi": 3,
    "Norbert Dahl": 3,
    "Dahl, Norbert": 3,
    "Nobi Dahl": 3,
}
PHONES = ("30_41_52_63", "30,41,52,63", "30;41;52;63", "30|41|52|63", "+45_30_41_52_63", "0045,30,41,52,63", "(+45) 30 / 41 / 52 / 63", "３０＿４１＿５２＿６３", "45 30415263")  # fmt: skip


def done(*words: object) -> str:
    """Return what the command writes on both channels; it must succeed."""
    result = husrum(*words, env={"HUSRUM_TODAY": "2024-10-08"})
    assert result.exit_code == 0, result.stderr
    return result.stdout + result.stderr


@pytest.fixture
@made_once
def town(tmp_path: Path) -> Path:
    """Søren Mølgård (1), Anne-Marie Bo-Holm (2), and Norbert Krogh-Quist (3), who is called Nobi and was called Norbert Dahl."""
    city = new_city(tmp_path / "aarhus.db")
    done("intake", "add", "Søren Mølgård", "--phone", "30415263", "--db", city)
    done("intake", "add", "Anne-Marie Bo-Holm", "--db", city)
    done("intake", "add", "Norbert Krogh-Quist", "--called", "Nobi", "--db", city)
    done("person", "formerly", "3", "Norbert Dahl", "--db", city)
    return city


def write_everywhere(city: Path, texts: list[str]) -> None:
    """Write the texts into each kind of text that others' rows have."""
    together = "\n".join(texts)
    done("intake", "add", "Per Q", "--note", together, "--db", city)
    done("person", "consent", "Per Q", "quotes_photos", "--given", "2024-01-02", "--db", city)
    store = store_of(city)
    with store.writing(None):
        answers = json.dumps({"name": "Ny", "note": together}, ensure_ascii=False)
        store.insert("drafts", command="intake add", person_id=None, changed_at="2024-10-08 12:00", answers=answers)
    store.close()
    for number, text in enumerate(texts):
        day = ("--date", f"2024-{number // 25 + 1:02}-{number % 25 + 1:02}", "--db", city)
        done("suggestion", "add", text, *day)
        done("quote", "add", text, "--person", "Per Q", *day)
        done("goal", "set", "Per Q", text, *day)
        done("event", "log", f"Aften med {text}", *day)


@pytest.mark.parametrize("how", ["anonymise", "erase"])
def test_every_name_that_is_found_goes(town: Path, how: str) -> None:
    texts = [unicodedata.normalize("NFC", text) for text in SPELLED]
    write_everywhere(town, [*texts, *PHONES])
    for number in (1, 2, 3):
        done("person", how, str(number), "--yes", "--db", town)
    store = store_of(town)
    rest = json.dumps(
        [
            [tuple(row) for row in store.rows(f"SELECT {column} FROM {table}")]
            for table, column in (("drafts", "answers"), ("intakes", "note"), ("suggestions", "text"), ("quotes", "text"), ("goals", "text"), ("activities", "title"))
        ]
    )  # fmt: skip
    store.close()
    found = plain_form(rest).casefold()
    assert not [word for word in ("molg", "bohol", "holm", "quist", "dahl", "nobi", "52") if word in found], rest


@pytest.mark.parametrize("how", ["anonymise", "erase"])
@pytest.mark.parametrize("who", [{"person": " 1 "}, {"name": "soren  MOLGÅRD"}, {"person": "Mølgård, Søren"}])
def test_a_draft_about_them_goes_however_it_names_them(town: Path, how: str, who: dict[str, str]) -> None:
    store = store_of(town)
    with store.writing(None):
        for answers in ({**who, "diagnosis": "anxiety"}, {"name": "Søren Holm", "diagnosis": "none"}):
            store.insert(
                "drafts",
                command="intake add",
                person_id=None,
                changed_at="2024-10-08 12:00",
                answers=json.dumps(answers, ensure_ascii=False),
            )
    store.close()
    done("person", how, "1", "--yes", "--db", town)
    store = store_of(town)
    assert [json.loads(row["answers"])["diagnosis"] for row in store.rows("SELECT answers FROM drafts")] == ["none"]
    store.close()


def test_a_short_name_in_one_word_is_left_to_the_coordinator(town: Path) -> None:
    done("intake", "add", "Per Son", "--db", town)
    done("suggestion", "add", "En person mere", "--db", town)
    done("suggestion", "add", "Sammen med per-son", "--db", town)
    shown = done("person", "erase", "4", "--yes", "--db", town)
    assert "changed, in which the name, phone or e-mail was: suggestions 2." in shown
    assert "suggestions 1" in shown.partition("decide: ")[2].partition("\n")[0]
    assert "En person mere" in done("suggestion", "list", "--db", town)


def test_a_name_that_somebody_else_has_in_another_spelling_stays(town: Path) -> None:
    done("intake", "add", "Annemarie Boholm", "--db", town)
    done("suggestion", "add", "Anne Marie Bo Holm vil have kage", "--db", town)
    shown = done("person", "erase", "2", "--yes", "--db", town)
    assert "Somebody else has the same name" in shown
    assert "Anne Marie Bo Holm vil have kage" in done("suggestion", "list", "--db", town)


@given(st.text(max_size=30))
@example("Åå Øoe Æae")
@example("b𝐙")
@example("A\u0308ae'o\u2019e")
def test_the_plain_form_has_the_words_of_the_name(name: str) -> None:
    assert name_words(plain_form(name)) == name_words(name)
