"""Danish and English say the same: every text has its twin, with the same places, and numbers are written as the language writes them."""

from __future__ import annotations

import ast
import errno
import json
import os
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
import test_help
from running import CHECKOUT, husrum

from husrum_cli import cli
from husrum_cli import vocabulary as codes
from husrum_cli.commands import today
from husrum_cli.commands.help.pages import PAGES
from husrum_cli.domain import checks, log
from husrum_cli.domain.figures import registry
from husrum_cli.domain.national import merge
from husrum_cli.domain.views import year_status
from husrum_cli.exporting import person
from husrum_cli.i18n import _, choose_language, decimal_number, many, whole_number
from husrum_cli.i18n.danish import TEXTS
from husrum_cli.vocabulary import QUESTIONS

PACKAGE = CHECKOUT / "husrum_cli"
# How many of a call's first arguments are texts.
TEXT_ARGUMENTS = {"_": 1, "many": 2}
# Where `_` gets a text that stands elsewhere; `dynamic_texts` knows each of them.
DYNAMIC = {
    "text",
    "value",
    "question",
    "definition.what",
    "figure.definition",
    "one if number == 1 else several",
    "kind",
    "ROWS[table]",
    "what",
    "' '.join((command.help or '').split())",
    "parameter.help or ''",
    "each.help",
    "parameter.help",
    "PAGES[topic.lower()]",
    "(verb.callback.__doc__ or '').strip().partition('\\n')[0]",
    "WORDS[column]",
    "each.how",
    "gone.how",
    "word[0]",
}


# What goes wrong with files most often.
OF_THE_SYSTEM = (
    errno.ENOENT, errno.EACCES, errno.EPERM, errno.EISDIR, errno.ENOTDIR, errno.ENOSPC, errno.EROFS, errno.EEXIST, errno.ENAMETOOLONG, errno.EIO, errno.EBUSY,
    errno.EFBIG, errno.EDQUOT, errno.ELOOP,
)  # fmt: skip


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Whatever language a test chooses, the next one starts in English."""
    choose_language("en")
    yield
    choose_language("en")


def nodes(files: str) -> Iterator[ast.AST]:
    """Everything that stands in these files of the package."""
    for path in sorted(PACKAGE.rglob(files)):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def arguments() -> Iterator[ast.expr]:
    """Every text that the code asks for."""
    for node in nodes("*.py"):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield from node.args[: TEXT_ARGUMENTS.get(node.func.id, 0)]


def literal_texts() -> set[str]:
    """The texts that stand where they are used."""
    return {str(argument.value) for argument in arguments() if isinstance(argument, ast.Constant)}


def dynamic_texts() -> set[str]:
    """The texts that reach `_` in a variable."""
    return {
        *(text for _module, text in cli.NOUNS.values()),
        *(figure.definition for figure in registry.BY_KEY.values()),
        *(definition.what for definition in (*checks.DEFINITIONS, *year_status.DEFINITIONS)),
        *("damage", "contradiction", "obstacle", "remark"),
        *log.ROWS.values(),
        *person.WORDS.values(),
        *person.WISHES.values(),
        *schema_words("how"),
        *QUESTIONS,
        *schema_words("state"),
        *schema_words("part"),
        *history_words(),
        *("participant", "volunteer"),
        *merge.STATES,
        *("active", "paused", "ended", "proposed", "accepted", "declined", "withdrawn", "matched", "lapsed"),
        *today._LISTS,
        *test_help.helps(),
        *test_help.placeholders(),
        *PAGES.values(),
        *("table", "index", "trigger", "view"),
        *(os.strerror(number) for number in OF_THE_SYSTEM),
    }


def history_words() -> set[str]:
    """The third column of the queries whose rows make up a person's history."""
    queries = (node.value for node in nodes("*.py") if isinstance(node, ast.Constant) and "'waits for a Hjerteven'" in str(node.value))
    return {word for query in queries for word in re.findall(r"SELECT [^']*?, [^']*?, '([^']+)'", str(query))}


