"""Join two entries of the same person."""

from __future__ import annotations

from ...errors import Refused, WrongInput
from ...i18n import _
from ...store import Store
from ..rules import Rules, overlap
from .lookup import Person


def join(store: Store, rules: Rules, kept: Person, other: Person) -> None:
    """The same human was entered twice: everything about `other` becomes `kept`'s, and both numbers find them.

    Raises `Refused` where the two histories contradict each other.
    """
    if kept.id == other.id:
        raise WrongInput(_("person: that is the same number twice."), "person")
    if kept.branch_id != other.branch_id:
        raise Refused(_("person: they are in two branches; people are linked there when the files are merged."), "person")
    if kept.born and other.born and not (kept.born.startswith(other.born) or other.born.startswith(kept.born)):
        rules.broken(
            _(
                "person: {one} and {other} were born on different days; with --force they are joined all the same.",
                one=kept.shown,
                other=other.shown,
            ),
            "person",
        )
    if store.value("SELECT 1 FROM matches WHERE ? IN (person_id, volunteer_id) AND ? IN (person_id, volunteer_id)", kept.id, other.id):
        raise Refused(_("person: {one} and {other} are matched with each other.", one=kept.shown, other=other.shown), "person")
    _refuse_overlaps(store, kept, other)
    _join_intakes(store, kept, other)
    _join_presence(store, kept, other)
    for one, two in ((kept, other), (other, kept)):  # nobody is proposed to themselves
        store.delete("proposals", person_id=one.id, volunteer_id=two.id)
    of_the_person = (
        *("roles", "leaders", "enrolments", "waits", "consents", "onward", "contacts", "matches", "proposals"),
        *("former_names", "reminders", "volunteer_applications", "volunteer_hours", "quotes"),
        *("former_numbers", "drafts"),
    )
    for table in of_the_person:
        store.move(table, "person_id", other.id, kept.id)
    for table in ("matches", "proposals"):
        store.move(table, "volunteer_id", other.id, kept.id)
    for row in store.rows("SELECT id FROM goals WHERE person_id = ? ORDER BY number", other.id):  # numbered among the person's own
        number = store.value("SELECT ifnull(max(number), 0) + 1 FROM goals WHERE person_id = ?", kept.id)
        store.update("goals", row["id"], person_id=kept.id, number=number)
    for table in ("attests", "leaving", "volunteers", "offers", "measures"):  # one of the same is enough
        store.move(table, "person_id", other.id, kept.id)
    held = store.row("SELECT called, born, phone, email FROM people WHERE id = ?", kept.id)
    more = store.row("SELECT called, born, phone, email FROM people WHERE id = ?", other.id)
    assert held is not None and more is not None
    gained = {column: more[column] for column in ("called", "born", "phone", "email") if more[column] and not held[column]}
    if more["born"] and held["born"] and len(more["born"]) > len(held["born"]):
        gained["born"] = more["born"]
    store.delete("people", id=other.id)
    store.update("people", kept.id, **gained)
    store.insert("former_numbers", branch_id=other.branch_id, number=other.number, person_id=kept.id)


def _refuse_overlaps(store: Store, kept: Person, other: Person) -> None:
    """Two periods of the same kind would run at once."""
    for table, same, what in (
        ("roles", "role", _("the same role")),
        ("waits", "''", _("a place on the waiting list")),
        ("matches", "''", _("a Hjerteven")),
        ("enrolments", "activity_id", _("a place in the same group")),
        ("leaders", "activity_id", _("the lead of the same group")),
    ):
        rows = store.rows(f"SELECT person_id, {same} AS same, starts, ends FROM {table} WHERE person_id IN (?, ?)", kept.id, other.id)
        for one in rows:
            for two in rows:
                if (
                    one["person_id"] < two["person_id"]
                    and one["same"] == two["same"]
                    and overlap((one["starts"], one["ends"]), (two["starts"], two["ends"]))
                ):
                    raise Refused(
                        _(
                            "person: both {one} and {other} have {what} at the same time; end one first.",
                            one=kept.shown,
                            other=other.shown,
                            what=what,
                        ),
                        "person",
                    )


def _join_intakes(store: Store, kept: Person, other: Person) -> None:
    for row in store.rows("SELECT id, enquired, held, note, referred_by FROM intakes WHERE person_id = ?", other.id):
        twin = store.row("SELECT id, held, note, referred_by FROM intakes WHERE person_id = ? AND enquired IS ?", kept.id, row["enquired"])
        if twin is None:
            store.update("intakes", row["id"], person_id=kept.id)
            continue
        if twin["held"] and row["held"] and twin["held"] != row["held"]:
            raise Refused(
                _("person: both have an enquiry on {date}, with interviews on different days.", date=row["enquired"] or "?"), "person"
            )
        missing = {column: row[column] for column in ("held", "note", "referred_by") if twin[column] is None}
        store.update("intakes", twin["id"], **missing)
        answered = {each["question"] for each in store.rows("SELECT question FROM answers WHERE intake_id = ?", twin["id"])}
        for question in {each["question"] for each in store.rows("SELECT question FROM answers WHERE intake_id = ?", row["id"])} - answered:
            store.update_all("answers", {"intake_id": row["id"], "question": question}, intake_id=twin["id"])
        store.delete("intakes", id=row["id"])


def _join_presence(store: Store, kept: Person, other: Person) -> None:
    """Where both were at an occasion, being there beats having excused oneself."""
    there = {row["session_id"] for row in store.rows("SELECT session_id FROM attendance WHERE person_id = ?", other.id)}
    for row in store.rows("SELECT session_id FROM attendance WHERE person_id = ? AND part = 'excused'", kept.id):
        if row["session_id"] in there:
            store.delete("attendance", person_id=kept.id, session_id=row["session_id"])
    store.move("attendance", "person_id", other.id, kept.id)
    store.delete("attendance", person_id=other.id)
