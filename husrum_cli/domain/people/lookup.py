"""People: who is meant by what was typed, and what is held about a person whatever their history."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any, NamedTuple

from ...errors import NotFound, Refused, WrongInput
from ...i18n import _
from ...input.text import fold, refuse_cpr
from ...store import Store
from ..rules import Rules

NOBODY = ("none", "ingen", "nobody")


class Person(NamedTuple):
    """One human in one branch. `number` is what people type."""

    id: int
    branch_id: int
    number: int
    name: str | None
    called: str | None
    born: str | None

    @property
    def shown(self) -> str:
        """`17 Anna Holm`: the number and the name."""
        return f"{self.number} {self.name}" if self.name else str(self.number)


class Gone(NamedTuple):
    """A number whose person was anonymised (then it is still theirs, without a name) or erased. `hash`: to know them again by."""

    branch_id: int
    number: int
    how: str
    date: str
    hash: str | None


_GONE = "SELECT branch_id, number, how, date, hash FROM removed_people"

Choose = Callable[[str, list[Person]], Person]
SameHuman = Callable[[Person], bool]


class People:
    """Everybody in the file, looked up by what was typed.

    `choose` is asked where several people fit; without it that is an error.
    `full_names`: only numbers and full names are taken, as in import files.
    """

    def __init__(self, store: Store, choose: Choose | None = None, full_names: bool = False) -> None:
        self.store = store
        self.choose = choose
        self.full_names = full_names
        self.same_human: SameHuman | None = None
        self._last_number: int | None = None
        rows = store.connection.execute("SELECT id, branch_id, number, name, called, born FROM people ORDER BY branch_id, number")
        self.by_id = {row["id"]: Person(*row) for row in rows}
        self.branch = next(iter(store.branches)) if len(store.branches) == 1 else None
        self.numbers = {(person.branch_id, person.number): person for person in self.by_id.values()}
        self.names: dict[str, list[Person]] = {}
        for person in self.by_id.values():
            if person.name:
                self.names.setdefault(fold(person.name), []).append(person)
        former = store.rows("SELECT branch_id, number, person_id FROM former_numbers")
        self.former = {(row["branch_id"], row["number"]): self.by_id[row["person_id"]] for row in former}
        self.removed = {(row["branch_id"], row["number"]): Gone(*row) for row in store.rows(_GONE)}

    def remember(self, person: Person) -> None:
        """Someone new, or changed in this command."""
        self.by_id[person.id] = person
        self.numbers[person.branch_id, person.number] = person
        if self._last_number is not None and person.branch_id == self.store.home:
            self._last_number = max(self._last_number, person.number)
        if person.name:
            same = self.names.setdefault(fold(person.name), [])
            same[:] = [other for other in same if other.id != person.id] + [person]

    def one(self, text: str, field: str = "person") -> Person:
        """The one person meant by a number, a name or enough of it. Raises `NotFound` with those who fit."""
        refuse_cpr(text, field)
        branch, words = self._branch(text.strip())
        if re.fullmatch("[0-9]{1,9}", words):
            return self._numbered(branch, int(words), field)
        if not words:
            raise WrongInput(_("{field} is empty.", field=field), field)
        fitting = self._fitting(fold(words), branch)
        if not fitting:
            raise NotFound(
                _("{field}: nobody in the file is “{text}”; look with: husrum person find TEXT", field=field, text=text.strip()), field
            )
        if len(fitting) > 1:
            if self.choose:
                return self.choose(text, fitting)
            who = ", ".join(self.shown(person) for person in fitting[:8]) + (" …" if len(fitting) > 8 else "")
            message = _("{field}: “{text}” fits several: {who}. Use the number.", field=field, text=text.strip(), who=who)
            raise NotFound(message, field, [(self.number(person), person.name or "") for person in fitting])
        return fitting[0]

    def several(self, text: str, field: str, rules: Rules) -> list[Person]:
        """A list with commas and ranges: `17,19-22,anna h`. The same person twice counts once, with a warning."""
        if text.strip().casefold() in NOBODY:
            return []
        people: dict[int, Person] = {}
        branch, numbers = self.branch, self.numbers
        for part in text.replace("|", ",").split(","):
            # A number alone is the commonest by far, in files with thousands of them.
            known = numbers.get((branch, int(part))) if branch and part.isdecimal() else None
            for person in (known,) if known else self._meant(part, text, field):
                if person.id in people:
                    rules.warn(_("{person} was named twice and counts once.", person=self.shown(person)))
                people[person.id] = person
        return list(people.values())

    def _meant(self, part: str, text: str, field: str) -> Sequence[Person]:
        """Who is meant by one part of a list: a number, a range of numbers, or a name."""
        refuse_cpr(part, field)
        if re.search(r"[0-9]\s*-\s*$|^\s*-\s*[0-9]", part):
            raise WrongInput(_("{field}: “{text}” is no range of numbers.", field=field, text=part.strip()), field)
        if found := re.fullmatch(r"\s*(.*?)([0-9]{1,9})\s*-\s*([0-9]{1,9})\s*", part):
            first, last = int(found[2]), int(found[3])
            if first > last:
                raise WrongInput(_("{field}: “{text}” runs backwards.", field=field, text=part.strip()), field)
            branch, rest = self._branch(found[1])
            if rest:
                raise WrongInput(_("{field}: “{text}” is no range of numbers.", field=field, text=part.strip()), field)
            return self._range(branch, first, last, field)
        if not part.strip():
            raise WrongInput(_("{field}: nobody stands between two commas in “{text}”.", field=field, text=text.strip()), field)
        return (self.one(part, field),)

    def number(self, person: Person) -> str:
        """What to type for a person: `17`, and `Aarhus:17` where the file has several branches."""
        return str(person.number) if self.branch else f"{self.store.branches[person.branch_id]}:{person.number}"

    def numbers_of(self, person: Person) -> frozenset[int]:
        """Return the person's number, and those they had before they were joined with another entry."""
        return frozenset({person.number, *(number for (_branch, number), each in self.former.items() if each.id == person.id)})

    def shown(self, person: Person) -> str:
        """The person in a message."""
        return person.shown if self.branch else f"{self.number(person)} {person.name or ''}".strip()

    def same(self, name: str, born: str | None) -> list[Person]:
        """Those in the home branch with the same name and the same birth date, an unknown one included."""
        return [person for person in self.names.get(fold(name), ()) if person.born == born and person.branch_id == self.store.home]

    def erased(self, text: str) -> Gone | None:
        """Who had the number that was typed, and was erased."""
        branch, words = self._branch(text.strip())
        if branch is None or not re.fullmatch("[0-9]{1,9}", words) or (branch, int(words)) in self.numbers:
            return None
        return self.removed.get((branch, int(words)))

    def shell(self, person: Person | None) -> Gone | None:
        """When somebody was anonymised; None: they were not."""
        return self.removed.get((person.branch_id, person.number)) if person else None

    def refuse_shell(self, person: Person | None, field: str = "person") -> None:
        """Nothing is said any more of somebody who was anonymised. Raises `Refused` where it would be."""
        if gone := self.shell(person):
            raise Refused(
                _(
                    "{field}: number {number} was anonymised on {date}; nothing is entered about them.",
                    field=field,
                    number=gone.number,
                    date=gone.date,
                ),
                field,
            )

    def known_as_gone(self, facts: Facts) -> Gone | None:
        """Whose number these facts were, if they are of somebody who was anonymised or erased here. It takes a moment, once for each who is new."""
        if not (facts.name and facts.born and any(gone.hash for gone in self.removed.values())):
            return None
        from .name_hash import fingerprint

        uid = self.store.value("SELECT uid FROM branches WHERE id = ?", self.store.home)
        seen = fingerprint(uid, facts.name, facts.born)
        return next((gone for gone in self.removed.values() if gone.hash == seen), None)

    def next_number(self) -> int:
        """The first number after all that were ever given in the home branch."""
        if self._last_number is None:
            numbers = [number for branch, number in (*self.numbers, *self.former, *self.removed) if branch == self.store.home]
            self._last_number = max(numbers, default=0)
        return self._last_number + 1

    def _branch(self, text: str) -> tuple[int | None, str]:
        if ":" in text and not self.branch:
            name, rest = text.split(":", 1)
            for id, branch in self.store.branches.items():
                if fold(branch) == fold(name):
                    return id, rest.strip()
        return self.branch, text

    def _numbered(self, branch: int | None, number: int, field: str) -> Person:
        branches = [branch] if branch else list(self.store.branches)
        fitting = [found for id in branches if (found := self.numbers.get((id, number)) or self.former.get((id, number)))]
        if not fitting:
            for gone in (self.removed[id, number] for id in branches if (id, number) in self.removed):
                raise NotFound(_("{field}: number {number} was erased on {date}.", field=field, number=number, date=gone.date), field)
            raise NotFound(
                _("{field}: nobody has the number {number}; look with: husrum person find TEXT", field=field, number=number), field
            )
        if len(fitting) > 1:
            who = ", ".join(self.shown(person) for person in fitting)
            raise NotFound(_("{field}: {number} is the number of several: {who}.", field=field, number=number, who=who), field)
        return fitting[0]

    def _range(self, branch: int | None, first: int, last: int, field: str) -> list[Person]:
        people = []
        for number in range(first, last + 1):  # stops at the first number that nobody has
            people.append(self._numbered(branch, number, field))
        return people

    def _fitting(self, words: str, branch: int | None) -> list[Person]:
        """Those whose name fits best: the whole name, else the called name, else the beginnings of its words in order."""
        here = [person for person in self.names.get(words, ()) if branch in (None, person.branch_id)]
        if here or self.full_names:
            return here
        everyone = [person for person in self.by_id.values() if branch in (None, person.branch_id)]
        called = [person for person in everyone if person.called and fold(person.called) == words]
        if called:
            return called
        return [person for person in everyone if _begins(words, person.name) or _begins(words, person.called)]


