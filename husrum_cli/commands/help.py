"""`husrum help`: short pages about what holds everywhere."""

from typing import Annotated

import typer

from ..errors import WrongInput
from ..locale import _, nearest
from .help_pages import PAGES
from .parameters import Command, single

help_app = single()


@help_app.command(cls=Command)
def help_(
    topic: Annotated[str | None, typer.Argument(metavar="[TOPIC]", help="dates, people, figures, import, privacy")] = None,
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
    print(_(PAGES[topic.lower()]))
