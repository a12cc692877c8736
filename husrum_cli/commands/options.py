"""What is asked about a person alike, whether they enquire, volunteer or are in the file already."""

from typing import Annotated

import typer

from ..errors import WrongInput
from ..i18n import _
from ..rowtypes.columns import column_word
from .app import ask, interactive

_Text = str | None
CALLED = Annotated[_Text, typer.Option("--called", metavar="TEXT", help="What they are called day to day.")]
BORN = Annotated[_Text, typer.Option("--born", metavar="DATE|YEAR", help="Birth date, or the year alone.")]
PERSON_OPTION = Annotated[_Text, typer.Option("--person", metavar="PERSON", help="Somebody who is in the file already.")]
NUMBER = Annotated[_Text, typer.Option("--ref", metavar="N", help="Their number; left out: the next one.")]
GENDER = Annotated[_Text, typer.Option("--gender", metavar="CODE", help="f, m, x, declined, not_asked")]
PHONE = Annotated[_Text, typer.Option("--phone", metavar="TEXT", help="Phone number.")]
EMAIL = Annotated[_Text, typer.Option("--email", metavar="TEXT", help="E-mail address.")]


def required_name() -> str:
    """Asks for the name that is missing, where somebody can answer."""
    if interactive():
        return ask(column_word("name"))
    raise WrongInput(_("{field} is missing.", field=_("NAME")), "name")
