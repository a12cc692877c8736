"""`husrum stats explain`: what a figure means, and the rows that it counts."""

from typing import TYPE_CHECKING, Annotated, Any

from ..errors import WrongInput
from ..i18n import _, short_source
from ..render.listing import Listing, escape_controls, read_format
from .app import Parameters
from .context import open_file
from .declarations import Argument, Option
from .options import BRANCH_OPTION, FORMAT_OPTION, YEAR_OR_PERIOD

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ..domain.figures.answers import ShareValue
    from ..domain.figures.explain import Explanation
    from ..domain.figures.explained_rows import ExplainRow


def explain(
    period: YEAR_OR_PERIOD,
    key: Annotated[str, Argument(metavar="KEY", help="The figure, like visits_unnamed; a distribution, like referral; or overlap.")],
    branch: BRANCH_OPTION = None,
    publish: Annotated[bool, Option("--publish", help="Refused: the rows show who is behind a number.")] = False,
    format: FORMAT_OPTION = "table",
) -> None:
    """What a figure means, and the rows that it counts."""
    if publish:
        raise WrongInput(
            _("publish: the rows behind a number are never for outsiders; what they may see: husrum stats year --publish"), "publish"
        )
    from ..domain.figures.chosen_period import chosen_period
    from ..domain.figures.explain import explain as explained

    format = read_format(format)
    with open_file() as store:
        found = explained(store, chosen_period(store, period, branch), key, branch)
        several = len(store.branches) > 1
        records = (_row_record(row, several, found.share is not None) for row in found.rows)
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
    from ..domain.figures.row_words import row_in_words
    from ..render.phrases import MINUS, number_text, share_text
    from .lists import show

    if format == "table":
        for record in (*records, *changes):
            record["what"] = row_in_words(found.key, str(record["what"] or ""), found.share is not None)
    columns = {"person": _("Number"), "name": _("Name"), "date": _("Date"), "what": _("What"), "amount": _("Amount")}
    if format == "table":

        def value_text(value: float | None, share: "ShareValue | None") -> str:
            return share_text({"count": share.count, "answered": share.answered}) if share else number_text(value)

        value, now = value_text(found.value, found.share), value_text(found.now, found.share_now)
        changed = f", {_('now {value}', value=now)}" if found.closed_at and now != value else ""
        source = f" ({_('reported')}: {escape_controls(short_source(found.note or '?'))})" if found.source == "reported" else ""
        from ..render.periods import period_title
        from ..render.terminal import screen

        out = screen()
        out.print(f"{found.label} {period_title(found.period)}: {value}{source}{changed}")
        out.print(found.definition)
        if found.closed_at:
            out.print(_("Closed on {date}; these are the figures of that day.", date=found.closed_at))
        out.print()
        if found.closed_at and found.source == "counted" and found.note:
            out.print(escape_controls(found.note))
            out.print()
        if all(record["amount"] == 1 for record in (*records, *changes)):
            del columns["amount"]
        for about in ("person", "name"):  # of those who were only counted, and in the nation, nobody is named
            if (records or changes) and all(record[about] is None for record in (*records, *changes)):
                del columns[about]
        if not records and found.source == "reported":
            return
    counts = {"counts": _("Counts")} if found.share else {}
    show(Listing({**({"branch": _("Branch")} if several else {}), **columns, **counts}, records), format)
    if format == "table" and changes and not Parameters.listing.to:
        signs = [{**each, "change": "+" if each["change"] == "added" else MINUS} for each in changes]
        print()
        show(Listing({"change": "", **columns}, signs, _("Changed since it was closed on {date}", date=found.closed_at)), format)


def _row_record(row: "ExplainRow", several: bool, share: bool) -> dict[str, Any]:
    place = {"branch": row.branch} if several else {}
    counts = {"counts": row.counts} if share else {}
    return {**place, "person": row.number, "name": row.name, "date": row.date, "what": row.what, "amount": row.amount, **counts}
