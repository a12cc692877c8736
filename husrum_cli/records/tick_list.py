"""Records of the list that people are ticked off on."""

from __future__ import annotations

from typing import NamedTuple


class Candidate(NamedTuple):
    """Somebody who may have come, as the list to tick off shows them: the number and what they are called, nothing else.

    `words`: what finds them, folded, their full name in order. `volunteer`: they would count as one there. `hidden`: only shown where they are typed.
    """

    id: int
    number: int
    called: str
    words: tuple[str, ...]
    volunteer: bool = False
    ticked: bool = False
    hidden: bool = False


class Ticked(NamedTuple):
    """Who was ticked off: ids, full names of those who are new, and how many more there were."""

    ids: tuple[int, ...]
    newcomers: tuple[str, ...]
    unnamed: int
