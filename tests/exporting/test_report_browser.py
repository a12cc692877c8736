"""The report in a real browser: nothing is fetched, everybody can read it, on a screen, a phone, in the dark and on paper."""

from __future__ import annotations

import base64
import io
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdf
import pytest
from browser import CHROMIUM, Browser
from report_reading import read_page
from running import husrum
from test_report_drawing import WILD, everything

from husrum_cli.render.report_html import report_html

AXE = os.environ.get("HUSRUM_AXE", "")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="there is no Chromium here (Debian: apt-get install chromium)")
PAGES = ("aarhus", "everything")
SCREENS = {"desktop": (1280, False), "phone": (390, False), "dark": (1280, True), "dark phone": (390, True)}

# Elements wider than the screen, except in a table that scrolls by itself; and every chart that is shown.
LAYOUT = """({
  scroll: document.documentElement.scrollWidth,
  wide: [...document.querySelectorAll("body *")].filter(each => !each.closest(".table") && each.getBoundingClientRect().right > innerWidth + 1)
    .map(each => each.outerHTML.slice(0, 80)),
  charts: [...document.querySelectorAll("figure svg")].map(each => each.getBoundingClientRect()).filter(each => each.width).map(each => [each.width, each.height]),
  figures: document.querySelectorAll("figure[data-chart]").length,
  small: [...document.querySelectorAll("td, th, p, li, dt")].filter(each => parseFloat(getComputedStyle(each).fontSize) < 12).length,
})"""
# The contrast of each text, and of each bar, with what is behind it.
CONTRAST = """(() => {
  const parts = colour => colour.match(/[\\d.]+/g).map(Number);
  const light = colour => { const [r, g, b] = parts(colour).map(each => each / 255).map(each => each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const behind = each => { for (; each; each = each.parentElement) { const colour = getComputedStyle(each).backgroundColor; if (parts(colour)[3] !== 0) return colour; } return "rgb(255, 255, 255)"; };
  const contrast = (one, other) => { const [dark, bright] = [light(one), light(other)].sort((a, b) => a - b); return (bright + 0.05) / (dark + 0.05); };
  const shown = [...document.querySelectorAll("body *")].filter(each => each.getClientRects().length);
  const texts = shown.filter(each => [...each.childNodes].some(node => node.nodeType === 3 && node.data.trim()));
  const ink = each => getComputedStyle(each)[each.closest("svg") ? "fill" : "color"];
  return { texts: Math.min(...texts.map(each => contrast(ink(each), behind(each)))), paper: light(behind(document.body)),
    bars: Math.min(...shown.filter(each => each.tagName === "rect").map(each => contrast(ink(each), behind(each)))) };
})()"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """One browser for all pages."""
    running = Browser(tmp_path_factory.mktemp("profile"))
    yield running
    running.close()


@pytest.fixture(scope="module")
def pages(aarhus_once: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The report of Aarhus 2024 in Danish, and one that has everything a report can have, full of what wants to be markup."""
    folder = tmp_path_factory.mktemp("pages")
    target = folder / "aarhus.html"
    result = husrum("report", 2024, "--to", target, "--language", "da", "--db", aarhus_once)
    assert result.exit_code == 0, result.stderr
    wild = folder / "everything.html"
    wild.write_text(report_html(everything(WILD)), encoding="utf-8")
    return {"aarhus": target, "everything": wild}


@pytest.mark.parametrize("name", PAGES)
def test_no_request_leaves_the_page_and_nothing_runs_in_it(browser: Browser, pages: dict[str, Path], name: str) -> None:
    with browser.opened(pages[name]) as tab:
        assert [each for each in tab.requests if not each.startswith("data:image/svg+xml;base64,")] == [pages[name].as_uri()]
        assert tab.console == []
        assert tab.ask("document.title").startswith("STATUS 2024" if name == "aarhus" else "</style></title><script>alert(1)</script>")


@pytest.mark.parametrize(
    "slipped", ['<img src="https://example.org/x.png" alt="">', "<script>document.title = 'ran'</script>", '<p style="color: red">x</p>']
)
def test_what_slips_through_is_stopped_by_the_browser(browser: Browser, pages: dict[str, Path], slipped: str) -> None:
    broken = pages["aarhus"].with_name("broken.html")
    broken.write_text(pages["aarhus"].read_text(encoding="utf-8").replace("</body>", f"{slipped}</body>"), encoding="utf-8")
    with browser.opened(broken) as tab:
        assert any("Content Security Policy" in each for each in tab.console), tab.console
        assert tab.ask("document.title") == "STATUS 2024 HUSRUM Aarhus"


