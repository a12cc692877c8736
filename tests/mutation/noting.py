"""Parts of pytest for mutate.py: note which functions of the program each test runs, or run chosen tests alone."""

from __future__ import annotations

import ast
import builtins
import importlib.machinery
import json
import os
import sys
import time
from collections import defaultdict
from collections.abc import Generator, Sequence
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import pytest


class Noting:
    """Notes, for each test that passes, how long it takes and what it runs. What a fixture of many tests runs is noted for all tests of their file."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.here: set[str] = set()
        self.file = ""
        self.tests: dict[str, tuple[float, set[str]]] = {}
        self.shared: dict[str, set[str]] = defaultdict(set)
        self.failed: set[str] = set()
        setattr(builtins, CALLED, lambda function: self.here.add(function))
        sys.meta_path.insert(0, Finder())

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, Any, Any]:
        self.here, self.file, began = set(), item.nodeid.split("::")[0], time.process_time()
        try:
            return (yield)
        finally:
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
            test: (seconds, sorted(functions | self.shared[test.split("::")[0]]))
            for test, (seconds, functions) in self.tests.items()
            if test not in self.failed
        }
        self.place.write_text(json.dumps(noted))


# What a function calls first, with its name: a tracer of all calls would take as long again as the tests.
CALLED = "note_that_it_is_called"
COPY = Path.cwd()  # tests may change into another folder


class Finder:
    """Finds the program's modules, for Loader to read."""

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name.split(".")[0] != "husrum_cli":
            return None
        spec = importlib.machinery.PathFinder.find_spec(name, path, target)
        if (
            spec
            and spec.origin
            and Path(spec.origin).is_relative_to(COPY)
            and isinstance(spec.loader, importlib.machinery.SourceFileLoader)
        ):
            spec.loader = Loader(name, spec.origin)
        return spec


class Loader(importlib.machinery.SourceFileLoader):
    """Loads a module whose functions and methods note that they are called."""

    def get_code(self, fullname: str) -> CodeType:
        path = Path(self.path)
        tree = ast.parse(path.read_bytes())
        module = path.relative_to(COPY).as_posix()
        for prefix, holder in [("", tree), *((f"{node.name}.", node) for node in tree.body if isinstance(node, ast.ClassDef))]:
            for node in holder.body:
                if isinstance(node, ast.FunctionDef):
                    call = ast.parse(f"{CALLED}({f'{module}:{prefix}{node.name}'!r})").body[0]
                    node.body.insert(0 if ast.get_docstring(node) is None else 1, call)
        return compile(ast.fix_missing_locations(tree), self.path, "exec", dont_inherit=True)


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
