"""A report read back: what a browser would find in the page, and Word in the document."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Whatever makes a browser fetch something.
FETCHING = {"src", "srcset", "href", "data", "poster", "action", "background", "xlink:href"}


@dataclass
class Element:
    """An element, the text in it, and the tags around it."""

    tag: str
    attributes: dict[str, str]
    inside: tuple[str, ...]
    text: str = ""


@dataclass
class Page:
    """Every element of a page, in its order."""

    elements: list[Element] = field(default_factory=list)
    unclosed: list[str] = field(default_factory=list)

    def all(self, *tags: str) -> list[Element]:
        """The elements of these tags."""
        return [each for each in self.elements if each.tag in tags]

    def values(self) -> dict[tuple[str, str], str]:
        """(key, of) -> the text that is shown for it. Where it is shown twice, it is the same."""
        found: dict[tuple[str, str], str] = {}
        for each in self.elements:
            if key := each.attributes.get("data-key"):
                place = (key, each.attributes.get("data-of", ""))
                assert found.setdefault(place, each.text) == each.text, (place, found[place], each.text)
        return found

    def tables(self) -> list[list[list[str]]]:
        """The cells of every table."""
        found: list[list[list[str]]] = []
        for each in self.elements:
            if each.tag == "table":
                found.append([])
            elif each.tag == "tr":
                found[-1].append([])
            elif each.tag in ("td", "th"):
                found[-1][-1].append(each.text)
        return found


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self.open: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _value in attrs]
        assert len(names) == len(set(names)), (tag, names)
        element = Element(tag, {name: value or "" for name, value in attrs}, tuple(each.tag for each in self.open))
        self.page.elements.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_endtag(self, tag: str) -> None:
        assert self.open and self.open[-1].tag == tag, (tag, [each.tag for each in self.open])
        self.open.pop()

    def handle_data(self, data: str) -> None:
        for element in self.open:
            element.text += data.replace("\N{NO-BREAK SPACE}", " ")


def read_page(path: Path) -> Page:
    """The page. Every element must be closed where it was opened."""
    reader = _Reader()
    reader.feed(path.read_text(encoding="utf-8"))
    reader.close()
    assert not reader.open
    return reader.page


def read_document(path: Path) -> Any:
    """The Word document."""
    import docx

    return docx.Document(str(path))


def metafile_texts(metafile: bytes) -> list[str]:
    """The texts in a metafile, whose records are walked to its end."""
    assert (metafile[:4], metafile[40:44]) == (b"\x01\0\0\0", b" EMF")
    length, records = struct.unpack_from("<2I", metafile, 48)
    texts, place, kinds = [], 0, []
    while place < len(metafile):
        kind, size = struct.unpack_from("<2I", metafile, place)
        assert size >= 8 and size % 4 == 0
        kinds.append(kind)
        if kind == 84:
            letters, start = struct.unpack_from("<2I", metafile, place + 44)
            texts.append(metafile[place + start : place + start + 2 * letters].decode("utf-16-le"))
        place += size
    assert (place, len(kinds), kinds[0], kinds[-1]) == (length, records, 1, 14)
    return texts
