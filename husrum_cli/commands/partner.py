"""`husrum partner` and `husrum grant`."""

from typing import Annotated

from ..domain.corrections import require_change
from ..domain.money import grants
from ..domain.people import partners
from ..i18n import N_, _, whole_number
from ..i18n.collation import danish_key
from ..input.choices import spoken
from ..input.numbers import read_count
from ..render.listing import Listing, read_format
from ..rowtypes.partners import GRANTS, PARTNERS, GrantRow, PartnerRow
from ..rowtypes.typed import TypedOptions
from ..vocabulary import UNCOUNTED_PARTNER
from .app import list_options
from .column_options import takes
from .context import open_file, writing
from .corrections import changed_text, replaced_text
from .declarations import Argument, Noun, Option
from .lists import show
from .options import FORMAT_OPTION

partner_app = Noun("Partners and venues.")
grant_app = Noun("Grants.")
_PARTNER = Annotated[str, Argument(metavar="NAME", help="The partner, by its name.")]
_PAYS_FOR = N_("What it pays for; none: all. {offer}")
_GRANT = Annotated[str, Argument(metavar="N", help="The grant's number.")]


@partner_app.command("add")
@takes(PARTNERS, "kind", "from", "to")
def add_partner(name: Annotated[str, Argument(metavar="NAME", help="The partner.")], typed: TypedOptions[PartnerRow]) -> None:
    """A partner. Venues, referrers and places people move on to become partners by themselves."""
    typed = typed.with_options({"name": name})
    with writing("partner add") as context:
        row = typed.row(context)
        PARTNERS.add(context, row)
        if row.kind and row.kind in UNCOUNTED_PARTNER:
            words = {"name": row.name, "kind": spoken(UNCOUNTED_PARTNER, row.kind)}
            context.confirm(_("{name} ({kind}) is entered, and not counted as a partner. See: husrum partner list", **words))
        else:
            context.confirm(_("{name} is a partner. See: husrum partner list", name=row.name))


@partner_app.command("edit")
@takes(PARTNERS, "name", "kind", "from", "to", help={"name": N_("Its right name.")})
def edit_partner(partner: _PARTNER, typed: TypedOptions[PartnerRow]) -> None:
    """Correct a partner. Options left out change nothing; `none` clears a value."""
    require_change(typed.names)
    with writing("partner edit") as context:
        changes = partners.edit_partner(context.store, partners.find_partner(context.store, partner), typed.resolve_references(context))
        context.confirm(
            _(
                "{name}: {changes}. See: husrum partner list",
                name=typed.values.get("name", partner),
                changes=changed_text(PARTNERS, changes),
            )
        )


@partner_app.command("join")
def join_partners(
    partner: _PARTNER, other: Annotated[str, Argument(metavar="NAME", help="The same partner under another name, which is removed.")]
) -> None:
    """Join a partner that was entered twice: all of the second goes to the first."""
    with writing("partner join") as context:
        kept, gone = (partners.find_partner(context.store, name) for name in (partner, other))
        replaced = replaced_text(PARTNERS, partners.join_partners(context.store, kept, gone))
        context.confirm(_("{other} is now {name}{replaced}. See: husrum partner list", other=other, name=partner, replaced=replaced))


@partner_app.command("remove")
def remove_partner(partner: _PARTNER) -> None:
    """Remove a partner that was entered by mistake."""
    with writing("partner remove") as context:
        partners.remove_partner(context.store, partners.find_partner(context.store, partner), partner)
        context.confirm(_("{name}: removed. See: husrum partner list", name=partner))


@partner_app.command("list", shows=list_options)
def list_partners(format: FORMAT_OPTION = "table") -> None:
    """The partners."""
    format = read_format(format)
    with open_file() as store:
        records = sorted(partners.partner_records(store), key=lambda record: danish_key(record["name"] or ""))
    show(Listing({"name": _("Name"), "kind": _("Kind"), "from": _("From"), "to": _("To")}, records), format)


@grant_app.command("add")
@takes(GRANTS, "per_year", "total", "from", "to", "agreement", "offer", required=("from",))
def add_grant(funder: Annotated[str, Argument(metavar="FUNDER", help="Who gives it.")], typed: TypedOptions[GrantRow]) -> None:
    """Add a grant: an amount per calendar year or a total, for some offers or for all. In a national file: the nation's own."""
    typed = typed.with_options({"funder": funder})
    with writing("grant add") as context:
        row = typed.row(context)
        GRANTS.add(context, row)
        amount = row.total if row.per_year is None else row.per_year
        words = {"funder": row.funder, "amount": whole_number(amount or 0), "date": row.from_}
        if row.per_year is None:
            context.confirm(_("{funder}: {amount} kr. in all from {date}. See: husrum grant list", **words))
        else:
            context.confirm(_("{funder}: {amount} kr. a year from {date}. See: husrum grant list", **words))


@grant_app.command("edit")
@takes(GRANTS, "per_year", "total", "from", "to", "agreement", "offer", help={"offer": _PAYS_FOR})
def edit_grant(
    number: _GRANT,
    typed: TypedOptions[GrantRow],
    funder: Annotated[str | None, Option("--funder", metavar="TEXT", help="Who gives it.")] = None,
) -> None:
    """Correct a grant. From then on it counts by days."""
    typed = typed.with_options({"funder": funder})
    require_change(typed.names)
    chosen = read_count(number, "grant", 1)
    columns = {"from": "starts", "to": "ends"}
    with writing("grant edit") as context:
        changes = {columns.get(name, name): typed.values.get(name) for name in typed.names if name != "offer"}
        offers = typed.values.get("offer", ()) if "offer" in typed else None
        text = changed_text(GRANTS, grants.edit_grant(context.store, chosen, changes, offers))
        context.confirm(_("Grant {number}: {changes}. See: husrum grant list", number=chosen, changes=text))


@grant_app.command("remove")
def remove_grant(number: _GRANT) -> None:
    """Remove a grant that was entered by mistake."""
    chosen = read_count(number, "grant", 1)
    with writing("grant remove") as context:
        funder = grants.remove_grant(context.store, chosen)
        context.confirm(_("Grant {number}, {funder}, is removed. See: husrum grant list", number=chosen, funder=funder))


@grant_app.command("list", shows=list_options)
def list_grants(format: FORMAT_OPTION = "table") -> None:
    """List the grants."""
    format = read_format(format)
    with open_file() as store:
        records = grants.grant_records(store)
    columns = {
        **({"branch": _("Branch")} if any("branch" in record for record in records) else {}),
        "number": _("Number"),
        "funder": _("Funder"),
        "agreement": _("Agreement"),
        "per_year": _("Kr. a year"),
        "total": _("Kr. in all"),
        "offer": _("Pays for"),
        "from": _("From"),
        "to": _("To"),
    }
    for record in records:  # as version 2 counted it; said only if it is so
        if not record.pop("whole_years"):
            continue
        record["whole_years"] = True
        columns["whole_years"] = _("Whole years")
    show(Listing(columns, records), format)
