"""The documents say what the program does: run by run, help by help, figure by figure."""

from __future__ import annotations

import re
from pathlib import Path

import make_docs
import pytest

from husrum_cli.rowtypes.registry import MODULES

WRITTEN = make_docs.README.read_text(encoding="utf-8")
COMMANDS = {" ".join(words) for words in make_docs.commands()}
NOUNS = {command.split()[0] for command in COMMANDS}
EVERY_PAGE = [*make_docs.CHECKOUT.glob("*.md"), *(make_docs.CHECKOUT / "docs").rglob("*.md")]
LINES = (
    "python3 -m venv .venv && .venv/bin/pip install -q . && .venv/bin/husrum demo",
    "python3 -m venv .venv && .venv/bin/pip install -q -e '.[test]' && .venv/bin/pytest -q",
)


@pytest.mark.parametrize("page", make_docs.PAGES, ids=lambda page: page.stem)
def test_a_page_shows_what_the_program_does(page: Path) -> None:
    """Where it doesn't any more: python tests/support/make_docs.py, and read what changed."""
    assert make_docs.PAGES[page]() == page.read_text(encoding="utf-8")


@pytest.mark.parametrize("line", LINES)
def test_the_line_that_others_rely_on_is_alone_in_its_block(line: str) -> None:
    assert f"```sh\n{line}\n```\n" in WRITTEN


@pytest.mark.parametrize("page", make_docs.PAGES, ids=lambda page: page.stem)
def test_every_command_that_is_named_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    named = re.findall(r"(?:^\$ |`)husrum ([a-z]+)(?: ([a-z-]+))?", text, re.MULTILINE)
    unknown = [
        words for words in named if not (words[0] in COMMANDS or " ".join(words) in COMMANDS or (words[0] in NOUNS and not words[1]))
    ]
    assert named
    assert not unknown


def without_blocks(page: Path) -> str:
    """The text of a page, without what is typed and shown."""
    return re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    """The names by which links reach the headings of a page."""
    headings = re.findall(r"^#+ (.*)$", without_blocks(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_links_between_the_pages_lead_somewhere() -> None:
    links = [(page, target) for page in EVERY_PAGE for target in re.findall(r"\]\(([^):]+)\)", without_blocks(page))]
    assert len(links) > 100
    broken = []
    for page, target in links:
        file, _, anchor = target.partition("#")
        reached = page.parent / file if file else page
        if not reached.exists() or (anchor and anchor not in anchors(reached)):
            broken.append(f"{page.name}: {target}")
    assert broken == []


def test_the_page_says_what_identifies_a_row_of_every_kind() -> None:
    rules = make_docs.IMPORT_PAGE.read_text(encoding="utf-8").partition(make_docs.MARK)[0]
    assert [kind for kind in MODULES if f"| `{kind}` |" not in rules] == []


def test_no_place_on_somebodys_own_machine_is_shown() -> None:
    for page in EVERY_PAGE:
        assert not re.search(r"(?<![\w.])/(home|root|tmp|work|Users|var)/", page.read_text(encoding="utf-8"))
