"""What stands beside a year's figures in its exports: visits by month, and what each grant pays for."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from ...store import Store
from ...vocabulary import OFFER
from .answers import NON_ANSWERS, year_answers
from .compute import chosen_branches, year_tables
from .queries import question

BEFRIENDING = "befriending"
CHANNELS = tuple(offer for offer in OFFER if offer != BEFRIENDING)


class GrantUse(NamedTuple):
    """What a grant pays for in the year, of its own branch. Costs are kroner, to the nearest øre; None where nothing was paid for.

    `offers`: (offer, visits, young people) for each it pays for; befriending has no visits. `young_people`: each once; what outsiders may not
    see of them is `{"below": 5}`. `completed`: courses.
    `municipalities`: of the young people, by their latest answer.
    """

    branch: str
    funder: str
    agreement: str | None
    per_year: int
    offers: tuple[tuple[str, int | None, Any], ...]
    visits: int
    young_people: Any
    completed: int
    cost_per_visit: float | None
    cost_per_young_person: float | None
    municipalities: dict[str, int]


class YearDetails(NamedTuple):
    """`months`: channel -> its visits in each of the twelve months; they sum to the channel's figure."""

    months: dict[str, tuple[int, ...]]
    grants: tuple[GrantUse, ...]


def year_details(store: Store, year: int, branch: str | None = None) -> YearDetails:
    """The details of one branch, or of all the branches in the file."""
    chosen = chosen_branches(store, branch)
    with year_tables(store, year) as days:
        return YearDetails(_months(store, days, chosen), _grants(store, days, chosen))


def _months(store: Store, days: dict[str, str], chosen: Collection[int]) -> dict[str, tuple[int, ...]]:
    months = {channel: [0] * 12 for channel in CHANNELS}
    for branch, channel, date, amount in store.connection.execute(
        f"SELECT scope, channel, substr(date, 6, 2), sum(amount) FROM ({question('visits', False)}) GROUP BY 1, 2, 3", days
    ):
        if branch in chosen:
            months[channel][int(date) - 1] += amount
    return {channel: tuple(numbers) for channel, numbers in months.items()}


# Who had which offer in the year, and their visits there.
_USES = """
    SELECT people.branch_id, visits.person_id, visits.channel AS offer, sum(visits.amount) AS visits
    FROM visits LEFT JOIN people ON people.id = visits.person_id
    WHERE visits.named AND visits.date BETWEEN :first AND :last GROUP BY 1, 2, 3
    UNION ALL SELECT visits.branch_id, NULL, visits.channel, sum(visits.amount) FROM visits
    WHERE NOT visits.named AND visits.date BETWEEN :first AND :last GROUP BY 1, 3
    UNION ALL SELECT branch_id, person_id, 'befriending', 0 FROM year_people WHERE befriended"""
_GRANTS = """
    SELECT id, branch_id, ifnull(funder, '') AS funder, agreement, per_year FROM grants
    WHERE ifnull(starts, '') <= :last AND ifnull(ends, '9999') >= :first ORDER BY branch_id, id"""


def _grants(store: Store, days: dict[str, str], chosen: dict[int, str]) -> tuple[GrantUse, ...]:
    grants = [row for row in store.connection.execute(_GRANTS, days) if row["branch_id"] in chosen]
    if not grants:
        return ()
    young = {row["person_id"] for row in store.rows("SELECT person_id FROM year_people")}
    uses = [tuple(row) for row in store.connection.execute(_USES, days)]
    municipality = {
        answer.person_id: answer.answer
        for answer in year_answers(store, days)
        if answer.basis == "" and answer.question == "municipality" and answer.answer not in NON_ANSWERS
    }
    completed: dict[int, int] = {}
    for branch, number in store.connection.execute(f"SELECT scope, count(*) FROM ({question('completed', False)}) GROUP BY 1", days):
        completed[branch] = number
    paid: dict[int, set[str]] = {}
    for row in store.rows("SELECT grant_id, offer FROM grant_offers"):
        paid.setdefault(row["grant_id"], set()).add(row["offer"])
    used = []
    for grant in grants:
        offers = [offer for offer in OFFER if offer in paid.get(grant["id"], OFFER)]
        own = [use for use in uses if use[0] == grant["branch_id"] and use[2] in offers]
        people = {person for _branch, person, _offer, _visits in own if person in young}
        visits = sum(use[3] for use in own)
        each = tuple(
            (
                offer,
                sum(use[3] for use in own if use[2] == offer) if offer != BEFRIENDING else None,
                len({use[1] for use in own if use[2] == offer and use[1] in young}),
            )
            for offer in offers
        )
        places: dict[str, int] = {}
        for person in people & municipality.keys():
            places[municipality[person]] = places.get(municipality[person], 0) + 1
        used.append(
            GrantUse(
                chosen[grant["branch_id"]],
                grant["funder"],
                grant["agreement"],
                grant["per_year"],
                each,
                visits,
                len(people),
                completed.get(grant["branch_id"], 0) if "talk_group" in offers else 0,
                cost(grant["per_year"], visits),
                cost(grant["per_year"], len(people)),
                dict(sorted(places.items())),
            )
        )
    return tuple(used)


def cost(kroner: int, number: int) -> float | None:
    """Kroner for each, to the nearest øre, halves up."""
    return (200 * kroner + number) // (2 * number) / 100 if number else None
