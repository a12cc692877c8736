"""Reading .xlsx and .xlsm, transitional and Strict.

Only what is stored counts: the sheet's own idea of its size is not asked, and cells that are only formatted cost nothing. openpyxl pads rows
and columns up to the last formatted cell, believes a wrong size, gives no sign of a formula without a stored value, and knows no Strict files.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from xml.parsers import expat

from .workbook import (
    EPOCH,
    LONGEST_TEXT,
    MOST_COLUMNS,
    Allowance,
    Area,
    CellError,
    DamagedSpreadsheet,
    Progress,
    Sheet,
    SheetBuilder,
    Value,
    is_sum,
    no_progress,
)

# Number formats that show a date, by their built-in number (ECMA-376 18.8.30), and times of day.
_BUILT_IN_DATES = frozenset({*range(14, 18), 22, *range(27, 37), *range(50, 59)})
_BUILT_IN_TIMES = frozenset({18, 19, 20, 21, 45, 46, 47})
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
Attributes = dict[str, str]


def read_xlsx(archive: zipfile.ZipFile, allowance: Allowance, progress: Progress = no_progress) -> list[Sheet]:
    """Return the sheets of a workbook, in order. Raises `DamagedSpreadsheet` or `TooLarge`."""
    package = _Package(archive, allowance, progress)
    workbook = package.main_part()
    targets = package.relationships(workbook)
    names, base_1904 = _sheet_names(package, workbook)
    by_kind = {kind.rpartition("/")[2]: part for kind, part in targets.values()}
    strings = _strings(package, by_kind["sharedStrings"]) if "sharedStrings" in by_kind else []
    styles = _date_styles(package, by_kind["styles"]) if "styles" in by_kind else {}
    epoch = date(1904, 1, 1) if base_1904 else EPOCH
    sheets = []
    for name, relation, state in names:
        kind, part = targets.get(relation, ("", ""))
        builder = SheetBuilder(name, allowance)
        if kind.endswith("/worksheet"):
            _SheetReader(builder, strings, styles, epoch).read(package, part)
        builder.sheet.hidden = state != "visible"
        sheets.append(builder.sheet)
    return sheets


class _Package:
    """The parts of an Office file, unpacked within bounds."""

    def __init__(self, archive: zipfile.ZipFile, allowance: Allowance, progress: Progress) -> None:
        self.archive, self.allowance, self.progress = archive, allowance, progress
        self.size = sum(part.file_size for part in archive.infolist())
        self.parts = {name.lstrip("/").lower(): name for name in archive.namelist()}
        self.read = 0  # bytes

    def main_part(self) -> str:
        """Return the workbook's own part."""
        for kind, part in self.relationships("").values():
            if kind.endswith("/officeDocument"):
                return part
        raise DamagedSpreadsheet

    def relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """Return id -> (type, part) of a part's references within the file."""
        folder, name = posixpath.split(part)
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, attributes: Attributes) -> None:
            if tag == "Relationship" and attributes.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/", folder, attributes["Target"])).lstrip("/")
                found[attributes["Id"]] = attributes["Type"], target

        self.parse(posixpath.join(folder, "_rels", f"{name}.rels"), start)
        return found

    def parse(
        self,
        part: str,
        start: Callable[[str, Attributes], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Parse a part, calling back with its tags without the prefix they share, if any; what has another one belongs to other programs."""
        if part.lower() not in self.parts:
            raise DamagedSpreadsheet
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = _refuse_declarations

        def first(tag: str, attributes: Attributes) -> None:
            prefix, colon, name = tag.rpartition(":")
            prefix += colon
            parser.StartElementHandler = (lambda tag, attributes: start(tag.removeprefix(prefix), attributes)) if prefix else start
            if end:
                parser.EndElementHandler = (lambda tag: end(tag.removeprefix(prefix))) if prefix else end
            start(name, attributes)

        parser.StartElementHandler = first
        if text:
            parser.CharacterDataHandler = text
        for piece in self.allowance.unpacked(self.archive, self.parts[part.lower()]):
            parser.Parse(piece)
            self.read += len(piece)
            self.progress(self.read, self.size)
        parser.Parse(b"", True)


def _refuse_declarations(*_declared: object) -> None:
    raise DamagedSpreadsheet  # no Office program writes a document type; it is how entities are made to explode


def _sheet_names(package: _Package, part: str) -> tuple[list[tuple[str, str, str]], bool]:
    """Return (name, relationship, state) of each sheet; and whether dates count from 1904."""
    names: list[tuple[str, str, str]] = []
    base_1904: list[bool] = []

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            names.append((attributes["name"], relation, attributes.get("state", "visible")))
        elif tag == "workbookPr":
            base_1904.append(attributes.get("date1904") in ("1", "true"))

    package.parse(part, start)
    return names, any(base_1904)


def _strings(package: _Package, part: str) -> list[str]:
    """Return the shared strings, without their formatting and phonetic readings."""
    strings: list[str] = []
    pieces: list[str] = []
    inside = {"t": False, "rPh": False}

    def start(tag: str, _attributes: Attributes) -> None:
        if tag in inside:
            inside[tag] = True
        elif tag == "si":
            pieces.clear()

    def end(tag: str) -> None:
        if tag in inside:
            inside[tag] = False
        elif tag == "si":
            strings.append(unescape("".join(pieces)))

    def text(data: str) -> None:
        if inside["t"] and not inside["rPh"]:
            pieces.append(data)

    package.parse(part, start, end, text)
    return strings


def unescape(text: str) -> str:
    """Return a text with the characters that XML can't hold, written as `_x000D_`, in place."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def _date_styles(package: _Package, part: str) -> dict[int, str]:
    """Return style number -> `date` or `time`, for the cell styles that show one."""
    kinds = dict.fromkeys(_BUILT_IN_DATES, "date") | dict.fromkeys(_BUILT_IN_TIMES, "time")  # by the number of the number format
    styles: dict[int, str] = {}
    state = {"within": False, "count": 0}

    def start(tag: str, attributes: Attributes) -> None:
        if tag == "numFmt":
            kinds.setdefault(int(attributes["numFmtId"]), _format_kind(attributes.get("formatCode", "")))
        elif tag == "cellXfs":
            state["within"] = True
        elif tag == "xf" and state["within"]:
            if shown := kinds.get(int(attributes.get("numFmtId", 0))):
                styles[state["count"]] = shown
            state["count"] += 1

    def end(tag: str) -> None:
        if tag == "cellXfs":
            state["within"] = False

    package.parse(part, start, end)
    return styles


def _format_kind(code: str) -> str:
    """Return the kind of value a number format shows: `date`, `time`, or neither."""
    letters = set(_QUOTED.sub("", code.partition(";")[0]).lower())
    if letters & {"d", "y"} or ("m" in letters and not letters & {"h", "s", "0", "#"}):
        return "date"
    return "time" if letters & {"h", "s"} else ""


class _ColumnNumbers(dict[str, int]):
    """The numbers of the columns seen so far, by their letters."""

    def __missing__(self, letters: str) -> int:
        number = self[letters] = column_number(letters)
        return number


class _SheetReader:
    """One pass over a worksheet part."""

    def __init__(self, builder: SheetBuilder, strings: list[str], styles: dict[int, str], epoch: date) -> None:
        self.builder, self.sheet = builder, builder.sheet
        self.strings, self.styles, self.epoch = strings, styles, epoch
        self.sheet.epoch = epoch
        self.row = self.column = self.columns_read = 0  # hidden ones are declared in order, each once
        self.cells: dict[int, Value] = {}
        self.columns = _ColumnNumbers()
        self.moments: dict[tuple[str, str], Value] = {}  # most sheets have the same few days in many rows
        self.type, self.style = "n", 0
        self.value: str | None = None
        self.formula: str | None = None
        self.shared = ""  # the number of a formula that several cells share; only the first of them holds it
        self.shared_sums: set[str] = set()
        self.pieces: list[str] = []  # of the text that is being read, or of all the runs of one
        self.within = False  # such a text

    def read(self, package: _Package, part: str) -> None:
        package.parse(part, self._start, self._end, self._text)

    def _start(self, tag: str, attributes: Attributes) -> None:
        if tag == "c":
            reference = attributes.get("r")
            self.column = self.columns[reference.rstrip("0123456789")] if reference else self.column + 1
            self.type = attributes.get("t", "n")
            self.style = int(attributes.get("s", 0))
            self.value = self.formula = None
            self.pieces = []
        elif tag == "f":
            self.within, self.pieces, self.shared = True, [], attributes.get("si", "")
        elif tag == "v":
            self.within, self.pieces = True, []
        elif tag == "t" and self.type == "inlineStr":
            self.within = True
        elif tag == "row":
            self.row = int(attributes["r"]) if "r" in attributes else self.row + 1
            self.column = -1
            self.cells = {}
            if attributes.get("hidden") in ("1", "true"):
                self.sheet.hidden_rows.add(self.row)
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = max(int(attributes["min"]) - 1, self.columns_read), min(int(attributes["max"]), MOST_COLUMNS)
            self.sheet.hidden_columns.update(range(first, last))
            self.columns_read = max(last, self.columns_read)

    def _end(self, tag: str) -> None:
        if tag == "v":
            self.value, self.within = "".join(self.pieces), False
        elif tag == "f":
            self.formula, self.within = "".join(self.pieces)[:LONGEST_TEXT], False
        elif tag == "t":
            self.within = False
        elif tag == "is":
            self.value = "".join(self.pieces)
        elif tag == "c":
            if self.value is not None or self.formula is not None:
                self._keep()
        elif tag == "row":
            self.builder.add_row(self.row, self.cells)

    def _text(self, data: str) -> None:
        if self.within:
            self.pieces.append(data)

    def _keep(self) -> None:
        if self.formula is not None and (is_sum(self.formula) or self.shared in self.shared_sums):
            self.sheet.sums.add((self.row, self.column))
            if self.shared:
                self.shared_sums.add(self.shared)
        value = self._typed()
        if value is not None and not (isinstance(value, str) and (not value or value.isspace())):
            self.cells[self.column] = value

    def _typed(self) -> Value:
        """Return the cell's value by its type (ECMA-376 18.18.11)."""
        text, type_ = self.value, self.type
        if text is None or (text == "" and type_ != "str"):
            return None if self.formula is None else CellError(f"={self.formula}", "formula")
        match type_:
            case "n":
                return self._number(text)
            case "s":
                if (index := int(text)) < 0:
                    raise DamagedSpreadsheet
                return self.strings[index]
            case "str" | "inlineStr":
                return unescape(text)
            case "b":
                return text.strip() in ("1", "true")
            case "e":
                return CellError(text, "error")
            case "d":
                return date.fromisoformat(text[:10])
        return self._number(text)

    def _number(self, text: str) -> Value:
        """Return a number, or the day or time of day that its style shows it as."""
        if shown := self.styles.get(self.style):
            value = self.moments.get((text, shown))
            if value is None:
                value = self.moments[text, shown] = self._moment(float(text), shown)
            return value
        number = float(text)
        return int(number) if number.is_integer() else number

    def _moment(self, number: float, shown: str) -> Value:
        if shown == "time" or 0 <= number < 1:
            minutes = round(number % 1 * 1440)
            return f"{minutes // 60}:{minutes % 60:02}"
        try:
            # Excel counts a 29 February 1900 that never was.
            return self.epoch + timedelta(days=int(number) + (1 if number < 60 and self.epoch.year == 1899 else 0))
        except OverflowError:
            return CellError(str(number), "error")

    def _merge(self, reference: str) -> None:
        if found := re.fullmatch("([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})", reference):
            self.sheet.merged.append(Area(int(found[2]), column_number(found[1]), int(found[4]), column_number(found[3])))


def column_number(letters: str) -> int:
    """Return the number of a column: `A` is 0, `AA` is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    if not 0 < number <= 16_384:
        raise DamagedSpreadsheet
    return number - 1
