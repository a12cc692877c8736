"""A third language is one file: a pseudo-language in which every text is ⟦bracketed and accented⟧ shows it, and that nothing is left in English.

Text outside the brackets was not translated. Only codes, option names, commands and data may.
"""

from __future__ import annotations

import functools
import json
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import test_help
from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po
from running import AARHUS_2024, CHECKOUT, process_environment
from translations import compile_language
from translations import template as extracted

from husrum_cli import vocabulary
from husrum_cli.commands.nouns import NOUNS
from husrum_cli.domain.figures import registry
from husrum_cli.domain.settings import SETTINGS
from husrum_cli.rowtypes.registry import row_types

# It is read only, and extracting it takes a second.
template = functools.cache(extracted)
# Three plural forms, as in Polish, whose code it borrows.
LANGUAGE = "pl"
ACCENTS = str.maketrans("aceinosuyACEINOSUY", "åçéîñöšüýÅÇÉÎÑÖŠÜÝ")
RUN = """
import json, sys
from running import husrum
for line in json.load(sys.stdin):
    done = husrum(*line, env={"HUSRUM_LANGUAGE": "pl", "HUSRUM_TODAY": "2024-12-20", "COLUMNS": "400"})
    print(json.dumps([done.exit_code, done.stdout, done.stderr]))
"""
LINES = (
    "today", "branch list", "check", "intake list", "intake show 73", "group list", "group show G6", "event list", "event show E24", "volunteer list --all",
    "volunteer show 73", "match list --all", "match list --waiting", "match list --proposed --all", "match propose", "person list", "person show 73",
    "person export 73", "partner list", "grant list", "setting list", "stats year 2024", "stats year 2024 --publish", "stats trend", "stats explain 2024 visits",
    "stats explain 2024 volunteers", "stats explain 2024 diagnosis_any", "year status 2024", "retention --older-than 2y", "log", "undo --dry-run",
    "help", "help dates", "help people", "help figures", "help import", "help privacy", "--help",
    # What is done, and errors.
    "intake add Somebody --born 2003", "event log Chess --present 1,2 --unnamed 1", "event plan Chess --date 1/2-2025",
    "group enroll G6 73", "match wait 73", "match end 73", "match start 73 73", "match wait Nobody", "person show Nobody", "person show 9999",
    "intake add X --born 32/2", "intake add X --diagnosis axniety", "intake add X --gender q", "intake hold 73 --date 1/1-2035", "event log Walk --kind socal",
    "event log Walk --presnt 1", "event log", "evnt list", "event lst", "stats explain 2024 vists", "grant add Kommune --amount x --date 2024", "year close 2030",
    "stats year 2O24", "export year 2024 --to x.txt", "import nowhere.csv", "person edit 73", "volunteer role 73 leader", "setting set language qq",
    "match list --date 1/1-2024", "report 2024", "restore nowhere.db", "link list", "figure set 2024 visits 3", "event cancel E24", "group meet G99",
    "stats year 2023", "person erase 73 --dry-run", "person anonymise 73 --dry-run",
)  # fmt: skip


def helps() -> Iterator[str]:
    """The help of every command."""
    yield from (f"{name} --help" for name in [*NOUNS, *test_help.COMMANDS])


