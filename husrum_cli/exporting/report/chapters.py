"""The chapters of a report, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ...i18n import _
from ...records import YearRecord
from ...records.report import Block, KeyFigures
from . import aims, appendix, nation, offers, people
from .blocks import text
from .content import Content

_SUMMARY = ("young_people", "intakes", "visits", "social_events", "group_meetings", "matches_new", "volunteers", "coordinator_positions")


class ChapterText(NamedTuple):
    """A chapter: its title, and the function that yields its blocks; None: there is only what somebody wrote."""

    title: str
    blocks: Callable[[Content], Iterator[Block]] | None
    appendix: bool = False


def chapters(record: YearRecord) -> Mapping[str, ChapterText]:
    """Return every chapter by name, in the order of the report."""
    year = record.year
    return {
        "quotes": ChapterText(_("Young people's words"), aims.quotes),
        "summary": ChapterText(_("In short"), summary),
        "introduction": ChapterText(_("Introduction"), offers.introduction),
        "purpose": ChapterText(_("Purpose and organisation"), offers.purpose),
        "activities": ChapterText(_("Offers and activities"), offers.activities),
        "befriending": ChapterText(_("Hjerteven"), offers.befriending),
        "partners": ChapterText(_("Partners and network"), offers.partners),
        "scope": ChapterText(_("Scope"), offers.scope),
        "young_people": ChapterText(_("The young people"), people.young_people),
        "change": ChapterText(_("Change, measured twice"), people.change),
        "volunteers": ChapterText(_("Volunteers"), people.volunteers),
        "suggestions": ChapterText(_("Suggestions of the young people"), aims.suggestions),
        "targets": ChapterText(_("Targets and results"), aims.targets),
        "projects": ChapterText(_("Development projects"), None),
        "goals": ChapterText(_("Goals for {year}", year=year + 1) if year else _("Goals for the time to come"), aims.next_targets),
        "grants": ChapterText(_("Money"), aims.money),
        "development": ChapterText(_("Development over the years"), aims.development),
        "nation": ChapterText(_("HUSRUM in the whole country"), nation.nation),
        "counting": ChapterText(_("How the numbers are counted"), counting),
        "appendix": ChapterText(_("Appendix: all the figures"), appendix.appendix, appendix=True),
    }


def summary(content: Content) -> Iterator[Block]:
    """Yield the key figures."""
    prose = content.prose
    shown = ("branches", *_SUMMARY[:-1]) if content.several else _SUMMARY
    numbers = ((prose.lines[key].label, prose.number(key)) for key in shown if prose.has(key))
    yield KeyFigures(tuple((label, number) for label, number in numbers if number))


def counting(content: Content) -> Iterator[Block]:
    """Explain how the numbers are counted."""
    yield text(
        _("The figures are those of {period}, each by the date of what happened.", period=content.period)
        + " "
        + _("Percentages are whole, and are computed from those who answered.")
    )
    if content.several:
        yield text(
            _(
                "A young person who comes in several cities counts once in the total. Counts and answers of the cities are added, never percentages."
            )
        )
    threshold = content.record.threshold
    if threshold:
        yield text(
            _(
                "So that nobody can be recognised, small numbers of people are hidden, and others are rounded to the nearest {number} (about). What is left out for that reason is called withheld in the tables: it is not the same as 0, nor as what nobody was asked.",
                number=threshold,
            )
        )
