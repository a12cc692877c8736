"""The context of one command: the open file, the people in it, and how strictly the rules are taken."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Any

from ..domain.activities.activities import Activity, ChooseActivity, find_activity
from ..domain.activities.attendance import Participation
from ..domain.people.lookup import Choose, People, SameHuman
from ..domain.rules import Rules
from ..errors import NotFound
from ..store import Store


class CommandContext:
    """The open file, with what was read from it for this command.

    choose, choose_activity: asked which of several people, groups or events is meant.
    full_names: only numbers and full names are accepted for people, and only numbers for groups and events, as in import files.
    confirmed: the lines to show once the transaction is written.
    new_events: the ids of the events that this run added.
    """

    def __init__(self, store: Store, rules: Rules, choose: Choose | None = None, full_names: bool = False) -> None:
        self.store = store
        self.rules = rules
        self.choose = choose
        self.full_names = full_names
        self.same_human: SameHuman | None = None
        self.choose_activity: ChooseActivity | None = None
        self.confirmed: list[str] = []
        self.new_events: set[int] = set()

    def confirm(self, line: str) -> None:
        """Show a line once the transaction is written."""
        self.confirmed.append(line)

    @cached_property
    def people(self) -> People:
        """Everybody in the file."""
        people = People(self.store, self.choose, full_names=self.full_names)
        people.same_human = self.same_human
        return people

    def group(self, text: str, field: str = "group") -> Activity:
        """Return the group that is meant by a number or, outside files, a title."""
        return find_activity(self.store, text, "G", field, self.choose_activity, titles=not self.full_names)

    def activity(self, text: str, field: str) -> Activity:
        """Return the group or event with a number (`G1`, `E12`), or with a title."""
        if re.fullmatch(r"(.*:)?\s*[EeGg][0-9]+\s*", text):
            return self.group(text, field) if text.split(":")[-1].strip()[0] in "Gg" else self.event(text, field)
        try:
            return self.group(text, field)
        except NotFound:
            return self.event(text, field)

    def event(self, text: str, field: str = "event", day: str | None = None) -> Activity:
        """Return the event that is meant by a number or, outside files, a title. day: as typed, which of several with the title."""
        return find_activity(self.store, text, "E", field, self.choose_activity, not self.full_names, day)

    @cached_property
    def activities(self) -> dict[int, Activity]:
        """The groups and events in the file, by id. Forgotten when one is added."""
        from ..domain.activities.activities import ACTIVITY_COLUMNS

        return {row["id"]: Activity(*row) for row in self.store.rows(f"SELECT {ACTIVITY_COLUMNS} FROM activities ORDER BY id")}

    def by_activity(self, sql: str) -> dict[int, tuple[Any, ...]]:
        """Group the second column of a query by its first, an activity's id."""
        found: dict[int, list[Any]] = {}
        for id, value in self.store.connection.execute(sql):
            found.setdefault(id, []).append(value)
        return {id: tuple(values) for id, values in found.items()}

    @cached_property
    def participation(self) -> Participation:
        """Return what everybody counts as on a day; read when the first occasion is recorded."""
        return Participation(self.store)

    def forget(self) -> None:
        """Read activities, roles and leaders again when they are needed next: they have changed."""
        self.__dict__.pop("participation", None)
        self.__dict__.pop("activities", None)
