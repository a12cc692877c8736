"""Numbers as people read them."""

from __future__ import annotations

from typing import Any

from ..locale import decimal_number
from .stats import _remark as remark
from .stats import share_text, value_text

__all__ = ["number_text", "remark", "share_text", "value_text"]


def number_text(number: Any) -> str:
    """A number; a dash where nothing is known."""
    if isinstance(number, dict):
        number = number["value"]
    return "–" if number is None else decimal_number(number)
