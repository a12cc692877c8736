"""Files that the tests of reports start from."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import AARHUS_2024, CHECKOUT, husrum, new_city


@pytest.fixture(scope="session")
def years_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Aarhus with its four years. Shared by all tests, so only read it."""
    path = new_city(tmp_path_factory.mktemp("aarhus") / "aarhus.db", "Aarhus", "--records-from", "2021-01-01")
    files = [*sorted((CHECKOUT / "examples" / "denmark" / "aarhus").glob("*.csv")), *sorted(AARHUS_2024.glob("*.csv"))]
    result = husrum("import", *files, "--db", path)
    assert result.exit_code == 0, result.stderr
    return path
