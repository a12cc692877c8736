"""What a command works with: the open file, the people in it, and how strictly it takes what it is told."""

from __future__ import annotations

from functools import cached_property

from ..domain.activities.attendance import Standing
from ..domain.people.lookup import Choose, People, SameHuman
from ..domain.rules import Rules
from ..store import Store


class Book:
    """The open file, with what was read from it for this command. `full_names`: only numbers and full names are taken for people, as in import files."""

    def __init__(self, store: Store, rules: Rules, choose: Choose | None = None, full_names: bool = False) -> None:
        self.store = store
        self.rules = rules
        self.choose = choose
        self.full_names = full_names
        self.same_human: SameHuman | None = None
        self.confirmed: list[str] = []

    def confirm(self, line: str) -> None:
        """What was written, told once it is."""
        self.confirmed.append(line)

    @cached_property
    def people(self) -> People:
        """Everybody in the file. In import files a person is the number or the full name."""
        people = People(self.store, self.choose, full_names=self.full_names)
        people.same_human = self.same_human
        return people

    @cached_property
    def standing(self) -> Standing:
        """What everybody is on a day; read when the first occasion is recorded."""
        return Standing(self.store)

    def forget_standing(self) -> None:
        """Enquiries, roles or leaders have changed."""
        self.__dict__.pop("standing", None)
