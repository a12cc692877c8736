"""Numbers as people read them: also those that outsiders see only rounded, or not at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from ..i18n import _, decimal_number, short_source
from ..records import Fields
from ..vocabulary import SILENT
from .listing import escape_controls
from .table import print_rows
from .terminal import Screen, cell_width

MINUS = "\N{MINUS SIGN}"
# More cities than this are too many columns for a table.
_MOST_COLUMNS = 12


def number_text(number: Any) -> str:
    """Return a number, or a figure's value by its fields: a dash if nothing is known; what outsiders may not see as `<5`, or as withheld."""
    if isinstance(number, dict):
        if number.get("withheld"):
            return _("withheld")
        if number.get("below"):
            return f"<{number['below']}"
        number = number["value"]
    return "–" if number is None else decimal_number(number)


def cell(number: Any) -> Any:
    """Return the same in CSV, where a number stays a number."""
    if not isinstance(number, dict):
        return number
    return f"<{number['below']}" if number.get("below") else "withheld"


def share_text(fields: Fields) -> str:
    """Format a share: `31 af 78 (40 %)`, never a percentage without its count and its base."""
    if fields.get("withheld"):
        return _("withheld")
    if fields["answered"] == 0:
        return _("nobody answered")
    of = {"count": number_text(fields["count"]), "answered": number_text(fields["answered"])}
    if fields.get("approximate") and fields["value"] is None:
        return _("ca. {count} of {answered}", **of)
    if fields.get("approximate"):
        return _("ca. {count} of {answered} ({percent} %)", **of, percent=_percent(fields))
    return _("{count} of {answered} ({percent} %)", **of, percent=_percent(fields))


def short_share_text(fields: Fields) -> str:
    """Return the same in a narrow column: `31/78 40 %`."""
    if fields.get("withheld"):
        return _("withheld")
    if fields["answered"] == 0:
        return "–"
    text = f"{number_text(fields['count'])}/{number_text(fields['answered'])}"
    if fields.get("approximate"):
        return f"ca. {text}" + ("" if fields["value"] is None else f" {_percent(fields)} %")
    return f"{text} {_percent(fields)} %"


def _percent(fields: Fields) -> int:
    if fields.get("approximate"):  # count and answered are rounded, the percentage is not
        return int(fields["value"] * 100 + 0.5)
    return int((200 * fields["count"] + fields["answered"]) // (2 * fields["answered"]))


def column_text(value: Any) -> str:
    """Return a branch's own value in its column."""
    return short_share_text(value) if isinstance(value, dict) and "answered" in value else number_text(value)


def remark(fields: Fields) -> str:
    """Return the remark a reader needs next to a value."""
    # A city that closed the year shows it as it was closed; the total is of today.
    changed = [
        _("{city} now {value}", city=escape_controls(city), value=column_text(own)) for city, own in fields.get("by_branch_now", {}).items()
    ]
    return "; ".join(filter(None, [_remark_on_value(fields), *changed]))


def _remark_on_value(fields: Fields) -> str:
    if "now" in fields:
        now = {name: fields[f"{name}_now"] for name in ("count", "answered") if f"{name}_now" in fields}
        # Of a share, only the base may differ, which isn't shown.
        if not now or any(fields[name] != value for name, value in now.items()):
            return _("now {value}", value=share_text(now) if now else number_text(fields["now"]))
    if "answered" in fields:
        words = {"declined": _("would not say"), "not_asked": _("not asked"), "not_recorded": _("not recorded")}
        shown = [name for name in SILENT if fields[name] and not (isinstance(fields[name], dict) and fields[name].get("withheld"))]
        remarks = [f"{words[name]} {number_text(fields[name])}" for name in shown if not fields.get("withheld")]
        return ", ".join(remarks)
    remarks = []
    if fields.get("unlinked"):
        remarks.append(_("not linked"))
    if fields.get("source") in ("reported", "mixed") and fields["value"] is not None:
        source = _("reported") if fields["source"] == "reported" else _("partly reported")
        remarks.append(f"{source}: {escape_controls(short_source(fields['note']))}" if fields.get("note") else source)
    if partial := fields.get("partial"):
        remarks.append(
            _(
                "counted so far {value}, {branches} of {of} cities",
                value=number_text(partial),
                branches=partial["branches"],
                of=partial["of"],
            )
        )
    return "; ".join(remarks)


def overlap_rows(all_fields: Sequence[Fields]) -> list[list[str]]:
    """Return the rows below a figure of people, if somebody is in several cities: what the cities' own numbers add up to, and how many count twice there."""
    if not any(fields.get("overlap") for fields in all_fields):
        return []
    words = {"sum_of_branches": _("sum of the cities"), "overlap": _("overlap")}
    return [[f"  {word}", *(number_text(fields.get(name)) for fields in all_fields)] for name, word in words.items()]


def print_in_blocks(
    out: Screen,
    heading: str,
    first: Sequence[str],
    others: Sequence[str],
    rows: Sequence[Sequence[str]],
    bold: Collection[int],
    text: bool = False,
) -> None:
    """Print a table of a label, the columns `first`, and the columns `others`, with the rows in this order. `text`: the last of `first` is text.

    If it is too wide for the terminal, the columns of `first` come by themselves, and the others below, as many side by side as fit.
    """
    headings = [heading, *first, *others]
    widths = [max(cell_width(each) for each in column) + 2 for column in zip(headings, *rows, strict=True)]
    blocks: list[list[int]] = [[*range(1, 1 + len(first))]] if first else []
    later = [*range(1 + len(first), len(headings))] if len(others) <= _MOST_COLUMNS or not out.is_terminal else []
    if sum(widths) - 2 <= out.width and later:
        own = len(first) - 1 if text else len(first)
        blocks = [[*later, *range(1, 1 + own), *range(1 + own, 1 + len(first))]]
        later = []
    blocks += _side_by_side(later, widths, out.width - widths[0] + 2)
    for number, block in enumerate(blocks):
        kept = [place for place, row in enumerate(rows) if any(row[column] for column in block) or not number and place in bold]
        last = len(block) if not (text and len(first) in block) else len(block) - 1
        print_rows(
            out,
            [headings[0], *(headings[column] for column in block)],
            [[rows[place][0], *(rows[place][column] for column in block)] for place in kept],
            right=range(1, 1 + last),
            bold={new for new, place in enumerate(kept) if place in bold},
        )
        if number + 1 < len(blocks):
            out.print()


def _side_by_side(columns: Sequence[int], widths: Sequence[int], room: int) -> list[list[int]]:
    """Return the columns in as few blocks as there is room for, which are then made about equally long."""
    for size in range(len(columns), 0, -1):
        number = -(-len(columns) // size)
        even = -(-len(columns) // number)
        blocks = [list(columns[start : start + even]) for start in range(0, len(columns), even)]
        if size == 1 or all(sum(widths[column] for column in block) <= room for block in blocks):
            return blocks
    return []
