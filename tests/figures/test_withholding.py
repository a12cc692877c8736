"""What is withheld of a model: as little as keeps every small number safe."""

from __future__ import annotations

from husrum_cli.domain.figures.withholding import Model

NEVER, BREAKDOWN, RARE, MAIN = ("", "never"), ("", "breakdown"), ("", "rare"), ("", "main")


def model_of(*values: int) -> tuple[Model, list[dict[int, int]]]:
    """Numbers with an exact total, of which anybody may be in another."""
    model = Model(5)
    numbers = [{model.number(value): 1} for value in values]
    model.constant({place: 1 for place in range(len(values))})
    model.moves = [{one: -1, other: 1} for one in range(len(values)) for other in range(len(values)) if one != other]
    return model, numbers


def test_what_was_withheld_in_vain_is_shown_again() -> None:
    model, (few, many) = model_of(3, 20)
    model.know(few, 1, 4, BREAKDOWN)
    model.know(many, 20, 20, RARE)
    model.protect(few, [BREAKDOWN], [RARE])
    assert model.decide() == {RARE}


def test_of_what_is_withheld_at_once_only_what_is_needed_stays_withheld() -> None:
    model, (few, many) = model_of(3, 20)
    model.know(few, 1, 4, MAIN)
    model.know(many, 20, 20, RARE)
    model.protect(few, [BREAKDOWN], [RARE, MAIN])
    assert model.decide() == {RARE}


def test_what_was_withheld_at_the_outset_stays_withheld() -> None:
    model, (few, _many) = model_of(3, 20)
    model.withheld = {NEVER}
    model.protect(few, [BREAKDOWN])
    assert model.decide() == {NEVER}


def test_a_number_that_exact_figures_disclose_withholds_all_that_is_said_of_it() -> None:
    model, (few, many) = model_of(3, 20)
    model.constant(many)
    model.protect(few, [BREAKDOWN], [RARE])
    assert model.decide() == {BREAKDOWN, RARE}


def test_a_twin_is_found_that_needs_two_moves_which_each_break_something() -> None:
    """One person fewer here and one more there, in two cities, of whom the sums are published."""
    model, numbers = model_of(3, 20)
    places = [model.number(value) for value in (3, 20)]
    model.constant({place: 1 for place in places})
    model.moves += [{places[0]: 1, places[1]: -1}, {places[0]: -1, places[1]: 1}]
    model.know({0: 1, places[0]: 1}, 6, 6, BREAKDOWN)
    model.protect(numbers[0], [BREAKDOWN])
    assert model.decide() == set()
