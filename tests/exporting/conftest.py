"""Files that the tests of reports start from."""

from __future__ import annotations

from pathlib import Path

import pytest
from once import once
from running import AARHUS_2024, CHECKOUT, husrum, new_city

from husrum_cli.exporting.report import source

# A report is counted once for all tests: they are about what is made of it.
_READ_ONCE = once(source.report_source)


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Count a report of the same file once."""
    monkeypatch.setattr(source, "report_source", _READ_ONCE)


@pytest.fixture(scope="session")
def years_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Aarhus with its four years. Shared by all tests, so only read it."""
    path = new_city(tmp_path_factory.mktemp("aarhus") / "aarhus.db", "Aarhus", "--records-from", "2021-01-01")
    files = [*sorted((CHECKOUT / "examples" / "denmark" / "aarhus").glob("*.csv")), *sorted(AARHUS_2024.glob("*.csv"))]
    result = husrum("import", *files, "--db", path)
    assert result.exit_code == 0, result.stderr
    return path
