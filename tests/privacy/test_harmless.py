"""A file can contain anything: others made it, merged it, or wrote in it by hand. Shown or exported, it is only ever text."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import sqlite3
import zipfile
from contextlib import closing
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from running import Result, husrum, husrum_process, looked_into

from husrum_cli.commands.completion.shells import SHELLS
from husrum_cli.store.redaction import FREE_TEXT

# Colours, a window's title, "clear the screen" as one sign, the bell; signs that turn the reading direction; signs that nobody sees.
SIGNS = "\x1b[31m\x1b]0;t\x07\x9b2J\x08\u202e\u2066\u200e\u061c\u200b\u2060\ufeff\u2028\U000e0041"
MARKUP = "[red]a[/x]:house:<script>alert(1)</script>`b`*c*|d&e"
HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
FORMULA = re.compile(r"\s*[=+\-@\t\r＝＋－＠]")
BEGINNINGS = ("=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1", "'=1", "＝1")
COLUMNS = {
    **FREE_TEXT,
    "people": ("name", "called", "phone", "email"),
    "edits": ("who",),
    "branches": ("name",),
    "preferences": ("value",),
}
# These columns can have codes too; a character that no code has makes them free texts.
WHERE = {
    "answers": "question = 'municipality'",
    "preferences": "kind IN ('interest', 'area', 'about', 'avoid', 'speaks')",
    "reported_figures": "0",
    "drafts": "0",
    "settings": "key = 'themes'",
    "made_tags": "0",
}


@pytest.fixture(scope="module", params=[0, *(pytest.param(number, marks=pytest.mark.full) for number in (1, 2))])
def spoilt(request: pytest.FixtureRequest, aarhus_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example city, with every text in it as bad as can be."""
    path = tmp_path_factory.mktemp("spoilt") / "aarhus.db"
    path.write_bytes(aarhus_once.read_bytes())
    for line in (
        ("match", "propose", "--save"),
        ("figure", "set", "2024", "facebook_followers", "950", "--source", "Facebook"),
        ("person", "edit", "1", "--called", "Bo"),
        ("intake", "edit", "19", "--note", "Note"),
    ):
        assert husrum(*line, "--db", path, env={"HUSRUM_TODAY": "2024-10-08"}).exit_code == 0
    with closing(looked_into(path)) as connection:
        connection.create_function(
            "spoil",
            2,
            lambda place, number: f"{BEGINNINGS[(number + request.param * 3) % len(BEGINNINGS)]}{MARKUP}{SIGNS}\n{place}{number}",
        )
        for table, columns in COLUMNS.items():
            for column in columns:
                if (table, column) == ("reported_figures", "key"):
                    continue
                connection.execute(
                    f"UPDATE {table} SET {column} = spoil('{table}.{column}', {'rowid' if 'id' in _columns(connection, table) else '7'}) WHERE {column} IS NOT NULL AND {WHERE.get(table, '1')}"
                )
        connection.execute("UPDATE reported_figures SET source = spoil('source', 7)")
        connection.commit()
    return path


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]


def only_text(text: str, where: object) -> None:
    """Nothing in it is obeyed by a terminal, hidden from the reader, or turns around what they read."""
    found = HARMFUL.search(text)
    assert not found, (where, repr(text[max(0, found.start() - 60) : found.end() + 20]))


def run(path: Path, *words: object, status: tuple[int, ...] = (0,)) -> Result:
    """A command, whose words are looked at."""
    result = husrum(*words, "--db", path, env={"HUSRUM_TODAY": "2024-10-08"})
    assert result.exit_code in status, (words, result.stderr)
    only_text(result.stdout, words)
    only_text(result.stderr, words)
    return result


LISTS = (
    *(
        "person list",
        "person list --waiting",
        "person find a",
        "group list",
        "event list",
        "intake list",
        "volunteer list",
        "match list --all",
    ),
    *(
        "match list --waiting",
        "match propose",
        "partner list",
        "grant list",
        "branch list",
        "stats year 2024",
        "stats trend",
        "setting list",
    ),
    *(
        "stats explain 2024 young_people",
        "stats explain 2024 visits_unnamed",
        "year status 2024",
        "check",
        "log --limit 0",
        "today",
        "retention",
    ),
    *("person show 1", "person show 19", "group show G1", "event show E1", "intake show 1", "volunteer show 1"),
)


