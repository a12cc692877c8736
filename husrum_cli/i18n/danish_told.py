"""Danish: what a command tells when it is done, and what a check finds."""

from __future__ import annotations

TOLD: dict[str, str] = {
    # Cities and files.
    "{branch}: changed. See: husrum branch list": "{branch}: ændret. Se: husrum branch list",
    "{branch}: closed on {date}. See: husrum branch list": "{branch}: lukket den {date}. Se: husrum branch list",
    "{branch}: active from {date}. See: husrum branch list": "{branch}: aktiv fra {date}. Se: husrum branch list",
    "{path}: a new file for {city}. Begin with: {command}": "{path}: en ny fil til {city}. Begynd med: {command}",
    "Commands work on this file from now on; another one: husrum use FILE": (
        "Fra nu af arbejder kommandoerne på denne fil; en anden vælges med: husrum use FIL"
    ),
    "Commands work on {path} ({cities}) from now on.": "Fra nu af arbejder kommandoerne på {path} ({cities}).",
    "{number} file written to {path}. It holds names and answers: keep it where only you can read it.": (
        "{number} fil skrevet til {path}. Den rummer navne og svar: gem den, hvor kun du kan læse den."
    ),
    "{number} files written to {path}. They hold names and answers: keep them where only you can read them.": (
        "{number} filer skrevet til {path}. De rummer navne og svar: gem dem, hvor kun du kan læse dem."
    ),
    "{activity}: written to {path} (people: {people}, dates: {days}).": "{activity}: skrevet til {path} (personer: {people}, datoer: {days}).",
    "{path} lies in a folder that {service} copies to other computers; move it to one that stays here.": (
        "{path} ligger i en mappe, som {service} kopierer til andre computere; flyt den til en mappe, der bliver her."
    ),
    "{path} can be read by others on this computer; mend it with: chmod 600 {path}": (
        "{path} kan læses af andre på denne computer; ret det med: chmod 600 {path}"
    ),
    # Enquiries and people.
    ", interview on {date}": ", forsamtale den {date}",
    "{person}: enquiry on {date}{interview}. See: husrum person show {number}": (
        "{person}: henvendelse den {date}{interview}. Se: husrum person show {number}"
    ),
    "{person}: interview on {date}. See: husrum intake show {number}": "{person}: forsamtale den {date}. Se: husrum intake show {number}",
    "{person}: enquiry changed. See: husrum intake show {number}": "{person}: henvendelsen er ændret. Se: husrum intake show {number}",
    "{person}: {columns} changed. See: husrum person show {number}": "{person}: rettet ({columns}). Se: husrum person show {number}",
    "{other} is now {person}. See: husrum person show {number}": "{other} er nu {person}. Se: husrum person show {number}",
    "{person}: moved on to {to} on {date}. See: husrum person show {number}": (
        "{person}: gik videre til {to} den {date}. Se: husrum person show {number}"
    ),
    "{person}: left on {date}. See: husrum person show {number}": "{person}: stoppede den {date}. Se: husrum person show {number}",
    "given on {date}": "givet den {date}",
    "withdrawn on {date}": "trukket tilbage den {date}",
    "{person}: {purpose} {what}. See: husrum person show {number}": (
        "{person}: samtykke til {purpose} {what}. Se: husrum person show {number}"
    ),
    "{person} was named twice and counts once.": "{person} er nævnt to gange og tæller én gang.",
    "{person} has the same name; if it is the same human: husrum person join": (
        "{person} har det samme navn; er det den samme: husrum person join"
    ),
    "“{text}” fits several:": "“{text}” passer på flere:",
    # Groups and events.
    ", {number} meeting planned, on {date}": ", {number} mødegang planlagt, {date}",
    ", {number} meetings planned until {date}": ", {number} mødegange planlagt til og med {date}",
    "{group} opens on {date}{planned}. See: husrum group show {ref}": "{group} åbner den {date}{planned}. Se: husrum group show {ref}",
    "{group}: {people} enrolled from {date}. See: husrum group show {ref}": (
        "{group}: {people} tilmeldt fra {date}. Se: husrum group show {ref}"
    ),
    "{group}: {person} leads it until {date}.": "{group}: {person} er gruppeleder til {date}.",
    "{group}: {person} leads it from {date}.": "{group}: {person} er gruppeleder fra {date}.",
    "{group}: the meeting on {date} is cancelled. See: husrum group show {ref}": (
        "{group}: mødegangen den {date} er aflyst. Se: husrum group show {ref}"
    ),
    "{group}, {what} See: husrum group show {ref}": "{group}, {what} Se: husrum group show {ref}",
    "{number} participant": "{number} deltager",
    "{number} participants": "{number} deltagere",
    " ({unnamed} unnamed)": " ({unnamed} uden navn)",
    "{number} volunteer": "{number} frivillig",
    "{number} volunteers": "{number} frivillige",
    " (before: {before})": " (før: {before})",
    "{group}: contact on {date}. See: husrum group show {ref}": "{group}: kontakt den {date}. Se: husrum group show {ref}",
    "{group}: {person} left on {date}. See: husrum group show {ref}": "{group}: {person} stoppede den {date}. Se: husrum group show {ref}",
    "{number} planned meeting was never recorded: husrum group meet {ref}": (
        "{number} planlagt mødegang blev aldrig registreret: husrum group meet {ref}"
    ),
    "{number} planned meetings were never recorded: husrum group meet {ref}": (
        "{number} planlagte mødegange blev aldrig registreret: husrum group meet {ref}"
    ),
    "{group}: closed on {date}. See: husrum group show {ref}": "{group}: afsluttet den {date}. Se: husrum group show {ref}",
    " (each day until {until})": " (hver dag til og med {until})",
    "{event}, {what}{trip} See: husrum event show {ref}": "{event}, {what}{trip} Se: husrum event show {ref}",
    "{which} {title}: planned for {date}.": "{which} {title}: planlagt til {date}.",
    "{which} {title}: {number} planned, {date} to {last}.": "{which} {title}: {number} planlagt, {date} til {last}.",
    "Afterwards: husrum event attend {ref} --present LIST": "Bagefter: husrum event attend {ref} --present LISTE",
    "{event}: cancelled{date}. See: husrum event show {ref}": "{event}: aflyst{date}. Se: husrum event show {ref}",
    "{ref} has the same title on the same day; if it is the same event: husrum event cancel": (
        "{ref} har samme titel samme dag; er det det samme arrangement: husrum event cancel"
    ),
    "{person} has the same name and birth date. Is it the same human? (yes/no)": "{person} har samme navn og fødselsdato. Er det samme menneske? (ja/nej)",
    "{key} is counted from the file in every year it has records of; this number stands only where it has none.": (
        "{key} tælles i filen i alle år, den har registreringer fra; dette tal gælder kun, hvor den ingen har."
    ),
    "{ref} has the joint key {key} in the same year too; nationally they count as one.": (
        "{ref} har også den fælles nøgle {key} i samme år; på landsplan tæller de som ét."
    ),
    "{person} holds no volunteer role on {date}, and so counts as a participant.": (
        "{person} har ingen frivilligrolle den {date} og tæller derfor som deltager."
    ),
    "{person} has no enquiry by {date}, and so counts as a volunteer there.": (
        "{person} har ingen henvendelse før {date} og tæller derfor som frivillig den dag."
    ),
    # Volunteers and Hjertevenner.
    "{person}: {roles} from {date}. See: husrum volunteer show {number}": (
        "{person}: {roles} fra {date}. Se: husrum volunteer show {number}"
    ),
    "{person}: {role} until {date}.": "{person}: {role} til {date}.",
    "{person}: {role} from {date}.": "{person}: {role} fra {date}.",
    "{person}: {kind} seen on {date}. See: husrum volunteer show {number}": (
        "{person}: {kind} registreret den {date}. Se: husrum volunteer show {number}"
    ),
    "{person}: {number} role ended on {date}.": "{person}: {number} rolle sluttede den {date}.",
    "{person}: {number} roles ended on {date}.": "{person}: {number} roller sluttede den {date}.",
    "{person} has that on {date} already.": "{person} har det allerede den {date}.",
    "{person} is no volunteer yet.": "{person} er ikke frivillig endnu.",
    "{person}: waits since {date}. See: husrum match list --waiting": "{person}: venter siden {date}. Se: husrum match list --waiting",
    "{person}: no longer waits from {date}. See: husrum match list --waiting": (
        "{person}: venter ikke længere fra {date}. Se: husrum match list --waiting"
    ),
    "{person}: offers to be a Hjerteven. See: husrum volunteer show {number}": (
        "{person}: vil gerne være hjerteven. Se: husrum volunteer show {number}"
    ),
    "{person} and {volunteer}: matched from {date}. See: husrum match list": (
        "{person} og {volunteer}: matchet fra {date}. Se: husrum match list"
    ),
    "{person} and {volunteer}: ended on {date}. See: husrum match list --all": (
        "{person} og {volunteer}: sluttet den {date}. Se: husrum match list --all"
    ),
    "{person}: contact on {date}. See: husrum person show {number}": "{person}: kontakt den {date}. Se: husrum person show {number}",
    "{person} has no enquiry, and so does not count on the waiting list.": (
        "{person} har ingen henvendelse og tæller derfor ikke på ventelisten."
    ),
    "{person} has a Hjerteven since {since}.": "{person} har haft en hjerteven siden {since}.",
    "{person} holds no volunteer role yet; give one with: husrum volunteer role {number} befriender": (
        "{person} har ingen frivilligrolle endnu; giv en med: husrum volunteer role {number} befriender"
    ),
    "{person} is not a befriender on that day; if they are: husrum volunteer role {number} befriender": (
        "{person} er ikke registreret som hjerteven den dag; er vedkommende det: husrum volunteer role {number} befriender"
    ),
    "{person} still has a Hjerteven; end it with: husrum match end {number}": (
        "{person} har stadig en hjerteven; afslut med: husrum match end {number}"
    ),
    "{person} is still somebody's Hjerteven; end it with: husrum match end": (
        "{person} er stadig hjerteven for en ung; afslut med: husrum match end"
    ),
    "{person} holds no volunteer role on that day; give one with: husrum volunteer role {number} leader": (
        "{person} har ingen frivilligrolle den dag; giv en med: husrum volunteer role {number} leader"
    ),
    # Partners, grants and figures.
    "{name} is a partner. See: husrum partner list": "{name} er samarbejdspartner. Se: husrum partner list",
    "{funder}: {amount} kr. a year from {date}. See: husrum grant list": "{funder}: {amount} kr. om året fra {date}. Se: husrum grant list",
    "{key} {year}: {value}. See: husrum stats explain {year} {key}": "{key} {year}: {value}. Se: husrum stats explain {year} {key}",
    # Import.
    "… and {number} notes more; husrum check lists what contradicts itself.": (
        "… og {number} noter mere; husrum check viser det, der modsiger sig selv."
    ),
    "Nothing was written; {number} row would be.": "Intet er skrevet; {number} række ville blive det.",
    "Nothing was written; {number} rows would be.": "Intet er skrevet; {number} rækker ville blive det.",
    "{number} row imported. See: husrum stats year": "{number} række indlæst. Se: husrum stats year",
    "{number} rows imported. See: husrum stats year": "{number} rækker indlæst. Se: husrum stats year",
    "Everything in the files is known already; nothing was added.": "Alt i filerne er kendt i forvejen; intet er tilføjet.",
    "Fill in the numbers in {path}, and import the sheet again.": "Udfyld numrene i {path}, og indlæs arket igen.",
    "{recorded} dates recorded, {known} known, {empty} without a tick; {marks} marks added. Look: {look}": (
        "{recorded} datoer registreret, {known} kendt i forvejen, {empty} uden kryds; {marks} krydser tilføjet. Se: {look}"
    ),
    "These columns are no dates, and were not read: {columns}.": "Disse kolonner er ikke datoer og blev ikke læst: {columns}.",
    "{date}: nobody is ticked; what was recorded before stays.": "{date}: ingen er krydset af; det, der var registreret, bliver stående.",
    "{date}: people are excused but nobody is ticked, so nothing was recorded.": (
        "{date}: der er afbud, men ingen er krydset af, så intet blev registreret."
    ),
    # What a check finds.
    "damage": "skade",
    "contradiction": "modsigelse",
    "remark": "bemærkning",
    "{number} contradiction or damage must be mended.": "{number} modsigelse eller skade skal rettes.",
    "{number} contradictions or damages must be mended.": "{number} modsigelser eller skader skal rettes.",
    "No damage and no contradictions.": "Ingen skader og ingen modsigelser.",
    "SQLite can't read it: {reason}.": "SQLite kan ikke læse den: {reason}.",
    "SQLite finds: {reason}.": "SQLite melder: {reason}.",
    "table": "tabellen",
    "index": "indekset",
    "trigger": "triggeren",
    "view": "visningen",
    "The {kind} is missing.": "Her mangler {kind}.",
    "The {kind} does not belong in a husrum file.": "I en husrum-fil hører {kind} ikke hjemme.",
    "The {kind} is not as husrum makes it.": "Sådan laver husrum ikke {kind}.",
    "Rows that point at nothing in {parent}: {number}.": "Rækker, der ikke peger på noget i {parent}: {number}.",
    "Left on {left} and came afterwards, first on {date} (occasions: {times}).": (
        "Stoppede den {left} og kom alligevel bagefter, første gang den {date} (antal gange: {times})."
    ),
    "A participant on {date}, before their first enquiry on {enquired} (occasions: {times}).": (
        "Deltager den {date}, før den første henvendelse den {enquired} (antal gange: {times})."
    ),
    "A participant since {date}, without an enquiry (occasions: {times}).": (
        "Deltager siden {date} uden en henvendelse (antal gange: {times})."
    ),
    "Was {age} years old on {date}: born {born}.": "Var {age} år den {date}: født {born}.",
    "An enquiry or interview on {date}, which has not come yet.": "En henvendelse eller forsamtale den {date}, som ikke er kommet endnu.",
    "Recorded as held on {date}, which has not come yet (occasions: {times}).": (
        "Registreret som afholdt den {date}, som ikke er kommet endnu (antal gange: {times})."
    ),
    "Closed on {closed}, but met on {date}.": "Afsluttet den {closed}, men mødtes den {date}.",
    "Starts on {starts}, but met on {date}.": "Starter den {starts}, men mødtes den {date}.",
    "Enrolled in {activity} from {date}, after it was closed on {closed}.": (
        "Tilmeldt {activity} fra {date}, efter den blev afsluttet den {closed}."
    ),
    "Leads {activity} from {date}, after it was closed on {closed}.": "Leder {activity} fra {date}, efter den blev afsluttet den {closed}.",
    "Is {role} twice at the same time: from {first} and from {second}.": "Er {role} to gange samtidig: fra {first} og fra {second}.",
    "Enrolled in {activity} twice at the same time: from {first} and from {second}.": (
        "Tilmeldt {activity} to gange samtidig: fra {first} og fra {second}."
    ),
    "Leads {activity} twice at the same time: from {first} and from {second}.": (
        "Leder {activity} to gange samtidig: fra {first} og fra {second}."
    ),
    "On the waiting list twice at the same time: from {first} and from {second}.": (
        "På ventelisten to gange samtidig: fra {first} og fra {second}."
    ),
    "Has two Hjertevenner at the same time: from {first} and from {second}.": "Har to hjertevenner samtidig: fra {first} og fra {second}.",
    "Perhaps the same human as {other}.": "Måske samme person som {other}.",
    "Has neither an enquiry nor a volunteer role.": "Har hverken en henvendelse eller en frivilligrolle.",
    "Enquired on {date}, more than 90 days ago, and has had no interview.": (
        "Henvendte sig den {date}, for mere end 90 dage siden, og har ikke fået en forsamtale."
    ),
    "Has a Hjerteven since {date}, but has had no interview.": "Har haft en hjerteven siden {date}, men har ikke fået en forsamtale.",
    "Is a Hjerteven since {date}, but holds no volunteer role.": "Har været hjerteven siden {date}, men har ingen frivilligrolle.",
    "Is a Hjerteven since {date}, but has not taken the intro course.": "Har været hjerteven siden {date}, men har ikke taget introkurset.",
    "Leads {activity} from {date}, but holds no volunteer role in that time.": (
        "Leder {activity} fra {date}, men har ingen frivilligrolle i den tid."
    ),
    "A group without a meeting, held or planned.": "En gruppe uden en mødegang, hverken afholdt eller planlagt.",
    "Planned for {date} and never recorded (meetings: {times}).": "Planlagt til {date} og aldrig registreret (mødegange: {times}).",
    "Planned for {date} and never recorded (days: {times}).": "Planlagt til {date} og aldrig registreret (dage: {times}).",
    "The same title on {date} as {twin}.": "Samme titel den {date} som {twin}.",
}
