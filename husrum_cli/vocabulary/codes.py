"""Every code of the field, with its labels and the other words that people use for it."""

from __future__ import annotations

from .records import Code, Codes, Label, Vocabulary, translation

# Answers that say that there is none to be had. "Would not say", "was not asked" and "no" are three different things.
NON_ANSWERS = Vocabulary(
    "non_answer",
    Code(
        "declined",
        "Vil ikke oplyse",
        "Would not say",
        ("uoplyst", "ønsker ikke at oplyse", "vil ikke sige", "vil ikke svare", "ønsker ikke at svare", "vil ikke fortælle"),
        alone=True,
    ),
    Code("not_asked", "Ikke spurgt", "Not asked", alone=True),
)
NOT_RECORDED = Code("not_recorded", "Ikke registreret", "Not recorded", ("?",))
SILENT = (*NON_ANSWERS, NOT_RECORDED.code)
"""What is in a distribution without being an answer."""

SOURCE = Vocabulary(
    "source",
    Code("self", "Selv", "Self", ("egen henvendelse", "sig selv", "mig selv", "af sig selv", "selvhenvendelse")),
    Code("friend", "Ven eller veninde", "Friend", ("ven", "veninde", "venner", "en ven", "bekendt", "kæreste")),
    Code(
        "social_media",
        "Sociale medier",
        "Social media",
        ("Facebook", "Facebook-opslag", "fb", "Instagram", "Insta", "Snapchat", "TikTok", "some"),
    ),
    Code(
        "municipal",
        "Kommunal kontaktperson",
        "Municipal contact person",
        (
            "kommunen",
            "kommune",
            "kommunal",
            "sagsbehandler",
            "kontaktperson",
            "støttekontaktperson",
            "mentor",
            "jobkonsulent",
            "jobcenter",
            "jobcentret",
            "jobcenteret",
        ),
    ),
    Code("student_priest", "Studenterpræst", "Student priest", ("præst", "studenterpræsten")),
    Code("psychologist", "Psykolog", "Psychologist", ("psykologen",)),
    Code("doctor", "Læge", "Doctor", ("egen læge", "min læge", "lægen", "praktiserende læge", "lægehus", "lægehuset")),
    Code(
        "psychiatry",
        "Behandlingspsykiatrien",
        "Psychiatry",
        ("psykiatri", "psykiatrien", "psykiater", "distriktspsykiatrien", "lokalpsykiatrien"),
    ),
    Code("relative", "Pårørende", "Relative", ("familie", "familien", "forældre", "mor", "far", "søskende", "søster", "bror")),
    Code("housing_adviser", "Beboerrådgiver", "Housing adviser", ("beboerrådgiveren", "boligsocial medarbejder", "boligsocial")),
    Code("volunteer_centre", "Frivilligcenter", "Volunteer centre", ("frivilligcentret", "frivilligcenteret")),
    Code("headspace", "headspace", "headspace"),
    Code(
        "school",
        "Uddannelsessted",
        "School",
        ("skole", "skolen", "uddannelsesvejleder", "uddannelsesstedet"),
    ),
    Code("partner", "Samarbejdspartner", "Partner"),
    Code("other", "Andet", "Other"),
)
OCCUPATION = Vocabulary(
    "occupation",
    Code("student_fgu", "FGU", "FGU"),
    Code("student_stu", "STU", "STU"),
    Code(
        "student_vocational",
        "Erhvervsuddannelse",
        "Vocational education",
        ("lærling", "elev", "EUD", "EUX", "erhvervsskole", "teknisk skole"),
    ),
    Code(
        "student_upper_secondary",
        "Gymnasial uddannelse",
        "Upper secondary school",
        ("gymnasium", "gymnasiet", "gymnasieelev", "HF", "STX", "HHX", "HTX"),
    ),
    Code("student_folk_high_school", "Højskole", "Folk high school", ("højskoleelev", "på højskole")),
    Code(
        "student_higher",
        "Videregående uddannelse",
        "Higher education",
        (
            "universitet",
            "universitetet",
            "uni",
            "universitetsstuderende",
            "professionshøjskole",
            "studerende",
            "studerende (videregående)",
            "videregående",
        ),
    ),
    Code("primary_school", "Grundskole", "Primary school", ("folkeskole", "folkeskolen", "efterskole")),
    Code(
        "unemployed",
        "Ledig",
        "Unemployed",
        (
            "arbejdsløs",
            "uden arbejde",
            "jobsøgende",
            "dagpenge",
            "på dagpenge",
            "kontanthjælp",
            "på kontanthjælp",
            "kontanthjælpsmodtager",
            "uddannelseshjælp",
        ),
    ),
    Code("sick_leave", "Sygemeldt", "On sick leave", ("sygemelding", "syg", "sygedagpenge")),
    Code(
        "job_clarification",
        "Ressource- eller jobafklaringsforløb",
        "Job clarification",
        ("jobafklaring", "jobafklaringsforløb", "ressourceforløb"),
    ),
    Code(
        "employed",
        "Ordinær beskæftigelse",
        "Ordinary job",
        ("i arbejde", "arbejde", "arbejder", "job", "i job", "lønarbejde", "ansat", "fuldtid", "deltid"),
    ),
    Code("flexjob", "Fleksjob", "Flexjob", ("flexjobber", "fleksjobber", "i fleksjob")),
    Code("internship", "Praktik", "Internship", ("virksomhedspraktik", "i praktik")),
    Code("disability_pension", "Førtidspension", "Early retirement pension", ("pension", "førtid", "førtidspensionist")),
    Code("other", "Andet", "Other"),
)
DIAGNOSIS = Vocabulary(
    "diagnosis",
    Code("none", "Ingen", "None", ("nej", "ingen diagnose", "ingen diagnoser"), alone=True),
    Code("in_assessment", "Under udredning", "In assessment", ("udredes", "i udredning", "udredning")),
    Code("depression", "Depression", "Depression", ("depressiv",)),
    Code("anxiety", "Angst", "Anxiety", ("angstlidelse", "generaliseret angst", "panikangst")),
    Code("social_phobia", "Social fobi", "Social phobia", ("socialfobi", "socialangst", "social angst")),
    Code("adhd", "ADHD/ADD", "ADHD/ADD", ("adhd", "add")),
    Code("autism", "Autisme", "Autism", ("ASF", "autismespektrum", "autismespektrumforstyrrelse", "Asperger", "Aspergers")),
    Code("stress", "Stress", "Stress"),
    Code("ptsd", "PTSD", "PTSD"),
    Code("eating_disorder", "Spiseforstyrrelse", "Eating disorder", ("anoreksi", "bulimi")),
    Code("personality_disorder", "Personlighedsforstyrrelse", "Personality disorder", ("borderline",)),
    Code("ocd", "OCD", "OCD", ("tvangstanker",)),
    Code("other", "Anden", "Other"),
)
MOTIVE = Vocabulary(
    "motive",
    Code("loneliness", "Ensomhed", "Loneliness"),
    Code("lacking_network", "Manglende netværk", "Lacking network"),
    Code("social_difficulties", "Vanskeligheder i sociale relationer", "Difficulties with social relations"),
    Code("other", "Andet", "Other"),
)
TREATMENT = Vocabulary(
    "treatment",
    Code("never", "Aldrig", "Never", ("nej",)),
    Code("past", "Tidligere", "Earlier", ("før",)),
    Code("current", "Nu", "Now", ("nuværende", "aktuelt")),
)
SUICIDAL_THOUGHTS = Vocabulary("suicidal_thoughts", *TREATMENT.values())
LONELINESS = Vocabulary(
    "loneliness",
    Code("none", "Ikke ensom", "Not lonely", ("nej",)),
    Code("mild", "Let ensom", "Mildly lonely", ("lidt", "lidt ensom")),
    Code("moderate", "Moderat ensom", "Moderately lonely"),
    Code("severe", "Svært ensom", "Severely lonely", ("meget", "meget ensom")),
)
GENDER = Vocabulary(
    "gender",
    Code("f", "Kvinde", "Woman", ("pige", "hun")),
    Code("m", "Mand", "Man", ("dreng", "han")),
    Code("x", "Andet køn", "Other gender", ("ikke-binær", "nonbinær", "non-binær")),
)
LINK_TAG = Vocabulary(
    "link_tag",
    Code("name_birth", "navn og dato", "name and date"),
    Code("similar_name_birth", "lignende navn og dato", "similar name and date"),
    Code("phone_birth", "telefon og dato", "phone and date"),
    Code("email_birth", "e-mail og dato", "e-mail and date"),
)
LINK_DECISION = Vocabulary(
    "link_decision",
    Code("same", "Samme", "Same"),
    Code("different", "Ikke samme", "Different"),
)
WISH = Vocabulary(
    "wish",
    Code("group", "Samtalegruppe", "Talk group", ("gruppe", "gruppen", "gruppeforløb", "samtalegrupper", "grupper")),
    Code(
        "events",
        "Sociale arrangementer",
        "Social events",
        (
            "arrangementer",
            "arrangement",
            "events",
            "sociale aktiviteter",
            "aktiviteter",
            "fællesskab",
            "sociale arr",
            "sociale arr.",
            "arr.",
        ),
    ),
    Code("befriending", "Hjerteven", "Befriending", ("hjertevenner", "hjertevenskab", "en hjerteven")),
)

