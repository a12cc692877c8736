"""The counted and reported figures of one city and year, each as its definition reads."""

from __future__ import annotations

from datetime import date

from recount_reading import Occasion, Records, several, when

VISIT_CHANNELS = ["talk_group", "network_group", "social_event", "online_event", "youth_meeting"]
REPORTED_ONLY = ["coordinator_positions", "facebook_followers", "facebook_group_members", "discord_members"]
Number = int | float | None


def occasions_of(records: Records, year: int, kind: str) -> list[Occasion]:
    """An occasion counts in the year of its own date."""
    return [o for o in records.occasions if o.kind == kind and o.day.year == year]


def interview_days(records: Records, year: int) -> list[tuple[str, date]]:
    """Interviews held in the year: who, and when."""
    return [(e.person, e.held) for e in records.enquiries if e.held is not None and e.held.year == year]


def young(records: Records) -> set[str]:
    """A young person is someone with an enquiry, also one of unknown date."""
    return {enquiry.person for enquiry in records.enquiries}


def met_at(records: Records, year: int, kind: str) -> set[str]:
    """Participants of the year by offer: those with a named visit there."""
    return {person for occasion in occasions_of(records, year, kind) for person in occasion.participants}


def befriended(records: Records, year: int) -> set[str]:
    """Young people with a day of an active match in the year."""
    return {match.person for match in records.matches if match.period.touches(year)} & young(records)


def participants(records: Records, year: int) -> set[str]:
    """Young people with at least one of: an interview held, a named visit, a day of an active match, in the year."""
    people = {person for person, _ in interview_days(records, year)} | befriended(records, year)
    for channel in VISIT_CHANNELS:
        people |= met_at(records, year, channel)
    return people


def new_young_people(records: Records, year: int) -> set[str]:
    """Those whose first interview ever held falls in the year; enquiries of unknown date make nobody new."""
    new = set()
    for person in young(records):
        held = [e for e in records.enquiries if e.person == person and e.held is not None]
        if held:
            first = min(held, key=lambda enquiry: enquiry.held or date.max)
            if first.held is not None and first.held.year == year and first.enquired is not None:
                new.add(person)
    return new


def completed(records: Records, year: int) -> set[tuple[str, str]]:
    """Enrolments in talk groups closed in the year, present at two thirds of the group's held meetings or more."""
    done = set()
    for group in records.groups:
        if group.kind != "talk_group" or group.closed is None or group.closed.year != year:
            continue
        meetings = [occasion for occasion in records.occasions if occasion.activity == group.key]
        for person in {tie.person for tie in records.enrolments if tie.what == group.key}:
            present = sum(1 for meeting in meetings if person in meeting.participants)
            if meetings and 3 * present >= 2 * len(meetings):
                done.add((person, group.key))
    return done


def waiting(records: Records, year: int) -> set[str]:
    """Young people waiting at the end of 31 December, which leaves out the waits that ended on that day."""
    last = date(year, 12, 31)
    return {w.person for w in records.waits if w.period.holds(last) and w.period.end != last} & young(records)


def volunteers(records: Records, year: int) -> set[str]:
    """People with a volunteer role on at least one day of the year."""
    return {role.person for role in records.roles if role.period.touches(year)}


def new_volunteers(records: Records, year: int) -> set[str]:
    """Those whose first role ever starts in the year; a role that has always been running makes nobody new."""
    new = set()
    for person in volunteers(records, year):
        first = min(role.period.start or date.min for role in records.roles if role.person == person)
        if first.year == year:
            new.add(person)
    return new


def seats(records: Records, year: int) -> set[tuple[str, str]]:
    """(leader, group) of the groups that held a meeting in the year, where the leader's period touches the year."""
    met = {o.activity for kind in ("talk_group", "network_group") for o in occasions_of(records, year, kind)}
    return {(t.person, t.what) for t in records.leaders if t.what in met and t.period.touches(year)}


def volunteer_ages(records: Records, year: int) -> list[int]:
    """The volunteers' ages on 31 December, in whole years: the year less the year of birth."""
    known = [records.born[person] for person in volunteers(records, year) if person in records.born]
    return [year - int(born[:4]) for born in known]


def moved_on(records: Records, year: int) -> set[str]:
    """Young people with a step into another community dated in the year."""
    steps = set()
    for row in records.rows.get("onward", []):
        day = when(row.get("date", ""))
        if day is not None and day.year == year:
            steps.add(records.person(row["person"]))
    return steps & young(records)


def partners(records: Records, year: int) -> set[str]:
    """Partners active in the year.

    Venues, partners, referrers and onward places are partners, made at first use; without dates: always active.
    """
    rows = records.rows
    used = [row.get("venue", "") for kind in ("groups", "events") for row in rows.get(kind, [])]
    used += [name for row in rows.get("events", []) for name in several(row.get("partner", ""))]
    used += [row.get("referred_by", "") for row in rows.get("intakes", [])]
    used += [row["to"] for row in rows.get("onward", [])]
    active = {same_name(name) for name in used if name}
    for row in rows.get("partners", []):
        start, end = when(row.get("from", "")), when(row.get("to", ""))
        touches = (start is None or start.year <= year) and (end is None or year <= end.year)
        active = active | {same_name(row["name"])} if touches else active - {same_name(row["name"])}
    return active


def same_name(name: str) -> str:
    """Names are compared without case, and without surrounding and double spaces."""
    return " ".join(name.split()).casefold()


