"""The codes of the import files, written out once for the random cities and for the recount of them."""

SOURCES = [
    "self",
    "friend",
    "social_media",
    "municipal",
    "student_priest",
    "psychologist",
    "doctor",
    "psychiatry",
    "relative",
    "housing_adviser",
    "volunteer_centre",
    "headspace",
    "school",
    "partner",
    "other",
]
OCCUPATIONS = [
    "student_fgu",
    "student_stu",
    "student_vocational",
    "student_upper_secondary",
    "student_folk_high_school",
    "student_higher",
    "primary_school",
    "unemployed",
    "sick_leave",
    "job_clarification",
    "employed",
    "flexjob",
    "internship",
    "disability_pension",
    "other",
]
DIAGNOSES = [
    "none",
    "in_assessment",
    "depression",
    "anxiety",
    "social_phobia",
    "adhd",
    "autism",
    "stress",
    "ptsd",
    "eating_disorder",
    "personality_disorder",
    "ocd",
    "other",
]
MOTIVES = ["loneliness", "lacking_network", "social_difficulties", "other"]
TREATMENTS = ["never", "past", "current"]
SUICIDAL_THOUGHTS = ["never", "past", "current"]
LONELINESS = ["none", "mild", "moderate", "severe"]
GENDERS = ["f", "m", "x"]
OFFERS = ["group", "events", "befriending"]
ROLES = ["leader", "peer", "organiser", "online", "befriender"]
REASONS = [
    "completed",
    "matched",
    "moved_away",
    "moved_on",
    "work_or_study",
    "treatment",
    "too_hard",
    "not_for_me",
    "illness",
    "aged_out",
    "no_contact",
    "volunteer_stopped",
    "no_longer_wishes",
    "died",
    "other",
]
RECRUITED_THROUGH = [
    "facebook_group",
    "parish_network",
    "frivilligjob",
    "volunteer_centre",
    "former_participant",
    "friend",
    "other",
]
EVENT_KINDS = ["social", "online", "youth_meeting", "intro_course", "volunteer_meeting", "supervision", "training"]
ATTESTS = ["intro_course", "confidentiality", "criminal_record"]
PURPOSES = ["health_data", "national_linking", "research", "quotes_photos"]
AGREEMENTS = ["operating", "project", "donation"]
AGE_BANDS = ["under_16", "16-19", "20-24", "25-30", "over_30"]

# What is said instead of an answer. A cell left out is a third way of not answering, and has no code.
NON_ANSWERS = ["declined", "not_asked"]
