"""Problems in a file: definitions with their queries, and their findings in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal, NamedTuple

from ..i18n import NP_, PluralForms, _, language, many
from ..input.text import fold, name_key, phone_key
from ..store import Store
from ..store.rows import Row
from ..vocabulary import ROLE, label
from .people.lookup import People

# Columns that count.
_COUNTED: dict[str, PluralForms] = {
    "meetings": NP_("{number} meeting", "{number} meetings"),
    "days": NP_("{number} day", "{number} days"),
    "occasions": NP_("once", "{number} times"),
}
Severity = Literal["damage", "contradiction", "obstacle", "remark"]


class Problem(NamedTuple):
    """Something that is not as it should be: what, about whom or which group or event, and the command that fixes or shows it."""

    severity: Severity
    what: str
    who: str
    command: str


class Definition(NamedTuple):
    """A contradiction or remark, and the query of its rows.

    The columns `person`, `other`, `intake`, `activity` and `twin` are ids; these and all others fill the places in `what` and `command`. The
    problem is the person's, else the activity's. The query knows `:today`, `fold()`, `name_key()` and `phone_key()`.
    """

    severity: Severity
    what: str
    command: str
    sql: str


def find_problems(store: Store, definitions: Iterable[Definition], values: dict[str, Any]) -> list[Problem]:
    """Return the findings of the definitions, in their order. `values` are the parameters of their queries."""
    store.connection.create_function("fold", 1, _fold, deterministic=True)
    store.connection.create_function("name_key", 1, name_key, deterministic=True)
    store.connection.create_function("phone_key", 1, lambda phone: phone and phone_key(phone), deterministic=True)
    names = _Names(store)
    return [
        names.problem(definition, row)
        for definition in definitions
        # The subject of a remark, or its remedy, is only in the city's own file.
        if not (store.national and definition.severity == "remark")
        for row in store.connection.execute(f"{definition.sql} ORDER BY 1, 2", values)
    ]


def _fold(text: str | None) -> str | None:
    return None if text is None else fold(text)


class _Names:
    """The names of people, groups and events as shown to a reader and as typed in a command."""

    def __init__(self, store: Store) -> None:
        self.people = People(store)
        self.activities = {row["id"]: row for row in store.rows("SELECT id, branch_id, ref, title FROM activities")}

    def problem(self, definition: Definition, row: Row) -> Problem:
        """Return the row as a sentence and a command."""
        shown: dict[str, str] = {}
        typed: dict[str, str] = {}
        for column, value in dict(row).items():
            shown[column], typed[column] = self._words(column, value)
        if "activity" in typed:
            typed["noun"] = "group" if self.activities[row["activity"]]["ref"].startswith("G") else "event"
        who = shown["person"] if "person" in shown else shown["activity"]
        return Problem(definition.severity, _(definition.what, **shown), who, definition.command.format(**typed))

    def _words(self, column: str, value: Any) -> tuple[str, str]:
        """Return a value in a sentence, and in a command."""
        if column in ("person", "other"):
            person = self.people.by_id[value]
            return self.people.display_name(person), self.people.number(person)
        if column == "intake":
            return self._intake(value)
        if column in ("activity", "twin"):
            activity = self.activities[value]
            branch = "" if self.people.branch else self.people.store.branches[activity["branch_id"]] + ":"
            return f"{branch}{activity['ref']} {activity['title'] or ''}".strip(), branch + activity["ref"]
        if column in _COUNTED:
            return many(*_COUNTED[column], value), str(value)
        if column == "role":
            return label(ROLE, str(value), language()).lower(), str(value)
        if value in (None, ""):  # only dates can be unknown
            return _("an unknown date"), "DATE"
        return str(value), str(value)

    def _intake(self, id: int) -> tuple[str, str]:
        """Return the day of an enquiry, and what a command needs to find it: whose it is, and its day if they have several."""
        store = self.people.store
        row = store.row("SELECT person_id, enquired FROM intakes WHERE id = ?", id)
        assert row is not None
        several = store.value("SELECT count(*) FROM intakes WHERE person_id = ?", row["person_id"]) > 1
        number = self.people.number(self.people.by_id[row["person_id"]])
        return row["enquired"] or _("an unknown date"), f"{number} --on {row['enquired'] or 'unknown'}" if several else number
