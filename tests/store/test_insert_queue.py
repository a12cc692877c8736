"""Rows of an import wait and are written together: the file is as if each had been written by itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from running import husrum, new_city, store_of

from husrum_cli.importing.spreadsheets import import_spreadsheets
from husrum_cli.importing.understanding.context import Options
from husrum_cli.store import Store

ANNA = {"number": 7, "name": "Anna Holm"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with closing(store_of(new_city(tmp_path / "city.db"))) as opened:
        yield opened


def test_a_reader_finds_rows_that_wait(store: Store) -> None:
    with store.writing("import"), store.queueing():
        first = store.insert("people", branch_id=store.home, **ANNA)
        second = store.insert("people", branch_id=store.home, number=8, name="Bo Lund")
        store.insert_many("intakes", ("person_id", "enquired"), [(first, "2024-01-02"), (second, None)])
        rows = store.rows("SELECT people.id, number, enquired FROM people JOIN intakes ON person_id = people.id ORDER BY number")
        assert [tuple(row) for row in rows] == [(first, 7, "2024-01-02"), (second, 8, None)]
        assert store.insert("people", branch_id=store.home, number=9, name="Cecilie Dam") == second + 1


def test_the_rest_is_written_and_logged_at_the_end(store: Store) -> None:
    with store.writing("import"), store.queueing():
        store.insert("intakes", person_id=store.insert("people", branch_id=store.home, **ANNA), enquired="2024-01-02")
    assert store.value("SELECT wrote FROM steps ORDER BY edit_id DESC LIMIT 1") == '{"people": [1, 0, 0], "intakes": [1, 0, 0]}'
    assert husrum("undo", "--yes", "--db", store.path).exit_code == 0
    assert store.value("SELECT count(*) FROM people") == store.value("SELECT count(*) FROM intakes") == 0


def test_nothing_is_written_after_an_error(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.writing("import"), store.queueing():
        store.insert("people", branch_id=store.home, **ANNA)
        raise ZeroDivisionError
    assert store.value("SELECT count(*) FROM people") == 0


def test_an_import_reads_nothing_for_each_row(tmp_path: Path) -> None:
    """Events of the same people, and people with the same columns: ten times the rows, no more queries."""

    def queries(number: int) -> int:
        intakes = [f"{each},Ung Nummer{each},2024-01-02,1999-01-01,never" for each in range(1, number + 1)]
        events = [f"Walk {each},2024-{each % 12 + 1:02}-15,1|2|3" for each in range(number)]
        files = {"intakes": ["ref,name,enquired,born,suicidal_thoughts", *intakes], "events": ["title,date,present", *events]}
        for name, lines in files.items():
            (tmp_path / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
        seen: list[str] = []
        with closing(store_of(new_city(tmp_path / f"{number}.db"))) as store:
            store.connection.set_trace_callback(seen.append)
            import_spreadsheets(store, [tmp_path / "intakes.csv", tmp_path / "events.csv"], Options())
            assert store.value("SELECT count(*) FROM attendance") == 3 * number
        return sum(sql.lstrip().startswith("SELECT") for sql in seen)

    assert queries(100) == queries(10)
