"""The handover of a city to the nation: encrypted to the national office, and unencrypted only if the city's own file is unencrypted too."""

from __future__ import annotations

import os
from pathlib import Path

from ..atomic_files import temporary_folder
from ..domain.national.copies import Key
from ..domain.national.merge import MergeResult, hand_over
from ..errors import UnusableFile
from ..i18n import _
from ..render.data_files import open_output
from ..store.copying import plain_bytes
from .encryption import encrypt


def write_handover(
    city: Path, path: Path, key: Key | None, language: str, city_key: bytes | None, public_key: str | None, overwrite: bool = False
) -> MergeResult:
    """Write the file to hand over. `city_key`: of the city's file, if that is encrypted. `public_key`: the national office's; None: in clear.

    The plain content is made in a private folder next to the city's file, never next to `path`, which may be a stick or a synchronised folder.
    If the city's file is encrypted, it is encrypted there too, with a key that is never stored, and in clear only in memory.
    """
    with open_output(path, overwrite) as temporary:
        if public_key is None:
            return hand_over(city, temporary, key, language, city_key)
        try:
            with temporary_folder(city.resolve().parent) as folder:
                plain, own_key = folder / "handover.db", os.urandom(32) if city_key else None
                plain.touch(0o600)
                merged = hand_over(city, plain, key, language, city_key, own_key)
                content = plain.read_bytes() if own_key is None else plain_bytes(plain, own_key)
        except OSError as error:
            folder = city.resolve().parent
            raise UnusableFile(_("{path} can't be written: {reason}.", path=folder, reason=error.strerror or error)) from None
        temporary.write_bytes(encrypt(content, public_key))
    return merged
