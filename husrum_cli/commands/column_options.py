"""Options that come from the columns of a row type."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial, wraps
from keyword import iskeyword
from typing import Any, TypeVar

from ..errors import WrongInput
from ..i18n import _
from ..rowtypes.columns import Column, ColumnGroup, Reader, options_of
from ..rowtypes.rowtype import RowType
from ..rowtypes.typed import read_options
from .app import interactive
from .asking import ask_until_read, prompt
from .declarations import Option, Parameter, declared_parameters, parameter

RowT = TypeVar("RowT", bound=tuple[Any, ...])


def takes(
    row_type: RowType[RowT],
    *names: str | ColumnGroup,
    required: tuple[str, ...] = (),
    defaults: Mapping[str, str] | None = None,
    help: Mapping[str, str] | None = None,
    read: Mapping[str, Reader] | None = None,
) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of these columns; its parameter `typed` is what was typed in them.

    defaults: the values of options that are left out. help, read: another text or reader than the column's own.
    """
    columns = [row_type.by_name[name] for name in options_of(*names)]

    def add_options(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def command(**given: Any) -> None:
            typed = read_options(row_type, {column.name: given.pop(_parameter(column)) for column in columns}, read, required)
            function(typed=typed, **given)

        def options() -> list[Parameter]:
            return [
                _option(row_type, column, column.name in required, (defaults or {}).get(column.name), (help or {}).get(column.name), read)
                for column in columns
            ]

        command.parameters = lambda: declared_parameters(function, "typed", options)  # type: ignore[attr-defined]
        return command

    return add_options


def prompt_for_column(row_type: RowType[Any], name: str, readers: Mapping[str, Reader] | None = None) -> str:
    """Prompt for the missing value of a column, if somebody can answer. Raises `WrongInput` otherwise."""
    if not interactive():
        raise WrongInput(_("{field} is missing.", field=_("NAME") if name == "name" else f"--{name}"), name)
    question = prompt(row_type.word(name), None if name == "name" else row_type.by_name[name].help)
    return ask_until_read(question, partial(_read_one, row_type, name, readers))


def _read_one(row_type: RowType[Any], name: str, readers: Mapping[str, Reader] | None, text: str) -> None:
    """Read one option, to find out whether it can be read. Raises `WrongInput`."""
    read_options(row_type, {name: text}, readers)


def _parameter(column: Column) -> str:
    """Return the name of the option's parameter, which can't be a word of Python."""
    return f"{column.name}_" if iskeyword(column.name) else column.name


def _option(
    row_type: RowType[Any], column: Column, required: bool, default: str | None, help: str | None, read: Mapping[str, Reader] | None
) -> Parameter:
    repeated = column.several or (column.refers == "people" and column.metavar == "PERSON")
    declared = Option(f"--{column.name.replace('_', '-')}", column.metavar, help or column.help)
    kind: Any = list[str] if repeated else str
    return parameter(_parameter(column), declared, kind, required, default, partial(_read_one, row_type, column.name, read))
