"""The file that a command works on: found, opened, and for writing one transaction; then what was done is told."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import NotFound
from ..i18n import _
from ..store import Store, open_store
from ..store.sqlite_errors import readable
from .app import ask, chosen_key_file, chosen_path, interactive

if TYPE_CHECKING:  # what only counts needs nobody by name
    from ..domain.people.lookup import Person
    from ..rowtypes.context import Book

FORMAT_OPTION = Annotated[str, typer.Option("--format", metavar="table|json|csv", help="How to show it.")]
PERSON = Annotated[str, typer.Argument(metavar="PERSON", help="Number, name, or enough of it.")]
REASON = Annotated[
    str | None, typer.Option("--reason", metavar="CODE", help="no_longer_wishes, moved_away, volunteer_stopped, completed, …")
]
NOTE_OPTION = Annotated[str | None, typer.Option("--note", metavar="TEXT", help="A short note.")]
BRANCH_OPTION = Annotated[str | None, typer.Option("--branch", metavar="NAME", help="Which city, where the file has several.")]
PUBLISH_OPTION = Annotated[bool, typer.Option("--publish", help="As outsiders may see it: small numbers hidden, others rounded.")]
DATE_OPTION = Annotated[str | None, typer.Option("--date", metavar="DATE", help="The day; left out: today.")]
FORCE_OPTION = Annotated[bool, typer.Option("--force", help="Do it although a rule advises against it.")]
DRY_RUN_OPTION = Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")]


@contextmanager
def opened() -> Iterator[Store]:
    """The open file."""
    store = open_store(chosen_path(), chosen_key_file())
    try:
        with readable(store.path):
            yield store
    finally:
        store.close()


@contextmanager
def reading() -> Iterator[Book]:
    """The file, to look something up in."""
    from ..domain.rules import Rules
    from ..rowtypes.context import Book

    with opened() as store:
        yield Book(store, Rules(), choose_person if interactive() else None)


@contextmanager
def writing(command: str, force: bool = False, dry_run: bool = False) -> Iterator[Book]:
    """The file, to write in: all or nothing. Warnings and what was confirmed are told when it is written."""
    from ..domain.rules import Rules
    from ..rowtypes.context import Book

    with opened() as store:
        book = Book(store, Rules(strict=not force), choose_person if interactive() else None)
        book.same_human = ask_same_human if interactive() else None
        with store.writing(command, dry_run):
            yield book
        for warning in book.rules.warnings:
            say(f"{_('Note')}: {warning}")
        for line in book.confirmed:
            say(line if not dry_run else _("Would have: {line}", line=line))


@contextmanager
def rehearsing(command: str, force: bool = False) -> Iterator[Book]:
    """The file, to find out what would be refused before somebody takes the trouble to fill in a form. Nothing is written and nothing told."""
    from ..domain.rules import Rules
    from ..rowtypes.context import Book

    with opened() as store:
        book = Book(store, Rules(strict=not force), choose_person if interactive() else None)
        with store.writing(command, dry_run=True):
            yield book


def say(line: str) -> None:
    """A line on stderr."""
    from ..render.listing import harmless

    print(harmless(line), file=sys.stderr)


def choose_person(text: str, fitting: list[Person]) -> Person:
    """Asks which of several people is meant."""
    say(_("“{text}” fits several:", text=text))
    for person in fitting:
        say(f"  {person.shown}{f', {person.born}' if person.born else ''}")
    answer = ask(_("number"))
    for person in fitting:
        if answer == str(person.number):
            return person
    raise NotFound(_("“{text}” is none of them.", text=answer), "person")


def ask_same_human(person: Person) -> bool:
    """Asks whether somebody with the same name and birth date is the one meant."""
    from ..input.numbers import read_yes

    answer = ask(_("{person} has the same name and birth date. Is it the same human? (yes/no)", person=person.shown))
    return read_yes(answer, "answer")
