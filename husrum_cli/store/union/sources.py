"""Somebody else's file, opened to be read: looked through before anything in it is trusted, never changed, and nothing in it is ever run.

Every look goes through one connection, where the file is attached under the name `source`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any, NamedTuple

from ...errors import DamagedFile, UnusableFile
from ...i18n import _
from ..connection import bare_connection, cannot_decrypt, file_uri, key_literal
from ..copying import quote_identifier
from ..integrity import Shape, expected_objects, schema_objects
from ..opening import VERSION, version_of
from ..removed_people import returned_numbers
from ..sqlite_errors import error_name
from .known_files import KnownFiles
from .manifest import misfits
from .source_headers import ENCRYPTED, Header, check_header, identity_of, incomplete_file, needs_key, version_in
from .travelling_rows import TRAVELS, Counts, column_bounds, counted_tables, row_conditions, text_columns, travelling_counts

# Longer texts are not husrum's: nothing that is typed or counted comes near.
LARGEST_VALUE = 2_000_000
# The limit of examining a file: steps of SQLite's machine, at least and for every byte of the file. An intact file of 150,000 attendances takes less than one a byte.
LEAST_STEPS, STEPS_PER_BYTE, STEPS_AT_A_TIME = 10_000_000, 30, 200_000
# Errors of the file that is written, not of the one that is read.
OF_THE_TARGET = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_TRUNCATE")


class Edit(NamedTuple):
    """One command that wrote. `at` is UTC."""

    uid: str
    at: str
    command: str | None


Lineage = tuple[Edit, ...]
# The content of an encrypted file. It is only ever in memory.
Decrypt = Callable[[Path], bytes]


class BranchCopy(NamedTuple):
    """The part of a source that belongs to one branch. `counts`: table -> rows that travel. `fingerprint`: of the key that its tags were made with, if it has tags."""

    id: int
    uid: str
    name: str
    lineage: Lineage
    fingerprint: str | None
    counts: dict[str, int]


class ExpectedCity(NamedTuple):
    """A city as the nation knew it before its own file came."""

    uid: str
    name: str
    active_from: str | None
    active_to: str | None
    records_from: str | None


class Source(NamedTuple):
    """A file that was looked through and found sound. `city`: a city's own file, with names, from which only that city is taken.

    `others`: names of further branches there, which have no file of their own. `nation`: the lineage of the nation's own rows, whose numbers are in `counts`; `logged`: how many
    of its edits have what the log says of them.
    `address` and `key`: how SQLite opens it. `hash`: of its bytes.
    """

    path: Path
    address: str
    key: bytes | None
    identity: tuple[int, ...]
    hash: str | None
    city: bool
    copies: tuple[BranchCopy, ...]
    others: tuple[str, ...]
    nation: Lineage
    counts: dict[str, int]
    expected: tuple[ExpectedCity, ...]
    settings: dict[str, str]
    all_counts: Counts = {}
    logged: int = 0
    back: tuple[int, ...] = ()  # numbers of those in a city's own file who were anonymised or erased in a newer one


class Sources:
    """The files of a merge, looked through on one connection. Copies of encrypted files, and of older ones brought to today's schema, live in memory as long as this does."""

    def __init__(self, connection: sqlite3.Connection, using: Any = sqlite3, known: KnownFiles | None = None) -> None:
        """`using`: the library of the connection; SQLCipher if a source or the target is encrypted. `known`: files that need not be examined again."""
        self.connection = connection
        self.using = using
        self.known = known or KnownFiles()
        self.private: list[sqlite3.Connection] = []
        _limit(connection)

    def close(self) -> None:
        """Release the copies."""
        for copy in self.private:
            copy.close()

    def examine(self, path: Path, read: Header, decrypt: Decrypt | None = None, keys: Sequence[bytes] = ()) -> Source:
        """Examine a file whose header was read. Raises `UnusableFile` with the reason if it can't be trusted.

        `decrypt` opens an encrypted handover; one of the `keys`, a file that is encrypted in place.
        """
        header, identity = read.start, identity_of(path)
        hash = read.hash if identity == read.identity else None  # it may have changed since
        key: bytes | None = None
        with _translating_errors(path):
            address, version = file_uri(path, "ro"), version_in(header)
            if header.startswith(ENCRYPTED):
                if decrypt is None:
                    raise UnusableFile(_("{path} is encrypted; name what it is opened with: --identity FILE", path=path))
                plain = decrypt(path)
                version = version_in(check_header(path, plain[:100], len(plain)))
                with closing(sqlite3.connect(":memory:")) as opened:
                    opened.deserialize(plain)
                    address = self._in_memory(path, opened, version)
            else:
                if needs_key(header):
                    key, version = _fitting(path, header, keys)
                if version < VERSION:
                    with closing(bare_connection(path, "ro", key)) as original:
                        address, key = self._in_memory(path, original, version), None
        with self.attach(path, address, key, identity):
            counts = self.known.counts_of(hash)
            if counts is None:
                self._distrust(path, version)
                counts = travelling_counts(self.connection)
            source = self._read(path, address, key, identity, counts)._replace(hash=hash)
            return source._replace(back=returned_numbers(self.connection, path)) if source.city else source

    @contextmanager
    def attach(self, path: Path, address: str, key: bytes | None, identity: tuple[int, ...]) -> Iterator[None]:
        """Attach the file as `source`. Errors are reported as its own; so is a file that changed since it was examined, or takes too long."""
        steps = LEAST_STEPS + STEPS_PER_BYTE * identity[1]
        taken = 0

        def enough() -> bool:
            nonlocal taken
            taken += STEPS_AT_A_TIME
            return taken > steps

        with _translating_errors(path):
            self.connection.execute("ATTACH ? AS source KEY ?", (address, key_literal(key)))
            self.connection.set_progress_handler(enough, STEPS_AT_A_TIME)
            try:
                yield
            finally:
                self.connection.set_progress_handler(None, 0)
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                self.connection.execute("DETACH source")
        if identity_of(path) != identity:
            raise UnusableFile(_("{path} was changed while it was read; try again when nobody writes to it.", path=path))

    def _in_memory(self, path: Path, original: sqlite3.Connection, version: int) -> str:
        """Return the address of a copy in memory, brought to today's schema: the source stays as it is."""
        from ..migrations import upgrade

        address = f"file:husrum-{id(self)}-{len(self.private)}?mode=memory&cache=shared"
        copy = self.using.connect(address, uri=True, isolation_level=None)
        self.private.append(copy)
        copy.executescript("PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")
        # Of older versions no schema.sql is left to compare with. What could run while the copy is made and changed must not be there.
        active = (
            "SELECT name FROM sqlite_schema WHERE type NOT IN ('table', 'index', 'view') OR sql LIKE '%TRIGGER%' OR sql LIKE '%VIRTUAL%'"
        )
        found = original.execute(active).fetchone() if version < VERSION else None
        _refuse_strange(path, found[0] if found else _strange(schema_objects(original)) if version == VERSION else "")
        if self.using is sqlite3:
            original.backup(copy)
        else:
            _copy_rows(path, original, copy)
        _limit(copy)
        if version < VERSION:
            copy.execute("PRAGMA foreign_keys = ON")
            if version > 1:  # a handover is described as it was sent; version 1 had no manifest
                self._verify(path, copy, "main")
            upgrade(copy, VERSION, lambda _version: None)
        return address

    def _verify(self, path: Path, connection: sqlite3.Connection, database: str) -> None:
        if misfit := misfits(connection, database):
            raise UnusableFile(
                _(
                    "{path} is not as it was handed over ({table} differs from its manifest). Ask for it again.",
                    path=path,
                    table=_shown(misfit),
                )
            )

    def _distrust(self, path: Path, version: int) -> None:
        """Check everything that must hold before a row is read."""
        _refuse_strange(path, _strange(schema_objects(self.connection, "source")))
        found = self.connection.execute("PRAGMA source.integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise UnusableFile(_("{path} is damaged ({reason}). Ask for it again.", path=path, reason=_shown(found)))
        if lost := self.connection.execute("PRAGMA source.foreign_key_check").fetchone():
            raise UnusableFile(
                _("{path} is damaged (rows of {table} point at nothing). Ask for it again.", path=path, table=_shown(lost[0]))
            )
        for table, columns in text_columns().items():
            if table == "attendance":  # most of the rows; what travels of them is checked when it is copied
                continue
            long = " OR ".join(f"length(t.{column}) > {LARGEST_VALUE // 2}" for column in columns)
            # SQLite knows no CHECKs of a file that it opens only for reading, so its integrity check doesn't look at them.
            bounds = [f"NOT ({check})" for check in column_bounds(table).values()]
            wrong = [*filter(None, [long, f"NOT ({row_conditions(table)})" if table in TRAVELS and row_conditions(table) else ""]), *bounds]
            if wrong and self.connection.execute(f"SELECT 1 FROM source.{table} AS t WHERE {' OR '.join(wrong)} LIMIT 1").fetchone():
                raise _never_written(path, self._out_of_bounds(table))
        if version == VERSION:
            self._verify(path, self.connection, "source")
        if self.connection.execute("SELECT count(*) FROM source.branches").fetchone()[0] > 1:
            self._keep_apart(path)

    def _out_of_bounds(self, table: str) -> str:
        """Return the table and the column of a row that is beyond the schema's bounds; the table alone if something else is wrong with it."""
        for column, check in column_bounds(table).items():
            if self.connection.execute(f"SELECT 1 FROM source.{table} AS t WHERE NOT ({check}) LIMIT 1").fetchone():
                return f"{table}.{column}"
        return table

    def _read(self, path: Path, address: str, key: bytes | None, identity: tuple[int, ...], counts: Counts) -> Source:
        settings = dict(self.connection.execute("SELECT key, value FROM source.settings").fetchall())
        branches = self.connection.execute(
            "SELECT id, uid, name, active_from, active_to, records_from FROM source.branches ORDER BY id"
        ).fetchall()
        edits: dict[int | None, list[Edit]] = {}
        for branch, *edit in self.connection.execute("SELECT branch_id, uid, at, command FROM source.edits ORDER BY id"):
            edits.setdefault(branch, []).append(Edit(*edit))
        keys = dict(self.connection.execute("SELECT branch_id, fingerprint FROM source.link_keys").fetchall())
        home = settings.get("home_branch")
        if home is not None and home not in [uid for _id, uid, *_rest in branches]:
            raise UnusableFile(_("{path} is damaged (its own city is missing). Ask for it again.", path=path))
        taken = [row for row in branches if (row[1] == home if home is not None else row[0] in edits)]
        copies = [
            BranchCopy(
                id,
                uid,
                name,
                tuple(edits.get(id, ())),
                keys.get(id) if home is None else None,
                {table: counts.get(table, {}).get(id, 0) for table in counted_tables()},
            )
            for id, uid, name, *_dates in taken
        ]
        others = [row for row in branches if row not in taken]
        columns = "uid, name, active_from, active_to, records_from"
        came = self.connection.execute(f"SELECT {columns} FROM source.expected_branches").fetchall()
        national = {table: counts.get(table, {}).get(None, 0) for table in counted_tables()}
        logged = self.connection.execute(f"SELECT count(*) FROM source.steps AS t WHERE {TRAVELS['steps'].where}").fetchone()[0]
        return Source(
            path,
            address,
            key,
            identity,
            None,
            home is not None,
            tuple(copies),
            tuple(row[2] for row in others) if home is not None else (),
            tuple(edits.get(None, ())) if home is None else (),
            national,
            tuple(ExpectedCity(*row) for row in [*(row[1:] for row in others), *came]) if home is None else (),
            settings,
            all_counts=counts,
            logged=logged,
        )

    def _keep_apart(self, path: Path) -> None:
        """Raise `UnusableFile` if a row connects two branches: each logs only its own people."""
        sessions = "CROSS JOIN source.sessions ON sessions.id = t.session_id"
        ties = {
            "attendance": f"{sessions} CROSS JOIN source.activities AS other ON other.id = sessions.activity_id",
            "leaders": "CROSS JOIN source.activities AS other ON other.id = t.activity_id",
            "enrolments": "CROSS JOIN source.activities AS other ON other.id = t.activity_id",
            "matches": "CROSS JOIN source.people AS other ON other.id = t.volunteer_id",
        }
        for table, other in ties.items():
            own = "CROSS JOIN source.people AS own ON own.id = t.person_id"
            if self.connection.execute(
                f"SELECT 1 FROM source.{table} AS t {other} {own} WHERE own.branch_id <> other.branch_id LIMIT 1"
            ).fetchone():
                raise _never_written(path, table)


def _strange(found: Shape) -> str:
    """Return the first thing that is not as in schema.sql, if there is one. What SQLite keeps of sizes (ANALYZE) does no harm."""
    expected = expected_objects()
    differing = {key for key in expected.keys() | found.keys() if expected.get(key) != found.get(key)}
    return next(
        (name for kind, name in sorted(differing) if (kind, name) not in (("table", "sqlite_stat1"), ("table", "sqlite_stat4"))), ""
    )


def _never_written(path: Path, place: str) -> UnusableFile:
    return UnusableFile(_("{path} holds what husrum never writes (in {table}); nothing of it was read.", path=path, table=place))


def _refuse_strange(path: Path, name: str) -> None:
    if name:
        raise UnusableFile(_("{path} is not as husrum makes it ({name}); nothing of it was read.", path=path, name=_shown(name)))


def _limit(connection: sqlite3.Connection) -> None:
    if isinstance(connection, sqlite3.Connection):  # SQLCipher's connections have no setlimit
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)


