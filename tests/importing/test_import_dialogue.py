"""Moving in at a terminal: what is not understood is asked about, shown once more, and then written."""

from __future__ import annotations

import csv
import signal
from pathlib import Path

import pytest
from running import husrum, looked_into, new_city
from terminal import ENTER, INTERRUPT, Terminal

LIST = """Nummer;Navn;Telefon;Henvendelse;Samtykke;Hvor fra
1;Freja Kjær;20304050;9/2-2026;ja;kommunen
2;Emil Møller;20304051;12/3-2026;nej;kommunen
3;Frej Kjær;20304052;1/4-2026;ja;Rotary
"""
DANISH = {"HUSRUM_TODAY": "2026-12-15", "HUSRUM_LANGUAGE": "da"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    new_city(tmp_path / "o.db")
    (tmp_path / "unge.csv").write_text(LIST, encoding="utf-8")
    return tmp_path


def rows(folder: Path, query: str) -> list[tuple[object, ...]]:
    connection = looked_into(folder / "o.db")
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def answer(terminal: Terminal, question: str, text: str) -> None:
    terminal.see(question)
    terminal.asked(">")
    terminal.type(text)
    terminal.press(ENTER)


def means(folder: Path) -> dict[str, str]:
    with (folder / "unge.mapping.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["found"]: row["means"] for row in csv.DictReader(file)}


def test_a_suggestion_is_taken_with_yes_and_what_is_asked_can_be_left_open(folder: Path) -> None:
    with Terminal(folder / "o.db", "import", str(folder / "unge.csv"), env=DANISH) as terminal:
        answer(terminal, "hvad er kolonnen “Samtykke”?", "ignorer")
        terminal.see("hvad er kolonnen “Hvor fra”?", "Måske kilde; ja tager det.")
        answer(terminal, "Hvor fra", "ja")
        answer(terminal, "hvad betyder “Rotary” (række 4)?", "samarbejdspartner")
        terminal.see("Skal det skrives i filen? (ja/nej)")
        assert rows(folder, "SELECT count(*) FROM people") == [(0,)]
        terminal.type("ja")
        terminal.press(ENTER)
        status, _shown = terminal.end()
    assert status == 0
    assert rows(folder, "SELECT answer FROM answers WHERE question = 'source' ORDER BY intake_id") == [
        ("municipal",), ("municipal",), ("partner",),
    ]  # fmt: skip
    assert means(folder) == {"Samtykke": "ignore", "Hvor fra": "source", "Rotary": "samarbejdspartner"}


def test_what_was_answered_is_kept_where_somebody_breaks_off(folder: Path) -> None:
    with Terminal(folder / "o.db", "import", str(folder / "unge.csv"), env=DANISH) as terminal:
        answer(terminal, "hvad er kolonnen “Samtykke”?", "ignorer")
        terminal.see("hvad er kolonnen “Hvor fra”?")
        terminal.press(INTERRUPT)
        status, _shown = terminal.end()
    assert status == 130
    assert means(folder)["Samtykke"] == "ignore"
    assert rows(folder, "SELECT count(*) FROM people") == [(0,)]
    again = husrum("--db", folder / "o.db", "import", folder / "unge.csv", env=DANISH)
    assert again.exit_code == 2
    assert "Samtykke" not in again.stderr
    assert "Hvor fra" in again.stderr


@pytest.mark.parametrize("end", ["window", "termination"])
def test_what_was_answered_is_kept_where_the_window_is_closed(folder: Path, end: str) -> None:
    with Terminal(folder / "o.db", "import", str(folder / "unge.csv"), env=DANISH) as terminal:
        answer(terminal, "hvad er kolonnen “Samtykke”?", "ignorer")
        terminal.see("hvad er kolonnen “Hvor fra”?")
        if end == "window":
            terminal.hang_up()
        else:
            terminal.process.send_signal(signal.SIGTERM)
            assert terminal.end()[0] == 143
    assert means(folder)["Samtykke"] == "ignore"


def test_the_only_wrong_line_of_a_mapping_is_replaced_in_it(folder: Path) -> None:
    (folder / "unge.csv").write_text("Navn;Henvendt;Hvor fra\nFreja Kjær;9/2-2024;kommunen\n", encoding="utf-8")
    (folder / "unge.mapping.csv").write_text("what,sheet,column,found,means\nheading,unge,,Hvor fra,2026\n", encoding="utf-8")
    with Terminal(folder / "o.db", "import", str(folder / "unge.csv"), env=DANISH) as terminal:
        answer(terminal, "hvad er kolonnen “Hvor fra”?", "kilde")
        terminal.see("Skal det skrives i filen? (ja/nej)")
        terminal.press(INTERRUPT)
        terminal.end()
    assert means(folder) == {"Hvor fra": "kilde"}


def test_a_no_writes_nothing_and_keeps_the_answers(folder: Path) -> None:
    with Terminal(folder / "o.db", "import", str(folder / "unge.csv"), env=DANISH) as terminal:
        answer(terminal, "Samtykke", "ignorer")
        answer(terminal, "Hvor fra", "ja")
        answer(terminal, "Rotary", "?")
        terminal.see("Skal det skrives i filen? (ja/nej)")
        terminal.type("nej")
        terminal.press(ENTER)
        terminal.end()
    assert rows(folder, "SELECT count(*) FROM people") == [(0,)]
    assert means(folder)["Rotary"] == "?"


def test_an_answer_that_can_not_be_is_asked_again_and_a_wrong_line_is_replaced(folder: Path) -> None:
    (folder / "unge.csv").write_text("Navn;Henvendt;Hvor fra\nFreja Kjær;9/2;Rotary\nBo Ek;9/3;kommunen\n", encoding="utf-8")
    (folder / "unge.mapping.csv").write_text("what,sheet,column,found,means\nheading,unge,,Hvor fra,2026\n", encoding="utf-8")
    with Terminal(folder / "o.db", "import", str(folder / "unge.csv"), env=DANISH) as terminal:
        answer(terminal, "hvilket år", "i år")
        terminal.see("“i år” er ikke et år.")
        terminal.asked(">")
        terminal.type("2026")
        terminal.press(ENTER)
        answer(terminal, "hvad er kolonnen “Hvor fra”?", "hvad som helst")
        terminal.see("“hvad som helst” er ikke en kolonne")
        terminal.asked(">")
        terminal.type("kilde")
        terminal.press(ENTER)
        terminal.see("hvad betyder “Rotary”")
        terminal.asked(">")
        terminal.press(INTERRUPT)
        terminal.end()
    assert means(folder) == {"Hvor fra": "kilde", "": "2026", "Rotary": ""}


def test_a_value_is_checked_against_the_meaning_its_heading_was_just_given(folder: Path) -> None:
    (folder / "unge.csv").write_text("Navn;Henvendt;Hvor fra\nFreja Kjær;9/2-2024;Rotary\nBo Ek;9/3-2024;kommunen\n", encoding="utf-8")
    with Terminal(folder / "o.db", "import", str(folder / "unge.csv"), env=DANISH) as terminal:
        answer(terminal, "hvad er kolonnen “Hvor fra”?", "ja")
        answer(terminal, "hvad betyder “Rotary” (række 2)?", "klubben")
        terminal.see("“klubben” kendes ikke. Vælg mellem: selv, ven")
        terminal.asked(">")
        terminal.type("andet")
        terminal.press(ENTER)
        terminal.see("Skal det skrives i filen? (ja/nej)")
        terminal.press(INTERRUPT)
        terminal.end()
    assert means(folder) == {"Hvor fra": "source", "Rotary": "andet"}


def test_nothing_is_asked_about_a_column_that_was_just_ignored(folder: Path) -> None:
    with Terminal(folder / "o.db", "import", str(folder / "unge.csv"), env=DANISH) as terminal:
        answer(terminal, "hvad er kolonnen “Samtykke”?", "ignorer")
        answer(terminal, "hvad er kolonnen “Hvor fra”?", "ignorer")
        terminal.see("Skal det skrives i filen? (ja/nej)")
        terminal.press(INTERRUPT)
        _status, shown = terminal.end()
    assert "Rotary" not in "".join(shown)


def test_a_grid_is_asked_what_people_came_to(folder: Path) -> None:
    assert husrum("--db", folder / "o.db", "group", "open", "Tirsdag", "--kind", "talk", "--start", "2026-02-03", env=DANISH).exit_code == 0
    (folder / "tirsdag.csv").write_text("Navn;3/2-2026;10/2-2026\nFreja Kjær;x;x\n", encoding="utf-8")
    with Terminal(folder / "o.db", "import", str(folder / "tirsdag.csv"), env=DANISH) as terminal:
        answer(terminal, "tirsdag.csv: personer og datoer. Hvad kom de til?", "?")
        terminal.see("“?” er hverken en type række, en gruppe eller et arrangement")
        terminal.asked(">")
        terminal.type("g1")
        terminal.press(ENTER)
        answer(terminal, "hvem er “Freja Kjær”? Ingen i filen har det navn.", "ny")
        terminal.see("tirsdag.csv: gruppe G1 +2")
        terminal.press(INTERRUPT)
        terminal.end()


def listed(folder: Path, *rows: str, name: str = "unge.csv") -> str:
    (folder / name).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return str(folder / name)


def again(terminal: Terminal, refused: str, text: str) -> None:
    """See an answer refused, and give another one."""
    terminal.see(refused)
    terminal.asked(">")
    terminal.type(text)
    terminal.press(ENTER)


def written(terminal: Terminal) -> None:
    terminal.see("Skal det skrives i filen? (ja/nej)")
    terminal.type("ja")
    terminal.press(ENTER)
    assert terminal.end()[0] == 0


def test_a_second_column_of_notes_is_asked_about_with_the_reason_and_both_can_be_read(folder: Path) -> None:
    file = listed(folder, "Navn;Henvendt;Andet;Bemærkninger", "Anna Holm;6/1-2025;tager bus;god til spil", "Bo Ek;6/1-2025;;sen")
    with Terminal(folder / "o.db", "import", file, env=DANISH) as terminal:
        terminal.see("Kolonnerne C og D er", "note: læs begge, ignorer: udelad D")
        answer(terminal, "hvad er kolonnen “Bemærkninger”?", "bemærkninger")
        written(terminal)
    assert rows(folder, "SELECT note FROM intakes ORDER BY id") == [("tager bus\ngod til spil",), ("sen",)]


def test_a_second_column_of_something_else_can_take_the_place_of_the_first(folder: Path) -> None:
    file = listed(folder, "Navn;Henvendt;Tlf.;Mobil", "Anna Holm;6/1-2025;86101010;20304050")
    with Terminal(folder / "o.db", "import", file, env=DANISH) as terminal:
        terminal.see("Kolonnerne C og D er", "telefon: det er D, ignorer: udelad D")
        answer(terminal, "hvad er kolonnen “Mobil”?", "telefon")
        answer(terminal, "hvad er kolonnen “Tlf.”?", "telefon")
        again(terminal, "“Mobil” er telefon i forvejen", "ignorer")
        written(terminal)
    assert rows(folder, "SELECT phone FROM people") == [("20304050",)]


def test_others_are_suggested_as_unnamed_and_are_nobody_new(folder: Path) -> None:
    husrum("--db", folder / "o.db", "intake", "add", "Anna Holm", "--enquired", "2025-01-02", env=DANISH)
    file = listed(folder, "Dato;Arrangement;Deltagere", "11-01-2025;Brætspil;Anna Holm + 4 andre", name="arrangementer.csv")
    with Terminal(folder / "o.db", "import", file, env=DANISH) as terminal:
        terminal.see("Måske uden navn; ja tager det.", "ny, 3 uden navn eller")
        answer(terminal, "hvem er “4 andre”?", "ny")
        again(terminal, "“4 andre” er ikke et navn", "Anna Holmgren")
        again(terminal, "ingen hedder “Anna Holmgren”", "17")
        again(terminal, "ingen hedder “17”", "ja")
        written(terminal)
    assert rows(folder, "SELECT unnamed FROM sessions") == [(4,)]


def test_a_yes_to_no_suggestion_is_refused_and_a_name_just_said_to_be_new_is_taken(folder: Path) -> None:
    file = listed(folder, "Dato;Arrangement;Deltagere", "11-01-2025;Brætspil;Eva Dam, Lille Ib", name="arrangementer.csv")
    with Terminal(folder / "o.db", "import", file, env=DANISH) as terminal:
        answer(terminal, "hvem er “Eva Dam”?", "ja")
        again(terminal, "ingen hedder “ja”", "ny")
        answer(terminal, "hvem er “Lille Ib”?", "Eva Dam")
        written(terminal)
    assert rows(folder, "SELECT count(*) FROM people") == [(1,)]


def test_the_nearest_value_is_taken_with_yes(folder: Path) -> None:
    file = listed(folder, "Navn;Henvendt;Ønsker", "Anna Holm;6/1-2025;socialt")
    with Terminal(folder / "o.db", "import", file, env=DANISH) as terminal:
        terminal.see("Måske sociale arrangementer; ja tager det.")
        answer(terminal, "hvad betyder “socialt” (række 2)?", "ja")
        written(terminal)
    assert rows(folder, "SELECT answer FROM answers WHERE question = 'wish'") == [("events",)]


def test_breaking_off_says_that_the_answers_are_kept_and_how_to_go_on(folder: Path) -> None:
    with Terminal(folder / "o.db", "import", str(folder / "unge.csv"), env=DANISH) as terminal:
        answer(terminal, "hvad er kolonnen “Samtykke”?", "ignorer")
        terminal.see("hvad er kolonnen “Hvor fra”?")
        terminal.press(INTERRUPT)
        terminal.see("Svarene er gemt i", "samme kommando igen")
        assert terminal.end()[0] == 130
