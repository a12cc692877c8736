"""Partners: also venues, referrers and the places people move on to. Made at first use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...errors import NotFound, Refused, WrongInput
from ...i18n import NP_, PluralForms, _, counts
from ...input.dates import require_order
from ...input.text import fold
from ...store import Store
from ..corrections import Change, changes, refuse_to_remove


def get_or_add_partner(store: Store, name: str | None) -> int | None:
    """Return the partner of this name, made if there is none yet. Case, accents and double spaces don't matter."""
    if name is None:
        return None
    ids = store.cached("partners", _ids)
    id = ids.get(fold(name))
    if id is None:
        id = ids[fold(name)] = store.insert("partners", branch_id=store.home, name=name)
        store.keep_cached("partners", _ids, ids)  # an import names thousands
    return id


def partner_id(store: Store, name: str) -> int | None:
    """Return the id of the partner of this name, if there is one."""
    return store.cached("partners", _ids).get(fold(name))


def _ids(store: Store) -> dict[str, int]:
    """Name as compared -> id, of the partners of the home branch; of two with the same name the first."""
    ids: dict[str, int] = {}
    for row in store.rows("SELECT id, name FROM partners WHERE branch_id = ? AND name IS NOT NULL ORDER BY id", store.home):
        ids.setdefault(fold(row["name"]), row["id"])
    return ids


def partner_records(store: Store) -> list[dict[str, str | None]]:
    """Return every partner, venue, referrer and onward place: name, kind, from, to."""
    return [dict(row) for row in store.rows('SELECT name, kind, starts AS "from", ends AS "to" FROM partners ORDER BY id')]


def add_partner(store: Store, name: str, kind: str | None, starts: str | None, ends: str | None, only_named: bool = False) -> int:
    """Enter a partner, with the period of the partnership if known, and return the id. One that was made at first use is filled in.

    only_named: as one that was made at first use, and described since.
    """
    given = {column: value for column, value in (("kind", kind), ("starts", starts), ("ends", ends)) if value is not None}
    id = partner_id(store, name)
    known = store.row("SELECT kind, starts, ends, added FROM partners WHERE id = ?", id)
    now = {**(dict(known) if known else {"starts": None, "ends": None}), **given}
    require_order(now["starts"], now["ends"], "to")
    if id is None:
        return store.insert("partners", branch_id=store.home, name=name, **given, added=int(not only_named))
    if now["added"]:
        raise Refused(_("name: {name} is a partner already.", name=name), "name")
    store.update("partners", id, **given, added=int(not only_named))
    return id


def find_partner(store: Store, name: str, field: str = "name") -> int:
    """Return the id of the partner of this name. Raises `NotFound`."""
    if not name.strip():
        raise WrongInput(_("{field} is empty.", field=field), field)
    id = partner_id(store, name)
    if id is None:
        raise NotFound(_("{field}: there is no partner “{text}”; look with: husrum partner list", field=field, text=name), field)
    return id


def edit_partner(store: Store, id: int, given: Mapping[str, Any]) -> list[Change]:
    """Correct the options `name`, `kind`, `from`, `to` that are given; None clears. Raises `Refused` for the name of another partner."""
    row = store.row('SELECT name, kind, starts AS "from", ends AS "to" FROM partners WHERE id = ?', id)
    assert row is not None
    found = changes(dict(row), given)
    now = {**dict(row), **given}
    if now["from"] and now["to"] and now["to"] < now["from"]:
        raise Refused(_("to: {to} is before {since}.", to=now["to"], since=now["from"]), "to")
    other = partner_id(store, now["name"])
    if other not in (None, id):
        raise Refused(_("name: {name} is a partner already; if they are the same: husrum partner join", name=now["name"]), "name")
    columns = {"from": "starts", "to": "ends"}
    store.update("partners", id, **{columns.get(change.column, change.column): change.after for change in found})
    return found


# References to partners: table, column, and what the rows are called.
_USES: tuple[tuple[str, str, PluralForms], ...] = (
    ("activity_partners", "partner_id", NP_("{number} group or event", "{number} groups or events")),
    ("activities", "venue_id", NP_("{number} group or event held there", "{number} groups or events held there")),
    ("intakes", "referred_by", NP_("{number} enquiry", "{number} enquiries")),
    ("onward", "partner_id", NP_("{number} step onward", "{number} steps onward")),
)


def join_partners(store: Store, kept: int, other: int) -> list[Change]:
    """Unite all of `other` with `kept`, and return which values of either went. A kind or a day that only one has is kept, and the partnership lasts from
    the earlier start to the later end.
    """
    if kept == other:
        raise WrongInput(_("name: that is the same partner twice."), "name")
    rows = [store.row("SELECT kind, starts, ends, added FROM partners WHERE id = ?", id) for id in (kept, other)]
    one, two = (dict(row) for row in rows if row is not None)
    for table, column, _forms in _USES:
        store.move(table, column, other, kept)
    store.delete("partners", id=other)
    known = [each for each in (one, two) if each["added"]] or [one, two]
    united = {
        "kind": one["kind"] or two["kind"],
        "starts": None if any(each["starts"] is None for each in known) else min(each["starts"] for each in known),
        "ends": None if any(each["ends"] is None for each in known) else max(each["ends"] for each in known),
    }
    store.update("partners", kept, **united, added=max(one["added"], two["added"]))
    names = {"kind": "kind", "starts": "from", "ends": "to"}
    went = {column: tuple(sorted({one[column], two[column]} - {value, None})) for column, value in united.items()}
    return [Change(names[column], values, united[column]) for column, values in went.items() if values]


def remove_partner(store: Store, id: int, name: str) -> None:
    """Remove a partner that was entered by mistake. Raises `Refused` if anything names it."""
    rests = counts(*((store.value(f"SELECT count(*) FROM {table} WHERE {column} = ?", id), forms) for table, column, forms in _USES))
    refuse_to_remove(name, rests, "name")
    store.delete("partners", id=id)
