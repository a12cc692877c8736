"""Details shown next to a period's figures in exports: visits by month, and the use of grants."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, NamedTuple

from ...i18n.collation import danish_key
from ...input.periods import calendar_parts
from ...records import Period
from ...store import Store
from ...vocabulary import NON_ANSWERS, OFFER
from .answers import period_answers
from .compute import chosen_branches, cost
from .queries import query
from .tables import Days, period_tables

BEFRIENDING = "befriending"
VISIT_CHANNELS = tuple(offer for offer in OFFER if offer != BEFRIENDING)


class GrantUse(NamedTuple):
    """The use in a period of all grants for the same offers together, so that nothing is divided by visits twice. Costs are kroner, to the nearest øre; None if
    nothing was paid for.

    `funder`: those of the grants, `agreement`: theirs, if it is the same. `per_year`: the yearly amounts together, None if a grant has none. `amount`: what
    falls in the period. `funders`: (number, funder, agreement, amount) of each grant.
    `offers`: (offer, visits, young people) for each they pay for; befriending has no visits. `young_people`: each once; what outsiders may not
    see of them is `{"below": 5}`. `completed`: courses.
    `municipalities`: of the young people, by their latest answer.
    """

    branch: str
    funder: str
    agreement: str | None
    per_year: int | None
    offers: tuple[tuple[str, int | None, Any], ...]
    visits: int
    young_people: Any
    completed: int
    cost_per_visit: float | None
    cost_per_young_person: float | None
    municipalities: dict[str, int]
    amount: int
    funders: tuple[tuple[int, str, str | None, int], ...] = ()


class PeriodDetails(NamedTuple):
    """`months`: channel -> its visits in each month of the period; they sum to the channel's figure. `month_names`: these months, like `2024-01`."""

    months: dict[str, tuple[int, ...]]
    grants: tuple[GrantUse, ...]
    month_names: tuple[str, ...] = ()


def details_of(store: Store, period: Period, branch: str | None = None) -> PeriodDetails:
    """Return the details of one branch, or of all the branches in the file."""
    chosen = chosen_branches(store, branch)
    days = period_tables(store, period)
    names = tuple(month.name for month in calendar_parts(period.first, period.last, "month"))
    return PeriodDetails(_months(store, days, chosen, names), _grants(store, days, chosen), names)


def _months(store: Store, days: Days, chosen: Collection[int], names: tuple[str, ...]) -> dict[str, tuple[int, ...]]:
    months = {channel: dict.fromkeys(names, 0) for channel in VISIT_CHANNELS}
    sql = f"SELECT scope, channel, substr(date, 1, 7), sum(amount) FROM ({query('visits', nation=False)}) GROUP BY 1, 2, 3"
    for branch, channel, month, amount in store.connection.execute(sql, days):
        if branch in chosen:
            months[channel][month] += amount
    return {channel: tuple(numbers.values()) for channel, numbers in months.items()}


# The offers each person had in the period, and their visits there.
_USES = """
    SELECT people.branch_id, offers.person_id, iif(offer = 'befriended', 'befriending', offer), visits
    FROM period_offers AS offers JOIN people ON people.id = offers.person_id
    UNION ALL SELECT branch_id, NULL, channel, sum(amount) FROM period_visits WHERE NOT named GROUP BY 1, 3"""
_GRANTS = """
    SELECT grants.id, branch_id, number, ifnull(funder, '') AS funder, agreement, per_year, amount,
        (SELECT group_concat(offer) FROM grant_offers WHERE grant_id = grants.id) AS offers
    FROM period_grants JOIN grants ON grants.id = grant_id WHERE branch_id IS NOT NULL ORDER BY branch_id, number"""


def _grants(store: Store, days: Days, chosen: dict[int, str]) -> tuple[GrantUse, ...]:
    together: dict[tuple[int, tuple[str, ...]], list[Any]] = {}
    for grant in store.rows(_GRANTS):
        if grant["branch_id"] in chosen:
            paid = set((grant["offers"] or ",".join(OFFER)).split(","))
            together.setdefault((grant["branch_id"], tuple(offer for offer in OFFER if offer in paid)), []).append(grant)
    if not together:
        return ()
    young = {row["person_id"] for row in store.rows("SELECT person_id FROM period_people")}
    uses = [tuple(row) for row in store.rows(_USES)]
    municipality = {
        answer.person_id: answer.answer
        for answer in period_answers(store, days)
        if answer.basis == "" and answer.question == "municipality" and answer.answer not in NON_ANSWERS
    }
    completed: dict[int, int] = {}
    for branch, number in store.connection.execute(f"SELECT scope, count(*) FROM ({query('completed', nation=False)}) GROUP BY 1", days):
        completed[branch] = number
    used = []
    for (branch, offers), grants in together.items():
        own = [use for use in uses if use[0] == branch and use[2] in offers]
        people = {person for _branch, person, _offer, _visits in own if person in young}
        visits, amount = sum(use[3] for use in own), sum(grant["amount"] for grant in grants)
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
        agreements = {grant["agreement"] for grant in grants}
        yearly = [grant["per_year"] for grant in grants]
        used.append(
            GrantUse(
                chosen[branch],
                " + ".join(dict.fromkeys(grant["funder"] for grant in grants if grant["funder"])),
                agreements.pop() if len(agreements) == 1 else None,
                None if None in yearly else sum(yearly),
                each,
                visits,
                len(people),
                completed.get(branch, 0) if "talk_group" in offers else 0,
                cost(amount, visits),
                cost(amount, len(people)),
                {place: places[place] for place in sorted(places, key=danish_key)},
                amount,
                tuple((grant["number"], grant["funder"], grant["agreement"], grant["amount"]) for grant in grants),
            )
        )
    return tuple(used)
