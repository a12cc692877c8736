"""The dates on which a match is to be reviewed: 1, 3, 6 and 12 months after it began."""

from __future__ import annotations

from ...input.dates import days_after, months_before

REVIEWS = (1, 3, 6, 12)
"""Months after its start at which a match is talked over."""
_AHEAD = 7
"""Days before a review on which a contact counts as one."""
_ASKED = 2
"""Months for which a review is asked for."""


def review_due(starts: str, contact: str | None, day: str) -> str | None:
    """Return the day of the latest review that has come by a day and still waits for a contact; None: there was one, or it is too long ago."""
    due = max((each for months in REVIEWS if (each := months_before(starts, -months)) <= day), default=None)
    if due is None or due < months_before(day, _ASKED):
        return None
    return due if (contact or "") < days_after(due, -_AHEAD) else None


def next_review(starts: str, contact: str | None, day: str) -> str | None:
    """Return the day of the review that is due, else of the next one; None: all are past."""
    coming = min((each for months in REVIEWS if (each := months_before(starts, -months)) > day), default=None)
    return review_due(starts, contact, day) or coming
