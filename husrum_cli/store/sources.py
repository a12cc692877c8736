"""Somebody else's file, opened to be read: looked through before anything in it is trusted, never changed, and nothing in it is ever run.

Every look goes through one connection, where the file is attached under the name `source`.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from ..errors import UnusableFile
from ..locale import _
from .checking import Shape, expected_shape, shape
from .manifests import misfits
from .opening import APPLICATION_ID, VERSION
from .removed import numbers_back
from .travelling import TRAVELS, form, joined, owned, text_columns

# Longer texts are no husrum's: nothing that is typed or counted comes near.
LONGEST = 2_000_000
# What a look may cost: steps of SQLite's machine, at least and for every byte of the file. A sound file of 150,000 attendances takes less than one a byte.
LEAST_STEPS, STEPS_PER_BYTE, STEPS_AT_A_TIME = 10_000_000, 30, 200_000
# What goes wrong with the file that is written, not with the one that is read.
OF_THE_TARGET = ("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_FSYNC", "SQLITE_IOERR_TRUNCATE")


class Edit(NamedTuple):
    """One command that wrote. `at` is UTC."""

    uid: str
    at: str
    command: str | None


Lineage = tuple[Edit, ...]
# What stands in an encrypted file. It is only ever held in memory.
Decrypt = Callable[[Path], bytes]
MAGIC = b"SQLite format 3\0"
ENCRYPTED = b"age-encryption.org/"


class BranchCopy(NamedTuple):
    """What a source holds of a branch. `counts`: table -> rows that travel. `fingerprint`: of the key that its tags were made with, if it has tags."""

    id: int
    uid: str
    name: str
    lineage: Lineage
    fingerprint: str | None
    counts: dict[str, int]


class Expected(NamedTuple):
    """A city as the nation knew it before its own file came."""

    uid: str
    name: str
    active_from: str | None
    active_to: str | None
    records_from: str | None


class Source(NamedTuple):
    """A file that was looked through and found sound. `city`: a city's own file, with names, from which only that city is taken.

    `others`: names of further branches there, which have no file of their own. `nation`: the lineage of the nation's own rows, whose numbers are in `counts`.
    """

    path: Path
    address: str
    identity: tuple[int, ...]
    city: bool
    copies: tuple[BranchCopy, ...]
    others: tuple[str, ...]
    nation: Lineage
    counts: dict[str, int]
    expected: tuple[Expected, ...]
    settings: dict[str, str]
    back: tuple[int, ...] = ()  # numbers of those in a city's own file who were anonymised or erased in a newer one


class Sources:
    """The files of a merge, looked through on one connection. Copies of encrypted files, and of older ones brought to today's schema, live in memory as long as this does."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.private: list[sqlite3.Connection] = []
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)

    def close(self) -> None:
        """Lets go of the copies."""
        for copy in self.private:
            copy.close()

    def look(self, path: Path, header: bytes, decrypt: Decrypt | None = None) -> Source:
        """Looks a file through whose `header_of` was read. Raises `UnusableFile` with the reason where it can't be trusted."""
        identity = identity_of(path)
        with _told(path):
            address, version = _address(path), _version(header)
            if header.startswith(ENCRYPTED):
                if decrypt is None:
                    raise UnusableFile(_("{path} is encrypted; name what it is opened with: --identity FILE", path=path))
                plain = decrypt(path)
                version = _version(_checked(path, plain[:100], len(plain)))
                with closing(sqlite3.connect(":memory:")) as opened:
                    opened.deserialize(plain)
                    address = self._in_memory(path, opened, version)
            elif version < VERSION:
                with closing(sqlite3.connect(address, uri=True)) as original:
                    address = self._in_memory(path, original, version)
        with self.attached(path, address, identity):
            self._distrust(path, version)
            source = self._read(path, address, identity)
            return source._replace(back=numbers_back(self.connection, path, "source")) if source.city else source

    @contextmanager
    def attached(self, path: Path, address: str, identity: tuple[int, ...]) -> Iterator[None]:
        """The file under the name `source`. What goes wrong is told of it; so is a file that changed since it was looked through, or takes too long."""
        steps = LEAST_STEPS + STEPS_PER_BYTE * identity[1]
        taken = 0

        def enough() -> bool:
            nonlocal taken
            taken += STEPS_AT_A_TIME
            return taken > steps

        with _told(path):
            self.connection.execute("ATTACH ? AS source", (address,))
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
        """The address of a copy in memory, brought to today's schema: the source stays as it is."""
        from .upgrades import upgrade

        address = f"file:husrum-{id(self)}-{len(self.private)}?mode=memory&cache=shared"
        copy = sqlite3.connect(address, uri=True, isolation_level=None)
        self.private.append(copy)
        original.backup(copy)
        copy.executescript("PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON;")
        copy.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LONGEST)
        if version < VERSION:
            # Of older versions no schema.sql is left to compare with. What could run while the copy is changed must not be there.
            active = "SELECT name FROM sqlite_schema WHERE type NOT IN ('table', 'index', 'view') OR sql LIKE '%TRIGGER%' OR sql LIKE '%VIRTUAL%'"
            if found := copy.execute(active).fetchone():
                raise UnusableFile(
                    _("{path} is not as husrum makes it ({name}); nothing of it was read.", path=path, name=_shown(found[0]))
                )
            if version > 1:  # what was handed over is told as it was; version 1 had no manifest
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
        """Everything that must hold before a row is read."""
        if strange := _strange(shape(self.connection, "source")):
            raise UnusableFile(_("{path} is not as husrum makes it ({name}); nothing of it was read.", path=path, name=_shown(strange)))
        found = self.connection.execute("PRAGMA source.integrity_check(1)").fetchone()[0]
        if found != "ok":
            raise UnusableFile(_("{path} is damaged ({reason}). Ask for it again.", path=path, reason=_shown(found)))
        if lost := self.connection.execute("PRAGMA source.foreign_key_check").fetchone():
            raise UnusableFile(
                _("{path} is damaged (rows of {table} point at nothing). Ask for it again.", path=path, table=_shown(lost[0]))
            )
        for table, columns in text_columns().items():
            long = " OR ".join(f"length(t.{column}) > {LONGEST // 2}" for column in columns if (table, column) != ("attendance", "part"))
            wrong = [*filter(None, [long, f"NOT ({form(table)})" if table in TRAVELS and form(table) else ""])]
            if wrong and self.connection.execute(f"SELECT 1 FROM source.{table} AS t WHERE {' OR '.join(wrong)} LIMIT 1").fetchone():
                raise UnusableFile(_("{path} holds what husrum never writes (in {table}); nothing of it was read.", path=path, table=table))
        if version == VERSION:
            self._verify(path, self.connection, "source")

    def _read(self, path: Path, address: str, identity: tuple[int, ...]) -> Source:
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
        if len(branches) > 1:
            self._keep_apart(path)
        counts = self._counts()
        copies = [
            BranchCopy(
                id,
                uid,
                name,
                tuple(edits.get(id, ())),
                keys.get(id) if home is None else None,
                {table: numbers.get(id, 0) for table, numbers in counts.items()},
            )
            for id, uid, name, *_dates in taken
        ]
        others = [row for row in branches if row not in taken]
        columns = "uid, name, active_from, active_to, records_from"
        came = self.connection.execute(f"SELECT {columns} FROM source.expected_branches").fetchall()
        national = {table: numbers.get(None, 0) for table, numbers in counts.items()}
        return Source(
            path,
            address,
            identity,
            home is not None,
            tuple(copies),
            tuple(row[2] for row in others) if home is not None else (),
            tuple(edits.get(None, ())) if home is None else (),
            national,
            tuple(Expected(*row) for row in [*(row[1:] for row in others), *came]) if home is None else (),
            settings,
        )

    def _counts(self) -> dict[str, dict[int | None, int]]:
        """table -> branch -> how many rows travel; branch None: the nation's own."""
        counts: dict[str, dict[int | None, int]] = {}
        for table in (*owned(), "link_decisions", "figures_for_branches"):
            if TRAVELS[table].nation:
                counts[table] = {None: self.connection.execute(f"SELECT count(*) FROM source.{table}").fetchone()[0]}
            elif table == "attendance":
                # Sessions lie together here, so counting them first asks for each session's branch once, not for each row's.
                counts[table] = dict(
                    self.connection.execute(f"""SELECT activities.branch_id, sum(rows) FROM
                        (SELECT session_id, count(*) AS rows FROM source.attendance AS t WHERE {TRAVELS[table].where} GROUP BY session_id)
                        CROSS JOIN source.sessions ON sessions.id = session_id CROSS JOIN source.activities ON activities.id = activity_id GROUP BY 1""").fetchall()
                )
            else:
                clause, branch = joined(table)
                clause = clause.replace("CROSS JOIN", "LEFT JOIN", 1) if branch == "t.branch_id" else clause
                counts[table] = dict(
                    self.connection.execute(f"SELECT {branch}, count(*) FROM {clause} WHERE {TRAVELS[table].where} GROUP BY 1").fetchall()
                )
        return counts

    def _keep_apart(self, path: Path) -> None:
        """Raises `UnusableFile` where a row ties two branches together: each logs only its own people."""
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
                raise UnusableFile(_("{path} holds what husrum never writes (in {table}); nothing of it was read.", path=path, table=table))


