"""People: who is meant by what was typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator
from functools import cached_property

from ...errors import NotFound, WrongInput
from ...i18n import _
from ...input.text import clears, fold, name_key, refuse_cpr, without_invisible_signs
from ...store import Store
from ..rules import Rules
from .names import Names, Person
from .removed import RemovedNames, RemovedNumber, entry_refused, leave_out_anonymised

__all__ = ["RemovedNumber", "People", "Person"]

_GONE = "SELECT branch_id, number, how, date, hash FROM removed_people"
_NUMBERED = ("people", "former_numbers", "removed_people")
_PEOPLE = "SELECT id, branch_id, number, name, called, born FROM people"

Choose = Callable[[str, list[Person]], Person]
SameHuman = Callable[[Person], bool]


class People:
    """The people in the file, looked up by what was typed.

    A number is looked up by itself; everybody is read when a name is typed, or by an import, which needs them over and over again.

    choose: asked which of several people is meant; without it that is an error. full_names: only numbers and full names are accepted, as in import files.
    """

    def __init__(self, store: Store, choose: Choose | None = None, full_names: bool = False) -> None:
        self.store = store
        self.choose = choose
        self.full_names = full_names
        self.same_human: SameHuman | None = None
        self.entered: set[int] = set()  # the ids of those whom this command added
        self.branch = next(iter(store.branches)) if len(store.branches) == 1 else None
        self._everybody = full_names

    @cached_property
    def by_id(self) -> dict[int, Person]:
        """Everybody, by id, in the order of branches and numbers."""
        rows = self.store.connection.execute(f"{_PEOPLE} ORDER BY branch_id, number")
        self._everybody = True
        return {row["id"]: Person(*row) for row in rows}

    @cached_property
    def _by_number(self) -> dict[tuple[int, int], Person]:
        """Everybody by branch and number, former numbers included."""
        former = self.store.rows("SELECT branch_id, number, person_id FROM former_numbers")
        numbers = {(row["branch_id"], row["number"]): self.by_id[row["person_id"]] for row in former}
        return numbers | {(person.branch_id, person.number): person for person in self.by_id.values()}

    @cached_property
    def _names(self) -> Names:
        former = self.store.rows("SELECT person_id, name FROM former_names ORDER BY id")
        return Names(self.by_id.values(), [(self.by_id[row["person_id"]], row["name"]) for row in former])

    @cached_property
    def removed(self) -> dict[tuple[int, int], RemovedNumber]:
        """Return the people who were anonymised or erased, by branch and number."""
        return {(row["branch_id"], row["number"]): RemovedNumber(*row) for row in self.store.rows(_GONE)}

    def read_everybody(self) -> None:
        """Read all that is needed to look people up after the file is closed."""
        _all = self._by_number, self._names, self.removed

    def with_ids(self, ids: Iterable[int]) -> list[Person]:
        """Return the people with these ids."""
        if self._everybody:
            return [self.by_id[id] for id in ids]
        return [Person(*self.store.rows(f"{_PEOPLE} WHERE id = ?", id)[0]) for id in ids]

    def with_number(self, branch: int, number: int) -> Person | None:
        """Return the person who has this number in a branch, or had it before two entries of them were joined."""
        if self._everybody:
            return self._by_number.get((branch, number))
        row = self.store.row(f"{_PEOPLE} WHERE branch_id = ? AND number = ?", branch, number)
        if row is None:
            former = "(SELECT person_id FROM former_numbers WHERE branch_id = ? AND number = ?)"
            row = self.store.row(f"{_PEOPLE} WHERE id = {former}", branch, number)
        return Person(*row) if row else None

    def remember(self, person: Person) -> None:
        """Take in somebody who was added or changed by this command."""
        if self._everybody:
            self.by_id[person.id] = person
            self._by_number[person.branch_id, person.number] = person
            self._names.add(person)
            if "_last_number" in self.__dict__:
                self._last_number = max(self._last_number, person.number)

    def remember_former(self, person: Person, name: str) -> None:
        """Take in a name that somebody had before."""
        self._names.add_former(person, name)

    def find_one(self, text: str, field: str = "person") -> Person:
        """Return the one person meant by a number, a name or enough of it. Raises `NotFound` with those who fit."""
        refuse_cpr(text, field)
        branch, words = self._branch(without_invisible_signs(text).strip())
        if re.fullmatch("[0-9]{1,9}", words):
            return self._numbered(branch, int(words), field)
        if not words:
            raise WrongInput(_("{field} is empty.", field=field), field)
        fitting = self._fitting(words, branch)
        if not fitting:
            raise NotFound(
                _("{field}: nobody in the file is “{text}”; look with: husrum person find TEXT", field=field, text=text.strip()), field
            )
        if len(fitting) > 1:
            if self.choose:
                return self.choose(text, fitting)
            who = ", ".join(self.display_name(person) for person in fitting[:8]) + (" …" if len(fitting) > 8 else "")
            message = _("{field}: “{text}” fits several: {who}. Use the number.", field=field, text=text.strip(), who=who)
            raise NotFound(message, field, [(self.number(person), person.name or "") for person in fitting])
        return fitting[0]

    def find_several(self, text: str, field: str, rules: Rules) -> list[Person]:
        """Return a list with commas and ranges: `17,19-22,anna h`; `none` is nobody. The same person twice counts once, with a warning.

        Those who were erased are left out of a range. Those who were anonymised are marked there as passed over, so that nothing new is entered about them.
        """
        people: dict[int, Person] = {}
        ranged: set[int] = set()
        named: set[int] = set()
        for part in without_invisible_signs(text).replace("|", ",").split(","):
            # A number alone is the commonest by far, in files with thousands of them.
            known = self.with_number(self.branch, int(part)) if self.branch and part.isdecimal() and len(part) < 10 else None
            if not known and clears(part):
                continue
            meant = (known,) if known else self._meant(part, text, field, rules)
            (ranged if isinstance(meant, list) else named).update(person.id for person in meant)
            for person in meant:
                if person.id in people:
                    rules.warn(_("{person} was named twice and counts once.", person=self.display_name(person)))
                people[person.id] = person
        if ranged:
            leave_out_anonymised(self.store, rules, ranged - named)
        return list(people.values())

    def at_least_one(self, text: str, field: str, rules: Rules) -> list[Person]:
        """Return a list as `several` does, for what needs somebody to be done to. Raises `WrongInput` if it names nobody."""
        people = self.find_several(text, field, rules)
        if not people:
            raise WrongInput(_("{field}: “{text}” names nobody; name at least one person.", field=field, text=text.strip()), field)
        return people

    def _meant(self, part: str, text: str, field: str, rules: Rules) -> tuple[Person] | list[Person]:
        """Return the people meant by one part of a list: by a number or a name one, by a range of numbers a list."""
        refuse_cpr(part, field)
        if re.search(r"[0-9]\s*-\s*$|^\s*-\s*[0-9]", part):
            raise WrongInput(_("{field}: “{text}” is not a range of numbers.", field=field, text=part.strip()), field)
        if found := re.fullmatch(r"\s*(.*?)([0-9]{1,9})\s*-\s*([0-9]{1,9})\s*", part):
            first, last = int(found[2]), int(found[3])
            if first > last:
                raise WrongInput(_("{field}: “{text}” runs backwards.", field=field, text=part.strip()), field)
            branch, rest = self._branch(found[1])
            if rest:
                raise WrongInput(_("{field}: “{text}” is not a range of numbers.", field=field, text=part.strip()), field)
            return self._range(branch, first, last, field, rules)
        if not part.strip():
            raise WrongInput(_("{field}: nobody is named between two commas in “{text}”.", field=field, text=text.strip()), field)
        return (self.find_one(part, field),)

    def number(self, person: Person) -> str:
        """Return what to type for a person: `17`, and `Aarhus:17` if the file has several branches."""
        return str(person.number) if self.branch else f"{self.store.branches[person.branch_id]}:{person.number}"

    def numbers_of(self, person: Person) -> frozenset[int]:
        """Return the person's number, and those they had before they were joined with another entry."""
        former = self.store.rows("SELECT number FROM former_numbers WHERE person_id = ?", person.id)
        return frozenset({person.number, *(row["number"] for row in former)})

    def display_name(self, person: Person) -> str:
        """Return the person in a message."""
        return person.display_name if self.branch else f"{self.number(person)} {person.name or ''}".strip()

    def same_name_and_birth(self, name: str, born: str | None) -> list[Person]:
        """Return those in the home branch who have or had the name, with the same birth date, or an unknown one."""
        return [person for person in self._names.born(name, born) if person.branch_id == self.store.home]

    def goes_by(self, person: Person, name: str) -> bool:
        """Whether somebody has or had this name."""
        return name_key(name) == name_key(person.name or "") or person in self._names.former.get(name_key(name), ())

    def namesakes(self, name: str) -> Iterator[Person]:
        """Yield those in the home branch who have or had the name."""
        return (person for person in self._names.full(name) if person.branch_id == self.store.home)

    def erased_person(self, text: str) -> RemovedNumber | None:
        """Return the erased person who had the number that was typed."""
        branch, words = self._branch(text.strip())
        if branch is None or not re.fullmatch("[0-9]{1,9}", words) or self.with_number(branch, int(words)):
            return None
        return self.removed.get((branch, int(words)))

    def anonymised_on(self, person: Person | None) -> RemovedNumber | None:
        """Return when somebody was anonymised; None: they were not."""
        return self.removed.get((person.branch_id, person.number)) if person else None

    def refuse_anonymised(self, person: Person | None, field: str = "person") -> None:
        """Raise `Refused` if anything would be recorded about somebody who was anonymised."""
        if gone := self.anonymised_on(person):
            raise entry_refused(gone, field)

    def removed_with_name(self, name: str, born: str) -> RemovedNumber | None:
        """Return whose number it was, if these are the name and birth date of somebody who was anonymised or erased here. Slow (a moment for each new person)."""
        return self._removed_names.find(name, born)

    def hash_ahead(self, people: Callable[[], Iterable[tuple[str, str]]]) -> None:
        """Do the slow part of `removed_with_name` for many names and birth dates. Those of known people are left out."""
        if self._removed_names:
            self._removed_names.hash_ahead([each for each in dict.fromkeys(people()) if not self.same_name_and_birth(*each)])

    @cached_property
    def _removed_names(self) -> RemovedNames:
        return RemovedNames(str(self.store.value("SELECT uid FROM branches WHERE id = ?", self.store.home)), self.removed.values())

    def next_number(self) -> int:
        """Return the first number after all that were ever given in the home branch."""
        return (self._last_number if self.full_names else self._read_last_number()) + 1

    @cached_property
    def _last_number(self) -> int:
        """The last number given, as an import knows it: it runs within one transaction."""
        return self._read_last_number()

    def _read_last_number(self) -> int:
        last = (self.store.value(f"SELECT max(number) FROM {table} WHERE branch_id = ?", self.store.home) for table in _NUMBERED)
        return max(number or 0 for number in last)

    def _branch(self, text: str) -> tuple[int | None, str]:
        if ":" in text and not self.branch:
            name, rest = text.split(":", 1)
            for id, branch in self.store.branches.items():
                if fold(branch) == fold(name):
                    return id, rest.strip()
        return self.branch, text

    def _numbered(self, branch: int | None, number: int, field: str) -> Person:
        branches = [branch] if branch else list(self.store.branches)
        fitting = [found for id in branches if (found := self.with_number(id, number))]
        if not fitting:
            for gone in (self.removed[id, number] for id in branches if (id, number) in self.removed):
                raise NotFound(_("{field}: number {number} was erased on {date}.", field=field, number=number, date=gone.date), field)
            raise NotFound(
                _("{field}: nobody has the number {number}; look with: husrum person find TEXT", field=field, number=number), field
            )
        if len(fitting) > 1:
            who = ", ".join(self.display_name(person) for person in fitting)
            raise NotFound(_("{field}: {number} is the number of several: {who}.", field=field, number=number, who=who), field)
        return fitting[0]

    def _range(self, branch: int | None, first: int, last: int, field: str, rules: Rules) -> list[Person]:
        """Return the people of a range, without those who were erased. Raises `NotFound` if that is everybody."""
        people, erased = list[Person](), list[RemovedNumber]()
        for number in range(first, last + 1):
            try:
                people.append(self._numbered(branch, number, field))
            except NotFound:
                gone = self.erased_person(str(number)) if branch in (None, self.branch) else self.removed.get((branch, number))
                if gone is None or first == last or number == last and not people:
                    raise
                erased.append(gone)
        for gone in erased:
            rules.warn(_("Number {number} was erased on {date}, and is left out.", number=gone.number, date=gone.date))
        return people

    def _fitting(self, words: str, branch: int | None) -> list[Person]:
        """Return those whose name matches best."""
        fitting: Iterable[Person] = self._names.full(words) if self.full_names else self._names.fitting(words)
        return [person for person in fitting if branch in (None, person.branch_id)]


def but_passed_over(rules: Rules, people: Iterable[Person], known: Container[int] = ()) -> tuple[Person, ...]:
    """Return some people without those who are passed over, which is said. Whoever is `known` already, by id, stays."""
    return tuple(person for person in people if person.id in known or not rules.leaves_out(person.id))
