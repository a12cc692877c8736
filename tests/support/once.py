"""Reading a file once for many tests: of files that are the same to the last byte, the same is read."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

from husrum_cli.i18n import language
from husrum_cli.input.dates import today
from husrum_cli.store import Store


def once(read: Callable[..., Any]) -> Callable[..., Any]:
    """Return the same function of a store, which remembers what it returned: by the bytes of the file, what was asked, the language and the day."""
    known: dict[tuple[object, ...], Any] = {}

    def kept(store: Store, *asked: Any) -> Any:
        key = (hashlib.sha256(store.path.read_bytes()).digest(), asked, language(), today())
        if key not in known:
            known[key] = read(store, *asked)
        return known[key]

    return kept
