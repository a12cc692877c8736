"""`husrum init`, `use`, `demo` and `check`: the file itself."""

import shlex
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Annotated

from ..config import environment_language, locale_language, remember_db_key, remembered_file, remembering_file
from ..domain import branches
from ..errors import Refused
from ..i18n import _, choose_language, many
from ..input.dates import read_date
from ..input.text import holds_cpr, read_name, refuse_cpr
from ..render.listing import Listing, read_format
from ..store import create, open_store
from .app import Parameters, chosen_key_file
from .context import reading, say
from .declarations import Argument, Noun, Option
from .encrypt import ENCRYPT_OPTION, key_to_encrypt_with
from .lists import show_problems
from .options import FORMAT_OPTION, Text
from .progress import Progress

init_app = Noun()
use_app = Noun()
demo_app = Noun()
check_app = Noun()


@init_app.command()
def init(
    file: Annotated[str, Argument(metavar="FILE", help="The new file.")],
    city: Annotated[str, Option("--city", metavar="NAME", help="The name of the city.")],
    active_from: Annotated[
        Text, Option("--active-from", metavar="DATE", help="Since when the city is active; left out: from the first record.")
    ] = None,
    records_from: Annotated[
        Text, Option("--records-from", metavar="DATE", help="From when the file will hold everything; left out: always.")
    ] = None,
    encrypt: ENCRYPT_OPTION = False,
) -> None:
    """Make a city's new file."""
    from ..atomic_files import new_file
    from ..domain.file_location import places_to_worry_about

    name = read_name(city, "city")
    since = read_date(active_from, "active_from") if active_from else None
    records = read_date(records_from, "records_from") if records_from else None
    path = Path(file).expanduser()
    chosen = remembered_file() is None and not holds_cpr(str(path.absolute()))
    with (
        remembering_file(path) if chosen else nullcontext(),
        key_to_encrypt_with(path) if encrypt else nullcontext() as key_file,
        new_file(path) as place,
        closing(create(place, key_file, path)) as store,
        store.writing("init", undoable=False),
    ):
        branches.enter_own_city(store, name, since, records, Parameters.language or environment_language() or locale_language())
    for worry in places_to_worry_about(path, encrypt):
        say(f"{_('Note')}: {worry}")
    begin = _("husrum intake add NAME") if chosen else _("husrum --db {path} intake add NAME", path=path)
    say(_("{path}: a new file for {city}. Begin with: {command}", path=path, city=name, command=begin))
    if chosen:
        say(_("Commands work on this file from now on; another one: husrum use FILE"))


@use_app.command()
def use(file: Annotated[str, Argument(metavar="FILE", help="The file.")]) -> None:
    """Choose the file that later commands work on."""
    path = Path(file).expanduser()
    for remembered in (path, Parameters.db_key or path):
        refuse_cpr(str(remembered.absolute()), "FILE")
    store = open_store(path, chosen_key_file())
    cities = ", ".join(store.branches.values())
    store.close()
    with remembering_file(path):
        if Parameters.db_key is not None:
            remember_db_key(Parameters.db_key)
    say(_("Commands work on {path} ({cities}) from now on.", path=path, cities=cities))


@demo_app.command()
def demo(directory: Annotated[str, Argument(metavar="[DIR]", help="Where to; left out: husrum-demo here.")] = "husrum-demo") -> None:
    """Make seven synthetic cities and their national file; show Aarhus 2024 and the nation's years, at a terminal in short."""
    from ..domain.figures.compute import year_report
    from ..domain.figures.present import record_of_report
    from ..domain.figures.trend import trend
    from ..importing.demo import CITIES, NATIONAL_FILE, make_demo
    from ..input.periods import calendar_year
    from ..render.overview import print_in_short
    from ..render.stats import write_year
    from ..render.terminal import screen
    from ..render.trend import write_trend

    place = Path(directory).expanduser()
    language = Parameters.language or environment_language() or locale_language()
    with Progress(_("Making seven cities")):
        make_demo(place, language)
    choose_language(language)
    aarhus, nation = open_store(place / CITIES[0].file), open_store(place / NATIONAL_FILE)
    try:
        year, years = record_of_report(year_report(aarhus, 2024)), trend(nation, calendar_year(2021), calendar_year(2024))
    finally:
        aarhus.close()
        nation.close()
    if screen().is_terminal:
        print_in_short(screen(), year, years)
        city = place / CITIES[0].file
        print()
        print(_("{place}: seven synthetic cities and {nation}; nobody in them exists. Look around:", place=place, nation=NATIONAL_FILE))
        for words in ("today", "stats year 2024", "person show 19"):
            print(f"  husrum --db {shlex.quote(str(city))} {words}")
        return
    write_year(year, "table")
    print()
    write_trend(years, "table", ())
    say(
        _(
            "{place}: seven synthetic cities and {nation}; nobody in them exists. Look around: husrum --db {city} person list",
            place=place,
            nation=NATIONAL_FILE,
            city=place / CITIES[0].file,
        )
    )


@check_app.command()
def check(format: FORMAT_OPTION = "table") -> None:
    """Look for damage and contradictions, each with the command that fixes it. Exit status 0 only if there are none."""
    from ..domain.checks import check as checked
    from ..domain.file_location import places_to_worry_about

    format = read_format(format)
    with reading() as context:
        problems = checked(context.store)
        worries = places_to_worry_about(context.store.path, context.store.key is not None)
    for worry in worries:
        say(f"{_('Note')}: {worry}")
    records = [{"severity": one.severity, "what": one.what, "who": one.who, "command": one.command} for one in problems]
    if records or format != "table":
        show_problems(Listing({"severity": "", "what": _("What"), "who": _("Who"), "command": _("Fix it with")}, records), format)
    serious = sum(one.severity != "remark" for one in problems)
    if serious:
        raise Refused(many("{number} problem must be fixed.", "{number} problems must be fixed.", serious))
    say(_("No damage and no contradictions."))
