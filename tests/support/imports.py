"""Lists as coordinators keep them, imported in the folder where they are; and what is in the file after."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from running import Result, husrum, looked_into

TODAY = {"HUSRUM_TODAY": "2026-12-15"}


def imported(city: Path, *args: object, expect: int = 0, env: Mapping[str, str] = TODAY) -> Result:
    """What an import said, which must end as expected."""
    done = husrum("--db", city, "import", *args, env=env)
    assert done.exit_code == expect, done.stdout + done.stderr
    return done


def stored(city: Path, query: str) -> list[tuple[Any, ...]]:
    """Rows of the file, as another program sees them."""
    connection = looked_into(city)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()
