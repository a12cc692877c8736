"""The STATUS report of a year: its chapters, the coordinator's own text, and the file it is written to."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from ...domain.figures.details import PeriodDetails
from ...errors import WrongInput
from ...i18n import _, language
from ...records import YearRecord
from ...records.report import Block, Chapter, Report
from ...render.data_files import written
from ...render.phrases import number_text, share_text, value_text
from ...render.stats import notices as shared_notices
from .chapters import Chapters
from .own_text import read_own_text, write_new_text

FORMATS = ("html", "docx")


class ReportSource(NamedTuple):
    """What a report is made of. `years`: the years of the file up to the report's own."""

    record: YearRecord
    details: PeriodDetails
    years: tuple[YearRecord, ...]


def format_of(target: str) -> str:
    """The format that the file's name ends in. Raises `WrongInput` for another."""
    ending = Path(target).suffix.lower().lstrip(".")
    if ending not in FORMATS:
        raise WrongInput(_("to: “{target}” must end in {endings}.", target=target, endings=", ".join(f".{each}" for each in FORMATS)), "to")
    return ending


def chapter_titles() -> dict[str, str]:
    """name -> title of every chapter, in the order of the report."""
    return {
        "summary": _("In short"),
        "introduction": _("Introduction"),
        "purpose": _("Purpose and organisation"),
        "scope": _("Scope"),
        "activities": _("Offers and activities"),
        "visits": _("Visits month by month"),
        "young_people": _("The young people"),
        "befriending": _("Hjerteven and waiting list"),
        "volunteers": _("Volunteers"),
        "partners": _("Partners and network"),
        "development": _("Development over the years"),
        "grants": _("What the grants pay for"),
        "projects": _("Development projects"),
        "counting": _("How the numbers are counted"),
    }


def new_text(path: Path) -> None:
    """Writes the skeleton of an own text. Raises `Refused` where the file exists."""
    hint = _("Your own text goes here. A figure is written by its key: {place}", place="{{ visits }}")
    write_new_text(path, ((title, hint) for title in chapter_titles().values()))


def built_report(source: ReportSource, text: Path | None) -> Report:
    """The report. Raises `WrongInput` for what is wrong in the text, `UnusableFile` where it can't be read."""
    record = source.record
    city = record.branches[0] if len(record.branches) == 1 else _("Denmark")
    titles = chapter_titles()
    own: Mapping[str, tuple[Block, ...]] = {}
    if text is not None:
        own = read_own_text(text, {name: (title, name) for name, title in titles.items()}, _places(record, city))
    made = Chapters(record, source.details, source.years)
    chapters = []
    for name, title in titles.items():
        blocks = (*own.get(name, ()), *(getattr(made, name)() if hasattr(made, name) else ()))
        if blocks:
            chapters.append(Chapter(name, title, blocks))
    date = record.closed_at or f"{record.year}-12-31"
    return Report(
        _("STATUS {year}", year=record.year), f"HUSRUM {city}", language(), date, _notices(source), tuple(chapters), _("Contents")
    )


def _places(record: YearRecord, city: str) -> Mapping[str, str]:
    """What may be written into the own text: figures by key, parts of shares, numbers of distributions, `year` and `city`."""
    values = {"year": str(record.year), "city": city}
    for line in record.figures:
        if "answered" in line.fields:
            values[line.key] = share_text(line.fields)
            values |= {f"{line.key}.{part}": number_text(line.fields[part]) for part in ("count", "answered", "base")}
        else:
            values[line.key] = value_text(line.fields)
    for spread in record.spreads:
        for code, (_label, number) in spread.numbers.items():
            values |= {
                f"{spread.key}.{code}" + (f".{part}" if part else ""): number_text(each) for part, each in spread.split(number).items()
            }
    return values


def _notices(source: ReportSource) -> tuple[str, ...]:
    notices = []
    if not source.record.threshold:
        notices.append(_("For internal use: the figures are exact, and small ones may point at a person."))
    if source.record.closed_at:
        notices.append(_("The figures are those of {date}, when the year was closed.", date=source.record.closed_at))
    else:
        notices.append(_("The year is not closed yet; its figures may still change."))
    return (*notices, *shared_notices(source.record.threshold, source.record.missing, source.record.unlinked))


def write_report(path: Path, report: Report, format: str, overwrite: bool) -> None:
    """Writes the file whole or not at all. Raises `Refused` where it exists already, `WrongInput` where a library is missing."""
    with written(path, overwrite) as beside:
        if format == "docx":
            from ...render.report_docx import report_docx

            beside.write_bytes(report_docx(report))
        else:
            from ...render.report_html import report_html

            beside.write_text(report_html(report), encoding="utf-8", newline="\n")
