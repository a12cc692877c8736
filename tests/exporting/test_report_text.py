"""The coordinator's own text in the report: figures by their key, errors by their line, and nothing in it that can do harm."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_reading import Page, read_document, read_page
from running import husrum


def page_of(path: Path, text: str, *more: object) -> Page:
    """The report with this own text."""
    own, target = path.parent / "text.md", path.parent / "status.html"
    own.write_text(text, encoding="utf-8")
    result = husrum("report", 2024, "--to", target, "--text", own, "--exact", "--overwrite", *more, "--db", path)
    assert result.exit_code == 0, result.stderr
    return read_page(target)


def refused(path: Path, text: str, *more: object) -> str:
    """What is said of a text that can't be used. Nothing is written."""
    own, target = path.parent / "text.md", path.parent / "status.html"
    own.write_text(text, encoding="utf-8")
    result = husrum("report", 2024, "--to", target, "--text", own, *more, "--db", path)
    assert result.exit_code == 2, result.stderr
    assert not target.exists() and not list(path.parent.glob(".husrum-*"))
    return result.stderr


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_skeleton_changes_nothing_until_something_is_written(aarhus: Path, tmp_path: Path, language: str) -> None:
    own, with_text, without = tmp_path / "own.md", tmp_path / "with.html", tmp_path / "without.html"
    result = husrum("report", 2024, "--new-text", own, "--language", language, "--db", aarhus)
    assert (result.exit_code, str(own) in result.stderr) == (0, True)
    words = ("report", 2024, "--language", language, "--db", aarhus)
    assert husrum(*words, "--to", with_text, "--text", own).exit_code == 0
    assert husrum(*words, "--to", without).exit_code == 0
    assert with_text.read_bytes() == without.read_bytes()
    assert own.read_text(encoding="utf-8").count("\n# ") == 13


def test_the_skeleton_is_never_written_over_a_text(aarhus: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text("# Introduction\n\nMine.\n")
    result = husrum("report", 2024, "--new-text", own, "--overwrite", "--db", aarhus)
    assert (result.exit_code, "exists already" in result.stderr) == (5, True)
    assert own.read_text() == "# Introduction\n\nMine.\n"


def test_figures_stand_in_the_text_as_in_the_tables(aarhus: Path) -> None:
    page = page_of(
        aarhus,
        "# Scope\n\nIn {{ year }}, {{young_people}} came to {{ city }}: {{ visits }} visits, **{{ diagnosis_any }}**, "
        "{{ diagnosis_any.count }}, {{ occupation.student_fgu }}, {{ programme.Sommer.visits }}, {{ coordinator_positions }}.\n",
    )
    (told,) = [each for each in page.all("p") if each.text.startswith("In 2024")]
    assert told.text == "In 2024, 200 came to Aarhus: 2,792 visits, 160 of 190 (84 %), 160, 7, 184, 1.5."
    values = page.values()  # which asserts that a key never stands for two texts
    assert (values["visits", ""], values["diagnosis_any", ""]) == ("2,792", "160 of 190 (84 %)")


def test_figures_in_the_text_are_those_for_outsiders_too(aarhus: Path, tmp_path: Path) -> None:
    own, target = tmp_path / "own.md", tmp_path / "status.html"
    own.write_text("# Volunteers\n\n{{ peer_supporters }} of them, {{ loneliness_severe }}.\n")
    assert husrum("report", 2024, "--to", target, "--text", own, "--db", aarhus).exit_code == 0
    assert "<5 of them, 170 of 190 (ca. 90 %)." in [each.text for each in read_page(target).all("p")]


def test_own_chapters_stand_in_the_report_s_order(aarhus: Path) -> None:
    page = page_of(aarhus, "# Udviklingsprojekter\n\nEt.\n\n# introduktion\n\nTo.\n\n## Mere\n\nTre.\n", "--language", "da")
    chapters = [each.text for each in page.all("h2")]
    assert chapters.index("Introduktion") < chapters.index("Omfang") < chapters.index("Udviklingsprojekter")
    assert [each.text for each in page.all("h3")][0] == "Mere"
    assert "Projects" not in chapters


def test_markdown_becomes_a_page_and_a_document(aarhus: Path, tmp_path: Path) -> None:
    text = (
        "# Introduction\n\nPlain, **strong**, *weak* and [a link](https://husrum.dk).  \nA new line.\n\n- one\n- two\n\n  more of two\n\n"
        "3. three\n4. four\n\n> What somebody said.\n\n`code` and\n\n    as typed\n\n### Deep\n\nEnd.\n"
    )
    page = page_of(aarhus, text)
    assert [each.text for each in page.all("strong", "em")] == ["strong", "weak"]
    assert [each.attributes["href"] for each in page.all("a") if not each.attributes["href"].startswith("#")] == ["https://husrum.dk"]
    assert len(page.all("br")) == 1 and [each.text for each in page.all("pre")] == ["as typed"]
    assert [each.text for each in page.all("p") if "ul" in each.inside] == ["one", "two", "more of two"]
    assert [each.text for each in page.all("h3")][0] == "Deep"  # right below a chapter, whatever its sign
    assert [each.attributes for each in page.all("ol") if "nav" not in each.inside] == [{"start": "3"}]
    assert [each.text for each in page.all("blockquote")] == ["What somebody said."]
    target = tmp_path / "status.docx"
    assert husrum("report", 2024, "--to", target, "--text", aarhus.parent / "text.md", "--db", aarhus).exit_code == 0
    styles = {each.text: each.style.name for each in read_document(target).paragraphs}
    assert (styles["one"], styles["three"], styles["What somebody said."]) == ("List Bullet", "List Number", "Quote")
    assert "Plain, strong, weak and a link.\nA new line." in styles


def test_raw_html_is_only_text(aarhus: Path) -> None:
    wild = '<script>alert(1)</script>\n\n<div onclick="x()">block</div>\n\nText <b>inline</b> <img src=x onerror=alert(1)> &lt;i&gt;\n'
    page = page_of(aarhus, "# Introduction\n\n" + wild)
    assert not page.all("script", "b", "i", "img")
    assert "<script>alert(1)</script>" in [each.text for each in page.all("p")]
    assert "Text <b>inline</b> <img src=x onerror=alert(1)> <i>" in [each.text for each in page.all("p")]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("# Scope\n\nOne line,\nand {{ visit }}.\n", 4, "“visit” is no figure of the year. Did you mean visits?"),
        ("# Scope\n\n{{ zzzz }}\n", 3, "“zzzz” is no figure of the year. All keys: husrum stats year"),
        ("# Scope\n\n- {{ visits }}\n- {{ occupation.student }}\n", 4, "Did you mean occupation_student?"),
        ("# Scope\n\n{{ visits }\n", 3, "begins with {{ but does not end"),
        ("# Scope\n\n<!-- {{ nothing }} -->\n\n<p>\n{{ nothing }}\n</p>\n", 5, "“nothing” is no figure"),
        ("# Scope\n\nFine.\n\n# Volunters\n", 5, "“Volunters” is no chapter. Did you mean Volunteers?"),
        ("# Qqqq\n", 1, "The chapters are: In short, "),
        ("# Scope\n\nOne.\n\n# scope\n\nTwo.\n", 5, "the chapter “scope” is there twice"),
        ("Words.\n\n# Scope\n", 1, "text stands before the first heading"),
        ("# Scope\n\n![A tree](tree.png)\n", 3, "a picture can't be taken in"),
        ("# Scope\n\n[Here](ftp://x.dk)\n", 3, "not to “ftp://x.dk”"),
    ],
)
def test_an_error_names_its_line(aarhus: Path, text: str, line: int, said: str) -> None:
    told = refused(aarhus, text)
    assert f"text.md, line {line}: " in told and said in told, told
    assert told.count("\n") == 1


