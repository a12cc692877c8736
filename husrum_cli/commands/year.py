"""`husrum year`: what the year's figures still lack, and closing the year."""

from typing import Annotated

from ..i18n import _
from ..input.dates import read_year
from ..render.listing import Listing, read_format, write_json
from .context import open_file, writing
from .declarations import Argument, Noun, Option
from .lists import show, show_problems
from .options import FORCE_OPTION, FORMAT_OPTION

year_app = Noun("The year's end: what is still missing, and closing the year with its figures.")
YEAR = Annotated[str, Argument(metavar="YEAR", help="The year.")]


@year_app.command("status")
def status(year: YEAR, format: FORMAT_OPTION = "table") -> None:
    """List what the year's figures still miss, each with the command that fixes it."""
    from ..domain.figures.freeze import closings
    from ..domain.views.year_status import year_status

    format = read_format(format)
    chosen = read_year(year)
    with open_file() as store:
        made = closings(store, chosen)
        problems = year_status(store, chosen)
    records = [one._asdict() for one in problems]
    history = [{"closed_at": each.closed_at, "hash": each.hash, "reopened_at": each.reopened_at, "why": each.reopened_why} for each in made]
    if format == "json":
        closed = any(each.reopened_at is None for each in made)
        write_json({"schema": "husrum.year.status/1", "year": chosen, "closed": closed, "closings": history, "problems": records})
        return
    if format == "table" and history:
        columns = {"closed_at": _("Closed"), "hash": _("SHA-256 of the figures"), "reopened_at": _("Opened again"), "why": _("Why")}
        show(Listing(columns, [{**each, "hash": str(each["hash"])[:16]} for each in history]), format)
        print()
    columns = {"severity": "", "what": _("What"), "who": _("Who"), "command": _("Fix it with")}
    if records or format == "csv":
        show_problems(Listing(columns, records), format)
    else:
        print(_("Nothing is missing in {year}.", year=chosen))


@year_app.command("close")
def close(year: YEAR, force: FORCE_OPTION = False) -> None:
    """Freeze the year's figures, as they are published. What changes afterwards is shown next to them."""
    from ..domain.figures.freeze import close_year

    chosen = read_year(year)
    with writing("year close", force) as context:
        close_year(context.store, context.rules, chosen)
        context.confirm(_("{year} is closed with today's figures. See: husrum stats year {year}", year=chosen))


@year_app.command("reopen")
def reopen(
    year: YEAR,
    why: Annotated[str | None, Option("--why", metavar="TEXT", help="The reason, which is kept with the frozen figures.")] = None,
) -> None:
    """Open a closed year again. The figures that were frozen are kept."""
    from ..domain.figures.freeze import reopen_year
    from ..input.text import read_text

    chosen = read_year(year)
    reason = read_text(why, "why") if why is not None else None
    with writing("year reopen") as context:
        closing = reopen_year(context.store, chosen, reason)
        context.confirm(
            _("{year} is open again; it had been closed on {date}. See: husrum year status {year}", year=chosen, date=closing.closed_at)
        )
