"""Options common to all commands (the file, its key and the language, before or after the command), and prompts for missing values."""

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from inspect import signature
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, ClassVar, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from ..config import environment_language, locale_language, remembered_db_key, remembered_file
from ..errors import DamagedFile, HusrumError, WrongInput
from ..i18n import LANGUAGES, _, choose_language
from ..input.numbers import is_negative
from .asking import ask_until_read, prompt

DB_OPTION = Annotated[
    str | None, typer.Option("--db", metavar="FILE", help="The file to work on; else HUSRUM_DB, else the one chosen with husrum use.")
]
DB_KEY_OPTION = Annotated[
    str | None, typer.Option("--db-key", metavar="FILE", help="The key of an encrypted file; else HUSRUM_DB_KEY, else the one chosen last.")
]
LANGUAGE_OPTION = Annotated[str | None, typer.Option("--language", metavar="|".join(LANGUAGES), help="The language of the output.")]


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

    @classmethod
    def reset(cls) -> None:
        """Begin a new run."""
        cls.db = cls.db_key = cls.language = None
        cls.listing = ListOptions()
        choose_language(environment_language() or locale_language())


def file_options(db: str | None = None, language: str | None = None, db_key: str | None = None) -> None:
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


def read_language(args: list[str]) -> None:
    """Choose the language that is named anywhere on a command line, before anything can be wrong with the rest of it. A wrong one is refused later."""
    for word, value in pairwise([*args, ""]):
        named = value if word == "--language" else word.partition("=")[2] if word.startswith("--language=") else ""
        if named.lower() in LANGUAGES:
            file_options(language=named)
            return


def no_file_text() -> str:
    """Return what to do where no file is chosen: somebody's first day, or the second of a file that was never chosen."""
    return _(
        "No file is chosen. A city's first: husrum init FILE --city NAME. One that exists: husrum use FILE, or --db FILE for one command"
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
    """Whether it may be the file that made a command stumble: a damaged one makes everything possible."""
    from ..store import open_store
    from ..store.integrity import damage
    from ..store.sqlite_errors import damaged_file

    try:
        store = open_store(chosen_path(), chosen_key_file())
        try:
            return damaged_file(store.path) if damage(store, exact=False) else None
        finally:
            store.close()
    except HusrumError as error:
        return error if isinstance(error, DamagedFile) else None


def interactive() -> bool:
    """Whether a person sits there who can be asked."""
    return sys.stdin.isatty() and sys.stderr.isatty()


def form_wanted(wanted: bool, missing: bool = False) -> bool:
    """Whether there is a form to fill in: asked for, or since something is missing that somebody at a terminal can tell."""
    if wanted and not interactive():
        raise WrongInput(
            _("ask: there is no terminal to ask at; give the answers by options, those of an interview with --answers FILE."), "ask"
        )
    return interactive() and (wanted or missing)


def _keep_db(value: str | None) -> None:
    file_options(db=value)


def _keep_db_key(value: str | None) -> None:
    file_options(db_key=value)


def _keep_language(value: str | None) -> None:
    file_options(language=value)


def _own(
    db: Annotated[
        str | None, typer.Option("--db", metavar="FILE", callback=_keep_db, expose_value=False, hidden=True, is_eager=True)
    ] = None,
    db_key: Annotated[
        str | None, typer.Option("--db-key", metavar="FILE", callback=_keep_db_key, expose_value=False, hidden=True, is_eager=True)
    ] = None,
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="|".join(LANGUAGES), callback=_keep_language, expose_value=False, hidden=True, is_eager=True),
    ] = None,
) -> None:
    """Declare the options of every command, which are added to each of them."""


