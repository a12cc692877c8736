"""Workbooks as people keep them, at random: titles, blank rows, totals and remarks around a table, and cells in every spelling. All people are made up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import openpyxl
from hypothesis import strategies as st

_FIRST, _LAST = date(2025, 10, 1), date(2026, 11, 30)
_WHOLE_MONTHS = (
    *("Januar", "februar", "Marts", "april", "Maj", "JUNI"),
    *("juli", "August", "september", "Oktober", "november", "December"),
)
_MONTHS = ("januar", "feb", "marts", "apr.", "maj", "juni", "juli", "aug", "sept.", "oktober", "nov", "december")
FIRST, LAST = ("Anna", "Bo", "Åse", "Jens Ove", "Ida"), ("Holm", "Bæk", "Ødum", "Krog-Dahl", "Friis")
NAMES = [f"{first} {last}" for first in FIRST for last in LAST]
BORN = ("2001", 2003, "14.05.01", "8/9 03", "3/11-2002", "26 år", "?", None, "14. maj 2004")
DAYS = ("5/3-2026", "05-03-26", "4. august", "9/2", "?", None, "1. juli 2026", "tirsdag d. 3/2", "5/3 26")
SOURCES = ("kommunen", "Headspace", "psykolog", "ven", "-", None, "Selv")
WISHES = ("gruppe, hjerteven", "Hjerteven", "sociale arrangementer", "gruppe og hjerteven", None, "?")
NONSENSE = ("31/2-2026", "måske", "#", "i morgen")
PRESENT = ("x", "X", 1, "1", True, "ja", "✓", "✔", "SAND")
ABSENT = (None, None, None, "", 0, "nej", "-", False, "FALSK")
EXCUSED = ("afbud", "a", "syg", "(sygdom)")
TITLES = ("HUSRUM Odense", "OBS! må ikke mailes", "Opdateret 3/11")
HEADINGS = {
    "Navn": ("Navn", "NAVN", "Navn på den unge", "Deltager", "Fulde navn:"),
    "Henvendt": ("Henvendt", "Dato for henvendelse", "Henvendt d.", "1. kontakt", "Henvendt (dato)"),
    "Født": ("Født", "Fødselsdato", "Født/årgang"),
}
DAYS_ALONE = ("{0.day}", "{0.day}.", "d. {0.day}.", "tir {0.day}")
REMARKS = ("Afbud skrives med a", "x = til stede, a = afbud", "Husk: nye lister i januar", "* mangler telefon", "Opdateret af Karen 2026")
COLUMNS = {
    "Navn": (),
    "Født": BORN,
    "Tlf.": (),
    "Henvendt": DAYS,
    "Forsamtale": (None, None, "?"),
    "Kilde": SOURCES,
    "Ønsker": WISHES,
}


@dataclass
class MessySheet:
    """A sheet, and what is in it: the names of its people by row, its rows of other kinds, and whether a cell of it is nonsense."""

    rows: list[list[object]] = field(default_factory=list)
    people: dict[int, str] = field(default_factory=dict)
    other: dict[int, str] = field(default_factory=dict)
    nonsense: set[int] = field(default_factory=set)
    ticks: dict[str, int] = field(default_factory=dict)
    guests: dict[str, int] = field(default_factory=dict)

    def add(self, why: str, row: list[object]) -> None:
        """Add a row that is not somebody's."""
        self.rows.append(row)
        self.other[len(self.rows)] = why


def _spelled(name: str, style: int) -> str:
    return (name, f"  {name}", f"{name} ", name.upper(), f"{name} (ven til Eva)")[style]


