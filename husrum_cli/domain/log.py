"""The log: which command wrote what, when and by whom; and undoing it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple

from ..errors import Refused
from ..i18n import _, many
from ..store import Store
from ..store.rows import Row
from ..store.subjects import KNOWN, numbers_in
from .table_words import TABLES, counted_rows, rows_word

OUTSIDE = "outside"
UNDO = "undo"
_MAKING = ("init", "demo")  # commands that made the file
# What these remove is removed again from every backup that is restored.
_REMOVING = ("person erase", "person anonymise", "person consent")
_STEPS = """
    SELECT edits.id, edits.at, edits.who, edits.command, steps.edit_id AS step, steps.wrote, steps.added, steps.people, steps.activities, steps.things,
        EXISTS (SELECT 1 FROM steps AS undo WHERE undo.takes_back = edits.id) AS undone,
        (SELECT command FROM edits AS taken WHERE taken.id = steps.takes_back) AS taken_back
    FROM edits LEFT JOIN steps ON steps.edit_id = edits.id ORDER BY edits.id DESC"""


class LoggedCommand(NamedTuple):
    """A command that wrote. `wrote`: table -> [rows added, changed, removed]; empty if unknown.

    `people`: the numbers of those it was about; `activities`: the references of its groups and events; `things`: what the first of these, or else
    what it was about, are known by, as `store.subjects.KNOWN` has it; `taken_back`: the command that an undo took back.
    """

    edit: int
    at: str
    who: str | None
    command: str
    wrote: dict[str, list[int]]
    undoable: bool
    undone: bool
    people: list[int]
    activities: list[str]
    things: dict[str, list[list[Any]]]
    taken_back: str | None = None

    @property
    def rows(self) -> str:
        """The numbers of rows it wrote, in words."""
        return "; ".join(
            f"{verb}: {', '.join(counted_rows(table, numbers[place], self.activities) for table, numbers in self.wrote.items() if numbers[place])}"
            for place, verb in enumerate((_("added"), _("changed"), _("removed")))
            if any(numbers[place] for numbers in self.wrote.values())
        )

    @property
    def day_and_time(self) -> str:
        """The time of the command, in local time."""
        try:
            return datetime.fromisoformat(self.at).astimezone().strftime("%Y-%m-%d %H:%M")
        except ValueError:  # written by another program
            return self.at


def history(store: Store, numbers: frozenset[int] | None = None, reference: str | None = None) -> Iterator[LoggedCommand]:
    """Yield what was written, the newest first. Unlogged writes of other programs are the first step, as edit 0.

    `numbers`: only what was about a person with one of these; `reference`: only what was about this group or event.
    """
    everything = numbers is None and reference is None
    if everything and store.has_foreign_writes:
        yield LoggedCommand(0, "", None, OUTSIDE, {}, False, False, [], [], {})
    for row in store.connection.execute(_STEPS):
        if reference is not None and reference not in (row["activities"] or "").split(","):
            continue
        if numbers is not None and numbers.isdisjoint(numbers_in(row["people"])):
            continue
        yield _step(row)


def _step(row: Row) -> LoggedCommand:
    wrote, added = _numbers(row["wrote"], 3), _numbers(row["added"], 2)
    undone, undoable = bool(row["undone"]), row["added"] is not None and added is not None
    wrote = {table: (wrote or {})[table] for table in TABLES if table in (wrote or {})}
    activities = row["activities"].split(",") if row["activities"] else []
    people = numbers_in(row["people"])
    things = _things(row["things"])
    return LoggedCommand(
        row["id"],
        row["at"],
        row["who"],
        row["command"] or "",
        wrote,
        undoable and not undone,
        undone,
        people,
        activities,
        things,
        row["taken_back"],
    )


def _numbers(text: str | None, length: int) -> dict[str, list[int]] | None:
    """Return table -> numbers, as the journal stores them; None if it can't be read."""
    try:
        import json

        found = json.loads(text or "{}")
        sound = all(len(numbers) == length and all(isinstance(each, int) for each in numbers) for numbers in found.values())
    except (ValueError, TypeError, AttributeError):
        return None
    return {str(table): list(numbers) for table, numbers in found.items()} if sound and found.keys() <= TABLES.keys() else None


def _things(text: str | None) -> dict[str, list[list[Any]]]:
    """Return table -> the values that its rows are known by, as the journal stores them; nothing if they can't be read."""
    if text is None:
        return {}
    try:
        import json

        found = json.loads(text)
        sound = all(
            len(key) == len(KNOWN[table]) and not any(isinstance(each, list | dict) for each in key)
            for table in found
            for key in found[table]
        )
    except (ValueError, TypeError, AttributeError, LookupError):
        return {}
    return found if sound else {}


def undoable_steps(store: Store, force: bool = False) -> Iterator[LoggedCommand]:
    """Yield the commands that can be undone, the newest first, back to when the file was made. Raises `Refused` at the first that can't be.

    `force`: go on past writes of other programs.
    """
    for step in history(store):
        if step.undone or step.command == UNDO:
            continue
        if step.command == OUTSIDE:
            if force:
                continue
            raise Refused(
                _(
                    "The file was changed outside husrum after the last command, and that can't be undone. With --force the command before "
                    "it is, and so is what was changed outside in the same rows."
                )
            )
        if step.undoable:
            yield step
        elif step.command in _MAKING:
            break
        elif step.command in _REMOVING:
            words = {"command": step.command, "when": step.day_and_time}
            raise Refused(
                _("“{command}” of {when} can't be undone: what it removed is kept nowhere, and a restored backup loses it too.", **words)
            )
        else:
            raise Refused(
                _(
                    "“{command}” of {when} can't be undone: what was there before is not kept. An older backup can be put back: husrum restore BACKUP",
                    command=step.command,
                    when=step.day_and_time,
                )
            )


def nothing_to_undo() -> Refused:
    """Return the error for a file in which no command is left to undo."""
    return Refused(_("There is nothing to undo since the file was made."))


def last_steps(store: Store, number: int, force: bool = False) -> list[LoggedCommand]:
    """Return the last commands that were not undone yet, the newest first. Raises `Refused` if one of them can't be undone, or if there are fewer."""
    steps = list(islice(undoable_steps(store, force), number))
    if not steps:
        raise nothing_to_undo()
    if len(steps) < number:
        message = many(
            "number: “{wanted}” is too many; {number} command can be undone. See: husrum undo --list",
            "number: “{wanted}” is too many; {number} commands can be undone. See: husrum undo --list",
            len(steps),
            wanted=number,
        )
        raise Refused(message, "number")
    return steps


def undo(store: Store, steps: list[LoggedCommand], force: bool = False) -> None:
    """Undo commands, all or none. Raises `Refused` if anything was written since they were looked up, or if later rows need what they wrote."""
    with store.undoing(rows_word):
        if [step.edit for step in last_steps(store, len(steps), force)] != [step.edit for step in steps]:
            raise Refused(_("Something was written meanwhile; look again with: husrum undo --list"))
        for step in steps:
            store.undo(step.edit)
