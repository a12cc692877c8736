"""One human in two cities: the tags that tell it without a name, the key they are made with, and who is one human by tags and decisions.

The tags of all cities must agree, whatever version of the program made them. So a change of what stands here about spellings is a new `_RULES`, and the tests
hold the tags of some people fast.
"""

from __future__ import annotations

import hmac
import re
import secrets
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from ...errors import UnusableFile
from ...i18n import _
from ...input.text import name_words, phone_key
from ...store import Store
from ...store.keys import secret_lines, write_secret
from ...store.union.travelling_rows import WITHDRAWN

_KEY_LENGTH = 32
_RULES = "husrum link tag 1"
# 128 bits of HMAC-SHA256: no two people of a country share one by chance.
_TAG_LENGTH = 32
_FINGERPRINT = b"husrum link key fingerprint 1"
# Nobody was in more cities than this. A tag that more people share is a placeholder, and comparing them all would take for ever.
MOST_ALIKE = 256

# The key -----------------------------------------------------------------------------------------------------------------------------


def new_key(path: Path) -> str:
    """Makes a new key in a new file that only its owner can read, and gives its fingerprint.

    The file is text: remarks, and one line of 64 hexadecimal digits.
    """
    key = secrets.token_bytes(_KEY_LENGTH)
    remarks = (
        "# husrum link key: the same in every city, and known to nobody else. Never send it by mail or with a file that is handed over."
    )
    write_secret(path, f"{remarks}\n# fingerprint: {fingerprint(key)}\n{key.hex()}\n".encode())
    return fingerprint(key)


def read_key(path: Path) -> bytes:
    """The key in a file: 32 bytes. Raises `UnusableFile` where there is none, or where others can read the file."""
    lines = secret_lines(path)
    if len(lines) != 1 or not re.fullmatch("[0-9a-fA-F]{64}", lines[0]):
        raise UnusableFile(
            _("{path} holds no link key (one line of 64 digits and letters a-f); make one with: husrum link new-key FILE", path=path)
        )
    key = bytes.fromhex(lines[0])
    if not any(key):
        raise UnusableFile(_("{path} holds only zeros, which is no key; make one with: husrum link new-key FILE", path=path))
    return key


def fingerprint(key: bytes) -> str:
    """What tells keys apart and may be shown and sent: the key can't be computed from it."""
    digits = hmac.digest(key, _FINGERPRINT, "sha256").hex()[:16]
    return "-".join(digits[start : start + 4] for start in range(0, 16, 4))


# The tags ----------------------------------------------------------------------------------------------------------------------------


def tags(name: str | None, born: str | None, phone: str | None, email: str | None, key: bytes) -> dict[str, str]:
    """What tells this human in another city's file: kind -> tag. Nothing for someone without a full birth date.

    A name of one word is as weak as a first name, so it makes no `name_birth`, which links by itself.
    """
    if not born or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", born):
        return {}
    words = name_words(name or "")
    facts: dict[str, tuple[str, ...]] = {}
    if words:
        facts["first_name_birth"] = (words[0], born)
    if len(words) > 1:
        # Joined, since Anne Marie, Anne-Marie and Annemarie are one name.
        facts["name_birth"] = ("".join(words), born)
        facts["last_name_birth"] = (words[-1], born)
    if number := phone_key(phone or ""):
        facts["phone"] = (number,)
    if address := _email(email or ""):
        facts["email"] = (address,)
    return {kind: _tag(key, kind, said) for kind, said in facts.items()}


def _tag(key: bytes, kind: str, said: tuple[str, ...]) -> str:
    return hmac.digest(key, "\0".join((_RULES, kind, *said)).encode(), "sha256").hex()[:_TAG_LENGTH]


def _email(email: str) -> str:
    address = unicodedata.normalize("NFC", email.strip().lower())
    return address if "@" in address else ""


# Who is one human --------------------------------------------------------------------------------------------------------------------


class Human:
    """People who are one human: their ids, the branches they are in, and the ids of those who were decided to be somebody else."""

    __slots__ = ("branches", "others", "people")

    def __init__(self, id: int, branch: int) -> None:
        self.people = {id}
        self.branches = {branch}
        self.others: frozenset[int] = frozenset()

    def may_be(self, other: Human) -> bool:
        """Whether both can be one human: no branch has two of them, and nobody decided that they are different."""
        return self.branches.isdisjoint(other.branches) and self.others.isdisjoint(other.people)

    def take_in(self, other: Human) -> None:
        """Whoever is the other one is this one."""
        self.people |= other.people
        self.branches |= other.branches
        self.others |= other.others


