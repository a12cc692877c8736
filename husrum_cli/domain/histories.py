"""What else happens to people: they move on, leave, consent, turn out to have been entered twice."""

from __future__ import annotations

from ..codes import HEALTH
from ..errors import Refused, WrongInput
from ..locale import _, many
from ..store import Store
from .partners import partner_named
from .people import Person
from .rules import Rules, overlap


def onward(store: Store, rules: Rules, person: Person, to: str, day: str | None) -> int:
    """A step into another community: bridge-building."""
    rules.not_in_future(day, "date")
    return store.insert("onward", person_id=person.id, partner_id=partner_named(store, to), date=day)


def leave(store: Store, rules: Rules, person: Person, day: str | None, reason: str | None) -> int:
    """Someone is no longer here. It takes them off the waiting list and the lists of the day; what they took part in stays."""
    if store.value("SELECT 1 FROM leaving WHERE person_id = ? AND date IS ?", person.id, day):
        raise Refused(_("{person} left on {date} already.", person=person.shown, date=day or _("an unknown date")), "date")
    first = store.value("SELECT min(ifnull(enquired, '')) FROM intakes WHERE person_id = ?", person.id)
    if first and day and day < first:
        rules.broken(_("date: {date} is before {person} came, on {start}.", date=day, person=person.shown, start=first), "date")
    if rules.strict and store.value("SELECT 1 FROM matches WHERE person_id = ? AND ends IS NULL", person.id):
        rules.warn(_("{person} still has a Hjerteven; end it with: husrum match end {number}", person=person.shown, number=person.number))
    return store.insert("leaving", person_id=person.id, date=day, reason=reason)


def consent(store: Store, rules: Rules, person: Person, purpose: str, given: str | None, withdrawn: str | None) -> int:
    """A consent given, or one withdrawn: then the running one ends, and answers about health that rested on it are deleted."""
    if given and withdrawn and withdrawn < given:
        raise WrongInput(_("withdrawn: {withdrawn} is before it was given, on {given}.", withdrawn=withdrawn, given=given), "withdrawn")
    running = store.row("SELECT id, given FROM consents WHERE person_id = ? AND purpose = ? AND withdrawn IS NULL", person.id, purpose)
    if given is None and withdrawn is not None and running is not None:
        if running["given"] and withdrawn < running["given"]:
            raise Refused(
                _("withdrawn: {withdrawn} is before it was given, on {given}.", withdrawn=withdrawn, given=running["given"]), "withdrawn"
            )
        store.update("consents", running["id"], withdrawn=withdrawn)
        id = int(running["id"])
    else:
        id = store.insert("consents", person_id=person.id, purpose=purpose, given=given, withdrawn=withdrawn)
    if purpose == HEALTH_DATA and withdrawn is not None and (number := forget_health(store, person, withdrawn)):
        rules.warn(
            many(
                "{person}: {number} answer about health is deleted.",
                "{person}: {number} answers about health are deleted.",
                number,
                person=person.shown,
            )
        )
    return id


HEALTH_DATA = "health_data"


def forget_health(store: Store, person: Person, withdrawn: str) -> int:
    """Deletes the answers about health that rested on a consent withdrawn on a day: those told until then, also where closed years and undo keep them.

    How many there were. A later consent restores none of them.
    """
    from .figures.answer_definitions import AT_INTAKE
    from .figures.made_of import answers_key

    marks = ", ".join("?" * len(HEALTH))
    sql = f"""SELECT intake_id, question, count(*) AS number FROM answers JOIN intakes ON intakes.id = intake_id
        WHERE person_id = ? AND coalesce(held, enquired, '') <= ? AND question IN ({marks}) GROUP BY 1, 2"""
    number = 0
    for row in store.rows(sql, person.id, withdrawn, *HEALTH):
        store.delete("answers", intake_id=row["intake_id"], question=row["question"])
        number += row["number"]
    for key in (answers_key(question, basis) for question in sorted(HEALTH) for basis in ("", AT_INTAKE)):
        for row in store.rows(
            "SELECT id FROM closed_rows WHERE person_id = ? AND key = ? AND ifnull(date, '') <= ?", person.id, key, withdrawn
        ):
            store.delete("closed_rows", id=row["id"])
    kept = "SELECT 1 FROM former_rows WHERE name = 'answers' AND json_extract(key, '$[0]') IN (SELECT id FROM intakes WHERE person_id = ?)"
    if number or store.value(kept, person.id):
        store.forget_changes()
    return number


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
        *("former_numbers", "drafts"),
    )
    for table in of_the_person:
        store.move(table, "person_id", other.id, kept.id)
    for table in ("matches", "proposals"):
        store.move(table, "volunteer_id", other.id, kept.id)
    for table in ("attests", "leaving", "volunteers", "offers"):  # one of the same is enough
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
