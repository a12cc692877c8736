"""A new question, role of volunteers and instrument each take one record, an upgrade step, and the translations of English texts; then they are everywhere.

The test adds them to a copy of the program, as the next version of it would.
"""

from __future__ import annotations

import csv
import json
import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import terminal
from forking import Forked
from running import CHECKOUT, Result, husrum, looked_into, process_environment

from husrum_cli.store.opening import VERSION

RECORD = """
    Question(
        "education",
        Vocabulary(
            "education",
            Code("school", "Grundskole", "School"),
            Code("college", "Gymnasium", "College", ("gymnasiet",)),
            Code("university", "Universitet", "University"),
        ),
        Label("Uddannelse", "Education"),
        Label("Hvilken uddannelse har den unge?", "Highest education"),
        column="uddannelse",
        help="The highest that they have completed.",
        headings=("højeste uddannelse",),
        form_wording="hvilken uddannelse har du",
        distribution="education",
        shares=(
            Share(
                "education_higher",
                "Har mere end grundskolen",
                "More than school",
                "Those who have completed more than school.",
                ("college", "university"),
            ),
        ),
    ),
"""
TRANSLATIONS = """
msgid "The highest that they have completed."
msgstr "Den højeste, som vedkommende har fuldført."

msgid "It measures hope by two questions."
msgstr "Det måler håb med to spørgsmål."

msgid "Those who have completed more than school."
msgstr "De unge, der har fuldført mere end grundskolen."
"""
ROLE = """
    Code("driver", "Chauffør", "Driver", ("kører",), plural=Label("chauffører", "drivers")),
"""
INSTRUMENT = """
    Instrument(
        Code("hope", "Håb", "Hope"),
        (Label("Udvej", "Way out"), Label("Mod", "Courage")),
        lowest=1,
        highest=4,
        ends=(Label("slet ikke", "not at all"), Label("meget", "very much")),
        factor=1,
        higher_is_better=True,
        severe_from=3,
        alarm_from=2,
        noticeable=1,
        source="made up",
        measures=N_("It measures hope by two questions."),
    ),
"""
TODAY = "2025-01-15"


class Future:
    """The next version of husrum, and a city's file that today's version made."""

    def __init__(self, folder: Path) -> None:
        self.program = folder / "program"
        for name in ("husrum_cli", "tools"):
            shutil.copytree(CHECKOUT / name, self.program / name, ignore=shutil.ignore_patterns("__pycache__", "texts_*.py"))
        shutil.copy(CHECKOUT / "schema.sql", self.program)
        self._change("husrum_cli/vocabulary/questions.py", "\n)\n# In the order", f"\n{RECORD.strip(chr(10))}\n)\n# In the order")
        self._change("husrum_cli/vocabulary/questions.py", "import Codes, ", "import Code, Codes, Vocabulary, ")
        self._change("husrum_cli/vocabulary/codes.py", "\n)\nGROUP_KIND = ", f"\n{ROLE.strip(chr(10))}\n)\nGROUP_KIND = ")
        self._change("husrum_cli/vocabulary/instruments.py", "\n)\nINSTRUMENTS", f"\n{INSTRUMENT.strip(chr(10))}\n)\nINSTRUMENTS")
        self._change("husrum_cli/store/opening.py", f"\nVERSION = {VERSION}\n", f"\nVERSION = {VERSION + 1}\n")
        self._change("schema.sql", f"user_version = {VERSION};", f"user_version = {VERSION + 1};")
        (self.program / f"husrum_cli/store/migrations/to_{VERSION + 1}.sql").write_text("-- Codes only.\n", encoding="utf-8")
        with (self.program / "husrum_cli/i18n/da.po").open("a", encoding="utf-8") as file:
            file.write(TRANSLATIONS)
        self._python("tools/translations.py", "compile")
        self.file = folder / "aarhus.db"
        for line in (
            f"init {self.file} --city Aarhus",
            "intake add Anna --born 2003 --enquired 2024-01-03 --held 2024-01-10",
            "intake add Bo --born 2002 --enquired 2024-01-04 --held 2024-01-11",
        ):
            words = line.split() if line.startswith("init") else [*line.split(), "--db", self.file]
            done = husrum(*words, env={"HUSRUM_TODAY": TODAY})
            assert done.exit_code == 0, done.stderr

    def _change(self, name: str, before: str, after: str) -> None:
        path = self.program / name
        text = path.read_text(encoding="utf-8")
        assert text.count(before) == 1, name
        path.write_text(text.replace(before, after), encoding="utf-8")

    def _python(self, *words: str) -> None:
        subprocess.run([sys.executable, "-P", *words], cwd=self.program, env=process_environment(self.environment), check=True)

    @property
    def environment(self) -> dict[str, str | None]:
        """Where Python finds the program."""
        return {"PYTHONPATH": str(self.program), "HUSRUM_TODAY": TODAY}

    def run(self, line: str, *more: object, language: str = "en", status: int = 0) -> Result:
        """Run a command on the file."""
        return self.run_words(*line.split(), *more, "--db", self.file, "--language", language, status=status)

    def run_words(self, *words: object, status: int = 0) -> Result:
        """Run a command that says itself which file it is about."""
        process = Forked(*words, env=process_environment(self.environment), cwd=self.program)
        output, error = (text.decode() for text in process.communicate())
        assert process.returncode == status, error
        return Result(status, output, error)

    def ask(self, *words: str, language: str) -> terminal.Terminal:
        """Run a command at a terminal."""
        return terminal.Terminal(self.file, *words, "--language", language, env=self.environment)

    def answers(self, person: int) -> list[str]:
        """The answers of a person."""
        shown = json.loads(self.run("intake show", person, "--format", "json").stdout)
        given: list[str] = shown["intakes"][0]["answers"].get("education", [])
        return given


