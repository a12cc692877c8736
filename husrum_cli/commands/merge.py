"""`husrum merge`: put the files of several cities into one national file."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

from ..config import environment_language, locale_language
from ..domain.national.merge import MergeResult, link_key, merge
from ..i18n import _, many
from ..render.listing import Listing, read_format, write_json
from ..store.keys import FileKeys
from ..store.union.sources import Decrypt
from .app import Parameters, chosen_key_file
from .context import say
from .declarations import Argument, Noun, Option
from .encrypt import ENCRYPT_OPTION, key_to_encrypt_with
from .keys import KEY_OPTION, key_path
from .lists import show
from .options import FORMAT_OPTION, Text
from .progress import Progress

merge_app = Noun()


@merge_app.command()
def merge_(
    out: Annotated[str, Argument(metavar="OUT", help="The national file; made if it is missing, else added to.")],
    files: Annotated[list[str], Argument(metavar="FILE...", help="Files of cities, handed-over files, national files.")],
    key: KEY_OPTION = None,
    identity: Annotated[
        Text, Option("--identity", metavar="FILE", help="The national office's identity, which opens what cities handed over.")
    ] = None,
    encrypt: ENCRYPT_OPTION = False,
    source_key: Annotated[
        list[str] | None,
        Option("--source-key", metavar="FILE", help="The key of an encrypted FILE, if it is another one; repeatable."),
    ] = None,
    format: FORMAT_OPTION = "table",
) -> None:
    """Put the files of several cities into one national file, without a name in it."""
    format = read_format(format)
    language = Parameters.language or environment_language()
    sources = [Path(file).expanduser() for file in files]
    with key_to_encrypt_with(Path(out).expanduser()) if encrypt else nullcontext(chosen_key_file()) as key_file:
        keys = FileKeys(key_file, tuple(Path(file).expanduser() for file in source_key or ()), encrypt)
        with Progress(_("Merging")):
            merged = merge(
                Path(out).expanduser(),
                sources,
                link_key(key_path(key)),
                language or locale_language(),
                decryption(identity),
                keys,
                not language,
            )
    show_merge_result(merged, format)
    say(
        many(
            "{path} holds {number} city. It is pseudonymous, not anonymous: keep it where only you can read it. See: husrum stats year --db {path}",
            "{path} holds {number} cities. It is pseudonymous, not anonymous: keep it where only you can read it. See: husrum stats year --db {path}",
            merged.branches,
            path=out,
        )
    )


def decryption(identity: str | None) -> Decrypt | None:
    """Return the function that decrypts files, if an identity was named."""
    if identity is None:
        return None
    from ..exporting.encryption import opener

    return opener(Path(identity).expanduser())


def show_merge_result(merged: MergeResult, format: str) -> None:
    """Report the outcome of every file, the cities that have sent nothing, and events that look like one."""
    for note in merged.notes:
        say(f"{_('Note')}: {note}")
    if format == "json":
        write_json(
            {"schema": "husrum.merge/1", "branches": merged.lines, "missing": merged.missing, "probable_joint_events": merged.joint_events}
        )
        return
    columns = {
        "file": _("File"),
        "branch": _("Branch"),
        "state": _("State"),
        "people": _("People"),
        "sessions": _("Days of activities"),
        "attendance": _("Attendance"),
        "unlinkable": _("Unlinkable"),
        "last_record": _("Last record"),
    }
    lines = merged.lines
    if format == "table":
        lines = [{**line, "branch": line["branch"] or _("The nation's own")} for line in lines]
    show(Listing(columns, lines), format)
    if merged.missing:
        say(_("missing: {branches}", branches=", ".join(merged.missing)))
    if merged.joint_events and format == "table":
        print()
        headings = {"date": _("Date"), "kind": _("Kind"), "days": _("Days"), "events": _("Events"), "joint": _("Key")}
        show(Listing(headings, merged.joint_events, _("Probably joint events, without the same key in every city")), format)
