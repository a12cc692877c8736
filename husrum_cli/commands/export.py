"""`husrum export`."""

from pathlib import Path
from typing import Annotated

from ..errors import Refused, WrongInput
from ..i18n import _, many
from ..input.dates import require_order
from ..store import Store
from .context import note_if_open, open_file, reading, say, say_warnings
from .declarations import Argument, Noun, Option
from .keys import KEY_OPTION, key_path
from .options import BRANCH_OPTION, OVERWRITE_OPTION, PUBLISH_OPTION, YEAR_OR_PERIOD
from .progress import Progress

export_app = Noun("Write tables, attendance sheets, and what a city sends to the nation.")


@export_app.command("year")
def year(
    period: YEAR_OR_PERIOD,
    to: Annotated[str, Option("--to", metavar="FILE", help="A name that ends in .json, .csv, .xlsx or .md; - is the terminal.")],
    format: Annotated[str | None, Option("--format", metavar="json|csv|xlsx|md", help="If the name doesn't say it.")] = None,
    danish: Annotated[bool, Option("--danish", help="CSV as Danish Excel opens it: semicolons and decimal commas.")] = False,
    branch: BRANCH_OPTION = None,
    publish: PUBLISH_OPTION = False,
    overwrite: OVERWRITE_OPTION = False,
) -> None:
    """The figures of a year or another period as a file: figures, visits by month and channel, people, grants, definitions."""
    from ..domain.figures.chosen_period import chosen_period
    from ..domain.figures.period_records import period_details, period_record
    from ..domain.figures.sheets import period_sheets
    from ..domain.money.targets import target_lines
    from ..exporting.year import YEAR_FORMATS, YearExport, write_year_file, year_text
    from ..render.data_files import file_format

    kind = file_format(to, YEAR_FORMATS, format)
    if kind == "xlsx" and to == "-":
        raise WrongInput(_("to: a workbook can't be written to the terminal; name a file."), "to")
    with open_file() as store:
        chosen = chosen_period(store, period, branch)
        record, made_from = period_record(store, chosen, branch, publish)
        details = period_details(store, made_from, branch, publish)
        targets = target_lines(store, record, branch)
    note_if_open(record)
    export = YearExport(record, details, period_sheets(record, details, targets), targets)
    if to == "-":
        print(year_text(export, kind, danish), end="")
        return
    write_year_file(Path(to), export, kind, danish, overwrite)
    say(_("{year}: written to {path} ({number} figures).", year=chosen.name, path=to, number=len(record.figures)))


@export_app.command("tables")
def tables(
    directory: Annotated[str, Argument(metavar="DIR", help="Where to; made if it is missing.")],
    overwrite: OVERWRITE_OPTION = False,
) -> None:
    """Everything, as one CSV for each kind of row: what `husrum import` reads back, exactly."""
    from ..exporting.tables import export_tables
    from ..render.data_files import open_outputs

    place = Path(directory)
    with reading() as context:
        files = list(export_tables(context))
    if not overwrite:
        taken = next((place / f"{kind}.csv" for kind, _text, _rows in files if (place / f"{kind}.csv").exists()), None)
        if taken is not None:
            raise Refused(_("{path} exists already; choose another folder or add --overwrite.", path=taken))
    with open_outputs(place, [f"{kind}.csv" for kind, _text, _rows in files], overwrite) as temporaries:
        for temporary, (_kind, text, _rows) in zip(temporaries, files, strict=True):
            temporary.write_text(text, encoding="utf-8", newline="")
    say(many("{number} file written to {path}. It holds names and answers: keep it where only you can read it.",
             "{number} files written to {path}. They hold names and answers: keep them where only you can read them.", len(files), path=place))  # fmt: skip


@export_app.command("research")
def research(
    directory: Annotated[str, Argument(metavar="DIR", help="Where to; made if it is missing.")],
    study_key: Annotated[str, Option("--study-key", metavar="FILE", help="The key of this study; made if it is missing.")],
    from_: Annotated[str | None, Option("--from", metavar="DATE", help="From which day on; left out: from the first.")] = None,
    to: Annotated[str | None, Option("--to", metavar="DATE", help="Until which day; left out: today.")] = None,
    overwrite: OVERWRITE_OPTION = False,
) -> None:
    """For researchers: who has agreed, under a pseudonym, with measurements and visits, without names, texts and dates."""
    from ..domain.outcomes.research import research_data
    from ..exporting.research import study_key as key_of
    from ..exporting.research import write_research
    from ..input.dates import read_date, today

    first = read_date(from_, "from") if from_ else "0001-01-01"
    last = read_date(to, "to") if to else today()
    require_order(first, last, "to")
    place = Path(directory).expanduser()
    with open_file() as store:
        if not overwrite and (place / "manifest.json").exists():
            raise Refused(_("{path} exists already; choose another folder or add --overwrite.", path=place / "manifest.json"))
        key_path = Path(study_key).expanduser()
        made = not key_path.exists()
        found = research_data(store, key_of(key_path), first, last)
    if made:
        say(
            _(
                "A new key of the study is made: {path}. Keep it: only with it does the next export give people the same pseudonyms.",
                path=key_path,
            )
        )
    number = write_research(place, found, overwrite)
    if not number:
        say(_("Nobody has given a consent to research that is valid today."))
    say(many("{number} person written to {path}. It is pseudonymous, not anonymous: hand it to this study only.",
             "{number} people written to {path}. It is pseudonymous, not anonymous: hand it to this study only.", number, path=place))  # fmt: skip


