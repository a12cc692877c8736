"""Checking an answer before it becomes a line of the mapping."""

from __future__ import annotations

from contextlib import suppress

from ...errors import WrongInput
from ...i18n import _, without_field
from ...input.dates import read_year
from ...input.text import refuse_cpr
from ...input.yes_no import answered
from ...rowtypes.registry import MODULES
from .columns import by_name, find_column, may_be_joined, people_and_numbers
from .context import read_new_name
from .dates import NeedsYear, is_date
from .findings import NAMESAKE, Finding, Findings
from .kinds import heading_word
from .mapping import IGNORE, NEW, TOTAL, Mapping
from .sheets import is_kind_or_target
from .values import read_value
from .words import NO_VALUE, guests_of, how_many, is_guests, mark_of


def has_settled(problem: Finding, known: Mapping) -> bool:
    """Whether an answer to another question leaves nothing to ask: the sheet or the column is ignored, or means something else than was supposed."""
    if problem.what != "sheet" and known.sheet(problem.sheet) == IGNORE:
        return True
    if problem.what != "value" or problem.kind not in MODULES or not (means := known.meaning("heading", problem.sheet, problem.column)):
        return False
    return means == IGNORE or not problem.name or find_column(problem.kind, means) != problem.name


def check_answer(problem: Finding, answer: str, known: Mapping, findings: Findings) -> None:
    """Raise `WrongInput` for an answer that can't settle a problem, with what is wrong in it."""
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
    elif problem.what == "heading" and has_columns:
        _check_column(problem, means, known)
    elif problem.what == "heading" and not is_date(means):
        raise WrongInput(_("“{means}” is not a date", means=means))
    elif problem.what in ("name", NAMESAKE):
        _check_name(problem, means, known, findings)
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


def _check_column(problem: Finding, means: str, known: Mapping) -> None:
    """Raise `WrongInput` for a text that is no column, or the column that another answer gave to another heading."""
    if means == TOTAL and "unnamed" in by_name(problem.kind) or people_and_numbers(problem.kind, means):
        return
    column = find_column(problem.kind, means)
    if column is None:
        raise WrongInput(_("“{means}” is not a column", means=means))
    for line in known.lines if not may_be_joined(problem.kind, column) else ():
        if line.what != "heading" or line._replace(means="") == problem.line or not line.means:
            continue
        if (
            known.meaning("heading", problem.sheet, line.found, line.column) == line.means
            and find_column(problem.kind, line.means) == column
        ):
            raise WrongInput(_("“{other}” is {column} already", other=line.found, column=heading_word(problem.kind, column)))


def _check_name(problem: Finding, means: str, known: Mapping, findings: Findings) -> None:
    """Raise `WrongInput` for who or what a name can't mean. While sheets or headings are not understood, those who are named there are not known."""
    if means == NEW:
        read_new_name(problem.found)
        return
    asked = {line.found.casefold() for line in known.lines if line.what == "name" and line.means == NEW}
    unsure = any(each.what in ("sheet", "heading") for each in findings.problems())
    for part in means.split("|"):
        if is_guests(guests_of(part)):
            if problem.kind in MODULES and how_many(part) is None and how_many(problem.found) is None:
                raise WrongInput(_("write how many, like: 3 {unnamed}", unnamed=heading_word("events", "unnamed")))
        elif answered(part) is not None or not (
            unsure or part.casefold() in asked or findings.roster and findings.roster.look_up(part).person
        ):
            raise WrongInput(_("nobody is called “{name}”", name=part))
