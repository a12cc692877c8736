"""The use of each grant, as a page of the report."""

from __future__ import annotations

from collections.abc import Iterator

from ...domain.figures.details import GrantUse
from ...i18n import _, language
from ...records.report import Block, Cell, ReportTable
from ...render.phrases import number_text
from ...vocabulary import AGREEMENT, OFFER, label
from .blocks import cell
from .prose import in_sentence, kroner


def grant_blocks(grant: GrantUse, of: str) -> Iterator[Block]:
    """Yield the grant's offers with their visits and young people, what it comes to, and where they live. `of`: its number in the report."""
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
        (_("Kr. in the year"), "amount"),
        (_("Courses completed"), "completed"),
        (_("Kr. a visit"), "cost_per_visit"),
        (_("Kr. a young person"), "cost_per_young_person"),
    )
    cells = tuple((Cell(text), Cell(_amount(getattr(grant, field)), f"{name}.{field}", of)) for text, field in facts)
    yield ReportTable(_("What it comes to"), ("", _("How many")), cells)
    if grant.municipalities:
        places = tuple((Cell(place), cell(living, f"{name}.municipality.{place}", of)) for place, living in grant.municipalities.items())
        yield ReportTable(_("Where the young people live"), (_("Municipality"), _("Young people")), places)


def _amount(value: float | None) -> str:
    return number_text(None) if value is None else kroner(value)


def grant_name(grant: GrantUse, several: bool) -> str:
    """Return the funder, the agreement, and if there are several cities, whose it is. In a national file funders have no names."""
    agreement = label(AGREEMENT, grant.agreement, language()) if grant.agreement else ""
    named = f"{grant.funder} ({agreement})" if grant.funder and agreement else grant.funder or agreement
    if several and grant.branch:
        return ", ".join(part for part in (grant.branch, named if grant.funder else in_sentence(named)) if part)
    return named
