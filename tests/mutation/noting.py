"""Parts of pytest for mutate.py: note which functions of the program each test runs, or run chosen tests alone."""

from __future__ import annotations

import json
import os
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Generator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest


class Noting:
    """Notes, for each test that passes, how long it takes and what it runs. What a fixture of many tests runs is noted for all tests of their file."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.here: set[CodeType] = set()
        self.file = ""
        self.tests: dict[str, tuple[float, set[CodeType]]] = {}
        self.shared: dict[str, set[CodeType]] = defaultdict(set)
        self.failed: set[str] = set()

    def called(self, frame: FrameType, _event: str, _arg: object) -> None:
        """Note a call. Nothing is returned, so the lines of the function are not traced."""
        self.here.add(frame.f_code)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        self.here, self.file, began = set(), item.nodeid.split("::")[0], time.process_time()
        self.tests[item.nodeid] = (0, self.here)
        threading.settrace(self.called)
        sys.settrace(self.called)
        try:
            return (yield)
        finally:
            sys.settrace(None)
            threading.settrace(None)  # type: ignore[arg-type]
            self.tests[item.nodeid] = (time.process_time() - began, self.here)

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Generator[None, Any, Any]:
        if fixturedef.scope == "function":
            return (yield)
        own, self.here = self.here, self.shared[self.file]
        try:
            return (yield)
        finally:
            self.here = own

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if not report.passed:
            self.failed.add(report.nodeid)

    def pytest_sessionfinish(self) -> None:
        """Write {test: [seconds, functions]}."""
        noted = {
            test: (seconds, sorted({name for code in codes | self.shared[test.split("::")[0]] if (name := function(code))}))
            for test, (seconds, codes) in self.tests.items()
            if test not in self.failed
        }
        self.place.write_text(json.dumps(noted))


def function(code: CodeType) -> str | None:
    """Return the module and the outermost function that code belongs to, if it is the program's."""
    path = Path(code.co_filename)
    if not path.is_relative_to(Path.cwd() / "husrum_cli"):
        return None
    return f"{path.relative_to(Path.cwd()).as_posix()}:{code.co_qualname.split('.<locals>')[0]}"


class Choosing:
    """Runs these tests, in this order."""

    def __init__(self, tests: list[str]) -> None:
        self.order = {test: number for number, test in enumerate(tests)}

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = sorted((item for item in items if item.nodeid in self.order), key=lambda item: self.order[item.nodeid])


def pytest_configure(config: pytest.Config) -> None:
    if place := os.environ.get("MUTATION_NOTED"):
        config.pluginmanager.register(Noting(Path(place)))
    if place := os.environ.get("MUTATION_CHOSEN"):
        config.pluginmanager.register(Choosing(json.loads(Path(place).read_text())))
