"""Numbers that were reported from elsewhere."""

from typing import Annotated, NamedTuple

from ..input.dates import read_year
from ..input.numbers import read_decimal
from ..input.text import read_name
from .columns import Column, day_column
from .context import CommandContext
from .rowtype import RowType


def read_figure_key(text: str, _field: str) -> str:
    """Read the key of a figure or a share, by its key or its label. Raises `WrongInput` with the nearest for an unknown one."""
    from ..domain.figures.registry import figure_key  # it loads every figure there is

    return figure_key(text)


class FigureRow(NamedTuple):
    """A reported number."""

    year: Annotated[int, Column("år", read_year)]
    key: Annotated[str, Column("nøgle", read_figure_key)]
    value: Annotated[float, Column("værdi", read_decimal)]
    source: Annotated[str | None, Column("kilde", read_name, help="Where the number is from.")] = None
    date: Annotated[str | None, day_column("dato", help="The day it was read; left out: today.")] = None


def _add(context: CommandContext, row: FigureRow) -> int:
    from ..domain.figures.reported_numbers import set_figure

    return set_figure(context.store, context.rules, context.store.home, row.year, row.key, row.value, row.source, row.date)


FIGURES = RowType(
    "figures",
    FigureRow,
    ("year", "key"),
    _add,
    table="reported_figures",
    joined="JOIN settings ON settings.key = 'home_branch' JOIN branches ON branches.uid = settings.value AND branches.id = branch_id",
    order="year, reported_figures.key",
)
