"""Settings remembered per user: the file chosen with `husrum use`, and the paths of its key and of the link key."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import UnusableFile
from .i18n import LANGUAGES, _
from .platforms import system
from .platforms.folders import settings_folder
from .platforms.private import make_private_folder
from .platforms.replacing import replace

_FILE = "chosen-file"
_LINK_KEY = "link-key"
_DB_KEY = "db-key"


def remembered_file() -> Path | None:
    """Return the file chosen with `husrum use`, if one was."""
    return _remembered(_FILE)


def remember_file(path: Path) -> None:
    """Use this file in commands from now on, unless another is named."""
    _remember(_FILE, path)


@contextmanager
def remembering_file(path: Path) -> Iterator[None]:
    """Remember a file as `remember_file` does; if the block fails, as before."""
    before = remembered_file()
    remember_file(path)
    try:
        yield
    except BaseException:
        with suppress(OSError, UnusableFile):
            if before is None:
                _place(_FILE).unlink()
            else:
                remember_file(before)
        raise


def remembered_link_key() -> Path | None:
    """Return the key file chosen with `husrum link use-key`, if one was."""
    return _remembered(_LINK_KEY)


def remember_link_key(path: Path) -> None:
    """Link people with the key in this file from now on, unless another is named. Only its path is stored."""
    _remember(_LINK_KEY, path)


def remembered_db_key() -> Path | None:
    """Return the key of encrypted files that was made or chosen last, if one was."""
    return _remembered(_DB_KEY)


def remember_db_key(path: Path) -> None:
    """Open encrypted files with the key in this file from now on, unless another is named. Only its path is stored."""
    _remember(_DB_KEY, path)


def forget_db_key() -> None:
    """Remember no key of encrypted files."""
    _place(_DB_KEY).unlink(missing_ok=True)


def new_db_key_place() -> Path:
    """Return the default path of a new key for encrypted files. It is kept apart from the files, since those are copied around."""
    place = _place("db.key")
    try:
        make_private_folder(place.parent)
    except OSError as error:
        raise UnusableFile(_("{path} can't be written: {reason}.", path=place, reason=error.strerror)) from None
    return place


def _place(name: str) -> Path:
    return settings_folder() / name


def _remembered(name: str) -> Path | None:
    try:
        chosen = _place(name).read_text(encoding="utf-8", errors="surrogateescape").strip()
    except (OSError, UnicodeDecodeError):
        return None
    return Path(chosen) if chosen else None


def _remember(name: str, path: Path) -> None:
    from .atomic_files import temporary_file

    place = _place(name)
    try:
        make_private_folder(place.parent)
        with temporary_file(place) as temporary:
            temporary.write_text(f"{path.absolute()}\n", encoding="utf-8", errors="surrogateescape")
            replace(temporary, place)
    except OSError as error:
        raise UnusableFile(_("{path} can't be written: {reason}.", path=place, reason=error.strerror)) from None


def environment_language() -> str | None:
    """Return the language of `HUSRUM_LANGUAGE`, if it is one of ours."""
    chosen = os.environ.get("HUSRUM_LANGUAGE", "")[:2].lower()
    return chosen if chosen in LANGUAGES else None


def locale_language() -> str:
    """Return the language of the machine if it is one of ours, otherwise English."""
    chosen = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), None)
    if chosen is None and system.NAME == system.WINDOWS:
        import locale

        chosen = locale.getlocale()[0]
    language = (chosen or "")[:2].lower()
    return language if language in LANGUAGES else "en"
