"""Small cities whose files are merged, and what tests ask of the files that come of it."""

from __future__ import annotations

import hashlib
import json
import secrets
from contextlib import closing
from pathlib import Path
from typing import Any

from running import Result, husrum, looked_into, new_city

TODAY = {"HUSRUM_TODAY": "2024-06-05"}
# Words that are in the cities' files and must be nowhere else.
CONFIDED = ("Annabell", "Holmgaard", "Vera", "Vangsted", "annabell@example.org", "20123456", "2003-05-01", "Sagde i tillid", "Kajakhuset", "Soras", "Brætspilscafé",
            "Selvværdstema", "Fonden Ukendt", "sommerprojekt", "håndbold", "hos naboen", "Diakonhjemmet", "Samtaler på tirsdag", "Annabella")  # fmt: skip
AARHUS = (
    ("intake", "add", "Annabell Holmgaard", "--called", "Annabella", "--born", "2003-05-01", "--enquired", "2024-01-08", "--held", "2024-01-15", "--source", "municipal",
     "--referred-by", "Soras", "--loneliness", "severe", "--diagnosis", "anxiety", "--municipality", "Aarhus", "--phone", "20123456", "--email", "annabell@example.org",
     "--note", "Sagde i tillid"),
    ("intake", "add", "Bo Krogh", "--born", "2001", "--enquired", "2024-01-10", "--held", "2024-01-17", "--diagnosis", "declined"),
    ("volunteer", "add", "Vera Vangsted", "--born", "1980-02-03", "--role", "leader", "--role", "befriender", "--joined", "2023-01-01",
     "--intro-course", "2023-02-01", "--recruited-through", "hos naboen"),
    ("group", "open", "Samtaler på tirsdag", "--kind", "talk", "--start", "2024-02-06", "--weeks", "2", "--leader", "Vera Vangsted", "--venue", "Kajakhuset"),
    ("group", "enroll", "G1", "1,2", "--date", "2024-02-06"),
    ("group", "meet", "G1", "--present", "1,2", "--theme", "Selvværdstema", "--note", "Sagde i tillid"),
    ("event", "log", "Brætspilscafé", "--date", "2024-03-01", "--present", "1", "--unnamed", "4", "--partner", "Kajakhuset", "--programme", "sommerprojekt", "--joint", "spil-2024"),
    ("match", "wait", "2", "--since", "2024-02-01", "--interest", "håndbold"),
    ("match", "start", "1", "3", "--date", "2024-03-02"),
    ("match", "contact", "1", "--date", "2024-04-02", "--note", "Sagde i tillid"),
    ("person", "onward", "2", "--to", "Diakonhjemmet", "--date", "2024-05-01"),
    ("grant", "add", "Fonden Ukendt", "--per-year", "830000", "--from", "2024-01-01", "--agreement", "operating"),
    ("figure", "set", "2024", "facebook_followers", "950", "--source", "Facebook", "--date", "2024-06-01"),
)  # fmt: skip
VIBORG = (
    (
        "intake",
        "add",
        "Annabell Holmgaard",
        "--born",
        "2003-05-01",
        "--enquired",
        "2024-02-08",
        "--held",
        "2024-02-15",
        "--loneliness",
        "moderate",
    ),
    ("intake", "add", "Dorthe Dam", "--born", "2000-01-01", "--enquired", "2024-02-09", "--held", "2024-02-16", "--diagnosis", "autism"),
    ("event", "log", "Skak", "--date", "2024-03-01", "--present", "1,2", "--unnamed", "1"),
)


def run(*words: object) -> Result:
    """A command that must succeed."""
    result = husrum(*words, env=TODAY)
    assert result.exit_code == 0, (words, result.stderr)
    return result


def small_city(path: Path, name: str, lines: tuple[tuple[str, ...], ...]) -> Path:
    """A city's own file, in which these commands were run."""
    new_city(path, name)
    for line in lines:
        run("--db", path, *line)
    return path


def new_key(path: Path) -> Path:
    """A link key, as `husrum link new-key` makes one."""
    path.write_text(secrets.token_hex(32) + "\n")
    path.chmod(0o600)
    return path


def merged(out: Path, *words: object) -> list[dict[str, Any]]:
    """Merges, and gives what became of each branch."""
    output = json.loads(run("merge", out, *words, "--format", "json").stdout)
    assert output["schema"] == "husrum.merge/1"
    lines: list[dict[str, Any]] = output["branches"]
    return lines


def states(lines: list[dict[str, Any]]) -> list[tuple[str, str | None, str]]:
    """(file, branch, state) of each line."""
    return [(Path(line["file"]).name, line["branch"], line["state"]) for line in lines]


def dump(path: Path) -> list[tuple[object, ...]]:
    """All that a file holds: schema and rows, local ids included."""
    with closing(looked_into(path)) as connection:
        schema = connection.execute("SELECT name, sql, type FROM sqlite_schema ORDER BY name").fetchall()
        return schema + [
            (name, *row) for name, _sql, kind in schema if kind == "table" for row in connection.execute(f"SELECT * FROM {name}")
        ]


def value(path: Path, sql: str) -> Any:
    """The first value that a query finds in a file."""
    with closing(looked_into(path)) as connection:
        row = connection.execute(sql).fetchone()
    return row and row[0]


def hashes(directory: Path) -> dict[str, str]:
    """Every file in a folder, and the hash of what is in it."""
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(directory.iterdir()) if path.is_file()}