def _begins(words: str, name: str | None) -> bool:
    """Whether each word typed begins a word of the name, in the name's order."""
    if not name:
        return False
    parts = iter(fold(name).split(" "))
    return all(any(part.startswith(word) for part in parts) for word in words.split(" "))


class Facts(NamedTuple):
    """What is said of a person, whatever their history. None: nothing was said."""

    name: str | None = None
    called: str | None = None
    born: str | None = None
    phone: str | None = None
    email: str | None = None


def recognise(people: People, rules: Rules, facts: Facts, person: Person | None = None, number: int | None = None) -> Person | None:
    """The person these facts are about, or None where it is somebody new.

    Typed: the same name and birth date as somebody's is refused, since it is most likely the same human. History: then it is the same human, unless they have
    numbers of their own.
    """
    history = not rules.strict
    if person is None and number is not None:
        person = people.numbers.get((people.store.home, number))
        if person and not history:
            raise Refused(_("ref: {number} is the number of {person} already.", number=number, person=people.shown(person)), "ref")
        if (people.store.home, number) in people.former or person is None and (people.store.home, number) in people.removed:
            raise Refused(_("ref: {number} was given to someone before; choose another one.", number=number), "ref")
    if person is not None:
        return person
    if facts.name is None:
        if people.full_names and number is not None:
            return None  # somebody who was anonymised, read back
        raise WrongInput(_("{field} is missing.", field=_("NAME")), "name")
    twins = people.same(facts.name, facts.born)
    if twins and history and number is None:
        if len(twins) > 1:
            raise NotFound(_("name: several people have this name and birth date; give the number in the column person."), "name")
        return twins[0]
    if twins and facts.born and not history:
        if people.same_human:
            return twins[0] if people.same_human(twins[0]) else None
        who, typed = people.shown(twins[0]), people.number(twins[0])
        raise Refused(
            _("name: {person} has the same name and birth date. If it is the same human, add: --person {number}", person=who, number=typed),
            "name",
        )
    return None


