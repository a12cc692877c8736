"""Somebody without an enquiry, an application or a role is read back from the tables too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from reading_back import known, read_back, tables, typed
from town import Town

D = "2024-06-03"
# What leaves somebody with nothing that is entered with a name.
LEFT = {
    "enquiry removed": (f"intake add Åse --called Nus --born 2001 --phone 12341234 --email aa@example.org --enquired {D}", "intake remove 1"),
    "application removed": (f"volunteer apply Åse --called Nus --born 2001 --phone 12341234 --email aa@example.org --date {D}", "volunteer apply --person 1 --remove"),
}  # fmt: skip
ROW = {"name": "Åse", "ref": "1", "called": "Nus", "born": "2001", "phone": "12341234", "email": "aa@example.org"}
# What may still be entered about them, and their number in it.
MORE = {
    "nothing": (),
    "event": (f"event log Spil --date {D} --present 1 --volunteers none",),
    "consent": (f"person consent 1 research --given {D}",),
    "wait": (f"match wait 1 --since {D} --interest spil",),
    "group": (f"group open Mandag --kind talk --start {D} --weeks 1 --leader 1",),
    "goal": (f"goal set 1 Ring --date {D}",),
    "reminder": (f"person remind 1 --on {D}",),
    "former name": ("person formerly 1 Else",),
    "leaving": (f"person leave 1 --date {D}",),
    "distinct": (f"intake add Ås --enquired {D}", "person distinct 1 2"),
    "joined": (f"intake add Ås --enquired {D}", "intake remove 2", "person join 1 2"),
}


def new_file(folder: Path, *lines: str) -> Path:
    """Return a file in which some commands were typed."""
    path = folder / "town.db"
    typed(path, f"init {path} --city Aarhus --records-from 2023-01-01", *lines)
    return path


@pytest.mark.parametrize("left", LEFT)
def test_whoever_is_left_with_no_row_of_their_own_is_read_back(tmp_path: Path, left: str) -> None:
    assert read_back(new_file(tmp_path, *LEFT[left]), tmp_path) == {"other_people": [ROW]}


@pytest.mark.parametrize("more", MORE)
def test_what_else_is_entered_about_them_is_read_back(tmp_path: Path, more: str) -> None:
    written = read_back(new_file(tmp_path, *LEFT["enquiry removed"], *MORE[more]), tmp_path)
    assert written["other_people"] == [ROW]


@pytest.mark.parametrize("command", [f"intake add --person 1 --enquired {D}", "volunteer role 1 leader", f"volunteer apply --person 1 --date {D}"])  # fmt: skip
def test_a_file_that_has_the_person_in_another_table_has_the_row(tmp_path: Path, command: str) -> None:
    path = new_file(tmp_path, *LEFT["enquiry removed"])
    before = tables(path, tmp_path / "before")
    typed(path, command)
    assert before == {"other_people": [ROW]}
    assert "other_people" not in tables(path, tmp_path / "after")
    known(path, [tmp_path / "before" / "other_people.csv"])


def test_what_is_empty_is_filled_in_and_what_differs_is_a_bad_cell(tmp_path: Path) -> None:
    town = Town(new_file(tmp_path, f"intake add Åse --phone 12341234 --enquired {D}"))
    file = tmp_path / "other_people.csv"
    file.write_text("name,ref,phone,email\nÅse,1,12 34 12 34,aa@example.org\n", encoding="utf-8")
    assert "other_people,0,1,0" in town.must("import", file, "--format", "csv")
    file.write_text("name,ref,phone,email\nÅse,1,87654321,bb@example.org\nBo,1,,\n", encoding="utf-8")
    done = town("import", file)
    assert done.exit_code == 2 and "87654321" not in done.stderr
    assert [word in done.stderr for word in ("phone", "email", "name")] == [True, True, True]


def test_whoever_was_anonymised_is_read_back_by_number(tmp_path: Path) -> None:
    path = new_file(tmp_path, *LEFT["enquiry removed"], "person anonymise 1 --yes")
    assert read_back(path, tmp_path) == {"other_people": [{**dict.fromkeys(ROW, ""), "ref": "1", "born": "2001"}]}


def test_their_own_data_are_all_that_is_known(tmp_path: Path) -> None:
    path = new_file(tmp_path, *LEFT["enquiry removed"])
    read_back(path, tmp_path)
    of_both = []
    for file in (path, tmp_path / "again.db"):
        out = tmp_path / f"{file.stem}.json"
        typed(file, f"person export 1 --to {out}")
        of_both.append(json.loads(out.read_text(encoding="utf-8"))["rows"]["people"])
    assert of_both[0] == of_both[1] and of_both[0][0]["phone"] == ROW["phone"]
