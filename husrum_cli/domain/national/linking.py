"""Link the same human across cities: the key, the tags that are computed with it, and who is one human by tags and decisions.

The tags of all cities must agree, whatever version of the program made them. A change of the rules here needs a new number in `RULES` and `_GENERATION`; a
test pins the tags of one person.
"""

from __future__ import annotations

import hashlib
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
from ...store.keys import repeats_itself, secret_lines, write_secret
from ...store.union.travelling_rows import WITHDRAWN
from ...vocabulary import GENDER

_KEY_LENGTH = 32
RULES = b"husrum link tag 2"
# Appended to the fingerprint of the key that tags are stored with: tags of other rules can't be compared with these.
_GENERATION = "-2"
# scrypt's n. A tag takes 32 MB and 60 ms on the laptop it was measured on, and an attacker with the key and a national file pays as much for every guess.
# Tests lower it.
_COST = 2**15
# The prefix of the demonstration's keys. Its people are synthetic, so nothing is protected by making their tags slow.
_DEMO = b"husrum demo key "
# 128 bits: no two people of a country share a tag by chance.
_TAG_LENGTH = 32
_FINGERPRINT = b"husrum link key fingerprint 1"
# Nobody was in more cities than this. A tag that more people share is a placeholder, and comparing them all would take for ever.
MOST_ALIKE = 256
# Letters that spellings of one name differ in: Krog and Krogh, Sofie and Sophie, Christian and Kristian, Dorthe and Dorte.
_SOUNDS = dict(ph="f", dt="t", ck="k", ch="k", c="k", q="k", gh="g", th="t", w="v", z="s", x="ks", y="i", h="")  # in this order

# The key -----------------------------------------------------------------------------------------------------------------------------


def new_link_key(path: Path, demo: bool = False) -> str:
    """Create a new key in a new file that only its owner can read, and return its fingerprint.

    The file is text: remarks, and one line of 64 hexadecimal digits. `demo`: a key that makes fast tags, which protect nothing.
    """
    key = _DEMO + secrets.token_bytes(_KEY_LENGTH - len(_DEMO)) if demo else secrets.token_bytes(_KEY_LENGTH)
    remarks = (
        "# husrum link key: the same in every city, and known to nobody else. Never send it by mail or with a file that is handed over."
    )
    write_secret(path, f"{remarks}\n# fingerprint: {key_fingerprint(key)}\n{key.hex()}\n".encode())
    return key_fingerprint(key)


def read_link_key(path: Path) -> bytes:
    """Return the key in a file: 32 bytes. Raises `UnusableFile` if there is none, or if others can read the file."""
    lines = secret_lines(path)
    if len(lines) != 1 or not re.fullmatch("[0-9a-fA-F]{64}", lines[0]):
        raise UnusableFile(
            _("{path} holds no link key (one line of 64 digits and letters a-f); make one with: husrum link new-key FILE", path=path)
        )
    key = bytes.fromhex(lines[0])
    if repeats_itself(key):
        raise UnusableFile(
            _("{path} holds the same byte over and over, which is not a key; make one with: husrum link new-key FILE", path=path)
        )
    return key


def is_demo(key: bytes) -> bool:
    """Return whether a key is a demonstration's."""
    return key.startswith(_DEMO)


def key_fingerprint(key: bytes) -> str:
    """Return what identifies a key and may be shown and sent: the key can't be computed from it."""
    digits = hmac.digest(key, _FINGERPRINT, "sha256").hex()[:16]
    return "-".join(digits[start : start + 4] for start in range(0, 16, 4))


def tag_version(key: bytes) -> str:
    """Return what a branch's tags are stored with: the key's fingerprint, and the generation of the rules that the tags are computed by."""
    return key_fingerprint(key) + _GENERATION


def fingerprint_in(tagged: str) -> str:
    """Return the fingerprint of the key in what `tag_version` returned. The tags of version 2 were stored with it alone."""
    return tagged[:19]


# The tags ----------------------------------------------------------------------------------------------------------------------------


