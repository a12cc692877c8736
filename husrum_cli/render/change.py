"""The change between two measurements: for the terminal, as JSON and as CSV."""

from __future__ import annotations

from itertools import chain
from typing import Any

from ..i18n import _, decimal_number, whole_number
from ..records import Fields
from ..records.change import ChangeRecord, Flow
from .listing import write_csv, write_json
from .periods import period_title
from .phrases import MINUS
from .terminal import fold_text, one_page, screen

Row = tuple[str, str]
DIGITS = 4
"""Decimals in JSON and CSV."""


def write_change(record: ChangeRecord, format: str, instrument: str, severe: str) -> None:
    """Write the change to stdout. instrument: its name; severe: what its severe scores are, in words."""
    if format == "json":
        write_json(change_json(record))
    elif format == "csv":
        fields = change_json(record)
        parts = {"": {"pairs": fields["pairs"]}, **{key: fields[key] or {} for key in ("flow", "baseline", "change", "severe")}}
        parts[""] |= {key: fields[key] for key in ("improved", "unchanged", "worse")}
        write_csv(["part", "key", "value"], [[part, key, value] for part, values in parts.items() for key, value in values.items()])
    else:
        with one_page():
            _print(record, instrument, severe)


def change_json(record: ChangeRecord) -> Fields:
    """Return the JSON of `husrum.stats.change/1`."""
    change = record.change
    return {
        "schema": "husrum.stats.change/1",
        "period": {"name": record.period.name, "from": record.period.first, "to": record.period.last},
        "branches": list(record.branches),
        "instrument": record.instrument,
        "offer": record.offer,
        **({"published": True} if record.published else {}),
        "flow": record.flow._asdict(),
        "pairs": record.pairs,
        "baseline": {"mean": _number(record.baseline), "mean_without_follow_up": _number(record.baseline_without)},
        "change": {key: _number(value) for key, value in change._asdict().items()} if change else None,
        "improved": record.improved,
        "unchanged": record.unchanged,
        "worse": record.worse,
        "severe": {key: _number(value) for key, value in record.severe._asdict().items()},
        "between_cities": {"lowest": _number(record.between[0]), "highest": _number(record.between[1]), "cities": record.between[2]}
        if record.between
        else None,
        "note": note(),
    }


def _number(value: Any) -> Any:
    return round(value, DIGITS) if isinstance(value, float) else value


def note() -> str:
    """Return the sentence that always accompanies a change."""
    return _(
        "This is change among those who answered twice, not effect: nobody is compared. People measured when things are worst are often better later anyway."
    )


def flow_rows(flow: Flow, hidden: str) -> list[Row]:
    """Return the lines of the flow."""
    labels = {
        "interviewed": _("First interview, early enough for a second measurement"),
        "not_measured": _("  not measured"),
        "late_baseline": _("  measured too late to be a baseline"),
        "baseline": _("  baseline"),
        "not_due": _("    not due yet"),
        "due": _("    due, not answered yet"),
        "answered": _("    answered again"),
        "declined": _("    would not answer"),
        "not_asked": _("    not asked"),
        "pairs": _("Answered twice, the second time in the period"),
    }
    return [(labels[key], hidden if value is None else whole_number(value)) for key, value in flow._asdict().items()]


def _print(record: ChangeRecord, instrument: str, severe: str) -> None:
    out = screen()
    out.print(f"{instrument}, {', '.join(record.branches)}, {period_title(record.period)}")
    print()
    rows = [(label, *value.partition(" ")) for label, value in change_rows(record, severe)]
    number_width = max(len(number) for _label, number, _space, _range in rows)
    values = [f"{number:>{number_width}}{space}{interval}" for _label, number, space, interval in rows]
    room = out.width - max(map(len, values)) - 2
    folded = [_folded(label, room) for label, *_value in rows]
    width = max(map(len, chain.from_iterable(folded)))
    for (first, *others), value in zip(folded, values, strict=True):
        print("\n".join([f"{first:<{width}}  {value}".rstrip(), *others]))
    print()
    out.print(note())


def _folded(label: str, width: int) -> list[str]:
    """Fold a label to a width; what follows the first line is indented more than that."""
    text = label.lstrip()
    indent = len(label) - len(text) + 2
    first, *others = fold_text(text, width - indent) if len(label) > width else [text]
    return [" " * (indent - 2) + first, *(" " * indent + line for line in others)]


def _with_minus(value: float) -> str:
    return decimal_number(value).replace("-", MINUS)


def change_rows(record: ChangeRecord, severe: str) -> list[Row]:
    """Return the lines of the change, in words; empty ones part them. severe: what its severe scores are, in words."""
    hidden = _("withheld")

    def number(value: float | None) -> str:
        return hidden if value is None and record.published else "–" if value is None else _with_minus(round(value, 2))

    def percent(value: float | None) -> str:
        return hidden if value is None and record.published else "–" if value is None else _with_minus(round(100 * value, 1))

    def count(value: int | None) -> str:
        return hidden if value is None else whole_number(value)

    rows: list[Row] = [*flow_rows(record.flow, hidden), ("", "")]
    rows += [
        (_("Mean score the first time, of those who answered twice"), number(record.baseline)),
        (_("  of those who should have answered twice, and did not"), number(record.baseline_without)),
    ]
    if record.change:
        change = record.change
        rows += [
            (
                _("Mean change (95 % interval)"),
                _("{mean} ({low} to {high})", mean=number(change.mean), low=number(change.low), high=number(change.high)),
            ),
            (_("Median change"), number(change.median)),
        ]
    rows += [
        ("", ""),
        (_("Improved"), count(record.improved)),
        (_("Unchanged"), count(record.unchanged)),
        (_("Worse"), count(record.worse)),
        ("", ""),
        (_("{severe}: both times", severe=severe), count(record.severe.both)),
        (_("  only the first time"), count(record.severe.before_only)),
        (_("  only the second time"), count(record.severe.after_only)),
        (_("  neither time"), count(record.severe.neither)),
    ]
    if record.severe.difference is not None:
        rows.append(
            (
                _("  difference in percentage points (95 % interval)"),
                _(
                    "{mean} ({low} to {high})",
                    mean=percent(record.severe.difference),
                    low=percent(record.severe.low),
                    high=percent(record.severe.high),
                ),
            )
        )
    if record.between:
        low, high, cities = record.between
        rows.append((_("Mean change between {number} cities", number=cities), _("{low} to {high}", low=number(low), high=number(high))))
    return rows
