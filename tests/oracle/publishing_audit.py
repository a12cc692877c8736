"""Someone who wants to compute small numbers back, with a solver: they know every exact total, and every published number of the cities and of the country.

For each question an integer programme holds all they know. A number is found out where its smallest and its largest value are the same. Nothing of the program's
own decisions is used here, only what it published.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple

from countries import ASKED, NON_ANSWERS, City, Country
from solver import Solver

from husrum_cli import vocabulary
from husrum_cli.domain.figures.share_registry import DISTRIBUTIONS, SHARES

SILENT = (*NON_ANSWERS, "not_recorded")
DIAGNOSES = tuple(code for code in vocabulary.QUESTIONS["diagnosis"].codes or () if code not in vocabulary.NO_DIAGNOSIS)
THRESHOLD = 5
Sum = dict[str, float]


class Programme:
    """Variables, what is known of them, and the numbers that must not be found out."""

    def __init__(self) -> None:
        self.index: dict[str, int] = {}
        self.truth: list[float] = []
        self.known: list[tuple[Sum, float, float]] = []
        self.secrets: dict[str, Sum] = {}
        self.attacked = 0

    def number(self, name: str, truth: float) -> Sum:
        """A number that is not negative."""
        self.index[name] = len(self.index)
        self.truth.append(truth)
        return {name: 1.0}

    def know(self, total: Sum, low: float, high: float) -> None:
        """The sum is between these; the truth is too, or the model is wrong."""
        value = self.value(total)
        assert low - 1e-6 <= value <= high + 1e-6, (low, value, high, total)
        self.known.append((total, low, high))

    def value(self, total: Sum) -> float:
        """Return the true sum."""
        return sum(weight * self.truth[self.index[name]] for name, weight in total.items())

    def found_out(self) -> list[str]:
        """The secrets from 1 to below the threshold that have one possible value only."""
        left = {name: total for name, total in self.secrets.items() if 0 < self.value(total) < THRESHOLD}
        self.attacked = len(left)
        together: Sum = {}
        for total in left.values():
            together = plus(together, total)
        for sign in (1, -1):
            if left:
                self._drop(left, together, sign)
        found = []
        while left:
            name, total = left.popitem()
            if not any(self._drop(left, total, sign, abs(self.value(total)), total) for sign in (1, -1)):
                found.append(f"{name} = {self.value(total):.0f}")
        return found

    def _drop(self, left: dict[str, Sum], aim: Sum, sign: int, value: float = 0, secret: Sum | None = None) -> bool:
        """Another possible country, as far from the truth as can be: whatever differs there can't be determined."""
        point = self._solver.least(self._numbered({name: sign * weight for name, weight in aim.items()}))
        assert point is not None
        for name in [name for name, total in left.items() if abs(self._at(total, point) - self.value(total)) > 0.5]:
            del left[name]
        return secret is not None and abs(self._at(secret, point) - value) > 0.5

    @cached_property
    def _solver(self) -> Solver:
        sums, lows, highs = zip(*self.known, strict=True)
        return Solver([self._numbered(total) for total in sums], lows, highs, columns=len(self.index), largest=10_000, whole=True)

    def _numbered(self, total: Sum) -> dict[int, float]:
        return {self.index[name]: weight for name, weight in total.items()}

    def _at(self, total: Sum, point: Sequence[float]) -> float:
        return sum(weight * point[self.index[name]] for name, weight in total.items())


def plus(*sums: Sum) -> Sum:
    """The sum of sums."""
    total: Sum = {}
    for each in sums:
        for name, weight in each.items():
            total[name] = total.get(name, 0) + weight
    return total


def minus(total: Sum) -> Sum:
    """The same with the sign changed."""
    return {name: -weight for name, weight in total.items()}


class Findings(NamedTuple):
    """The numbers that were determined, and how many small numbers were attacked."""

    found: list[str]
    attacked: int


def found_out(country: Country, cities: dict[str, Any], nation: dict[str, Any], questions: Iterable[str] = ASKED) -> Findings:
    """Return what can be computed back from the published statistics of the cities and of the nation together."""
    programmes = [_question(country, cities, nation, each.key, each.question) for each in DISTRIBUTIONS if each.question in questions]
    programmes.append(_recruited(country, cities, nation))
    programmes += [_count(country, cities, nation, key) for key in ("peer_supporters", "moved_on", "programme")]
    found = [text for each in programmes for text in each.found_out()]
    return Findings(found, sum(each.attacked for each in programmes))


