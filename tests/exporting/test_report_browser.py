"""The report in a real browser: every chart is drawn, nothing is wider than the screen, and the console has nothing to say."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from running import husrum

BROWSER = next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)
pytestmark = pytest.mark.skipif(BROWSER is None, reason="there is no Chromium here (Debian: apt-get install chromium)")
# Asked of the page when all is loaded. It is added to a copy; the report itself lets no script run.
PROBE = """
<script>addEventListener("load", () => {
  const wide = [...document.querySelectorAll("body *")].filter(each => !each.closest(".wide") && each.getBoundingClientRect().right > innerWidth + 1);
  document.title = JSON.stringify({
    pictures: [...document.querySelectorAll("figure svg")].map(each => each.getBoundingClientRect()).filter(each => each.width).map(each => [each.width, each.height]),
    width: innerWidth, scroll: document.documentElement.scrollWidth, wide: wide.map(each => each.outerHTML.slice(0, 80)),
    small: [...document.querySelectorAll("td, th, p, li")].filter(each => parseFloat(getComputedStyle(each).fontSize) < 12).length,
  });
});</script>
"""
CHARTS = 5


@pytest.fixture(scope="module")
def page(aarhus_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report of Aarhus 2024 in Danish."""
    target = tmp_path_factory.mktemp("browser") / "status.html"
    result = husrum("report", 2024, "--to", target, "--language", "da", "--db", aarhus_once)
    assert result.exit_code == 0, result.stderr
    return target


def browse(page: Path, *more: str) -> subprocess.CompletedProcess[str]:
    """Opens a page. The console goes to stderr."""
    own = page.parent / "profile"
    command = [str(BROWSER), "--headless=new", "--no-sandbox", "--disable-gpu", f"--user-data-dir={own}", "--enable-logging=stderr", *more]
    return subprocess.run([*command, page.as_uri()], capture_output=True, encoding="utf-8", errors="replace", timeout=120)


def probed(page: Path, *more: str) -> dict[str, Any]:
    """What the probe tells of a copy of the page."""
    text = page.read_text(encoding="utf-8")
    copy = page.with_name("probed.html")
    copy.write_text(
        re.sub('<meta http-equiv="Content-Security-Policy"[^>]*>', "", text).replace("</body>", PROBE + "</body>"), encoding="utf-8"
    )
    found = re.search("<title>(.*?)</title>", browse(copy, "--dump-dom", *more).stdout)
    assert found
    told: dict[str, Any] = json.loads(unescape(found[1]))
    return told


def test_nothing_is_said_on_the_console(page: Path) -> None:
    done = browse(page, "--dump-dom")
    assert "</html>" in done.stdout
    assert "CONSOLE" not in done.stderr, done.stderr


def test_the_console_is_heard(page: Path) -> None:
    broken = page.with_name("broken.html")
    broken.write_text(
        page.read_text(encoding="utf-8").replace("</body>", '<img src="https://example.org/x.png" alt=""></body>'), encoding="utf-8"
    )
    assert "CONSOLE" in browse(broken, "--dump-dom").stderr


@pytest.mark.parametrize("width", [1280, 500])
def test_every_chart_is_drawn_and_nothing_is_too_wide(page: Path, width: int) -> None:
    told = probed(page, f"--window-size={width},900")
    assert len(told["pictures"]) == CHARTS
    assert all(shown > 300 and height > 80 for shown, height in told["pictures"]), told
    assert told["wide"] == [] and told["scroll"] <= told["width"], told
    assert told["small"] == 0


def test_a_phone_gets_its_own_charts(page: Path) -> None:
    desktop, phone = (probed(page, f"--window-size={width},900")["pictures"] for width in (1280, 500))
    assert all(one[0] / one[1] > other[0] / other[1] for one, other in zip(desktop, phone, strict=True))


def test_it_prints_on_a4(page: Path) -> None:
    target = page.with_name("status.pdf")
    browse(page, "--no-pdf-header-footer", f"--print-to-pdf={target}")
    sizes = {
        tuple(round(float(each)) for each in found) for found in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", target.read_bytes())
    }
    assert {(595, 842)} == {(width, height) for width, height in sizes}
