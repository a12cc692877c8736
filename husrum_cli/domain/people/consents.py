"""Consents, given and withdrawn. Withdrawing the consent to health data deletes the answers about health."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ...errors import Refused, WrongInput
from ...i18n import _, many
from ...input.dates import today
from ...store import Store
from ...store.integrity import refuse_foreign_objects
from ...vocabulary import HEALTH, NON_ANSWERS
from ..rules import Rules
from .lookup import Person

if TYPE_CHECKING:
    from ...store.removed_people import Withdrawal

HEALTH_DATA = "health_data"
QUOTES_CONSENT = "quotes_photos"
_QUESTIONS = ", ".join(f"'{question}'" for question in sorted(HEALTH))
_NO_ANSWER = ", ".join(f"'{code}'" for code in NON_ANSWERS)
# Answers about health without a consent that is valid on the day :today, also those to an instrument: a row for each, from when it is, and when a consent
# was withdrawn the last time.
UNCONSENTED = f"""SELECT people.id AS person_id, health_answers.date,
        (SELECT max(withdrawn) FROM consents WHERE person_id = people.id AND purpose = '{HEALTH_DATA}') AS withdrawn
    FROM people JOIN (
        SELECT person_id, coalesce(held, enquired) AS date FROM intakes JOIN answers ON intake_id = intakes.id
            WHERE question IN ({_QUESTIONS}) AND answer NOT IN ({_NO_ANSWER})
        UNION ALL SELECT person_id, date FROM measures WHERE items IS NOT NULL
    ) AS health_answers ON health_answers.person_id = people.id
    WHERE name IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM consents WHERE person_id = people.id AND purpose = '{HEALTH_DATA}' AND ifnull(given, '') <= :today AND withdrawn IS NULL)"""
# Answers about health of a person (uid) that were given until a day.
_ANSWERS_UNTIL = f"""FROM answers JOIN intakes ON intakes.id = intake_id JOIN people ON people.id = person_id
    WHERE people.uid = ? AND coalesce(held, enquired, '') <= ? AND question IN ({_QUESTIONS})"""


def add_consent(store: Store, rules: Rules, person: Person, purpose: str, given: str | None, withdrawn: str | None) -> int:
    """Record that a consent was given or withdrawn, and return its id. Withdrawing ends the current one; answers that rested on it are deleted.

    Raises `Refused` if it was given on that day already, or if other programs' tables may keep what is deleted. One that was withdrawn already is withdrawn once more, for what was answered since.
    """
    if given and withdrawn and withdrawn < given:
        raise WrongInput(_("withdrawn: {withdrawn} is before it was given, on {given}.", withdrawn=withdrawn, given=given), "withdrawn")
    sql = "SELECT id, given FROM consents WHERE person_id = ? AND purpose = ? AND withdrawn IS NULL ORDER BY ifnull(given, ''), id"
    running = store.rows(sql, person.id, purpose)
    if given is None and withdrawn is not None and running:
        first = running[0]
        if first["given"] and withdrawn < first["given"]:
            raise Refused(
                _("withdrawn: {withdrawn} is before it was given, on {given}.", withdrawn=withdrawn, given=first["given"]), "withdrawn"
            )
        for row in running:  # one that was given again is withdrawn with the others, unless it was given afterwards
            if (row["given"] or "") <= withdrawn:
                store.update("consents", row["id"], withdrawn=withdrawn)
        id = int(first["id"])
    else:
        if rules.strict and withdrawn is None and running:
            since = running[-1]["given"] or _("an unknown date")
            if any(row["given"] == given for row in running):
                raise Refused(_("{person} gave that consent on {date} already.", person=person.display_name, date=given or since), "given")
            rules.warn(_("{person} gave that consent on {date} already.", person=person.display_name, date=since))
        if rules.strict and given is None and withdrawn is not None:
            rules.warn(_("{person} had not given that consent; that it was withdrawn is kept.", person=person.display_name))
        sql = "SELECT id FROM consents WHERE person_id = ? AND purpose = ? AND given IS ? AND withdrawn = ?"
        same = store.value(sql, person.id, purpose, given, withdrawn) if rules.strict and withdrawn else None
        id = same or store.insert("consents", person_id=person.id, purpose=purpose, given=given, withdrawn=withdrawn)
    if withdrawn is not None and store.value("SELECT withdrawn FROM consents WHERE id = ?", id) != withdrawn:
        refuse_foreign_objects(store)  # a trigger kept it from being written
    if withdrawn is not None:
        delete_what_rested_on(store, rules, person, purpose, withdrawn)
    return id


def delete_what_rested_on(store: Store, rules: Rules, person: Person, purpose: str, withdrawn: str) -> None:
    """Delete the quotes or the answers about health that somebody gave until the day they withdrew their consent, and say how many.

    Raises `Refused` if other programs' tables may keep them.
    """
    if purpose == QUOTES_CONSENT and (number := forget_quotes(store, person.id, withdrawn)):
        refuse_foreign_objects(store)
        rules.warn(
            many("{person}: {number} quote is deleted.", "{person}: {number} quotes are deleted.", number, person=person.display_name)
        )
    if purpose == HEALTH_DATA:
        if number := forget_health(store, person.id, withdrawn):
            refuse_foreign_objects(store)
            rules.warn(
                many(
                    "{person}: {number} answer about health is deleted.",
                    "{person}: {number} answers about health are deleted.",
                    number,
                    person=person.display_name,
                )
            )
            _warn_of_copies(store, rules, person, withdrawn)
        _warn_of_later_answers(store, rules, person, withdrawn)


def _warn_of_later_answers(store: Store, rules: Rules, person: Person, withdrawn: str) -> None:
    """Say how many answers about health were given later, and rest on no consent any more."""
    sql = f"SELECT count(*) FROM ({UNCONSENTED}) WHERE person_id = :person"
    (number,) = store.connection.execute(sql, {"today": today(), "person": person.id}).fetchone()
    if rules.strict and number:
        rules.warn(
            many(
                "{person}: {number} answer about health was given after {date} and stays; without a consent it must go too: {command}",
                "{person}: {number} answers about health were given after {date} and stay; without a consent they must go too: {command}",
                number,
                person=person.display_name,
                date=withdrawn,
                command=f"husrum person consent {person.number} {HEALTH_DATA} --withdrawn {today()}",
            )
        )


def _warn_of_copies(store: Store, rules: Rules, person: Person, withdrawn: str) -> None:
    """Name the other files around this one that still hold the answers."""
    from ...store.backup import copies_where, folders_around

    uid = store.value("SELECT uid FROM people WHERE id = ?", person.id)
    for path in copies_where(store, folders_around(store.path), f"SELECT 1 {_ANSWERS_UNTIL}", uid, withdrawn):
        rules.warn(_("{path} still holds the answers; delete it when it is not needed any more.", path=path))


def reapply_withdrawals(store: Store, withdrawals: list[Withdrawal]) -> int:
    """Apply to an older copy the consents that were withdrawn since. Return how many were new to it. Call within a transaction."""
    number = 0
    for each in withdrawals:
        person = store.value("SELECT id FROM people WHERE uid = ?", each.person_uid)
        found = (
            None
            if person is None
            else store.row(
                "SELECT id, withdrawn FROM consents WHERE person_id = ? AND purpose = ? AND given IS ? ORDER BY withdrawn IS NOT ? LIMIT 1",
                *(person, each.purpose, each.given, each.withdrawn),
            )
        )
        if person is None or (found is not None and found["withdrawn"] == each.withdrawn):
            continue
        if found is not None and found["withdrawn"] is None:
            store.update("consents", found["id"], withdrawn=each.withdrawn)
        else:
            store.insert("consents", person_id=person, purpose=each.purpose, given=each.given, withdrawn=each.withdrawn)
        if each.purpose == HEALTH_DATA:
            forget_health(store, person, each.withdrawn)
        if each.purpose == QUOTES_CONSENT:
            forget_quotes(store, person, each.withdrawn)
        number += 1
    return number


def valid_consent(store: Store, person_id: int, purpose: str, day: str) -> bool:
    """Return whether somebody's consent to a purpose is valid on a day; the day it was withdrawn is not."""
    sql = """SELECT 1 FROM consents WHERE person_id = ?1 AND purpose = ?2 AND ifnull(given, '') <= ?3 AND (withdrawn IS NULL OR withdrawn > ?3)
        AND NOT (given IS NULL AND withdrawn IS NOT NULL)"""
    return store.value(sql, person_id, purpose, day) is not None


