"""Since when nobody has seen somebody: every trace of them counts, each with its own day."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from running import husrum, looked_into, new_city

# Of each list the heading, and rows. Everybody has an enquiry of 2019-01-01; people are named by their number.
LISTS = {
    "events": ("title,date,present,excused", "Bowling,2019-02-01,3,21"),
    "groups": ("ref,title,kind,start,closed", "G1,Tirsdag,talk,2019-02-05,", "G2,Torsdag,talk,2019-02-07,2019-05-01"),
    "enrolments": ("group,person,date,until", "G1,4,2019-02-05,2019-04-01", "G2,5,2019-02-07,"),
    "leaders": ("group,person,from,to", "G1,6,2019-02-05,2019-04-02", "G2,22,2019-02-07,", "G2,23,,2019-04-03"),
    "matches": ("person,volunteer,date,ended", "7,8,2019-03-01,2019-05-02", "26,27,2019-03-01,"),
    "pair_meetings": ("person,date", "7,2019-05-02", "26,2019-05-03"),
    "volunteers": ("person,joined", "24,2019-06-14"),
    "reminders": ("person,on,done", "25,2019-06-15,2019-06-16", "1,2019-06-15,"),
    "roles": ("volunteer,role,from,to", "9,leader,2019-03-01,2019-06-01", "28,leader,2019-03-01,"),
    "waiting": ("person,since,until", "10,2019-03-01,2019-06-02", "29,2019-03-01,"),
    "contacts": ("person,date", "11,2019-06-03"),
    "applications": ("person,date,declined", "12,2019-06-04,2019-06-05"),
    "hours": ("volunteer,hours,date", "13,2,2019-06-06"),
    "leaving": ("person,date", "14,2019-06-07"),
    "onward": ("person,to,date", "15,Koret,2019-06-08"),
    "attests": ("volunteer,kind,date", "16,confidentiality,2019-06-09"),
    "consents": ("person,purpose,given,withdrawn", "17,research,2019-06-10,", "18,research,2019-06-10,2019-06-11"),
    "proposals": ("person,volunteer,date", "19,20,2019-06-12"),
    "proposal_answers": ("person,volunteer,proposed,side,date,answer", "19,20,2019-06-12,person,2019-06-13,declined"),
}
SEEN = {
    1: ("2019-01-01", "enquiry"), 2: ("2019-01-15", "interview"), 3: ("2019-02-01", "participant"), 4: ("2019-04-01", "enrolled in"),
    5: ("2019-05-01", "enrolled in"), 6: ("2019-04-02", "leads"), 7: ("2019-05-02", "Hjerteven"), 8: ("2019-05-02", "Hjerteven for"),
    9: ("2019-06-01", "role"), 10: ("2019-06-02", "waits for a Hjerteven"), 11: ("2019-06-03", "contact"), 12: ("2019-06-05", "applied"),
    13: ("2019-06-06", "hours"), 14: ("2019-06-07", "left"), 15: ("2019-06-08", "moved on to"), 16: ("2019-06-09", "seen"),
    17: ("2019-06-10", "consent"), 18: ("2019-06-11", "consent"), 19: ("2019-06-13", "contact"), 20: ("2019-01-01", "enquiry"),
    21: ("2019-01-01", "enquiry"),  # excused is not seen
    22: ("2019-05-01", "leads"), 23: ("2019-04-03", "leads"), 24: ("2019-06-14", "role"), 25: ("2019-06-16", "reminder"),
}  # fmt: skip
# Of them something still runs: a match, a role, a wait.
RUNNING = (26, 27, 28, 29)


def imported(town: Path, lists: Mapping[str, Sequence[str]]) -> None:
    """Import lists as files."""
    for kind, lines in lists.items():
        (town.parent / f"{kind}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = husrum("import", *(town.parent / f"{kind}.csv" for kind in lists), "--db", town)
    assert done.exit_code == 0, done.stdout + done.stderr


def test_everybody_was_last_seen_at_their_latest_trace(tmp_path: Path) -> None:
    town, lists = new_city(tmp_path / "town.db"), {**LISTS}
    people = [f"{number},Ung {chr(64 + number)},2019-01-01,{'2019-01-15' if number == 2 else ''}" for number in (*SEEN, *RUNNING)]
    lists["intakes"] = ("ref,name,enquired,held", *people)
    imported(town, lists)
    found = json.loads(husrum("retention", "--format", "json", "--db", town, env={"HUSRUM_TODAY": "2024-10-08"}).stdout)["people"]
    assert {each["person"]: (each["unseen_since"], each["what"]) for each in found} == SEEN
    assert [each["person"] for each in found] == sorted(SEEN, key=lambda number: (SEEN[number][0], number))
    for text, since in (("5y", "2019-06-09"), ("60m", "2019-06-09"), ("5 år", "2019-06-09"), ("1 month", "2024-05-09")):
        found = json.loads(
            husrum("retention", "--older-than", text, "--format", "json", "--db", town, env={"HUSRUM_TODAY": "2024-06-09"}).stdout
        )["people"]
        assert {each["person"] for each in found} == {number for number, (day, _what) in SEEN.items() if day < since}, text
    with closing(looked_into(town)) as file, file:  # of whom nothing but a number is known
        file.execute("UPDATE people SET name = NULL WHERE number = 21")
    assert husrum("person", "anonymise", "1", "--yes", "--db", town).exit_code == 0
    found = json.loads(husrum("retention", "--format", "json", "--db", town, env={"HUSRUM_TODAY": "2024-10-08"}).stdout)["people"]
    assert {each["person"] for each in found} == SEEN.keys() - {1, 21}


def unseen(town: Path, today: str) -> list[tuple[int, str | None]]:
    """Who has not been seen for two years, and since when."""
    shown = husrum("retention", "--older-than", "2y", "--format", "json", "--db", town, env={"HUSRUM_TODAY": today})
    return [(each["person"], each["unseen_since"]) for each in json.loads(shown.stdout)["people"]]


def test_who_comes_today_has_been_seen(tmp_path: Path) -> None:
    town = new_city(tmp_path / "town.db")
    assert husrum("intake", "add", "Anna Holm", "--enquired", "2024-10-08", "--db", town).exit_code == 0
    assert unseen(town, "2024-10-08") == [] and unseen(town, "2026-10-08") == []
    assert unseen(town, "2026-10-09") == [(1, "2024-10-08")]


def test_of_whom_no_day_is_known_nobody_knows_when_they_were_seen(tmp_path: Path) -> None:
    town = new_city(tmp_path / "town.db")
    (list := tmp_path / "intakes.csv").write_text("name,enquired,phone\nAnna Holm,,22334455\nBo Krog,2020-02-01,\n", encoding="utf-8")
    done = husrum("import", list, "--db", town)
    assert done.exit_code == 0, done.stderr
    assert unseen(town, "2024-10-08") == [(1, None), (2, "2020-02-01")]


# Of each list what goes on until 2024-10-08. G2 is closed on that day.
UNTIL_TODAY = {
    "groups": ("ref,title,kind,start,closed", "G1,Tirsdag,network,2024-01-02,", "G2,Torsdag,network,2024-01-04,2024-10-08"),
    "enrolments": (
        *("group,person,date,until", "G1,1,2024-01-02,2024-10-08", "G2,2,2024-01-04,"),
        *("G1,3,2024-01-02,", "G1,4,2024-01-02,", "G1,5,2024-01-02,"),
    ),
    "leaders": ("group,person,from,to", "G1,6,2024-01-02,2024-10-08", "G2,7,2024-01-04,"),
    "matches": ("person,volunteer,date,ended", "8,9,2024-03-01,2024-10-08"),
    "roles": ("volunteer,role,from,to", "10,peer,2024-03-01,2024-10-08"),
    "waiting": ("person,since,until", "11,2024-03-01,2024-10-08"),
    "leaving": ("person,date", "4,2024-10-08", "5,2024-02-01"),
    "events": ("ref,title,date,organiser", "E1,Fest,2024-10-01,12"),  # is over
}
# Nobody is enrolled any more who has left, unless they came back, as 5 did.
ONCE_MORE = "5,Ung E,2024-03-01,"
STILL_RUNS = {
    **dict.fromkeys((1, 2, 3, 5), "enrolments"), **dict.fromkeys((6, 7), "leaders and organisers"), **dict.fromkeys((8, 9), "matches"),
    10: "roles", 11: "places on the waiting list",
}  # fmt: skip


def test_what_ends_today_still_runs_today(tmp_path: Path) -> None:
    town = new_city(tmp_path / "town.db")
    people = [f"{number},Ung {chr(64 + number)},2024-01-01," for number in range(1, 13)]
    imported(town, {"intakes": ("ref,name,enquired,held", *people, ONCE_MORE), **UNTIL_TODAY})

    def running(today: str) -> dict[int, str]:
        found = {}
        for number in range(1, 13):
            shown = husrum("person", "anonymise", number, "--dry-run", "--db", town, env={"HUSRUM_TODAY": today})
            assert shown.exit_code == 0, shown.stderr
            if runs := re.search(r"still has something that runs: (.+?)\. End it first", shown.stdout + shown.stderr):
                found[number] = runs[1]
        return found

    assert running("2024-10-08") == STILL_RUNS
    assert running("2024-10-09") == {number: STILL_RUNS[number] for number in (3, 5)}
