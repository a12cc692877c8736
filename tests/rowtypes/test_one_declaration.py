"""A new kind of row is one declaration: it is imported, matched, filled in, exported and given to a command as options."""

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Annotated, NamedTuple

import pytest
from running import new_city
from town import Town

from husrum_cli.commands.column_options import takes
from husrum_cli.commands.declarations import Argument, Verb
from husrum_cli.commands.help.rendering import help_text
from husrum_cli.commands.lines import read_line
from husrum_cli.commands.nouns import ResolvedCommand
from husrum_cli.commands.typer_lines import read_by_typer
from husrum_cli.domain.people.lookup import Person
from husrum_cli.errors import WrongInput
from husrum_cli.rowtypes import columns, registry
from husrum_cli.rowtypes.columns import day_column
from husrum_cli.rowtypes.rowtype import RowType
from husrum_cli.rowtypes.typed import TypedOptions


class ReminderRow(NamedTuple):
    """To come back to somebody on a day."""

    person: Annotated[Person, columns.person_column()]
    date: Annotated[str, day_column("dato", help="The day to come back to them.")]
    note: Annotated[str | None, columns.note_column()] = None
    done: Annotated[str | None, day_column("husket")] = None


reminders = RowType("reminders", ReminderRow, ("person", "date"), period=("date", "done"))


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    module = ModuleType("declared_in_a_test")
    module.WRITTEN_DOWN = reminders  # type: ignore[attr-defined]
    monkeypatch.setitem(registry.MODULES, "written_down", "declared_in_a_test")
    monkeypatch.setitem(sys.modules, "husrum_cli.rowtypes.declared_in_a_test", module)
    monkeypatch.setattr(reminders, "name", "written_down")
    town = Town(new_city(tmp_path / "town.db"))
    town.must("intake", "add", "Anna Holm", "--enquired", "2024-01-02")
    yield town
    registry.row_type.cache_clear()


def test_import_and_export_of_a_kind_that_was_only_declared(town: Town, tmp_path: Path) -> None:
    def file(text: str) -> Path:
        path = tmp_path / "written_down.csv"
        path.write_text(text, encoding="utf-8")
        return path

    assert "1 row imported" in town.must("import", file("person;Dato\nAnna Holm;5/3-2024\n"))
    assert "nothing was added" in town.must("import", file("person,date\n1,2024-03-05\n"))
    assert "written_down,0,1,0" in town.must("import", file("person,date,note\n1,2024-03-05,Call her\n"), "--format", "csv")
    for row, column in (
        ("1,2024-03-05,Write,", "note"),
        ("1,2024-03-05,,2024-03-01", "done"),
        ("1,,,", "date"),
        ("2,2024-03-05,,", "person"),
    ):
        done = town("import", file(f"person,date,note,done\n{row}\n"))
        assert done.exit_code == 2 and f", {column}" in done.stderr
        assert "Write" not in done.stderr  # a note is never repeated
    town.must("export", "tables", tmp_path / "out")
    assert (tmp_path / "out" / "written_down.csv").read_text(encoding="utf-8") == "person,date,note,done\n1,2024-03-05,Call her,\n"


# Of each kind the columns whose cells no message repeats: about somebody's health, where they can be reached, and their own or others' words about them.
WITHHELD = {
    "intakes": "motive diagnosis treatment suicidal_thoughts loneliness phone email note",
    "volunteers": "phone email note",
    "other_people": "phone email",
    **dict.fromkeys(("enrolments", "leaving", "matches", "pauses", "proposal_answers"), "reason"),
    **dict.fromkeys(("meetings", "events", "pair_meetings", "contacts", "reminders"), "note"),
    "applications": "phone email note reason",
    "waiting": "about avoid reason",
    "offers": "about avoid",
    "measures": "items",
    **dict.fromkeys(("goals", "quotes"), "text"),
    "suggestions": "text note",
    "targets": "text why note",
}


def test_what_messages_never_repeat() -> None:
    for kind in registry.MODULES:
        row_type = registry.row_type(kind)
        withheld = [name for name in row_type.by_name if row_type.cell_for_message(name, "Zebra") != "Zebra"]
        assert " ".join(withheld) == WITHHELD.get(kind, ""), kind
        assert {row_type.cell_for_message(name, "010203-1234") for name in row_type.by_name} == {"(withheld)"}


def test_a_command_takes_its_columns_as_options() -> None:
    seen: list[TypedOptions[ReminderRow]] = []

    @takes(reminders, "date", "note", required=("date",))
    def remind(who: Annotated[str, Argument("WHO")], typed: TypedOptions[ReminderRow]) -> None:
        seen.append(typed)

    verb = Verb("remind", remind, None)
    call = read_line(verb, ["Anna", "--date", "5/3-2024", "--note", "none"])
    assert call
    call.run()
    (typed,) = seen
    assert (typed.values, typed.cleared, typed.names) == ({"date": "2024-03-05"}, {"note"}, ["date", "note"])
    assert "The day to come back to them." in help_text(ResolvedCommand("husrum remind", None, verb, ()))
    with pytest.raises(WrongInput, match="--date is missing"):
        read_by_typer(verb, "husrum remind", ["Anna"])
