"""`husrum branch`: the cities in a file."""

from typing import Annotated

from ..domain import branches
from ..domain.corrections import require_change
from ..i18n import _
from ..input.dates import read_date
from ..input.text import clears, read_name
from ..render.listing import Listing, read_format
from .app import list_options
from .context import reading, writing
from .corrections import changed_text
from .declarations import Argument, Noun, Option
from .lists import show
from .options import BRANCH_OPTION, FORMAT_OPTION, Text

branch_app = Noun("The cities in a file.")


def _date(text: str | None, field: str) -> str | None:
    return read_date(text, field) if text else None


@branch_app.command("list", shows=list_options)
def list_(format: FORMAT_OPTION = "table") -> None:
    """The cities, when they were active, and their last record."""
    format = read_format(format)
    with reading() as context:
        records = branches.branch_records(context.store)
    columns = {
        "branch": _("Branch"),
        "active_from": _("Active from"),
        "active_to": _("Active to"),
        "records_from": _("Records from"),
        "first_record": _("First record"),
        "last_record": _("Last record"),
        "people": _("People"),
    }
    show(Listing(columns, records), format)


@branch_app.command("edit")
def edit(
    branch: BRANCH_OPTION = None,
    name: Annotated[Text, Option("--name", metavar="TEXT", help="Its right name.")] = None,
    active_from: Annotated[Text, Option("--active-from", metavar="DATE", help="The day it became active.")] = None,
    active_to: Annotated[Text, Option("--active-to", metavar="DATE|none", help="Its last day; none: it is still active.")] = None,
    records_from: Annotated[
        Text, Option("--records-from", metavar="DATE|none", help="From when the file holds everything; none: always.")
    ] = None,
) -> None:
    """Correct what is recorded about a city."""
    typed = {"active_from": active_from, "active_to": active_to, "records_from": records_from}
    values = {field: None if clears(text) else read_date(text, field) for field, text in typed.items() if text}
    if name:
        values["name"] = read_name(name, "name")
    require_change(values)
    with writing("branch edit") as context:
        changed, changes = branches.edit_branch(context.store, branch, values)
        context.confirm(_("{branch}: {changes}. See: husrum branch list", branch=changed, changes=changed_text(None, changes)))


@branch_app.command("close")
def close(date: Annotated[str, Option("--date", metavar="DATE", help="Its last day.")], branch: BRANCH_OPTION = None) -> None:
    """Close a city that ends its work."""
    day = read_date(date)
    with writing("branch close") as context:
        changed, _changes = branches.edit_branch(context.store, branch, {"active_to": day})
        context.confirm(_("{branch}: closed on {date}. See: husrum branch list", branch=changed, date=day))


@branch_app.command("add")
def add(
    name: Annotated[str, Argument(metavar="NAME", help="The name of the city.")],
    from_: Annotated[str, Option("--from", metavar="DATE", help="The day it became active.")],
    to: Annotated[Text, Option("--to", metavar="DATE", help="Its last day.")] = None,
) -> None:
    """Add a city to the national file before its own file has come."""
    city, since, until = read_name(name, "name"), read_date(from_, "from"), _date(to, "to")
    with writing("branch add") as context:
        branches.add_branch(context.store, city, since, until)
        context.confirm(_("{branch}: active from {date}. See: husrum branch list", branch=city, date=since))


@branch_app.command("remove")
def remove(name: Annotated[str, Argument(metavar="NAME", help="The name of the city.")]) -> None:
    """Remove a city that was added by mistake. One that ends its work is closed."""
    with writing("branch remove") as context:
        context.confirm(_("{branch}: removed. See: husrum branch list", branch=branches.remove_branch(context.store, name)))
