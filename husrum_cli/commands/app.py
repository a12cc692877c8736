"""What all commands share: the options for the file, its key, the language and a list; the file that is chosen; whether somebody can be asked."""

import os
import sys
from pathlib import Path
from typing import Annotated, ClassVar, NamedTuple

from ..config import environment_language, locale_language, remembered_db_key, remembered_file
from ..errors import DamagedFile, HusrumError, UnusableFile, WrongInput
from ..i18n import LANGUAGES, _, choose_language
from .declarations import Option, declared_parameters


class ListOptions(NamedTuple):
    """The options of a list. `sort`: a column, `-` before it for the largest first; `to`: a file to write it to."""

    sort: str | None = None
    to: str | None = None
    overwrite: bool = False
    pager: bool = True


class Parameters:
    """The options of this run's command line for the file, its key, the language and the list."""

    db: ClassVar[Path | None] = None
    db_key: ClassVar[Path | None] = None
    language: ClassVar[str | None] = None
    listing: ClassVar[ListOptions] = ListOptions()
    city: ClassVar[str | None] = None  # the uid of the city whose file this run has worked on

    @classmethod
    def reset(cls) -> None:
        """Begin a new run."""
        cls.db = cls.db_key = cls.language = cls.city = None
        cls.listing = ListOptions()
        choose_language(environment_language() or locale_language())


def file_options(
    db: Annotated[
        str | None, Option("--db", metavar="FILE", help="The file to work on; else HUSRUM_DB, else the one chosen with husrum use.")
    ] = None,
    db_key: Annotated[
        str | None, Option("--db-key", metavar="FILE", help="The key of an encrypted file; else HUSRUM_DB_KEY, else the one chosen last.")
    ] = None,
    language: Annotated[str | None, Option("--language", metavar="|".join(LANGUAGES), help="The language of the output.")] = None,
) -> None:
    """Store the file, the language and the key if they were given."""
    if db:
        Parameters.db = Path(db).expanduser()
    if db_key:
        Parameters.db_key = Path(db_key).expanduser()
    if language:
        if language.lower() not in LANGUAGES:
            raise WrongInput(_("language: “{text}” is not one of {languages}.", text=language, languages=", ".join(LANGUAGES)), "language")
        Parameters.language = language.lower()
        choose_language(Parameters.language)


# What every command takes, anywhere on the line.
FILE_OPTIONS = {each.word: each for each in declared_parameters(file_options)}


def no_file_text() -> str:
    """Return what to do where no file is chosen: somebody's first day, or the second of a file that was never chosen."""
    return _(
        "No file is chosen. Make a city's first file: husrum init FILE --city NAME. Choose one that exists: husrum use FILE, or --db FILE for one command"
    )


def chosen_path(none_chosen: str | None = None) -> Path:
    """Return --db, else HUSRUM_DB, else the file chosen with `husrum use`. `none_chosen`: the error if there is none."""
    given = Parameters.db or (Path(os.environ["HUSRUM_DB"]).expanduser() if os.environ.get("HUSRUM_DB") else remembered_file())
    if given is None:
        message = none_chosen or no_file_text()
        raise WrongInput(message, "db")
    return given


def chosen_key_file() -> Path | None:
    """Return the path of the key of an encrypted file: --db-key, or else HUSRUM_DB_KEY, or else the one chosen last."""
    given = os.environ.get("HUSRUM_DB_KEY")
    chosen = Parameters.db_key or (Path(given).expanduser() if given else remembered_db_key())
    if chosen and interactive():
        from ..store.passphrases import Passphrases

        Passphrases.ask = ask_passphrase
    return chosen


def ask_passphrase(path: Path, again: bool) -> str:
    """Ask for the passphrase of a key file. It isn't shown. again: the one before was wrong."""
    from getpass import getpass

    if again:
        print(_("That is not the passphrase. Once more:"), file=sys.stderr)
    return getpass(f"{_('Passphrase of {path}', path=path)}: ", sys.stderr)


def adopt_language() -> None:
    """Switch to the language of the chosen file unless another was requested. Errors in the file are reported when it is opened to work on."""
    if Parameters.language or environment_language():
        return
    try:
        path = chosen_path()
        from ..store import peek
        from ..store.sqlite_errors import translating_sqlite_errors

        store = peek(path, chosen_key_file())
        if store is None:
            return
        try:
            with translating_sqlite_errors(store.path):
                language = store.setting("language")
        finally:
            store.close()
    except HusrumError:
        return
    if language in LANGUAGES:
        choose_language(language)


def of_the_nation(path: Path) -> bool:
    """Whether a file belongs to no city. A file that can't be read is reported when it is opened to work on."""
    from ..store import peek
    from ..store.sqlite_errors import translating_sqlite_errors

    try:
        if (store := peek(path, chosen_key_file())) is None:
            return False
        try:
            with translating_sqlite_errors(path):
                return store.national
        finally:
            store.close()
    except HusrumError:
        return False


def damage_behind() -> HusrumError | None:
    """Whether it may be the file that made a command stumble: one that is damaged, or has triggers or indexes of others, makes everything possible."""
    from ..store import open_store
    from ..store.integrity import KINDS, damage, foreign_objects
    from ..store.sqlite_errors import damaged_file

    try:
        store = open_store(chosen_path(), chosen_key_file())
        try:
            if damage(store, exact=False):
                return damaged_file(store.path)
            foreign = ", ".join(f"{_(KINDS[kind])} {name}" for kind, name in foreign_objects(store) if kind in ("trigger", "index"))
            text = _(
                "{path} holds what husrum did not make ({objects}), which keeps commands from working. See: husrum check",
                path=store.path,
                objects=foreign,
            )
            return UnusableFile(text) if foreign else None
        finally:
            store.close()
    except HusrumError as error:
        return error if isinstance(error, DamagedFile) else None


def interactive() -> bool:
    """Whether a person sits there who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def wants_form(wanted: bool, missing: bool = False) -> bool:
    """Whether there is a form to fill in: asked for, or since something is missing that somebody at a terminal can tell."""
    if wanted and not interactive():
        raise WrongInput(
            _("ask: there is no terminal to ask at; give the answers by options, those of an interview with --answers FILE."), "ask"
        )
    return interactive() and (wanted or missing)


def list_options(
    sort: Annotated[str | None, Option("--sort", metavar="COLUMN", help="Sort by a column; -COLUMN: the largest first.")] = None,
    to: Annotated[str | None, Option("--to", metavar="FILE", help="Write the list to a .xlsx or .csv file.")] = None,
    overwrite: Annotated[bool, Option("--overwrite", help="Replace a file that is there.")] = False,
    no_pager: Annotated[bool, Option("--no-pager", help="Show it at once, however long it is.")] = False,
) -> None:
    """Store the options of a list, for `lists.show`."""
    Parameters.listing = ListOptions(sort, to, overwrite, not no_pager)


def figure_options(
    to: Annotated[str | None, Option("--to", metavar="FILE", help="Write the figures to a .xlsx or .csv file.")] = None,
    overwrite: Annotated[bool, Option("--overwrite", help="Replace a file that is there.")] = False,
) -> None:
    """Store the options of figures, which can be written to a file as a list can."""
    Parameters.listing = ListOptions(to=to, overwrite=overwrite)
