"""`husrum partner` and `husrum grant`."""

from typing import Annotated

import typer

from ..domain.people import partners
from ..i18n import _
from ..i18n.collation import danish_key
from ..render.listing import Listing, read_format
from ..rowtypes.partners import GRANTS, PARTNERS, GrantRow, PartnerRow
from ..rowtypes.typed import Typed
from .app import Command, ListCommand, noun
from .column_options import takes
from .context import opened, reading, writing
from .lists import show
from .options import FORMAT_OPTION

partner_app = noun("Partners and venues.")
grant_app = noun("Grants.")


@partner_app.command("add", cls=Command)
@takes(PARTNERS, "kind", "from", "to")
def add_partner(name: Annotated[str, typer.Argument(metavar="NAME", help="The partner.")], typed: Typed[PartnerRow]) -> None:
    """A partner. Venues, referrers and places people move on to become partners by themselves."""
    typed = typed.and_typed({"name": name})
    with writing("partner add") as context:
        row = typed.row(context)
        PARTNERS.add(context, row)
        context.confirm(_("{name} is a partner. See: husrum partner list", name=row.name))


@partner_app.command("list", cls=ListCommand)
def list_partners(format: FORMAT_OPTION = "table") -> None:
    """The partners."""
    format = read_format(format)
    with opened() as store:
        records = sorted(partners.listed(store), key=lambda record: danish_key(record["name"] or ""))
    show(Listing({"name": _("Name"), "kind": _("Kind"), "from": _("From"), "to": _("To")}, records), format)


@grant_app.command("add", cls=Command)
@takes(GRANTS, "per_year", "from", "to", "agreement", "offer", required=("per_year", "from"))
def add_grant(funder: Annotated[str, typer.Argument(metavar="FUNDER", help="Who gives it.")], typed: Typed[GrantRow]) -> None:
    """A grant: an amount a year, in the years that its period touches, for some offers or for all."""
    typed = typed.and_typed({"funder": funder})
    with writing("grant add") as context:
        row = typed.row(context)
        GRANTS.add(context, row)
        context.confirm(
            _("{funder}: {amount} kr. a year from {date}. See: husrum grant list", funder=row.funder, amount=row.per_year, date=row.from_)
        )


@grant_app.command("list", cls=ListCommand)
def list_grants(format: FORMAT_OPTION = "table") -> None:
    """The grants."""
    format = read_format(format)
    with reading() as context:
        records = GRANTS.records(context)
    columns = {
        "funder": _("Funder"),
        "agreement": _("Agreement"),
        "per_year": _("Kr. a year"),
        "offer": _("Pays for"),
        "from": _("From"),
        "to": _("To"),
    }
    show(Listing(columns, records), format)
