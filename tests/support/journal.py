"""A city's file whose every correction is shown to be one undo."""

from __future__ import annotations

import shlex
from contextlib import closing
from pathlib import Path

from running import Result, husrum, looked_into

UNLOGGED = ("edits", "steps", "former_rows", "sqlite_sequence")


class City:
    """A city's file, on one day."""

    def __init__(self, path: Path, today: str) -> None:
        self.path = path
        self.today = today

    def __call__(self, line: str) -> Result:
        """Run a command line, however it ends."""
        return husrum("--db", self.path, *shlex.split(line), env={"HUSRUM_TODAY": self.today})

    def must(self, *lines: str) -> str:
        """Run command lines that succeed; return what the last one showed."""
        shown = ""
        for line in lines:
            done = self(line)
            assert done.exit_code == 0, (line, done.stderr)
            shown = done.stdout + done.stderr
        return shown

    def refused(self, line: str, status: int, *words: str) -> None:
        """Run a command line that fails with this status, names these words in one line, and writes nothing."""
        before = self.everything()
        done = self(line)
        assert done.exit_code == status, (line, done.stderr)
        assert len(done.stderr.strip().splitlines()) == 1 and all(word in done.stderr for word in words), done.stderr
        assert self.everything() == before

    def corrected(self, line: str, *words: str) -> str:
        """Run a command line that shows these words, and whose undo is the file as it was; run it once more, and return what it showed."""
        before = self.everything()
        shown = self.must(line)
        assert all(word in shown for word in words), shown
        assert self.everything() != before
        self.must("undo --yes")
        assert self.everything() == before
        return self.must(line)

    def rows(self, sql: str) -> list[tuple[object, ...]]:
        """The rows of a query."""
        with closing(looked_into(self.path)) as connection:
            return connection.execute(sql).fetchall()

    def everything(self) -> dict[str, list[tuple[object, ...]]]:
        """Every row of every table but those of the log."""
        with closing(looked_into(self.path)) as connection:
            tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
            return {table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in tables if table not in UNLOGGED}