def _fitting(path: Path, header: bytes, keys: Sequence[bytes]) -> tuple[bytes, int]:
    """Return the key that opens an encrypted file, and the version of that."""
    for key in keys:
        try:
            with closing(bare_connection(path, "ro", key)) as opened:
                if opened.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
                    return key, version_of(opened, path)
            with suppress(sqlite3.Error):  # a user with read access only leaves the files that SQLite made in order to look
                bare_connection(path, "rw", key).close()
            raise incomplete_file(path)
        except DamagedFile:
            continue
    raise cannot_decrypt(path, bool(keys))


def _copy_rows(path: Path, original: sqlite3.Connection, copy: sqlite3.Connection) -> None:
    """Copy from one library to another, or from an encrypted file, which SQLite's backup API can't."""
    if (problem := original.execute("PRAGMA integrity_check(1)").fetchone()[0]) != "ok":
        raise UnusableFile(_("{path} is damaged ({reason}). Ask for it again.", path=path, reason=_shown(problem)))
    made = "SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT GLOB 'sqlite_*' ORDER BY type = 'index'"
    for kind, name, sql in original.execute(made).fetchall():
        copy.execute(sql)
        if kind == "table":
            rows = original.execute(f"SELECT * FROM {quote_identifier(name)}")
            copy.executemany(f"INSERT INTO {quote_identifier(name)} VALUES ({', '.join('?' * len(rows.description))})", rows)
    for name in ("application_id", "user_version"):
        copy.execute(f"PRAGMA {name} = {original.execute(f'PRAGMA {name}').fetchone()[0]}")


