"""Who came, as meetings and events ask it and tell it."""

from typing import Annotated

import typer

from ...domain.activities.attendance import Recorded
from ...i18n import _, many, whole_number

_Text = str | None
PRESENT = Annotated[_Text, typer.Option("--present", metavar="LIST", help="Who came: 17,19-22,anna h")]
VOLUNTEERS = Annotated[_Text, typer.Option("--volunteers", metavar="LIST", help="Who was there as a volunteer; none: nobody.")]
UNNAMED = Annotated[_Text, typer.Option("--unnamed", metavar="N", help="How many more came, whose names you don't know.")]


def recorded_text(recorded: Recorded) -> str:
    """What stands in the file of an occasion now: `2024-03-05: 7 participants (2 unnamed), 3 volunteers.`"""
    number = recorded.participants + recorded.unnamed
    text = many("{number} participant", "{number} participants", number)
    if recorded.unnamed:
        text += _(" ({unnamed} unnamed)", unnamed=whole_number(recorded.unnamed))
    text += ", " + many("{number} volunteer", "{number} volunteers", recorded.volunteers)
    if recorded.before is not None and recorded.before != number:
        text += _(" (before: {before})", before=recorded.before)
    return f"{recorded.date}: {text}."
