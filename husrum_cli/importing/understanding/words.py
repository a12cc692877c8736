"""The usual Danish and English words of spreadsheets that are not the field's own: marks, totals, guests, unknowns."""

from __future__ import annotations

import re
from itertools import takewhile

PRESENT, EXCUSED, ABSENT = "x", "a", ""
_MARKS = {
    **dict.fromkeys(("x", "1", "ja", "yes", "true", "sand", "✓", "✔", "✔️", "✅", "☑", "☒", "v", "til stede", "mødt", "kom"), PRESENT),
    **dict.fromkeys(("a", "afbud", "excused", "syg", "sygdom", "meldt afbud", "afb", "sygemeldt", "ferie"), EXCUSED),
    **dict.fromkeys(
        ("", "-", "–", "—", "0", "nej", "no", "false", "falsk", "f", "fravær", "absent", "ikke mødt", "udeblevet", "☐"), ABSENT
    ),
}
UNKNOWN_WORDS = frozenset(
    {"?", "??", "???", "-", "–", "—", "ukendt", "unknown", "uvist", "ved ikke", "n/a", "na", "ikke kendt", "ikke noteret"}
)
NO_VALUE = "?"
_COUNTED = "unge|frivillige|personer|deltagere|fremmøder?|fremmødte?|besøg|mødte?|arrangementer"
_TOTALS = re.compile(
    r"(i alt|ialt|sum|total|totalt|subtotal|samlet|antal|gennemsnit|gns|snit|optalt|optælling|sammentælling|antal i alt|tilsammen)"
    rf"( (i alt|{_COUNTED}|gange|rækker|pr gang|pr\. gang|antal|[0-9]+))*|.+ (i alt|ialt|total)"
)
_COUNTS = frozenset(
    {
        "gange",
        "antal gange",
        "mødt",
        "fremmøde",
        "fremmødt",
        "fremmøder",
        "antal fremmøder",
        "procent",
        "pct",
        "%",
        "fremmødeprocent",
        "fremmøde %",
    }
)
_NUMBER_OF = re.compile(rf"(.*?)[:=\s]*[0-9]+\s*(stk|{_COUNTED})?( i alt)?")
_PART = re.compile(r"(heraf|deraf|hvoraf|herunder|including)\b")
_HOW_MANY = re.compile(r"\b(antal|deltager|deltagerantal|deltagere|fremmødte?|unge|participants)\b")
# Those of whom a heading counts all but the participants, or what are no people.
_NOT_PARTICIPANTS = re.compile(
    r"frivillig|hjælper|leder|arrangør|volunteer|tilmeld|afmeld|afbud|udeblev|inviter|plads|kapacitet|venteliste"
    r"|\b(nye?|timer|minutter|uger?|gange|kr|kroner|udgift|beløb|pris|registered|invited|seats|capacity|hours|weeks?)\b"
)
_YOUNG = re.compile(r"\bunge\b|\byoung\b")
_CAME = re.compile(r"\b(deltager|deltagerantal|deltagere|fremmødte?|mødte?|participants)\b")
_GUESTS = re.compile(
    r"(antal |andre |øvrige |nye |ukendte |anonyme |\+ ?)?(gæst|gæster|guests?|unnamed|uden navn|øvrige|andre|ukendte|anonyme|flere|ekstra|unavngivne)( uden navn| \(antal\)| antal| i alt)?"
    r"|(\+ ?|andre |øvrige )nye|nye uden navn"
)
_LEADER = re.compile(r"\b(gruppeleder|leder|leader|medleder|tovholder)\b")
_VOLUNTEER = re.compile(r"\b(frivillig|volunteer|hjælper)\b")
_REMARK = re.compile(
    r"[=:;!?]|^[*#•]|^(obs|ps|nb|note|husk|opdateret|ajourført|forklaring|signatur|se også|kilde|bemærk|listen|arket|skrevet)\b|\.\s*$|[0-9]{4}"
)
_SENTENCE = re.compile(r"\b(er|med|til|på|ikke|har|kom|kommer|ved|hvis|skrives|betyder|som|skal|kun|fra|før|uden)\b")
_ROLE = r"(?:gruppe|med)?leder|(?:group )?leader|tovholder|frivillig|volunteer|hjælper"
_ROLE_AFTER = re.compile(rf"(.*[^\s,–-])\s*(?:,|\s[–-])\s*({_ROLE})\.?", re.IGNORECASE)
_AGE_AFTER = re.compile(r"(.*[^\W\d])(?:\s*,|\s+[–-])?\s+([0-9]{1,2} år)\.?", re.IGNORECASE)
_ROLE_BEFORE = re.compile(rf"({_ROLE})\s*[:–-]?\s+(\S.*)", re.IGNORECASE)
# Months that are first names too.
_MONTH_NAMES = frozenset({"april", "maj", "juni", "juli", "august", "may", "june"})
_SECTION = re.compile(
    r"januar|februar|marts|september|oktober|november|december|january|february|march|july|october|(uge|uger|week|weeks) [0-9].*"
    r"|((de|vores|nye|andre|øvrige|aktive|tidligere|stoppede|new|former) )*"
    r"(unge|deltagere|frivillige|(gruppe|med)?ledere?|arrangører?|tovholdere?|hjælpere|peers|peer ?støtter?|online ?frivillige|hjertevenner"
    r"|koordinatorer|young people|participants|volunteers|(group )?leaders?|organisers?|befrienders)"
    r"|(nye|aktive|inaktive|tidligere|stoppede|stoppet|andre|øvrige)|ventelisten?|waiting list"
)
_TICKS_OF_ONE_DAY = re.compile(r"(?:frem)?mødte?(?: op)?|fremmøde|kom|deltog|(?:har )?deltaget|til ?stede|came|attended|attendance|present")
_NOT_THERE = re.compile(
    r"\b(afbud|syg|sygdom|sygemeldt|ferie|aflyst|afmeldt|udeblev|udeblevet|fravær|fraværende|ikke|ej|måske|excused|absent|cancelled|maybe)\b|\?"
)
_SMALL = frozenset({"af", "al", "bin", "da", "de", "den", "der", "du", "el", "la", "le", "og", "van", "von", "zu"})
_JOINED = re.compile(r"[^\s.][\s.]*(?:[|;+&/]|\b(?:og|and|samt)\b)[\s.]*[^\s.]", re.IGNORECASE)
_BRACKETS = re.compile(r"[(\[]([^()\[\]]*)[)\]]")


