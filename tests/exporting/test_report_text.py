"""The coordinator's own text in the report: figures by their key, errors by their line, and nothing in it that can do harm."""

from __future__ import annotations

import base64
import re
import shutil
import struct
import zlib
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
    """Return the error for a text that can't be used. Nothing is written."""
    own, target = path.parent / "text.md", path.parent / "status.html"
    own.write_text(text, encoding="utf-8")
    result = husrum("report", 2024, "--to", target, "--text", own, "--exact", *more, "--db", path)
    assert result.exit_code == 2, result.stderr
    assert not target.exists() and not list(path.parent.glob(".husrum-*"))
    return result.stderr


@pytest.mark.parametrize("language", ["da", "en"])
def test_the_skeleton_changes_nothing_until_something_is_written(aarhus: Path, tmp_path: Path, language: str) -> None:
    own, with_text, without = tmp_path / "own.md", tmp_path / "with.html", tmp_path / "without.html"
    result = husrum("report", 2024, "--new-text", own, "--language", language, "--exact", "--db", aarhus)
    assert (result.exit_code, str(own) in result.stderr) == (0, True)
    words = ("report", 2024, "--language", language, "--exact", "--db", aarhus)
    assert husrum(*words, "--to", with_text, "--text", own).exit_code == 0
    assert husrum(*words, "--to", without).exit_code == 0
    assert with_text.read_bytes() == without.read_bytes()
    text = own.read_text(encoding="utf-8")
    assert "{{ young_people }}" in text and "{{ loneliness_severe.share }}" in text
    # Without its comments' marks the text says the same in words, and the charts stay.
    own.write_text(re.sub(r"<!-- [^\n]*|-->", "", text), encoding="utf-8")
    husrum("report", 2024, "--exact", "--language", language, "--db", aarhus, "--to", with_text, "--text", own, "--overwrite")
    pages = [read_page(path) for path in (with_text, without)]
    said = [
        [each.text for each in page.all("p", "li", "h3", "figcaption", "td") if "note" not in each.attributes.values()] for page in pages
    ]
    assert sorted(set(said[1])) == sorted(set(said[1]) & set(said[0]))


