"""`husrum import`."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import WrongInput
from ..i18n import _, many
from ..render.listing import Listing, read_format
from .app import Command, interactive, single
from .context import opened, say
from .lists import show
from .options import DRY_RUN_OPTION, FORMAT_OPTION

import_app = single()
_Text = str | None


@import_app.command(cls=Command)
def import_(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="CSV or .xlsx; named by the kind of their rows, like intakes.csv.")],
    as_: Annotated[
        _Text, typer.Option("--as", metavar="KIND", help="What the rows are, where the name doesn't say; sheet: an attendance sheet.")
    ] = None,
    group: Annotated[_Text, typer.Option("--group", metavar="G1", help="The group of an attendance sheet.")] = None,
    event: Annotated[_Text, typer.Option("--event", metavar="E1", help="The event of an attendance sheet.")] = None,
    names: Annotated[
        _Text, typer.Option("--names", metavar="FILE", help="The map of names that an attendance sheet writes differently.")
    ] = None,
    encoding: Annotated[_Text, typer.Option("--encoding", metavar="NAME", help="Where a CSV is not in UTF-8: windows-1252")] = None,
    dry_run: DRY_RUN_OPTION = False,
    format: FORMAT_OPTION = "table",
) -> None:
    """Read spreadsheets into the file: all of them, or nothing."""
    format = read_format(format)
    if as_ and as_.lower() in ("sheet", "ark"):
        _import_sheet(files, group, event, names, encoding, dry_run)
        return
    if group or event or names:
        raise WrongInput(_("--group, --event and --names belong to an attendance sheet; add: --as sheet"), "as")
    from ..importing.run import BadCells, import_files, read_sources

    with opened() as store:
        sources = read_sources([Path(file) for file in files], as_.lower() if as_ else None, encoding)
        progress = _Progress()
        try:
            outcomes, warnings = import_files(store, sources, progress, dry_run)
        except BadCells as stopped:
            progress.end()
            _list_bad_cells(stopped.cells)
            raise
        progress.end()
    for warning in warnings[:20]:
        say(f"{_('Note')}: {warning}")
    if len(warnings) > 20:
        say(_("… and {number} notes more; husrum check lists what contradicts itself.", number=len(warnings) - 20))
    records: list[dict[str, Any]] = [
        {"file": one.file, "kind": one.kind, "added": one.added, "filled": one.filled, "known": one.known} for one in outcomes
    ]
    show(
        Listing(
            {"file": _("File"), "kind": _("Kind"), "added": _("Added"), "filled": _("Filled in"), "known": _("Known already")}, records
        ),
        format,
    )
    added = sum(one.added + one.filled for one in outcomes)
    if dry_run:
        say(many("Nothing was written; {number} row would be.", "Nothing was written; {number} rows would be.", added))
    elif added:
        say(many("{number} row imported. See: husrum stats year", "{number} rows imported. See: husrum stats year", added))
    else:
        say(_("Everything in the files is known already; nothing was added."))


def _list_bad_cells(cells: list[Any]) -> None:
    for cell in cells:
        value = f" “{cell.value}”" if cell.value else ""
        column = f", {cell.column}" if cell.column else ""
        say(f"{cell.file}, {_('row')} {cell.row}{column}{value}: {cell.reason}")


def _import_sheet(files: list[str], group: str | None, event: str | None, names: str | None, encoding: str | None, dry_run: bool) -> None:
    from ..exporting.attendance_sheet import write_names_map
    from ..importing.attendance_sheet import UnknownNames, import_sheet
    from ..importing.run import BadCells

    if len(files) != 1 or (group is None) == (event is None):
        raise WrongInput(_("An attendance sheet is one file, and belongs to one group or event: --group G1 or --event E1"), "as")
    path = Path(files[0])
    with opened() as store:
        try:
            outcome = import_sheet(store, path, group or event or "", Path(names) if names else None, encoding, dry_run)
        except BadCells as stopped:
            _list_bad_cells(stopped.cells)
            raise
        except UnknownNames as unknown:
            _list_bad_cells(unknown.cells)
            if not dry_run:
                place = write_names_map(unknown)
                say(_("Fill in the numbers in {path}, and import the sheet again.", path=place))
            raise
    for warning in outcome.warnings:
        say(f"{_('Note')}: {warning}")
    say(outcome.told if not dry_run else _("Would have: {line}", line=outcome.told))


class _Progress:
    """A bar for what takes more than a second, where somebody watches."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.watched = interactive()
        self.bar: Any = None
        self.update: Callable[[int, int], None] | None = None

    def __call__(self, done: int, total: int) -> None:
        if not self.watched or done % 64:
            return
        if self.update is None and time.monotonic() - self.began > 1:
            from ..render.table import progress_bar

            self.bar = progress_bar(_("Importing"))
            self.update = self.bar.__enter__()
        if self.update:
            self.update(done, total)

    def end(self) -> None:
        """Takes the bar away."""
        if self.bar is not None:
            self.bar.__exit__(None, None, None)
            self.bar = None
