"""`husrum match list`: the matches, the proposals, or the waiting list."""

from typing import Annotated

from ..domain.befriending.waiting_times import expected_wait, median_wait
from ..domain.branches import Record
from ..domain.settings import setting
from ..domain.views import lists
from ..errors import WrongInput
from ..i18n import _, many
from ..input.dates import today
from ..input.numbers import read_count
from ..render.listing import Listing, read_format
from .context import reading, say
from .declarations import Option
from .lists import show
from .options import FORMAT_OPTION, Text, read_day


def list_(
    waiting: Annotated[
        bool,
        Option(
            "--waiting", help="Who waits, the longest first, and the median wait; with --all also who waited, and why they no longer do."
        ),
    ] = False,
    proposed: Annotated[bool, Option("--proposed", help="Proposals that are open; with --all, every one and what came of it.")] = False,
    active: Annotated[bool, Option("--active", help="Matches that run (this is shown without an option too).")] = False,
    all_: Annotated[bool, Option("--all", help="Ended ones too.")] = False,
    date: Annotated[Text, Option("--date", metavar="DATE", help="The waiting list at the end of a day; left out: today.")] = None,
    median: Annotated[bool, Option("--median", help="Of the waiting list, only how long people wait.")] = False,
    no_contact: Annotated[Text, Option("--no-contact", metavar="DAYS", help="Matches without contact for so many days.")] = None,
    format: FORMAT_OPTION = "table",
) -> None:
    """The matches, the proposals, or the waiting list."""
    format = read_format(format)
    if waiting + active + proposed > 1 or (active and all_):
        raise WrongInput(_("Choose one of --waiting, --proposed, --active, --all."))
    if (date or median) and not waiting:
        raise WrongInput(_("--date and --median belong to --waiting."))
    if no_contact and (waiting or proposed or all_):
        raise WrongInput(_("--no-contact is asked of matches that run."))
    day = read_day(date)
    silent = read_count(no_contact, "no_contact", smallest=1) if no_contact else 0
    with reading() as context:
        if waiting:
            waits = lists.waiting_records(context.store, day, all_)
            _show_waiting(waits, median_wait(context.store, day), expected_wait(context.store, day), median, format)
        elif proposed:
            from ..domain.befriending.propose import proposal_records

            _show_proposals(proposal_records(context.store, context.people, day, all_), format)
        else:
            _show_matches(lists.match_records(context.store, all_, silent), setting(context.store, "contact_days"), format)


def _show_waiting(records: list[Record], wait: Record, expected: int | None, median: bool, format: str) -> None:
    if median:
        columns = {"date": _("Date"), "waiting": _("Waiting"), "matched": _("Matched"), "median_days": _("Median days")}
        show(Listing(columns, [wait]), format)
        return
    columns = {"person": _("Person"), "name": _("Name"), "since": _("Waits since"), "days": _("Days"), "wishes": _("Wishes")}
    columns |= {"about": _("About themselves"), "avoids": _("Avoids")}
    if records and "until" in records[0]:
        columns |= {"until": _("Until"), "reason": _("Reason")}
    show(Listing({**lists.branch_column(records), **columns}, records), format)
    if format == "table" and wait["matched"]:
        say(
            many(
                "Median wait: {number} day, with those who still wait counted in.",
                "Median wait: {number} days, with those who still wait counted in.",
                wait["median_days"],
            )
            if wait["median_days"] is not None
            else _("Fewer than half have been matched so far, so there is no median wait yet.")
        )
    if format == "table" and expected is not None:
        say(
            many(
                "Expected wait, from the last two years: {number} day.", "Expected wait, from the last two years: {number} days.", expected
            )
        )


def _show_proposals(records: list[Record], format: str) -> None:
    columns = {
        "person": _("Person"),
        "name": _("Name"),
        "volunteer": _("Volunteer"),
        "volunteer_name": _("Hjerteven"),
        "date": _("Proposed"),
        "state": _("State"),
        "person_said": _("The young person"),
        "volunteer_said": _("The volunteer"),
        "answered": _("Answered"),
        "reason": _("Reason"),
    }
    if format == "table":
        words = {"yes": _("yes"), "no": _("no"), None: None}
        records = [{**record, **{side: words[record[side]] for side in ("person_said", "volunteer_said")}} for record in records]
    show(Listing({**lists.branch_column(records), **columns}, records, data_only=frozenset({"answered"})), format)


def _show_matches(records: list[Record], long: int, format: str) -> None:
    columns = {
        "person": _("Person"),
        "name": _("Name"),
        "volunteer": _("Volunteer"),
        "volunteer_name": _("Hjerteven"),
        "date": _("Since"),
        "ended": _("Ended"),
        "reason": _("Reason"),
        "state": _("State"),
        "contact": _("Last contact"),
        "days_without_contact": _("Days without"),
        "met": _("Last met"),
        "months_without_meeting": _("Months without meeting"),
        "review": _("To talk over"),
        "length": _("Length in days"),
    }
    over = any(record["state"] == "ended" for record in records)
    aside = {"days_without_contact", "met"} | ({"contact", "review", "months_without_meeting"} if over else {"reason", "length"})
    aside |= {"ended"} if all(record["ended"] is None for record in records) else set()
    aside |= {"state"} if all(record["state"] == "active" for record in records) else set()
    show(Listing({**lists.branch_column(records), **columns}, records, data_only=frozenset(aside)), format)
    silent = [str(record["person"]) for record in records if (record["days_without_contact"] or 0) >= long]
    if format == "table" and (due := [record for record in records if record["review"] and record["review"] <= today()]):
        numbers = ", ".join(str(record["person"]) for record in due)
        say(_("To be talked over by now: {numbers}. When it is done: husrum match contact PERSON", numbers=numbers))
    if silent and format == "table":
        say(
            _(
                "No contact for {days} days or more: {numbers}. When there was: husrum match contact PERSON",
                days=long,
                numbers=", ".join(silent),
            )
        )
