"""`husrum help`: short pages about what applies everywhere."""

import re
import shutil
import textwrap
from typing import Annotated

from ...errors import WrongInput
from ...i18n import _
from ...input.nearest import nearest_word
from ...input.text import fold
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
        for word, heading in topics():
            print(f"husrum help {word:<12}  {heading}")
        print(_("For one command: husrum COMMAND --help"))
        return
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    for line in _(PAGES[_page(topic)]).splitlines():
        print(_wrapped(line, width))


def topics() -> list[tuple[str, str]]:
    """Return the pages: the word that each is called by, and its heading."""
    return [(_word(text), _(text).splitlines()[0]) for text in PAGES.values()]


def _word(text: str) -> str:
    """Return the word that a page is called by: the first of its heading."""
    return str(re.findall(r"\w+", _(text))[0]).lower()


def _page(topic: str) -> str:
    """Return the name of the page that is meant: by its name, or by a word of its heading in the language chosen, or the beginning of one."""
    words = fold(topic)
    names = {fold(word): name for name, text in PAGES.items() for word in (*re.findall(r"\w{3,}", _(text).splitlines()[0]), name)}
    fitting = {names[words]} if words in names else {name for word, name in names.items() if words and word.startswith(words)}
    if len(fitting) == 1:
        return fitting.pop()
    near = nearest_word(words, names)
    meant = _(" Did you mean {nearest}?", nearest=_word(PAGES[names[near]])) if near else ""
    there = ", ".join(word for word, _heading in topics())
    problem = _("There is no page “{text}”; there are {topics}.{meant}", text=topic, topics=there, meant=meant)
    raise WrongInput(problem if near else f"{problem} {_('For one command: husrum COMMAND --help')}", "topic")


def _wrapped(line: str, width: int) -> str:
    """Fit a line of a page to the width. Of a line in two columns, the second stays a column."""
    columns = re.match(r" *(?:\S.*? {2,}(?=\S))?", line)
    lead = len(columns[0]) if columns else 0
    return textwrap.fill(line, width, subsequent_indent=" " * (lead if lead * 2 <= width else 4), break_on_hyphens=False)
