"""Standard input and output: UTF-8, and the same bytes, whatever the machine says."""

from __future__ import annotations

import errno
import io
import os
import sys
from typing import Any, TextIO

from . import system


def open_closed_streams() -> None:
    """Open what the caller closed, or the next file that is opened would get its number, and what is printed."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


def speak_utf8() -> None:
    """Read and write UTF-8. A byte order mark at the start of standard input is not part of it; Windows gets no other line ends in a pipe or file."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8-sig", errors="strict")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            as_it_is = system.NAME != system.WINDOWS or stream.isatty()
            # None: unchanged. A name that is not UTF-8 is shown with a mark in place of its odd bytes.
            ending: Any = None if as_it_is else "\n"
            if not is_utf8(stream.encoding) or ending:
                stream.reconfigure(encoding="utf-8", errors="replace", newline=ending)


def is_utf8(encoding: str | None) -> bool:
    """Whether this is a name of UTF-8."""
    return (encoding or "").lower().replace("-", "").replace("_", "") == "utf8"


def reader_has_gone(error: OSError) -> bool:
    """Whether writing failed since nobody reads the other end any more. Windows calls it an invalid argument."""
    return isinstance(error, BrokenPipeError) or (system.NAME == system.WINDOWS and error.errno == errno.EINVAL and error.filename is None)


def has_no_room(error: OSError) -> bool:
    """Whether writing failed since the disk is full or a quota is used up."""
    return error.errno in (errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC))


def leave_pipe(stream: TextIO | None = None) -> None:
    """Write nothing more into a pipe whose reader has gone, or to a disk that is full: the standard output, if nothing else is named."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), (stream or sys.stdout).fileno())
