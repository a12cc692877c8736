"""Texts as they are set in documents: a number stays on the line of its unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..records.report import TextRun
from .terminal import GLUE

# A number and the sign or short word after it, but not a year and what follows; a day and its month; what belongs before a number; and `40 of 80`.
_TOGETHER = re.compile(
    r"(?<![\w.,’])(?!(?:19|20)\d\d )(?:<?\d[\d.,]*\d|<?\d|\d{1,2}\.) (?=[%‰]|\w{1,12}\b)|(?<=\bca\.) (?=\d)|(?<=\d (?:af|of)) (?=\d)"
)


def glue_units(text: str) -> str:
    """Return the text with spaces that no line breaks at between a number and its unit."""
    return _TOGETHER.sub(lambda found: found[0][:-1] + GLUE, text)


def glue_runs(runs: Sequence[TextRun]) -> Iterator[TextRun]:
    """Glue pieces of running text, as the text that they make up together."""
    together = glue_units("".join(run.text for run in runs))
    place = 0
    for run in runs:
        yield run._replace(text=together[place : place + len(run.text)])
        place += len(run.text)
