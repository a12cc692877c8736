"""Options that many commands take."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from ..domain.corrections import ANY_DAY
from ..errors import UnusableFile, WrongInput
from ..i18n import N_, _
from ..input.choices import read_code
from ..input.dates import read_date, today
from ..input.text import clears, lines_of, read_note
from ..regular_files import regular_bytes
from ..vocabulary import REASON, Codes
from .declarations import Argument, Option

if TYPE_CHECKING:
    from ..rowtypes.columns import Reader

Text = str | None

PERSON = Annotated[str, Argument(metavar="PERSON", help="Number, name, or enough of it.")]
VOLUNTEER = Annotated[str, Argument(metavar="VOLUNTEER", help="Number, name, or enough of it.")]
MAYBE_VOLUNTEER = Annotated[Text, Argument(metavar="[VOLUNTEER]", help="Whose Hjerteven; only as a check.")]
MAYBE_NAME = Annotated[Text, Argument(metavar="NAME", help="Their full name.")]
FORMAT_OPTION = Annotated[str, Option("--format", metavar="table|json|csv", help="How to show it.")]
REASON_OPTION = Annotated[Text, Option("--reason", metavar="CODE", help="no_longer_wishes, moved_away, volunteer_stopped, completed, …")]
NOTE_OPTION = Annotated[Text, Option("--note", metavar="TEXT", help="A short note.")]
BRANCH_OPTION = Annotated[Text, Option("--branch", metavar="NAME", help="Which city, if the file has several.")]
_PERIOD_HELP = N_("2024, 2024-H1, 2024-Q3, 2024-07, 2024/25, FROM..TO or grant:3")
PERIOD = Annotated[str, Argument(metavar="PERIOD", help=_PERIOD_HELP)]
YEAR_OR_PERIOD = Annotated[str, Argument(metavar="YEAR|PERIOD", help=_PERIOD_HELP)]
PUBLISH_OPTION = Annotated[bool, Option("--publish", help="As outsiders may see it: small numbers hidden, others rounded.")]
DATE_OPTION = Annotated[Text, Option("--date", metavar="DATE", help="The day; left out: today.")]
FORCE_OPTION = Annotated[bool, Option("--force", help="Do it although a rule advises against it.")]
# The reason may be left out, as `Parameter.value_may_be_left_out` says.
FORCE_REASON_OPTION = Annotated[
    Text, Option("--force", metavar="[REASON]", help="Do it although a rule advises against it; if papers are missing, say why.")
]
OVERWRITE_OPTION = Annotated[bool, Option("--overwrite", help="Replace a file that is there.")]
YES_OPTION = Annotated[bool, Option("--yes", help="Don't ask.")]
DRY_RUN_OPTION = Annotated[bool, Option("--dry-run", help="Only show what would happen.")]
ASK_OPTION = Annotated[bool, Option("--ask", help="Ask for the answers, one question a line, so that none is left in the shell's history.")]
REMOVE_OPTION = Annotated[bool, Option("--remove", help="It was entered by mistake: remove it; with several, name its day.")]
CORRECT_OPTION = Annotated[
    bool, Option("--correct", help="It is recorded already: the day says which, the other options give the right values.")
]
NEW_DATE_OPTION = Annotated[Text, Option("--new-date", metavar="DATE", help="With --correct: the right day.")]
HISTORY_OPTION = Annotated[bool, Option("--history", help="Everything that is dated, too.")]
CONFIDED_OPTION = Annotated[bool, Option("--answers", help="What was confided too: answers at interviews, goals, notes.")]
SHOW_OPTION = Annotated[
    list[str] | None,
    Option("--show", metavar="phone,email", help="Their phone, e-mail or both in place of the rest, to write to them."),
]


def read_contacts(texts: list[str] | None) -> list[str]:
    """Read which of phone and e-mail to show; several in one text or in several."""
    wanted = [part.strip().casefold() for text in texts or () for part in text.split(",")]
    known = {"phone": "phone", "telefon": "phone", "tlf": "phone", "tlf.": "phone", "email": "email", "e-mail": "email", "mail": "email"}
    for part in wanted:
        if part not in known:
            raise WrongInput(_("show: “{text}” is neither phone nor email.", text=part), "show")
    return list(dict.fromkeys(known[part] for part in wanted))


def contact_columns(contacts: list[str]) -> dict[str, str]:
    """Return the headings of the phone and the e-mail."""
    return {contact: _("Phone") if contact == "phone" else _("E-mail") for contact in contacts}


def read_day(text: str | None) -> str:
    """Return the day that an option names; left out: today. It can't be cleared."""
    if text is not None and clears(text):
        raise WrongInput(_("date: a day is needed here; left out, it is today."), "date")
    return today() if text is None else read_date(text, "date")


def read_removed_day(text: str | None, field: str = "date") -> str | None:
    """Return the day of what is to be removed: `none` an unknown one, left out any."""
    return ANY_DAY if text is None else None if clears(text) else read_date(text, field)


def read_force(text: str | None) -> str | None:
    """Read the reason for overriding a rule: empty if none was given."""
    return read_note(text, "force") if text else text


def read_new_date(text: str | None, correct: bool, name: str = "date", read: Reader = read_date) -> dict[str, str]:
    """Return the right day of an entry, by the name of its column, if one is given. Raises `WrongInput` if nothing is corrected."""
    if text is None:
        return {}
    if not correct:
        raise WrongInput(_("--new-date belongs to --correct."), "new_date")
    return {name: read(text, "new_date")}


def read_reason(text: str | None) -> str | None:
    """Return the reason that an option names, if it was given; `none`: there is none."""
    return None if text is None or clears(text) else read_code(text, REASON, "reason")


def read_given_reason(text: str | None) -> dict[str, str | None]:
    """Return the reason that an option names, as a correction: nothing if it was left out, and None for `none`."""
    return {} if text is None else {"reason": read_reason(text)}


def read_outcome(text: str, vocabulary: Codes) -> str | None:
    """Return the outcome that was typed; `none`: it isn't known yet."""
    return None if clears(text) else read_code(text, vocabulary, "outcome")


def read_given_note(text: str | None) -> dict[str, str | None]:
    """Return the note of an option, as a correction: nothing if it was left out, and None for `none`."""
    return {} if text is None else {"note": read_note_option(text)}


def read_note_option(text: str | None) -> str | None:
    """Return the note of an option; None if it was left out, or is `none`."""
    return None if text is None or clears(text) else read_note(text, "note")


def read_lines(place: str) -> list[str]:
    """Return the lines of a file, or of standard input for `-`, without empty ones. Raises `UnusableFile`."""
    try:
        text = sys.stdin.read() if place == "-" else regular_bytes(Path(place)).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnusableFile(_("{path} is not in UTF-8; save it as UTF-8.", path=place)) from None
    except OSError as error:
        raise UnusableFile(_("{path} can't be read: {reason}.", path=place, reason=error.strerror or error)) from None
    return [line for line in lines_of(text) if line.strip()]
