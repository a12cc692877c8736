"""Danish: what is held about somebody, and how it is taken away."""

from __future__ import annotations

RIGHTS: dict[str, str] = {
    "Who could be anonymised, and which backups are old.": "Hvem der kan anonymiseres, og hvilke sikkerhedskopier der er gamle.",
    # The page about a person.
    "What husrum in {city} holds about {person}": "Det har husrum i {city} stående om {person}",
    "On {date}. This is everything: what was told in confidence, what was written about it, and what you took part in.": (
        "Den {date}. Det er det hele: hvad du har fortalt i fortrolighed, hvad der er skrevet om det, og hvad du har været med til."
    ),
    "Beside that": "Desuden",
    "Texts in which the name stands, and which may tell of others too: {places}.": (
        "Tekster, hvor navnet står, og som også kan handle om andre: {places}."
    ),
    "Rows kept as they were before they were changed, until that can't be taken back any more: {number}.": (
        "Rækker, der er gemt, som de var, før de blev ændret, indtil det ikke længere kan fortrydes: {number}."
    ),
    "Backups and papers outside this file are not told of here.": "Sikkerhedskopier og papirer uden for filen er ikke med her.",
    "{person}: written to {path}. It holds answers and notes: hand it to nobody else.": (
        "{person}: skrevet til {path}. Der står svar og noter i den: giv den ikke til andre."
    ),
    "Role": "Rolle",
    "As": "Som",
    "Given": "Givet",
    "Withdrawn": "Trukket tilbage",
    "Purpose": "Formål",
    "Enquiry": "Henvendelse",
    "Community": "Fællesskab",
    "Group or event": "Gruppe eller arrangement",
    "Meeting or day": "Mødegang eller dag",
    "Waiting since": "Venter siden",
    "Offered since": "Tilbudt siden",
    "Young person": "Ung",
    "Closed year": "Afsluttet år",
    "Tag": "Mærke",
    "Hjerteven since": "Hjerteven siden",
    "Proposal": "Forslag",
    "Side": "Side",
    "Accepted": "Sagde ja",
    "Interest": "Interesse",
    "Time": "Tid",
    "Speaks": "Taler",
    "About themselves": "Om sig selv",
    "Would avoid": "Vil gerne undgå",
    "ages at interviews": "aldre ved forsamtaler",
    "removed people": "fjernede personer",
    # Anonymising and erasing.
    "anonymised": "anonymiseret",
    "erased": "slettet",
    "number and name": "nummer og navn",
    "It can't be taken back. Look with --dry-run what would happen; then add --yes.": (
        "Det kan ikke fortrydes. Se med --dry-run, hvad der ville ske, og tilføj så --yes."
    ),
    "It can't be taken back, and neither can what was written before. Go on? (yes/no)": (
        "Det kan ikke fortrydes, og det kan det, der er skrevet før, heller ikke længere. Fortsæt? (ja/nej)"
    ),
    "{person}: name, called name, phone and e-mail go, and of the birth date all but the year. What stays is number {number}, without a name.": (
        "{person}: navn, kaldenavn, telefon og e-mail fjernes, og af fødselsdatoen alt undtagen året. Tilbage bliver nummer {number} uden navn."
    ),
    "{person} still has something that runs: {what}. End it first, or with the number.": (
        "{person} har stadig noget i gang: {what}. Afslut det først, eller bagefter med nummeret."
    ),
    "Notes and wishes that go: {rows}.": "Noter og ønsker, der fjernes: {rows}.",
    "The figures of every year stay as they are.": "Alle års tal bliver, som de er.",
    "Other texts in which the name, phone or e-mail is replaced: {number}.": (
        "Andre tekster, hvor navn, telefon eller e-mail erstattes: {number}."
    ),
    "Somebody else has the same name, so it is left where it stands in notes and titles; look there yourself.": (
        "En anden hedder det samme, så navnet bliver stående i noter og titler; se dem selv igennem."
    ),
    "{people}: anonymised. See: husrum person show {number}": "{people}: anonymiseret. Se: husrum person show {number}",
    "{number} was anonymised on {date}.": "{number} blev anonymiseret den {date}.",
    "{person}: everything goes: {rows}.": "{person}: alt slettes: {rows}.",
    "Closed years keep their figures: {years}.": "Afsluttede år beholder deres tal: {years}.",
    "No figure of an open year changes.": "Ingen tal i åbne år ændrer sig.",
    "Figures of open years that change:": "Tal i åbne år, der ændrer sig:",
    "Year": "År",
    "before": "før",
    "after": "efter",
    "So do shares and distributions: {number}. All of them: --format json": (
        "Det gør andele og fordelinger også: {number}. Dem alle: --format json"
    ),
    "{number}: erased. The number is given to nobody else. See: husrum log": (
        "{number}: slettet. Nummeret gives ikke til andre. Se: husrum log"
    ),
    "{number} was erased on {date}.": "{number} blev slettet den {date}.",
    "The rows are gone. What was begun beside that is finished by the next command that writes: {reason}": (
        "Rækkerne er væk. Resten gøres færdigt af den næste kommando, der skriver: {reason}"
    ),
    "{path} still holds them ({people}); delete it when it is not needed any more.": (
        "De står stadig i {path} ({people}); slet den, når der ikke er brug for den mere."
    ),
    "{path} can't be read: it tells who must not come back from an older copy. Restore it, or move it away.": (
        "{path} kan ikke læses: den fortæller, hvem en ældre kopi ikke må bringe tilbage. Skaf den igen, eller flyt den væk."
    ),
    "{number} person in the backup was anonymised or erased since, and is so again.": (
        "{number} person i sikkerhedskopien er siden blevet anonymiseret eller slettet, og er det igen."
    ),
    "{number} people in the backup were anonymised or erased since, and are so again.": (
        "{number} personer i sikkerhedskopien er siden blevet anonymiseret eller slettet, og er det igen."
    ),
    # They do not come back.
    "{field}: number {number} was anonymised on {date}; nothing is entered about them.": (
        "{field}: nummer {number} blev anonymiseret den {date}; der skrives ikke mere om dem."
    ),
    "{field}: number {number} was erased on {date}.": "{field}: nummer {number} blev slettet den {date}.",
    "name: it is that of number {number}, {how} on {date}; if they have come back, enter them with: husrum intake add": (
        "navn: det er nummer {number}, {how} den {date}; er de kommet tilbage, så skriv dem ind med: husrum intake add"
    ),
    "Number {number} had the same name and birth date, and was {how} on {date}.": (
        "Nummer {number} havde samme navn og fødselsdato og blev {how} den {date}."
    ),
    "Was {how} on {date}, and is here again out of an older copy.": "Blev {how} den {date} og er her igen fra en ældre kopi.",
    "The list beside the file does not know of all who were anonymised or erased.": (
        "Listen ved siden af filen kender ikke alle, der er anonymiseret eller slettet."
    ),
    # Consent.
    "{person}: {number} answer about health is deleted.": "{person}: {number} svar om helbred er slettet.",
    "{person}: {number} answers about health are deleted.": "{person}: {number} svar om helbred er slettet.",
    "{number}: the consent to hold answers about health was withdrawn on {date}; none from before that day is entered.": (
        "{number}: samtykket til at gemme svar om helbred blev trukket tilbage den {date}; ingen fra før den dag skrives ind."
    ),
    # Retention.
    "Unseen since": "Ikke set siden",
    "Seen last": "Set sidst",
    "Not seen since {date}: {number}. To anonymise them: husrum person anonymise {people}": (
        "Ikke set siden {date}: {number}. Anonymisér dem med: husrum person anonymise {people}"
    ),
    "{path} was written last on {date}.": "{path} blev sidst skrevet den {date}.",
    "It holds people who are gone from the file: {people}.": "Den rummer personer, der er væk fra filen: {people}.",
    "Backups keep whom you anonymise or erase. Make a new one (husrum backup), and delete those.": (
        "Sikkerhedskopier beholder dem, du anonymiserer eller sletter. Lav en ny (husrum backup), og slet de gamle."
    ),
    "older_than: “{text}” is no length of time; write 2y or 18m.": "older_than: “{text}” er ikke et tidsrum; skriv 2y eller 18m.",
    "{path} is no folder.": "{path} er ikke en mappe.",
    "Changed": "Ændret",
    "What was typed": "Det, der er skrevet",
    "{path} is older than the removal of people who are in it ({numbers}). Name a newer copy, or see what takes them away again: husrum --db {path} check": "{path} er ældre end fjernelsen af personer, der står i den ({numbers}). Nævn en nyere kopi, eller se, hvad der fjerner dem igen: husrum --db {path} check",
}
