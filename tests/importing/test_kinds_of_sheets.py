"""Which kind of rows a sheet has: said, asked for by its Danish word, and told where it is not clear."""

from __future__ import annotations

from pathlib import Path

from imports import imported
from running import husrum


def test_a_sheet_of_headings_alone_says_so(city: Path) -> None:
    Path("intakes.csv").write_text("name,enquired\n", encoding="utf-8")
    assert imported(city, "--language", "da", "intakes.csv").stderr.endswith(
        "Der er ingen rækker under overskrifterne; intet er tilføjet.\n"
    )
    Path("intakes.csv").write_text("name,enquired\nAnna Bach,2024-01-01\n", encoding="utf-8")
    imported(city, "intakes.csv")
    assert "known already" in imported(city, "intakes.csv").stderr


def test_a_kind_of_row_goes_by_its_danish_word(city: Path) -> None:
    Path("liste.csv").write_text("Telefon;Mail\n20304050;a@b.dk\n", encoding="utf-8")
    refused = imported(city, "--language", "da", "liste.csv", "--as", "nope", expect=2).stderr
    assert "type: “nope” er ikke en type række. Vælg mellem: samarbejdspartnere, unge, frivillige, " in refused and "intakes" not in refused
    for word in refused.partition("Vælg mellem: ")[2].rstrip(".\n").split(", "):
        known = husrum("import", "--language", "da", "liste.csv", "--as", word, "--dry-run", "--db", city)
        assert "er ikke en type" not in known.stderr, word
    assert "række 2, navn: ingen er nævnt i denne række" in imported(city, "--language", "da", "liste.csv", "--as", "unge", expect=2).stderr
    Path("steder.csv").write_text("Type;Fra\nkirke;2024-01-01\n", encoding="utf-8")
    shown = imported(city, "--language", "da", "steder.csv", "--as", "samarbejdspartnere", expect=2).stderr
    assert "række 1, navn: kolonnen mangler" in shown
    assert "Choose from: partners, intakes," in imported(city, "liste.csv", "--as", "nope", expect=2).stderr


def test_the_kinds_are_named_where_it_is_not_clear_what_the_rows_are(city: Path) -> None:
    Path("x.csv").write_text("hvad er det\nto linjer\n", encoding="utf-8")
    done = imported(city, "--language", "da", "x.csv", expect=2)
    assert "det er ikke klart, hvad rækkerne er: unge, frivillige, grupper, arrangementer …, eller ignore" in done.stderr
