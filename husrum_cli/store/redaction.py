"""Find somebody's names, phone and e-mail in the free texts of a file, however they are spelled."""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .store import Store

# Columns of free text, any of which may contain a name, as may a closed year's figures. A test lists the columns that are in neither group.
FREE_TEXT: dict[str, tuple[str, ...]] = {
    "partners": ("name", "kind"),
    "intakes": ("note",),
    "answers": ("answer",),  # the municipality is typed
    "volunteers": ("recruited_through", "note"),
    "activities": ("title", "activity", "joint", "note"),
    "programmes": ("programme",),
    "sessions": ("theme", "note"),
    "preferences": ("value",),
    "contacts": ("note",),
    "grants": ("funder",),
    "reported_figures": ("key", "source"),
    "figures_for_branches": ("key", "source"),
    "closed_years": ("reopened_why",),
    "drafts": ("answers",),
    "former_names": ("name",),
    "reminders": ("note",),
    "volunteer_applications": ("recruited_through", "note"),
    "volunteer_hours": ("what",),
    "goals": ("text",),
    "suggestions": ("text", "note"),
    "quotes": ("text",),
    "pair_meetings": ("note",),
    "settings": ("value",),  # the themes are typed
    "targets": ("key", "text", "period", "why", "note"),
}
# Tables in which a first name alone is another person's own name.
_NAMES_OF_OTHERS = ("former_names", "drafts")
_SHORT = 4
# SQL that says which row it is, to a coordinator who is to look at it. Other tables are named alone.
_PERSON = "(SELECT number FROM people WHERE id = t.person_id)"
_WHICH = {
    "intakes": f"{_PERSON} || ifnull(', ' || t.enquired, '')",
    **dict.fromkeys(("volunteers", "former_names"), _PERSON),
    **dict.fromkeys(("reminders", "goals", "volunteer_hours", "volunteer_applications"), f"{_PERSON} || ifnull(', ' || t.date, '')"),
    "pair_meetings": "(SELECT number FROM people JOIN matches ON person_id = people.id WHERE matches.id = t.match_id) || ifnull(', ' || t.date, '')",
    "contacts": f"ifnull({_PERSON}, (SELECT ref FROM activities WHERE id = t.activity_id)) || ifnull(', ' || t.date, '')",
    **dict.fromkeys(("quotes", "suggestions", "targets", "grants"), "t.number"),
    "activities": "t.ref",
    "programmes": "(SELECT ref FROM activities WHERE id = t.activity_id)",
    "sessions": "(SELECT ref FROM activities WHERE id = t.activity_id) || ', ' || t.date",
    "partners": "t.name",
    "reported_figures": "t.year",
    "settings": "t.key",
}
# Sessions that somebody took part in, in which a first name alone may mean them.
_THEIR_SESSIONS = """t.activity_id IN (SELECT activity_id FROM enrolments WHERE person_id = :id UNION SELECT activity_id FROM leaders WHERE person_id = :id
    UNION SELECT activity_id FROM sessions JOIN attendance ON session_id = sessions.id WHERE attendance.person_id = :id)"""
# Signs that are one letter in names. What is not here is itself.
_ALIKE = ("aàáâã", "cç", "eéèêë", "iíìîï", "nñ", "oóòôõ", "uúùûü", "yýÿ", "sš", "zž", "lł")
_SPELLED = {sign: f"[{group}]" for group in _ALIKE for sign in group} | {
    **dict.fromkeys(("å", "aa"), "(?:å|aa)"),
    **dict.fromkeys(("ø", "ö", "oe"), "(?:ø|ö|oe)"),
    **dict.fromkeys(("æ", "ä", "ae"), "(?:æ|ä|ae)"),
    **dict.fromkeys("'’ʼ´`", "['’ʼ´`]?"),
}
# After a name: also the genitive, “Anna Holms notat”, but never the beginning of another name, “Anna Holmberg”.
_END = r"(?=(?:['’]?s)?(?!\w))"


