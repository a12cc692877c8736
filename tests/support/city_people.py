"""The people of a random city: who they are, what they asked for and answered, and what they volunteer as."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from city_codes import (
    ATTESTS,
    DIAGNOSES,
    GENDERS,
    LONELINESS,
    MOTIVES,
    NON_ANSWERS,
    OCCUPATIONS,
    OFFERS,
    PURPOSES,
    REASONS,
    RECRUITED_THROUGH,
    ROLES,
    SOURCES,
    SUICIDAL_THOUGHTS,
    TREATMENTS,
)
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from recount_reading import City, Row

FIRST, LAST = date(2022, 1, 1), date(2025, 12, 31)

# Where years, ISO weeks and leap years turn: what a definition by date gets wrong first.
EDGES = [date(year, *day) for year in range(2022, 2026) for day in ((1, 1), (1, 2), (12, 29), (12, 30), (12, 31))]
EDGES.append(date(2024, 2, 29))

# The plain names come first, so that a failing example shrinks to them.
NAMES = [
    "Bo Bak",
    "Anna Holm",
    "Mads Lund",
    "Ida Krogh",
    "Bo Bakke",
    "Bo",
    "Anne-Sofie Friis",
    "Søren Ærø",
    "Åse Østergård",
    "Jens Peter Munk-Dahl",
    "[red]Bo[/red]",
    "=1+Ib",
    'Zoë "Åse" O\'Neil',
    ":house: Vang",
    "@Liv +Kær",
    "Null",
    "True Juul",
]
MUNICIPALITIES = ["Aarhus", "Skanderborg", "Ærø"]
REFERRERS = ["Åben Fleksibel Rådgivning", "Soras", "Skolen på Bakken"]
BOTH = st.booleans()
REMARKS = ["ringer selv", '"måske"; ikke sikkert', "=SUM(A1)", "[b]x[/b]"]


@dataclass
class Human:
    """One person of a random city, as the other rows speak of them."""

    name: str
    number: int | None
    seeks: bool
    helps: bool


@cache
def days(first: date = FIRST, last: date = LAST) -> SearchStrategy[date]:
    """Days from `first` to `last`, both included; often on an edge of a year, or soon after `first`."""
    edges = [day for day in EDGES if first <= day <= last]
    soon = st.integers(0, min(40, (last - first).days)).map(lambda more: first + timedelta(days=more))
    return st.one_of(soon, st.dates(first, last), *([st.sampled_from(edges)] if edges else []))


def maybe_day(draw: DrawFn, first: date | None = FIRST, last: date | None = None) -> date | None:
    """A day in a known range, or none."""
    return draw(days(first or FIRST, last or LAST)) if yes(draw) else None


def text(day: date | None) -> str:
    """A date cell."""
    return day.isoformat() if day else ""


def reference(draw: DrawFn, human: Human) -> str:
    """A person as a cell names them: by number, where the city gave them one, or by full name."""
    return str(human.number) if human.number is not None and yes(draw) else human.name


def some(draw: DrawFn, humans: list[Human], most: int = 12) -> list[Human]:
    """A few of these people, or nobody, or all of them, each once."""
    if not humans:
        return []
    how = draw(choice("nobody", "some", "all", "all but"))
    if how in ("nobody", "all"):
        return [] if how == "nobody" else humans[:most]
    picked = draw(st.sets(st.integers(0, len(humans) - 1), min_size=1, max_size=3))
    return [human for index, human in enumerate(humans) if (index in picked) == (how == "some")][:most]


def people_cell(draw: DrawFn, humans: list[Human]) -> str:
    """A list of people as they write it: `1,4-7`, `1|4|7`, with full names in between."""
    numbers = sorted(human.number for human in humans if human.number is not None)
    if len(numbers) == len(humans) > 2 and numbers[-1] - numbers[0] == len(numbers) - 1 and yes(draw):
        return f"{numbers[0]}-{numbers[-1]}"
    return draw(choice(",", "|")).join(reference(draw, human) for human in humans)


@cache
def choice(*values: str) -> SearchStrategy[str]:
    """One of these cells. Kept, as are the days: a city draws hundreds of cells, and making a strategy is slow."""
    return st.sampled_from(values)


@cache
def choices(*values: str, least: int = 0, most: int = 3) -> SearchStrategy[list[str]]:
    """A few of these cells, each once."""
    return st.lists(st.sampled_from(values), unique=True, min_size=least, max_size=most)


def one_of(draw: DrawFn, *values: str) -> str:
    """One of the values, or an empty cell (which comes first, to shrink to)."""
    return draw(choice("", *values))


def several_of(draw: DrawFn, codes: list[str]) -> str:
    """Up to three values in one cell."""
    return "|".join(draw(choices(*codes)))


def yes(draw: DrawFn) -> bool:
    """One time in two."""
    return draw(BOTH)


def build_people(draw: DrawFn) -> list[Human]:
    """Up to twelve people, each a young person, a volunteer, or both; numbered by the city or not."""
    size = draw(st.integers(0, 12))
    names = draw(st.lists(st.sampled_from(NAMES), unique=True, min_size=size, max_size=size))
    first = draw(st.sampled_from([1, None, 17]))
    humans = []
    for place, name in enumerate(names):
        seeks, helps = draw(st.sampled_from([(True, False), (True, True), (False, True)]))
        humans.append(Human(name, None if first is None else first + place, seeks, helps))
    return humans


def born_cell(draw: DrawFn, years: tuple[int, int]) -> str:
    """A birth date, or only the year, or nothing known."""
    year = draw(st.integers(*years))
    day = draw(choice("", "-12-31", "-01-01", "-06-15", "-12-30"))
    return one_of(draw, f"{year}{day}", f"{year}")


def intake_rows(draw: DrawFn, human: Human) -> list[Row]:
    """One to three enquiries of one person, in any order, each with its own answers."""
    enquired_days = draw(st.lists(st.none() | days(), unique=True, min_size=1, max_size=3))
    held_days = [maybe_day(draw, enquired) for enquired in enquired_days]
    rows = []
    for enquired, held in zip(enquired_days, held_days, strict=True):
        if enquired is None and held_days.count(held) > 1:
            held = None  # Which of two interviews of one day was the first ever, no definition says.
        row = {"name": human.name, "enquired": text(enquired), "held": text(held)}
        if not enquired and yes(draw):
            row["enquired"] = "unknown"
        rows.append(row | answers(draw))
    # Known by their number, or (in the later rows) as the person they were before.
    rows[0]["born"] = born_cell(draw, (1993, 2011))
    rows[0]["phone"] = one_of(draw, "20 12 34 56")
    rows[0]["called"] = one_of(draw, f"{human.name.split()[0]} K")
    if human.number is not None:
        rows[0]["ref"] = str(human.number)
    for row in rows[1:]:
        row["person"] = reference(draw, human)
    return rows


def answers(draw: DrawFn) -> Row:
    """The answers of an enquiry: an answer, a refusal to answer, a question not asked, or nothing at all."""
    row = {}
    single = {
        "source": [*SOURCES, *["municipal"] * 5],
        "gender": GENDERS,
        "occupation": OCCUPATIONS,
        "treatment": TREATMENTS,
        "suicidal_thoughts": SUICIDAL_THOUGHTS,
        "loneliness": LONELINESS,
    }
    for column, codes in single.items():
        row[column] = one_of(draw, *NON_ANSWERS) or draw(choice(*codes)) if yes(draw) else ""
    alone = one_of(draw, *NON_ANSWERS, "none")
    row["diagnosis"] = alone if yes(draw) else several_of(draw, DIAGNOSES[1:])
    row["motive"] = several_of(draw, MOTIVES) or one_of(draw, *NON_ANSWERS)
    row["wish"] = several_of(draw, OFFERS)
    row["offered"] = several_of(draw, OFFERS)
    row["municipality"] = one_of(draw, *MUNICIPALITIES)
    row["referred_by"] = one_of(draw, *REFERRERS)
    row["note"] = one_of(draw, *REMARKS)
    return row


def add_volunteer(draw: DrawFn, human: Human, city: City) -> None:
    """A volunteer's row, and what other roles they have held: never one role twice at a time."""
    joined = maybe_day(draw)
    left = maybe_day(draw, joined)
    row = {"name": human.name, "joined": text(joined), "left": text(left)}
    roles = draw(choices(*ROLES, least=1, most=2))
    row["role"] = "|".join(roles)
    row["recruited_through"] = one_of(draw, *RECRUITED_THROUGH, "Studenterhuset")
    row["intro_course"] = text(maybe_day(draw))
    if human.seeks:
        row["person"] = reference(draw, human)
    else:
        row["ref"] = "" if human.number is None else str(human.number)
        row["born"] = born_cell(draw, (1950, 2001))
        row["gender"] = one_of(draw, *GENDERS)
    city["volunteers"].append(row)
    for role in draw(choices(*(role for role in ROLES if role not in roles), most=2)):
        for start, end in periods(draw, 2, left or LAST, must_end=left is not None):
            city["roles"].append({"volunteer": reference(draw, human), "role": role, "from": text(start), "to": text(end)})
    if yes(draw):
        row = {
            "name": human.name,
            "date": text(draw(days())),
            "for": "|".join(draw(choices(*ROLES, most=2))),
            "note": one_of(draw, *REMARKS),
        }
        row |= {"ref": "" if human.number is None else str(human.number), "person": human.name if human.number is None else ""}
        city["applications"].append(row | {"declined": one_of(draw, "2026-01-01"), "recruited_through": one_of(draw, "Studenterhuset")})
    if yes(draw):
        city["hours"].append(
            {"volunteer": reference(draw, human), "hours": "1,5", "date": text(maybe_day(draw)), "what": one_of(draw, *REMARKS)}
        )
    for kind in draw(choices(*ATTESTS[1:], most=2)):
        city["attests"].append({"volunteer": reference(draw, human), "kind": kind, "date": text(draw(days()))})


