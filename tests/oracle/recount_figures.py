"""The counted and reported figures of one city and period, each as its definition reads."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

from recount_reading import Occasion, Period, Records, several, when

VISIT_CHANNELS = ["talk_group", "network_group", "social_event", "online_event", "youth_meeting"]
REPORTED_ONLY = ["coordinator_positions", "facebook_followers", "facebook_group_members", "discord_members"]
Number = int | float | None


def occasions_of(records: Records, span: Period, kind: str) -> list[Occasion]:
    """An occasion counts in the year of its own date."""
    return [o for o in records.occasions if o.kind == kind and span.holds(o.day)]


def interview_days(records: Records, span: Period) -> list[tuple[str, date]]:
    """Interviews held in the year: who, and when."""
    return [(e.person, e.held) for e in records.enquiries if e.held is not None and span.holds(e.held)]


def young(records: Records) -> set[str]:
    """A young person is someone with an enquiry, also one of unknown date."""
    return {enquiry.person for enquiry in records.enquiries}


def met_at(records: Records, span: Period, kind: str) -> set[str]:
    """Participants of the year by offer: those with a named visit there."""
    return {person for occasion in occasions_of(records, span, kind) for person in occasion.participants}


def befriended(records: Records, span: Period) -> set[str]:
    """Young people with a day of an active match in the year."""
    return {match.person for match in records.matches if match.period.touches(span)} & young(records)


def participants(records: Records, span: Period) -> set[str]:
    """Young people with at least one of: an interview held, a named visit, a day of an active match, in the year."""
    people = {person for person, _ in interview_days(records, span)} | befriended(records, span)
    for channel in VISIT_CHANNELS:
        people |= met_at(records, span, channel)
    return people


def new_young_people(records: Records, span: Period) -> set[str]:
    """Those whose first interview ever held falls in the year; enquiries of unknown date make nobody new."""
    new = set()
    for person in young(records):
        held = [e for e in records.enquiries if e.person == person and e.held is not None]
        if held:
            first = min(held, key=lambda enquiry: enquiry.held or date.max)
            if first.held is not None and span.holds(first.held) and first.enquired is not None:
                new.add(person)
    return new


def completed(records: Records, span: Period) -> set[tuple[str, str]]:
    """Enrolments in talk groups closed in the year, present at two thirds of the group's held meetings or more."""
    done = set()
    for group in records.groups:
        if group.kind != "talk_group" or group.closed is None or not span.holds(group.closed):
            continue
        meetings = [occasion for occasion in records.occasions if occasion.activity == group.key]
        for person in {tie.person for tie in records.enrolments if tie.what == group.key}:
            present = sum(1 for meeting in meetings if person in meeting.participants)
            if meetings and 3 * present >= 2 * len(meetings):
                done.add((person, group.key))
    return done


def waiting(records: Records, span: Period) -> set[str]:
    """Young people waiting at the end of 31 December, which leaves out the waits that ended on that day."""
    last = last_day(span)
    return {w.person for w in records.waits if w.period.holds(last) and w.period.end != last} & young(records)


def volunteers(records: Records, span: Period) -> set[str]:
    """People with a volunteer role on at least one day of the year."""
    return {role.person for role in records.roles if role.period.touches(span)}


def new_volunteers(records: Records, span: Period) -> set[str]:
    """Those whose first role ever starts in the year; a role that has always been running makes nobody new."""
    new = set()
    for person in volunteers(records, span):
        first = min(role.period.start or date.min for role in records.roles if role.person == person)
        if span.holds(first):
            new.add(person)
    return new


def seats(records: Records, span: Period) -> set[tuple[str, str]]:
    """(leader, group) of the groups that held a meeting in the year, where the leader's period touches the year."""
    met = {o.activity for kind in ("talk_group", "network_group") for o in occasions_of(records, span, kind)}
    return {(t.person, t.what) for t in records.leaders if t.what in met and t.period.touches(span)}


