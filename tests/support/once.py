"""Making or reading a file once for many tests: of files that are the same to the last byte, the same is read."""

from __future__ import annotations

import copy
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from husrum_cli.i18n import language
from husrum_cli.input.dates import today
from husrum_cli.store import Store

Made = TypeVar("Made", bound=Any)


def once(read: Callable[..., Any]) -> Callable[..., Any]:
    """Return the same function of a store, which remembers what it returned: by the bytes of the file, what was asked, the language and the day."""
    known: dict[tuple[object, ...], Any] = {}

    def kept(store: Store, *asked: Any) -> Any:
        content = store.path.read_bytes()
        key = (len(content), hash(content), asked, language(), today())  # a cryptographic hash would take seven times as long
        if key not in known:
            known[key] = read(store, *asked)
        return known[key]

    return kept


def made_once(make: Callable[[Path], Made]) -> Callable[[Path], Made]:
    """Return a fixture's function that copies the files which `make` makes in its folder: that runs once in a process. It returns a path, or what has one."""
    made: list[tuple[tempfile.TemporaryDirectory[str], Made]] = []

    def copied(tmp_path: Path) -> Made:
        if not made:
            place = tempfile.TemporaryDirectory(prefix="husrum-tests-")
            made.append((place, make(Path(place.name))))
        place, first = made[0]
        shutil.copytree(place.name, tmp_path, dirs_exist_ok=True)
        if isinstance(first, Path):
            return tmp_path / first.relative_to(place.name)
        again = copy.copy(first)
        again.path = tmp_path / first.path.relative_to(place.name)
        return again

    return copied
