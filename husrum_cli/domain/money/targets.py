"""Targets: what was promised for a period, in numbers or in words, and how far it has come."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from ...errors import NotFound, Refused, WrongInput
from ...i18n import _, decimal_number
from ...input.dates import today
from ...records import Period, YearRecord
from ...records.targets import TargetLine
from ...store import Store
from ...store.rows import Row
from ...vocabulary import Share
from ..corrections import Change, changes, correct_row
from ..figures.chosen_period import chosen_period
from ..figures.period_records import period_records
from ..figures.registry import BY_KEY, find_figure, label_of
from ..figures.rounding import WITHHELD
from ..row_numbers import free_number
from . import grants

# Measures that grow by the day; anything else is compared with the target itself, as a share or a median is.
_GROWING = frozenset({"rows", "amount"})


def add_target(
    store: Store,
    key: str | None,
    value: float | None,
    text: str | None,
    period: str,
    grant: int | None,
    why: str | None,
    outcome: str | None = None,
    note: str | None = None,
    number: int | None = None,
) -> int:
    """Insert a target and return its id: a figure's key and value, or words. grant: the number of the grant it was promised for."""
    _check(key, value, text)
    number = free_number(store, "targets", number, branch_id=store.own_branch)
    days = _days(chosen_period(store, period))
    grant_id = _grant_id(store, grant)
    _refuse_twin(store, key, text, days, grant_id)
    return store.insert(
        "targets",
        branch_id=store.own_branch,
        number=number,
        key=key,
        value=as_stored(key, value),
        text=text,
        **days,
        grant_id=grant_id,
        why=why,
        outcome=outcome,
        note=note,
    )


def as_stored(key: str | None, value: float | None) -> float | None:
    """Return a value as it is compared: a share may be given in per cent (40) or as a fraction (0.4)."""
    return value / 100 if value is not None and is_share(key) and value > 1 else value


def is_share(key: str | None) -> bool:
    """Return whether a key is that of a share."""
    return key is not None and isinstance(BY_KEY.get(key), Share)


def target_number_text(key: str | None, value: float | None) -> str:
    """Return a target's number as it is read: that of a share in per cent."""
    return "–" if value is None else f"{decimal_number(round(100 * value, 1))} %" if is_share(key) else decimal_number(value)


def find_target(store: Store, number: int) -> Any:
    """Return the target of this number. Raises `NotFound`."""
    found = store.row("SELECT * FROM targets WHERE branch_id IS ? AND number = ?", store.own_branch, number)
    if found is None:
        raise NotFound(_("There is no target {number}. See: husrum target list", number=number), "number")
    return found


def _refuse_twin(
    store: Store, key: str | None, text: str | None, days: Mapping[str, Any], grant: int | None, own: int | None = None
) -> None:
    """Raise `Refused` if there is another target for the same figure or in the same words, of the same period and grant."""
    sql = """SELECT number FROM targets WHERE branch_id IS ? AND key IS ? AND text IS ? AND starts = ? AND ends = ? AND grant_id IS ? AND id IS NOT ?"""
    twin = store.value(sql, store.own_branch, key, text, days["starts"], days["ends"], grant, own)
    if twin is not None:
        raise Refused(_("There is such a target already; to change it: husrum target edit {number}", number=twin), "key")


def edit_target(store: Store, number: int, given: dict[str, Any]) -> list[Change]:
    """Correct a target, and return what changed. given: `key`, `value`, `text`, `period`, `grant`, `why`, `note`; None clears."""
    found = find_target(store, number)
    before = {**found, "grant": store.value("SELECT number FROM grants WHERE id = ?", found["grant_id"])}
    stored = {name: value for name, value in given.items() if name not in ("period", "grant", "value")}
    if "period" in given:
        stored |= _days(chosen_period(store, given["period"]))
    if "grant" in given:
        stored["grant_id"] = _grant_id(store, given["grant"])
    key = given.get("key", found["key"])
    if "value" in given:
        stored["value"] = as_stored(key, given["value"])
    _check(key, stored.get("value", found["value"]), stored.get("text", found["text"]))
    after = {**found, **stored}
    _refuse_twin(store, after["key"], after["text"], after, after["grant_id"], found["id"])
    store.update_all("targets", {"id": found["id"]}, **stored)  # one of the columns is called `key`
    return changes(before, {name: stored.get(name, value) for name, value in given.items()})


def mark_target(store: Store, number: int, outcome: str | None, given: Mapping[str, Any]) -> list[Change]:
    """Record the outcome of a target, and return the changes. given: `note`; left out, it stays. An outcome of None takes both back."""
    return correct_row(store, "targets", find_target(store, number), {"outcome": outcome, **(given if outcome else {"note": None})})


def remove_target(store: Store, number: int) -> None:
    """Delete a target."""
    store.delete("targets", id=find_target(store, number)["id"])


