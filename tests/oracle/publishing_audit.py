"""Someone who wants to compute small numbers back, with a solver: they know every exact total, every published number of the cities and of the country, and the rule.

For each question an integer programme holds all they know. A number is found out where its smallest and its largest value are the same.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy
from countries import ASKED, NON_ANSWERS, City, Country
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array

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
        self.whole: list[int] = []
        self.known: list[tuple[Sum, float, float]] = []
        self.secrets: dict[str, Sum] = {}

    def number(self, name: str, truth: float, whole: bool = True) -> Sum:
        """A number that is not negative."""
        self.index[name] = len(self.index)
        self.truth.append(truth)
        self.whole.append(int(whole))
        return {name: 1.0}

    def know(self, total: Sum, low: float, high: float) -> None:
        """The sum lies between; the truth does too, or the model is wrong."""
        value = self.value(total)
        assert low - 1e-6 <= value <= high + 1e-6, (low, value, high, total)
        self.known.append((total, low, high))

    def value(self, total: Sum) -> float:
        """What the sum really is."""
        return sum(weight * self.truth[self.index[name]] for name, weight in total.items())

    def found_out(self) -> list[str]:
        """The secrets from 1 to below the threshold that have one possible value only."""
        left = {name: total for name, total in self.secrets.items() if 0 < self.value(total) < THRESHOLD}
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
        """Another possible country, as far from the truth as can be: what is different there is no longer a secret that could be found out."""
        point = self._solve(aim, sign)
        for name in [name for name, total in left.items() if abs(self._at(total, point) - self.value(total)) > 0.5]:
            del left[name]
        return secret is not None and abs(self._at(secret, point) - value) > 0.5

    def _at(self, total: Sum, point: Any) -> float:
        return sum(weight * float(point[self.index[name]]) for name, weight in total.items())

    def _solve(self, aim: Sum, sign: int) -> Any:
        cells = [(row, self.index[name], weight) for row, (total, _low, _high) in enumerate(self.known) for name, weight in total.items()]
        rows, columns, weights = zip(*cells, strict=True)
        matrix = coo_array((weights, (rows, columns)), shape=(len(self.known), len(self.index)))
        lows, highs = [low for _total, low, _high in self.known], [high for _total, _low, high in self.known]
        costs = numpy.zeros(len(self.index))
        for name, weight in aim.items():
            costs[self.index[name]] = sign * weight
        solved = milp(costs, constraints=LinearConstraint(matrix.tocsr(), lows, highs), integrality=self.whole, bounds=Bounds(0, 10_000))
        assert solved.x is not None, solved.message
        return solved.x


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


def found_out(country: Country, cities: dict[str, Any], nation: dict[str, Any], questions: Iterable[str] = ASKED) -> list[str]:
    """What can be computed back from the published statistics of the cities and of the nation together."""
    found = []
    for distribution in DISTRIBUTIONS:
        if distribution.question in questions:
            found += _question(country, cities, nation, distribution.key, distribution.question).found_out()
    found += _recruited(country, cities, nation).found_out()
    for key in ("peer_supporters", "moved_on", "programme"):
        found += _count(country, cities, nation, key).found_out()
    return found


class _Cells:
    """The cells of one table: the numbers, and what each counts as in a published sum."""

    def __init__(self, programme: Programme, name: str, numbers: dict[str, int]) -> None:
        self.x = {code: programme.number(f"{name} {code}", number) for code, number in numbers.items()}
        self.middle = {code: middle(programme, f"{name} {code}", self.x[code], number) for code, number in numbers.items()}
        self.base = 0
        self.some: Sum = {}
        self.some_middle: Sum = {}

    def shown(self, answers: Iterable[str]) -> Sum:
        """What these answers count as."""
        return plus(*(self.middle[code] for code in answers))


def middle(programme: Programme, name: str, number: Sum, truth: int) -> Sum:
    """What a number counts as in a sum: by the rule at most 1 from it, 0 for 0, and 1.5 for 1 and 2."""
    from husrum_cli.domain.figures.rounding import block

    counts = programme.number(f"{name} counts", block(truth, THRESHOLD).middle, whole=False)
    programme.know(plus(counts, minus(number)), -1, 1)
    programme.know(plus(counts, {each: -1.5 for each in number}), -20_000, 0)
    programme.know(plus(counts, {each: -0.75 for each in number}), 0, 20_000)
    return counts


def _question(country: Country, cities: dict[str, Any], nation: dict[str, Any], key: str, question: str) -> Programme:
    programme = Programme()
    shares = [share for share in SHARES if share.question == question]
    used: dict[str, list[_Cells]] = {"": [], "_at_intake": []}
    complete = {"": True, "_at_intake": True}
    every: list[_Cells] = []
    for city in country.cities:
        tables = []
        for part, people in (("interviewed", city.interviewed), ("others", city.others)):
            numbers = _numbers(people, question)
            table = _table(programme, f"{city.name} {part}", question, numbers, people)
            tables.append(table)
            _keep(programme, f"{city.name} {part}", [table], shares)
        _keep(programme, city.name, tables, shares)
        every += tables
        for basis, both in (("_at_intake", tables[:1]), ("", tables)):
            held = _used(cities[city.name], key, basis, both, used["_at_intake"])
            if held is None:
                complete[basis] = False
                continue
            _read(programme, cities[city.name], key, basis, held, shares)
            used[basis] += held
    for basis in used:
        if complete[basis] and used[basis]:
            _read(programme, nation, key, basis, used[basis], shares)
    _keep(programme, "nation", every, shares)
    _keep(programme, "nation interviewed", every[::2], shares)
    return programme


def _numbers(people: Iterable[dict[str, tuple[str, ...]]], question: str) -> dict[str, int]:
    given = [person.get(question, ("not_recorded",)) for person in people]
    return {
        code: sum(code in each for each in given) for code in (*(vocabulary.QUESTIONS[question].codes or ()), *NON_ANSWERS, "not_recorded")
    }


def _table(programme: Programme, name: str, question: str, numbers: dict[str, int], people: Any) -> _Cells:
    """The cells of one group of people, and what everybody knows of them."""
    cells = _Cells(programme, name, numbers)
    cells.base = len(people)
    silent = plus(*(cells.x[code] for code in SILENT))
    answers = [code for code in numbers if code not in SILENT]
    if question not in vocabulary.SEVERAL:
        programme.know(plus(*cells.x.values()), cells.base, cells.base)
        return cells
    members = DIAGNOSES if question == "diagnosis" else answers
    some = sum(any(code in members for code in person.get(question, ())) for person in people)
    cells.some = programme.number(f"{name} some", some)
    cells.some_middle = middle(programme, f"{name} some", cells.some, some)
    programme.know(plus(*(cells.x[code] for code in members), minus(cells.some)), 0, 20_000)
    for code in members:
        programme.know(plus(cells.some, minus(cells.x[code])), 0, 20_000)
    whole = plus(cells.some, silent)
    if question == "diagnosis":
        rest = ("stress", "in_assessment")
        truth = sum(bool(set(person.get(question, ())) & set(rest)) and not set(person[question]) & set(members) for person in people)
        neither = programme.number(f"{name} neither", truth)
        programme.know(plus(*(cells.x[code] for code in rest), minus(neither)), 0, 20_000)
        for code in rest:
            programme.know(plus(cells.some, neither, minus(cells.x[code])), 0, 20_000)
        whole = plus(whole, neither, cells.x["none"])
    programme.know(whole, cells.base, cells.base)
    return cells


def _keep(programme: Programme, name: str, tables: list[_Cells], shares: list[Any]) -> None:
    """What must stay unknown: every answer, every share's count, and how many answered."""
    for code in tables[0].x:
        programme.secrets[f"{name} {code}"] = plus(*(table.x[code] for table in tables))
    for share in shares:
        if len(share.answers) > 1:
            parts = [table.some or plus(*(table.x[code] for code in share.answers)) for table in tables]
            programme.secrets[f"{name} {share.key}"] = plus(*parts)
    if "one" not in programme.index:
        programme.know(programme.number("one", 1), 1, 1)
    answered = [plus({"one": float(table.base)}, minus(plus(*(table.x[code] for code in SILENT)))) for table in tables]
    programme.secrets[f"{name} answered"] = plus(*answered)


