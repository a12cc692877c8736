"""Chapters about HUSRUM and what it offers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...domain.figures.details import VISIT_CHANNELS
from ...i18n import _, language
from ...input.dates import month_names
from ...input.text import lines_of
from ...records.report import Block, Bullets, Chart, Paragraph, Series, TextRun
from ...render.phrases import number_text
from ...vocabulary import AGREEMENT, OFFER, label
from .blocks import bar_chart, heading, panel_chart, text_paragraph
from .content import Content, with_charts
from .prose import Part, Phrase, days_text, fill_template, in_sentence, kroner, list_names, list_phrases, paragraph, plain_run

# More names than these nobody reads in a sentence.
_MOST_VENUES, _MOST_ACTIVITIES, _MOST_TRIPS = 8, 6, 8
_WAITING = ("waiting_list", "matches_active", "matches_new")
_OFFERS = tuple(f"young_people_{offer}" for offer in (*VISIT_CHANNELS[1:], "befriended"))


def introduction_blocks(content: Content) -> Iterator[Block]:
    """Introduce the purpose of HUSRUM."""
    say, youngest, oldest = content.prose.say, *content.facts.ages
    yield from paragraph(
        say(
            _("{husrum} is a community, run by volunteers, for lonely and vulnerable young people aged {youngest}–{oldest}."),
            youngest=str(youngest),
            oldest=str(oldest),
        ),
        say(
            _("The aim is to prevent and ease loneliness, mental vulnerability and suicidal thoughts, through company and good relations.")
        ),
        say(_("{share} of those who took part are severely lonely."), share=content.prose.share("loneliness_severe")),
    )
    yield text_paragraph(
        _(
            "Loneliness is the feeling of missing the closeness and the company one wishes for. For a short time everybody knows it; if it lasts, it wears on body and mind. That is why a community to belong to is a help in itself, next to treatment if that is needed."
        )
    )


def purpose_blocks(content: Content) -> Iterator[Block]:
    """Yield organisation, premises, grants and reach."""
    prose, say = content.prose, content.prose.say
    cities = content.source.nation[-1].branches if content.source.nation else ()
    yield from paragraph(
        say(_("{husrum} has communities in {cities}."), cities=list_names(content.record.branches))
        if content.several
        else say(_("{husrum} is a part of HUSRUM Denmark, which has the same offers in {cities}."), cities=list_names(cities))
        or say(_("{husrum} is a part of HUSRUM Denmark, whose communities have the same offers in every city.")),
        say(_("It is carried by {volunteers}."), volunteers=prose.phrase("{number} volunteer", "{number} volunteers", "volunteers")),
        say(_("The coordinators' positions come to {coordinator_positions} full-time equivalents."))
        if prose.has("coordinator_positions")
        else None,
    )
    if content.facts.contact:
        yield heading(_("Contact"))
        lines = lines_of(content.facts.contact.replace("|", "\n"))
        runs = [run for place, line in enumerate(lines) for run in ((TextRun("\n"),) if place else ()) + (TextRun(line.strip()),)]
        yield Paragraph(tuple(runs))
    if content.facts.venues:
        yield heading(_("Premises"))
        venues = content.facts.venues
        shown = [*venues[:_MOST_VENUES], *([_("other places")] if len(venues) > _MOST_VENUES else [])]
        yield from paragraph(say(_("Groups and events have been held here: {venues}."), venues=list_names(shown)))
    yield from _financing(content)
    reach = [
        prose.phrase("{number} follows {husrum} on Facebook", "{number} follow {husrum} on Facebook", "facebook_followers"),
        prose.phrase("{number} is in a city's Facebook group", "{number} are in the cities' Facebook groups", "facebook_group_members")
        if content.several
        else prose.phrase("{number} is in its Facebook group", "{number} are in its Facebook group", "facebook_group_members"),
        prose.phrase("{number} is on Discord", "{number} are on Discord", "discord_members"),
    ]
    if any(reach):
        yield heading(_("Reach"))
        yield from paragraph(say("{reach}.", reach=list_phrases([each for each in reach if each], clauses=True)))


def _financing(content: Content) -> Iterator[Block]:
    if not content.prose.has("grants_dkk"):
        return
    yield heading(_("Financing"))
    grants = []
    for grant in [each for use in content.details.grants for each in use.funders] if not content.several else []:
        place, funder, agreement, amount = grant
        words = f" ({in_sentence(label(AGREEMENT, agreement, language()))})" if agreement else ""
        grants.append(
            fill_template(
                _("{amount} kr. from {funder}"),
                {
                    "amount": (TextRun(kroner(amount), f"grants_dkk.grant_{place}"),),
                    "funder": f"{funder}{words}" if funder else words.strip(" ()"),
                },
            )
        )
    listed = list_phrases([each for each in grants if each])
    yield from paragraph(
        content.prose.say(_("{when}, the grants of {husrum} came to {grants_dkk} kr.: {grants}."), grants=listed)
        if len(grants) > 1
        else content.prose.say(_("{when}, {husrum} had a grant of {grants}."), grants=listed)
        if grants
        else content.prose.say(_("{when}, the grants of {husrum} came to {grants_dkk} kr."))
    )


def activity_blocks(content: Content) -> Iterator[Block]:
    """Yield interviews, groups and events."""
    prose, say, phrase = content.prose, content.prose.say, content.prose.phrase
    yield text_paragraph(_("Young people choose freely between talk groups, social events and a Hjerteven, and may combine them."))
    if prose.has("intakes") or prose.has("enquiries"):
        yield heading(_("Interviews"))
        interviews = phrase("{number} interview", "{number} interviews", "intakes")
        asked = phrase("{number} enquiry", "{number} enquiries", "enquiries")
        yield from paragraph(
            plain_run(_("Everybody begins with an interview with a coordinator, where wishes and possibilities are made clear.")),
            say(_("{when}, there were {enquiries} and {intakes}."), enquiries=asked, intakes=interviews)
            or say(_("{when}, there were {intakes}."), intakes=interviews)
            or say(_("{when}, there were {enquiries}."), enquiries=asked),
            say(
                _("Half of the young people waited at most {days} for it."),
                days=phrase("{number} day", "{number} days", "interview_wait_median"),
            ),
        )
    yield from _groups(content)
    yield from _events(content)


def _groups(content: Content) -> Iterator[Block]:
    prose, say, phrase = content.prose, content.prose.say, content.prose.phrase
    if prose.has("group_courses"):
        yield heading(_("Talk groups"))
        yield from paragraph(
            plain_run(
                _(
                    "A talk group is a course of weekly meetings, where volunteer leaders help the young people to put what is hard into words."
                )
            ),
            say(
                _("{when}, there were {courses}{each} with {meetings} in all."),
                each=_meetings_of_each(content),
                courses=phrase("{number} talk group course", "{number} talk group courses", "group_courses"),
                meetings=phrase("{number} meeting", "{number} meetings", "group_meetings"),
            ),
            say(
                _("On average there were {people} and {leaders} per group."),
                people=phrase("{number} young person", "{number} young people", "talk_group_participants_mean"),
                leaders=phrase("{number} group leader", "{number} group leaders", "talk_group_leaders_mean"),
            ),
            say(
                _("{completed} a course, with at least two meetings out of three."),
                completed=phrase("{number} young person completed", "{number} young people completed", "group_completed"),
            ),
            say(
                _("Of {goals_set} that the young people set themselves, {goals_reached} were reached."),
                goals_set=phrase("{number} goal", "{number} goals", "goals_set"),
            ),
        )
        yield from paragraph(say(_("Every week has its theme: {themes}."), themes=list_names(map(in_sentence, content.facts.themes))))
    if prose.has("network_groups"):
        yield heading(_("Network groups"))
        yield from paragraph(
            plain_run(_("A network group goes on after a talk group, with more and more responsibility for the young people themselves.")),
            say(
                _("{when}, {groups} met {times}."),
                groups=phrase("{number} network group", "{number} network groups", "network_groups"),
                times=phrase("{number} time", "{number} times", "network_meetings"),
            ),
        )


def _meetings_of_each(content: Content) -> str:
    """Return how many meetings each talk group had, if all had as many."""
    courses, meetings = (content.prose.fields(key)["value"] or 0 for key in ("group_courses", "group_meetings"))
    each = content.facts.course_meetings
    return _(" of {number} meetings", number=each) if each > 1 < courses and courses * each == meetings else ""


def _events(content: Content) -> Iterator[Block]:
    prose, say, phrase = content.prose, content.prose.say, content.prose.phrase
    if prose.has("social_events"):
        yield heading(_("Social events"))
        yield from paragraph(
            plain_run(_("Social events are where young people practise being together with others, in safe surroundings.")),
            say(
                _("{when}, {events} held{participants}."),
                events=phrase("{number} social event was", "{number} social events were", "social_events"),
                participants=_participants(content),
            ),
            say(_("Most often it was {activities}."), activities=prose.answers("activity", _MOST_ACTIVITIES)),
            say(
                _("{events} planned together with young people."),
                events=phrase("{number} of them was", "{number} of them were", "events_with_young_organisers"),
            ),
        )
        programmes = prose.spreads["programme"].numbers if "programme" in prose.spreads else {}
        yield from paragraph(*(_programme(content, code) for code in programmes))
    if prose.has("youth_meetings"):
        yield heading(_("Youth meetings"))
        yield from paragraph(
            say(
                _("At {meetings}, the young people have been able to suggest what should be changed or done better."),
                meetings=phrase("{number} youth meeting", "{number} youth meetings", "youth_meetings"),
            )
        )
    if prose.has("joint_events") or content.facts.trips:
        yield heading(_("Trips, and events together with other cities"))
        year = content.record.year
        trips = [f"{trip.title} ({days_text(trip.first, trip.last, year is None)})" for trip in content.facts.trips[:_MOST_TRIPS]]
        yield from paragraph(
            say(
                _("{events} held together with other cities, online ones included."),
                events=phrase("{number} event was", "{number} events were", "joint_events"),
            ),
            say(_("Trips and joint days were {trips}."), trips=list_names(trips)),
        )
    if prose.has("online_events"):
        yield heading(_("Online"))
        yield from paragraph(
            say(
                _("On Discord, where young people from all the cities meet, {events} held, with {visits} in all."),
                events=phrase("{number} online event was", "{number} online events were", "online_events"),
                visits=phrase("{number} visit", "{number} visits", "visits_online_event"),
            ),
        )


def _participants(content: Content) -> Phrase | str:
    fewest, most = (content.prose.fields(f"event_participants_{measure}")["value"] for measure in ("min", "max"))
    if fewest == most:
        return content.prose.say(_(" with {event_participants_max} participants each time")) or ""
    return content.prose.say(_(" with {event_participants_min}–{event_participants_max} participants each time")) or ""


def _programme(content: Content, code: str) -> Phrase | None:
    """Return a sentence about a programme, such as the summer's."""
    name, numbers = content.prose.spreads["programme"].numbers[code]
    phrase = content.prose.phrase

    def rounded(part: str) -> Any:
        value = numbers.get(part)
        return {"value": value, "approximate": True} if content.record.threshold and isinstance(value, int) else value

    parts: dict[str, Part] = {
        "occasions": phrase("{number} occasion", "{number} occasions", f"programme.{code}.occasions", numbers.get("occasions")),
        "times": phrase("{number} time", "{number} times", f"programme.{code}.visits", rounded("visits")),
        "people": phrase("{number} young person", "{number} young people", f"programme.{code}.young_people", rounded("young_people")),
    }
    if numbers.get("occasions") == 1:
        return content.prose.say(_("“{programme}” was {occasions} with {people}."), programme=name, **parts)
    return content.prose.say(
        _("“{programme}” was {occasions}, where {people} came {times} in all."), programme=name, **parts
    ) or content.prose.say(_("“{programme}” was {occasions}."), programme=name, **parts)


