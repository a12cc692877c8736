"""`husrum help`: short pages about what applies everywhere."""

import re
import shutil
import textwrap
from typing import Annotated

from ...errors import WrongInput
from ...i18n import _
from ...input.nearest import nearest
from ..declarations import Argument, Noun
from .pages import PAGES

help_app = Noun()
_WIDEST = 80


@help_app.command()
def help_(
    topic: Annotated[str | None, Argument(metavar="[TOPIC]", help="dates, people, figures, import, privacy")] = None,
) -> None:
    """A page of help about one matter; without TOPIC, which there are."""
    if topic is None:
        for name, text in PAGES.items():
            print(f"husrum help {name:<8}  {_(text).splitlines()[0]}")
        print(_("For one command: husrum COMMAND --help"))
        return
    if topic.lower() not in PAGES:
        near = nearest(topic.lower(), PAGES)
        meant = _(" Did you mean {nearest}?", nearest=near) if near else ""
        raise WrongInput(
            _("There is no page “{text}”; there are {topics}.{meant}", text=topic, topics=", ".join(PAGES), meant=meant), "topic"
        )
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    for line in _(PAGES[topic.lower()]).splitlines():
        print(_wrapped(line, width))


def _wrapped(line: str, width: int) -> str:
    """Fit a line of a page to the width. Of a line in two columns, the second stays a column."""
    columns = re.match(r" *(?:\S.*? {2,}(?=\S))?", line)
    lead = len(columns[0]) if columns else 0
    return textwrap.fill(line, width, subsequent_indent=" " * (lead if lead * 2 <= width else 4), break_on_hyphens=False)