def _list(
    sort: Annotated[str | None, typer.Option("--sort", metavar="COLUMN", help="Sort by a column; -COLUMN: the largest first.")] = None,
    to: Annotated[str | None, typer.Option("--to", metavar="FILE", help="Write the list to a .xlsx or .csv file.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
    no_pager: Annotated[bool, typer.Option("--no-pager", help="Show it at once, however long it is.")] = False,
) -> None:
    """Declare the options of every list."""
    Parameters.listing = ListOptions(sort, to, overwrite, not no_pager)


def _report(
    to: Annotated[str | None, typer.Option("--to", metavar="FILE", help="Write the figures to a .xlsx or .csv file.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")] = False,
) -> None:
    """Declare the options of figures, which can be written to a file as a list can."""
    Parameters.listing = ListOptions(to=to, overwrite=overwrite)


@cache
def _options_of(function: Callable[..., None]) -> tuple[Any, ...]:
    app = typer.Typer(add_completion=False, rich_markup_mode=None)
    app.command()(function)
    return tuple(option for option in typer.main.get_command(app).params if option.name in signature(function).parameters)


class Command(TyperCommand):
    """A command: takes --db, --db-key and --language too, and asks at a terminal for what is missing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(_options_of(_own))

    def invoke(self, ctx: Any) -> Any:
        """Run the command in the file's language unless another was requested; this includes errors raised before the file is opened."""
        adopt_language()
        return super().invoke(ctx)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write arguments, options and examples, in the language of the file."""
        from .help.rendering import parameter_sections, write_examples, write_help

        adopt_language()
        write_help(self, ctx, formatter, parameter_sections(self))
        write_examples(formatter, ctx.command_path.removeprefix(ctx.find_root().command_path).strip())

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the arguments. A required one that is missing is asked for at a terminal, one question a line, in the language of the file."""
        given = _completed(args, self.params)
        while True:
            try:
                rest = super().parse_args(ctx, list(given))
                self._refuse_empty(ctx.params)
                return rest
            except typer.TyperException as found:
                error: Any = found
                error.ctx = getattr(error, "ctx", None) or ctx  # whose help says more
                error.negative = next((word for word in args if is_negative(word)), None)  # looks like an option
                missing = getattr(error, "param", None)
                if type(error).__name__ != "MissingParameter" or missing is None or not interactive():
                    raise
                adopt_language()
                given += _asked(missing, getattr(self.callback, "readers", {}).get(missing.name))

    def _refuse_empty(self, values: dict[str, Any]) -> None:
        """Raise `WrongInput` for an option with an empty text, unless its value may be left out."""
        for option in self.params:
            value = values.get(option.name or "") if option.param_type_name == "option" else None
            if "" in (value if isinstance(value, (list, tuple)) else [value]) and not _value_may_be_left_out(option):
                adopt_language()
                name = str(option.name).rstrip("_")
                raise WrongInput(_("{field} is empty.", field=name), name)


def _value_may_be_left_out(parameter: Any) -> bool:
    """Whether a parameter's value may be left out, as its metavar `[…]` says."""
    return str(parameter.metavar or "").startswith("[")


def _completed(args: Sequence[str], parameters: Iterable[Any]) -> list[str]:
    """Return the arguments, with an empty value for options whose value may be left out."""
    optional = {name for option in parameters if _value_may_be_left_out(option) for name in option.opts if name.startswith("-")}
    completed = []
    for word, following in zip(args, (*args[1:], "-"), strict=False):
        completed += [word, ""] if word in optional and following.startswith("-") else [word]
    return completed


class _ShowingCommand(Command):
    """A command with options of what it shows, which `declare` stores for `lists.show`."""

    declare: ClassVar[Callable[..., None]]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(_options_of(type(self).declare))

    def invoke(self, ctx: Any) -> Any:
        """Run the command, and store these options."""
        declare = type(self).declare
        declare(**{option.name: ctx.params.pop(option.name) for option in _options_of(declare)})
        return super().invoke(ctx)


class ListCommand(_ShowingCommand):
    """A command that shows a list: takes `--sort`, `--to`, `--overwrite` and `--no-pager` too."""

    declare = staticmethod(_list)


class FiguresCommand(_ShowingCommand):
    """A command that shows figures: takes `--to` and `--overwrite` too."""

    declare = staticmethod(_report)


def _asked(parameter: Any, read: Callable[[str], object] | None) -> list[str]:
    """Ask for a required argument or option. read: raises `WrongInput` for an answer that can't be taken, which is then asked for again."""
    from ..rowtypes.registry import column_word
    from .help.rendering import placeholder

    argument = parameter.param_type_name == "argument"
    name = placeholder(parameter.metavar or "").strip("[].").lower() if argument else column_word(parameter.name.rstrip("_"))
    answer = ask_until_read(prompt(name, getattr(parameter, "help", None)), read)
    if not answer:
        return []
    return [answer] if argument else [parameter.opts[0], answer]


class Noun(TyperGroup):
    """A noun. Its verbs are built on demand, and --db, --db-key and --language may come before them too."""

    def __init__(self, app: typer.Typer, name: str) -> None:
        super().__init__(name=name, help=str(app.info.help), no_args_is_help=True, rich_markup_mode=None)
        self.params.extend(_options_of(_own))
        self.verbs = {str(verb.name): verb for verb in app.registered_commands}

    def list_commands(self, ctx: Any) -> list[str]:
        """Return the verbs, in the order of their module."""
        return list(self.verbs)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Return the verb that is meant; if there is none, the error names the nearest."""
        if args and args[0] not in self.verbs:
            raise wrong_command(args[0], self.verbs, f"husrum {self.name} --help")
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the verbs, in the language of the file."""
        from .help.rendering import write_help

        adopt_language()
        write_help(self, ctx, formatter, [(_("Commands"), self.short_helps())])

    def short_helps(self) -> list[tuple[str, str]]:
        """Return each verb with its first sentence."""
        return [(name, _((verb.callback.__doc__ or "").strip().partition("\n")[0])) for name, verb in self.verbs.items()]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Return a verb, with its parameters."""
        if cmd_name not in self.commands and cmd_name in self.verbs:
            verb = self.verbs[cmd_name]
            self.commands[cmd_name] = typer.main.get_command_from_info(verb, pretty_exceptions_short=True, rich_markup_mode=None)
        return self.commands.get(cmd_name)


def wrong_command(name: str, known: Iterable[str], help: str) -> WrongInput:
    """Return the error for an unknown command. help: the command that shows them all."""
    from .help.rendering import unknown_command

    adopt_language()
    return WrongInput(unknown_command(name, known, help))


def noun(help: str) -> typer.Typer:
    """Return a noun without commands yet."""
    return typer.Typer(help=help)


def single() -> typer.Typer:
    """Return a noun that is a command itself."""
    return typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False, add_completion=False)
