"""The national secretary's part of linking: who is linked, pairs that are only suggested, and decisions on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, groupby
from typing import Any, NamedTuple

from ...errors import Refused, WrongInput
from ...i18n import _
from ...store import Store
from ..people.lookup import People, Person
from .linking import Decision, Human, decisions, humans, link_humans, unlinkable_people
from .linking import genders as genders_of

# The kinds of tags, the strongest first.
STRENGTH = ("name_birth", "similar_name_birth", "phone_birth", "email_birth")
# A phone number and date, or a name and date, that more people share is made up: it proves nothing, and the pairs would be endless.
MOST_SUGGESTED = 20
Record = dict[str, Any]
Pair = tuple[int, int]


def likely_pairs(store: Store, people: People) -> list[Record]:
    """Return pairs of two cities that share a tag, are not linked and not decided: the strongest first. Decisions on others may decide a pair too."""
    refuse_city(store)
    found = humans(store)
    barred = unlinkable_people(store)
    settled = {each[:2] for each in decisions(store)}
    place = {person.id: _place(store, person) for person in people.by_id.values()}
    agreeing: dict[Pair, list[str]] = {}
    for kind, ids in _alike(store):
        for one, other in combinations(sorted(set(ids) - barred, key=place.__getitem__), 2):
            pair = (one, other)
            undecided = pair in agreeing or (not settled & {pair, pair[::-1]} and _open(found.get(one), found.get(other)))
            if undecided and people.by_id[one].branch_id != people.by_id[other].branch_id:
                agreeing.setdefault(pair, []).append(kind)
    for kinds in agreeing.values():
        kinds.sort(key=STRENGTH.index)

    def strength(pair: Pair) -> tuple[Any, ...]:
        kinds = agreeing[pair]
        return "name_birth" not in kinds, -len(kinds), [STRENGTH.index(kind) for kind in kinds], place[pair[0]], place[pair[1]]

    genders = genders_of(store)
    return [
        {**_both(store, people, genders, *pair), "agree": len(agreeing[pair]), "tags": agreeing[pair]}
        for pair in sorted(agreeing, key=strength)
    ]


def _alike(store: Store) -> Iterator[tuple[str, list[int]]]:
    """Yield (kind, ids of those who share a tag) of every tag that few enough share."""
    sql = """SELECT kind, tag, person_id FROM link_tags WHERE tag IN (SELECT tag FROM link_tags GROUP BY kind, tag HAVING count(*) BETWEEN 2 AND ?)
        ORDER BY kind, tag"""
    for (kind, _tag), rows in groupby(store.rows(sql, MOST_SUGGESTED), key=lambda row: (row["kind"], row["tag"])):
        ids = [row["person_id"] for row in rows]
        if 2 <= len(ids) <= MOST_SUGGESTED:
            yield kind, ids


def _open(one: Human | None, other: Human | None) -> bool:
    """Return whether neither tags nor decisions say already that they are the same, or that they are not."""
    return one is None or other is None or (one is not other and one.others.isdisjoint(other.people))


def linked_records(store: Store, people: People) -> list[Record]:
    """Return who is one human with whom, as the figures count them, and why: pairs that were decided to be the same, or share the tags in `tags`.

    A person who is linked only through others is in pairs with those.
    """
    refuse_city(store)
    alike: dict[int, dict[str, str]] = {}
    for row in store.rows("SELECT person_id, kind, tag FROM link_tags"):
        alike.setdefault(row["person_id"], {})[row["kind"]] = row["tag"]
    same = {frozenset(each[:2]) for each in decisions(store) if each.same}
    genders = genders_of(store)
    groups: dict[int, list[int]] = {}
    for row in store.rows("SELECT id, human_id FROM people WHERE human_id IS NOT NULL"):
        groups.setdefault(row["human_id"], []).append(row["id"])
    place = {person.id: _place(store, person) for person in people.by_id.values()}
    pairs = [pair for ids in groups.values() for pair in combinations(sorted(ids, key=place.__getitem__), 2)]
    records = []
    for one, other in sorted(pairs, key=lambda pair: (place[pair[0]], place[pair[1]])):
        tags = [kind for kind in STRENGTH if alike.get(one, {}).get(kind, "") == alike.get(other, {}).get(kind)]
        decision = "same" if frozenset((one, other)) in same else None
        if decision or "name_birth" in tags:
            records.append({**_both(store, people, genders, one, other), "decision": decision, "tags": tags})
    return records


def decision_records(store: Store, people: People) -> list[Record]:
    """Return what was decided about people in the file. `linked`: whether they are one human now."""
    refuse_city(store)
    found = humans(store)
    genders = genders_of(store)
    pairs = [(*sorted(each[:2], key=lambda id: _place(store, people.by_id[id])), each.same) for each in decisions(store)]
    return [
        {**_both(store, people, genders, one, other), "decision": "same" if same else "different", "linked": found[one] is found[other]}
        for one, other, same in sorted(pairs, key=lambda pair: [_place(store, people.by_id[id]) for id in pair[:2]])
    ]


class DecisionOutcome(NamedTuple):
    """The outcome of a decision: the two people, what was decided about them before (None: nothing), and everybody who is one human with the first now."""

    one: str
    other: str
    before: bool | None
    linked: list[str]


def decide(store: Store, people: People, one: str, other: str, same: bool) -> DecisionOutcome:
    """Store that two people, by the references that were typed, are one human or are not, and repeat the linking.

    Raises `Refused` if they can't be linked, or if the decision contradicts earlier ones.
    """
    refuse_city(store)
    pair = people.find_one(one), people.find_one(other, "other")
    numbers = people.number(pair[0]), people.number(pair[1])
    if pair[0].id == pair[1].id:
        raise WrongInput(_("person: that is the same number twice."), "person")
    if pair[0].branch_id == pair[1].branch_id:
        raise Refused(
            _(
                "{one} and {other} are of the same city; one human entered twice is joined in its own file: husrum person join",
                one=numbers[0],
                other=numbers[1],
            ),
            "person",
        )
    earlier = [each for each in decisions(store) if {*each[:2]} != {person.id for person in pair}]
    if same:
        _refuse_unlinkable(store, people, *pair)
        _refuse_same(people, *pair, earlier)
    else:
        _refuse_different(people, *pair, earlier)
    low, high = sorted(store.value("SELECT uid FROM people WHERE id = ?", person.id) for person in pair)
    before = store.value("SELECT same FROM link_decisions WHERE one_uid = ? AND other_uid = ?", low, high)
    if before != same:
        store.delete("link_decisions", one_uid=low, other_uid=high)
        store.insert("link_decisions", one_uid=low, other_uid=high, same=int(same))
        link_humans(store)
    linked = sorted((people.by_id[id] for id in humans(store)[pair[0].id].people), key=lambda person: _place(store, person))
    return DecisionOutcome(*numbers, None if before is None else bool(before), [people.number(person) for person in linked])


def refuse_city(store: Store) -> None:
    """Raise `Refused` in a city's own file, which holds nobody of other cities."""
    if store.setting("home_branch"):
        raise Refused(_("{path} is one city's file; people are linked in the national file. Choose it with --db FILE.", path=store.path))


def without_tags(store: Store) -> list[str]:
    """Return the cities whose people have no tags, since their files were merged without a link key."""
    return [
        row["name"]
        for row in store.rows(
            "SELECT name FROM branches WHERE id IN (SELECT branch_id FROM people) AND id NOT IN (SELECT branch_id FROM link_keys) ORDER BY name"
        )
    ]


def _refuse_unlinkable(store: Store, people: People, *pair: Person) -> None:
    for person in pair:
        if person.id in unlinkable_people(store):
            raise Refused(
                _(
                    "{person} can't be linked: a last name or the full birth date is missing, or consent was withdrawn.",
                    person=people.display_name(person),
                ),
                "person",
            )


def _refuse_same(people: People, one: Person, other: Person, earlier: Sequence[Decision]) -> None:
    """Raise `Refused` if, by way of those decided to be the same, two people would be one human who can't be."""
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


def _refuse_different(people: People, one: Person, other: Person, earlier: Sequence[Decision]) -> None:
    """Raise `Refused` if both are the same by way of others who were decided to be the same."""
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


def _decided_same(id: int, earlier: Sequence[Decision]) -> list[int]:
    """Return everybody who was decided to be the same as this one, by way of others too."""
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
    """Return the key that lists are sorted by: city and number."""
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
