"""`husrum import`."""

from __future__ import annotations

import shutil
import textwrap
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

from ..errors import INTERRUPTED, Termination, WrongInput
from ..i18n import _, language, many
from ..input.text import fold, without_cpr
from ..render.listing import Listing, read_format, write_json
from .app import interactive
from .asking import ask_yes
from .context import open_file, say
from .declarations import Argument, Noun, Option
from .lists import show
from .options import DRY_RUN_OPTION, FORMAT_OPTION, Text
from .progress import Progress

if TYPE_CHECKING:
    from ..importing.spreadsheets import ImportResult
    from ..importing.understanding.context import Options
    from ..importing.understanding.findings import Findings
    from ..store import Store

import_app = Noun()
_MOST_NOTES = 20
_MOST_SHEETS = 8


@import_app.command()
def import_(
    files: Annotated[list[str], Argument(metavar="FILE...", help="CSV, .xlsx or .ods, as they are.")],
    as_: Annotated[Text, Option("--as", metavar="KIND", help="What the rows are, if the name doesn't say; sheet: people by dates.")] = None,
    group: Annotated[Text, Option("--group", metavar="G1", help="The group of a sheet of people by dates.")] = None,
    event: Annotated[Text, Option("--event", metavar="E1", help="The event of a sheet of people by dates.")] = None,
    events: Annotated[
        Text,
        Option("--events", metavar="TITLE", help="The series of events of a sheet of people by dates; those that are missing are made."),
    ] = None,
    year: Annotated[Text, Option("--year", metavar="YEAR", help="The year of dates that have none, and of ages.")] = None,
    sheet: Annotated[list[str] | None, Option("--sheet", metavar="NAME", help="Read only this sheet; may be repeated.")] = None,
    all_sheets: Annotated[bool, Option("--all-sheets", help="Stop if a sheet is not understood, instead of leaving it out.")] = False,
    mapping: Annotated[
        Text, Option("--mapping", metavar="FILE", help="What headings, values and names mean: the file that a first import writes.")
    ] = None,
    encoding: Annotated[
        Text,
        Option("--encoding", metavar="NAME", help="Of a CSV that is neither UTF-8 nor UTF-16, if it is not detected."),
    ] = None,
    dry_run: DRY_RUN_OPTION = False,
    format: FORMAT_OPTION = "table",
) -> None:
    """Read spreadsheets into the file: all of them, or nothing."""
    from ..importing.understanding.context import Options
    from ..importing.understanding.mapping import MAPPING_ENDING, Mapping, read_mapping

    format = read_format(format)
    # `husrum import *.csv` names the mapping of last time too.
    given = [Path(file) for file in files]
    paths = [path for path in given if not path.name.endswith(MAPPING_ENDING) and path != Path(mapping or "")] or given
    kind, target = _what_it_is(as_, group, event, events, paths)
    path = Path(mapping) if mapping else paths[0].parent / f"{paths[0].stem}{MAPPING_ENDING}"
    known = read_mapping(path) if mapping or path.is_file() else Mapping()
    options = Options(_read_year(year), kind, target, tuple(sheet or ()), all_sheets, known)
    with open_file() as store:
        _Import(store, paths, options, path, encoding, dry_run, format).run()


def _what_it_is(
    as_: str | None, group: str | None, event: str | None, events: str | None, paths: list[Path]
) -> tuple[str | None, str | None]:
    """Return (kind of row, target of a grid), as given by the options."""
    from ..importing.understanding.columns import find_kind
    from ..importing.understanding.sheets import SHEET
    from ..rowtypes.registry import MODULES
    from .import_report import kind_word

    targets = [f"{what}:{name}" for what, name in (("group", group), ("event", event), ("events", events)) if name]
    if as_ and as_.lower() in SHEET:
        if len(targets) != 1 or len(paths) != 1:
            text = _("A sheet of people by dates is one file, of one group, event or series: --group G1, --event E1 or --events TITLE")
            raise WrongInput(text, "as")
        return None, targets[0]
    if targets:
        raise WrongInput(_("--group, --event and --events belong to a sheet of people by dates; add: --as sheet"), "as")
    if not as_:
        return None, None
    words = {kind_word(kind): kind for kind in MODULES} if language() == "da" else {kind: kind for kind in MODULES}
    kind = find_kind(as_) or {fold(word): kind for word, kind in words.items()}.get(fold(as_))
    if kind is None:
        raise WrongInput(_("as: “{kind}” is not a kind of row. Choose from: {kinds}.", kind=as_, kinds=", ".join(words)), "as")
    return kind, None


def _read_year(text: str | None) -> int | None:
    from ..input.dates import read_year

    return read_year(text) if text else None


