"""Every text of the code has its translation, which says the same and is whole; numbers and names are written as the language writes them."""

from __future__ import annotations

import json
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Message
from running import husrum
from translations import key, languages, read, template

from husrum_cli import vocabulary as codes
from husrum_cli.commands.nouns import NOUNS, SINGLE
from husrum_cli.i18n import LANGUAGES, _, choose_language, decimal_number, many, whole_number

TEXTS = {message.id: message.string for message in read("da") if message.id and not message.pluralizable}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Start every test in English, whatever language another one chose."""
    choose_language("en")
    yield
    choose_language("en")


def places(text: str) -> list[str]:
    """The `{places}` of a text, in the order of the alphabet."""
    return sorted({name for _before, name, _format, _conversion in string.Formatter().parse(text) if name is not None})


def commands(text: str) -> list[str]:
    """The options and the beginnings of commands in a text, in the order of the alphabet."""
    single = rf"(?:{'|'.join(sorted(SINGLE))})\b"
    verbs = rf"(?:{'|'.join(sorted(NOUNS.keys() - SINGLE))}) [a-z]+"
    return sorted(re.findall(rf"husrum (?:{single}|{verbs})(?: \{{\w+\}}| [A-ZÆØÅ]+\b)*|--[a-z][a-z-]*", text))


def ends(text: str) -> tuple[str, ...]:
    """Return the spaces and the full stop that a text begins and ends with."""
    found = re.match(r"(?s)(\s*).*?([\s.:?]*)$", text)
    assert found
    return found.groups()


def pairs(message: Message) -> list[tuple[str, str]]:
    """The English and the translated text, for each plural form."""
    if not message.pluralizable:
        return [(message.id, message.string)]
    one, *others = message.string
    return [(message.id[0], one), *((message.id[1], other) for other in others)]


def faults(message: Message, texts: dict[Any, Any]) -> Iterator[str]:
    """Return what is wrong with a translation. `texts`: those of the language."""
    for english, own in pairs(message):
        if not own:
            yield f"not translated: {english}"
        elif message.fuzzy:
            yield f"fuzzy: {english}"
        elif places(own) != places(english):
            yield f"other places: {own}"
        elif commands(own) != [re.sub("[A-Z]{3,}", lambda word: texts[word[0]], command) for command in commands(english)]:
            yield f"other commands: {own}"
        elif ends(own) != ends(english) and not message.context:
            yield f"begins or ends otherwise: {own}"


def test_every_language_has_every_text_and_no_other() -> None:
    assert languages() == [language for language in LANGUAGES if language != "en"]
    for language in languages():
        wanted = {(key(message), message.pluralizable) for message in template(language) if message.id}
        found = {(key(message), message.pluralizable) for message in read(language) if message.id}
        assert found == wanted, f"run: python tools/translations.py update {language}"


def test_every_translation_is_whole_and_says_the_same() -> None:
    for language in languages():
        catalog = read(language)
        texts = {message.id: message.string for message in catalog if not message.pluralizable}
        found = [fault for message in catalog if message.id for fault in faults(message, texts)]
        assert not found, "\n".join([language, *found])
        assert all(len(message.string) == catalog.num_plurals for message in catalog if message.pluralizable)


def test_a_day_in_a_command_is_one_that_can_be_typed() -> None:
    """A date in a sentence is written as the language has it, with spaces; `{text}` is repeated as it is."""
    options = "date|from|to|on|given|withdrawn|since|until|start|end|held|enquired|born|new-date"
    found = [
        place for message in template("da") for text, _own in pairs(message) for place in re.findall(rf"--(?:{options}) \{{(\w+)\}}", text)
    ]
    assert set(found) == {"text"}


def test_a_text_is_filled_in_the_language_chosen() -> None:
    assert many("{number} participant", "{number} participants", 1) == "1 participant"
    assert _("{count} of {answered} ({percent} %)", count=160, answered=190, percent=84) == "160 of 190 (84 %)"
    choose_language("da")
    assert many("{number} participant", "{number} participants", 2792) == "2.792 deltagere"
    assert _("{count} of {answered} ({percent} %)", count=160, answered=190, percent=84) == "160 af 190 (84 %)"


@pytest.mark.parametrize(
    ("language", "whole", "decimal", "both", "even"),
    [("da", "2.792", "1,5", "2.792,25", "2.792"), ("en", "2,792", "1.5", "2,792.25", "2,792")],
)
def test_numbers(language: str, whole: str, decimal: str, both: str, even: str) -> None:
    choose_language(language)
    assert whole_number(2792) == whole
    assert whole_number(999) == "999"
    assert decimal_number(1.5) == decimal
    assert decimal_number(2792.25) == both
    assert decimal_number(2792.0) == even
    assert decimal_number(-0.65) == f"-0{decimal[1]}65" and decimal_number(-2792.25) == f"-{both}"
    assert decimal_number(-1e-12) == decimal_number(0) == "0" and decimal_number(-2.0) == "-2"


def test_the_year_in_danish(aarhus: Path) -> None:
    result = husrum("stats", "year", "2024", "--language", "da", "--db", aarhus)
    assert result.exit_code == 0, result.stderr
    for text in ("Omfang", "Forskellige unge", "2.792", "160 af 190 (84 %)", "Frivillige"):
        assert text in result.stdout


def test_the_year_in_english(aarhus: Path) -> None:
    result = husrum("stats", "year", "2024", "--language", "en", "--db", aarhus)
    assert result.exit_code == 0, result.stderr
    for text in ("Scope", "Different young people", "2,792", "160 of 190 (84 %)", "Volunteers"):
        assert text in result.stdout


def test_an_error_in_danish(aarhus: Path) -> None:
    result = husrum("person", "show", "Nobody Atall", "--language", "da", "--db", aarhus)
    assert result.exit_code == 4
    assert result.stderr == "Fejl: person: ingen i filen hedder “Nobody Atall”; søg med: husrum person find TEKST\n"


def test_what_the_system_says_is_danish_too(tmp_path: Path) -> None:
    result = husrum("check", "--language", "da", "--db", tmp_path)
    assert (result.exit_code, result.stderr) == (3, f"Fejl: {tmp_path} kan ikke læses: det er en mappe.\n")


def test_names_are_in_danish_order(city: Path) -> None:
    names = ["Aarhus Teater", "Zoo", "Ældre Sagen", "Ørsted", "aktivitetshuset", "Åen", "Café", "Cafe Nord", "Öst"]
    for name in names:
        assert husrum("partner", "add", name, "--db", city).exit_code == 0
    listed = [line["name"] for line in json.loads(husrum("partner", "list", "--format", "json", "--db", city).stdout)]
    assert listed == ["aktivitetshuset", "Café", "Cafe Nord", "Zoo", "Ældre Sagen", "Ørsted", "Öst", "Åen", "Aarhus Teater"]


@pytest.mark.parametrize("name", ["Åse Ærø", "Bo Krog"])
def test_danish_letters_take_one_place_each(city: Path, name: str) -> None:
    for number, each in enumerate((name, "Anna Holm"), 1):
        husrum("intake", "add", each, "--db", city, "--ref", number)
    lines = husrum("person", "list", "--db", city).stdout.splitlines()
    assert len({line.index("participant") for line in lines[1:]}) == 1


LISTINGS = (
    "today", "branch list", "check", "intake list", "intake show 73", "group list", "group show G6", "event list", "event show E24", "volunteer list",
    "volunteer show 73", "match list --all", "match list --waiting", "person list", "person show 73", "partner list", "grant list", "stats year 2024",
    "stats explain 2024 visits", "stats explain 2024 volunteers", "stats explain 2024 diagnosis_any", "stats explain 2024 loneliness_severe",
)  # fmt: skip


@pytest.mark.parametrize("line", LISTINGS)
def test_no_english_word_is_in_a_danish_list(aarhus_once: Path, line: str) -> None:
    danish = {word.casefold() for text in TEXTS.values() for word in re.findall(r"\w+", text)}
    words = [each for vocabulary in vars(codes).values() if isinstance(vocabulary, codes.Vocabulary) for each in vocabulary.values()]
    labels = [*words, *(each.label for each in codes.QUESTIONS.values())]
    danish |= {word.casefold() for each in labels for word in re.findall(r"\w+", each.danish)}
    english = {text.casefold() for text in TEXTS if text.isalpha()} | {each.code for each in words if "_" in each.code}
    shown = husrum(*line.split(), "--language", "da", "--db", aarhus_once, env={"HUSRUM_TODAY": "2024-12-20", "HUSRUM_LANGUAGE": None})
    assert shown.exit_code in (0, 5), shown.stderr  # some of it is in the future on that day
    lines = [re.sub(r"husrum .*|\b[EG][0-9]+ .*|[\w.]+@.*", "", each) for each in shown.stdout.splitlines()]
    found = {word for each in lines for word in re.findall(r"\w+", each.casefold())} & (english - danish)
    assert not found, found
