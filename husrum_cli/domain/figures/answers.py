"""Answers as shares and distributions, on each basis.

The bases: '' participants of the period, each by their latest answer on or before its last day; '_at_intake' the interviews held in the period, by the answer
given there; '_volunteers' the volunteers of the period.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from ...i18n.collation import danish_key
from ...input.text import fold
from ...store import Store
from ...vocabulary import NON_ANSWERS, QUESTIONS, SILENT, Share
from .queries import AGE_AT_END, TOUCHES
from .share_registry import AT_INTAKE, DISTRIBUTIONS, INTAKE_DISTRIBUTIONS, RECRUITED, SHARES, Distribution

OF_VOLUNTEERS = "_volunteers"
_AGE_BAND = "CASE WHEN {0} < 16 THEN 'under_16' WHEN {0} < 20 THEN '16-19' WHEN {0} < 25 THEN '20-24' WHEN {0} <= 30 THEN '25-30' ELSE 'over_30' END"
# Whole years on the day; if only the birth year is known, the years between the two. If the exact date was removed, the age was kept.
_AGE_WHEN_HELD = """(CASE WHEN interview_ages.age IS NOT NULL THEN interview_ages.age
    WHEN length(people.born) = 4 THEN CAST(substr(intakes.held, 1, 4) AS INTEGER) - CAST(people.born AS INTEGER)
    ELSE (CAST(replace(intakes.held, '-', '') AS INTEGER) - CAST(replace(people.born, '-', '') AS INTEGER)) / 10000 END)"""

# Every interview and enquiry of the participants of the year, by its end, the latest last; `held`: whether it is an interview of the year.
_INTAKES = """
SELECT intakes.id, period_people.branch_id, period_people.person_id, ifnull(intakes.held, ifnull(intakes.enquired, '')) AS day,
    intakes.held BETWEEN :first AND :last AS held
