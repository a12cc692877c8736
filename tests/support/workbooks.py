"""Spreadsheets for tests, written part by part: what no library writes, such as a wrong size, Strict Open XML, or a bomb."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

TRANSITIONAL = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)
STRICT = ("http://purl.oclc.org/ooxml/spreadsheetml/main", "http://purl.oclc.org/ooxml/officeDocument/relationships")
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


def cell(reference: str, value: object) -> str:
    """A cell in the sheet's XML: text inline, numbers and booleans; a string that begins with `<` is XML of its own."""
    if isinstance(value, bool):
        return f'<c r="{reference}" t="b"><v>{int(value)}</v></c>'
    if isinstance(value, (int, float)):
        return f'<c r="{reference}"><v>{value}</v></c>'
    text = str(value)
    if text.startswith("<"):
        return f'<c r="{reference}"{text[1:]}' if text.startswith("< ") else f'<c r="{reference}">{text}</c>'
    return f'<c r="{reference}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def sheet_xml(rows: Sequence[Sequence[object]], namespace: str = TRANSITIONAL[0], before: str = "", after: str = "") -> str:
    """A worksheet. `before` and `after`: XML around its data."""
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(cell(f"{chr(65 + place)}{number}", value) for place, value in enumerate(row) if value is not None)
        lines.append(f'<row r="{number}">{cells}</row>')
    return f'<?xml version="1.0"?><worksheet xmlns="{namespace}">{before}<sheetData>{"".join(lines)}</sheetData>{after}</worksheet>'


def xlsx(path: Path, sheets: dict[str, str], namespaces: tuple[str, str] = TRANSITIONAL, more: dict[str, str] | None = None) -> Path:
    """A workbook with these worksheets, by name. `more`: parts of its own."""
    main, relations = namespaces
    names = "".join(f'<sheet name="{escape(name)}" sheetId="{number}" r:id="rId{number}"/>' for number, name in enumerate(sheets, 1))
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{relations}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _name in enumerate(sheets, 1)
    )
    extra = dict(more or {})
    kinds = {"xl/sharedStrings.xml": "sharedStrings", "xl/styles.xml": "styles"}
    links += "".join(
        f'<Relationship Id="x{kind}" Type="{relations}/{kind}" Target="{part[3:]}"/>' for part, kind in kinds.items() if part in extra
    )
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="r" Type="{relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{relations}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{links}</Relationships>',
        **{f"xl/worksheets/sheet{number}.xml": xml for number, xml in enumerate(sheets.values(), 1)},
        **extra,
    }
    return packed(path, parts)


def ods(path: Path, tables: str) -> Path:
    """An OpenDocument spreadsheet with these `table:table` elements."""
    names = {
        "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
        "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
        "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    }
    spaces = " ".join(f'xmlns:{prefix}="{name}"' for prefix, name in names.items())
    content = f"<office:document-content {spaces}><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"
    return packed(path, {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content})


def packed(path: Path, parts: dict[str, str]) -> Path:
    """A zip file of these parts."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    path.write_bytes(whole.getvalue())
    return path