ROLE = Vocabulary(
    "role",
    Code(
        "leader",
        "Gruppeleder",
        "Group leader",
        ("leder", "samtalegruppeleder", "samtalegruppe"),
        plural=Label("gruppeledere", "group leaders"),
    ),
    Code("peer", "Peer-støtte", "Peer supporter", ("peer-støtter", "peerstøtte"), plural=Label("peer-støtter", "peer supporters")),
    Code(
        "organiser",
        "Arrangør",
        "Event organiser",
        ("arrangementer", "arrangement", "frivillig ved arrangementer"),
        plural=Label("arrangører", "event organisers"),
    ),
    Code(
        "online",
        "Online frivillig",
        "Online volunteer",
        ("onlinefrivillig", "Discord"),
        plural=Label("online frivillige", "online volunteers"),
    ),
    Code("befriender", "Hjerteven", "Befriender", ("hjertevenner",), plural=Label("hjertevenner", "befrienders")),
)
GROUP_KIND = Vocabulary(
    "group_kind",
    Code("talk", "Samtalegruppe", "Talk group"),
    Code("network", "Netværksgruppe", "Network group"),
)
EVENT_KIND = Vocabulary(
    "event_kind",
    Code("social", "Socialt arrangement", "Social event", ("socialt", "sociale arrangementer")),
    Code("online", "Online arrangement", "Online event", ("Discord", "onlinearrangement")),
    Code("youth_meeting", "Ungemøde", "Youth meeting", ("ungemøder",)),
    Code("intro_course", "Introkursus", "Intro course"),
    Code("volunteer_meeting", "Frivilligmøde", "Volunteer meeting", ("frivilligmøder", "frivillig-møde")),
    Code("supervision", "Supervision", "Supervision"),
    Code("training", "Opkvalificering", "Training"),
)
# The kinds that young people visit, and the channel their visits count in.
CHANNELS: dict[str, str] = {
    "talk": "talk_group",
    "network": "network_group",
    "social": "social_event",
    "online": "online_event",
    "youth_meeting": "youth_meeting",
}
ATTEST = Vocabulary(
    "attest",
    Code("intro_course", "Introkursus", "Intro course"),
    Code("confidentiality", "Tavshedserklæring", "Confidentiality"),
    Code("criminal_record", "Børneattest", "Criminal record"),
)
PURPOSE = Vocabulary(
    "purpose",
    Code("health_data", "Helbredsoplysninger", "Health data"),
    Code("national_linking", "National sammenkobling", "National linking"),
    Code("research", "Forskning", "Research"),
    Code("quotes_photos", "Citater og billeder", "Quotes and photos", synonyms=("billeder", "foto", "fotos", "photos")),
)
AGREEMENT = Vocabulary(
    "agreement",
    Code("operating", "Driftsaftale", "Operating agreement"),
    Code("project", "Projektaftale", "Project agreement"),
    Code("donation", "Donation", "Donation"),
)
# The offers for young people: the channels of visits, and befriending.
OFFER = Vocabulary(
    "offer",
    Code("intake", "Forsamtaler", "Intake interviews"),
    Code("talk_group", "Samtalegrupper", "Talk groups"),
    Code("network_group", "Netværksgrupper", "Network groups"),
    Code("social_event", "Sociale arrangementer", "Social events"),
    Code("online_event", "Online arrangementer", "Online events"),
    Code("youth_meeting", "Ungemøder", "Youth meetings"),
    Code("befriending", "Hjerteven", "Befriending"),
)
REASON = Vocabulary(
    "reason",
    Code("completed", "Gennemført", "Completed", ("afsluttet", "færdig")),
    Code("matched", "Matchet", "Matched"),
    Code("moved_away", "Flyttet", "Moved away", ("flyttede", "flyttet fra byen")),
    Code("moved_on", "Videre i andet fællesskab", "Moved on"),
    Code("work_or_study", "Arbejde eller studie", "Work or study", ("job", "fået job", "arbejde", "studie", "uddannelse", "studiestart")),
    Code("treatment", "Behandling", "Treatment"),
    Code("too_hard", "For svært", "Too hard"),
    Code("not_for_me", "Ikke noget for mig", "Not for me"),
    Code("illness", "Sygdom", "Illness"),
    Code("aged_out", "For gammel", "Aged out"),
    Code("no_contact", "Ingen kontakt", "No contact", ("svarer ikke", "kan ikke fanges")),
    Code("volunteer_stopped", "Frivillig stoppet", "Volunteer stopped"),
    Code("no_longer_wishes", "Ønsker ikke længere", "No longer wishes"),
    Code("died", "Død", "Died"),
    Code("other", "Andet", "Other"),
)
RECRUITED_THROUGH = Vocabulary(
    "recruited_through",
    Code("facebook_group", "Lokal Facebook-gruppe", "Facebook group"),
    Code("parish_network", "Netværk i sognet", "Parish network"),
    Code("frivilligjob", "Frivilligjob", "Frivilligjob"),
    Code("volunteer_centre", "Frivilligcenter", "Volunteer centre"),
    Code("former_participant", "Tidligere deltager", "Former participant"),
    Code("friend", "Ven eller bekendt", "Friend"),
    Code("other", "Andet", "Other"),
)
GOAL_OUTCOME = Vocabulary(
    "goal_outcome",
    Code("reached", "Nået", "Reached"),
    Code("partly", "Delvist", "Partly"),
    Code("not", "Ikke nået", "Not reached"),
)
TARGET_OUTCOME = Vocabulary("target_outcome", *GOAL_OUTCOME.values(), Code("dropped", "Opgivet", "Dropped"))
SUGGESTION_OUTCOME = Vocabulary(
    "suggestion_outcome",
    Code("adopted", "Gennemført", "Adopted"),
    Code("declined", "Afvist", "Declined"),
    Code("later", "Senere", "Later"),
)
# Words of options alone, which no file holds.
SERIES_STEP = Vocabulary(
    "series_step",
    Code("week", "Uge", "Week"),
    Code("fortnight", "14 dage", "Fortnight", ("hver anden uge",)),
    Code("month", "Måned", "Month"),
)
PERIOD_LENGTH = Vocabulary(
    "period_length",
    Code("year", "År", "Year"),
    Code("half", "Halvår", "Half"),
    Code("quarter", "Kvartal", "Quarter"),
    Code("month", "Måned", "Month"),
)
EVENTS_BY = Vocabulary(
    "events_by",
    Code("activity", "Aktivitet", "Activity"),
    Code("kind", "Type", "Kind"),
    Code("title", "Titel", "Title"),
    Code("venue", "Sted", "Venue"),
    Code("partner", "Samarbejdspartner", "Partner"),
    Code("programme", "Program", "Programme"),
)
# The kinds of partner that don't count as one; any other text is a kind too. In Danish `sted` is such a text, and counts.
UNCOUNTED_PARTNER = Vocabulary(
    "uncounted_partner",
    Code("venue", "Mødested", "Venue"),
    Code("referrer", "Henviser", "Referrer"),
    Code("onward", "Videre fællesskab", "Onward place"),
)
TIME = Vocabulary(
    "time",
    Code("weekday", "Hverdag", "Weekday"),
    Code("evening", "Aften", "Evening"),
    Code("weekend", "Weekend", "Weekend"),
)
ONE_SIDE = Vocabulary(
    "one_side",
    Code("person", "Den unge", "The young person", ("ung",)),
    Code("volunteer", "Den frivillige", "The volunteer", ("frivillig",)),
)
SIDE = Vocabulary("side", *ONE_SIDE.values(), Code("both", "Begge", "Both"))
PROPOSAL_ANSWER = Vocabulary(
    "proposal_answer",
    Code("accepted", "Ja", "Yes"),
    Code("declined", "Nej", "No"),
)
AGE_BANDS = Vocabulary(
    "age_bands",
    Code("under_16", "Under 16 år", "Under 16"),
    Code("16-19", "16-19 år", "16-19"),
    Code("20-24", "20-24 år", "20-24"),
    Code("25-30", "25-30 år", "25-30"),
    Code("over_30", "Over 30 år", "Over 30"),
)


def label(codes: Codes | None, code: str, language: str) -> str:
    """Return the label of `code` in a language; a free text is its own label."""
    known = (codes or {}).get(code) or NON_ANSWERS.get(code) or (NOT_RECORDED if code == NOT_RECORDED.code else None)
    return translation(known, language) if known else code
