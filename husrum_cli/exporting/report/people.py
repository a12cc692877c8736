"""Chapters about the young people and the volunteers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...domain.figures.registry import ROLE_FIGURES
from ...i18n import _, language
from ...records.change import ChangeRecord
from ...records.report import Block
from ...vocabulary import INSTRUMENTS, QUESTIONS, ROLE, SILENT, translation
from .blocks import bar_chart, distribution_chart, heading, note_paragraph
from .content import Content, with_charts
from .prose import Phrase, fill_template, in_sentence, list_phrases, number_phrase, paragraph, plain_run

_MOST_ANSWERS = 5


def young_people_blocks(content: Content) -> Iterator[Block]:
    """Yield where the young people come from, what troubles them, and what they do."""
    prose, say = content.prose, content.prose.say
    yield from _asked(
        content,
        "referral",
        say(_("{share} came through a municipal contact person."), share=prose.share("referral_municipal")),
        say(
            _("Others came on their own ({own}) or through somebody else, most often {answers}."),
            own=_answer(content, "referral", "self", marked=False),
            answers=prose.answers("referral", _MOST_ANSWERS, ("municipal", "self")),
        )
        or say(
            _("Others came through somebody else, most often {answers}."),
            answers=prose.answers("referral", _MOST_ANSWERS, ("municipal", "self")),
        ),
        say(_("Those who were referred come most often from {answers}."), answers=prose.answers("referred_by", _MOST_ANSWERS)),
    )
    yield from _asked(
        content,
        "motive",
        say(_("They come because of {answers}."), answers=prose.answers("motive", _MOST_ANSWERS)),
        say(_("{share} are severely lonely."), share=prose.share("loneliness_severe")),
        say(_("At the interview they wished for {answers}."), answers=prose.answers("wish", 3)),
    )
    yield from _asked(
        content,
        "diagnosis",
        say(_("{share} say that they have one or more psychiatric diagnoses."), share=prose.share("diagnosis_any")),
        say(_("Most often it is {answers}."), answers=prose.answers("diagnosis", _MOST_ANSWERS, ("none", "in_assessment"))),
        say(_("Of those interviewed, {share} have autism."), share=prose.share("diagnosis_autism_at_intake")),
        say(_("{share} have, or have had, suicidal thoughts."), share=prose.share("suicidal_thoughts")),
        say(
            _("{now} are in treatment now, and {past} have been in treatment before."),
            now=_answer(content, "treatment", "current"),
            past=_answer(content, "treatment", "past"),
        ),
    )
    yield from _asked(
        content,
        "occupation",
        say(_("{share} are students, at any level."), share=prose.share("occupation_student")),
        say(_("{share} are unemployed or on sick leave."), share=prose.share("occupation_unemployed_or_sick")),
        say(_("The most common occupations are {answers}."), answers=prose.answers("occupation", _MOST_ANSWERS)),
    )
    yield from _asked(
        content,
        "age_band",
        say(_("{people} years old."), people=_ages(content)),
        say("{people}.", people=_genders(content)),
        say(_("They live mostly in {answers}."), answers=prose.answers("municipality", _MOST_ANSWERS)),
    )
    if any(prose.share(key) for key in ("referral_municipal", "loneliness_severe", "diagnosis_any", "occupation_student")):
        yield note_paragraph(
            _(
                "Percentages are of those who answered, and numbers of people are rounded to the nearest {number}. All answers are in the appendix.",
                number=content.record.threshold,
            )
            if content.record.threshold
            else _("Percentages are of those who answered. All answers are in the appendix.")
        )


def _asked(content: Content, key: str, *sentences: Phrase | None) -> Iterator[Block]:
    """Yield the answers to a question, under its heading, with its chart if it has one."""
    if not any(sentences):
        return
    question = next((each for each in QUESTIONS.values() if each.distribution == key), None)
    headings = {"motive": _("Why they come"), "diagnosis": _("Mental health"), "age_band": _("Who they are")}
    words = headings.get(key) or (translation(question.chart_heading or question.label, language()) if question else "")
    yield heading(words)
    chart = distribution_chart(content.prose.spreads[key], translation(question.chart, language())) if question and question.chart else None
    yield from with_charts(sentences, *([chart] if chart else []))


def _answer(content: Content, key: str, code: str, marked: bool = True) -> Phrase | None:
    """Return the number of one answer, if it is known and not 0. `marked`: a rounded one is called so."""
    spread = content.prose.spreads.get(key)
    value = spread.numbers.get(code, ("", 0))[1] if spread else 0
    rounded = marked and isinstance(value, int) and content.record.threshold
    return number_phrase({"value": value, "approximate": True} if rounded else value, f"{key}.{code}") if value else None


def _ages(content: Content) -> Phrase | None:
    """Return how many young people there are of each age."""
    spread = content.prose.spreads.get("age_band")
    phrases = []
    for code, (label, value) in spread.numbers.items() if spread else ():
        shown = number_phrase(value, f"age_band.{code}") if value and code not in SILENT else None
        phrases.append(fill_template(_("{number} are {ages}"), {"number": shown, "ages": in_sentence(label)}))
    return list_phrases([each for each in phrases if each], clauses=True)


def _genders(content: Content) -> Phrase | None:
    """Return how many women and men there are, and people of another gender."""
    spread, phrase = content.prose.spreads.get("gender"), content.prose.phrase

    def value(code: str) -> Any:
        return spread.numbers.get(code, ("", 0))[1] if spread else 0

    phrases = [
        phrase("{number} is a woman", "{number} are women", "gender.f", value("f")),
        phrase("{number} is a man", "{number} are men", "gender.m", value("m")),
        phrase("{number} is of another gender", "{number} are of another gender", "gender.x", value("x")),
    ]
    return list_phrases([each for each in phrases if each], clauses=True)


def change_blocks(content: Content) -> Iterator[Block]:
    """Yield the change of those who were measured twice."""
    changes = [each for record in content.source.changes for each in _change(content, record)]
    if changes:
        yield from changes
        yield note_paragraph(
            _(
                "This is change among those who answered twice, not the effect of HUSRUM: nobody is compared, and those who stopped coming did not answer again."
            )
        )


def _change(content: Content, record: ChangeRecord) -> Iterator[Block]:
    if not record.pairs or record.change is None or record.baseline is None:
        return
    instrument = INSTRUMENTS[record.instrument]
    key = f"change.{record.instrument}"

    def part(name: str, value: float | int | None) -> Phrase | None:
        if isinstance(value, float):
            return number_phrase(round(value, 1), f"{key}.{name}")
        return number_phrase({"value": value, "approximate": record.published}, f"{key}.{name}")

    mean = record.change
    parts = {
        "pairs": part("pairs", record.pairs),
        "baseline": part("baseline", record.baseline),
        "low": part("low", mean.low),
        "high": part("high", mean.high),
        "change": part("mean", mean.mean),
        "improved": part("improved", record.improved),
        "unchanged": part("unchanged", record.unchanged),
        "worse": part("worse", record.worse),
    }
    yield heading(translation(instrument.code, language()))
    better = _("A higher score is better.") if instrument.higher_is_better else _("A lower score is better.")
    yield from paragraph(
        plain_run(_(instrument.measures)),
        plain_run(better),
        content.prose.say(_("{pairs} young people were measured twice."), **parts),
        fill_template(
            _(
                "The mean of their scores was {baseline} the first time, and has changed by {change} (95 % confidence interval: {low} to {high})."
            ),
            parts,
        ),
        content.prose.say(_("{improved} had improved noticeably, {unchanged} were as before, and {worse} were worse off."), **parts),
    )


def volunteer_blocks(content: Content) -> Iterator[Block]:
    """Yield the volunteers, how they came, their training and their hours."""
    prose, say, phrase = content.prose, content.prose.say, content.prose.phrase
    if not prose.has("volunteers"):
        return
    roles = prose.spreads.get("role")
    numbers = [(label, value) for label, value in roles.numbers.values() if value] if roles else []
    spread = prose.fields("volunteer_age_min")["value"] != prose.fields("volunteer_age_max")["value"]
    chart = [bar_chart("role", roles.label, numbers)] if roles and len(numbers) > 1 else []
    yield from with_charts(
        [
            say(
                _("{when}, {volunteers} active in {husrum}{ages}."),
                volunteers=phrase("{number} volunteer was", "{number} different volunteers were", "volunteers"),
                ages=say(_(", aged {volunteer_age_min}–{volunteer_age_max}") if spread else _(", aged {volunteer_age_min}")) or "",
            ),
            say("{changes}.", changes=_changes(content)),
            say(_("Among them are {roles}."), roles=_roles(content)),
            say(
                _("Together they gave {hours}."),
                hours=phrase("{number} hour", "{number} hours", "volunteer_hours"),
            ),
        ],
        *chart,
    )
    yield from _recruiting(content)
    yield from _training(content)


def _changes(content: Content) -> Phrase | None:
    """Return how many volunteers came and left."""
    phrase = content.prose.phrase
    new = phrase("{number} of them was new", "{number} of them were new", "volunteers_new")
    left = phrase("{number} has stopped", "{number} have stopped", "volunteers_left")
    return list_phrases([each for each in (new, left) if each], clauses=True)


def _roles(content: Content) -> Phrase | None:
    """Return how many volunteers have each role."""
    counted = []
    for role in ROLE.values():
        one, several = (in_sentence(translation(label, language())) for label in (role, role.plural or role))
        counted.append(content.prose.phrase(f"{{number}} {one}", f"{{number}} {several}", ROLE_FIGURES[role.code]))
    return list_phrases([each for each in counted if each])


def _recruiting(content: Content) -> Iterator[Block]:
    prose, say, phrase = content.prose, content.prose.say, content.prose.phrase
    answers = prose.answers("recruited_through", _MOST_ANSWERS)
    applied = phrase("{number} person applied", "{number} people applied", "volunteer_applicants")
    waiting, free = prose.fields("waiting_list"), prose.fields("befrienders_free")
    lacking = (free["value"] or 0) < (waiting["value"] or 0) and not free.get("withheld")
    sentences = [
        say(_("Volunteers have come through {answers}."), answers=answers),
        say(_("{applied} to become volunteers."), applied=applied),
        say(
            _("More volunteers are needed as Hjerteven: {waiting}."),
            waiting=phrase("{number} young person is waiting for one", "{number} young people are waiting for one", "waiting_list")
            if lacking
            else None,
        ),
    ]
    if any(sentences):
        yield heading(_("The way to HUSRUM"))
        yield from paragraph(*sentences)


def _training(content: Content) -> Iterator[Block]:
    say, phrase = content.prose.say, content.prose.phrase
    held = [
        phrase("{number} intro course", "{number} intro courses", "intro_courses"),
        phrase("{number} volunteer meeting", "{number} volunteer meetings", "volunteer_meetings"),
        phrase("{number} supervision session", "{number} supervision sessions", "supervision_sessions"),
        phrase("{number} training session", "{number} training sessions", "training_sessions"),
    ]
    if not any(held):
        return
    yield heading(_("Training and supervision"))
    yield from paragraph(
        plain_run(_("Every volunteer takes an intro course, and is offered supervision.")),
        say(_("{when}, there were {held}."), held=list_phrases([each for each in held if each])),
        say(
            _("{people} to supervision."),
            people=phrase("{number} volunteer came", "{number} volunteers came", "volunteers_supervised"),
        ),
    )
