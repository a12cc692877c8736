"""Agenda items about targets and measurements: second measurements, and targets that are behind."""

from __future__ import annotations

from collections.abc import Iterator

from ...store import Store
from .agenda_records import Record, record

_RUNNING = "SELECT 1 FROM targets WHERE key IS NOT NULL AND outcome IS NULL AND starts <= ?1 AND ends >= ?1"


def measurements(store: Store, day: str, number: int | None = None) -> Iterator[Record]:
    """Yield everybody who is to be measured again; number: only this person."""
    if store.value("SELECT 1 FROM measures LIMIT 1") is None:
        return
    from ..outcomes.measures import due_measures

    for each in due_measures(store, day, number):
        instrument = "" if each["instrument"] == "tils" else f" --instrument {each['instrument']}"
        about = {"number": each["person"], "name": each["name"], "called": each["called"]}
        yield record("measurement due", each["due"], about, f"husrum measure add {each['person']}{instrument}", each["due"], day)


def targets(store: Store, day: str) -> Iterator[Record]:
    """Yield every target that is behind in the last quarter of its period."""
    if store.value(_RUNNING, day) is None:  # computing figures takes time
        return
    from ..money.targets import target_sentence, targets_behind

    for each in targets_behind(store, day):
        yield record("target behind", each["ends"], {"ref": None, "title": target_sentence(each)}, "husrum target list")
