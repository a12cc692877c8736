"""Shared by the tests of figures: a city's file made by the program, its statistics, and how they differ."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

from cities import write_city
from recount_reading import City
from running import husrum


def run(*words: str | Path) -> Any:
    """Run one command that must succeed; its result."""
    result = husrum(*map(str, words))
    assert result.exit_code == 0, f"{' '.join(map(str, words))}: {result.exit_code}\n{result.stdout}\n{result.stderr}"
    return result


def new_file(path: Path, name: str = "Aarhus") -> Path:
    """An empty file of one city."""
    run("init", path, "--city", name, "--language", "en")
    return path


def import_all(path: Path, files: list[Path]) -> None:
    """Import files, where there are any: an empty city has none."""
    if files:
        run("import", *files, "--db", path)


def city_file(city: City, directory: Path, name: str = "Aarhus") -> Path:
    """A file that holds the city, by import."""
    tables = directory / f"{name}-tables"
    tables.mkdir()
    path = new_file(directory / f"{name}.db", name)
    import_all(path, write_city(city, tables))
    return path


def statistics(path: Path, year: int) -> dict[str, Any]:
    """`stats year` of a file."""
    stats: dict[str, Any] = json.loads(run("stats", "year", str(year), "--format", "json", "--db", path).stdout)
    assert (stats["schema"], stats["year"], stats["closed"]) == ("husrum.stats.year/1", year, False)
    return stats


def period_statistics(path: Path, period: str) -> dict[str, Any]:
    """`stats period` of a file."""
    stats: dict[str, Any] = json.loads(run("stats", "period", period, "--format", "json", "--db", path).stdout)
    assert stats["schema"] == "husrum.stats.period/1" and "year" not in stats
    return stats


def explained(path: Path, year: int | str, key: str) -> dict[str, Any]:
    """`stats explain` of one figure."""
    output: dict[str, Any] = json.loads(run("stats", "explain", str(year), key, "--format", "json", "--db", path).stdout)
    return output


def exported(path: Path, directory: Path) -> dict[str, bytes]:
    """`export tables`: each file's name and bytes."""
    run("export", "tables", directory, "--db", path)
    return {file.name: file.read_bytes() for file in sorted(directory.glob("*.csv"))}


def differences(expected: dict[str, Any], found: dict[str, Any], whole: bool = True) -> list[str]:
    """Every figure and distribution that is not as expected, one a line; if the `whole` is expected, also what is not in it."""
    unknown = [key for part in ("figures", "distributions") for key in found[part] if whole and key not in expected[part]]
    lines = [f"{key}: the recount does not know it" for key in unknown]
    for key, figure in expected["figures"].items():
        there = found["figures"].get(key)
        if there is None:
            lines.append(f"{key}: missing")
            continue
        for part, value in figure.items():
            if not same(value, there.get(part, "missing")):
                lines.append(f"{key}.{part}: expected {value}, found {there.get(part, 'missing')}")
    for name, counts in expected["distributions"].items():
        there = found["distributions"].get(name)
        if there is None:
            lines.append(f"{name}: missing")
        elif known(counts) != known(there):
            lines.append(f"{name}: expected {known(counts)}, found {known(there)}")
    return lines


def same(expected: Any, found: Any) -> bool:
    """Equal, or as good as equal for a share."""
    if isinstance(expected, float) and isinstance(found, int | float):
        return math.isclose(expected, found, abs_tol=0.0005)
    return bool(expected == found)


def known(counts: dict[str, Any]) -> dict[str, Any]:
    """A distribution without its zeros: a text nobody gave need not be listed."""
    inner = {
        code: {part: m for part, m in n.items() if m} if isinstance(n, dict) and "occasions" not in n else n for code, n in counts.items()
    }
    return {code: n for code, n in sorted(inner.items()) if (any(n.values()) if isinstance(n, dict) else n)}
