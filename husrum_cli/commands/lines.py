"""Read a command line that is complete: the command that it calls, and what it gives it. Typer, whose loading takes as long as most commands, reads the others."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from ..errors import NotFound, WrongInput
from ..i18n import _
from .app import FILE_OPTIONS, adopt_language, file_options
from .declarations import Parameter, Verb


class Call(NamedTuple):
    """A command, and what a line gives it, by the names of its function's parameters. `asked`: those whose values were asked for at a terminal."""

    verb: Verb
    given: dict[str, Any]
    asked: tuple[Parameter, ...] = ()

    def run(self) -> None:
        """Run the command in the file's language unless another was requested; this includes errors raised before the file is opened.

        An answer at a terminal that it can't take is asked for again: nothing is written by then.
        """
        adopt_language()
        if self.verb.shows:
            self.verb.shows(**{each.name: self.given.pop(each.name) for each in self.verb.output_parameters})
        while True:
            try:
                return self.verb.function(**self.given)
            except (WrongInput, NotFound) as error:
                wrong = next((each for each in self.asked if each.name.rstrip("_") == error.field), None)
                if wrong is None:
                    raise
                from .asking import ask_again

                if not (answer := ask_again(wrong, error)):
                    raise
                self.given[wrong.name] = [answer] if wrong.several else answer


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


def like_option(word: str) -> bool:
    """Whether a word looks like an option. A dash alone is standard input or output."""
    return word.startswith("-") and word != "-"


def _given(parameters: Sequence[Parameter], words: Iterable[str]) -> dict[str, Any] | None:
    """Return the values by their parameters; None if Typer has to look at the words."""
    options = {word: each for each in parameters for word in (each.word, each.off) if word}
    given: dict[str, Any] = {}
    arguments, left = [], deque(words)
    while left:
        word = left.popleft()
        if not like_option(word):
            arguments.append(word)
            continue
        word, equals, begun = word.partition("=")
        option = options.get(word)
        if option is None or (option.flag and equals) or (option.name in given and not option.several):
            return None
        value = word == option.word if option.flag else _value(option, [begun] if equals else [], left)
        if value is None:
            return None
        given[option.name] = [*given.get(option.name, ()), value] if option.several else value
    if "" in arguments:
        return None
    for each in parameters:
        if not each.word and arguments:
            given[each.name], arguments = (arguments, []) if each.several else (arguments[0], arguments[1:])
    if arguments or any(each.required and each.name not in given for each in parameters):
        return None
    return {each.name: given.get(each.name, each.default) for each in parameters}


def _value(option: Parameter, values: list[str], left: deque[str]) -> str | tuple[str, ...] | None:
    """Take an option's value, or the rest of it, from the words behind it; None if it is not there, or empty."""
    while left and len(values) < 1 + option.pair and not like_option(left[0]):
        values.append(left.popleft())
    if option.value_may_be_left_out:
        return "".join(values)
    if len(values) < 1 + option.pair or "" in values:
        return None
    return tuple(values) if option.pair else values[0]
