"""The command `husrum`: reads its line, runs the command, and turns every error into one line and an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from . import __version__
from .commands.app import Parameters, adopt_language, damage_behind, no_file_text, of_the_nation
from .commands.lines import read_line, take_file_options
from .commands.nouns import HELP, ROOT_HELP, ResolvedCommand, resolve_command
from .config import remembered_file
from .errors import INTERRUPTED, CommitState, FormInterrupted, HusrumError, Termination, UnusableFile, WrongInput
from .i18n import _
from .input.arguments import argument_with_cpr
from .input.text import without_cpr
from .platforms.streams import has_no_room, leave_pipe, reader_has_gone, speak_utf8


def main() -> None:
    """Run the command line of this process, and exit."""
    speak_utf8()
    if asked := os.environ.get("_HUSRUM_COMPLETE"):
        answer_shell(asked)
        return
    try:
        status = run(sys.argv[1:])
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
    sys.exit(status)


def run(words: Sequence[str]) -> int:
    """Run a command line, and return its exit status. An error becomes one line on stderr. Depends on this line, the environment and the settings only."""
    Parameters.reset()
    CommitState.done = False
    try:
        return _run(words)
    except HusrumError as error:
        return _signalled() or _report(error)
    except FormInterrupted:
        return INTERRUPTED
    except (KeyboardInterrupt, EOFError):
        if sys.stderr.isatty():
            print(file=sys.stderr)  # ^C stands there, or the question
        print_error(_("Interrupted."))
        return INTERRUPTED
    except SystemExit as end:
        return _signalled() or (end.code if isinstance(end.code, int) else int(end.code is not None))
    except Exception as error:
        if isinstance(error, OSError) and reader_has_gone(error):  # and has seen enough
            leave_pipe()
            return 0
        if isinstance(error, OSError) and has_no_room(error):
            return _no_room(error)
        if status := _signalled():
            return status
        if behind := damage_behind():
            return _report(behind)
        if os.environ.get("HUSRUM_DEBUG"):
            raise
        # The text of an unforeseen error may hold what was typed; its kind and place don't.
        place = error.__traceback__
        while place and place.tb_next:
            place = place.tb_next
        where = f"{os.path.basename(place.tb_frame.f_code.co_filename)}:{place.tb_lineno}" if place else "?"
        kind = type(error).__name__
        if CommitState.done:
            print_error(
                _(
                    "This is a bug in husrum ({kind} at {where}). What was written before it stays; look with: husrum log",
                    kind=kind,
                    where=where,
                )
            )
        else:
            print_error(_("This is a bug in husrum ({kind} at {where}); nothing was written.", kind=kind, where=where))
        return 1


def _run(words: Sequence[str]) -> int:
    rest = take_file_options(words)
    if field := argument_with_cpr(list(words)):  # whatever the command is, and in any argument
        adopt_language()
        raise WrongInput(_("{field} holds what looks like a CPR number, which is never stored here; leave it out.", field=field))
    if rest[:1] == ["--version"]:
        print(f"husrum {__version__}")
        return 0
    if not rest:
        chosen = Parameters.db or os.environ.get("HUSRUM_DB") or remembered_file()
        if not chosen:
            return _welcome()
        rest = ["--help" if of_the_nation(Path(chosen).expanduser()) else "today"]  # a national file has no agenda
    found = resolve_command(rest)
    if not HELP.isdisjoint(rest) or not found.verb:
        return _show_help(found, asked=not HELP.isdisjoint(rest))
    call = read_line(found.verb, found.rest)
    if call is None:
        from .commands.typer_lines import read_by_typer

        call = read_by_typer(found.verb, found.path, found.rest)
    call.run()
    return 0


def _show_help(found: ResolvedCommand, asked: bool) -> int:
    """Show the help of what a line names. asked: or it lacks a command; then it is shown as an error."""
    from .commands.help.rendering import help_text
    from .render.terminal import one_page

    if not asked:
        print(help_text(found), file=sys.stderr)
        return WrongInput.exit_status
    with one_page():
        print(help_text(found))
    return 0


def _welcome() -> int:
    """Say what husrum is, and where to begin."""
    from .render.terminal import print_message

    adopt_language()
    for line in (_(ROOT_HELP), no_file_text(), _("To look around in synthetic cities: husrum demo"), _("All commands: husrum --help")):
        print_message(line)
    return WrongInput.exit_status


def _signalled() -> int:
    """Return the exit status if a signal ended this run, and print that it was interrupted if it was; otherwise 0."""
    if Termination.status == INTERRUPTED:
        print_error(_("Interrupted."))
    return Termination.status or 0


def _report(error: HusrumError) -> int:
    """Print what was wrong, and return the exit status."""
    print_error(error.message)
    return error.exit_status


def _no_room(error: OSError) -> int:
    """Say that the output can't be written, and return the exit status."""
    leave_pipe()
    adopt_language()
    print_error(_("The output can't be written: {reason}.", reason=error.strerror))
    return UnusableFile.exit_status


def print_error(message: str) -> None:
    """Print one line on stderr. It may repeat what was typed, or the name of a file, but no CPR number in it."""
    from .render.listing import escape_controls
    from .render.terminal import print_message

    print_message(f"{_('Error')}: {escape_controls(without_cpr(message))}")


def answer_shell(asked: str) -> None:
    """Answer a shell's completion request. Errors are silent, since somebody is typing."""
    from .commands.completion.candidates import candidates
    from .commands.completion.shells import completion_answer

    Parameters.reset()
    try:
        if text := completion_answer(asked, candidates):
            print(text, flush=True)
    except Exception:
        if os.environ.get("HUSRUM_DEBUG"):
            raise
