"""`husrum backup` and `husrum restore`."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

from ..config import remembered_file, remembering_file
from ..i18n import _, many
from ..input.dates import today
from ..input.text import holds_cpr
from .app import chosen_key_file, chosen_path, interactive
from .asking import ask_yes
from .context import open_file, say
from .declarations import Argument, Noun
from .options import FORCE_OPTION, YES_OPTION

backup_app = Noun()
restore_app = Noun()


@backup_app.command()
def backup(file: Annotated[str, Argument(metavar="FILE", help="The new copy; a folder: a name with today's date in it.")]) -> None:
    """Copy the whole file to a new one, and read the copy through."""
    from ..atomic_files import unused_name
    from ..domain.file_location import places_to_worry_about
    from ..store.backup import back_up

    place = Path(file).expanduser()
    with open_file() as store:
        if place.is_dir():
            place = unused_name(place / f"{store.path.stem}-{today()}.db")
        encrypted = store.key is not None
        back_up(store, place)
    for worry in places_to_worry_about(place, encrypted):
        say(f"{_('Note')}: {worry}")
    say(_("{path}: a whole copy, read through. To put it back: husrum restore {path}", path=place))


@restore_app.command()
def restore(
    backup: Annotated[str, Argument(metavar="BACKUP", help="The copy to put back.")],
    yes: YES_OPTION = False,
    force: FORCE_OPTION = False,
) -> None:
    """Replace the file by a backup. The file as it is now is kept next to it."""
    from ..domain.people.consents import reapply_withdrawals
    from ..store.backup import refuse_wrong_path
    from ..store.backup import restore as restore_backup

    path = chosen_path(
        _("No file is chosen. Name the one to be made from the backup: husrum --db FILE restore {backup} --force", backup=backup)
    )
    refuse_wrong_path(Path(backup).expanduser(), path, force)
    if interactive() and path.exists() and not yes:
        question = _("Everything written to {path} after the backup is put aside. Go on? (yes/no)", path=path)
        if not ask_yes(question):
            say(_("Nothing was written."))
            return
    chosen = remembered_file() is None and not holds_cpr(str(path.absolute()))
    with remembering_file(path) if chosen else nullcontext():
        restored = restore_backup(Path(backup).expanduser(), path, reapply_withdrawals, chosen_key_file(), force)
    if restored.kept is not None:
        say(_("The file as it was is kept: {path}", path=restored.kept))
    if restored.removed_again:
        say(
            many(
                "{number} person in the backup was anonymised or erased since, and is so again.",
                "{number} people in the backup were anonymised or erased since, and are so again.",
                restored.removed_again,
            )
        )
    if restored.withdrawn_again:
        say(
            many(
                "{number} consent in the backup was withdrawn since, and is so again, with the answers that rested on it.",
                "{number} consents in the backup were withdrawn since, and are so again, with the answers that rested on them.",
                restored.withdrawn_again,
            )
        )
    if restored.kept is not None and not restored.readable:
        say(f"{_('Note')}: {_('The replaced file could not be read; the history goes on from the backup.')}")
    say(_("{path} is now as it was in the backup. See: husrum log", path=path))
    if chosen:
        say(_("Commands work on this file from now on; another one: husrum use FILE"))
