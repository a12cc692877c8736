"""Problems at a terminal: by severity, each with whom it is about and the command that fixes it on a line of its own, to be copied."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from ..i18n import _, whole_number
from .listing import harmless
from .terminal import Screen, fold_text


def problem_lines(records: Sequence[dict[str, Any]], out: Screen) -> Iterable[str]:
    """Yield the lines of problems. records: severity, what, who and command of each."""
    for severity in dict.fromkeys(record["severity"] for record in records):
        alike = [record for record in records if record["severity"] == severity]
        heading = _(severity)
        yield out.styled_line(f"{heading[:1].upper()}{heading[1:]} ({whole_number(len(alike))})", True)
        for record in alike:
            who = f"{record['who']}: " if record["who"] else ""
            yield from (f"  {line}" for line in fold_text(harmless(f"{who}{record['what']}"), out.width - 2))
            if record["command"]:
                yield f"    → {harmless(record['command'])}"
        yield ""
