"""`husrum encrypt` and `husrum decrypt`, and the key that a file is encrypted with."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from ..config import new_db_key_place, remember_db_key, remembered_db_key
from ..i18n import _
from .app import Command, chosen_key_file, chosen_path, single
from .context import opened, say

encrypt_app = single()
decrypt_app = single()
ENCRYPT_OPTION = Annotated[
    bool, typer.Option("--encrypt", help="Encrypted, with the key of --db-key or a new one: without it nobody can read the file.")
]


@contextmanager
def key_to_encrypt_with() -> Iterator[Path]:
    """The key file to encrypt with. If there is none it is made; it is deleted again if the block fails, and else remembered."""
    from ..store.keys import new_key

    place = chosen_key_file() or new_db_key_place()
    made = not place.exists()
    if made:
        new_key(place)
    try:
        yield place
    except BaseException:
        if made:
            place.unlink(missing_ok=True)
        raise
    if made:
        say(
            _(
                "{path}: a new key. Without it nobody can read the file, you neither: keep a copy of it in another place, and never beside the file.",
                path=place,
            )
        )
    if remembered_db_key() is None:
        remember_db_key(place)


@encrypt_app.command(cls=Command)
def encrypt() -> None:
    """Encrypt the file where it stands: without its key nobody can read it."""
    from ..store.backup import find_copies
    from ..store.encryption import encrypt_in_place

    path = chosen_path()
    with opened():
        pass  # what is wrong with the file is told before a key is made
    with key_to_encrypt_with() as key_file:
        encrypt_in_place(path, key_file)
    with opened() as store:
        left = [copy.path for copy in find_copies(store, [Path(path).resolve().parent]) if not copy.encrypted]
    if left:
        names = ", ".join(str(place) for place in left)
        told = _("Copies made before are not encrypted; delete those that you need no more: {names}", names=names)
        say(f"{_('Note')}: {told}")
    say(_("{path} is encrypted; its key is in {key}. In clear again: husrum decrypt", path=path, key=chosen_key_file()))


@decrypt_app.command(cls=Command)
def decrypt() -> None:
    """Write an encrypted file in clear: whoever gets hold of it can read it."""
    from ..domain.file_location import places_to_worry_about
    from ..store.encryption import decrypt_in_place

    path = chosen_path()
    decrypt_in_place(path, chosen_key_file())
    for worry in places_to_worry_about(path):
        say(f"{_('Note')}: {worry}")
    say(_("{path} is no longer encrypted: whoever gets hold of it can read it. Encrypt it: husrum encrypt", path=path))