def pseudo(text: str) -> str:
    """A text as the pseudo-language has it: its places and what is typed stay."""
    parts = re.split(r"(\{\w*\}|husrum [^.:;,“”]*|--[a-z-]+|`[^`]*`)", text)
    return "⟦" + "".join(part if number % 2 else part.translate(ACCENTS) for number, part in enumerate(parts)) + "⟧"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of husrum to which one file was added."""
    place = tmp_path_factory.mktemp("third-language")
    shutil.copytree(CHECKOUT / "husrum_cli", place / "husrum_cli", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy2(CHECKOUT / "schema.sql", place)
    catalog = Catalog(locale=LANGUAGE)
    for message in template(LANGUAGE):
        if message.id and message.context not in ("thousands separator", "decimal mark"):
            forms = [f"{message.id[bool(number)]} {number}" for number in range(3)] if message.pluralizable else []
            catalog.add(message.id, tuple(map(pseudo, forms)) or pseudo(message.id), context=message.context)
    folder = place / "husrum_cli" / "i18n"
    with (folder / f"{LANGUAGE}.po").open("wb") as file:
        write_po(file, catalog)
    compile_language(LANGUAGE, folder)
    return place


@pytest.fixture(scope="module")
def said(copy: Path, aarhus_once: Path) -> dict[str, tuple[int, str]]:
    """Return what the command shows in the pseudo-language."""
    path = Path(shutil.copy2(aarhus_once, copy / "aarhus.db"))
    lines = [*LINES, *helps()]
    env = process_environment()
    env["PYTHONPATH"] = f"{copy}:{CHECKOUT / 'tests' / 'support'}"
    typed = [[*shlex.split(line), *(() if line.startswith(("help", "--help")) else ("--db", str(path)))] for line in lines]
    done = subprocess.run([sys.executable, "-c", RUN], input=json.dumps(typed), env=env, cwd=copy, capture_output=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    results = [json.loads(line) for line in done.stdout.splitlines()]
    return {line: (status, out + err) for line, (status, out, err) in zip(lines, results, strict=True)}


def outside(text: str) -> str:
    """Return the text outside the brackets, without the commands that are to be typed."""
    left, depth = [], 0
    for sign in text:
        depth += (sign == "⟦") - (sign == "⟧")
        if depth == 0 and sign != "⟧":
            left.append(sign)
    return re.sub(r"husrum .*|--[a-z-]+", "", "".join(left))


def words(text: str) -> set[str]:
    """The words of a text."""
    return set(re.findall(r"[^\W\d_]{3,}", text))


def not_translated() -> set[str]:
    """Everything that is the same in all languages: codes, keys, columns, commands, what is typed instead of a placeholder; and the words of the example's rows."""
    known = [code for one in vars(vocabulary).values() if isinstance(one, dict) for code in one]
    columns = [word for kind in row_types() for word in (kind.name, *(column.name for column in kind.columns))]
    metavars = [each.metavar for command in test_help.COMMANDS.values() for each in command.parameters]
    typed = [word for metavar in metavars for word in re.findall("[a-z]+", metavar)]
    rows = [path.read_text(encoding="utf-8") for path in AARHUS_2024.glob("*.csv")]
    return words(" ".join([*known, *columns, *test_help.COMMANDS, *typed, *registry.BY_KEY, *SETTINGS, *rows, "Aarhus"]).replace("_", " "))


def english() -> set[str]:
    """The words of the English texts, unless they are used untranslated too."""
    texts = [text for message in template(LANGUAGE) if message.id for text in (message.id if message.pluralizable else (message.id,))]
    return words(re.sub(r"husrum .*|--[a-z-]+|\{\w+\}", "", "\n".join(texts))) - not_translated()


def test_nothing_is_left_in_english(said: dict[str, tuple[int, str]]) -> None:
    plain = english()
    left = {line: found for line, (_status, text) in said.items() if (found := words(outside(text)) & plain)}
    assert not left, "\n".join(f"{line}: {sorted(found)}" for line, found in left.items())
    assert "da|en|pl" in said["--help"][1] and "⟦Ñåmé⟧" in said["person list"][1]


def test_the_plural_rule_of_the_language_is_used(copy: Path) -> None:
    program = "from husrum_cli.i18n import choose_language, many; choose_language('pl')\n"
    program += "print(*(many('{number} day', '{number} days', number) for number in (1, 2, 5, 22)))"
    env = process_environment() | {"PYTHONPATH": str(copy)}
    done = subprocess.run([sys.executable, "-c", program], env=env, cwd=copy, capture_output=True, encoding="utf-8")
    assert done.stdout == "⟦1 dåý 0⟧ ⟦2 dåýš 1⟧ ⟦5 dåýš 2⟧ ⟦22 dåýš 1⟧\n", done.stderr
