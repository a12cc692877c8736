"""Every figure, defined once: its key, its words, what it means, and the question whose rows it is the number of.

The key names a figure in JSON, CSV, `stats explain` and the documentation alike.
"""

from __future__ import annotations

from typing import NamedTuple

from ...i18n import N_
from ...vocabulary import Share
from .share_registry import AT_INTAKE, SHARES


class Figure(NamedTuple):
    """A figure that is counted. `measure`: `rows`, `amount` (what they add up to), `youngest` or `oldest`. `people`: nationally, each human once.

    `protected_within`: outsiders see it only rounded (`docs/publishing.md`); the figure that it can't exceed, which they see exactly. All shares and distributions
    are protected.
    """

    key: str
    danish: str
    english: str
    definition: str
    question: str
    where: str = "1"
    measure: str = "rows"
    people: bool = False
    danish_nation: str = ""
    protected_within: str = ""


class ReportedFigure(NamedTuple):
    """A number that nothing in the file can be counted from. `largest`: nationally the largest, not the sum."""

    key: str
    danish: str
    english: str
    definition: str
    largest: bool = False
    whole: bool = True


_OFFERS = (
    ("talk_group", "samtalegrupper", "talk groups", N_("Visits by channel: talk groups.")),
    ("network_group", "netværksgrupper", "network groups", N_("Visits by channel: network groups.")),
    ("social_event", "sociale arrangementer", "social events", N_("Visits by channel: social events.")),
    ("online_event", "online arrangementer", "online events", N_("Visits by channel: online events.")),
    ("youth_meeting", "ungemøder", "youth meetings", N_("Visits by channel: youth meetings.")),
)

