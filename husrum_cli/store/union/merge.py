"""The union of files, in SQL: a new file made of chosen copies of branches, and moved into place when complete.

What comes of the same copies is the same file, whatever they came from and in which order: branches are numbered by name, and each branch's rows by their order
in its own file.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from ...atomic_files import flush_to_disk, rename_to_new, temporary_file
from ...errors import UnusableFile
from ...i18n import _
from ...platforms.replacing import replace
from ..codes import fill_codes
from ..connection import bare_connection, file_uri
from ..migrations import statements
from ..opening import schema
from ..sqlite_errors import error_name, translating_sqlite_errors
from ..store import Store
from .known_files import KnownFiles, hash_of
from .manifest import manifest
from .moving import first_ids, move_branches
from .source_headers import identity_of
from .sources import BranchCopy, ExpectedCity, Source, Sources
from .travelling_rows import (
    LINKS,
    OF_NEITHER,
    PARTS_OF_NEITHER,
    REFERENCES,
    TRAVELS,
    WITHDRAWN,
    from_clause,
    has_id,
    holds_only_travelling,
    owned_tables,
    owner_column,
    travelling_references,
)

Release = Callable[[], object]
Tags = Callable[[str | None, str | None, str | None, str | None], dict[str, str]]
_PRAGMAS = """
PRAGMA trusted_schema = OFF;
PRAGMA cell_size_check = ON;
PRAGMA mmap_size = 0;
PRAGMA temp_store = MEMORY;
PRAGMA foreign_keys = OFF;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -32768;
"""


# The people at each session, as one text: these are most of a file's rows, and ordering them by their uids would take longer than all else.
_PRESENT = """
SELECT activities.branch_id, sessions.uid, group_concat(people.number || substr(t.part, 1, 1), ' ')
FROM source.sessions CROSS JOIN source.activities ON activities.id = sessions.activity_id
CROSS JOIN source.attendance AS t ON t.session_id = sessions.id CROSS JOIN source.people ON people.id = t.person_id
WHERE {} GROUP BY sessions.id ORDER BY 1, 2
"""


class Functions(NamedTuple):
    """The values that travel changed: a free text only if it is a code, and of a closed year only the numbers."""

    code: Callable[[str | None], str | None]
    figures: Callable[[str], str]


class ChosenCopy(NamedTuple):
    """A copy of a branch that goes into the union, as the branch of this id. `tags`: how its people are tagged; None: as they are."""

    source: Source
    copy: BranchCopy
    id: int
    tags: Tags | None = None
    fingerprint: str | None = None


def make_tables(connection: sqlite3.Connection) -> list[str]:
    """Make the tables, triggers and views of a new file, and return the statements that make its indexes."""
    indexes = []
    connection.execute("BEGIN")
    for statement in statements(schema()):
        bare = re.sub(r"--[^\n]*", "", statement).strip()
        if re.match("CREATE (UNIQUE )?INDEX", bare):
            indexes.append(statement)
        else:
            connection.execute(statement)
    connection.execute("COMMIT")
    return indexes


class Building:
    """The new file, while it is made. Nobody else sees it, so it needs no journal; its indexes are made when its rows are there."""

    def __init__(self, path: Path, functions: Functions, key: bytes | None, using: Any, known: KnownFiles | None = None) -> None:
        """`key`: what the file is encrypted with, if it is; `using`: the library that can open it and all its sources; `known`: as `Sources` has it."""
        self.path, self.key = path, key
        self.connection = bare_connection(path, "rw", key, using)
        self.connection.executescript(_PRAGMAS)
        self.using = using
        # The file that is merged into, if it is left as it is.
        self.kept: Store | None = None
        self.hash: str | None = None  # of the file's bytes, when it is whole
        self.functions = {
            "code": functions.code,
            "figures": functions.figures,
            "sha256": lambda text: hashlib.sha256(text.encode()).hexdigest(),
        }
        for name, function in self.functions.items():
            self.connection.create_function(name, 1, function, deterministic=True)
        self.sources = Sources(self.connection, using, known)
        self.indexes = make_tables(self.connection)
        self.connection.execute("BEGIN")
        for table in ("branches", *owned_tables()):
            if has_id(table):
                self.connection.execute(
                    f"CREATE TEMP TABLE map_{table} (old INTEGER PRIMARY KEY, new INTEGER NOT NULL, branch INTEGER NOT NULL)"
                )
        self.connection.execute(
            "CREATE TEMP TABLE bases (name TEXT, branch INTEGER, base INTEGER, PRIMARY KEY (name, branch)) WITHOUT ROWID"
        )
        fill_codes(self.connection)
        self.connection.execute("COMMIT")

    def digests(self, source: Source, branches: Iterable[int]) -> dict[int, str]:
        """Return branch -> a hash over all of it that travels, but its tags: the same for a city's own file and for what was made of it."""
        hashes = {branch: hashlib.sha256() for branch in branches}
        with self.sources.attach(source.path, source.address, source.key, source.identity):
            for id, session, present in self.connection.execute(_PRESENT.format(TRAVELS["attendance"].where)):
                if id in hashes:
                    hashes[id].update(f"{session} {sorted(present.split())}".encode())
            for table in ("branches", *(table for table in owned_tables() if table not in (*LINKS, "attendance"))):
                clause, branch = from_clause(table)
                values = {**TRAVELS[table].columns, **{column: f"{column}_row.uid" for column in travelling_references(table)}}
                sql = f"SELECT {branch}, json_array('{table}', {', '.join(values.values())}) FROM {clause} WHERE {TRAVELS[table].where} ORDER BY 1, 2"
                for id, row in self.connection.execute(sql):
                    if id in hashes:
                        hashes[id].update(row.encode())
        return {branch: hash.hexdigest() for branch, hash in hashes.items()}

    def nation_digest(self, source: Source) -> str:
        """Return a hash over the nation's own rows: the same if they are the same. What is only for the log does not count: an older husrum lost it."""
        digest = hashlib.sha256(repr(sorted(source.expected)).encode())
        with self.sources.attach(source.path, source.address, source.key, source.identity):
            for table, where in _nations():
                if table == "steps":
                    continue
                columns = [sql for column, sql in self._nations_columns(table).items() if column not in REFERENCES and column != "who"]
                for (row,) in self.connection.execute(
                    f"SELECT json_array('{table}', {', '.join(columns)}) FROM source.{table} AS t WHERE {where} ORDER BY 1"
                ):
                    digest.update(row.encode())
        return digest.hexdigest()

    def insert_rows(
        self, chosen: list[ChosenCopy], nation: Source | None, expected: list[tuple[ExpectedCity, int, bool]], settings: dict[str, str]
    ) -> None:
        """Insert all rows: of the copies chosen, the nation's own, and the cities that it expects: (city, id of the branch, whether its own file came)."""
        bases, after = first_ids((each.id, each.copy) for each in chosen)
        rows = [(table, branch, base) for branch, each in bases.items() for table, base in each.items()]
        self.connection.executemany("INSERT INTO temp.bases VALUES (?, ?, ?)", rows)
        grouped: dict[int, list[ChosenCopy]] = {}
        for each in sorted(chosen, key=lambda each: each.id):
            grouped.setdefault(id(each.source), []).append(each)
        for group in grouped.values():
            source = group[0].source
            with self.sources.attach(source.path, source.address, source.key, source.identity):
                self.connection.execute("BEGIN")
                if source.hash is not None and source.hash == self.sources.known.target:
                    move_branches(self.connection, source, {each.copy.id: bases[each.id] for each in group})
                else:
                    self._copy(source, group)
                self.connection.execute("COMMIT")
        for city, branch, came in expected:
            values = (*city, branch)
            columns = "uid, name, active_from, active_to, records_from"
            table, key = ("expected_branches", "branch_id") if came else ("branches", "id")
            self.connection.execute(f"INSERT INTO main.{table} ({columns}, {key}) VALUES (?, ?, ?, ?, ?, ?)", values)
        if nation is not None:
            with self.sources.attach(nation.path, nation.address, nation.key, nation.identity):
                self.connection.execute("BEGIN")
                self._copy_nation(after)
                self.connection.execute("COMMIT")
        self.connection.executemany("INSERT INTO main.settings VALUES (?, ?)", sorted(settings.items()))

    def finish(self) -> Store:
        """Create the indexes, and yield the file to be read and linked, in a transaction that ends when the file is closed."""
        self.connection.execute("BEGIN")
        for statement in self.indexes:
            self.connection.execute(statement)
        self.connection.execute("COMMIT")
        self.connection.execute("BEGIN")
        return Store(self.connection, self.path, key=self.key)

    def open_unchanged(self, before: Source) -> Store | None:
        """Open the file that is merged into, only to be read; None if it is not as a merge leaves it."""
        if before.address != file_uri(before.path, "ro"):  # an older husrum's, brought to today's schema in memory
            return None
        connection = bare_connection(before.path, "ro", before.key, self.using)
        for name, function in self.functions.items():
            connection.create_function(name, 1, function, deterministic=True)
        if holds_only_travelling(connection):
            return Store(connection, before.path, key=before.key)
        connection.close()
        return None

    def sign(self) -> None:
        """Write the manifest of a file that is handed over."""
        self.connection.executemany("INSERT INTO main.manifest VALUES (?, ?, ?)", manifest(self.connection))

    def close(self) -> None:
        """Close the file."""
        if self.kept is not None:
            self.kept.close()
        self.sources.close()
        self.connection.close()

    def _copy(self, source: Source, group: list[ChosenCopy]) -> None:
        for table in ("branches", *owned_tables()):
            if has_id(table):
                self.connection.execute(f"DELETE FROM temp.map_{table}")
        self.connection.executemany("INSERT INTO temp.map_branches VALUES (?, ?, ?)", [(each.copy.id, each.id, each.id) for each in group])
        for table in ("branches", *owned_tables()):
            if table not in LINKS or not source.city:
                self._copy_table(table)
        for each in group:
            if each.tags is not None:
                self._tag(each, each.tags)

    def _copy_table(self, table: str) -> None:
        columns, where = dict(TRAVELS[table].columns), TRAVELS[table].where
        clause = f"source.{table} AS t"
        if has_id(table):
            if table != "branches":
                parent = f"temp.map_{REFERENCES[owner_column(table)]}"
                self.connection.execute(
                    f"""INSERT INTO temp.map_{table} SELECT t.id, base + row_number() OVER (PARTITION BY parent.branch ORDER BY t.id), parent.branch
                    FROM source.{table} AS t CROSS JOIN {parent} AS parent ON parent.old = t.{owner_column(table)}
                    CROSS JOIN temp.bases ON bases.name = ? AND bases.branch = parent.branch WHERE {where}""",
                    (table,),
                )
            clause += f" CROSS JOIN temp.map_{table} AS own ON own.old = t.id"
            columns["id"] = "own.new"
        for column in travelling_references(table):
            parent, same = f"temp.map_{REFERENCES[column]} AS {column}_map", f"{column}_map.old = t.{column}"
            if column == owner_column(table) and not has_id(table):
                # Its rows lie in this order: each session is looked up once, not once for everybody who was there.
                clause = f"{parent} CROSS JOIN {clause} ON {same}"
            else:
                clause += f" CROSS JOIN {parent} ON {same}"
            columns[column] = f"{column}_map.new"
        self.connection.execute(
            f"INSERT INTO main.{table} ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM {clause} WHERE {where}"
        )

    def _copy_nation(self, bases: dict[str, int]) -> None:
        for table, where in _nations():
            columns = self._nations_columns(table)
            if has_id(table):
                columns["id"] = f"{bases.get(table, 0)} + row_number() OVER (ORDER BY t.id)"
            self.connection.execute(
                f"INSERT INTO main.{table} ({', '.join(columns)}) SELECT {', '.join(columns.values())} FROM source.{table} AS t WHERE {where}"
            )

    def _nations_columns(self, table: str) -> dict[str, str]:
        """Return column -> SQL of what is kept of the nation's own row `t`: all of it, with other rows found by their uids. No merge may take anything from it."""
        columns: Iterable[str] = TRAVELS[table].columns
        if table in (*OF_NEITHER, *PARTS_OF_NEITHER):
            columns = [row[1] for row in self.connection.execute(f"PRAGMA source.table_info({table})") if row[1] not in ("id", "branch_id")]
        parents = {column: REFERENCES[column] for column in columns if column in REFERENCES}
        return {
            column: f"(SELECT new.id FROM main.{parents[column]} AS new JOIN source.{parents[column]} AS old USING (uid) WHERE old.id = t.{column})"
            if column in parents
            else f"t.{column}"
            for column in columns
        }

    def _tag(self, chosen: ChosenCopy, tags: Tags) -> None:
        people = self.connection.execute(
            f"""SELECT new, name, born, phone, email FROM temp.map_people CROSS JOIN source.people ON people.id = old
            WHERE branch = ? AND old NOT IN ({WITHDRAWN.format("source")})""",
            (chosen.id,),
        ).fetchall()
        # Tags are slow by design, and computed outside the interpreter's lock.
        with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
            made = pool.map(lambda person: tags(*person[1:]), people)
            rows = [(id, kind, tag) for (id, *_facts), each in zip(people, made, strict=True) for kind, tag in sorted(each.items())]
        self.connection.executemany("INSERT INTO main.link_tags VALUES (?, ?, ?)", rows)
        self.connection.execute("INSERT INTO main.link_keys VALUES (?, ?)", (chosen.id, chosen.fingerprint))


