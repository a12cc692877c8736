"""A form at the terminal: a screen of its own, so that no answer remains readable above the next command."""

from __future__ import annotations

import signal
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import WordCompleter
from prompt_toolkit.history import DummyHistory
from prompt_toolkit.input import create_input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import create_output
from prompt_toolkit.utils import get_cwidth

from ...i18n import _
from ...input.yes_no import answered
from ...platforms.ending import ignore_hang_up
from ..asking import with_colon
from .form import BACK, Form, Texts

Keep = Callable[[Texts], None]
Try = Callable[[Texts], str]
TakeUp = Callable[[int], Texts]
_MARGIN = "  "
_ROOM = 4  # the least number of columns for an answer next to its question


class FormScreen:
    """A terminal that asks. `typing` is the text of the input line."""

    def __init__(self) -> None:
        self.output = create_output(sys.stderr)
        if hasattr(self.output, "enable_cpr"):
            self.output.enable_cpr = False  # the lines are short; no need to ask the terminal for their position
        keys = KeyBindings()
        keys.add("up")(self._back)
        # Without a history, no key brings back what was answered before.
        self.session: PromptSession[str] = PromptSession(
            key_bindings=keys, input=create_input(sys.stdin), output=self.output, history=DummyHistory()
        )

    def clear(self) -> None:
        """Empty the screen."""
        self.output.erase_screen()
        self.output.cursor_goto(0, 0)
        self.output.flush()

    def say(self, text: str = "") -> None:
        """Print a text, broken into lines that fit."""
        width = max(20, self.output.get_size().columns - 1)
        for line in textwrap.wrap(text, width, subsequent_indent=_MARGIN if text.startswith(_MARGIN) else "") or [""]:
            self.output.write(line + "\n")
        self.output.flush()

    def ask(self, label: str, default: str = "", choices: tuple[str, ...] = ()) -> str:
        """Ask for one line. Arrow up is `<`."""
        if get_cwidth(label) + _ROOM > self.output.get_size().columns:
            self.say(label)
            label = ""
        completer = WordCompleter(list(choices), ignore_case=True, sentence=True) if choices else None
        return self.session.prompt(
            f"{with_colon(label)} " if label else f"{_MARGIN}> ",
            default=default,
            completer=completer,
            complete_while_typing=False,
            reserve_space_for_menu=0,
        )

    @property
    def typing(self) -> str:
        """Return the text in the input line."""
        return self.session.default_buffer.text

    @staticmethod
    def _back(event: KeyPressEvent) -> None:
        event.app.exit(result=BACK)


@contextmanager
def full_screen() -> Iterator[FormScreen]:
    """Switch the terminal to a screen of its own, and back at the end of the block. A closed window interrupts, as Ctrl-C does."""

    def interrupt(_signal: int, _frame: object) -> None:
        ignore_hang_up()
        raise KeyboardInterrupt

    hang_up = getattr(signal, "SIGHUP", None)
    before = signal.signal(hang_up, interrupt) if hang_up else None
    shown = FormScreen()
    shown.output.enter_alternate_screen()
    shown.clear()
    try:
        yield shown
    finally:
        with suppress(OSError):  # the window is gone
            shown.output.quit_alternate_screen()
            shown.output.flush()
        if hang_up:
            signal.signal(hang_up, before)


@contextmanager
def save_if_ended(keep: Callable[[], None]) -> Iterator[None]:
    """Keep what was typed if the block is interrupted, or ended by a termination signal, which goes on ending the program afterwards.

    A window that is closed says so up to three times: by the end of its input, by a signal, and since nothing can be drawn any more.
    The second must not break off the keeping, so it begins again.
    """
    try:
        yield
    except (KeyboardInterrupt, EOFError, SystemExit, OSError) as end:
        termination = end if isinstance(end, (SystemExit, OSError)) else None
        while True:
            try:
                keep()
                break
            except KeyboardInterrupt:
                continue
            except SystemExit as signalled:
                termination = signalled
        if termination:
            raise termination from None


