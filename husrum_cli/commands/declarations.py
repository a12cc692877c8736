"""What a command takes, declared once: a complete line is read from it (`lines`), any other by Typer (`typer_lines`); help and Tab show it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, NamedTuple, get_args, get_type_hints

_Function = Callable[..., None]


class Option(NamedTuple):
    """In the annotation of a function's parameter: the option that gives it. word: `--date`; of a flag that can be turned off too: `--publish/--exact`."""

    word: str
    metavar: str = ""
    help: str = ""


class Argument(NamedTuple):
    """In the annotation of a function's parameter: it is given by its place on the line."""

    metavar: str
    help: str = ""


class Parameter(NamedTuple):
    """What a line may give a command's function.

    word: the option; empty: an argument. off: the word that turns a flag off, if there is one. pair: takes two values. several: may be given again. default: if it is left out.
    read: raises `WrongInput` for an answer that can't be taken, where it is asked for at a terminal.
    """

    name: str
    word: str
    off: str
    metavar: str
    help: str
    flag: bool
    pair: bool
    several: bool
    required: bool
    default: Any
    read: Callable[[str], object] | None = None

    @property
    def value_may_be_left_out(self) -> bool:
        """Whether an option may stand without its value, as its metavar `[…]` says."""
        return bool(self.word) and self.metavar.startswith("[")


def parameter(
    name: str, declared: Option | Argument, kind: Any, required: bool, default: Any = None, read: Callable[[str], object] | None = None
) -> Parameter:
    """Return a parameter. kind: str, bool, tuple[str, str] or list[str], or one of them or None."""
    word, _slash, off = (declared.word if isinstance(declared, Option) else "").partition("/")
    kinds = (kind, *get_args(kind))
    pair, several = tuple[str, str] in kinds, list[str] in kinds
    return Parameter(name, word, off, declared.metavar, declared.help, kind is bool, pair, several, required, default, read)


def declared_parameters(function: _Function, replaced: str = "", by: Callable[[], list[Parameter]] = list) -> list[Parameter]:
    """Return the parameters of a function, each annotated `Annotated[kind, Option(…) or Argument(…)]`. `by`: those that stand for the one called `replaced`."""
    code, hints, found = function.__code__, get_type_hints(function, include_extras=True), []
    names = code.co_varnames[: code.co_argcount]
    defaults = dict(zip(reversed(names), reversed(function.__defaults__ or ()), strict=False))
    for name in names:
        if name == replaced:
            found += by()
        else:
            kind, declared = get_args(hints[name])
            found.append(parameter(name, declared, kind, name not in defaults, defaults.get(name)))
    return found


class Verb:
    """A command. shows: a function that takes the options of what it shows, next to the command's own."""

    def __init__(self, name: str, function: _Function, shows: _Function | None) -> None:
        self.name = name
        self.function = function
        self.shows = shows

    @property
    def help(self) -> str:
        """What it does."""
        return " ".join((self.function.__doc__ or "").split())

    @property
    def short_help(self) -> str:
        """The first line of its help."""
        return (self.function.__doc__ or "").strip().partition("\n")[0]

    @cached_property
    def parameters(self) -> list[Parameter]:
        """All that it takes, but the options that every command takes."""
        own = getattr(self.function, "parameters", None)
        return [*(own() if own else declared_parameters(self.function)), *self.output_parameters]

    @cached_property
    def output_parameters(self) -> list[Parameter]:
        """The options of what it shows."""
        return declared_parameters(self.shows) if self.shows else []


class Noun:
    """A noun: its commands by their verbs. A noun that is a command itself has one, without a name."""

    def __init__(self, help: str = "") -> None:
        self.help = help
        self.verbs: dict[str, Verb] = {}

    def command(self, name: str = "", shows: _Function | None = None) -> Callable[[_Function], _Function]:
        """Register a function as a command."""

        def register(function: _Function) -> _Function:
            self.verbs[name] = Verb(name, function, shows)
            return function

        return register
