"""What outsiders may see of the visits by month and of the use of grants: parts of exact figures stay exact, other numbers of people are rounded."""

from __future__ import annotations

from typing import Any

from .details import BEFRIENDING, CHANNELS, GrantUse, YearDetails, cost
from .rounding import block, rounded


def published_details(details: YearDetails, threshold: int) -> YearDetails:
    """Months as they are: they are visits, not people. Of a grant, where its young people live is left out."""
    return details._replace(grants=tuple(_published(grant, threshold) for grant in details.grants))


def _published(grant: GrantUse, threshold: int) -> GrantUse:
    # How many came to an offer in the year is an exact figure; how many came to one of several is a new number of people, and so is how many
    # were interviewed, which is nearly the number of interviews.
    offers = tuple((offer, visits, None if offer == "intake" else people) for offer, visits, people in grant.offers)
    everything = {*CHANNELS, BEFRIENDING} == {offer for offer, _visits, _people in grant.offers}
    people = grant.young_people if everything else _shown(grant.young_people, threshold)
    each = cost(grant.per_year, people) if isinstance(people, int) else None
    return grant._replace(offers=offers, young_people=people, cost_per_young_person=each, municipalities={})


def _shown(number: int, threshold: int) -> Any:
    near = rounded(block(number, threshold).middle, threshold)
    return {"value": None, "below": threshold} if near is None else near
