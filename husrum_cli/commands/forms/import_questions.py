"""Asking at a terminal what a spreadsheet means; each answer is a line of the mapping, kept at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ...i18n import _, many
from ..app import ask

if TYPE_CHECKING:
    from ...importing.understanding.findings import Findings, Problem
    from ...importing.understanding.mapping import Mapping

Say = Callable[[str], None]


def ask_what_is_meant(findings: Findings, mapping: Mapping, path: Path, say: Say) -> Mapping | None:
    """Ask about everything that a mapping can settle, and return the mapping with the answers; None where nothing was answered.

    Enter alone leaves a question open. What was answered is in the mapping file even where somebody breaks off.
    """
    from ...importing.understanding.mapping import Mapping, write_mapping

    open_ = [(problem, problem.line) for problem in findings.problems() if problem.line]
    if not open_:
        return None
    say(
        many(
            "{number} question; Enter leaves it open, Ctrl-C stops and keeps the answers.",
            "{number} questions; Enter leaves one open, Ctrl-C stops and keeps the answers.",
            len(open_),
        )
    )
    lines = [line for line in mapping.lines if line.means]
    answered = 0
    try:
        for problem, line in open_:
            for text in _question(problem):
                say(text)
            answer = ask(">")
            if answer:
                lines.append(line._replace(means=answer))
                answered += 1
    finally:
        write_mapping(path, Mapping(lines), [line for _problem, line in open_ if line])
    return Mapping(lines) if answered else None


def _question(problem: Problem) -> Iterator[str]:
    """What is asked, and what can be answered."""
    from ..import_report import place_name

    where = place_name(problem.file, problem.sheet)
    match problem.what:
        case "sheet":
            yield _("{sheet}: what is it? {why}", sheet=where, why=problem.why)
            yield _("  intakes, volunteers, events, group:G1, event:E1, events:TITLE, ignore")
        case "heading":
            yield _("{sheet}: what is the column “{heading}”?", sheet=where, heading=problem.found)
            yield _("  a column such as {columns}; total; ignore", columns=_columns(problem))
        case "value":
            times = many("in {number} row", "in {number} rows", len(problem.rows))
            yield _(
                "{sheet}, {column}: what does “{value}” mean ({times})?",
                sheet=where,
                column=problem.column or _("cells"),
                value=problem.value,
                times=times,
            )
            yield _("  {why} A code, a date, ? (not recorded) or ignore.", why=problem.why)
        case "name":
            yield _("{sheet}: who is “{name}”? {why}", sheet=where, name=problem.found, why=problem.why)
            yield _("  a number or full name, new, ignore{guess}", guess=f" ({problem.guess}?)" if problem.guess else "")
        case "year":
            yield _("{sheet}: which year do dates without a year belong to?", sheet=where)


def _columns(problem: Problem) -> str:
    from ...rowtypes.registry import MODULES, row_type

    names = [row_type(problem.kind).word(name) for name in row_type(problem.kind).by_name] if problem.kind in MODULES else []
    return ", ".join(names[:14]) + (" …" if len(names) > 14 else "")