@st.composite
def lists(draw: st.DrawFn, nonsense: bool = True) -> MessySheet:
    """A list of young people. `nonsense`: some cells may be what nobody can read."""
    sheet = MessySheet()
    for title in draw(st.lists(st.sampled_from(TITLES), max_size=3)):
        sheet.add("title", [title])
    for _blank in range(draw(st.integers(0, 2))):
        sheet.add("blank", [])
    headings = draw(st.permutations(list(COLUMNS)))
    indent = draw(st.integers(0, 2))
    before: list[object] = [None] * indent
    sheet.add("heading", [*before, *(draw(st.sampled_from(HEADINGS.get(heading, (heading,)))) for heading in headings)])
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=8, unique=True)):
        cells: list[object] = []
        bad = nonsense and draw(st.integers(0, 5)) == 0
        place = draw(st.sampled_from(["Født", "Henvendt", "Kilde", "Ønsker"]))
        for heading in headings:
            if heading == "Navn":
                cells.append(_spelled(name, draw(st.integers(0, 4))))
            elif heading == "Tlf.":
                number = 20304000 + NAMES.index(name)
                cells.append(draw(st.sampled_from([number, f"+45 {number}", f"{number // 10000} {number % 10000}", "?", None])))
            elif bad and heading == place:
                cells.append(draw(st.sampled_from(NONSENSE)))
            else:
                cells.append(draw(st.sampled_from(COLUMNS[heading])))
        sheet.rows.append([*before, *cells])
        sheet.people[len(sheet.rows)] = name
        if bad:
            sheet.nonsense.add(len(sheet.rows))
        if draw(st.integers(0, 4)) == 0:
            sheet.add("blank", [])
    if draw(st.booleans()):
        sheet.add("total", [*before, "I alt", draw(st.sampled_from([len(sheet.people), "=COUNTA(A1:A9)", None]))])
    for remark in draw(st.lists(st.sampled_from(REMARKS), max_size=2)):
        sheet.add("remark", [*before, remark])
    return sheet


@st.composite
def grids(draw: st.DrawFn, names: list[str]) -> MessySheet:
    """A grid of these people by dates, some over a new year. `ticks` are by day."""
    sheet = MessySheet()
    for title in draw(st.lists(st.sampled_from(TITLES), max_size=2)):
        sheet.add("title", [title])
    days = sorted(draw(st.sets(st.dates(min_value=_FIRST, max_value=_LAST), min_size=2, max_size=6)))
    label = draw(st.sampled_from(["Navn", "Navne", "Hvem er det", "Frivillig/ung"]))
    if draw(st.booleans()):
        months: list[object] = [None]
        for before, day in zip([None, *days], days, strict=False):
            if before and (before.year, before.month) == (day.year, day.month):
                months.append(None)
                continue
            # After December comes the next January; any other year must be written.
            implied = before.year + (day.month < before.month) if before else 2026
            months.append(_MONTHS[day.month - 1] + (f" {day.year}" if day.year != implied or draw(st.booleans()) else ""))
        sheet.add("heading", months)
        style = draw(st.sampled_from(DAYS_ALONE))
        sheet.add("heading", [label, *(style.format(day) for day in days)])
    else:
        sheet.add(
            "heading",
            [label, *(draw(st.sampled_from([f"{day.day}/{day.month}-{day.year}", day.strftime("%d-%m-%y"), day])) for day in days)],
        )
    sheet.ticks = {day.isoformat(): 0 for day in days}
    for name in names:
        marks: list[object] = []
        for day in days:
            mark = draw(st.sampled_from([PRESENT, ABSENT, EXCUSED]))
            marks.append(draw(st.sampled_from(mark)))
            sheet.ticks[day.isoformat()] += mark is PRESENT
        sheet.rows.append([_spelled(name, draw(st.integers(0, 4))), *marks])
        sheet.people[len(sheet.rows)] = name
        if draw(st.integers(0, 4)) == 0:
            sheet.add("blank", [])
    if draw(st.booleans()):
        sheet.add("total", ["I alt", *(f"=COUNTA(B1:B{place})" for place, _day in enumerate(days, 1))])
    if draw(st.booleans()):
        sheet.add("remark", [draw(st.sampled_from(REMARKS))])
    return sheet


