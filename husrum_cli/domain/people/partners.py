"""Partners: also venues, referrers and the places people move on to. Made at first use."""

from __future__ import annotations

from ...errors import Refused, WrongInput
from ...i18n import _
from ...input.text import fold
from ...store import Store


def partner_named(store: Store, name: str | None) -> int | None:
    """The partner of this name, made where there is none yet. Case, accents and double spaces don't matter."""
    if name is None:
        return None
    return partner_known(store, name) or store.insert("partners", branch_id=store.home, name=name)


def partner_known(store: Store, name: str) -> int | None:
    """The partner of this name, if there is one."""
    words = fold(name)
    for row in store.rows("SELECT id, name FROM partners WHERE branch_id = ? ORDER BY id", store.home):
        if fold(row["name"]) == words:
            return int(row["id"])
    return None


def listed(store: Store) -> list[dict[str, str | None]]:
    """Return every partner, venue, referrer and onward place: name, kind, from, to."""
    return [dict(row) for row in store.rows('SELECT name, kind, starts AS "from", ends AS "to" FROM partners ORDER BY id')]


def add_partner(store: Store, name: str, kind: str | None, starts: str | None, ends: str | None) -> int:
    """Enter a partner, with the period of the partnership if known, and return the id. One that was made at first use is filled in."""
    if starts and ends and ends < starts:
        raise WrongInput(_("to: {to} is before {since}.", to=ends, since=starts), "to")
    id = partner_known(store, name)
    if id is None:
        return store.insert("partners", branch_id=store.home, name=name, kind=kind, starts=starts, ends=ends, added=1)
    if store.value("SELECT added FROM partners WHERE id = ?", id):
        raise Refused(_("name: {name} is a partner already.", name=name), "name")
    store.update("partners", id, kind=kind, starts=starts, ends=ends, added=1)
    return id
