"""The confirmation of a correction: what each value is now, and what it was before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..domain.activities.activities import Activity
from ..domain.corrections import ANY_DAY, Change
from ..domain.people.edit import edit_person
from ..domain.people.entering import Facts
from ..domain.people.lookup import Person
from ..errors import NotFound
from ..i18n import _, decimal_number, field_word, language, long_day
from ..input.dates import day_in_words, days_since, possible_days, today
from ..rowtypes.context import CommandContext
from ..rowtypes.rowtype import RowType
from ..rowtypes.typed import TypedOptions
from ..vocabulary import CONFIDED, Codes, label
from .lists import in_words

# Notes, and the answers of the interview; why something ended is what the coordinator corrects here.
_NOT_REPEATED = (CONFIDED - {"reason"}) | {"note", "items"}


def changed_text(row_type: RowType[Any] | None, changes: Sequence[Change]) -> str:
    """Describe changes of a row, or of what has no row type: `date 2024-10-08 (before: 2024-10-01), title Games (before: Game)`; of private values only that they changed."""
    if not changes:
        return _("nothing changed, since it was so already")
    return ", ".join(_changed(row_type, change) for change in changes)


def _changed(row_type: RowType[Any] | None, change: Change) -> str:
    word = row_type.word(change.column) if row_type else field_word(change.column)
    if change.column in _NOT_REPEATED:
        return _("{column} changed", column=word)
    now, before = (_text(change.column, value) for value in (change.after, change.before))
    return _("{column} {now} (before: {before})", column=word, now=now, before=before)


def _text(column: str, value: Any) -> str:
    if value is None or value == () or value == []:
        return "–"
    if isinstance(value, (Person, Activity)):
        return value.display_name
    if isinstance(value, (tuple, list)):
        return ", ".join(_text(column, each) for each in value)
    if isinstance(value, float):
        return decimal_number(value)
    if column in ("date", "on") and value > today():  # a day to come is shown with its weekday
        return day_in_words(value)
    return long_day(str(in_words(column, value)))


def now_and_before(now: str, before: str | None) -> str:
    """Return what something is now, and in brackets what it was before if that was anything else."""
    return now if before in (None, now) else _("{now} (before: {before})", now=now, before=before)


def replaced_text(row_type: RowType[Any] | None, changes: Sequence[Change], *but: str) -> str:
    """Describe in brackets what an entry replaced, but for some columns: ` (note changed)`. Nothing if it only added something."""
    found = [change for change in changes if change.before and change.column not in but]
    return f" ({changed_text(row_type, found)})" if found else ""


def outcome_text(row_type: RowType[Any], vocabulary: Codes, now: str | None, changes: Sequence[Change], day: str = "") -> str:
    """Return an outcome in words, and in brackets what it replaced. day: the column with the day of the outcome, which goes with it."""
    before = next((change.before for change in changes if change.column == "outcome"), None)
    words = [label(vocabulary, code, language()).lower() if code else _("open") for code in (now, before)]
    return now_and_before(words[0], words[1] if before else None) + replaced_text(row_type, changes, "outcome", "" if now else day)


def clear_facts(context: CommandContext, person: Person, row_type: RowType[Any], typed: TypedOptions[Any]) -> Person:
    """Clear what an entry about somebody in the file says they don't have, as `--phone none` does. Returns the person as they are now."""
    cleared = dict.fromkeys(typed.cleared.intersection(Facts._fields))
    person, changes = edit_person(context.people, context.rules, person, cleared) if cleared else (person, ())
    warn_of_changes(context, person, row_type, changes)
    return person


def warn_of_changes(context: CommandContext, person: Person, row_type: RowType[Any], changes: Sequence[Change]) -> None:
    """Say what an entry changed of somebody in the file, and what it was before."""
    if changes:
        context.rules.warn(_("{person}: {changes}.", person=person.display_name, changes=changed_text(row_type, changes)))


def removed_day(typed: TypedOptions[Any], name: str) -> str | None:
    """Return the day by which a row to be removed is named, in one of the options: ANY_DAY if it was left out."""
    return typed.values.get(name) if name in typed else ANY_DAY


def names_except_corrections(context: CommandContext, typed: TypedOptions[Any], *names: str) -> dict[str, Any]:
    """Return the options that were given, but those which only say what is corrected."""
    return {name: value for name, value in typed.resolve_references(context).items() if name not in names}


def confirm_changed(context: CommandContext, what: str, row_type: RowType[Any], changes: Sequence[Change], command: str) -> None:
    """Confirm a correction, with what was there before."""
    text = changed_text(row_type, changes)
    context.confirm(_("{what}: {changes}. See: {command}", what=what, changes=text, command=command))


def confirm_removed(context: CommandContext, what: str, day: str | None, command: str) -> None:
    """Confirm that an entry, from a day or an unknown one, is gone."""
    since = day or _("an unknown date")
    context.confirm(_("{what}, {date}: removed. See: {command}", what=what, date=since, command=command))


def day_among(text: str, days: Sequence[str], message: str) -> str:
    """Return the one of some days that is meant by a text which, without a year, may be the next such day or the latest. Raises `NotFound` with the message."""
    meant = possible_days(text, "date")
    found = [day for day in meant if day in days]
    if not found:
        nearest = min(meant, key=lambda day: min((abs(days_since(each, day)) for each in days), default=0))
        raise NotFound(message.format(date=long_day(nearest)), "date")
    return found[0]
