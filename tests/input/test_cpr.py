"""A CPR number is stored nowhere, in whatever way its ten digits are separated. The numbers are made up."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from running import husrum

from husrum_cli.errors import WrongInput
from husrum_cli.input.text import read_note

SEPARATORS = st.text(" .-/_:()·–—−‐‑\u00a0\u200b\u202f\n", max_size=3)
DIGITS = ("0123456789", "０１２３４５６７８９", "٠١٢٣٤٥٦٧٨٩", "𝟎𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖𝟗")
WRITTEN = (
    "150303-4321", "150303 - 4321", "150303‑4321", "15.03.03-4321", "15 03 03 4321", "150303/4321", "1503034321", "１５０３０３-４３２１",
    "1503 03 43 21", "tlf. 20304050, cpr 150303-4321", "20304050 150303-4321", "(150303) 4321", "1503\u00ad03-4321",
)  # fmt: skip
OTHERS = (
    "tlf 20 30 40 50", "+45 20 30 40 50", "0045 20304050", "kl. 10-12, 15 personer", "fra 1/3-2024 til 15/3-2024", "10.12.2024-15.12.2024",
    "10.12.2024 15.00", "20304050 30405060", "22 11 98 76 / 22 10 05 43", "DK50 0040 0440 1162 43", "150303432199", "150303-43210",
)  # fmt: skip


@given(st.lists(SEPARATORS, min_size=9, max_size=9), st.sampled_from(DIGITS), st.sampled_from(["", "nr. ", "tlf. 20304050 og "]))
def test_any_separators_between_any_of_its_digits(separators: list[str], digits: str, before: str) -> None:
    number = "".join(digits[int(digit)] + separator for digit, separator in zip("1503034321", [*separators, ""], strict=True))
    with pytest.raises(WrongInput) as refused:
        read_note(f"{before}{number}.", "note")
    assert "4321" not in refused.value.message


@pytest.mark.parametrize("number", WRITTEN)
def test_refused_in_notes_names_and_titles(number: str, city: Path) -> None:
    before = city.read_bytes()
    for line in (
        ("intake", "add", "Bo Ek", "--enquired", "2024-01-02", "--note", f"nr. {number}"),
        ("intake", "add", f"Bo Ek {number}", "--enquired", "2024-01-02"),
        ("intake", "add", "Bo Ek", "--phone", number),
        ("event", "log", f"Tur {number}", "--date", "2024-03-03"),
        ("group", "open", f"Hold {number}", "--kind", "talk", "--start", "2024-03-03"),
    ):
        result = husrum(*line, "--db", city)
        assert result.exit_code == 2, (line, result.stderr)
        assert "4321" not in result.stderr
    assert city.read_bytes() == before


@pytest.mark.parametrize("text", OTHERS)
def test_what_is_no_cpr_number_goes_in(text: str, city: Path) -> None:
    assert husrum("intake", "add", "Bo Ek", "--enquired", "2024-01-02", "--note", text, "--db", city).exit_code == 0
