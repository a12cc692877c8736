"""`husrum log` and `husrum undo`."""

from __future__ import annotations

import re
from itertools import islice
from typing import Annotated

from ..domain.log import OUTSIDE, LoggedCommand, history, last_steps, nothing_to_undo, undoable_steps
from ..domain.log import undo as undo_steps
from ..errors import Refused, WrongInput
from ..i18n import _, long_day, many, short_day
from ..input.numbers import read_count
from ..render.listing import Listing, read_format
from ..render.terminal import GLUE
from ..store import Store
from .app import interactive, list_options
from .context import open_file, say
from .declarations import Argument, Noun, Option
from .lists import show
from .options import DRY_RUN_OPTION, FORCE_OPTION, FORMAT_OPTION, YES_OPTION

log_app = Noun()
undo_app = Noun()
# The number of commands in `undo --list`.
_LISTED = 10


@log_app.command(shows=list_options)
def log(
    limit: Annotated[str, Option("--limit", metavar="N", help="How many of the newest; 0: all.")] = "20",
    person: Annotated[str | None, Option("--person", metavar="PERSON", help="Only what was about this person.")] = None,
    event: Annotated[str | None, Option("--event", metavar="E1|G1", help="Only what was about this event or group.")] = None,
    format: FORMAT_OPTION = "table",
) -> None:
    """Who wrote what, with which command, about whom, the newest first. What was typed is not kept."""
    format = read_format(format)
    number = read_count(limit, "limit")
    with open_file() as store:
        steps = history(store, _numbers_of(store, person) if person else None, _reference_of(store, event) if event else None)
        records = [_record(store, step, format) for step in islice(steps, number or None)]
    columns = {
        "at": _("When"),
        "who": _("Who"),
        "command": _("Command"),
        "about": _("About"),
        "wrote": _("What was written"),
        "undone": _("Undone"),
    }
    show(Listing(columns, records), format)


def _numbers_of(store: Store, text: str) -> frozenset[int]:
    """Return the number of a person, and those they had before they were joined with another entry."""
    from ..domain.people.lookup import People

    people = People(store)
    return people.numbers_of(people.find_one(text))


def _reference_of(store: Store, text: str) -> str:
    from ..domain.rules import Rules
    from ..rowtypes.context import CommandContext

    return CommandContext(store, Rules()).activity(text, "event").ref


def _record(store: Store, step: LoggedCommand, format: str) -> dict[str, object]:
    from ..domain.views.log_about import subjects_in_words

    if format == "json":
        return {
            "edit": step.edit or None,
            "at": step.at or None,
            "who": step.who,
            "command": step.command,
            "people": step.people,
            "activities": step.activities,
            "about": subjects_in_words(store, step),
            "wrote": {table: dict(zip(("added", "changed", "removed"), numbers, strict=True)) for table, numbers in step.wrote.items()},
            "undoable": step.undoable,
            "undone": step.undone,
        }
    return {
        "at": step.day_and_time if format == "table" else step.at,
        "who": step.who,
        "command": _("changed outside husrum") if step.command == OUTSIDE and format == "table" else step.command,
        "about": _held(subjects_in_words(store, step, short_day)) if format == "table" else subjects_in_words(store, step),
        "wrote": _held(step.rows) if format == "table" else step.rows,
        "undone": _("undone") if step.undone and format == "table" else step.undone,
    }


def _held(text: str) -> str:
    """Return a text in which each number stays with the name behind it if a table folds it."""
    return re.sub(r"(?<!\S)([EG]?[0-9]+) (?=[^\W\d_])", rf"\1{GLUE}", text)


@undo_app.command()
def undo(
    number: Annotated[str, Argument(metavar="[N]", help="How many commands; left out: the last one.")] = "1",
    listed: Annotated[bool, Option("--list", help="Only show the last ten commands that can be undone.")] = False,
    yes: YES_OPTION = False,
    dry_run: DRY_RUN_OPTION = False,
    force: FORCE_OPTION = False,
    format: FORMAT_OPTION = "table",
) -> None:
    """Undo the last command, whole, or the last N. Again: the one before."""
    format = read_format(format)
    wanted = read_count(number, "number")
    if wanted < 1:
        raise WrongInput(_("number: at least 1 command can be undone."), "number")
    with open_file() as store:
        if listed:
            _list(store, force, format)
            return
        steps = last_steps(store, wanted, force)
        for step in steps:
            say(_("To be undone: {step}", step=_described(store, step)))
            say(f"  {step.rows}")
        if dry_run:
            say(_("Nothing was written."))
            return
        if interactive() and not yes and not _agreed():
            say(_("Nothing was undone."))
            return
        undo_steps(store, steps, force)
    if any(step.command == "year close" for step in steps):
        text = _(
            "The year's figures may have been published, so they are remembered: its next version shows less where the two would reveal a small number."
        )
        say(f"{_('Note')}: {text}")
    if len(steps) == 1:
        say(_("{command} is undone. See: husrum log", command=steps[0].command))
    else:
        say(many("{number} command is undone. See: husrum log", "{number} commands are undone. See: husrum log", len(steps)))


def _agreed() -> bool:
    from .forms.one_key_screen import confirm_by_key

    return confirm_by_key(_("Undo it? (y/n)"))


def _described(store: Store, step: LoggedCommand) -> str:
    """Return the command, when, by whom and about whom."""
    from ..domain.views.log_about import subjects_in_words

    return ", ".join(
        part for part in (step.command, long_day(step.day_and_time), step.who, subjects_in_words(store, step, short_day)) if part
    )


def _list(store: Store, force: bool, format: str) -> None:
    steps: list[LoggedCommand] = []
    end = None
    try:
        for step in islice(undoable_steps(store, force), _LISTED):
            steps.append(step)
        if not steps:
            raise nothing_to_undo()
    except Refused as refused:
        end = refused.message
    records = [{"number": number, **_record(store, step, format)} for number, step in enumerate(steps, 1)]
    columns = {
        "number": "N",
        "at": _("When"),
        "who": _("Who"),
        "command": _("Command"),
        "about": _("About"),
        "wrote": _("What was written"),
    }
    show(Listing(columns, records), format)
    if end:
        say(end)
