"""Names typed in full while ticking off, the space between as a key of its own."""

from __future__ import annotations

from test_ticking import everybody, typed

from husrum_cli.commands.forms.ticking import TickList


def by_name(*names: str, people: tuple[str, ...] = ("Anna Holm", "Jens Holm", "Anna Jensen", "Bo Ek", "Emma Holm")) -> list[str]:
    """Who is ticked after names were typed as they are written, the space between as a key of its own, and Enter after each."""
    ticks = TickList(everybody(*people))
    for name in names:
        for place, word in enumerate(name.split(" ")):
            if place:
                ticks.tick()
            typed(ticks, word)
        ticks.enter()
    return [people[id - 1] for id in ticks.result.ids]


def test_a_first_name_and_surname_typed_in_one_go_are_one_person() -> None:
    assert by_name("Anna Jensen") == ["Anna Jensen"]
    assert by_name("Bo Ek") == ["Bo Ek"] == by_name("Bo E", people=("Anna Holm", "Bo Ek"))
    assert by_name("Anna Holm", "Anna Jensen") == ["Anna Holm", "Anna Jensen"] == by_name("Anna Jensen", "Anna Holm")
    assert by_name("Emma Holm") == ["Emma Holm"]
    assert by_name("Anna", "Jens") == ["Anna Jensen"]  # which of the two was asked
    assert by_name("Emma", "Bo") == ["Bo Ek", "Emma Holm"]  # a first name is another person
    assert by_name("an", "jensen") == ["Anna Holm", "Anna Jensen"]  # nor is the beginning of a name a whole one
