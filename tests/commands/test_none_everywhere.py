"""`none` clears what every option of every correction had entered, or is refused with a reason; it never passes for nothing."""

from __future__ import annotations

import shlex
import shutil
from pathlib import Path

import pytest
from running import looked_into, new_city
from test_help import COMMANDS
from test_undo import rows_of
from town import Town

WISHES = "--interest film --time evening --area nord --speaks dansk --about hund --wants-gender f --wants-age 20-40 --avoid kat"
ANSWERS = "--source doctor --referred-by Soras --motive loneliness --wish events --offered group --gender f --municipality Aarhus --occupation unemployed --treatment past --suicidal-thoughts past --diagnosis anxiety --loneliness mild --note Shy"
# Entries with a value of every option.
ENTRIES = f"""
intake add "Anna Holm" --called Nan --born 2002-05-05 --phone 12345678 --email a@example.org --enquired 2024-01-02 --held 2024-01-09 {ANSWERS}
volunteer add "Karen Bang" --called Kaja --born 1980-05-05 --joined 2020-01-01 --role befriender --role leader --intro-course 2020-02-01 --recruited-through friend --gender f --phone 22345678 --email k@example.org --note Kind
intake add "Bo Ek" --enquired 2024-01-03 {ANSWERS}
volunteer apply "Finn Dal" --date 2024-05-05 --for leader --recruited-through friend --gender m --note Rar
group open Mandag --kind talk --start 2024-02-05 --weeks 2 --leader 2
group open Onsdag --kind talk --start 2024-03-06 --weeks 1 --capacity 7 --continues G1 --venue Huset --programme Sommer
group enroll G1 1,3 --date 2024-02-05
group meet G1 --date 2024-02-05 --present 1 --excused 3 --unnamed 2 --volunteers 2 --theme Ro --note Fin
group close G2 --date 2024-05-05
group leader G1 2 --to 2024-06-06
event log Spil --date 2024-03-03 --until 2024-03-04 --kind online --activity spil --venue Huset --partner UngK --programme Sommer --organiser 2 --joint spil-2024 --hours 2 --note Fin --present 1 --volunteers 2 --unnamed 3
match wait 1 --since 2024-02-01 {WISHES}
match offer 2 --capacity 3 --from 2024-01-01 {WISHES}
match start 3 2 --date 2024-02-01
match meet 3 --date 2024-02-12 --hours 2 --note Biograf
match end 3 --date 2024-06-01 --reason completed
measure add 1 --instrument tils --date 2024-02-01 --items 3,2,3
goal set 1 Ring --group G1 --date 2024-02-02
suggestion add Kor --event E1 --date 2024-03-03
suggestion resolve 1 later --date 2024-04-01 --note Snart
person consent 1 quotes_photos --given 2024-01-09
person consent 1 research --given 2024-01-09 --withdrawn 2024-05-05
quote add "Her er rart" --person 1 --date 2024-03-03
volunteer hours 2 3 --date 2024-05-05 --what Telefon
volunteer role 2 leader --to 2024-05-05
person remind 1 --on 2024-12-01 --note Ring
partner add Kirken --kind kirke --from 2023-01-01 --to 2025-01-01
grant add Fonden --per-year 5000 --from 2023-01-01 --to 2025-12-31 --agreement project --offer intake
grant add Legatet --total 5000 --from 2023-01-01
target add visits 20 --period 2024 --grant 1 --why Lovet
target mark 1 partly --note Halvt
target add --text Gruppe --period 2024
figure set 2024 discord_members 5 --source Discord --date 2024-10-01
branch edit --active-from 2019-01-01 --active-to 2024-12-01 --records-from 2019-01-01
"""
# Each command that corrects, with the words that name the entry.
CORRECTIONS = {
    "event edit": "E1", "event attend": "E1 --date 2024-03-03", "group edit": "G2", "group meet": "G1 --date 2024-02-05", "group leader": "G1 2",
    "intake edit": "1", "person edit": "2", "volunteer edit": "2", "volunteer role": "2 leader", "partner edit": "Kirken", "goal edit": "1",
    "suggestion edit": "1", "suggestion resolve": "1 later --date 2024-04-01", "quote edit": "1", "grant edit": "1", "target edit": "1",
    "target mark": "1 partly", "match edit": "1", "match offer": "2", "match meet": "3 --date 2024-02-12 --correct",
    "measure edit": "1 --instrument tils --date 2024-02-01", "person remind": "1 --on 2024-12-01 --correct",
    "volunteer hours": "2 --date 2024-05-05 --correct", "volunteer apply": "--person 4 --correct", "person consent": "1 research",
    "figure set": "2024 discord_members 5 --source Discord", "branch edit": "",
}  # fmt: skip
# Options that only another entry has a value of.
OTHERS = {
    ("grant edit", "--total"): "2",
    ("target edit", "--text"): "2",
    **dict.fromkeys((("match edit", "--start"), ("match edit", "--end"), ("match edit", "--reason")), "3"),
}
# Options that say which entry is meant.
NAMING = {"--on", "--goal", "--branch", "--force"}
PERIODS = {("volunteer role", "--from"), ("group leader", "--from")}
OPTIONS = [
    (command, each.word)
    for command, entry in CORRECTIONS.items()
    for each in COMMANDS[command].parameters
    if each.word and not each.flag and each.metavar != "FILE|-"
    if each.word not in {*NAMING, *entry.split()} and (command, each.word) not in PERIODS
]