FROM period_people JOIN intakes ON intakes.person_id = period_people.person_id
WHERE ifnull(intakes.held, ifnull(intakes.enquired, '')) <= :last ORDER BY 4, 1
"""
_SAID = "SELECT intake_id, question, answer FROM json_each(:intakes) AS asked CROSS JOIN answers ON answers.intake_id = asked.value"
Said = dict[str, tuple[str, ...]]
_OTHERS = f"""
SELECT basis, branch_id, unit, person_id, date, 'age_band', {_AGE_BAND.format("age")} FROM (
    SELECT '' AS basis, branch_id, person_id AS unit, person_id, born AS date, {AGE_AT_END.format("born")} AS age FROM period_people WHERE born IS NOT NULL
    UNION ALL
    SELECT '{AT_INTAKE}', people.branch_id, intakes.id, intakes.person_id, intakes.held, {_AGE_WHEN_HELD}
    FROM intakes JOIN people ON people.id = intakes.person_id LEFT JOIN interview_ages ON interview_ages.intake_id = intakes.id
    WHERE intakes.held BETWEEN :first AND :last AND people.born IS NOT NULL
)
UNION ALL
SELECT '{AT_INTAKE}', people.branch_id, intakes.id, intakes.person_id, intakes.held, 'referred_by', partners.name
FROM intakes JOIN people ON people.id = intakes.person_id JOIN partners ON partners.id = intakes.referred_by
WHERE intakes.held BETWEEN :first AND :last AND partners.name IS NOT NULL
UNION ALL
SELECT DISTINCT '{OF_VOLUNTEERS}', people.branch_id, people.id, people.id, volunteers.joined, 'recruited_through', volunteers.recruited_through
FROM roles JOIN people ON people.id = roles.person_id JOIN volunteers ON volunteers.person_id = people.id
WHERE volunteers.recruited_through IS NOT NULL AND {TOUCHES.format("roles")}
"""


class Answer(NamedTuple):
    """An answer that counts in the period. `basis` is the base it belongs to, `unit` what is counted there: a person, or an interview."""

    basis: str
    branch_id: int
    unit: int
    person_id: int
    date: str | None
    question: str
    answer: str


class AnswerSet(NamedTuple):
    """Answers that count in the period and were given together: `Answer`s that differ only in the last two, as question -> answers."""

    basis: str
    branch_id: int
    unit: int
    person_id: int
    date: str | None
    answers: Said


def period_answers(store: Store, days: dict[str, str]) -> Iterator[Answer]:
    """Yield every answer that counts in the period, on every base."""
    for each in answer_sets(store, days):
        yield from (Answer(*each[:5], question, answer) for question, several in each.answers.items() for answer in several)


def answer_sets(store: Store, days: dict[str, str]) -> list[AnswerSet]:
    """Return the answers that count in the period, on every base. Spellings of the same free text are one answer."""
    spelled = dict(store.connection.execute("SELECT text, spelled FROM temp.spellings").fetchall())
    given: list[AnswerSet] = []
    own: dict[int, list[AnswerSet]] = defaultdict(list)
    intakes = store.connection.execute(_INTAKES, days).fetchall()
    said = _said(store, [intake for intake, *_rest in intakes], spelled)
    for intake, branch, person, day, held in intakes:
        answers = said[intake]
        if held:
            given.append(AnswerSet(AT_INTAKE, branch, intake, person, day, answers))
        # Everybody with an interview in the year is one of its participants. Of their answers to a question the latest are kept.
        latest = {question: _without_silence(several) for question, several in answers.items()}
        for earlier in own[person]:
            for question in earlier.answers.keys() & latest.keys():
                # A later non-answer does not undo an earlier answer; on the same day the later entered counts.
                undone = latest if _is_silence(latest[question]) and not _is_silence(earlier.answers[question]) else earlier.answers
                del undone[question]
        own[person].append(AnswerSet("", branch, person, person, day, latest))
    given += chain.from_iterable(own.values())
    for basis, branch, unit, person, day, question, answer in store.connection.execute(_OTHERS, days):
        text = spelled.get(answer, answer) if question in _FREE else answer
        given.append(AnswerSet(basis, branch, unit, person, day, {question: (text,)}))
    return given


def _said(store: Store, intakes: Iterable[int], spelled: dict[str, str]) -> dict[int, Said]:
    """Return what was answered at these intakes, and at those read before, which several periods may ask about."""
    said = store.cached(None, _nothing_read)
    new = [intake for intake in intakes if intake not in said]
    said.update((intake, {}) for intake in new)
    one: dict[str, tuple[str, ...]] = {}
    for intake, question, answer in store.connection.execute(_SAID, {"intakes": f"[{','.join(map(str, new))}]"}):
        text = spelled.get(answer, answer) if question in _FREE else answer
        others = said[intake].get(question)
        if others is None:
            said[intake][question] = one.setdefault(text, (text,))
        elif text not in others:
            said[intake][question] = (*others, text)
    return said


def _nothing_read(_store: Store) -> dict[int, Said]:
    return {}


def _without_silence(answers: tuple[str, ...]) -> tuple[str, ...]:
    return answers if len(answers) == 1 else tuple(answer for answer in answers if answer not in NON_ANSWERS) or answers


def _is_silence(answers: tuple[str, ...]) -> bool:
    return answers[0] in NON_ANSWERS


def one_spelling(texts: Iterable[tuple[str, int]]) -> dict[str, str]:
    """Return spelling -> the spelling that most rows have of the same text, from (spelling, number of rows), of which a spelling may have several."""
    fitting: dict[str, dict[str, int]] = {}
    for text, number in texts:
        spellings = fitting.setdefault(fold(text), {})
        spellings[text] = spellings.get(text, 0) + number
    return {text: min(each, key=lambda one: (-each[one], one)) for each in fitting.values() if len(each) > 1 for text in each}


_SILENCE = frozenset(NON_ANSWERS)
# Questions that are answered in words of one's own.
_FREE = frozenset({*(each.key for each in QUESTIONS.values() if each.codes is None), "referred_by", "recruited_through"})
FREE_TEXTS = f"""
SELECT answer, count(*) FROM answers WHERE question IN ({", ".join(f"'{each.key}'" for each in QUESTIONS.values() if each.codes is None)}) GROUP BY 1
UNION ALL SELECT partners.name, count(*) FROM intakes JOIN partners ON partners.id = intakes.referred_by WHERE partners.name IS NOT NULL GROUP BY 1
UNION ALL SELECT recruited_through, count(*) FROM volunteers WHERE recruited_through IS NOT NULL GROUP BY 1
"""


_BASES = f"""
SELECT branch_id, '' AS basis, count(*) FROM period_people GROUP BY 1
UNION ALL
SELECT people.branch_id, '{AT_INTAKE}', count(*) FROM intakes JOIN people ON people.id = intakes.person_id WHERE intakes.held BETWEEN :first AND :last GROUP BY 1
UNION ALL
SELECT people.branch_id, '{OF_VOLUNTEERS}', count(DISTINCT people.id) FROM roles JOIN people ON people.id = roles.person_id
WHERE {TOUCHES.format("roles")} GROUP BY 1
"""


class ShareValue(NamedTuple):
    """`count` of `answered`; the four that follow `answered` add up with it to `base`."""

    count: int  # type: ignore[assignment]  # a tuple has a method of this name, which nobody asks of a share
    answered: int
    base: int
    declined: int
    not_asked: int

    @property
    def not_recorded(self) -> int:
        """The number of those with nothing recorded."""
        return self.base - self.answered - self.declined - self.not_asked

    @property
    def value(self) -> float | None:
        """The exact fraction; None if nobody answered."""
        return self.count / self.answered if self.answered else None


Spread = dict[str, int]
Combinations = dict[tuple[str, ...], int]


class Answers:
    """The answers of the period in one branch: how many gave which, together with which others to the same question."""

    def __init__(self, bases: dict[str, int], combinations: dict[tuple[str, str], Combinations]) -> None:
        self.bases, self.combinations = bases, combinations
        self.answered = {
            key: sum([number for answers, number in each.items() if not _SILENCE.issuperset(answers)]) for key, each in combinations.items()
        }

    def share(self, share: Share, basis: str) -> ShareValue:
        """Return the share on a basis."""
        key = (basis, share.question)
        given = self.combinations.get(key, {})
        return ShareValue(
            count=_number(given, share.answers),
            answered=self.answered.get(key, 0),
            base=self.bases.get(basis, 0),
            declined=_number(given, ("declined",)),
            not_asked=_number(given, ("not_asked",)),
        )

    def spread(self, distribution: Distribution, basis: str) -> Spread:
        """Return every code with its number, then the non-answers."""
        key = (basis, distribution.question)
        numbers: dict[str, int] = {}
        for answers, number in self.combinations.get(key, {}).items():
            for answer in answers:
                numbers[answer] = numbers.get(answer, 0) + number
        codes = list(distribution.codes or ())
        codes += sorted(numbers.keys() - {*codes, *NON_ANSWERS}, key=danish_key)
        spread = {code: numbers.get(code, 0) for code in (*codes, *NON_ANSWERS)}
        known = self.answered.get(key, 0) + spread["declined"] + spread["not_asked"]
        spread["not_recorded"] = self.bases.get(basis, 0) - known
        return spread

    def shares(self) -> dict[str, ShareValue]:
        """Return every share, by key."""
        return {share.key + basis: self.share(share, basis) for basis in ("", AT_INTAKE) for share in SHARES}

    def distributions(self) -> dict[str, Spread]:
        """Return every distribution of answers, by key."""
        return {key: self.spread(one, basis) for key, (one, basis) in SPREADS.items()}


# Every distribution of answers: key -> (what is asked, the base it has).
SPREADS: dict[str, tuple[Distribution, str]] = {
    **{one.key + basis: (one, basis) for one in DISTRIBUTIONS for basis in ("", AT_INTAKE)},
    **{one.key: (one, AT_INTAKE) for one in INTAKE_DISTRIBUTIONS},
    RECRUITED.key: (RECRUITED, OF_VOLUNTEERS),
}


def branch_answers(store: Store, days: dict[str, str], branches: Iterable[int], given: Iterable[AnswerSet]) -> dict[int, Answers]:
    """Return the answers of each of these branches."""
    bases: dict[int, dict[str, int]] = {}
    for branch, basis, number in store.connection.execute(_BASES, days):
        bases.setdefault(branch, {})[basis] = number
    numbers: dict[tuple[int, str], Counter[tuple[str, tuple[str, ...]]]] = defaultdict(Counter)
    for each in given:
        numbers[each.branch_id, each.basis].update(each.answers.items())
    combinations: dict[int, dict[tuple[str, str], Combinations]] = {}
    for (branch, basis), counted in numbers.items():
        for (question, answers), number in counted.items():
            combinations.setdefault(branch, {}).setdefault((basis, question), {})[answers] = number
    return {branch: Answers(bases.get(branch, {}), combinations.get(branch, {})) for branch in branches}


def sum_of_shares(shares: Sequence[ShareValue]) -> ShareValue:
    """Return a share of several branches: counts and answers are added, never percentages."""
    return ShareValue(*map(sum, zip(*shares, strict=True)))


def sum_of_spreads(key: str, spreads: Sequence[Spread]) -> Spread:
    """Return a distribution of several branches: its codes, then what else was answered, then the non-answers."""
    total: Spread = {}
    for spread in spreads:
        for code, number in spread.items():
            total[code] = total.get(code, 0) + number
    codes = SPREADS[key][0].codes or ()
    return {code: total[code] for code in (*codes, *sorted(total.keys() - {*codes, *SILENT}, key=danish_key), *SILENT)}


def _number(given: Combinations, answers: Collection[str]) -> int:
    """Return the number of people who gave at least one of these answers; each counts once."""
    counting = frozenset(answers)
    return sum([number for combination, number in given.items() if not counting.isdisjoint(combination)])
