"""Partners: also venues, referrers and the places people move on to. Made at first use."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from ...errors import Refused, WrongInput
from ...i18n import _
from ...input.text import fold
from ...store import Store


def partner_named(store: Store, name: str | None) -> int | None:
    """The partner of this name, made where there is none yet. Case, accents and double spaces don't matter."""
    if name is None:
        return None
    ids = _ids(store)
    id = ids.get(fold(name))
    if id is None:
        id = ids[fold(name)] = store.insert("partners", branch_id=store.home, name=name)
        _READ[store] = store.writes["partners"], ids
    return id


def partner_known(store: Store, name: str) -> int | None:
    """The id of the partner of this name, if there is one."""
    return _ids(store).get(fold(name))


# Open file -> how often its partners had been written to when their names were read, and name -> id. An import looks up thousands.
_READ: WeakKeyDictionary[Store, tuple[int, dict[str, int]]] = WeakKeyDictionary()


def _ids(store: Store) -> dict[str, int]:
    """Name as compared -> id, of the partners of the home branch; of two with the same name the first."""
    writes = store.writes.get("partners", 0)
    if store in _READ and _READ[store][0] == writes:
        return _READ[store][1]
    ids: dict[str, int] = {}
    for row in store.rows("SELECT id, name FROM partners WHERE branch_id = ? AND name IS NOT NULL ORDER BY id", store.home):
        ids.setdefault(fold(row["name"]), row["id"])
    _READ[store] = writes, ids
    return ids


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
