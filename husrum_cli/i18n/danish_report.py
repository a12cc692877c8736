"""Danish for the STATUS report."""

from __future__ import annotations

REPORT: dict[str, str] = {
    "The STATUS report of a year, with tables, charts and your own text.": "Årets STATUS-rapport med tabeller, figurer og din egen tekst.",
    "{path}: a heading for each chapter. Write below them, then: husrum report {year} --text {path} --to FILE": (
        "{path}: en overskrift til hvert kapitel. Skriv under dem, og derefter: husrum report {year} --text {path} --to FIL"
    ),
    "Where to (.html or .docx)": "Hvorhen (.html eller .docx)",
    "to: name the file to write, ending in .html or .docx.": "to: angiv den fil, der skal skrives, med endelsen .html eller .docx.",
    "{year}: the report is in {path} ({number} chapters).": "{year}: rapporten ligger i {path} ({number} kapitler).",
    "A report needs one more package: pip install 'husrum-cli[report]'": "En rapport kræver endnu en pakke: pip install 'husrum-cli[report]'",
    "Writing .docx needs more packages: pip install 'husrum-cli[docx]'": "At skrive .docx kræver flere pakker: pip install 'husrum-cli[docx]'",
    "year: {year} has not come yet.": "year: {year} er ikke kommet endnu.",
    # The own text.
    "{path} is not in UTF-8; save it as UTF-8.": "{path} er ikke i UTF-8; gem den som UTF-8.",
    "{path} is no text of a report.": "{path} er ikke en tekst til en rapport.",
    "{path}, line {line}: {problem}": "{path}, linje {line}: {problem}",
    "text stands before the first heading. A chapter begins with # and its name.": (
        "der står tekst før den første overskrift. Et kapitel begynder med # og dets navn."
    ),
    "the chapter “{chapter}” is there twice.": "kapitlet “{chapter}” er der to gange.",
    "The chapters are: {chapters}.": "Kapitlerne er: {chapters}.",
    "“{heading}” is no chapter. {hint}": "“{heading}” er ikke et kapitel. {hint}",
    "a picture can't be taken in; put it into the Word document afterwards.": (
        "et billede kan ikke tages med; sæt det ind i Word-dokumentet bagefter."
    ),
    "a link leads to https://, http:// or mailto:, not to “{target}”.": "et link går til https://, http:// eller mailto:, ikke til “{target}”.",
    "“{key}” is no figure of the year. {hint}": "“{key}” er ikke et af årets tal. {hint}",
    "a figure's place begins with {{ but does not end with }}.": "pladsen til et tal begynder med {{, men slutter ikke med }}.",
    "Your own text goes here. A figure is written by its key: {place}": "Skriv din egen tekst her. Et tal skrives med sin nøgle: {place}",
    # Chapters.
    "STATUS {year}": "STATUS {year}",
    "Contents": "Indhold",
    "Denmark": "Danmark",
    "In short": "Kort fortalt",
    "Introduction": "Introduktion",
    "Purpose and organisation": "Formål og organisering",
    "Offers and activities": "Tilbud og aktiviteter",
    "Visits month by month": "Besøg måned for måned",
    "The young people": "Data om unge",
    "Hjerteven and waiting list": "Hjerteven og venteliste",
    "Partners and network": "Samarbejde og netværk",
    "Development over the years": "Udvikling over årene",
    "What the grants pay for": "Hvad tilskuddene går til",
    "Development projects": "Udviklingsprojekter",
    "How the numbers are counted": "Sådan er tallene talt",
    "For internal use: the figures are exact, and small ones may point at a person.": (
        "Kun til intern brug: tallene er nøjagtige, og små tal kan pege på en person."
    ),
    "The figures are those of {date}, when the year was closed.": "Tallene er fra {date}, da året blev afsluttet.",
    "The year is not closed yet; its figures may still change.": "Året er ikke afsluttet endnu; tallene kan stadig ændre sig.",
    # Texts of the chapters.
    "Positions, grants and reach": "Stillinger, tilskud og rækkevidde",
    "A visit is one young person at one occasion: an interview, a group meeting, or a day of an event. Somebody who comes to five occasions is one young person and five visits.": (
        "Et besøg er én ung, én gang: til en forsamtale, en mødegang i en gruppe eller en dag i et arrangement. Den, der kommer fem gange, er én ung og fem besøg."
    ),
    "Young people in {year}": "Unge i {year}",
    "Visits in {year}": "Besøg i {year}",
    "Groups in {year}": "Grupper i {year}",
    "Events in {year}": "Arrangementer i {year}",
    "Volunteers in {year}": "Frivillige i {year}",
    "Young people choose freely between talk groups, events and a Hjerteven, and may combine them. They begin with an interview, where wishes and possibilities are made clear.": (
        "De unge vælger frit mellem samtalegrupper, arrangementer og en hjerteven og kan kombinere dem. De begynder med en forsamtale, hvor ønsker og muligheder bliver afklaret."
    ),
    "Talk groups and network groups": "Samtalegrupper og netværksgrupper",
    "A talk group is a course of weekly meetings led by volunteers. A network group goes on after it, with more and more responsibility for the young people themselves.": (
        "En samtalegruppe er et forløb med ugentlige mødegange, ledet af frivillige. En netværksgruppe fortsætter bagefter, og her får de unge selv mere og mere ansvar."
    ),
    "Volunteers and young people plan the events together. A trip of several days is one event.": (
        "Frivillige og unge planlægger arrangementerne sammen. En tur på flere dage er ét arrangement."
    ),
    "Programme": "Program",
    "Visits in {year} by month and channel": "Besøg i {year} efter måned og tilbud",
    "Visits that were reported, not counted, have no month; they are in the total alone.": (
        "Besøg, der er indberettet og ikke talt, har ingen måned; de er kun med i totalen."
    ),
    "The figures stand on two bases. The young people of the year are everybody who took part in it, each with their latest answer. At the interview are the interviews held in the year, with the answers given there.": (
        "Tallene har to grundlag. Årets deltagere er alle unge, der har deltaget i året, hver med deres seneste svar. Ved forsamtalen er årets forsamtaler med de svar, der blev givet dér."
    ),
    "Every share is told as the number it counts, of those who answered. Who would not say, was not asked, or has nothing recorded stands beside it and is no part of the percentage.": (
        "Hver andel står som antallet ud af dem, der har svaret. De, der ikke ville svare, ikke er spurgt, eller hvor intet er noteret, står ved siden af og indgår ikke i procenten."
    ),
    "Young people of the year": "Årets deltagere",
    "At the interview": "Ved forsamtalen",
    "at the interview": "ved forsamtalen",
    "{section}: {number} interviews": "{section}: {number} forsamtaler",
    "{section}: {number} young people": "{section}: {number} unge",
    "Answer": "Svar",
    "Diagnosis": "Diagnose",
    "Where the young people come from": "Hvor de unge kommer fra",
    "How the young people of the year found HUSRUM": "Hvordan årets deltagere fandt HUSRUM",
    "What the young people of the year do": "Hvad årets deltagere laver",
    "More about the young people": "Mere om de unge",
    "A Hjerteven is one adult volunteer for one young person, in a relation that is meant to last.": (
        "En hjerteven er én voksen frivillig for én ung, i en relation, der skal vare ved."
    ),
    "Training and supervision": "Uddannelse og supervision",
    "Partners and ways on": "Samarbejdspartnere og brobygning",
    "The file holds no earlier year to compare with.": "Filen rummer intet tidligere år at sammenligne med.",
    "* reported, or partly reported: not counted from the file.": "* indberettet eller delvist indberettet: ikke talt op fra filen.",
    "Hjerteven in {year}": "Hjerteven i {year}",
    "Main figures": "Hovedtal",
    "Shares": "Andele",
    "Diagnoses; one person may have several": "Diagnoser; én person kan have flere",
    "{label}: left out, since small numbers would show.": "{label}: udeladt, da små tal ville kunne ses.",
    "Each grant with the visits and young people of the offers it pays for. A young person in several offers counts once in the sum. Where several grants pay for the same offer, it stands under each.": (
        "Hvert tilskud med besøg og unge i de tilbud, det betaler for. En ung i flere tilbud tæller én gang i summen. Betaler flere tilskud for samme tilbud, står det under dem alle."
    ),
    "All figures are for 1 January to 31 December {year}, each by the date of what happened. A year's last days belong to it, whatever week they lie in.": (
        "Alle tal gælder 1. januar til 31. december {year}, hver efter datoen for det, der skete. Årets sidste dage hører til året, uanset hvilken uge de ligger i."
    ),
    "Percentages are whole, and are computed from those who answered. In several cities together, counts and answers are added, never percentages.": (
        "Procenter er hele og regnes ud fra dem, der har svaret. For flere byer tilsammen lægges antal og svar sammen, aldrig procenter."
    ),
    "A young person who comes in several cities counts once in the total; the sum of the cities and the overlap stand beside it.": (
        "En ung, der kommer i flere byer, tæller én gang i totalen; byernes sum og overlappet står ved siden af."
    ),
    "What the grant pays for": "Hvad tilskuddet går til",
    "Remark": "Bemærkning",
    "Offer": "Tilbud",
    "What it comes to": "Hvad det bliver til",
    "Where the young people live": "Hvor de unge bor",
}
