"""Commands as a coordinator might type them, in any order: many fit the small town they are meant for, many do not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from running import husrum

TODAY = {"HUSRUM_TODAY": "2024-10-08"}
_FIRST = ("Anna", "Bo", "Clara", "Dan", "Ene", "Åse")
_LAST = ("Holm", "Krogh", "Ravn")
_ANSWERS = (
    ("diagnosis", "anxiety"),
    ("diagnosis", "none"),
    ("loneliness", "severe"),
    ("suicidal-thoughts", "past"),
    ("occupation", "flexjob"),
    ("wish", "events"),
    ("referred-by", "Soras"),
    ("municipality", "Aarhus"),
    ("gender", "x"),
    ("source", "friend"),
)
_WISHES = (("interest", "spil"), ("time", "evening"), ("speaks", "dansk"), ("wants-age", "20-40"), ("wants-gender", "f"), ("avoid", "røg"))
_MEASURED = ("2024-02-01", "2024-05-01")
Words = tuple[str, ...]


def _day(chance: Random) -> str:
    """Often the same day: what is done, undone and done again on a day, and said with more words the second time, are rows of their own."""
    return "2024-06-03" if chance.random() < 0.4 else f"2024-{chance.randint(1, 10):02}-{chance.randint(1, 7):02}"


def _person(chance: Random) -> str:
    return str(chance.randint(1, 10))


def _people(chance: Random) -> str:
    return ",".join(sorted({_person(chance) for _each in range(chance.randint(1, 4))}))


def _name(chance: Random) -> str:
    return f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"


def _group(chance: Random) -> str:
    return chance.choice(("G1", "G1", "G1", "G2"))


def _event(chance: Random) -> str:
    return chance.choice(("E1", "E1", "E1", "E2"))


def _some(chance: Random, *options: tuple[str, str]) -> Words:
    return tuple(word for name, value in options if chance.random() < 0.4 for word in (f"--{name}", value))


def _present(chance: Random) -> Words:
    return ("--present", _people(chance), *_some(chance, ("volunteers", "7"), ("unnamed", str(chance.randint(0, 5)))))


def _entry(chance: Random, *options: tuple[str, str], day: str = "date") -> Words:
    """A new entry of a day; or, where there is only one, its correction or removal."""
    done = chance.choice(((), (), ("--correct", "--new-date", _day(chance)), ("--remove",)))
    return (*(() if done else (f"--{day}", _day(chance))), *_some(chance, *options), *done)


# One for each command that writes.
COMMANDS: dict[str, Callable[[Random], Words]] = {
    "branch edit": lambda c: ("--records-from", _day(c)),
    "branch close": lambda c: ("--date", _day(c)),
    "branch remove": lambda c: (c.choice(("Aarhus", "Horsens")),),
    "branch add": lambda c: (c.choice(("Horsens", "Viborg")), "--from", _day(c)),
    "intake add": lambda c: (_name(c), "--enquired", _day(c), *_some(c, *_ANSWERS, ("person", _person(c)), ("held", _day(c)))),
    "intake hold": lambda c: (_person(c), "--date", _day(c), *_some(c, *_ANSWERS)),
    "intake edit": lambda c: (_person(c), *_some(c, *_ANSWERS, ("note", "et notat"))),
    "intake remove": lambda c: (c.choice(("10", _person(c))), *_some(c, ("enquired", "2024-01-02"))),
    "group open": lambda c: (
        "Torsdag",
        "--kind",
        c.choice(("talk", "network")),
        "--start",
        _day(c),
        "--weeks",
        "3",
        *_some(c, ("venue", "Huset")),
    ),
    "group edit": lambda c: (
        _group(c),
        *_some(c, ("title", "Onsdag"), ("capacity", str(c.randint(1, 9))), ("start", _day(c)), ("venue", "none")),
    ),
    "group move": lambda c: (_group(c), "--date", c.choice(("2024-02-05", "2024-02-12", _day(c))), "--to", _day(c)),
    "group plan": lambda c: (_group(c), "--date", _day(c), *_some(c, ("theme", "Grænser"))),
    "group remove": lambda c: (_group(c),),
    "group enroll": lambda c: (_group(c), _people(c), "--date", _day(c), "--force"),
    "group leader": lambda c: (_group(c), _person(c), *_some(c, ("from", _day(c)), ("to", _day(c)))),
    "group meet": lambda c: (
        (_group(c), *_some(c, ("date", _day(c))), *_present(c))
        if c.random() < 0.8
        else (_group(c), *_some(c, ("date", _day(c))), "--cancelled")
    ),
    "group contact": lambda c: (_group(c), "--date", _day(c)),
    "group leave": lambda c: (_group(c), _person(c), "--date", _day(c), *_some(c, ("reason", "moved_away"))),
    "group close": lambda c: (_group(c), "--date", _day(c)),
    "event log": lambda c: (
        "Brætspil",
        "--date",
        _day(c),
        *_present(c),
        *_some(c, ("venue", "Huset"), ("partner", "UngK"), ("programme", "Sommer")),
    ),
    "event edit": lambda c: (_event(c), *_some(c, ("title", "Brætspilsaften"), ("date", _day(c)), ("venue", "none"), ("hours", "2,5"))),
    "event remove": lambda c: (_event(c),),
    "event plan": lambda c: ("Udflugt", "--date", f"2024-11-{c.randint(1, 9):02}", *_some(c, ("organiser", "7"))),
    "event attend": lambda c: (_event(c), *_present(c), *_some(c, ("date", _day(c)))),
    "event cancel": lambda c: (_event(c), "--force"),
    "volunteer add": lambda c: (
        _name(c),
        "--role",
        "leader",
        *_some(c, ("joined", _day(c)), ("intro-course", _day(c)), ("person", _person(c))),
    ),
    "volunteer apply": lambda c: (
        (_name(c), *_some(c, ("date", _day(c)), ("for", "befriender"), ("recruited-through", "frivilligjob")))
        if c.random() < 0.5
        else ("--person", c.choice(("2", "3", "10")), "--date", _day(c), *c.choice(((), (), ("--correct", "--for", "peer"), ("--remove",))))
    ),
    "volunteer decline": lambda c: (
        c.choice(("2", "3", "11")),
        *c.choice((_some(c, ("date", _day(c)), ("reason", "moved_away")), ("--remove",))),
    ),
    "volunteer edit": lambda c: (c.choice("789"), *_some(c, ("joined", _day(c)), ("phone", "22334455"), ("recruited-through", "friend"))),
    "volunteer role": lambda c: (
        c.choice("789"),
        c.choice(("befriender", "online", "leader")),
        *_some(c, ("from", _day(c)), ("to", _day(c))),
    ),
    "volunteer attest": lambda c: (c.choice("789"), "confidentiality", "--date", _day(c)),
    "volunteer hours": lambda c: (c.choice("789"), str(c.randint(1, 9)), *_entry(c, ("what", "Telefonvagt"))),
    "volunteer leave": lambda c: (c.choice("789"), "--date", _day(c)),
    "match wait": lambda c: (_person(c), "--since", _day(c), *_some(c, *_WISHES)),
    "match unwait": lambda c: (_person(c), "--date", _day(c)),
    "match offer": lambda c: (c.choice("789"), *_some(c, *_WISHES, ("capacity", "2"))),
    "match unoffer": lambda c: (c.choice("789"),),
    "match remove": lambda c: (c.choice("456"),),
    "match start": lambda c: (_person(c), c.choice("789"), "--date", _day(c), "--force", "aftalt"),
    "match end": lambda c: (c.choice("456"), "--date", _day(c), "--reason", "no_contact"),
    "match edit": lambda c: (c.choice("456789"), *_some(c, *_WISHES)),
    "match propose": lambda c: ("--date", _day(c), "--save"),
    "match accept": lambda c: (c.choice("45"), "--side", c.choice(("person", "volunteer", "both")), "--date", _day(c)),
    "match decline": lambda c: (c.choice("45"), "--side", c.choice(("person", "volunteer")), "--date", _day(c), "--reason", "not_for_me"),
    "match withdraw": lambda c: (c.choice("45"), "--date", _day(c)),
    "match pause": lambda c: (c.choice("456"), "--date", _day(c)),
    "match resume": lambda c: (c.choice("456"), "--date", _day(c)),
    "setting set": lambda c: c.choice((("contact_days", str(c.randint(1, 90))), ("weight_time", "2"), ("leader_attests", "none"))),
    "match meet": lambda c: (c.choice("456"), *_entry(c, ("hours", "2,5"), ("note", "gik tur"))),
    "match contact": lambda c: (c.choice("45"), "--date", _day(c), *_some(c, ("note", "gik tur"))),
    "person edit": lambda c: (_person(c), *_some(c, ("phone", "12345678"), ("called", "Nus"), ("born", "2001-02-03"), ("name", _name(c)))),
    "person join": lambda c: (_person(c), _person(c), "--force"),
    "person distinct": lambda c: (_person(c), _person(c)),
    "person formerly": lambda c: (_person(c), _name(c)),
    "person remind": lambda c: (_person(c), *_entry(c, ("note", "ring"), day="on")),
    "person reminded": lambda c: (_person(c), *c.choice(((), (), ("--remove",)))),
    "person onward": lambda c: (_person(c), "--to", c.choice(("Idrætsforening", "Kor")), "--date", _day(c)),
    "person leave": lambda c: (_person(c), "--date", _day(c)),
    "person consent": lambda c: (
        _person(c),
        c.choice(("health_data", "quotes_photos")),
        *_some(c, ("given", _day(c)), ("withdrawn", _day(c))),
    ),
    "partner add": lambda c: (c.choice(("UngK", "Kor")), *_some(c, ("kind", "forening"), ("from", _day(c)))),
    "partner edit": lambda c: (
        c.choice(("UngK", "Kor", "Huset", "Soras")),
        *_some(c, ("name", "Kirken"), ("kind", c.choice(("none", "venue", "forening"))), ("from", _day(c)), ("to", _day(c))),
    ),
    "partner join": lambda c: c.choice((("UngK", "Kor"), ("Kor", "UngK"), ("UngK", "Huset"))),
    "partner remove": lambda c: (c.choice(("UngK", "Kor", "Kirken")),),
    "measure add": lambda c: (
        c.choice("12"),
        "--date",
        c.choice(_MEASURED),
        *c.choice((("--items", "3,2,3"), ("--declined",), ("--not-asked",))),
    ),
    "measure edit": lambda c: (
        *(c.choice("12"), "--instrument", "tils", "--date", c.choice(_MEASURED)),
        *c.choice((("--items", "1,2,3"), ("--declined",), ("--new-date", _day(c)))),
    ),
    "measure remove": lambda c: (c.choice("12"), "--instrument", "tils", "--date", c.choice(_MEASURED)),
    "goal set": lambda c: (c.choice("12"), "Ring til en ven", *_some(c, ("group", "G1"), ("date", _day(c)))),
    "goal edit": lambda c: (c.choice("12"), *_some(c, ("text", "Tag bussen"), ("group", "none"), ("date", _day(c)))),
    "goal mark": lambda c: (c.choice("12"), c.choice(("reached", "partly", "not")), "--date", _day(c)),
    "goal remove": lambda c: (c.choice("12"),),
    "suggestion add": lambda c: ("Klatring om torsdagen", *_some(c, ("event", "E1"), ("date", _day(c)))),
    "suggestion edit": lambda c: (c.choice("12"), *_some(c, ("text", "Klatring"), ("event", "none"), ("note", "snart"))),
    "suggestion resolve": lambda c: (c.choice("12"), c.choice(("adopted", "later")), *_some(c, ("date", _day(c)))),
    "suggestion remove": lambda c: (c.choice("12"),),
    "quote add": lambda c: ("Her kan jeg være mig", "--person", c.choice("12"), *_some(c, ("date", _day(c)))),
    "quote edit": lambda c: (c.choice("12"), *_some(c, ("text", "Jeg kom igen"), ("date", "none"))),
    "quote remove": lambda c: (c.choice("12"),),
    "grant add": lambda c: ("Kommunen", "--per-year", str(c.randint(1, 9)), "--from", _day(c), *_some(c, ("offer", "intake"))),
    "grant edit": lambda c: (c.choice("12"), *_some(c, ("per-year", str(c.randint(1, 9))), ("to", _day(c)), ("offer", "intake"))),
    "grant remove": lambda c: (c.choice("12"),),
    "year close": lambda c: ("2024", "--force"),
    "year reopen": lambda c: ("2024", "--why", "an evening was missing"),
    "figure set": lambda c: (
        "2024",
        *c.choice((("coordinator_positions", c.choice(("1.5", "0.1", "0.3"))), ("discord_members", str(c.randint(1, 9))))),
        *("--source", "en mail"),
    ),
    "target add": lambda c: (*c.choice((("visits", "2500"), ("loneliness_severe", "30"), ("--text", "En gruppe"))), "--period", "2024"),
    "target edit": lambda c: (c.choice("12"), *c.choice((("--value", "26"), ("--period", "2025"), ("--why", "Ønsket")))),
    "target mark": lambda c: (c.choice("12"), c.choice(("reached", "dropped")), *_some(c, ("note", "To af tre"))),
    "target remove": lambda c: (c.choice("12"),),
    "figure remove": lambda c: ("2024", c.choice(("coordinator_positions", "discord_members"))),
    "import": lambda c: (c.choice(("intakes.csv", "attendance.csv", "roles.csv", "figures.csv")),),
}
_TABLES = {
    "intakes": "name,enquired,held,loneliness,phone\nAnna Holm,2024-01-02,2024-01-09,mild,87654321\nNy Person,2024-03-01,,mild,\n",
    "attendance": "event,date,present,unnamed\nE1,2024-02-01,2|3|4,2\n",
    "roles": "volunteer,role,from,to\n7,online,2023-01-01,2023-06-01\n8,online,2023-01-01,\n",
    "figures": "year,key,value,source\n2023,facebook_followers,100,avis\n",
}


def new_town(path: Path) -> Path:
    """A small file with some of everything, and next to it the tables that `import` reads."""
    for kind, text in _TABLES.items():
        path.with_name(f"{kind}.csv").write_text(text, encoding="utf-8")
    lines = [
        ("init", path, "--city", "Aarhus", "--records-from", "2023-01-01"),
        *(("intake", "add", f"{first} Holm", "--enquired", "2024-01-02", "--loneliness", "mild") for first in _FIRST),
        *(("volunteer", "add", f"{first} Krogh", "--role", "leader", "--joined", "2023-01-01") for first in _FIRST[:3]),
        ("group", "open", "Mandag", "--kind", "talk", "--start", "2024-02-05", "--weeks", "4", "--leader", "7"),
        ("group", "enroll", "G1", "1-4", "--date", "2024-02-05"),
        ("event", "log", "Fællesspisning", "--date", "2024-02-01", "--present", "1-3", "--volunteers", "7", "--unnamed", "2"),
        ("match", "wait", "5", "--since", "2024-02-01", "--interest", "film"),
        ("match", "offer", "8", "--interest", "film"),
        ("match", "wait", "6", "--since", "2024-03-01"),
        ("volunteer", "attest", "9", "intro_course", "--date", "2023-02-01"),
        ("person", "consent", "1", "quotes_photos", "--given", "2024-01-01"),
        ("intake", "add", "Finn Ravn", "--enquired", "2024-05-02"),  # nothing counts on it, so that it can be removed
        ("match", "start", "4", "9", "--date", "2024-01-15"),
    ]
    for line in lines:
        result = husrum(*line, *(() if line[0] == "init" else ("--db", path)), env=TODAY)
        assert result.exit_code == 0, (line, result.stderr)
    return path


def words_of(command: str, chance: Random, folder: Path) -> tuple[str, ...]:
    """The command with what is typed after it."""
    words = COMMANDS[command](chance)
    return (*command.split(), *(str(folder / word) if word.endswith(".csv") else word for word in words))
