"""Tables in the terminal: fitted to its width, where nothing is cut and what has no spaces is never broken."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len, set_cell_size
from running import husrum
from terminal import Terminal

from husrum_cli.commands.app import list_options
from husrum_cli.commands.nouns import NOUNS, load_noun
from husrum_cli.render import stats, table, terminal
from husrum_cli.render.listing import Listing
from husrum_cli.render.terminal import Screen, fold_text

TITLES = ("Board games", "Søndagsmiddag hos Åse og Ærø", "[red]Dinner[/red] for everybody who has no other plans", "漢字の夕べ")
PAIR = re.compile(r"(?<!\S)[0-9]+ [^\s,;]+")  # a number with one space behind it, and a word
LISTS = (
    "branch list", "event list", "event list --by activity", "goal list", "grant list", "group list", "intake list", "log", "match list", "match list --all", "match list --waiting", "match list --waiting --all", "stats explain 2024 visits_online_event", "volunteer list --hours 2024", "measure due",
    "measure list 1 --show items,score", "partner list", "quote list", "suggestion list",
    "person find a", "person list", "person list --show email", "person list --show phone", "setting list", "target list", "volunteer list --all", "retention",
)  # fmt: skip


def words(lines: list[str]) -> Counter[str]:
    """The words of a table below its headings, which alone are in bold type."""
    return Counter(word for line in lines if not line.startswith("\x1b[1m") for word in line.split())


def drawn(monkeypatch: pytest.MonkeyPatch, width: int, *typed: object, language: str = "en") -> list[str]:
    """The lines of a list or of a year, in a terminal so wide."""
    for module in (terminal, stats):
        monkeypatch.setattr(module, "screen", lambda: Screen(width, True, True))
    done = husrum(*typed, env={"HUSRUM_LANGUAGE": language, "HUSRUM_TODAY": "2025-06-01"})
    assert done.exit_code == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def everything(aarhus_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example city, with a row of what nobody recorded in 2024."""
    path = Path(shutil.copy2(aarhus_once, tmp_path_factory.mktemp("everything") / "aarhus.db"))
    for words in (
        ("person", "consent", "1", "quotes_photos", "--given", "2024-01-01"),
        ("quote", "add", "Her er der plads til mig, også de dage hvor jeg ingenting siger", "--person", "1", "--date", "2024-05-05"),
        ("goal", "set", "1", "Ring til en gammel ven, og spørg hvordan det går", "--date", "2024-05-05"),
        ("goal", "mark", "1", "partly", "--date", "2024-05-12"),
        ("suggestion", "add", "En klatreaften hver anden torsdag, helst udendørs", "--event", "E1", "--date", "2024-05-05"),
        ("suggestion", "resolve", "1", "later", "--note", "Når det bliver sommer", "--date", "2024-06-05"),
        ("measure", "add", "1", "--instrument", "who5", "--items", "1,2,3,4,5", "--date", "2024-05-05"),
        ("intake", "add", "Søren Ærø", "--enquired", "2025-01-02", "--held", "2025-01-10"),
        ("measure", "add", "søren ærø", "--items", "1,2,3", "--date", "2025-01-10"),
        ("target", "add", "visits", "3000", "--period", "2024", "--why", "Så mange stole er der"),
        ("target", "add", "--text", "En gruppe for unge over 25", "--period", "2024-H2"),
        ("measure", "add", "1", "--declined", "--date", "2024-05-06"),
    ):
        assert husrum(*words, "--db", path, env={"HUSRUM_TODAY": "2025-06-01"}).exit_code == 0
    return path


def named(path: Path) -> frozenset[str]:
    """The number of everybody in a file with their first or called name behind it."""
    found = json.loads(husrum("person", "list", "--format", "json", "--db", path).stdout)
    return frozenset(f"{each['person']} {name.split()[0]}" for each in found for name in (each["name"], each["called"]) if name)


def faults(wide: list[str], narrow: list[str], people: frozenset[str]) -> list[str]:
    """Return what is wrong with a list in a narrow terminal, compared with the same in a wide one."""
    found = []
    if (lost := words(wide) - words(narrow)) or words(narrow) - words(wide):
        found.append(f"cut or broken: {', '.join(lost)}")
    together = [Counter(pair for line in lines for pair in PAIR.findall(line) if pair in people) for lines in (wide, narrow)]
    if parted := together[0] - together[1]:
        found.append(f"a number parted from its name: {', '.join(parted)}")
    if max(cell_len(line.replace("\x1b[1m", "").replace("\x1b[0m", "")) for line in narrow) > 80:
        found.append("wider than the terminal")
    return found