def schema_words(column: str) -> set[str]:
    """The words that the schema allows in a column."""
    found = re.search(rf"\b{column}\s[^,]*?CHECK \({column} IN \(([^)]*)\)\)", (CHECKOUT / "schema.sql").read_text(encoding="utf-8"))
    assert found, column
    return set(re.findall("'([^']+)'", found[1]))


def places(text: str) -> list[str]:
    """The `{places}` of a text, in the order of the alphabet."""
    return sorted({name for _before, name, _format, _conversion in string.Formatter().parse(text) if name is not None})


def commands(text: str) -> list[str]:
    """The options and the beginnings of commands that a text tells to type, in the order of the alphabet."""
    single = rf"(?:{'|'.join(sorted(cli.SINGLE))})\b"
    verbs = rf"(?:{'|'.join(sorted(cli.NOUNS.keys() - cli.SINGLE))}) [a-z]+"
    return sorted(re.findall(rf"husrum (?:{single}|{verbs})(?: \{{\w+\}}| [A-ZÆØÅ]+\b)*|--[a-z][a-z-]*", text))


def test_texts_reach_the_locale_only_where_they_can_be_found() -> None:
    found = {ast.unparse(argument) for argument in arguments() if not isinstance(argument, ast.Constant)}
    assert found == DYNAMIC


def test_every_text_is_danish_too() -> None:
    missing = (literal_texts() | dynamic_texts()) - TEXTS.keys()
    assert not missing, "\n".join(sorted(missing))


def test_no_danish_text_is_left_over() -> None:
    left = TEXTS.keys() - literal_texts() - dynamic_texts()
    assert not left, "\n".join(sorted(left))


def test_a_danish_text_stands_in_one_module_only() -> None:
    keys = [key for node in nodes("danish*.py") if isinstance(node, ast.Dict) for key in node.keys]
    texts = [str(key.value) for key in keys if isinstance(key, ast.Constant)]
    assert sorted(texts) == sorted(TEXTS)


@pytest.mark.parametrize("english", [pytest.param(text, id=str(number)) for number, text in enumerate(TEXTS)])
def test_both_have_the_same_places_and_commands(english: str) -> None:
    danish = TEXTS[english]
    assert places(danish) == places(english)
    assert commands(danish) == [re.sub("[A-Z]{3,}", lambda word: TEXTS[word[0]], command) for command in commands(english)]
    edges = [re.match(r"(?s)(\s*).*?([\s.:?]*)$", text) for text in (english, danish)]
    assert all(edges) and len({edge.groups() for edge in edges if edge}) == 1, (english, danish)


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
    assert result.stderr == "Fejl: person: ingen i filen er “Nobody Atall”; søg med: husrum person find TEKST\n"


def test_what_the_system_says_is_danish_too(tmp_path: Path) -> None:
    result = husrum("check", "--language", "da", "--db", tmp_path)
    assert (result.exit_code, result.stderr) == (3, f"Fejl: {tmp_path} kan ikke læses: det er en mappe.\n")


def test_names_stand_in_danish_order(city: Path) -> None:
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
def test_no_english_word_stands_in_a_danish_list(aarhus_once: Path, line: str) -> None:
    danish = {word.casefold() for text in TEXTS.values() for word in re.findall(r"\w+", text)}
    labels = [labels for labels in vars(codes).values() if isinstance(labels, dict)]
    pairs = [pair for vocabulary in labels for pair in vocabulary.values() if isinstance(pair, tuple) and len(pair) == 2]
    danish |= {word.casefold() for own, _english in pairs for word in re.findall(r"\w+", own)}
    english = {text.casefold() for text in TEXTS if text.isalpha()} | {code for vocabulary in labels for code in vocabulary if "_" in code}
    shown = husrum(*line.split(), "--language", "da", "--db", aarhus_once, env={"HUSRUM_TODAY": "2024-12-20", "HUSRUM_LANGUAGE": None})
    assert shown.exit_code in (0, 5), shown.stderr  # some of it lies in the future on that day
    lines = [re.sub(r"husrum .*|\b[EG][0-9]+ .*|[\w.]+@.*", "", each) for each in shown.stdout.splitlines()]
    found = {word for each in lines for word in re.findall(r"\w+", each.casefold())} & (english - danish)
    assert not found, found