class Text(NamedTuple):
    """A text that contains what was looked for: its table, and which row of it, as a coordinator would say it ("" if that can't be said)."""

    table: str
    which: str


class Wanted(NamedTuple):
    """The patterns to search for. `certain`: theirs wherever they occur, None if nothing is known; `possible`: parts of a name, which may be somebody else's."""

    id: int
    certain: re.Pattern[str] | None
    possible: tuple[re.Pattern[str], ...]


def wanted(store: Store, id: int, name_is_theirs: bool) -> Wanted:
    """Return the patterns to search for about a person. `name_is_theirs`: nobody else has the same name."""
    person = store.row("SELECT name, called, phone, email FROM people WHERE id = ?", id)
    assert person is not None, "the caller found the person"
    names = [person["name"], *(row["name"] for row in store.rows("SELECT name FROM former_names WHERE person_id = ?", id))]
    names = [name for name in names if name] if name_is_theirs else []
    patterns = [pattern for name in names for pattern in _name_patterns(name, person["called"])]
    if person["email"]:
        patterns.append(rf"(?i:(?<![\w.@]){re.escape(person['email'])}(?!\w))")
    if person["phone"] and len(digits := re.sub(r"\D", "", unicodedata.normalize("NFKC", person["phone"]))) >= 8:
        # With and without the country's code, in whatever groups, also in full-width digits.
        either = [f"[{digit}{chr(ord('０') + int(digit))}]" for digit in digits[-8:]]
        patterns.append(r"(?<![\d+])(?:(?:[+＋]|[0０]{2})\d{1,3}[^\w,;|]{0,3}|[4４][5５])?" + r"[^\w,;|]{0,3}".join(either) + r"(?!\d)")
    possible = dict.fromkeys(part for name in [*names, person["called"] or ""] for part in _parts_of_a_name(name))
    return Wanted(id, re.compile("|".join(patterns)) if patterns else None, tuple(map(re.compile, possible)))


def _parts_of_a_name(name: str) -> Iterator[str]:
    """Yield the patterns of a first name, a last name, and of both with initials: `S.M. Ørsted`, `Søren M. Ørsted`, `Søren Ø.`"""
    words = [word for word in re.split(r"[\s.-]+", name) if word]
    if not words:
        return
    yield rf"(?<!\w)(?i:{_spelled(name.split()[0])}){_END}"
    if len(words) > 1:
        first, last = words[0], words[-1]
        # A short last name is often an ordinary word, which begins with a small letter.
        yield rf"(?<!\w){'' if len(last) > _SHORT else '(?=[A-ZÀ-Þ])'}(?i:{_spelled(last)}){_END}"
        between = "".join(rf"(?:{_initial_or_word(word)}[\s-]*)?" for word in words[1:-1])
        yield rf"(?<!\w)(?i:{_initial_or_word(first)}[\s-]*{between}{_spelled(last)}){_END}"
        yield rf"(?<!\w)(?i:{_spelled(first)}[\s-]+{between}{_spelled(last[0])}\.?)(?!\w)"


def _initial_or_word(word: str) -> str:
    return rf"(?:{_spelled(word)}|{_spelled(word[0])}\.?)"


def _name_patterns(name: str, called: str | None) -> Iterator[str]:
    words = [word for word in re.split(r"[\s.-]+", name) if word]
    if len(words) < 2:
        # A single name may be an ordinary word, or the first name of somebody else.
        yield rf"(?<!\w){re.escape(name.strip())}{_END}(?!\s+[A-ZÆØÅ])"
        return
    between = r"[\s.-]+"
    spelled = [_spelled(word) for word in words]
    orders = [between.join(spelled)]
    orders += [between.join(spelled[number:]) + r"\s*,\s*" + between.join(spelled[:number]) for number in range(1, len(spelled))]
    if called:
        orders.append(between.join([*map(_spelled, called.split()), spelled[-1]]))
    for each in orders:
        yield rf"(?i:(?<!\w){each}{_END})"