class _Import:
    """One run of the command."""

    def __init__(
        self, store: Store, paths: list[Path], options: Options, mapping: Path, encoding: str | None, dry_run: bool, format: str
    ) -> None:
        self.store, self.paths, self.options, self.mapping = store, paths, options, mapping
        self.encoding, self.dry_run, self.format = encoding, dry_run, format
        self.asking = False  # whether questions were asked, whose answers are in the mapping

    def run(self) -> None:
        """Import; at a terminal, ask about what is not understood first, and show what would be written."""
        try:
            self._run()
        except (KeyboardInterrupt, EOFError, SystemExit):
            if self.asking and Termination.status in (None, INTERRUPTED):  # at the end of a window nobody reads
                say("\n" + _("The answers are kept in {path}. To go on, type the same command again.", path=self.mapping))
            raise

    def _run(self) -> None:
        from ..importing.spreadsheets import NotUnderstood

        asked = False
        while True:
            try:
                imported = self._import(dry_run=self.dry_run or asked)
                break
            except NotUnderstood as stopped:
                if not self._settled(stopped.findings):
                    raise
                asked = True
        if asked and not self.dry_run:
            self._preview(imported)
            if not ask_yes(_("Write this to the file? (yes/no)")):
                say(_("Nothing was written. The answers are kept in {path}.", path=self.mapping))
                return
            imported = self._import(dry_run=False)
        self._show(imported, previewed=asked and not self.dry_run)

    def _import(self, dry_run: bool) -> ImportResult:
        from ..importing.spreadsheets import import_spreadsheets

        with Progress(_("Importing")) as progress:
            reading = progress.with_name(_("Reading"))
            return import_spreadsheets(self.store, self.paths, self.options, self.encoding, progress, dry_run, reading)

    def _settled(self, findings: Findings) -> bool:
        """Show what is not understood. True if somebody answered questions about it."""
        from ..importing.understanding.mapping import write_mapping
        from .forms.import_questions import ask_what_is_meant
        from .import_report import SCREENFUL, as_json, finding_lines, sheet_lines, sheet_names

        if self.format == "json":
            write_json(as_json(findings, None))
        asking = interactive() and self.format != "json" and not self.dry_run
        names = sheet_names(findings, short=asking)
        # What will be asked about is not listed too, nor is shown twice what the preview before writing says.
        sheets = list(sheet_lines(findings, names, short=asking))[:_MOST_SHEETS]
        # What was added to cells is reported when it is written, not when it is refused.
        notes = [] if asking else [f"{_('Note')}: {note}" for note in dict.fromkeys(findings.notes)][:3]
        problems = finding_lines(findings, names, SCREENFUL - len(sheets) - len(notes), asked=not asking)
        for line in (*sheets, *notes, *(f"- {line}" for line in problems)):
            _say_folded(without_cpr(line))
        if self.dry_run:
            return False
        if asking:
            self.asking = True
            mapping = ask_what_is_meant(findings, names, self.options.mapping, self.mapping, _say_folded)
            if mapping is None:
                return False
            self.options.mapping = mapping
            return True
        wanted = [found for problem in findings.problems() if (found := problem.line)]
        if wanted:
            try:
                write_mapping(self.mapping, self.options.mapping, wanted)
            except OSError as error:
                say(_("{path} can't be written: {reason}.", path=self.mapping, reason=error.strerror))
                return False
            say(
                _(
                    "Fill in the column means in {path}, and import again: husrum import --mapping {argument} …",
                    path=self.mapping,
                    argument=quote(str(self.mapping)),
                )
            )
        return False

    def _preview(self, imported: ImportResult) -> None:
        from .import_report import kind_word, note_lines, outcome_records, sheet_lines, sheet_names

        for line in sheet_lines(imported.findings, sheet_names(imported.findings, short=True)):
            _say_folded(line)
        for line in note_lines(imported.findings):
            _say_folded(f"{_('Note')}: {line}")
        for record in outcome_records(imported):
            say(f"  {record['file']}: {kind_word(record['kind'])} +{record['added']}")

    def _show(self, imported: ImportResult, previewed: bool) -> None:
        """Show what was done. `previewed`: what was noted of the sheets was read before."""
        from .import_report import as_json, kind_word, note_lines, outcome_records, sheet_lines, sheet_names

        notes = [*(() if previewed else note_lines(imported.findings)), *imported.warnings]
        for note in notes[:_MOST_NOTES]:
            _say_folded(f"{_('Note')}: {note}")
        if len(notes) > _MOST_NOTES:
            say(
                many(
                    "… and {number} note more; husrum check lists what contradicts itself.",
                    "… and {number} notes more; husrum check lists what contradicts itself.",
                    len(notes) - _MOST_NOTES,
                )
            )
        if not previewed:
            for line in sheet_lines(imported.findings, sheet_names(imported.findings, short=False), incomplete=True):
                _say_folded(line)
        if self.format == "json":
            write_json(as_json(imported.findings, imported))
        else:
            columns = {"file": _("File"), "kind": _("Kind"), "added": _("Added"), "filled": _("Filled in"), "known": _("Known already")}
            records = outcome_records(imported)
            if self.format == "table":
                records = [{**record, "kind": kind_word(record["kind"])} for record in records]
            show(Listing(columns, records), self.format)
        if self.dry_run:
            say(_("Nothing was written; {what} would be.", what=_amount(*imported.counts_written)))
        elif any(imported.counts_written):
            say(_("{what} imported. See: husrum stats year", what=_amount(*imported.counts_written)))
        elif not any(sheet.rows for sheet in imported.findings.sheets if sheet.kind):
            say(_("There is no row below the headings; nothing was added."))
        elif any(record["known"] for record in outcome_records(imported)):
            say(_("Everything in the files is known already; nothing was added."))
        else:
            say(_("Nothing was added."))


def _amount(rows: int, days: int, joined: int) -> str:
    """Say how many rows were written, how many days of people by dates, and how many people joined the group."""
    amounts = [
        *([many("{number} row", "{number} rows", rows)] if rows or not (days or joined) else []),
        *([many("{number} day of attendance", "{number} days of attendance", days)] if days else []),
        *([many("{number} newcomer to the group", "{number} newcomers to the group", joined)] if joined else []),
    ]
    *before, last = amounts
    return _("{rows} and {days}", rows=", ".join(before), days=last) if before else last


def _say_folded(line: str) -> None:
    """Print a line on stderr, at a terminal folded between words."""
    if not interactive() or not line:
        say(line)
        return
    width = shutil.get_terminal_size().columns
    for part in textwrap.wrap(line, width, subsequent_indent="  ", break_long_words=False, break_on_hyphens=False):
        say(part)