@pytest.fixture(scope="module")
def entered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    town = Town(new_city(tmp_path_factory.mktemp("entered") / "town.db"))
    for line in ENTRIES.strip().splitlines():
        town.must(*shlex.split(line))
    return town.path


@pytest.fixture
def town(entered: Path, tmp_path: Path) -> Town:
    return Town(Path(shutil.copy(entered, tmp_path / "town.db")))


def test_every_command_that_corrects_is_tried() -> None:
    correcting = {name for name, verb in COMMANDS.items() if name.endswith(" edit") or any(each.word == "--correct" for each in verb.parameters)}  # fmt: skip
    assert correcting <= set(CORRECTIONS)


@pytest.mark.parametrize(("command", "option"), OPTIONS)
def test_none_clears_the_value_of_an_option_or_is_refused(town: Town, command: str, option: str) -> None:
    before = rows_of(town.path)
    word = "not_recorded" if option in ("--diagnosis", "--loneliness") else "none"
    done = town(*command.split(), *OTHERS.get((command, option), CORRECTIONS[command]).split(), option, word)
    if done.exit_code:
        assert done.exit_code in (2, 5) and option.strip("-").replace("-", "_") in done.stderr.replace(" ", "_"), done.stderr
        assert rows_of(town.path) == before
    else:
        assert rows_of(town.path) != before and "nothing changed" not in done.stderr, done.stderr


def test_an_offer_without_its_wishes_is_as_if_they_had_never_been_named(town: Town) -> None:
    options = [each.word for each in COMMANDS["match offer"].parameters if each.word and not each.flag]
    for option in options:
        town.must("match", "offer", "2", option, "none")
    with looked_into(town.path) as connection:
        assert connection.execute("SELECT capacity, starts, ends FROM offers").fetchall() == [(1, None, None)]
        assert connection.execute("SELECT count(*) FROM preferences WHERE offer_id IS NOT NULL").fetchone() == (0,)
    assert "nothing changed" in town.must("match", "offer", "2", "--interest", "none")


@pytest.mark.parametrize("option", [each.word for each in COMMANDS["intake hold"].parameters if each.word in ANSWERS.split()])
def test_an_answer_is_cleared_when_the_interview_is_held(town: Town, option: str) -> None:
    column = option.strip("-").replace("-", "_")
    town.must("intake", "hold", "3", "--date", "2024-01-10", option, "not_recorded" if column in ("diagnosis", "loneliness") else "none")
    with looked_into(town.path) as connection:
        of_bo = "FROM intakes JOIN people ON people.id = person_id WHERE number = 3"
        ((referred_by, note),) = connection.execute(f"SELECT referred_by, note {of_bo}")
        answers = {name for (name,) in connection.execute(f"SELECT question FROM answers WHERE intake_id = (SELECT intakes.id {of_bo})")}
    stored = answers | {name for name, value in (("referred_by", referred_by), ("note", note)) if value is not None}
    assert stored == {word[2:].replace("-", "_") for word in ANSWERS.split() if word.startswith("--")} - {column}


FACTS = ("called", "born", "phone", "email")


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("intake add --person 1 --enquired 2024-08-08", FACTS),
        ("volunteer apply --person 1 --date 2024-08-08", FACTS),
        ("volunteer add --person 2 --role peer", (*FACTS, "recruited_through", "gender", "note")),
    ],
)
def test_what_is_known_of_somebody_is_cleared_on_the_way(town: Town, line: str, names: tuple[str, ...]) -> None:
    said = town.must(*line.split(), *(word for name in names for word in (f"--{name.replace('_', '-')}", "none")))
    number = int(line.split()[3])
    assert all(name.replace("_", " ") in said for name in names) and "(before: " in said
    with looked_into(town.path) as connection:
        columns = ", ".join(f"volunteers.{name}" if name == "gender" else name for name in names)
        sql = f"SELECT {columns} FROM people LEFT JOIN volunteers ON person_id = people.id WHERE number = ?"
        assert [*map(tuple, connection.execute(sql, (number,)))] == [(None,) * len(names)]


def test_an_applicants_own_words_are_left_out_if_none_is_said_when_they_start(town: Town) -> None:
    town.must("volunteer", "add", "--person", "4", "--role", "peer", "--note", "none", "--gender", "none")
    with looked_into(town.path) as connection:
        sql = "SELECT recruited_through, volunteers.gender, note FROM volunteers JOIN people ON people.id = person_id WHERE number = 4"
        assert [*map(tuple, connection.execute(sql))] == [("friend", None, None)]


@pytest.mark.parametrize("word", ["none", "unknown", "ukendt"])
def test_the_enquiry_without_a_date_is_corrected_by_naming_it(town: Town, word: str) -> None:
    assert town("intake", "edit", "1", "--on", word, "--note", "Glad").exit_code == 4
    town.must("intake", "add", "--person", "1", "--enquired", "unknown")
    town.must("intake", "edit", "1", "--on", word, "--note", "Glad")
    with looked_into(town.path) as connection:
        notes = connection.execute("SELECT enquired, note FROM intakes JOIN people ON people.id = person_id WHERE number = 1 ORDER BY 1")
        assert [*map(tuple, notes)] == [(None, "Glad"), ("2024-01-02", "Shy")]
