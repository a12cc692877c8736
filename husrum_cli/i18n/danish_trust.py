"""Danish: what was written and is taken back, backups, and where a file lies."""

from __future__ import annotations

TRUST: dict[str, str] = {
    # The commands.
    "Who wrote what, and when.": "Hvem der skrev hvad og hvornår.",
    "Take back the last command.": "Fortryd den seneste kommando.",
    "Copy the whole file.": "Kopiér hele filen.",
    "Put a backup in the place of the file.": "Sæt en sikkerhedskopi i filens sted.",
    # The log.
    "When": "Hvornår",
    "Command": "Kommando",
    "What was written": "Hvad der blev skrevet",
    "changed outside husrum": "ændret uden om husrum",
    "taken back": "fortrudt",
    "added": "tilføjet",
    "changed": "ændret",
    "removed": "fjernet",
    "settings": "indstillinger",
    "cities": "byer",
    "people": "personer",
    "former numbers": "tidligere numre",
    "partners": "samarbejdspartnere",
    "enquiries": "henvendelser",
    "answers": "svar",
    "volunteers": "frivillige",
    "roles": "roller",
    "papers": "papirer",
    "people who left": "personer, der er stoppet",
    "steps onward": "brobygninger",
    "consents": "samtykker",
    "groups and events": "grupper og arrangementer",
    "programmes": "programmer",
    "partners of groups and events": "samarbejdspartnere om grupper og arrangementer",
    "leaders and organisers": "ledere og tovholdere",
    "enrolments": "tilmeldinger",
    "meetings and days": "mødegange og dage",
    "attendances": "fremmøder",
    "places on the waiting list": "pladser på ventelisten",
    "offers": "tilbud",
    "wishes": "ønsker",
    "matches": "matches",
    "contacts": "kontakter",
    "grants": "bevillinger",
    "reported figures": "indtastede tal",
    "closed years": "lukkede år",
    "link tags": "koblingsmærker",
    "link decisions": "beslutninger om koblinger",
    "offers that grants pay for": "tilbud, som bevillinger betaler for",
    "pauses": "pauser",
    "proposals": "forslag",
    "answers to proposals": "svar på forslag",
    "expected cities": "ventede byer",
    "figures reported for cities": "tal indberettet for byer",
    "rows of closed years": "rækker i afsluttede år",
    "link keys": "koblingsnøgler",
    "unfinished forms": "skemaer, der ikke er gjort færdige",
    "lines of the manifest": "linjer i følgesedlen",
    # Taking back.
    "To be taken back: {command}, {when}.": "Fortrydes: {command}, {when}.",
    "To be taken back: {command}, {when}, {who}.": "Fortrydes: {command}, {when}, {who}.",
    "Take it back? (yes/no)": "Skal det fortrydes? (ja/nej)",
    "Nothing was taken back.": "Intet er fortrudt.",
    "Nothing was written.": "Intet er skrevet.",
    "{command} is taken back. See: husrum log": "{command} er fortrudt. Se: husrum log",
    "There is nothing to take back: nothing has been written since the file was made.": (
        "Der er intet at fortryde: der er ikke skrevet noget, siden filen blev oprettet."
    ),
    "The file was changed outside husrum after the last command, and that can't be taken back. With --force the command before is, and what was "
    "changed outside in the same rows goes with it.": (
        "Filen er ændret uden om husrum efter den seneste kommando, og det kan ikke fortrydes. Med --force fortrydes kommandoen før, og hvad der er "
        "ændret udefra i de samme rækker, går tabt."
    ),
    "“{command}” of {when} can't be taken back: what was there before is not kept. An older backup can be put back: husrum restore BACKUP": (
        "“{command}” fra {when} kan ikke fortrydes: det, der var før, er ikke gemt. En ældre sikkerhedskopi kan sættes tilbage: husrum restore KOPI"
    ),
    "Something was written meanwhile; look again with: husrum undo": "Der er skrevet noget i mellemtiden; se igen med: husrum undo",
    "It can't be taken back: what was entered later ({rows}) refers to it.": "Det kan ikke fortrydes: noget, der er indtastet senere ({rows}), henviser til det.",
    "It can't be taken back: something entered later stands in the place of what was.": (
        "Det kan ikke fortrydes: noget, der er indtastet senere, står på den plads."
    ),
    # Backups.
    "{path}: a whole copy, read through. To put it back: husrum restore {path}": "{path}: en hel kopi, læst igennem. Sæt den tilbage med: husrum restore {path}",
    "Everything written to {path} after the backup is put aside. Go on? (yes/no)": (
        "Alt, der er skrevet til {path} efter sikkerhedskopien, lægges til side. Fortsæt? (ja/nej)"
    ),
    "As it was, the file is kept: {path}": "Filen, som den var, er gemt: {path}",
    "Nothing could be read of the file that was replaced; its lineage goes on from the backup.": (
        "Der kunne ikke læses noget af den fil, der blev erstattet; historikken fortsætter fra sikkerhedskopien."
    ),
    "{path} holds what the backup holds. Look: husrum log": "{path} indeholder nu det, sikkerhedskopien indeholder. Se: husrum log",
    "{path} does not exist; name a backup.": "{path} findes ikke; skriv navnet på en sikkerhedskopi.",
    "{path} is the file itself; name a backup of it.": "{path} er filen selv; skriv navnet på en sikkerhedskopi af den.",
    "{path} does not exist; with --force the backup is put there all the same.": (
        "{path} findes ikke; med --force lægges sikkerhedskopien der alligevel."
    ),
    "{path} is damaged and was not put back: {reason}": "{path} er beskadiget og blev ikke sat tilbage: {reason}",
    "{backup} is of another city than {path}; with --force it is put there all the same.": (
        "{backup} er fra en anden by end {path}; med --force sættes den der alligevel."
    ),
    "{path} is damaged, and nothing was copied; look with: husrum check": "{path} er beskadiget, og intet er kopieret; se med: husrum check",
    "It holds bytes that are no text.": "Den indeholder bytes, der ikke er tekst.",
    # Where a file lies.
    "As far as can be seen, the disk that {path} lies on is not encrypted: whoever takes the computer can read it. Turn on the computer's disk "
    "encryption (BitLocker, FileVault, LUKS), or encrypt the file: husrum encrypt": (
        "Så vidt det kan ses, er disken med {path} ikke krypteret: den, der tager computeren, kan læse filen. Slå computerens diskkryptering til "
        "(BitLocker, FileVault, LUKS), eller kryptér filen: husrum encrypt"
    ),
    "Another program changed the file since the last command.": "Et andet program har ændret filen siden den seneste kommando.",
}
