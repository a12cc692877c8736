"""The settings of a file: each with its default, its meaning, and the reader of its value."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from ..errors import Refused, WrongInput
from ..i18n import LANGUAGES, _
from ..input.choices import read_code
from ..input.numbers import read_count
from ..input.text import clears, read_name, read_note
from ..store import Store
from ..vocabulary import ATTEST

# Published numbers of people from 1 up to below this one are hidden, unless the file says otherwise.
PUBLISH_THRESHOLD = 5
# Larger weights change nothing more, and the sums of a proposal stay exact.
LARGEST_WEIGHT = 100
# A course that every proposal asks for already.
ALWAYS_REQUIRED = "intro_course"
# The youngest and the oldest.
_AGES = ("age_from", "age_to")


class Setting(NamedTuple):
    """`read` turns what was typed, or is stored in the file, into the value; `default` is the value if nothing is stored."""

    default: Any
    meaning: Callable[[], str]
    read: Callable[[str, str], Any]


def _weight(text: str, field: str) -> int:
    value = read_count(text, field)
    if value > LARGEST_WEIGHT:
        raise WrongInput(_("{field}: {value} is too much; at most {largest}.", field=field, value=value, largest=LARGEST_WEIGHT), field)
    return value


def _language(text: str, field: str) -> str:
    if text.strip().lower() not in LANGUAGES:
        raise WrongInput(_("language: “{text}” is not one of {languages}.", text=text, languages=", ".join(LANGUAGES)), field)
    return text.strip().lower()


def _attests(text: str, field: str) -> tuple[str, ...]:
    """Read papers separated by commas."""
    if not text:
        return ()
    papers = {code: labels for code, labels in ATTEST.items() if code != ALWAYS_REQUIRED}
    return tuple(sorted({read_code(part, papers, field) for part in text.replace("|", ",").split(",")}))


def _contact(text: str, field: str) -> str:
    """Read lines separated by `|`."""
    return read_note(text, field) if text else ""


def _themes(text: str, field: str) -> str:
    """Read themes separated by `|`, in their order."""
    return "|".join(read_name(part, field) for part in text.split("|")) if text else ""


SETTINGS: dict[str, Setting] = {
    "language": Setting("", lambda: _("The language of what is shown: {languages}.", languages=", ".join(LANGUAGES)), _language),
    "weight_interest": Setting(3, lambda: _("Matching: points for each thing that both like or say about themselves."), _weight),
    "weight_area": Setting(2, lambda: _("Matching: points for each part of town that both name."), _weight),
    "weight_time": Setting(1, lambda: _("Matching: points for each time of the week that both can."), _weight),
    "weight_speaks": Setting(1, lambda: _("Matching: points for each language that both speak."), _weight),
    "required_attests": Setting(
        (),
        lambda: _("Papers that a befriender must have in addition to the intro course: confidentiality, criminal_record."),
        _attests,
    ),
    "leader_attests": Setting((), lambda: _("Papers that a group's leader must have: confidentiality, criminal_record."), _attests),
    "contact_days": Setting(
        60, lambda: _("Days without contact after which a match is marked in the list."), partial(read_count, smallest=1)
    ),
    "age_from": Setting(16, lambda: _("The youngest that young people usually are; who is younger is noted."), read_count),
    "age_to": Setting(30, lambda: _("The oldest that young people usually are; who is older is noted."), read_count),
    "sparring_days": Setting(
        60, lambda: _("Days without sparring after which husrum today shows a network group."), partial(read_count, smallest=1)
    ),
    "themes": Setting("", lambda: _("The themes of a talk group's meetings, in their order, with | between."), _themes),
    "contact": Setting("", lambda: _("How the city is reached, as its report says it, with | between lines."), _contact),
    "criminal_record_months": Setting(0, lambda: _("Months after which a criminal record must be seen again; 0: never."), read_count),
    "confidentiality_months": Setting(0, lambda: _("Months after which confidentiality must be signed again; 0: never."), read_count),
    "retention_months": Setting(24, lambda: _("Months unseen after which somebody should be anonymised."), partial(read_count, smallest=1)),
    "publish_threshold": Setting(
        PUBLISH_THRESHOLD, lambda: _("What is published: numbers from 1 up to below this one are hidden."), partial(read_count, smallest=1)
    ),
}


def setting(store: Store, key: str) -> Any:
    """Return the value of a setting in this file."""
    stored = store.setting(key)
    return SETTINGS[key].default if stored is None else SETTINGS[key].read(stored, key)


def settings(store: Store) -> list[dict[str, Any]]:
    """Return every setting, its value here, its default and its meaning."""
    return [
        {"key": key, "value": _written(setting(store, key)), "default": _written(each.default), "meaning": each.meaning()}
        for key, each in SETTINGS.items()
    ]


def set_setting(store: Store, key: str, text: str) -> tuple[Any, Any]:
    """Store a setting, and return its value as read and the one before; `none` sets the default. Raises `WrongInput` for an unknown key or an invalid value."""
    known = SETTINGS.get(key.strip().lower().replace("-", "_"))
    if known is None:
        raise WrongInput(_("key: “{text}” is not a setting. There are: {keys}.", text=key, keys=", ".join(SETTINGS)), "key")
    key = key.strip().lower().replace("-", "_")
    before = setting(store, key)
    read = known.default if clears(text) and key != "language" else known.read(text, key)
    if key in _AGES:
        first, last = (read if each == key else setting(store, each) for each in _AGES)
        if first > last:
            why = _(
                "{key}: {value} is not possible, since age_from ({first}) may not be more than age_to ({last}).",
                key=key,
                value=read,
                first=first,
                last=last,
            )
            raise Refused(why, key)
    value = _written(read)
    store.set(key, str(value))
    return value, _written(before)


def _written(value: Any) -> Any:
    return ", ".join(value) if isinstance(value, tuple) else value
