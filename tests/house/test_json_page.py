"""docs/json.md against what every command really gives with `--format json`: every key is described, and every key described is there."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shlex
from collections import defaultdict
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import make_docs
import pytest
from running import AARHUS_2024, CHECKOUT, husrum, looked_into

from husrum_cli.commands.nouns import resolve_command
from husrum_cli.importing import demo as making

PAGE = (CHECKOUT / "docs" / "json.md").read_text(encoding="utf-8")
TODAY = {"HUSRUM_TODAY": "2025-01-10"}
# What the example city lacks.
WRITTEN = """
year close 2023
event log Bowling --date 3/3-2023 --unnamed 4
intake add Nyny --enquired 3/3-2023 --held 4/3-2023 --source municipal
year close 2021
year close 2022
year reopen 2022 --why Mistake
match propose --date 2024-12-31 --save
person consent 12 quotes_photos
person consent 12 research --given 2024-12-01 --withdrawn 2025-01-05
person consent 12 research --given 2024-12-01 --remove
person consent 13 research --given 2024-12-01 --withdrawn 2025-01-05
goal set 12 Bus
quote add Good --person 12
suggestion add Music
target add visits 2000 --period 2024
group contact G7
person remind 12 --on 2025-02-09
volunteer hours 2 3 --date 2025-01-08
event log Chat --date 2024-05-05 --kind online --unnamed 2 --note "Julie Johansen helped"
backup {folder}/before.db
person erase 300 --yes
"""
OF_ANOTHER_CITY = "event log Quiz --date 2024-05-05 --kind online --unnamed 3"
# Every command that has --format, as it is asked.
ASKED = """
today
event list
event show E1
group list
group show G7
undo --list
intake list
intake drafts
intake show 12
person export 12
person erase 301 --dry-run
person find holm
person show 12
person show 29
person list
match list
match list --waiting
match list --proposed
match propose --date 2024-12-31 --alternatives 2
match propose --date 2024-12-31 --why 12 2
measure due
measure list 7 --show items,score
goal list
suggestion list
quote list
volunteer list
volunteer show 2
partner list
stats year 2024
stats year 2024 --publish
stats year 2021
stats year 2023
stats period 2024-H1
stats trend --from 2023 --to 2024
stats trend --from 2023 --to 2024 --publish
stats trend --by half --from 2024-H1 --to 2024-H2
stats change 2024
stats change 2024 --publish
stats explain 2024 diagnosis_any
stats explain 2024 facebook_followers
stats explain 2024-H1 referral
stats explain 2023 visits
year status 2022
grant list
target list
import {figures}
import {bad}
setting list
check
log
retention --older-than 2y
branch list
"""
ASKED_OF_THE_NATION = """
stats year 2024
stats year 2024 --publish
stats trend --from 2023 --to 2024
stats change 2021-01-01..2024-12-31
stats explain 2024 overlap
match propose --date 2024-12-31 --alternatives 1
match propose --date 2024-12-31 --why Aarhus:12 Aarhus:2
retention --older-than 2y
link list --linked
"""
# Without link tags; one of them has closed the year.
ASKED_OF_TWO_CITIES = """
stats year 2023
match propose --date 2024-12-31
"""
FILES = "export year 2024 --to {file}", "export year 2024-H1 --to {file}", "export year 2024 --publish --to {file}"
# With --publish, it may be in the place of a number.
HIDDEN = "withheld number"


Box = tuple[str, str]


def described() -> dict[str, dict[str, Box]]:
    """Schema or command -> the path of each key that the page describes, like `pairs[].score` -> the box and the path in it that say so."""
    boxes = {names: lines.splitlines() for names, lines in re.findall(r"^```text (.+)\n([^`]*)```$", PAGE, re.MULTILINE)}
    return defaultdict(dict, {name: dict(_paths(names, boxes)) for names in boxes for name in names.split(", ")})


def _paths(names: str, boxes: dict[str, list[str]], above: str = "") -> Iterator[tuple[str, Box]]:
    """Yield the paths of a box, after another path."""
    for line in boxes[names]:
        head, colon, keys = line.partition(": ")
        for key in (keys if colon else head).split(", "):
            if key.startswith("{"):
                yield from _paths(key.strip("{}"), boxes, f"{above}{head}." if colon else above)
            parts = [*([head] if colon else []), *([key] if not key.startswith("{") else [])]
            names_of_keys = ".".join(parts).split(".")
            for number in range(1, len(names_of_keys) + 1 if parts else 1):
                path = ".".join(names_of_keys[:number])
                yield above + path, (names, path)


class Walk:
    """The keys of outputs, compared with those described."""

    def __init__(self) -> None:
        self.described = described()
        self.missing = {origin for paths in self.described.values() for origin in paths.values()}
        self.unknown: set[str] = set()

    def object(self, name: str, value: dict[str, Any], above: str = "") -> None:
        """Look at an object of a schema or command: every key is one described, or any key where the page says `<…>`."""
        own = self.described[name]
        free = [path for path in own if "<" in path and re.fullmatch(re.escape(above) + r"<[^.]*>(\[\])?", path)]
        for key, held in value.items():
            if key == "schema" and not above:
                continue
            places = [place for place in (f"{above}{key}", f"{above}{key}[]", *free) if place in own]
            place = next((each for each in places if held is None or isinstance(held, list) == each.endswith("[]")), None)
            if place is None:
                self.unknown.add(f"{name}: {above}{key}")
                continue
            self.missing.discard(own[place])
            for each in held if isinstance(held, list) else [held]:
                if isinstance(each, dict) and set(each) <= set(self.described[HIDDEN]):
                    self.object(HIDDEN, each)
                elif isinstance(each, dict):
                    self.object(name, each, f"{place}.")


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three of the demo's cities and their nation, with what the examples lack."""
    folder = tmp_path_factory.mktemp("json") / "demo"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "CITIES", [city for city in making.CITIES if city.name in ("Aarhus", "Horsens", "Viborg")])
        assert husrum("demo", folder, env=TODAY).exit_code == 0
    lines = [*WRITTEN.format(folder=folder).strip().splitlines()]
    for city, line in [("viborg", OF_ANOTHER_CITY), *(("aarhus", line) for line in lines)]:
        done = husrum(*shlex.split(line), "--db", folder / f"{city}.db", env=TODAY)
        assert done.exit_code == 0, (line, done.stderr)
    with closing(looked_into(folder / "aarhus.db")) as connection, connection:
        (figures,) = connection.execute("SELECT json_remove(figures, '$.distributions') FROM closed_years WHERE year = 2021").fetchone()
        hash = hashlib.sha256(figures.encode()).hexdigest()
        connection.execute("UPDATE closed_years SET figures = ?, hash = ? WHERE year = 2021", (figures, hash))
    return folder


