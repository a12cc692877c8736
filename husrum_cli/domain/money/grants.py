"""Grants: what a funder pays, when, and for which offers. A national file has the nation's own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from ...errors import NotFound, Refused, WrongInput
from ...i18n import _, whole_number
from ...input.dates import require_order
from ...input.text import fold
from ...store import Store
from .. import corrections
from ..corrections import Change
from ..row_numbers import free_number


class GrantTerms(NamedTuple):
    """The money of a grant, in whole kroner: `per_year`, or a `total`, which without an end is a one-off gift. `whole_years`: as grants counted in version 2."""

    per_year: int | None
    total: int | None
    starts: str | None
    ends: str | None
    whole_years: bool = False


def add_grant(store: Store, funder: str, agreement: str | None, terms: GrantTerms, offers: Iterable[str]) -> int:
    """Add a grant for some offers, or, without any, for all. Returns its id.

    Given again with offers, a grant that had none gets them. Raises `Refused` if it is known and nothing is new.
    """
    _check(terms)
    branch = store.own_branch
    rows = store.rows(
        "SELECT id, funder FROM grants WHERE branch_id IS ? AND agreement IS ? AND starts IS ?", branch, agreement, terms.starts
    )
    known = next((int(row["id"]) for row in rows if fold(row["funder"] or "") == fold(funder)), None)
    if known is not None and (not offers or store.value("SELECT 1 FROM grant_offers WHERE grant_id = ?", known)):
        raise Refused(_("funder: this grant of {funder} is recorded already. See: husrum grant list", funder=funder), "funder")
    if known is None:
        number = free_number(store, "grants", None, branch_id=branch)
        columns = {"funder": funder, "agreement": agreement, **terms._asdict(), "whole_years": int(terms.whole_years)}
        known = store.insert("grants", branch_id=branch, number=number, **columns)
    set_offers(store, known, offers)
    return known


def edit_grant(store: Store, number: int, changes: dict[str, Any], offers: Iterable[str] | None = None) -> list[Change]:
    """Correct a grant: columns of it, and its offers if given, and return what changed. From then on it counts by days.

    Raises `NotFound`, or `WrongInput` if the corrected terms contradict each other.
    """
    row = find_grant(store, number)
    before = _described(store, row)
    if "per_year" in changes and changes["per_year"] is not None:
        changes = {"total": None, **changes}
    elif "total" in changes and changes["total"] is not None:
        changes = {"per_year": None, **changes}
    corrected = {**row, **changes}
    _check(GrantTerms(*(corrected[name] for name in ("per_year", "total", "starts", "ends"))))
    by_days: dict[str, Any] = {"whole_years": 0} if changes.keys() & {"per_year", "total", "starts", "ends"} else {}
    store.update("grants", row["id"], **changes, **by_days)
    if offers is not None:
        store.delete("grant_offers", grant_id=row["id"])
        set_offers(store, row["id"], offers)
    return corrections.changes(before, _described(store, find_grant(store, number)))


def _described(store: Store, row: dict[str, Any]) -> dict[str, Any]:
    """Return a grant as the options that describe it, money as it is read."""
    offers = store.rows("SELECT offer FROM grant_offers WHERE grant_id = ? ORDER BY offer", row["id"])
    money = {name: None if row[name] is None else whole_number(row[name]) for name in ("per_year", "total")}
    own = {"funder": row["funder"], **money, "from": row["starts"], "to": row["ends"], "agreement": row["agreement"]}
    return {**own, "offer": tuple(each["offer"] for each in offers)}


def remove_grant(store: Store, number: int) -> str:
    """Remove a grant. Returns its funder. Raises `NotFound`, or `Refused` if a target was promised for it."""
    row = find_grant(store, number)
    if store.value("SELECT 1 FROM targets WHERE grant_id = ?", row["id"]):
        raise Refused(_("grant: targets were promised for grant {number}. See: husrum target list", number=number), "grant")
    store.delete("grants", id=row["id"])
    return str(row["funder"] or "")


def find_grant(store: Store, number: int) -> dict[str, Any]:
    """Return the row of a grant of the file's own branch, or of the nation. Raises `NotFound`."""
    row = store.row("SELECT * FROM grants WHERE branch_id IS ? AND number = ?", store.own_branch, number)
    if row is None:
        raise NotFound(_("grant: there is no grant {number}. See: husrum grant list", number=number), "grant")
    return dict(row)


def grant_records(store: Store) -> list[dict[str, Any]]:
    """Return all grants of the file, each with its offers and, in a file of several branches, its branch (None: the nation's own)."""
    sql = """SELECT branch_id, number, funder, agreement, per_year, total, starts AS "from", ends AS "to", whole_years,
        (SELECT group_concat(offer) FROM grant_offers WHERE grant_id = grants.id) AS offer
        FROM grants ORDER BY branch_id, number"""
    several = len(store.branches) > 1 or store.national
    found = []
    for row in store.rows(sql):
        values = dict(row)
        branch = {"branch": store.branches.get(values.pop("branch_id"))} if several else {}
        values.pop("branch_id", None)
        found.append({**branch, **values, "offer": sorted((row["offer"] or "").split(",")) if row["offer"] else []})
    return found


def set_offers(store: Store, id: int, offers: Iterable[str]) -> None:
    """Keep which offers a grant pays for."""
    store.insert_many("grant_offers", ("grant_id", "offer"), [(id, offer) for offer in dict.fromkeys(offers)])


def _check(terms: GrantTerms) -> None:
    if (terms.per_year is None) == (terms.total is None):
        raise WrongInput(_("per_year: give the amount per year or the total, one of them."), "per_year")
    if terms.total is not None and not terms.starts:
        raise WrongInput(_("from: a total needs the day it begins on."), "from")
    require_order(terms.starts, terms.ends, "to")