def enter(people: People, rules: Rules, facts: Facts, person: Person | None = None, number: int | None = None) -> tuple[Person, bool]:
    """The person these facts are about, made where nobody is and amended where somebody is: (person, whether they are new)."""
    known = recognise(people, rules, facts, person, number)
    if known is not None:
        if any(facts):
            people.refuse_shell(known, "name" if facts.name else "person")
        return _amend(people, rules, known, facts), False
    if gone := people.known_as_gone(facts):
        if people.full_names:  # a list may be older than their wish to be gone; whoever types it has them before them
            raise Refused(
                _("name: it is that of number {number}, {how} on {date}; if they have come back, enter them with: husrum intake add",
                  number=gone.number, how=_(gone.how), date=gone.date),
                "name",
            )  # fmt: skip
        rules.warn(
            _(
                "Number {number} had the same name and birth date, and was {how} on {date}.",
                number=gone.number,
                how=_(gone.how),
                date=gone.date,
            )
        )
    if facts.name and (others := people.names.get(fold(facts.name))):
        rules.warn(_("{person} has the same name; if it is the same human: husrum person join", person=people.shown(others[0])))
    return _add(people, facts, number), True


def _add(people: People, facts: Facts, number: int | None) -> Person:
    store = people.store
    number = number or people.next_number()
    values = {"name": facts.name, "called": facts.called, "born": facts.born}
    id = store.insert("people", branch_id=store.home, number=number, phone=facts.phone, email=facts.email, **values)
    person = Person(id, store.home, number, **values)
    people.remember(person)
    return person