def words_of(text: str) -> str:
    """Return a label as it is compared: without case, surrounding signs and double spaces; Danish letters stay."""
    return " ".join(text.casefold().split()).strip(" :.=*")


def mark_of(text: str) -> str | None:
    """Return the mark that a cell of a grid is; None if it is none."""
    words = " ".join(text.casefold().split())
    if words.startswith("(") and words.endswith(")"):
        words = words[1:-1].strip()
    found = _MARKS.get(words, _MARKS.get(words.strip(".!*")))
    if found is None and (remark := _BRACKETS.search(words)):  # `x (kom sent)`, but not `x (afbud)`
        bare, inside = _MARKS.get(" ".join(_BRACKETS.sub(" ", words).split())), _MARKS.get(remark[1].strip())
        return bare if bare and inside in (None, bare) else None
    return found


def says_who_came(heading: str) -> bool:
    """Whether a heading is that of the ticks of one day: `Mødt`."""
    return _TICKS_OF_ONE_DAY.fullmatch(words_of(heading).rstrip("?! ")) is not None


def is_unknown(text: str) -> bool:
    """Whether a cell says that its value is not known."""
    return text.strip().casefold() in UNKNOWN_WORDS


def is_total(text: str) -> bool:
    """Whether the label of a row or column is that of a total."""
    words = words_of(text)
    return words in _COUNTS or bool(_TOTALS.fullmatch(words)) and not is_guests(text)


