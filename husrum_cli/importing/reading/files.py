"""Opening a spreadsheet file of any format: by what is in it, whatever its ending."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.parsers.expat import ExpatError

from ...errors import UnusableFile, WrongInput
from ...i18n import _
from ...regular_files import refuse_irregular
from .ods import read_ods
from .text_files import read_text_file
from .workbook import MOST_BYTES, Allowance, DamagedSpreadsheet, Progress, ProtectedWorkbook, Sheet, TooLarge, Workbook, no_progress
from .xlsx import read_xlsx

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXT_ENDINGS = {"", ".csv", ".tsv", ".tab", ".txt"}


def read_workbook(path: Path, encoding: str | None = None, progress: Progress = no_progress) -> Workbook:
    """Return the sheets of a file. `encoding`: of a text file that is neither UTF-8 nor UTF-16. `progress`: how much of it was read.

    Raises `UnusableFile` for what is missing, damaged or too large, `WrongInput` for a file that isn't a spreadsheet, or a format that isn't read.
    """
    raw = _bytes_of(path)
    try:
        sheets = _sheets(path, raw, encoding, progress)
    except TooLarge:
        raise UnusableFile(_("{path} holds more than a spreadsheet of people can; it was not read.", path=path.name)) from None
    except ProtectedWorkbook:
        raise UnusableFile(_("{path} is protected by a password. Save a copy without one.", path=path.name)) from None
    if not any(sheet.rows for sheet in sheets):
        raise WrongInput(_("{path} is empty: not even headings.", path=path.name))
    return Workbook(path.name, sheets)


def _bytes_of(path: Path) -> bytes:
    """Return the file's bytes. What has no end, such as a device or a pipe, is never read from."""
    try:
        refuse_irregular(path)
        if path.stat().st_size > MOST_BYTES:
            raise UnusableFile(_("{path} holds more than a spreadsheet of people can; it was not read.", path=path))
        return path.read_bytes()
    except OSError as error:
        raise UnusableFile(_("{path} can't be read: {reason}.", path=path, reason=error.strerror)) from None


def _sheets(path: Path, raw: bytes, encoding: str | None, progress: Progress) -> list[Sheet]:
    if raw.startswith(_ZIP):
        return _packed(path, raw, progress)
    if raw.startswith(_OLE):
        # An .xlsx with a password is packed in the container of the old format.
        if path.suffix.lower() in (".xlsx", ".xlsm"):
            raise ProtectedWorkbook
        raise WrongInput(_("{path} is in Excel's old format. Open it, and save it as .xlsx.", path=path.name))
    if path.suffix.lower() not in _TEXT_ENDINGS:
        raise UnusableFile(_("{path} is not a spreadsheet, or it is damaged.", path=path.name))
    try:
        return [read_text_file(path.stem, raw, encoding, progress)]
    except LookupError:
        raise WrongInput(_("“{encoding}” is not the name of an encoding. Example: windows-1252.", encoding=encoding), "encoding") from None
    except DamagedSpreadsheet as damaged:
        reason = f": {damaged}" if str(damaged) else ""
        raise WrongInput(_("{path} is not a table of text{reason}.", path=path.name, reason=reason)) from None


def _packed(path: Path, raw: bytes, progress: Progress) -> list[Sheet]:
    try:
        allowance = Allowance(len(raw))
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if "mimetype" in archive.namelist() and "[Content_Types].xml" not in archive.namelist():
                return read_ods(archive, allowance, progress)
            return read_xlsx(archive, allowance, progress)
    except (TooLarge, ProtectedWorkbook):
        raise
    except (
        DamagedSpreadsheet,
        ExpatError,
        zipfile.BadZipFile,
        OSError,
        EOFError,
        ValueError,
        KeyError,
        IndexError,
        NotImplementedError,
        RuntimeError,
    ):
        raise UnusableFile(_("{path} is not a spreadsheet, or it is damaged.", path=path.name)) from None
    except Exception as error:  # zlib.error has no base of its own
        if type(error).__module__ != "zlib":
            raise
        raise UnusableFile(_("{path} is not a spreadsheet, or it is damaged.", path=path.name)) from None
