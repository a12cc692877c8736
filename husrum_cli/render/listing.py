"""A list of records and the types of its cells, which tables, JSON, CSV, sorting and workbooks share; and texts made harmless for each of them."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from ..errors import WrongInput
from ..i18n import _, decimal_number, short_day, short_moment
from ..i18n.collation import danish_key
from ..i18n.days import is_day, is_moment
from .terminal import GLUE

FORMATS = ("table", "json", "csv")
# Control characters, signs that turn the reading direction, and signs that nobody sees: a merged file may hold what no one could have typed. Half signs stand
# for bytes of a file's name that are not text. Signs that join letters stay: families of people, and names that are written in other letters, have them.
_HARMFUL = "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
# Characters at which spreadsheets begin a formula, even after spaces, and as full-width characters.
_FORMULA = r"'*(\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r])"


Record = dict[str, Any]


# Columns of people's own words: what looks like a date there is none.
TEXT_KEYS = frozenset({"title", "name", "called", "volunteer_name", "note", "theme"})
# Columns of people's names, which are the last to be folded.
NAME_KEYS = frozenset({"name", "called", "volunteer_name", "who", "one", "other"})
# Columns of numbers that name something, and so have no thousands separator.
IDENTIFIERS = frozenset({"person", "volunteer", "number", "year"})


class Listing(NamedTuple):
    """Records with the headings of their columns: key -> heading. `data_only`: keys that no table shows."""

    columns: dict[str, str]
    records: Sequence[Record]
    title: str = ""
    data_only: frozenset[str] = frozenset()


def typed_value(key: str, value: Any) -> Any:
    """Return a cell as what it is: a text that is the ISO form of a day or a moment becomes a `date` or `datetime`, except among people's own words."""
    if isinstance(value, str) and key not in TEXT_KEYS:
        if is_day(value):
            return date.fromisoformat(value)
        if is_moment(value):
            return datetime.fromisoformat(value)
    return value


def sort_listing(listing: Listing, column: str) -> Listing:
    """Return the list sorted by a column, named by its key, its heading or a beginning of either; `-` before it: largest first. Empty cells come last.

    Raises `WrongInput` for a column that the list doesn't have.
    """
    key = _column_meant(listing, column.removeprefix("-"))
    filled = [record for record in listing.records if record.get(key) not in (None, "", [], ())]
    empty = [record for record in listing.records if record.get(key) in (None, "", [], ())]
    filled.sort(key=lambda record: _rank(record[key]), reverse=column.startswith("-"))
    return listing._replace(records=[*filled, *empty])


def _column_meant(listing: Listing, column: str) -> str:
    words = _folded(column)
    names = {_folded(name): key for key, heading in listing.columns.items() for name in (heading, key) if name.strip()}
    fitting = {key for name, key in names.items() if name == words} or {
        key for name, key in names.items() if words and name.startswith(words)
    }
    if len(fitting) == 1:
        return fitting.pop()
    shown_names = [heading.lower() if heading.strip() else key for key, heading in listing.columns.items()]
    raise WrongInput(
        _("sort: there is no column “{text}”. There are: {columns}.", text=column, columns=", ".join(shown_names)),
        "sort",
    )


def _folded(column: str) -> str:
    return danish_key(column.replace("_", " ").replace("-", " ").strip())


def _rank(value: Any) -> tuple[bool, Any]:
    """Return the sort key of a cell: numbers by size, texts in Danish order with their numbers by size (E2 before E10), dates and years together."""
    if isinstance(value, (int, float)):
        return False, value
    text = value if isinstance(value, str) else ", ".join(map(str, value))
    return True, [int(part) if number % 2 else danish_key(part) for number, part in enumerate(re.split(r"([0-9]+)", text))]


def read_format(text: str) -> str:
    """Return the format that is meant. Raises `WrongInput` for one there isn't."""
    if text.lower() not in FORMATS:
        raise WrongInput(_("format: “{text}” is not one of table, json, csv.", text=text), "format")
    return text.lower()


def write_json(value: Any) -> None:
    """Write JSON to stdout."""
    sys.stdout.write(json_text(value))


def json_text(value: Any) -> str:
    """Return JSON: deterministic, Danish letters readable."""
    import json

    text = json.dumps(value, ensure_ascii=False, indent=2)
    # Terminal control characters are written as escapes, which read back the same. Line ends here are JSON's own.
    return re.sub(_HARMFUL, lambda found: json.dumps(found[0])[1:-1], text) + "\n"


def write_json_rows(about: dict[str, Any], rows: Iterable[Any]) -> None:
    """Write an object to stdout as `write_json` does, with the list `rows` at its end, written one by one: there may be a million."""
    start = json_text({**about, "rows": []}).removesuffix("[]\n}\n")
    sys.stdout.write(start)
    separator = "[\n"
    for row in rows:
        sys.stdout.write(separator + "    " + json_text(row).rstrip("\n").replace("\n", "\n    "))
        separator = ",\n"
    sys.stdout.write("[]\n}\n" if separator == "[\n" else "\n  ]\n}\n")


def write_csv(columns: list[str], rows: list[list[Any]]) -> None:
    """Write CSV to stdout. Nothing in it runs as a formula."""
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([[csv_cell(value) for value in row] for row in rows])


def csv_cell(value: Any) -> str:
    """Return a value in CSV: several separated by `|`, a yes is `yes`, and a text that a spreadsheet would run gets an apostrophe."""
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, (list, tuple)):
        return "|".join(csv_cell(each) for each in value)
    if isinstance(value, str):
        return escape_formula(value)
    return str(int(value)) if isinstance(value, float) and value == int(value) else str(value)


def escape_formula(text: str) -> str:
    """Return a cell as it is written to a spreadsheet, where nothing may run. An import takes the apostrophe off again."""
    return remove_controls("'" + text if re.match(_FORMULA, text) else text)


def escape_controls(text: str) -> str:
    """Return a text that a terminal only shows."""
    return remove_controls(text).replace("\n", " ⏎ ").replace("\t", " ")


def remove_controls(text: str) -> str:
    """Return a text that documents can hold: its lines stay, signs that no one sees don't."""
    return re.sub(_HARMFUL, "\N{REPLACEMENT CHARACTER}", text)


def table_text(value: Any) -> str:
    """Return a value in a table."""
    if value is None or value is False:
        return ""
    if value is True:
        return _("yes")
    if isinstance(value, (int, float)):
        return decimal_number(value)
    if isinstance(value, date):  # a moment stays in one piece
        text = short_moment(value.isoformat(" ", "minutes")) if isinstance(value, datetime) else short_day(value.isoformat())
        return text.replace(" ", GLUE)
    if isinstance(value, (list, tuple)):
        return ", ".join(table_text(each) for each in value)
    return escape_controls(str(value))
