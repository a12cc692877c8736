"""Write the parts of the documents that are made from the program: `python tests/support/make_docs.py`.

What a person wrote stays: of the tours (`README.md`, `LÆSMIG.md`, the Danish guide) only the output under each `$ husrum …` is replaced, of
`docs/the-file.md` what each query gives, of the other pages what follows the mark. In a tour, `<!-- today: 2024-10-08 -->` sets the day, and the commands of `<!-- before: … -->` run without being shown.
"""

from __future__ import annotations

import re
import shlex
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import chdir, closing
from pathlib import Path

from running import AARHUS_2024, CHECKOUT, husrum, looked_into, new_city
from tabulate import tabulate

from husrum_cli import vocabulary as codes
from husrum_cli.commands.nouns import NOUNS, SINGLE, load_noun
from husrum_cli.domain.figures.registry import COUNTED, REPORTED, Figure
from husrum_cli.domain.figures.share_registry import (
    AT_INTAKE,
    DISTRIBUTIONS,
    INTAKE_DISTRIBUTIONS,
    PROGRAMME,
    RECRUITED,
    SHARES,
    Distribution,
)
from husrum_cli.rowtypes.columns import Column
from husrum_cli.rowtypes.registry import row_types
from husrum_cli.vocabulary import Codes

README, DANISH_README = CHECKOUT / "README.md", CHECKOUT / "LÆSMIG.md"
GUIDE = sorted((CHECKOUT / "docs" / "da").glob("*.md"))
REFERENCE = CHECKOUT / "docs" / "reference.md"
FIGURES_PAGE = CHECKOUT / "docs" / "figures.md"
IMPORT_PAGE = CHECKOUT / "docs" / "import.md"
FILE_PAGE = CHECKOUT / "docs" / "the-file.md"
MARK = "<!-- From here on made by tests/support/make_docs.py; change the program, not this. -->\n"
# A block of a tour: what kind it is, what file it is, what is in it; or the day it is, or the commands that are not shown.
_BLOCK = re.compile(r"^```(console|csv|text)(?: (\S+))?\n(.*?)^```$|<!-- (today|before):(.*?)-->", re.MULTILINE | re.DOTALL)
# A query and what it gives.
_QUERY = re.compile(r"(^```sql\n(.*?)^```\n\n```text\n).*?(^```$)", re.MULTILINE | re.DOTALL)
_PROMPT = "$ "
_REFERS = {"person": "a person", "people": "a list of people", "group": "a group", "event": "an event"}
_VOCABULARIES: dict[str, Codes] = {
    **{each.key: each.codes for each in codes.QUESTIONS.values() if each.codes and each.codes.name == each.key},
    "declined, not asked": codes.NON_ANSWERS,
    "role": codes.ROLE,
    "kind of a group": codes.GROUP_KIND,
    "kind of an event": codes.EVENT_KIND,
    "kind of a paper": codes.ATTEST,
    "purpose of a consent": codes.PURPOSE,
    "agreement": codes.AGREEMENT,
    "reason": codes.REASON,
    "recruited_through": codes.RECRUITED_THROUGH,
    "time": codes.TIME,
}


class Tour:
    """A page whose commands are run one after the other, in a folder of its own."""

    def __init__(self, page: Path, language: str) -> None:
        self.page, self.language, self.today = page, language, "2024-10-08"

    def made(self) -> str:
        """The page with what the program prints today."""
        text = self.page.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory(prefix="husrum-tour-") as directory:
            self.place = Path(directory)
            return _BLOCK.sub(self._made_block, text)

    def _made_block(self, block: re.Match[str]) -> str:
        kind, name, text, what, hidden = block.groups()
        if what == "today":
            self.today = hidden.strip()
        elif what == "before":
            for line in hidden.strip().splitlines():
                self._run(line.removeprefix(_PROMPT))
        elif kind == "console":
            commands = [line.removeprefix(_PROMPT) for line in text.splitlines() if line.startswith(_PROMPT)]
            return "```console\n" + "".join(f"{_PROMPT}{command}\n{self._run(command)}" for command in commands) + "```"
        elif name:
            (self.place / name).write_text(text, encoding="utf-8")
        return block[0]

    def _run(self, command: str) -> str:
        """What a terminal shows, without the spaces at the ends of lines."""
        program, *words = shlex.split(command)
        if program == "cat":
            shown = (self.place / words[0]).read_text(encoding="utf-8-sig")
        else:
            assert program == "husrum", command
            own = {"HUSRUM_TODAY": self.today, "HUSRUM_LANGUAGE": self.language, "XDG_CONFIG_HOME": str(self.place / ".config")}
            with chdir(self.place):
                shown = husrum(*words, env=own).both
        assert str(self.place) not in shown, f"{command} shows where it ran"
        return "".join(f"{line.rstrip()}\n" for line in shown.splitlines())


def commands() -> Iterator[tuple[str, ...]]:
    """Every command, as the words that call it."""
    for noun in NOUNS:
        yield from ((noun,) if noun in SINGLE else (noun, verb) for verb in load_noun(noun).verbs)