class Cells:
    """The cells of one group of people: the numbers, who answered, and who gave one of the answers of a share."""

    def __init__(self, programme: Programme, name: str, numbers: dict[str, int]) -> None:
        self.x = {code: programme.number(f"{name} {code}", number) for code, number in numbers.items()}
        self.answered: Sum = {}
        self.some: Sum = {}

    def count(self, answers: Collection[str]) -> Sum:
        """Return how many gave one of these answers."""
        return self.some if self.some and len(answers) > 1 else plus(*(self.x[code] for code in answers))


def _question(country: Country, cities: dict[str, Any], nation: dict[str, Any], key: str, question: str) -> Programme:
    programme = Programme()
    shares = [share for share in SHARES if share.question == question]
    every: list[Cells] = []
    for city in country.cities:
        tables = []
        for part, people in (("interviewed", city.interviewed), ("others", city.others)):
            tables.append(table_of(programme, f"{city.name} {part}", question, numbers_of(people, question), people))
            keep(programme, f"{city.name} {part}", tables[-1:], shares)
        keep(programme, city.name, tables, shares)
        read(programme, cities[city.name], key + "_at_intake", tables[:1], shares, "_at_intake")
        read(programme, cities[city.name], key, tables, shares, "")
        every += tables
    read(programme, nation, key + "_at_intake", every[::2], shares, "_at_intake")
    read(programme, nation, key, every, shares, "")
    keep(programme, "nation", every, shares)
    keep(programme, "nation interviewed", every[::2], shares)
    return programme


def numbers_of(people: Iterable[dict[str, tuple[str, ...]]], question: str) -> dict[str, int]:
    given = [person.get(question, ("not_recorded",)) for person in people]
    return {
        code: sum(code in each for each in given) for code in (*(vocabulary.QUESTIONS[question].codes or ()), *NON_ANSWERS, "not_recorded")
    }


def table_of(programme: Programme, name: str, question: str, numbers: dict[str, int], people: Any) -> Cells:
    """The cells of one group of people, and what everybody knows of them."""
    cells = Cells(programme, name, numbers)
    silent = plus(*(cells.x[code] for code in SILENT))
    answers = [code for code in numbers if code not in SILENT]
    if question not in vocabulary.SEVERAL:
        programme.know(plus(*cells.x.values()), len(people), len(people))
        cells.answered = plus(*(cells.x[code] for code in answers))
        return cells
    members = DIAGNOSES if question == "diagnosis" else answers
    some = sum(any(code in members for code in person.get(question, ())) for person in people)
    cells.some = programme.number(f"{name} some", some)
    programme.know(plus(*(cells.x[code] for code in members), minus(cells.some)), 0, 20_000)
    for code in members:
        programme.know(plus(cells.some, minus(cells.x[code])), 0, 20_000)
    cells.answered = cells.some
    if question == "diagnosis":
        rest = ("stress", "in_assessment")
        truth = sum(bool(set(person.get(question, ())) & set(rest)) and not set(person[question]) & set(members) for person in people)
        neither = programme.number(f"{name} neither", truth)
        programme.know(plus(*(cells.x[code] for code in rest), minus(neither)), 0, 20_000)
        for code in rest:
            programme.know(plus(cells.some, neither, minus(cells.x[code])), 0, 20_000)
        cells.answered = plus(cells.some, neither, cells.x["none"])
    programme.know(plus(cells.answered, silent), len(people), len(people))
    return cells


def keep(programme: Programme, name: str, tables: list[Cells], shares: list[Any], among: list[Cells] | None = None) -> None:
    """The numbers that must stay unknown: every answer, every share's count and those who answered otherwise, and how many answered.

    `among`: the people are some of these, and what all of these said is known of each.
    """
    whole = among or tables
    everybody = programme.value(plus(*(number for table in whole for number in (table.answered, *map(table.x.get, SILENT)) if number)))
    of_all = _secrets(whole, shares)
    for secret, number in _secrets(tables, shares).items():
        if among is None or programme.value(of_all[secret]) < everybody:
            programme.secrets[f"{name} {secret}"] = number


def _secrets(tables: list[Cells], shares: list[Any]) -> dict[str, Sum]:
    found = {code: plus(*(table.x[code] for table in tables)) for code in tables[0].x}
    found["answered"] = plus(*(table.answered for table in tables))
    for share in shares:
        found[share.key] = plus(*(table.count(share.answers) for table in tables))
        found[f"not {share.key}"] = plus(found["answered"], minus(found[share.key]))
    return found