def tags(name: str | None, born: str | None, phone: str | None, email: str | None, key: bytes) -> dict[str, str]:
    """Return the tags that identify a human in another city's file: kind -> tag. Empty for somebody without a full birth date."""
    return {kind: tag(keyed, key) for kind, keyed in keyed_facts(name, born, phone, email, key).items()}


def keyed_facts(name: str | None, born: str | None, phone: str | None, email: str | None, key: bytes) -> dict[str, bytes]:
    """Return what each tag is made of, hashed under the key: kind -> hash. It is fast, so it is in no file that is handed over.

    No tag is of facts that can be guessed one by one: a tag of a first name and a date would tell both, and then the last name from
    `name_birth`. So every tag holds the date and either the whole name, or a phone number or address.
    """
    if not born or not re.fullmatch("[0-9]{4}-[0-9]{2}-[0-9]{2}", born):
        return {}
    words = name_words(name or "")
    facts: dict[str, tuple[str, ...]] = {}
    if len(words) > 1:
        # 1 January often means that the day is not known: such a date only suggests.
        if not born.endswith("-01-01"):
            # Joined, since Anne Marie, Anne-Marie and Annemarie are one name.
            facts["name_birth"] = ("".join(words), born)
        facts["similar_name_birth"] = (*sorted((_sound(words[0]), _sound(words[-1]))), born)
    if number := phone_key(phone or ""):
        facts["phone_birth"] = (number, born)
    if address := _email(email or ""):
        facts["email_birth"] = (address, born)
    return {kind: hmac.digest(key, "\0".join((kind, *values)).encode(), "sha256") for kind, values in facts.items()}


