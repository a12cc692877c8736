"""A list of records, shown as a table, JSON or CSV: always the same records."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

from ..errors import WrongInput
from ..i18n import _, decimal_number

FORMATS = ("table", "json", "csv")
# Control characters, signs that turn the reading direction, and signs that nobody sees: a merged file may hold what no one could have typed. Half signs stand
# for bytes of a file's name that are no text. Signs that join letters stay: families of people, and names that are written in other letters, have them.
_HARMFUL = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
# What spreadsheets take for the beginning of a formula, also behind spaces, and in the wide letters of the East.
_FORMULA = r"'*(\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r])"

Record = dict[str, Any]


class Listing(NamedTuple):
    """Records with the headings of their columns: key -> heading. `wide`: keys that are only in JSON and CSV."""

    columns: dict[str, str]
    records: Sequence[Record]
    title: str = ""
    data_only: frozenset[str] = frozenset()


def read_format(text: str) -> str:
    """The format that is meant. Raises `WrongInput` for one there isn't."""
    if text.lower() not in FORMATS:
        raise WrongInput(_("format: “{text}” is none of table, json, csv.", text=text), "format")
    return text.lower()


def write_json(value: Any) -> None:
    """JSON on stdout."""
    sys.stdout.write(json_text(value))


def json_text(value: Any) -> str:
    """JSON, deterministic, Danish letters readable."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2)
    # What a terminal might obey is written as an escape, which reads back the same. Line ends here are JSON's own.
    return re.sub(_HARMFUL, lambda found: json.dumps(found[0])[1:-1], text) + "\n"


def write_csv(columns: list[str], rows: list[list[Any]]) -> None:
    """CSV on stdout. Nothing in it runs as a formula."""
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([[csv_cell(value) for value in row] for row in rows])


def csv_cell(value: Any) -> str:
    """A value in CSV: several separated by `|`, a yes is `yes`, and a text that a spreadsheet would run gets an apostrophe."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, (list, tuple)):
        return "|".join(csv_cell(each) for each in value)
    if isinstance(value, str):
        return defused(value)
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


def defused(text: str) -> str:
    """A cell as it is written to a spreadsheet, where nothing may run. An import takes the apostrophe off again."""
    return visible("'" + text if re.match(_FORMULA, text) else text)


def harmless(text: str) -> str:
    """A text that a terminal only shows."""
    return visible(text).replace("\n", " ⏎ ").replace("\t", " ")


def visible(text: str) -> str:
    """A text that documents can hold: its lines stay, signs that no one sees don't."""
    return re.sub(_HARMFUL, "\N{REPLACEMENT CHARACTER}", text)


def shown(value: Any) -> str:
    """A value in a table."""
    if value is None or value is False:
        return ""
    if value is True:
        return _("yes")
    if isinstance(value, (int, float)):
        return decimal_number(value)
    if isinstance(value, (list, tuple)):
        return ", ".join(shown(each) for each in value)
    return harmless(str(value))
