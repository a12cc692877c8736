"""`husrum setting`: what a file is set to."""

from __future__ import annotations

from typing import Annotated

from ..domain import settings
from ..i18n import _
from ..input.choices import spoken
from ..render.listing import Listing, read_format
from ..vocabulary import ATTEST
from .app import list_options
from .context import reading, writing
from .declarations import Argument, Noun
from .lists import show
from .options import FORMAT_OPTION

setting_app = Noun("What the file is set to.")


@setting_app.command("list", shows=list_options)
def list_(format: FORMAT_OPTION = "table") -> None:
    """Every setting, its value in this file, and what it means."""
    format = read_format(format)
    with reading() as context:
        records = settings.settings(context.store)
    if format == "table":
        records = [{**each, "value": _in_words(each["value"]), "default": _in_words(each["default"])} for each in records]
    show(Listing({"key": _("Setting"), "value": _("Value"), "default": _("Default"), "meaning": _("What it is")}, records), format)


@setting_app.command("set")
def set_(
    key: Annotated[str, Argument(metavar="KEY", help="Its name, as husrum setting list shows it.")],
    value: Annotated[str, Argument(metavar="VALUE", help="The new value; none: its default.")],
) -> None:
    """Change a setting of this file."""
    with writing("setting set") as context:
        kept, before = (_in_words(each) if each != "" else "–" for each in settings.set_setting(context.store, key, value))
        context.confirm(_("{key} is now {value} (before: {before}). See: husrum setting list", key=key, value=kept, before=before))


def _in_words(value: object) -> object:
    """Return a setting's value, with the papers it names as they are read."""
    if not isinstance(value, str):
        return value
    return ", ".join(spoken(ATTEST, part) if part in ATTEST else part for part in value.split(", "))
