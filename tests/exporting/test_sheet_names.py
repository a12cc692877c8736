"""The names of people on the attendance sheet."""

from __future__ import annotations

from husrum_cli.domain.people.lookup import Person
from husrum_cli.exporting.attendance_sheet import called_names

_SHARED = (
    *(("Anna Holm", None), ("Anna Krogh", None), ("anna Kvist", "Anna"), ("Bo Holm", None), ("Kristoffer Dahl", "Stoffer")),
    *(("Anna", None), ("Åse Å", None)),
)


def test_what_people_are_called_where_they_share_it() -> None:
    people = [Person(id, 1, id, name, called, None) for id, (name, called) in enumerate(_SHARED, 1)]
    assert list(called_names(people).values()) == ["Anna H.", "Anna Krogh", "Anna Kvist", "Bo", "Stoffer", "Anna", "Åse"]
