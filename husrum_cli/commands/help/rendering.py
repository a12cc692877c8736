"""Help as it is shown: in the language chosen, no wider than the terminal, and with examples at the end."""

import re
import shutil
from collections.abc import Iterable
from typing import Any

from ...i18n import _, language, many
from ...input.nearest import nearest

_DANISH_DAYS = {"sunday": "søndag", "monday": "mandag", "yesterday": "igår", "today": "idag"}
_WIDEST = 80  # columns that a text is still easily read in
_NARROW = 58  # fewer columns than this are too few for two next to each other


def write_help(command: Any, ctx: Any, formatter: Any, shown: Iterable[tuple[str, list[tuple[str, str]]]]) -> None:
    """Write the help of a command. `shown`: its sections, of words and their meanings."""
    # By itself it would not go under 50, however narrow the terminal.
    formatter.width = min(shutil.get_terminal_size().columns, _WIDEST) - 2
    pieces = [piece for each in command.params for piece in _usage(each) if not each.hidden]
    begins = [_("[OPTIONS]"), *pieces]
    if hasattr(command, "list_commands"):
        begins += [placeholder("COMMAND"), "..."]
    formatter.write_usage(ctx.command_path, " ".join(begins), prefix=f"{_('Usage')}: ")
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(_(" ".join((command.help or "").split())))
    for title, lines in shown:
        if lines:
            with formatter.section(title):
                _write_list(formatter, lines)


def _write_list(formatter: Any, lines: list[tuple[str, str]]) -> None:
    if formatter.width >= _NARROW:
        formatter.write_dl(lines)
        return
    for words, text in lines:
        formatter.write_text(words)
        if text:
            with formatter.indentation():
                formatter.write_text(text)


def parameter_sections(command: Any) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the arguments and the options of a command."""
    arguments = [
        (placeholder(each.metavar or each.name.upper()), _(each.help))
        for each in command.params
        if each.param_type_name == "argument" and each.help
    ]
    options = [_option(each) for each in command.params if each.param_type_name == "option" and not each.hidden]
    options.append(("-h, --help", _("Show this help and end.")))
    return [(_("Arguments"), arguments), (_("Options"), options)]


def write_examples(formatter: Any, name: str) -> None:
    """Write the examples of a command, which are never broken: a shell would read two lines as two commands."""
    from .examples import EXAMPLES

    examples = EXAMPLES.get(name, ())
    if examples:
        formatter.write_paragraph()
        formatter.write(f"{_('Examples')}:\n")
        for line in examples:
            for number, part in enumerate(_folded(_with_danish_days(line), formatter.width - 2)):
                formatter.write(f"  {'  ' if number else ''}{part}\n")


def _with_danish_days(line: str) -> str:
    """Return an example as a Dane would type its days."""
    if language() != "da":
        return line
    return re.sub(r"(?<= --)(\S+) (sunday|monday|yesterday|today)\b", lambda found: f"{found[1]} {_DANISH_DAYS[found[2]]}", line)


def _folded(line: str, width: int) -> list[str]:
    r"""Return a command line in parts that fit, each but the last with the `\` that lets a shell read on."""
    parts = [""]
    for word in re.findall(r'(?:"[^"]*"|[^ "])+', line):
        if parts[-1] and len(parts[-1]) + len(word) + 5 > width:
            parts[-1] += " \\"
            parts.append(word)
        else:
            parts[-1] = f"{parts[-1]} {word}".strip()
    return parts


def _usage(parameter: Any) -> list[str]:
    if parameter.param_type_name == "argument":
        metavar = parameter.metavar or parameter.name.upper()
        return [placeholder(metavar if parameter.required or metavar.startswith("[") else f"[{metavar}]")]
    return [f"{parameter.opts[0]} {placeholder(parameter.metavar)}"] if parameter.required else []


def placeholder(metavar: str) -> str:
    """Return the placeholder in capitals for a value to be typed, in the language chosen; literals stay as they are."""
    return re.sub("[A-Z]{3,}", lambda word: _(word[0]), metavar)


def _option(parameter: Any) -> tuple[str, str]:
    names = ", ".join([*parameter.opts, *parameter.secondary_opts])
    text = _(parameter.help or "")
    if parameter.required:
        text += f" [{_('required')}]"
    elif isinstance(parameter.default, (str, int)) and not isinstance(parameter.default, bool) and parameter.default:
        text += f" [{_('default')}: {parameter.default}]"
    return (names if parameter.is_flag else f"{names} {placeholder(parameter.metavar)}", text)


def error_text(error: Any, command: Any) -> str:
    """Describe in one sentence what was wrong with a command line, with the nearest of the possible words. An answer is never repeated."""
    kind = type(error).__name__
    if kind == "NoSuchOption" and getattr(error, "negative", None):
        return _("“{text}” is negative; the number can't be below 0.", text=error.negative)
    if kind == "NoSuchOption":
        names = [name for each in getattr(command, "params", ()) if each.param_type_name == "option" for name in each.opts]
        return _("There is no option {option}.{meant}", option=error.option_name, meant=_meant(error.option_name, [*names, "--help"]))
    if kind == "MissingParameter":
        parameter = error.param
        name = (
            placeholder((parameter.metavar or parameter.name).strip("[]")) if parameter.param_type_name == "argument" else parameter.opts[0]
        )
        return _("{name} is missing.", name=name)
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


def unknown_command(name: str, known: Iterable[str], help: str) -> str:
    """Describe an unknown command, with the nearest of the known ones, and where they all are."""
    return _("There is no command {name}.{meant} See: {help}", name=name, meant=_meant(name, list(known)), help=help)


def _meant(typed: str, known: list[str]) -> str:
    near = nearest(typed, known)
    return _(" Did you mean {nearest}?", nearest=near) if near else ""