def _nations() -> Iterator[tuple[str, str]]:
    """Yield the nation's own rows: (table, which of them)."""
    for table, travels in TRAVELS.items():
        if table in OF_NEITHER:
            yield table, "t.branch_id IS NULL"
        elif travels.nation and table != "expected_branches":
            yield table, travels.where
    for table, (column, parent) in PARTS_OF_NEITHER.items():
        yield table, f"t.{column} IN (SELECT id FROM source.{parent} WHERE branch_id IS NULL)"


@contextmanager
def lock_target(target: Path, key: bytes | None, using: Any) -> Iterator[Release | None]:
    """Lock a file that is about to be replaced. A writer that waited for it finds a different file.

    Yields what lets go of the file; None if there is none.

    `using`: the library that the file is read with meanwhile. On POSIX, one library closing a file lets go of the other's lock on it.
    """
    if not target.exists():
        yield None
        return
    with translating_sqlite_errors(target):
        before = identity_of(target)
        lock = bare_connection(target, "rw", key, using)
        try:
            lock.execute("BEGIN IMMEDIATE")
            if identity_of(target)[0] != before[0]:
                raise UnusableFile(_("{path} was replaced by another program just now; run the command again.", path=target))
            yield lock.close
        finally:
            lock.close()


@contextmanager
def build_union(
    target: Path,
    functions: Functions,
    new: bool,
    key: bytes | None = None,
    using: Any = sqlite3,
    release: Release | None = None,
    known: KnownFiles | None = None,
) -> Iterator[Building]:
    """Make a new file next to `target`, and move it there when the block ends. If it fails, nothing is left of it, and `target` is unchanged.

    `new`: there is no file yet; one that has appeared meanwhile is never replaced. `release`: lets go of the file that is replaced. `key`, `using`,
    `known`: as `Building` has them.
    """
    try:
        with temporary_file(target) as temporary, closing(Building(temporary, functions, key, using, known)) as building:
            yield building
            if building.kept is not None:
                return
            building.connection.execute("COMMIT")
            building.close()
            flush_to_disk(temporary)
            building.hash = hash_of(temporary)
            if new:
                rename_to_new(temporary, target)
            else:
                replace(temporary, target, release)
    except sqlite3.DatabaseError as error:
        if error_name(error).startswith(("SQLITE_FULL", "SQLITE_IOERR")):  # of the target: errors of a source were reported
            raise UnusableFile(_("The disk is full; nothing was written to {path}.", path=target)) from None
        raise
    except FileExistsError:
        raise UnusableFile(_("{path} was made by another program just now; run the command again.", path=target)) from None
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise UnusableFile(_("The disk is full; nothing was written to {path}.", path=target)) from None
        raise UnusableFile(_("{path} can't be written: {reason}.", path=target, reason=error.strerror or error)) from None
