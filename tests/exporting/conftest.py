"""Files that the tests of reports start from."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from running import AARHUS_2024, CHECKOUT, husrum, new_city

from husrum_cli.exporting.report import source
from husrum_cli.i18n import language
from husrum_cli.input.dates import today
from husrum_cli.store import Store

_READ: dict[tuple[object, ...], Any] = {}


@pytest.fixture(autouse=True)
def read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of files that are the same to the last byte, a report is counted once for all tests: they are about what is made of it."""
    read = source.report_source

    def kept(store: Store, *asked: Any) -> Any:
        key = (hashlib.sha256(store.path.read_bytes()).hexdigest(), asked, language(), today())
        if key not in _READ:
            _READ[key] = read(store, *asked)
        return _READ[key]

    monkeypatch.setattr(source, "report_source", kept)


@pytest.fixture(scope="session")
def years_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Aarhus with its four years. Shared by all tests, so only read it."""
    path = new_city(tmp_path_factory.mktemp("aarhus") / "aarhus.db", "Aarhus", "--records-from", "2021-01-01")
    files = [*sorted((CHECKOUT / "examples" / "denmark" / "aarhus").glob("*.csv")), *sorted(AARHUS_2024.glob("*.csv"))]
    result = husrum("import", *files, "--db", path)
    assert result.exit_code == 0, result.stderr
    return path