def test_the_skeleton_is_never_written_over_a_text(aarhus: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_text("# Introduction\n\nMine.\n")
    result = husrum("report", 2024, "--new-text", own, "--overwrite", "--db", aarhus)
    assert (result.exit_code, "exists already" in result.stderr) == (5, True)
    assert own.read_text() == "# Introduction\n\nMine.\n"


def test_figures_are_the_same_in_the_text_and_in_the_tables(aarhus: Path) -> None:
    page = page_of(
        aarhus,
        "# Scope\n\nIn {{ year }}, {{young_people}} came to {{ city }}: {{ visits }} visits, **{{ diagnosis_any }}**, "
        "{{ diagnosis_any.count }}, {{ occupation.student_fgu }}, {{ programme.Sommer.visits }}, {{ coordinator_positions }}.\n",
    )
    (output,) = [each for each in page.all("p") if each.text.startswith("In 2024, 200 came")]
    assert output.text == "In 2024, 200 came to Aarhus: 2,792 visits, 160 of 190 (84 %), 160, 7, 184, 1.5."
    values = page.values()  # which asserts that a key never has two texts
    assert (values["visits", ""], values["diagnosis_any", ""]) == ("2,792", "160 of 190 (84 %)")


def test_figures_in_the_text_are_those_for_outsiders_too(aarhus: Path, tmp_path: Path) -> None:
    own, target = tmp_path / "own.md", tmp_path / "status.html"
    own.write_text("# Volunteers\n\n{{ peer_supporters }} of them, {{ loneliness_severe }}.\n")
    assert husrum("report", 2024, "--to", target, "--text", own, "--db", aarhus).exit_code == 0
    assert "<5 of them, ca. 170 of 190 (90 %)." in [each.text for each in read_page(target).all("p")]


def test_chapters_come_in_the_order_of_the_text(aarhus: Path) -> None:
    text = "# Udviklingsprojekter\n\nEt.\n\n# Vores festival\n\nVi var med.\n\n# introduktion\n\nTo.\n\n## Mere\n\nTre.\n"
    page = page_of(aarhus, text, "--language", "da")
    chapters = [each.text for each in page.all("h2")]
    places = [chapters.index(each) for each in ("Udviklingsprojekter", "Vores festival", "Introduktion", "Formål og organisering")]
    assert places == sorted(places) and chapters[-1] == "Bilag: alle tallene"
    assert "Mere" in [each.text for each in page.all("h3")]


def test_what_is_written_is_added_unless_it_replaces(aarhus: Path) -> None:
    own = "I did not count {{ visits }}."
    for text, order in (
        (own, [own, "In 2024", "chart"]),
        (f"{{{{ replace }}}}\n\n{own}", [own, "chart"]),
        (f"{own}\n\n{{{{ chapter }}}}\n\nThe end.", [own, "In 2024", "chart", "The end."]),
    ):
        page = page_of(aarhus, f"# Scope\n\n{text}\n")
        number = [each.text for each in page.all("h2")].index("Scope")
        section = page.all("section")[number - 1]  # the first of these headings is that of the contents
        places = [section.text.find({"chart": "Visits by month", own: "I did not count 2,792."}.get(each, each)) for each in order]
        assert places == sorted(places) and places[0] >= 0, text
        assert ("different young people took part" in section.text) == ("In 2024" in order)


def test_markdown_becomes_a_page_and_a_document(aarhus: Path, tmp_path: Path) -> None:
    text = (
        "# Introduction\n\nPlain, **strong**, *weak* and [a link](https://husrum.dk).  \nA new line.\n\n- one\n- two\n\n  more of two\n\n"
        "3. three\n4. four\n\n> What somebody said.\n\n`code` and\n\n    as typed\n\n### Deep\n\nEnd.\n"
    )
    page = page_of(aarhus, text)
    assert [each.text for each in page.all("strong", "em")][:2] == ["strong", "weak"]
    assert [each.attributes["href"] for each in page.all("a") if not each.attributes["href"].startswith("#")] == ["https://husrum.dk"]
    assert len(page.all("br")) == 1 and [each.text for each in page.all("pre")] == ["as typed"]
    assert [each.text for each in page.all("p") if "ul" in each.inside][:3] == ["one", "two", "more of two"]
    assert [each.text for each in page.all("h3")][0] == "Deep"  # right below a chapter, whatever its sign
    assert [each.attributes for each in page.all("ol") if "nav" not in each.inside] == [{"start": "3"}]
    assert [each.text.strip() for each in page.all("blockquote")] == ["What somebody said."]
    target = tmp_path / "status.docx"
    assert husrum("report", 2024, "--to", target, "--text", aarhus.parent / "text.md", "--exact", "--db", aarhus).exit_code == 0
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
        ("# Scope\n\nOne line,\nand {{ visit }}.\n", 4, "“visit” is not a figure of the year. Did you mean visits?"),
        ("# Scope\n\n{{ zzzz }}\n", 3, "“zzzz” is not a figure of the year. All keys: husrum stats year"),
        ("# Scope\n\n- {{ visits }}\n- {{ occupation.student }}\n", 4, "Did you mean occupation_student?"),
        ("# Scope\n\n{{ visits.share }}\n", 3, "“visits.share” is not a figure of the year. Did you mean visits?"),
        ("# Scope\n\n{{ severely lonely }}\n", 3, "Did you mean loneliness_severe?"),
        ("# Scope\n\n{{ visits }\n", 3, "begins with {{ but does not end"),
        ("# Scope\n\n<!-- {{ nothing }} -->\n\n<p>\n{{ nothing }}\n</p>\n", 5, "“nothing” is not a figure"),
        ("# Scope\n\nFine.\n\n# Volunters\n", 5, "“Volunters” is not a chapter. Did you mean Volunteers?"),
        ("# Scope\n\n{{ visits.target }}\n", 3, "“visits” has no target for this period"),
        ("# +\n", 1, "a chapter has no name"),
        ("# Scope\n\n![A tree](https://x.dk/tree.png)\n", 3, "a picture is a file in the folder of the text"),
        ("# Scope\n\nOne.\n\n# scope\n\nTwo.\n", 5, "the chapter “scope” is there twice"),
        ("Words.\n\n# Scope\n", 1, "there is text before the first heading"),
        ("# Scope\n\nText and ![a tree](tree.png)\n", 3, "a picture must be on a line of its own"),
        ("# Scope\n\n[Here](ftp://x.dk)\n", 3, "not to “ftp://x.dk”"),
    ],
)
def test_an_error_names_its_line(aarhus: Path, text: str, line: int, said: str) -> None:
    output = refused(aarhus, text)
    assert f"text.md, line {line}: " in output and said in output, output
    assert output.count("\n") == 1


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
def test_broken_markdown_is_refused_or_shown_but_never_a_bug(aarhus: Path, text: str) -> None:
    own, target = aarhus.parent / "text.md", aarhus.parent / "status.html"
    own.write_text(text)
    result = husrum("report", 2024, "--to", target, "--text", own, "--exact", "--db", aarhus)
    assert result.exit_code in (0, 2), result.stderr
    assert target.exists() == (result.exit_code == 0)
    if target.exists():
        read_page(target)


