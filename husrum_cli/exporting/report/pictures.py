"""Pictures of an own text: read, checked, and made safe to be sent. What a camera notes about the place is taken out."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

from ...errors import UnusableFile, WrongInput
from ...i18n import _
from ...records.report import Picture
from ...regular_files import regular_bytes

LARGEST = 10_000_000
# A drawing that repeats its parts may be small as a file, and stop a browser.
_MOST_SHAPES = 200_000
_PNG = b"\x89PNG\r\n\x1a\n"
# The chunks that a PNG needs to be drawn; its other chunks are texts, times and places.
_PNG_CHUNKS = frozenset({b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs", b"sBIT", b"bKGD", b"IDAT", b"IEND"})
_SVG = "{http://www.w3.org/2000/svg}"
_SVG_TAGS = frozenset(
    [
        "svg",
        "g",
        "path",
        "rect",
        "circle",
        "ellipse",
        "line",
        "polyline",
        "polygon",
        "text",
        "tspan",
        "defs",
        "linearGradient",
        "radialGradient",
        "stop",
        "clipPath",
        "mask",
        "use",
        "symbol",
        "pattern",
        "marker",
        "title",
        "desc",
        "style",
    ]
)
_REFERENCE = re.compile(r"(?:^|url\(\s*['\"]?)\s*#([^\s'\")]+)")
_FETCHES = re.compile(r"url\s*\(\s*['\"]?\s*(?!#)|@import|image-set|src\s*\(|expression\s*\(|\\|javascript:", re.IGNORECASE)


def read_picture(path: Path, alt: str, caption: str = "") -> Picture:
    """Read a PNG, JPEG or SVG. Raises `UnusableFile` if it can't be read, `WrongInput` if it is not such a picture."""
    try:
        if path.stat().st_size > LARGEST:
            raise WrongInput(_("{path} is larger than 10 MB; make it smaller first.", path=path), "text")
        data = regular_bytes(path)
    except OSError as error:
        raise UnusableFile(_("{path} can't be read: {reason}.", path=path, reason=error.strerror)) from None
    try:
        if data.startswith(_PNG):
            return Picture(path.stem, "image/png", b"".join((_PNG, *_png_chunks(data))), alt, caption)
        if data.startswith(b"\xff\xd8\xff"):
            return Picture(path.stem, "image/jpeg", b"".join(_jpeg_segments(data)), alt, caption)
        if b"<svg" in data[:2000]:
            drawing, shapes = _safe_svg(data)
            if shapes > _MOST_SHAPES:
                raise WrongInput(_("{path} draws more shapes than a report can show.", path=path), "text")
            return Picture(path.stem, "image/svg+xml", drawing, alt, caption)
    except (ValueError, IndexError, struct.error, ElementTree.ParseError, RecursionError):
        raise WrongInput(_("{path} is damaged, and can't be shown.", path=path), "text") from None
    raise WrongInput(_("{path} is not a picture that can be shown: PNG, JPEG or SVG.", path=path), "text")


def _png_chunks(data: bytes) -> Iterator[bytes]:
    """Yield the chunks that are kept. Raises `ValueError` for a damaged file."""
    place, kind = len(_PNG), b""
    while kind != b"IEND":
        length, kind = struct.unpack_from(">I4s", data, place)
        chunk = data[place : place + 12 + length]
        if len(chunk) < 12 + length or zlib.crc32(chunk[4:-4]) != int.from_bytes(chunk[-4:], "big"):
            raise ValueError
        if place == len(_PNG) and kind != b"IHDR":
            raise ValueError
        if kind in _PNG_CHUNKS:
            yield chunk
        place += len(chunk)


def _jpeg_segments(data: bytes) -> Iterator[bytes]:
    """Yield the picture without what its camera noted, except which way is up."""
    yield data[:2]
    place = 2
    while True:
        if data[place] != 0xFF:
            raise ValueError
        marker = data[place + 1]
        length = int.from_bytes(data[place + 2 : place + 4], "big")
        segment = data[place : place + 2 + length]
        if length < 2 or len(segment) < 2 + length:
            raise ValueError
        if marker == 0xDA:  # the picture itself, to the end
            if b"\xff\xd9" not in data[place:]:
                raise ValueError
            yield data[place : data.rindex(b"\xff\xd9") + 2]
            return
        if marker == 0xE1 and segment[4:10] == b"Exif\0\0" and (turned := _orientation(segment[10:])) > 1:
            yield (
                b"\xff\xe1\x00\x22Exif\0\0MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00"
                + bytes([turned])
                + bytes(6)
            )
        # Kept are the format's own segments, colour profiles (E2) and Adobe's colours (EE); not Exif, XMP or comments.
        if not 0xE1 <= marker <= 0xEF and marker != 0xFE or marker == 0xEE or marker == 0xE2 and segment[4:15] == b"ICC_PROFILE":
            yield segment
        place += len(segment)


def _orientation(exif: bytes) -> int:
    """Return which way is up, by Exif: 1 to 8; 1 if it doesn't say."""
    order = ">" if exif[:2] == b"MM" else "<"
    try:
        (start,) = struct.unpack_from(order + "I", exif, 4)
        (entries,) = struct.unpack_from(order + "H", exif, start)
        for entry in range(entries):
            tag, _kind, _number, value = struct.unpack_from(order + "HHIH", exif, start + 2 + 12 * entry)
            if tag == 0x0112:
                return value if 1 <= value <= 8 else 1
    except struct.error:
        pass
    return 1


def _safe_svg(data: bytes) -> tuple[bytes, int]:
    """Return a drawing of shapes and texts alone, in which nothing runs or leads out of it, and how many elements are drawn.

    Raises `ValueError` for a document type of its own.
    """
    if re.search(rb"<!(DOCTYPE|ENTITY)[^>]*[\[]|<!ENTITY", data, re.IGNORECASE):
        raise ValueError
    root = ElementTree.fromstring(data)
    if root.tag != f"{_SVG}svg":
        raise ValueError
    _clean(root)
    ElementTree.register_namespace("", _SVG[1:-1])
    ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    drawing: bytes = ElementTree.tostring(root, encoding="utf-8")
    return drawing, _shapes(root, {name: element for element in root.iter() if (name := element.get("id"))}, {})


def _shapes(element: ElementTree.Element, named: dict[str, ElementTree.Element], counted: dict[ElementTree.Element, int]) -> int:
    """Return how many elements are drawn for one, with those that it repeats or refers to. What refers to itself is not drawn."""
    if element not in counted:
        counted[element] = 0
        references = [name for value in element.attrib.values() for name in _REFERENCE.findall(value) if name in named]
        counted[element] = 1 + sum(_shapes(each, named, counted) for each in (*element, *(named[name] for name in references)))
    return counted[element]


def _clean(element: ElementTree.Element) -> None:
    for name, value in list(element.attrib.items()):
        local = name.rpartition("}")[2].lower()
        leads_out = local == "href" and not value.strip().startswith("#")
        if local.startswith("on") or leads_out or _FETCHES.search(value) or local == "base":
            del element.attrib[name]
    if element.tag == f"{_SVG}style" and _FETCHES.search("".join(element.itertext())):
        element.text = ""
    for child in list(element):
        if not isinstance(child.tag, str) or child.tag.removeprefix(_SVG) not in _SVG_TAGS or not child.tag.startswith(_SVG):
            element.remove(child)
        else:
            _clean(child)
