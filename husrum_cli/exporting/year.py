"""The year's figures as a file: JSON, CSV, Markdown or a workbook, all of the same records."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..domain.figures.details import PeriodDetails
from ..domain.figures.registry import BY_KEY, definition_of
from ..i18n import _, decimal_number, language
from ..records import Fields, YearRecord
from ..records.export_sheet import ExportSheet
from ..records.targets import TargetLine
from ..render.data_files import open_output
from ..render.listing import csv_cell, json_text, remove_controls
from ..render.phrases import cell
from ..render.stats import record_json, year_csv
from ..vocabulary import AGREEMENT, label

YEAR_FORMATS = ("json", "csv", "md", "xlsx")


class YearExport(NamedTuple):
    """The content of an export: the figures, their details, the targets, and all as sheets."""

    record: YearRecord
    details: PeriodDetails
    sheets: Sequence[ExportSheet]
    targets: Sequence[TargetLine] = ()


def year_text(export: YearExport, format: str, danish: bool = False) -> str:
    """Return the year as text. `danish`: CSV with semicolons and decimal commas, as Danish Excel opens it."""
    if format == "json":
        return json_text(_json(export))
    if format == "md":
        return f"# {_escaped(_title(export.record))}\n\n" + "\n".join(_markdown(sheet) for sheet in export.sheets)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";" if danish else ",", lineterminator="\r\n" if danish else "\n")
    header, rows = year_csv(export.record)
    writer.writerow(header)
    details = [row + [None] * (len(header) - len(row)) for row in _long(export)]
    writer.writerows([[_cell(value, danish) for value in row] for row in [*rows, *details]])
    return ("\ufeff" if danish else "") + text.getvalue()


def _title(record: YearRecord) -> str:
    return f"{' + '.join(record.branches)} {record.period.name}"


def _json(export: YearExport) -> Fields:
    grants = [
        {**grant._asdict(), "offers": {offer: {"visits": visits, "young_people": people} for offer, visits, people in grant.offers}}
        for grant in export.details.grants
    ]
    definitions = {line.key: definition_of(BY_KEY[line.key]) for line in export.record.figures}
    by_month: Fields = {"months": export.details.months}
    if export.record.year is None:
        by_month["month_names"] = list(export.details.month_names)
    targets = [
        {name: value for name, value in line._asdict().items() if name not in ("label", "share")}
        | {"text": None if line.key else line.label}
        for line in export.targets
    ]
    return {**record_json(export.record), **by_month, "grants": grants, "targets": targets, "definitions": definitions}


def _long(export: YearExport) -> Iterator[list[Any]]:
    """Yield the details in the long table, under the figures that they are parts of."""
    labels = {line.key: line.label for line in export.record.figures}
    for channel, numbers in export.details.months.items():
        key = f"visits_{channel}"
        for month, number in zip(export.details.month_names, numbers, strict=True):
            yield [key, labels[key], month if len(month) > 2 else f"{export.record.period.name}-{month}", number, "counted"]
    for grant in export.details.grants:
        agreement = f"({label(AGREEMENT, grant.agreement, language())})" if grant.agreement else ""
        # In a national file funders have no names.
        named = ["grants_dkk", f"{labels['grants_dkk']}: {f'{grant.funder} {agreement}'.strip()}".removesuffix(": ")]
        for name in ("per_year", "amount", "visits", "young_people", "completed", "cost_per_visit", "cost_per_young_person"):
            yield [*named, name, cell(getattr(grant, name)), "counted"]
        for offer, visits, people in grant.offers:
            if visits is not None:
                yield [*named, f"{offer}.visits", visits, "counted"]
            if people is not None:
                yield [*named, f"{offer}.young_people", cell(people), "counted"]
        for place, living in grant.municipalities.items():
            yield [*named, f"municipality.{place}", living, "counted"]
    for line in export.targets:
        named = [line.key or "targets", f"{_('Target')} {line.number}, {line.period}: {line.label}"]
        for name in ("value", "now", "outcome"):
            if (value := getattr(line, name)) is not None:
                yield [
                    *named,
                    f"target.{line.number}.{name}",
                    cell(value) if isinstance(value, dict) else value,
                    "counted" if name == "now" else "target",
                ]


def _cell(value: Any, danish: bool) -> str:
    text = csv_cell(value)
    return text.replace(".", ",") if danish and isinstance(value, float) else text


def _markdown(sheet: ExportSheet) -> str:
    kinds = [column.kind for column in sheet.columns]
    lines = [
        f"## {_escaped(sheet.name)}",
        "",
        _row(column.heading for column in sheet.columns),
        _row("---" if kind == "text" else "---:" for kind in kinds),
    ]
    lines += [_row(_shown(value, kind) for value, kind in zip(row, kinds, strict=True)) for row in sheet.rows]
    return "\n".join(lines) + "\n"


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(_escaped(cell) for cell in cells) + " |"


def _escaped(text: str) -> str:
    """Return a text that Markdown only shows."""
    # Within a word, as in a key, an underscore is not Markdown.
    return re.sub(r"([\\|`*<>\[\]]|(?<![^\W_])_|_(?![^\W_]))", r"\\\1", remove_controls(" ".join(text.split())))


def _shown(value: Any, kind: str) -> str:
    if value is None or value == "":
        return ""
    if kind == "percent":
        return f"{_percent(value)} %"
    return decimal_number(value) if isinstance(value, (int, float)) else str(value)


def _percent(value: float) -> int:
    # A fraction of whole numbers; what is lost beyond the ninth decimal is the machine's, not the figure's.
    return int(round(value * 100, 9) + 0.5)


def write_year_file(path: Path, export: YearExport, format: str, danish: bool, overwrite: bool) -> None:
    """Write the whole file or nothing. Raises `Refused` if it exists already, `WrongInput` if a library for it is missing."""
    with open_output(path, overwrite) as temporary:
        if format == "xlsx":
            from .workbook import write_workbook

            write_workbook(temporary, export.sheets, export.record.closed_at or export.record.period.last, _title(export.record))
        else:
            temporary.write_text(year_text(export, format, danish), encoding="utf-8", newline="")