@pytest.mark.parametrize("line", LISTS)
def test_what_is_shown(spoilt: Path, line: str) -> None:
    shown = run(spoilt, *line.split(), status=(0, 5)).stdout
    assert "\ufffd" in shown or MARKUP not in shown
    json.loads(run(spoilt, *line.split(), "--format", "json", status=(0, 5)).stdout)
    cells(run(spoilt, *line.split(), "--format", "csv", status=(0, 5)).stdout)


def cells(text: str, **dialect: str) -> None:
    """No cell of a CSV would run."""
    for row in csv.reader(io.StringIO(text.removeprefix("\ufeff")), **dialect):  # type: ignore[arg-type]
        for cell in row:
            only_text(cell, row)
            assert not FORMULA.match(cell) or re.fullmatch(r"-?[0-9.,]+", cell), row


FILES = (
    *(
        "export year 2024 --to {}/y.json",
        "export year 2024 --to {}/y.csv",
        "export year 2024 --danish --to {}/d.csv",
        "export year 2024 --to {}/y.md",
    ),
    *("export year 2024 --to {}/y.xlsx", "export tables {}/tables", "export sheet G1 --to {}/s.csv", "export sheet G1 --to {}/s.xlsx"),
    *("export sheet E1 --to {}/e.csv", "person export 1 --to {}/p.md", "person export 19 --to {}/p.json"),
    *("report 2024 --to {}/r.html", "report 2024 --to {}/r.docx", "export handover {}/h.db --unencrypted"),
)


@pytest.mark.parametrize("line", FILES)
def test_what_is_exported(spoilt: Path, line: str, tmp_path: Path) -> None:
    # What travels to the nation holds no such text, or is refused.
    run(spoilt, *line.replace("{}", str(tmp_path)).split(), status=(3,) if "handover" in line else (0,))
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        assert path.stat().st_mode & 0o777 == 0o600
        if path.suffix in (".xlsx", ".docx"):
            _inside_a_zip(path)
        else:
            text = path.read_bytes().decode("utf-8-sig")
            only_text(text.replace("\r\n", "\n"), path.name)
            if path.suffix == ".csv":
                cells(text, delimiter=";" if "--danish" in line else ",")
            elif path.suffix == ".md":
                assert not re.search(r"(?<!\\)<script", text) and not re.search(r"(?<![\\])`", text)
            elif path.suffix == ".html":
                _Page().feed(text)
            else:
                json.loads(text)


class _Page(HTMLParser):
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag != "script" and not any(name.startswith("on") for name, _value in attrs)


def _inside_a_zip(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if not name.endswith((".xml", ".rels")):
                continue
            only_text(archive.read(name).decode().replace("\r\n", "\n"), name)
            for element in ElementTree.fromstring(archive.read(name)).iter():
                assert not element.tag.endswith(("}f", "}fldSimple")), name
                # Fields that count pages and captions, and the contents; none that reads a file or asks something.
                assert not element.tag.endswith("}instrText") or (element.text or "").split()[0] in ("PAGE", "NUMPAGES", "TOC", "SEQ"), name
                if element.tag.endswith("}t") and path.suffix == ".xlsx":
                    assert not FORMULA.match(element.text or ""), element.text


ODD = "\x1b[31mX\x9b2J\u202e\u200b[red]:house:\n"


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("person", "find", f"Anna{ODD}"), 4),
        (("person", "show", "=1"), 4),
        (("person", "leave", ODD), 4),
        (("person", "edit", "1", "--born", ODD), 2),
        (("person", "edit", "1", "--name", ODD), 2),
        (("intake", "add", "Anna", "--diagnosis", ODD), 2),
        (("intake", "add", "Anna", f"--diag{ODD}", "x"), 2),
        (("event", "log", ODD), 2),
        (("event", "show", ODD), 4),
        (("group", "show", ODD), 4),
        (("stats", "year", ODD), 2),
        (("stats", "explain", "2024", ODD), 2),
        (("stats", "year", "2024", "--branch", ODD), 4),
        (("stats", "year", "2024", "--format", ODD), 2),
        (("stats", ODD), 2),
        ((ODD,), 2),
        (("--language", ODD, "check"), 2),
        (("backup", f"/nowhere{ODD}/x.db"), 3),
        (("restore", f"nowhere{ODD}.db"), 3),
        (("merge", "/nowhere/x.db", f"{ODD}.db"), 3),
        (("import", f"{ODD}.csv"), 3),
        (("import", "x.csv", "--as", ODD), 2),
        (("export", "year", "2024", "--to", f"x{ODD}"), 2),
        (("export", "tables", f"/proc/nowhere{ODD}"), 3),
        (("report", "2024", "--to", f"/nowhere{ODD}/x.html"), 3),
        (("setting", "set", ODD, "1"), 2),
        (("figure", "set", "2024", ODD, "1", "--source", "x"), 2),
        (("retention", "--older-than", ODD), 2),
        (("log", "--limit", ODD), 2),
        (("help", ODD), 2),
        (("completion", ODD), 2),
        (("link", "use-key", f"nowhere{ODD}"), 3),
        (("use", f"nowhere{ODD}"), 3),
    ],
    ids=lambda value: " ".join(value).encode("ascii", "replace").decode()[:40] if isinstance(value, tuple) else "",
)
def test_typed_text_and_its_reading(aarhus: Path, words: tuple[str, ...], status: int) -> None:
    result = run(aarhus, *words, status=(2, 3, 4))
    assert len(result.stderr.splitlines()) == 1, result.stderr


