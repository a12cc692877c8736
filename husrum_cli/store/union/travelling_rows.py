"""The allowlist of what leaves a city for the nation: for every table and column of schema.sql, whether it travels, and how.

It is a list of what may travel, so a column that is new in schema.sql stays until it is named here; a test says which are not decided yet. No name, contact, note,
title, venue, theme, partner, programme, interest or onward place travels, and of a birth date only the year. What comes of it is pseudonymous, not anonymous.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from ...vocabulary import QUESTIONS, UNCOUNTED_PARTNER
from ..opening import schema

Counts = dict[str, dict[int | None, int]]
"""Table -> branch (None: the nation) -> how many rows of it travel."""


class Travelling(NamedTuple):
    """A table that travels. `same`: columns that travel unchanged; `computed`: others, with the SQL of their value; `stays`: those that don't travel. An `id` is different in every file.

    `where`: which rows. `nation`: the rows are the nation's own, of no branch.
    """

    same: str
    computed: dict[str, str] = {}
    stays: str = ""
    where: str = "1"
    nation: bool = False

    @property
    def columns(self) -> dict[str, str]:
        """column -> the SQL of its value that travels, of a row called `t`."""
        return {**{column: f"t.{column}" for column in self.same.split()}, **self.computed}


# A question that is answered in free text stays, unless its record says that it travels.
_STAYING = ", ".join(f"'{each.key}'" for each in QUESTIONS.values() if each.codes is None and not each.travels)
_ANSWERS = f"t.question NOT IN ({_STAYING})" if _STAYING else "1"

_NATIONS_EDITS = "SELECT id FROM source.edits WHERE branch_id IS NULL"

# `code(text)` is the text if it is one of the codes, and `figures(json)` a closed year's numbers: the merge defines these functions.
TRAVELS: dict[str, Travelling] = {
    "branches": Travelling("uid name active_from active_to records_from"),
    "edits": Travelling("branch_id uid at command", stays="who"),
    "people": Travelling("branch_id uid number", {"born": "substr(t.born, 1, 4)"}, stays="name called phone email human_id"),
    # Whether it counts as a partner is known without its name and kind.
    "partners": Travelling(
        "branch_id uid starts ends",
        {
            "added": f"(t.added AND lower(trim(ifnull(t.kind, ''))) NOT IN {tuple(UNCOUNTED_PARTNER)}"
            " OR EXISTS (SELECT 1 FROM source.activity_partners WHERE partner_id = t.id))"
        },
        stays="name kind",
    ),
    "intakes": Travelling("person_id uid enquired held", stays="referred_by note"),
    "answers": Travelling("intake_id question answer", where=_ANSWERS),
    "volunteers": Travelling("person_id joined gender", {"recruited_through": "code(t.recruited_through)"}, stays="note"),
    "roles": Travelling("person_id uid role starts ends"),
    "attests": Travelling("person_id uid kind date", where="t.kind = 'intro_course'"),
    "offers": Travelling("person_id uid capacity starts ends"),
    "volunteer_applications": Travelling("person_id uid date declined", stays="reason recruited_through gender note"),
    "volunteer_hours": Travelling("person_id uid date hours", stays="what"),
    "measures": Travelling("person_id uid instrument date items non_answer"),
    "goals": Travelling("person_id uid number date outcome marked", stays="text activity_id"),
    "suggestions": Travelling("branch_id uid number date outcome resolved", stays="text activity_id note"),
    "leaving": Travelling("person_id uid date", stays="reason"),
    "onward": Travelling("person_id uid date", stays="partner_id"),
    "activities": Travelling(
        "branch_id uid ref kind starts closed joint hours", stays="title capacity continues_id activity venue_id note"
    ),
    "leaders": Travelling("activity_id uid person_id starts ends"),
    "enrolments": Travelling("activity_id uid person_id starts ends", stays="reason"),
    "sessions": Travelling("activity_id uid date state unnamed", stays="theme note corrected"),
    # Absences are a city's own matter.
    "attendance": Travelling("session_id person_id part named_as", where="t.part <> 'excused'"),
    "waits": Travelling("person_id uid starts ends", stays="reason"),
    "matches": Travelling("person_id uid volunteer_id starts ends", stays="reason"),
    "pair_meetings": Travelling("match_id uid date hours", stays="note"),
    "grants": Travelling("branch_id uid number agreement per_year total starts ends whole_years", stays="funder"),
    "grant_offers": Travelling("grant_id offer"),
    # Promises in words are not numbers.
    "targets": Travelling(
        "branch_id uid number key value period starts ends outcome", stays="text grant_id why note", where="t.key IS NOT NULL"
    ),
    "reported_figures": Travelling("branch_id uid year key value source date"),
    "closed_years": Travelling(
        "branch_id uid year closed_at reopened_at",
        {"figures": "figures(t.figures)", "hash": "sha256(figures(t.figures))"},
        stays="reopened_why",
    ),
    "link_tags": Travelling("person_id kind tag"),
    "link_keys": Travelling("branch_id fingerprint"),
    "link_decisions": Travelling("one_uid other_uid same", nation=True),
    "expected_branches": Travelling("uid name active_from active_to records_from", stays="branch_id", nation=True),
    "figures_for_branches": Travelling("uid branch_uid year key value source date", nation=True),
    # What the log says of the nation's own edits; a city's is its own matter. Nobody takes back what was there before a merge.
    "steps": Travelling(
        "edit_id wrote takes_back things", stays="added counter people activities", where=f"t.edit_id IN ({_NATIONS_EDITS})", nation=True
    ),
}
# Tables that stay whole, and why.
STAYS: dict[str, str] = {
    "former_rows": "what can be taken back is the city's own matter",
    "closed_rows": "who a city's published figures were made of is its own matter",
    "settings": "each file's own",
    "codes": "each file's own",
    "drafts": "what is being typed in a city",
    "made_tags": "a handover has its own tags",
    "former_numbers": "no figure needs it",
    "removed_people": "a newer copy of a branch replaces an older one, with the people who were removed",
    "interview_ages": "in the nation, ages are computed from the year of birth",
    "consents": "no figure needs it; who withdrew the one to be linked gets no tag",
    "programmes": "free text",
    "activity_partners": "names of partners, and nothing else",
    "pauses": "no figure needs it",
    "proposals": "no figure needs it",
    "proposal_answers": "no figure needs it",
    "preferences": "free text, and no figure needs it",
    "contacts": "no figure needs it",
    "former_names": "names",
    "distinct_people": "no figure needs it",
    "reminders": "free text",
    "application_roles": "no figure needs it",
    "quotes": "free text",
    "manifest": "of one handed-over file",
}
# People who withdrew the consent to be linked across cities, and have not given it again; in the database `{0}`.
WITHDRAWN = """SELECT person_id FROM {0}.consents WHERE purpose = 'national_linking'
    GROUP BY person_id HAVING count(*) = count(withdrawn)"""
# Column -> the table that it points to.
REFERENCES = {
    "branch_id": "branches",
    "person_id": "people",
    "volunteer_id": "people",
    "activity_id": "activities",
    "session_id": "sessions",
    "intake_id": "intakes",
    "match_id": "matches",
    "grant_id": "grants",
    "edit_id": "edits",
    "takes_back": "edits",
}
# The nation's own rows, in addition to those of branches: rows without a branch, and rows that belong to such a one.
OF_NEITHER = ("edits", "reported_figures", "closed_years", "grants", "targets")
PARTS_OF_NEITHER = {"grant_offers": ("grant_id", "grants")}
# A tag says nothing new about a branch; a copy with tags and one without are the same copy.
LINKS = ("link_tags", "link_keys")
# In addition to the CHECKs of schema.sql: conditions on every row that travels, or a free text could travel in its place.
_UID = "length(t.{0}) = 32 AND t.{0} NOT GLOB '*[^0-9a-f]*'"
_DAY = "ifnull(substr(t.{0}, 1, 10) IS date(substr(t.{0}, 1, 10), '+0 days') AND t.{0} BETWEEN '1900' AND '2200', 0)"
FORMS: dict[str, str] = {
    "edits": "(t.command IS NULL OR length(t.command) <= 60 AND t.command NOT GLOB '*[^-a-z0-9 ]*')"
    " AND length(t.at) <= 32 AND t.at GLOB '????-??-??T*' AND substr(t.at, 12) NOT GLOB '*[^-0-9:.+Z]*'"
    f" AND {_DAY.format('at')}",
    "activities": "length(t.ref) <= 10 AND substr(t.ref, 2) NOT GLOB '*[^0-9]*' AND (t.joint IS NULL OR length(t.joint) <= 100 AND t.joint NOT GLOB '*[ @]*')",
    "targets": "length(t.key) <= 60 AND t.key NOT GLOB '*[^a-z0-9_]*' AND length(t.period) <= 24 AND t.period NOT GLOB '*[^-0-9HQKgrant:./]*'",
    "reported_figures": "length(t.key) <= 60 AND t.key NOT GLOB '*[^a-z0-9_]*'",
    "figures_for_branches": f"length(t.key) <= 60 AND t.key NOT GLOB '*[^a-z0-9_]*' AND {_UID.format('branch_uid')}",
    "closed_years": "length(t.closed_at) <= 40 AND ifnull(length(t.reopened_at), 0) <= 40"
    " AND (t.closed_at || ifnull(t.reopened_at, '')) NOT GLOB '*[^-0-9:.+TZ]*'"
    f" AND {_DAY.format('closed_at')} AND (t.reopened_at IS NULL OR {_DAY.format('reopened_at')})",
    "link_tags": "length(t.tag) <= 64 AND t.tag NOT GLOB '*[^0-9a-f]*'",
    "link_keys": "length(t.fingerprint) <= 64 AND t.fingerprint NOT GLOB '*[^-0-9a-f]*'",
    "link_decisions": f"{_UID.format('one_uid')} AND {_UID.format('other_uid')}",
    "steps": "json_valid(t.wrote) AND (t.things IS NULL OR json_valid(t.things))",
}


def owned_tables() -> Iterable[str]:
    """Return the tables whose rows belong to a branch, those they point to before them."""
    return (table for table, travels in TRAVELS.items() if not travels.nation and table != "branches")


def owner_column(table: str) -> str:
    """Return the column by which a row belongs to a branch: its own, or that of a row that it points to."""
    return TRAVELS[table].same.split()[0]


def travelling_references(table: str) -> list[str]:
    """Return the columns that travel and point to other rows."""
    return [column for column in TRAVELS[table].columns if column in REFERENCES]


def from_clause(table: str) -> tuple[str, str]:
    """Return (FROM clause, SQL of the branch's id) of a table of `source`; each column `c` that points to a row brings that row as `c_row`."""
    clause = f"source.{table} AS t"
    for column in travelling_references(table):
        clause += f" CROSS JOIN source.{REFERENCES[column]} AS {column}_row ON {column}_row.id = t.{column}"
    if table == "branches":
        return clause, "t.id"
    row, step = "t", table
    while (parent := REFERENCES[owner_column(step)]) != "branches":
        if row != "t":
            clause += f" CROSS JOIN source.{parent} AS {owner_column(step)}_row ON {owner_column(step)}_row.id = {row}.{owner_column(step)}"
        row, step = f"{owner_column(step)}_row", parent
    return clause, f"{row}.branch_id"


def counted_tables() -> tuple[str, ...]:
    """Return the tables whose rows are counted when a file is read."""
    return (*(table for table in owned_tables() if table not in LINKS), "link_decisions", "figures_for_branches")


def travelling_counts(connection: Any) -> Counts:
    """Count the rows of `source` that travel."""
    counts: Counts = {}
    for table in counted_tables():
        if TRAVELS[table].nation:
            counts[table] = {None: connection.execute(f"SELECT count(*) FROM source.{table}").fetchone()[0]}
        elif table == "attendance":
            # Sessions lie together here, so counting them first asks for each session's branch once, not for each row's.
            sql = f"""SELECT activities.branch_id, sum(rows) FROM
                (SELECT session_id, count(*) AS rows FROM source.attendance AS t WHERE {TRAVELS[table].where} GROUP BY session_id)
                CROSS JOIN source.sessions ON sessions.id = session_id CROSS JOIN source.activities ON activities.id = activity_id GROUP BY 1"""
            counts[table] = dict(connection.execute(sql).fetchall())
        else:
            clause, branch = from_clause(table)
            clause = clause.replace("CROSS JOIN", "LEFT JOIN", 1) if branch == "t.branch_id" else clause
            counts[table] = dict(
                connection.execute(f"SELECT {branch}, count(*) FROM {clause} WHERE {TRAVELS[table].where} GROUP BY 1").fetchall()
            )
    return counts


@cache
def has_id(table: str) -> bool:
    """Whether the table has a local integer key."""
    return bool(re.search(rf"^CREATE TABLE {table} \([^;]*?^    id INTEGER PRIMARY KEY", re.sub("--[^\n]*", "", schema()), re.MULTILINE))


@cache
def text_columns() -> dict[str, list[str]]:
    """Return the columns of every table that hold text."""
    found: dict[str, list[str]] = {}
    for table, body in re.findall(r"^CREATE TABLE (\w+) \((.*?)^\) STRICT", schema(), re.MULTILINE | re.DOTALL):
        found[table] = re.findall(r"^    (\w+) TEXT\b", body, re.MULTILINE)
    return found


@cache
def column_bounds(table: str) -> dict[str, str]:
    """Return the bounds of a table's dates and numbers, as schema.sql has them: column -> SQL."""
    body = re.search(rf"^CREATE TABLE {table} \((.*?)^\) STRICT", schema(), re.MULTILINE | re.DOTALL)
    lines = re.sub(r",? *(--[^\n]*)?$", "", body[1] if body else "", flags=re.MULTILINE)
    checks = dict(re.findall(r"^    (\w+) (?:TEXT|INTEGER|REAL)\b.*?CHECK \((.*)\)$", lines, re.MULTILINE))
    return {column: check for column, check in checks.items() if re.match(rf"\(?{column} (IS date|BETWEEN|>|IN \(0, 1)", check)}


def row_conditions(table: str) -> str:
    """Return the conditions that each row of a table must meet before rows travel; empty if SQLite enforces all of them."""
    rules = [_UID.format("uid")] if "uid" in TRAVELS[table].columns else []
    return " AND ".join(f"({rule})" for rule in [*rules, *filter(None, [FORMS.get(table)])])


def holds_only_travelling(connection: Any) -> bool:
    """Whether a file contains only what travels: as a merge makes it, and with no writes since."""
    if any(
        connection.execute(f"SELECT EXISTS (SELECT 1 FROM {table})").fetchone()[0] for table in STAYS if table not in ("settings", "codes")
    ):
        return False
    return not any(connection.execute(sql).fetchone() for table in TRAVELS if (sql := _not_travelling(connection, table)))


def _not_travelling(connection: Any, table: str) -> str:
    """Return the SQL of a table's rows that contain more than travels."""
    defaults = {row[1]: row[4] or "NULL" for row in connection.execute(f"PRAGMA table_info({table})")}
    travels = TRAVELS[table]
    # Links between people, and the cities that came, are written by a merge itself.
    staying = {
        column: defaults[column]
        for column in travels.stays.split()
        if column != "human_id" and (table, column) != ("expected_branches", "branch_id")
    }
    changed = [f"t.{column} IS NOT {sql.replace('source.', '')}" for column, sql in {**travels.computed, **staying}.items()]
    changed += [f"NOT ({travels.where.replace('source.', '')})"] if travels.where != "1" else []
    # Of the nation's own rows all is kept.
    whose = "t.branch_id IS NOT NULL" if table in OF_NEITHER else "1"
    return f"SELECT 1 FROM {table} AS t WHERE {whose} AND ({' OR '.join(changed)}) LIMIT 1" if changed else ""
