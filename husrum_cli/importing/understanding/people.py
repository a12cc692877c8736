"""Identification of people in lists of young people and volunteers: somebody new, somebody known, or a question to the coordinator."""

from __future__ import annotations

from ...i18n import _
from .context import SheetContext
from .mapping import NEW
from .roster import Known
from .rows import RowsOfKind, Texts
from .words import tidy_name

# The day that distinguishes one row of a person from another.
_DAY = {"intakes": "enquired", "volunteers": "joined"}


def identify(sheets: list[tuple[SheetContext, RowsOfKind]]) -> None:
    """Give every row its person. New people join the roster; rows that refer to others come last.

    The same name is the same human with the same birth date or phone, or if nothing distinguishes two rows of one list; anything else is asked.
    """
    referring: list[tuple[SheetContext, RowsOfKind, int, Texts, str]] = []
    for context, rows in sheets:
        for number, texts in rows.rows:
            if "person" in texts:
                referring.append((context, rows, number, texts, texts["person"]))
            elif "name" in texts:
                _tidy(context, texts, raw := texts["name"])
                means = context.meaning_of_name(raw)
                if means and means != NEW and tidy_name(means).casefold() != texts["name"].casefold():
                    referring.append((context, rows, number, texts, means))
                else:
                    _Row(context, rows, number, texts).settle(means)
    for context, rows, number, texts, text in referring:
        known = context.roster.meant(text).person
        if "person" in texts:
            known = context.who(number, rows.headings.get("person", "person"), text)
        elif known is None:
            why = _("the mapping says “{means}”, and that is nobody", means=text)
            context.bad(number, rows.headings.get("name", "name"), texts["name"], why, "name")
        if known:
            if "person" not in texts:
                texts.pop("name", None)
                texts.pop("ref", None)
            texts["person"] = known.text
            _remember(known, rows.kind, texts)
    for _context, rows in sheets:
        rows.rows.sort(key=lambda row: "person" in row[1])


def _tidy(context: SheetContext, texts: Texts, raw: str) -> None:
    """Move a remark in brackets from the name to the note."""
    texts["name"], remark = context.tidy(raw)
    if remark and remark.casefold() not in texts.get("note", "").casefold():
        texts["note"] = f"{remark}\n{texts['note']}" if "note" in texts else remark


def _refer(texts: Texts, known: Known) -> None:
    texts.pop("name", None)
    texts.pop("ref", None)
    texts["person"] = known.text


def _remember(known: Known, kind: str, texts: Texts) -> None:
    day = texts.get(_DAY[kind], "")
    if kind == "intakes":
        known.enquired.add(day)
    elif not known.has_row(kind, day):
        known.periods.append((day, texts.get("left", "9999")))


class _Row:
    """A row that names somebody."""

    def __init__(self, context: SheetContext, rows: RowsOfKind, number: int, texts: Texts) -> None:
        self.context, self.kind, self.number, self.texts = context, rows.kind, number, texts
        self.heading = rows.headings.get("name", "name")
        self.name, self.born = texts["name"], texts.get("born")
        self.phone = digits(texts.get("phone", ""))

    def settle(self, means: str | None) -> None:
        """Find whom the row is about. `means`: `new`, or that it is the one of that name."""
        roster = self.context.roster
        ref = int(self.texts["ref"]) if self.texts.get("ref", "").isdigit() else None
        if ref is not None:
            _remember(roster.by_number.get(ref) or self._add(ref), self.kind, self.texts)
            return
        others = list(roster.named(self.name))
        recorded = [known for known in others if known.in_file and known.has_row(self.kind, self.texts.get(_DAY[self.kind], ""))]
        if len(recorded) == 1 and compatible(recorded[0].born, self.born):
            _refer(self.texts, recorded[0])
        elif means == NEW:
            others = others or list(roster.abbreviated(self.name))
            number = roster.next_number() if others else None
            if number:
                self.texts["ref"] = str(number)
            known = self._add(number)
            roster.distinct += ((known, other) for other in others)
            _remember(known, self.kind, self.texts)
        elif same := next((known for known in others if self._is(known, bool(means))), None):
            if same.born != self.born:
                _refer(self.texts, same)
            _remember(same, self.kind, self.texts)
        elif not self.context.exact and (doubtful := self._doubtful(others)):
            guess = doubtful[0].shown if len(doubtful) == 1 else ""
            why = _("this may be {who}: write who it is, or new", who=", ".join(known.shown for known in doubtful[:3]))
            self.context.bad(self.number, self.heading, self.name, why, "name", guess)
        else:
            _remember(self._add(None), self.kind, self.texts)

    def _add(self, number: int | None) -> Known:
        return self.context.roster.add(Known(number, self.name, self.born, self.phone, self.texts.get("called", "")))

    def _is(self, known: Known, confirmed: bool) -> bool:
        """Whether somebody of this name is certainly the same human, or was confirmed to be."""
        if confirmed or self.phone and self.phone == known.phone:
            return compatible(self.born, known.born)
        if self.born and self.born == known.born:
            return True
        in_this_list = known.is_kind(self.kind) and not (self.phone and known.phone)
        return in_this_list and self.born is None and known.born is None

    def _doubtful(self, others: list[Known]) -> list[Known]:
        """Return who it may be: of the same name unless the birth dates differ, of a shortened name, or with the same first name and phone."""
        if others:
            return [known for known in others if compatible(self.born, known.born)]
        roster, first = self.context.roster, self.name.split()[0].casefold()
        same_phone = [
            known for known in roster.by_phone.get(self.phone, ()) if known.name.split()[:1] and known.name.split()[0].casefold() == first
        ]
        return same_phone or [known for known in roster.abbreviated(self.name) if compatible(self.born, known.born)]


def compatible(one: str | None, other: str | None) -> bool:
    """Whether two birth dates can be the same one: one is not known, or is only the year of the other."""
    return not one or not other or one.startswith(other) or other.startswith(one)


def digits(phone: str) -> str:
    """Return the digits of a Danish number, however it is written and with or without the country's."""
    found = "".join(sign for sign in phone if sign.isdigit())
    return found[-8:]