def made_reference() -> str:
    """Every command's help, as a terminal of 80 columns shows it."""
    lines = []
    for words in [(), *commands()]:
        lines += [f"## {' '.join(('husrum', *words))}", "", "```text", _help(words), "```", ""]
    return _after_mark(REFERENCE, lines)


def _help(words: tuple[str, ...]) -> str:
    return "\n".join(
        line.rstrip() for line in husrum(*words, "--help", env={"HUSRUM_LANGUAGE": "en", "COLUMNS": "80"}).stdout.strip().splitlines()
    )


def made_figures() -> str:
    """Every figure: key, labels, definition."""
    counted = [(f"`{each.key}`", _danish(each), each.english, each.definition) for each in COUNTED]
    reported = [(f"`{each.key}`", each.danish, each.english, each.definition) for each in REPORTED]
    shares = [(f"`{each.key}`<br>`{each.key}{AT_INTAKE}`", each.danish, each.english, each.definition) for each in SHARES]
    spread = [
        (f"`{each.key}`<br>`{each.key}{AT_INTAKE}`", *_spread(each), "the year's participants; its interviews") for each in DISTRIBUTIONS
    ]
    spread += [(f"`{each.key}`", *_spread(each), "the year's interviews") for each in INTAKE_DISTRIBUTIONS]
    spread += [(f"`{RECRUITED.key}`", *_spread(RECRUITED), "the year's volunteers")]
    spread += [(f"`{PROGRAMME.key}`", *_spread(PROGRAMME), "occasions, visits and young people of each programme")]
    headings = ("Key", "Danish", "English")
    lines = ["## Counted", "", *_table((*headings, "What it is"), counted), ""]
    lines += ["## Reported", "", *_table((*headings, "What it is"), reported), ""]
    lines += ["## Shares", "", *_table((*headings, "Who counts"), shares), ""]
    lines += ["## Distributions", "", *_table((*headings, "Several answers", "Over"), spread), ""]
    return _after_mark(FIGURES_PAGE, lines)


def made_file_page() -> str:
    """The page about the file, with what each query gives in the example city."""
    with tempfile.TemporaryDirectory(prefix="husrum-queries-") as directory:
        path = new_city(Path(directory) / "aarhus.db")
        imported = husrum("import", *sorted(AARHUS_2024.glob("*.csv")), "--db", path)
        assert imported.exit_code == 0, imported.stderr
        with closing(looked_into(path)) as connection:
            return _QUERY.sub(lambda block: f"{block[1]}{_answer(connection, block[2])}{block[3]}", FILE_PAGE.read_text(encoding="utf-8"))


def _answer(connection: sqlite3.Connection, sql: str) -> str:
    found = connection.execute(sql)
    table = tabulate(found.fetchall(), [column[0] for column in found.description], "plain")
    return "".join(f"{line.rstrip()}\n" for line in table.splitlines())


def _danish(figure: Figure) -> str:
    return f"{figure.danish} ({figure.danish_nation})" if figure.danish_nation else figure.danish


def _spread(distribution: Distribution) -> tuple[str, str, str]:
    return distribution.danish, distribution.english, "yes" if distribution.several else ""


def made_imports() -> str:
    """The columns of every kind of row, and the codes that they may have."""
    lines = ["## Columns", ""]
    for kind in row_types():
        rows = [(f"`{each.name}`", each.danish, "yes" if each.required else "", _holds(each)) for each in kind.columns]
        lines += [f"### {kind.name}", "", *_table(("Column", "Danish heading", "Required", "Holds"), rows), ""]
    lines += ["## Codes", ""]
    rows = [
        (name, f"`{each.code}`", each.danish, each.english) for name, vocabulary in _VOCABULARIES.items() for each in vocabulary.values()
    ]
    lines += [*_table(("Of", "Code", "Danish", "English"), rows), ""]
    return _after_mark(IMPORT_PAGE, lines)


def _holds(column: Column) -> str:
    if column.refers:
        return _REFERS[column.refers]
    return "one or more, `|` between them" if column.several else ""


def _table(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> list[str]:
    bar = r"`\|`"
    lines = [headings, ("---",) * len(headings), *rows]
    return [f"| {' | '.join(cell.replace('`|`', bar) for cell in line)} |" for line in lines]


def _after_mark(page: Path, lines: list[str]) -> str:
    written, mark, _made = page.read_text(encoding="utf-8").partition(MARK)
    assert mark, f"{page.name} has lost its mark"
    return written + mark + "\n" + "\n".join(lines).rstrip() + "\n"


PAGES: dict[Path, Callable[[], str]] = {
    README: Tour(README, "en").made,
    DANISH_README: Tour(DANISH_README, "da").made,
    **{page: Tour(page, "da").made for page in GUIDE},
    FILE_PAGE: made_file_page,
    REFERENCE: made_reference,
    FIGURES_PAGE: made_figures,
    IMPORT_PAGE: made_imports,
}


if __name__ == "__main__":
    for page, made in PAGES.items():
        text = made()
        if text != page.read_text(encoding="utf-8"):
            page.write_text(text, encoding="utf-8")
            print(f"{page.relative_to(CHECKOUT)}: written")
    if sys.platform != "win32":
        sys.path.append(str(CHECKOUT / "tools"))
        import pictures

        pictures.main()
