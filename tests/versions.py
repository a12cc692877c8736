"""Run the tests under every Python on this machine, and with the lowest versions of the dependencies that pyproject.toml allows.

python tests/versions.py                                  all tests: once for each Python, and once with the lowest versions
python tests/versions.py --smoke                          few of them
python tests/versions.py --only 3.12 -- tests/store -n 2  what comes after -- goes to pytest
python tests/versions.py --only lowest
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
PROJECT = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
OLDEST, NEWEST = 11, 20  # minor versions of Python 3 that are looked for
LOWEST = "lowest"
# What Pythons and versions differ in: parsing, dates, sqlite3, threads and signals.
SMOKE = ("tests/input", "tests/platforms/test_ending.py", "tests/store/test_upgrades.py")
# The largest package; it solves what other tests ask.
NO_TEST_NEEDS = "highspy"


def pythons() -> dict[str, str]:
    """Version -> program, of each Python 3.11 or newer found on PATH or kept by pyenv; of each minor version one."""
    root = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    places = [sys.executable, *(f"python3.{minor}" for minor in range(OLDEST, NEWEST)), *map(str, sorted(root.glob("3.*/bin/python")))]
    found: dict[str, str] = {}
    for place in places:
        if program := shutil.which(place):
            output = subprocess.run(
                [program, "-c", "import ensurepip, venv, sys; print(*sys.version_info[:2])"], capture_output=True, text=True
            )
            version = output.stdout.strip().replace(" ", ".")  # a shim without a Python behind it says nothing
            if output.returncode == 0 and int(version.partition(".")[2]) >= OLDEST:
                found.setdefault(version, program)
    return dict(sorted(found.items(), key=lambda each: int(each[0].partition(".")[2])))


def lowest_versions() -> dict[str, str]:
    """Package -> the lowest version that pyproject.toml allows, of every dependency and extra."""
    extras = [line for lines in PROJECT["optional-dependencies"].values() for line in lines]
    output = {}
    for line in [*PROJECT["dependencies"], *extras]:
        parts = re.fullmatch(r"([\w.-]+)\s*>=\s*([\w.]+)(?:\s*,.*)?", line)
        if parts is None:
            raise SystemExit(f"pyproject.toml: {line!r} names no lowest version.")
        if output.setdefault(parts[1], parts[2]) != parts[2]:
            raise SystemExit(f"pyproject.toml: {parts[1]} has two lowest versions, {output[parts[1]]} and {parts[2]}.")
    return output


def packages(smoke: bool) -> list[str]:
    """What pip installs: the checkout with all that the tests use."""
    if not smoke:
        return ["-e", f"{CHECKOUT}[test]"]
    return ["-e", str(CHECKOUT), *(line for line in PROJECT["optional-dependencies"]["test"] if not line.startswith(NO_TEST_NEEDS))]


def passed(name: str, program: str, smoke: bool, more: list[str]) -> bool:
    """Whether the tests pass in a new environment of this Python. `name`: its version, or `lowest`."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="husrum-versions-") as place:
        environment = Path(place) / "environment"
        subprocess.run([program, "-m", "venv", environment], check=True)
        python = environment / ("Scripts" if os.name == "nt" else "bin") / "python"
        constraints = Path(place) / "constraints.txt"
        constraints.write_text("".join(f"{package}=={version}\n" for package, version in lowest_versions().items() if name == LOWEST))
        print(f"\n== {name}: {subprocess.check_output([python, '--version'], text=True).strip()}", flush=True)
        if subprocess.run([python, "-m", "pip", "install", "-q", "-c", constraints, *packages(smoke)], cwd=CHECKOUT).returncode:
            return False
        print(f"   installed after {time.monotonic() - began:.0f} s", flush=True)
        tests = more or [*(SMOKE if smoke else ()), "-n", "2"]
        # What pytest keeps between runs is of one Python.
        line = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *tests]
        return subprocess.run(line, cwd=CHECKOUT).returncode == 0


def main() -> None:
    """Run what was asked for, and end with the names of what failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--smoke",
        action="store_true",
        help="few tests, under the newest Python but the one that runs this, and with the lowest versions",
    )
    parser.add_argument("--only", metavar="VERSION", action="append", help="3.12, or lowest; may be given again")
    parser.add_argument("more", metavar="-- …", nargs="*", help="for pytest")
    asked = parser.parse_args()
    found = pythons()
    own = f"{sys.version_info.major}.{sys.version_info.minor}"
    runs = dict(found)
    if asked.smoke:  # of those in between, only the newest
        runs = dict([each for each in found.items() if each[0] not in (own, f"3.{OLDEST}")][-1:])
    oldest = f"3.{OLDEST}"
    if oldest in found:  # newer Pythons have no wheels of some lowest versions
        runs[LOWEST] = found[oldest]
    else:
        print(f"The lowest versions are left out: they are tried with Python {oldest}, and there is none here.")
    missing = set(asked.only or ()) - set(runs) - {LOWEST}
    if missing:
        raise SystemExit(f"Not found here: {', '.join(sorted(missing))}. There is: {', '.join(runs)}")
    failed = [name for name, program in runs.items() if name in (asked.only or runs) and not passed(name, program, asked.smoke, asked.more)]
    if failed:
        raise SystemExit(f"Failed: {', '.join(failed)}")


if __name__ == "__main__":
    main()
