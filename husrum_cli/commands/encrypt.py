"""`husrum encrypt` and `husrum decrypt`, and the key that a file is encrypted with."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Annotated

from ..config import forget_db_key, new_db_key_place, remember_db_key, remembered_db_key
from ..errors import WrongInput
from ..i18n import _
from ..input.text import holds_cpr
from .app import chosen_key_file, chosen_path, interactive
from .context import open_file, say
from .declarations import Noun, Option

encrypt_app = Noun()
decrypt_app = Noun()
LOCKS = "passphrase", "key-store", "none"
ENCRYPT_OPTION = Annotated[
    bool, Option("--encrypt", help="Encrypted, with the key of --db-key or a new one: without it nobody can read the file.")
]


@contextmanager
def key_to_encrypt_with(path: Path, lock: str | None = None, passphrase: str = "", key_copy: str | None = None) -> Iterator[Path]:
    """Write and remember the key to encrypt `path` with, and yield its file; the block encrypts. If the block fails, all of that is taken back.

    A key file that is missing is made; with a `lock`, one that exists is written again. `key_copy`: the place of a copy that needs no lock.
    Raises `Refused` if that exists, or if there is no key store.
    """
    from ..store.encryption import seems_encrypted
    from ..store.keys import write_secret
    from ..store.written_keys import write_key

    before = seems_encrypted(path)
    place = chosen_key_file() or new_db_key_place()
    with ExitStack() as taking_back:
        written = write_key(place, lock, passphrase)
        taking_back.callback(written.take_back)
        if remembered_db_key() is None and not holds_cpr(str(place.absolute())):
            remember_db_key(place)
            taking_back.callback(forget_db_key)
        if key_copy is not None:
            copy = Path(key_copy).expanduser()
            write_secret(copy, written.key)
            taking_back.callback(copy.unlink, missing_ok=True)
        try:
            yield place
        except BaseException:
            if seems_encrypted(path) and not before:  # the failure came later, and without the key the file would be lost
                taking_back.pop_all()
            raise
        taking_back.pop_all()
    written.keep()
    if key_copy is not None:
        say(
            _(
                "{path}: a copy of the key. Anyone who has it can read the file: keep it in a locked drawer, away from this computer.",
                path=key_copy,
            )
        )
    if written.before is None:
        say(
            _(
                "{path}: a new key. Without it nobody can read the file, not even you: keep a copy of it in another place, never next to the file.",
                path=place,
            )
        )


@encrypt_app.command()
def encrypt(
    lock: Annotated[
        str | None,
        Option(
            "--lock", metavar="|".join(LOCKS), help="Lock the key with a passphrase, or keep it in the system's key store; none: a file."
        ),
    ] = None,
    key_copy: Annotated[
        str | None, Option("--key-copy", metavar="FILE", help="Write a copy of the key that needs neither, to keep in a safe place.")
    ] = None,
) -> None:
    """Encrypt the file in place: without its key nobody can read it. For an encrypted file, change how its key is kept."""
    from ..store.backup import find_copies, folders_around
    from ..store.connection import sqlcipher
    from ..store.encryption import encrypt_in_place

    if lock is not None and lock not in LOCKS:
        raise WrongInput(_("lock: “{text}” is not one of {choices}.", text=lock, choices=", ".join(LOCKS)), "lock")
    path = chosen_path()
    with open_file() as store:  # errors in the file are reported before a key is made
        encrypted = store.key is not None
    sqlcipher()  # a missing package is reported before a passphrase is made up
    passphrase = _new_passphrase() if lock == "passphrase" else ""
    with key_to_encrypt_with(path, lock, passphrase, key_copy) as key_file:
        if not (encrypted and (lock or key_copy)):
            encrypt_in_place(path, key_file)
    if encrypted:
        _say_lock(lock, key_file, key_copy)
        return
    with open_file() as store:
        left = [copy.path for copy in find_copies(store, folders_around(Path(path))) if not copy.encrypted]
    if left:
        names = ", ".join(str(place) for place in left)
        text = _("Earlier copies are not encrypted; delete those that you no longer need: {names}", names=names)
        say(f"{_('Note')}: {text}")
    say(_("{path} is encrypted; its key is in {key}. In clear again: husrum decrypt", path=path, key=key_file))
    _say_lock(lock, key_file, key_copy)


def _new_passphrase() -> str:
    """Ask for a new passphrase, twice; or take HUSRUM_DB_NEW_PASSPHRASE. Raises `WrongInput` for one that is short, or if nobody can be asked."""
    from getpass import getpass

    from ..store.locked_keys import SHORTEST, check_length

    given = os.environ.get("HUSRUM_DB_NEW_PASSPHRASE")
    if not given and not interactive():
        raise WrongInput(_("passphrase: there is no terminal to ask at; set HUSRUM_DB_NEW_PASSPHRASE."), "passphrase")
    passphrase = check_length(
        given or getpass(f"{_('New passphrase ({number} characters or more; four words, for example)', number=SHORTEST)}: ", sys.stderr)
    )
    if not given and getpass(f"{_('The same again')}: ", sys.stderr) != passphrase:
        raise WrongInput(_("passphrase: the two are not the same; nothing was changed."), "passphrase")
    return passphrase


def _say_lock(lock: str | None, place: Path, key_copy: str | None) -> None:
    """Say how the key is kept, if a lock was asked for. `key_copy`: the copy that was made."""
    if lock == "passphrase":
        say(
            _(
                "{path}: the key is locked with the passphrase, which is asked for by each command. Nobody can open the file without it.",
                path=place,
            )
        )
    elif lock == "key-store":
        say(_("{path}: the key is in this computer's key store, for you alone.", path=place))
        if not key_copy:
            say(_("Without a copy the file is lost with this computer: husrum encrypt --key-copy FILE"))
    elif lock == "none":
        say(_("{path}: the key is there unlocked: anyone who has it and the file can read everything.", path=place))


@decrypt_app.command()
def decrypt() -> None:
    """Decrypt an encrypted file: anyone who gets hold of it can read it."""
    from ..domain.file_location import places_to_worry_about
    from ..store.encryption import decrypt_in_place

    path = chosen_path()
    decrypt_in_place(path, chosen_key_file())
    for worry in places_to_worry_about(path):
        say(f"{_('Note')}: {worry}")
    say(_("{path} is no longer encrypted: anyone who gets hold of it can read it. Encrypt it: husrum encrypt", path=path))
