"""Checking an answer before it becomes a line of the mapping."""

from __future__ import annotations

from contextlib import suppress

from ...errors import WrongInput
from ...i18n import _, without_field
from ...input.dates import read_year
from ...input.text import refuse_cpr
from ...rowtypes.registry import MODULES
from .columns import by_name, find_column, people_and_numbers
from .dates import NeedsYear, is_date
from .findings import Finding
from .mapping import IGNORE, TOTAL, Mapping
from .sheets import is_kind_or_target
from .values import read_value
from .words import NO_VALUE, mark_of


def has_settled(problem: Finding, known: Mapping) -> bool:
    """Whether an answer to another question leaves nothing to ask: the sheet or the column is ignored, or means something else than was supposed."""
    if problem.what != "sheet" and known.sheet(problem.sheet) == IGNORE:
        return True
    if problem.what != "value" or problem.kind not in MODULES or not (means := known.meaning("heading", problem.sheet, problem.column)):
        return False
    return means == IGNORE or not problem.name or find_column(problem.kind, means) != problem.name


def check_answer(problem: Finding, answer: str, known: Mapping) -> None:
    """Raise `WrongInput` for an answer that can't settle a problem, with what is wrong in it. Names are looked up in the next round."""
    refuse_cpr(answer, "means")
    line = problem.line
    assert line is not None
    means = Mapping([line._replace(means=answer)]).lines[0].means
    has_columns = problem.kind in MODULES
    if means == IGNORE or means == NO_VALUE and problem.what == "value":
        return
    if problem.what == "year":
        read_year(means)
    elif problem.what == "sheet" and not is_kind_or_target(means):
        raise WrongInput(_("“{means}” is not a kind of row, a group or an event", means=means))
    elif problem.what == "heading" and means != TOTAL and not (_is_column(problem.kind, means) if has_columns else is_date(means)):
        raise WrongInput(_("“{means}” is not a column", means=means) if has_columns else _("“{means}” is not a date", means=means))
    elif problem.what == "value" and has_columns:
        column = by_name(problem.kind).get(problem.name)
        if column and not column.refers:
            with suppress(NeedsYear):
                try:
                    read_value(problem.kind, column.name, means, None)
                except WrongInput as error:
                    raise WrongInput(without_field(error.message, column.name), column.name) from None
    elif problem.what == "value" and mark_of(means) is None and not means.isdigit():
        raise WrongInput(_("write x for present, a for excused, and leave the cell empty for not there"))


def _is_column(kind: str, means: str) -> bool:
    return bool(find_column(kind, means) or people_and_numbers(kind, means))
