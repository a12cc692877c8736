"""Partners and venues, and the grants of funders."""

from typing import Annotated, Any, NamedTuple

from ..domain.money import grants
from ..domain.people import partners
from ..input.choices import exact_code
from ..input.numbers import read_amount
from ..input.text import read_name
from ..input.yes_no import read_yes
from ..vocabulary import AGREEMENT, OFFER, UNCOUNTED_PARTNER
from .columns import Column, code_reader, day_column, read_part
from .context import CommandContext
from .rowtype import RowType, StoredRow

_FROM = day_column("fra", help="Since when.", stored="starts")
_TO = day_column("til", help="Until when.", stored="ends")


def _read_kind(text: str, field: str) -> str:
    return exact_code(text, UNCOUNTED_PARTNER) or read_name(text, field)


class PartnerRow(NamedTuple):
    """A partner, with the period of the partnership. `only_named`: a venue, referrer, … that was described, and not entered as a partner."""

    name: Annotated[str, Column("navn", read_part)]
    kind: Annotated[
        str | None, Column("type", _read_kind, other_headings=("slags",), help="What kind of partner. Not counted: {uncounted_partner}.")
    ] = None
    from_: Annotated[str | None, _FROM] = None
    to: Annotated[str | None, _TO] = None
    only_named: Annotated[bool | None, Column("kun nævnt", read_yes, own=False, sparse=True)] = None


def _add_partner(context: CommandContext, row: PartnerRow) -> int:
    return partners.add_partner(context.store, row.name, row.kind, row.from_, row.to, bool(row.only_named))


def _amend_partner(context: CommandContext, stored: StoredRow[PartnerRow], row: PartnerRow, names: frozenset[str]) -> None:
    if "only_named" in names:
        context.store.update("partners", stored.id, added=1)


def _only_named(context: CommandContext) -> dict[int, dict[str, Any]]:
    return {id: {"only_named": True} for (id,) in context.store.connection.execute("SELECT id FROM partners WHERE NOT added")}


class _Partners(RowType[PartnerRow]):
    def columns_to_record(self, context: CommandContext, stored: StoredRow[PartnerRow], row: PartnerRow) -> frozenset[str]:
        """Return the column that goes when what was only named until now is entered as a partner."""
        return frozenset({"only_named"} if stored.row.only_named and not row.only_named else ())

    def differs(self, context: CommandContext, name: str, stored: StoredRow[PartnerRow], row: PartnerRow) -> bool:
        """Whether a value contradicts the stored one. What was only named may have been entered since."""
        return name != "only_named" and super().differs(context, name, stored, row)


PARTNERS = _Partners(
    "partners",
    PartnerRow,
    ("name",),
    _add_partner,
    joined="WHERE partners.name IS NOT NULL AND (added OR coalesce(partners.kind, partners.starts, partners.ends) IS NOT NULL)",
    refine=("from",),
    more=_only_named,
    amend=_amend_partner,
)


class GrantRow(NamedTuple):
    """A grant: an amount per calendar year or a total, for some offers or for all."""

    funder: Annotated[str, Column("tilskudsgiver", read_name, other_headings=("bevillingsgiver",))]
    per_year: Annotated[int | None, Column("pr. år", read_amount, help="Whole kroner a year, like 415000.", metavar="KR")] = None
    total: Annotated[int | None, Column("i alt", read_amount, help="Whole kroner in all; without --to a one-off gift.", metavar="KR")] = (
        None
    )
    agreement: Annotated[str | None, Column("aftale", code_reader(AGREEMENT), help="{agreement}", metavar="CODE")] = None
    offer: Annotated[
        tuple[str, ...],
        Column(
            "tilbud",
            code_reader(OFFER),
            help="What it pays for; left out: all. {offer}",
            metavar="CODE",
            several=True,
            own=False,
        ),
    ] = ()
    from_: Annotated[str | None, _FROM] = None
    to: Annotated[str | None, _TO] = None
    # Grants of version 2, which count whole in every year that they touch.
    whole_years: Annotated[bool | None, Column("hele år", read_yes, own=False, sparse=True)] = None


def _add_grant(context: CommandContext, row: GrantRow) -> int:
    terms = grants.GrantTerms(row.per_year, row.total, row.from_, row.to, bool(row.whole_years))
    return grants.add_grant(context.store, row.funder, row.agreement, terms, row.offer)


def _stored_more(context: CommandContext) -> dict[int, dict[str, Any]]:
    found: dict[int, dict[str, Any]] = {}
    for (id,) in context.store.connection.execute("SELECT id FROM grants WHERE whole_years"):
        found[id] = {"whole_years": True}
    for id, offer in context.store.connection.execute("SELECT grant_id, offer FROM grant_offers ORDER BY grant_id, offer"):
        own = found.setdefault(id, {})
        own["offer"] = (*own.get("offer", ()), offer)
    return found


def _amend_grant(context: CommandContext, stored: StoredRow[GrantRow], row: GrantRow, names: frozenset[str]) -> None:
    if "offer" in names:
        grants.set_offers(context.store, stored.id, row.offer)


GRANTS = RowType(
    "grants",
    GrantRow,
    ("funder",),
    _add_grant,
    refine=("from", "agreement"),
    more=_stored_more,
    amend=_amend_grant,
    arrange=("funder", "agreement", "per_year", "total", "offer", "from", "to", "whole_years"),
)