def volunteer_ages(records: Records, span: Period) -> list[int]:
    """The volunteers' ages on the last day, in whole years."""
    known = [records.born[person] for person in volunteers(records, span) if person in records.born]
    return [age_on(born, last_day(span)) for born in known]


def moved_on(records: Records, span: Period) -> set[str]:
    """Young people with a step into another community dated in the year."""
    steps = set()
    for row in records.rows.get("onward", []):
        day = when(row.get("date", ""))
        if day is not None and span.holds(day):
            steps.add(records.person(row["person"]))
    return steps & young(records)


def partners(records: Records, span: Period) -> set[str]:
    """Partners active: those that were added (but as a venue, referrer or onward place), or named as the partner of an event. Without dates: always active."""
    added = {same_name(row["name"]): row for row in records.rows.get("partners", [])}
    named = {same_name(name) for row in records.rows.get("events", []) for name in several(row.get("partner", ""))}
    counted = named | {
        name for name, row in added.items() if row.get("kind", "") not in ("venue", "referrer", "onward") and not row.get("only_named")
    }
    return {name for name in counted if period_of(added.get(name, {})).touches(span)}


def kinds_of_partners(records: Records, span: Period) -> list[str]:
    """The kind of each partner that counts; empty if none was given."""
    added = {same_name(row["name"]): row for row in records.rows.get("partners", [])}
    return [added.get(name, {}).get("kind", "") for name in partners(records, span)]


def period_of(row: dict[str, str]) -> Period:
    """The period of a row with `from` and `to`."""
    return Period(when(row.get("from", "")), when(row.get("to", "")))


def same_name(name: str) -> str:
    """Names are compared without case, and without surrounding and double spaces."""
    return " ".join(name.split()).casefold()


def last_day(span: Period) -> date:
    """The last day of the period that is asked about."""
    assert span.end is not None
    return span.end


def age_on(born: str, day: date) -> int:
    """Whole years on a day; where only the year of birth is known, the difference of the years."""
    age = day.year - int(born[:4])
    birthday_to_come = len(born) > 4 and (day.month, day.day) < (int(born[5:7]), int(born[8:]))
    return age - 1 if birthday_to_come else age


def grants(records: Records, span: Period) -> int:
    """The grants' money in the period, by days: each day is its share of its own calendar year.

    Amounts up to a day are rounded half up; a period is the difference of two of them.
    """
    total = 0
    for row in records.rows.get("grants", []):
        period = period_of(row)
        first = max(period.start or date(2000, 1, 1), date(2000, 1, 1))
        last = min(period.end or date.max, last_day(span))
        assert span.start is not None
        before = min(period.end or date.max, span.start - timedelta(days=1))
        total += until(int(row["per_year"]), first, last) - until(int(row["per_year"]), first, before)
    return total


def until(per_year: int, first: date, last: date) -> int:
    """The kroner from a first day to a last one, halves up."""
    exact, day = Fraction(0), first
    while day <= last:
        end = min(last, date(day.year, 12, 31))
        exact += per_year * Fraction((end - day).days + 1, (date(day.year, 12, 31) - date(day.year - 1, 12, 31)).days)
        day = end + timedelta(days=1)
    return int(exact + Fraction(1, 2))


def branches(records: Records, span: Period) -> int:
    """The city counts from its first dated record on."""
    days = [day for e in records.enquiries for day in (e.enquired, e.held)]
    days += [occasion.day for occasion in records.occasions]
    days += [match.period.start for match in records.matches] + [role.period.start for role in records.roles]
    return int(any(day is not None and day <= last_day(span) for day in days))


def has_records(records: Records, span: Period) -> bool:
    """A year with records: an occasion, an enquiry, a match day or a role day in it."""
    return (
        any(span.holds(occasion.day) for occasion in records.occasions)
        or any(span.holds(day) for e in records.enquiries for day in (e.enquired, e.held) if day is not None)
        or any(match.period.touches(span) for match in records.matches)
        or any(role.period.touches(span) for role in records.roles)
    )


