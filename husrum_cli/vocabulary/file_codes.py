"""The rows of a file's table `codes`."""

from __future__ import annotations

from collections.abc import Iterator

from .codes import (
    AGREEMENT,
    ATTEST,
    EVENT_KIND,
    GENDER,
    GOAL_OUTCOME,
    GROUP_KIND,
    NON_ANSWERS,
    OFFER,
    PURPOSE,
    REASON,
    ROLE,
    SUGGESTION_OUTCOME,
    TARGET_OUTCOME,
    TIME,
)
from .instruments import INSTRUMENT
from .questions import QUESTIONS, answers_of
from .records import Vocabulary

ANY_TEXT = "*"
# The wishes of either side of a match, facts about themselves, and what they want to avoid. None: free text.
PREFERENCES: dict[str, Vocabulary | None] = {
    "interest": None,
    "time": TIME,
    "area": None,
    "speaks": None,
    "about": None,
    "wants_gender": GENDER,
    "wants_age": None,
    "avoid": None,
}
_COLUMNS = (
    ROLE, ATTEST, REASON, PURPOSE, GROUP_KIND, EVENT_KIND, AGREEMENT, OFFER, INSTRUMENT, NON_ANSWERS, GOAL_OUTCOME, SUGGESTION_OUTCOME, TARGET_OUTCOME,
)  # fmt: skip


def stored_codes() -> Iterator[tuple[str, str]]:
    """Yield every (vocabulary, code) that a file may contain: of a question or a kind of preference by its key, else of the vocabulary by its name."""
    for question in QUESTIONS.values():
        yield from ((question.key, code) for code in (answers_of(question.key) if question.codes else (ANY_TEXT,)))
    for kind, vocabulary in PREFERENCES.items():
        yield from ((kind, code) for code in vocabulary or (ANY_TEXT,))
    for column in _COLUMNS:
        yield from ((column.name, code) for code in column)