def _used(published: dict[str, Any], key: str, basis: str, tables: list[_Cells], interviewed: list[_Cells]) -> list[_Cells] | None:
    """Which tables stand behind the numbers; None where that can't be known."""
    numbers = published["distributions"][key + basis]
    people = [table for table in tables if table.base]
    if any(isinstance(number, dict) and number.get("withheld") for number in numbers.values()):
        # The one table of those interviewed is not used at all then. Of both, it can't be known which.
        return [] if basis else None
    left_out = numbers.get("left_out", 0)
    if not left_out:
        return people
    first = [table for table in people if table in interviewed]
    # The published numbers at the interview tell whether those are used.
    return first if basis == "" and first else people[1:] or None


def _read(programme: Programme, published: dict[str, Any], key: str, basis: str, tables: list[_Cells], shares: list[Any]) -> None:
    """Everything that is told of a question."""
    if not tables:
        return
    for code, number in published["distributions"][key + basis].items():
        if code in tables[0].x:
            _told(programme, plus(*(table.shown([code]) for table in tables)), number)
            if len(tables) == 1 and basis:
                _told_exactly(programme, tables[0].x[code], number)
    for share in shares:
        fields = published["figures"][share.key + basis]
        answered = plus({"one": float(sum(table.base for table in tables))}, minus(plus(*(table.shown(SILENT) for table in tables))))
        if isinstance(fields["answered"], int) and fields["answered"]:
            _told(programme, answered, fields["answered"])
        elif isinstance(fields["answered"], dict) and not fields["answered"].get("withheld"):
            programme.know(answered, -1000, THRESHOLD - 0.5)
        counts = plus(*(table.some_middle if table.some and len(share.answers) > 1 else table.shown(share.answers) for table in tables))
        if fields["count"] != fields["answered"]:
            _told(programme, counts, fields["count"])


