"""The words of the field: every code that a file can hold, with its Danish and English label.

The codes stand in the schema's CHECKs too; a test holds the two together.
"""

from __future__ import annotations

Labels = dict[str, tuple[str, str]]

# Answers that say that there is none. "Would not say", "was not asked" and "no" are three different things.
NON_ANSWERS: Labels = {
    "declined": ("Vil ikke oplyse", "Would not say"),
    "not_asked": ("Ikke spurgt", "Not asked"),
}
NOT_RECORDED = ("Ikke registreret", "Not recorded")

SOURCE: Labels = {
    "self": ("Selv", "Self"),
    "friend": ("Ven eller veninde", "Friend"),
    "social_media": ("Sociale medier", "Social media"),
    "municipal": ("Kommunal kontaktperson", "Municipal contact person"),
    "student_priest": ("Studenterpræst", "Student priest"),
    "psychologist": ("Psykolog", "Psychologist"),
    "doctor": ("Læge", "Doctor"),
    "psychiatry": ("Behandlingspsykiatrien", "Psychiatry"),
    "relative": ("Pårørende", "Relative"),
    "housing_adviser": ("Beboerrådgiver", "Housing adviser"),
    "volunteer_centre": ("Frivilligcenter", "Volunteer centre"),
    "headspace": ("headspace", "headspace"),
    "school": ("Uddannelsessted", "School"),
    "partner": ("Samarbejdspartner", "Partner"),
    "other": ("Andet", "Other"),
}
OCCUPATION: Labels = {
    "student_fgu": ("FGU", "FGU"),
    "student_stu": ("STU", "STU"),
    "student_vocational": ("Erhvervsuddannelse", "Vocational education"),
    "student_upper_secondary": ("Gymnasial uddannelse", "Upper secondary school"),
    "student_folk_high_school": ("Højskole", "Folk high school"),
    "student_higher": ("Videregående uddannelse", "Higher education"),
    "primary_school": ("Grundskole", "Primary school"),
    "unemployed": ("Ledig", "Unemployed"),
    "sick_leave": ("Sygemeldt", "On sick leave"),
    "job_clarification": ("Ressource- eller jobafklaringsforløb", "Job clarification"),
    "employed": ("Ordinær beskæftigelse", "Ordinary job"),
    "flexjob": ("Fleksjob", "Flexjob"),
    "internship": ("Praktik", "Internship"),
    "disability_pension": ("Førtidspension", "Early retirement pension"),
    "other": ("Andet", "Other"),
}
DIAGNOSIS: Labels = {
    "none": ("Ingen", "None"),
    "in_assessment": ("Under udredning", "In assessment"),
    "depression": ("Depression", "Depression"),
    "anxiety": ("Angst", "Anxiety"),
    "social_phobia": ("Social fobi", "Social phobia"),
    "adhd": ("ADHD/ADD", "ADHD/ADD"),
    "autism": ("Autisme", "Autism"),
    "stress": ("Stress", "Stress"),
    "ptsd": ("PTSD", "PTSD"),
    "eating_disorder": ("Spiseforstyrrelse", "Eating disorder"),
    "personality_disorder": ("Personlighedsforstyrrelse", "Personality disorder"),
    "ocd": ("OCD", "OCD"),
    "other": ("Anden", "Other"),
}
MOTIVE: Labels = {
    "loneliness": ("Ensomhed", "Loneliness"),
    "lacking_network": ("Manglende netværk", "Lacking network"),
    "social_difficulties": ("Vanskeligheder i sociale relationer", "Difficulties with social relations"),
    "other": ("Andet", "Other"),
}
TREATMENT: Labels = {
    "never": ("Aldrig", "Never"),
    "past": ("Tidligere", "Earlier"),
    "current": ("Nu", "Now"),
}
SUICIDAL_THOUGHTS: Labels = TREATMENT
LONELINESS: Labels = {
    "none": ("Ikke ensom", "Not lonely"),
    "mild": ("Let ensom", "Mildly lonely"),
    "moderate": ("Moderat ensom", "Moderately lonely"),
    "severe": ("Svært ensom", "Severely lonely"),
}
GENDER: Labels = {
    "f": ("Kvinde", "Woman"),
    "m": ("Mand", "Man"),
    "x": ("Andet køn", "Other gender"),
}
LINK_TAG: Labels = {
    "name_birth": ("navn og dato", "name and date"),
    "first_name_birth": ("fornavn og dato", "first name and date"),
    "last_name_birth": ("efternavn og dato", "last name and date"),
    "phone": ("telefon", "phone"),
    "email": ("e-mail", "e-mail"),
}
LINK_DECISION: Labels = {
    "same": ("Samme", "Same"),
    "different": ("Ikke samme", "Different"),
}
WISH: Labels = {
    "group": ("Samtalegruppe", "Talk group"),
    "events": ("Sociale arrangementer", "Social events"),
    "befriending": ("Hjerteven", "Befriending"),
}

# What an interview can ask. Free text where there are no codes.
QUESTIONS: dict[str, Labels | None] = {
    "source": SOURCE,
    "motive": MOTIVE,
    "wish": WISH,
    "offered": WISH,
    "gender": GENDER,
    "municipality": None,
    "occupation": OCCUPATION,
    "diagnosis": DIAGNOSIS,
    "treatment": TREATMENT,
    "suicidal_thoughts": SUICIDAL_THOUGHTS,
    "loneliness": LONELINESS,
}
SEVERAL = frozenset({"motive", "wish", "offered", "diagnosis"})
# Answers about health (GDPR article 9): gone when the consent to hold them is withdrawn.
HEALTH = frozenset({"diagnosis", "treatment", "suicidal_thoughts", "loneliness"})
# What tells of somebody's health or fears, and is never repeated in a message, not even where it can't be read.
CONFIDED = HEALTH | {"motive", "reason", "about", "avoid"}
NO_DIAGNOSIS = ("none", "in_assessment", "stress")

