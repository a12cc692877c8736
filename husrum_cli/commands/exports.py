"""`husrum export`."""

from pathlib import Path
from typing import Annotated

import typer

from ..domain.activities import find_activity
from ..errors import UnusableFile
from ..locale import _, many
from .parameters import Command, noun
from .session import reading, say

export_app = noun("Write tables and attendance sheets.")
OVERWRITE = Annotated[bool, typer.Option("--overwrite", help="Replace a file that is there.")]


@export_app.command("tables", cls=Command)
def tables(
    directory: Annotated[str, typer.Argument(metavar="DIR", help="Where to; made if it is missing.")],
    overwrite: OVERWRITE = False,
) -> None:
    """Everything, as one CSV for each kind of row: what `husrum import` reads back, exactly."""
    from ..exporting.tables import export_tables
    from ..output.files import written

    place = Path(directory)
    with reading() as book:
        files = list(export_tables(book))
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise UnusableFile(_("{path} can't be written: {reason}.", path=place, reason=error.strerror)) from None
    if not overwrite:
        taken = next((place / f"{kind}.csv" for kind, _text, _rows in files if (place / f"{kind}.csv").exists()), None)
        if taken is not None:
            from ..errors import Refused

            raise Refused(_("{path} exists already; choose another folder or add --overwrite.", path=taken))
    for kind, text, _rows in files:
        with written(place / f"{kind}.csv", overwrite) as beside:
            beside.write_text(text, encoding="utf-8", newline="")
    say(many("{number} file written to {path}. It holds names and answers: keep it where only you can read it.",
             "{number} files written to {path}. They hold names and answers: keep them where only you can read them.", len(files), path=place))  # fmt: skip


@export_app.command("sheet", cls=Command)
def sheet(
    reference: Annotated[str, typer.Argument(metavar="G1|E12", help="The group or event.")],
    to: Annotated[str, typer.Option("--to", metavar="FILE", help="A name that ends in .xlsx or .csv.")],
    overwrite: OVERWRITE = False,
) -> None:
    """The attendance sheet to print or fill in: one row a person, one column a date. `husrum import --as sheet` reads it back."""
    from ..exporting.sheet import export_sheet

    with reading() as book:
        letter = "E" if reference.split(":")[-1].strip().upper().startswith("E") else "G"
        activity = find_activity(book.store, reference, letter, "reference")
        people, days = export_sheet(book, activity, Path(to), overwrite)
    say(_("{activity}: written to {path} (people: {people}, dates: {days}).", activity=activity.shown, people=people, days=days, path=to))