def saved(path: Path, **sheets: MessySheet) -> Path:
    """A workbook of these sheets."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, sheet in sheets.items():
        page = book.create_sheet(name)
        for number, row in enumerate(sheet.rows, 1):
            for place, value in enumerate(row, 1):
                if value is not None:
                    page.cell(number, place, value)
    book.save(path)
    return path


@st.composite
def turned_grids(draw: st.DrawFn, names: list[str]) -> MessySheet:
    """A grid of these people with the dates below each other. `ticks` are by day, guests among them."""
    sheet = MessySheet()
    for title in draw(st.lists(st.sampled_from(TITLES), max_size=2)):
        sheet.add("title", [title])
    days = sorted(draw(st.sets(st.dates(min_value=_FIRST, max_value=_LAST), min_size=2, max_size=6)))
    spelled = [_spelled(name, draw(st.integers(0, 3))) for name in names]
    others = draw(st.lists(st.sampled_from(("I alt", "Gæster", "Tema", "Bemærkninger")), unique=True))
    sheet.add("heading", [draw(st.sampled_from(("Dato", "Dag", None))), *spelled, *others])
    for place, day in enumerate(days):
        marks = [draw(st.sampled_from(PRESENT if place == 0 else draw(st.sampled_from([PRESENT, ABSENT, EXCUSED])))) for _name in names]
        came = sum(mark in PRESENT for mark in marks)
        guests = draw(st.integers(0, 3)) if "Gæster" in others else 0
        cells = {"I alt": came, "Gæster": guests or None, "Tema": draw(st.sampled_from(("Venskab", None))), "Bemærkninger": "fint vejr"}
        written = draw(st.sampled_from([f"{day.day}/{day.month}-{day.year}", day.strftime("%d-%m-%y"), day]))
        sheet.rows.append([written, *marks, *(cells[other] for other in others)])
        sheet.ticks[day.isoformat()] = came
        sheet.guests[day.isoformat()] = guests
        sheet.people[len(sheet.rows)] = day.isoformat()
        if draw(st.integers(0, 4)) == 0:
            sheet.add("blank", [])
    if draw(st.booleans()):
        sheet.add("total", ["I alt", *(1 for _name in names)])
    if draw(st.booleans()):
        sheet.add("remark", [draw(st.sampled_from(REMARKS))])
    return sheet


@st.composite
def month_grids(draw: st.DrawFn, names: list[str]) -> tuple[str, MessySheet]:
    """A sheet of these people by the days of one month, and its name, which is the month's. Two of the people may share a row."""
    sheet = MessySheet()
    month = draw(st.integers(1, 11))
    if draw(st.booleans()):
        sheet.add("title", ["Fredagscafé"])
    days = sorted(draw(st.sets(st.integers(1, 28), min_size=2, max_size=5)))
    style = draw(st.sampled_from(("{}", "{}.", "d. {}.")))
    sheet.add("heading", ["Navn", *(draw(st.sampled_from([style.format(day), day])) for day in days)])
    sheet.ticks = {f"2026-{month:02}-{day:02}": 0 for day in days}
    rows = [[name] for name in names]
    if len(names) > 2 and draw(st.booleans()):
        rows[:2] = [names[:2]]
    for people in rows:
        marks: list[object] = []
        for place, day in enumerate(sheet.ticks):
            mark = PRESENT if place == 0 else draw(st.sampled_from([PRESENT, ABSENT, EXCUSED]))
            marks.append(draw(st.sampled_from(mark)))
            sheet.ticks[day] += len(people) if mark is PRESENT else 0
        sheet.rows.append([draw(st.sampled_from((" og ", " & ", " + "))).join(people), *marks])
        sheet.people[len(sheet.rows)] = "|".join(people)
    if draw(st.booleans()):
        sheet.add("total", ["I alt", *days])
    return f"{_WHOLE_MONTHS[month - 1]}{draw(st.sampled_from(('', ' 2026', ' 26')))}", sheet


@st.composite
def counts(draw: st.DrawFn) -> MessySheet:
    """Events with numbers of people alone: in each row its title, and how many came in `ticks`. The last row may be their sum, without a label."""
    sheet = MessySheet()
    for title in draw(st.lists(st.sampled_from(TITLES), max_size=2)):
        sheet.add("title", [title])
    heading = draw(st.sampled_from(("Deltagere", "Antal unge", "Antal", "Fremmødte", "Uden navn", "Antal deltagere")))
    more = draw(st.sampled_from(("heraf nye", "Antal frivillige", "Note")))
    columns = draw(st.permutations(["Dato", "Hvad", heading, more]))
    sheet.add("heading", list(columns))
    days = sorted(draw(st.sets(st.dates(min_value=_FIRST, max_value=_LAST), min_size=2, max_size=6)))
    numbers = [draw(st.integers(2, 40)) for _day in days]
    for place, (day, number) in enumerate(zip(days, numbers, strict=True)):
        spelled = draw(st.sampled_from((number, str(number))))
        cells: dict[str, object] = {"Dato": f"{day.day}/{day.month}-{day.year}", "Hvad": f"Aften {place}", heading: spelled}
        cells[more] = None if more == "Note" else draw(st.integers(0, 5))
        sheet.rows.append([cells[column] for column in columns])
        sheet.people[len(sheet.rows)] = f"Aften {place}"
        sheet.ticks[f"Aften {place}"] = number
    if draw(st.booleans()):
        sheet.add("total", [sum(numbers) if column == heading else None for column in columns])
    return sheet
