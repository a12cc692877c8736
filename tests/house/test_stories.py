"""The stories in examples/stories: each command in order in one folder, and exactly what it says.

A story is text: `# ` begins a remark, `# Today is DATE` sets the day from that paragraph on, `$ husrum …` is typed, and the lines under it are what is shown: first what goes
to standard output, then what goes to standard error; `[5]` at the end is an exit status other than 0.
After a change that is meant: `python tests/house/test_stories.py` writes what is said now, to be read before it is kept.
"""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from pathlib import Path

import pytest
from running import CHECKOUT, husrum

STORIES = sorted((CHECKOUT / "examples" / "stories").glob("*.txt"))


def rerun(story: str, folder: Path) -> str:
    """Run the commands of a story, and return it with their output of today."""
    env: dict[str, str | None] = {"HUSRUM_LANGUAGE": None, "XDG_CONFIG_HOME": str(folder / "home")}
    lines: list[str] = []
    for block in story.split("\n\n"):
        if today := re.search(r"^# Today is (\S+)$", block, re.MULTILINE):
            env["HUSRUM_TODAY"] = today[1]
        assert "HUSRUM_TODAY" in env, "a story says which day it is"
        lines += [line for text in block.splitlines() for line in _lines_of(text, env)]
        lines.append("")
    return "\n".join(lines)


def _lines_of(text: str, env: dict[str, str | None]) -> list[str]:
    if text.startswith("$ husrum "):
        done = husrum(*shlex.split(text)[2:], env=env)
        said = [line.rstrip() for line in (done.stdout + done.stderr).splitlines()]
        return [text, *(f"  {line}".rstrip() or "  ." for line in said), *([f"  [{done.exit_code}]"] if done.exit_code else [])]
    return [text] if text.startswith("#") else []


@pytest.mark.parametrize("path", STORIES, ids=[path.stem for path in STORIES])
def test_a_story_gives_the_output_that_it_shows(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    story = path.read_text(encoding="utf-8")
    assert rerun(story, tmp_path) == story


def test_there_are_stories() -> None:
    assert len(STORIES) >= 2


if __name__ == "__main__":
    for each in STORIES:
        with tempfile.TemporaryDirectory() as folder:
            os.chdir(folder)
            each.write_text(rerun(each.read_text(encoding="utf-8"), Path(folder)), encoding="utf-8")
            os.chdir(CHECKOUT)
