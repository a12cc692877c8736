"""Every command works on a national file, which holds no names, or says why it doesn't."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from make_docs import commands
from running import husrum
from unions import AARHUS, TODAY, VIBORG, new_key, run, small_city


@pytest.fixture(scope="module")
def once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("country")
    cities = [small_city(place / "aarhus.db", "Aarhus", AARHUS), small_city(place / "viborg.db", "Viborg", VIBORG)]
    run("merge", place / "nation.db", *cities, "--key", new_key(place / "key"))
    return place


@pytest.fixture
def place(once: Path, tmp_path: Path) -> Path:
    """A folder with a national file of two cities."""
    return Path(shutil.copytree(once, tmp_path / "country"))


ARGUMENTS = {
    "intake show": ["Aarhus:1"], "intake edit": ["Aarhus:1"], "intake hold": ["Aarhus:2"], "intake add": ["Ny Person"], "group show": ["Aarhus:G1"],
    "group enroll": ["Aarhus:G1", "Aarhus:1"], "group leader": ["Aarhus:G1", "Aarhus:3"], "group meet": ["Aarhus:G1", "--present", "Aarhus:1"],
    "group open": ["Ny", "--kind", "talk", "--start", "2024-06-01"], "group contact": ["Aarhus:G1"], "group leave": ["Aarhus:G1", "Aarhus:1"],
    "group close": ["Aarhus:G1"], "event log": ["Ny"], "event plan": ["Ny", "--date", "2024-07-01"], "event attend": ["Aarhus:E1", "--present", "Aarhus:1"],
    "event cancel": ["Aarhus:E1"], "event show": ["Aarhus:E1"], "volunteer add": ["Ny", "--role", "leader"], "volunteer role": ["Aarhus:3", "peer"],
    "volunteer attest": ["Aarhus:3", "confidentiality"], "volunteer leave": ["Aarhus:3"], "volunteer show": ["Aarhus:3"], "match wait": ["Aarhus:2"],
    "match unwait": ["Aarhus:2"], "match offer": ["Aarhus:3"], "match start": ["Aarhus:2", "Aarhus:3"], "match end": ["Aarhus:1", "--reason", "completed"],
    "match contact": ["Aarhus:1"], "person find": ["anna"], "person show": ["Aarhus:1"], "person edit": ["Aarhus:1", "--name", "Ny"],
    "person join": ["Aarhus:1", "Aarhus:2"], "person onward": ["Aarhus:1", "--to", "X"], "person leave": ["Aarhus:1"],
    "person consent": ["Aarhus:1", "health_data"], "partner add": ["Ny"], "grant add": ["Ny", "--per-year", "1", "--from", "2024-01-01"],
    "figure set": ["2024", "facebook_followers", "5", "--source", "F"], "stats year": ["2024"], "stats explain": ["2024", "young_people"],
    "branch add": ["Randers", "--from", "2020-01-01"], "branch remove": ["Aarhus"], "branch close": ["--date", "2024-01-01", "--branch", "Aarhus"], "branch edit": ["--branch", "Aarhus", "--name", "X"],
    "export tables": ["{place}/tables"], "export sheet": ["Aarhus:G1", "--to", "{place}/sheet.csv"], "export handover": ["{place}/h.db", "--unencrypted"],
    "merge": ["{place}/copy.db", "{place}/nation.db"], "use": ["{place}/nation.db"], "import": ["{place}/intakes.csv"], "init": ["{place}/new.db", "--city", "X"],
    "demo": ["{place}"],
}  # fmt: skip


@pytest.mark.parametrize("words", [*commands()], ids=" ".join)
def test_every_command_works_on_a_national_file_or_says_why_not(place: Path, words: tuple[str, ...]) -> None:
    (place / "intakes.csv").write_text("name,enquired\nNy Person,2024-01-01\n")
    line = [argument.format(place=place) for argument in ARGUMENTS.get(" ".join(words), [])]
    result = husrum(*words, *line, "--db", place / "nation.db", env={**TODAY, "XDG_CONFIG_HOME": str(place / "config")})
    assert result.exit_code in (0, 2, 4, 5), result.stderr
    assert "Traceback" not in result.stderr and "bug in husrum" not in result.stderr
    assert "None" not in result.stdout


def test_today_is_a_citys_and_husrum_alone_is_the_help(place: Path) -> None:
    assert husrum("today", "--db", place / "nation.db", env=TODAY).exit_code == 5
    for alone in (husrum("--db", place / "nation.db", env=TODAY), husrum(env={**TODAY, "HUSRUM_DB": str(place / "nation.db")})):
        assert alone.exit_code == 0 and alone.stdout.startswith("Usage: husrum") and not alone.stderr


def test_grants_and_partners_without_names_are_listed_and_tables_are_refused(place: Path) -> None:
    city, nation = place / "aarhus.db", place / "more.db"
    run("grant", "add", "The fund", "--per-year", "5000", "--from", "2024-01-01", "--db", city)
    run("partner", "add", "The library", "--from", "2024-01-01", "--db", city)
    run("merge", nation, city, "--key", place / "key")
    listed = husrum("grant", "list", "--format", "csv", "--db", nation)
    assert listed.exit_code == 0 and "5000" in listed.stdout and "The fund" not in listed.stdout
    assert husrum("partner", "list", "--db", nation).exit_code == 0
    refused = husrum("export", "tables", place / "tables", "--db", nation)
    assert refused.exit_code == 5 and "national file" in refused.stderr


def test_a_city_that_was_added_by_mistake_is_removed(place: Path) -> None:
    nation = place / "nation.db"
    before = husrum("branch", "list", "--format", "json", "--db", nation).stdout
    run("branch", "add", "Randers", "--from", "2020-01-01", "--db", nation)
    run("figure", "set", "2024", "facebook_followers", "5", "--source", "F", "--branch", "Randers", "--db", nation)
    refused = husrum("branch", "remove", "randers", "--db", nation)
    assert refused.exit_code == 5 and "1 reported figure" in refused.stderr
    run("figure", "remove", "2024", "facebook_followers", "--branch", "Randers", "--db", nation)
    run("branch", "remove", "randers", "--db", nation)
    assert husrum("branch", "list", "--format", "json", "--db", nation).stdout == before
    run("undo", "--yes", "--db", nation)
    assert "Randers" in husrum("branch", "list", "--db", nation).stdout
    for named, status in (("Aarhus", 5), ("Ribe", 4)):
        assert husrum("branch", "remove", named, "--db", nation).exit_code == status


def test_a_new_national_file_has_the_language_that_its_cities_have_in_common(tmp_path: Path) -> None:
    danish = [small_city(tmp_path / f"{name}.db", name, AARHUS) for name in ("Aarhus", "Viborg")]
    for city in danish:
        run("setting", "set", "language", "da", "--db", city)
    english = small_city(tmp_path / "odense.db", "Odense", AARHUS)
    run("setting", "set", "language", "en", "--db", english)
    nobody_says = {"HUSRUM_LANGUAGE": None, "LANG": "C", "LC_ALL": None, "LC_MESSAGES": None}
    for cities, told, shown in (
        (danish, [], "Besøg i alt"),
        ([*danish, english], [], "Visits in all"),
        (danish, ["--language", "en"], "Visits in all"),
    ):
        out = tmp_path / "nation.db"
        merged = husrum("merge", out, *cities, *told, env=nobody_says)
        assert merged.exit_code == 0, merged.stderr
        assert shown in husrum("stats", "year", 2024, "--db", out, env=nobody_says).stdout
        out.unlink()