def test_names_of_files(aarhus: Path, tmp_path: Path) -> None:
    odd = tmp_path / "\x1b[31m\u202e[red]=1\n.db"
    odd.write_bytes(aarhus.read_bytes())
    for words in (
        ("check",),
        ("backup", f"{odd}.copy.db"),
        ("restore", f"{odd}.copy.db", "--yes"),
        ("retention",),
        ("person", "leave", "4"),
        ("undo",),
    ):
        run(odd, *words, status=(0, 5))
    run(odd, "merge", f"{odd}.nation.db", odd)
    run(tmp_path / "\x1b[31mnowhere.db", "check", status=(3,))
    (tmp_path / "\x1b[31mfolder").mkdir()
    run(tmp_path / "\x1b[31mfolder", "check", status=(3,))


@pytest.mark.parametrize("words", [("person", "leave", "4"), ("person", "edit", "5", "--phone", "12345678"), ("group", "show", "17"), ("person", "show", "1+"), ("undo",),
    ("person", "anonymise", "6", "--yes"), ("person", "erase", "7", "--yes"), ("event", "attend", "E1", "--date", "2024-01-01", "--present", "1"), ("match", "start", "1", "2"), ("group", "enroll", "G1", "8,8")], ids=" ".join)  # fmt: skip
def test_what_is_confirmed_or_refused(spoilt: Path, tmp_path: Path, words: tuple[str, ...]) -> None:
    copy = tmp_path / "copy.db"
    copy.write_bytes(spoilt.read_bytes())
    run(copy, *words, status=(0, 2, 4, 5))


@pytest.mark.parametrize("asked", ["complete_words", "complete_bash", "complete_zsh", "complete_powershell"])
def test_what_a_shell_is_answered(spoilt: Path, asked: str) -> None:
    assert SHELLS
    for line in (
        "husrum person show ",
        "husrum event show ",
        "husrum partner add ",
        "husrum stats year 2024 --branch ",
        "husrum event log x --venue ",
    ):
        words = line.split(" ")
        env = {
            "_HUSRUM_COMPLETE": asked,
            "_TYPER_COMPLETE_ARGS": line,
            "HUSRUM_DB": str(spoilt),
            "COMP_LINE": line,
            "COMP_POINT": str(len(line)),
            "COMP_WORDS": "\n".join(words),
            "COMP_CWORD": str(len(words) - 1),
        }
        result = husrum_process(env=env)
        assert result.exit_code == 0 and not result.stderr
        only_text(result.stdout, line)


# What the forms themselves send to a terminal is colours and places; titles of windows, bells and hidden signs they don't.
OBEYED = re.compile(
    "\x1b\\]|\x07|[\x80-\x9f]|\x1b\\[31mX?\x1b|[\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)


@pytest.mark.skipif(os.name == "nt", reason="needs a terminal of Unix")
@pytest.mark.parametrize(
    "line",
    ["group meet G1", "event log Tur", "intake edit 19", "intake add", "person show a", "intake add =1+1", "undo", "match start a b"],
)
def test_what_a_form_shows(spoilt: Path, tmp_path: Path, line: str) -> None:
    terminal = pytest.importorskip("terminal")
    copy = tmp_path / "aarhus.db"
    copy.write_bytes(spoilt.read_bytes())
    with terminal.Terminal(copy, *line.split(), columns=120, env={"HUSRUM_TODAY": "2024-10-08", "HUSRUM_LANGUAGE": "en"}) as seat:
        seat._read(2.0)
        seat.see()
        seat.press(terminal.INTERRUPT)
        status, shown = seat.end()
    assert status in (0, 2, 4, 5, 130) and len(shown) > 20 and "Traceback" not in shown
    assert not (found := OBEYED.search(shown)), repr(shown[max(0, found.start() - 60) : found.end() + 20])
