"""The figures of engagement, quality and supply: who comes again, how long people wait, what volunteers give."""

from __future__ import annotations

from ...vocabulary import INSTRUMENT, ROLE
from .figure import ENGAGEMENT, VOLUNTEERS, Figure

_PARTICIPANTS = (
    ("min", "færrest", "fewest"),
    ("median", "median", "median"),
    ("max", "flest", "most"),
)

_FIGURES: tuple[Figure, ...] = (
    Figure(
        "young_people_once",
        "Kom kun én gang",
        "Came only once",
        "Participants of the year with exactly one named visit in it, interviews aside.",
        "participants",
        "named_visits = 1",
        people=True,
        protected_within="young_people",
    ),
    Figure(
        "interviewed_never_came",
        "Til forsamtale, kom aldrig siden",
        "Interviewed, never came after",
        "Young people whose first interview ever falls in the year and who, up to its last day, have no other named visit and no match day.",
        "first_interviews",
        people=True,
        protected=True,
    ),
    Figure(
        "visits_per_person_median",
        "Besøg pr. ung, median",
        "Visits per young person, median",
        "Named visits in the year, interviews aside, per participant with at least one: the median.",
        "participants",
        "amount > 0",
        measure="median",
        protected=True,
    ),
    Figure(
        "interview_wait_median",
        "Ventetid til forsamtale, dage (median)",
        "Wait for an interview, days (median)",
        "Days from enquiry to interview, over the interviews held in the year whose enquiry is dated: the median.",
        "interview_waits",
        measure="median",
        protected=True,
    ),
    *(
        Figure(
            f"event_participants_{measure}",
            f"Deltagere pr. arrangement, {danish}",
            f"Participants per event, {english}",
            "Participants, named and unnamed, per day of a social event held in the year with at least one participant.",
            "event_participants",
            measure=measure,
            protected=measure == "median",
        )
        for measure, danish, english in _PARTICIPANTS
    ),
    Figure(
        "talk_group_participants_mean",
        "Unge pr. samtalegruppe",
        "Young people per talk group",
        "Different people enrolled per talk group that held a meeting in the year, where their period touches it: the mean.",
        "group_sizes",
        measure="mean",
        protected=True,
    ),
    Figure(
        "talk_group_leaders_mean",
        "Gruppeledere pr. samtalegruppe",
        "Leaders per talk group",
        "Different leaders per talk group that held a meeting in the year, where their period touches it: the mean.",
        "group_leaders",
        measure="mean",
        protected=True,
    ),
    *(
        Figure(
            f"volunteers_{role.code}",
            f"Frivillige: {role.plural.danish}",
            f"Volunteers: {role.plural.english}",
            "Volunteers with this role on at least one day of the year.",
            "volunteers",
            role.code,
            people=True,
        )
        for role in ROLE.values()
        if role.plural and role.code != "peer"  # `peer_supporters`
    ),
    Figure(
        "volunteers_left",
        "Stoppede frivillige",
        "Volunteers who left",
        "Volunteers of the year who hold no role at the end of its last day.",
        "volunteers",
        "NOT at_end",
        people=True,
    ),
    Figure(
        "volunteers_without_intro",
        "Mangler introkursus",
        "Without an intro course",
        "People who hold a role at the end of the last day and have neither attended nor attested an intro course by then.",
        "volunteers",
        "at_end AND NOT intro",
        people=True,
        protected_within="volunteers",
    ),
    Figure(
        "volunteers_supervised",
        "Har fået supervision",
        "Supervised",
        "Volunteers of the year who were present at a supervision session in it.",
        "volunteers",
        "supervised",
        people=True,
    ),
    Figure(
        "volunteer_applicants",
        "Henvendelser fra frivillige",
        "Applicants",
        "People who applied to volunteer in the year, each once, also those who never started.",
        "applicants",
        people=True,
    ),
    Figure(
        "volunteer_hours",
        "Frivilligtimer",
        "Volunteer hours",
        "Hours of volunteers at occasions and meetings of pairs whose length is known, and hours that they entered themselves.",
        "volunteer_hours",
        measure="amount",
    ),
    Figure(
        "befrienders_free",
        "Ledige hjertevenner",
        "Befrienders free",
        "At the end of the last day: volunteers whose offer is open and who have fewer active matches than its capacity.",
        "befrienders_free",
        people=True,
    ),
    Figure(
        "match_wait_median",
        "Ventetid til hjerteven, dage (median)",
        "Wait for a Hjerteven, days (median)",
        "Days from the start of a wait to the match that ended it, over the matches started in the year: the median.",
        "match_waits",
        measure="median",
        protected=True,
    ),
    Figure(
        "match_length_median",
        "Hjertevenskabers længde, dage (median)",
        "Length of matches, days (median)",
        "Days of the matches active in the year with a known start, from it to their end or to the last day of the year: the median.",
        "match_lengths",
        measure="median",
        protected=True,
    ),
    Figure(
        "match_meetings",
        "Møder i hjertevenskaber",
        "Meetings of pairs",
        "Meetings of the two of a match in the year, not of the coordinator with one of them.",
        "match_meetings",
    ),
    Figure(
        "joint_events",
        "Fælles arrangementer",
        "Joint events",
        "Events that several cities held together, with their start date in the year; nationally each once.",
        "events",
        "shared",
    ),
    Figure(
        "events_with_young_organisers",
        "Arrangementer planlagt med unge",
        "Events planned with young people",
        "Social events held, with their start date in the year, that have an organiser who is a young person without a volunteer role that day.",
        "events",
        "kind = 'social' AND with_young",
    ),
    Figure("suggestions", "Forslag fra unge", "Suggestions of young people", "Suggestions made in the year.", "suggestions"),
    Figure(
        "suggestions_adopted",
        "Forslag fra unge, gennemførte",
        "Suggestions adopted",
        "Suggestions made in the year that were adopted by today.",
        "suggestions",
        "outcome = 'adopted'",
    ),
    Figure("goals_set", "Personlige mål", "Personal goals", "Personal goals set in the year.", "goals", protected=True),
    Figure(
        "goals_reached",
        "Personlige mål, nåede",
        "Personal goals reached",
        "Personal goals set in the year that were reached.",
        "goals",
        "outcome = 'reached'",
        protected=True,
    ),
    *(
        Figure(
            f"measured_pairs_{instrument.code}",
            f"Målt to gange: {instrument.danish}",
            f"Measured twice: {instrument.english}",
            "People with a follow-up in the year that pairs with a baseline.",
            "measured_pairs",
            f"instrument = '{instrument.code}'",
            people=True,
            protected=True,
        )
        for instrument in INSTRUMENT.values()
    ),
    Figure(
        "cost_per_visit_dkk",
        "Kr. pr. besøg",
        "DKK per visit",
        "The part of the grants that falls in the year, divided by all visits in it.",
        "",
        measure="per_visit",
    ),
)
_SUPPLY = frozenset({"volunteers", "applicants", "volunteer_hours", "befrienders_free"})
ENGAGEMENT_FIGURES: tuple[Figure, ...] = tuple(
    figure._replace(section=VOLUNTEERS if figure.query in _SUPPLY else ENGAGEMENT) for figure in _FIGURES
)
