"""Anonymising and erasing people: what is taken away, what stays, and what it does to the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, NamedTuple

from ...errors import UnusableFile
from ...i18n import _
from ...input.dates import today
from ...input.periods import calendar_year
from ...store import Store
from ...store import erasing as rows
from ...store.erasing import has_bytes_of, recruiting_words
from ...store.integrity import refuse_foreign_objects
from ...store.redaction import (
    TextFound,
    name_is_shared,
    possible_anywhere,
    possible_at_their_meetings,
    possible_in_closed_years,
    search_terms,
)
from ...store.removed_people import ANONYMISED, ERASED, RemovedPerson, removed_in, unite_lists
from ..figures.compute import PeriodReport, next_report
from ..figures.freeze import open_closing
from ..figures.present import record_of_report
from ..figures.tables import FIRST_RECORDS, make_tables
from ..people import name_hash
from ..people.lookup import People, Person
from .subject_access import rows_about

# Rows that don't record what somebody did, but what they are called here.
_OWN = ("people", "former_numbers", "closed_rows", "link_tags")
# Rows that no figure counts by a day of their own.
_WITHOUT_DAYS = {
    *_OWN,
    *("answers", "interview_ages", "volunteers", "preferences", "consents", "reminders", "former_names", "distinct_people"),
    *("drafts", "made_tags"),
}
_DAYS = ("date", "enquired", "held", "starts", "ends")


class FigureChange(NamedTuple):
    """A figure of a year that is not closed, before and after somebody was erased. `share`: it is one; then these are fractions."""

    year: int
    key: str
    label: str
    before: float | None
    after: float | None
    share: bool


class Removal(NamedTuple):
    """The result of a removal, or of its preview. `rows`: table -> how many of theirs; `texts`: others in which the name, phone or e-mail was replaced;
    `possible`: texts with a part of a name that may be theirs, left for the coordinator to decide. `closed`: years that keep their figures.

    `name_stays`: the name was left in other texts, since somebody else has it too. `running`: person -> what has no end yet.
    """

    rows: dict[str, int]
    texts: list[TextFound]
    possible: list[TextFound]
    name_stays: bool
    changes: list[FigureChange]
    closed: list[int]
    running: dict[int, list[str]]


def erase(people: People, person: Person) -> Removal:
    """Delete every row about a person. Call within a transaction that can't be undone. Raises `Refused` if other programs' tables may keep some."""
    store = people.store
    assert store.home  # raises in a national file, which is rebuilt from its cities' files
    refuse_foreign_objects(store)
    years = list(_years(store))
    closed = [year for year in years if open_closing(store, year)]
    open_years = [year for year in years if year not in closed]
    about = rows_about(store, person)
    counts = {table: len(found) for table, found in about.items() if table not in _OWN}
    touched = _years_touched(store, about, open_years)
    before = _figures(store, touched)
    name_stays = name_is_shared(store, person.id)
    terms = search_terms(store, person.id)
    possible = possible_at_their_meetings(store, terms)
    gone = _remembered(store, person, ERASED)
    partners = _partners(store)
    texts = rows.erase_rows(store, person.id)
    possible = [*possible_anywhere(store, terms), *possible, *possible_in_closed_years(store, terms)]
    if gone_too := partners - _partners(store):
        counts["partners"] = gone_too  # that nobody else named
    rows.list_removed(store, gone)
    store.forget_changes(
        {"people": [0, 0, 1], **{table: [0, 0, number] for table, number in counts.items()}, "removed_people": [len(gone), 0, 0]},
        people=str(person.number),
    )
    _check_rows(store, person, erased=True)
    after = _figures(store, touched)
    changes = [
        FigureChange(year, key, label, old[1], new[1], new[2])
        for year in touched
        for (key, label), old, new in _compared(before[year], after[year])
    ]
    return Removal(counts, texts, possible, name_stays, changes, closed, {})


def anonymise(people: People, several: Sequence[Person]) -> Removal:
    """Delete what identifies these people. The figures of every year stay. Call and raises as for `erase`."""
    store = people.store
    assert store.home  # as above
    refuse_foreign_objects(store)
    texts, possible, remembered, stays, counts = list[TextFound](), list[TextFound](), 0, False, dict[str, int]()
    running = {person.id: tables for person in several if (tables := still_running(store, person))}
    for person in several:
        for table, number in _free_texts(store, person).items():
            counts[table] = counts.get(table, 0) + number
        name_stays = name_is_shared(store, person.id)
        stays |= name_stays
        terms = search_terms(store, person.id)
        at_meetings = possible_at_their_meetings(store, terms)
        gone = _remembered(store, person, ANONYMISED)
        texts += rows.anonymise_rows(store, person.id)
        possible += [*possible_anywhere(store, terms), *at_meetings, *possible_in_closed_years(store, terms)]
        rows.list_removed(store, gone)
        remembered += len(gone)
        _check_rows(store, person, erased=False)
    numbers = ",".join(str(person.number) for person in several)
    store.forget_changes({"people": [0, len(several), 0], "removed_people": [remembered, 0, 0]}, people=numbers)
    return Removal({table: number for table, number in counts.items() if number}, texts, possible, stays, [], [], running)


def _partners(store: Store) -> int:
    return int(store.value("SELECT count(*) FROM partners"))


def _check_rows(store: Store, person: Person, erased: bool) -> None:
    """Raise `UnusableFile` if the rows are still there, whatever the reason."""
    left = store.row("SELECT name, called, phone, email FROM people WHERE id = ?", person.id)
    if left is not None and (erased or any(left)):
        raise UnusableFile(
            _("{path}: number {number} could not be removed, and nothing was changed.", path=store.path, number=person.number)
        )


def traces_of(store: Store, several: Sequence[Person]) -> list[str]:
    """Return the full names and e-mail addresses of these people, of which no byte may be left. A single name may be an ordinary word."""
    rows = [row for person in several for row in store.rows("SELECT name, email FROM people WHERE id = ?", person.id)]
    names = [row["name"] for row in rows if " " in (row["name"] or "")]
    return names + [row["email"] for row in rows if row["email"]]


def check_bytes(store: Store, traces: Sequence[str]) -> None:
    """Raise `UnusableFile` if the file still holds any of these texts after its VACUUM, although no row does."""
    if store.removing_is_finished and has_bytes_of(store, traces):
        raise UnusableFile(
            _(
                "{path}: the rows are gone, but a name or e-mail address of theirs is still in the file. Carry the rows over to a new file: husrum export tables DIR, husrum init FILE, husrum import",
                path=store.path,
            )
        )


def still_running(store: Store, person: Person) -> list[str]:
    """List what has not ended for a person: `enrolments`, `matches`, `roles`, `waits`."""
    return [table for table, sql in RUNNING.items() if store.value(f"SELECT 1 FROM ({sql}) WHERE person_id = ?2", today(), person.id)]


# People with something that has not ended by a day (?1). Somebody who left and has not come back is not enrolled any more.
RUNNING = {
    "enrolments": """SELECT person_id FROM enrolment_periods WHERE ends >= ?1
        AND EXISTS (SELECT 1 FROM here WHERE here.person_id = enrolment_periods.person_id AND here.ends = '9999-12-31')""",
    "leaders": """SELECT person_id FROM leader_periods JOIN activities ON activities.id = activity_id
        WHERE leader_periods.ends >= ?1 AND ref GLOB 'G*'""",
    "matches": """SELECT person_id FROM match_periods WHERE ends >= ?1 UNION ALL SELECT volunteer_id FROM match_periods WHERE ends >= ?1""",
    "roles": "SELECT person_id FROM role_periods WHERE ends >= ?1",
    "waits": "SELECT person_id FROM waiting WHERE ends >= ?1",
}


def _free_texts(store: Store, person: Person) -> dict[str, int]:
    """Count the free texts somebody gave: table -> texts."""
    sql = """SELECT (SELECT count(note) FROM intakes WHERE person_id = ?1) AS intakes,
        (SELECT count(note) FROM volunteers WHERE person_id = ?1) AS volunteers,
        (SELECT count(note) FROM contacts WHERE person_id = ?1) AS contacts,
        (SELECT count(text) FROM goals WHERE person_id = ?1) AS goals,
        (SELECT count(*) FROM quotes WHERE person_id = ?1) AS quotes,
        (SELECT count(note) FROM volunteer_applications WHERE person_id = ?1) AS volunteer_applications,
        (SELECT count(what) FROM volunteer_hours WHERE person_id = ?1) AS volunteer_hours,
        (SELECT count(pair_meetings.note) FROM pair_meetings JOIN matches ON matches.id = match_id
            WHERE ?1 IN (matches.person_id, volunteer_id)) AS pair_meetings,
        (SELECT count(*) FROM reminders WHERE person_id = ?1) AS reminders,
        (SELECT count(*) FROM preferences LEFT JOIN waits ON waits.id = wait_id LEFT JOIN offers ON offers.id = offer_id
            WHERE ?1 IN (waits.person_id, offers.person_id)) AS preferences"""
    row = store.row(sql, person.id)
    assert row is not None
    counts = dict(row)
    for table, _key, _row in recruiting_words(store, person.id):
        counts[table] += 1
    return counts


def _remembered(store: Store, person: Person, how: str) -> list[RemovedPerson]:
    """Return what the file keeps of somebody, so that an older copy or list can't bring them back."""
    branch = str(store.value("SELECT uid FROM branches WHERE id = ?", person.branch_id))
    uid = str(store.value("SELECT uid FROM people WHERE id = ?", person.id))
    hash = name_hash.stored_hash(branch, person.name, person.born) if person.name and person.born else None
    gone = [RemovedPerson(branch, person.number, uid, how, today(), hash)]
    for row in store.rows("SELECT number FROM former_numbers WHERE person_id = ? ORDER BY number", person.id):
        gone.append(RemovedPerson(branch, row["number"], None, how, today(), hash))
    known = {(each.branch_uid, each.number): each for each in removed_in(store.connection)}
    # Somebody anonymised earlier has no name to hash any more, but the hash was stored.
    return unite_lists(gone, [known[each.branch_uid, each.number] for each in gone if (each.branch_uid, each.number) in known])


