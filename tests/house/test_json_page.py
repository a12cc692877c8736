"""docs/json.md names every schema that the program writes."""

from __future__ import annotations

import re

from running import CHECKOUT


def test_every_schema_is_described() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (CHECKOUT / "husrum_cli").rglob("*.py"))
    written = set(re.findall(r'"(husrum\.[a-z_.]+/[0-9]+)"', code))
    described = set(re.findall(r"`(husrum\.[a-z_.]+/[0-9]+)`", (CHECKOUT / "docs" / "json.md").read_text(encoding="utf-8")))
    assert written == described
