"""`husrum stats`: the figures of a year or another period."""

from typing import TYPE_CHECKING, Annotated

from ..errors import WrongInput
from ..i18n import _, language
from ..input.dates import FIRST_YEAR, read_year, today
from ..render.listing import Listing, read_format
from . import explain
from .app import ListOptions, Parameters, figure_options, list_options
from .context import note_if_open, open_file, say
from .declarations import Argument, Noun, Option
from .options import BRANCH_OPTION, FORMAT_OPTION, OVERWRITE_OPTION, PERIOD, PUBLISH_OPTION, Text

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from ..records import Period
    from ..store import Store

stats_app = Noun("The figures of a year, and what they are made of.")
ALL_OPTION = Annotated[bool, Option("--all", help="All figures; left out: at a terminal those that matter most, in a pipe all.")]


@stats_app.command("year", shows=figure_options)
def year(
    year: Annotated[Text, Argument(metavar="YEAR", help="The year; left out: this one.")] = None,
    branch: BRANCH_OPTION = None,
    publish: PUBLISH_OPTION = False,
    all: ALL_OPTION = False,
    format: FORMAT_OPTION = "table",
) -> None:
    """Show the year as in the STATUS report: at a terminal a dozen figures next to last year's, with --all the whole."""
    from ..domain.figures.period_records import period_record
    from ..input.periods import calendar_year
    from ..render.stats import write_year

    format = read_format(format)
    chosen = calendar_year(read_year(year or today()[:4]))
    _note_if_to_come(chosen)
    with open_file() as store:
        if _brief(format, all or publish):
            before = int(chosen.name) - 1
            _overview(store, "year", chosen, calendar_year(before) if before >= FIRST_YEAR else None, branch)
            return
        record, _made_from = period_record(store, chosen, branch, publish)
    if not _written(lambda listings: listings.year_listing(record)):
        write_year(record, format)
    note_if_open(record)


def _note_if_to_come(period: "Period") -> None:
    """Say that a period has not begun: what runs on is counted in it all the same."""
    if period.first > today():
        text = _("{period} has not begun. Matches, groups and roles without an end are counted as if they went on.", period=period.name)
        say(f"{_('Note')}: {text}")


def _brief(format: str, all: bool) -> bool:
    """Whether only what matters most is shown: at a terminal, unless all was asked for."""
    from ..render.terminal import screen

    return format == "table" and not all and not Parameters.listing.to and screen().is_terminal


def _written(listing: "Callable[[ModuleType], Listing]") -> bool:
    """Whether the figures were to be written to a file, and were. `listing`: makes the list, of the module for that, which is not loaded for nothing."""
    if not Parameters.listing.to:
        return False
    from ..render import figure_listings
    from .lists import show

    show(listing(figure_listings), "table")
    return True


def _overview(store: "Store", command: str, period: "Period", before: "Period | None", branch: str | None) -> None:
    """Print what matters of a period, next to the one before, and how to see the rest."""
    from ..domain.figures.period_records import period_records
    from ..render.overview import print_overview
    from ..render.terminal import screen

    record, *earlier = period_records(store, [period, before] if before else [period], branch)
    compared = earlier[0] if earlier and any(line.fields["value"] for line in earlier[0].figures) else None
    print_overview(screen(), record, compared)
    if compared and period.last >= today():
        print(_("{year} is not over yet; {before} is the whole year.", year=period.name, before=compared.period.name))
    print(_("All figures: {command}", command=f"husrum stats {command} {period.name} --all"))
    print(_("What a figure is made of: {command}", command=f"husrum stats explain {period.name} visits"))


@stats_app.command("period", shows=figure_options)
def period(
    period: PERIOD,
    branch: BRANCH_OPTION = None,
    publish: PUBLISH_OPTION = False,
    all: ALL_OPTION = False,
    format: FORMAT_OPTION = "table",
) -> None:
    """The same figures of any period."""
    from ..domain.figures.chosen_period import chosen_period
    from ..domain.figures.period_records import period_record
    from ..render.stats import write_period

    format = read_format(format)
    with open_file() as store:
        chosen = chosen_period(store, period, branch)
        _note_if_to_come(chosen)
        if _brief(format, all or publish):
            _overview(store, "period", chosen, None, branch)
            return
        record, _made_from = period_record(store, chosen, branch, publish)
    if not _written(lambda listings: listings.year_listing(record)):
        write_period(record, format)


