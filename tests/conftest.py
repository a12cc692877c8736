"""Files that many tests start from."""

from __future__ import annotations

import gc
import os
import shutil
import signal
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings

# An example runs commands, so making a failing one smaller takes minutes. To do so: HYPOTHESIS_SHRINK=1 pytest tests/…::test_…
_SMALLER = (Phase.shrink, Phase.explain) if "HYPOTHESIS_SHRINK" in os.environ else ()
# No test fails because the machine is busy. In CI the examples are the same at each run, so that a change that passed here passes there; elsewhere they are new ones.
settings.register_profile(
    "husrum",
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.target, *_SMALLER),
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("husrum")
# Until all is imported, and nothing of it can be left out: `pytest_collection_finish`.
gc.disable()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`pytest --encrypted`: the same tests, on encrypted files."""
    parser.addoption("--encrypted", action="store_true", help="make every file of the tests an encrypted one")


def pytest_configure(config: pytest.Config) -> None:
    """Before `running` is imported, here and in the workers. So a changed .po file is tested."""
    # A script's background job ignores interrupts, and one of nohup the end of its terminal: the commands that get these would inherit that.
    for name, handler in (("SIGINT", signal.default_int_handler), ("SIGHUP", signal.SIG_DFL)):
        if hasattr(signal, name) and signal.getsignal(getattr(signal, name)) is signal.SIG_IGN:
            signal.signal(getattr(signal, name), handler)
    if config.getoption("--encrypted"):
        os.environ["HUSRUM_TESTS"] = "encrypted"
    if not hasattr(config, "workerinput"):
        # Otherwise each command in a process of its own compiles the program again, which is most of its time.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        try:
            from translations import compile_stale
        except ModuleNotFoundError as error:
            pytest.exit(f"{error.name} is missing. Run: pip install -e '.[test]'")
        compile_stale()


class _LastFirst(pytest.Dir):
    """A folder of tests whose last files are imported first."""

    def collect(self) -> Iterable[pytest.Item | pytest.Collector]:
        return reversed([*super().collect()])


def pytest_collect_directory(path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Have every other worker import the tests from the end: pytest rewrites the asserts of each file that it has not seen, and this way only one does so."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0")
    return _LastFirst.from_parent(parent, path=path) if worker[-1] in "13579" else None


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put them in one order, which xdist asks for, whatever order they were imported in."""
    items.sort(key=lambda item: item.path)


def pytest_collection_finish() -> None:
    """Leave the tests and all that was imported out of the garbage collections to come, and have few of these: they are a tenth of the time."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(50_000, 20, 100)


@pytest.fixture(scope="session")
def tmp_paths(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """New folders, with paths of one length. pytest's own look through all that there are for a free name, each time."""
    base = tmp_path_factory.mktemp("tests")
    return (base / f"{number:05}" for number in count())


@pytest.fixture
def tmp_path(tmp_paths: Iterator[Path]) -> Path:
    """A new, empty folder of this test."""
    path = next(tmp_paths)
    path.mkdir()
    return path


@pytest.fixture(scope="session", autouse=True)
def cheap_hashes() -> None:
    """Spend no time on hashes that are slow by design."""
    from cheap import cheap_hashes

    cheap_hashes()


@pytest.fixture(scope="session", autouse=True)
def decided_once() -> None:
    """Decide once in a process what is withheld of the same branches: it follows from their numbers alone, and finding it is slow."""
    from husrum_cli.domain.figures import judging, withholding

    of_case, known = judging.decide, dict[Any, Any]()

    def withheld_of_case(case: Any, withheld: Any = (), alone: Any = None, keep_twins: bool = False) -> Any:
        key = withholding.Model.decide, repr([case, sorted(map(repr, withheld)), alone, keep_twins])
        if key not in known:
            known[key] = of_case(case, withheld, alone, keep_twins)
        return known[key]

    judging.decide = withheld_of_case


@pytest.fixture(autouse=True)
def english() -> None:
    """Begin each test in English, whatever the last command of the one before spoke."""
    from husrum_cli.i18n import choose_language

    choose_language("en")


@pytest.fixture(scope="session")
def city_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new, empty file of Aarhus, to be copied."""
    from running import new_city

    return new_city(tmp_path_factory.mktemp("aarhus") / "aarhus.db")


@pytest.fixture
def city(city_once: Path, tmp_path: Path) -> Path:
    """A new, empty file of Aarhus."""
    return Path(shutil.copy2(city_once, tmp_path))


@pytest.fixture(scope="session")
def aarhus_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example city of 2024, imported. Shared by all tests, so only read it."""
    from running import AARHUS_2024, husrum, new_city

    path = new_city(tmp_path_factory.mktemp("aarhus-2024") / "aarhus.db")
    result = husrum("import", *sorted(AARHUS_2024.glob("*.csv")), "--db", path)
    assert result.exit_code == 0, result.stderr
    return path


@pytest.fixture
def aarhus(aarhus_once: Path, tmp_path: Path) -> Path:
    """A copy of the example city of 2024, free to be written."""
    return Path(shutil.copy2(aarhus_once, tmp_path / "aarhus-2024.db"))
