"""A city's file on one day, with people who wait for a Hjerteven and people who offer to be one."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from running import Result, husrum

TODAY = "2024-10-08"


class Town:
    """A city's file, on one day."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __call__(self, *words: object, today: str = TODAY) -> Result:
        """A command, however it ends."""
        return husrum("--db", self.path, *words, env={"HUSRUM_TODAY": today})

    def must(self, *words: object, today: str = TODAY) -> str:
        """A command that succeeds: what it says on both."""
        done = self(*words, today=today)
        assert done.exit_code == 0, done.stderr
        return done.stdout + done.stderr

    def young(self, name: str, *wishes: object, born: str = "2002-05-05", since: str = "2024-03-01", **answers: str) -> None:
        """Somebody who waits."""
        more = [word for key, value in answers.items() for word in (f"--{key}", value)]
        self.must("intake", "add", name, "--born", born, "--enquired", "2024-01-08", *more)
        self.must("match", "wait", name, "--since", since, *wishes)

    def volunteer(self, name: str, *wishes: object, intro: bool = True, born: str = "1980-05-05", **more: str) -> None:
        """Somebody who offers."""
        course = ["--intro-course", "2024-01-20"] if intro else []
        words = [word for key, value in more.items() for word in (f"--{key}", value)]
        self.must("volunteer", "add", name, "--role", "befriender", "--joined", "2024-01-01", "--born", born, *course, *words)
        self.must("match", "offer", name, *wishes)

    def proposal(self, *words: object, today: str = TODAY) -> dict[str, Any]:
        """The proposal as JSON."""
        found: dict[str, Any] = json.loads(
            self.must("match", "propose", "--format", "json", *words, today=today).partition("\n}\n")[0] + "\n}"
        )
        return found

    def pairs(self, *words: object, today: str = TODAY) -> dict[int, int]:
        """Who is proposed to whom."""
        return {pair["person"]: pair["volunteer"] for pair in self.proposal(*words, today=today)["pairs"]}

    def ruled_out(self, *words: object) -> dict[str, int]:
        """The must-haves between the only young person and the volunteers."""
        (left,) = self.proposal(*words)["unmatched"]
        found: dict[str, int] = left["ruled_out"]
        return found

    def states(self, *more: str) -> list[str]:
        """What came of the proposals, the latest first."""
        return [row["state"] for row in json.loads(self.must("match", "list", "--proposed", *more, "--format", "json"))]

    def matches(self, *more: str) -> list[str]:
        """The states of the matches, the latest first."""
        return [row["state"] for row in json.loads(self.must("match", "list", *more, "--format", "json"))]
