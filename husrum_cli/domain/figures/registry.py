"""The registry of figures: key, labels, definition, and the query whose rows each counts.

The key names a figure in JSON, CSV, `stats explain` and the documentation alike.
"""

from __future__ import annotations

from ...i18n import N_, _, label_text, language, pgettext
from ...records import Period
from ...vocabulary import ROLE, Share
from .engagement import ENGAGEMENT_FIGURES
from .figure import VOLUNTEERS, Figure, ReportedFigure
from .key_names import find_key
from .share_registry import AT_INTAKE, SHARES

_OFFERS = (
    ("talk_group", "samtalegrupper", "talk groups", N_("Visits by channel: talk groups.")),
    ("network_group", "netværksgrupper", "network groups", N_("Visits by channel: network groups.")),
    ("social_event", "sociale arrangementer", "social events", N_("Visits by channel: social events.")),
    ("online_event", "online arrangementer", "online events", N_("Visits by channel: online events.")),
    ("youth_meeting", "ungemøder", "youth meetings", N_("Visits by channel: youth meetings.")),
)

_FIGURES: tuple[Figure, ...] = (
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
            "participants_of_offer",
            f"offer = '{offer}'",
            people=True,
        )
        for offer, danish, english, _definition in _OFFERS
    ),
    Figure(
        "young_people_befriended",
        "Unge i hjertevenskaber",
        "Young people befriended",
        "Participants of the year with at least one day of an active match in it.",
        "participants_of_offer",
        "offer = 'befriended'",
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
        "Matches started in the year, even if they ended in it.",
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
        "volunteers",
        "Frivillige",
        "Volunteers",
        "People with a volunteer role on at least one day of the year.",
        "volunteers",
        people=True,
        section=VOLUNTEERS,
    ),
    Figure(
        "volunteers_new",
        "Nye frivillige",
        "New volunteers",
        "Volunteers of the year whose first role ever starts in it.",
        "volunteers",
        "first BETWEEN :first AND :last",
        people=True,
        section=VOLUNTEERS,
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
        section=VOLUNTEERS,
    ),
    Figure(
        "befrienders",
        "Hjertevenner",
        "Befrienders",
        "Volunteers in a match with at least one active day in the year.",
        "befrienders",
        people=True,
        section=VOLUNTEERS,
    ),
    Figure(
        "leader_seats",
        "Gruppelederpladser",
        "Group leader seats",
        "Pairs of a leader and a group, for the groups that held a meeting in the year, where the leader's period touches the year.",
        "leader_seats",
        section=VOLUNTEERS,
    ),
    Figure(
        "volunteer_age_min",
        "Frivilliges alder, yngste",
        "Volunteers' age, youngest",
        "Age of the youngest volunteer of the year, in whole years on 31 December.",
        "volunteer_ages",
        measure="min",
        section=VOLUNTEERS,
    ),
    Figure(
        "volunteer_age_max",
        "Frivilliges alder, ældste",
        "Volunteers' age, oldest",
        "Age of the oldest volunteer of the year, in whole years on 31 December.",
        "volunteer_ages",
        measure="max",
        section=VOLUNTEERS,
    ),
    *(
        Figure(
            key,
            danish,
            english,
            "Events of this kind held, with their start date in the year; no channel of visits.",
            "events",
            f"kind = '{kind}'",
            section=VOLUNTEERS,
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
        "partners",
        "Samarbejdspartnere",
        "Partners",
        "Partners active in the year: those who were entered as partners, or named as the partner of an event. A venue, referrer or onward place alone is not one.",
        "partners",
    ),
    Figure(
        "grants_dkk",
        "Tilskud, kr.",
        "Grants, DKK",
        "The part of the grants that falls in the year, by days; a one-off gift on its first day.",
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
        section=VOLUNTEERS,
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

COUNTED: tuple[Figure, ...] = (*_FIGURES, *ENGAGEMENT_FIGURES)
ALL: tuple[Figure | ReportedFigure, ...] = (*COUNTED, *REPORTED)
BY_KEY: dict[str, Figure | ReportedFigure | Share] = {
    **{figure.key: figure for figure in ALL},
    **{share.key + basis: share for share in SHARES for basis in ("", AT_INTAKE)},
}

# The figure that counts those with a role.
ROLE_FIGURES: dict[str, str] = {role: "peer_supporters" if role == "peer" else f"volunteers_{role}" for role in ROLE}


def figure_key(text: str) -> str:
    """Return the key of the figure or share that a text means: its key, its label or enough of it. Raises `WrongInput` if there isn't exactly one."""
    return find_key(text, BY_KEY)


def find_figure(text: str) -> Figure | ReportedFigure | Share:
    """Return the figure or share that a text means, as `figure_key` does."""
    return BY_KEY[figure_key(text)]


def label_of(figure: Figure | ReportedFigure | Share, nation: bool = False) -> str:
    """Return what people read for a figure. `nation`: of several cities, for which some have a name of their own."""
    if nation and language() == "da" and isinstance(figure, Figure) and figure.danish_nation:
        return figure.danish_nation
    return label_text(figure.danish, figure.english)


def definition_of(figure: Figure | ReportedFigure | Share, period: Period | None = None) -> str:
    """Return what a figure means, in a sentence: of a year, or of another period that is given."""
    text = _(figure.definition)
    if period is not None and period.year is None:
        of_years = pgettext("words of a year and of another period", "the year=the period; 31 December=the period's last day")
        for words in of_years.split("; "):
            of_year, _equals, of_period = words.partition("=")
            text = text.replace(of_year, of_period)
    return text