ROLE: Labels = {
    "leader": ("Gruppeleder", "Group leader"),
    "peer": ("Peer-støtte", "Peer supporter"),
    "organiser": ("Arrangør", "Event organiser"),
    "online": ("Online frivillig", "Online volunteer"),
    "befriender": ("Hjerteven", "Befriender"),
}
GROUP_KIND: Labels = {
    "talk": ("Samtalegruppe", "Talk group"),
    "network": ("Netværksgruppe", "Network group"),
}
EVENT_KIND: Labels = {
    "social": ("Socialt arrangement", "Social event"),
    "online": ("Online arrangement", "Online event"),
    "youth_meeting": ("Ungemøde", "Youth meeting"),
    "intro_course": ("Introkursus", "Intro course"),
    "volunteer_meeting": ("Frivilligmøde", "Volunteer meeting"),
    "supervision": ("Supervision", "Supervision"),
    "training": ("Opkvalificering", "Training"),
}
# The kinds that young people visit, and the channel their visits count in.
CHANNELS: dict[str, str] = {
    "talk": "talk_group",
    "network": "network_group",
    "social": "social_event",
    "online": "online_event",
    "youth_meeting": "youth_meeting",
}
ATTEST: Labels = {
    "intro_course": ("Introkursus", "Intro course"),
    "confidentiality": ("Tavshedserklæring", "Confidentiality"),
    "criminal_record": ("Børneattest", "Criminal record"),
}
PURPOSE: Labels = {
    "health_data": ("Helbredsoplysninger", "Health data"),
    "national_linking": ("National sammenkobling", "National linking"),
    "research": ("Forskning", "Research"),
    "quotes_photos": ("Citater og billeder", "Quotes and photos"),
}
AGREEMENT: Labels = {
    "operating": ("Driftsaftale", "Operating agreement"),
    "project": ("Projektaftale", "Project agreement"),
    "donation": ("Donation", "Donation"),
}
# What young people can come to: the channels of visits, and befriending.
OFFER: Labels = {
    "intake": ("Forsamtaler", "Intake interviews"),
    "talk_group": ("Samtalegrupper", "Talk groups"),
    "network_group": ("Netværksgrupper", "Network groups"),
    "social_event": ("Sociale arrangementer", "Social events"),
    "online_event": ("Online arrangementer", "Online events"),
    "youth_meeting": ("Ungemøder", "Youth meetings"),
    "befriending": ("Hjerteven", "Befriending"),
}
REASON: Labels = {
    "completed": ("Gennemført", "Completed"),
    "matched": ("Matchet", "Matched"),
    "moved_away": ("Flyttet", "Moved away"),
    "moved_on": ("Videre i andet fællesskab", "Moved on"),
    "work_or_study": ("Arbejde eller studie", "Work or study"),
    "treatment": ("Behandling", "Treatment"),
    "too_hard": ("For svært", "Too hard"),
    "not_for_me": ("Ikke noget for mig", "Not for me"),
    "illness": ("Sygdom", "Illness"),
    "aged_out": ("For gammel", "Aged out"),
    "no_contact": ("Ingen kontakt", "No contact"),
    "volunteer_stopped": ("Frivillig stoppet", "Volunteer stopped"),
    "no_longer_wishes": ("Ønsker ikke længere", "No longer wishes"),
    "died": ("Død", "Died"),
    "other": ("Andet", "Other"),
}
RECRUITED_THROUGH: Labels = {
    "facebook_group": ("Lokal Facebook-gruppe", "Facebook group"),
    "parish_network": ("Netværk i sognet", "Parish network"),
    "frivilligjob": ("Frivilligjob", "Frivilligjob"),
    "volunteer_centre": ("Frivilligcenter", "Volunteer centre"),
    "former_participant": ("Tidligere deltager", "Former participant"),
    "friend": ("Ven eller bekendt", "Friend"),
    "other": ("Andet", "Other"),
}
TIME: Labels = {
    "weekday": ("Hverdag", "Weekday"),
    "evening": ("Aften", "Evening"),
    "weekend": ("Weekend", "Weekend"),
}
ONE_SIDE: Labels = {
    "person": ("Den unge", "The young person"),
    "volunteer": ("Den frivillige", "The volunteer"),
}
SIDE: Labels = {**ONE_SIDE, "both": ("Begge", "Both")}
PROPOSAL_ANSWER: Labels = {
    "accepted": ("Ja", "Yes"),
    "declined": ("Nej", "No"),
}
AGE_BANDS: Labels = {
    "under_16": ("Under 16 år", "Under 16"),
    "16-19": ("16-19 år", "16-19"),
    "20-24": ("20-24 år", "20-24"),
    "25-30": ("25-30 år", "25-30"),
    "over_30": ("Over 30 år", "Over 30"),
}
# Other words people use for a code, beside its two labels.
SYNONYMS: dict[str, str] = {
    "uoplyst": "declined",
    "ønsker ikke at oplyse": "declined",
    "psykiatri": "psychiatry",
    "arbejdsløs": "unemployed",
    "add": "adhd",
    "angstlidelse": "anxiety",
    "ung": "person",
    "frivillig": "volunteer",
}


def label(vocabulary: Labels | None, code: str, language: str) -> str:
    """What a person reads for `code`; a free text is its own label."""
    known = {**(vocabulary or {}), **NON_ANSWERS, "not_recorded": NOT_RECORDED}
    pair = known.get(code)
    return code if pair is None else pair[0 if language == "da" else 1]
