"""The national secretary's part of linking: pairs that only suggest one human, and what is decided about them."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from ..errors import Refused
from ..locale import _
from ..store import Store
from .linking import MOST_ALIKE, Decision, decisions, humans, link_humans, unlinkable
from .people import People, Person

# How much a tag says, the strongest first.
STRENGTH = ("name_birth", "first_name_birth", "last_name_birth", "phone", "email")
Record = dict[str, Any]
Pair = tuple[int, int]


def likely_pairs(store: Store, people: People) -> list[Record]:
    """Pairs of two cities that share a tag, are not linked and not decided: the strongest first. What was decided of others may decide a pair too."""
    agreeing: dict[Pair, list[str]] = {}
    sql = """SELECT kind, tag, person_id FROM link_tags WHERE (kind, tag) IN
            (SELECT kind, tag FROM link_tags GROUP BY kind, tag HAVING count(*) BETWEEN 2 AND ?)"""
    alike: dict[tuple[str, str], list[int]] = {}
    for row in store.rows(sql, MOST_ALIKE):
        alike.setdefault((row["kind"], row["tag"]), []).append(row["person_id"])
    barred = unlinkable(store)
    for (kind, _tag), ids in alike.items():
        for one, other in combinations(sorted(set(ids) - barred, key=lambda id: _place(store, people.by_id[id])), 2):
            if people.by_id[one].branch_id != people.by_id[other].branch_id:
                agreeing.setdefault((one, other), []).append(kind)
    found = humans(store)
    settled = {frozenset(decision[:2]) for decision in decisions(store)}
    records = []
    for (one, other), kinds in agreeing.items():
        ones, others = found.get(one), found.get(other)
        if frozenset((one, other)) in settled or (ones and others and (ones is others or not ones.others.isdisjoint(others.people))):
            continue
        kinds.sort(key=STRENGTH.index)
        records.append((kinds, one, other))
    genders = _genders(store)
    records.sort(key=lambda pair: ("name_birth" not in pair[0], -len(pair[0]), [STRENGTH.index(kind) for kind in pair[0]],
                                   _place(store, people.by_id[pair[1]]), _place(store, people.by_id[pair[2]])))  # fmt: skip
    return [{**_both(store, people, genders, one, other), "agree": len(kinds), "tags": kinds} for kinds, one, other in records]


def decided(store: Store, people: People) -> list[Record]:
    """What was decided about people in the file. `linked`: whether they are one human now."""
    found = humans(store)
    genders = _genders(store)
    pairs = [(*sorted(each[:2], key=lambda id: _place(store, people.by_id[id])), each.same) for each in decisions(store)]
    return [
        {**_both(store, people, genders, one, other), "decision": "same" if same else "different", "linked": found[one] is found[other]}
        for one, other, same in sorted(pairs, key=lambda pair: [_place(store, people.by_id[id]) for id in pair[:2]])
    ]


def decide(store: Store, people: People, one: Person, other: Person, same: bool) -> tuple[bool | None, list[str]]:
    """Remembers that two people are one human, or are not, and links anew: (what was decided of them before, everybody who is one human with the first).

    Raises `Refused` where people are not linked, and where the decision contradicts earlier ones.
    """
    if store.setting("home_branch"):
        raise Refused(_("{path} is one city's file; people are linked in the national file. Choose it with --db FILE.", path=store.path))
    pair = {"one": people.shown(one), "other": people.shown(other)}
    if one.branch_id == other.branch_id:
        raise Refused(
            _("{one} and {other} are of the same city; one human entered twice is joined in its own file: husrum person join", **pair),
            "person",
        )
    earlier = [each for each in decisions(store) if {*each[:2]} != {one.id, other.id}]
    if same:
        _refuse_unlinkable(store, people, one, other)
        _refuse_same(people, one, other, earlier)
    else:
        _refuse_different(people, one, other, earlier)
    uids = [store.value("SELECT uid FROM people WHERE id = ?", person.id) for person in (one, other)]
    low, high = sorted(uids)
    before = store.value("SELECT same FROM link_decisions WHERE one_uid = ? AND other_uid = ?", low, high)
    if before != same:
        store.delete("link_decisions", one_uid=low, other_uid=high)
        store.insert("link_decisions", one_uid=low, other_uid=high, same=int(same))
        link_humans(store)
    linked = humans(store)[one.id].people
    everybody = sorted((people.by_id[id] for id in linked), key=lambda person: _place(store, person))
    return None if before is None else bool(before), [people.number(person) for person in everybody]


def _refuse_unlinkable(store: Store, people: People, *pair: Person) -> None:
    for person in pair:
        if person.id in unlinkable(store):
            raise Refused(
                _("{person} can't be linked: without a full birth date, or consent was withdrawn.", person=people.shown(person)), "person"
            )


def _refuse_same(people: People, one: Person, other: Person, earlier: list[Decision]) -> None:
    """By way of those decided to be the same, two would be one human who can't be."""
    different = {frozenset(each[:2]) for each in earlier if not each.same}
    theirs = _decided_same(other.id, earlier)
    for a in _decided_same(one.id, earlier):
        for b in theirs:
            if frozenset((a, b)) in different:
                raise Refused(
                    _(
                        "{one} and {other}: then {third} and {fourth} would be the same too, who were decided to be different; if they are not: husrum link same {third} {fourth}",
                        one=people.number(one), other=people.number(other), third=people.number(people.by_id[a]), fourth=people.number(people.by_id[b]),
                    ),
                    "person",
                )  # fmt: skip
            if a != b and people.by_id[a].branch_id == people.by_id[b].branch_id:
                raise Refused(
                    _(
                        "{one} and {other}: then {third} and {fourth} of one city would be the same too; join them in its own file: husrum person join",
                        one=people.number(one), other=people.number(other), third=people.number(people.by_id[a]), fourth=people.number(people.by_id[b]),
                    ),
                    "person",
                )  # fmt: skip