def target_records(store: Store, period: str | None = None, day: str | None = None, touching: Period | None = None) -> list[dict[str, Any]]:
    """Return the targets, those that end first before others, with the value now and the one expected by a day (today).

    period: only those of this period; touching: those with a day in it. A share is a fraction. expected: the share of the period's days that have passed, of what grows by the day.
    """
    day = day or today()
    chosen = chosen_period(store, period) if period else None
    sql = """SELECT targets.number, targets.branch_id, key, value, text, period, targets.starts, targets.ends, grants.number AS "grant", why, outcome, note
        FROM targets LEFT JOIN grants ON grants.id = grant_id ORDER BY targets.ends, targets.starts, targets.branch_id, targets.number"""
    wanted = [
        row
        for row in store.rows(sql)
        if not (chosen and (row["starts"], row["ends"]) != (chosen.first, chosen.last))
        and not (touching and not (row["starts"] <= touching.last and touching.first <= row["ends"]))
    ]
    values = _values(store, wanted)
    found = []
    for row in wanted:
        span = Period(row["period"], row["starts"], row["ends"])
        branch = _branch_of(store, row)
        now = values[branch, span.first, span.last].get(row["key"]) if row["key"] else None
        several = {"branch": branch} if len(store.branches) > 1 else {}
        columns = ("number", "key", "text", "period", "value")
        more = ("grant", "why", "outcome", "note")
        found.append(
            {
                **several,
                **{column: row[column] for column in columns},
                "now": now,
                "expected": expected_value(row["key"], row["value"], span, day),
                **{column: row[column] for column in more},
                "ends": row["ends"],
                "starts": row["starts"],
            }
        )
    return found


def _branch_of(store: Store, row: Row) -> str | None:
    """Return the branch that a target is of; None: of the whole file."""
    return store.branches.get(row["branch_id"]) if row["branch_id"] is not None else None


def _values(store: Store, rows: list[Row]) -> dict[tuple[str | None, str, str], dict[str, Any]]:
    """Return branch, first and last day -> the figures, of every target's period; the file is read once for the periods of a branch."""
    periods: dict[str | None, dict[tuple[str, str], Period]] = {}
    for row in rows:
        if row["key"]:
            span = Period(row["period"], row["starts"], row["ends"])
            periods.setdefault(_branch_of(store, row), {}).setdefault((span.first, span.last), span)
    return {
        (branch, *days): {line.key: line.fields["value"] for line in record.figures}
        for branch, spans in periods.items()
        for days, record in zip(spans, period_records(store, [*spans.values()], branch), strict=True)
    }


def target_lines(store: Store, record: YearRecord, branch: str | None = None) -> list[TargetLine]:
    """Return the targets with a day in the period of a record, of one branch or of all in the file.

    Of a record as outsiders may see it, the value now is the record's own, of targets of exactly its period; notes are left out.
    """
    period, own = record.period, {line.key: line.fields for line in record.figures}
    lines = []
    for each in target_records(store, touching=period):
        if branch is not None and each.get("branch", branch) != branch:
            continue
        now = each["now"]
        if record.threshold:
            same = (each["starts"], each["ends"]) == (period.first, period.last) and len(record.branches) == (
                1 if each.get("branch") else len(store.branches)
            )
            fields = own.get(each["key"], {}) if same else WITHHELD
            now = fields if fields.get("value") is None else fields["value"]
        words = label_of(find_figure(each["key"])) if each["key"] else each["text"] or ""
        texts = (None, None) if record.threshold else (each["why"], each["note"])
        lines.append(
            TargetLine(each["number"], each.get("branch"), each["key"], words, each["period"], each["value"], now if each["key"] else None,
                       is_share(each["key"]), each["outcome"], each["grant"], *texts)
        )  # fmt: skip
    return lines


def expected_value(key: str | None, value: float | None, period: Period, day: str) -> float | None:
    """Return what a target's figure would be by a day if it grew evenly, with one decimal; None for a target in words."""
    if key is None or value is None:
        return None
    figure = BY_KEY.get(key)
    if figure is None or getattr(figure, "measure", "") not in _GROWING:
        return value
    return round(value * elapsed_share(period, day), 1)


def elapsed_share(period: Period, day: str) -> float:
    """Return the share of a period's days that have passed by the end of a day."""
    first, last, now = map(date.fromisoformat, (period.first, period.last, day))
    return min(1.0, max(0.0, ((now - first).days + 1) / ((last - first).days + 1)))


def targets_behind(store: Store, day: str) -> list[dict[str, Any]]:
    """Return the targets without an outcome that are behind what is expected, in the last quarter of their period."""
    sql = "SELECT 1 FROM targets WHERE key IS NOT NULL AND outcome IS NULL AND starts <= ?1 AND ends >= ?1"
    if store.value(sql, day) is None:
        return []
    return [
        target
        for target in target_records(store, day=day, touching=Period("", day, day))
        if target["key"]
        and target["outcome"] is None
        and target["starts"] <= day <= target["ends"]
        and elapsed_share(Period("", target["starts"], target["ends"]), day) > 0.75
        and (target["now"] or 0) < target["expected"]
    ]


def target_sentence(target: dict[str, Any]) -> str:
    """Return a listed target as a sentence, with how far it has come."""
    words = {"number": target["number"], "period": target["period"]}
    if not target["key"]:
        return _("Target {number}, {period}: {text}.", text=str(target["text"] or "").rstrip("."), **words)
    now, value = (target_number_text(target["key"], target[name]) for name in ("now", "value"))
    return _(
        "Target {number}, {period}: {figure}, {now} of {value}.",
        figure=label_of(find_figure(target["key"])),
        now=now,
        value=value,
        **words,
    )


def _check(key: str | None, value: float | None, text: str | None) -> None:
    if (key is None) != (value is None):
        raise WrongInput(_("value: a figure's target has a key and a value, like: visits 2500"), "value")
    if key is None and text is None:
        raise WrongInput(_("key: give a figure and its value, or the target in words with --text."), "key")


def _days(period: Period) -> dict[str, str]:
    return {"period": period.name, "starts": period.first, "ends": period.last}


def _grant_id(store: Store, number: int | None) -> int | None:
    return None if number is None else int(grants.find_grant(store, number)["id"])
