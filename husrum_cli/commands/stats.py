"""`husrum stats` and `husrum figure`: the numbers, and what they are made of."""

from typing import TYPE_CHECKING, Annotated, Any

from ..errors import WrongInput
from ..i18n import _, decimal_number, language, short_source
from ..input.dates import FIRST_YEAR, read_year, today
from ..input.text import clears, read_name
from ..render.listing import Listing, escape_controls, read_format
from ..vocabulary import AGE_BANDS, NON_ANSWERS, NOT_RECORDED, QUESTIONS, RECRUITED_THROUGH, ROLE, Codes, answers_of
from .app import ListOptions, Parameters, figure_options, list_options
from .context import note_if_open, open_file, say, writing
from .declarations import Argument, Noun, Option
from .options import BRANCH_OPTION, FORMAT_OPTION, OVERWRITE_OPTION, PUBLISH_OPTION, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import ModuleType

    from ..domain.figures.explain import ExplainRow, Explanation
    from ..records import Period
    from ..store import Store

_PERIOD = "2024, 2024-H1, 2024-Q3, 2024-07, 2024/25, FROM..TO or grant:3"

stats_app = Noun("The figures of a year, and what they are made of.")
figure_app = Noun("Numbers that can't be counted from the file.")
_SOURCE = "source of the number"  # as errors call it: the source of an enquiry is how the young person found HUSRUM
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
    period: Annotated[str, Argument(metavar="PERIOD", help=_PERIOD)],
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
    instrument: Annotated[str, Option("--instrument", metavar="tils|who5", help="T-ILS or WHO-5.")] = "tils",
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


@stats_app.command("explain", shows=list_options)
def explain(
    period: Annotated[str, Argument(metavar="YEAR|PERIOD", help=_PERIOD)],
    key: Annotated[str, Argument(metavar="KEY", help="The figure, like visits_unnamed; a distribution, like referral; or overlap.")],
    branch: BRANCH_OPTION = None,
    publish: Annotated[bool, Option("--publish", help="Refused: the rows show who is behind a number.")] = False,
    format: FORMAT_OPTION = "table",
) -> None:
    """What a figure means, and the rows it is the number of."""
    if publish:
        raise WrongInput(
            _("publish: the rows behind a number are never for outsiders; for what is: husrum stats year --publish"), "publish"
        )
    from ..domain.figures.chosen_period import chosen_period
    from ..domain.figures.explain import explain as explained

    format = read_format(format)
    with open_file() as store:
        found = explained(store, chosen_period(store, period, branch), key, branch)
        several = len(store.branches) > 1
        records = (_row_record(row, several, found.share) for row in found.rows)
        changes = [{"change": "added" if added else "removed", **_row_record(row, several, False)} for added, row in found.changes]
        if format == "json" and not Parameters.listing.to:
            _explain_as_json(found, records, changes)
        else:
            from ..render.terminal import one_page

            with one_page():
                _explain_as_table(found, list(records), changes, format, several)


def _explain_as_json(found: "Explanation", records: "Iterable[dict[str, Any]]", changes: list[dict[str, Any]]) -> None:
    from ..render.listing import write_json_rows

    period = found.period
    when = {"year": period.year} if period.year is not None else {"period": {"name": period.name, "from": period.first, "to": period.last}}
    about: dict[str, Any] = {
        **when,
        "key": found.key,
        "label": found.label,
        "definition": found.definition,
        "value": found.value,
        "source": found.source,
    }
    if found.note:
        about["note"] = found.note
    if found.closed_at:
        about |= {"closed_at": found.closed_at, "now": found.now, "changes": changes}
    write_json_rows({"schema": "husrum.stats.explain/1", **about}, records)


def _explain_as_table(
    found: "Explanation", records: list[dict[str, Any]], changes: list[dict[str, Any]], format: str, several: bool
) -> None:
    from ..render.phrases import MINUS, number_text, share_text
    from .lists import show

    if format == "table":
        vocabulary = _vocabulary(found.key, found.share)
        for record in (*records, *changes):
            if found.key.startswith("visits"):
                record["what"] = _("interview") if record["what"] == "intake" else record["what"]
            elif vocabulary:
                record["what"] = _in_words(vocabulary, str(record["what"] or ""))
    columns = {"person": _("Number"), "name": _("Name"), "date": _("Date"), "what": _("What"), "amount": _("Amount")}
    if format == "table":
        if found.share:
            value = share_text({"count": sum(bool(record["counts"]) for record in records), "answered": len(records)})
        else:
            value = number_text(found.value)
        source = f" ({_('reported')}: {escape_controls(short_source(found.note or '?'))})" if found.source == "reported" else ""
        from ..render.periods import period_title
        from ..render.terminal import screen

        out = screen()
        out.print(f"{found.label} {period_title(found.period)}: {value}{source}")
        out.print(found.definition)
        out.print()
        if found.closed_at and found.source == "counted" and found.note:
            out.print(escape_controls(found.note))
            out.print()
        if all(record["amount"] == 1 for record in records):
            del columns["amount"]
        for about in ("person", "name"):  # of those who were only counted, and in the nation, nobody is named
            if records and all(record[about] is None for record in (*records, *changes)):
                del columns[about]
        if not records and found.source == "reported":
            return
    if found.share:
        columns["counts"] = _("Counts")
    show(Listing({**({"branch": _("Branch")} if several else {}), **columns}, records), format)
    if format == "table" and changes and not Parameters.listing.to:
        signs = [{**each, "change": "+" if each["change"] == "added" else MINUS} for each in changes]
        print()
        show(Listing({"change": "", **columns}, signs, _("Changed since it was closed on {date}", date=found.closed_at)), format)


def _row_record(row: "ExplainRow", several: bool, share: bool) -> dict[str, Any]:
    place = {"branch": row.branch} if several else {}
    counts = {"counts": row.counts} if share else {}
    return {**place, "person": row.number, "name": row.name, "date": row.date, "what": row.what, "amount": row.amount, **counts}


def _in_words(vocabulary: Codes, text: str) -> str:
    """Translate codes with commas between, or one before a colon."""
    from ..input.choices import spoken

    code, colon, rest = text.partition(": ")
    codes = [code] if colon else [code.strip() for code in text.split(",")]
    return ", ".join(spoken(vocabulary, code) if code in vocabulary else code for code in codes) + colon + rest


def _vocabulary(key: str, is_share: bool) -> Codes:
    """Return the codes that may be next to the rows of a figure: answers of its question, roles, ways to HUSRUM, or ages."""
    named = key.removesuffix("_at_intake")
    for question in QUESTIONS.values():
        if any(share.key == named for share in question.shares) if is_share else question.distribution == named:
            return {**answers_of(question.key), NOT_RECORDED.code: NOT_RECORDED}
    if key.startswith("age_band") or key == "municipality_age":
        return {**AGE_BANDS, **NON_ANSWERS, NOT_RECORDED.code: NOT_RECORDED}
    if key == "recruited_through":
        return {**RECRUITED_THROUGH, **NON_ANSWERS, NOT_RECORDED.code: NOT_RECORDED}
    if key in ("activity", "partner_kind"):
        return {NOT_RECORDED.code: NOT_RECORDED}
    return ROLE if key.startswith(("volunteer", "peer", "role")) else {}


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
