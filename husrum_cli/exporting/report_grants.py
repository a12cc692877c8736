"""What each grant pays for, as a page of the report."""

from __future__ import annotations

from collections.abc import Iterator

from ..codes import AGREEMENT, OFFER, label
from ..domain.figures.details import GrantUse
from ..locale import _, language
from ..records import Block, Cell, ReportTable
from .report_blocks import cell


def grant_blocks(grant: GrantUse, of: str) -> Iterator[Block]:
    """The grant's offers with their visits and young people, what it comes to, and where they live. `of`: its number in the report."""
    name = "grants_dkk"
    rows = [
        (
            Cell(label(OFFER, offer, language())),
            Cell("–") if visits is None else cell(visits, f"{name}.{offer}.visits", of),
            cell(people, f"{name}.{offer}.young_people", of),
        )
        for offer, visits, people in grant.offers
    ]
    rows.append(
        (
            Cell(_("Everything it pays for")),
            cell(grant.visits, f"{name}.visits", of),
            cell(grant.young_people, f"{name}.young_people", of),
        )
    )
    yield ReportTable(_("What the grant pays for"), (_("Offer"), _("Visits"), _("Young people")), tuple(rows), total=True)
    facts = (
        (_("Kr. a year"), "per_year"),
        (_("Courses completed"), "completed"),
        (_("Kr. a visit"), "cost_per_visit"),
        (_("Kr. a young person"), "cost_per_young_person"),
    )
    cells = tuple((Cell(text), cell(getattr(grant, field), f"{name}.{field}", of)) for text, field in facts)
    yield ReportTable(_("What it comes to"), ("", _("How many")), cells)
    if grant.municipalities:
        places = tuple((Cell(place), cell(living, f"{name}.municipality.{place}", of)) for place, living in grant.municipalities.items())
        yield ReportTable(_("Where the young people live"), (_("Municipality"), _("Young people")), places)


def grant_name(grant: GrantUse, several: bool) -> str:
    """The funder, the agreement, and where there are several cities, whose it is."""
    agreement = f" ({label(AGREEMENT, grant.agreement, language())})" if grant.agreement else ""
    return f"{grant.branch}: {grant.funder}{agreement}" if several else f"{grant.funder}{agreement}"
