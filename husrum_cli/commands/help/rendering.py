"""Help as it is shown: in the language chosen, no wider than the terminal, and with examples at the end."""

import re
import shutil
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ...i18n import _, language, many
from ...input.choices import fill_codes
from ..app import FILE_OPTIONS, adopt_language
from ..declarations import Option, Parameter, parameter
from ..nouns import ROOT_HELP, SECTIONS, ResolvedCommand, short_helps, unknown_option

_DANISH_DAYS = {"sunday": "søndag", "monday": "mandag", "yesterday": "igår", "today": "idag"}
_WIDEST = 80  # columns that a text is still easily read in
_NARROW = 58  # fewer columns than this are too few for two next to each other
_COLUMN = 30  # what is longer gets a line of its own
_ROOM = 20  # what behind the beginning of a line is worth to begin there
_VERSION = parameter("version", Option("--version", help="Show the version and end."), bool, False)


def help_text(named: ResolvedCommand) -> str:
    """Return the help of the program, a noun or a command, in the language of the file."""
    adopt_language()
    width = min(shutil.get_terminal_size().columns, _WIDEST) - 2
    if named.verb:
        lines = [*_head(named, named.verb.help, named.verb.parameters, width), *_parameters(named.verb.parameters, width)]
        return "\n".join([*lines, *_examples(named.path.removeprefix("husrum "), width)])
    if named.noun:
        return "\n".join([*_head(named, named.noun.help, (), width), *_section(_("Commands"), [*short_helps(named.noun).items()], width)])
    lines = [*_head(named, ROOT_HELP, (), width)]
    for title, nouns in SECTIONS.items():  # none of them is loaded
        lines += _section(_(title), [(noun, _(text)) for noun, (_module, text) in nouns.items()], width)
    return "\n".join([*lines, *_parameters([*FILE_OPTIONS.values(), _VERSION], width)])


def _head(named: ResolvedCommand, help: str, parameters: Iterable[Parameter], width: int) -> Iterator[str]:
    lead = f"{_('Usage')}: {named.path} "
    words = [_("[OPTIONS]"), *filter(None, map(_usage, parameters)), *((placeholder("COMMAND"), "...") if not named.verb else ())]
    if len(lead) + _ROOM > width:
        yield lead.rstrip()
        lead = " " * (len(_("Usage")) + 6)
    yield from _filled(" ".join(words), width, lead)
    yield ""
    yield from _filled(_(help), width, "  ")


def _parameters(parameters: Iterable[Parameter], width: int) -> Iterator[str]:
    """Yield the arguments and the options of a command."""
    parameters = list(parameters)
    yield from _section(_("Arguments"), [(placeholder(each.metavar), fill_codes(each.help)) for each in parameters if not each.word], width)
    options = [*(_option(each) for each in parameters if each.word), ("-h, --help", _("Show this help and end."))]
    yield from _section(_("Options"), options, width)


def _section(title: str, entries: list[tuple[str, str]], width: int) -> Iterator[str]:
    """Yield a heading and its words with their meanings: in two columns, or below each other where that would be too narrow."""
    if not entries:
        return
    yield from ("", f"{title}:")
    column = min(max(len(words) for words, _text in entries), _COLUMN) + 4
    for words, text in entries:
        if width < _NARROW or len(words) + 4 > column:
            yield from _filled(words, width, "  ")
            yield from _filled(text, width, "    " if width < _NARROW else " " * column)
        else:
            yield from _filled(text, width, f"  {words}".ljust(column)) or [f"  {words}"]


def _filled(text: str, width: int, lead: str) -> list[str]:
    """Return a text in lines of a width: the first begins with the lead, the others with as many spaces."""
    return textwrap.wrap(text, width, initial_indent=lead, subsequent_indent=" " * len(lead), break_on_hyphens=False)


def _examples(name: str, width: int) -> Iterator[str]:
    """Yield the examples of a command, which are never broken: a shell would read two lines as two commands."""
    from .examples import EXAMPLES

    yield from ("", f"{_('Examples')}:")
    for line in EXAMPLES.get(name, ()):
        for number, part in enumerate(_folded(_with_danish_days(line), width - 2)):
            yield f"  {'  ' if number else ''}{part}"


def _with_danish_days(line: str) -> str:
    """Return an example as a Dane would type its days."""
    if language() != "da":
        return line
    return re.sub(r"(?<= --)(\S+) (sunday|monday|yesterday|today)\b", lambda found: f"{found[1]} {_DANISH_DAYS[found[2]]}", line)


def _folded(line: str, width: int) -> list[str]:
    r"""Return a command line in parts that fit, each but the last with the `\` that lets a shell read on. An option stays with its value if both fit."""
    parts = [""]
    for words in re.findall(r'(?:--[a-z-]+ (?!--))?(?:"[^"]*"|[^ "])+', line):
        together = len(words) + 5 <= width or not words.startswith("--")
        for word in [words] if together else words.split(" ", 1):
            if parts[-1] and len(parts[-1]) + len(word) + 5 > width:
                parts[-1] += " \\"
                parts.append(word)
            else:
                parts[-1] = f"{parts[-1]} {word}".strip()
    return parts


def _usage(each: Parameter) -> str:
    if not each.word:
        return placeholder(each.metavar if each.required or each.metavar.startswith("[") else f"[{each.metavar}]")
    return f"{each.word} {placeholder(each.metavar)}" if each.required else ""


def placeholder(metavar: str) -> str:
    """Return the placeholder in capitals for a value to be typed, in the language chosen; literals stay as they are."""
    return re.sub("[A-Z]{3,}", lambda word: _(word[0]), metavar)


def _option(each: Parameter) -> tuple[str, str]:
    names = f"{each.word}, {each.off}" if each.off else each.word
    text = fill_codes(each.help)
    if each.required:
        text += f" [{_('required')}]"
    elif isinstance(each.default, str):
        text += f" [{_('default')}: {each.default}]"
    return (names if each.flag else f"{names} {placeholder(each.metavar)}", text)


def error_text(error: Any, parameters: Sequence[Parameter]) -> str:
    """Describe in one sentence what was wrong with a command line, with the nearest of the possible words. An answer is never repeated."""
    kind = type(error).__name__
    if kind == "NoSuchOption" and getattr(error, "negative", None):
        return _("“{text}” is negative; the number can't be below 0.", text=error.negative)
    if kind == "NoSuchOption":
        return unknown_option(error.option_name, [each.word for each in parameters if each.word])
    if kind == "MissingParameter":
        missing = next(each for each in parameters if each.name == error.param.name)
        return _("{name} is missing.", name=missing.word or placeholder(missing.metavar.strip("[]")))
    if kind == "BadOptionUsage" and any(error.option_name in (each.word, each.off) for each in parameters if each.flag):
        return _("The option {option} takes no value.", option=error.option_name)
    if kind == "BadOptionUsage":
        return _("The option {option} wants a value.", option=error.option_name)
    message = str(error.format_message())
    if message.startswith("Got unexpected extra argument"):
        number = len(message[message.rindex(" (") + 2 : message.rindex(")")].split())  # which ones is not repeated: they may be a note's
        return many(
            "There is a word too many; put a text with spaces in quotes.",
            "There are {number} words too many; put a text with spaces in quotes.",
            number,
        )
    if message.startswith("Missing command"):
        return _("A command is missing.")
    return message