def is_number_of_rows(text: str) -> bool:
    """Whether a text alone in a row says how many rows there are: `6 frivillige`, `I alt: 12`."""
    found = _NUMBER_OF.fullmatch(words_of(text))
    return found is not None and (bool(found[2]) if not found[1] else is_total(found[1]))


def is_part(text: str) -> bool:
    """Whether the label of a column is that of a part of those who are counted: `heraf nye`."""
    return bool(_PART.match(words_of(text)))


def says_how_many(text: str) -> bool:
    """Whether the label of a column is that of the number of participants, if nobody is named."""
    words = words_of(text)
    return bool(_HOW_MANY.search(words) or is_total(text)) and not _NOT_PARTICIPANTS.search(words)


def how_likely_participants(text: str) -> int:
    """Return how well a label says that it counts participants: the young before all who came, `Antal` alone and totals; 0 for others: `Antal piger`."""
    if not says_how_many(text):
        return 0
    words = words_of(text)
    return 4 if _YOUNG.search(words) else 3 if _CAME.search(words) else 2 if words == "antal" else int(is_total(text))


def is_guests(text: str) -> bool:
    """Whether the label of a row in a grid is that of those who were counted without names."""
    return bool(_GUESTS.fullmatch(words_of(text)) or _GUESTS.fullmatch(words_of(without_remark(text)[0])))


def may_be_guests(text: str) -> bool:
    """Whether the label of a row in a grid is that of people who came without a name, or of a part of those who are named."""
    return words_of(text) in ("nye", "new", "antal nye", "nye unge") or is_part(text)


def how_many(text: str) -> int | None:
    """Return the number of people that a text begins with: `4`, `4 andre`; None if it begins with none."""
    found = re.match(r"\s*([0-9]{1,3})(?=\s|$)", text)
    return int(found[1]) if found else None


def guests_of(text: str) -> str:
    """Return a text without the number of people that it begins with."""
    return text.strip().partition(" ")[2] if how_many(text) is not None else text


def is_number_of_guests(text: str) -> bool:
    """Whether a text says how many came without a name: `4 andre`, `3 gæster`."""
    return how_many(text) is not None and is_guests(guests_of(text))


def is_leader_remark(text: str) -> bool:
    """Whether a remark on a name says that they lead the group."""
    return bool(_LEADER.search(text.casefold()))


def is_volunteer_remark(text: str) -> bool:
    """Whether a remark on a name says that they are a volunteer."""
    return is_leader_remark(text) or bool(_VOLUNTEER.search(text.casefold()))


def is_remark(text: str) -> bool:
    """Whether the only cell of a row is a remark or a legend rather than a name."""
    words = (without_remark(text)[0] or text).casefold()
    return len(words) > 60 or len(words.split()) > 5 or bool(_REMARK.search(words) or _SENTENCE.search(words))


def says_excused(name: str) -> bool:
    """Whether the remark on a name says that they sent word that they would not come: `Anna Holm (afbud)`."""
    remark = without_remark(name)[1]
    return len(remark) > 1 and mark_of(remark) == EXCUSED


def says_not_there(name: str) -> bool:
    """Whether a name is written with a remark that they were not there, or perhaps: `Anna Holm (kom ikke)`, `Anna Holm?`."""
    name, remark = without_remark(name)
    return "?" in name or bool(remark) and (mark_of(remark) in (EXCUSED, ABSENT) or bool(_NOT_THERE.search(remark.casefold())))


def is_section(text: str) -> bool:
    """Whether the only cell of a row is the heading of a section in a list of people: a month, a week, or their role."""
    return bool(_SECTION.fullmatch(words_of(text).replace("-", " ")))


