"""The sentences of the report, as people write them."""

from __future__ import annotations

from pathlib import Path

import pytest
from report_reading import read_page
from running import husrum

DANISH = (
    "I 2024 var der 6 samtalegruppeforløb à 12 mødegange med i alt 72 mødegange.",
    "”Sommer” var 10 arrangementer, hvor ca. 75 unge kom i alt ca. 185 gange.",
    "6 frivillige var hjerteven for en ung. Halvdelen af dem, der fik en hjerteven, havde ventet højst 82 dage.",
    "De kommer på grund af ensomhed (185), manglende netværk (115) og vanskeligheder i sociale relationer (95).",
    "20 er 16-19 år, 115 er 20-24 år, og 60 er 25-30 år. 100 er kvinder, 85 er mænd, og 10 har et andet køn. De bor især i Aarhus (175),",
    "7 af dem var nye, og 3 er stoppet. Blandt dem er 8 gruppeledere, færre end 5 peer-støtter, 9 arrangører, 4 online frivillige og 7 hjertevenner.",
    "I 2024 var der 200 forskellige unge mod 150 i 2023, 2.792 besøg mod 1.813, 25 frivillige mod 27 og 6 nye hjertevenskaber som i 2023.",
    "90 % er svært ensomme (89 % i 2023), 84 % har en eller flere diagnoser (85 % i 2023), og 25 % har eller har haft selvmordstanker (21 % i 2023).",
)
ENGLISH = (
    "In 2024, there were 6 talk group courses of 12 meetings with 72 meetings in all.",
    "20 are 16-19, 115 are 20-24, and 60 are 25-30 years old. 100 are women, 85 are men, and 10 are of another gender.",
    "Half of those who got a Hjerteven had waited at most 82 days for it.",
)


@pytest.mark.parametrize(("language", "sentences"), [("da", DANISH), ("en", ENGLISH)])
def test_figures_are_said_in_sentences(years_once: Path, tmp_path: Path, language: str, sentences: tuple[str, ...]) -> None:
    result = husrum("report", 2024, "--to", tmp_path / "status.html", "--language", language, "--db", years_once)
    assert result.exit_code == 0, result.stderr
    said = "\n".join(each.text for each in read_page(tmp_path / "status.html").all("p"))
    for sentence in sentences:
        assert sentence in said


@pytest.mark.parametrize(("born", "ages"), [(("1980", "1980"), ", i alderen 44 år."), (("1980", "1990"), ", i alderen 34-44 år.")])
def test_volunteers_of_one_age_have_no_span_of_ages(city: Path, tmp_path: Path, born: tuple[str, str], ages: str) -> None:
    for name, year in zip(("Karen Bang", "Ole Toft"), born, strict=True):
        husrum("volunteer", "add", name, "--born", f"{year}-05-01", "--joined", "2024-01-05", "--role", "leader", "--db", city)
    result = husrum("report", 2024, "--to", tmp_path / "status.html", "--language", "da", "--db", city)
    assert result.exit_code == 0, result.stderr
    assert ages in "\n".join(each.text for each in read_page(tmp_path / "status.html").all("p"))
