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


def later_model(*earlier: dict[int, int]) -> Model:
    """Two numbers that were published earlier, of which the first is small and may differ as in its twins; and the same people today, but for one who came."""
    model, (few, many) = model_of(3, 20)
    model.moves = []
    model.earlier = {frozenset(few.items()): earlier}
    came = [model.number(1), model.number(0)]
    model.constant({came[0]: 1, came[1]: 1})
    model.moves += [{came[0]: -1, came[1]: 1}]
    model.know({0: 1, came[0]: 1}, 4, 5, MAIN)
    model.protect(few, [MAIN])
    model.protect({0: 1, came[0]: 1}, [MAIN])
    return model


def test_what_is_published_later_leaves_every_twin_of_what_was_published_earlier() -> None:
    assert later_model({0: 1, 1: -1}).decide() == set()
    assert later_model({0: -1, 1: 1}).decide() == {MAIN}
    assert later_model({0: 1, 1: -1}, {0: -1, 1: 1}).decide() == {MAIN}


def test_a_later_number_that_depends_on_earlier_ones_has_their_twins() -> None:
    """Nobody else could have come: the later number is another only if the earlier one is."""
    model = later_model({0: 1, 1: -1})
    model.moves = []
    assert model.decide(keep_twins=True) == set()
    assert model.twins == {frozenset({(0, 1)}): ({0: 1, 1: -1},), frozenset({(0, 1), (2, 1)}): ({0: 1, 1: -1},)}


def test_the_nation_by_itself_only_relies_on_twins_that_its_cities_leave() -> None:
    def nation(*twins: dict[int, int]) -> set[tuple[str, str]]:
        model, numbers = model_of(3, 20)
        model.know(numbers[0], 2, 3, MAIN)
        model.offer(0, twins)
        model.only_offered()
        model.protect(numbers[0], [MAIN])
        return model.decide()

    assert nation({0: -1, 1: 1}) == set()
    assert nation({0: 1, 1: -1}) == {MAIN}
    # Each twin may be the truth, but two of them together may not.
    assert nation({0: -2, 1: 2}, {0: 1, 1: -1}) == {MAIN}


def test_several_twins_of_a_small_number_are_kept_in_either_direction() -> None:
    model, (few, _many) = model_of(3, 20)
    model.protect(few, [MAIN])
    model.decide(keep_twins=True)
    assert model.twins == {frozenset({(0, 1)}): ({0: 1, 1: -1}, {0: -1, 1: 1})}