def befriending_blocks(content: Content) -> Iterator[Block]:
    """Yield matches, the waiting list, and whether there are enough volunteers."""
    prose, say, phrase = content.prose, content.prose.say, content.prose.phrase
    if not any(prose.has(key) for key in (*_WAITING, "befrienders_free")):
        return
    waiting = phrase(
        "{number} young person was waiting for a Hjerteven", "{number} young people were waiting for a Hjerteven", "waiting_list"
    )
    free = phrase("{number} befriender was free", "{number} befrienders were free", "befrienders_free")
    drawn = len([year for year in content.years if year]) > 1
    chart = panel_chart("waiting", content.since(_("Hjerteven")), content.years, _WAITING) if drawn else None
    yield from with_charts(
        [
            plain_run(_("A Hjerteven is one adult volunteer for one young person, in a relation that is meant to last.")),
            say(
                _("{when}, {new}, and {active} in the course of it."),
                new=phrase("{number} new match was made", "{number} new matches were made", "matches_new"),
                active=phrase("{number} was active", "{number} were active", "matches_active"),
            )
            or say(_("{when}, {active}."), active=phrase("{number} match was active", "{number} matches were active", "matches_active")),
            say(
                "{befrienders}.",
                befrienders=phrase(
                    "{number} volunteer was a young person's Hjerteven",
                    "{number} volunteers were a young person's Hjerteven",
                    "befrienders",
                ),
            ),
            say(
                _("Half of those who got a Hjerteven had waited at most {days} for it."),
                days=phrase("{number} day", "{number} days", "match_wait_median"),
            ),
            say(
                _("Half of the matches have lasted {days} or more."),
                days=phrase("{number} day", "{number} days", "match_length_median"),
            ),
            say(
                _("The two of a pair have met {times}."),
                times=phrase("{number} time that we know of", "{number} times that we know of", "match_meetings"),
            ),
            say(_("{end}, {waiting}, while {free}."), waiting=waiting, free=free)
            or say(_("{end}, {waiting}, and no befriender was free."), waiting=waiting if _none_free(content) else None)
            or say(_("{end}, {waiting}."), waiting=waiting)
            or say(_("{end}, {free}."), free=free),
        ],
        *([chart] if chart else []),
    )


