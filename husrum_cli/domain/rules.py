"""Strict or lenient rules: a new decision that breaks a rule is refused; an import of past data only gets a warning."""

from __future__ import annotations

from functools import cached_property

from ..errors import Refused
from ..i18n import _
from ..input.dates import today


class Rules:
    """The rules and warnings of one command. `strict`: a broken rule refuses; otherwise it is a warning.

    forced: why somebody goes on although a rule is broken; empty: they didn't say; None: nobody forces anything.
    ages: person -> the youngest and the oldest that they can have been, as an import met them.
    passed_over: people who are meant by a range or by "everybody", but about whom nothing is entered any more: id -> the note that says so.
    """

    def __init__(self, strict: bool = True, forced: str | None = None) -> None:
        self.strict = strict
        self.forced = forced
        self.warnings: list[str] = []
        self.ages: dict[str, tuple[int, int]] = {}
        self.passed_over: dict[int, str] = {}

    def warn(self, message: str) -> None:
        """Warn the coordinator, without stopping the command."""
        if message not in self.warnings:
            self.warnings.append(message)

    def leaves_out(self, person: int) -> bool:
        """Whether somebody is passed over; then it is said."""
        if note := self.passed_over.get(person):
            self.warn(note)
        return bool(note)

    def broken(self, message: str, field: str | None = None) -> None:
        """Refuse what breaks a rule of new decisions, or only warn if the rules are lenient."""
        if self.strict:
            raise Refused(message, field)
        self.warn(message)

    @cached_property
    def today(self) -> str:
        """Today's date, the same for the whole command."""
        return today()

    def not_in_future(self, day: str | None, field: str) -> None:
        """Refuse a day after today for something that has happened."""
        if day is not None and day > self.today:
            self.broken(_("{field}: {date} has not come yet.", field=field, date=day), field)


def overlap(one: tuple[str | None, str | None], other: tuple[str | None, str | None]) -> bool:
    """Whether two periods share the end of a day. No start: always; no end: still. What ends on the day another starts does not overlap it."""
    return (one[0] or "") < (other[1] or "~") and (other[0] or "") < (one[1] or "~")


def covers(starts: str | None, ends: str | None, day: str) -> bool:
    """Whether a period includes the day; its first and last day belong to it."""
    return (starts or "") <= day <= (ends or "~")
