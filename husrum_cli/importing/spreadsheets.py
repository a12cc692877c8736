"""An import of spreadsheets: read, understood, and then written in one transaction, or not at all."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from ..domain.activities.attendance import decide_again
from ..domain.people.ages import outside_ages
from ..domain.people.entering import Facts, enter_person
from ..domain.people.identity import mark_distinct
from ..domain.people.intakes import Intake, add_intake
from ..domain.rules import Rules
from ..domain.volunteers.volunteers import Profile, add_profile
from ..errors import Refused, WrongInput
from ..i18n import many
from ..input.text import fold
from ..rowtypes.context import CommandContext
from ..rowtypes.registry import MODULES
from ..store import Store
from .grids import GridOutcome, record_grid, target_days
from .reading.files import read_workbook
from .reading.workbook import Progress, Workbook, no_progress
from .run import BadCells, Import, ImportOutcome
from .understanding.context import Options
from .understanding.findings import Findings, Issue
from .understanding.people import digits
from .understanding.roster import Roster, RosterPerson
from .understanding.sheets import SheetContents, understand


class NotUnderstood(WrongInput):
    """An import that stopped, with nothing written; `findings` says why."""

    def __init__(self, findings: Findings) -> None:
        super().__init__(
            many(
                "Nothing was imported: {number} thing is not understood.",
                "Nothing was imported: {number} things are not understood.",
                len(findings.problems()),
            )
        )
        self.findings = findings


@dataclass(slots=True)
class ImportResult:
    """The result of an import."""

    findings: Findings
    rows: list[ImportOutcome] = field(default_factory=list)
    grids: list[GridOutcome] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def counts_written(self) -> tuple[int, int, int]:
        """Rows added or filled in, days of grids recorded, and people whom a group's grid enrolled or made leaders."""
        days, joined = sum(len(each.recorded) for each in self.grids), sum(each.joined for each in self.grids)
        return sum(each.added + each.filled for each in self.rows), days, joined


def import_spreadsheets(
    store: Store,
    paths: list[Path],
    options: Options,
    encoding: str | None = None,
    progress: Progress = no_progress,
    dry_run: bool = False,
    reading: Progress = no_progress,
) -> ImportResult:
    """Import the sheets of some files. Raises `NotUnderstood`, and then nothing was written.

    `reading`: how much of a file was read; `progress`: how many of the rows were written.
    """
    with _without_collector():
        books = [read_workbook(path, encoding, reading) for path in paths]
        return _import(store, books, options, progress, dry_run)


@contextmanager
def _without_collector() -> Iterator[None]:
    """Don't look for cyclic garbage meanwhile: a row makes dozens of objects, which all stay, and would be looked through over and over again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _import(store: Store, books: list[Workbook], options: Options, progress: Progress, dry_run: bool) -> ImportResult:
    _home = store.home  # a national file takes none
    roster = roster_of(store)
    findings = Findings(roster=roster)
    understood = understand(
        books, options, roster, findings, lambda target: target_days(CommandContext(store, Rules(strict=False)), target)
    )
    if findings.bad:
        raise NotUnderstood(findings)
    imported = ImportResult(findings)
    with store.writing("import", dry_run), store.queueing():
        _write(store, understood, imported, progress)
        _keep_apart(store, roster)
        if findings.bad:
            raise NotUnderstood(findings)
        rules = Rules(strict=False)
        decide_again(store, rules)
        imported.warnings += rules.warnings
    return imported


def _write(store: Store, understood: SheetContents, imported: ImportResult, progress: Progress) -> None:
    run = Import(store, progress)
    try:
        rows = sorted(understood.rows, key=lambda rows: list(MODULES).index(rows.kind))
        imported.rows = run.run(rows, lambda: _enter(run.context, understood.new_people))
    except BadCells as stopped:
        for cell in stopped.cells:
            heading = cell.rows.headings.get(cell.column, cell.column)
            imported.findings.add(Issue(cell.rows.file, cell.rows.sheet, cell.number, heading, cell.value, cell.reason))
        return
    for grid in understood.grids:
        run.context.forget()
        imported.grids.append(record_grid(run.context, grid, imported.findings))
    imported.warnings = [*outside_ages(store, run.context.rules), *run.warnings, *run.context.rules.warnings]


def _enter(context: CommandContext, new_people: list[RosterPerson]) -> None:
    """Enter those who are only named, as young people or volunteers since an unknown day."""
    for known in new_people:
        person, _new = enter_person(context.people, context.rules, Facts(name=known.name), number=known.number)
        if known.joined is None:
            add_intake(context.store, context.rules, person, Intake())
        else:
            add_profile(context.store, context.rules, person, Profile())
    context.rules.warnings.clear()


def _keep_apart(store: Store, roster: Roster) -> None:
    """Store the pairs who were confirmed to be different people though they look alike."""
    people = CommandContext(store, Rules(strict=False), full_names=True).people
    for known, other in roster.distinct:
        one, two = (people.with_number(store.home, each.expected) for each in (known, other))
        if one and two and fold(one.name or "") == fold(known.name) and fold(two.name or "") == fold(other.name):
            with suppress(Refused):  # they are marked already
                mark_distinct(store, one, two)


def roster_of(store: Store) -> Roster:
    """Return everybody in the home branch."""
    numbers = "SELECT number FROM people UNION SELECT number FROM former_numbers UNION SELECT number FROM removed_people"
    roster = Roster(store.value(f"SELECT max(number) FROM ({numbers})") or 0)
    enquired: dict[int, set[str]] = {}
    for row in store.rows("SELECT person_id, enquired FROM intakes"):
        enquired.setdefault(row["person_id"], set()).add(row["enquired"] or "")
    periods: dict[int, list[tuple[str, str]]] = {}
    for row in store.rows("SELECT person_id, starts, ends FROM roles"):
        periods.setdefault(row["person_id"], []).append((row["starts"] or "", row["ends"] or "9999"))
    notes = {row["person_id"]: row["note"].partition("\n")[0] for row in store.rows("SELECT person_id, note FROM intakes WHERE note > ''")}
    joined = {row["person_id"]: row["joined"] or "" for row in store.rows("SELECT person_id, joined FROM volunteers")}
    former: dict[int, tuple[str, ...]] = {}
    for row in store.rows("SELECT person_id, name FROM former_names"):
        former[row["person_id"]] = (*former.get(row["person_id"], ()), row["name"])
    for row in store.rows(
        "SELECT id, number, name, called, born, phone, email FROM people WHERE branch_id = ? ORDER BY number", store.home
    ):
        known = RosterPerson(
            row["number"], row["name"] or "", row["born"], digits(row["phone"] or ""), fold(row["email"] or ""), in_file=True
        )
        known.called = row["called"] or ""
        known.enquired, known.periods = enquired.get(row["id"], set()), periods.get(row["id"], [])
        known.former, known.joined, known.remark = former.get(row["id"], ()), joined.get(row["id"]), notes.get(row["id"], "")
        roster.add(known)
    return roster