@pytest.mark.parametrize("target", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "vbscript:x"])
def test_a_link_that_runs_something_is_no_link(aarhus: Path, target: str) -> None:
    page = page_of(aarhus, f"# Introduction\n\n[Here]({target})\n")
    assert all(each.attributes["href"].startswith("#") for each in page.all("a"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "#",
        "# \n",
        "# Scope\n\n```\nnot closed",
        "# Scope\n\n> > > -\n1) [x](\n**\n_",
        "# Scope\n\n" + "[" * 3000,
        "# Scope\n\n" + "> " * 500 + "x",
    ],
)
def test_broken_markdown_is_told_or_shown_but_never_a_bug(aarhus: Path, text: str) -> None:
    own, target = aarhus.parent / "text.md", aarhus.parent / "status.html"
    own.write_text(text)
    result = husrum("report", 2024, "--to", target, "--text", own, "--db", aarhus)
    assert result.exit_code in (0, 2), result.stderr
    assert target.exists() == (result.exit_code == 0)
    if target.exists():
        read_page(target)


def test_a_text_that_is_no_text(aarhus: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_bytes("# Scope\n\nBlåbær\n".encode("windows-1252"))
    result = husrum("report", 2024, "--to", tmp_path / "status.html", "--text", own, "--db", aarhus)
    assert (result.exit_code, "not in UTF-8" in result.stderr) == (2, True)
    own.write_bytes(b"# Scope\n\n\0\n")
    assert husrum("report", 2024, "--to", tmp_path / "status.html", "--text", own, "--db", aarhus).exit_code == 2
    assert husrum("report", 2024, "--to", tmp_path / "status.html", "--text", tmp_path, "--db", aarhus).exit_code == 3
    assert not (tmp_path / "status.html").exists()


def test_a_cpr_number_never_stands_in_a_report(aarhus: Path) -> None:
    told = refused(aarhus, "# Scope\n\nAnna, 070761-4285.\n")
    assert "CPR number" in told and "4285" not in told


def test_signs_nobody_sees_are_shown(aarhus: Path, tmp_path: Path) -> None:
    text = "# Scope\n\nOne\x07two \u202ethree\n"
    page = page_of(aarhus, text)
    assert "One\ufffdtwo \ufffdthree" in [each.text for each in page.all("p")]
    target = tmp_path / "status.docx"
    assert husrum("report", 2024, "--to", target, "--text", aarhus.parent / "text.md", "--db", aarhus).exit_code == 0
    assert "One\ufffdtwo \ufffdthree" in [each.text for each in read_document(target).paragraphs]
