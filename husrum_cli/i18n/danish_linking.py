"""Danish: one human in two cities, keys, and encrypted files."""

from __future__ import annotations

LINKING: dict[str, str] = {
    # The command.
    "One human in two cities: keys, likely pairs, decisions.": "Samme person i to byer: nøgler, mulige par, afgørelser.",
    "Other person": "Anden person",
    "Decided": "Afgjort",
    "Linked": "Koblet",
    "Agree": "Stemmer",
    "What agrees": "Det, der stemmer",
    "{number} decision.": "{number} afgørelse.",
    "{number} decisions.": "{number} afgørelser.",
    "{number} likely pair. Ask the cities, then: husrum link same PERSON PERSON, or: husrum link different PERSON PERSON": (
        "{number} muligt par. Spørg byerne, og skriv så: husrum link same PERSON PERSON, eller: husrum link different PERSON PERSON"
    ),
    "{number} likely pairs. Ask the cities, then: husrum link same PERSON PERSON, or: husrum link different PERSON PERSON": (
        "{number} mulige par. Spørg byerne, og skriv så: husrum link same PERSON PERSON, eller: husrum link different PERSON PERSON"
    ),
    "No pair waits for a decision. What was decided: husrum link list --decided": (
        "Ingen par venter på en afgørelse. Det, der er afgjort: husrum link list --decided"
    ),
    "Merged without a link key, so nobody there is linked or suggested: {cities}.": (
        "Flettet uden koblingsnøgle, så ingen derfra kobles eller foreslås: {cities}."
    ),
    "{one} and {other} are one human: {linked}. See: husrum link list --decided": (
        "{one} og {other} er samme person: {linked}. Se: husrum link list --decided"
    ),
    "{one} and {other} are two humans. See: husrum link list --decided": "{one} og {other} er to personer. Se: husrum link list --decided",
    "That was decided before.": "Det var afgjort i forvejen.",
    "It replaces what was decided before: two humans.": "Det erstatter den tidligere afgørelse: to personer.",
    "It replaces what was decided before: one human.": "Det erstatter den tidligere afgørelse: samme person.",
    "{path} is one city's file; people are linked in the national file. Choose it with --db FILE.": (
        "{path} er én bys fil; personer kobles i landsfilen. Vælg den med --db FIL."
    ),
    "{one} and {other} are of the same city; one human entered twice is joined in its own file: husrum person join": (
        "{one} og {other} er fra samme by; er en person skrevet ind to gange, lægges de sammen i byens egen fil: husrum person join"
    ),
    "{person} can't be linked: without a full birth date, or consent was withdrawn.": (
        "{person} kan ikke kobles: der mangler en fuld fødselsdato, eller samtykket er trukket tilbage."
    ),
    "{one} and {other}: then {third} and {fourth} would be the same too, who were decided to be different; if they are not: husrum link same {third} {fourth}": (
        "{one} og {other}: så ville {third} og {fourth} også være samme person, men de er afgjort som to; er de ikke det: husrum link same {third} {fourth}"
    ),
    "{one} and {other}: then {third} and {fourth} of one city would be the same too; join them in its own file: husrum person join": (
        "{one} og {other}: så ville {third} og {fourth} fra samme by også være samme person; læg dem sammen i byens egen fil: husrum person join"
    ),
    "{one} and {other} were decided to be the same by way of {third}; if that is wrong: husrum link different {one} {third}": (
        "{one} og {other} er afgjort som samme person gennem {third}; er det forkert: husrum link different {one} {third}"
    ),
    # The link key.
    "{path}: a new link key with the fingerprint {fingerprint}.": "{path}: en ny koblingsnøgle med fingeraftrykket {fingerprint}.",
    "Every city needs this same file: bring it on a USB stick, never by mail. There: husrum link use-key FILE": (
        "Alle byer skal bruge den samme fil: aflever den på et USB-stik, aldrig pr. mail. Skriv der: husrum link use-key FIL"
    ),
    "Compare the fingerprint on the phone. Keep a copy where only you can read it; it can't be made again.": (
        "Sammenlign fingeraftrykket i telefonen. Gem en kopi, hvor kun du kan læse den; den kan ikke laves igen."
    ),
    "People are linked with the key {fingerprint}, in {path}.": "Personer kobles med nøglen {fingerprint}, i {path}.",
    "No link key is chosen. Choose it with: husrum link use-key FILE": "Ingen koblingsnøgle er valgt. Vælg den med: husrum link use-key FIL",
    "{path} holds no link key (one line of 64 digits and letters a-f); make one with: husrum link new-key FILE": (
        "{path} rummer ingen koblingsnøgle (én linje med 64 cifre og bogstaver a-f); lav en med: husrum link new-key FIL"
    ),
    "{path} does not exist; a key is looked for there.": "{path} findes ikke; der ledes efter en nøgle der.",
    # Encrypted files.
    "Name either a public key or --new FILE.": "Skriv enten en offentlig nøgle eller --new FIL.",
    "What {path} hands over is encrypted to {key} from now on.": "Det, som {path} afleverer, krypteres fra nu af til {key}.",
    "The file knows no national key. Ask the national office for it, then: husrum link national-key KEY": (
        "Filen kender ingen landsnøgle. Bed landskontoret om den, og skriv så: husrum link national-key NØGLE"
    ),
    "{path}: the national office's identity. Keep it secret and keep a copy: without it no handover can be opened.": (
        "{path}: landskontorets hemmelige nøgle. Hold den hemmelig, og gem en kopi: uden den kan ingen aflevering åbnes."
    ),
    "Give every city the public key above. There: husrum link national-key KEY": (
        "Giv alle byer den offentlige nøgle herover. Skriv der: husrum link national-key NØGLE"
    ),
    "key: that is the secret half, which belongs in its file only. Make a new pair: husrum link national-key --new FILE": (
        "key: det er den hemmelige halvdel, som kun hører til i sin fil. Lav et nyt par: husrum link national-key --new FIL"
    ),
    "key: that is no public key; one begins with age1 and is 62 characters long.": (
        "key: det er ikke en offentlig nøgle; sådan en begynder med age1 og er 62 tegn lang."
    ),
    "{path} was encrypted for another key than the one in {identity}.": "{path} er krypteret til en anden nøgle end den i {identity}.",
    "{path} is damaged or cut off; ask for it to be sent again.": "{path} er beskadiget eller klippet over; bed om at få den sendt igen.",
    "{path} holds no identity; name the secret file that was made with: husrum link national-key --new FILE": (
        "{path} rummer ingen hemmelig nøgle; angiv den fil, der blev lavet med: husrum link national-key --new FIL"
    ),
    "{path} is too large for a handed-over file.": "{path} er for stor til at være en aflevering.",
    "Encryption needs one more package: pip install 'husrum-cli[age]'": (
        "For at kryptere skal der en pakke mere til: pip install 'husrum-cli[age]'"
    ),
}
