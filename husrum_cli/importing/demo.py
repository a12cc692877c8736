"""The synthetic country: seven cities' files of 2021-2024, and their national file. Nobody in it exists."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ..atomic_files import temporary_folder
from ..domain import branches
from ..domain.national.linking import new_link_key
from ..domain.national.merge import link_key, merge
from ..errors import Refused, UnusableFile
from ..i18n import _
from ..platforms.private import make_private_folder
from ..store import create
from .spreadsheets import import_spreadsheets
from .understanding.context import Options


class DemoCity(NamedTuple):
    """A city of the demo: its folders of import files, and since when it is active if its first record is older than that."""

    name: str
    folders: tuple[str, ...]
    active_from: str | None = None

    @property
    def file(self) -> str:
        """The name of its file."""
        return f"{self.name.lower()}.db"


CITIES = (
    DemoCity("Aarhus", ("denmark/aarhus", "aarhus-2024"), "2021-01-01"),
    DemoCity("Horsens", ("denmark/horsens",), "2021-01-01"),
    DemoCity("Silkeborg", ("denmark/silkeborg",), "2021-01-01"),
    DemoCity("Viborg", ("denmark/viborg",)),
    DemoCity("Randers", ("denmark/randers",)),
    DemoCity("Esbjerg", ("denmark/esbjerg",)),
    DemoCity("Skanderborg", ("denmark/skanderborg",)),
)
NATIONAL_FILE = "denmark.db"
KEY = "link-key.txt"


def make_demo(place: Path, language: str) -> None:
    """Make all files in the folder, or none. Raises `Refused` if one of them exists already, `UnusableFile` if none can be made."""
    files = [place / name for name in (*(city.file for city in CITIES), NATIONAL_FILE, KEY)]
    taken = next((path for path in files if path.exists()), None)
    if taken is not None:
        raise Refused(_("{path} exists already; choose another folder: husrum demo DIR", path=taken))
    try:
        place.mkdir(exist_ok=True) if place.exists() else make_private_folder(place)
    except OSError as error:
        raise UnusableFile(_("{path} can't be written: {reason}.", path=place, reason=error.strerror)) from None
    try:
        with temporary_folder(place) as temporary:
            for city in CITIES:
                _make_city(temporary / city.file, city, language)
            new_link_key(temporary / KEY, demo=True)
            merge(temporary / NATIONAL_FILE, [temporary / city.file for city in CITIES], link_key(temporary / KEY), language)
            for path in files:
                (temporary / path.name).rename(path)
    except OSError as error:
        raise UnusableFile(_("{path} can't be written: {reason}.", path=place, reason=error.strerror or error)) from None


def _make_city(path: Path, city: DemoCity, language: str) -> None:
    tables = [table for folder in city.folders for table in sorted((_examples() / folder).glob("*.csv"))]
    store = create(path)
    try:
        with store.writing("demo", undoable=False):
            branches.enter_own_city(store, city.name, city.active_from, city.active_from, language)
        import_spreadsheets(store, tables, Options())
    finally:
        store.close()


def _examples() -> Path:
    package = Path(__file__).parents[1]
    for place in (package / "examples", package.parent / "examples"):
        if (place / "denmark").is_dir():
            return place
    raise FileNotFoundError("examples")
