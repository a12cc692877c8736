"""`husrum today`: what waits to be done. `husrum` alone, with a file chosen, is the same."""

from collections import Counter
from typing import TYPE_CHECKING

from ..i18n import _, long_day, many, short_day, whole_number
from ..input.choices import spoken
from ..input.dates import today as today_
from ..render.listing import Listing, read_format, write_json
from ..vocabulary import ATTEST
from .context import reading
from .declarations import Noun
from .lists import show
from .options import FORMAT_OPTION

if TYPE_CHECKING:
    from ..records.sections import Section

_Cells = tuple[str, str, str, str]
today_app = Noun()
_SHOWN, _FEW = 8, 3  # of each kind; the rest is counted. A few of each if many kinds would not be one screen
_LINES = 45


@today_app.command()
def today(format: FORMAT_OPTION = "table") -> None:
    """What is planned this week, and what waits to be done: each with the command that deals with it."""
    from ..domain.views.agenda import agenda

    format = read_format(format)
    day = today_()
    with reading() as context:
        records = agenda(context.store, day)
    if format == "json":
        write_json({"schema": "husrum.today/1", "date": day, "items": records})
    elif format == "csv":
        columns = ("what", "date", "ref", "title", "person", "name", "paper", "days", "command")
        show(Listing({column: column for column in columns}, records), format)
    else:
        _print(day, records)


def _print(day: str, records: list[dict[str, object]]) -> None:
    from ..render.terminal import screen

    if not records:
        print(_("{date}: nothing waits.", date=day))
    elif screen().is_terminal:
        _print_sections(day, records)
    else:
        _print_lists(day, records)


def _print_lists(day: str, records: list[dict[str, object]]) -> None:
    print(long_day(day))
    kinds = Counter(str(record["what"]) for record in records)
    shown = _SHOWN if sum(min(number, _SHOWN) + 2 for number in kinds.values()) <= _LINES else _FEW
    for what in kinds:
        of_kind = [record for record in records if record["what"] == what]
        lines = [dict(zip(("date", "days", "who", "command"), _cells(record), strict=True)) for record in of_kind[:shown]]
        print()
        show(Listing({"date": "", "days": "", "who": "", "command": ""}, lines, _title(what, len(of_kind))), "table")
        if len(of_kind) > shown:
            print(_more(what, len(of_kind) - shown))


def _print_sections(day: str, records: list[dict[str, object]]) -> None:
    """Print every kind on one screen, as many of each as fit."""
    from ..domain.views.agenda import ITEM_KINDS
    from ..render.sections import note_beside, print_sections
    from ..render.terminal import screen, terminal_size

    width, room = screen().width, terminal_size().lines - 3
    records = sorted(records, key=lambda record: not ITEM_KINDS[_what(record)].urgent)
    cells = {what: [_cells(record) for record in records if record["what"] == what] for what in dict.fromkeys(map(_what, records))}
    shown = dict.fromkeys(cells, 1)

    def fits(what: str) -> bool:
        sections = _sections(cells, {**shown, what: shown[what] + 1}, width)
        return sum(1 + len(each.rows) + (bool(each.note) and not note_beside(each, width)) for each in sections) <= room

    while more := [what for what in cells if shown[what] < len(cells[what]) and fits(what)]:
        shown[min(more, key=shown.__getitem__)] += 1
    print_sections(screen(), long_day(day), _sections(cells, shown, width))


def _what(record: dict[str, object]) -> str:
    return str(record["what"])


def _sections(cells: dict[str, list[_Cells]], shown: dict[str, int], width: int) -> list["Section"]:
    """Return the kinds with as many of each as are shown. Padded, so that the columns of all are aligned, but for a kind that has no room for that."""
    from ..domain.views.agenda import ITEM_KINDS
    from ..records.sections import Section

    kept = {what: rows[: shown[what]] for what, rows in cells.items()}
    when = {what: [days or short_day(day) for day, days, _who, _command in rows] for what, rows in kept.items()}
    first = max(map(len, sum(when.values(), [])))
    free = {what: max(width - first - 4 - max(len(row[3]) for row in rows), _FEW) for what, rows in kept.items()}
    middle = max(min(max(len(row[2]) for row in rows), free[what]) for what, rows in kept.items())
    sections = []
    for what, rows in kept.items():
        own = min(middle, free[what])
        lines = [(day.rjust(first), _short(row[2], own).ljust(own), row[3]) for day, row in zip(when[what], rows, strict=True)]
        number = len(cells[what])
        note = _more(what, number - shown[what]) if number > shown[what] else ""
        sections.append(Section(_title(what, number), lines, ("", "bold", ""), folded=-1, urgent=ITEM_KINDS[what].urgent, note=note))
    return sections


def _cells(record: dict[str, object]) -> _Cells:
    days = many("{number} day", "{number} days", int(str(record["days"]))) if record["days"] else ""
    who = " ".join(str(record[key]) for key in ("person", "name", "ref", "title") if record[key])
    if record["paper"]:
        who = f"{who}: {spoken(ATTEST, str(record['paper']))}"
    return str(record["date"] or "–"), days, who, str(record["command"])


def _title(what: str, number: int) -> str:
    heading = _(what)
    return f"{heading[:1].upper()}{heading[1:]} ({whole_number(number)})"


def _more(what: str, number: int) -> str:
    from ..domain.views.agenda import ITEM_KINDS

    return _("… and {number} more: {command}", number=whole_number(number), command=ITEM_KINDS[what].list_command)


def _short(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
