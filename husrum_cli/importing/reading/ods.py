"""Reading .ods (OpenDocument): LibreOffice's and Google's spreadsheets.

No library here distinguishes a formula without a stored value from an empty cell, or leaves out the million blank rows that such files declare.
"""

from __future__ import annotations

import zipfile
from datetime import date
from xml.parsers import expat

from .workbook import (
    MOST_COLUMNS,
    Allowance,
    Area,
    CellError,
    DamagedSpreadsheet,
    Progress,
    ProtectedWorkbook,
    Sheet,
    SheetBuilder,
    TooLarge,
    Value,
    is_sum,
    no_progress,
)

Attributes = dict[str, str]
# Elements within a cell or a sheet that are not its text.
_MANIFEST = "META-INF/manifest.xml"
_ASIDE = frozenset({"annotation", "tracked-changes", "shapes", "dde-links"})


def read_ods(archive: zipfile.ZipFile, allowance: Allowance, progress: Progress = no_progress) -> list[Sheet]:
    """Return the sheets of a workbook, in order. Raises `DamagedSpreadsheet`, `ProtectedWorkbook` or `TooLarge`."""
    names = archive.namelist()
    if _MANIFEST in names and b"encryption-data" in _manifest(archive):
        raise ProtectedWorkbook
    if "content.xml" not in names:
        raise DamagedSpreadsheet
    reader = _ContentReader(allowance)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse_declarations
    size, read = archive.getinfo("content.xml").file_size, 0
    for piece in allowance.unpacked(archive, "content.xml"):
        parser.Parse(piece)
        read += len(piece)
        progress(read, size)
    parser.Parse(b"", True)
    return reader.sheets


def _manifest(archive: zipfile.ZipFile) -> bytes:
    with archive.open(_MANIFEST) as file:
        return file.read(1_000_000)


def _refuse_declarations(*_declared: object) -> None:
    raise DamagedSpreadsheet


def _local(attributes: Attributes) -> Attributes:
    return {key.rpartition(" ")[2]: value for key, value in attributes.items() if " " in key} | {
        f"calcext:{key.rpartition(' ')[2]}": value for key, value in attributes.items() if "calcext" in key
    }


def _times(attributes: Attributes, name: str) -> int:
    """Return how often something is repeated, or over how many it spans."""
    times = int(attributes.get(name, 1))
    if times < 1:
        raise DamagedSpreadsheet
    return times


class _ContentReader:
    """One pass over content.xml."""

    def __init__(self, allowance: Allowance) -> None:
        self.sheets: list[Sheet] = []
        self.allowance = allowance
        self.hidden_styles: set[str] = set()
        self.style = ""
        self.builder: SheetBuilder | None = None
        self.row = self.column = self.columns_declared = 0
        self.row_repeated = self.cell_repeated = 1
        self.cells: dict[int, Value] = {}
        self.sums: set[int] = set()
        self.hides = False  # the row that is being read
        self.cell: Attributes = {}
        self.pieces: list[str] | None = None  # of the text of the cell that is being read, each paragraph after a line break
        self.aside = 0

    def start(self, tag: str, raw: Attributes) -> None:
        name, attributes = tag.rpartition(" ")[2], _local(raw)
        if name in _ASIDE or self.aside:
            self.aside += 1
        elif name == "style":
            self.style = attributes.get("name", "")
        elif name == "table-properties" and attributes.get("display") == "false":
            self.hidden_styles.add(self.style)
        elif name == "table":
            self.builder = SheetBuilder(attributes.get("name", ""), self.allowance)
            self.builder.sheet.hidden = attributes.get("style-name") in self.hidden_styles
            self.row = self.columns_declared = 0
        elif self.builder is None:
            return
        elif name == "table-column":
            self._declare_columns(attributes)
        elif name == "table-row":
            self._begin_row(attributes)
        elif name in ("table-cell", "covered-table-cell"):
            self.cell, self.pieces = attributes, []
            self.cell_repeated = _times(attributes, "number-columns-repeated")
        elif self.pieces is not None:
            if name == "p":
                self.pieces.append("\n")
            elif name == "s":
                self.text(" " * min(int(attributes.get("c", 1)), 100))
            elif name in ("line-break", "tab"):
                self.text("\n" if name == "line-break" else "\t")

    def end(self, tag: str) -> None:
        name = tag.rpartition(" ")[2]
        if self.aside:
            self.aside -= 1
        elif self.builder is None:
            return
        elif name in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif name == "table-row":
            self._end_row(self.builder)
        elif name == "table":
            self.sheets.append(self.builder.sheet)
            self.builder = None

    def text(self, data: str) -> None:
        """Add text to the cell's latest paragraph."""
        if self.pieces and not self.aside:
            self.pieces.append(data)

    def _declare_columns(self, attributes: Attributes) -> None:
        first = self.columns_declared
        self.columns_declared = min(first + _times(attributes, "number-columns-repeated"), MOST_COLUMNS)
        if attributes.get("visibility") in ("collapse", "filter") and self.builder:
            self.builder.sheet.hidden_columns.update(range(first, self.columns_declared))

    def _begin_row(self, attributes: Attributes) -> None:
        self.row_repeated = _times(attributes, "number-rows-repeated")
        self.cells, self.sums, self.column = {}, set(), 0
        self.hides = attributes.get("visibility") in ("collapse", "filter")

    def _end_cell(self) -> None:
        value = self._typed()
        assert self.builder is not None
        rows, columns = (_times(self.cell, f"number-{each}-spanned") for each in ("rows", "columns"))
        if rows > 1 or columns > 1:
            self.builder.sheet.merged.append(Area(self.row + 1, self.column, self.row + rows, self.column + columns - 1))
        if value is not None and not (isinstance(value, str) and not value.strip()):
            if self.column + self.cell_repeated > MOST_COLUMNS:
                raise TooLarge
            self.cells.update(dict.fromkeys(range(self.column, self.column + self.cell_repeated), value))
            if is_sum(self.cell.get("formula", "")):
                self.sums.add(self.column)
        self.column += self.cell_repeated
        self.pieces = None

    def _end_row(self, builder: SheetBuilder) -> None:
        for number in range(self.row + 1, self.row + 1 + self.row_repeated) if self.cells else ():
            builder.add_row(number, self.cells)
            builder.sheet.sums.update((number, column) for column in self.sums)
            if self.hides:
                builder.sheet.hidden_rows.add(number)
        self.row += self.row_repeated

    def _typed(self) -> Value:
        cell, text = self.cell, "".join(self.pieces or ())[1:]
        if cell.get("calcext:value-type") == "error":
            return CellError(text or "#N/A", "error")
        match cell.get("value-type"):
            case "float" | "currency" | "percentage":
                number = float(cell["value"])
                return int(number) if number.is_integer() else number
            case "date":
                return date.fromisoformat(cell["date-value"][:10])
            case "boolean":
                return cell.get("boolean-value") == "true"
            case None if "formula" in cell and not text:
                return CellError(cell["formula"].partition(":")[2] or cell["formula"], "formula")
        return text
