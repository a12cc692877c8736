"""A list of records, shown as a table, JSON or CSV: always the same records."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

from ..errors import WrongInput
from ..locale import _, decimal_number

FORMATS = ("table", "json", "csv")
# Control characters, and signs that turn the reading direction: a merged file may hold what no one could have typed.
_HARMFUL = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]"

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
    return re.sub(_HARMFUL, lambda found: f"\\u{ord(found[0]):04x}", text) + "\n"


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
    return "'" + text if re.match(r"'*[=+\-@]", text) else text


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