def test_a_text_that_is_no_text(aarhus: Path, tmp_path: Path) -> None:
    own = tmp_path / "own.md"
    own.write_bytes("# Scope\n\nBlåbær\n".encode("windows-1252"))
    result = husrum("report", 2024, "--to", tmp_path / "status.html", "--text", own, "--exact", "--db", aarhus)
    assert (result.exit_code, "not in UTF-8" in result.stderr) == (2, True)
    own.write_bytes(b"# Scope\n\n\0\n")
    assert husrum("report", 2024, "--to", tmp_path / "status.html", "--text", own, "--exact", "--db", aarhus).exit_code == 2
    assert husrum("report", 2024, "--to", tmp_path / "status.html", "--text", tmp_path, "--exact", "--db", aarhus).exit_code == 3
    assert not (tmp_path / "status.html").exists()


def test_a_cpr_number_is_never_in_a_report(aarhus: Path) -> None:
    output = refused(aarhus, "# Scope\n\nAnna, 070761-4285.\n")
    assert "CPR number" in output and "4285" not in output


def test_signs_nobody_sees_are_shown(aarhus: Path, tmp_path: Path) -> None:
    text = "# Scope\n\nOne\x07two \u202ethree\n"
    page = page_of(aarhus, text)
    assert "One\ufffdtwo \ufffdthree" in [each.text for each in page.all("p")]
    target = tmp_path / "status.docx"
    assert husrum("report", 2024, "--to", target, "--text", aarhus.parent / "text.md", "--exact", "--db", aarhus).exit_code == 0
    assert "One\ufffdtwo \ufffdthree" in [each.text for each in read_document(target).paragraphs]


def chunk(kind: bytes, data: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


PNG = b"\x89PNG\r\n\x1a\n" + b"".join(
    (
        chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)),
        chunk(b"tEXt", b"Author\0Anna Jensen"),
        chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")),
        chunk(b"IEND", b""),
    )
)
# Which way is up: 6, turned to the right; and a place on the globe, which is nobody's business.
EXIF = b"MM\0*\0\0\0\x08\0\x02\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\x88\x25\0\x04\0\0\0\x01\0\0\0\x26\0\0\0\0SECRETPLACE"
JPEG = (
    b"\xff\xd8\xff\xe1" + struct.pack(">H", 8 + len(EXIF)) + b"Exif\0\0" + EXIF + b"\xff\xfe\0\x08SECRET" + b"\xff\xda\0\x02pixels\xff\xd9"
)
SVG = b"""<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9" onload="alert(1)">
<script>alert(2)</script><foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>
<image href="https://x.dk/1.png"/><use xlink:href="https://x.dk/2.svg#a"/><use href="#own"/>
<style>rect { fill: url(https://x.dk/3) }</style><rect id="own" width="9" height="9" style="fill: url( 'https://x.dk/4')"/></svg>"""


