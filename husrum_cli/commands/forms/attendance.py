"""What was recorded of an occasion, in a sentence."""

from ...domain.activities.attendance import Recorded
from ...i18n import _, long_day, many, whole_number


def recorded_text(recorded: Recorded) -> str:
    """What stands in the file of an occasion now: `2024-03-05: 7 participants (2 unnamed), 3 volunteers.`"""
    number = recorded.participants + recorded.unnamed
    text = many("{number} participant", "{number} participants", number)
    if recorded.unnamed:
        text += _(" ({unnamed} unnamed)", unnamed=whole_number(recorded.unnamed))
    text += ", " + many("{number} volunteer", "{number} volunteers", recorded.volunteers)
    if recorded.before is not None and recorded.before != number:
        text += _(" (before: {before})", before=recorded.before)
    return f"{long_day(recorded.date)}: {text}."
