"""The export for researchers: only who agreed, no name, no text, no date."""

from __future__ import annotations

import csv
import hashlib
import hmac
import json
import re
from contextlib import closing
from pathlib import Path

from running import looked_into, new_city
from town import Town


def rows(path: Path) -> list[dict[str, str]]:
    return [*csv.DictReader(path.read_text(encoding="utf-8").splitlines())]


def test_only_who_agreed_and_neither_names_nor_texts_nor_dates(tmp_path: Path) -> None:
    town = Town(new_city(tmp_path / "town.db"))
    for name, born in (("Anna Holm", "2003-04-05"), ("Bo Dal", "1999"), ("Eva Lund", "2001")):
        town.must("intake", "add", name, "--born", born, "--enquired", "2024-01-02", "--held", "2024-01-10", "--gender", "f",
                  "--diagnosis", "anxiety", "--diagnosis", "adhd", "--municipality", "Aarhus", "--note", "Secret")  # fmt: skip
    town.must("person", "consent", "1", "research", "--given", "2024-01-10")
    town.must("person", "consent", "2", "research", "--given", "2024-01-10")
    town.must("person", "consent", "2", "research", "--withdrawn", "2024-05-01")
    town.must("measure", "add", "1", "--items", "3,2,3", "--date", "2024-01-10")
    town.must("measure", "add", "1", "--instrument", "who5", "--items", "1,2,,4,5", "--date", "2024-04-10")
    town.must("measure", "add", "2", "--items", "1,1,1", "--date", "2024-01-10")
    town.must("event", "log", "Dinner", "--date", "2024-02-15", "--present", "1,2")
    out, key = tmp_path / "out", tmp_path / "study.key"
    said = town.must("export", "research", out, "--study-key", key)
    assert "1 person written" in said and "A new key" in said and str(key) in said and key.stat().st_mode & 0o77 == 0
    with closing(looked_into(town.path)) as file:
        uids = [row[0] for row in file.execute("SELECT uid FROM people ORDER BY number")]
    anna, bo = (hmac.new(key.read_bytes(), uid.encode(), hashlib.sha256).hexdigest() for uid in uids[:2])
    (person,) = rows(out / "people.csv")
    assert (person["pseudonym"], person["born"], person["city"], person["gender"], person["diagnosis"]) == (
        anna, "2000-2004", "Aarhus", "f", "adhd|anxiety",
    )  # fmt: skip
    assert "municipality" not in person
    assert [[*row.values()] for row in rows(out / "measures.csv")] == [
        [anna, "tils", "0", "3,2,3", ""],
        [anna, "who5", "91", "1,2,,4,5", ""],
    ]
    assert [[*row.values()] for row in rows(out / "dose.csv")] == [[anna, "intake", "0", "1"], [anna, "social_event", "1", "1"]]
    assert {row["reason"]: row["number"] for row in rows(out / "left_out.csv")} == {"consent withdrawn": "1", "no consent": "1"}
    assert rows(out / "withdrawn.csv") == [{"pseudonym": bo}]
    sums = json.loads((out / "manifest.json").read_text())["sha256"]
    assert sums == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in out.glob("*.csv")}
    everything = "".join(path.read_text() for path in out.iterdir())
    assert not re.search(r"Anna|Holm|Secret|\d{4}-\d\d-\d\d", everything) and not any(uid in everything for uid in uids)
    assert town("export", "research", out, "--study-key", key).exit_code == 5
    before = everything
    assert "key" not in town.must("export", "research", out, "--study-key", key, "--overwrite", "--to", "2024-03-01")
    assert len(rows(out / "measures.csv")) == 1 and before != "".join(path.read_text() for path in out.iterdir())
    assert town("export", "research", tmp_path / "new", "--study-key", key, "--from", "2024-05-01", "--to", "2024-01-01").exit_code == 2


def test_a_mistyped_key_and_a_file_without_consents_are_reported(tmp_path: Path) -> None:
    town = Town(new_city(tmp_path / "town.db"))
    town.must("intake", "add", "Anna Holm", "--enquired", "2024-01-02")
    said = town.must("export", "research", tmp_path / "out", "--study-key", tmp_path / "stdy.key")
    assert "A new key" in said and "stdy.key" in said and "Nobody has given a consent" in said
