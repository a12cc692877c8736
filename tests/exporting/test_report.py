"""The STATUS report: the figures of `stats year` and nothing else, in a page and a document that need no other file."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
import zipfile
from html import unescape
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from cities import cities
from hypothesis import given, settings
from recount_checks import city_file
from recount_reading import City
from report_reading import FETCHING, Page, metafile_texts, read_document, read_page
from running import husrum, husrum_process
from test_recount import FEWER

YEAR = 2024
CHARTS = ["waiting", "offers", "visits", "referral", "occupation", "role", "development"]


@pytest.fixture(scope="session")
def danish_page(years_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of 2024 in Danish, as outsiders may see it."""
    return report(years_once, tmp_path_factory.mktemp("report") / "status.html", "--language", "da")


def report(path: Path, target: Path, *more: object) -> Path:
    """Writes a report."""
    result = husrum("report", YEAR, "--to", target, *more, "--db", path)
    assert result.exit_code == 0, result.stderr
    return target


def statistics(path: Path, *more: object) -> dict[str, Any]:
    """`stats year` as JSON."""
    result = husrum("stats", "year", YEAR, "--format", "json", *more, "--db", path)
    assert result.exit_code == 0, result.stderr
    output: dict[str, Any] = json.loads(result.stdout)
    return output


def shown(number: Any) -> str:
    """A number as the report writes it in English."""
    if isinstance(number, dict):
        if number.get("withheld"):
            return "withheld"
        if "below" in number:
            return f"<{number['below']}"
        number = number["value"]
    if number is None:
        return "–"
    return f"{number:,}" if isinstance(number, int) else f"{number:,.10f}".rstrip("0").rstrip(".")


def share(fields: dict[str, Any]) -> str:
    """A share as the report writes it in English."""
    if fields.get("withheld"):
        return "withheld"
    if fields["answered"] == 0:
        return "nobody answered"
    of = f"{shown(fields['count'])} of {shown(fields['answered'])}"
    if fields["value"] is None:
        return of
    percent = (
        round(100 * fields["value"])
        if fields.get("approximate")
        else (200 * fields["count"] + fields["answered"]) // (2 * fields["answered"])
    )
    return f"{'ca. ' if fields.get('approximate') else ''}{of} ({percent} %)"


def assert_same(page: Page, stats: dict[str, Any]) -> None:
    """The page shows the figures of its year exactly as `stats year` does, and leaves none out."""
    expected = {key: share(fields) if "answered" in fields else shown(fields) for key, fields in stats["figures"].items()}
    for key, codes in stats["distributions"].items():
        for code, number in codes.items():
            parts = number if isinstance(number, dict) and not number.keys() & {"value", "below", "withheld"} else {"": number}
            expected |= {f"{key}.{code}" + (f".{part}" if part else ""): shown(each) for part, each in parts.items()}
    expected |= {f"{key}.below": text.removeprefix("<") for key, text in expected.items() if text.startswith("<")}
    for key, fields in stats["figures"].items():
        if "answered" in fields:
            expected |= {f"{key}.{part}": shown(fields[part]) for part in ("count", "answered")}
            expected[f"{key}.share"] = share(fields).rpartition("(")[2].removeprefix("ca. ").removesuffix(")")
    output = {key: text for (key, of), text in page.values().items() if not of}
    # The year before, the grants and the change have tests of their own.
    output = {key: text for key, text in output.items() if not key.endswith(".previous") and not key.startswith(("grants_dkk.", "change."))}
    assert output == {key: expected[key] for key in output}
    figures = {key for key in stats["figures"] if not key.startswith("diagnosis_") or key.startswith("diagnosis_any")}
    if len(stats["branches"]) < 2:
        figures -= {"branches"}
    assert figures <= output.keys()
    # Of a distribution, what nobody answered may be missing, and so may one that nobody answered, or a basis that is left out for outsiders as a whole.
    for key, codes in stats["distributions"].items():
        answered = any(number for code, number in codes.items() if code not in ("declined", "not_asked", "not_recorded"))
        shows = any(not isinstance(number, dict) or not number.get("withheld") for number in codes.values())
        # Municipality by age is for applications: `export year` has it.
        if answered and shows and not key.startswith(("diagnosis", "municipality_age")):
            given = {code for code, number in codes.items() if number and not (isinstance(number, dict) and "occasions" in number)}
            assert {f"{key}.{code}" for code in given} <= output.keys(), key