def _none_free(content: Content) -> bool:
    fields = content.prose.fields("befrienders_free")
    return not fields.get("withheld") and fields["value"] == 0 and not fields.get("below")


def partner_blocks(content: Content) -> Iterator[Block]:
    """Yield the partners by name, and who moved on."""
    say, phrase = content.prose.say, content.prose.phrase
    yield from paragraph(
        say(_("{when}, {husrum} worked together with {partners}."), partners=phrase("{number} partner", "{number} partners", "partners")),
        say(
            _("{people} on into another community."),
            people=phrase("{number} young person moved", "{number} young people moved", "moved_on"),
        ),
    )
    kinds: dict[str, list[str]] = {}
    for partner in content.facts.partners:
        kinds.setdefault(partner.kind or "", []).append(partner.name)
    if len(kinds) > 1:
        items = []
        for kind in sorted(kinds, key=lambda each: (not each, -len(kinds[each]))):
            words = (kind[:1].upper() + kind[1:]) if kind else _("Others")
            items.append((Paragraph((TextRun(f"{words}: ", bold=True), *(list_names(kinds[kind]) or ()))),))
        yield Bullets(tuple(items))
    elif kinds:
        yield Bullets(tuple((text_paragraph(name),) for each in kinds.values() for name in each))


def scope_blocks(content: Content) -> Iterator[Block]:
    """Yield the paragraphs on participants and visits."""
    prose, say, phrase = content.prose, content.prose.say, content.prose.phrase
    numbers = [(prose.lines[key].label, prose.lines[key].fields) for key in _OFFERS if prose.has(key)]
    chart = [bar_chart("offers", _("Young people by offer"), numbers)] if len(numbers) > 1 else []
    yield from with_charts(
        [
            say(
                _("{when}, {people} took part in {husrum}{new}."),
                people=phrase("{number} different young person", "{number} different young people", "young_people"),
                new=say(_(", {young_people_new} of them for the first time")) if prose.has("young_people_new") else "",
            ),
            say(_("There were {visits} in all."), visits=phrase("{number} visit", "{number} visits", "visits")),
            say(
                _("Half of those whose visits were written down by name came {times} or more."),
                times=phrase("{number} time", "{number} times", "visits_per_person_median"),
            ),
            plain_run(_("A visit is one young person at one occasion: an interview, a group meeting, or a day of an event.")),
        ],
        *chart,
    )
    if months := month_chart(content):
        yield months