@pytest.mark.parametrize("language", ["da", "en"])
@pytest.mark.parametrize("typed", LISTS)
def test_every_list_fits_80_columns_with_nothing_cut_broken_or_parted(
    everything: Path, monkeypatch: pytest.MonkeyPatch, typed: str, language: str
) -> None:
    wide, narrow = (drawn(monkeypatch, width, *typed.split(), "--db", everything, language=language) for width in (10_000, 80))
    assert len(wide) > 1
    assert faults(wide, narrow, named(everything)) == []


def _folded_anywhere(text: str, width: int) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text), width)] if text else []


def _folded_behind(sign: str) -> Callable[[str, int], list[str]]:
    def fold(text: str, width: int) -> list[str]:
        return [line.strip() for part in fold_text(text, width) for line in part.replace(sign, f"{sign}\n").splitlines()]

    return fold


@pytest.mark.parametrize(
    ("typed", "fold", "fault"),
    [
        ("event list", _folded_behind("-"), "broken"),  # dates
        ("grant list", _folded_behind("."), "broken"),  # numbers
        ("person list --show email", _folded_behind("@"), "broken"),  # addresses
        ("log", _folded_behind("\N{NO-BREAK SPACE}"), "parted"),
        ("group list", lambda text, width: [text[: max(width - 1, 1)]], "cut"),
        ("group list", _folded_anywhere, "broken"),
        ("person list", lambda text, _width: [text + " " * 80] if text else [], "wider"),
    ],
)
def test_the_test_of_every_list_finds_each_fault(
    everything: Path, monkeypatch: pytest.MonkeyPatch, typed: str, fold: Callable[[str, int], list[str]], fault: str
) -> None:
    wide = drawn(monkeypatch, 10_000, *typed.split(), "--db", everything, language="da")
    monkeypatch.setattr(table, "fold_text", fold)
    narrow = drawn(monkeypatch, 80, *typed.split(), "--db", everything, language="da")
    assert fault in " ".join(faults(wide, narrow, named(everything)))


def test_every_list_there_is_is_tried() -> None:
    found = {f"{noun} {name}".strip() for noun in NOUNS for name, verb in load_noun(noun).verbs.items() if verb.shows is list_options}
    assert found - {"link list", "intake drafts"} == {
        " ".join(each.split()[:1] if each in ("log", "retention") else each.split()[:2]) for each in LISTS
    }


@pytest.mark.parametrize("typed", [("event", "list"), ("stats", "year", "2024", "--all")])
def test_a_table_that_does_not_fit_is_folded_and_nothing_of_it_is_cut(
    city: Path, monkeypatch: pytest.MonkeyPatch, typed: tuple[str, ...]
) -> None:
    for title in TITLES:
        assert husrum("event", "log", title, "--date", "2024-06-03", "--unnamed", "1200", "--db", city).exit_code == 0
    wide, narrow = (drawn(monkeypatch, width, *typed, "--db", city) for width in (10_000, 50))
    assert max(cell_len(line.replace("\x1b[1m", "").replace("\x1b[0m", "")) for line in narrow) <= 50
    assert len(narrow) > len(wide)
    assert words(narrow) == words(wide)
    assert narrow == [line.rstrip() for line in narrow]


def test_a_number_stays_with_its_name(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"Ottilia{letter} Holm" for letter in "abcdefghijkl"]
    for name in names:
        assert husrum("intake", "add", name, "--enquired", "2024-01-01", "--db", city).exit_code == 0
    assert husrum("group", "open", "Tuesday", "--kind", "talk", "--start", "2024-02-06", "--capacity", 20, "--db", city).exit_code == 0
    assert husrum("group", "enroll", "G1", *range(1, 13), "--date", "2024-02-06", "--db", city).exit_code == 0
    assert husrum("group", "meet", "G1", "--date", "2024-02-06", "--present", "1-12", "--db", city).exit_code == 0
    for width in range(60, 90):
        shown = "\n".join(drawn(monkeypatch, width, "group", "show", "G1", "--db", city))
        assert all(f"{number} {name.split()[0]}" in shown for number, name in enumerate(names, 1))


