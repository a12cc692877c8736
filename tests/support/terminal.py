"""A person at a terminal: types keys, looks at the screen. Needs no terminal of its own."""

from __future__ import annotations

import codecs
import fcntl
import os
import pty
import select
import signal
import sqlite3
import struct
import subprocess
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte
from forking import PATIENCE, Forked
from running import process_environment

# A screen that is drawn comes in pieces, which follow each other faster than this (seconds), unless the program waits for the processor.
STILL = 0.03
ENTER, ESCAPE, TAB, UP, DOWN, BACKSPACE, INTERRUPT, END_OF_INPUT = "\r", "\x1b", "\t", "\x1b[A", "\x1b[B", "\x7f", "\x03", "\x04"


def take_terminal(terminal: int) -> None:
    """Have this process be the one that the terminal belongs to."""
    os.setsid()
    fcntl.ioctl(terminal, termios.TIOCSCTTY, 0)


class Terminal:
    """`husrum` on a file, or another program, in a terminal of so many columns and rows. `keys` counts what was typed; `shown` is all that ever came."""

    def __init__(
        self,
        path: Path | None,
        *words: str,
        columns: int = 80,
        rows: int = 24,
        env: Mapping[str, str | None] | None = None,
        program: list[str] | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.stream = pyte.ByteStream(self.screen)
        self.shown, self.keys = "", 0
        self.ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

        environment = process_environment({"TERM": "xterm-256color", "COLUMNS": None, "LINES": None, "PAGER": "cat", **(env or {})})
        self.process = (
            subprocess.Popen(program, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, preexec_fn=lambda: take_terminal(theirs))
            if program
            else Forked(*(["--db", path] if path else []), *words, streams=(theirs, theirs, theirs), env=environment)
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait()
        self.close()

    def press(self, *keys: str) -> None:
        """Types keys, each in one go as a keyboard sends it."""
        for key in keys:
            self.keys += 1
            os.write(self.ours, key.encode())

    def type(self, text: str) -> None:
        """Types a text, letter by letter."""
        self.press(*text)

    def see(self, *texts: str) -> list[str]:
        """Wait until all the texts are on the screen and nothing moves any more; return its lines."""
        end = time.monotonic() + PATIENCE
        while not all(text in "\n".join(self.screen.display) for text in texts):
            assert time.monotonic() < end and self._read(end - time.monotonic()), (texts, self.lines())
        while self._read(STILL) or (self._works() and time.monotonic() < end):
            pass
        return self.lines()

    def asked(self, text: str) -> None:
        """Waits until the line with the cursor holds the text."""
        end = time.monotonic() + PATIENCE
        while text not in self.screen.display[self.screen.cursor.y]:
            assert time.monotonic() < end and self._read(end - time.monotonic()), (text, self.lines())

    def lines(self) -> list[str]:
        """The screen as it is, without the spaces at the ends."""
        return [line.rstrip() for line in self.screen.display]

    def end(self) -> tuple[int, str]:
        """Waits for the end: exit status, and everything that was shown."""
        end = time.monotonic() + PATIENCE
        while self._read(max(0.0, end - time.monotonic())):
            pass
        return self.process.wait(PATIENCE), self.shown.replace("\r\n", "\n")

    def close(self) -> None:
        """Close the window, of which the system tells a program that the terminal belongs to."""
        if self.ours >= 0:
            os.close(self.ours)
            self.ours = -1

    def hang_up(self, lock: sqlite3.Connection | None = None) -> None:
        """Closes the window, which the program hears of twice: by the end of its input, and by a signal. lock: makes it wait with writing until it has."""
        if lock:
            lock.execute("BEGIN IMMEDIATE")
        self.close()
        if lock:
            time.sleep(0.3)
        self.process.send_signal(signal.SIGHUP)
        if lock:
            time.sleep(0.3)
            lock.rollback()
        self.process.wait(PATIENCE)

    def _works(self) -> bool:
        """Whether the program runs or waits for the processor or the disk, so that more may come. Only Linux says so."""
        try:
            state = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:  # it has ended
            return False
        return state in "RD"

    def _read(self, seconds: float) -> bool:
        if not select.select([self.ours], [], [], seconds)[0]:
            return False
        try:
            found = os.read(self.ours, 65536)
        except OSError:  # the other end is closed
            return False
        self.stream.feed(found)
        self.shown += self._decoder.decode(found)  # a letter of several bytes may come in two parts
        return bool(found)