def _shown(text: object) -> str:
    """Return a text from a file, made safe to show in a message."""
    return "".join(sign if sign.isprintable() else " " for sign in str(text))[:100]


@contextmanager
def _translating_errors(path: Path) -> Iterator[None]:
    """Report SQLite errors as errors of the file; a full disk is not one."""
    try:
        yield
    except UnicodeDecodeError:  # even what SQLite says of it
        raise UnusableFile(_("{path} is damaged ({reason}). Ask for it again.", path=path, reason=_("bytes that are not text"))) from None
    except sqlite3.DatabaseError as error:
        if error_name(error).startswith(OF_THE_TARGET):
            raise
        raise UnusableFile(_reason(path, error)) from None


def _reason(path: Path, error: sqlite3.DatabaseError) -> str:
    name = error_name(error)
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return _("{path} is being written by another program; try again when it is done.", path=path)
    if name.startswith("SQLITE_INTERRUPT"):
        return _("{path} takes longer to read than a file of its size may; nothing of it was taken.", path=path)
    if name.startswith("SQLITE_TOOBIG"):
        return _("{path} holds a text that is longer than any of husrum's; nothing of it was taken.", path=path)
    if name.startswith("SQLITE_CONSTRAINT"):
        return _("{path} holds rows that contradict each other or another file's; nothing of it was taken.", path=path)
    if name.startswith(("SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_PERM", "SQLITE_AUTH", "SQLITE_READONLY")):
        return _("{path} can't be read here.", path=path)
    return _("{path} is damaged ({reason}). Ask for it again.", path=path, reason=_shown(error))
