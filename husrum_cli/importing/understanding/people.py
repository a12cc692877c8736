"""Identification of people in lists of young people and volunteers: somebody new, somebody known, or a question to the coordinator."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

from ...i18n import _
from ...input.text import fold
from .context import SheetContext
from .mapping import NEW
from .papers import take_out_papers
from .roster import EVERYBODY, Fact, Roster, RosterPerson
from .rows import RowsOfKind, Texts
from .words import has_more_than_name, is_in_brackets, may_be_several, tidy_name, without_remark

# The day that distinguishes one row of a person from another.
_DAY = {"intakes": "enquired", "volunteers": "joined"}
# The columns of a role, and which of a volunteer's stand for them.
_ROLE_COLUMNS = {"volunteer": "name", "role": "role", "from": "joined", "to": "left"}
# The number of people that a question names.
_SHOWN = 3
_OF_A_ROLE = frozenset({"name", "person", "ref", "role", "joined", "left", "note"})


def identify(sheets: list[tuple[SheetContext, RowsOfKind]]) -> list[RowsOfKind]:
    """Give every row its person. New people join the roster; rows that refer to others come last. Return the roles of volunteers who have a row for each, and their papers.

    The same name is the same human with the same birth date or phone, or if nothing distinguishes two rows of one list; anything else is asked.
    """
    referring: list[tuple[SheetContext, RowsOfKind, int, Texts, str]] = []
    whose: dict[int, RosterPerson | None] = {}  # by the id of the row's texts
    for context, rows in sheets:
        surnames_first = 2 * sum("," in texts.get("name", "") for _number, texts in rows.rows) > len(rows.rows)
        for number, texts in rows.rows:
            if "person" in texts:
                referring.append((context, rows, number, texts, texts["person"]))
            elif "name" in texts:
                why = _why_no_name(context, raw := texts["name"], surnames_first)
                remark = _tidy(context, texts, raw)
                means = context.meaning_of_name(raw)
                if why and not means:
                    context.add_issue(number, rows.headings.get("name", "name"), raw, why, "name", kind=rows.kind, name="name")
                elif means and means != NEW and not _is_itself(texts, means):
                    referring.append((context, rows, number, texts, means))
                else:
                    whose[id(texts)] = known = _Row(context, rows, number, texts).settle(means)
                    if known and remark:
                        known.remark = remark
    for context, rows, number, texts, text in referring:
        known = context.roster.look_up(text).person
        if "person" in texts:
            known = context.find_person(number, rows.headings.get("person", "person"), text)
        elif known is None:
            context.add_issue(number, rows.headings.get("name", "name"), texts["name"], context.why_nobody(text), "name")
        if known:
            if "person" not in texts:
                texts.pop("name", None)
                texts.pop("ref", None)
            texts["person"] = known.text
            _drop_reckoned(texts, known, number in rows.aged)
            _remember(context.roster, known, rows.kind, texts)
            whose[id(texts)] = known
    papers = [each for context, rows in sheets if rows.kind == "volunteers" and not context.exact for each in take_out_papers(rows, whose)]
    roles = [each for context, rows in sheets if rows.kind == "volunteers" and not context.exact for each in _roles(context, rows, whose)]
    for _context, rows in sheets:
        rows.rows.sort(key=lambda row: "person" in row[1])
    return roles + papers


def _roles(context: SheetContext, rows: RowsOfKind, whose: Mapping[int, RosterPerson | None]) -> Iterator[RowsOfKind]:
    """Take the rows of a volunteer after the earliest out of a list that has one for each role, as rows of roles. What they say besides joins the earliest."""
    by_person: dict[int, list[tuple[int, Texts]]] = {}
    for number, texts in rows.rows:
        if known := whose.get(id(texts)):
            by_person.setdefault(id(known), []).append((number, texts))
    found = []
    for several in by_person.values():
        if len(several) < 2 or not all("role" in texts for _number, texts in several):
            continue
        several.sort(key=lambda row: row[1].get("joined", ""))
        (first_number, first), *later = several
        stays = any("left" not in texts for _number, texts in several)
        if "left" in first:  # one of the roles ended; who has a row without an end is still here
            found.append((first_number, _as_role(whose[id(first)], first, first["left"])))
        if stays:
            first.pop("left", None)
        for number, texts in later:
            found.append((number, _as_role(whose[id(texts)], texts, texts.get("left"))))
            rows.rows.remove((number, texts))
            if not stays:
                first["left"] = max(first["left"], texts["left"])
            if "note" in texts and texts["note"] != first.setdefault("note", texts["note"]):
                first["note"] += f"\n{texts['note']}"
            for column in texts.keys() - _OF_A_ROLE:
                if first.setdefault(column, texts[column]) != texts[column]:
                    why = _("row {row} has another value for the same person", row=first_number)
                    context.add_issue(number, rows.headings.get(column, column), texts[column], why)
    if found:
        headings = {role: rows.headings.get(column, column) for role, column in _ROLE_COLUMNS.items()}
        yield RowsOfKind(rows.file, rows.sheet, "roles", headings, found)


def _as_role(known: RosterPerson | None, texts: Texts, left: str | None) -> Texts:
    assert known
    return {"volunteer": known.text, "role": texts["role"], "from": texts.get("joined", ""), "to": left or ""}


def _why_no_name(context: SheetContext, raw: str, surnames_first: bool) -> str:
    """Say why a cell in a list of people may not be somebody's name alone. Empty if it is, or if somebody is called so."""
    if context.exact or context.roster.with_name(raw):
        return ""
    if is_in_brackets(raw):
        return _("the name is in brackets: write who it is, new, or ignore")
    name = without_remark(raw)[0]
    if has_more_than_name(name):
        return _("there is more than a name in this cell: correct it, or write new if they are called so")
    if may_be_several(name, surnames_first):
        return _("this may be more than one person: give each a row, or write new if it is one")
    return ""


