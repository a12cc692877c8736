"""The files for researchers, with a manifest of their checksums."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from pathlib import Path

from ..domain.outcomes.research import HEADINGS, Research
from ..errors import UnusableFile
from ..i18n import _
from ..render.data_files import open_outputs
from ..store.keys import secret_bytes, write_secret

_SHORTEST_KEY = 16


def study_key(path: Path) -> bytes:
    """Return the key of a study; if there is no file yet, a new one is written. Raises `UnusableFile` if it is too short to keep a secret."""
    if not path.exists():
        write_secret(path, os.urandom(32))
    key = secret_bytes(path)
    if len(key) < _SHORTEST_KEY:
        raise UnusableFile(_("{path} is not the key of a study; leave the file out, and a new one is made.", path=path))
    return key


def write_research(folder: Path, found: Research, overwrite: bool) -> int:
    """Write the files, and return how many people are in them."""
    texts = {f"{name}.csv": _csv(HEADINGS[name], rows) for name, rows in found.tables.items()}
    sums = {name: hashlib.sha256(text.encode()).hexdigest() for name, text in texts.items()}
    texts["manifest.json"] = json.dumps({"schema": "husrum.research/1", "sha256": sums}, indent=2) + "\n"
    with open_outputs(folder, [*texts], overwrite) as temporary:
        for path, text in zip(temporary, texts.values(), strict=True):
            path.write_bytes(text.encode())
    return len(found.tables["people"])


def _csv(headings: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return text.getvalue()