def may_be_section(text: str) -> bool:
    """Whether the only cell of a row is the heading of a section or somebody: a month that is a first name too."""
    return words_of(text) in _MONTH_NAMES


def is_like_a_name(text: str) -> bool:
    """Whether a text looks like somebody's full name: two to five words that begin with a capital letter, and no digits."""
    words = without_remark(text)[0].split()
    return 2 <= len(words) <= 5 and all(word[0].isupper() and not any(map(str.isdigit, word)) for word in words) and not is_remark(text)


def without_remark(name: str) -> tuple[str, str]:
    """Return a name, and the remark on it: in brackets as in `Anna (Mads' kæreste)`, the role as in `Karen Bang, leder` and `Leder: Karen Bang`, or an age."""
    remarks = [found.strip() for found in _BRACKETS.findall(name) if found.strip()]
    bare = " ".join(_BRACKETS.sub(" ", name).split())
    if found := _ROLE_AFTER.fullmatch(bare) or _AGE_AFTER.fullmatch(bare):
        return found[1], "; ".join([*remarks, found[2]])
    if found := _ROLE_BEFORE.fullmatch(bare):
        return found[2], "; ".join([*remarks, found[1]])
    return bare, "; ".join(remarks)


def is_in_brackets(name: str) -> bool:
    """Whether a whole name is in brackets."""
    return bool(_BRACKETS.fullmatch(name.strip()))


def lines_apart(name: str) -> str:
    """Return the whole names that a cell has below each other on one line, parted by semicolons; one name may go on in a second line."""
    lines = [line for line in name.splitlines() if line.strip()]
    return "; ".join(lines) if len(lines) > 1 and all(len(line.split()) > 1 for line in lines) else name


def may_be_several(name: str, surnames_first: bool) -> bool:
    """Whether a cell may name more than one person: `Eva og Bo Ek`, `Eva Ek, Bo Ek`. `surnames_first`: whether names are written `Ek, Eva` there."""
    if _JOINED.search(name):
        return True
    by_comma = [part.split() for part in name.split(",") if part.strip(" .")]
    return len(by_comma) > 2 or len(by_comma) == 2 and not surnames_first and all(len(part) > 1 for part in by_comma)


def has_more_than_name(name: str) -> bool:
    """Whether a number stands after somebody's name, such as a phone's: `Bo Ek 20304050`. One digit tells them from a namesake."""
    words = name.split()
    before = list(takewhile(lambda word: not any(map(str.isdigit, word)), words))
    rest = words[len(before) :]
    while before and before[-1].islower():  # as in `Bo Ek, tlf. 20304050`
        before.pop()
    return bool(rest) and is_like_a_name(" ".join(before).rstrip(" ,;:–-")) and not (len(rest) == 1 == len(rest[0]))


def tidy_name(name: str) -> str:
    """Return a name with single spaces; one that is all capitals or none as names are written: `MAJA ANDERSEN` is Maja Andersen."""
    name = " ".join(name.replace("\u200b", "").replace("\ufeff", "").replace("\xad", "").split())
    if name.islower() and " " in name:
        return re.sub(r"[^\W\d_]+", lambda found: found[0] if found[0] in _SMALL else found[0].capitalize(), name)
    if name.isupper() and len(name) > 3 and " " in name:
        return re.sub(r"[^\W\d_]+", lambda found: found[0].capitalize(), name)
    return name


def names_in(text: str) -> list[str]:
    """Return the names in a cell, however they are joined."""
    parts = re.split(r"[|,;+&\n]|\bog\b|\band\b|\bsamt\b", text)
    return [part.strip() for part in parts if part.strip(" .")]


def may_name_people(text: str) -> bool:
    """Whether a text that could be a remark names somebody, or several by their first names."""
    names = [name for part in names_in(text) for name in part.split("/")]
    names = [without_remark(name)[0].strip(" .?!") for name in names]
    return any(map(is_like_a_name, names)) or len(names) > 1 and all(name.istitle() for name in names)
