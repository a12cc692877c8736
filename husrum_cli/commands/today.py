"""`husrum today`: what waits to be done. `husrum` alone, with a file chosen, is the same."""

from collections import Counter

from ..i18n import N_, _, long_day, many, whole_number
from ..input.dates import today as today_
from ..render.listing import Listing, read_format, write_json
from .app import Command, single
from .context import reading
from .lists import show
from .options import FORMAT_OPTION

today_app = single()
_SHOWN, _FEW = 8, 3  # of each kind; the rest is counted. A few of each where many kinds would not be one screen
_LINES = 45
_WIDTH = 28  # of what it is about, so that the command stands in one line, to be copied
_ALL = "husrum today --format csv"
_LISTS = {
    N_("not recorded yet"): "husrum event list --planned",
    N_("planned"): "husrum event list --planned",
    N_("waits for an interview"): "husrum intake list --open",
    N_("has stopped coming"): "husrum group list --open",
    N_("reminder"): _ALL,
    N_("waits for an answer"): "husrum volunteer list --applied",
    N_("match to talk over"): "husrum match list --active",
    N_("group without sparring"): "husrum group list --open",
    N_("paper lapses"): _ALL,
    N_("paper is missing"): _ALL,
    N_("measurement due"): "husrum measure due",
    N_("target behind"): "husrum target list",
    N_("health answers without consent"): "husrum person list --lacks-consent health_data",
    N_("applicant kept too long"): "husrum check",
    N_("came once"): "husrum person list --once",
    N_("interviewed and never came"): "husrum person list --never-came",
    N_("not seen for two months"): "husrum person list --not-seen-since 2m",
    N_("waits for a Hjerteven"): "husrum match list --waiting",
    N_("match without contact"): "husrum match list --active",
    N_("unfinished form"): "husrum intake drafts",
}


@today_app.command(cls=Command)
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
        columns = ("what", "date", "ref", "title", "person", "name", "days", "command")
        show(Listing({column: column for column in columns}, records), format)
    else:
        _print(day, records)


def _print(day: str, records: list[dict[str, object]]) -> None:
    print(_("{date}: nothing waits.", date=day) if not records else long_day(day))
    kinds = Counter(str(record["what"]) for record in records)
    shown = _SHOWN if sum(min(number, _SHOWN) + 2 for number in kinds.values()) <= _LINES else _FEW
    for what in kinds:
        of_kind = [record for record in records if record["what"] == what]
        lines = [
            {
                "date": record["date"] or "–",
                "days": many("{number} day", "{number} days", int(str(record["days"]))) if record["days"] else "",
                "who": _short(" ".join(str(record[key]) for key in ("person", "name", "ref", "title") if record[key])),
                "command": record["command"],
            }
            for record in of_kind[:shown]
        ]
        heading = _(what)
        title = f"{heading[:1].upper()}{heading[1:]} ({whole_number(len(of_kind))})"
        print()
        show(Listing({"date": "", "days": "", "who": "", "command": ""}, lines, title), "table")
        if len(of_kind) > shown:
            print(_("… and {number} more: {command}", number=whole_number(len(of_kind) - shown), command=_LISTS[what]))


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
