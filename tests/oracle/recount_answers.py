"""The shares and the distributions of one city and year, each as its definition reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from city_codes import (
    AGE_BANDS,
    DIAGNOSES,
    GENDERS,
    LONELINESS,
    MOTIVES,
    NON_ANSWERS,
    OCCUPATIONS,
    OFFERS,
    RECRUITED_THROUGH,
    SOURCES,
    SUICIDAL_THOUGHTS,
    TREATMENTS,
)
from recount_figures import VISIT_CHANNELS, age_on, events_held, kinds_of_partners, last_day, participants, volunteers
from recount_reading import Enquiry, Period, Records, several

NOT_RECORDED = "not_recorded"

# Answers that are given to the question of diagnoses, and are none.
NO_DIAGNOSIS = {"none", "stress", "in_assessment"}


@dataclass(frozen=True)
class Question:
    """A column of `intakes`, the name of its distribution, and the codes it is answered with (none: free text)."""

    column: str
    name: str
    codes: list[str]


QUESTIONS = [
    Question("source", "referral", SOURCES),
    Question("occupation", "occupation", OCCUPATIONS),
    Question("diagnosis", "diagnosis", DIAGNOSES),
    Question("loneliness", "loneliness", LONELINESS),
    Question("suicidal_thoughts", "suicidal_thoughts", SUICIDAL_THOUGHTS),
    Question("treatment", "treatment", TREATMENTS),
    Question("motive", "motive", MOTIVES),
    Question("gender", "gender", GENDERS),
    Question("municipality", "municipality", []),
]
AT_INTAKE_ONLY = [
    Question("wish", "wish", OFFERS),
    Question("offered", "offered", OFFERS),
    Question("referred_by", "referred_by", []),
]


@dataclass(frozen=True)
class Share:
    """A share: which column it is about, and whom of those who answered it counts."""

    column: str
    counts: Callable[[str], bool]


SHARES = {
    "referral_municipal": Share("source", lambda answer: answer == "municipal"),
    "loneliness_severe": Share("loneliness", lambda answer: answer == "severe"),
    "diagnosis_any": Share("diagnosis", lambda answer: bool(set(several(answer)) - NO_DIAGNOSIS)),
    "suicidal_thoughts": Share("suicidal_thoughts", lambda answer: answer in ("past", "current")),
    "occupation_student": Share("occupation", lambda answer: answer.startswith("student_")),
    "occupation_unemployed_or_sick": Share("occupation", lambda answer: answer in ("unemployed", "sick_leave")),
}


def names_diagnosis(code: str) -> Callable[[str], bool]:
    """Whether an answer names that one diagnosis."""
    return lambda answer: code in several(answer)


for _code in DIAGNOSES:
    SHARES[f"diagnosis_{_code}"] = Share("diagnosis", names_diagnosis(_code))


def latest_answer(records: Records, person: str, column: str, span: Period) -> str:
    """A person's latest answer on or before 31 December; on the same day the later entered.

    A later non-answer does not undo an earlier answer; where there was never an answer, the latest non-answer counts.
    """
    theirs = [e for e in records.enquiries if e.person == person and e.answered_on <= last_day(span)]
    # The sort keeps the order of the rows within a day, so that the later entered comes last.
    said = [e.answers.get(column, "") for e in sorted(theirs, key=lambda enquiry: enquiry.answered_on)]
    answers = [answer for answer in said if answer and answer not in NON_ANSWERS]
    non_answers = [answer for answer in said if answer in NON_ANSWERS]
    return (answers or non_answers or [NOT_RECORDED])[-1]


def interviews_of(records: Records, span: Period) -> list[Enquiry]:
    """The interviews held in the year."""
    return [e for e in records.enquiries if e.held is not None and span.holds(e.held)]


def answers_of_participants(records: Records, column: str, span: Period) -> list[str]:
    """Base of a plain key: the participants of the year, each by their latest answer."""
    return [latest_answer(records, person, column, span) for person in sorted(participants(records, span))]


def answers_at_intake(records: Records, column: str, span: Period) -> list[str]:
    """Base of `_at_intake`: the interviews held in the year, by the answer given there."""
    return [e.answers.get(column, "") or NOT_RECORDED for e in interviews_of(records, span)]


def share(answers: list[str], counts: Callable[[str], bool]) -> dict[str, object]:
    """Count over answered; declined, not asked and not recorded are next to it, and the four add up to the base."""
    answered = [answer for answer in answers if answer not in (*NON_ANSWERS, NOT_RECORDED)]
    count = sum(1 for answer in answered if counts(answer))
    return {
        "value": count / len(answered) if answered else None,
        "count": count,
        "answered": len(answered),
        "base": len(answers),
        "declined": answers.count("declined"),
        "not_asked": answers.count("not_asked"),
        "not_recorded": answers.count(NOT_RECORDED),
    }


def all_shares(records: Records, span: Period) -> dict[str, dict[str, object]]:
    """Every share, on both bases."""
    shares = {}
    for key, asked in SHARES.items():
        shares[key] = share(answers_of_participants(records, asked.column, span), asked.counts)
        shares[f"{key}_at_intake"] = share(answers_at_intake(records, asked.column, span), asked.counts)
    return shares


def tally(codes: Iterable[str], answers: Iterable[str]) -> dict[str, int]:
    """Each code with how often it was answered, and the non-answers; of several at once each counts for itself."""
    found = Counter(code for answer in answers for code in several(answer))
    return {code: found[code] for code in (*codes, *NON_ANSWERS, NOT_RECORDED)} | dict(found)


def band(age: int) -> str:
    """The age band of whole years."""
    if age < 16:
        return "under_16"
    if age < 20:
        return "16-19"
    if age < 25:
        return "20-24"
    return "25-30" if age <= 30 else "over_30"


def age_bands(records: Records, span: Period) -> dict[str, dict[str, int]]:
    """Whole years on 31 December, for interviews on their day; unknown birth is not recorded."""

    def band_of(person: str, day: date) -> str:
        return band(age_on(records.born[person], day)) if person in records.born else NOT_RECORDED

    interviews = [(e.person, e.held) for e in interviews_of(records, span) if e.held]
    return {
        "age_band": tally(AGE_BANDS, [band_of(who, last_day(span)) for who in participants(records, span)]),
        "age_band_at_intake": tally(AGE_BANDS, [band_of(who, held) for who, held in interviews]),
    }


def programmes(records: Records, span: Period) -> dict[str, dict[str, int]]:
    """Occasions, visits and young people of each programme."""
    result = {}
    for programme in {name for occasion in records.occasions for name in occasion.programmes}:
        held = [o for o in records.occasions if programme in o.programmes and span.holds(o.day)]
        visited = [occasion for occasion in held if occasion.kind in VISIT_CHANNELS]
        result[programme] = {
            "occasions": len(held),
            "visits": sum(len(occasion.participants) + occasion.unnamed for occasion in visited),
            "young_people": len({person for occasion in visited for person in occasion.participants}),
        }
    return result


def all_distributions(records: Records, span: Period) -> dict[str, dict[str, object]]:
    """Every distribution: for the full pictures."""
    spread: dict[str, dict[str, int]] = age_bands(records, span)
    for asked in QUESTIONS:
        spread[asked.name] = tally(asked.codes, answers_of_participants(records, asked.column, span))
        spread[f"{asked.name}_at_intake"] = tally(asked.codes, answers_at_intake(records, asked.column, span))
    for asked in AT_INTAKE_ONLY:
        spread[asked.name] = tally(asked.codes, answers_at_intake(records, asked.column, span))
    recruited = [records.recruited.get(person) or NOT_RECORDED for person in volunteers(records, span)]
    spread["recruited_through"] = tally(RECRUITED_THROUGH, recruited)
    roles = [r.what for r in {(r.person, r.what): r for r in records.roles if r.period.touches(span)}.values()]
    spread["role"] = {role: roles.count(role) for role in ("leader", "peer", "organiser", "online", "befriender")}
    done = [records.activities[event] or NOT_RECORDED for event in events_held(records, span, "social_event")]
    spread["activity"] = dict(Counter(done))
    spread["partner_kind"] = dict(Counter(kind or NOT_RECORDED for kind in kinds_of_partners(records, span)))
    result: dict[str, dict[str, object]] = {name: dict(counts) for name, counts in spread.items()}
    places: dict[str, Counter[str]] = {}
    for person in participants(records, span):
        age = band(age_on(records.born[person], last_day(span))) if person in records.born else NOT_RECORDED
        places.setdefault(latest_answer(records, person, "municipality", span), Counter())[age] += 1
    result["municipality_age"] = {place: dict(numbers) for place, numbers in places.items()}
    return result | {"programme": dict(programmes(records, span))}
