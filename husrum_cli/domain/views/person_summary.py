"""The summary of a person, to be read in ten seconds: who, since when, what is next, how they come, what is missing."""

from __future__ import annotations

from typing import Any

from ...i18n import NP_, _, counts, language, long_day, many, short_day
from ...input.dates import month_names, today
from ...records.person_summary import NextStep, PersonSummary, Strip, SummarySection
from ...store import Store
from ...vocabulary import ATTEST, GOAL_OUTCOME, PURPOSE, ROLE, Codes, label
from ..befriending.matches import FOREVER
from ..people.ages import OF_AGE, age_in_words, age_on
from ..people.lookup import Person
from ..volunteers.hours import hours_in_words
from . import agenda
from .pages import EXCUSED, THERE, Page, excused_sign
from .person_page import group_name, last_months, meetings_of

_LEADING = ("leader", "peer", "organiser")
"""Roles in which somebody leads meetings or organises events."""


def person_summary(store: Store, person: Person, page: Page) -> PersonSummary:
    """Return the summary. page: the same person's, whose facts it uses."""
    day = today()
    ages = age_on(person.born, day)
    under_age = ages is not None and ages[1] < OF_AGE
    sections = (
        *_befriending(store, person, day),
        *_goals(page.facts["goals"]),
        *_volunteering(store, person, page.facts),
        *_consents(store, person),
        *_missing(store, person, page.facts),
    )
    return PersonSummary(
        name=person.display_name,
        aside=_aside(person, ages),
        alert=_("under 18: stricter duty to notify the municipality") if under_age else "",
        since=(*_contacts(page.facts), *_since(store, person, page.facts)),
        steps=tuple(_steps(store, person, page.facts, day)),
        months=_months(page),
        strips=tuple(_strips(store, person, day)),
        sections=sections,
        more=_("All of it: {command}", command=f"husrum person show {person.number} --history"),
    )


def _word(codes: Codes, code: str) -> str:
    return label(codes, code, language()).lower()


def _day(day: str | None) -> str:
    """Return a day as it is written if there is little room."""
    return short_day(day) if day else _("an unknown date")


def _aside(person: Person, ages: tuple[int, int] | None) -> str:
    if ages is None or person.born is None:
        return ""
    return _("{age} years, born {born}", age=age_in_words(ages), born=long_day(person.born))


def _contacts(facts: dict[str, Any]) -> list[str]:
    contacts = " · ".join(each for each in (facts["phone"], facts["email"]) if each)
    called = [_("Called {name}", name=facts["called"])] if facts["called"] else []
    return [*called, *([contacts] if contacts else [])]


def _since(store: Store, person: Person, facts: dict[str, Any]) -> list[str]:
    """Describe when they came, and when they left."""
    enquired = store.row("SELECT count(*) AS number, min(enquired) AS first, min(held) AS held FROM intakes WHERE person_id = ?", person.id)
    assert enquired is not None
    parts = []
    if enquired["number"]:
        parts.append(_("Enquired on {date}", date=enquired["first"] or _("an unknown date")))
        if enquired["held"]:
            parts.append(_("interview on {date}", date=enquired["held"]))
    if facts["joined"]:
        text = _("volunteer since {date}", date=facts["joined"])
        parts.append(text if parts else text[:1].upper() + text[1:])
    left = store.value("SELECT max(date) FROM leaving WHERE person_id = ?", person.id)
    here = store.value("SELECT 1 FROM here WHERE person_id = ? AND ends > ?", person.id, today())
    if left and not here:
        parts.append(_("left on {date}", date=left))
    return [", ".join(parts)] if parts else []


