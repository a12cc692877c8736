"""Sections at a terminal, drawn by Rich: rules, columns, and little colour. Whatever a colour says, a sign says too, for `NO_COLOR` and the colour-blind."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from ..records.sections import Section
from .listing import escape_controls
from .terminal import Screen, cell_width, one_page

if TYPE_CHECKING:
    from rich.console import Console
    from rich.table import Table

_URGENT, _QUIET = "magenta", "dim"
_LEAST = 12  # of the column that gives way


def print_sections(out: Screen, title: str, sections: Sequence[Section], note: str = "") -> None:
    """Print a title, the sections, and a last line."""
    from rich.console import Console
    from rich.rule import Rule
    from rich.text import Text

    console = Console(
        width=out.width,
        color_system="standard" if out.styled else None,
        force_terminal=out.styled,
        highlight=False,
        markup=False,
        emoji=False,
    )
    with one_page():
        console.print(Text(escape_controls(title), "bold"))
        for section in sections:
            _print_section(console, section)
        if note:
            console.print(Rule(style=_QUIET))
            console.print(Text(escape_controls(note), _QUIET))


def _print_section(console: Console, section: Section) -> None:
    from rich.rule import Rule
    from rich.text import Text

    heading = Text(_heading(section), "bold")
    if section.urgent:
        heading.stylize(_URGENT, 0, 1)
    same_line = note_beside(section, console.width)
    if same_line:
        heading.append(f"  {escape_controls(section.note)}", "not bold")
    if section.title:
        console.print(Rule(heading, align="left", characters="─", style=_QUIET))
    _print_rows(console, section)
    if section.note and not same_line:
        console.print(Text(escape_controls(section.note)))


def _heading(section: Section) -> str:
    return ("! " if section.urgent else "") + escape_controls(section.title)


def note_beside(section: Section, width: int) -> bool:
    """Whether a section has a note for which there is room in the line of its heading."""
    return bool(section.note) and cell_width(_heading(section)) + cell_width(section.note) + 4 <= width


def _print_rows(console: Console, section: Section) -> None:
    from rich.padding import Padding
    from rich.text import Text

    if not section.below:
        if section.rows:
            console.print(_grid(section, section.rows, console.width))
        return
    for row, remark in zip(section.rows, section.below, strict=True):
        console.print(_grid(section, section.rows, console.width, row))
        if remark:
            console.print(Padding(Text(escape_controls(remark), _QUIET), (0, 0, 0, 4), expand=False))


def _grid(section: Section, rows: Sequence[Sequence[str]], room: int, alone: Sequence[str] | None = None) -> Table:
    """Return the rows in columns; or one of them, with the columns as wide as all need. Columns that are empty everywhere are left out."""
    from rich.cells import cell_len
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 2, 0, 0))
    kept = [number for number in range(len(rows[0])) if any(row[number] for row in rows)]
    widths = {number: max(cell_len(escape_controls(row[number])) for row in rows) for number in kept}
    others = sum(widths.values()) + 2 * (len(kept) - 1) - widths.get(section.folded, 0)
    if section.folded in widths:
        widths[section.folded] = min(widths[section.folded], max(room - others, _LEAST))
    fits = sum(widths.values()) + 2 * (len(kept) - 1) <= room
    for number in kept:
        width = widths[number] if fits else None
        table.add_column(justify="right" if number in section.right else "left", width=width, overflow="fold")
    styles = section.styles or [""] * len(rows[0])
    for row in [alone] if alone is not None else rows:
        table.add_row(*(Text(escape_controls(row[number]), styles[number]) for number in kept))
    return table
