"""Rows about Hjerteven (waiting, offers, matches, contacts) and what is around it (partners, grants, figures)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator

from ..domain.befriending import matches
from ..domain.money import grants
from ..domain.people import partners
from ..input.text import fold
from .columns import PREFERENCES, Values
from .context import Book
from .rowtype import Held, Kind


def preferences(values: Values) -> matches.Preferences:
    """What a row says of wishes, must-haves and oneself."""
    said = {name: values[name] for name in PREFERENCES if values.get(name)}
    return {name: (value,) if isinstance(value, str) else value for name, value in said.items()}


def _held_preferences(book: Book, side: str) -> dict[int, Values]:
    found: dict[int, Values] = {}
    for id, kind, value in book.store.connection.execute(
        f"SELECT {side}, kind, value FROM preferences WHERE {side} IS NOT NULL ORDER BY id"
    ):
        own = found.setdefault(id, {})
        own[kind] = value if kind == "wants_age" else (*own.get(kind, ()), value)
    return found


def _add_wait(book: Book, values: Values) -> int:
    matches.wait(
        book.store, book.rules, values["person"], values.get("since"), preferences(values), values.get("until"), values.get("reason")
    )
    return int(book.store.value("SELECT max(id) FROM waits"))


def _amend_wait(book: Book, held: Held, changes: Values) -> None:
    columns = {"until": "ends", "reason": "reason"}
    book.store.update("waits", held.id, **{columns[name]: value for name, value in changes.items() if name in columns})
    matches.keep_preferences(book.store, "wait_id", held.id, preferences(changes))


def _held_waits(book: Book) -> Iterator[Held]:
    wishes = _held_preferences(book, "wait_id")
    for row in book.store.rows("SELECT id, person_id, starts, ends, reason FROM waits ORDER BY id"):
        own = {"person": book.people.by_id[row["person_id"]], "since": row["starts"], "until": row["ends"], "reason": row["reason"]}
        yield Held(row["id"], {**own, **wishes.get(row["id"], {})})


def _add_offer(book: Book, values: Values) -> int:
    matches.offer(book.store, book.rules, values["volunteer"], values.get("capacity"), values.get("from"), preferences(values))
    return int(book.store.value("SELECT id FROM offers WHERE person_id = ?", values["volunteer"].id))


def _amend_offer(book: Book, held: Held, changes: Values) -> None:
    matches.offer(book.store, book.rules, held.values["volunteer"], changes.get("capacity"), changes.get("from"), preferences(changes))


def _held_offers(book: Book) -> Iterator[Held]:
    wishes = _held_preferences(book, "offer_id")
    for row in book.store.rows("SELECT id, person_id, capacity, starts FROM offers ORDER BY id"):
        own = {"volunteer": book.people.by_id[row["person_id"]], "capacity": row["capacity"], "from": row["starts"]}
        yield Held(row["id"], {**own, **wishes.get(row["id"], {})})


def _add_match(book: Book, values: Values) -> int:
    matches.start_match(
        book.store, book.rules, values["person"], values["volunteer"], values.get("date"), values.get("ended"), values.get("reason")
    )
    return int(book.store.value("SELECT last_insert_rowid()"))


def _amend_match(book: Book, held: Held, changes: Values) -> None:
    columns = {"ended": "ends", "reason": "reason"}
    book.store.update("matches", held.id, **{columns[name]: value for name, value in changes.items()})


def _held_matches(book: Book) -> Iterator[Held]:
    for row in book.store.rows("SELECT id, person_id, volunteer_id, starts, ends, reason FROM matches ORDER BY id"):
        who = {"person": book.people.by_id[row["person_id"]], "volunteer": book.people.by_id[row["volunteer_id"]]}
        yield Held(row["id"], {**who, "date": row["starts"], "ended": row["ends"], "reason": row["reason"]})


def _contact_key(book: Book, values: Values) -> Hashable:
    person, group = values.get("person"), values.get("group")
    return ("person", person.id, values.get("date")) if person else ("group", group.id if group else None, values.get("date"))


def _add_contact(book: Book, values: Values) -> int:
    from ..domain.activities.groups import group_contact
    from ..errors import WrongInput
    from ..i18n import _

    if ("person" in values) == ("group" in values):
        raise WrongInput(_("person: a contact is with a person or with a group."), "person")
    if "group" in values:
        group_contact(book.store, book.rules, values["group"], values.get("date"), values.get("note"))
    else:
        matches.contact(book.store, book.rules, values["person"], values.get("date"), values.get("note"))
    return int(book.store.value("SELECT last_insert_rowid()"))


def _amend_contact(book: Book, held: Held, changes: Values) -> None:
    book.store.update("contacts", held.id, note=changes["note"])


def _held_contacts(book: Book) -> Iterator[Held]:
    from .activities import activities

    groups = activities(book, "G")
    for row in book.store.rows("SELECT id, person_id, activity_id, date, note FROM contacts ORDER BY id"):
        who = {"person": book.people.by_id[row["person_id"]]} if row["person_id"] else {"group": groups[row["activity_id"]]}
        yield Held(row["id"], {**who, "date": row["date"], "note": row["note"]})


def _add_partner(book: Book, values: Values) -> int:
    partners.add_partner(book.store, values["name"], values.get("kind"), values.get("from"), values.get("to"))
    return partners.partner_known(book.store, values["name"]) or 0


def _amend_partner(book: Book, held: Held, changes: Values) -> None:
    columns = {"kind": "kind", "from": "starts", "to": "ends"}
    book.store.update("partners", held.id, **{columns[name]: value for name, value in changes.items()})


def _held_partners(book: Book) -> Iterator[Held]:
    # Venues, referrers and onward places that were made at first use are rows of what they were named in.
    for row in book.store.rows("SELECT id, name, kind, starts, ends FROM partners WHERE added ORDER BY id"):
        yield Held(row["id"], {"name": row["name"], "kind": row["kind"], "from": row["starts"], "to": row["ends"]})


def _add_grant(book: Book, values: Values) -> int:
    period = values.get("from"), values.get("to")
    return grants.add_grant(book.store, values["funder"], values.get("agreement"), values["per_year"], values.get("offer", ()), *period)


def _amend_grant(book: Book, held: Held, changes: Values) -> None:
    if "to" in changes:
        book.store.update("grants", held.id, ends=changes["to"])
    grants.set_offers(book.store, held.id, changes.get("offer", ()))


def _held_grants(book: Book) -> Iterator[Held]:
    offers: dict[int, list[str]] = {}
    for row in book.store.rows("SELECT grant_id, offer FROM grant_offers ORDER BY grant_id, offer"):
        offers.setdefault(row["grant_id"], []).append(row["offer"])
    for row in book.store.rows("SELECT id, funder, agreement, per_year, starts, ends FROM grants ORDER BY id"):
        columns = {column: row[column] for column in ("funder", "agreement", "per_year")}
        yield Held(row["id"], {**columns, "offer": offers.get(row["id"], []), "from": row["starts"], "to": row["ends"]})


def _add_figure(book: Book, values: Values) -> int:
    from ..domain.figures.reported import set_figure  # it knows every figure there is

    return set_figure(
        book.store, book.rules, book.store.home, values["year"], values["key"], values["value"], values.get("source"), values.get("date")
    )


def _amend_figure(book: Book, held: Held, changes: Values) -> None:
    book.store.update("reported_figures", held.id, **changes)


def _held_figures(book: Book) -> Iterator[Held]:
    for row in book.store.rows(
        "SELECT id, year, key, value, source, date FROM reported_figures WHERE branch_id = ? ORDER BY year, key", book.store.home
    ):
        yield Held(row["id"], {column: row[column] for column in ("year", "key", "value", "source", "date")})


KINDS = (
    Kind(
        "matches",
        lambda book, values: (values["person"].id, values["volunteer"].id, values.get("date")),
        _add_match,
        _amend_match,
        _held_matches,
    ),
    Kind("waiting", lambda book, values: (values["person"].id, values.get("since")), _add_wait, _amend_wait, _held_waits),
    Kind("offers", lambda book, values: values["volunteer"].id, _add_offer, _amend_offer, _held_offers),
    Kind("contacts", _contact_key, _add_contact, _amend_contact, _held_contacts),
    Kind("partners", lambda book, values: fold(values["name"] or ""), _add_partner, _amend_partner, _held_partners),
    Kind(
        "grants",
        lambda book, values: (fold(values["funder"] or ""), values.get("agreement"), values.get("from")),
        _add_grant,
        _amend_grant,
        _held_grants,
    ),
    Kind("figures", lambda book, values: (values["year"], values["key"]), _add_figure, _amend_figure, _held_figures),
)
