"""The record of a person's summary."""

from __future__ import annotations

from typing import NamedTuple


class NextStep(NamedTuple):
    """Something that comes next: its day, what it is, the command that deals with it. `due`: its day has come, or there is no day to wait for."""

    date: str | None
    what: str
    command: str
    due: bool


class Strip(NamedTuple):
    """The meetings of a group while somebody was in it. `months`: the name of a month and its signs, in the last twelve months; `came`: `5/7`, of all."""

    group: str
    came: str
    months: tuple[tuple[str, str], ...]


class SummarySection(NamedTuple):
    """Lines under a word. `alert`: they are about something that must not be forgotten."""

    title: str
    lines: tuple[str, ...]
    alert: bool = False


class PersonSummary(NamedTuple):
    """One person. `aside`: age, next to the name; `since`: lines below it; `months`: their names, and what -> numbers in each and in all."""

    name: str
    aside: str
    alert: str
    since: tuple[str, ...]
    steps: tuple[NextStep, ...]
    months: tuple[tuple[str, ...], tuple[tuple[str, tuple[int, ...]], ...]]
    strips: tuple[Strip, ...]
    sections: tuple[SummarySection, ...]
    more: str
