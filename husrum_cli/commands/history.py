"""`husrum log` and `husrum undo`: what was written, and taking it back."""

from __future__ import annotations

from typing import Annotated

import typer

from ..domain.log import OUTSIDE, history, next_to_undo
from ..domain.log import undo as take_back
from ..i18n import _
from ..input.numbers import read_count, read_yes
from ..render.listing import Listing, read_format
from .app import Command, ListCommand, ask, interactive, single
from .context import opened, say
from .lists import show
from .options import DRY_RUN_OPTION, FORCE_OPTION, FORMAT_OPTION

log_app = single()
undo_app = single()
YES_OPTION = Annotated[bool, typer.Option("--yes", help="Don't ask.")]


@log_app.command(cls=ListCommand)
def log(
    limit: Annotated[str, typer.Option("--limit", metavar="N", help="How many of the newest; 0: all.")] = "20",
    format: FORMAT_OPTION = "table",
) -> None:
    """Who wrote what, with which command, the newest first. What was typed is not kept."""
    format = read_format(format)
    number = read_count(limit, "limit")
    with opened() as store:
        steps = history(store, number or None)
    if format == "json":
        records = [
            {
                "edit": step.edit or None,
                "at": step.at or None,
                "who": step.who,
                "command": step.command,
                "wrote": {table: dict(zip(("added", "changed", "removed"), numbers, strict=True)) for table, numbers in step.wrote.items()},
                "undoable": step.undoable,
                "undone": step.undone,
            }
            for step in steps
        ]
    else:
        records = [
            {
                "at": step.day_and_time if format == "table" else step.at,
                "who": step.who,
                "command": _("changed outside husrum") if step.command == OUTSIDE and format == "table" else step.command,
                "wrote": step.told,
                "undone": _("taken back") if step.undone and format == "table" else step.undone,
            }
            for step in steps
        ]
    columns = {"at": _("When"), "who": _("Who"), "command": _("Command"), "wrote": _("What was written"), "undone": ""}
    show(Listing(columns, records), format)


@undo_app.command(cls=Command)
def undo(yes: YES_OPTION = False, dry_run: DRY_RUN_OPTION = False, force: FORCE_OPTION = False) -> None:
    """Take back the last command, whole. Again: the one before."""
    with opened() as store:
        step = next_to_undo(store, force)
        if step.who:
            say(_("To be taken back: {command}, {when}, {who}.", command=step.command, when=step.day_and_time, who=step.who))
        else:
            say(_("To be taken back: {command}, {when}.", command=step.command, when=step.day_and_time))
        say(f"  {step.told}")
        if dry_run:
            say(_("Nothing was written."))
            return
        if interactive() and not yes and not read_yes(ask(_("Take it back? (yes/no)")) or "no", "answer"):
            say(_("Nothing was taken back."))
            return
        take_back(store, step, force)
    say(_("{command} is taken back. See: husrum log", command=step.command))
