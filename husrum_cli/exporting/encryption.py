"""Handed-over files, encrypted with age to the national office's public key: nobody else can read them on the way, and damage is noticed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from ..errors import UnusableFile, WrongInput
from ..extras import missing_extra
from ..i18n import _
from ..regular_files import regular_bytes
from ..store import Store
from ..store.keys import secret_lines, write_secret

_SECRET = "AGE-SECRET-KEY-1"
# The setting of a city's file that holds the national office's public key. It is not secret, and stays with the file wherever that is used.
_SETTING = "national_key"
# A country's file takes some hundred megabytes. Files are encrypted and opened in memory.
_LARGEST = 1024**3


def new_identity(path: Path) -> str:
    """Write the national office's identity to a new file that only its owner can read, and return its public key, which every city may know."""
    identity = _age().x25519.Identity.generate()
    public = str(identity.to_public())
    text = f"# husrum: opens what the cities hand over. Keep it secret, and keep a copy.\n# public key: {public}\n{identity}\n"
    write_secret(path, text.encode())
    return public


def read_public_key(text: str) -> str:
    """Return the public key that was typed, in its usual form. Raises `WrongInput` if it is none."""
    typed = text.strip()
    if typed.upper().startswith(_SECRET[:-1]):
        raise WrongInput(
            _("key: that is the secret half, which belongs in its file only. Make a new pair: husrum link national-key --new FILE"), "key"
        )
    try:
        return str(_age().x25519.Recipient.from_str(typed.lower()))
    except _age().RecipientError:
        raise WrongInput(_("key: that is not a public key; one begins with age1 and is 62 characters long."), "key") from None


def keep_national_key(store: Store, text: str) -> str:
    """Encrypt this file's handovers to this public key from now on."""
    key = read_public_key(text)
    store.set(_SETTING, key)
    return key


def national_key(store: Store) -> str | None:
    """Return the public key that this file's handovers are encrypted to, if one is set."""
    return store.setting(_SETTING)


def encrypt(content: bytes, public_key: str) -> bytes:
    """Encrypt so that only the owner of the identity can read it."""
    recipient = _age().x25519.Recipient.from_str(read_public_key(public_key))
    encrypted: bytes = _age().encrypt(content, [recipient])
    return encrypted


def opener(identity_path: Path) -> Callable[[Path], bytes]:
    """Return a function that decrypts files with this identity: path -> the whole content, never on disk.

    Raises `UnusableFile` if the file holds no identity; and for a file that was encrypted for another key, or is damaged.
    """
    identities = _identities(identity_path)

    def opened(path: Path) -> bytes:
        try:
            content: bytes = _age().decrypt(_content(path), identities)
        except _age().DecryptError as error:
            if str(error).startswith("No matching keys"):
                message = _("{path} was encrypted for another key than the one in {identity}.", path=path, identity=identity_path)
            else:
                message = _("{path} is damaged or cut off; ask for it to be sent again.", path=path)
            raise UnusableFile(message) from None
        return content

    return opened


def _identities(path: Path) -> list[object]:
    """Return the secret keys in a file: usually one, and the old ones after a change of key."""
    lines = secret_lines(path)
    try:
        found = [_age().x25519.Identity.from_str(line) for line in lines]
    except _age().IdentityError:
        found = []
    if not found:
        raise UnusableFile(
            _("{path} holds no identity; name the secret file that was made with: husrum link national-key --new FILE", path=path)
        )
    return found


def _content(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST:
            raise UnusableFile(_("{path} is too large for a handed-over file.", path=path))
        return regular_bytes(path)
    except OSError as error:
        raise UnusableFile(_("{path} can't be read: {reason}.", path=path, reason=error.strerror)) from None


def _age() -> ModuleType:
    try:
        import pyrage
        import pyrage.x25519
    except ImportError:
        raise missing_extra("age") from None
    return pyrage  # type: ignore[no-any-return]