def _refuse_different(people: People, one: Person, other: Person, earlier: list[Decision]) -> None:
    """They are the same by way of others who were decided to be the same."""
    if other.id not in _decided_same(one.id, earlier):
        return
    third = next(each.one if each.other == one.id else each.other for each in earlier if each.same and one.id in each[:2])
    raise Refused(
        _(
            "{one} and {other} were decided to be the same by way of {third}; if that is wrong: husrum link different {one} {third}",
            one=people.number(one), other=people.number(other), third=people.number(people.by_id[third]),
        ),
        "person",
    )  # fmt: skip


def _decided_same(id: int, earlier: list[Decision]) -> list[int]:
    """Everybody who was decided to be the same as this one, by way of others too."""
    same: dict[int, list[int]] = {}
    for one, other, are_same in earlier:
        if are_same:
            same.setdefault(one, []).append(other)
            same.setdefault(other, []).append(one)
    reached = [id]
    for each in reached:
        reached += [next_ for next_ in same.get(each, ()) if next_ not in reached]
    return reached


def _place(store: Store, person: Person) -> tuple[str, int]:
    """Where somebody stands in a list: by city and number."""
    return store.branches[person.branch_id], person.number


def _both(store: Store, people: People, genders: dict[int, str], one: int, other: int) -> Record:
    return {**_half(store, people, genders, one, ""), **_half(store, people, genders, other, "other_")}


def _half(store: Store, people: People, genders: dict[int, str], id: int, which: str) -> Record:
    person = people.by_id[id]
    fields = {
        "reference": people.number(person),
        "branch": store.branches[person.branch_id],
        "person": person.number,
        "born": (person.born or "")[:4] or None,
        "gender": genders.get(id),
    }
    return {which + key: value for key, value in fields.items()}


def _genders(store: Store) -> dict[int, str]:
    """What people said last of their gender, as a young person or else as a volunteer."""
    said = {row["person_id"]: row["gender"] for row in store.rows("SELECT person_id, gender FROM volunteers WHERE gender IS NOT NULL")}
    sql = """SELECT person_id, answer FROM answers JOIN intakes ON intakes.id = intake_id WHERE question = 'gender'
        ORDER BY answer NOT IN ('declined', 'not_asked'), ifnull(held, enquired), intakes.id"""
    said |= {row["person_id"]: row["answer"] for row in store.rows(sql)}
    return said
