"""Errors while a report is written: reported in a line, with nothing left half-written."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_reading import read_document, read_page
from running import CHECKOUT, husrum, husrum_process

YEAR = 2024


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        ((1999, "--to", "status.html"), 5, "nothing is recorded in 1999"),
        ((2031, "--to", "status.html"), 5, "2031 has not come yet"),
        ((2024, "--to", "status.pdf"), 2, "must end in .html, .docx"),
        ((2024,), 2, "name the file to write"),
        ((2024, "--to", "status.html", "--nation", "missing.db"), 3, "can't be read as a file of husrum's"),
        (("2024-H3", "--to", "status.html"), 2, "is not a period"),
        (("grant:9", "--to", "status.html"), 4, "there is no grant 9"),
        (("1999-H1", "--to", "status.html"), 5, "nothing is recorded in 1999-H1"),
        ((2024, "--to", "nowhere/status.html"), 3, "there is no folder"),
        ((2024, "--to", "there.html"), 5, "exists already"),
        ((2024, "--to", "status.html", "--branch", "Odense"), 4, "there is no “Odense”"),
        ((2024, "--to", "status.html", "--text", "missing.md"), 3, "can't be read"),
        (("24", "--to", "status.html"), 2, "is not a period"),
    ],
)
def test_bad_input_writes_nothing(
    aarhus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[object, ...], code: int, said: str
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    (place / "there.html").write_text("mine")
    monkeypatch.chdir(place)
    result = husrum("report", *words, "--db", aarhus, env={"HUSRUM_TODAY": "2026-01-01"})
    assert (result.exit_code, said in result.stderr) == (code, True), result.stderr
    assert [each.name for each in place.iterdir()] == ["there.html"]
    assert (place / "there.html").read_text() == "mine"


def test_overwriting_must_be_said(aarhus: Path, tmp_path: Path) -> None:
    (tmp_path / "status.html").write_text("old")
    assert husrum("report", YEAR, "--to", tmp_path / "status.html", "--overwrite", "--db", aarhus).exit_code == 0
    assert read_page(tmp_path / "status.html").all("h1")
    assert (tmp_path / "status.html").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("name", ["status.html", "status.docx"])
def test_a_full_disk_leaves_what_was_there(aarhus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    def full(*_arguments: object, **_more: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "place").mkdir()
    target = tmp_path / "place" / name
    target.write_text("old")
    monkeypatch.setattr("os.fsync", full)
    result = husrum("report", YEAR, "--to", target, "--overwrite", "--db", aarhus)
    assert (result.exit_code, "disk is full" in result.stderr) == (3, True), result.stderr
    assert ([each.name for each in target.parent.iterdir()], target.read_text()) == ([name], "old")


@pytest.mark.parametrize(
    ("library", "name", "said"),
    [
        ("jinja2", "status.html", "-m pip install jinja2 markdown-it-py"),
        ("docx", "status.docx", "-m pip install jinja2 markdown-it-py python-docx resvg-py"),
    ],
)
def test_a_missing_library_is_asked_for_by_name(aarhus: Path, tmp_path: Path, library: str, name: str, said: str) -> None:
    (tmp_path / library).mkdir()
    (tmp_path / library / "__init__.py").write_text("raise ImportError")
    result = husrum_process("report", YEAR, "--to", tmp_path / name, "--db", aarhus, env={"PYTHONPATH": f"{tmp_path}:{CHECKOUT}"})
    assert (result.exit_code, said in result.stderr) == (2, True), result.stderr
    assert not (tmp_path / name).exists() and not list(tmp_path.glob(".husrum-*"))


def written(path: Path, target: Path) -> Path:
    """Write a report with every figure."""
    assert husrum("report", YEAR, "--to", target, "--exact", "--db", path).exit_code == 0
    return target


def test_what_somebody_wrote_is_only_text(city: Path, tmp_path: Path) -> None:
    wild = "<img src=x onerror=alert(1)>&amp; $x^2$ “]]>"
    words = ("event", "log", "Games", "--date", "2024-04-02", "--programme", wild, "--unnamed", 20)
    assert husrum(*words, "--db", city).exit_code == 0
    assert husrum("grant", "add", wild, "--per-year", "5000", "--from", "2024-01-01", "--db", city).exit_code == 0
    page = read_page(written(city, tmp_path / "status.html"))
    assert not page.all("img")
    assert wild in [each.text for each in page.all("th")] and wild in [each.text for each in page.all("h4")]
    document = read_document(written(city, tmp_path / "status.docx"))
    assert wild in [each.text for each in document.paragraphs]
