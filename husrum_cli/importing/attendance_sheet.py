"""An attendance sheet back into the file: one row a person, one column a date, x for present.

What a sheet says is compared with what is recorded: the same mark adds nothing, another one is a bad cell, and a meeting of which nobody but the
leaders was recorded is filled in. A column without a tick says nothing. Names that are not in the file are settled in a small map file next to it.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass, field
from pathlib import Path

from ..domain.activities.activities import Activity, find_activity
from ..domain.activities.attendance import Turnout, present_at
from ..domain.activities.events import attend_event, event_days
from ..domain.activities.groups import meet
from ..domain.people.lookup import People, Person
from ..domain.rules import Rules
from ..errors import HusrumError, NotFound, WrongInput
from ..i18n import _
from ..input.dates import read_date
from ..input.numbers import read_count
from ..input.text import fold, read_name, refuse_cpr
from ..rowtypes.columns import heading_words
from ..rowtypes.context import CommandContext
from ..store import Store
from .files import Table, read_tables
from .run import BadCell, BadCells

PRESENT, EXCUSED = "x", "a"
MARK_OF_PART = {"participant": PRESENT, "volunteer": PRESENT, "excused": EXCUSED}
_MARKS = {
    **dict.fromkeys(("x", "1", "ja", "yes", "✓", "✔", "v"), PRESENT),
    **dict.fromkeys(("a", "afbud", "excused"), EXCUSED),
    **dict.fromkeys(("", "-", "–", "0", "nej", "no", "f", "fravær", "absent"), ""),
}
_NUMBER_HEADINGS = ("number", "nummer", "nr", "ref")
_NAME_HEADINGS = ("name", "navn", "person")
_UNNAMED = ("unnamed", "uden navn")
LEFT_OUT = "-"
_SESSION = "SELECT id, state, unnamed FROM sessions WHERE activity_id = ? AND date = ?"
# `tirsdag d. 5/3-2024` is a date too; a heading that begins with a digit is meant as one.
_WEEKDAY = re.compile(r"^(man|tir|ons|tor|fre|lør|søn|mon|tue|wed|thu|fri|sat|sun)[^\W\d]*[.,]?\s*((d\.|den)\s*)?(?=\d)", re.IGNORECASE)


@dataclass(slots=True)
class SheetOutcome:
    """What an import did with a sheet."""

    activity: str
    recorded: list[str] = field(default_factory=list)  # dates recorded now
    new: list[str] = field(default_factory=list)  # those of them that were not even planned
    known: list[str] = field(default_factory=list)  # dates that were recorded before, and just so
    unmarked: list[str] = field(default_factory=list)  # dates without a tick: nothing was recorded for them
    attendances: int = 0  # marks added: people present or excused
    settled: list[str] = field(default_factory=list)  # names whose meaning the map file told
    warnings: list[str] = field(default_factory=list)

    @property
    def told(self) -> str:
        """What was done and how to look at it, in one line."""
        dates = {"recorded": len(self.recorded), "known": len(self.known), "empty": len(self.unmarked), "marks": self.attendances}
        look = f"husrum {'group' if self.activity.startswith('G') else 'event'} show {self.activity}"
        return _("{recorded} dates recorded, {known} known, {empty} without a tick; {marks} marks added. Look: {look}", **dates, look=look)


@dataclass(frozen=True, slots=True)
class UnknownName:
    """A name that fits nobody in full, or several. `guesses`: who may be meant, like `17 Anna Holm`."""

    name: str
    row: int
    guesses: tuple[str, ...]


class UnknownNames(NotFound):
    """A sheet with names that must be settled first, in the map file `told_in`: nothing was written. `cells` are its other bad cells."""

    def __init__(self, file: str, names: list[UnknownName], cells: list[BadCell], told_in: Path) -> None:
        some = ", ".join(f"“{each.name}”" for each in names[:8]) + (" …" if len(names) > 8 else "")
        text = _("{file}: nothing was imported; {number} names fit nobody or several: {names}.", file=file, number=len(names), names=some)
        super().__init__(text, "name")
        self.names, self.cells, self.told_in = names, cells, told_in


@dataclass(slots=True)
class _Row:
    """A person's marks. None: a cell that could not be read."""

    number: int
    person: Person
    marks: dict[str, str | None]
    texts: dict[str, str]


