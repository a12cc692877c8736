"""The findings and results of an import, as lines of at most a screenful, and as JSON."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ..i18n import N_, _, many
from ..importing.understanding.findings import UNKNOWN_TARGET
from ..importing.understanding.kinds import heading_word, kind_rows_word
from ..input.text import without_cpr
from ..rowtypes.registry import MODULES

if TYPE_CHECKING:
    from ..importing.spreadsheets import ImportResult
    from ..importing.understanding.findings import Finding, Findings, SheetRead

SCREENFUL = 22
"""Lines of a terminal of 24 that are free above the last two, which say what to do."""
_NAMES = ("name", "namesake")
_SHOWN_TOGETHER = 6
_FEW = 3
# What may be missed comes first, as a line is cut at the edge of a screen.
_REASONS = {
    "ignored": N_("ignored"),
    "remark": N_("remarks"),
    "total": N_("totals"),
    "blank": N_("blank rows"),
    "title": N_("titles"),
    "heading": N_("headings"),
    "another table": N_("another table"),
}
_GRIDS = {"group": N_("group"), "event": N_("event"), "events": N_("series")}
_COMPLETIONS = {
    "year": N_("the year was added"),
    "century": N_("the century was added"),
    "age": N_("ages became birth years"),
    "serial": N_("Excel's numbers became dates"),
    "unknown": N_("“?” records nothing"),
}


Names = Callable[[str, str], str]
"""(file, sheet) -> what the sheet is called in a line."""


def sheet_names(findings: Findings, short: bool) -> Names:
    """Call a sheet by its file if that has no other, else by both; `short`: by itself if no other sheet has its name."""
    sheets = Counter(sheet.file for sheet in findings.sheets)
    names = Counter(sheet.sheet for sheet in findings.sheets)

    def name(file: str, sheet: str) -> str:
        if not sheet or sheets[file] == 1:
            return file
        return sheet if short and names[sheet] == 1 else f"{file}, {sheet}"

    return name


def sheet_lines(findings: Findings, names: Names, incomplete: bool = False, short: bool = False) -> Iterator[str]:
    """Yield a line for each sheet: what it was read as, and what of it was left out. `incomplete`: only for those of which something was.

    `short`: only what it was read as.
    """
    stopped = {(problem.file, problem.sheet) for problem in findings.problems() if problem.what == "sheet"}
    for sheet in findings.sheets:
        if incomplete and sheet.kind and not sheet.hidden and not sheet.left_out.keys() - {"heading"}:
            continue
        yield _sheet_line(sheet, names(sheet.file, sheet.sheet), (sheet.file, sheet.sheet) in stopped, short)


def _sheet_line(sheet: SheetRead, name: str, unclear: bool, short: bool) -> str:
    if sheet.kind in ("", UNKNOWN_TARGET):
        unclear = unclear or bool(sheet.kind)
        return _("{sheet}: not understood yet", sheet=name) if unclear else _("{sheet}: not read", sheet=name)
    parts = [many("{number} row", "{number} rows", sheet.rows)]
    if short:
        return f"{name}: {kind_word(sheet.kind)}; {parts[0]}"
    parts.append(many("{number} column", "{number} columns", sheet.columns))
    if sheet.left_out:
        rows = ", ".join(f"{_(word)} ({sheet.left_out[why]})" for why, word in _REASONS.items() if why in sheet.left_out)
        parts.append(_("left out: {rows}", rows=rows))
    if sheet.hidden:
        parts.append(_("hidden, and read: {what}", what=sheet.hidden))
    return f"{name}: {kind_word(sheet.kind)}; {'; '.join(parts)}"


def kind_word(kind: str) -> str:
    """Return the everyday word for a sheet's rows."""
    what, _colon, name = kind.partition(":")
    if name:
        return f"{_(_GRIDS[what])} {name}"
    if kind not in MODULES:
        return kind
    return kind_rows_word(kind)


def finding_lines(findings: Findings, names: Names, limit: int, asked: bool = True) -> list[str]:
    """List what is not understood: a line for each column and value, headings and names together; at most `limit` lines.

    `asked`: also what a mapping can settle.
    """
    problems = [problem for problem in findings.problems() if asked or problem.line is None]
    lines = [*_headings(problems, names), *_names(problems, names)]
    lines += [_problem_line(problem, names, len(problems) > _FEW) for problem in problems if problem.what not in ("heading", *_NAMES)]
    if len(lines) <= limit:
        return lines
    more = len(lines) - limit + 1
    last = many("… and {number} line more; all of them: --format json", "… and {number} lines more; all of them: --format json", more)
    return [*lines[: limit - 1], last]