def _years(store: Store) -> Iterator[int]:
    """Yield the years that figures can be of: from the first day that is known until today."""
    first = store.value(
        """SELECT min(day) FROM (SELECT min(date) AS day FROM sessions UNION ALL SELECT min(enquired) FROM intakes
        UNION ALL SELECT min(held) FROM intakes UNION ALL SELECT min(starts) FROM roles UNION ALL SELECT min(starts) FROM matches
        UNION ALL SELECT min(starts) FROM waits UNION ALL SELECT min(date) FROM onward)"""
    )
    last = date.fromisoformat(today()).year
    yield from range(int(first[:4]) if first else last, last + 1)


def _years_touched(store: Store, about: dict[str, list[dict[str, Any]]], years: list[int]) -> list[int]:
    """Return those of the years whose figures may count these rows: from the first day of any of them to the last.

    If they were the first that is recorded of the city, it counts as active from a later day on: then all the years since.
    """
    spans = [_span(store, table, row) for table, found in about.items() if table not in _WITHOUT_DAYS for row in found]
    first, last = min((span[0] for span in spans), default="9999"), max((span[1] for span in spans), default="")
    since = store.value(f"SELECT since FROM ({FIRST_RECORDS})") or ""
    if any("" < span[0] <= since for span in spans):
        last = "9999"
    return [year for year in years if first[:4] <= str(year) <= last[:4]]