def names_path(sheet: Path) -> Path:
    """Where the map file of a sheet stands when nothing else is said."""
    return sheet.with_name(f"{sheet.stem}.names.csv")


def read_names(path: Path, encoding: str | None = None) -> list[tuple[int, str, str]]:
    """What a map file says: row number, name, and who it is."""
    try:
        (table,) = read_tables(path, set(), None).values()
    except WrongInput:  # not as it was written: an older Excel keeps it in the encoding of the sheet
        (table,) = read_tables(path, set(), encoding).values()
    places = {heading_words(heading): place for place, heading in enumerate(table.header)}
    name, person = places.get("name", places.get("navn")), places.get("person")
    if name is None or person is None:
        raise WrongInput(_("{file}: the file of names must have the columns name and person.", file=table.name), "names")
    return [(number, _text(cells, name), _text(cells, person)) for number, cells in table.rows if _text(cells, name)]


def import_sheet(
    store: Store, path: Path, reference: str, names: Path | None = None, encoding: str | None = None, dry_run: bool = False
) -> SheetOutcome:
    """Records what a sheet says of a group or event, in one transaction.

    `names`: the map file, else the one beside the sheet. Raises `UnknownNames` or `BadCells`, and then nothing was written.
    """
    (table,) = read_tables(path, set(), encoding).values()
    told_in = names or names_path(path)
    letter = reference.rpartition(":")[2].strip()[:1].upper()
    if letter not in ("G", "E"):
        raise WrongInput(_("“{text}” is neither a group nor an event. Write it like G1 or E12.", text=reference.strip()))
    with store.writing("import sheet", dry_run):
        _home = store.home  # a national file takes no sheets
        activity = find_activity(store, reference, letter, "group" if letter == "G" else "event")
        sheet = _Sheet(CommandContext(store, Rules(strict=False), full_names=True), activity, table)
        if names or told_in.exists():
            sheet.read_names(told_in, encoding)
        sheet.record()
        if sheet.unknown:
            raise UnknownNames(path.name, list(sheet.unknown.values()), sheet.bad, told_in)
        if sheet.bad:
            raise BadCells(sheet.bad)
    return sheet.outcome


