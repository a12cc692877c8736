"""The content from which every chapter is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...i18n import _
from ...records.report import Block, Chart, SideBySide
from .prose import Phrase, Prose, day_text, paragraph, period_text
from .source import ReportSource


class Content:
    """A report's source, and the sentences about its figures. `names`: places that every sentence may have."""

    def __init__(self, source: ReportSource) -> None:
        self.source = source
        self.record = source.record
        self.facts = source.facts
        self.details = source.details
        self.years = source.years
        self.several = len(self.record.branches) > 1
        self.city = _("Denmark") if self.several else self.record.branches[0]
        self.period = period_text(self.record.period)
        self.prose = Prose(
            self.record, {"when": self.in_period(), "husrum": f"HUSRUM {self.city}", "period": self.period, "end": self.at_end()}
        )

    def in_period(self) -> str:
        """Return how a sentence about the period begins: `In 2024`."""
        period = self.record.period
        if period.year:
            return _("In {period}", period=self.period)
        return _("From {first} to {last}", first=day_text(period.first), last=day_text(period.last))

    def at_end(self) -> str:
        """Return how a sentence about the period's last day begins: `At the end of 2024`."""
        period = self.record.period
        return _("At the end of {period}", period=self.period) if period.year else _("On {day}", day=day_text(period.last))

    def since(self, what: str) -> str:
        """Return a caption of something over the years."""
        return f"{what} {self.years[0].year}–{self.record.year}"


def with_charts(sentences: Sequence[Phrase | None], *charts: Chart) -> Iterator[Block]:
    """Yield a paragraph with the first chart next to it, and the other charts below."""
    blocks: tuple[Block, ...] = tuple(paragraph(*sentences))
    if charts and blocks:
        yield SideBySide(blocks, charts[0])
    elif charts:
        yield charts[0]
    else:
        yield from blocks
    yield from charts[1:]