def fill_in(form: Form, title: str, keep: Keep, attempt: Try, drafts: Mapping[int, str], take_up: TakeUp) -> Texts | None:
    """Ask until the form is saved, and return the answers; None: they are kept for later.

    keep: called with what was typed whenever that grew. attempt: returns what keeps the form from being saved. drafts: number -> description of what there is of
    earlier times, offered first; those that are not taken up stay. take_up: returns what was typed in the one with this number.
    """
    with full_screen() as shown:
        shown.say(title)
        shown.say(_("Enter: next question   < or arrow up: back   Ctrl-C: keep it for later"))
        shown.say()
        chosen = choose_draft(shown, drafts)
        if chosen is not None:
            form.take_up(take_up(chosen))

        def keep_all() -> None:
            form.interrupt(shown.typing)
            keep(form.texts)

        with save_if_ended(keep_all):
            while True:
                _ask_all(shown, form, keep)
                match _close(shown, form, attempt):
                    case True:
                        return form.answers
                    case None:
                        return None
    return None


def choose_draft(shown: FormScreen, drafts: Mapping[int, str]) -> int | None:
    """Ask which draft to go on with, and return its number, by which `intake drafts` lists it; None: a new form."""
    if len(drafts) == 1:
        [(number, draft)] = drafts.items()
        return (
            number
            if confirm_on_screen(shown, f"{draft} {_('Go on with it? (Enter: yes; no: it is kept, and a new one begins)')}", True)
            else None
        )
    for number, draft in drafts.items():
        shown.say(f"{number:>3} {draft}")
    while drafts:
        answer = shown.ask(_("Which one to go on with? (its number; Enter: a new one)")).strip()
        if not answer:
            return None
        if answer.isdecimal() and int(answer) in drafts:
            return int(answer)
        shown.say(_("“{text}” is not one of them.", text=answer))
    return None


def confirm_on_screen(shown: FormScreen, question: str, enter: bool | None = None) -> bool:
    """Return whether the answer is yes: asked until it is one or the other. `enter`: what Enter alone means."""
    shown.say(question)
    while True:
        answer = shown.ask(_("yes/no")).strip()
        if not answer and enter is not None:
            return enter
        if (meant := answered(answer)) is not None:
            return meant
        shown.say(_MARGIN + _("Answer yes or no; Ctrl-C stops."))


def _ask_all(shown: FormScreen, form: Form, keep: Keep) -> None:
    problem = ""
    while question := form.current:
        if question.choices and not problem:  # otherwise they were just shown
            shown.say(f"{_MARGIN}{', '.join(question.choices)}")
        label = f"{question.label} ({question.hint})" if question.hint else question.label
        problem = form.answer(shown.ask(label, form.texts.get(question.name, ""), question.choices))
        if problem:
            shown.say(f"{_MARGIN}{problem}")
        keep(form.texts)


def _close(shown: FormScreen, form: Form, attempt: Try) -> bool | None:
    """Show the summary. True: save it. False: a question is asked again. None: keep it for later."""
    shown.say()
    for number, (label, text) in enumerate(form.summary, 1):
        shown.say(f"{number:>3} {with_colon(label)} {text or '–'}")
    while True:
        answer = shown.ask(_("Save? (Enter: yes; a number: change that answer; no: keep it for later)")).strip()
        if answer == BACK:
            form.go_back()
            return False
        if answer.isdecimal() and form.go_to(int(answer)):
            return False
        if answered(answer) is False:
            return None
        if not answer or answered(answer):
            problem = attempt(form.answers)
            if not problem:
                return True
            shown.say(f"{_MARGIN}{problem}")
        else:
            shown.say(_MARGIN + _("“{text}” is neither yes nor no, nor a number from 1 to {last}.", text=answer, last=len(form.summary)))
