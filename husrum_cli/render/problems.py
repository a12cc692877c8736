"""Problems at a terminal: by severity, each with whom it is about and the command that fixes it on a line of its own, to be copied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from ..i18n import many
from .listing import escape_controls
from .terminal import GLUE, Screen, fold_text


def problem_lines(records: Sequence[dict[str, Any]], out: Screen) -> Iterable[str]:
    """Yield the lines of problems. records: severity, what, who and command of each."""
    for severity in dict.fromkeys(record["severity"] for record in records):
        alike = [record for record in records if record["severity"] == severity]
        yield out.styled_line(_heading(severity, len(alike)), True)
        for record in alike:
            who = f"{record['who']}: " if record["who"] else ""
            whole = re.sub(r": (?=[0-9]+\))", f":{GLUE}", escape_controls(f"{who}{record['what']}"))  # how many times
            yield from (f"  {line.replace(GLUE, ' ')}" for line in fold_text(whole, out.width - 2))
            if record["command"]:
                yield f"    → {escape_controls(record['command'])}"
        yield ""


def _heading(severity: str, number: int) -> str:
    headings = {
        "damage": many("Damage ({number})", "Damage ({number})", number),
        "contradiction": many("Contradiction ({number})", "Contradictions ({number})", number),
        "obstacle": many("Obstacle ({number})", "Obstacles ({number})", number),
        "remark": many("Remark ({number})", "Remarks ({number})", number),
    }
    return headings[severity]
