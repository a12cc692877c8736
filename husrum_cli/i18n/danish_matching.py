"""Danish: who fits whom, proposals and what became of them, and what a file is set to."""

from __future__ import annotations

MATCHING: dict[str, str] = {
    # What is known of either side, and asked for.
    "What they like": "Hvad vedkommende kan lide",
    "When they can": "Hvornår vedkommende kan",
    "Where in town": "Hvor i byen",
    "Languages": "Sprog",
    "What the other should know": "Hvad den anden skal vide",
    "Which gender they feel safe with": "Hvilket køn vedkommende er tryg ved",
    "Which age they feel safe with": "Hvilken alder vedkommende er tryg ved",
    "What the other should not have or like": "Hvad den anden ikke må have eller gå op i",
    "{person}: {columns} changed. See: husrum match list --waiting": "{person}: rettet ({columns}). Se: husrum match list --waiting",
    "avoid: {person} would avoid “{word}”, and names it themselves.": "avoid: {person} vil undgå “{word}”, men nævner det også om sig selv.",
    # Headings.
    "Interests": "Interesser",
    "Area": "Område",
    "Times": "Tidspunkter",
    "Age": "Alder",
    "Wants gender": "Ønsker køn",
    "Wants age": "Ønsker alder",
    "Avoids": "Undgår",
    "Points": "Point",
    "In all": "I alt",
    "Both name": "Begge nævner",
    "Must-have or wish": "Krav eller ønske",
    "Proposed for {date}": "Forslag for {date}",
    "no pair": "ingen par",
    "Left waiting": "Venter stadig",
    "Ruled out": "Udelukket",
    "Fit, but taken": "Passer, men optaget",
    "What would help": "Hvad ville hjælpe",
    "Volunteers left over": "Frivillige uden forslag",
    "Why": "Hvorfor",
    "Next best": "Næstbedste",
    "Proposed to": "Foreslået til",
    "Proposed before, and not answered by both or not started": "Foreslået tidligere, men ikke besvaret af begge eller ikke begyndt",
    "Proposed": "Foreslået",
    "Said yes": "Har sagt ja",
    "Answered": "Besvaret",
    "The young person": "Den unge",
    "The volunteer": "Den frivillige",
    "no": "nej",
    "Waiting": "Venter",
    "Matched": "Matchet",
    "Median days": "Median, dage",
    "Days without": "Dage uden",
    # What keeps two from being matched.
    "has not offered": "har ikke tilbudt sig",
    "not active that day": "ikke aktiv den dag",
    "no place left": "ingen ledig plads",
    "no intro course": "mangler introkursus",
    "no confidentiality declaration": "mangler tavshedserklæring",
    "no criminal record certificate": "mangler børneattest",
    "does not wait": "venter ikke",
    "has a Hjerteven already": "har allerede en hjerteven",
    "has an open proposal": "har et åbent forslag",
    "the same human": "samme menneske",
    "another city": "en anden by",
    "ended or declined before": "tidligere afsluttet eller afslået",
    "wished gender": "ønsket køn",
    "wished age": "ønsket alder",
    "no common time": "ingen fælles tid",
    "no common language": "intet fælles sprog",
    "something to avoid": "noget at undgå",
    "too few points": "for få point",
    "nobody waits": "ingen venter",
    "nobody fits": "ingen passer",
    "those who fit have somebody else": "dem, der passer, har fået en anden",
    # What would help.
    "one more place with the volunteer who fits": "én plads mere hos den frivillige, der passer",
    "one more place with one of the {number} who fit": "én plads mere hos en af de {number}, der passer",
    "a further place goes to somebody else first": "en plads mere går først til en anden",
    "{number} volunteer is not active that day": "{number} frivillig er ikke aktiv den dag",
    "{number} volunteers are not active that day": "{number} frivillige er ikke aktive den dag",
    "{number} volunteer has no place left": "{number} frivillig har ingen ledig plads",
    "{number} volunteers have no place left": "{number} frivillige har ingen ledig plads",
    "{number} volunteer lacks the intro course": "{number} frivillig mangler introkurset",
    "{number} volunteers lack the intro course": "{number} frivillige mangler introkurset",
    "{number} volunteer lacks a paper: {what}": "{number} frivillig mangler et papir: {what}",
    "{number} volunteers lack a paper: {what}": "{number} frivillige mangler et papir: {what}",
    "{number} volunteer has too few points": "{number} frivillig har for få point",
    "{number} volunteers have too few points": "{number} frivillige har for få point",
    "with {number} volunteer only this is in the way: {what}": "hos {number} frivillig står kun dette i vejen: {what}",
    "with {number} volunteers only this is in the way: {what}": "hos {number} frivillige står kun dette i vejen: {what}",
    # What is told of a proposal.
    "Points for each thing both name: interests {interest}, area {area}, times {time}, languages {speaks}. Change: husrum setting set": (
        "Point for hver ting, begge nævner: interesser {interest}, område {area}, tidspunkter {time}, sprog {speaks}. Ændr: husrum setting set"
    ),
    "They are proposed to each other already. See: husrum match list --proposed": (
        "De er allerede foreslået for hinanden. Se: husrum match list --proposed"
    ),
    "They are proposed to each other.": "De er foreslået for hinanden.",
    "They can't be matched: {reasons}.": "De kan ikke matches: {reasons}.",
    "They could be matched.": "De kan godt matches.",
    "{person} is proposed to {number} instead.": "{person} er i stedet foreslået til {number}.",
    "{volunteer} is proposed to {numbers}: the longest waiting come first, then the points.": (
        "{volunteer} er foreslået til {numbers}: først går de, der har ventet længst, dernæst tæller point."
    ),
    "Nobody waits for a Hjerteven on {date}; the first in the file began on {first}.": (
        "Ingen venter på en hjerteven den {date}; den første i filen begyndte den {first}."
    ),
    "Nobody waits for a Hjerteven on {date}. Somebody who does: husrum match wait PERSON": (
        "Ingen venter på en hjerteven den {date}. En, der gør: husrum match wait PERSON"
    ),
    "Everybody who waits on {date} has an open proposal.": "Alle, der venter den {date}, har et åbent forslag.",
    "No volunteer has offered to be a Hjerteven. One who does: husrum match offer VOLUNTEER": (
        "Ingen frivillig har tilbudt at være hjerteven. En, der gør: husrum match offer FRIVILLIG"
    ),
    "{number} pair is proposed from {date}. See: husrum match list --proposed": (
        "{number} par er foreslået fra {date}. Se: husrum match list --proposed"
    ),
    "{number} pairs are proposed from {date}. See: husrum match list --proposed": (
        "{number} par er foreslået fra {date}. Se: husrum match list --proposed"
    ),
    "{person} and {volunteer}: accepted by {side} on {date}. When they meet: husrum match start": (
        "{person} og {volunteer}: {side} sagde ja den {date}. Når de mødes: husrum match start"
    ),
    "{person} and {volunteer}: declined by {side} on {date}. See: husrum match list --proposed --all": (
        "{person} og {volunteer}: {side} sagde nej den {date}. Se: husrum match list --proposed --all"
    ),
    "{person} and {volunteer}: the proposal was taken back on {date}. See: husrum match list --proposed --all": (
        "{person} og {volunteer}: forslaget blev trukket tilbage den {date}. Se: husrum match list --proposed --all"
    ),
    "{person} and {volunteer}: paused from {date}. When they go on: husrum match resume": (
        "{person} og {volunteer}: pause fra {date}. Når de fortsætter: husrum match resume"
    ),
    "{person} and {volunteer}: they go on from {date}. See: husrum match list": (
        "{person} og {volunteer}: fortsætter fra {date}. Se: husrum match list"
    ),
    "Median wait: {number} day, with those who still wait counted in.": "Median for ventetiden: {number} dag, medregnet dem, der stadig venter.",
    "Median wait: {number} days, with those who still wait counted in.": (
        "Median for ventetiden: {number} dage, medregnet dem, der stadig venter."
    ),
    "Fewer than half have been matched so far, so there is no median wait yet.": (
        "Under halvdelen er matchet indtil nu, så der er endnu ingen median for ventetiden."
    ),
    "No contact for {days} days or more: {numbers}. When there was: husrum match contact PERSON": (
        "Ingen kontakt i {days} dage eller mere: {numbers}. Når der har været: husrum match contact PERSON"
    ),
    "pause": "pause",
    "offers to be a Hjerteven": "tilbyder sig som hjerteven",
    # States.
    "active": "aktiv",
    "paused": "pause",
    "ended": "sluttet",
    "proposed": "foreslået",
    "accepted": "sagt ja",
    "declined": "sagt nej",
    "withdrawn": "trukket tilbage",
    "matched": "matchet",
    "lapsed": "bortfaldet",
    # What is wrong or refused.
    "person: no proposal is open to {person} on {date}. See: husrum match list --proposed": (
        "person: der er intet åbent forslag til {person} den {date}. Se: husrum match list --proposed"
    ),
    "volunteer: several proposals are open to {person}; name the volunteer too.": (
        "volunteer: der er flere åbne forslag til {person}; nævn også den frivillige."
    ),
    "person: the match is not paused.": "person: hjertevenskabet er ikke på pause.",
    "person: the match is paused already, since {since}.": "person: hjertevenskabet er allerede på pause, siden {since}.",
    "date: {date} is before the pause began, on {start}.": "date: {date} er før, pausen begyndte, den {start}.",
    "date: {date} is before the last pause was over, on {end}.": "date: {date} er før, den sidste pause sluttede, den {end}.",
    "--why tells of one pair; leave out --save and --alternatives.": "--why fortæller om ét par; udelad --save og --alternatives.",
    "--date and --median belong to --waiting.": "--date og --median hører til --waiting.",
    "--no-contact is asked of matches that run.": "--no-contact gælder hjertevenskaber, der er i gang.",
    "Choose one of --waiting, --proposed, --active, --all.": "Vælg én af --waiting, --proposed, --active, --all.",
    "{field}: {person} and {volunteer} have no match on {date}.": "{field}: {person} og {volunteer} er ikke matchet den {date}.",
    "withdrawn: {withdrawn} is before it was proposed, on {date}.": "withdrawn: {withdrawn} er før, det blev foreslået, den {date}.",
    "proposed: {person} and {volunteer} were not proposed on {date}.": "proposed: {person} og {volunteer} blev ikke foreslået den {date}.",
    "date: {date} is before it was proposed, on {proposed}.": "date: {date} er før, det blev foreslået, den {proposed}.",
    "date: the match was paused already from {date}.": "date: hjertevenskabet var allerede på pause fra {date}.",
    # Settings.
    "What the file is set to.": "Hvad filen er indstillet til.",
    "Setting": "Indstilling",
    "Value": "Værdi",
    "Default": "Standard",
    "What it is": "Hvad det er",
    "The language of what is shown: da or en.": "Sproget i det, der vises: da eller en.",
    "Matching: points for each thing that both like or tell of themselves.": "Match: point for hver ting, som begge kan lide eller fortæller om sig selv.",
    "Matching: points for each part of town that both name.": "Match: point for hver del af byen, som begge nævner.",
    "Matching: points for each time of the week that both can.": "Match: point for hver tid på ugen, hvor begge kan.",
    "Matching: points for each language that both speak.": "Match: point for hvert sprog, som begge taler.",
    "Matching: papers a volunteer must have beside the intro course: confidentiality, criminal_record.": (
        "Match: papirer, en frivillig skal have ud over introkurset: confidentiality, criminal_record."
    ),
    "Days without contact after which a match stands out in the list.": "Dage uden kontakt, før et hjertevenskab fremhæves i listen.",
    "What is published: numbers from 1 up to below this one are hidden.": "Det, der offentliggøres: tal fra 1 og op til under dette skjules.",
    "{key} is now {value}. See: husrum setting list": "{key} er nu {value}. Se: husrum setting list",
    "key: “{text}” is no setting. There are: {keys}.": "key: “{text}” er ikke en indstilling. Der er: {keys}.",
    "{field}: {value} is too much; at most {largest}.": "{field}: {value} er for meget; højst {largest}.",
}