def withdrawn_until(store: Store, person_id: int, purpose: str) -> str | None:
    """Return the last day on which somebody withdrew a consent."""
    day: str | None = store.value("SELECT max(withdrawn) FROM consents WHERE person_id = ? AND purpose = ?", person_id, purpose)
    return day


class OthersWithdrawal(NamedTuple):
    """A consent that one entry of a person withdrew, last on `day`, and what that means for the other one.

    `gives`: the other one gives it since before; else it has answers about health from before. `gave`: when the withdrawn consent was given, if the other
    one gives it again since a later day: without it, the withdrawal would be of that.
    """

    purpose: str
    day: str
    gives: bool
    gave: str | None


def withdrawn_by_the_other(store: Store, one: Person, other: Person) -> OthersWithdrawal | None:
    """Return a consent that `other` withdrew, if `one` still gives it, or has answers about health of before."""
    for row in store.rows(
        "SELECT purpose, max(withdrawn) AS day, given FROM consents WHERE person_id = ? AND withdrawn IS NOT NULL GROUP BY 1", other.id
    ):
        gives = """SELECT 1 FROM consents WHERE person_id = ? AND purpose = ? AND withdrawn IS NULL AND ifnull(given, '') <= ?"""
        later = "SELECT 1 FROM consents WHERE person_id = ? AND purpose = ? AND withdrawn IS NULL AND given > ?"
        purpose, day = row["purpose"], row["day"]
        answered = f"""SELECT 1 FROM (SELECT 1 {_ANSWERS_UNTIL}) UNION ALL SELECT 1 FROM measures JOIN people ON people.id = person_id
            WHERE people.uid = ?1 AND date <= ?2 AND items IS NOT NULL"""
        uid = store.value("SELECT uid FROM people WHERE id = ?", one.id)
        if store.value(gives, one.id, purpose, day):
            return OthersWithdrawal(purpose, day, True, None)
        if purpose == HEALTH_DATA and store.value(answered, uid, day):
            return OthersWithdrawal(purpose, day, False, (row["given"] or day) if store.value(later, one.id, purpose, day) else None)
    return None


