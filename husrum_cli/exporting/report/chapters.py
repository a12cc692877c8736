"""The chapters of a report, in their order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from ...i18n import _
from ...records import YearRecord
from ...records.report import Block, KeyFigures
from . import aims, appendix, nation, offers, people
from .blocks import text_paragraph
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
        "quotes": ChapterText(_("Young people's words"), aims.quote_blocks),
        "summary": ChapterText(_("In short"), summary_blocks),
        "introduction": ChapterText(_("Introduction"), offers.introduction_blocks),
        "purpose": ChapterText(_("Purpose and organisation"), offers.purpose_blocks),
        "activities": ChapterText(_("Offers and activities"), offers.activity_blocks),
        "befriending": ChapterText(_("Hjerteven"), offers.befriending_blocks),
        "partners": ChapterText(_("Partners and network"), offers.partner_blocks),
        "scope": ChapterText(_("Scope"), offers.scope_blocks),
        "young_people": ChapterText(_("The young people"), people.young_people_blocks),
        "change": ChapterText(_("Change, measured twice"), people.change_blocks),
        "volunteers": ChapterText(_("Volunteers"), people.volunteer_blocks),
        "suggestions": ChapterText(_("Suggestions of the young people"), aims.suggestion_blocks),
        "targets": ChapterText(_("Targets and results"), aims.target_blocks),
        "projects": ChapterText(_("Development projects"), None),
        "goals": ChapterText(_("Goals for {year}", year=year + 1) if year else _("Goals for the time to come"), aims.next_target_blocks),
        "grants": ChapterText(_("Money"), aims.money_blocks),
        "development": ChapterText(_("Development over the years"), aims.development_blocks),
        "nation": ChapterText(_("HUSRUM in the whole country"), nation.nation_blocks),
        "counting": ChapterText(_("How the numbers are counted"), counting_blocks),
        "appendix": ChapterText(_("Appendix: all the figures"), appendix.appendix_blocks, appendix=True),
    }


def summary_blocks(content: Content) -> Iterator[Block]:
    """Yield the key figures."""
    prose = content.prose
    shown = ("branches", *_SUMMARY[:-1]) if content.several else _SUMMARY
    numbers = ((prose.lines[key].label, prose.number(key)) for key in shown if prose.has(key))
    yield KeyFigures(tuple((label, number) for label, number in numbers if number))


def counting_blocks(content: Content) -> Iterator[Block]:
    """Explain how the numbers are counted."""
    yield text_paragraph(
        _("The figures are those of {period}, each by the date of what happened.", period=content.period)
        + " "
        + _("Percentages are whole, and are computed from those who answered.")
    )
    if content.several:
        yield text_paragraph(
            _(
                "A young person who comes in several cities counts once in the total. Counts and answers of the cities are added, never percentages."
            )
        )
    threshold = content.record.threshold
    if threshold:
        yield text_paragraph(
            _(
                "So that nobody can be recognised, small numbers of people are hidden, and others are rounded to the nearest {number} (about). What is left out for that reason is called withheld in the tables: it is not the same as 0, nor as what nobody was asked.",
                number=threshold,
            )
        )