def grants(records: Records, year: int) -> int:
    """The yearly amounts of the grants whose period touches the year."""
    total = 0
    for row in records.rows.get("grants", []):
        start, end = when(row.get("from", "")), when(row.get("to", ""))
        if (start is None or start.year <= year) and (end is None or year <= end.year):
            total += int(row["per_year"])
    return total


def branches(records: Records, year: int) -> int:
    """The city counts from the year of its first dated record on."""
    days = [day for e in records.enquiries for day in (e.enquired, e.held)]
    days += [occasion.day for occasion in records.occasions]
    days += [match.period.start for match in records.matches] + [role.period.start for role in records.roles]
    return int(any(day is not None and day.year <= year for day in days))


def has_records(records: Records, year: int) -> bool:
    """A year with records: an occasion, an enquiry, a match day or a role day in it."""
    return (
        any(occasion.day.year == year for occasion in records.occasions)
        or any(day.year == year for e in records.enquiries for day in (e.enquired, e.held) if day is not None)
        or any(match.period.touches(year) for match in records.matches)
        or any(role.period.touches(year) for role in records.roles)
    )


def events_held(records: Records, year: int, kind: str) -> set[str]:
    """Events of that kind held, start date in the year, whatever their length."""
    held = {occasion.activity for occasion in records.occasions if occasion.kind == kind}
    return {event for event in held if records.event_starts[event].year == year}


def counted_figures(records: Records, year: int) -> dict[str, Number]:
    """Every counted figure, as counted: what was reported is not looked at here."""
    talk, network = occasions_of(records, year, "talk_group"), occasions_of(records, year, "network_group")
    running = [match for match in records.matches if match.period.touches(year)]
    started = [match for match in records.matches if match.period.start and match.period.start.year == year]
    peers = {r.person for r in records.roles if r.what == "peer" and r.period.touches(year)}
    ages = volunteer_ages(records, year)
    enquired = [e for e in records.enquiries if e.enquired is not None and e.enquired.year == year]
    figures: dict[str, Number] = {
        "young_people": len(participants(records, year)),
        "young_people_new": len(new_young_people(records, year)),
        "young_people_befriended": len(befriended(records, year)),
        "enquiries": len(enquired),
        "intakes": len(interview_days(records, year)),
        "group_courses": len({meeting.activity for meeting in talk}),
        "group_meetings": len(talk),
        "group_completed": len(completed(records, year)),
        "network_groups": len({meeting.activity for meeting in network}),
        "network_meetings": len(network),
        "social_events": len(events_held(records, year, "social_event")),
        "online_events": len(events_held(records, year, "online_event")),
        "youth_meetings": len(events_held(records, year, "youth_meeting")),
        "intro_courses": len(events_held(records, year, "intro_course")),
        "volunteer_meetings": len(events_held(records, year, "volunteer_meeting")),
        "supervision_sessions": len(events_held(records, year, "supervision")),
        "training_sessions": len(events_held(records, year, "training")),
        "matches_new": len(started),
        "matches_active": len(running),
        "waiting_list": len(waiting(records, year)),
        "volunteers": len(volunteers(records, year)),
        "volunteers_new": len(new_volunteers(records, year)),
        "peer_supporters": len(peers),
        "befrienders": len({match.volunteer for match in running}),
        "leader_seats": len(seats(records, year)),
        "volunteer_age_min": min(ages, default=None),
        "volunteer_age_max": max(ages, default=None),
        "moved_on": len(moved_on(records, year)),
        "partners": len(partners(records, year)),
        "grants_dkk": grants(records, year),
        "branches": branches(records, year),
    }
    return figures | visit_figures(records, year)


def visit_figures(records: Records, year: int) -> dict[str, Number]:
    """A visit is one participant at one occasion; unnamed visits are participants counted but not named."""
    interviews = len(interview_days(records, year))
    figures: dict[str, Number] = {"visits_intake": interviews}
    named, unnamed = interviews, 0
    for channel in VISIT_CHANNELS:
        occasions = occasions_of(records, year, channel)
        named_here = sum(len(occasion.participants) for occasion in occasions)
        unnamed_here = sum(occasion.unnamed for occasion in occasions)
        figures[f"young_people_{channel}"] = len(met_at(records, year, channel))
        figures[f"visits_{channel}"] = named_here + unnamed_here
        named, unnamed = named + named_here, unnamed + unnamed_here
    return figures | {"visits": named + unnamed, "visits_named": named, "visits_unnamed": unnamed}


def reported_figures(records: Records, year: int) -> dict[str, Number]:
    """The values entered by hand for the year, whatever they are of."""
    rows = [row for row in records.rows.get("figures", []) if row["year"] == str(year)]
    return {row["key"]: float(row["value"].replace(",", ".")) for row in rows}


def all_figures(records: Records, year: int) -> dict[str, dict[str, object]]:
    """Counted values; a reported one where the year has no records; and those that can only be reported."""
    counted, reported = counted_figures(records, year), reported_figures(records, year)
    kept = has_records(records, year)
    figures: dict[str, dict[str, object]] = {}
    for key, value in counted.items():
        if key in reported and not kept:
            figures[key] = {"value": reported[key], "source": "reported"}
        else:
            figures[key] = {"value": value, "source": "counted"}
    for key in REPORTED_ONLY:
        figures[key] = {"value": reported.get(key)}
    return figures
