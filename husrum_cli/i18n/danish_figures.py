"""Danish: the year's figures, and what each of them means."""

from __future__ import annotations

FIGURES: dict[str, str] = {
    # The sections and remarks of a year.
    "Scope": "Omfang",
    "The young people of the year": "Data om unge (årets deltagere)",
    "The young people at the interview": "Data om unge (ved forsamtalen)",
    "All cities": "Alle byer",
    "{count} of {answered} ({percent} %)": "{count} af {answered} ({percent} %)",
    "counted so far {value}, {branches} of {of} cities": "optalt indtil nu {value}, {branches} af {of} byer",
    # What each figure means.
    "Participants of the year, each human once: young people with an interview held, a named visit, or a day of an "
    "active match in the year.": (
        "Årets deltagere, hvert menneske én gang: unge med en afholdt forsamtale, et besøg med navn eller en dag i et aktivt "
        "hjertevenskab i året."
    ),
    "Young people whose first interview ever held falls in the year; enquiries of unknown date make nobody new.": (
        "Unge, hvis allerførste afholdte forsamtale ligger i året; henvendelser uden kendt dato gør ingen til nye."
    ),
    "Participants of the year with a named visit in this offer, each once.": (
        "Årets deltagere med et besøg med navn i dette tilbud, hver én gang."
    ),
    "Participants of the year with at least one day of an active match in it.": (
        "Årets deltagere med mindst én dag i et aktivt hjertevenskab i året."
    ),
    "Enquiries dated in the year.": "Henvendelser med dato i året.",
    "Interviews held in the year.": "Forsamtaler afholdt i året.",
    "Talk groups with at least one meeting held in the year.": "Samtalegrupper med mindst én afholdt mødegang i året.",
    "Talk-group meetings held in the year.": "Mødegange i samtalegrupper afholdt i året.",
    "Enrolments in talk groups closed in the year, present at two thirds of the group's held meetings or more; each person once a group.": (
        "Tilmeldte i samtalegrupper, der blev afsluttet i året, med fremmøde til mindst to tredjedele af gruppens afholdte "
        "mødegange; hver person én gang pr. gruppe."
    ),
    "Network groups with at least one meeting held in the year.": "Netværksgrupper med mindst én afholdt mødegang i året.",
    "Network-group meetings held in the year.": "Mødegange i netværksgrupper afholdt i året.",
    "Events of this kind held, with their start date in the year, whatever their length.": (
        "Afholdte arrangementer af denne slags med startdato i året, uanset hvor længe de varede."
    ),
    "Matches started in the year, also where they ended in it.": "Hjertevenskaber, der begyndte i året, også hvis de sluttede igen i året.",
    "Matches with at least one active day in the year.": "Hjertevenskaber med mindst én aktiv dag i året.",
    "Young people waiting for a Hjerteven at the end of 31 December.": (
        "Unge, der ventede på en hjerteven ved udgangen af den 31. december."
    ),
    "All visits: one participant at one occasion, named or counted.": "Alle besøg: én deltager én gang, med navn eller blot talt med.",
    "Visits of participants who were named.": "Besøg af deltagere, der er registreret med navn.",
    "Visits of participants who were counted but not named.": "Besøg af deltagere, der er talt med, men ikke registreret med navn.",
    "Visits by channel: interviews.": "Besøg fordelt på tilbud: forsamtaler.",
    "Visits by channel: talk groups.": "Besøg fordelt på tilbud: samtalegrupper.",
    "Visits by channel: network groups.": "Besøg fordelt på tilbud: netværksgrupper.",
    "Visits by channel: social events.": "Besøg fordelt på tilbud: sociale arrangementer.",
    "Visits by channel: online events.": "Besøg fordelt på tilbud: online arrangementer.",
    "Visits by channel: youth meetings.": "Besøg fordelt på tilbud: ungemøder.",
    "People with a volunteer role on at least one day of the year.": "Personer med en frivilligrolle mindst én dag i året.",
    "Volunteers of the year whose first role ever starts in it.": "Årets frivillige, hvis allerførste rolle begynder i året.",
    "Volunteers with the role peer on at least one day of the year.": "Frivillige med rollen peer-støtte mindst én dag i året.",
    "Volunteers in a match with at least one active day in the year.": "Frivillige i et hjertevenskab med mindst én aktiv dag i året.",
    "Pairs of a leader and a group, for the groups that held a meeting in the year, where the leader's period touches the year.": (
        "Par af en gruppeleder og en gruppe, for de grupper, der holdt en mødegang i året, når lederens periode berører året."
    ),
    "Age of the youngest volunteer of the year, in whole years on 31 December.": (
        "Alderen på årets yngste frivillige, i hele år den 31. december."
    ),
    "Age of the oldest volunteer of the year, in whole years on 31 December.": (
        "Alderen på årets ældste frivillige, i hele år den 31. december."
    ),
    "Events of this kind held, with their start date in the year; no channel of visits.": (
        "Afholdte arrangementer af denne slags med startdato i året; de tæller ikke som besøg."
    ),
    "Young people with a step into another community dated in the year.": "Unge, der i året er gået videre til et andet fællesskab.",
    "Partners whose period touches the year; one without dates always does.": (
        "Samarbejdspartnere, hvis periode berører året; en uden datoer gør det altid."
    ),
    "The yearly amounts of the grants whose period touches the year.": "De årlige beløb fra de bevillinger, hvis periode berører året.",
    "Branches active in the year; where no start is given, from their first record.": (
        "Byer, der var aktive i året; uden angivet start regnes fra deres første registrering."
    ),
    "Positions of coordinators in full-time equivalents, as reported.": "Koordinatorstillinger i årsværk, som indberettet.",
    "Followers of the branch's page, as reported.": "Følgere af byens side, som indberettet.",
    "Members of the branch's closed group, as reported.": "Medlemmer af byens lukkede gruppe, som indberettet.",
    "Members of the one shared server, as reported; nationally the largest number.": (
        "Medlemmer af den ene fælles server, som indberettet; på landsplan det største tal."
    ),
    "Those who came through a municipal contact person.": "De unge, der kom via en kommunal kontaktperson.",
    "Those who are severely lonely.": "De unge, der er svært ensomme.",
    "Those who name at least one diagnosis; none, stress and being in assessment are answers, but no diagnosis.": (
        "De unge, der nævner mindst én diagnose; ingen, stress og under udredning er svar, men ikke en diagnose."
    ),
    "Those who name this one among their diagnoses.": "De unge, der nævner denne blandt deres diagnoser.",
    "Those who have, or have had, suicidal thoughts.": "De unge, der har eller har haft selvmordstanker.",
    "Those who study, at any level.": "De unge, der er under uddannelse, på alle niveauer.",
    "Those who are unemployed or on sick leave.": "De unge, der er ledige eller sygemeldte.",
}
