"""Consents, given and withdrawn. A withdrawn consent to health data takes the answers with it."""

from __future__ import annotations

from ...errors import Refused, WrongInput
from ...i18n import _, many
from ...store import Store
from ...vocabulary import HEALTH
from ..rules import Rules
from .lookup import Person


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
    from ...store.closed_rows import forget_person
    from ..figures.frozen_rows import answers_key
    from ..figures.share_registry import AT_INTAKE

    marks = ", ".join("?" * len(HEALTH))
    sql = f"""SELECT intake_id, question, count(*) AS number FROM answers JOIN intakes ON intakes.id = intake_id
        WHERE person_id = ? AND coalesce(held, enquired, '') <= ? AND question IN ({marks}) GROUP BY 1, 2"""
    number = 0
    for row in store.rows(sql, person.id, withdrawn, *HEALTH):
        store.delete("answers", intake_id=row["intake_id"], question=row["question"])
        number += row["number"]
    about_health = {answers_key(question, basis) for question in HEALTH for basis in ("", AT_INTAKE)}
    branch = str(store.value("SELECT uid FROM branches WHERE id = ?", person.branch_id))
    forget_person(store, branch, person.number, lambda row: row.date <= withdrawn and about_health >= {*row.keys.split()})
    kept = "SELECT 1 FROM former_rows WHERE name = 'answers' AND json_extract(key, '$[0]') IN (SELECT id FROM intakes WHERE person_id = ?)"
    if number or store.value(kept, person.id):
        store.forget_changes()
    return number
