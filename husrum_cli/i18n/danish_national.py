"""Danish: the nation's file, what is handed over to it, and what is wrong with the files that come."""

from __future__ import annotations

NATIONAL: dict[str, str] = {
    "{place}: seven synthetic cities and {nation}; nobody in them exists. Look around: husrum --db {city} person list": (
        "{place}: syv opdigtede byer og {nation}; ingen i dem findes. Se dig om: husrum --db {city} person list"
    ),
    # The commands.
    "Put the files of several cities into one national file.": "Saml flere byers filer i én landsfil.",
    "Write tables, attendance sheets, and what a city sends to the nation.": "Skriv tabeller, fremmødelister og det, en by sender til landet.",
    # What is told.
    "{path} holds {number} city. It is pseudonymous, not anonymous: keep it where only you can read it. See: husrum stats year --db {path}": (
        "{path} rummer {number} by. Den er pseudonym, ikke anonym: gem den, hvor kun du kan læse den. Se: husrum stats year --db {path}"
    ),
    "{path} holds {number} cities. It is pseudonymous, not anonymous: keep it where only you can read it. See: husrum stats year --db {path}": (
        "{path} rummer {number} byer. Den er pseudonym, ikke anonym: gem den, hvor kun du kan læse den. Se: husrum stats year --db {path}"
    ),
    "{path}: {branch} to hand over (people: {people}, attendance: {attendance}, unlinkable: {unlinkable}). Send it to the national office, which merges it: husrum merge OUT FILE": (
        "{path}: {branch} til aflevering (personer: {people}, fremmøder: {attendance}, kan ikke kobles: {unlinkable}). Send den til landskontoret, som samler den med: husrum merge UD FIL"
    ),
    "Occasions": "Mødegange",
    "Unlinkable": "Kan ikke kobles",
    "Events": "Arrangementer",
    "Key": "Nøgle",
    "new": "ny",
    "unchanged": "uændret",
    "replaced": "erstattet",
    "older": "ældre",
    "kept": "beholdt",
    "The nation's own": "Landets egne",
    "missing: {branches}": "mangler: {branches}",
    "Probably joint events, without the same key in every city": "Sandsynligvis fælles arrangementer, uden samme nøgle i alle byer",
    "{path} is the file that is merged into; it is read as that.": "{path} er den fil, der samles i; den læses som den.",
    "{path} is the same file as {other}; it is read once.": "{path} er samme fil som {other}; den læses én gang.",
    "{path} is one city's own file; of other cities nothing was taken from it ({branches}).": (
        "{path} er én bys egen fil; om andre byer er intet taget fra den ({branches})."
    ),
    "Without a link key nobody in {branches} is linked to another city: --key FILE": (
        "Uden koblingsnøgle er ingen i {branches} koblet med en anden by: --key FIL"
    ),
    # What is refused.
    "{path} is a city's own file, which a merge would replace; name another file for the nation.": (
        "{path} er en bys egen fil, som ville blive erstattet; nævn en anden fil til landet."
    ),
    "{path} is a national file; only a city hands over its file.": "{path} er en landsfil; kun en by afleverer sin fil.",
    "{path} is one city's own file; other cities are added to the national file: husrum merge OUT FILE": (
        "{path} er én bys egen fil; andre byer kommer i landsfilen: husrum merge UD FIL"
    ),
    "branch: {branch} has its own file; correct it there, and merge it again.": "branch: {branch} har sin egen fil; ret det dér, og saml den igen.",
    "A handover holds health data and is encrypted to the national office, whose key this file doesn't know: husrum link national-key KEY. In clear, where nobody else can read it: --unencrypted": (
        "En aflevering rummer helbredsoplysninger og krypteres til landskontoret, hvis nøgle filen ikke kender: husrum link national-key NØGLE. Ukrypteret, hvor ingen andre kan læse den: --unencrypted"
    ),
    "{branch} was edited in two files after they parted: {path} goes on with {one}, {other_path} with {other}. Merge the one that is right, without the other.": (
        "{branch} er rettet i to filer, efter at de blev skilt: {path} fortsætter med {one}, {other_path} med {other}. Saml den rigtige, uden den anden."
    ),
    "{branch}: {path} and {other_path} have the same edits but not the same rows, so one was changed outside husrum. Merge the one that is right, without the other.": (
        "{branch}: {path} og {other_path} har de samme rettelser, men ikke de samme rækker, så den ene er ændret uden om husrum. Saml den rigtige, uden den anden."
    ),
    "{branch} is the name of two different cities, in {path} and in {other_path}. Rename one in its own file: husrum branch edit --name NAME": (
        "{branch} er navnet på to forskellige byer, i {path} og i {other_path}. Omdøb den ene i dens egen fil: husrum branch edit --name NAVN"
    ),
    "The link keys differ: {branch} has {one}, {other_branch} has {other}. All cities must use the same key file.": (
        "Koblingsnøglerne er forskellige: {branch} har {one}, {other_branch} har {other}. Alle byer skal bruge den samme nøglefil."
    ),
    # What is wrong with a file that came.
    "{path} does not exist.": "{path} findes ikke.",
    "{path} is empty: not one byte is in it. Ask for it again.": "{path} er tom: der er ikke én byte i den. Bed om den igen.",
    "{path} is encrypted; name what it is opened with: --identity FILE": "{path} er krypteret; nævn det, den åbnes med: --identity FIL",
    "{path} is damaged: it has no version. Ask for it again.": "{path} er beskadiget: den har ingen version. Bed om den igen.",
    "{path} is cut off, or was copied while it was being written. Ask for it again.": (
        "{path} er skåret af eller kopieret, mens der blev skrevet i den. Bed om den igen."
    ),
    "{path} was left open by another program, and rows may be missing (WAL). Where it is written, run: husrum check --db FILE": (
        "{path} er ikke lukket af et andet program, og rækker kan mangle (WAL). Dér, hvor den skrives, kør: husrum check --db FIL"
    ),
    "{path} has unfinished changes beside it ({path}-journal). Where it is written, run: husrum check --db FILE": (
        "{path} har ufærdige ændringer ved siden af sig ({path}-journal). Dér, hvor den skrives, kør: husrum check --db FIL"
    ),
    "{path} was changed while it was read; try again when nobody writes to it.": (
        "{path} blev ændret, mens den blev læst; prøv igen, når ingen skriver i den."
    ),
    "{path} was replaced by another program just now; run the command again.": "{path} blev erstattet af et andet program lige nu; kør kommandoen igen.",
    "{path} was made by another program just now; run the command again.": "{path} blev lavet af et andet program lige nu; kør kommandoen igen.",
    "{path} is not as husrum makes it ({name}); nothing of it was read.": "{path} er ikke, som husrum laver den ({name}); intet er læst fra den.",
    "{path} holds what husrum never writes (in {table}); nothing of it was read.": (
        "{path} rummer noget, husrum aldrig skriver (i {table}); intet er læst fra den."
    ),
    "{path} is not as it was handed over ({table} differs from its manifest). Ask for it again.": (
        "{path} er ikke, som den blev afleveret ({table} afviger fra dens følgeseddel). Bed om den igen."
    ),
    "bytes that are no text": "bytes, der ikke er tekst",
    "{path} is damaged ({reason}). Ask for it again.": "{path} er beskadiget ({reason}). Bed om den igen.",
    "{path} is damaged (rows of {table} point at nothing). Ask for it again.": (
        "{path} er beskadiget (rækker i {table} peger på ingenting). Bed om den igen."
    ),
    "{path} is damaged (its own city is missing). Ask for it again.": "{path} er beskadiget (dens egen by mangler). Bed om den igen.",
    "{path} takes longer to read than a file of its size may; nothing of it was taken.": (
        "{path} tager længere tid at læse, end en fil af den størrelse må; intet er taget fra den."
    ),
    "{path} holds a text that is longer than any of husrum's; nothing of it was taken.": (
        "{path} rummer en tekst, der er længere end nogen af husrums; intet er taget fra den."
    ),
    "{path} holds rows that contradict each other or another file's; nothing of it was taken.": (
        "{path} rummer rækker, der modsiger hinanden eller en anden fils; intet er taget fra den."
    ),
    "{path} can't be read here.": "{path} kan ikke læses her.",
}