@pytest.fixture(scope="module")
def future(tmp_path_factory: pytest.TempPathFactory) -> Future:
    """With Anna's education entered by an option, and Bo's by an import."""
    made = Future(tmp_path_factory.mktemp("future"))
    made.run("intake edit 1 --education coll")
    sheet = made.file.with_name("intakes.csv")
    sheet.write_text("navn;født;henvendt;Højeste uddannelse\nBo;2002;4/1-2024;grundskole\n", encoding="utf-8")
    made.run("import", sheet)
    return made


def test_it_is_understood_as_a_form_on_the_web_asks_it(future: Future) -> None:
    sheet = future.file.with_name("intakes.csv")
    sheet.write_text("navn;født;henvendt;Hvilken uddannelse har du?\nBo;2002;4/1-2024;grundskole\n", encoding="utf-8")
    assert "known already" in future.run("import", sheet).stderr


def test_it_is_an_option_and_a_column(future: Future) -> None:
    assert [future.answers(1), future.answers(2)] == [["college"], ["school"]]
    assert "--education" in future.run("intake add --help").stdout
    help = future.run_words("intake", "hold", "--help", "--language", "da").stdout
    assert "Den højeste, som vedkommende har fuldført." in help
    refused = future.run("intake edit 1 --education phd", status=2).stderr
    assert "school, college, university" in refused
    exported = future.file.with_name("tables")
    future.run("export tables", exported)
    with (exported / "intakes.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["education"] for row in csv.DictReader(file)] == ["college", "school"]


def test_the_file_checks_its_codes(future: Future) -> None:
    future.run("check")
    with closing(looked_into(future.file)) as connection, pytest.raises(sqlite3.IntegrityError, match="is not one of codes"):
        connection.execute("UPDATE answers SET answer = 'phd' WHERE question = 'education'")


@pytest.mark.parametrize(
    ("language", "asked", "choice"), [("en", "Highest education", "University"), ("da", "Hvilken uddannelse har den unge?", "Universitet")]
)
def test_the_forms_ask_it(future: Future, language: str, asked: str, choice: str) -> None:
    for words in (("intake", "edit", "1", "--ask"), ("intake", "add", "Carl", "--held", "2024-02-01", "--ask")):
        with future.ask(*words, language=language) as seat:
            for _question in range(30):
                seat.see(":")
                if asked in "\n".join(seat.lines()):
                    break
                seat.press(terminal.ENTER)
            assert choice in "\n".join(seat.see(asked)), seat.lines()


@pytest.mark.parametrize(("language", "label", "answer"), [("en", "Education", "College"), ("da", "Uddannelse", "Gymnasium")])
def test_it_is_shown(future: Future, language: str, label: str, answer: str) -> None:
    shown = [each.split() for each in future.run("intake show 1", language=language).stdout.splitlines()]
    assert [label, answer] in [each[-2:] for each in shown]
    assert f"{label}: {answer}" in future.run("person export 1", language=language).stdout


def year(future: Future, *more: str) -> dict[str, Any]:
    """The figures of the year."""
    found: dict[str, Any] = json.loads(future.run("stats year 2024 --format json", *more).stdout)
    return found


def test_its_answers_are_counted(future: Future) -> None:
    found = year(future)
    share = found["figures"]["education_higher_at_intake"]
    assert (share["count"], share["answered"], share["value"]) == (1, 2, 0.5)
    assert found["figures"]["education_higher"]["count"] == 1
    answers = {"school": 1, "college": 1, "university": 0, "declined": 0, "not_asked": 0, "not_recorded": 0}
    assert found["distributions"]["education"] == found["distributions"]["education_at_intake"] == answers


@pytest.mark.parametrize(
    ("language", "label", "definition"),
    [
        ("en", "More than school", "Those who have completed more than school."),
        ("da", "Har mere end grundskolen", "De unge, der har fuldført mere end grundskolen."),
    ],
)
def test_its_share_is_shown_and_explained(future: Future, language: str, label: str, definition: str) -> None:
    assert label in future.run("stats year 2024", language=language).stdout
    explained = future.run("stats explain 2024 education_higher", language=language).stdout
    assert label in explained and definition in explained
    assert ("Gymnasium" if language == "da" else "college").casefold() in explained.casefold()


@pytest.mark.parametrize(("language", "label", "answer"), [("en", "Education", "College"), ("da", "Uddannelse", "Gymnasium")])
def test_it_is_in_the_exports_and_in_the_report(future: Future, language: str, label: str, answer: str) -> None:
    target = future.file.with_name(f"year-{language}.md")
    future.run("export year 2024", "--to", target, language=language)
    assert label in target.read_text(encoding="utf-8") and answer in target.read_text(encoding="utf-8")
    report = future.file.with_name(f"report-{language}.html")
    future.run("report 2024 --exact", "--to", report, language=language)
    assert label in report.read_text(encoding="utf-8") and answer in report.read_text(encoding="utf-8")


def test_it_travels_to_the_nation(future: Future) -> None:
    nation = future.file.with_name("nation.db")
    future.run_words("merge", nation, future.file)
    shown = future.run_words("stats", "year", "2024", "--format", "json", "--db", nation)
    assert json.loads(shown.stdout)["figures"]["education_higher"]["count"] == 1


def test_a_year_with_answers_can_be_closed(future: Future) -> None:
    before = year(future)["figures"]["education_higher"]
    future.run("year close 2024 --force")
    future.run("intake edit 1 --education school")
    after = year(future)["figures"]["education_higher"]
    assert (after["count"], after["count_now"]) == (before["count"], 0)


def plain_text(report: Path) -> str:
    """The text of a report, without tags and breaks of lines."""
    return " ".join(re.sub("<[^>]*>", "", report.read_text(encoding="utf-8")).split())


@pytest.mark.parametrize(
    ("language", "typed", "label", "sentence"),
    [
        ("en", "driver", "Volunteers: drivers", "Among them are 2 drivers."),
        ("da", "kører", "Frivillige: chauffører", "Blandt dem er 2 chauffører."),
    ],
)
def test_a_new_role_is_counted_and_reported(future: Future, tmp_path: Path, language: str, typed: str, label: str, sentence: str) -> None:
    city = tmp_path / "odense.db"
    future.run_words("init", city, "--city", "Odense")
    for name in ("Vera", "Viggo"):
        future.run_words("volunteer", "add", name, "--role", typed, "--joined", "2024-02-01", "--db", city)
    shown = future.run_words("stats", "year", "2024", "--all", "--db", city, "--language", language)
    assert [line.split()[-1] for line in shown.stdout.splitlines() if label in line] == ["2"]
    offered = future.run_words("volunteer", "role", "--help", "--language", language).stdout
    assert label.removeprefix("Frivillige: ").removeprefix("Volunteers: ")[:6] in offered.split("ROLE")[-1]
    counted = json.loads(future.run_words("stats", "year", "2024", "--format", "json", "--db", city).stdout)
    assert counted["distributions"]["role"] == {"leader": 0, "peer": 0, "organiser": 0, "online": 0, "befriender": 0, "driver": 2}
    report = tmp_path / "report.html"
    future.run_words("report", "2024", "--exact", "--to", report, "--db", city, "--language", language)
    assert sentence in plain_text(report)


def test_a_new_instrument_is_measured_and_counted(future: Future, tmp_path: Path) -> None:
    city = tmp_path / "randers.db"
    future.run_words("init", city, "--city", "Randers")
    for number, name in enumerate(("Anna", "Bo"), 1):
        future.run_words("intake", "add", name, "--born", "2003", "--enquired", "2024-01-03", "--held", "2024-01-10", "--db", city)
        for day, items in (("2024-01-10", "1,2"), ("2024-08-20", f"4,{number}")):
            future.run_words("measure", "add", number, "--instrument", "hope", "--date", day, "--items", items, "--db", city)
    counted = json.loads(future.run_words("stats", "year", "2024", "--format", "json", "--db", city).stdout)
    assert counted["figures"]["measured_pairs_hope"]["value"] == 2
    changed = json.loads(future.run_words("stats", "change", "2024", "--instrument", "hope", "--format", "json", "--db", city).stdout)
    assert (changed["pairs"], changed["improved"]) == (2, 2)
    report = tmp_path / "report.html"
    future.run_words("report", "2024", "--exact", "--to", report, "--db", city, "--language", "da")
    text = plain_text(report)
    assert "Det måler håb med to spørgsmål." in text and "Målt to gange: Håb" in text
