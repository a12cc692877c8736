"""Phone numbers that can't be one."""

from __future__ import annotations

import re

from ...i18n import _
from ...input.text import phone_key
from ..rules import Rules


def warn_of_phone(rules: Rules, phone: str | None) -> None:
    """Say if a phone number can't be one: in Denmark it has eight digits, abroad it begins with + or 00."""
    key = phone_key(phone or "")
    if phone and (not key or len(key) % 8) and not re.match(r"\s*(\+|00)\s*[0-9]", phone):
        rules.warn(_("phone: that is not eight digits; one from abroad begins with +."))