class _Sheet:
    """A sheet being read and recorded. Bad cells are collected, so that all are told at once."""

    def __init__(self, context: CommandContext, activity: Activity, table: Table) -> None:
        self.context, self.activity, self.table = context, activity, table
        belong = "SELECT person_id FROM enrolments WHERE activity_id = ?1 UNION SELECT person_id FROM leaders WHERE activity_id = ?1"
        self.near = {row["person_id"] for row in context.store.rows(belong, activity.id)}
        self.loose = People(context.store)  # takes beginnings of names too: for guesses
        self.outcome = SheetOutcome(activity.ref, warnings=context.rules.warnings)
        self.bad: list[BadCell] = []
        self.told: dict[str, Person | None] = {}  # by the map file; None: the row is left out
        self.unknown: dict[str, UnknownName] = {}
        self.columns: dict[str, int] = {}  # number and name
        self.days: dict[str, int] = {}
        self.rows: dict[int, _Row] = {}  # by person
        self.unnamed: dict[str, tuple[int, int]] = {}  # day -> row, how many
        self.heading_row, self.headings, self.lines = _from_headings(table)

    def read_names(self, path: Path, encoding: str | None) -> None:
        """Takes what the map file says: a number, a full name, a suggestion that was copied (`17 Anna Holm`), or `-`."""
        for number, name, text in read_names(path, encoding):
            copied = re.fullmatch("([0-9]+) [^/]+", text)
            try:
                person = None if text in ("", LEFT_OUT) else self.context.people.one(copied[1] if copied else text)
                if self.told.get(fold(name), person) != person:
                    raise WrongInput(_("the name stands there twice, with different people"))
            except HusrumError as error:
                self._bad(number, "person", text, error.message, path.name)
                person = None
            if text:
                self.told[fold(name)] = person

    def _read_headings(self) -> None:
        ignored = []
        for place, heading in enumerate(self.headings):
            if column := _person_column(heading):
                if column in self.columns:
                    self._bad(self.heading_row, heading, heading, _("the column stands there twice"))
                self.columns.setdefault(column, place)
            elif _meant_as_date(heading):
                self._read_day(place, heading)
            elif heading:
                ignored.append(heading)
            elif any(_text(cells, place) for _number, cells in self.lines):
                self._bad(self.heading_row, str(place + 1), "", _("the column has no heading; write its date there"))
        if ignored:
            self.context.rules.warn(_("These columns are no dates, and were not read: {columns}.", columns=", ".join(ignored)))
        if not self.days and not self.bad:
            raise WrongInput(_("{file}: no heading is a date. Write dates like 2024-03-05 or 5/3-2024.", file=self.table.name))

    def _read_day(self, place: int, heading: str) -> None:
        words = _WEEKDAY.sub("", heading)
        try:
            if not re.search("[0-9]{4}", words):
                raise WrongInput(_("the date has no year of four digits; write it like 2024-03-05 or 5/3-2024"))
            day = read_date(words)
            if day in self.days:
                raise WrongInput(_("the date stands there twice"))
        except HusrumError as error:
            self._bad(self.heading_row, heading, heading, error.message)
        else:
            self.days[day] = place

    def _read_row(self, number: int, cells: list[str]) -> None:
        if any(cell.strip() for cell in cells[len(self.headings) :]):
            self._bad(number, str(len(self.headings) + 1), "", _("there are more cells than headings"))
        ref, name = (_text(cells, self.columns.get(column)) for column in ("number", "name"))
        if not ref and fold(name) in _UNNAMED:
            self._read_unnamed(number, cells)
            return
        texts = {day: _text(cells, place) for day, place in self.days.items()}
        if not ref and not name:
            if any(texts.values()):
                self._bad(number, self._heading("name", "number"), "", _("nobody is named in this row"))
            return
        person = self._person(number, ref, name)
        if person is not None:
            self._keep(_Row(number, person, {day: self._mark(number, day, text) for day, text in texts.items()}, texts))

    def _person(self, number: int, ref: str, name: str) -> Person | None:
        """Who a row is about. None where nobody is, which was told, or where the map file leaves the row out."""
        column = "number" if ref else "name"
        try:
            if ref:
                person = self.context.people.one(ref)
                if name and not _may_be(person, name):
                    raise NotFound(_("number {number} is {person}", number=ref, person=person.name or "?"))
                return person
            name = read_name(name, "name")
            if fold(name) in self.told:
                self.outcome.settled.append(name)
                return self.told[fold(name)]
            try:
                return self.context.people.one(name)
            except NotFound:
                self.unknown.setdefault(fold(name), UnknownName(name, number, self._guesses(name)))
        except HusrumError as error:
            self._bad(number, self._heading(column), ref or name, error.message)
        return None

    def _guesses(self, name: str) -> tuple[str, ...]:
        """Those whose names begin like it, else are written much like it; only the activity's own people where they are among them."""
        words = name.replace(".", " ")
        try:
            fitting = [self.loose.one(words)]
        except NotFound as error:
            fitting = [self.loose.one(number) for number, _name in error.candidates]
        if not fitting:
            close = difflib.get_close_matches(fold(words), self.loose.names, 3, 0.7)
            fitting = [person for each in close for person in self.loose.names[each]]
        near = [person for person in fitting if person.id in self.near]
        return tuple(self.loose.shown(person) for person in (near or fitting)[:3])

    def _mark(self, number: int, day: str, text: str) -> str | None:
        if (mark := _MARKS.get(text.casefold())) is None:
            self._bad(number, day, text, _("write x for present, a for excused, and leave the cell empty for not there"))
        return mark

    def _keep(self, row: _Row) -> None:
        """The same person in two rows counts once."""
        first = self.rows.setdefault(row.person.id, row)
        if first is not row:
            self.context.rules.warn(_("{person} was named twice and counts once.", person=row.person.shown))
            for day, mark in row.marks.items():
                first.marks[day] = max(first.marks[day] or "", mark or "")  # present before excused, and that before nothing

    def _read_unnamed(self, number: int, cells: list[str]) -> None:
        for day, place in self.days.items():
            text = _text(cells, place)
            try:
                if text and day in self.unnamed:
                    raise WrongInput(_("the row of those without a name stands there twice"))
                if text not in ("", "-"):
                    self.unnamed[day] = number, read_count(text, "unnamed")
            except HusrumError as error:
                self._bad(number, day, text, error.message)

    def record(self) -> None:
        """Reads headings and rows, and records each date that has marks, the earliest first."""
        self._read_headings()
        for number, cells in self.lines:
            self._read_row(number, cells)
        before = self.context.store.value("SELECT count(*) FROM attendance")
        for day in sorted(self.days):
            self._record_day(day)
        self.outcome.attendances = self.context.store.value("SELECT count(*) FROM attendance") - before

    def _record_day(self, day: str) -> None:
        session = self.context.store.row(_SESSION, self.activity.id, day)
        heading = self.headings[self.days[day]]
        if session is None and self.activity.ref.startswith("E"):
            days = ", ".join(event_days(self.context.store, self.activity))
            self._bad(self.heading_row, heading, heading, _("{event} is on {days}", event=self.activity.ref, days=days))
            return
        marks = {id: row.marks[day] for id, row in self.rows.items()}
        unnamed = self.unnamed.get(day, (0, 0))[1]
        ticked = PRESENT in marks.values() or unnamed > 0
        if session is not None and session["state"] == "held" and (ticked or EXCUSED in marks.values()):
            held = present_at(self.context.store, session["id"])
            if self._adds(day, held, session["unnamed"]):
                self._write(day, held)
            else:
                self.outcome.known.append(day)
        elif not ticked:
            self.outcome.unmarked.append(day)
            if session is not None and (session["unnamed"] or present_at(self.context.store, session["id"])):
                self.context.rules.warn(_("{date}: nobody is ticked; what was recorded before stays.", date=day))
            elif EXCUSED in marks.values():
                self.context.rules.warn(_("{date}: people are excused but nobody is ticked, so nothing was recorded.", date=day))
        elif session is not None and session["state"] == "cancelled":
            self._bad(self.heading_row, heading, heading, _("it was cancelled on that day, but people are ticked"))
        else:
            if session is None:
                self.outcome.new.append(day)
            self._write(day, {})

    def _adds(self, day: str, held: dict[int, str], unnamed: int) -> bool:
        """Whether the sheet says more than is recorded. It may where no young people were recorded; anything else must be the same."""
        empty = unnamed == 0 and not set(held.values()) - {"volunteer"}
        adds = False
        for id, row in self.rows.items():
            mark, recorded = row.marks[day], MARK_OF_PART.get(held.get(id, ""), "")
            if mark is None or mark == recorded:
                continue
            adds = True
            if recorded or not empty:
                self._contradicts(row.number, day, row.texts[day], recorded)
        row_number, said = self.unnamed.get(day, (0, unnamed))
        if said != unnamed:
            adds = True
            if not empty:
                self._contradicts(row_number, day, str(said), str(unnamed))
        return adds

    def _contradicts(self, number: int, day: str, text: str, recorded: str) -> None:
        command = "husrum group meet" if self.activity.ref.startswith("G") else "husrum event attend"
        mark = f"“{recorded}”" if recorded else _("nothing")
        self._bad(number, day, text, _("the file holds {mark} here; correct it with: {command}", mark=mark, command=command))

    def _write(self, day: str, held: dict[int, str]) -> None:
        self.outcome.recorded.append(day)
        standing, rules, activity = self.context.standing, self.context.rules, self.activity
        ticked = [row.person for row in self.rows.values() if row.marks[day] == PRESENT]
        excused = [row.person for row in self.rows.values() if row.marks[day] == EXCUSED]
        unnamed = self.unnamed[day][1] if day in self.unnamed else None
        if activity.ref.startswith("E"):
            attend_event(standing, rules, activity, day, Turnout(present=ticked, excused=excused, unnamed=unnamed))
            return
        for person in (each for each in ticked if each.id not in self.near):
            rules.warn(_("{person} is not enrolled in {group}.", person=person.shown, group=activity.ref))
        # Leaders who have a row are there only when ticked; those without one are there by themselves.
        leading = standing.leading(activity.id, day) | {id for id, part in held.items() if part == "volunteer"}
        volunteers = None
        if leading & self.rows.keys():
            volunteers = [person for person in ticked if person.id in leading]
            volunteers += [self.context.people.by_id[id] for id in sorted(leading - self.rows.keys()) if not held or id in held]
        present = [person for person in ticked if volunteers is None or person.id not in leading]
        meet(standing, rules, activity, day, Turnout(present=present, volunteers=volunteers, excused=excused, unnamed=unnamed))

    def _heading(self, *columns: str) -> str:
        return next((self.headings[self.columns[column]] for column in columns if column in self.columns), columns[0])

    def _bad(self, row: int, column: str, value: str, reason: str, file: str | None = None) -> None:
        try:
            refuse_cpr(value, column)
        except HusrumError:
            value = _("(withheld)")
        if row != self.heading_row and column in self.days and len(value) > 3 and value.casefold() not in _MARKS:
            value = _("(withheld)")  # it may be a remark about somebody
        reason = re.sub("^(date|person|name|unnamed): ", "", reason)  # the column is told beside it
        self.bad.append(BadCell(file or self.table.name, row, column, value if len(value) <= 60 else value[:57] + "…", reason))