FIGURES: tuple[Figure, ...] = (
    Figure(
        "young_people",
        "Forskellige unge",
        "Different young people",
        "Participants of the year, each human once: young people with an interview held, a named visit, or a day of an active match in the year.",
        "participants",
        people=True,
        danish_nation="Tilknyttede unge",
    ),
    Figure(
        "young_people_new",
        "Nye unge",
        "New young people",
        "Young people whose first interview ever held falls in the year; enquiries of unknown date make nobody new.",
        "newcomers",
        people=True,
    ),
    *(
        Figure(
            f"young_people_{offer}",
            f"Unge i {danish}",
            f"Young people in {english}",
            "Participants of the year with a named visit in this offer, each once.",
            "participants",
            offer,
            people=True,
        )
        for offer, danish, english, _definition in _OFFERS
    ),
    Figure(
        "young_people_befriended",
        "Unge i hjertevenskaber",
        "Young people befriended",
        "Participants of the year with at least one day of an active match in it.",
        "participants",
        "befriended",
        people=True,
    ),
    Figure("enquiries", "Henvendelser", "Enquiries", "Enquiries dated in the year.", "enquiries"),
    Figure("intakes", "Forsamtaler", "Intake interviews", "Interviews held in the year.", "intakes", danish_nation="Indledende samtaler"),
    Figure(
        "group_courses",
        "Samtalegruppeforløb",
        "Talk group courses",
        "Talk groups with at least one meeting held in the year.",
        "group_courses",
        "kind = 'talk'",
        danish_nation="Samtalegrupper",
    ),
    Figure(
        "group_meetings",
        "Mødegange i samtalegrupper",
        "Talk group meetings",
        "Talk-group meetings held in the year.",
        "meetings",
        "kind = 'talk'",
    ),
    Figure(
        "group_completed",
        "Gennemførte forløb",
        "Courses completed",
        "Enrolments in talk groups closed in the year, present at two thirds of the group's held meetings or more; each person once a group.",
        "completed",
    ),
    Figure(
        "network_groups",
        "Netværksgrupper",
        "Network groups",
        "Network groups with at least one meeting held in the year.",
        "group_courses",
        "kind = 'network'",
    ),
    Figure(
        "network_meetings",
        "Mødegange i netværksgrupper",
        "Network group meetings",
        "Network-group meetings held in the year.",
        "meetings",
        "kind = 'network'",
    ),
    *(
        Figure(
            key,
            danish,
            english,
            "Events of this kind held, with their start date in the year, whatever their length.",
            "events",
            f"kind = '{kind}'",
        )
        for key, kind, danish, english in (
            ("social_events", "social", "Sociale arrangementer", "Social events"),
            ("online_events", "online", "Online arrangementer", "Online events"),
            ("youth_meetings", "youth_meeting", "Ungemøder", "Youth meetings"),
        )
    ),
    Figure(
        "matches_new",
        "Nye matchede i hjertevenskaber",
        "New matches",
        "Matches started in the year, also where they ended in it.",
        "matches",
        "new",
        danish_nation="Matches i Hjerteven",
    ),
    Figure("matches_active", "Aktive hjertevenskaber", "Active matches", "Matches with at least one active day in the year.", "matches"),
    Figure(
        "waiting_list",
        "På venteliste",
        "On the waiting list",
        "Young people waiting for a Hjerteven at the end of 31 December.",
        "waiting",
        people=True,
    ),
    Figure(
        "visits",
        "Besøg i alt",
        "Visits in all",
        "All visits: one participant at one occasion, named or counted.",
        "visits",
        measure="amount",
    ),
    Figure("visits_named", "Besøg med navn", "Visits named", "Visits of participants who were named.", "visits", "named", measure="amount"),
    Figure(
        "visits_unnamed",
        "Besøg uden navn",
        "Visits unnamed",
        "Visits of participants who were counted but not named.",
        "visits",
        "NOT named",
        measure="amount",
    ),
    Figure(
        "visits_intake",
        "Besøg: forsamtaler",
        "Visits: interviews",
        "Visits by channel: interviews.",
        "visits",
        "channel = 'intake'",
        measure="amount",
    ),
    *(
        Figure(
            f"visits_{offer}",
            f"Besøg: {danish}",
            f"Visits: {english}",
            definition,
            "visits",
            f"channel = '{offer}'",
            measure="amount",
        )
        for offer, danish, english, definition in _OFFERS
    ),
    Figure(
        "volunteers", "Frivillige", "Volunteers", "People with a volunteer role on at least one day of the year.", "volunteers", people=True
    ),
    Figure(
        "volunteers_new",
        "Nye frivillige",
        "New volunteers",
        "Volunteers of the year whose first role ever starts in it.",
        "volunteers",
        "first BETWEEN :first AND :last",
        people=True,
    ),
    Figure(
        "peer_supporters",
        "Peer-støtter",
        "Peer supporters",
        "Volunteers with the role peer on at least one day of the year.",
        "volunteers",
        "peer",
        people=True,
        protected_within="volunteers",
    ),
    Figure(
        "befrienders",
        "Hjertevenner",
        "Befrienders",
        "Volunteers in a match with at least one active day in the year.",
        "befrienders",
        people=True,
    ),
    Figure(
        "leader_seats",
        "Gruppelederpladser",
        "Group leader seats",
        "Pairs of a leader and a group, for the groups that held a meeting in the year, where the leader's period touches the year.",
        "leader_seats",
    ),
    Figure(
        "volunteer_age_min",
        "Frivilliges alder, yngste",
        "Volunteers' age, youngest",
        "Age of the youngest volunteer of the year, in whole years on 31 December.",
        "volunteers",
        measure="youngest",
    ),
    Figure(
        "volunteer_age_max",
        "Frivilliges alder, ældste",
        "Volunteers' age, oldest",
        "Age of the oldest volunteer of the year, in whole years on 31 December.",
        "volunteers",
        measure="oldest",
    ),
    *(
        Figure(
            key,
            danish,
            english,
            "Events of this kind held, with their start date in the year; no channel of visits.",
            "events",
            f"kind = '{kind}'",
        )
        for key, kind, danish, english in (
            ("intro_courses", "intro_course", "Introkurser", "Intro courses"),
            ("volunteer_meetings", "volunteer_meeting", "Frivilligmøder", "Volunteer meetings"),
            ("supervision_sessions", "supervision", "Supervision", "Supervision sessions"),
            ("training_sessions", "training", "Opkvalificering", "Training sessions"),
        )
    ),
    Figure(
        "moved_on",
        "Brobygning til andre fællesskaber",
        "Moved on into other communities",
        "Young people with a step into another community dated in the year.",
        "onward",
        people=True,
        protected_within="young_people",
    ),
    Figure(
        "partners", "Samarbejdspartnere", "Partners", "Partners whose period touches the year; one without dates always does.", "partners"
    ),
    Figure(
        "grants_dkk",
        "Tilskud, kr.",
        "Grants, DKK",
        "The yearly amounts of the grants whose period touches the year.",
        "grants",
        measure="amount",
    ),
    Figure("branches", "Byer", "Cities", "Branches active in the year; where no start is given, from their first record.", "branches"),
)

REPORTED: tuple[ReportedFigure, ...] = (
    ReportedFigure(
        "coordinator_positions",
        "Koordinatorstillinger, årsværk",
        "Coordinator positions, full-time equivalents",
        "Positions of coordinators in full-time equivalents, as reported.",
        whole=False,
    ),
    ReportedFigure("facebook_followers", "Følgere på Facebook", "Facebook followers", "Followers of the branch's page, as reported."),
    ReportedFigure(
        "facebook_group_members",
        "Medlemmer af Facebook-gruppen",
        "Facebook group members",
        "Members of the branch's closed group, as reported.",
    ),
    ReportedFigure(
        "discord_members",
        "Medlemmer på Discord",
        "Discord members",
        "Members of the one shared server, as reported; nationally the largest number.",
        largest=True,
    ),
)

ALL: tuple[Figure | ReportedFigure, ...] = (*FIGURES, *REPORTED)
BY_KEY: dict[str, Figure | ReportedFigure | Share] = {
    **{figure.key: figure for figure in ALL},
    **{share.key + basis: share for share in SHARES for basis in ("", AT_INTAKE)},
}