@stats_app.command("trend")
def trend(
    from_: Annotated[Text, Option("--from", metavar="YEAR|PERIOD", help="The first; left out: the first with records.")] = None,
    to: Annotated[
        list[str] | None,
        Option(
            "--to", metavar="YEAR|PERIOD|FILE", help="The last; left out: the last with records. A .xlsx or .csv file: write them to it."
        ),
    ] = None,
    overwrite: OVERWRITE_OPTION = False,
    by: Annotated[str, Option("--by", metavar="LENGTH", help="How long each of them is: {period_length}.")] = "year",
    branch: BRANCH_OPTION = None,
    publish: PUBLISH_OPTION = False,
    plot: Annotated[list[str] | None, Option("--plot", metavar="KEY", help="Draw this figure instead, like visits.")] = None,
    all: ALL_OPTION = False,
    format: FORMAT_OPTION = "table",
) -> None:
    """The figures of several years, halves, quarters or months next to each other."""
    from ..domain.figures.chosen_period import chosen_period
    from ..domain.figures.registry import figure_key
    from ..domain.figures.trend import trend as trend_of
    from ..input.choices import read_code
    from ..render.trend import write_trend
    from ..vocabulary import PERIOD_LENGTH

    format = read_format(format)
    by = read_code(by, PERIOD_LENGTH, "by")
    drawn = [figure_key(key) for key in plot or ()]
    if plot and format != "table":
        raise WrongInput(_("plot: only with --format table."), "plot")
    files = [text for text in to or () if text.lower().endswith((".xlsx", ".csv"))]
    ends = [text for text in to or () if text not in files]
    if len(files) > 1 or len(ends) > 1:
        raise WrongInput(_("to: one last period, and one file."), "to")
    Parameters.listing = ListOptions(to=next(iter(files), None), overwrite=overwrite)
    with open_file() as store:
        bounds = ((from_, "from"), (next(iter(ends), None), "to"))
        first, last = (chosen_period(store, text, branch, field) if text else None for text, field in bounds)
        if first and last and last.last < first.first:
            raise WrongInput(_("{field}: {end} is before {start}.", field="to", end=last.name, start=first.name), "to")
        record = trend_of(store, first, last, by, branch, publish)
    if _written(lambda listings: listings.trend_listing(record)):
        note_if_open(*record.periods)
        return
    brief = _brief(format, all or publish or bool(plot))
    write_trend(record, format, drawn, brief)
    if brief and record.periods:
        span = f"--from {record.periods[0].period.name} --to {record.periods[-1].period.name} --by {by}"
        print(_("All figures: {command}", command=f"husrum stats trend {span} --all"))
    note_if_open(*record.periods)


@stats_app.command("change", shows=figure_options)
def change(
    period: Annotated[Text, Argument(metavar="PERIOD", help="When they were measured again; left out: this year.")] = None,
    instrument: Annotated[str, Option("--instrument", metavar="CODE", help="{instrument}")] = "tils",
    offer: Annotated[Text, Option("--offer", metavar="CODE", help="Only those who took part in it in between: {wish}.")] = None,
    branch: BRANCH_OPTION = None,
    publish: PUBLISH_OPTION = False,
    format: FORMAT_OPTION = "table",
) -> None:
    """What changed for those who were measured twice: change, not effect."""
    from ..domain.figures.change import published_change, score_change
    from ..domain.figures.chosen_period import chosen_period
    from ..input.choices import read_code
    from ..render.change import write_change
    from ..vocabulary import INSTRUMENT, INSTRUMENTS, WISH, translation

    format = read_format(format)
    chosen = INSTRUMENTS[read_code(instrument, INSTRUMENT, "instrument")]
    offer = read_code(offer, WISH, "offer") if offer is not None else None
    with open_file() as store:
        record = score_change(store, chosen_period(store, period or today()[:4], branch), chosen.code.code, branch, offer)
    if publish:
        record = published_change(record)
    limit = _("at most {score}", score=chosen.severe_from) if chosen.higher_is_better else _("at least {score}", score=chosen.severe_from)
    name = translation(chosen.code, language())
    if not _written(lambda listings: listings.change_listing(record, name, limit)):
        write_change(record, format, name, limit)


stats_app.command("explain", shows=list_options)(explain.explain)