def _is_itself(texts: Texts, means: str) -> bool:
    """Whether the mapping names the very person that a row is about: by the same name, or by the row's own number."""
    number, _space, _name = means.partition(" ")
    return tidy_name(means).casefold() == texts["name"].casefold() or number == texts.get("ref")


def _tidy(context: SheetContext, texts: Texts, raw: str) -> str:
    """Move a remark in brackets from the name to the note, and return it."""
    texts["name"], remark = context.tidy(raw)
    if remark and remark.casefold() not in texts.get("note", "").casefold():
        texts["note"] = f"{remark}\n{texts['note']}" if "note" in texts else remark
    return remark


def _refer(texts: Texts, known: RosterPerson) -> None:
    texts.pop("name", None)
    texts.pop("ref", None)
    texts["person"] = known.text


def _drop_reckoned(texts: Texts, known: RosterPerson, aged: bool) -> None:
    """Leave out a birth year that was reckoned from an age, if what is known of the person agrees with it."""
    if aged and known.born and birth_dates_agree(known.born, texts.get("born"), aged):
        texts.pop("born", None)


def _remember(roster: Roster, known: RosterPerson, kind: str, texts: Texts) -> None:
    roster.remember(known, kind, texts.get(_DAY[kind], ""), texts.get("left", "9999"))


