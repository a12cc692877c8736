"""The page of one person at a terminal: a rule, columns, and signs that are understood without colours."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..i18n import _, short_day
from ..records.person_summary import NextStep, PersonSummary, Strip, SummarySection
from .listing import escape_controls
from .terminal import GLUE, PIPED_WIDTH, Screen, cell_width, fold_text

_LEFT = 15
_NOTHING = "·"
ALERT = "!"
"""In front of what must not be forgotten; in a terminal it has a colour too."""


def print_summary(out: Screen, person: PersonSummary) -> int:
    """Print the page, and return its number of lines."""
    width = out.width if out.is_terminal else PIPED_WIDTH
    lines = list(_lines(person, width, out))
    for line, alert in lines:
        print(out.alert_line(line) if alert else line.rstrip())
    return len(lines)


def _lines(person: PersonSummary, width: int, out: Screen) -> Iterator[tuple[str, bool]]:
    """Yield the lines, and whether they are about something that must not be forgotten."""
    name, aside = escape_controls(person.name), person.aside
    gap = width - cell_width(name) - cell_width(aside)
    heading = name + (" " * gap + aside if aside and gap > 1 else "")
    yield out.styled_line(heading, True), False
    yield "─" * width, False
    if aside and gap <= 1:
        yield aside, False
    for text in person.since:
        for line in fold_text(escape_controls(text), width):
            yield line, False
    if person.alert:
        yield f"{ALERT} {person.alert}", True
    yield from _steps(person.steps, width, out)
    yield from _attendance(person, width, out)
    if person.sections:
        yield "", False
    for section in person.sections:
        yield from _section(section, width, out)


def _titled(title: str, out: Screen) -> str:
    return out.styled_line(title, True) + " " * max(1, _LEFT - cell_width(title))


def _steps(steps: tuple[NextStep, ...], width: int, out: Screen) -> Iterator[tuple[str, bool]]:
    if not steps:
        return
    yield "", False
    yield out.styled_line(_("Next"), True), False
    for step in steps:
        date = short_day(step.date) if step.date else "–"
        left = f"{ALERT if step.due else ' '} {date:<10}  {escape_controls(step.what)}"
        gap = width - cell_width(left) - len(step.command)
        if gap > 1:
            yield left + " " * gap + step.command, step.due
        else:
            yield left, step.due
            yield step.command.rjust(width), False


def _attendance(person: PersonSummary, width: int, out: Screen) -> Iterator[tuple[str, bool]]:
    names, rows = person.months
    if rows:
        yield "", False
        *months, total = names
        yield _titled(_("Attendance"), out) + "".join(f"{name:>4}" for name in months) + f"{total:>7}", False
        for what, numbers in rows:
            *of_months, sum_ = numbers
            yield f"{what:<{_LEFT}}" + "".join(f"{number or _NOTHING:>4}" for number in of_months) + f"{sum_:>7}", False
    for strip in person.strips:
        yield from ((line, False) for line in _strip(strip, width))
    if person.strips:
        yield _("■ came   · did not   e excused"), False


def _strip(strip: Strip, width: int) -> Iterator[str]:
    """Yield a group with its number of meetings, and the signs of each month behind its name, below if there is no room."""
    left = f"{escape_controls(strip.group)} {strip.came}"
    signs = " ".join(f"{month} {signs}".replace(" ", GLUE) for month, signs in strip.months)
    if cell_width(left) + 2 + cell_width(signs) <= width:
        yield f"{left}  {signs}".replace(GLUE, " ")
        return
    yield left
    for line in fold_text(signs, width - 4):
        yield "    " + line.replace(GLUE, " ")


def _section(section: SummarySection, width: int, out: Screen) -> Iterator[tuple[str, bool]]:
    title = _titled(section.title, out) + (f"{ALERT} " if section.alert else "")
    for text in section.lines:
        whole = re.sub(r"(?<=[^\W\d]) (?=[0-9]{2,4}-[0-9]{2}-[0-9]{2,4}\b)", GLUE, escape_controls(text))  # a paper with its day
        for line in fold_text(whole, width - _LEFT):
            yield title + line.replace(GLUE, " "), False
            title = " " * _LEFT
