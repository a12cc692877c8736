"""Drawings as enhanced metafiles: the one kind of vector picture that every Word and LibreOffice shows (ECMA-376 takes it in, MS-EMF describes it)."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from .charts import COLOURS, Bar, Drawing, Words, letter_width

# Units to a pixel, of which 96 are an inch.
_FINE = 20
_INCH = 96 * _FINE
_HEADER, _EOF = 1, 14
_SET_BACKGROUND_MODE, _SET_TEXT_ALIGN, _SET_TEXT_COLOUR, _SELECT_OBJECT, _DELETE_OBJECT = 18, 22, 24, 37, 40
_CREATE_BRUSH, _RECTANGLE, _CREATE_FONT, _TEXT_OUT = 39, 43, 82, 84
_NO_PEN = 0x80000008
_BASELINE = 24
_ANCHORS = {"start": 0, "end": 2, "middle": 6}
_FONT = "Arial"


def emf(drawing: Drawing) -> bytes:
    """Return the drawing as a metafile, the same bytes everywhere."""
    records = [_record(_SET_BACKGROUND_MODE, 1), _record(_SELECT_OBJECT, _NO_PEN)]
    for shape in drawing.shapes:
        records += _bar(shape) if isinstance(shape, Bar) else _words(shape)
    records.append(_record(_EOF, 0, 16, 20))
    width, height = round(drawing.width * _FINE), round(drawing.height * _FINE)
    bounds = (0, 0, width - 1, height - 1)
    frame = tuple(round(each / _INCH * 2540) for each in (0, 0, width, height))
    size = 108 + sum(map(len, records))
    # One object at a time is stored, next to index 0, which the format reserves. The device is ten inches, 254 mm, each way.
    about = struct.pack(
        "<8i4I2H3I2i2i3I2i",
        *bounds,
        *frame,
        0x464D4520,
        0x10000,
        size,
        len(records) + 1,
        2,
        0,
        0,
        0,
        0,
        *(10 * _INCH,) * 2,
        254,
        254,
        0,
        0,
        0,
        *(254000,) * 2,
    )
    return struct.pack("<2I", _HEADER, 108) + about + b"".join(records)


def _record(kind: int, *numbers: int) -> bytes:
    return struct.pack(f"<2I{len(numbers)}I", kind, 8 + 4 * len(numbers), *numbers)


def _bar(bar: Bar) -> Iterator[bytes]:
    left, top = round(bar.x * _FINE), round(bar.y * _FINE)
    # Without a pen the last row and column are left out.
    right, bottom = round((bar.x + bar.width) * _FINE) + 1, round((bar.y + bar.height) * _FINE) + 1
    yield _record(_CREATE_BRUSH, 1, 0, _colour(bar.colour), 0)
    yield _record(_SELECT_OBJECT, 1)
    yield struct.pack("<2I4i", _RECTANGLE, 24, left, top, right, bottom)
    yield _record(_DELETE_OBJECT, 1)


def _words(words: Words) -> Iterator[bytes]:
    text = words.text.encode("utf-16-le")
    letters = len(text) // 2
    # Signs beyond the first plane are two letters here, of which the second takes no room.
    steps = [width for letter in words.text for width in (letter_width(letter), 0.0)[: 1 + (ord(letter) > 0xFFFF)]]
    height = round(words.size * _FINE)
    font = struct.pack("<5i8B", -height, 0, 0, 0, 700 if words.bold else 400, 0, 0, 0, 0, 0, 0, 0, 0) + _FONT.encode("utf-16-le")
    yield _record(_CREATE_FONT, 1)[:4] + struct.pack("<2I", 332, 1) + font.ljust(320, b"\0")
    yield _record(_SELECT_OBJECT, 1)
    yield _record(_SET_TEXT_COLOUR, _colour(words.colour))
    yield _record(_SET_TEXT_ALIGN, _BASELINE | _ANCHORS[words.anchor])
    padded = text + b"\0" * (-len(text) % 4)
    after = 76 + len(padded)
    about = struct.pack(
        "<4iIff2i3I4iI", 0, 0, -1, -1, 2, 1.0, 1.0, round(words.x * _FINE), round(words.y * _FINE), letters, 76, 0, 0, 0, -1, -1, after
    )
    widths = struct.pack(f"<{letters}I", *(round(step * height) for step in steps))
    yield struct.pack("<2I", _TEXT_OUT, after + len(widths)) + about + padded + widths
    yield _record(_DELETE_OBJECT, 1)


def _colour(name: str) -> int:
    """Return a colour as Windows writes it: blue, green, red."""
    return int.from_bytes(bytes.fromhex(COLOURS[name][1:]), "little")
