"""Reads the rows of text of one city into plain lists, for the recount. Nothing here comes from the program."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta

Row = dict[str, str]
City = dict[str, list[Row]]

YES = ("yes", "ja", "x", "1", "true")
HEALTH = ("diagnosis", "treatment", "suicidal_thoughts", "loneliness")
CHANNELS = {
    "talk": "talk_group",
    "network": "network_group",
    "social": "social_event",
    "online": "online_event",
    "youth_meeting": "youth_meeting",
}


@dataclass(frozen=True)
class Period:
    """From its first to its last day; no first day: always been running; no last day: still running."""

    start: date | None
    end: date | None

    def holds(self, day: date) -> bool:
        """A period includes its first and its last day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def touches(self, span: Period) -> bool:
        """On at least one day of another period."""
        first, last = span.start or date.min, span.end or date.max
        return (self.start is None or self.start <= last) and (self.end is None or first <= self.end)

    def is_year(self, year: int) -> bool:
        """Whether it is exactly that calendar year."""
        return (self.start, self.end) == (date(year, 1, 1), date(year, 12, 31))


def year_span(year: int) -> Period:
    """A calendar year."""
    return Period(date(year, 1, 1), date(year, 12, 31))


@dataclass(frozen=True)
class Enquiry:
    """One row of `intakes`: an enquiry, with its interview where one was held, and the answers given."""

    person: str
    enquired: date | None
    held: date | None
    answers: Row

    @property
    def first_day(self) -> date:
        """The day from which this person is someone with an enquiry; of unknown date: always."""
        return self.enquired or date.min

    @property
    def answered_on(self) -> date:
        """An answer is dated by its interview, else by its enquiry; with neither it is the oldest."""
        return self.held or self.enquired or date.min


@dataclass(frozen=True)
class Tie:
    """A person tied to something for a period: a role, the lead of a group, or an enrolment in one."""

    person: str
    what: str
    period: Period


@dataclass(frozen=True)
class Match:
    """A Hjerteven: one young person, one volunteer."""

    person: str
    volunteer: str
    period: Period


@dataclass(frozen=True)
class Occasion:
    """A held group meeting, or a held day of an event."""

    kind: str
    activity: str
    day: date
    participants: frozenset[str]
    unnamed: int
    programmes: frozenset[str]
    volunteers: frozenset[str] = frozenset()
    named_volunteers: frozenset[str] = frozenset()
    hours: float = 0


@dataclass(frozen=True)
class Group:
    """A talk group or a network group."""

    key: str
    kind: str
    closed: date | None


@dataclass
class Records:
    """All that one city has written down."""

    born: dict[str, str] = field(default_factory=dict)
    recruited: dict[str, str] = field(default_factory=dict)
    enquiries: list[Enquiry] = field(default_factory=list)
    roles: list[Tie] = field(default_factory=list)
    leaders: list[Tie] = field(default_factory=list)
    enrolments: list[Tie] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    event_starts: dict[str, date] = field(default_factory=dict)
    organisers: dict[str, set[str]] = field(default_factory=dict)
    joint: set[str] = field(default_factory=set)
    activities: dict[str, str] = field(default_factory=dict)
    occasions: list[Occasion] = field(default_factory=list)
    matches: list[Match] = field(default_factory=list)
    waits: list[Tie] = field(default_factory=list)
    rows: City = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def person(self, text: str) -> str:
        """The full name of whom a cell names, by number or by full name."""
        return self.names.get(text, text)

    def people(self, cell: str) -> list[str]:
        """Everyone a list names: `1,4-7`, `1|4|7`, full names too; `none` is nobody."""
        if cell in ("", "none"):
            return []
        named = []
        for token in cell.replace("|", ",").split(","):
            first, dash, last = token.strip().partition("-")
            if dash and first.isdigit() and last.isdigit():
                named += [self.person(str(number)) for number in range(int(first), int(last) + 1)]
            else:
                named.append(self.person(token.strip()))
        return named

    def at_occasion(self, there: set[str], day: date, standing: set[str], named_volunteers: set[str]) -> frozenset[str]:
        """The participants of an occasion: everyone there, apart from those there as a volunteer.

        Someone is there as a volunteer if they hold a volunteer role on that day and are organiser or leader
        of it (or are named as a volunteer) or have no enquiry on or before that day; or if they have no enquiry at all.
        """
        participants = set()
        for person in there:
            enquiries = [e for e in self.enquiries if e.person == person]
            enquired = any(e.first_day <= day for e in enquiries)
            in_role = any(role.person == person and role.period.holds(day) for role in self.roles)
            as_volunteer = not enquiries or (in_role and (person in standing or person in named_volunteers or not enquired))
            if not as_volunteer:
                participants.add(person)
        return frozenset(participants)


