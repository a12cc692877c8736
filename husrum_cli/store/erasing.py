"""Remove a person's name, or everything about them, from the rows and texts of a file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from ..input.text import fold
from ..vocabulary import NON_ANSWERS, RECRUITED_THROUGH
from .closed_rows import all_rows, change_rows, change_texts, forget_person
from .redaction import FREE_TEXT, TextFound, replace_in_texts, search_terms, texts_with, with_changed_strings
from .removed_people import ERASED, RemovedPerson
from .rows import Row
from .spellings import Traces
from .store import Store

_MARK = "[…]"
_AT_A_TIME = 1024 * 1024
# Age in whole years on the day of the interview, as in the figures.
_AGE = "(CAST(replace(held, '-', '') AS INTEGER) - CAST(replace(?, '-', '') AS INTEGER)) / 10000"


def anonymise_rows(store: Store, id: int) -> list[TextFound]:
    """Delete what identifies a person, and keep their other rows without a name. Return the other texts that named them.

    Call within a transaction whose former rows are not kept, as for `erase_rows`.
    """
    person = _person(store, id)
    traces, mark = search_terms(store, id).certain, f"#{person['number']}"
    words = {"recruited_through": _own_words(store, id)["recruited_through"]}
    for table, key, number in recruiting_words(store, id):
        store.update(table, number, key=key, recruited_through=_MARK)
    # Notes about them are deleted whole, so their texts needn't be searched.
    for table in ("intakes", "volunteers", "volunteer_applications", "contacts"):
        store.update_all(table, {"person_id": id}, note=None)
    for row in store.rows("SELECT id FROM matches WHERE ? IN (person_id, volunteer_id)", id):
        store.update_all("pair_meetings", {"match_id": row["id"]}, note=None)
    store.update_all("volunteer_hours", {"person_id": id}, what=None)
    store.delete("reminders", person_id=id)
    store.update_all("goals", {"person_id": id}, text=None)
    store.delete("quotes", person_id=id)
    _blur_measures(store, id)
    for table, column in (("waits", "wait_id"), ("offers", "offer_id")):
        for row in store.rows(f"SELECT id FROM {table} WHERE person_id = ?", id):
            store.delete("preferences", **{column: row["id"]})
    if person["born"] and len(person["born"]) > 4:
        store.connection.execute(
            f"INSERT INTO interview_ages SELECT id, {_AGE} FROM intakes WHERE person_id = ? AND held IS NOT NULL", (person["born"], id)
        )
    _forget_drafts(store, person, traces)
    for table in ("link_tags", "made_tags"):
        store.delete(table, person_id=id)
    store.update("people", id, name=None, called=None, phone=None, email=None, born=(person["born"] or "")[:4] or None)
    store.delete("former_names", person_id=id)
    return _redact_texts(store, traces, mark) + _forget_words(store, words)


def _blur_measures(store: Store, id: int) -> None:
    """Move somebody's measurements to whole weeks after their first score, each within its year: the scores stay, and count as before."""
    rows = store.rows("SELECT id, instrument, date, items FROM measures WHERE person_id = ? ORDER BY instrument, date", id)
    origins: dict[str, str] = {}
    for row in rows:
        if row["items"] and all(row["items"].split(",")):
            origins.setdefault(row["instrument"], row["date"])
    taken: dict[str, date] = {}
    for row in rows:
        day, origin = date.fromisoformat(row["date"]), date.fromisoformat(origins.setdefault(row["instrument"], row["date"]))
        moved = origin + timedelta(days=(day - origin).days // 7 * 7)
        if moved.year < day.year:
            moved += timedelta(days=7)
        if (before := taken.get(row["instrument"])) is not None and moved <= before:
            moved = before + timedelta(days=7)
        taken[row["instrument"]] = moved
        if moved != day:
            store.update("measures", row["id"], date=moved.isoformat())


def erase_rows(store: Store, id: int) -> list[TextFound]:
    """Delete every row about a person, and the referrers and onward places that they alone named. Return the other texts that named them."""
    person, traces = _person(store, id), search_terms(store, id).certain
    numbers = _numbers(store, person)
    words = _own_words(store, id)
    for number in numbers:
        forget_person(store, person["branch"], number)
    named = store.rows("SELECT referred_by FROM intakes WHERE person_id = ?1 UNION SELECT partner_id FROM onward WHERE person_id = ?1", id)
    _forget_drafts(store, person, traces)
    store.delete("people", id=id)
    for (partner,) in named:
        if store.value(f"SELECT 1 FROM partners WHERE id = ? AND NOT {_KNOWN_OTHERWISE}", partner):
            store.delete("partners", id=partner)
    return _redact_texts(store, traces, _MARK) + _forget_words(store, words)


def _forget_drafts(store: Store, person: dict[str, Any], traces: Traces) -> None:
    """Delete the drafts about a person: also those of a new enquiry that say who it is by number or by name."""
    for row in store.rows("SELECT id, person_id, answers FROM drafts"):
        texts = json.loads(row["answers"])
        who = [str(texts.get(name) or "").strip() for name in ("person", "name")]
        named = who[0] == str(person["number"]) or any(text and not traces.replace_in(text, "").strip() for text in who)
        if row["person_id"] == person["id"] or named:
            store.delete("drafts", id=row["id"])


# Partners that somebody entered as such, or that something else than people names. And those that people name.
_PUBLIC = """(added OR EXISTS (SELECT 1 FROM activities WHERE venue_id = partners.id)
    OR EXISTS (SELECT 1 FROM activity_partners WHERE partner_id = partners.id))"""
_KNOWN_OTHERWISE = f"""({_PUBLIC} OR EXISTS (SELECT 1 FROM intakes WHERE referred_by = partners.id)
    OR EXISTS (SELECT 1 FROM onward WHERE partner_id = partners.id))"""
# What people say in words of their own: the distribution that counts it, whether this person says it, and the words.
_SAID = f"""SELECT 'recruited_through', person_id = ?1, recruited_through FROM volunteers
    UNION ALL SELECT 'recruited_through', person_id = ?1, recruited_through FROM volunteer_applications
    UNION ALL SELECT 'referred_by', person_id = ?1, name FROM intakes JOIN partners ON partners.id = referred_by
    UNION ALL SELECT key, 0, name FROM partners JOIN (SELECT 'referred_by' AS key UNION ALL SELECT 'recruited_through') WHERE {_PUBLIC}"""
_IN_OWN_WORDS = ("recruited_through", "referred_by")


def recruiting_words(store: Store, id: int) -> list[tuple[str, str, int]]:
    """Return the rows, as (table, key column, key), in which a person said in words of their own how they were recruited.

    Words that somebody else said too, and the names of partners, are left out, unless a part of the person's name is in them.
    """
    them, alone = search_terms(store, id), _own_words(store, id)["recruited_through"]
    return [
        (table, key, row[key])
        for table, key in (("volunteers", "person_id"), ("volunteer_applications", "id"))
        for row in store.rows(f"SELECT {key}, recruited_through FROM {table} WHERE person_id = ? AND recruited_through IS NOT NULL", id)
        if row["recruited_through"] not in (*RECRUITED_THROUGH, *NON_ANSWERS, _MARK)
        and (fold(row["recruited_through"]) in alone or them.may_match(row["recruited_through"]))
    ]


def _own_words(store: Store, id: int) -> dict[str, set[str]]:
    """Return the texts that a person alone said, now or when a year was closed, folded, by the distributions that count them. No codes."""
    person = _person(store, id)
    branch, numbers = person["branch"], _numbers(store, person)
    said = [tuple(row) for row in store.rows(_SAID, id)]
    for row in all_rows(store):
        for key in {*row.keys.split()} & {*_IN_OWN_WORDS}:
            own = row.branch == branch and {*row.people} <= {*numbers}
            said.append((key, own, row.what))
    texts = {(key, bool(own), fold(text)) for key, own, text in said if text and text not in (*RECRUITED_THROUGH, *NON_ANSWERS)}
    return {key: {text for kind, own, text in texts if kind == key and own and (key, False, text) not in texts} for key in _IN_OWN_WORDS}


def _forget_words(store: Store, words: dict[str, set[str]]) -> list[TextFound]:
    """Put a mark in the place of these words in closed years, whose numbers stay. Return the years whose figures have them."""
    changed: list[TextFound] = []
    if any(words.values()):
        change_rows(
            store, lambda row: row._replace(what=_MARK) if any(fold(row.what) in words.get(key, ()) for key in row.keys.split()) else row
        )
    for row in store.rows("SELECT id, year, figures FROM closed_years WHERE json_valid(figures)") if any(words.values()) else ():
        frozen = json.loads(row["figures"])
        changed += _change_figures(store, row, json.dumps(_without_words(frozen, words), ensure_ascii=False, separators=(",", ":")))
    return changed


def _change_figures(store: Store, row: Row, figures: str) -> list[TextFound]:
    """Write the figures of a closed year anew, and their hash, if they differ. Return the year."""
    if figures == row["figures"]:
        return []
    store.update("closed_years", row["id"], figures=figures, hash=hashlib.sha256(figures.encode()).hexdigest())
    return [TextFound("closed_years", str(row["year"]))]


def _without_words(frozen: Any, words: dict[str, set[str]]) -> Any:
    if not isinstance(frozen, dict):
        return frozen
    found = {name: _without_words(each, words) for name, each in frozen.items()}
    for key, own in words.items():
        if isinstance(numbers := found.get(key), dict):
            kept = {text: number for text, number in numbers.items() if fold(text) not in own}
            gone = [number for text, number in numbers.items() if text not in kept]
            found[key] = {**kept, _MARK: kept.get(_MARK, 0) + sum(gone)} if gone else numbers
    return found


def texts_with_name(store: Store, id: int) -> list[TextFound]:
    """Return the texts that contain the name, phone or e-mail, whatever they are about."""
    return texts_with(store, search_terms(store, id).certain)


def has_bytes_of(store: Store, texts: Iterable[str]) -> bool:
    """Whether the bytes of a plain file contain any of these texts although no row does, as part of another name or word."""
    wanted = [text.encode() for text in texts if not _in_any_row(store, text)]
    if not wanted or store.key is not None:
        return False
    longest = max(map(len, wanted))
    with store.path.open("rb") as file:
        before = b""
        while block := file.read(_AT_A_TIME):
            if any(text in before + block for text in wanted):
                return True
            before = block[-longest:]
    return False


def _in_any_row(store: Store, text: str) -> bool:
    columns = {**FREE_TEXT, "people": ("name", "email"), "closed_years": ("reopened_why", "figures")}
    return any(
        store.value(f"SELECT 1 FROM {table} WHERE instr({column}, ?) LIMIT 1", text)
        for table, several in columns.items()
        for column in several
    )


def list_removed(store: Store, removed: Iterable[RemovedPerson]) -> None:
    """List in the file who must not come back, as far as their branch is in it."""
    branches = {row["uid"]: row["id"] for row in store.rows("SELECT id, uid FROM branches")}
    for each in removed:
        if each.branch_uid in branches:
            store.delete("removed_people", branch_id=branches[each.branch_uid], number=each.number)
            values = {name: value for name, value in each._asdict().items() if name != "branch_uid"}
            store.insert("removed_people", branch_id=branches[each.branch_uid], **values)


def remove_again(store: Store, removed: Iterable[RemovedPerson]) -> int:
    """Anonymise and erase in an older copy those who were removed since. Return how many it held. Call within a transaction."""
    removed = list(removed)
    number = 0
    for each in removed:
        found = store.row(
            """SELECT people.id, people.name, called, born, phone, email FROM people JOIN branches ON branches.id = branch_id
            WHERE branches.uid = ? AND CASE WHEN ?2 IS NULL THEN number = ?3 ELSE people.uid = ?2 END""",
            *(each.branch_uid, each.person_uid, each.number),
        )
        if found is None:
            continue
        if each.how == ERASED:
            erase_rows(store, found["id"])
        elif any(found[column] for column in ("name", "called", "phone", "email")) or len(found["born"] or "") > 4:
            anonymise_rows(store, found["id"])
        else:
            continue
        number += 1
    list_removed(store, removed)
    return number


def _numbers(store: Store, person: dict[str, Any]) -> list[int]:
    """Return the number of a person, and those they had before they were joined with another entry."""
    former = store.rows("SELECT number FROM former_numbers WHERE person_id = ?", person["id"])
    return [person["number"], *(row["number"] for row in former)]


def _person(store: Store, id: int) -> dict[str, Any]:
    sql = "SELECT people.*, branches.uid AS branch FROM people JOIN branches ON branches.id = branch_id WHERE people.id = ?"
    row = store.row(sql, id)
    assert row is not None, "the caller found the person"
    return dict(row)


def _redact_texts(store: Store, traces: Traces, mark: str) -> list[TextFound]:
    """Replace the names, phone and e-mail in all texts by a mark. Return the texts that changed."""
    if not any(traces):
        return []
    changed: list[TextFound] = []
    for row in store.rows("SELECT id, year, figures FROM closed_years"):
        # The numbers stay as they were closed.
        changed += _change_figures(store, row, with_changed_strings(row["figures"], lambda text: traces.replace_in(text, mark)))
    changed += [TextFound("closed_rows", "")] * change_texts(store, lambda text: traces.replace_in(text, mark))
    return changed + replace_in_texts(store, traces, mark)