def _told(programme: Programme, total: Sum, number: Any) -> None:
    """A published number, of which the sum behind it is known to the half of a step."""
    if isinstance(number, dict):
        if number.get("below"):
            programme.know(total, 1.5, number["below"] - 0.5)
    elif number == 0:
        programme.know(total, 0, 0)
    else:
        programme.know(total, max(THRESHOLD, number - THRESHOLD / 2), number + THRESHOLD / 2)


def _told_exactly(programme: Programme, number: Sum, told: Any) -> None:
    """A published number that stands for one cell."""
    if isinstance(told, dict):
        if told.get("below"):
            programme.know(number, 1, told["below"] - 1)
    elif told == 0:
        programme.know(number, 0, 0)
    else:
        programme.know(number, max(THRESHOLD, told - 2), told + 2)


def _recruited(country: Country, cities: dict[str, Any], nation: dict[str, Any]) -> Programme:
    programme = Programme()
    used: list[_Cells] = []
    for city in country.cities:
        given = [through if through in vocabulary.RECRUITED_THROUGH else "not_recorded" for through in city.recruited]
        numbers = {code: given.count(code) for code in (*vocabulary.RECRUITED_THROUGH, *SILENT)}
        cells = _Cells(programme, city.name, numbers)
        cells.base = len(given)
        programme.know(plus(*cells.x.values()), cells.base, cells.base)
        _keep(programme, city.name, [cells], [])
        published = cities[city.name]["distributions"]["recruited_through"]
        if not any(isinstance(number, dict) and number.get("withheld") for number in published.values()):
            used.append(cells)
            for code, number in published.items():
                if code in numbers:
                    _told_exactly(programme, cells.x[code], number)
    if used:
        for code, number in nation["distributions"]["recruited_through"].items():
            if code in used[0].x:
                _told(programme, plus(*(cells.shown([code]) for cells in used)), number)
    return programme


def _count(country: Country, cities: dict[str, Any], nation: dict[str, Any], key: str) -> Programme:
    programme = Programme()
    used: list[Sum] = []
    every: list[Sum] = []

    def told(published: dict[str, Any]) -> Any:
        if key != "programme":
            figure = published["figures"][key]
            return figure if figure["value"] is None else figure["value"]
        return published["distributions"]["programme"]["Sommer"]["young_people"]

    for city in country.cities:
        truth, most = _truth(city, key)
        number = programme.number(city.name, truth)
        programme.know(number, 0, most)
        programme.secrets[city.name] = number
        every.append(number)
        shown = told(cities[city.name])
        if not (isinstance(shown, dict) and shown.get("withheld")):
            _told_exactly(programme, number, shown)
            used.append(middle(programme, city.name, number, truth))
    programme.secrets["nation"] = plus(*every)
    shown = told(nation)
    if used and not (isinstance(shown, dict) and shown.get("withheld")):
        _told(programme, plus(*used), shown)
    return programme


def _truth(city: City, key: str) -> tuple[int, int]:
    """The number, and the exact one that it can't exceed."""
    young = len(city.interviewed) + len(city.others)
    if key == "peer_supporters":
        return city.peers, len(city.recruited)
    return (city.moved_on, young) if key == "moved_on" else (city.programme, young)
