"""Targets: what was promised for a period."""

from typing import Annotated, NamedTuple

from ..domain.money import targets
from ..errors import WrongInput
from ..i18n import _
from ..input.numbers import read_decimal, read_row_number
from ..input.text import read_note
from ..vocabulary import TARGET_OUTCOME
from . import columns
from .columns import Column, code_reader
from .context import CommandContext
from .figures import read_figure_key
from .outcomes import number_column
from .rowtype import RowType


def _read_value(text: str, field: str) -> float:
    """Read a number; of a share also in per cent, with or without the sign."""
    return read_decimal(text.strip().removesuffix("%"), field)


def _read_period(text: str, field: str) -> str:
    """Read a period as it is written; a grant's is looked up later."""
    from ..input.periods import grant_number, read_period

    number = grant_number(text)
    return f"grant:{number}" if number is not None else read_period(text, field).name


class TargetRow(NamedTuple):
    """A number to reach of a figure, or words, and its outcome."""

    period: Annotated[
        str, Column("periode", _read_period, help="For which period: 2024, 2024-H1, 2024/25, FROM..TO, grant:3", metavar="PERIOD")
    ]
    key: Annotated[str | None, Column("nøgle", read_figure_key, help="The figure, like visits.", metavar="KEY")] = None
    value: Annotated[float | None, Column("værdi", _read_value, help="The number to reach; of a share in per cent.", metavar="VALUE")] = (
        None
    )
    text: Annotated[str | None, Column("mål", read_note, help="A target in words.", private=True)] = None
    grant: Annotated[
        int | None,
        Column("tilskud", read_row_number, help="The number of the grant it was promised for.", metavar="N", stored="grants.number"),
    ] = None
    why: Annotated[str | None, Column("hvorfor", read_note, help="Why this target.", private=True)] = None
    outcome: Annotated[str | None, Column("udfald", code_reader(TARGET_OUTCOME), metavar="reached|partly|not|dropped")] = None
    note: Annotated[str | None, columns.note_column()] = None
    number: Annotated[int | None, number_column()] = None


def _add(context: CommandContext, row: TargetRow) -> int:
    if row.key is None and row.text is None:
        raise WrongInput(_("key: give a figure and its value, or the target in words with --text."), "key")
    return targets.add_target(
        context.store, row.key, row.value, row.text, row.period, row.grant, row.why, row.outcome, row.note, row.number
    )


TARGETS = RowType(
    "targets", TargetRow, ("key", "text", "period", "grant"), _add, joined="LEFT JOIN grants ON grants.id = grant_id", period=("", "")
)
