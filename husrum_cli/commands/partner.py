"""`husrum partner` and `husrum grant`."""

from typing import Annotated

import typer

from ..domain.money import grants
from ..domain.people import partners
from ..i18n import _
from ..i18n.collation import danish_key
from ..render.listing import Listing, read_format
from ..rowtypes.columns import read_typed
from .app import Command, noun
from .context import FORMAT_OPTION, opened, reading, writing
from .lists import show

partner_app = noun("Partners and venues.")
grant_app = noun("Grants.")
_Text = str | None
TO = Annotated[_Text, typer.Option("--to", metavar="DATE", help="Until when.")]


@partner_app.command("add", cls=Command)
def add_partner(
    name: Annotated[str, typer.Argument(metavar="NAME", help="The partner.")],
    kind: Annotated[_Text, typer.Option("--kind", metavar="TEXT", help="What kind of partner.")] = None,
    from_: Annotated[_Text, typer.Option("--from", metavar="DATE", help="Since when.")] = None,
    to: TO = None,
) -> None:
    """A partner. Venues, referrers and places people move on to become partners by themselves."""
    values = read_typed("partners", name=name, kind=kind, from_=from_, to=to)
    with writing("partner add") as book:
        partners.add_partner(book.store, values["name"], values.get("kind"), values.get("from"), values.get("to"))
        book.confirm(_("{name} is a partner. See: husrum partner list", name=values["name"]))


@partner_app.command("list", cls=Command)
def list_partners(format: FORMAT_OPTION = "table") -> None:
    """The partners."""
    format = read_format(format)
    with opened() as store:
        records = sorted(partners.listed(store), key=lambda record: danish_key(record["name"] or ""))
    show(Listing({"name": _("Name"), "kind": _("Kind"), "from": _("From"), "to": _("To")}, records), format)


@grant_app.command("add", cls=Command)
def add_grant(
    funder: Annotated[str, typer.Argument(metavar="FUNDER", help="Who gives it.")],
    per_year: Annotated[str, typer.Option("--per-year", metavar="KR", help="Whole kroner a year, like 415000.")],
    from_: Annotated[str, typer.Option("--from", metavar="DATE", help="Since when.")],
    to: TO = None,
    agreement: Annotated[_Text, typer.Option("--agreement", metavar="CODE", help="operating, project, donation")] = None,
    offer: Annotated[
        list[str] | None,
        typer.Option(
            "--offer",
            metavar="CODE",
            help="What it pays for; left out: all. intake, talk_group, network_group, social_event, online_event, youth_meeting, befriending",
        ),
    ] = None,
) -> None:
    """A grant: an amount a year, in the years that its period touches, for some offers or for all."""
    values = read_typed("grants", funder=funder, agreement=agreement, per_year=per_year, offer=offer, from_=from_, to=to)
    with writing("grant add") as book:
        period = values.get("from"), values.get("to")
        grants.add_grant(book.store, values["funder"], values.get("agreement"), values["per_year"], values.get("offer", ()), *period)
        book.confirm(
            _(
                "{funder}: {amount} kr. a year from {date}. See: husrum grant list",
                funder=values["funder"],
                amount=values["per_year"],
                date=values["from"],
            )
        )


@grant_app.command("list", cls=Command)
def list_grants(format: FORMAT_OPTION = "table") -> None:
    """The grants."""
    from ..rowtypes.registry import KINDS

    format = read_format(format)
    with reading() as book:
        records = [held.values for held in KINDS["grants"].held(book)]
    columns = {
        "funder": _("Funder"),
        "agreement": _("Agreement"),
        "per_year": _("Kr. a year"),
        "offer": _("Pays for"),
        "from": _("From"),
        "to": _("To"),
    }
    show(Listing(columns, records), format)
