"""Asking at a terminal what a spreadsheet means; each answer is a line of the mapping, kept at once."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from ...i18n import N_, _, many
from ...input.yes_no import answered
from ..asking import ask_until_read

if TYPE_CHECKING:
    from ...importing.understanding.findings import Finding, Findings
    from ...importing.understanding.mapping import Mapping
    from ..import_report import Names

Say = Callable[[str], None]
# What the others depend on comes first.
_ORDER = ("sheet", "year", "heading")


def ask_what_is_meant(findings: Findings, names: Names, mapping: Mapping, path: Path, say: Say) -> Mapping | None:
    """Ask about everything that a mapping can settle, and return the mapping with the answers; None if nothing was answered.

    Enter alone leaves a question open. What was answered is in the mapping file even if somebody breaks off.
    """
    from ...importing.understanding.answers import has_settled
    from ...importing.understanding.mapping import Mapping, write_mapping

    open_ = [(problem, line) for line, problem in {problem.line: problem for problem in reversed(findings.problems())}.items() if line]
    open_.reverse()
    if not open_:
        return None
    say(
        many(
            "{number} question; Enter leaves it open, Ctrl-C stops and keeps the answers.",
            "{number} questions; Enter leaves one open, Ctrl-C stops and keeps the answers.",
            len(open_),
        )
    )
    open_.sort(key=lambda asked: _ORDER.index(asked[0].what) if asked[0].what in _ORDER else len(_ORDER))
    lines = [line for line in mapping.lines if line.means]
    more = [line for _problem, line in open_ if line]
    write_mapping(path, Mapping(lines), more)
    answered = 0
    for place, (problem, line) in enumerate(open_, 1):
        known = Mapping(lines)
        if has_settled(problem, known):
            continue
        say("")
        say(f"{place}/{len(open_)}  {_question(problem, names(problem.file, problem.sheet))}")
        say(_choices(problem))
        answer = ask_until_read(">", partial(_check, problem, known, findings))
        if answer:
            lines = [*(known for known in lines if known._replace(means="") != line), line._replace(means=_agreed(problem, answer))]
            write_mapping(path, Mapping(lines), more, changed=True)
            answered += 1
    return Mapping(lines) if answered else None


def _check(problem: Finding, known: Mapping, findings: Findings, answer: str) -> None:
    from ...importing.understanding.answers import check_answer

    check_answer(problem, _agreed(problem, answer), known, findings)


def _agreed(problem: Finding, answer: str) -> str:
    """Return the answer, or the suggestion that it agrees with."""
    return problem.guess if problem.guess and answered(answer) else answer


def _question(problem: Finding, where: str) -> str:
    """Return the question. `where`: the name of its sheet."""
    from ...importing.understanding.findings import UNKNOWN_TARGET

    match problem.what:
        case "sheet" if problem.name == UNKNOWN_TARGET:
            return _("{sheet}: people by dates. What did they come to?", sheet=where)
        case "sheet":
            return _("{sheet}: {why}", sheet=where, why=problem.why)
        case "heading":
            return _("{sheet}: what is the column “{heading}”? {why}", sheet=where, heading=problem.found, why=_sentence(problem.why))
        case "name" | "namesake":
            return _("{sheet}: who is “{name}”? {why}", sheet=where, name=problem.found, why=_sentence(problem.why))
        case "year":
            return _("{sheet}: which year do dates without a year belong to?", sheet=where)
    if problem.value != problem.found:
        rows = ", ".join(str(row) for _sheet, row in problem.rows[:5]) + (" …" if len(problem.rows) > 5 else "")
        one, several = N_("{sheet}, {column}: what does row {rows} say?"), N_("{sheet}, {column}: what do rows {rows} say?")
        return _(one if len(problem.rows) == 1 else several, sheet=where, column=problem.column, rows=rows)
    times = many("row {row}", "{number} rows, the first is {row}", len(problem.rows), row=problem.rows[0][1])
    return _(
        "{sheet}, {column}: what does “{value}” mean ({times})?",
        sheet=where,
        column=problem.column or _("cells"),
        value=problem.value,
        times=times,
    )


def _choices(problem: Finding) -> str:
    """List the possible answers."""
    from ...importing.understanding.findings import UNKNOWN_TARGET
    from ...importing.understanding.kinds import heading_word

    match problem.what:
        case "sheet" if problem.name == UNKNOWN_TARGET:
            return _("  group:G1, event:E1, events:TITLE (each date is an event) or ignore")
        case "sheet":
            return _("  young people, volunteers, events, group:G1, event:E1, events:TITLE or ignore")
        case "heading":
            guess = _suggestion(heading_word(problem.kind, problem.guess) if problem.guess else "")
            if _counts_people(problem):
                return _("  {guess}A column ({columns}), total or ignore", guess=guess, columns=_columns(problem))
            return _("  {guess}A column ({columns}) or ignore", guess=guess, columns=_columns(problem))
        case "name" | "namesake" if _counts_people(problem):
            return _("  {guess}A number, a full name, new, 3 unnamed or ignore", guess=_suggestion(problem.guess))
        case "name" | "namesake":
            return _("  {guess}A number, a full name, new or ignore", guess=_suggestion(problem.guess))
        case "year":
            return _("  A year such as 2026")
    if problem.kind:
        why = problem.why.replace(_(" Did you mean {nearest}?", nearest=problem.guess), "")
        return _("  {guess}{why} Or ? (not recorded) or ignore.", guess=_suggestion(problem.guess), why=_sentence(why))
    return _("  x for present, a for excused, ? for not there")


def _sentence(why: str) -> str:
    return f"{why[:1].upper()}{why[1:].removesuffix('.')}."


def _suggestion(guess: str) -> str:
    """Suggest the likeliest answer, and how to accept it."""
    return _("Perhaps {guess}: yes takes it. ", guess=guess) if guess else ""


def _counts_people(problem: Finding) -> bool:
    """Whether a column may hold a number of people without a name."""
    from ...rowtypes.registry import MODULES, row_type

    return problem.kind in MODULES and "unnamed" in row_type(problem.kind).by_name


def _columns(problem: Finding) -> str:
    from ...rowtypes.registry import MODULES, row_type

    names = [row_type(problem.kind).word(name) for name in row_type(problem.kind).by_name] if problem.kind in MODULES else []
    return ", ".join(names[:14]) + (" …" if len(names) > 14 else "")