def _from_headings(table: Table) -> tuple[int, list[str], list[tuple[int, list[str]]]]:
    """The row of headings, which may stand under a title, and the rows below it."""
    lines = [(1, table.header), *table.rows]
    found = [at for at, (_number, cells) in enumerate(lines) if any(map(_person_column, cells))]
    if not found:
        raise WrongInput(_("{file}: no heading says who the rows are about. Name a column Number or Name.", file=table.name))
    at = next((at for at in found if any(map(_meant_as_date, lines[at][1]))), found[0])
    return lines[at][0], [cell.strip() for cell in lines[at][1]], lines[at + 1 :]


def _person_column(heading: str) -> str | None:
    words = heading_words(heading).rstrip(".")
    return "number" if words in _NUMBER_HEADINGS else "name" if words in _NAME_HEADINGS else None


def _meant_as_date(heading: str) -> bool:
    return bool(re.match("[0-9]", _WEEKDAY.sub("", heading.strip())))


def _text(cells: list[str], place: int | None) -> str:
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _may_be(person: Person, name: str) -> bool:
    """Whether a name beside a number can be that person's: a sheet whose names were sorted without their numbers is found out."""
    own = re.split(r"[\s.]+", fold(f"{person.name or name} {person.called or ''}"))
    return all(any(each.startswith(word) for each in own) for word in re.split(r"[\s.]+", fold(name)) if word)
