"""Records of the list that people are ticked off on."""

from __future__ import annotations

from typing import NamedTuple


class Candidate(NamedTuple):
    """Somebody who may have come, as the list to tick off shows them: the number and what they are called, nothing else.

    `shown`: what they are called, with as much of the surname as distinguishes those who share it; empty: `called` alone.
    `words`: what finds them, folded, their full name in order. `volunteer`: they would count as one there. `hidden`: only shown if they are typed.
    """

    id: int
    number: int
    called: str
    words: tuple[str, ...]
    volunteer: bool = False
    ticked: bool = False
    excused: bool = False
    hidden: bool = False
    shown: str = ""


class TickResult(NamedTuple):
    """The result of a tick list: the ids of people present, the full names of new ones, the number of others, and the ids of those excused."""

    ids: tuple[int, ...]
    newcomers: tuple[str, ...]
    unnamed: int
    excused: tuple[int, ...] = ()
