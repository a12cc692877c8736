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
                if means and means != NEW and not _is_itself(texts, means):
                    referring.append((context, rows, number, texts, means))
                else:
                    _Row(context, rows, number, texts).settle(means)
    for context, rows, number, texts, text in referring:
        known = context.roster.meant(text).person
        if "person" in texts:
            known = context.who(number, rows.headings.get("person", "person"), text)
        elif known is None:
            context.bad(number, rows.headings.get("name", "name"), texts["name"], context.why_nobody(text), "name")
        if known:
            if "person" not in texts:
                texts.pop("name", None)
                texts.pop("ref", None)
            texts["person"] = known.text
            _drop_reckoned(texts, known, number in rows.aged)
            _remember(known, rows.kind, texts)
    for _context, rows in sheets:
        rows.rows.sort(key=lambda row: "person" in row[1])


def _is_itself(texts: Texts, means: str) -> bool:
    """Whether the mapping names the very person that a row is about: by the same name, or by the row's own number."""
    number, _space, _name = means.partition(" ")
    return tidy_name(means).casefold() == texts["name"].casefold() or number == texts.get("ref")


def _tidy(context: SheetContext, texts: Texts, raw: str) -> None:
    """Move a remark in brackets from the name to the note."""
    texts["name"], remark = context.tidy(raw)
    if remark and remark.casefold() not in texts.get("note", "").casefold():
        texts["note"] = f"{remark}\n{texts['note']}" if "note" in texts else remark


def _refer(texts: Texts, known: Known) -> None:
    texts.pop("name", None)
    texts.pop("ref", None)
    texts["person"] = known.text


def _drop_reckoned(texts: Texts, known: Known, aged: bool) -> None:
    """Leave out a birth year that was reckoned from an age, if what is known of the person agrees with it."""
    if aged and known.born and agree(known.born, texts.get("born"), aged):
        texts.pop("born", None)


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
        self.aged = number in rows.aged
        self.phone = digits(texts.get("phone", ""))

    def settle(self, means: str | None) -> None:
        """Find whom the row is about. `means`: `new`, or that it is the one of that name."""
        roster = self.context.roster
        ref = int(self.texts["ref"]) if self.texts.get("ref", "").isdigit() else None
        others = list(roster.named(self.name))
        if ref is not None:
            self._settle_numbered(ref, means, others)
            return
        recorded = [known for known in others if known.in_file and known.has_row(self.kind, self.texts.get(_DAY[self.kind], ""))]
        if len(recorded) == 1 and self._agrees(recorded[0]):
            self._refer(recorded[0])
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
                self._refer(same)
            _remember(same, self.kind, self.texts)
        elif means and len(others) == 1:
            self._refer(others[0])  # what differs is listed when the row is compared with the file
        elif not self.context.exact and (doubtful := self._doubtful(others)):
            self._ask(doubtful)
        else:
            _remember(self._add(None), self.kind, self.texts)

    def _settle_numbered(self, ref: int, means: str | None, others: list[Known]) -> None:
        """Find whom a row with a number is about. A new number for a name and a birth date or phone that somebody has may only be that of the row."""
        known = self.context.roster.by_number.get(ref)
        same = next((other for other in others if self._is(other, False, listed=False)), None)
        if known is not None or same is None or means == NEW or self.context.exact:
            _remember(known or self._add(ref), self.kind, self.texts)
        elif means:
            self._refer(same)
            _remember(same, self.kind, self.texts)
        else:
            self._ask([same])

    def _ask(self, doubtful: list[Known]) -> None:
        guess = doubtful[0].shown if len(doubtful) == 1 else ""
        why = _("this may be {who}: write who it is, or new", who=", ".join(known.shown for known in doubtful[:3]))
        self.context.bad(self.number, self.heading, self.name, why, "name", guess)

    def _refer(self, known: Known) -> None:
        _refer(self.texts, known)
        _drop_reckoned(self.texts, known, self.aged)

    def _agrees(self, known: Known) -> bool:
        return agree(known.born, self.born, self.aged)

    def _add(self, number: int | None) -> Known:
        return self.context.roster.add(Known(number, self.name, self.born, self.phone, self.texts.get("called", "")))

    def _is(self, known: Known, confirmed: bool, *, listed: bool = True) -> bool:
        """Whether somebody of this name is certainly the same human, or was confirmed to be. `listed`: as one list has a human twice."""
        if confirmed or self.phone and self.phone == known.phone:
            return self._agrees(known)
        if self.born and self.born == known.born:
            return listed or len(self.born) > 4  # two of a name may well be born in one year
        in_this_list = known.is_kind(self.kind) and not (self.phone and known.phone)
        return listed and in_this_list and self.born is None and known.born is None

    def _has_this_row(self, known: Known) -> bool:
        day = self.texts.get(_DAY[self.kind], "")
        return bool(self.phone and self.phone == known.phone or day and known.has_row(self.kind, day))

    def _doubtful(self, others: list[Known]) -> list[Known]:
        """Return who it may be: of the same name unless the birth dates differ, of a shortened name, or with the same first name and phone.

        A birth date that differs may be a mistake if the phone or the row's day is the same.
        """
        if others:
            return [known for known in others if self._agrees(known) or self._has_this_row(known)]
        roster, first = self.context.roster, self.name.split()[0].casefold()
        same_phone = [
            known for known in roster.by_phone.get(self.phone, ()) if known.name.split()[:1] and known.name.split()[0].casefold() == first
        ]
        return same_phone or [known for known in roster.abbreviated(self.name) if self._agrees(known)]


def agree(known: str | None, given: str | None, aged: bool = False) -> bool:
    """Whether two birth dates can be the same one: one is not known, or is only the year of the other.

    `aged`: the one that is given was reckoned from an age, which makes two years possible, and a third if the one that is known may be reckoned too.
    """
    if not known or not given or known.startswith(given) or given.startswith(known):
        return True
    return aged and int(known[:4]) - int(given[:4]) in ((-1, 0) if len(known) > 4 else (-1, 0, 1))


def digits(phone: str) -> str:
    """Return the digits of a Danish number, however it is written and with or without the country's."""
    found = "".join(sign for sign in phone if sign.isdigit())
    return found[-8:]
