"""Read a command line that is complete: the command that it calls, and what it gives it. Typer, whose loading takes as long as most commands, reads the others."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ..errors import WrongInput
from ..i18n import _
from .app import adopt_language, file_options
from .declarations import Noun, Parameter, Verb, declared_parameters
from .nouns import NOUNS, SINGLE, noun_named

HELP = frozenset(("--help", "-h"))
# What every command takes, anywhere on the line.
FILE_OPTIONS = {each.word: each for each in declared_parameters(file_options)}


class Call(NamedTuple):
    """A command, and what a line gives it, by the names of its function's parameters."""

    verb: Verb
    given: dict[str, Any]

    def run(self) -> None:
        """Run the command in the file's language unless another was requested; this includes errors raised before the file is opened."""
        adopt_language()
        if self.verb.shows:
            self.verb.shows(**{each.name: self.given.pop(each.name) for each in self.verb.shown})
        self.verb.function(**self.given)


class Named(NamedTuple):
    """What the first words of a line name. path: how it is called. noun: None for the program. verb: None for the program or a noun alone. rest: the words behind."""

    path: str
    noun: Noun | None
    verb: Verb | None
    rest: Sequence[str]


def named(words: Sequence[str]) -> Named:
    """Return what a line names: the program, a noun or a command. Raises `WrongInput` if there is no such command."""
    path, noun = "husrum", None
    for number, word in enumerate(words[:2]):
        if word in HELP:
            break
        known = noun.verbs if noun else NOUNS
        if word not in known:
            raise _unknown(word, known, path)
        path = f"{path} {word}"
        if noun:
            return Named(path, noun, noun.verbs[word], words[number + 1 :])
        noun = noun_named(word)
        if word in SINGLE:
            return Named(path, noun, noun.verbs[""], words[1:])
    return Named(path, noun, None, words[2:])


def _unknown(word: str, known: Iterable[str], path: str) -> WrongInput:
    """Return the error for a word that is no command."""
    from .help.rendering import unknown_command, unknown_option

    adopt_language()
    text = unknown_option(word, ()) if word.startswith("-") else unknown_command(word, known)
    return WrongInput(f"{text} {_('See: {command}', command=f'{path} --help')}")


def take_file_options(words: Iterable[str]) -> list[str]:
    """Use the file, the key and the language that a line names; return the rest of the line. Raises `WrongInput`."""
    left, rest, given = deque(words), [], {}
    while left and left[0] != "--":
        word, equals, value = left.popleft().partition("=")
        if word not in FILE_OPTIONS:
            rest.append(word + equals + value)
            continue
        if not equals and not left:
            raise WrongInput(_("The option {option} wants a value.", option=word))
        if not (value := value if equals else left.popleft()):
            raise WrongInput(_("{field} is empty.", field=FILE_OPTIONS[word].name), FILE_OPTIONS[word].name)
        given[FILE_OPTIONS[word].name] = value
    file_options(**given)
    return [*rest, *left]


def read_line(verb: Verb, words: Iterable[str]) -> Call | None:
    """Return what the words after a command give it; None if they are not complete or not plain, whatever the reason."""
    given = _given(verb.parameters, words)
    return Call(verb, given) if given is not None else None


def _like_option(word: str) -> bool:
    """Whether a word looks like an option. A dash alone is standard input or output."""
    return word.startswith("-") and word != "-"


def _given(parameters: Sequence[Parameter], words: Iterable[str]) -> dict[str, Any] | None:
    """Return the values by their parameters; None if Typer has to look at the words."""
    options = {word: each for each in parameters for word in (each.word, each.off) if word}
    given: dict[str, Any] = {}
    arguments, left = [], deque(words)
    while left:
        word = left.popleft()
        if not _like_option(word):
            arguments.append(word)
            continue
        word, equals, value = word.partition("=")
        option = options.get(word)
        if option is None or (option.flag and equals) or (option.name in given and not option.several):
            return None
        if option.flag:
            given[option.name] = word == option.word
            continue
        if not equals and left and not _like_option(left[0]):
            value = left.popleft()
        if not value and not option.value_may_be_left_out:
            return None
        given[option.name] = [*given.get(option.name, ()), value] if option.several else value
    for each in parameters:
        if not each.word and arguments:
            given[each.name], arguments = (arguments, []) if each.several else (arguments[0], arguments[1:])
    if arguments or any(each.required and each.name not in given for each in parameters):
        return None
    return {each.name: given.get(each.name, each.default) for each in parameters}