def periods(
    draw: DrawFn, most: int, last: date = LAST, first: date = FIRST, must_end: bool = False
) -> list[tuple[date | None, date | None]]:
    """One period after another: the next may begin on the day the last one ended, which is not an overlap."""
    found: list[tuple[date | None, date | None]] = []
    for _ in range(draw(st.integers(1, most))):
        if first > last:
            break
        # Only the first can have begun at a time that nobody knows.
        start = draw(days(first, last)) if found else maybe_day(draw, first, last)
        end = draw(days(start or first, last)) if must_end else maybe_day(draw, start or first, last)
        found.append((start, end))
        if end is None:
            break
        first = max(end, (start or end) + timedelta(days=1))
    return found


def add_traces(draw: DrawFn, human: Human, city: City) -> None:
    """Rows that anyone may have: that they moved on, that they left, and their consents."""
    if yes(draw):
        return
    if human.seeks or yes(draw):
        for place in draw(choices("Folkehuset", "Aarhus Brætspilsklub")):
            city["onward"].append({"person": reference(draw, human), "to": place, "date": text(maybe_day(draw))})
    for day in draw(st.lists(days(), unique=True, max_size=1)):
        city["leaving"].append({"person": reference(draw, human), "date": text(day), "reason": one_of(draw, *REASONS)})
    if yes(draw):
        reminder = {"person": reference(draw, human), "on": text(draw(days())), "done": text(maybe_day(draw))}
        city["reminders"].append(reminder | {"note": one_of(draw, *REMARKS)})
    for purpose in draw(choices(*PURPOSES, most=1)):
        given = draw(days())
        withdrawn = text(maybe_day(draw, given))
        city["consents"].append({"person": reference(draw, human), "purpose": purpose, "given": text(given), "withdrawn": withdrawn})
