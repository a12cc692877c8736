"""A proposal at a terminal: the pairs with their reasons, who is left over and what would help, in sections that fit it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ..i18n import _, many, short_day, whole_number
from ..records.sections import Section
from ..render.sections import print_sections
from ..render.terminal import Screen
from .proposal_words import helps, left_over_reason, must_have_counts, points_note, wishes

if TYPE_CHECKING:
    from ..domain.befriending.propose import Proposal
    from ..domain.branches import Record


def print_proposal(found: Proposal, out: Screen) -> None:
    """Print the pairs, then those who still wait, then the volunteers without a proposal; and pairs proposed before."""
    sections = [_pairs(found), *_left_over(found), *_alternatives(found), *_open(found)]
    print_sections(out, _("Proposed for {date}", date=found.date), sections, points_note(found))


def _named(record: Record, number: str, name: str) -> str:
    branch = f"{record['branch']}:" if record.get("branch") else ""
    return f"{branch}{record[number]} {record.get(name) or ''}".strip()


def _days(number: Any) -> str:
    return many("{number} day", "{number} days", number) if number is not None else ""


def _titled(title: str, number: int) -> str:
    return f"{title} ({whole_number(number)})"


def _pairs(found: Proposal) -> Section:
    rows, below = [], []
    for pair in found.pairs:
        points = many("{number} point", "{number} points", pair["score"])
        rows.append((_days(pair["waiting_days"]), _named(pair, "person", "name"), "→", _named(pair, "volunteer", "volunteer_name"), points))
        shared = [f"{heading} {pair['parts'][wish]}" for wish, heading in wishes().items() if pair["parts"][wish]]
        below.append(", ".join(shared))
    if not rows:
        return Section(_("no pair"), ())
    return Section(_titled(_("Pairs"), len(rows)), rows, ("", "bold", "", "bold", ""), right=(0, 4), folded=3, below=below)


def _left_over(found: Proposal) -> list[Section]:
    sections = []
    if found.unmatched:
        rows = [(_days(each["waiting_days"]), _named(each, "person", "name"), helps(each) or "") for each in found.unmatched]
        below = [
            _("ruled out: {reasons}", reasons=text) if (text := must_have_counts(each["ruled_out"])) else "" for each in found.unmatched
        ]
        sections.append(Section(_titled(_("Left waiting"), len(rows)), rows, ("", "bold", ""), right=(0,), folded=2, below=below))
    if found.unused:
        rows_of_volunteers = [(_named(each, "volunteer", "volunteer_name"), left_over_reason(each)) for each in found.unused]
        sections.append(Section(_titled(_("Volunteers left over"), len(found.unused)), rows_of_volunteers, ("bold", ""), folded=1))
    return sections


def _alternatives(found: Proposal) -> list[Section]:
    rows = [
        (
            _named(record, "person", "name"),
            "→",
            _named(other, "volunteer", "volunteer_name"),
            many("{number} point", "{number} points", other["score"]),
        )
        for record in (*found.pairs, *found.unmatched)
        for other in record.get("alternatives", ())
    ]
    return [Section(_("Next best"), rows, folded=2, right=(3,))] if rows else []


def _open(found: Proposal) -> list[Section]:
    rows = [
        (short_day(each["proposed"]), _named(each, "person", "name"), "→", _named(each, "volunteer", "volunteer_name"))
        for each in found.open
    ]
    return [Section(_("Proposed before, and not answered by both or not started"), rows, folded=3)] if rows else []
