"""Completion candidates from a file: numbers and references with their descriptions, titles, and names of partners and cities. Nothing confidential."""

from __future__ import annotations

from typing import NamedTuple

from ...store import Store


class PersonLine(NamedTuple):
    """A person as Tab knows them. `reference`: the number, behind the city's name if the file has several."""

    reference: str
    name: str
    called: str


def complete_people(store: Store, volunteers: bool) -> list[PersonLine]:
    """Return everybody, or the volunteers, by number."""
    among = "id IN (SELECT person_id FROM volunteers)" if volunteers else "1"
    rows = store.rows(f"SELECT number, branch_id, name, called FROM people WHERE {among} ORDER BY branch_id, number")
    return [PersonLine(_reference(store, row["branch_id"], row["number"]), row["name"] or "", row["called"] or "") for row in rows]


def complete_activities(store: Store, letter: str) -> list[tuple[str, str]]:
    """Return the groups (G) or events (E), the latest first: reference, and title with first day."""
    sql = """SELECT branch_id, ref, title, starts FROM activities WHERE substr(ref, 1, 1) = ?
        ORDER BY branch_id, CAST(substr(ref, 2) AS INTEGER) DESC"""
    return [
        (_reference(store, row["branch_id"], row["ref"]), f"{row['title'] or ''} {row['starts'] or ''}".strip())
        for row in store.rows(sql, letter)
    ]


def complete_event_titles(store: Store) -> list[str]:
    """Return the titles of events, the latest first."""
    sql = "SELECT title, max(starts) FROM activities WHERE title IS NOT NULL AND ref GLOB 'E*' GROUP BY title ORDER BY 2 DESC, 1"
    return [row[0] for row in store.rows(sql)]


def complete_years(store: Store) -> list[str]:
    """Return the years from the first record to the last, the latest first."""
    row = store.row(
        """SELECT min(date), max(date) FROM (SELECT min(date) AS date FROM sessions UNION ALL SELECT max(date) FROM sessions
            UNION ALL SELECT min(enquired) FROM intakes UNION ALL SELECT max(enquired) FROM intakes)"""
    )
    return [str(year) for year in range(int(row[1][:4]), int(row[0][:4]) - 1, -1)] if row and row[0] else []


_NAMES = {
    "partner": "SELECT DISTINCT name FROM partners WHERE name IS NOT NULL ORDER BY name COLLATE danish",
    "programme": "SELECT DISTINCT programme FROM programmes ORDER BY programme COLLATE danish",
    "branch": "SELECT name FROM branches ORDER BY name COLLATE danish",
}


def complete_names(store: Store, of: str) -> list[str]:
    """Return the names of partners, programmes or cities. `of`: partner, programme or branch."""
    return [row[0] for row in store.rows(_NAMES[of])]


def _reference(store: Store, branch: int, number: object) -> str:
    return f"{store.branches[branch]}:{number}" if len(store.branches) > 1 else str(number)
