"""A second count of a city's figures, in plain Python from the rows of text, that shares nothing with the program."""

from __future__ import annotations

from typing import Any

from recount_answers import all_distributions, all_shares
from recount_figures import all_figures
from recount_reading import City, read


def recount(city: City, year: int) -> dict[str, Any]:
    """Every figure, share and distribution of the year, as `stats year` should give them for this one city.

    A count has `value` and `source` (counted, or reported where the year has no records); what can only be reported
    has `value` (None where nothing was); a share has `value`, `count`, `answered`, `base`, `declined`, `not_asked`
    and `not_recorded`.
    """
    records = read(city)
    return {
        "figures": all_figures(records, year) | all_shares(records, year),
        "distributions": all_distributions(records, year),
    }
