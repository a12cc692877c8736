"""Visits by month and the use of grants, as outsiders may see them."""

from __future__ import annotations

from typing import Any

from .compute import cost
from .details import BEFRIENDING, VISIT_CHANNELS, GrantUse, PeriodDetails
from .rounding import WITHHELD, round_to_threshold


def published_details(details: PeriodDetails, threshold: int, year: bool) -> PeriodDetails:
    """Return months as they are: they are visits, not people. Of a grant, where its young people live is left out. `year`: the period is a calendar year."""
    return details._replace(grants=tuple(_published_grant(grant, threshold, year) for grant in details.grants))


def _published_grant(grant: GrantUse, threshold: int, year: bool) -> GrantUse:
    # The number who came to an offer in the year is an exact figure; the number who came to one of several is a new number of people, and so is how many
    # were interviewed, which is nearly the number of interviews.
    offers = tuple((offer, visits, None if offer == "intake" else people) for offer, visits, people in grant.offers)
    paid = {offer for offer, _visits, _people in grant.offers}
    if paid == {*VISIT_CHANNELS, BEFRIENDING} or (len(paid) == 1 and paid != {"intake"}):
        people: Any = grant.young_people  # those of the year, or of the offer, which are exact figures
    elif year:
        people = _one_of_several(grant.young_people, [each for _offer, _visits, each in grant.offers], threshold)
    else:
        people = WITHHELD
    each = cost(grant.amount, people) if isinstance(people, int) else None
    return grant._replace(offers=offers, young_people=people, cost_per_young_person=each, municipalities={})


def _one_of_several(people: int, offers: list[int], threshold: int) -> Any:
    """Publish the number who came to one of several offers: between the largest and the sum of them if the numbers of each would disclose a small one."""
    shown = round_to_threshold(people, threshold)
    possible = [number for number in range(max(offers, default=0), sum(offers) + 1) if round_to_threshold(number, threshold) == shown]
    return WITHHELD if 0 < people < threshold and len(possible) < 2 else shown
