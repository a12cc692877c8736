"""Pictures of the terminal for the README: `python tools/pictures.py` writes `docs/pictures/*.svg` from what the program prints at a terminal."""

from __future__ import annotations

import html
import io
import os
import pty
import re
import struct
import subprocess
import sys
import tempfile
import termios
from fcntl import ioctl
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

CHECKOUT = Path(__file__).parents[1]
FOLDER = CHECKOUT / "docs" / "pictures"
# Name -> (language, columns, lines shown, command). The example city: nobody in it is real.
PICTURES = {
    "stats-year-en": ("en", 76, 28, "stats year 2024"),
    "stats-year-da": ("da", 76, 28, "stats year 2024"),
    "person-show": ("en", 76, 40, "person show 19"),
}
TODAY = "2025-01-15"
_PAPER = TerminalTheme((255, 255, 255), (36, 41, 47), [(36, 41, 47)] * 8, [(36, 41, 47)] * 8)
# Nothing is fetched when the picture is looked at, and no comment of another program is in it.
_FORMAT = re.sub(r"<!--.*?-->|@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL).replace("Fira Code, ", "")


def make_city(folder: Path) -> Path:
    """The example city's file."""
    path = folder / "aarhus.db"
    tables = sorted((CHECKOUT / "examples" / "aarhus-2024").glob("*.csv"))
    for words in (["init", path, "--city", "Aarhus"], ["import", *tables, "--db", path]):
        subprocess.run([sys.executable, "-m", "husrum_cli", *words], env=_environment("en", folder), check=True, capture_output=True)
    return path


def at_terminal(path: Path, name: str) -> list[str]:
    """The lines that a picture shows: the command, and what a terminal of that width gets of it."""
    language, columns, shown, command = PICTURES[name]
    ours, theirs = pty.openpty()
    ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    process = subprocess.Popen(
        [sys.executable, "-m", "husrum_cli", *command.split(), "--db", str(path)],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
        env=_environment(language, path.parent),
    )
    os.close(theirs)
    printed = b""
    try:
        while chunk := os.read(ours, 65536):
            printed += chunk
    except OSError:  # the other end is closed
        pass
    os.close(ours)
    assert process.wait() == 0, printed
    lines = printed.decode().replace("\r\n", "\n").rstrip("\n").split("\n")
    more = ["…"] if len(lines) > shown else []
    return [f"$ husrum {command}", *lines[:shown], *more]


def drawn(name: str, lines: list[str]) -> str:
    """The picture of these lines."""
    console = Console(
        record=True, width=PICTURES[name][1], file=io.StringIO(), force_terminal=True, color_system="truecolor", legacy_windows=False
    )
    for line in lines:
        console.print(Text.from_ansi(line), no_wrap=True, crop=True)
    return console.export_svg(title="husrum", theme=_PAPER, code_format=_FORMAT, unique_id=name, font_aspect_ratio=0.61)


def text_of(picture: str) -> list[str]:
    """The lines that a picture shows."""
    rows: dict[float, dict[float, str]] = {}
    body = picture[picture.index('<g class="') :] if '<g class="' in picture else picture
    for x, y, text in re.findall(r'<text [^>]*x="([\d.]+)" y="([\d.]+)"[^>]*>([^<]*)</text>', body):
        rows.setdefault(float(y), {})[float(x)] = html.unescape(text).replace("\xa0", " ")
    return ["".join(parts[x] for x in sorted(parts)).rstrip() for y, parts in sorted(rows.items())]


def _environment(language: str, folder: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("HUSRUM") and name not in ("NO_COLOR", "COLUMNS")}
    more = {
        "HUSRUM_LANGUAGE": language,
        "HUSRUM_TODAY": TODAY,
        "HUSRUM_DISK": "encrypted",
        "XDG_CONFIG_HOME": str(folder),
        "TERM": "xterm-256color",
    }
    return {**kept, **more, "PYTHONPATH": str(CHECKOUT)}


def main() -> None:
    """Write every picture that shows something else than before."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="husrum-pictures-") as place:
        path = make_city(Path(place))
        for name in PICTURES:
            picture, made = FOLDER / f"{name}.svg", drawn(name, at_terminal(path, name))
            if not picture.exists() or text_of(picture.read_text(encoding="utf-8")) != text_of(made):
                picture.write_text(made, encoding="utf-8")
                print(f"{picture.relative_to(CHECKOUT)}: written")


if __name__ == "__main__":
    main()