# Ten times ten times ten … squares, in a file of two kilobytes: a browser that opened it would not come back.
BOMB = (
    b'<svg xmlns="http://www.w3.org/2000/svg"><g id="a0"><rect width="1" height="1"/></g>'
    + b"".join(b'<g id="a%d">' % level + b'<use href="#a%d"/>' % (level - 1) * 10 + b"</g>" for level in range(1, 9))
    + b"</svg>"
)


def test_pictures_are_embedded_without_what_must_not_be_sent(aarhus: Path, tmp_path: Path) -> None:
    for name, data in (("logo.svg", SVG), ("team.jpg", JPEG), ("tree \u00f8.png", PNG)):
        (aarhus.parent / name).write_bytes(data)
    text = '# Cover\n\n![HUSRUM](logo.svg "logo")\n\n![We](team.jpg)\n\nA community.\n\n# Scope\n\n![A tree](<tree \u00f8.png> "In the wood")\n'
    page = page_of(aarhus, text)
    sources = {each.attributes["alt"]: each.attributes["src"] for each in page.all("img")}
    assert set(sources) == {"HUSRUM", "We", "A tree"} and "In the wood" in [each.text for each in page.all("figcaption")]
    data = {alt: base64.b64decode(source.partition("base64,")[2]) for alt, source in sources.items()}
    assert b"Anna" not in data["A tree"] and data["A tree"].startswith(PNG[:33])
    assert b"SECRET" not in data["We"] and b"pixels" in data["We"] and b"\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06" in data["We"]
    assert b"x.dk" not in data["HUSRUM"] and b"alert" not in data["HUSRUM"] and b"#own" in data["HUSRUM"] and b"<rect" in data["HUSRUM"]
    assert "A community." in [each.text for each in page.all("p") if "header" in each.inside]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (PNG[:-20], "is damaged"),
        (PNG.replace(b"IDAT", b"IDAX"), "is damaged"),
        (JPEG[:-2], "is damaged"),
        (b"GIF89a", "is not a picture that can be shown"),
        (b"<!DOCTYPE svg [<!ENTITY a 'x'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>", "is damaged"),
        (b"<svg>", "is damaged"),
        (BOMB, "draws more shapes than a report can show"),
        (b"\x89PNG\r\n\x1a\n" + bytes(10_000_000), "larger than 10 MB"),
    ],
)
def test_a_picture_that_can_t_be_used_is_refused(aarhus: Path, data: bytes, said: str) -> None:
    (aarhus.parent / "tree.png").write_bytes(data)
    output = refused(aarhus, "# Scope\n\n![A tree](tree.png)\n")
    assert "text.md, line 3: " in output and said in output


def test_a_table_of_the_text_is_one_of_the_report(aarhus: Path) -> None:
    page = page_of(aarhus, "# Scope\n\n## Where\n\n| Place | Visits |\n| --- | ---: |\n| Here | {{ visits }} |\n| <b>There</b> | none |\n")
    (table,) = [each for each in page.tables() if each[0] == ["Place", "Visits"]]
    assert table[1:] == [["Here", "2,792"], ["<b>There</b>", "none"]]
    assert "Where" in [each.text for each in page.all("caption")]


def test_figures_have_a_share_a_year_before_and_a_target(years_once: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy2(years_once, tmp_path / "aarhus.db"))
    assert husrum("target", "add", "visits", 2500, "--period", 2024, "--db", path).exit_code == 0
    own = "# Scope\n\n{{ visits }}, {{ visits.previous }}, {{ visits.target }}, {{ loneliness_severe.share }}, {{ loneliness_severe.share.previous }}.\n"
    assert "2,792, 1,813, 2,500, 90 %, 89 %." in [each.text for each in page_of(path, own).all("p")]
