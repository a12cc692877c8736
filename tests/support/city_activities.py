"""What happens in a random city: groups and their meetings, events and trips, befriending."""

from __future__ import annotations

from datetime import date, timedelta

from city_codes import EVENT_KINDS, GENDERS, REASONS
from city_people import (
    FIRST,
    LAST,
    REMARKS,
    Human,
    choice,
    days,
    maybe_day,
    one_of,
    people_cell,
    periods,
    reference,
    several_of,
    some,
    text,
    yes,
)
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from recount_reading import City, Period, Row

# Venues become partners at first use, in whatever case they were typed.
VENUES = ["Folkehuset", "folkehuset", "Skt. Paul Kirke", "Kajakklubben, Ørsted"]
PARTNERS = ["UngK", "Frivilligcenter Aarhus"]
PROGRAMMES = ["Sommer", "Åben <i>dør</i>"]
TITLES = ["Brætspil", "Søndagsmiddag", "Teater & snak", "[bold]Kanotur[/bold]", "=Klatring"]
YES = ["yes", "ja", "x", "1", "true"]


def state(draw: DrawFn) -> Row:
    """Mostly held; else cancelled, or planned and never recorded."""
    happened = draw(choice("held", "held", "held", "cancelled", "planned"))
    return {} if happened == "held" else {happened: draw(choice(*YES))}


def unnamed_cell(draw: DrawFn) -> str:
    """How many came whom nobody named."""
    return draw(choice("", "0", "1", "3", "20"))


def add_group(draw: DrawFn, number: int, humans: list[Human], city: City) -> None:
    """A group with its leaders, enrolments and meetings, all between its first day and the day it was closed."""
    ref, start = f"G{number}", draw(days())
    closed = maybe_day(draw, start, LAST if yes(draw) else min(LAST, start + timedelta(days=90)))
    # Nobody leads a group they take part in: whether `absent` means them too would be anyone's guess.
    members = some(draw, [human for human in humans if human.seeks], 7)
    others = [human for human in humans if human not in members]
    standing = some(draw, others, 3)
    group = {"ref": ref, "title": f"Gruppe {number}", "kind": draw(choice("talk", "network"))}
    group |= {"start": text(start), "closed": text(closed), "leader": people_cell(draw, standing)}
    group |= {"venue": one_of(draw, *VENUES), "programme": several_of(draw, PROGRAMMES)}
    if group["kind"] == "network" and city["groups"]:
        group["continues"] = one_of(draw, *(earlier["ref"] for earlier in city["groups"]))
    city["groups"].append(group)
    last = closed or LAST
    led = {human.name: [Period(start, None)] for human in standing}
    for human in some(draw, [human for human in others if human not in standing], 2):
        led[human.name] = []
        for first, end in periods(draw, 2, last, start):
            led[human.name].append(Period(first, end))
            row = {"group": ref, "person": reference(draw, human), "from": text(first), "to": text(end)}
            city["leaders"].append(row)
    enrolled: dict[str, list[Period]] = {}
    for human in members:
        enrolled[human.name] = []
        for first, end in periods(draw, 2, last, start):
            enrolled[human.name].append(Period(first, end))
            row = {"group": ref, "person": reference(draw, human), "date": text(first), "until": text(end)}
            city["enrolments"].append(row | {"reason": one_of(draw, *REASONS) if end else ""})
    for step in range(draw(st.integers(0, 6))):
        day = start + timedelta(days=7 * step)
        if day <= last:
            here = [human for human in humans if any(p.holds(day) for p in enrolled.get(human.name, []))]
            leading = [human for human in humans if any(p.holds(day) for p in led.get(human.name, []))]
            city["meetings"].append({"group": ref, "date": text(day)} | meeting(draw, day, here, leading, humans, city))
    if yes(draw):
        city["contacts"].append({"group": ref, "date": text(draw(days(start))), "note": one_of(draw, *REMARKS)})


def meeting(draw: DrawFn, day: date, enrolled: list[Human], leading: list[Human], humans: list[Human], city: City) -> Row:
    """What was written about one meeting: who came, or who stayed away, or only how many there were."""
    row = state(draw)
    if row:
        return row
    row["unnamed"] = unnamed_cell(draw)
    row["note"] = one_of(draw, *REMARKS)
    row["theme"] = one_of(draw, "Selvværd")
    output = draw(choice("nothing", "some", "absent", "all", "all"))
    # Whether someone who has left the city is still `enrolled` is not said, so those are never meant by `absent`.
    gone = {left["person"] for left in city["leaving"] if left["date"] <= day.isoformat()}
    if any(human.name in gone or str(human.number) in gone for human in enrolled):
        output = "some" if output == "absent" else output
    excused: list[Human] = []
    if output == "some":
        row["present"] = people_cell(draw, some(draw, humans))
    elif output == "all":
        excused = some(draw, enrolled, 1)
        row["present"] = people_cell(draw, [human for human in enrolled if human not in excused])
    elif output == "absent":
        away = some(draw, enrolled, 3)
        excused = some(draw, [human for human in enrolled if human not in away], 1) if away else []
        row["absent"] = people_cell(draw, away)
    row["excused"] = people_cell(draw, excused)
    named = draw(choice("", "none", "leaders", "anyone"))
    if named == "anyone":
        named = people_cell(draw, some(draw, humans, 3))
    elif named == "leaders":
        named = people_cell(draw, some(draw, leading, 3))
    row["volunteers"] = named
    return row