def when(text: str) -> date | None:
    """The date of a cell; empty or `unknown`: none is known."""
    return None if text in ("", "unknown") else date.fromisoformat(text)


def several(cell: str) -> list[str]:
    """The values of a cell that may hold several."""
    return [value for value in cell.split("|") if value]


def read(city: City) -> Records:
    """Everything in the rows of a city, in an order in which each row finds what it refers to."""
    records = Records(rows=city)
    for row in city.get("intakes", []) + city.get("volunteers", []):
        if row.get("ref"):
            records.names[row["ref"]] = row["name"]
        if row.get("born"):
            records.born[row["name"]] = row["born"]
    for row in city.get("intakes", []):
        enquired, held = when(row.get("enquired", "")), when(row.get("held", ""))
        records.enquiries.append(Enquiry(row["name"], enquired, held, row))
    _withdraw_consents(records)
    _read_roles(records)
    _read_groups(records)
    _read_meetings(records)
    _read_events(records)
    for row in city.get("matches", []):
        period = Period(when(row.get("date", "")), when(row.get("ended", "")))
        pair = records.person(row["person"]), records.person(row["volunteer"])
        records.matches.append(Match(*pair, period))
    _read_waits(records)
    return records


def _withdraw_consents(records: Records) -> None:
    """Answers about health rest on a consent: where it was withdrawn, those given until then are gone."""
    for row in records.rows.get("consents", []):
        withdrawn = when(row.get("withdrawn", ""))
        if row["purpose"] == "health_data" and withdrawn:
            for place, enquiry in enumerate(records.enquiries):
                if enquiry.person == records.person(row["person"]) and enquiry.answered_on <= withdrawn:
                    kept = {column: cell for column, cell in enquiry.answers.items() if column not in HEALTH}
                    records.enquiries[place] = Enquiry(enquiry.person, enquiry.enquired, enquiry.held, kept)


def _read_roles(records: Records) -> None:
    """A volunteer holds each role of their row from the day they joined until they left; other roles as they say."""
    for row in records.rows.get("volunteers", []):
        records.recruited[row["name"]] = row.get("recruited_through", "")
        period = Period(when(row.get("joined", "")), when(row.get("left", "")))
        records.roles += [Tie(row["name"], role, period) for role in several(row.get("role", ""))]
    for row in records.rows.get("roles", []):
        period = Period(when(row.get("from", "")), when(row.get("to", "")))
        records.roles.append(Tie(records.person(row["volunteer"]), row["role"], period))


def _read_groups(records: Records) -> None:
    """Groups, those who lead them (from their start where nothing else is said), and those enrolled in them."""
    for row in records.rows.get("groups", []):
        records.groups.append(Group(row["ref"], CHANNELS[row["kind"]], when(row.get("closed", ""))))
        period = Period(when(row["start"]), None)
        records.leaders += [Tie(person, row["ref"], period) for person in records.people(row.get("leader", ""))]
    for row in records.rows.get("leaders", []):
        period = Period(when(row.get("from", "")), when(row.get("to", "")))
        records.leaders.append(Tie(records.person(row["person"]), row["group"], period))
    for row in records.rows.get("enrolments", []):
        period = Period(when(row.get("date", "")), when(row.get("until", "")))
        records.enrolments.append(Tie(records.person(row["person"]), row["group"], period))