def forget_quotes(store: Store, person_id: int, withdrawn: str) -> int:
    """Delete the quotes of a person that were given until a day, all of them if no other consent is left, also those in former rows. Return their number."""
    last = withdrawn if valid_consent(store, person_id, QUOTES_CONSENT, "9999-12-31") else "9999-12-31"
    rows = store.rows("SELECT id FROM quotes WHERE person_id = ? AND ifnull(date, '') <= ?", person_id, last)
    for row in rows:
        store.delete("quotes", id=row["id"])
    kept = "SELECT 1 FROM former_rows WHERE name = 'quotes' AND json_extract(row, '$.person_id') = ?"
    if rows or store.value(kept, person_id):
        store.forget_changes()
    return len(rows)


def forget_health(store: Store, person_id: int, withdrawn: str) -> int:
    """Delete a person's answers about health that were given until a day: also measurements, drafts, closed years and former rows.

    Return the number of answers. A later consent restores nothing.
    """
    import json

    from ...store.closed_rows import forget_person
    from ..figures.frozen_rows import answers_key
    from ..figures.share_registry import AT_INTAKE
    from .drafts import MEASURE_COMMANDS

    person = store.row(
        "SELECT people.uid, number, branches.uid AS branch FROM people JOIN branches ON branches.id = branch_id WHERE people.id = ?",
        person_id,
    )
    assert person is not None, "the caller found the person"
    number = 0
    for row in store.rows(f"SELECT intake_id, question, count(*) AS number {_ANSWERS_UNTIL} GROUP BY 1, 2", person["uid"], withdrawn):
        store.delete("answers", intake_id=row["intake_id"], question=row["question"])
        number += row["number"]
    for row in store.rows("SELECT id FROM measures WHERE person_id = ? AND date <= ? AND items IS NOT NULL", person_id, withdrawn):
        store.delete("measures", id=row["id"])
        number += 1
    about_health = {answers_key(question, basis) for question in HEALTH for basis in ("", AT_INTAKE)}
    forget_person(store, person["branch"], person["number"], lambda row: row.date <= withdrawn and about_health >= {*row.keys.split()})
    kept = """SELECT 1 FROM former_rows WHERE name = 'answers' AND json_extract(key, '$[0]') IN (SELECT id FROM intakes WHERE person_id = ?1)
        OR name = 'measures' AND json_extract(row, '$.person_id') = ?1"""
    number_of = "(SELECT CAST(number AS TEXT) FROM people WHERE id = ?1)"  # a new enquiry of somebody known says who it is by number
    drafts = f"SELECT id, command, answers FROM drafts WHERE person_id = ?1 OR (person_id IS NULL AND trim(json_extract(answers, '$.person')) = {number_of})"
    for row in store.rows(drafts, person_id):
        texts = json.loads(row["answers"])
        if row["command"] in MEASURE_COMMANDS.values():
            store.delete("drafts", id=row["id"])
            number += 1  # as a measurement that was saved
            continue
        left = {name: text for name, text in texts.items() if name not in HEALTH}
        if left != texts:
            store.update("drafts", row["id"], answers=json.dumps(left, ensure_ascii=False))
            number += sum(bool(text) for name, text in texts.items() if name in HEALTH)
    if number or store.value(kept, person_id):
        store.forget_changes()
    return number