@cache
def _expected() -> Shape:
    return expected_shape()


def _strange(held: Shape) -> str:
    """The first thing that is not as in schema.sql, if there is one. What SQLite keeps of sizes (ANALYZE) does no harm."""
    expected = _expected()
    differing = {key for key in expected.keys() | held.keys() if expected.get(key) != held.get(key)}
    return next(
        (name for kind, name in sorted(differing) if (kind, name) not in (("table", "sqlite_stat1"), ("table", "sqlite_stat4"))), ""
    )


def _address(path: Path) -> str:
    return f"file:{quote(os.fsencode(path.absolute()))}?mode=ro"


def identity_of(path: Path) -> tuple[int, ...]:
    """What changes when a file does: which it is, its size, and when it was written."""
    try:
        status = path.stat()
    except OSError as error:
        raise UnusableFile(_("{path} can't be read: {reason}.", path=path, reason=error.strerror)) from None
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_dev


def header_of(path: Path) -> bytes:
    """The first hundred bytes, which tell most of what can be wrong with a file.

    To be read before SQLite has the file open: on POSIX, closing a file lets go of all the locks that this program has on it.
    """
    try:
        if path.is_fifo():
            raise UnusableFile(_("{path} is no husrum file.", path=path))
        with path.open("rb") as file:
            header = file.read(100)
            size = os.fstat(file.fileno()).st_size
    except FileNotFoundError:
        raise UnusableFile(_("{path} does not exist.", path=path)) from None
    except OSError as error:
        raise UnusableFile(_("{path} can't be read: {reason}.", path=path, reason=error.strerror)) from None
    if not header:
        raise UnusableFile(_("{path} is empty: not one byte is in it. Ask for it again.", path=path))
    if header.startswith(ENCRYPTED):
        return header
    # A file with a journal beside it may have any size.
    whole = header.startswith(MAGIC)
    if whole and (2 in header[18:20] or _bytes_of(path, "-wal")):
        raise UnusableFile(
            _(
                "{path} was left open by another program, and rows may be missing (WAL). Where it is written, run: husrum check --db FILE",
                path=path,
            )
        )
    if whole and _bytes_of(path, "-journal").strip(b"\0"):
        raise UnusableFile(
            _("{path} has unfinished changes beside it ({path}-journal). Where it is written, run: husrum check --db FILE", path=path)
        )
    return _checked(path, header, size)


