"""Names of people: everybody's, in an index, and who is meant by what was typed of one."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from ...input.text import first_name_first, name_key, name_words


class Person(NamedTuple):
    """One human in one branch. `number` is what people type."""

    id: int
    branch_id: int
    number: int
    name: str | None
    called: str | None
    born: str | None

    @property
    def display_name(self) -> str:
        """The number and the name: `17 Anna Holm`."""
        return f"{self.number} {self.name}" if self.name else str(self.number)


class Names:
    """The names of people: `current` and `former` map a name, as names are compared, to those who have or had it. A name may be that of thousands."""

    def __init__(self, people: Iterable[Person], former: Iterable[tuple[Person, str]]) -> None:
        self.current: dict[str, dict[int, Person]] = {}
        self._born: dict[tuple[str, str | None], dict[int, Person]] = {}
        self.former: dict[str, list[Person]] = {}
        self._former_names: dict[int, list[str]] = {}
        self._people: dict[int, Person] = {}
        for person in people:
            self.add(person)
        for person, name in former:
            self.add_former(person, name)

    def add(self, person: Person) -> None:
        """Add somebody, in place of what they were called before."""
        before = self._people.get(person.id)
        if before and before.name:
            key = name_key(before.name)
            del self.current[key][person.id], self._born[key, before.born][person.id]
        self._people[person.id] = person
        if person.name:
            key = name_key(person.name)
            self.current.setdefault(key, {})[person.id] = self._born.setdefault((key, person.born), {})[person.id] = person
        for name in self._former_names.get(person.id, ()):
            self.former[name_key(name)] = [person if each.id == person.id else each for each in self.former[name_key(name)]]

    def add_former(self, person: Person, name: str) -> None:
        """Add a name that somebody had before."""
        self._former_names.setdefault(person.id, []).append(name)
        self.former.setdefault(name_key(name), []).append(person)

    def full(self, name: str) -> Collection[Person]:
        """Return those who have this name, or else those who had it."""
        key = name_key(name)
        return self.current[key].values() if self.current.get(key) else self.former.get(key, [])

    def born(self, name: str, born: str | None) -> Collection[Person]:
        """Return those of `full` with this birth date, or with an unknown one."""
        key = name_key(name)
        if self.current.get(key):
            return self._born.get((key, born), {}).values()
        return [person for person in self.former.get(key, []) if person.born == born]

    def fitting(self, text: str) -> list[Person]:
        """Return those whom a name, or enough of it, matches best.

        In this order: the full name, a former full name, the first or called name with the surname, the whole first name with the beginnings of
        others, the beginnings of names in their order; and then the last two of former names.
        """
        if full := self.full(text):
            return [*full]
        typed = name_words(first_name_first(text))
        if not typed:
            return []
        for fits in (_is_called_with_surname, _begins_with_first_name, begins):
            if found := [person for person in self._people.values() if any(fits(typed, words) for words in _variants(person))]:
                return found
        for fits in (_begins_with_first_name, begins):
            if found := [
                self._people[id] for id, names in self._former_names.items() if any(fits(typed, name_words(name)) for name in names)
            ]:
                return found
        return []


def holds_name(name: str, text: str) -> bool:
    """Whether a name has a text in it, as names are compared."""
    typed, words = name_words(first_name_first(text)), name_words(name)
    return bool(typed) and (" ".join(typed) in " ".join(words) or "".join(words).startswith("".join(typed)))


def _variants(person: Person) -> Iterator[tuple[str, ...]]:
    """Yield the words of somebody's name, and of the called name followed by the surnames."""
    words = name_words(person.name or "")
    if words:
        yield words
    if person.called:
        yield (*name_words(person.called), *words[1:])


def _is_called_with_surname(typed: Sequence[str], words: Sequence[str]) -> bool:
    """Whether the whole first name is followed by some of the surnames, the last one among them: Nanna Holm is Anna Marie Holm, called Nanna."""
    return len(typed) > 1 and any("".join(typed) == words[0] + "".join(words[place:]) for place in range(1, len(words)))


def _begins_with_first_name(typed: Sequence[str], words: Sequence[str]) -> bool:
    """Whether a whole first name is followed by the beginnings of other words in their order. A hyphen or a space in it makes no difference."""
    for given in range(1, len(typed) + 1):
        first = "".join(typed[:given])
        for own in range(1, len(words) + 1):
            if first == "".join(words[:own]) and begins(typed[given:], words[own:]):
                return True
    return False


def begins(typed: Sequence[str], words: Sequence[str]) -> bool:
    """Whether each word typed begins a word of the name, in the name's order."""
    own = iter(words)
    return all(any(each.startswith(word) for each in own) for word in typed)
