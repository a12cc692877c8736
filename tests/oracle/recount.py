"""A second count of a city's figures, in plain Python from the rows of text, that shares nothing with the program."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from recount_answers import all_distributions, all_shares
from recount_engagement import engagement_figures
from recount_figures import REPORTED_ONLY, counted_figures, has_records, reported_figures
from recount_reading import City, Period, Records, read, year_span


def recount(city: City, when: int | Period) -> dict[str, Any]:
    """Every figure, share and distribution of a year or a period, as `stats` should give them for this one city.

    A count has `value` and `source` (counted, or reported where the year has no records); what can only be reported
    has `value` (None where nothing was); a share has `value`, `count`, `answered`, `base`, `declined`, `not_asked`
    and `not_recorded`.
    """
    records, span = read(city), year_span(when) if isinstance(when, int) else when
    return {
        "figures": all_figures(records, span) | all_shares(records, span),
        "distributions": all_distributions(records, span),
    }


def all_figures(records: Records, span: Period) -> dict[str, dict[str, object]]:
    """Counted values; a reported one where the year has no records; and those that can only be reported."""
    counted = counted_figures(records, span) | engagement_figures(records, span)
    reported = reported_figures(records, span)
    kept = has_records(records, span)
    figures: dict[str, dict[str, object]] = {}
    for key, value in counted.items():
        if key in reported and not kept:
            figures[key] = {"value": reported[key], "source": "reported"}
        else:
            figures[key] = {"value": value, "source": "counted"}
    if figures["cost_per_visit_dkk"]["source"] == "counted":  # of the two other figures, whatever their source
        figures["cost_per_visit_dkk"]["value"] = cost(figures["grants_dkk"]["value"], figures["visits"]["value"])
    for key in REPORTED_ONLY:
        figures[key] = {"value": reported.get(key)}
    return figures


def cost(kroner: Any, number: Any) -> float | None:
    """Kroner for each, to the nearest øre, halves up."""
    return int(Fraction(100 * int(kroner or 0), int(number)) + Fraction(1, 2)) / 100 if number else None
