"""`husrum report`."""

from pathlib import Path
from typing import Annotated

from ..errors import UnusableFile, WrongInput
from ..i18n import _
from .app import chosen_key_file, interactive
from .asking import ask
from .context import note_if_open, open_file, say
from .declarations import Noun, Option
from .options import BRANCH_OPTION, OVERWRITE_OPTION, PERIOD

report_app = Noun()


@report_app.command()
def report(
    period: PERIOD,
    to: Annotated[str | None, Option("--to", metavar="FILE", help="A name that ends in .html or .docx.")] = None,
    text: Annotated[str | None, Option("--text", metavar="FILE.md", help="Your own text, with a heading each chapter.")] = None,
    new_text: Annotated[
        str | None, Option("--new-text", metavar="FILE.md", help="Write the report's own text to a file, to change it there.")
    ] = None,
    branch: BRANCH_OPTION = None,
    nation: Annotated[
        str | None, Option("--nation", metavar="FILE.db", help="The national file, for a chapter about the whole country.")
    ] = None,
    draft: Annotated[bool, Option("--draft", help="Say on top what is not final yet.")] = False,
    publish: Annotated[
        bool, Option("--publish/--exact", help="As outsiders may see it, which is usual; or for internal use, every figure as it is.")
    ] = True,
    overwrite: OVERWRITE_OPTION = False,
) -> None:
    """The STATUS report of a year, or of another period, with charts and your own text."""
    from ..domain.figures.chosen_period import chosen_period
    from ..exporting.report.report import REPORT_FORMATS, build_report, write_report
    from ..exporting.report.report import new_text as write_new_text
    from ..exporting.report.source import national_years, report_source
    from ..render.data_files import file_format
    from ..store.opening import peek

    if not new_text:
        to = to or (ask(_("Where to (.html or .docx)")) if interactive() else None)
        if not to:
            raise WrongInput(_("to: name the file to write, ending in .html or .docx."), "to")
    kind = file_format(to, REPORT_FORMATS) if to else ""
    with open_file() as store:
        source = report_source(store, chosen_period(store, period, branch), branch, publish)
    if nation:
        whole = peek(Path(nation), chosen_key_file())
        if whole is None:
            raise UnusableFile(
                _("{path} can't be read as a file of husrum's; open it by itself first: husrum stats year --db {path}", path=nation)
            )
        try:
            source = source._replace(nation=national_years(whole, source.record.period))
        finally:
            whole.close()
    if new_text:
        write_new_text(Path(new_text), source)
        say(
            _(
                "{path}: every chapter with its own text. Change it, then: husrum report {year} --text {path} --to FILE",
                path=new_text,
                year=source.record.period.name,
            )
        )
        return
    made = build_report(source, Path(text) if text else None, draft)
    assert to
    write_report(Path(to), made, kind, overwrite)
    say(_("{year}: the report is in {path} ({number} chapters).", year=source.record.period.name, path=to, number=len(made.chapters)))
    note_if_open(source.record)
