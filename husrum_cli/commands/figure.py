"""`husrum figure`: numbers that can't be counted from the file."""

from typing import TYPE_CHECKING, Annotated

from ..errors import WrongInput
from ..i18n import _, decimal_number
from ..input.dates import today
from ..input.text import clears, read_name
from .context import writing
from .declarations import Argument, Noun, Option
from .options import BRANCH_OPTION, Text

if TYPE_CHECKING:
    from ..store import Store

figure_app = Noun("Numbers that can't be counted from the file.")
_SOURCE = "source of the number"  # as errors call it: the source of an enquiry is how the young person found HUSRUM


@figure_app.command("set")
def set_(
    year: Annotated[str, Argument(metavar="YEAR", help="The year.")],
    key: Annotated[
        str, Argument(metavar="KEY", help="coordinator_positions, facebook_followers, facebook_group_members, discord_members, …")
    ],
    value: Annotated[str, Argument(metavar="VALUE", help="With decimal point or comma, without thousands separators.")],
    source: Annotated[str, Option("--source", metavar="TEXT", help="Where the number is from.")],
    date: Annotated[Text, Option("--date", metavar="DATE", help="The day it was read; left out: today.")] = None,
    branch: BRANCH_OPTION = None,
) -> None:
    """Enter a number from elsewhere. Setting it again replaces it."""
    from ..domain.corrections import changes
    from ..domain.figures.registry import BY_KEY, label_of
    from ..domain.figures.reported_numbers import reported_number, set_figure
    from ..rowtypes.figures import FIGURES
    from ..rowtypes.typed import read_options
    from .corrections import now_and_before, replaced_text

    if clears(source):
        raise WrongInput(_("{field}: a value is needed here.", field=_SOURCE), "source")
    texts = {"year": year, "key": key, "value": value, "source": source, "date": date}
    typed = read_options(FIGURES, texts, readers={"source": lambda text, _field: read_name(text, _SOURCE)})
    with writing("figure set") as context:
        row = typed.row(context, date=today())
        id = _reported_for(context.store, branch)
        was = reported_number(context.store, id, row.year, row.key)
        set_figure(context.store, context.rules, id, row.year, row.key, row.value, row.source, row.date)
        now = {"source": row.source, "date": row.date}
        value = now_and_before(decimal_number(row.value), None if was is None else decimal_number(was["value"]))
        value += replaced_text(FIGURES, changes(dict(was), now) if was else ())
        words = {"figure": label_of(BY_KEY[row.key]), "key": row.key, "year": row.year, "value": value}
        context.confirm(_("{figure} {year}: {value}. See: husrum stats explain {year} {key}", **words))


def _reported_for(store: "Store", branch: str | None) -> int | None:
    """Return the branch that a number is reported for; None: the nation."""
    from ..domain.figures.compute import chosen_branches

    national = store.national or len(store.branches) > 1
    return next(iter(chosen_branches(store, branch))) if branch or not national else None


@figure_app.command("remove")
def remove_(
    year: Annotated[str, Argument(metavar="YEAR", help="The year.")],
    key: Annotated[str, Argument(metavar="KEY", help="coordinator_positions, facebook_followers, …")],
    branch: BRANCH_OPTION = None,
) -> None:
    """Remove a number that was entered by mistake."""
    from ..domain.figures.registry import BY_KEY, label_of
    from ..domain.figures.reported_numbers import remove_figure
    from ..rowtypes.figures import FIGURES
    from ..rowtypes.typed import read_options

    typed = read_options(FIGURES, {"year": year, "key": key})
    chosen, name = typed.values["year"], typed.values["key"]
    with writing("figure remove") as context:
        id = _reported_for(context.store, branch)
        was = decimal_number(remove_figure(context.store, id, chosen, name))
        label = label_of(BY_KEY[name])
        context.confirm(
            _("{figure} {year}: removed (before: {value}). See: husrum stats year {year}", figure=label, year=chosen, value=was)
        )
