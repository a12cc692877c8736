"""The file in other tools: sqlite3, sqlite-utils and Datasette open every table and view, and every row."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
import sqlite_utils
from running import ENCRYPTED, husrum

pytestmark = pytest.mark.skipif(ENCRYPTED, reason="tools without the key read nothing of an encrypted file")


@pytest.fixture(scope="module")
def nation(aarhus_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example city as a national file."""
    path = tmp_path_factory.mktemp("nation") / "danmark æøå.db"
    assert husrum("merge", path, aarhus_once).exit_code == 0
    return path


@pytest.fixture(params=["city", "nation"])
def file(request: pytest.FixtureRequest, aarhus_once: Path, nation: Path) -> Path:
    """A file that a tool opens."""
    return aarhus_once if request.param == "city" else nation


def names(path: Path) -> Iterator[str]:
    """Every table and view."""
    with closing(sqlite3.connect(path)) as connection:
        for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY 1").fetchall():
            yield name


def test_sqlite3_reads_everything(file: Path) -> None:
    before = file.read_bytes()
    with closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        found = {name: len(connection.execute(f"SELECT * FROM {name}").fetchall()) for name in names(file)}
    assert len(found) > 60 and found["visit_list"] > 1000
    assert file.read_bytes() == before


def test_sqlite_utils_reads_everything(file: Path) -> None:
    database = sqlite_utils.Database(file)
    try:
        assert {*database.table_names(), *database.view_names()} == {*names(file)}
        for name in names(file):
            assert len(list(database[name].rows)) == database[name].count
            assert database[name].columns
        assert {key.table for key in database["attendance"].foreign_keys} == {"attendance"}
    finally:
        database.close()


def test_datasette_shows_a_page_of_everything(file: Path) -> None:
    app = pytest.importorskip("datasette.app", reason="Datasette is not installed: pip install datasette")

    async def pages() -> dict[str, int]:
        server = app.Datasette([], immutables=[str(file)])
        await server.invoke_startup()
        (database,) = (name for name in server.databases if not name.startswith("_"))
        place = server.urls.database(database)
        found = {}
        for name in names(file):
            page = await server.client.get(server.urls.table(database, name))
            found[name] = page.status_code
            # The first row's own page follows each of its references.
            if page.status_code == 200 and (
                link := re.search(rf'class="col-Link type-pk"><a href="({re.escape(str(place))}/[^"]+)"', page.text)
            ):
                found[f"{name}, a row"] = (await server.client.get(link[1])).status_code
        query = await server.client.get(f"{place}?sql=select+*+from+participants+limit+5")
        return {**found, "a query": query.status_code}

    found = asyncio.run(pages())
    assert len(found) > 70
    assert {name: status for name, status in found.items() if status != 200} == {}


def test_an_event_whose_days_another_tool_deleted_can_still_be_removed(city: Path) -> None:
    assert husrum("event", "plan", "Film night", "--date", "2026-10-02", "--db", city).exit_code == 0
    with closing(sqlite3.connect(city)) as connection, connection:
        connection.execute("DELETE FROM sessions")
    for command in (("attend", "E1", "--present", "none"), ("cancel", "E1")):
        result = husrum("event", *command, "--db", city)
        assert (result.exit_code, result.stderr) == (5, "Error: E1 has no days.\n")
    assert husrum("event", "show", "E1", "--db", city).exit_code == 0
    result = husrum("event", "edit", "E1", "--until", "2026-10-03", "--db", city)
    assert result.exit_code != 1, result.stderr
    assert husrum("event", "remove", "E1", "--db", city).exit_code == 0
