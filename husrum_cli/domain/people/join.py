"""Join two entries of one person."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any, NamedTuple

from ...errors import Refused, WrongInput
from ...i18n import _, decimal_number, field_word, language
from ...store import Store
from ...store.rows import Row
from ...vocabulary import PURPOSE, QUESTIONS, label, translation
from ..row_numbers import free_number
from ..rules import Rules, overlap
from .consents import withdrawn_by_the_other
from .identity import in_order
from .lookup import Person

# The lists in which somebody is named at an occasion: of two, the first one stays.
_LISTS = ("volunteers", "present", "excused")
# What was not asked yields to whatever the other entry says.
NOT_ASKED = "not_asked"


class NotKept(NamedTuple):
    """A value that one entry (whose), nearly always the second, had, and that is dropped because the other has another one. what: what it is called in a sentence."""

    whose: Person
    what: str
    value: str


def join(store: Store, rules: Rules, kept: Person, other: Person) -> list[NotKept]:
    """Unite all of `other` with `kept`; both numbers find them afterwards. Returns what could not be kept.

    Overlapping periods of the same thing become one, from the earliest start to the latest end. A value that only one entry has is kept; if both have
    one, that of `kept` stays. Raises `Refused` if the two can't be one person.
    """
    if kept.id == other.id:
        raise WrongInput(_("person: that is the same number twice."), "person")
    if kept.branch_id != other.branch_id:
        raise Refused(_("person: they are in two branches; people are linked there when the files are merged."), "person")
    words = {"one": kept.display_name, "other": other.display_name}
    if kept.born and other.born and not (kept.born.startswith(other.born) or other.born.startswith(kept.born)):
        rules.broken(
            _("person: {one} and {other} were born on different days; with --force they are joined all the same.", **words), "person"
        )
    if store.value("SELECT 1 FROM distinct_people WHERE person_id = ? AND other_id = ?", *in_order(kept.id, other.id)):
        rules.broken(
            _("person: {one} and {other} were marked as two people; with --force they are joined all the same.", **words), "person"
        )
    if store.value("SELECT 1 FROM matches WHERE ? IN (person_id, volunteer_id) AND ? IN (person_id, volunteer_id)", kept.id, other.id):
        raise Refused(_("person: {one} and {other} are matched with each other.", **words), "person")
    _refuse_two_matches(store, kept, other)
    for one, two in ((kept, other), (other, kept)):
        if found := withdrawn_by_the_other(store, one, two):
            gave = f" --given {found.gave}" if found.gave else ""
            about = {
                "other": two.display_name,
                "one": one.display_name,
                "purpose": label(PURPOSE, found.purpose, language()).lower(),
                "date": found.day,
                "command": f"husrum person consent {one.number} {found.purpose}{gave} --withdrawn {found.day}",
            }
            raise Refused(
                _("person: {other} withdrew a consent ({purpose}) on {date}, which {one} still gives; first: {command}", **about)
                if found.gives
                else _(
                    "person: {other} withdrew a consent ({purpose}) on {date}, and {one} has answers from before that, which must go; first: {command}",
                    **about,
                ),
                "person",
            )
    return _Union(store, kept, other).made()


def _refuse_two_matches(store: Store, kept: Person, other: Person) -> None:
    sql = """SELECT volunteer_id, starts, ends, number || ' ' || ifnull(name, '') AS volunteer
        FROM matches JOIN people ON people.id = volunteer_id WHERE person_id = ? ORDER BY matches.id"""
    for one in store.rows(sql, kept.id):
        for two in store.rows(sql, other.id):
            if one["volunteer_id"] != two["volunteer_id"] and overlap((one["starts"], one["ends"]), (two["starts"], two["ends"])):
                raise Refused(
                    _(
                        "person: {one} is matched with {volunteer}, and {other} with {another} at the same time; end one of the matches first.",
                        one=kept.display_name,
                        volunteer=one["volunteer"],
                        other=other.display_name,
                        another=two["volunteer"],
                    ),
                    "person",
                )


# Rows that say the same are one.
_REPEATED = ("consents", "onward", "contacts", "former_names")
# Rows of which each says something of its own.
_MOVED = ("quotes", "drafts", "former_numbers")
# Rows that are equal in all columns except these are the same.
_OWN = frozenset({"id", "uid", "person_id"})


class _Union:
    """One union of two entries. Each step leaves nothing of its kind with `other`."""

    def __init__(self, store: Store, kept: Person, other: Person) -> None:
        self.store, self.kept, self.other = store, kept, other
        self.dropped: list[NotKept] = []

    def made(self) -> list[NotKept]:
        """Unite everything, and return what was not kept."""
        store, kept, other = self.store, self.kept.id, self.other.id
        gained = self._person()
        for table, same in (("roles", ("role",)), ("leaders", ("activity_id",)), ("enrolments", ("activity_id",)), ("waits", ())):
            self._periods(table, "person_id", same)
        self._periods("matches", "person_id", ("volunteer_id",))
        self._periods("matches", "volunteer_id", ("person_id",))
        self._intakes()
        self._attendance()
        self._one_row("volunteers", "person_id", ("joined", "recruited_through", "gender", "note"))
        self._offers()
        self._measures()
        for one, two in ((kept, other), (other, kept)):  # nobody is proposed to themselves
            store.delete("proposals", person_id=one, volunteer_id=two)
        for column, side in (("person_id", "volunteer_id"), ("volunteer_id", "person_id")):
            self._same("proposals", column, (side, "date"), ("withdrawn", "match_id"), ("proposal_answers", "proposal_id"))
        for row in store.rows("SELECT id FROM goals WHERE person_id = ? ORDER BY number", other):  # numbered among the person's own
            store.update("goals", row["id"], person_id=kept, number=free_number(store, "goals", None, person_id=kept))
        self._same("attests", "person_id", ("kind", "date"), ())
        self._same("leaving", "person_id", ("date",), ("reason",))
        for table in _REPEATED:
            self._repeated(table)
        self._same("reminders", "person_id", ("date", "note"), ("done",))
        about = ("declined", "reason", "recruited_through", "gender", "note")
        self._same("volunteer_applications", "person_id", ("date",), about, ("application_roles", "application_id"))
        self._hours()
        for table in _MOVED:
            store.move(table, "person_id", other, kept)
        self._distinct()
        store.delete("people", id=other)
        store.update("people", kept, **gained)
        store.insert("former_numbers", branch_id=self.other.branch_id, number=self.other.number, person_id=kept)
        return self.dropped

    def _rows(self, sql: str, id: int) -> list[Row]:
        return self.store.rows(sql, id)

    def _drop(self, what: str, value: Any, whose: Person | None = None) -> None:
        if value not in (None, ""):
            self.dropped.append(NotKept(whose or self.other, what, str(value)))

    def _fill(self, mine: Row, theirs: Row, columns: Collection[str]) -> dict[str, Any]:
        """Return the values that only the second row has. Those of which both rows have another one are dropped."""
        for column in columns:
            if None not in (mine[column], theirs[column]) and mine[column] != theirs[column]:
                self._drop(field_word(column), self._shown(column, theirs[column]))
        return {column: theirs[column] for column in columns if mine[column] is None and theirs[column] is not None}

    def _shown(self, column: str, value: Any) -> Any:
        return self.store.value("SELECT name FROM partners WHERE id = ?", value) if column == "referred_by" else value

    def _person(self) -> dict[str, Any]:
        sql = "SELECT name, called, born, phone, email FROM people WHERE id = ?"
        mine, theirs = self._rows(sql, self.kept.id)[0], self._rows(sql, self.other.id)[0]
        gained = self._fill(mine, theirs, ("name", "called", "phone", "email"))
        born = [row["born"] for row in (mine, theirs)]
        if born[1] and (not born[0] or len(born[1]) > len(born[0]) and born[1].startswith(born[0])):
            gained["born"] = born[1]
        elif born[1] and not born[0].startswith(born[1]):
            self._drop(field_word("born"), born[1])
        return gained

    # Periods

    def _periods(self, table: str, owner: str, same: tuple[str, ...], ids: tuple[int, int] | None = None) -> None:
        """Unite the periods of the same thing that overlap, and move the others. same: the columns that tell what they are of. ids: of the two owners."""
        kept, other = ids or (self.kept.id, self.other.id)
        rows = self._rows(f"SELECT * FROM {table} WHERE {owner} = ? ORDER BY id", kept)
        theirs = self._rows(f"SELECT * FROM {table} WHERE {owner} = ? ORDER BY id", other)
        ends = {row["id"]: row["ends"] for row in [*rows, *theirs]}
        if table == "waits":  # a match or leaving ends them too
            sql = "SELECT id, nullif(ends, '9999-12-31') AS ends FROM waiting WHERE person_id IN (?, ?)"
            for row in self.store.rows(sql, self.kept.id, self.other.id):
                ends[row["id"]] = row["ends"]
        for whole in _overlapping([*rows, *theirs], ends, same):
            first, *rest = whole
            if not rest or all(row[owner] == first[owner] for row in whole):
                continue
            last = max(whole, key=lambda row: ends[row["id"]] or "~")
            changes: dict[str, Any] = {"starts": min(row["starts"] or "" for row in whole) or None, "ends": last["ends"]}
            if "reason" in first.keys():  # noqa: SIM118 (a row iterates over its values)
                mine = [row["reason"] for row in whole if row[owner] == kept and row["reason"]]
                changes["reason"] = mine[-1] if mine and last["ends"] else last["reason"]  # what goes on has no reason
                for row in whole:
                    if row["reason"] and row["reason"] != changes["reason"]:
                        self._drop(field_word("reason"), row["reason"], self.kept if row[owner] == kept else self.other)
            for row in rest:
                self._attached(table, row["id"], first["id"])
                self.store.delete(table, id=row["id"])
            self.store.update(table, first["id"], **changes)
        self.store.move(table, owner, other, kept)

    def _attached(self, table: str, old: int, new: int) -> None:
        """Move what belongs to a period to the one it is united with."""
        if table == "waits":
            self._wishes("wait_id", old, new)
        if table == "matches":
            self._periods("pauses", "match_id", (), (new, old))
            self._same("pair_meetings", "match_id", ("date", "hours"), ("note",), ids=(new, old))
            self.store.move("proposals", "match_id", old, new)

    def _wishes(self, side: str, old: int, new: int) -> None:
        self.store.move("preferences", side, old, new)
        self.store.delete("preferences", **{side: old})

    # What there is one of

    def _one_row(self, table: str, key: str, columns: tuple[str, ...]) -> Row | None:
        """Unite rows of which a person has one, and return the second one if both have one. It is deleted by then, except what belongs to it."""
        sql = f"SELECT * FROM {table} WHERE person_id = ?"
        mine, theirs = self.store.row(sql, self.kept.id), self.store.row(sql, self.other.id)
        if theirs is None:
            return None
        if mine is None:
            self.store.move(table, "person_id", self.other.id, self.kept.id)
            return None
        self.store.update(table, mine[key], key=key, **self._fill(mine, theirs, columns))
        if key == "person_id":
            self.store.delete(table, person_id=self.other.id)
        return theirs

    def _offers(self) -> None:
        mine = self.store.row("SELECT id, starts, ends FROM offers WHERE person_id = ?", self.kept.id)
        theirs = self._one_row("offers", "id", ("capacity",))
        if mine and theirs:
            if mine["starts"] and theirs["starts"]:
                self.store.update("offers", mine["id"], starts=min(mine["starts"], theirs["starts"]))
            if mine["ends"]:  # open if either is
                self.store.update("offers", mine["id"], ends=theirs["ends"] and max(mine["ends"], theirs["ends"]))
            self._wishes("offer_id", theirs["id"], mine["id"])
            self.store.delete("offers", id=theirs["id"])

    def _measures(self) -> None:
        for row in self._rows("SELECT * FROM measures WHERE person_id = ?", self.other.id):
            sql = "SELECT * FROM measures WHERE person_id = ? AND instrument = ? AND date = ?"
            mine = self.store.row(sql, self.kept.id, row["instrument"], row["date"])
            answer = row["items"] or row["non_answer"]
            if mine and mine["non_answer"] == NOT_ASKED:
                self.store.delete("measures", id=mine["id"])
            elif mine:
                if answer not in (mine["items"] or mine["non_answer"], NOT_ASKED):
                    self._drop(f"{row['instrument']} {row['date']}", answer)
                self.store.delete("measures", id=row["id"])
        self.store.move("measures", "person_id", self.other.id, self.kept.id)

    # What happened

    def _intakes(self) -> None:
        """Unite the enquiries: the same enquiry twice is one, and so are two interviews of one day."""
        sql = "SELECT * FROM intakes WHERE person_id = ? ORDER BY id"
        for row in self._rows(sql, self.other.id):
            mine = self._rows(sql, self.kept.id)
            twin = next((each for each in mine if each["enquired"] == row["enquired"]), None)
            interview = next((each for each in mine if each["held"] and each["held"] == row["held"]), None)
            if twin:
                gained = self._fill(twin, row, ("held", "referred_by", "note"))
                self.store.update("intakes", twin["id"], **gained)
                self._answers(row["id"], twin["id"])
                self.store.delete("intakes", id=row["id"])
            elif interview:
                self._answers(row["id"], interview["id"])
                self.store.update("intakes", row["id"], person_id=self.kept.id, held=None)
            else:
                self.store.update("intakes", row["id"], person_id=self.kept.id)

    def _answers(self, old: int, new: int) -> None:
        """Move the answers of one interview to another, which has its own already."""
        sql = "SELECT question, answer FROM answers WHERE intake_id = ? ORDER BY question, answer"
        mine, theirs = (_by_question(self.store.rows(sql, id)) for id in (new, old))
        for question, answers in theirs.items():
            if mine.get(question, [NOT_ASKED]) == [NOT_ASKED]:
                self.store.delete("answers", intake_id=new, question=question)
                self.store.update_all("answers", {"intake_id": old, "question": question}, intake_id=new)
            elif answers not in (mine[question], [NOT_ASKED]):
                record = QUESTIONS.get(question)
                shown = ", ".join(label(record.codes if record else None, answer, language()) for answer in answers)
                self._drop(translation(record.label, language()) if record else question, shown)
        self.store.delete("answers", intake_id=old)
        self.store.move("interview_ages", "intake_id", old, new)
        self.store.delete("interview_ages", intake_id=old)

    def _attendance(self) -> None:
        """Unite the attendance: if both were at an occasion, having been named as a volunteer beats having been there, and this having excused oneself."""
        sql = """SELECT session_id, date, ref, title, mine.named_as AS mine, theirs.named_as AS theirs
            FROM attendance AS mine JOIN attendance AS theirs USING (session_id)
            JOIN sessions ON sessions.id = session_id JOIN activities ON activities.id = activity_id
            WHERE mine.person_id = ? AND theirs.person_id = ? AND mine.named_as <> theirs.named_as ORDER BY date, ref"""
        for row in self.store.rows(sql, self.kept.id, self.other.id):
            theirs_stays = _LISTS.index(row["theirs"]) < _LISTS.index(row["mine"])
            if "excused" in (row["mine"], row["theirs"]):
                whose = self.kept if theirs_stays else self.other
                what = f"{row['ref']} {row['title'] or ''}".strip()
                self.dropped.append(NotKept(whose, field_word("excused"), f"{what}, {row['date']}"))
            if theirs_stays:
                self.store.delete("attendance", person_id=self.kept.id, session_id=row["session_id"])
        self.store.move("attendance", "person_id", self.other.id, self.kept.id)
        self.store.delete("attendance", person_id=self.other.id)

    def _repeated(self, table: str) -> None:
        known = {_content(row) for row in self._rows(f"SELECT * FROM {table} WHERE person_id = ?", self.kept.id)}
        for row in self._rows(f"SELECT * FROM {table} WHERE person_id = ?", self.other.id):
            if _content(row) in known:
                self.store.delete(table, id=row["id"])
        self.store.move(table, "person_id", self.other.id, self.kept.id)

    def _same(
        self,
        table: str,
        owner: str,
        same: tuple[str, ...],
        fill: tuple[str, ...],
        children: tuple[str, str] | None = None,
        ids: tuple[int, int] | None = None,
    ) -> list[Row]:
        """Unite the rows with the same values in some columns, which nobody enters twice, and move the others. Return those that went.

        children: a table, and its reference to these rows.
        """
        gone = []
        kept, other = ids or (self.kept.id, self.other.id)
        sql = f"SELECT * FROM {table} WHERE {owner} = ? ORDER BY id"
        known = {tuple(row[column] for column in same): row for row in self._rows(sql, kept)}
        for row in self._rows(sql, other):
            if twin := known.get(tuple(row[column] for column in same)):
                self.store.update(table, twin["id"], **self._fill(twin, row, fill))
                if children:
                    self.store.move(*children, row["id"], twin["id"])
                    self.store.delete(children[0], **{children[1]: row["id"]})
                self.store.delete(table, id=row["id"])
                gone.append(row)
        self.store.move(table, owner, other, kept)
        return gone

    def _hours(self) -> None:
        """Unite the hours. The same hours of one day twice are one, which the note says, since they count."""
        gone = self._same("volunteer_hours", "person_id", ("date", "hours", "what"), ())
        for row in sorted(gone, key=lambda row: row["date"] or ""):
            self._drop(f"{field_word('hours')} {row['date'] or ''}".strip(), decimal_number(row["hours"]))

    def _distinct(self) -> None:
        """Unite the pairs of distinct people: a person distinct from one of the two is distinct from both."""
        kept, other = self.kept.id, self.other.id
        pairs = self.store.rows("SELECT person_id, other_id FROM distinct_people WHERE ? IN (person_id, other_id)", other)
        for row in pairs:
            third = row["other_id"] if row["person_id"] == other else row["person_id"]
            self.store.delete("distinct_people", person_id=row["person_id"], other_id=row["other_id"])
            pair = in_order(kept, third)
            if third != kept and not self.store.value("SELECT 1 FROM distinct_people WHERE person_id = ? AND other_id = ?", *pair):
                self.store.insert("distinct_people", person_id=pair[0], other_id=pair[1])


def _overlapping(rows: list[Row], ends: dict[int, str | None], same: tuple[str, ...]) -> Iterator[list[Row]]:
    """Yield the rows in groups of the same values whose periods overlap, in the order given."""
    left = list(rows)
    while left:
        whole, grown = [left.pop(0)], True
        while grown:
            more = [
                row
                for row in left
                if any(
                    all(row[column] == each[column] for column in same)
                    and overlap((row["starts"], ends[row["id"]]), (each["starts"], ends[each["id"]]))
                    for each in whole
                )
            ]
            whole += more
            left = [row for row in left if row not in more]
            grown = bool(more)
        yield whole


def _content(row: Row) -> tuple[Any, ...]:
    return tuple(value for column, value in zip(row.keys(), row, strict=True) if column not in _OWN)


def _by_question(rows: list[Row]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row["question"], []).append(row["answer"])
    return found
