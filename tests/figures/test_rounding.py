"""Numbers that are shown rounded next to exact ones tell no small number of people."""

from __future__ import annotations

from collections import defaultdict

import pytest

from husrum_cli.domain.figures.rounding import possible, published_number, round_to_threshold


@pytest.mark.parametrize("threshold", [3, 5, 10])
def test_an_overlap_tells_no_small_number_next_to_the_cities_exact_ones(threshold: int) -> None:
    """Whoever knows the rule knows every overlap that would be shown like this, with the nation's number: if one of 1 to 4 fits, another does."""
    for total in range(6 * threshold):
        for most in range((total + 1) // 2, total + 1):
            shown = defaultdict[str, list[int]](list)
            for overlap in range(total - most + 1):
                shown[repr(published_number(total, most, overlap, threshold))].append(overlap)
            if total == most:
                continue  # nobody is in two cities
            for fitting in shown.values():
                small = [each for each in fitting if 0 < each < threshold or 0 < total - each < threshold]
                assert not small or len(fitting) > 1, (total, most, fitting)


def test_an_overlap_is_shown_where_it_tells_nothing() -> None:
    assert published_number(18, 9, 3, 5) == (15, {"value": None, "below": 5})
    assert published_number(40, 20, 7, 5) == (35, 5)
    assert published_number(40, 40, 0, 5) == (40, 0)


@pytest.mark.parametrize("threshold", [2, 3, 5, 10])
def test_a_number_may_be_any_that_is_shown_as_it_is(threshold: int) -> None:
    shown = defaultdict[str, list[int]](list)
    for number in range(8 * threshold):
        shown[repr(round_to_threshold(number, threshold))].append(number)
    for alike in list(shown.values())[:-1]:  # of the last, not all are there
        assert {possible(number, threshold) for number in alike} == {(alike[0], alike[-1])}