def events_held(records: Records, span: Period, kind: str) -> set[str]:
    """Events of that kind held, start date in the year, whatever their length."""
    held = {occasion.activity for occasion in records.occasions if occasion.kind == kind}
    return {event for event in held if span.holds(records.event_starts[event])}


def counted_figures(records: Records, span: Period) -> dict[str, Number]:
    """Every counted figure, as counted: what was reported is not looked at here."""
    talk, network = occasions_of(records, span, "talk_group"), occasions_of(records, span, "network_group")
    running = [match for match in records.matches if match.period.touches(span)]
    started = [match for match in records.matches if match.period.start and span.holds(match.period.start)]
    peers = {r.person for r in records.roles if r.what == "peer" and r.period.touches(span)}
    ages = volunteer_ages(records, span)
    enquired = [e for e in records.enquiries if e.enquired is not None and span.holds(e.enquired)]
    figures: dict[str, Number] = {
        "young_people": len(participants(records, span)),
        "young_people_new": len(new_young_people(records, span)),
        "young_people_befriended": len(befriended(records, span)),
        "enquiries": len(enquired),
        "intakes": len(interview_days(records, span)),
        "group_courses": len({meeting.activity for meeting in talk}),
        "group_meetings": len(talk),
        "group_completed": len(completed(records, span)),
        "network_groups": len({meeting.activity for meeting in network}),
        "network_meetings": len(network),
        "social_events": len(events_held(records, span, "social_event")),
        "online_events": len(events_held(records, span, "online_event")),
        "youth_meetings": len(events_held(records, span, "youth_meeting")),
        "intro_courses": len(events_held(records, span, "intro_course")),
        "volunteer_meetings": len(events_held(records, span, "volunteer_meeting")),
        "supervision_sessions": len(events_held(records, span, "supervision")),
        "training_sessions": len(events_held(records, span, "training")),
        "matches_new": len(started),
        "matches_active": len(running),
        "waiting_list": len(waiting(records, span)),
        "volunteers": len(volunteers(records, span)),
        "volunteers_new": len(new_volunteers(records, span)),
        "peer_supporters": len(peers),
        "befrienders": len({match.volunteer for match in running}),
        "leader_seats": len(seats(records, span)),
        "volunteer_age_min": min(ages, default=None),
        "volunteer_age_max": max(ages, default=None),
        "moved_on": len(moved_on(records, span)),
        "partners": len(partners(records, span)),
        "grants_dkk": grants(records, span),
        "branches": branches(records, span),
    }
    return figures | visit_figures(records, span)


def visit_figures(records: Records, span: Period) -> dict[str, Number]:
    """A visit is one participant at one occasion; unnamed visits are participants counted but not named."""
    interviews = len(interview_days(records, span))
    figures: dict[str, Number] = {"visits_intake": interviews}
    named, unnamed = interviews, 0
    for channel in VISIT_CHANNELS:
        occasions = occasions_of(records, span, channel)
        named_here = sum(len(occasion.participants) for occasion in occasions)
        unnamed_here = sum(occasion.unnamed for occasion in occasions)
        figures[f"young_people_{channel}"] = len(met_at(records, span, channel))
        figures[f"visits_{channel}"] = named_here + unnamed_here
        named, unnamed = named + named_here, unnamed + unnamed_here
    return figures | {"visits": named + unnamed, "visits_named": named, "visits_unnamed": unnamed}


def reported_figures(records: Records, span: Period) -> dict[str, Number]:
    """The values entered by hand for the year, whatever they are of."""
    rows = [row for row in records.rows.get("figures", []) if span.is_year(int(row["year"]))]
    return {row["key"]: float(row["value"].replace(",", ".")) for row in rows}
