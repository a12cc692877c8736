"""The pictures of the terminal show what the program prints."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import ENCRYPTED

pictures = pytest.importorskip("pictures", reason="needs a terminal of Unix", exc_type=ImportError)


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The city that the pictures show."""
    return pictures.make_city(tmp_path_factory.mktemp("pictures"))


@pytest.mark.skipif(ENCRYPTED, reason="the same pictures")
@pytest.mark.parametrize("name", pictures.PICTURES)
def test_a_picture_shows_what_a_terminal_shows(name: str, example: Path) -> None:
    """Where it doesn't any more: python tools/pictures.py, and look at them."""
    lines = pictures.at_terminal(example, name)
    drawn = (pictures.FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    shown = [line for line in pictures.text_of(drawn) if line]
    assert shown == [text for line in lines if (text := plain(line))]
    assert "http" not in drawn.replace('xmlns="http://www.w3.org/2000/svg"', "")


def plain(line: str) -> str:
    """A line without what makes it bold."""
    return str(pictures.Text.from_ansi(line)).rstrip()


def test_every_picture_is_shown_somewhere() -> None:
    pages = "".join(page.read_text(encoding="utf-8") for page in pictures.CHECKOUT.glob("*.md"))
    assert {path.stem for path in pictures.FOLDER.iterdir()} == {*pictures.PICTURES}
    assert [name for name in pictures.PICTURES if f"docs/pictures/{name}.svg" not in pages] == []