# Two reports are written for each.
@settings(max_examples=4, parent=FEWER)
@given(cities())
def test_every_number_is_that_of_stats_year(city: City) -> None:
    with tempfile.TemporaryDirectory() as name:
        path = city_file(city, Path(name))
        for number, more in enumerate(((), ("--exact",))):
            target = Path(name) / f"{number}.html"
            result = husrum("report", YEAR, "--to", target, *more, "--db", path)
            if result.exit_code == 5:
                assert "nothing is recorded" in result.stderr
                continue
            assert result.exit_code == 0, result.stderr
            page = read_page(target)
            assert_same(page, statistics(path, *(() if more else ("--publish",))))
            values = page.values()
            for (key, of), text in values.items():
                if re.fullmatch(r"visits(_\w+)?", key) and of == f"{YEAR}-01":
                    months = [int(values[key, f"{YEAR}-{month:02}"].replace(",", "")) for month in range(1, 13)]
                    counted = key != "visits" and "figures" not in city
                    assert not counted or sum(months) == int(values[key, ""].replace(",", "")), (key, text)


@pytest.mark.parametrize("more", [(), ("--exact",)])
def test_every_number_of_the_example_years_is_that_of_stats(years_once: Path, tmp_path: Path, more: tuple[str, ...]) -> None:
    page = read_page(report(years_once, tmp_path / "status.html", *more))
    assert_same(page, statistics(years_once, *(() if more else ("--publish",))))
    output = json.loads(
        husrum(
            "stats", "trend", "--from", 2021, "--to", YEAR, "--format", "json", *(() if more else ("--publish",)), "--db", years_once
        ).stdout
    )["years"]
    values = page.values()
    assert output.keys() == {of for key, of in values if key == "young_people" and of}
    for year, figures in output.items():
        for key in ("young_people", "visits", "matches_new", "waiting_list"):
            assert values[key, year] == shown(figures[key])
        assert values["diagnosis_any", year] == share(figures["diagnosis_any"])
    before = output[str(YEAR - 1)]
    previous = {key.removesuffix(".previous"): text for (key, _of), text in values.items() if key.endswith(".previous")}
    assert previous == {
        key: f"{round(100 * before[key.removesuffix('.share')]['value'])} %" if key.endswith(".share") else shown(before[key])
        for key in previous
    }
    assert previous.keys() >= {"young_people", "visits", "loneliness_severe.share"}


@pytest.mark.parametrize("more", [(), ("--exact",)])
def test_every_number_in_a_sentence_is_a_figure(years_once: Path, tmp_path: Path, more: tuple[str, ...]) -> None:
    page = report(years_once, tmp_path / "status.html", *more).read_text(encoding="utf-8")
    main = re.search(r"<main>.*</main>", page, re.DOTALL)
    assert main
    prose = re.sub(r"<(table|svg|dl|h\d)\b.*?</\1>|<figcaption>.*?</figcaption>", "", main[0], flags=re.DOTALL)
    figures = re.findall(r'<span data-key="[^"]+">', prose)
    left = unescape(re.sub(r"<[^>]+>", "", re.sub(r'<span data-key="[^"]+">[^<]*</span>', "#", prose)))
    assert len(figures) > 80
    # What is left: names, years and days, ages, scales, the confidence of an interval, how often each group met, and what numbers are rounded to.
    left = re.sub(r"Opgang 2|under 16|16-19|20-24|25-30|95\s%\sconfidence|from 3\sto 9|from 0\sto 100|of 12\smeetings", "", left)
    assert set(re.findall(r"[\d.,]*\d", left)) <= {"2024", "2023", "2021", "16", "30", "5", "0", "27", "25", "28"}, left


def test_change_is_that_of_stats_change(years_once: Path, tmp_path: Path) -> None:
    values = read_page(report(years_once, tmp_path / "status.html")).values()
    output = json.loads(husrum("stats", "change", YEAR, "--publish", "--format", "json", "--db", years_once).stdout)
    expected = {"pairs": output["pairs"], "baseline": output["baseline"]["mean"], "mean": output["change"]["mean"]}
    expected |= {name: output["change"][name] for name in ("low", "high")} | {
        name: output[name] for name in ("improved", "unchanged", "worse")
    }
    assert output["pairs"] >= 20
    assert {key: text for (key, _of), text in values.items() if key.startswith("change.tils.")} == {
        f"change.tils.{name}": shown(number) for name, number in expected.items() if number is not None
    }


