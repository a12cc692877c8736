"""Numbers that are entered because nothing in the file can be counted for them."""

from __future__ import annotations

from ...errors import WrongInput
from ...i18n import _
from ...store import Store
from ...vocabulary import Share
from ..rules import Rules
from .explain import figure_named
from .registry import ReportedFigure


def set_figure(
    store: Store, rules: Rules, branch: int | None, year: int, key: str, value: float, source: str | None, day: str | None
) -> int:
    """Keeps a reported number for a branch, or for the nation where `branch` is None. Set again, it is replaced."""
    figure = figure_named(key)
    if isinstance(figure, Share):
        raise WrongInput(_("key: {key} is a share, which is never reported: it needs its count and its base.", key=key), "key")
    if not isinstance(figure, ReportedFigure):
        rules.warn(_("{key} is counted from the file in every year it has records of; this number stands only where it has none.", key=key))
    whole = not isinstance(figure, ReportedFigure) or figure.whole
    if whole and value != int(value):
        raise WrongInput(_("value: {key} is a whole number; write it without thousands separators.", key=key), "value")
    if branch is not None and store.national:
        return _set_for_branch(store, branch, year, key, value, source, day)
    store.delete("reported_figures", branch_id=branch, year=year, key=key)
    return store.insert("reported_figures", branch_id=branch, year=year, key=key, value=value, source=source, date=day)


def _set_for_branch(store: Store, branch: int, year: int, key: str, value: float, source: str | None, day: str | None) -> int:
    """What the nation reports for a city belongs to the nation: the city's own file knows nothing of it."""
    uids = store.rows(
        "SELECT uid FROM branches WHERE id = ? UNION ALL SELECT uid FROM expected_branches WHERE branch_id = ?", branch, branch
    )
    for row in uids:
        store.delete("figures_for_branches", branch_uid=row["uid"], year=year, key=key)
    return store.insert("figures_for_branches", branch_uid=uids[0]["uid"], year=year, key=key, value=value, source=source, date=day)
