"""Chapters about what young people say, what was promised, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator

from ...domain.figures.details import GrantUse
from ...domain.figures.registry import BY_KEY, label_of
from ...domain.views.report_facts import Target
from ...i18n import _, language
from ...records.report import Block, Bullets, Cell, Paragraph, Quote, ReportTable, TextRun
from ...render.phrases import number_text, share_text
from ...vocabulary import SUGGESTION_OUTCOME, TARGET_OUTCOME, Share, label
from .blocks import panel_chart, text_paragraph
from .content import Content, with_charts
from .grants import grant_name
from .prose import Part, Phrase, Prose, fill_template, kroner, list_phrases, number_phrase, paragraph, percent_phrase, period_text

_MOST_SUGGESTIONS = 12
_DRAWN = ("young_people", "intakes", "visits", "social_events", "volunteers", "matches_new")


def quote_blocks(content: Content) -> Iterator[Block]:
    """Yield quotes of young people who agreed to be quoted."""
    for words in content.facts.quotes:
        yield Quote((text_paragraph(_("“{text}”", text=words.strip("\"'“”„»« "))),))


def suggestion_blocks(content: Content) -> Iterator[Block]:
    """Yield the suggestions of young people, with their outcomes."""
    prose, phrase = content.prose, content.prose.phrase
    found = content.facts.suggestions
    yield from paragraph(
        prose.say(
            _("{when}, the young people made {suggestions}{adopted}."),
            suggestions=phrase("{number} suggestion", "{number} suggestions", "suggestions"),
            adopted=prose.say(
                _(", of which {adopted} carried out"),
                adopted=phrase("{number} has been", "{number} have been", "suggestions_adopted"),
            )
            or "",
        )
    )
    if found:
        came = {code: label(SUGGESTION_OUTCOME, code, language()).lower() for code in SUGGESTION_OUTCOME} | {None: _("not decided yet")}
        yield Bullets(tuple((text_paragraph(f"{each.text} – {came[each.outcome]}"),) for each in found[:_MOST_SUGGESTIONS]))


def target_blocks(content: Content) -> Iterator[Block]:
    """Yield the targets of the period, with their outcomes."""
    found = content.facts.targets
    numbers = [each for each in found if each.key]
    if numbers:
        headings = (_("Target"), _("Promised"), _("Result"), _("Outcome"))
        rows = tuple((Cell(_name(content, each)), Cell(_promised(each)), _result(content, each), Cell(_came(each))) for each in numbers)
        yield ReportTable(_("Targets in numbers"), headings, rows, frozenset({3}))
    words = [each for each in found if not each.key and each.text]
    if words:
        yield Bullets(tuple((Paragraph((TextRun(f"{each.text} – "), TextRun(_came(each), italic=True))),) for each in words))


def _name(content: Content, target: Target) -> str:
    name = target.text or label_of(BY_KEY[target.key or ""], content.several)
    return name if target.period[1:] == content.record.period[1:] else f"{name}, {period_text(target.period)}"


def _promised(target: Target) -> str:
    assert target.value is not None
    if isinstance(BY_KEY.get(target.key or ""), Share):
        return f"{int(target.value * 100 + 0.5)} %"
    return number_text(target.value)


def _result(content: Content, target: Target) -> Cell:
    fields = target.fields or {"value": None}
    shown = share_text(fields) if "answered" in fields else number_text(fields)
    own = target.period[1:] == content.record.period[1:]
    return Cell(shown, target.key or "", "" if own else target.period.name)


def _came(target: Target) -> str:
    """Return the outcome of a target: as it was marked, or else as its numbers say."""
    outcome = label(TARGET_OUTCOME, target.outcome, language()) if target.outcome else ""
    fields = target.fields or {}
    value = fields.get("value")
    if not outcome and target.growing and value is not None and not fields.get("approximate") and target.value is not None:
        outcome = _("Reached") if value >= target.value else _("Not reached")
    return ": ".join(part for part in (outcome, target.note or "") if part) or _("Not decided yet")


def next_target_blocks(content: Content) -> Iterator[Block]:
    """Yield the targets of the time after the period."""
    items = []
    for each in content.facts.next_targets:
        words = each.text or ""
        if each.key and each.value is not None:
            words = words or label_of(BY_KEY[each.key], content.several)
            words = f"{words}: {_promised(each)}"
        year = content.record.year
        next_year = year and each.period.year == year + 1  # which the chapter's title says
        items.append((text_paragraph(words if next_year else f"{words} ({period_text(each.period)})"),))
    if items:
        yield Bullets(tuple(items))


def money_blocks(content: Content) -> Iterator[Block]:
    """Yield the use of the grants, and the cost of a visit."""
    uses = [_use(content, grant, str(place)) for place, grant in enumerate(content.details.grants, 1)]
    sentences = [each for each in uses if each]
    if len(sentences) == 1:
        yield from paragraph(*sentences)
    elif sentences:
        # Written as in the appendix: a number is the same wherever it is.
        cost = number_phrase(content.prose.fields("cost_per_visit_dkk"), "cost_per_visit_dkk")
        yield from paragraph(content.prose.say(_("The grants come to {grants_dkk} kr., which is {cost} kr. per visit."), cost=cost))
        yield Bullets(tuple((Paragraph(each),) for each in sentences))


def _amount(value: float | None, key: str) -> Phrase | None:
    return None if value is None else (TextRun(kroner(value), key),)


def _use(content: Content, grant: GrantUse, place: str) -> Phrase | None:
    """Return a sentence about what a grant pays for."""
    key = f"grants_dkk.{place}"
    people = number_phrase(grant.young_people, f"{key}.young_people")
    parts: dict[str, Part] = {
        "grant": grant_name(grant, content.several),
        "amount": _amount(grant.amount, f"{key}.amount"),
        "visits": number_phrase(grant.visits, f"{key}.visits"),
        "people": people,
        "cost": _amount(grant.cost_per_visit, f"{key}.cost_per_visit"),
    }
    parts["each"] = _amount(grant.cost_per_young_person, f"{key}.cost_per_young_person")
    return (
        fill_template(
            _(
                "{grant}: {amount} kr. for {visits} visits by {people} young people, which is {cost} kr. per visit and {each} kr. per young person."
            ),
            parts,
        )
        or fill_template(_("{grant}: {amount} kr. for {visits} visits by {people} young people, {cost} kr. per visit."), parts)
        or fill_template(_("{grant}: {amount} kr. for {visits} visits, {cost} kr. per visit."), parts)
        or fill_template(_("{grant}: {amount} kr."), parts)
    )


def development_blocks(content: Content) -> Iterator[Block]:
    """Yield the years side by side."""
    if len(content.years) < 2:
        return
    before, earlier, phrase = content.years[-2], Prose(content.years[-2], {}), content.prose.phrase
    numbers = {
        "young_people": phrase("{number} different young person", "{number} different young people", "young_people"),
        "visits": phrase("{number} visit", "{number} visits", "visits"),
        "volunteers": phrase("{number} volunteer", "{number} volunteers", "volunteers"),
        "matches_new": phrase("{number} new match", "{number} new matches", "matches_new"),
    }
    compared: list[Phrase] = []
    for key, now in numbers.items():
        parts: dict[str, Part] = {"now": now, "then": number_phrase(earlier.fields(key), f"{key}.previous"), "year": str(before.year)}
        if number_text(content.prose.fields(key)) == number_text(earlier.fields(key)):
            each = fill_template(_("{now} as in {year}"), parts)
        else:
            # The year is named once; after that it is clear.
            each = fill_template(_("{now} against {then}") if compared else _("{now} against {then} in {year}"), parts)
        compared += [each] if each else []
    shown = content.prose.say(_("{when}, there were {numbers}."), numbers=list_phrases(compared))
    yield from with_charts([shown], panel_chart("development", content.since(_("Main figures")), content.years, _DRAWN))
    shares = (
        _share_before(content, "loneliness_severe", _("{now} are severely lonely ({then} in {year})"), earlier),
        _share_before(content, "diagnosis_any", _("{now} have one or more diagnoses ({then} in {year})"), earlier),
        _share_before(content, "suicidal_thoughts", _("{now} have, or have had, suicidal thoughts ({then} in {year})"), earlier),
    )
    yield from paragraph(content.prose.say("{shares}.", shares=list_phrases([each for each in shares if each], clauses=True)))


def _share_before(content: Content, key: str, template: str, earlier: Prose) -> Phrase | None:
    """Return a part of a sentence about a share and what it was the year before."""
    now, then = content.prose.fields(key), earlier.fields(key)
    if now["value"] is None or then["value"] is None:
        return None
    parts: dict[str, Part] = {
        "now": (TextRun(f"{percent_phrase(now)} %", f"{key}.share"),),
        "then": (TextRun(f"{percent_phrase(then)} %", f"{key}.share.previous"),),
        "year": str(content.years[-2].year),
    }
    return fill_template(template, parts)