@pytest.mark.full
def test_the_nation_has_a_column_for_each_city(tmp_path: Path) -> None:
    place = tmp_path / "demo"
    assert husrum("demo", place).exit_code == 0
    page = read_page(report(place / "denmark.db", tmp_path / "status.html"))
    stats = statistics(place / "denmark.db", "--publish")
    assert_same(page, stats)
    values = page.values()
    young = stats["figures"]["young_people"]
    for branch, number in young["by_branch"].items():
        assert values["young_people", branch] == shown(number)
    assert (values["young_people", "sum_of_branches"], values["young_people", "overlap"]) == ("620", "10")
    assert (page.all("h1")[0].text, page.all("dd")[1].text) == (f"STATUS {YEAR}", "about 610")
    # The names of funders don't travel to the nation.
    assert {"Aarhus", "Skanderborg, operating agreement"} <= {each.text for each in page.all("h4")}
    assert "638.30" in [text for (key, _of), text in values.items() if key == "grants_dkk.cost_per_visit"]
    one = read_page(report(place / "denmark.db", tmp_path / "viborg.html", "--branch", "Viborg"))
    assert "HUSRUM Viborg" in [each.text for each in one.all("p")]


def test_grants_are_those_of_the_export(aarhus: Path, tmp_path: Path) -> None:
    output = json.loads(husrum("export", "year", YEAR, "--to", "-", "--db", aarhus).stdout)["grants"]
    values = read_page(report(aarhus, tmp_path / "exact.html", "--exact")).values()
    published = read_page(report(aarhus, tmp_path / "published.html")).values()
    for number, grant in enumerate(output, 1):
        for name in ("amount", "visits", "young_people", "completed", "cost_per_visit", "cost_per_young_person"):
            assert values[f"grants_dkk.{name}", str(number)] == shown(grant[name])
            assert published[f"grants_dkk.{name}", str(number)] == shown(grant[name])
            assert name == "completed" or published[f"grants_dkk.{number}.{name}", ""] == shown(grant[name])
        for municipality, living in grant["municipalities"].items():
            assert values[f"grants_dkk.municipality.{municipality}", str(number)] == shown(living)
    assert not [key for key, _of in published if "municipality." in key and key.startswith("grants")]


def test_a_grant_for_some_offers_shows_outsiders_no_exact_number_of_people(aarhus: Path, tmp_path: Path) -> None:
    words = ("grant", "add", "Fonden Ø", "--per-year", "100000", "--from", "2024-01-01", "--offer", "talk_group", "--offer", "hjerte")
    assert husrum(*words, "--db", aarhus).exit_code == 0
    values = read_page(report(aarhus, tmp_path / "published.html")).values()
    assert values["grants_dkk.young_people", "2"] == "50"
    assert values["grants_dkk.cost_per_young_person", "2"] == "2,000"
    assert read_page(report(aarhus, tmp_path / "exact.html", "--exact")).values()["grants_dkk.young_people", "2"] == "48"


def test_the_page_needs_nothing_else(danish_page: Path) -> None:
    page = read_page(danish_page)
    for element in page.elements:
        for name in FETCHING & element.attributes.keys():
            value = element.attributes[name]
            assert value.startswith("data:image/svg+xml;base64,") or value.startswith("#"), (element.tag, value[:60])
        assert not any(name.startswith("on") for name in element.attributes), element
    assert not page.all("script", "link", "iframe", "object", "form")
    style = page.all("style")[0].text
    assert "url(" not in style and "@import" not in style and "@page" in style and "size: A4" in style
    # Charts are a part of the page, in its own font and colours.
    assert {each.tag for each in page.elements if "svg" in each.inside} == {"rect", "text"}


def alts(page: Page) -> list[str]:
    """The text of every chart, which is the same for the one that a phone shows. Next to a text there is only the slim one."""
    of = {
        kind: [each.attributes["aria-label"] for each in page.all("svg") if each.attributes.get("class") == kind]
        for kind in ("broad", "slim")
    }
    assert of["broad"] == of["slim"]
    return [each.attributes["aria-label"] for each in page.all("svg") if each.attributes.get("class") != "slim"]