def _amend(people: People, rules: Rules, person: Person, facts: Facts) -> Person:
    """What is newly said of someone known. What history says otherwise than the file is a contradiction."""
    if facts.name and fold(facts.name) != fold(person.name or ""):
        raise Refused(_("name: number {number} is {person}.", number=people.number(person), person=person.name or "?"), "name")
    held = people.store.row("SELECT called, born, phone, email FROM people WHERE id = ?", person.id)
    assert held is not None
    changes: dict[str, Any] = {}
    for column in ("called", "born", "phone", "email"):
        said = getattr(facts, column)
        if said is None or said == held[column]:
            continue
        if not rules.strict and held[column] is not None:
            raise Refused(
                _("{field}: {person} has another one in the file; correct it with: husrum person edit", field=column, person=person.shown),
                column,
            )
        changes[column] = said
    if not changes:
        return person
    people.store.update("people", person.id, **changes)
    changed = Person(
        person.id, person.branch_id, person.number, person.name, changes.get("called", person.called), changes.get("born", person.born)
    )
    people.remember(changed)
    return changed


def edit(people: People, person: Person, facts: Facts, gender: str | None, cleared: Collection[str]) -> None:
    """Correct what is stored about a person: what is given is written, what is cleared is emptied, the rest stays."""
    people.refuse_shell(person)
    if "name" in cleared:
        raise WrongInput(_("{field}: a value is needed here.", field="name"), "name")
    store = people.store
    columns = facts._asdict()
    store.update("people", person.id, **{name: value for name, value in columns.items() if value is not None or name in cleared})
    if gender is not None or "gender" in cleared:
        if not store.value("SELECT 1 FROM volunteers WHERE person_id = ?", person.id):
            raise Refused(
                _("gender: {person} is no volunteer; a young person's is an answer: husrum intake edit", person=person.shown), "gender"
            )
        store.update("volunteers", person.id, key="person_id", gender=gender)
