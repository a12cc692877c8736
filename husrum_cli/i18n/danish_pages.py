"""Danish: the pages of `husrum help`."""

from __future__ import annotations

PAGES: dict[str, str] = {
    """Dates

Write them as you say them, always the day first:
  5/3-2024   5.3.2024   05-03-2024   5. marts 2024   5 March 2024
  5/3                   the latest 5 March that has been
  today, i dag          yesterday, i går
  sunday, søndag        the latest Sunday that has been
  2024-03-05            a date of that shape is always year, month, day

Refused, since it could mean several things: 10, 2024, 5/3-24, 31/2/2024.
Only --born takes a year alone. --enquired takes “unknown” too.

A date that is left out is today, and what was written says which day that was.
Dates are shown as 2024-03-05: they sort, and nobody takes the day for the month.""": """Datoer

Skriv dem, som du siger dem, altid dagen først:
  5/3-2024   5.3.2024   05-03-2024   5. marts 2024   5 March 2024
  5/3                   den seneste 5. marts, der har været
  today, i dag          yesterday, i går
  sunday, søndag        den seneste søndag, der har været
  2024-03-05            en dato af den form er altid år, måned, dag

Afvist, fordi det kan betyde flere ting: 10, 2024, 5/3-24, 31/2/2024.
Kun --born tager et årstal alene. --enquired tager også “ukendt”.

En dato, der udelades, er i dag, og svaret fortæller, hvilken dag det blev.
Datoer vises som 2024-03-05: de kan sorteres, og ingen forveksler dag og måned.""",
    """People, groups and events

Everybody has a number in their city: 17. A group is G1, an event E1.
Wherever somebody is named, write what is shortest:
  17                    the number
  anna holm             the full name, or what they are called day to day
  anna h                beginnings of their names, if only one person fits

Upper case and accents don't matter: aase finds Åse.
If several fit, you are asked at a terminal; in a script they are listed.

Lists take commas and ranges: 17,19-22,anna h
--present none is nobody. In a file with several cities: Aarhus:17

husrum person find TEXT looks somebody up.""": """Personer, grupper og arrangementer

Alle har et nummer i deres by: 17. En gruppe er G1, et arrangement E1.
Hvor som helst nogen nævnes, så skriv det korteste:
  17                    nummeret
  anna holm             det fulde navn, eller det, de kaldes til daglig
  anna h                begyndelsen af navnene, hvis kun én passer

Store bogstaver og accenter er lige meget: aase finder Åse.
Passer flere, bliver du spurgt i en terminal; i et script bliver de nævnt.

Lister kan have kommaer og intervaller: 17,19-22,anna h
--present none er ingen. I en fil med flere byer: Aarhus:17

husrum person find TEKST slår nogen op.""",
    """Figures

husrum stats year 2024 shows the year as the STATUS report tells it.
Every figure has a key, and can be opened down to its rows:
  husrum stats explain 2024 visits_social_event

A visit is one person at one occasion. Those without a name are counted with --unnamed.
A share is told with its count and how many answered: 31 of 78 (40 %).
“Would not say”, “not asked” and “not recorded” are no answers, and stand beside it.

Numbers that can't be counted from the file are entered with their source:
  husrum figure set 2024 discord_members 212 --source Discord""": """Tal

husrum stats year 2024 viser året, som STATUS fortæller det.
Hvert tal har en nøgle, og kan åbnes helt ned til sine rækker:
  husrum stats explain 2024 visits_social_event

Et besøg er én person ved én lejlighed. Dem uden navn tælles med --unnamed.
En andel står med sit antal, og hvor mange der svarede: 31 af 78 (40 %).
“Vil ikke oplyse”, “ikke spurgt” og “ikke registreret” er ikke svar, og står ved siden af.

Tal, der ikke kan tælles op fra filen, skrives ind med deres kilde:
  husrum figure set 2024 discord_members 212 --source Discord""",
    """Import

husrum import FILE... reads CSV or .xlsx: all of it, or nothing.
A file is named by the kind of its rows: intakes.csv, events.csv, enrolments.csv …
A column is an option of the command that adds such a row: --suicidal-thoughts is suicidal_thoughts.
Danish headings work too. Several values stand with | between them.

--dry-run says what would happen. A bad cell stops it all; each is told with its row.
The same file read again adds nothing.

husrum export tables DIR writes what husrum import reads back.
An attendance sheet goes out with husrum export sheet G1, and back in with --as sheet.""": """Import

husrum import FIL... læser CSV eller .xlsx: det hele, eller intet.
En fil hedder efter slagsen af dens rækker: intakes.csv, events.csv, enrolments.csv …
En kolonne er et valg ved den kommando, der tilføjer en sådan række: --suicidal-thoughts er suicidal_thoughts.
Danske overskrifter virker også. Flere værdier står med | imellem.

--dry-run siger, hvad der ville ske. En forkert celle standser det hele; hver nævnes med sin række.
Læses den samme fil igen, tilføjes intet.

husrum export tables MAPPE skriver det, som husrum import læser ind igen.
En fremmødeliste kommer ud med husrum export sheet G1, og ind igen med --as sheet.""",
    """Privacy

The file holds what was told in confidence. Keep it where only you can read it.
husrum encrypt makes it unreadable without its key, for whoever takes the computer or finds a copy.
Nobody's answers are shown in lists; only husrum intake show tells them.
While you tick off who came, only number and first name stand on the screen.

Answers need never stand on the command line, where the shell remembers them:
husrum intake hold anna asks, --answers FILE reads them from a file.
“Would not say”, “not asked” and “no” are three different answers.

A CPR number is never stored. Error messages never repeat an answer about health.
An interview that was interrupted is kept in the file itself, until it is saved or thrown away.""": """Fortrolighed

Filen rummer det, der er fortalt i fortrolighed. Hav den, hvor kun du kan læse den.
husrum encrypt gør den ulæselig uden sin nøgle, for den, der tager computeren eller finder en kopi.
Ingens svar vises i lister; kun husrum intake show fortæller dem.
Mens du krydser af, hvem der kom, står kun nummer og fornavn på skærmen.

Svar behøver aldrig stå på kommandolinjen, hvor skallen husker dem:
husrum intake hold anna spørger, --answers FIL læser dem fra en fil.
“Vil ikke oplyse”, “ikke spurgt” og “nej” er tre forskellige svar.

Et CPR-nummer gemmes aldrig. Fejlmeddelelser gentager aldrig et svar om helbred.
En forsamtale, der blev afbrudt, huskes i selve filen, til den gemmes eller smides væk.""",
}