def test_the_page_can_be_read_by_everybody(danish_page: Path) -> None:
    page = read_page(danish_page)
    assert page.all("html")[0].attributes["lang"] == "da"
    assert page.all("title")[0].text == "STATUS 2024 HUSRUM Aarhus"
    levels = [int(each.tag[1]) for each in page.all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in zip(levels, levels[1:], strict=False))
    ids = [each.attributes["id"] for each in page.elements if "id" in each.attributes]
    assert len(ids) == len(set(ids))
    refers = [
        each.attributes[name].lstrip("#") for each in page.elements for name in ("href", "aria-labelledby") if name in each.attributes
    ]
    assert set(refers) <= set(ids)
    assert all(each.attributes.get("scope") in ("col", "row") for each in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table"))
    for picture in page.all("svg"):
        assert picture.attributes["role"] == "img" and "figure" in picture.inside
    assert all(len(each) > 40 for each in alts(page))
    assert [each.attributes["data-chart"] for each in page.all("figure")] == CHARTS
    assert len(page.all("figcaption")) == len(CHARTS)


def test_the_text_of_a_chart_says_its_numbers(years_once: Path, danish_page: Path) -> None:
    page = read_page(danish_page)
    stats = statistics(years_once, "--publish")
    alt = dict(zip(CHARTS, alts(page), strict=True))
    values = page.values()
    for month in range(1, 13):
        assert re.search(rf"[a-z] {values['visits', f'{YEAR}-{month:02}']}, ", alt["visits"])
    labels = {"municipal": "Kommunal kontaktperson", "relative": "Pårørende", "social_media": "Sociale medier"}
    for code, label in labels.items():
        assert f"{label} {shown(stats['distributions']['referral'][code])}" in alt["referral"]
    assert "2024: 200" in alt["development"] and "2024: 10" in alt["waiting"]


def test_the_numbers_in_a_chart_are_those_of_its_text(danish_page: Path) -> None:
    page = read_page(danish_page)
    pictures = re.findall(r'<svg (?!class="slim").*?</svg>', danish_page.read_text(encoding="utf-8"), re.DOTALL)
    assert len(pictures) == len(CHARTS)
    for picture, alt in zip(pictures, alts(page), strict=True):
        numbers = {each for each in re.findall(r">([^<>]+)</text>", picture) if re.fullmatch(r"(&lt;)?[\d.,]+", each)} - {"0"}
        assert len(numbers) > 1
        for number in numbers:
            assert re.search(rf"(?<![\d.,]){re.escape(unescape(number))}(?!\d)", alt), (number, alt)


def plain(text: str) -> str:
    """A text of a document with spaces of the usual kind."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_document_has_the_page_s_headings_tables_and_charts(years_once: Path, danish_page: Path, tmp_path: Path) -> None:
    page = read_page(danish_page)
    document = read_document(report(years_once, tmp_path / "status.docx", "--language", "da"))
    headings = [plain(each.text) for each in document.paragraphs if each.style.name.startswith("Heading")]
    contents, *own = [each.text for each in page.all("h2", "h3", "h4")]
    assert (contents, headings) == ("Indhold", own)
    key_figures, *tables = [[[plain(cell.text) for cell in row.cells] for row in table.rows] for table in document.tables]
    assert tables == page.tables()
    output = [each.text for each in page.all("dd")]
    assert [cell.split("\n")[0] for row in key_figures for cell in row] == output
    assert [each._inline.docPr.get("descr") for each in document.inline_shapes] == alts(page)
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    with zipfile.ZipFile(tmp_path / "status.docx") as archive:
        assert 'w:val="da-DK"' in archive.read("word/styles.xml").decode()
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        metafiles = [archive.read(name) for name in archive.namelist() if name.endswith(".emf")]
        drawings = [archive.read(name).decode() for name in archive.namelist() if name.endswith(".svg")]
    assert len(metafiles) == len(drawings) == len(CHARTS)
    assert [metafile_texts(each) for each in metafiles] == [list(ElementTree.fromstring(each).itertext()) for each in drawings]


@pytest.mark.parametrize("options", [("status.html", "--publish"), ("status.docx", "--exact")])
def test_the_same_file_gives_the_same_bytes_anywhere(aarhus: Path, tmp_path: Path, options: tuple[str, str]) -> None:
    name, shown = options
    elsewhere = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "HUSRUM_LANGUAGE": "en", "HUSRUM_TODAY": "2031-05-06", "PYTHONHASHSEED": "7"}
    here = report(aarhus, tmp_path / name, shown).read_bytes()
    (tmp_path / "elsewhere").mkdir()
    result = husrum_process("report", YEAR, "--to", tmp_path / "elsewhere" / name, shown, "--db", aarhus, env=elsewhere)
    assert result.exit_code == 0, result.stderr
    assert (tmp_path / "elsewhere" / name).read_bytes() == here


def test_a_closed_year_is_shown_as_it_was_frozen(aarhus: Path, tmp_path: Path) -> None:
    assert husrum("year", "close", YEAR, "--force", "--db", aarhus, env={"HUSRUM_TODAY": "2025-03-04"}).exit_code == 0
    before = report(aarhus, tmp_path / "before.html").read_bytes()
    assert husrum("event", "log", "Late games", "--date", "2024-12-20", "--unnamed", 9, "--db", aarhus).exit_code == 0
    after = report(aarhus, tmp_path / "after.html")
    assert after.read_bytes() == before
    assert "2025-03-04" in after.read_text() and read_page(after).values()["visits", ""] == "2,792"
    document = read_document(report(aarhus, tmp_path / "after.docx"))
    assert document.core_properties.created.date().isoformat() == "2025-03-04"


def test_an_open_year_says_so_and_its_document_is_of_its_last_day(aarhus: Path, tmp_path: Path) -> None:
    page = read_page(report(aarhus, tmp_path / "status.html"))
    assert "not closed yet" in page.all("footer")[0].text and "not closed yet" not in page.all("header")[0].text
    assert "not closed yet" in read_page(report(aarhus, tmp_path / "draft.html", "--draft")).all("header")[0].text
    document = read_document(report(aarhus, tmp_path / "status.docx"))
    assert document.core_properties.created.date().isoformat() == "2024-12-31"


def test_exact_figures_are_marked_as_internal(aarhus: Path, tmp_path: Path) -> None:
    published = read_page(report(aarhus, tmp_path / "published.html"))
    exact = read_page(report(aarhus, tmp_path / "exact.html", "--exact"))
    assert "internal use" in exact.all("header")[0].text and "internal use" not in published.all("header")[0].text
    assert report(aarhus, tmp_path / "same.html", "--publish").read_bytes() == (tmp_path / "published.html").read_bytes()
    assert (exact.values()["peer_supporters", ""], published.values()["peer_supporters", ""]) == ("3", "<5")


def test_what_young_people_say_and_what_was_promised(years_once: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy2(years_once, tmp_path / "aarhus.db"))
    person = 30
    for words in (
        ("suggestion", "add", "More board games", "--date", "2024-03-01"),
        ("suggestion", "add", "A trip to the sea", "--date", "2024-03-02"),
        ("suggestion", "add", "Too late", "--date", "2025-03-02"),
        ("suggestion", "resolve", 1, "adopted", "--note", "Secret"),
        ("target", "add", "visits", 2500, "--period", 2024),
        ("target", "add", "--text", "Two new groups", "--period", 2025),
        ("target", "add", "--text", "A house of our own", "--period", 2024),
        ("target", "mark", 3, "partly", "--note", "A room"),
        ("setting", "set", "contact", "Line Holm|line@husrum.example"),
        ("person", "consent", person, "quotes_photos"),
        ("quote", "add", "I need to practise.", "--person", person, "--date", "2024-05-05"),
    ):
        assert husrum(*words, "--db", path, env={"HUSRUM_TODAY": "2025-04-01"}).exit_code == 0
    page = read_page(report(path, tmp_path / "status.html"))
    said = {each.text for each in page.all("p")}
    assert {"“I need to practise.”", "More board games – adopted", "A trip to the sea – not decided yet", "Two new groups"} <= said
    assert "In 2024, the young people made 2 suggestions, of which 1 has been carried out." in said
    assert "A house of our own – Partly: A room" in said
    assert ["Visits in all", "2,500", "2,792", "Reached"] in [row for table in page.tables() for row in table]
    text = page.all("body")[0].text
    assert "line@husrum.example" in text and "Too late" not in text and "Secret" not in text
    assert husrum("person", "consent", person, "quotes_photos", "--withdrawn", "2025-04-01", "--db", path).exit_code == 0
    assert "I need to practise" not in report(path, tmp_path / "after.html").read_text(encoding="utf-8")


def test_a_part_of_a_year_shows_nothing_protected(aarhus: Path, tmp_path: Path) -> None:
    assert husrum("report", "2024-H1", "--to", tmp_path / "half.html", "--db", aarhus).exit_code == 0
    page = read_page(tmp_path / "half.html")
    assert page.all("h1")[0].text == "STATUS 1 January – 30 June 2024"
    output = json.loads(husrum("stats", "period", "2024-H1", "--publish", "--format", "json", "--db", aarhus).stdout)["figures"]
    values = {key: text for (key, of), text in page.values().items() if not of}
    hidden = [key for key, fields in output.items() if fields.get("withheld")]
    assert len(hidden) > 20 and not [key for key in hidden if values.get(key, "withheld") != "withheld"]
    assert values["visits"] == shown(output["visits"]) and "The young people" not in [each.text for each in page.all("h2")]