def _steps(store: Store, person: Person, facts: dict[str, Any], day: str) -> list[NextStep]:
    """Return the next steps: first what is due, then what is planned."""
    due = [] if store.national else agenda.items_about(store, day, person.number)
    steps = [NextStep(item["date"], _step(item), item["command"], True) for item in due if person.branch_id == store.home]
    reminded = facts["reminder"]
    if reminded and reminded > day:
        steps.append(NextStep(reminded, _("reminder"), f"husrum person reminded {person.number}", False))
    if facts["next_meeting"]:
        date, ref, *title = facts["next_meeting"].split(" ")
        steps.append(
            NextStep(date, " ".join((ref, *title)), f"husrum group show {ref}" if ref[0] == "G" else f"husrum event show {ref}", False)
        )
    return steps


def _step(item: dict[str, Any]) -> str:
    if not item["paper"]:
        return _(item["what"])
    paper = _word(ATTEST, item["paper"])
    return _("{paper} lapses", paper=paper) if item["what"] == "paper lapses" else _("{paper} is missing", paper=paper)


def _months(page: Page) -> tuple[tuple[str, ...], tuple[tuple[str, tuple[int, ...]], ...]]:
    """Return the names of the last twelve months, and how often they came in each, of what they came to."""
    records = page.parts["months"].records
    months = [key for key in page.parts["months"].columns if key not in ("activity", "came")]
    names = (*(page.parts["months"].columns[month] for month in months), page.parts["months"].columns["came"])
    return names, tuple((each["activity"], tuple(each[month] for month in (*months, "came"))) for each in records)


def _strips(store: Store, person: Person, day: str) -> list[Strip]:
    """Return the groups they were in within the last twelve months."""
    names, first = month_names(language()), last_months(day)[0]
    excused = excused_sign()
    strips = []
    for row, signs in meetings_of(store, person):
        if not signs or signs[-1][0][:7] < first or min(row["ends"] or "~", row["closed"] or "~") < first:
            continue
        months: dict[str, str] = {}
        for date, sign in signs:
            if first <= date[:7] and date <= day:
                months[date[:7]] = months.get(date[:7], "") + (excused if sign == EXCUSED else sign)
        came = sum(sign == THERE for _date, sign in signs)
        shown = tuple((names[int(month[5:]) - 1][:3], each) for month, each in months.items())
        strips.append(Strip(group_name(row), f"{came}/{len(signs)}", shown))
    return strips


def _befriending(store: Store, person: Person, day: str) -> list[SummarySection]:
    lines = []
    match = """SELECT other.number, ifnull(other.name, '') AS name, matches.starts, matches.ends, matches.person_id = ?1 AS young,
            (SELECT max(date) FROM contacts WHERE person_id = matches.person_id AND date BETWEEN ifnull(matches.starts, '') AND ?2) AS contact,
            (SELECT max(date) FROM pair_meetings WHERE match_id = matches.id AND date <= ?2) AS met
        FROM matches JOIN people AS other ON other.id = iif(matches.person_id = ?1, volunteer_id, matches.person_id)
        WHERE ?1 IN (matches.person_id, volunteer_id) ORDER BY matches.ends IS NOT NULL, ifnull(matches.ends, matches.starts) DESC LIMIT 3"""
    for row in store.rows(match, person.id, day):
        who = f"{row['number']} {row['name']}".strip()
        since = _day(row["starts"])
        if row["ends"] and row["ends"] <= day:
            lines.append(_("{who}, from {start} to {end}", who=who, start=since, end=_day(row["ends"])))
            continue
        more = [
            *([_("to end on {date}", date=_day(row["ends"]))] if row["ends"] else []),
            *([_("last met on {date}", date=_day(row["met"]))] if row["met"] else []),
            *([_("last contact on {date}", date=_day(row["contact"]))] if row["contact"] else []),
        ]
        lines.append("; ".join((_("{who}, since {date}", who=who, date=since), *more)))
    waiting = store.value("SELECT ifnull(starts, '') FROM waiting WHERE person_id = ? AND ends = ?", person.id, FOREVER)
    if waiting is not None:
        lines.append(_("waits since {date}", date=_day(waiting)))
    offers = store.value("SELECT capacity FROM offers WHERE person_id = ? AND ifnull(ends, '~') > ?", person.id, today())
    if offers:
        lines.append(many("offers to be one, to {number} young person", "offers to be one, to {number} young people", offers))
    return [SummarySection(_("Hjerteven"), tuple(lines))] if lines else []


