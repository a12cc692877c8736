"""Key files that are useless by themselves: locked with a passphrase, or a note that the key is in the system's key store.

Such a file is text of three or two lines, beginning with what it is. Whatever takes a key file takes one of these.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from contextlib import suppress
from pathlib import Path
from typing import Any

from ..errors import Refused, UnusableFile, WrongInput
from ..extras import missing_extra
from ..i18n import _
from .passphrases import Passphrases

# A third of a second and 128 MB for each try of a passphrase, on the laptop it was measured on. Tests lower n.
_WORK = {"n": 2**17, "r": 8, "p": 1, "maxmem": 2**28}
_LOCKED = "husrum key locked with a passphrase 1"
_STORED = "husrum key in the key store 1"
_SERVICE = "husrum"
# Four words, or as many letters: shorter ones are guessed.
SHORTEST = 12


def unlock_key(path: Path, content: bytes) -> bytes:
    """Return the key. Raises `UnusableFile` for a wrong passphrase, and if the key store doesn't hold it."""
    if content not in Passphrases.opened:
        lines = content.decode("ascii", "replace").split("\n")
        Passphrases.opened[content] = _unlocked(path, lines[1:]) if lines[0] == _LOCKED else _from_key_store(path, lines[1])
    return Passphrases.opened[content]


def leave_key_store(content: bytes) -> None:
    """Take the key of a key file out of the system's key store, if it is in there."""
    lines = content.decode("ascii", "replace").split("\n")
    if lines[0] == _STORED:
        keyring = _keyring()
        with suppress(*_errors(keyring)):
            keyring.delete_password(_SERVICE, lines[1])


def check_length(passphrase: str) -> str:
    """Return the passphrase. Raises `WrongInput` for a short one."""
    if len(passphrase) < SHORTEST:
        raise WrongInput(
            _("passphrase: it has fewer than {number} characters; take four words, for example.", number=SHORTEST), "passphrase"
        )
    return passphrase


def lock_key(key: bytes, passphrase: str) -> bytes:
    """Return the content of a key file that the passphrase opens."""
    salt = secrets.token_bytes(16)
    pad, check = _pads(passphrase, salt)
    sealed = bytes(one ^ other for one, other in zip(key, pad, strict=True))
    return f"{_LOCKED}\n{salt.hex()} {sealed.hex()} {hmac.digest(check, sealed, 'sha256').hex()}\n".encode()


def in_key_store(key: bytes) -> bytes:
    """Put the key into the system's key store, and return the content of a key file that finds it there. Raises `Refused` if there is no key store."""
    name = secrets.token_hex(8)
    keyring = _keyring()
    try:
        keyring.set_password(_SERVICE, name, key.hex())
        returned = keyring.get_password(_SERVICE, name)
    except _errors(keyring) as error:
        raise Refused(
            _("This computer has no key store that husrum can use: {reason}.", reason=str(error).rstrip(".") or type(error).__name__),
            "lock",
        ) from None
    if returned != key.hex():  # one that is there only to be none
        raise Refused(_("This computer's key store does not return what is put into it; the key would be lost in there."), "lock")
    return f"{_STORED}\n{name}\n".encode()


def _pads(passphrase: str, salt: bytes) -> tuple[bytes, bytes]:
    """Derive the pad that hides the key, and the check value that proves the passphrase. Each salt is used once."""
    derived = hashlib.scrypt(passphrase.encode("utf-8", "surrogateescape"), salt=salt, dklen=64, **_WORK)
    return derived[:32], derived[32:]


def _unlocked(path: Path, lines: list[str]) -> bytes:
    try:
        salt, sealed, mark = (bytes.fromhex(part) for part in lines[0].split())
        if len(sealed) != 32:
            raise ValueError
    except (ValueError, IndexError):
        raise UnusableFile(_("{path} is damaged: it holds no locked key. Restore it from a copy.", path=path)) from None
    while Passphrases.may_try(path):
        pad, check = _pads(Passphrases.ask_for(path), salt)
        if hmac.compare_digest(mark, hmac.digest(check, sealed, "sha256")):
            return bytes(one ^ other for one, other in zip(sealed, pad, strict=True))
        Passphrases.wrong[path] = Passphrases.wrong.get(path, 0) + 1
    raise UnusableFile(_("{path}: the passphrase is wrong, or the file is damaged.", path=path))


def _from_key_store(path: Path, name: str) -> bytes:
    keyring = _keyring()
    key = b""
    with suppress(ValueError, *_errors(keyring)):
        key = bytes.fromhex(keyring.get_password(_SERVICE, name) or "")
    if len(key) != 32:
        raise UnusableFile(
            _("{path}: the key is not in the key store of this user and computer. Name a copy of it: --db-key FILE", path=path)
        )
    return key


def _keyring() -> Any:
    try:
        import keyring.errors  # type: ignore[import-not-found,unused-ignore]  # an extra
    except ImportError:
        raise missing_extra("keyring") from None
    return keyring


def _errors(keyring: Any) -> tuple[type[Exception], ...]:
    """Return the exceptions a system's key store can raise."""
    return (keyring.errors.KeyringError, OSError, RuntimeError)