def _headings(problems: list[Finding], names: Names) -> Iterator[str]:
    by_sheet: dict[tuple[str, str, str], list[Finding]] = {}
    for problem in problems:
        if problem.what == "heading":
            by_sheet.setdefault((problem.file, problem.sheet, problem.why), []).append(problem)
    for (file, sheet, why), alike in by_sheet.items():
        shown = _together(
            f"“{problem.value}”{f' ({heading_word(problem.kind, problem.guess)}?)' if problem.guess else ''}" for problem in alike
        )
        yield f"{names(file, sheet)}, {_('row')} {alike[0].rows[0][1]}, {shown}: {why}"


def _names(problems: list[Finding], names: Names) -> Iterator[str]:
    by_place: dict[tuple[str, ...], list[Finding]] = {}
    for problem in problems:
        if problem.what in _NAMES:
            by_place.setdefault((problem.file, problem.sheet, problem.column, problem.why), []).append(problem)
    for (file, sheet, column, why), alike in by_place.items():
        shown = _together(f"“{each.value}”{f' ({each.guess}?)' if each.guess and each.guess not in why else ''}" for each in alike)
        heading = f", {column}" if column else ""
        yield f"{names(file, sheet)}, {_('row')} {alike[0].rows[0][1]}{heading} {shown}: {why}"


def _together(texts: Iterable[str]) -> str:
    every = list(texts)
    return ", ".join(every[:_SHOWN_TOGETHER]) + (f", … ({len(every)})" if len(every) > _SHOWN_TOGETHER else "")


def _problem_line(problem: Finding, names: Names, short: bool) -> str:
    """Return a problem on one line. `short`: without the values there are to choose from."""
    (_sheet, row), others = problem.rows[0], len(problem.rows) - 1
    name = names(problem.file, problem.sheet)
    if problem.what == "sheet":
        return f"{name}: {problem.why}"
    where = f"{name}, {_('row')} {row}"
    if others:
        where += many(" (and {number} more)", " (and {number} more)", others)
    column = f", {problem.column}" if problem.column else ""
    value = f" “{problem.value}”" if problem.value else ""
    hint = _("; give it with --year YEAR, or in the mapping") if problem.what == "year" else ""
    why = re.split(r"\.(?= [A-ZÆØÅ])", problem.why)[0] if short else problem.why
    return f"{where}{column}{value}: {why.removeprefix(value.strip()).lstrip() if short and value else why}{hint}"


def note_lines(findings: Findings) -> Iterator[str]:
    """List what was added to cells or ignored, so that the coordinator can look."""
    by_completion: dict[str, Counter[str]] = {}
    for (sheet, heading, completion), number in findings.completed.items():
        by_completion.setdefault(completion, Counter())[f"{sheet}, {heading}"] += number
    for completion, places in by_completion.items():
        listed = ", ".join(f"{place} ({number})" for place, number in places.items())
        yield f"{_(_COMPLETIONS[completion])}: {listed}"
    yield from dict.fromkeys(findings.notes)


def as_json(findings: Findings, imported: ImportResult | None) -> dict[str, Any]:
    """Return every row of every sheet: read, left out, or with bad cells. `sheets`: what was written of each, if anything."""
    keys = ("file", "sheet", "row")
    result: dict[str, Any] = {
        "read": [dict(zip(keys, row[:3], strict=True)) for row in findings.rows_read()],
        "left_out": [dict(zip((*keys, "why"), row, strict=True)) for row in findings.rows_left_out()],
        "bad": [dict(zip((*keys, "column", "value", "why"), (*bad[:3], *map(without_cpr, bad[3:6])), strict=True)) for bad in findings.bad],
    }
    if imported is not None:
        result["sheets"] = outcome_records(imported)
    return result


def outcome_records(imported: ImportResult) -> list[dict[str, Any]]:
    """Return what was done with each sheet: rows added, filled in, and known already; of a grid, its days and marks."""
    rows: list[dict[str, Any]] = []
    for one in imported.rows:
        alike = next((each for each in rows if (each["file"], each["kind"]) == (one.file, one.kind)), None)
        if alike is None:
            rows.append(alike := {"file": one.file, "kind": one.kind, "added": 0, "filled": 0, "known": 0})
        for count in ("added", "filled", "known"):
            alike[count] += getattr(one, count)
    grids = [
        {
            "file": one.file if one.file.rpartition(".")[0] == one.sheet else f"{one.file}, {one.sheet}",
            "kind": one.target,
            "added": len(one.recorded),
            "filled": 0,
            "known": len(one.known),
        }
        for one in imported.grids
    ]
    return rows + grids