def _checked(path: Path, header: bytes, size: int) -> bytes:
    """The header again, if it is one of a whole husrum file that this program can read."""
    if not header.startswith(MAGIC) or len(header) < 100:
        raise UnusableFile(_("{path} is no husrum file.", path=path))
    if int.from_bytes(header[68:72]) != APPLICATION_ID:
        raise UnusableFile(_("{path} is a database, but not one of husrum.", path=path))
    if _version(header) > VERSION:
        raise UnusableFile(_("{path} was made by a newer husrum; update this one.", path=path))
    if _version(header) < 1:
        raise UnusableFile(_("{path} is damaged: it has no version. Ask for it again.", path=path))
    page, pages = int.from_bytes(header[16:18]), int.from_bytes(header[28:32])
    if header[24:28] == header[92:96] and pages * (65536 if page == 1 else page) != size:
        raise UnusableFile(_("{path} is cut off, or was copied while it was being written. Ask for it again.", path=path))
    return header


def _version(header: bytes) -> int:
    return int.from_bytes(header[60:64], signed=True)


def _bytes_of(path: Path, suffix: str) -> bytes:
    """The beginning of the file that SQLite keeps beside another, if there is one."""
    try:
        with path.with_name(path.name + suffix).open("rb") as file:
            return file.read(8)
    except OSError:
        return b""


def _shown(text: object) -> str:
    """What a file says of itself, fit for a message."""
    return "".join(sign if sign.isprintable() else " " for sign in str(text))[:100]


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Whatever SQLite finds in the file is told as the file's fault; a full disk is not."""
    try:
        yield
    except UnicodeDecodeError:  # even what SQLite says of it
        raise UnusableFile(_("{path} is damaged ({reason}). Ask for it again.", path=path, reason=_("bytes that are no text"))) from None
    except sqlite3.DatabaseError as error:
        if (getattr(error, "sqlite_errorname", None) or "").startswith(OF_THE_TARGET):
            raise
        raise UnusableFile(_reason(path, error)) from None


def _reason(path: Path, error: sqlite3.DatabaseError) -> str:
    name = getattr(error, "sqlite_errorname", None) or ""
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
