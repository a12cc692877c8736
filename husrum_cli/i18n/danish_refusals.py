"""Danish: what is refused about groups, events, volunteers and matches, and what an import can't read."""

from __future__ import annotations

REFUSALS: dict[str, str] = {
    # Groups and events.
    "{field}: several branches have {ref}; write it like {example}.": "{field}: flere byer har {ref}; skriv det som {example}.",
    "{field}: there is no {ref}; look with: {command}": "{field}: {ref} findes ikke; se efter med: {command}",
    "ref: {ref} is taken already.": "ref: {ref} er allerede taget.",
    "joint: “{text}” is no key. Use letters, digits and hyphens, like sommertur-2024.": (
        "joint: “{text}” er ikke en nøgle. Brug bogstaver, cifre og bindestreger, som sommertur-2024."
    ),
    "A cancelled meeting has nobody present.": "Ingen kan være til stede på en aflyst mødegang.",
    "skip: the group does not meet on {date}.": "skip: gruppen mødes ikke den {date}.",
    "closed: {closed} is before the start, {start}.": "closed: {closed} er før starten, {start}.",
    "until: {until} is before the enrolment on {date}.": "until: {until} er før tilmeldingen den {date}.",
    "{person} is enrolled in {group} already.": "{person} er allerede tilmeldt {group}.",
    "{person} is not enrolled in {group}.": "{person} er ikke tilmeldt {group}.",
    "absent: {person} is not enrolled in {group}.": "absent: {person} er ikke tilmeldt {group}.",
    "{group} was closed on {date}; with --force they are enrolled all the same.": (
        "{group} blev afsluttet den {date}; med --force bliver de tilmeldt alligevel."
    ),
    "{group} is full: {seats} of {capacity}; with --force they are enrolled all the same.": (
        "{group} er fuld: {seats} af {capacity}; med --force bliver de tilmeldt alligevel."
    ),
    "{person} leads {group} already at that time.": "{person} leder allerede {group} på det tidspunkt.",
    "{person} does not lead {group}.": "{person} leder ikke {group}.",
    "date: {date} is before {group} started, on {start}.": "date: {date} er før, {group} startede, den {start}.",
    "date: {group} was closed on {date}.": "date: {group} blev afsluttet den {date}.",
    "{group} was closed on {date}.": "{group} blev afsluttet den {date}.",
    "date: {group} met after that, on {date}.": "date: {group} mødtes efter den dag, den {date}.",
    "{group} met on {date}: people were recorded as present.": "{group} mødtes den {date}: nogen er registreret som til stede.",
    "Give --present or --absent, not both.": "Skriv enten --present eller --absent, ikke begge.",
    "excused: {person} is named as present too.": "excused: {person} er også nævnt som til stede.",
    "date: {date} has not come yet; plan it with: husrum event plan": "date: {date} er ikke kommet endnu; planlæg med: husrum event plan",
    "date: {event} is not on {date}, but on {days}.": "date: {event} er ikke den {date}, men den {days}.",
    "until: {until} makes the event longer than {days} days.": "until: {until} gør arrangementet længere end {days} dage.",
    "{event} has people recorded as present on {date}; with --force it is cancelled, and they no longer count.": (
        "{event} har personer registreret som til stede den {date}; med --force aflyses det, og de tæller ikke længere med."
    ),
    "{event} has no days.": "{event} har ingen dage.",
    "A series needs both --every and --times.": "En serie skal have både --every og --times.",
    "every: “{text}” is none of week, fortnight, month.": "every: “{text}” er hverken week, fortnight eller month.",
    "A series has at most 366 events, of one day each, with numbers of their own.": (
        "En serie har højst 366 arrangementer på én dag hver, med hvert sit nummer."
    ),
    # Volunteers and Hjertevenner.
    "role: {person} has been {role} since {since} already.": "role: {person} har allerede været {role} siden {since}.",
    "role: {person} is not {role} at present.": "role: {person} er ikke {role} for tiden.",
    "{person} holds no role on {date}.": "{person} har ingen rolle den {date}.",
    "date: {date} is before {person} joined, on {start}.": "date: {date} er før, {person} begyndte, den {start}.",
    "left: {date} is before {person} joined, on {start}.": "left: {date} er før, {person} begyndte, den {start}.",
    "person: {person} is on the waiting list already, since {since}.": "person: {person} er allerede på ventelisten, siden {since}.",
    "person: {person} is not on the waiting list.": "person: {person} er ikke på ventelisten.",
    "date: {date} is before they began to wait, on {start}.": "date: {date} er før, ventetiden begyndte, den {start}.",
    "volunteer: nobody can be their own Hjerteven.": "volunteer: ingen kan være sin egen hjerteven.",
    "volunteer: {person} has not taken the intro course; when they have: husrum volunteer attest {number} intro_course": (
        "volunteer: {person} har ikke taget introkurset; når det er taget: husrum volunteer attest {number} intro_course"
    ),
    "ended: {ended} is before {start}.": "ended: {ended} er før {start}.",
    "person: {person} has a Hjerteven already, since {since}; end it with: husrum match end": (
        "person: {person} har allerede en hjerteven, siden {since}; afslut med: husrum match end"
    ),
    "person: {person} has no Hjerteven at present.": "person: {person} har ingen hjerteven for tiden.",
    "person: {person} has no Hjerteven on that day.": "person: {person} har ingen hjerteven den dag.",
    "date: {date} is before the match began, on {start}.": "date: {date} er før, hjertevenskabet begyndte, den {start}.",
    "name: {name} is a partner already.": "name: {name} er allerede samarbejdspartner.",
    # Import and export.
    "--group, --event and --names belong to an attendance sheet; add: --as sheet": (
        "--group, --event og --names hører til en fremmødeliste; tilføj: --as sheet"
    ),
    "An attendance sheet is one file, and belongs to one group or event: --group G1 or --event E1": (
        "En fremmødeliste er én fil og hører til én gruppe eller ét arrangement: --group G1 eller --event E1"
    ),
    "Nothing was imported: {number} cell must be mended.": "Intet er indlæst: {number} celle skal rettes.",
    "{path} is empty: not one byte is in it. Restore a backup, or make a new file under another name.": (
        "{path} er tom: der er ikke én byte i den. Hent en sikkerhedskopi frem, eller lav en ny fil under et andet navn."
    ),
    "Nothing was imported: {number} cells must be mended.": "Intet er indlæst: {number} celler skal rettes.",
    "{path}: the name is no kind of row. Add --as KIND, one of: {kinds}": (
        "{path}: navnet er ikke en slags række. Tilføj --as SLAGS, en af: {kinds}"
    ),
    "the column has no heading": "kolonnen har ingen overskrift",
    "no such column; {kind} have: {names}": "den kolonne findes ikke; {kind} har: {names}",
    "the column stands there twice": "kolonnen står der to gange",
    "the column is missing": "kolonnen mangler",
    "there are more cells than headings": "der er flere celler end overskrifter",
    "the cell is empty": "cellen er tom",
    "the file holds another value for this row": "filen rummer en anden værdi for denne række",
    "{file}: nothing was imported; {number} names fit nobody or several: {names}.": (
        "{file}: intet er indlæst; {number} navne passer på ingen eller flere: {names}."
    ),
    "{file}: the file of names must have the columns name and person.": "{file}: filen med navne skal have kolonnerne name og person.",
    "“{text}” is neither a group nor an event. Write it like G1 or E12.": (
        "“{text}” er hverken en gruppe eller et arrangement. Skriv det som G1 eller E12."
    ),
    "the name stands there twice, with different people": "navnet står der to gange, med forskellige personer",
    "the column has no heading; write its date there": "kolonnen har ingen overskrift; skriv dens dato der",
    "{file}: no heading is a date. Write dates like 2024-03-05 or 5/3-2024.": (
        "{file}: ingen overskrift er en dato. Skriv datoer som 2024-03-05 eller 5/3-2024."
    ),
    "the date has no year of four digits; write it like 2024-03-05 or 5/3-2024": (
        "datoen har ikke et årstal med fire cifre; skriv den som 2024-03-05 eller 5/3-2024"
    ),
    "the date stands there twice": "datoen står der to gange",
    "nobody is named in this row": "ingen er nævnt i denne række",
    "number {number} is {person}": "nummer {number} er {person}",
    "write x for present, a for excused, and leave the cell empty for not there": (
        "skriv x for til stede og a for afbud, og lad cellen stå tom for ikke til stede"
    ),
    "the row of those without a name stands there twice": "rækken med dem uden navn står der to gange",
    "{event} is on {days}": "{event} er den {days}",
    "it was cancelled on that day, but people are ticked": "det var aflyst den dag, men nogen er krydset af",
    "the file holds {mark} here; correct it with: {command}": "filen har {mark} her; ret det med: {command}",
    "{file}: no heading says who the rows are about. Name a column Number or Name.": (
        "{file}: ingen overskrift siger, hvem rækkerne handler om. Kald en kolonne Nummer eller Navn."
    ),
    "{path}: the file is no table: {reason}.": "{path}: filen er ikke en tabel: {reason}.",
    "{path}: the file is no table: it holds zero bytes.": "{path}: filen er ikke en tabel: den rummer nulbytes.",
    "If it comes from an older Excel, add: --encoding windows-1252": "Kommer den fra en ældre Excel, så tilføj: --encoding windows-1252",
    "{path} is not in {encoding}. {hint}": "{path} er ikke i {encoding}. {hint}",
    "{path} is empty: not even headings.": "{path} er tom: der er ikke engang overskrifter.",
    "Reading .xlsx needs one more package: pip install 'husrum-cli[xlsx]'": (
        "For at læse .xlsx skal der en pakke mere til: pip install 'husrum-cli[xlsx]'"
    ),
    "Writing .xlsx needs one more package: pip install 'husrum-cli[xlsx]'": (
        "For at skrive .xlsx skal der en pakke mere til: pip install 'husrum-cli[xlsx]'"
    ),
    "{path} is no .xlsx file, or damaged.": "{path} er ikke en .xlsx-fil, eller den er beskadiget.",
    "to: “{name}” ends neither in .csv nor in .xlsx.": "to: “{name}” ender hverken på .csv eller .xlsx.",
}