class Decision(NamedTuple):
    """What was decided about two people of the file, by their ids."""

    one: int
    other: int
    same: bool


def link_humans(store: Store) -> None:
    """Writes who is one human: everybody's `human_id` is the id of the one with the smallest uid, or NULL where there is nobody else."""
    uids = {row["id"]: row["uid"] for row in store.rows("SELECT id, uid FROM people")}
    wanted: dict[int, int] = {}
    for id, human in humans(store).items():
        if id not in wanted and len(human.people) > 1:
            wanted.update(dict.fromkeys(human.people, min(human.people, key=uids.__getitem__)))
    held = {row["id"]: row["human_id"] for row in store.rows("SELECT id, human_id FROM people WHERE human_id IS NOT NULL")}
    for id in held.keys() | wanted.keys():
        if held.get(id) != wanted.get(id):
            store.update("people", id, human_id=wanted.get(id))


def humans(store: Store) -> dict[int, Human]:
    """Who is one human, for everybody about whom a tag or a decision says something: person id -> human. It depends on nothing but uids.

    First those who were decided to be the same, in the order of their uids. Then, tag by tag, those of different branches whose whole name and birth date agree:
    each, in the order of uids, is the first human found so far that they may be. One human is in a branch once at most, also by way of a third, or a branch's own
    figures would change; and a decision that two are different holds against everything, also by way of a third.
    """
    found: dict[int, Human] = {}
    branches = {row["id"]: row["branch_id"] for row in store.rows("SELECT id, branch_id FROM people")}
    said = decisions(store)
    for one, other, same in said:
        for id, somebody in ((one, other), (other, one)):
            human = found.setdefault(id, Human(id, branches[id]))
            if not same:
                human.others |= {somebody}
    barred = unlinkable(store)
    for one, other, same in said:
        if same and one not in barred and other not in barred and found[one].may_be(found[other]):
            _unite(found, one, other)
    for alike in _alike(store):
        firsts: list[int] = []
        for id in alike:
            if id in barred:
                continue
            own = found.get(id)
            if own is None:
                own = found[id] = Human(id, branches[id])
            for first in firsts:
                if found[first] is own:
                    break
                if found[first].may_be(own):
                    _unite(found, first, id)
                    break
            else:
                firsts.append(id)
    return found


def _unite(found: dict[int, Human], one: int, other: int) -> None:
    larger, smaller = found[one], found[other]
    if len(larger.people) < len(smaller.people):
        larger, smaller = smaller, larger
    if larger is not smaller:
        larger.take_in(smaller)
        for id in smaller.people:
            found[id] = larger


def _alike(store: Store) -> Iterable[list[int]]:
    """The ids that share a tag which links by itself, each in the order of uids, and so are the tags by their first."""
    sql = """SELECT tag, people.id FROM link_tags JOIN people ON people.id = person_id WHERE kind = 'name_birth' AND tag IN
            (SELECT tag FROM link_tags WHERE kind = 'name_birth' GROUP BY tag HAVING count(*) BETWEEN 2 AND ?)
        ORDER BY uid"""
    alike: dict[str, list[int]] = {}
    for tag, id in store.rows(sql, MOST_ALIKE):
        alike.setdefault(tag, []).append(id)
    return alike.values()


def decisions(store: Store) -> list[Decision]:
    """What was decided about people who are in the file, in the order of uids."""
    sql = """SELECT one.id, other.id, same FROM link_decisions JOIN people AS one ON one.uid = one_uid JOIN people AS other ON other.uid = other_uid
        ORDER BY one_uid, other_uid"""
    return [Decision(row[0], row[1], bool(row[2])) for row in store.rows(sql)]


def unlinkable(store: Store) -> set[int]:
    """The ids of those who must not be linked: their branch has tags but they have none (no full birth date, or no consent), or the file itself says that their consent was withdrawn."""
    tagless = "SELECT id FROM people WHERE branch_id IN (SELECT branch_id FROM link_keys) AND id NOT IN (SELECT person_id FROM link_tags)"
    return {row["id"] for row in store.rows(tagless)} | withdrawn(store)


def withdrawn(store: Store) -> set[int]:
    """The ids of those who took back that they may be linked across cities, and have not allowed it again."""
    return {row["person_id"] for row in store.rows(WITHDRAWN.format("main"))}
