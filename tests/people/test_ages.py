"""Ages outside those of the settings are noted at the intake, and the duty to notify of those under 18."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import new_city
from town import Town


@pytest.mark.parametrize(
    ("born", "noted"),
    [
        ("2008-10-09", ("under 18", "outside 16-30")),  # 15 on 8 October 2024
        ("2008-10-08", ("under 18",)),
        ("2006-10-09", ("under 18",)),
        ("2006-10-08", ()),
        ("1993-10-09", ()),
        ("1993-10-08", ("outside 16-30",)),
        ("1993", ()),  # 30 or 31
        ("2006", ()),  # 17 or 18
    ],
)
def test_ages_are_noted_where_they_are_sure(tmp_path: Path, born: str, noted: tuple[str, ...]) -> None:
    town = Town(new_city(tmp_path / "town.db"))
    for said in (
        town.must("intake", "add", "Anna Holm", "--born", born, "--enquired", "2024-10-08"),
        town.must("intake", "hold", "1", "--date", "2024-10-08"),
    ):
        assert [words for words in ("under 18", "outside 16-30") if words in said] == list(noted)
    town.must("person", "edit", "1", "--born", "2000")
    said = town.must("person", "edit", "1", "--born", born)  # as on the day of the interview
    assert [words for words in ("under 18", "outside 16-30") if words in said] == list(noted)
    for key, age in (("age_from", "31"), ("age_to", "15")):
        refused = town("setting", "set", key, age)
        assert refused.exit_code == 5 and age in refused.stderr and "age_to" in refused.stderr
    town.must("setting", "set", "age_from", "10")
    town.must("setting", "set", "age_to", "40")
    assert "outside" not in town.must("intake", "add", "--person", "1", "--enquired", "2024-10-07")


def test_an_import_notes_once_who_is_outside_the_ages(tmp_path: Path) -> None:
    town = Town(new_city(tmp_path / "town.db"))
    file = tmp_path / "intakes.csv"
    born = ("2012-01-01", "1985", "2000", "2012")
    file.write_text(
        "name,born,enquired\n" + "".join(f"Ung {letter},{year},2024-03-01\n" for letter, year in zip("ABCD", born, strict=True))
    )
    said = town.must("import", str(file))
    assert "Note: 3 young people were outside 16-30 years; husrum check says why: 1 Ung A, 2 Ung B, 4 Ung D" in said
    assert "outside" not in town.must("import", str(file))
