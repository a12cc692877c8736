"""Yes and no, as people answer and as they mark it in a sheet."""

from __future__ import annotations

from ..errors import WrongInput
from ..i18n import _

_ANSWERS = {"yes": True, "y": True, "ja": True, "j": True, "no": False, "n": False, "nej": False}
_MARKS = {"x": True, "1": True, "true": True, "sand": True, "0": False, "false": False, "falsk": False, "": False}


def answered(text: str) -> bool | None:
    """Return whether an answer is a yes or a no, in English, in Danish or in the language that is shown; None: it is neither."""
    word, yes, no = (each.strip().casefold() for each in (text, _("yes"), _("no")))
    own = {yes: True, no: False} | ({yes[:1]: True, no[:1]: False} if yes[:1] != no[:1] else {})
    return (own | _ANSWERS).get(word)


def read_yes(text: str, field: str) -> bool:
    """Read a yes (`yes`, `ja`, `x`, `1`, `true`) or a no."""
    answer = answered(text)
    if answer is None:
        answer = _MARKS.get(text.strip().casefold())
    if answer is None:
        raise WrongInput(_("{field}: “{text}” is neither yes nor no.", field=field, text=text), field)
    return answer
