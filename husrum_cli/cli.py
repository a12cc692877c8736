"""The command `husrum`: its nouns, loaded when they are used, and the boundary where errors become a line and an exit status."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from . import __version__
from .commands.app import (
    DB_KEY_OPTION,
    DB_OPTION,
    LANGUAGE_OPTION,
    Noun,
    Parameters,
    adopt_language,
    damage_behind,
    file_options,
    no_file_text,
    of_the_nation,
    read_language,
    wrong_command,
)
from .config import remembered_file
from .errors import INTERRUPTED, HusrumError, Signalled, UnusableFile, WrongInput
from .i18n import N_, _
from .input.arguments import argument_with_cpr
from .input.text import without_cpr
from .platforms.streams import has_no_room, leave_pipe, reader_has_gone, speak_utf8

# Section of the help -> noun -> (module in commands, its one-line help). Here and not in the modules, so that help and completion load none of them.
SECTIONS: dict[str, dict[str, tuple[str, str]]] = {
    N_("Every day"): {
        "today": ("today", N_("What is planned this week, and what waits to be done.")),
        "event": ("event", N_("Social events, trips, online evenings, courses.")),
        "group": ("group", N_("Talk groups and network groups.")),
        "undo": ("history", N_("Take back the last command.")),
    },
    N_("Young people"): {
        "intake": ("intake", N_("Enquiries and intake interviews.")),
        "person": ("person", N_("Find and look at people.")),
        "match": ("match", N_("Hjerteven: waiting list, offers, matches.")),
        "measure": ("measure", N_("Measurements: T-ILS and WHO-5, answered twice.")),
        "goal": ("goal", N_("Personal goals of young people.")),
        "suggestion": ("voices", N_("Suggestions of young people, and what came of them.")),
        "quote": ("voices", N_("Words of young people who agreed that they are used.")),
    },
    N_("Volunteers"): {
        "volunteer": ("volunteer", N_("Volunteers, their roles and papers.")),
        "partner": ("partner", N_("Partners and venues.")),
    },
    N_("The year"): {
        "stats": ("stats", N_("The figures of a year, and what they are made of.")),
        "report": ("report", N_("The STATUS report of a year, with tables, charts and your own text.")),
        "year": ("year", N_("The year's end: what is still missing, and closing the year with its figures.")),
        "figure": ("stats", N_("Numbers that can't be counted from the file.")),
        "grant": ("partner", N_("Grants.")),
        "target": ("target", N_("Targets of a period, and how far they have come.")),
        "export": ("export", N_("Write tables, attendance sheets, and what a city sends to the nation.")),
    },
    N_("The file"): {
        "import": ("import_", N_("Read spreadsheets into the file.")),
        "setting": ("setting", N_("What the file is set to.")),
        "check": ("file", N_("Look for damage and contradictions.")),
        "log": ("history", N_("Who wrote what, and when.")),
        "backup": ("backup", N_("Copy the whole file.")),
        "restore": ("backup", N_("Put a backup in the place of the file.")),
        "retention": ("privacy", N_("Who could be anonymised, and which backups are old.")),
        "encrypt": ("encrypt", N_("Encrypt the file: without its key nobody can read it.")),
        "decrypt": ("encrypt", N_("Write an encrypted file in clear.")),
        "init": ("file", N_("Make a city's new file.")),
        "use": ("file", N_("Choose the file that commands work on.")),
        "demo": ("file", N_("Make seven synthetic cities and their nation, and show their years.")),
    },
    N_("The nation"): {
        "branch": ("branch", N_("The cities in a file.")),
        "merge": ("merge", N_("Put the files of several cities into one national file.")),
        "link": ("link", N_("One human in two cities: keys, likely pairs, decisions.")),
    },
    N_("Help"): {
        "help": ("help.command", N_("Short pages about dates, people, figures, import and privacy.")),
        "completion": ("completion.command", N_("Make Tab complete commands, numbers and names.")),
    },
}
NOUNS = {noun: entry for nouns in SECTIONS.values() for noun, entry in nouns.items()}
# Nouns that are commands themselves.
SINGLE = frozenset((
    "today", "init", "use", "demo", "import", "merge", "retention", "report", "check", "log", "undo", "backup", "restore", "encrypt", "decrypt", "completion",
    "help",
))  # fmt: skip


class Nouns(TyperGroup):
    """The root: finds a noun's commands when they are asked for, and turns errors into one line and an exit status."""

    def list_commands(self, ctx: Any) -> list[str]:
        """Return every noun, by the sections of the help."""
        return list(NOUNS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return the noun's commands; its module is imported here."""
        if cmd_name not in self.commands and cmd_name in NOUNS:
            module = import_module(f".commands.{NOUNS[cmd_name][0]}", __package__)
            app = getattr(module, f"{cmd_name}_app")
            self.commands[cmd_name] = typer.main.get_command(app) if cmd_name in SINGLE else Noun(app, cmd_name)
            self.commands[cmd_name].name = cmd_name
        return self.commands.get(cmd_name)

    def short_helps(self) -> list[tuple[str, str]]:
        """Return each noun with its help."""
        return [(noun, _(text)) for noun, (_module, text) in NOUNS.items()]

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the noun that is meant; if there is none, the error names the nearest."""
        if args and args[0] not in NOUNS:
            raise wrong_command(args[0], NOUNS, "husrum --help")
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the nouns with their help, without loading them."""
        from .commands.help.rendering import parameter_sections, write_help

        adopt_language()
        sections = [(_(title), [(noun, _(text)) for noun, (_module, text) in nouns.items()]) for title, nouns in SECTIONS.items()]
        write_help(self, ctx, formatter, [*sections, *parameter_sections(self)])

    def make_context(self, info_name: str | None, args: list[str], parent: Any = None, **extra: Any) -> Any:
        """Reset the state, so that every run depends on this command line only."""
        Parameters.reset()
        read_language(args)
        _refuse_cpr(args)
        try:
            return super().make_context(info_name, _or_today(args), parent=parent, **extra)
        except typer.TyperException as error:
            raise _refused(error, self, str(info_name)) from None
        except OSError as error:  # help and the version are shown while the line is read
            if has_no_room(error):
                raise SystemExit(_no_room(error)) from None
            raise

    def invoke(self, ctx: Any) -> Any:
        """Run the command. An error becomes one line on stderr."""
        try:
            return super().invoke(ctx)
        except HusrumError as error:
            _end_if_signalled()
            tell(error.message)
            raise typer.Exit(error.exit_status) from None
        except typer.TyperException as error:
            raise _refused(error, ctx.command, ctx.command_path) from None
        except (typer.Abort, KeyboardInterrupt, EOFError):
            tell(_("Interrupted."))
            raise typer.Exit(INTERRUPTED) from None
        except SystemExit as end:
            if end.code == INTERRUPTED:
                tell(_("Interrupted."))
            raise
        except typer.Exit:
            raise
        except Exception as error:
            if isinstance(error, OSError) and reader_has_gone(error):  # and has seen enough
                leave_pipe()
                raise typer.Exit(0) from None
            if isinstance(error, OSError) and has_no_room(error):
                raise typer.Exit(_no_room(error)) from None
            _end_if_signalled()
            if behind := damage_behind():
                tell(behind.message)
                raise typer.Exit(behind.exit_status) from None
            if os.environ.get("HUSRUM_DEBUG"):
                raise
            # The text of an unforeseen error may hold what was typed; its kind and place don't.
            place = error.__traceback__
            while place and place.tb_next:
                place = place.tb_next
            where = f"{os.path.basename(place.tb_frame.f_code.co_filename)}:{place.tb_lineno}" if place else "?"
            tell(_("This is a bug in husrum ({kind} at {where}); nothing was written.", kind=type(error).__name__, where=where))
            raise typer.Exit(1) from None


def _refuse_cpr(args: list[str]) -> None:
    """Exit if a CPR number was typed, whatever the command is, and in any argument. Raises `typer.Exit`."""
    if field := argument_with_cpr(args):
        adopt_language()
        tell(_("{field} holds what looks like a CPR number, which is never stored here; leave it out.", field=field))
        raise typer.Exit(WrongInput.exit_status)


def _refused(error: Any, command: Any, path: str) -> typer.Exit:
    """Say in one line what was wrong with a command line, or show the help of a noun that stood alone; return how to end."""
    from .commands.help.rendering import error_text
    from .render.terminal import print_message

    adopt_language()
    if type(error).__name__ == "NoArgsIsHelpError":
        if error.ctx.parent is None:  # `husrum` alone: it would be today's page if a file were chosen
            print_message(_(str(command.help)))
            print_message(no_file_text())
            print_message(_("To look around in synthetic cities: husrum demo"))
            print_message(_("All commands: husrum --help"))
        else:
            print(error.ctx.get_help(), file=sys.stderr)
        return typer.Exit(error.exit_code)
    if failed := getattr(error, "ctx", None):
        command, path = failed.command, failed.command_path
    tell(f"{error_text(error, command)} {_('See: {command}', command=f'{path} --help')}")
    return typer.Exit(error.exit_code)


def _end_if_signalled() -> None:
    """Exit if a signal asked this run to end."""
    if Signalled.status is not None:
        if Signalled.status == INTERRUPTED:
            tell(_("Interrupted."))
        raise SystemExit(Signalled.status) from None


def _or_today(args: list[str]) -> list[str]:
    """Run `husrum today` for `husrum` alone with a city's file chosen, otherwise show the help: a national file has no agenda."""
    db: str | None = None
    words = iter(args)
    for word in words:
        if word in ("--db", "--db-key", "--language"):
            given = next(words, None)
            db = given if word == "--db" else db
        elif word.startswith("--db="):
            db = word.removeprefix("--db=")
        elif not word.startswith(("--db-key=", "--language=")):
            return args
    chosen = db or os.environ.get("HUSRUM_DB") or remembered_file()
    return [*args, "--help" if of_the_nation(Path(chosen).expanduser()) else "today"] if chosen else args


def _no_room(error: OSError) -> int:
    """Say that the output can't be written, and return how to end."""
    leave_pipe()
    tell(_("The output can't be written: {reason}.", reason=error.strerror))
    return UnusableFile.exit_status


def tell(message: str) -> None:
    """Print one line on stderr. It may repeat what was typed, or the name of a file, but no CPR number in it."""
    from .render.listing import harmless
    from .render.terminal import print_message

    print_message(f"{_('Error')}: {harmless(without_cpr(message))}")


app = typer.Typer(
    name="husrum",
    cls=Nouns,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        print(f"husrum {__version__}")
        raise typer.Exit


@app.callback(no_args_is_help=True)
def husrum(
    db: DB_OPTION = None,
    db_key: DB_KEY_OPTION = None,
    language: LANGUAGE_OPTION = None,
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and end.")] = False,
) -> None:
    """One file per city, for communities of lonely young people: who came, who waits, and the year's figures."""
    file_options(db, language, db_key)


def main() -> None:
    """Run the command line."""
    speak_utf8()
    asked = os.environ.get("_HUSRUM_COMPLETE")
    if asked:
        answer_shell(asked)
        return
    try:
        if {"--help", "-h"}.isdisjoint(sys.argv):
            app()
        else:
            from .render.terminal import one_page

            with one_page():
                app()
    finally:
        # The last output may still be buffered. Python would flush it at exit, when its errors can't be handled any more.
        try:
            sys.stdout.flush()
        except OSError as error:
            if has_no_room(error):
                sys.exit(_no_room(error))
            if not reader_has_gone(error):
                raise
            leave_pipe()


def answer_shell(asked: str) -> None:
    """Answer a shell's completion request. Errors are silent, since somebody is typing."""
    from .commands.completion.candidates import candidates
    from .commands.completion.shells import answer

    Parameters.reset()
    root = typer.main.get_command(app)
    try:
        if text := answer(asked, lambda words, incomplete: candidates(root, words, incomplete)):
            print(text, flush=True)
    except Exception:
        if os.environ.get("HUSRUM_DEBUG"):
            raise
