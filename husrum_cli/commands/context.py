"""Open the file that a command works on; for writing in one transaction, after which the command's warnings and confirmations are shown."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from ..errors import NotFound, UnusableFile
from ..i18n import _, long_day
from ..leftovers import delete_leftovers
from ..store import Store, open_store
from ..store.sqlite_errors import translating_sqlite_errors
from .app import Parameters, chosen_key_file, chosen_path, interactive
from .asking import ask, ask_yes

if TYPE_CHECKING:  # what only counts needs nobody by name
    from ..domain.activities.activities import Activity
    from ..domain.people.lookup import Person
    from ..records import YearRecord
    from ..rowtypes.context import CommandContext

_Choice = TypeVar("_Choice", "Person", "Activity")


@contextmanager
def open_file() -> Iterator[Store]:
    """Open the file."""
    path = chosen_path()
    delete_leftovers(Path(os.path.realpath(path)).parent)
    store = open_store(path, chosen_key_file())
    try:
        with translating_sqlite_errors(store.path):
            _refuse_another_city(store)
            yield store
    finally:
        store.close()


def _refuse_another_city(store: Store) -> None:
    """Raise `UnusableFile` if the file was replaced by another city's since this run began: what was typed meanwhile is about the people of the first one."""
    city = store.setting("home_branch")
    if Parameters.city and city != Parameters.city:
        raise UnusableFile(_("{path} was replaced by another program just now; run the command again.", path=store.path))
    Parameters.city = city


@contextmanager
def reading() -> Iterator[CommandContext]:
    """Open the file to read from."""
    with open_file() as store:
        yield _context(store, force=False)


@contextmanager
def writing(command: str, force: bool | str | None = False, dry_run: bool = False) -> Iterator[CommandContext]:
    """Open the file to write to, all or nothing. Then show the warnings and what was confirmed. force: rules only warn; a text: why."""
    from ..domain.activities.attendance import decide_again
    from ..domain.people.removed import refuse_new_rows

    with open_file() as store:
        context = _context(store, force)
        context.same_human = ask_same_human if interactive() else None
        with store.writing(command, dry_run):
            yield context
            decide_again(store, context.rules)
            refuse_new_rows(store)
        say_warnings(context)
        for line in context.confirmed:
            say(line if not dry_run else _("Would have: {line}", line=line))


@contextmanager
def rehearsing(command: str, force: bool = False) -> Iterator[CommandContext]:
    """Open the file to find out what would be refused, before somebody fills in a form. Nothing is written and nothing shown."""
    from ..domain.people.removed import refuse_new_rows

    with open_file() as store:
        context = _context(store, force)
        with store.writing(command, dry_run=True):
            yield context
            refuse_new_rows(store)


def _context(store: Store, force: bool | str | None) -> CommandContext:
    from ..domain.rules import Rules
    from ..rowtypes.context import CommandContext

    context = CommandContext(
        store, Rules(force in (False, None), force if isinstance(force, str) else None), choose_person if interactive() else None
    )
    context.choose_activity = choose_activity if interactive() else None
    return context


def say_warnings(context: CommandContext) -> None:
    """Show the warnings of a command."""
    for warning in context.rules.warnings:
        say(f"{_('Note')}: {warning}")


def say(line: str) -> None:
    """Write a line to stderr."""
    from ..render.listing import escape_controls
    from ..render.terminal import print_message

    print_message(escape_controls(line))


def choose_person(text: str, fitting: list[Person]) -> Person:
    """Ask which of several people is meant."""
    return _choose(text, {str(person.number): (person, person.born) for person in fitting}, "person")


def choose_activity(text: str, fitting: list[Activity]) -> Activity:
    """Ask which of several groups or events is meant."""
    return _choose(text, {activity.ref: (activity, activity.starts) for activity in fitting}, "number")


def _choose(text: str, fitting: Mapping[str, tuple[_Choice, str | None]], field: str) -> _Choice:
    """Show those that fit a text, each with its day, and ask until one is named; Enter alone is none. Raises `NotFound`."""
    say(_("“{text}” fits several:", text=text))
    for choice, day in fitting.values():
        say(f"  {choice.display_name}{f', {long_day(day)}' if day else ''}")
    while (answer := ask(_("number")).upper()) not in fitting:
        if not answer:
            raise NotFound(_("None of them was chosen."), field)
        say(_("“{text}” is not one of them.", text=answer))
    return fitting[answer][0]


def ask_same_human(person: Person) -> bool:
    """Ask whether somebody with the same name and birth date is the one meant."""
    return ask_yes(_("{person} has the same name and birth date. Is it the same human? (yes/no)", person=person.display_name))


def note_if_open(*records: YearRecord) -> None:
    """Say which of the years that are published are not closed."""
    years = [str(record.year) for record in records if record.threshold and record.year is not None and not record.closed]
    if years:
        text = _(
            "Not closed: {years}. Publishing again later may reveal small numbers by comparison. First: husrum year close {year}",
            years=", ".join(years),
            year=years[0],
        )
        say(f"{_('Note')}: {text}")
