"""The typed options of a command, as values of a row type.

An option is in one of three states: not given, given with a value, or cleared (`none`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Generic, TypeVar

from ..domain.corrections import require_change
from ..errors import WrongInput
from ..i18n import _
from .columns import Reader
from .context import CommandContext
from .rowtype import RowType

RowT = TypeVar("RowT", bound=tuple[Any, ...])
Texts = Mapping[str, str | Sequence[str] | None]


class TypedOptions(Generic[RowT]):
    """The values of the options that were given, read but not yet looked up in the file, and the names of those that were cleared.

    texts: each as a text that is read as the same value on any day.
    """

    __slots__ = ("cleared", "row_type", "texts", "values")

    def __init__(self, row_type: RowType[RowT], values: dict[str, Any], cleared: frozenset[str], texts: dict[str, str]) -> None:
        self.row_type = row_type
        self.values = values
        self.cleared = cleared
        self.texts = texts

    def __contains__(self, name: str) -> bool:
        return name in self.values or name in self.cleared

    @property
    def names(self) -> list[str]:
        """The options that were given or cleared, in the order of the columns."""
        return [name for name in self.row_type.by_name if name in self]

    def with_options(self, texts: Texts, readers: Mapping[str, Reader] | None = None) -> TypedOptions[RowT]:
        """Return these and more options; of those in both, `texts` takes precedence."""
        more = read_options(self.row_type, texts, readers)
        values = {name: value for name, value in self.values.items() if name not in more}
        cleared = frozenset(name for name in self.cleared if name not in more) | more.cleared
        return TypedOptions(self.row_type, values | more.values, cleared, self.texts | more.texts)

    def resolve_references(self, context: CommandContext) -> dict[str, Any]:
        """Return column -> value, of the options that were given, looked up in the file; None of those that were cleared. Raises `NotFound`."""
        values = {name: self.row_type.look_up(context, name, value) for name, value in self.values.items()}
        return {name: values.get(name) for name in self.names}

    def row(self, context: CommandContext, **known: Any) -> RowT:
        """Return the row: the options, looked up in the file, and `known` for what was not given. Raises `NotFound`."""
        values = {name: self.row_type.look_up(context, name, value) for name, value in self.values.items()}
        defaults = {name.rstrip("_"): value for name, value in known.items()}
        return self.row_type.make({**{name: value for name, value in defaults.items() if name not in self.cleared}, **values})

    def changes(self, context: CommandContext) -> dict[str, Any]:
        """Return the same as `resolve_references`. Raises `WrongInput` if that is nothing."""
        require_change(self.names)
        return self.resolve_references(context)


def read_options(
    row_type: RowType[RowT], texts: Texts, readers: Mapping[str, Reader] | None = None, required: Collection[str] = ()
) -> TypedOptions[RowT]:
    """Read options. One that is None, or has no texts, was not given. Raises `WrongInput` for what can't be read.

    readers: of columns that this command reads in another way than files are read. required: columns that this command does not clear.
    """
    values: dict[str, Any] = {}
    cleared: set[str] = set()
    given: dict[str, str] = {}
    for name, text in texts.items():
        if text is None or not text and not isinstance(text, str):
            continue
        column = row_type.by_name[name]
        if readers and name in readers:
            column = column._replace(read=readers[name])
        several = [text] if isinstance(text, str) else list(text)
        if len(several) > 1 or not column.clears(several[0]):
            values[name] = column.value(several)
        elif column.required or name in required:
            raise WrongInput(_("{field}: a value is needed here.", field=name), name)
        elif column.empty is not None:
            values[name] = column.empty
        else:
            cleared.add(name)
        value = values.get(name)
        given[name] = value if value and isinstance(value, str) else "|".join(several)
    return TypedOptions(row_type, values, frozenset(cleared), given)