def add_event(draw: DrawFn, number: int, numbered: bool, humans: list[Human], city: City) -> None:
    """An event of any kind, of one day or several, and the days of it that were otherwise than its row says."""
    start = draw(days())
    until = start + timedelta(days=draw(st.sampled_from([0, 0, 0, 1, 3])))
    event = {"title": f"{draw(choice(*TITLES))} {number}", "date": text(start)}
    event["until"] = text(until) if until > start else ""
    event["kind"] = draw(choice(*EVENT_KINDS[:3], *EVENT_KINDS))
    event["venue"] = one_of(draw, *VENUES)
    event["partner"] = several_of(draw, PARTNERS)
    event["programme"] = several_of(draw, PROGRAMMES)
    event["organiser"] = people_cell(draw, some(draw, humans, 3))
    event["joint"] = one_of(draw, f"fælles-{number}")
    event["activity"] = one_of(draw, "spil")
    if numbered:
        event["ref"] = f"E{number}"
    happened = state(draw)
    city["events"].append(event | happened)
    if happened:
        return
    event["unnamed"] = unnamed_cell(draw)
    event["present"] = people_cell(draw, some(draw, humans))
    event["volunteers"] = people_cell(draw, some(draw, humans, 3)) if yes(draw) else one_of(draw, "none")
    city["events"][-1] = event
    # Only an event with a number can be distinguished from another, when one of its days is corrected.
    for step in draw(st.sets(st.integers(0, (until - start).days), max_size=3)) if numbered else []:
        correction = state(draw) or {
            "present": day_cell(draw, humans),
            "volunteers": day_cell(draw, humans),
            "unnamed": unnamed_cell(draw),
        }
        day = text(start + timedelta(days=step))
        city["attendance"].append({"event": event["ref"], "date": day} | correction)


def day_cell(draw: DrawFn, humans: list[Human]) -> str:
    """Who was there on one day of a trip: as its row says, nobody, or these."""
    said = draw(choice("", "none", "these"))
    return people_cell(draw, some(draw, humans)) if said == "these" else said


def add_befriending(draw: DrawFn, human: Human, volunteers: list[Human], city: City) -> None:
    """One person's waits and matches, one after the other: none of them overlap.

    A wait may be left open although a match, or a leaving, ended it: that is what ends it. What comes next may begin
    on the day that the last ended, which is not an overlap.
    """
    possible = [volunteer for volunteer in volunteers if volunteer is not human]
    first = FIRST
    for turn in range(2):
        happens = draw(choice("nothing", "wait", "match", "wait and match"))
        # Only what came first can have begun on a day that nobody knows; and a match that did can't end a wait.
        since = maybe_day(draw, first) if turn == 0 and happens != "wait and match" else draw(days(first))
        until, start, ended = None, since, None
        if "wait" in happens:
            until = maybe_day(draw, since)
            row = {"person": reference(draw, human), "since": text(since), "until": text(until)}
            row["reason"] = one_of(draw, *REASONS) if until else ""
            city["waiting"].append(row | wishes(draw))
        if "match" in happens and possible:
            start = draw(days(since or first)) if "wait" in happens else since
            ended = maybe_day(draw, start)
            row = {"person": reference(draw, human), "volunteer": reference(draw, draw(st.sampled_from(possible)))}
            row |= {"date": text(start), "ended": text(ended), "reason": one_of(draw, *REASONS) if ended else ""}
            city["matches"].append(row)
            # Only of the first match: two contacts with a person on one day would be the same row twice.
            if turn == 0 and yes(draw):
                day = draw(days(start or ended or LAST, ended or LAST))
                contact = {"person": reference(draw, human), "date": text(day)}
                city["contacts"].append(contact | {"note": one_of(draw, *REMARKS)})
                city["pair_meetings"].append(contact | {"hours": one_of(draw, "1", "2,5"), "note": one_of(draw, *REMARKS)})
        if ended is None and (until is None or "match" in happens):
            return
        first = max([day for day in (until, ended) if day] + [day + timedelta(days=1) for day in (since, start) if day])
        if first > LAST:
            return


def add_offer(draw: DrawFn, volunteer: Human, city: City) -> None:
    """What one volunteer offers as a befriender."""
    start, end = maybe_day(draw), maybe_day(draw)
    row = {"volunteer": reference(draw, volunteer), "capacity": one_of(draw, "1", "2"), "from": text(start)}
    row["until"] = text(end) if start is None or end is None or end >= start else ""
    city["offers"].append(row | wishes(draw))


def wishes(draw: DrawFn) -> Row:
    """What one side of a match hopes for, and must have."""
    row = {
        "interest": several_of(draw, ["brætspil", "løb", "strik & snak"]),
        "time": several_of(draw, ["weekday", "evening", "weekend"]),
        "area": one_of(draw, "Midtbyen"),
        "speaks": several_of(draw, ["dansk", "arabisk"]),
        "avoid": one_of(draw, "hund"),
        "wants_gender": several_of(draw, GENDERS),
        "wants_age": one_of(draw, "20-30"),
    }
    return {column: value for column, value in row.items() if value}