def read(programme: Programme, published: dict[str, Any], key: str, tables: list[Cells], shares: list[Any], basis: str) -> None:
    """Everything that is published of a question on one basis."""
    for code, number in published["distributions"][key].items():
        _know_published(programme, plus(*(table.x[code] for table in tables)), number)
    answered = plus(*(table.answered for table in tables))
    for share in shares:
        fields = published["figures"][share.key + basis]
        count = plus(*(table.count(share.answers) for table in tables))
        _know_published(programme, answered, fields["answered"])
        _know_published(programme, count, fields["count"])
        for name in SILENT:
            _know_published(programme, plus(*(table.x[name] for table in tables)), fields[name])
        others = plus(answered, minus(count))
        if fields["value"] is not None:
            percent = round(fields["value"] * 100)
            programme.know(answered, 4 * THRESHOLD, 20_000)
            programme.know(count, THRESHOLD, 20_000)
            programme.know(others, THRESHOLD, 20_000)
            exact = plus(times(count, 200), times(answered, 1 - 2 * percent))
            programme.know(exact, 0, 10**7)
            programme.know(plus(exact, times(answered, -2)), -(10**7), -1)
        elif isinstance(fields["count"], int) and fields["count"] and isinstance(fields["answered"], int) and fields["answered"] > 20:
            programme.know(others, 0, THRESHOLD - 1)  # that is why it has no percentage


def times(total: Sum, factor: int) -> Sum:
    """The sum as many times."""
    return {name: factor * weight for name, weight in total.items()}


def _know_published(programme: Programme, number: Sum, value: Any) -> None:
    """Add what is known of a published number: hidden below the threshold, withheld, or the nearest multiple."""
    if isinstance(value, dict):
        if value.get("below"):
            programme.know(number, 1, value["below"] - 1)
    elif value == 0:
        programme.know(number, 0, 0)
    else:
        programme.know(number, max(THRESHOLD, value - 2), value + 2)


def _recruited(country: Country, cities: dict[str, Any], nation: dict[str, Any]) -> Programme:
    programme = Programme()
    every: list[Cells] = []
    for city in country.cities:
        given = [through if through in vocabulary.RECRUITED_THROUGH else "not_recorded" for through in city.recruited]
        cells = Cells(programme, city.name, {code: given.count(code) for code in (*vocabulary.RECRUITED_THROUGH, *SILENT)})
        cells.answered = plus(*(number for code, number in cells.x.items() if code not in SILENT))
        programme.know(plus(*cells.x.values()), len(given), len(given))
        keep(programme, city.name, [cells], [])
        read(programme, cities[city.name], "recruited_through", [cells], [], "")
        every.append(cells)
    keep(programme, "nation", every, [])
    read(programme, nation, "recruited_through", every, [], "")
    return programme


def _count(country: Country, cities: dict[str, Any], nation: dict[str, Any], key: str) -> Programme:
    """A protected figure. Who knows that somebody is linked knows that the nation's number may be less than the cities' together."""
    programme = Programme()
    every: list[Sum] = []

    def figure_of(published: dict[str, Any]) -> Any:
        if key != "programme":
            figure = published["figures"][key]
            return figure if figure["value"] is None else figure["value"]
        return published["distributions"]["programme"].get("Sommer", {}).get("young_people", {"withheld": True})

    for city in country.cities:
        truth, least, most = _truth(city, key)
        number = programme.number(city.name, truth)
        programme.know(number, least, most)
        if least < most:  # otherwise the exact figures disclose it
            programme.secrets[city.name] = number
        every.append(number)
        _know_published(programme, number, figure_of(cities[city.name]))
    total = plus(*every)
    # If the exact figures disclose every city's number that is not 0, they disclose the nation's.
    open_ones = [least < most for truth, least, most in (_truth(city, key) for city in country.cities) if truth]
    if not country.shared and any(open_ones):
        programme.secrets["nation"] = total
        _know_published(programme, total, figure_of(nation))
    return programme


def _truth(city: City, key: str) -> tuple[int, int, int]:
    """The number, and the bounds that the exact figures give it."""
    young = len(city.interviewed) + len(city.others)
    if key == "peer_supporters":
        # Volunteers who don't lead are peer supporters, and the number of leaders is exact.
        return city.peers, city.peers, len(city.recruited)
    return (city.moved_on, 0, young) if key == "moved_on" else (city.programme, 0, young)


def how_much(published: Any) -> Counter[str]:
    """Count what is published: numbers that are withheld, numbers of which only a bound is shown, and what those that are shown add up to."""
    if isinstance(published, dict):
        if published.get("withheld") is True:
            return Counter(withheld=1)
        parts = [how_much(each) for name, each in published.items() if name not in ("year", "schema", "period", "published")]
        return sum(parts, Counter(below=int("below" in published)))
    if isinstance(published, (int, float)) and not isinstance(published, bool):
        return Counter(sum=round(100 * published))
    return Counter()