def _spelled(word: str) -> str:
    """Return a pattern of a word in each way it is spelled: å is aa, accents don't matter."""
    return "".join(_SPELLED.get(part, re.escape(part)) for part in re.findall("aa|oe|ae|.", word.casefold()))


def without(pattern: re.Pattern[str], mark: str) -> Callable[[str], str]:
    """Return a function that returns a text with the mark in place of what was found."""
    return lambda text: pattern.sub(mark, text)


def texts_with(store: Store, pattern: re.Pattern[str] | None) -> list[Text]:
    """Return the texts of the file in which a pattern is found, whatever they are about."""
    return list(_found(store, pattern, lambda table, column: "1")) if pattern else []


def possible_texts(store: Store, them: Wanted) -> list[Text]:
    """Return the notes in which only a part of a name is found that may be theirs, for a coordinator to look at.

    Of meetings and events that they took part in; of all, if nobody else in the file is called so.
    """
    names = [
        name
        for row in store.rows("SELECT name, called FROM people WHERE id <> ? AND name IS NOT NULL", them.id)
        for name in (row["name"], row["called"])
        if name
    ]
    names += [f"{name[0]}. {name.split()[-1]}" for name in names] + [f"{name.split()[0]} {name.split()[-1][0]}." for name in names]
    certain = without(them.certain, "") if them.certain else None
    found: dict[Text, None] = {}
    for part in them.possible:
        shared = any(map(part.search, names))

        def where(table: str, column: str, shared: bool = shared) -> str:
            if table in _NAMES_OF_OTHERS:
                return "0"
            own = "t.person_id IS NOT :id" if table in _OWNED else _NOT_OWN.get(table, "1")
            return f"{own} AND {_THEIR_SESSIONS if table == 'sessions' and shared else '0' if shared else '1'}"

        found |= dict.fromkeys(_found(store, part, where, {"id": them.id}, certain))
    return list(found)


# Rows of these tables are somebody's own: they go with the person, or are emptied.
_OWNED = ("intakes", "volunteers", "contacts", "goals", "quotes", "reminders", "volunteer_hours")
_NOT_OWN = {
    "preferences": "(SELECT person_id FROM waits WHERE id = t.wait_id) IS NOT :id AND (SELECT person_id FROM offers WHERE id = t.offer_id) IS NOT :id",
    "answers": "(SELECT person_id FROM intakes WHERE id = t.intake_id) IS NOT :id",
}


def _found(
    store: Store,
    pattern: re.Pattern[str],
    where: Callable[[str, str], str],
    values: dict[str, int] | None = None,
    before: Callable[[str], str] | None = None,
) -> Iterator[Text]:
    def found(text: str) -> bool:
        return pattern.search(before(text) if before else text) is not None

    store.connection.create_function("has_name", 1, found, deterministic=True)
    for table, columns in FREE_TEXT.items():
        for column in columns:
            which = _WHICH.get(table, "''")
            sql = f"SELECT {which} FROM {table} AS t WHERE {column} IS NOT NULL AND has_name({column}) AND {where(table, column)}"
            for (row,) in store.connection.execute(sql, values or {}):
                yield Text(table, str(row or ""))


def replace_in_texts(store: Store, pattern: re.Pattern[str], mark: str) -> list[Text]:
    """Put a mark in place of what is found, in all texts of the file. Return the texts that changed."""
    changed = texts_with(store, pattern)
    store.connection.create_function("without_name", 1, without(pattern, mark), deterministic=True)
    for table in dict.fromkeys(each.table for each in changed):
        for column in FREE_TEXT[table]:
            _replace(store.connection, table, column)
    return changed


def _replace(connection: sqlite3.Connection, table: str, column: str) -> None:
    connection.execute(
        f"UPDATE OR REPLACE {table} SET {column} = without_name({column}) WHERE {column} IS NOT NULL AND without_name({column}) <> {column}"
    )