def tag(keyed: bytes, key: bytes) -> str:
    """Make a tag of a keyed hash of facts. It takes `_COST`, so an attacker with the key and a national file pays as much for every guess."""
    cost = 2 if is_demo(key) else _COST
    return hashlib.scrypt(keyed, salt=RULES, n=cost, r=8, p=1, maxmem=2**26, dklen=_TAG_LENGTH // 2).hex()


def _sound(word: str) -> str:
    """Reduce a word of `name_words` to what the usual spellings of a name have in common: no h, no double letters, one letter for each sound."""
    reduced = word
    for letters, sound in _SOUNDS.items():
        reduced = reduced.replace(letters, sound)
    return re.sub(r"(.)\1", r"\1", reduced) or word


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
        """Return whether both can be one human: no branch has two of them, and nobody decided that they are different."""
        return self.branches.isdisjoint(other.branches) and self.others.isdisjoint(other.people)

    def take_in(self, other: Human) -> None:
        """Unite with another."""
        self.people |= other.people
        self.branches |= other.branches
        self.others |= other.others


class Decision(NamedTuple):
    """A decision whether two people of the file, by id, are the same."""

    one: int
    other: int
    same: bool


def link_humans(store: Store) -> None:
    """Write who is one human: everybody's `human_id` is the id of the one with the smallest uid, or NULL if there is nobody else."""
    for id, human in links_to_change(store).items():
        store.update("people", id, human_id=human)


def links_to_change(store: Store) -> dict[int, int | None]:
    """Return id -> `human_id` of everybody whose link is not as it should be."""
    uids = {row["id"]: row["uid"] for row in store.rows("SELECT id, uid FROM people")}
    wanted: dict[int, int] = {}
    for id, human in humans(store).items():
        if id not in wanted and len(human.people) > 1:
            wanted.update(dict.fromkeys(human.people, min(human.people, key=uids.__getitem__)))
    stored = {row["id"]: row["human_id"] for row in store.rows("SELECT id, human_id FROM people WHERE human_id IS NOT NULL")}
    return {id: wanted.get(id) for id in stored.keys() | wanted.keys() if stored.get(id) != wanted.get(id)}


def humans(store: Store) -> dict[int, Human]:
    """Return who is one human: person id -> human, for everybody who has a tag or was decided about. It depends on nothing but uids.

    First those who were decided to be the same, in the order of their uids. Then, tag by tag, those of different branches whose whole name and birth date agree
    and whom nothing else contradicts: each, in the order of uids, is the first human found so far that they may be. One human is in a branch once at most, also
    by way of a third, or a branch's own figures would change; and a decision that two are different holds against everything, also by way of a third.
    """
    found: dict[int, Human] = {}
    branches = {row["id"]: row["branch_id"] for row in store.rows("SELECT id, branch_id FROM people")}
    decided = decisions(store)
    for one, other, same in decided:
        for id, somebody in ((one, other), (other, one)):
            human = found.setdefault(id, Human(id, branches[id]))
            if not same:
                human.others |= {somebody}
    barred = unlinkable_people(store)
    for one, other, same in decided:
        if same and one not in barred and other not in barred and found[one].may_be(found[other]):
            _unite(found, one, other)
    facts = _Facts(store)
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
                if found[first].may_be(own) and not facts.contradict(found[first], own):
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


class _Facts:
    """Facts that may contradict that two people of the same name and birth date are one human: gender, and phone together with e-mail."""

    def __init__(self, store: Store) -> None:
        self.genders = {id: gender for id, gender in genders(store).items() if gender in GENDER}
        sql = """SELECT phone.person_id, phone.tag, email.tag FROM link_tags AS phone JOIN link_tags AS email ON email.person_id = phone.person_id
            WHERE phone.kind = 'phone_birth' AND email.kind = 'email_birth'"""
        self.contacts: dict[int, tuple[str, str]] = {row[0]: (row[1], row[2]) for row in store.rows(sql)}

    def contradict(self, one: Human, other: Human) -> bool:
        """Return whether something contradicts that these are one human."""
        return any(self._differ(a, b) for a in one.people for b in other.people)

    def _differ(self, one: int, other: int) -> bool:
        if one in self.genders and other in self.genders and self.genders[one] != self.genders[other]:
            return True
        contacts = self.contacts.get(one), self.contacts.get(other)
        return None not in contacts and all(a != b for a, b in zip(*contacts, strict=True))  # type: ignore[arg-type]


def genders(store: Store) -> dict[int, str]:
    """Return what people answered last about their gender, as a young person or else as a volunteer: person id -> code."""
    found = {row["person_id"]: row["gender"] for row in store.rows("SELECT person_id, gender FROM volunteers WHERE gender IS NOT NULL")}
    sql = """SELECT person_id, answer FROM answers JOIN intakes ON intakes.id = intake_id WHERE question = 'gender'
        ORDER BY answer NOT IN ('declined', 'not_asked'), ifnull(held, enquired), intakes.id"""
    return found | {row["person_id"]: row["answer"] for row in store.rows(sql)}


def _alike(store: Store) -> Iterable[list[int]]:
    """Return the ids that share a tag which links by itself, each in the order of uids, and the tags by their first."""
    sql = """SELECT tag, people.id FROM link_tags JOIN people ON people.id = person_id WHERE kind = 'name_birth' AND tag IN
            (SELECT tag FROM link_tags WHERE kind = 'name_birth' GROUP BY tag HAVING count(*) BETWEEN 2 AND ?)
        ORDER BY uid"""
    alike: dict[str, list[int]] = {}
    for tag, id in store.rows(sql, MOST_ALIKE):
        alike.setdefault(tag, []).append(id)
    return alike.values()


def decisions(store: Store) -> list[Decision]:
    """Return what was decided about people who are in the file, in the order of uids."""
    sql = """SELECT one.id, other.id, same FROM link_decisions JOIN people AS one ON one.uid = one_uid JOIN people AS other ON other.uid = other_uid
        ORDER BY one_uid, other_uid"""
    return [Decision(row[0], row[1], bool(row[2])) for row in store.rows(sql)]


def unlinkable_people(store: Store) -> set[int]:
    """Return the ids of those who must not be linked: their branch has tags but they have none, or the file says that their consent was withdrawn."""
    tagless = "SELECT id FROM people WHERE branch_id IN (SELECT branch_id FROM link_keys) AND id NOT IN (SELECT person_id FROM link_tags)"
    return {row["id"] for row in store.rows(tagless)} | withdrawn_people(store)


def withdrawn_people(store: Store) -> set[int]:
    """Return the ids of those who withdrew the consent to be linked across cities, and have not given it again."""
    return {row["person_id"] for row in store.rows(WITHDRAWN.format("main"))}
