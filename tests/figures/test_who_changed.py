"""Who came and who went between two publications: as few as explain the numbers, and always people who could exist."""

from __future__ import annotations

from random import Random

import pytest

from husrum_cli.domain.figures.answer_tables import AnswerCounts, QuestionTables, subtract
from husrum_cli.domain.figures.changed_tables import who_changed
from husrum_cli.domain.figures.share_registry import DISTRIBUTIONS, SHARES
from husrum_cli.vocabulary import NO_DIAGNOSIS, QUESTIONS, SILENT

ALONE = ("none", *SILENT)
Person = tuple[str, ...]


def asked(question: str) -> QuestionTables:
    """A question with its shares."""
    distribution = next(each for each in DISTRIBUTIONS if each.question == question)
    return QuestionTables(distribution, "", [share for share in SHARES if share.question == question], True)


def counted(question: str, people: list[Person]) -> AnswerCounts:
    """The numbers that husrum counts of people."""
    numbers = {code: sum(code in person for person in people) for code in (*(QUESTIONS[question].codes or ()), *SILENT)}
    diagnosed = sum(any(code not in (*NO_DIAGNOSIS, *SILENT) for code in person) for person in people)
    return AnswerCounts(numbers, len(people), diagnosed if question == "diagnosis" else 0)


def assert_people(question: str, counts: AnswerCounts) -> None:
    """Everybody gave an answer that is given alone, or at least one of the others; and nobody gave one twice."""
    assert min(counts.numbers.values()) >= 0
    some = counts.base - sum(counts.numbers.get(code, 0) for code in ALONE)
    given = {code: number for code, number in counts.numbers.items() if code not in ALONE}
    rest = [given.pop(code) for code in NO_DIAGNOSIS if code in given] if question == "diagnosis" else []
    any_of = counts.union if question == "diagnosis" else some
    assert max(given.values()) <= any_of <= sum(given.values())
    assert any_of <= some <= any_of + sum(rest)
    assert max(rest, default=0) <= some


@pytest.mark.parametrize("question", ["motive", "diagnosis"])
def test_whoever_changed_can_be_people(question: str) -> None:
    chance = Random(question)
    codes = [code for code in QUESTIONS[question].codes or () if code not in ALONE]

    def people(most: int) -> list[Person]:
        several = [tuple(chance.sample(used, chance.randint(1, min(3, len(used))))) for _ in range(chance.randint(0, most))]
        return [*several, *((code,) for code in chance.choices(SILENT if question == "motive" else ALONE, k=chance.randint(0, 2)))]

    for _ in range(300):
        used = chance.sample(codes, chance.randint(1, min(4, len(codes))))
        kept, wrong, right = people(12), people(3), people(3)
        former, now = counted(question, [*kept, *wrong]), counted(question, [*kept, *right])
        came, went = who_changed(asked(question), former, now)
        assert subtract(came, went) == subtract(now, former)
        assert came.base <= len(right) and went.base <= len(wrong)
        for counts in (came, went, subtract(now, came)):
            assert_people(question, counts)


def test_an_answer_that_only_one_publication_has_came_or_went() -> None:
    one, other = AnswerCounts({"Aarhus": 3, "Odder": 1}, 4, 0), AnswerCounts({"Aarhus": 4, "Ry": 2}, 6, 0)
    more, fewer = {"Aarhus": 1, "Odder": 0, "Ry": 2}, {"Aarhus": 0, "Odder": 1, "Ry": 0}
    assert [each.numbers for each in who_changed(asked("municipality"), one, other)] == [more, fewer]
    assert [each.numbers for each in who_changed(asked("municipality"), other, one)] == [fewer, more]