@export_app.command("form")
def form(
    instrument: Annotated[str, Argument(metavar="INSTRUMENT", help="{instrument}")],
    to: Annotated[str, Option("--to", metavar="FILE", help="A name that ends in .docx or .html.")],
    group: Annotated[str | None, Option("--group", metavar="G1", help="A page for everybody enrolled in a group.")] = None,
    person: Annotated[list[str] | None, Option("--person", metavar="PERSON", help="A page for somebody; may be repeated.")] = None,
    wording: Annotated[
        str | None, Option("--wording", metavar="FILE", help="The official wording, one item a line; left out: short names.")
    ] = None,
    overwrite: OVERWRITE_OPTION = False,
) -> None:
    """A questionnaire to answer on paper, with each person's number and no name."""
    from ..domain.activities.groups import enrolled_people
    from ..exporting.answer_form import answer_form, write_form
    from ..input.choices import read_code
    from ..input.dates import today
    from ..vocabulary import INSTRUMENT, INSTRUMENTS

    chosen = INSTRUMENTS[read_code(instrument, INSTRUMENT, "instrument")]
    with reading() as context:
        named = context.people.at_least_one(",".join(person), "person", context.rules) if person else []
        people = {each.number: each for each in named}
        say_warnings(context)
        if group:
            ids = enrolled_people(context.store, context.group(group), today())
            people |= {each.number: each for each in context.people.with_ids(ids)}
    numbers = tuple(map(str, sorted(people)))
    write_form(Path(to).expanduser(), answer_form(chosen, numbers, Path(wording).expanduser() if wording else None), overwrite)
    say(many("{path}: written ({number} page). Record the answers with: husrum measure add PERSON",
             "{path}: written ({number} pages). Record the answers with: husrum measure add PERSON", len(numbers) or 1, path=to))  # fmt: skip


@export_app.command("sheet")
def sheet(
    reference: Annotated[str, Argument(metavar="G1|E12", help="The group or event.")],
    to: Annotated[str, Option("--to", metavar="FILE", help="A name that ends in .xlsx or .csv.")],
    overwrite: OVERWRITE_OPTION = False,
) -> None:
    """The attendance sheet to print or fill in: one row a person, one column a date. `husrum import --as sheet` reads it back."""
    from ..exporting.attendance_sheet import export_sheet

    with reading() as context:
        activity = context.activity(reference, "reference")
        people, days = export_sheet(context, activity, Path(to), overwrite)
    size = f"{many('{number} person', '{number} people', people)}, {many('{number} date', '{number} dates', days)}"
    say(_("{activity}: written to {path} ({size}).", activity=activity.display_name, size=size, path=to))


@export_app.command("handover")
def handover(
    file: Annotated[str, Argument(metavar="FILE", help="The file to send.")],
    key: KEY_OPTION = None,
    unencrypted: Annotated[
        bool, Option("--unencrypted", help="Not encrypted: anyone who gets hold of it can read health data, though no names.")
    ] = False,
    overwrite: OVERWRITE_OPTION = False,
) -> None:
    """What a city sends to the nation: its figures' rows, without names, contacts, notes and birthdays."""
    from ..domain.national.tag_cache import TagCache
    from ..exporting.handover import write_handover

    path, link_key = Path(file).expanduser(), key_path(key)
    with open_file() as store:
        made = TagCache(store, link_key) if link_key else None
        city, city_key, language = store.path, store.key, store.setting("language") or "da"
        public_key = None if unencrypted else _public_key(store)
    with Progress(_("Preparing the handover")):
        merged = write_handover(city, path, made.as_key() if made else None, language, city_key, public_key, overwrite)
    if made:
        with open_file() as store:
            made.save(store)
    (line,) = merged.lines
    for note in merged.notes:
        say(f"{_('Note')}: {note}")
    say(
        _(
            "{path}: {branch} to hand over (people: {people}, attendance: {attendance}, unlinkable: {unlinkable}). Send it to the national office, which merges it: husrum merge OUT FILE",
            path=path,
            branch=line["branch"],
            people=line["people"],
            attendance=line["attendance"],
            unlinkable=line["people"] if line["unlinkable"] is None else line["unlinkable"],
        )
    )


def _public_key(store: Store) -> str:
    """Return the national office's public key. Raises `Refused` if this file doesn't know it."""
    from ..exporting.encryption import national_key, read_public_key

    known = national_key(store)
    if known is None:
        raise Refused(
            _(
                "A handover holds health data and is encrypted to the national office, whose key this file doesn't know: husrum link national-key KEY. In clear, where nobody else can read it: --unencrypted"
            ),
            "unencrypted",
        )
    return read_public_key(known)
