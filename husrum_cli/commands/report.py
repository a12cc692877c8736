"""`husrum report`."""

from pathlib import Path
from typing import Annotated

import typer

from ..errors import WrongInput
from ..i18n import _
from ..input.dates import read_year
from .app import Command, ask, interactive, single
from .context import note_if_open, opened, say
from .export import OVERWRITE
from .options import BRANCH_OPTION

report_app = single()


@report_app.command(cls=Command)
def report(
    year: Annotated[str, typer.Argument(metavar="YEAR", help="The year.")],
    to: Annotated[str | None, typer.Option("--to", metavar="FILE", help="A name that ends in .html or .docx.")] = None,
    text: Annotated[str | None, typer.Option("--text", metavar="FILE.md", help="Your own text, with a heading each chapter.")] = None,
    new_text: Annotated[str | None, typer.Option("--new-text", metavar="FILE.md", help="Write a file of headings to begin from.")] = None,
    branch: BRANCH_OPTION = None,
    publish: Annotated[
        bool, typer.Option("--publish/--exact", help="As outsiders may see it, which is usual; or for internal use, every figure as it is.")
    ] = True,
    overwrite: OVERWRITE = False,
) -> None:
    """The STATUS report of a year, with tables, charts and your own text."""
    from ..exporting.report.markdown_source import report_source
    from ..exporting.report.report import built_report, format_of, write_report
    from ..exporting.report.report import new_text as write_skeleton

    chosen = read_year(year)
    if new_text:
        write_skeleton(Path(new_text))
        say(
            _(
                "{path}: a heading for each chapter. Write below them, then: husrum report {year} --text {path} --to FILE",
                path=new_text,
                year=chosen,
            )
        )
        return
    to = to or (ask(_("Where to (.html or .docx)")) if interactive() else None)
    if not to:
        raise WrongInput(_("to: name the file to write, ending in .html or .docx."), "to")
    kind = format_of(to)
    with opened() as store:
        source = report_source(store, chosen, branch, publish)
    made = built_report(source, Path(text) if text else None)
    write_report(Path(to), made, kind, overwrite)
    say(_("{year}: the report is in {path} ({number} chapters).", year=chosen, path=to, number=len(made.chapters)))
    note_if_open(source.record)