@pytest.fixture(scope="module")
def outputs(demo: Path) -> list[tuple[str, Any]]:
    """Each line with the JSON that it gives."""
    bad = demo / "intakes.csv"
    bad.write_text("name,enquired\nEva Holm,someday\n", encoding="utf-8")
    places = {"figures": AARHUS_2024 / "figures.csv", "bad": bad}
    merged = husrum("merge", demo / "two.db", demo / "aarhus.db", demo / "viborg.db", "--format", "json", env=TODAY)
    output = [("merge", json.loads(merged.stdout))]
    for lines, file in ((ASKED, "aarhus.db"), (ASKED_OF_THE_NATION, "denmark.db"), (ASKED_OF_TWO_CITIES, "two.db")):
        for line in lines.strip().splitlines():
            words = [word.format(**places) for word in line.split()]
            done = husrum(*words, "--format", "json", "--db", demo / file, env=TODAY)
            assert done.exit_code == (2 if "{bad}" in line else 0), (line, done.stderr)
            output.append((line, json.loads(done.stdout)))
    return output


def command_of(line: str) -> str:
    """Return the words of the command itself."""
    words = line.split()
    return words[0] if (words[0],) in set(make_docs.commands()) else " ".join(words[:2])


def test_every_command_with_json_is_asked(outputs: list[tuple[str, Any]]) -> None:
    with_format = set()
    for words in make_docs.commands():
        verb = resolve_command(words).verb
        if verb and any(each.word == "--format" for each in verb.parameters):
            with_format.add(" ".join(words))
    assert {command_of(line) for line, _output in outputs} | {"export year"} == with_format


def test_the_page_and_the_outputs_have_the_same_keys(outputs: list[tuple[str, Any]], demo: Path) -> None:
    walk = Walk()
    for line, output in outputs:
        if isinstance(output, dict):
            walk.object(output.get("schema", command_of(line)), output)
    for number, line in enumerate(FILES):
        file = demo / f"{number}.json"
        done = husrum(*line.format(file=file).split(), "--db", demo / "aarhus.db", env=TODAY)
        assert done.exit_code == 0, done.stderr
        walk.object("export year", json.loads(file.read_text(encoding="utf-8")))
    husrum("export", "research", demo / "study", "--study-key", demo / "study.key", "--db", demo / "aarhus.db", env=TODAY)
    walk.object("husrum.research/1", json.loads((demo / "study" / "manifest.json").read_text(encoding="utf-8")))
    walk.object("husrum.removed/1", json.loads((demo / "aarhus.db.removed").read_text(encoding="utf-8")))
    assert not walk.unknown, sorted(walk.unknown)
    assert not walk.missing, sorted(walk.missing)


def test_a_list_has_the_columns_of_its_csv(outputs: list[tuple[str, Any]], demo: Path) -> None:
    for line, output in outputs:
        if isinstance(output, list) and "--linked" not in line:
            shown = husrum(*line.split(), "--format", "csv", "--db", demo / "aarhus.db", env=TODAY).stdout
            header = next(csv.reader(shown.splitlines()))
            assert all(set(header) <= {*record, "number"} for record in output), line


def test_every_schema_is_described() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in (CHECKOUT / "husrum_cli").rglob("*.py"))
    written = set(re.findall(r'"(husrum\.[a-z_.]+/[0-9]+)"', code))
    assert written == {name for name in described() if name.startswith("husrum.")}
