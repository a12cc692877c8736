"""A questionnaire to answer on paper."""

from __future__ import annotations

from typing import NamedTuple


class AnswerForm(NamedTuple):
    """numbers: of the people, a page each; "" for a page without one. items: what is asked. answers: what each can be answered by.

    labels: of the number, the date, and the page (its language as well).
    """

    title: str
    scale: str
    items: tuple[str, ...]
    answers: tuple[str, ...]
    numbers: tuple[str, ...]
    number_label: str
    date_label: str
    language: str
