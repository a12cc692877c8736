"""Files for others: written to a temporary file in the same folder and moved into place when complete, readable by their owner alone."""

from __future__ import annotations

import errno
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ..atomic_files import flush_to_disk, temporary_file
from ..errors import Refused, UnusableFile, WrongInput
from ..i18n import _, decimal_mark
from ..platforms.private import make_private, make_private_folder
from ..platforms.replacing import replace


def file_format(target: str | Path, formats: Sequence[str], named: str | None = None) -> str:
    """Return one of these formats: the one named, else the one that a file's name ends in; on the terminal (`-`) the first. Raises `WrongInput`."""
    chosen = (named or (formats[0] if target == "-" else Path(target).suffix.lstrip("."))).lower()
    if chosen not in formats:
        raise WrongInput(_("to: “{target}” must end in {endings}.", target=target, endings=", ".join(f".{each}" for each in formats)), "to")
    return chosen


def csv_delimiter() -> str:
    """Return the sign between the cells of a CSV file as the language's Excel opens it: a semicolon if numbers have a decimal comma."""
    return ";" if decimal_mark() == "," else ","


@contextmanager
def open_output(path: Path, overwrite: bool = False) -> Iterator[Path]:
    """Make a temporary file to write to, which becomes `path` at the end of the block. If the block fails, nothing is left of it.

    Raises `Refused` if `path` exists and may not be overwritten, `UnusableFile` if it can't be written.
    """
    if path.is_dir():
        raise UnusableFile(_("{path} is a folder; name a file in it.", path=path))
    if path.exists() and not overwrite:
        raise Refused(_("{path} exists already; choose another name or add --overwrite.", path=path))
    if not path.parent.is_dir():
        raise UnusableFile(_("{path} can't be written: there is no folder {folder}.", path=path, folder=path.parent))
    try:
        with temporary_file(path) as temporary:
            yield temporary
            make_private(temporary)  # the writer may have replaced the file
            flush_to_disk(temporary)
            replace(temporary, path)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise UnusableFile(_("The disk is full; nothing was written to {path}.", path=path)) from None
        raise UnusableFile(_("{path} can't be written: {reason}.", path=path, reason=error.strerror or error)) from None


@contextmanager
def open_outputs(folder: Path, names: list[str], overwrite: bool = False) -> Iterator[list[Path]]:
    """Make temporary files to write to, which become files of a folder at the end of the block. If it fails, neither they nor a new folder remain."""
    made = not folder.exists()
    try:
        make_private_folder(folder) if made else folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UnusableFile(_("{path} can't be written: {reason}.", path=folder, reason=error.strerror)) from None
    try:
        with ExitStack() as stack:
            yield [stack.enter_context(open_output(folder / name, overwrite)) for name in names]
    except BaseException:
        if made:
            folder.rmdir()
        raise
