"""The laws of merging, over random cities and random edits between merges: order, grouping and repetition make no difference, a newer copy replaces an older one,
and a file that is read never changes."""

from __future__ import annotations

import random
import shutil
import tempfile
from pathlib import Path

import pytest
from cities import cities, write_city
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from often import holds_often
from recount_reading import City
from unions import dump, hashes, new_key, run

# Many more than the usual run has: EXAMPLES=300 pytest -m full tests/national/test_merge_laws.py
LAWS = settings(max_examples=2, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
NAMES = ("Aarhus", "Viborg", "Århus Øst")
# What a city does between two copies of its file; each a few commands.
EDITS: tuple[tuple[tuple[str, ...], ...], ...] = (
    (("intake", "add", "Xenia Ny", "--enquired", "2024-05-01", "--held", "2024-05-02", "--diagnosis", "autism"),),
    (("event", "log", "Ekstra", "--date", "2024-05-03", "--unnamed", "7", "--joint", "ekstra"),),
    (("figure", "set", "2024", "facebook_followers", "12", "--source", "Facebook"),),
    (("branch", "edit", "--active-from", "2021-01-01"),),
    (("grant", "add", "Fonden", "--per-year", "100", "--from", "2024-01-01"),),
    # A correction, a closed year, an erasure, and a consent that is withdrawn.
    (("event", "log", "Rettet", "--date", "2024-05-04", "--unnamed", "3"), ("event", "edit", "Rettet", "--date", "2024-05-06")),
    (("event", "log", "Lukket", "--date", "2024-02-02", "--unnamed", "4"), ("year", "close", "2024", "--force")),
    (("intake", "add", "Yrsa Væk", "--born", "2001-04-05", "--held", "2024-05-02"), ("person", "erase", "Yrsa Væk", "--yes")),
    (
        ("intake", "add", "Zoe Nej", "--born", "2001-02-03", "--held", "2024-05-02"),
        ("person", "consent", "Zoe Nej", "national_linking", "--given", "2024-05-02", "--withdrawn", "2024-06-01"),
    ),
    (
        ("intake", "add", "Ulla Nej", "--born", "2001-02-04", "--held", "2024-05-02", "--diagnosis", "autism", "--loneliness", "severe"),
        ("person", "consent", "Ulla Nej", "health_data", "--given", "2024-05-02"),
        ("person", "consent", "Ulla Nej", "health_data", "--withdrawn", "2024-06-01"),
    ),
)
NATIONAL: tuple[tuple[str, ...], ...] = (
    ("branch", "add", "Randers", "--from", "2022-01-01"),
    ("figure", "set", "2022", "young_people", "71", "--source", "STATUS", "--branch", "Aarhus"),
    ("branch", "add", "Viborg Nord", "--from", "2020-01-01"),
    ("figure", "set", "2021", "young_people", "610", "--source", "STATUS"),
    ("year", "close", "2021", "--force"),
    ("year", "close", "2022", "--force"),
    ("year", "reopen", "2022", "--why", "a city was missing"),
)


class Country:
    """The files that one example merges: copies of cities' files at different times, handed over or not, and of the nation's file."""

    def __init__(self, directory: Path, pick: random.Random) -> None:
        self.directory, self.pick = directory, pick
        self.files: list[Path] = []
        self.newest: list[Path] = []
        self.key, self.next_key = new_key(directory / "key"), new_key(directory / "next-key")

    def add_city(self, name: str, city: City, edits: int) -> None:
        """A city as it was at the beginning and after each edit, in one form or another."""
        # In a folder of its own, where the list of who was erased is; without it an older copy is only older.
        place = self.directory / f"home-{name}"
        place.mkdir()
        path = place / "city.db"
        run("init", path, "--city", name)
        tables = self.directory / f"tables-{name}"
        tables.mkdir()
        if files := write_city(city, tables):
            run("import", *files, "--db", path)
        wanted = self.pick.sample(EDITS, edits)
        for number in range(edits + 1):
            if number:
                for words in wanted.pop():
                    run("--db", path, *words)
            newest = self.kept(path, f"{name}-{number}")
            self.files += newest
        # Only the newest state of the city decides; which of its forms doesn't matter, as long as one of them has tags.
        self.newest += newest

    def kept(self, path: Path, name: str) -> list[Path]:
        """The file as it is now: itself, handed over with tags, handed over without, or two of these."""
        forms = []
        for form in self.pick.sample(("own", "tagged", "plain"), self.pick.choice((1, 2))):
            forms.append(self.directory / f"{name}-{form}.db")
            if form == "own":
                shutil.copy2(path, forms[-1])
            else:
                key = ["--key", self.key] if form == "tagged" else []
                run("export", "handover", forms[-1], "--unencrypted", *key, "--db", path)
        return forms

    def add_nation(self, edits: int) -> None:
        """The nation's own file, that began with some of the cities, as it was after each of the nation's own edits."""
        path = self.directory / "own-nation.db"
        run("merge", path, self.files[0])
        for number in range(edits):
            run("--db", path, *NATIONAL[number])
            kept = self.directory / f"nation-{number}.db"
            shutil.copy2(path, kept)
            self.files.append(kept)
        if edits:
            self.newest.append(kept)

    def handed_over_anew(self) -> list[Path]:
        """Every city as it is now, with the tags of the next key."""
        files = []
        for home in sorted(self.directory.glob("home-*")):
            files.append(self.directory / f"{home.name}-next-key.db")
            run("export", "handover", files[-1], "--unencrypted", "--key", self.next_key, "--db", home / "city.db")
        return self.pick.sample(files, len(files))

    def merge(self, name: str, *files: Path) -> Path:
        """A new file of these."""
        out = self.directory / f"{name}.db"
        run("merge", out, *files)
        return out


@st.composite
def countries(draw: DrawFn) -> tuple[list[City], list[int], int, int]:
    """Cities, how often each was edited, how often the nation was, and where chance starts from."""
    chosen = draw(st.lists(cities(), min_size=1, max_size=3))
    return chosen, [draw(st.integers(0, 3)) for _city in chosen], draw(st.integers(0, len(NATIONAL))), draw(st.integers(0, 10**6))


@LAWS
@given(countries())
def test_what_is_merged_decides_and_not_how(drawn: tuple[list[City], list[int], int, int]) -> None:
    chosen, edits, nation, seed = drawn
    with tempfile.TemporaryDirectory() as directory:
        country = Country(Path(directory), random.Random(seed))
        for name, city, number in zip(NAMES, chosen, edits, strict=False):
            country.add_city(name, city, number)
        country.add_nation(nation)
        files = country.files
        before = hashes(country.directory)
        whole = country.merge("whole", *files)
        expected = dump(whole)

        shuffled = country.pick.sample(files, len(files))
        assert dump(country.merge("shuffled", *shuffled)) == expected

        cut = country.pick.randint(1, len(files))
        one, other = country.merge("one", *shuffled[:cut]), country.merge("other", *(shuffled[cut:] or shuffled[:1]))
        assert dump(country.merge("grouped", other, one)) == expected
        country.merge("one", *(shuffled[cut:] or shuffled[:1]))
        assert dump(one) == expected

        for again in ([whole], files, shuffled[:1]):
            assert dump(country.merge("whole", *again)) == expected

        assert dump(country.merge("newest", *country.newest)) == expected

        # The key is changed: one merge reads all cities again, wherever the old tags were.
        anew = country.handed_over_anew()
        changed = dump(country.merge("whole", *anew))
        own = [file for file in country.newest if file.name.startswith("nation-")]
        assert dump(country.merge("changed", *own, *anew)) == changed
        assert dump(country.merge("one", *reversed(anew))) == changed
        assert dump(country.merge("changed", *anew[:1], country.directory / "one.db")) == changed

        made = {"changed.db", *(file.name for file in anew), "whole.db", "shuffled.db", "one.db", "other.db", "grouped.db", "newest.db"}
        assert {name: hash for name, hash in hashes(country.directory).items() if name not in made} == before


@pytest.mark.full
def test_it_holds_of_many_countries() -> None:
    holds_often(test_what_is_merged_decides_and_not_how, countries())