def _span(store: Store, table: str, row: dict[str, Any]) -> tuple[str, str]:
    """Return the first and the last day on which a row may count; `""` and `9999` if it always has, and still does."""
    if table == "attendance":
        day = str(store.value("SELECT date FROM sessions WHERE id = ?", row["session_id"]))
        return day, day
    days = [row[column] for column in _DAYS if row.get(column)]
    if table in ("enrolments", "leaders"):
        activity = "SELECT ref, starts, closed, min(date), max(date) FROM activities LEFT JOIN sessions ON activity_id = activities.id WHERE activities.id = ?"
        ref, *known = store.rows(activity, row["activity_id"])[0]
        days += [day for day in known if day]  # whoever was in a group has completed it, or not, on the day it is closed
        if ref.startswith("G") and known[1] is None and row["ends"] is None:
            days.append("9999")
    elif table == "matches" or row.get("ends", "") is None:  # a match ended the wait of the other one too, for all years to come
        days.append("9999")
    undated = not days or row.get("starts", "") is None and table != "leaders"
    return "" if undated else min(days), max(days, default="")


_Figures = dict[tuple[str, str], tuple[object, float | None, bool]]


def _figures(store: Store, years: list[int]) -> dict[int, _Figures]:
    """Return year -> (key, label) -> what can change of it, its value, whether it is a share. Distributions are covered by their shares and counts."""
    periods = {year: calendar_year(year) for year in years}
    if not periods:
        return {}
    make_tables(store, [*periods.values()])
    return {year: _figures_of(next_report(store, period)) for year, period in periods.items()}


def _figures_of(report: PeriodReport) -> _Figures:
    record = record_of_report(report)
    figures: _Figures = {}
    for line in record.figures:
        share = "answered" in line.fields
        parts = tuple(line.fields.get(name) for name in ("value", "count", "answered", "base"))
        figures[line.key, line.label] = (parts, line.fields["value"], share)
    for spread in record.spreads:
        figures[spread.key, spread.label] = ({code: number for code, (_label, number) in spread.numbers.items()}, None, True)
    return figures


def _compared(
    before: _Figures, after: _Figures
) -> Iterator[tuple[tuple[str, str], tuple[object, float | None, bool], tuple[object, float | None, bool]]]:
    for key, new in after.items():
        if before[key][0] != new[0]:
            yield key, before[key], new
