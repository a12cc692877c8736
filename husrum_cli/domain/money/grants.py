"""Grants: what a funder pays, and for which offers."""

from __future__ import annotations

from collections.abc import Iterable

from ...errors import Refused, WrongInput
from ...i18n import _
from ...input.text import fold
from ...store import Store


def add_grant(
    store: Store, funder: str, agreement: str | None, per_year: int, offers: Iterable[str], starts: str | None, ends: str | None
) -> int:
    """Money from a funder: whole kroner a year, in the years its period touches, for some offers or, without any, for all.

    Told again with offers, a grant that had none gets them. Raises `Refused` where it is known and nothing new is told.
    """
    if starts and ends and ends < starts:
        raise WrongInput(_("to: {to} is before {since}.", to=ends, since=starts), "to")
    rows = store.rows("SELECT id, funder FROM grants WHERE branch_id = ? AND agreement IS ? AND starts IS ?", store.home, agreement, starts)
    known = next((int(row["id"]) for row in rows if fold(row["funder"] or "") == fold(funder)), None)
    if known is not None and (not offers or store.value("SELECT 1 FROM grant_offers WHERE grant_id = ?", known)):
        raise Refused(_("funder: this grant of {funder} is recorded already. See: husrum grant list", funder=funder), "funder")
    values = {"agreement": agreement, "per_year": per_year, "starts": starts, "ends": ends}
    number = store.value("SELECT ifnull(max(number), 0) + 1 FROM grants WHERE branch_id = ?", store.home)
    id = known or store.insert("grants", branch_id=store.home, number=number, funder=funder, **values)
    set_offers(store, id, offers)
    return id


def set_offers(store: Store, grant: int, offers: Iterable[str]) -> None:
    """Which offers a grant pays for."""
    store.insert_many("grant_offers", ("grant_id", "offer"), [(grant, offer) for offer in dict.fromkeys(offers)])
