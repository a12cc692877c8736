"""The context of understanding a sheet: the mapping, the year, the roster, and the findings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from ...errors import WrongInput
from ...i18n import _, without_field
from ...input.text import first_name_first, holds_cpr, read_name, without_cpr
from ...rowtypes.registry import row_type
from ..reading.workbook import CellError, Sheet, Value
from .columns import by_name
from .findings import NAMESAKE, Findings, Issue
from .mapping import IGNORE, NEW, Mapping
from .roster import Roster, RosterPerson
from .tables import cell_text
from .words import how_many, is_guests, is_in_brackets, names_in, tidy_name, without_remark


@dataclass(slots=True)
class Options:
    """The options of the command line, apart from the files. `target`: what a grid is (`group:G1`, `event:E1`, `events:Title`)."""

    year: int | None = None
    kind: str | None = None
    target: str | None = None
    sheets: tuple[str, ...] = ()
    all_sheets: bool = False
    mapping: Mapping = field(default_factory=Mapping)


@dataclass(slots=True)
class SheetContext:
    """One sheet being understood. `exact`: it has the columns of its kind by their own names, as exports do, so its texts are taken as they are.

    `guessed`: its kind is known from its headings alone. `belongs`: what its rows belong to is said of the sheet.
    """

    file: str
    sheet: Sheet
    options: Options
    roster: Roster
    findings: Findings
    kind: str = ""
    exact: bool = False
    guessed: bool = False
    belongs: bool = False
    new_people: dict[str, RosterPerson] = field(default_factory=dict)  # by what the mapping says is `new`

    @property
    def mapping(self) -> Mapping:
        """Return the mapping written by the coordinator."""
        return self.options.mapping

    @property
    def year(self) -> int | None:
        """The year of dates that have none: `--year`, else the mapping's."""
        return self.options.year or self.mapping.year(self.sheet.name)

    def add_issue(
        self, row: int, column: str, value: Value, why: str, what: str = "", guess: str = "", kind: str = "", name: str = ""
    ) -> None:
        """Add a bad cell. `kind` and `name` of its column: confidential values are not shown."""
        text = " ".join(cell_text(value).split())
        why = without_cpr(without_field(without_field(why, name), "date"))
        display = _displayed(kind, name, text)
        if isinstance(value, CellError) or holds_cpr(text):
            what = what if what in ("heading", "sheet") else ""
        if what == "value" and kind and (declared := by_name(kind).get(name)) and declared.private:
            what = ""
        self.findings.add(Issue(self.file, self.sheet.name, row, column, display, why, what, text if what else "", guess, self.kind, name))

    def cell_error(self, row: int, column: str, error: CellError) -> None:
        """Add a cell that has no value to read."""
        why = {
            "error": _("the spreadsheet shows an error here"),
            "formula": _("a formula without a stored value; open the file in a spreadsheet and save it"),
            "long": _("the text is longer than a cell can be"),
        }[error.kind]
        self.add_issue(row, column, error, why)

    def find_person(self, row: int, column: str, text: str, volunteer: bool = False, guess: str = "") -> RosterPerson | None:
        """Return whom a name means. None if the mapping leaves them out, or if it isn't known, which is added to the findings.

        `volunteer`: somebody new is one there, instead of a young person. `guess`: the likeliest answer, if it is nobody's name.
        """
        name, written = self.tidy(text)[0], " ".join(text.split())
        means = self.meaning_of_name(text)
        if means == IGNORE:
            return None
        if means == NEW:
            try:
                return self.new_person(read_new_name(name), volunteer)
            except WrongInput as error:
                self.add_issue(row, column, written, error.message, "name", kind="intakes", name="name")
                return None
        meant = self.roster.look_up(means or text, self.exact)
        if meant.person is None:
            namesakes = [] if means else self.roster.with_name(name)
            if means:
                why = self.why_nobody(means)
            elif namesakes:
                why = _("several have this name: {numbers}", numbers=_numbers(namesakes))
            else:
                why = _("nobody in the file has this name")
            guess = guess or (meant.guesses[0].display_name if len(meant.guesses) == 1 else "")
            self.add_issue(row, column, written, why, NAMESAKE if namesakes else "name", guess)
        return meant.person

    def why_nobody(self, means: str) -> str:
        """Say why what the mapping says of a name is not one person."""
        if namesakes := self.roster.with_name(means):
            return _("the mapping says “{means}”, and several have this name: {numbers}", means=means, numbers=_numbers(namesakes))
        return _("the mapping says “{means}”, and that is nobody", means=means)

    def tidy(self, raw: str) -> tuple[str, str]:
        """Return a name as names are written, and the remark in brackets on it."""
        if self.exact:
            return raw, ""
        name, remark = without_remark(raw)
        if not name and is_in_brackets(raw):
            name, remark = remark, ""
        # Digits are no part of a first name.
        return tidy_name(name if any(map(str.isdigit, name)) else first_name_first(name)) or tidy_name(raw), remark

    def parts(self, text: str) -> list[str]:
        """Return the values in a cell that may hold several."""
        return [part.strip() for part in re.split("[|,]", text) if part.strip()] if self.exact else names_in(text)

    def meaning_of_name(self, text: str) -> str | None:
        """Return the mapping's entry for a name, as written or without its remark."""
        if self.mapping.is_empty:
            return None
        for each in (text, without_remark(text)[0], tidy_name(without_remark(text)[0])):
            if means := self.mapping.meaning("name", self.sheet.name, each):
                return means
            if self.roster.with_remark(text):
                return None
        return None

    def new_person(self, name: str, volunteer: bool) -> RosterPerson:
        """Enter somebody that only a list names and the mapping says is new: with an enquiry of unknown date, or as a volunteer since then."""
        known = self.roster.with_name(name)
        if known:
            return known[0]
        known_new = RosterPerson(self.roster.next_number(), name)
        if volunteer:
            known_new.joined = ""
        else:
            known_new.enquired.add("")
        self.roster.add(known_new)
        self.new_people[name] = known_new
        return known_new


def read_new_name(text: str) -> str:
    """Read the name of somebody new. Raises `WrongInput` for a number of people, or guests."""
    if is_guests(text) or how_many(text) is not None:
        raise WrongInput(_("“{text}” is not a name", text=text))
    return read_name(text, "name")


def _numbers(people: Sequence[RosterPerson]) -> str:
    """List people of one name by their numbers and birth years."""
    return ", ".join(f"{each.expected}{f' ({each.born[:4]})' if each.born else ''}" for each in people)


def _displayed(kind: str, name: str, text: str) -> str:
    if not text:
        return ""
    if kind and name in by_name(kind):
        return row_type(kind).cell_for_message(name, text)
    if holds_cpr(text):
        return _("(withheld)")
    return text if len(text) <= 60 else text[:57] + "…"
