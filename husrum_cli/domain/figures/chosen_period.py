"""The period that a command is asked about, if its name may be a grant's."""

from __future__ import annotations

from ...errors import NotFound, WrongInput
from ...i18n import _
from ...input.periods import grant_number, period_of, read_period
from ...records import Period
from ...store import Store
from .compute import chosen_branches


def chosen_period(store: Store, text: str, branch: str | None = None, field: str = "period") -> Period:
    """Return the period of a text: as it is written, or the dates of a grant (`grant:3`). Raises `WrongInput` or `NotFound`."""
    number = grant_number(text)
    if number is None:
        return read_period(text, field)
    rows = [row for row in store.rows("SELECT branch_id, starts, ends, total FROM grants WHERE number = ?", number)]
    ids = chosen_branches(store, branch)
    # In a file of several cities a grant without a city's name is the nation's own.
    own = [row for row in rows if row["branch_id"] in ids] if len(ids) == 1 else [row for row in rows if row["branch_id"] is None]
    if not own:
        raise NotFound(_("{field}: there is no grant {number}. See: husrum grant list", field=field, number=number), field)
    starts, ends = own[0]["starts"], own[0]["ends"] or (own[0]["starts"] if own[0]["total"] is not None else None)
    if not starts or not ends:
        raise WrongInput(_("{field}: grant {number} has no end; write the period itself, like 2024.", field=field, number=number), field)
    return period_of(starts, ends, field)._replace(name=f"grant:{number}")
