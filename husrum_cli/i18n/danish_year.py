"""Danish for the year's end."""

from __future__ import annotations

YEAR_END: dict[str, str] = {
    "The year's end: what still stands in the way, and the freezing of its figures.": "Årets afslutning: hvad der endnu mangler, og låsning af årets tal.",
    "obstacle": "hindring",
    "Interviewed on {date}; it is not recorded how they found the way here.": "Forsamtale {date}; det er ikke noteret, hvordan de fandt vej hertil.",
    "No birth date is recorded.": "Der er ikke noteret nogen fødselsdato.",
    "Has a Hjerteven since {date}; no contact is recorded in the year.": "Har haft en hjerteven siden {date}; der er ikke noteret nogen kontakt i året.",
    "The last planned meeting was on {date}; until the group is closed, nobody has completed it.": (
        "Den sidste planlagte mødegang var {date}; først når gruppen er afsluttet, har nogen gennemført den."
    ),
    "SHA-256 of the figures": "SHA-256 af tallene",
    "Opened again": "Åbnet igen",
    "Nothing stands in the way of {year}.": "Intet står i vejen for {year}.",
    "{year} is closed with today's figures, SHA-256 {hash}…. See: husrum stats year {year}": (
        "{year} er afsluttet med dagens tal, SHA-256 {hash}…. Se: husrum stats year {year}"
    ),
    "{year} is open again; it had been closed on {date}. See: husrum year status {year}": (
        "{year} er åben igen; året var afsluttet {date}. Se: husrum year status {year}"
    ),
    "{path}: the frozen figures of {year} were changed outside husrum. Restore a backup, or: husrum year reopen {year}": (
        "{path}: de låste tal for {year} er ændret uden om husrum. Hent en sikkerhedskopi frem, eller: husrum year reopen {year}"
    ),
    "year: {year} is closed already; to close it anew: husrum year reopen {year} --why TEXT": (
        "year: {year} er allerede afsluttet; for at afslutte på ny: husrum year reopen {year} --why TEKST"
    ),
    "year: {year} is not over yet.": "year: {year} er ikke slut endnu.",
    "year: {number} planned meeting or event day of {year} is not recorded. See: husrum year status {year}": (
        "year: {number} planlagt mødegang eller dag i {year} er ikke registreret. Se: husrum year status {year}"
    ),
    "year: {number} planned meetings or event days of {year} are not recorded. See: husrum year status {year}": (
        "year: {number} planlagte mødegange eller dage i {year} er ikke registreret. Se: husrum year status {year}"
    ),
    "year: nothing is recorded in {year}.": "year: der er intet registreret i {year}.",
    "year: {year} is not closed.": "year: {year} er ikke afsluttet.",
    "Closed on {date}; these are the figures of that day.": "Afsluttet {date}; dette er tallene fra den dag.",
    "Changed since it was closed on {date}": "Ændret siden afslutningen {date}",
    "Changed since then": "Ændret siden da",
    "Figures": "Tal",
    "and {number} more": "og {number} til",
    "Grants": "Bevillinger",
    "Visits": "Besøg",
    "Pays for": "Betaler for",
    "funder: this grant of {funder} is recorded already. See: husrum grant list": (
        "funder: denne bevilling fra {funder} er registreret allerede. Se: husrum grant list"
    ),
    # The year as a file.
    "{year}: written to {path} ({number} figures).": "{year}: skrevet til {path} ({number} tal).",
    "to: “{target}” must end in {endings}.": "to: “{target}” skal ende på {endings}.",
    "to: a workbook can't be written to the terminal; name a file.": "to: en regnearksfil kan ikke skrives til terminalen; angiv en fil.",
    "Month": "Måned",
    "Visits by month": "Besøg pr. måned",
    "Definitions": "Definitioner",
    "Definition": "Definition",
    "Figure": "Tal",
    "Sum of the cities": "Byernes sum",
    "Overlap": "Overlap",
    "Now": "Nu",
    "Answers given": "Har svaret",
    "Share": "Andel",
    "Share, ca.": "Andel, ca.",
    "Base": "Af",
    "Would not say": "Ville ikke svare",
    "Not asked": "Ikke spurgt",
    "Not recorded": "Ikke noteret",
    "Of whom": "Grundlag",
    "Where it is from": "Kilde",
    "How many": "Antal",
    "Young people": "Unge",
    "Courses completed": "Gennemførte forløb",
    "Kr. a visit": "Kr. pr. besøg",
    "Kr. a young person": "Kr. pr. ung",
    "Everything it pays for": "Alt, den betaler for",
    "Living in {municipality}": "Bor i {municipality}",
    "occasions": "gange",
    "visits": "besøg",
    "young people": "unge",
    "now {value}": "nu {value}",
}