class _Row:
    """A row that names somebody."""

    def __init__(self, context: SheetContext, rows: RowsOfKind, number: int, texts: Texts) -> None:
        self.context, self.kind, self.number, self.texts = context, rows.kind, number, texts
        self.heading = rows.headings.get("name", "name")
        self.name, self.born = texts["name"], texts.get("born")
        self.day = texts.get(_DAY[rows.kind], "")
        self.aged = number in rows.aged
        self.phone, self.email = digits(texts.get("phone", "")), fold(texts.get("email", ""))

    def settle(self, means: str | None) -> RosterPerson | None:
        """Find whom the row is about; None: that is asked. `means`: `new`, or that it is the one of that name."""
        roster = self.context.roster
        ref = int(self.texts["ref"]) if self.texts.get("ref", "").isdigit() else None
        if ref is not None:
            return self._settle_numbered(ref, means)
        others = roster.with_name(self.name)
        recorded = [*islice(roster.those(self.name, (f"{self.kind} in file", self.day)), 2)]
        if len(recorded) == 1 and self._agrees(recorded[0]):
            self._refer(recorded[0])
            return recorded[0]
        if means == NEW:
            others = list(others or roster.with_abbreviated_name(self.name))
            number = roster.next_number() if others else None
            if number:
                self.texts["ref"] = str(number)
            known = self._add(number)
            roster.distinct += ((known, other) for other in others)
        elif same := self._same(bool(means)):
            if same.born != self.born:
                self._refer(same)
            known = same
        elif means and len(others) == 1:
            self._refer(others[0])  # what differs is listed when the row is compared with the file
            return others[0]
        elif doubtful := [*islice(self._doubtful(bool(others)), _SHOWN)]:
            self._ask(doubtful)
            return None
        else:
            known = self._add(None)
        _remember(roster, known, self.kind, self.texts)
        return known

    def _settle_numbered(self, ref: int, means: str | None) -> RosterPerson | None:
        """Find whom a row with a number is about. A new number for a name and a birth date or phone that somebody has may only be that of the row."""
        known = self.context.roster.by_number.get(ref)
        same = self._same(False, listed=False)
        if known is not None or same is None or means == NEW or self.context.exact:
            known = known or self._add(ref)
        elif means:
            self._refer(same)
            known = same
        else:
            self._ask([same])
            return None
        _remember(self.context.roster, known, self.kind, self.texts)
        return known

    def _ask(self, doubtful: list[RosterPerson]) -> None:
        """Ask who it is: one of these, who are no more than can be shown, or somebody new."""
        guess = doubtful[0].display_name if len(doubtful) == 1 else ""
        why = _("this may be {who}: write who it is, or new", who=", ".join(known.display_name for known in doubtful))
        self.context.add_issue(self.number, self.heading, self.name, why, "name", guess)

    def _refer(self, known: RosterPerson) -> None:
        _refer(self.texts, known)
        _drop_reckoned(self.texts, known, self.aged)

    def _agrees(self, known: RosterPerson) -> bool:
        return birth_dates_agree(known.born, self.born, self.aged)

    def _add(self, number: int | None) -> RosterPerson:
        return self.context.roster.add(RosterPerson(number, self.name, self.born, self.phone, self.email, self.texts.get("called", "")))

    def _born_alike(self) -> Iterable[Fact]:
        """Return the facts of which those have one whose birth date may be the same."""
        if not self.born:
            return [EVERYBODY]
        if self.aged:
            alike = [("year", str(int(self.born[:4]) + later)) for later in (-1, 0, 1)]
        elif len(self.born) == 4:
            alike = [("year", self.born)]
        else:
            alike = [("born", self.born), ("born", self.born[:4])]
        return [*alike, ("born", "")]

    def _same(self, confirmed: bool, *, listed: bool = True) -> RosterPerson | None:
        """Return the first of this name who is the same human (`_is`)."""
        facts = self._born_alike() if confirmed else [("born", self.born or "")]
        phone = [("phone", self.phone)] if self.phone else []
        return next(
            (known for known in self.context.roster.those(self.name, *facts, *phone) if self._is(known, confirmed, listed=listed)), None
        )

    def _is(self, known: RosterPerson, confirmed: bool, *, listed: bool = True) -> bool:
        """Whether somebody of this name is certainly the same human, or was confirmed to be. `listed`: as one list has a human twice."""
        if confirmed or self.phone and self.phone == known.phone:
            return self._agrees(known)
        if self.born and self.born == known.born:
            return len(self.born) > 4 or listed and not self._elsewhere(known)  # two of a name may well be born in one year
        return listed and known.is_kind(self.kind) and not self._elsewhere(known) and self.born is None and known.born is None

    def _elsewhere(self, known: RosterPerson) -> bool:
        """Whether somebody is reached by another phone number or e-mail address."""
        return any(own and other and own != other for own, other in ((self.phone, known.phone), (self.email, known.email)))

    def _has_this_row(self, known: RosterPerson) -> bool:
        return bool(self.phone and self.phone == known.phone or self.day and known.has_row(self.kind, self.day))

    def _doubtful(self, named: bool) -> Iterable[RosterPerson]:
        """Yield who it may be: of the same name unless the birth dates differ, of a shortened name, or with the same first name and phone.

        A birth date that differs may be a mistake if the phone or the row's day is the same. An export is taken as it is, unless they are reached elsewhere.
        `named`: whether anybody has the name.
        """
        roster = self.context.roster
        if self.context.exact:
            return (known for known in roster.those(self.name, *self._born_alike()) if self._agrees(known) and self._elsewhere(known))
        if named:
            facts = [*self._born_alike(), *([("phone", self.phone)] if self.phone else []), *([(self.kind, self.day)] if self.day else [])]
            return (known for known in roster.those(self.name, *facts) if self._agrees(known) or self._has_this_row(known))
        first = self.name.split()[0].casefold()
        same_phone = [
            known for known in roster.by_phone.get(self.phone, ()) if known.name.split()[:1] and known.name.split()[0].casefold() == first
        ]
        return same_phone or [known for known in roster.with_abbreviated_name(self.name) if self._agrees(known)]


def birth_dates_agree(known: str | None, given: str | None, aged: bool = False) -> bool:
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
