"""Reading CSV and TSV, as Danish Excel, Numbers, Google Sheets and old programs write them."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter

from .workbook import Allowance, DamagedSpreadsheet, Progress, Sheet, SheetBuilder, no_progress

# Encodings of one byte a letter, the likeliest first: Windows, old Macs, and DOS in the Nordic countries.
_ONE_BYTE = ("windows-1252", "mac-roman", "cp865")
_LETTERS = frozenset("æøåÆØÅéÉèüÜöÖäÄáóíðþÞëêôçñ")
_PUNCTUATION = frozenset("–—’‘“”…•´«»§½°€·\u00a0")
_DELIMITERS = ";\t,"


def read_text_file(stem: str, raw: bytes, encoding: str | None, progress: Progress = no_progress) -> Sheet:
    """Return the one sheet of a text file. `encoding`: of files that are neither UTF-8 nor UTF-16. Raises `DamagedSpreadsheet`, `TooLarge` or `LookupError`."""
    text = decode(raw, encoding)
    first, _end, rest = text.partition("\n")
    if found := re.fullmatch(r"sep=(.)\r?", first, re.IGNORECASE):
        delimiter, text = found[1], rest
    else:
        delimiter = _delimiter(text)
    builder = SheetBuilder(stem, Allowance(len(raw)))
    sheet = builder.sheet
    number, lines = 0, io.StringIO(text, newline="")
    try:
        # StringIO ends lines at CR and LF alone; a text's own splitlines() ends them at U+2028 and vertical tabs too.
        for number, record in enumerate(csv.reader(lines, delimiter=delimiter, strict=True), 1):
            builder.add_row(number, {column: cell for column, cell in enumerate(record) if cell and not cell.isspace()})
            if number % 1024 == 0:
                progress(lines.tell(), len(text))
    except csv.Error as error:
        raise DamagedSpreadsheet(str(error)) from None
    sheet.last_row = number
    return sheet


def decode(raw: bytes, encoding: str | None = None) -> str:
    """Return the text of a file in whatever encoding it has; found for each file by itself. Raises `DamagedSpreadsheet` if it is not text."""
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _strictly(raw, "utf-16")
    if b"\0" in raw:
        # Latin letters in UTF-16 have a zero in every second byte.
        for place, name in ((1, "utf-16-le"), (0, "utf-16-be")):
            if raw[place:400:2].count(0) > 0.7 * len(raw[place:400:2]):
                return _strictly(raw, name)
        raise DamagedSpreadsheet
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _strictly(raw, encoding) if encoding else raw.decode(_one_byte_encoding(raw), errors="replace")


def _strictly(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        raise DamagedSpreadsheet from None


def _one_byte_encoding(raw: bytes) -> str:
    """Return the encoding in which the foreign bytes are letters that Danes use, where letters are expected."""
    foreign = re.findall(rb"([\x00-\x7f]?)([\x80-\xff])", raw[:2_000_000])
    counted = Counter((bool(before.isalpha()), byte) for before, byte in foreign)

    def likelihood(name: str) -> int:
        points = 0
        for (after_letter, byte), number in counted.items():
            sign = byte.decode(name, errors="replace")
            if sign in _LETTERS:
                points += 3 * number
            elif sign in _PUNCTUATION:
                points += (-1 if after_letter else 1) * number
            else:
                points -= (1 if sign.isalpha() else 4) * number
        return points

    return max(_ONE_BYTE, key=likelihood)


def _delimiter(text: str) -> str:
    """Return the sign that divides the most lines into equally many cells. Titles above a table have none of them, and names may be listed with commas."""
    lines = [line for line in io.StringIO(text[:200_000], newline=None).read().split("\n") if line.strip()][:60]
    bare = [re.sub('"[^"]*"?', "", line) for line in lines]

    def evenness(sign: str) -> tuple[int, int]:
        counts = Counter(count for line in bare if (count := line.count(sign)))
        if not counts:
            return 0, 0
        # Of equally even signs the one that makes more cells.
        count, number = max(counts.items(), key=lambda pair: (pair[1], pair[0]))
        return number, count

    return max(_DELIMITERS, key=evenness)
