"""The chapter about the whole country, from the published numbers of the national file."""

from __future__ import annotations

from collections.abc import Iterator

from ...i18n import _
from ...records.report import Block, Cell, ReportTable
from ...render.phrases import number_text
from ...vocabulary import QUESTIONS
from .blocks import heading, line_of, panel_chart
from .content import Content, with_charts
from .prose import Phrase, Prose, in_sentence, list_names, paragraph, period_text

# The rows of the table of the country's years.
_ROWS = ("branches", "young_people", "intakes", "volunteers", "social_events", "group_courses", "matches_new")
_NATION = "nation"
_MOST_DIAGNOSES = 6


def nation_blocks(content: Content) -> Iterator[Block]:
    """Yield HUSRUM in all the cities: the answers of young people at the interview, and the years side by side."""
    own = content.several  # a report of the country itself, which has said the rest already
    years = content.years if own else content.source.nation
    if not years:
        return
    latest = years[-1]
    prose = _National(latest, {"period": period_text(latest.period)})
    if not own:
        yield from paragraph(
            prose.say(
                _("In {period}, HUSRUM was in {cities}, with {people}."),
                cities=prose.phrase("{number} city", "{number} cities", "branches"),
                people=prose.phrase("{number} young person", "{number} young people", "young_people"),
            )
        )
    facts = [
        prose.say(_("{share} of those interviewed have one or more diagnoses."), share=prose.share("diagnosis_any_at_intake")),
        prose.say(_("{share} have, or have had, suicidal thoughts."), share=prose.share("suicidal_thoughts_at_intake")),
        prose.say(_("The young people live with, among others, {diagnoses}."), diagnoses=_diagnoses(prose)),
    ]
    if any(facts):
        yield heading(_("Facts about the young people"))
        yield from with_charts(facts)
    if len(years) > 1:
        yield heading(_("HUSRUM in numbers"))
        rows = tuple(
            (
                Cell(line_of(latest, key).label),
                *(Cell(number_text(line_of(year, key).fields), key, f"{_NATION}.{year.year}") for year in years),
            )
            for key in _ROWS
        )
        caption = f"{_('HUSRUM in the whole country')} {years[0].year}–{latest.year}"
        yield ReportTable(caption, ("", *(str(year.year) for year in years)), rows)
        if not own:
            yield panel_chart("nation", caption, years, _ROWS[1:])


class _National(Prose):
    """Sentences whose figures are the nation's: their keys begin with it, since they are not figures of the city."""

    def say(self, template: str, **parts: Phrase | str | None) -> Phrase | None:
        """Return a sentence."""
        sentence = super().say(template, **parts)
        return sentence and tuple(run._replace(key=f"{_NATION}.{run.key}") if run.key else run for run in sentence)


def _diagnoses(prose: Prose) -> Phrase | None:
    """Return the diagnoses that people name most often, without numbers: these are in the sentences before."""
    spread = prose.spreads["diagnosis_at_intake"]
    given = [code for code in (QUESTIONS["diagnosis"].codes or ()) if code not in ("none", "in_assessment", "other")]
    counted = []
    for code in given:
        label, value = spread.numbers.get(code, ("", 0))
        amount = value.get("value") if isinstance(value, dict) else value
        if amount:
            counted.append((-amount, in_sentence(label)))
    return list_names([label for _amount, label in sorted(counted, key=lambda each: each[0])[:_MOST_DIAGNOSES]])
