"""The shares and distributions of a year, from the records of the questions that are asked at an interview."""

from __future__ import annotations

from typing import NamedTuple

from ...vocabulary import AGE_BANDS, QUESTIONS, RECRUITED_THROUGH, ROLE, Codes, Question, Share

AT_INTAKE = "_at_intake"


class Distribution(NamedTuple):
    """The distribution of the answers to a question. `codes` None: free text. `several`: one may give several answers. `of_the_day`: it changes without
    being asked, as an age does, so outsiders see it of one day only.
    """

    key: str
    danish: str
    english: str
    question: str
    codes: Codes | None
    several: bool = False
    of_the_day: bool = False


def _distributions(of_year: bool) -> tuple[Distribution, ...]:
    chosen = [each for each in QUESTIONS.values() if each.distribution and each.of_year == of_year]
    return tuple(_distribution(each) for each in sorted(chosen, key=lambda each: each.place))


def _distribution(question: Question) -> Distribution:
    return Distribution(question.distribution, *question.label, question.key, question.codes, question.several)


SHARES: tuple[Share, ...] = tuple(
    sorted(
        (share._replace(question=question.key) for question in QUESTIONS.values() for share in question.shares),
        key=lambda share: share.place,
    )
)
# Both of participants of the year and, with `_at_intake`, of the interviews held in it.
DISTRIBUTIONS: tuple[Distribution, ...] = (
    *_distributions(of_year=True),
    Distribution("age_band", "Alder", "Age", "age_band", AGE_BANDS, of_the_day=True),
)
# Of the interviews held in the year only.
INTAKE_DISTRIBUTIONS: tuple[Distribution, ...] = (
    *_distributions(of_year=False),
    Distribution("referred_by", "Henvist af", "Referred by", "referred_by", None),
)
RECRUITED = Distribution("recruited_through", "Frivilliges vej til HUSRUM", "How volunteers came", "recruited_through", RECRUITED_THROUGH)
PROGRAMME = Distribution("programme", "Programmer", "Programmes", "programme", None, several=True)
# Counted from other rows than answers.
VOLUNTEER_ROLES = Distribution("role", "Frivilliges roller", "Roles of volunteers", "role", ROLE, several=True)
ACTIVITY = Distribution("activity", "Sociale arrangementer efter aktivitet", "Social events by activity", "activity", None)
PARTNER_KIND = Distribution("partner_kind", "Samarbejdspartnere efter type", "Partners by kind", "partner_kind", None)
MUNICIPALITY_AGE = Distribution("municipality_age", "Kommune og alder", "Municipality and age", "municipality_age", None)
OTHER_DISTRIBUTIONS = (PROGRAMME, VOLUNTEER_ROLES, ACTIVITY, PARTNER_KIND, MUNICIPALITY_AGE)
