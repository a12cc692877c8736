"""Checking an answer before it becomes a line of the mapping."""

from __future__ import annotations

from contextlib import suppress

from ...errors import WrongInput
from ...i18n import _
from ...input.dates import read_year
from ...input.text import refuse_cpr
from ...rowtypes.registry import MODULES
from .columns import by_name, column_for, column_meant
from .dates import NeedsYear, is_date
from .findings import Finding
from .mapping import IGNORE, TOTAL, Mapping
from .sheets import is_kind_or_target
from .values import read_value
from .words import NO_VALUE, mark_of


def check_answer(problem: Finding, answer: str) -> None:
    """Raise `WrongInput` for an answer that can't settle a problem, with what is wrong in it. Names are looked up in the next round."""
    refuse_cpr(answer, "means")
    line = problem.line
    assert line is not None
    means = Mapping([line._replace(means=answer)]).lines[0].means
    known = problem.kind in MODULES
    if means in (IGNORE, NO_VALUE):
        return
    if problem.what == "year":
        read_year(means)
    elif problem.what == "sheet" and not is_kind_or_target(means):
        raise WrongInput(_("“{means}” is not a kind of row, a group or an event", means=means))
    elif problem.what == "heading" and means != TOTAL and not (column_meant(problem.kind, means) if known else is_date(means)):
        raise WrongInput(_("“{means}” is not a column", means=means) if known else _("“{means}” is not a date", means=means))
    elif problem.what == "value" and known:
        column = by_name(problem.kind).get(column_for(problem.kind, problem.column) or "")
        if column and not column.refers:
            with suppress(NeedsYear):
                read_value(problem.kind, column.name, means, None)
    elif problem.what == "value" and mark_of(means) is None and not means.isdigit():
        raise WrongInput(_("write x for present, a for excused, and leave the cell empty for not there"))