def month_chart(content: Content) -> Chart | None:
    """Return the chart of visits by month; None if there are none, or only one month."""
    months = months_of(content)
    numbers = content.details.months
    channels_used = [channel for channel in VISIT_CHANNELS if any(numbers[channel])]
    if not channels_used or len(months) < 2:
        return None
    channels = {channel: label(OFFER, channel, language()) for channel in channels_used}
    totals = tuple(sum(numbers[channel][month] for channel in VISIT_CHANNELS) for month in range(len(months)))
    caption = _("Visits by month")
    months_text = (
        f"{name} {number_text(totals[month])}"
        + "".join(f", {channels[channel]} {number_text(numbers[channel][month])}" for channel in channels_used if numbers[channel][month])
        for month, name in enumerate(months)
    )
    total = Series(_("All visits"), totals, tuple(map(number_text, totals)))
    series = (Series(channels[channel], numbers[channel], tuple(map(number_text, numbers[channel]))) for channel in channels_used)
    return Chart("visits", "lanes", caption, f"{caption}. {'; '.join(months_text)}.", tuple(name[:3] for name in months), (total, *series))


def months_of(content: Content) -> list[str]:
    """Return the names of the months that the details are of; with their year if the period has several."""
    all_names = [name.capitalize() for name in month_names(language())]
    years = {name[:4] for name in content.details.month_names}
    found = []
    for place, name in enumerate(content.details.month_names or [f"-{month:02}" for month in range(1, 13)]):
        month = all_names[int(name[-2:]) - 1] if len(name) > 2 else all_names[place]
        found.append(f"{month} {name[:4]}" if len(years) > 1 else month)
    return found