@pytest.mark.parametrize("which", [(), ("--all",)])
def test_matches_are_one_line_each_with_number_and_name_together(
    everything: Path, monkeypatch: pytest.MonkeyPatch, which: tuple[str, ...]
) -> None:
    matches = json.loads(husrum("match", "list", *which, "--format", "json", "--db", everything).stdout)
    shown = drawn(monkeypatch, 80, "match", "list", *which, "--db", everything, language="da")
    lines = [line for line in shown if re.match(r" *[0-9]+ ", line)]
    assert len(lines) == len(matches)
    for match in matches:
        assert any(f"{match['person']} {match['name'].split()[0]}" in line and f"{match['volunteer']} " in line for line in lines)


def test_headings_give_way_before_the_rows_do(city: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for day in ("2024-06-03", "2024-06-17"):
        assert husrum("event", "log", "Fællesspisning", "--date", day, "--db", city).exit_code == 0
    shown = drawn(monkeypatch, 80, "event", "list", "--db", city, language="da")
    assert [line.split()[0] for line in shown if "Socialt arrangement" in line] == ["E2", "E1"], "a line for each event"


def test_a_list_is_sorted_by_any_column(city: Path) -> None:
    for title, day, unnamed in (("Øre", "2024-06-03", 9), ("Abe", "2024-05-04", 10), ("Zoo", "2024-07-05", 1200)):
        assert husrum("event", "log", title, "--date", day, "--unnamed", unnamed, "--db", city).exit_code == 0

    def titles(column: str, format: str = "json") -> list[str]:
        shown = husrum("event", "list", "--sort", column, "--format", format, "--db", city).stdout
        return [row["title"] for row in (json.loads(shown) if format == "json" else csv.DictReader(io.StringIO(shown)))]

    assert titles("unnamed") == titles("UNN", "csv") == ["Øre", "Abe", "Zoo"]
    assert titles("-unnamed") == ["Zoo", "Abe", "Øre"]
    assert titles("date") == ["Abe", "Øre", "Zoo"]
    assert titles("title") == ["Abe", "Zoo", "Øre"]
    assert titles("event") == ["Øre", "Abe", "Zoo"]
    wrong = husrum("event", "list", "--sort", "colour", "--db", city)
    assert wrong.exit_code == 2 and "There are: no., title" in wrong.stderr


def test_what_is_empty_comes_last_however_a_list_is_sorted(city: Path) -> None:
    for name, born in (("Anna", "2001-02-03"), ("Bo", None), ("Eva", "1999")):
        assert husrum("intake", "add", name, *(("--born", born) if born else ()), "--db", city).exit_code == 0
    for column, order in (("born", ["Eva", "Anna", "Bo"]), ("-born", ["Anna", "Eva", "Bo"])):
        shown = json.loads(husrum("person", "list", "--sort", column, "--format", "json", "--db", city).stdout)
        assert [each["name"] for each in shown] == order


def test_a_list_is_written_as_danish_excel_opens_it(city: Path, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    assert husrum("event", "log", "=1+1 æøå", "--date", "2024-06-03", "--kind", "online", "--unnamed", 1200, "--db", city).exit_code == 0
    danish = {"HUSRUM_LANGUAGE": "da"}
    path = tmp_path / "list.csv"
    done = husrum("event", "list", "--to", path, "--db", city, env=danish)
    assert (done.exit_code, done.stdout) == (0, "") and "1 række" in done.stderr
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig")), delimiter=";")
    assert dict(zip(head, row, strict=True)) == {
        "Nr.": "E1", "Titel": "'=1+1 æøå", "Type": "Online arrangement", "Dato": "03-06-2024", "Slut": "", "Status": "afholdt",
        "Deltagere": "1200", "Uden navn": "1200", "Frivillige": "0",
    }  # fmt: skip
    assert husrum("event", "list", "--to", path, "--db", city).exit_code == 5
    assert husrum("event", "list", "--to", path, "--overwrite", "--db", city).exit_code == 0
    assert path.read_text(encoding="utf-8-sig").splitlines()[1].startswith("E1,'=1+1 æøå,Online")
    book = tmp_path / "list.xlsx"
    assert husrum("event", "list", "--to", book, "--db", city, env=danish).exit_code == 0
    headings, cells = openpyxl.load_workbook(book).active.iter_rows(max_row=2)
    # Texts begin at the left, numbers end at the right, each below its heading.
    for number, side in ((1, "left"), (5, "left"), (6, "right")):
        assert headings[number].alignment.horizontal == side
        assert cells[number].alignment.horizontal == (side if side == "left" else None)
    assert [(cell.value, cell.number_format) for cell in (cells[3], cells[7])][0][1] == "dd-mm-yyyy"
    assert (cells[3].value.isoformat()[:10], cells[7].value) == ("2024-06-03", 1200)
    assert husrum("event", "list", "--to", tmp_path / "list.pdf", "--db", city).exit_code == 2


def test_a_list_longer_than_the_terminal_goes_through_the_pager(city: Path) -> None:
    for number in range(30):
        assert husrum("event", "log", f"Event {number}", "--date", "2024-06-03", "--db", city).exit_code == 0
    pager = {"PAGER": "tail -n 1"}
    with Terminal(city, "event", "list", env=pager) as seat:
        assert seat.end()[1].split()[:3] == ["E1", "Event", "0"]
    with Terminal(city, "event", "list", env={"PAGER": "printenv LESSCHARSET"}) as seat:
        assert seat.end()[1].split() == ["utf-8"], "less by itself garbles æ, ø and å where the locale is not installed"
    for more, wanted in (({"PAGER": "cat"}, []), (pager, ["--no-pager"])):
        with Terminal(city, "event", "list", *wanted, env=more) as seat:
            assert len(seat.end()[1].splitlines()) == 31
    with Terminal(city, "event", "list", rows=40, env=pager) as seat:
        assert len(seat.end()[1].splitlines()) == 31


@pytest.mark.skipif(not shutil.which("less"), reason="needs less")
def test_the_pager_says_in_the_language_chosen_how_to_leave_it(aarhus_once: Path) -> None:
    for words in (["person", "list"], ["stats", "year", "2024", "--all"], ["group", "show", "G7", "--language", "da"], ["event", "--help"]):
        env = {"PAGER": None, "LESS": None, "HUSRUM_LANGUAGE": "da", "HUSRUM_TODAY": "2024-12-31"}
        with Terminal(aarhus_once, *words, rows=12, env=env) as seat:
            assert len(seat.see("Mellemrum: videre   b: tilbage   q: luk")) == 12
            seat.press("q")
            assert seat.end()[0] == 0


def test_the_width_of_a_text_is_what_rich_makes_it() -> None:
    signs = [chr(number) for number in (*range(0xA0, 0x300), *range(0x2010, 0x2028), *range(0x2030, 0x205F), *range(0x2500, 0x25A2))]
    assert [sign for sign in signs if terminal.cell_width(sign) != cell_len(sign) and sign != "\xad"] == []
    assert terminal.cell_width("漢e\u0301") == 3


@pytest.mark.parametrize(
    ("word", "width", "shown"),
    [("Deltagere", 6, "Delt."), ("Frivillige", 7, "Friv."), ("Introkursus", 10, "Introkurs."), ("Hjerteven", 5, "Hjer."), ("Kaldenavn", 5, "Kald."),
     ("Planlagt", 5, "Plan."), ("Unnamed", 5, "Unn."), ("Født", 2, "F."), ("Øl", 1, "Ø")],
)  # fmt: skip
def test_a_heading_that_is_too_wide_is_abbreviated_before_a_vowel(word: str, width: int, shown: str) -> None:
    assert table._heading_lines(word, width) == [shown]


def test_numbers_are_right_aligned_and_words_left_aligned(city: Path) -> None:
    for title, unnamed in zip(TITLES, (1, 20, 300, 4), strict=True):
        assert husrum("event", "log", title, "--date", "2024-06-03", "--unnamed", unnamed, "--db", city).exit_code == 0
    head, *rows = husrum("event", "list", "--db", city).stdout.splitlines()
    left, right = head.index("Title"), head.index("Unnamed") + len("Unnamed")
    shown = {set_cell_size(row, right).split()[-1]: set_cell_size(row, right).rstrip() for row in rows}
    assert {number: cell_len(text) for number, text in shown.items()} == dict.fromkeys(("1", "20", "300", "4"), right)
    assert {row[left:].split("  ")[0] for row in rows} == set(TITLES)


def test_a_number_stays_with_what_it_counts_in_a_folded_column() -> None:
    wrote = "tilføjet: 314 henvendelser, 3.890 svar, 64 frivillige, 2 grupper eller arrangementer"
    for width in range(24, 60):
        shown = "\n".join(table.listing_lines(Listing({"wrote": "Wrote"}, [{"wrote": wrote}]), Screen(width, True, False)))
        assert not re.search(r"[0-9]$", shown, re.MULTILINE) and shown.split()[1:] == wrote.split(), shown
