"""Danish: what is wrong with the file, with what was typed, and with whom it names."""

from __future__ import annotations

ERRORS: dict[str, str] = {
    # The command line and the file.
    "This is a bug in husrum ({kind} at {where}); nothing was written.": "Det er en fejl i husrum ({kind} ved {where}); intet er skrevet.",
    "language: “{text}” is neither da nor en.": "language: “{text}” er hverken da eller en.",
    "format: “{text}” is none of table, json, csv.": "format: “{text}” er hverken table, json eller csv.",
    "Nothing to change was named.": "Du har ikke sagt, hvad der skal ændres.",
    "No file is chosen. Name one with --db FILE, or choose it once and for all: husrum use FILE": (
        "Der er ikke valgt nogen fil. Nævn en med --db FIL, eller vælg den én gang for alle: husrum use FIL"
    ),
    "“{text}” is none of them.": "“{text}” er ikke en af dem.",
    "{path} can't be written: {reason}.": "{path} kan ikke skrives: {reason}.",
    "{path} can't be read: {reason}.": "{path} kan ikke læses: {reason}.",
    "{path} can't be written: there is no folder {folder}.": "{path} kan ikke skrives: mappen {folder} findes ikke.",
    "{path} can't be read or written here; nothing was changed.": "{path} kan ikke læses eller skrives her; intet er ændret.",
    "{path} is a folder; name a file in it.": "{path} er en mappe; nævn en fil i den.",
    "{path} exists already; choose another name.": "{path} findes allerede; vælg et andet navn.",
    "{path} exists already; choose another name or add --overwrite.": (
        "{path} findes allerede; vælg et andet navn, eller tilføj --overwrite."
    ),
    "{path} exists already; choose another folder or add --overwrite.": (
        "{path} findes allerede; vælg en anden mappe, eller tilføj --overwrite."
    ),
    "{path} exists already; choose another folder: husrum demo DIR": "{path} findes allerede; vælg en anden mappe: husrum demo MAPPE",
    "{path} does not exist; make it with: husrum init {path} --city NAME": (
        "{path} findes ikke; opret den med: husrum init {path} --city NAVN"
    ),
    "{path} is no husrum file.": "{path} er ikke en husrum-fil.",
    "{path} is a database, but not one of husrum.": "{path} er en database, men ikke en af husrums.",
    "{path} was made by a newer husrum; update this one.": "{path} er lavet med en nyere husrum; opdater din.",
    "{path} is damaged: it can't be brought to today's version. Restore a backup.": (
        "{path} er beskadiget: den kan ikke føres op til den nyeste version. Hent en sikkerhedskopi frem."
    ),
    "{path} is damaged: it has no version. Restore a backup.": "{path} er beskadiget: den har ingen version. Hent en sikkerhedskopi frem.",
    "{path} is damaged or no husrum file; restore a backup.": "{path} er beskadiget eller ikke en husrum-fil; hent en sikkerhedskopi frem.",
    "{path} is being written by another program; try again when it is done.": (
        "Et andet program er ved at skrive i {path}; prøv igen, når det er færdigt."
    ),
    "{path} is a national file; people and activities are entered in their city's own file.": (
        "{path} er en landsfil; personer og aktiviteter skrives ind i byens egen fil."
    ),
    "The disk is full; nothing was written to {path}.": "Disken er fuld; intet er skrevet til {path}.",
    "branch: there is no “{name}” in the file; it holds {branches}.": "branch: der er ingen “{name}” i filen; den rummer {branches}.",
    "name: {name} is in the file already.": "name: {name} er allerede i filen.",
    "active_to: {to} is before it was active, from {since}.": "active_to: {to} er før, byen blev aktiv, fra {since}.",
    # What was typed.
    "{field} is missing.": "{field} mangler.",
    "{field} is empty.": "{field}: der står ikke noget.",
    "{field} is {length} characters long; at most {longest} fit.": "{field}: {length} tegn er for langt; der er plads til højst {longest}.",
    "{field} holds control characters; type it again by hand.": "{field}: der er styretegn i teksten; skriv den igen i hånden.",
    "{field} holds hidden signs for the reading direction; type it again by hand.": (
        "{field}: der er skjulte tegn for læseretningen i teksten; skriv den igen i hånden."
    ),
    "{field} holds what looks like a CPR number, which is never stored here; leave it out.": (
        "{field}: det ligner et CPR-nummer, og det gemmes aldrig her; udelad det."
    ),
    "{field}: that is no e-mail address.": "{field}: det er ikke en e-mailadresse.",
    "{field}: “|” separates several values, and can't stand in a name.": "{field}: “|” adskiller flere værdier og kan ikke stå i et navn.",
    "{field}: {text} fits several: {choices}.": "{field}: {text} passer på flere: {choices}.",
    "{field}: {text} is not known.{meant} Choose from: {choices}.": "{field}: {text} er ikke kendt.{meant} Vælg mellem: {choices}.",
    "{field} takes one answer.": "{field}: der er kun plads til ét svar.",
    "{field}: {code} stands alone.": "{field}: {code} kan ikke stå sammen med andre svar.",
    "answers: line {line} is not like “diagnosis: anxiety, autism”. Known: {names}": (
        "answers: linje {line} ligner ikke “diagnosis: anxiety, autism”. Kendte spørgsmål: {names}"
    ),
    "date: the next meeting of {group} is planned for {date}. Was one held on another day, name it with --date.": (
        "date: næste mødegang i {group} er planlagt til {date}. Er der holdt et møde en anden dag, så nævn den med --date."
    ),
    "{field}: {date} has not come yet.": "{field}: {date} er ikke kommet endnu.",
    "{field}: “{text}” is no year. Write it like 2024.": "{field}: “{text}” er ikke et år. Skriv det som 2024.",
    "{field}: “{text}” has a year of two digits. Write all four, like 5/3-2024.": (
        "{field}: “{text}” har et årstal med to cifre. Skriv alle fire, som 5/3-2024."
    ),
    "{field}: “{text}” is no day in the calendar. Day first, like 5/3-2024, or 2024-03-05.": (
        "{field}: “{text}” er ikke en dag i kalenderen. Dagen først, som 5/3-2024, eller 2024-03-05."
    ),
    "{field}: “{text}” lies outside the years {first}-{last}.": "{field}: “{text}” ligger uden for årene {first}-{last}.",
    "{field}: “{text}” is no date. Write it like 2024-03-05, 5/3-2024 or 5. marts 2024.": (
        "{field}: “{text}” er ikke en dato. Skriv den som 2024-03-05, 5/3-2024 eller 5. marts 2024."
    ),
    "{field}: “{text}” is no whole number from {smallest} up.": "{field}: “{text}” er ikke et helt tal fra {smallest} og op.",
    "{field}: “{text}” is no number. Write it like 1.5 or 1,5, without thousands separators.": (
        "{field}: “{text}” er ikke et tal. Skriv det som 1.5 eller 1,5, uden tusindtalsskilletegn."
    ),
    "{field}: “{text}” is not in whole kroner. Write it like 415000.": "{field}: “{text}” er ikke hele kroner. Skriv det som 415000.",
    "{field}: “{text}” is no age range. Write it like 20-30.": "{field}: “{text}” er ikke et aldersspænd. Skriv det som 20-30.",
    "{field}: “{text}” is no number of this kind. Write it like {example}.": (
        "{field}: “{text}” er ikke et nummer af den slags. Skriv det som {example}."
    ),
    "{field}: “{text}” is neither yes nor no.": "{field}: “{text}” er hverken ja eller nej.",
    "key: “{text}” is no figure. {hint}": "key: “{text}” er ikke et nøgletal. {hint}",
    "Did you mean {keys}?": "Mente du {keys}?",
    "All keys: husrum stats year --format csv": "Alle nøgler: husrum stats year --format csv",
    "key: {key} is a share, which is never reported: it needs its count and its base.": (
        "key: {key} er en andel, og den indberettes aldrig: den skal have sit antal og sit grundlag."
    ),
    "value: {key} is a whole number; write it without thousands separators.": (
        "value: {key} er et helt tal; skriv det uden tusindtalsskilletegn."
    ),
    "to: {to} is before {since}.": "to: {to} er før {since}.",
    "until: {until} is before {since}.": "until: {until} er før {since}.",
    "until: {until} is before {date}.": "until: {until} er før {date}.",
    # People.
    "Nobody's name holds “{text}”.": "Ingen hedder noget med “{text}”.",
    "show: “{text}” is neither phone nor email.": "show: “{text}” er hverken phone eller email.",
    "{field}: nobody in the file is “{text}”; look with: husrum person find TEXT": (
        "{field}: ingen i filen er “{text}”; søg med: husrum person find TEKST"
    ),
    "{field}: “{text}” fits several: {who}. Use the number.": "{field}: “{text}” passer på flere: {who}. Brug nummeret.",
    "{field}: “{text}” runs backwards.": "{field}: “{text}” går baglæns.",
    "{field}: “{text}” is no range of numbers.": "{field}: “{text}” er ikke en række af numre.",
    "{field}: nobody stands between two commas in “{text}”.": "{field}: der står ingen mellem to kommaer i “{text}”.",
    "{field}: nobody has the number {number}; look with: husrum person find TEXT": (
        "{field}: ingen har nummer {number}; søg med: husrum person find TEKST"
    ),
    "{field}: {number} is the number of several: {who}.": "{field}: {number} er nummeret på flere: {who}.",
    "ref: {number} is the number of {person} already.": "ref: {number} er allerede nummeret på {person}.",
    "ref: {number} was given to someone before; choose another one.": "ref: {number} har været en andens nummer; vælg et andet.",
    "name: several people have this name and birth date; give the number in the column person.": (
        "name: flere har dette navn og denne fødselsdato; skriv nummeret i kolonnen person."
    ),
    "name: {person} has the same name and birth date. If it is the same human, add: --person {number}": (
        "name: {person} har samme navn og fødselsdato. Er det den samme, så tilføj: --person {number}"
    ),
    "name: number {number} is {person}.": "name: nummer {number} er {person}.",
    "{field}: {person} has another one in the file; correct it with: husrum person edit": (
        "{field}: {person} har noget andet i filen; ret det med: husrum person edit"
    ),
    "gender: {person} is no volunteer; a young person's is an answer: husrum intake edit": (
        "gender: {person} er ikke frivillig; for en ung er det et svar ved forsamtalen: husrum intake edit"
    ),
    "{person} left on {date} already.": "{person} stoppede allerede den {date}.",
    "date: {date} is before {person} came, on {start}.": "date: {date} er før, {person} kom til, den {start}.",
    "withdrawn: {withdrawn} is before it was given, on {given}.": "withdrawn: {withdrawn} er før, samtykket blev givet, den {given}.",
    "person: that is the same number twice.": "person: det er samme nummer to gange.",
    "person: they are in two branches; people are linked there when the files are merged.": (
        "person: de hører til i to byer; der kobles personer sammen, når filerne flettes."
    ),
    "person: {one} and {other} were born on different days; with --force they are joined all the same.": (
        "person: {one} og {other} er født på forskellige dage; med --force lægges de sammen alligevel."
    ),
    "person: {one} and {other} are matched with each other.": "person: {one} og {other} er matchet med hinanden.",
    "person: both {one} and {other} have {what} at the same time; end one first.": (
        "person: både {one} og {other} har {what} på samme tid; afslut den ene først."
    ),
    "the same role": "samme rolle",
    "a place on the waiting list": "en plads på ventelisten",
    "a Hjerteven": "en hjerteven",
    "a place in the same group": "en plads i samme gruppe",
    "the lead of the same group": "ledelsen af samme gruppe",
    "person: both have an enquiry on {date}, with interviews on different days.": (
        "person: begge har en henvendelse den {date}, med forsamtaler på forskellige dage."
    ),
    "person: a contact is with a person or with a group.": "person: en kontakt er med en person eller med en gruppe.",
    # Enquiries.
    "enquired: {person} has an enquiry on {date} already; change it with: husrum intake edit": (
        "enquired: {person} har allerede en henvendelse den {date}; ret den med: husrum intake edit"
    ),
    "enquired: {person} has another enquiry on that day.": "enquired: {person} har en anden henvendelse den dag.",
    "{person} has no enquiry that waits for an interview; a new one: husrum intake add --person {number}": (
        "{person} har ingen henvendelse, der venter på en forsamtale; en ny: husrum intake add --person {number}"
    ),
    "{person} has no enquiry{date}.": "{person} har ingen henvendelse{date}.",
    "{field}: the interview on {held} is before the enquiry on {enquired}.": (
        "{field}: forsamtalen den {held} er før henvendelsen den {enquired}."
    ),
    # What the operating system says.
    "No such file or directory": "den findes ikke",
    "Permission denied": "du har ikke lov til det",
    "Operation not permitted": "du har ikke lov til det",
    "Is a directory": "det er en mappe",
    "Not a directory": "en del af stien er ikke en mappe",
    "No space left on device": "disken er fuld",
    "Read-only file system": "disken kan kun læses",
    "File exists": "den findes allerede",
    "File name too long": "navnet er for langt",
    "Input/output error": "disken svarer ikke, som den skal",
    "Device or resource busy": "den er i brug",
    "File too large": "filen er for stor",
    "Disk quota exceeded": "der er ikke mere plads til dig på disken",
    "Too many levels of symbolic links": "genvejene peger på hinanden",
}