@pytest.mark.parametrize("screen", ["desktop", "phone"])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_screen_and_every_chart_is_shown_once(
    browser: Browser, pages: dict[str, Path], name: str, screen: str
) -> None:
    width, dark = SCREENS[screen]
    with browser.opened(pages[name], width, dark=dark) as tab:
        output = tab.ask(LAYOUT)
    assert output["scroll"] <= width and output["wide"] == [], output
    assert output["figures"] == len(output["charts"]) > 0 == output["small"]
    assert all(wide > 300 and high > 20 for wide, high in output["charts"]), output


@pytest.mark.parametrize("screen", SCREENS)
def test_texts_and_bars_have_contrast_in_light_and_dark(browser: Browser, pages: dict[str, Path], screen: str) -> None:
    width, dark = SCREENS[screen]
    with browser.opened(pages["everything"], width, dark=dark) as tab:
        output = tab.ask(CONTRAST)
    with browser.opened(pages["aarhus"], width, dark=dark) as tab:
        charts = tab.ask(CONTRAST)
    assert min(output["texts"], charts["texts"]) >= 4.5 and charts["bars"] >= 3
    assert (output["paper"] < 0.05) == dark


@pytest.mark.skipif(not Path(AXE).is_file(), reason="HUSRUM_AXE doesn't name axe-core's axe.min.js (npm pack axe-core)")
@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_no_violation(browser: Browser, pages: dict[str, Path], name: str, screen: str) -> None:
    width, dark = SCREENS[screen]
    with browser.opened(pages[name], width, dark=dark) as tab:
        tab.ask(Path(AXE).read_text(encoding="utf-8") + "; 1")
        found = tab.ask(
            "axe.run(document, {resultTypes: ['violations']}).then(each => ({found: each.violations, passed: each.passes.length}))"
        )
    assert found["found"] == [], json.dumps(found["found"])[:3000]
    assert found["passed"] > 20


def printed(browser: Browser, page: Path) -> tuple[pypdf.PdfReader, list[str]]:
    """The page on paper, and the texts of its headings."""
    with browser.opened(page, dark=True) as tab:
        headings = tab.ask("[...document.querySelectorAll('h1, h2, h3, h4, figcaption, caption')].map(each => each.textContent)")
        content: Any = tab.call("Page.printToPDF", preferCSSPageSize=True)["data"]
    return pypdf.PdfReader(io.BytesIO(base64.b64decode(content))), headings


def lines_of(text: str) -> list[str]:
    """The lines of a printed page, without its margins."""
    return [re.sub(r"\s+", " ", line).strip() for line in text.split("\n") if line.strip()]


def test_it_prints_on_a4_with_numbered_pages_and_no_stranded_heading(browser: Browser, pages: dict[str, Path]) -> None:
    reader, headings = printed(browser, pages["aarhus"])
    several = len(reader.pages)
    assert several > 5
    known = {re.sub(r"\s+", "", each) for each in headings}
    titles, sections = ({re.sub(r"\s+", "", each.text) for each in read_page(pages["aarhus"]).all(tag)} for tag in ("h2", "h3"))
    before: list[str] = []
    for number, sheet in enumerate(reader.pages, 1):
        assert (round(float(sheet.mediabox.width)), round(float(sheet.mediabox.height))) == (595, 842)
        lines = lines_of(sheet.extract_text())
        margins = {"STATUS 2024 · HUSRUM Aarhus", f"{number} / {several}"}
        assert margins.isdisjoint(lines) if number == 1 else margins <= set(lines), (number, lines[:2], lines[-2:])
        content = [line for line in lines if line not in margins]
        assert len(content) > 1, (number, content)
        # The first page ends with the contents, which are the headings.
        assert number == 1 or re.sub(r"\s+", "", content[-1]) not in known, (number, content[-1])
        # No page is nearly empty, and no title stays behind with a line or two when its chapter goes on with a heading.
        assert number == 1 or len(content) >= 8, (number, content)
        if re.sub(r"\s+", "", content[0]) in sections - titles:  # a section of the appendix may be called as a chapter is
            assert not titles & {re.sub(r"\s+", "", line) for line in before[-3:]}, (number, before[-3:])
        before = content if number > 1 else []


def test_a_stranded_heading_would_be_noticed(browser: Browser, pages: dict[str, Path]) -> None:
    careless = pages["aarhus"].with_name("careless.html")
    text = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", pages["aarhus"].read_text(encoding="utf-8"))
    careless.write_text(text.replace("break-after: avoid", "break-after: page"), encoding="utf-8")
    reader, headings = printed(browser, careless)
    known = {re.sub(r"\s+", "", each) for each in headings}
    last = ([line for line in lines_of(sheet.extract_text()) if " / " not in line][-1:] for sheet in reader.pages)
    assert any(re.sub(r"\s+", "", line) in known for each in last for line in each)