def _goals(goals: dict[str, int]) -> list[SummarySection]:
    if not goals:
        return []
    words = [f"{number} {_word(GOAL_OUTCOME, outcome)}" for outcome, number in goals.items() if outcome != "open"]
    if goals.get("open"):
        words.append(many("{number} is open", "{number} are open", goals["open"]))
    return [SummarySection(_("Goals"), (", ".join(words),))]


def _volunteering(store: Store, person: Person, facts: dict[str, Any]) -> list[SummarySection]:
    sections = []
    roles = store.rows("SELECT role, starts, ends FROM roles WHERE person_id = ? ORDER BY ends IS NOT NULL, starts", person.id)
    running = [_("{role} since {date}", role=_word(ROLE, row["role"]), date=_day(row["starts"])) for row in roles if not row["ends"]]
    past = [_("{role} until {date}", role=_word(ROLE, row["role"]), date=_day(row["ends"])) for row in roles if row["ends"]]
    if roles:
        sections.append(SummarySection(_("Roles"), (", ".join(running or past),)))
    if "papers" not in facts:
        return sections
    papers = []
    for paper in facts["papers"]:
        what = _word(ATTEST, paper["paper"])
        seen = _("{paper} {date}", paper=what, date=_day(paper["seen"])) if paper["seen"] else _("{paper} (date unknown)", paper=what)
        papers.append(_("{paper} (until {date})", paper=seen, date=_day(paper["lapses"])) if paper["lapses"] else seen)
    if papers:
        sections.append(SummarySection(_("Papers"), (", ".join(papers),)))
    if running or facts["led"]:
        year = facts["this_year"]
        done = [
            *counts(
                (year["meetings"], NP_("{number} meeting of a group", "{number} meetings of groups")),
                (year["events"], NP_("{number} event", "{number} events")),
                (year["pairs"], NP_("{number} meeting with a young person", "{number} meetings with a young person")),
                (year["own"], NP_("{number} meeting for volunteers", "{number} meetings for volunteers")),
            ),
            *([hours_in_words(year["hours"])] if year["hours"] else []),
        ]
        leads = any(row["role"] in _LEADING for row in roles if not row["ends"])
        last = [
            *([_("led last on {date}", date=_day(facts["led"]))] if facts["led"] else [_("has led nothing yet")] if leads else []),
            _("supervision last on {date}", date=_day(facts["supervised"])) if facts["supervised"] else _("no supervision yet"),
        ]
        sections.append(SummarySection(_("This year"), (", ".join(done) or _("nothing yet"), ", ".join(last))))
    return sections


def _consents(store: Store, person: Person) -> list[SummarySection]:
    rows = store.rows(
        "SELECT purpose, min(given) AS given, max(withdrawn IS NULL) AS valid, max(withdrawn) AS withdrawn FROM consents WHERE person_id = ? GROUP BY purpose ORDER BY min(id)",
        person.id,
    )
    words = [
        _word(PURPOSE, row["purpose"])
        if row["valid"]
        else _("{purpose} withdrawn on {date}", purpose=_word(PURPOSE, row["purpose"]), date=_day(row["withdrawn"]))
        for row in rows
    ]
    return [SummarySection(_("Consents"), (", ".join(words),))] if words else []


def _missing(store: Store, person: Person, facts: dict[str, Any]) -> list[SummarySection]:
    """List the facts that are not recorded. What is to be done about it is among the steps."""
    if person.name is None:  # anonymised, or in a national file
        return []
    words = [
        *([] if facts["born"] or not store.value("SELECT 1 FROM intakes WHERE person_id = ?", person.id) else [_("birth date")]),
        *([] if facts["phone"] or facts["email"] else [_("phone and e-mail")]),
    ]
    return [SummarySection(_("Missing"), (", ".join(words),), alert=True)] if words else []