def _read_meetings(records: Records) -> None:
    """Meetings that were logged are held, even with nobody named; cancelled and only planned ones never count.

    Leaders of the day are there, unless `volunteers` says otherwise; `absent`: everyone enrolled but these.
    """
    groups = {row["ref"]: row for row in records.rows.get("groups", [])}
    for row in records.rows.get("meetings", []):
        day = when(row["date"])
        if day is None or row.get("planned") in YES or row.get("cancelled") in YES:
            continue
        group = row["group"]
        leaders = {tie.person for tie in records.leaders if tie.what == group and tie.period.holds(day)}
        volunteers = set(records.people(row.get("volunteers", "")))
        present = set(records.people(row.get("present", "")))
        if row.get("absent"):
            enrolled = {tie.person for tie in records.enrolments if tie.what == group and tie.period.holds(day)}
            present = enrolled - set(records.people(row["absent"])) - set(records.people(row.get("excused", "")))
        there = present | (volunteers if row.get("volunteers") else leaders)
        participants = records.at_occasion(there, day, leaders, volunteers)
        records.occasions.append(
            Occasion(
                kind=CHANNELS[groups[group]["kind"]],
                activity=group,
                day=day,
                participants=participants,
                volunteers=frozenset(there) - participants,
                unnamed=int(row.get("unnamed") or 0),
                programmes=frozenset(several(groups[group].get("programme", ""))),
            )
        )


def _read_events(records: Records) -> None:
    """A four-day trip is one event and four occasions; its row applies to each day, and `attendance` corrects one."""
    corrections = {(row["event"], row["date"]): row for row in records.rows.get("attendance", [])}
    for number, row in enumerate(records.rows.get("events", [])):
        event = row.get("ref") or f"event without a number {number}"
        start = date.fromisoformat(row["date"])
        end = when(row.get("until", "")) or start
        organisers = set(records.people(row.get("organiser", "")))
        records.event_starts[event] = start
        records.organisers[event] = organisers
        records.activities[event] = row.get("activity", "")
        if row.get("joint"):
            records.joint.add(event)
        for step in range((end - start).days + 1):
            day = start + timedelta(days=step)
            # An empty cell of a correction means no change, so the event's own cell counts.
            said = row | {k: v for k, v in corrections.get((event, day.isoformat()), {}).items() if v}
            if said.get("planned") in YES or said.get("cancelled") in YES:
                continue
            volunteers, present = set(records.people(said.get("volunteers", ""))), set(records.people(said.get("present", "")))
            if not corrections.get((event, day.isoformat()), {}).get("present"):
                present -= set(records.people(row.get("volunteers", "")))  # whoever is in both lists was named as a volunteer
            there = volunteers | present
            took_part = records.at_occasion(there, day, organisers, volunteers)
            records.occasions.append(
                Occasion(
                    kind=CHANNELS.get(row["kind"], row["kind"]),
                    activity=event,
                    day=day,
                    participants=took_part,
                    volunteers=frozenset(there) - took_part,
                    named_volunteers=frozenset(volunteers),
                    unnamed=int(said.get("unnamed") or 0),
                    programmes=frozenset(several(row.get("programme", ""))),
                    hours=float((row.get("hours") or "0").replace(",", ".")),
                )
            )


def _read_waits(records: Records) -> None:
    """A wait ends on its own last day, or earlier with a match of that person, or when that person leaves."""
    for row in records.rows.get("waiting", []):
        person, since = records.person(row["person"]), when(row.get("since", ""))
        ends = [when(row.get("until", ""))]
        ends += [match.period.start for match in records.matches if match.person == person]
        ends += [when(left.get("date", "")) for left in records.rows.get("leaving", []) if records.person(left["person"]) == person]
        later = [end for end in ends if end is not None and (since is None or since <= end)]
        records.waits.append(Tie(person, "waiting", Period(since, min(later, default=None))))
