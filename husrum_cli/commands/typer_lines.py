"""Command lines by way of Typer: those that lack something that can be asked for, or are wrong."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from inspect import Parameter as Place
from inspect import Signature
from typing import Annotated, Any

import typer
from typer.core import TyperCommand

from ..errors import WrongInput
from ..i18n import _
from ..input.numbers import is_negative
from .app import adopt_language, interactive
from .asking import ask_for
from .declarations import Parameter, Verb
from .help.rendering import error_text
from .lines import Call, like_option

_ASKED = "husrum.asked"
"""What was asked for, in the context of a command."""


def read_by_typer(verb: Verb, path: str, words: Sequence[str]) -> Call:
    """Return what the words after a command give it, after asking for what they lack. path: how it is called. Raises `WrongInput`."""
    command = command_of(verb)
    try:
        with command.make_context(path, list(words)) as context:  # its `main` would turn an interruption into one of Typer's errors
            found: Call = command.invoke(context)
    except typer.TyperException as error:
        adopt_language()
        raise WrongInput(f"{error_text(error, verb.parameters)} {_('See: {command}', command=f'{path} --help')}") from None
    return found


class _VerbCommand(TyperCommand):
    """A command: at a terminal it asks for what is missing. It is not run, but returned as what was read."""

    verb: Verb

    def invoke(self, ctx: Any) -> Call:
        """Return what was read."""
        read = ctx.params
        return Call(
            self.verb,
            {each.name: (list(read[each.name]) or each.default) if each.several else read[each.name] for each in self.verb.parameters},
            tuple(ctx.meta.get(_ASKED, ())),
        )

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments. A required one that is missing is asked for at a terminal, one question a line, in the language of the file."""
        given = _completed(args, self.verb.parameters)
        while True:
            try:
                rest = super().parse_args(ctx, list(given))
                self._refuse_empty(ctx.params)
                return rest
            except typer.TyperException as found:
                error: Any = found
                looks_like = str(getattr(error, "option_name", ""))
                error.negative = next((word for word in args if is_negative(word) and word.startswith(looks_like)), None)
                missing = next(
                    (each for each in self.verb.parameters if each.name == getattr(getattr(error, "param", None), "name", None)), None
                )
                if type(error).__name__ != "MissingParameter" or missing is None or not interactive():
                    raise
                adopt_language()
                given = _with_answer(given, missing, ask_for(missing))
                ctx.meta.setdefault(_ASKED, []).append(missing)

    def _refuse_empty(self, values: dict[str, Any]) -> None:
        """Raise `WrongInput` for an argument or option with an empty text, unless its value may be left out."""
        for each in self.verb.parameters:
            value = values.get(each.name)
            if "" in (value if isinstance(value, (list, tuple)) else [value]) and not each.value_may_be_left_out:
                adopt_language()
                name = each.name.rstrip("_")
                raise WrongInput(_("{field} is empty.", field=name), name)


def command_of(verb: Verb) -> TyperCommand:
    """Return Typer's command for a verb."""

    def function(**_given: Any) -> None:
        """Stand for the verb's function: Typer takes its parameters from this one's signature."""

    places = [Place(each.name, Place.KEYWORD_ONLY, default=_default(each), annotation=_annotation(each)) for each in verb.parameters]
    function.__signature__ = Signature(places)  # type: ignore[attr-defined]
    function.__annotations__ = {place.name: place.annotation for place in places}
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command(cls=_VerbCommand, add_help_option=False)(function)  # help is shown without Typer; here, it can only be an answer
    command: Any = typer.main.get_command(app)
    command.verb = verb
    return command  # type: ignore[no-any-return]


def _default(each: Parameter) -> Any:
    return Place.empty if each.required else each.default


def _annotation(each: Parameter) -> Any:
    kind: Any = bool if each.flag else tuple[str, str] if each.pair else list[str] if each.several else str
    word = f"{each.word}/{each.off}" if each.off else each.word
    declared = typer.Option(word, metavar=each.metavar or None) if word else typer.Argument(metavar=each.metavar)
    return Annotated[kind if each.required or each.default is not None else kind | None, declared]


def _with_answer(given: list[str], asked: Parameter, answer: str) -> list[str]:
    """Return the words of a line and an answer, which is never an option, whatever it looks like."""
    if not answer:
        return given
    if asked.word:
        return [f"{asked.word}={answer}", *given]
    return [*given, answer] if "--" in given else [*given, "--", answer]


def _completed(args: Sequence[str], parameters: Iterable[Parameter]) -> list[str]:
    """Return the arguments, with an empty value for options whose value may be left out."""
    optional = {each.word for each in parameters if each.value_may_be_left_out}
    completed = []
    for word, following in zip(args, (*args[1:], "--"), strict=False):
        completed += [word, ""] if word in optional and like_option(following) else [word]
    return completed
