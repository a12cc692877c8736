"""Find somebody's names, phone and e-mail in the free texts of a file, however they are spelled."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from ..input.text import first_name_first, name_key, name_words
from .closed_rows import read_rows
from .spellings import BETWEEN, END, Traces, plain_form
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
# Of these, by whom they are about; a contact may be about a group.
_OF_A_PERSON = {
    "intakes": f"{_PERSON} || ifnull(', ' || t.enquired, '')",
    **dict.fromkeys(("volunteers", "former_names"), _PERSON),
    **dict.fromkeys(("reminders", "goals", "volunteer_hours", "volunteer_applications"), f"{_PERSON} || ifnull(', ' || t.date, '')"),
    "pair_meetings": "(SELECT number FROM people JOIN matches ON person_id = people.id WHERE matches.id = t.match_id) || ifnull(', ' || t.date, '')",
    "contacts": f"ifnull({_PERSON}, (SELECT ref FROM activities WHERE id = t.activity_id)) || ifnull(', ' || t.date, '')",
}
_WHICH = {
    **_OF_A_PERSON,
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
# A full name shorter than this may be an ordinary word where it is written as one: Per Son.
_SHORT_NAME = 10
_FULL_NUMBER = 8


class TextFound(NamedTuple):
    """A text that contains what was looked for: its table, and which row of it, as a coordinator would say it ("" if that can't be said)."""

    table: str
    which: str

    @property
    def is_of_a_person(self) -> bool:
        """Whether it is said by the number of whom it is about."""
        return self.table in _OF_A_PERSON and self.which[:1].isdigit()


class SearchTerms(NamedTuple):
    """What to search for. `certain`: theirs wherever it occurs; `possible`: patterns of parts of a name, which may be somebody else's; of these `firsts`
    are first names alone.
    """

    id: int
    certain: Traces
    possible: tuple[str, ...]
    firsts: frozenset[str]

    def may_match(self, text: str) -> bool:
        """Whether any part of a name is in a text."""
        return self.certain.occur_in(text) or any(re.search(pattern, plain_form(text)) for pattern in self.possible)


def search_terms(store: Store, id: int) -> SearchTerms:
    """Return what to search for about a person: of their names those that nobody else has."""
    person = store.row("SELECT name, called, phone, email FROM people WHERE id = ?", id)
    assert person is not None, "the caller found the person"
    former = [row["name"] for row in store.rows("SELECT name FROM former_names WHERE person_id = ?", id)]
    others = _names_of_others(store, id)
    names = [name for name in (person["name"], *former) if name and name_key(name) not in others]
    patterns = [pattern for name in names for pattern in _name_patterns(name, person["called"], others)]
    if person["phone"] and len(digits := re.sub("[^0-9]", "", unicodedata.normalize("NFKC", person["phone"]))) >= _FULL_NUMBER:
        # With and without the country's code, in whatever groups.
        sign = r"[\W_]{0,3}"
        patterns.append(rf"(?<![\d+])(?:(?:\+|00){sign}\d{{1,3}}{sign}|45{sign})?" + sign.join(digits[-_FULL_NUMBER:]) + r"(?!\d)")
    email = rf"(?i:(?<![\w.@]){re.escape(person['email'])}(?!\w))" if person["email"] else None
    whole = [first_name_first(name) for name in (*names, person["called"]) if name]
    firsts = [_first_name_pattern(words) for name in whole if (words := name_words(name.split()[0]))]
    possible = dict.fromkeys([*firsts, *(part for name in whole for part in _parts_with_a_last_name(name))])
    certain = Traces(re.compile("|".join(dict.fromkeys(patterns))) if patterns else None, re.compile(email) if email else None)
    return SearchTerms(id, certain, tuple(possible), frozenset(firsts))


def _names_of_others(store: Store, id: int) -> set[str]:
    """Return the full names of all others, now and before, as names are compared."""
    sql = """SELECT name FROM people WHERE id <> ?1 AND name IS NOT NULL UNION SELECT name FROM former_names WHERE person_id <> ?1"""
    return {name_key(name) for (name,) in store.connection.execute(sql, (id,))}


def name_is_shared(store: Store, id: int) -> bool:
    """Return whether somebody else has, or had, the name that a person has."""
    name = store.value("SELECT name FROM people WHERE id = ?", id)
    return bool(name) and name_key(name) in _names_of_others(store, id)


def _spelled(word: str) -> str:
    """Return a pattern of a plain word or name, in one piece or several."""
    return BETWEEN.join(map(re.escape, word))


def _name_patterns(name: str, called: str | None, others: set[str]) -> Iterator[str]:
    """Yield the patterns of a full name, in both orders, and of the called name with the surname, unless that is somebody else's name."""
    words = name_words(first_name_first(name))
    if len(words) == 1:
        # A single name may be an ordinary word, or the first name of somebody else.
        yield rf"(?<!\w){re.escape(plain_form(name.strip()))}{END}(?! +[A-Z])"
        return
    firsts = [(words[:number], words[number:]) for number in range(1, len(words))]
    firsts += [(name_words(called), words[number:]) for number in range(1, len(words))] if called else []
    for first, last in firsts:
        own = "".join(first + last)
        if own not in others:
            one_word = rf"(?!{own}s?(?!\w))" if len(own) < _SHORT_NAME else ""
            yield rf"(?i:(?<!\w){one_word}{_spelled(own)}{END})"
            yield rf"(?i:(?<!\w){_spelled(''.join(last))} *, *{_spelled(''.join(first))}{END})"


def _first_name_pattern(words: Sequence[str]) -> str:
    return rf"(?<!\w)(?i:{_spelled(''.join(words))}){END}"


def _parts_with_a_last_name(name: str) -> Iterator[str]:
    """Yield the patterns of a last name, and of it with initials: `S.M. Ørsted`, `Søren M. Ørsted`, `Søren Ø.`"""
    words = name_words(name)
    if len(words) > 1:
        first, last = words[0], words[-1]
        for each in {*name_words(name.split()[-1]), last} - {first}:
            # A short last name is often an ordinary word, which begins with a small letter.
            yield rf"(?<!\w){'' if len(each) > _SHORT else '(?=[A-Z])'}(?i:{each}){END}"
        between = "".join(rf"(?:{_initial_or_word(word)}[ .]*)?" for word in words[1:-1])
        yield rf"(?<!\w)(?i:{_initial_or_word(first)}[ .]*{between}{last}){END}"
        yield rf"(?<!\w)(?i:{first}[ .]+{between}{last[0]}\.?)(?!\w)"
        yield rf"(?<!\w)(?i:{''.join(words)}){END}"


def _initial_or_word(word: str) -> str:
    return rf"(?:{word}|{word[0]}\.?)"


def texts_with(store: Store, traces: Traces) -> list[TextFound]:
    """Return the texts of the file in which something is found, whatever they are about."""

    def found(text: str) -> bool:
        return any(map(traces.occur_in, _strings(text)))

    return list(_found(store, found, lambda table: "1")) if any(traces) else []


def possible_texts(store: Store, them: SearchTerms) -> list[TextFound]:
    """Return the notes in which only a part of a name is found that may be theirs, for a coordinator to look at."""
    return [*possible_anywhere(store, them), *possible_at_their_meetings(store, them)]


def possible_anywhere(store: Store, them: SearchTerms) -> list[TextFound]:
    """Return those with a part of a name that nobody else has, or with a last name of several people that is not in the name of one of the others.

    Of what goes with the person nothing is left to look at, so call it when that is gone.
    """
    alone, shared = _parts_of_one_and_of_several(store, them)
    lasts = [part for part in shared if part not in them.firsts]
    others = _others_called(store, them.id, lasts)

    def not_own(table: str) -> str:
        return "0" if table in _NAMES_OF_OTHERS else "t.person_id IS NOT :id" if table in _OWNED else _NOT_OWN.get(table, "1")

    found: dict[TextFound, None] = {}
    for parts, names in ((alone, []), (lasts, others)):
        if parts:
            found |= dict.fromkeys(_found(store, _holding(them, parts, names), not_own, {"id": them.id}))
    return list(found)


def possible_at_their_meetings(store: Store, them: SearchTerms) -> list[TextFound]:
    """Return the notes of meetings and events that they took part in with a first name that others have too. Call it while it is known what these were."""
    _alone, shared = _parts_of_one_and_of_several(store, them)
    firsts = [part for part in shared if part in them.firsts]
    if not firsts:
        return []
    return list(_found(store, _holding(them, firsts), lambda table: _THEIR_SESSIONS if table == "sessions" else "0", {"id": them.id}))


def possible_in_closed_years(store: Store, them: SearchTerms) -> list[TextFound]:
    """Return the closed years whose figures or rows have a text with a part of a name that is only theirs. Call it when the rest is replaced."""
    parts, _shared = _parts_of_one_and_of_several(store, them)
    if not parts:
        return []
    holds = lru_cache(maxsize=4096)(_holding(them, parts))
    return [
        TextFound("closed_years", str(row["year"]))
        for row in store.rows("SELECT id, year, figures FROM closed_years ORDER BY year, id")
        if holds(row["figures"]) or any(holds(each.what) for each in read_rows(store, row["id"]) if each.keys != "branches")
    ]


def _parts_of_one_and_of_several(store: Store, them: SearchTerms) -> tuple[list[str], list[str]]:
    """Return the patterns of parts of a name that nobody else in the file has, and those that somebody has."""
    names = [name for both in _people_but(store, them.id) for name in both if name]
    names += [f"{name[0]}. {name.split()[-1]}" for name in names] + [f"{name.split()[0]} {name.split()[-1][0]}." for name in names]
    all_names = "\n".join(map(plain_form, names))
    shared = [part for part in them.possible if re.search(part, all_names)]
    return [part for part in them.possible if part not in shared], shared


def _people_but(store: Store, id: int) -> list[tuple[str, str | None]]:
    """Return the name and the called name of everybody else."""
    return [(row["name"], row["called"]) for row in store.rows("SELECT name, called FROM people WHERE id <> ? AND name IS NOT NULL", id)]


def _others_called(store: Store, id: int, parts: list[str]) -> list[tuple[str, str | None]]:
    """Return the name and the called name of everybody else whose name has any of these parts."""
    pattern = re.compile("|".join(parts))
    return [both for both in _people_but(store, id) if pattern.search(plain_form(both[0]))] if parts else []


def _holding(them: SearchTerms, parts: list[str], others: Sequence[tuple[str, str | None]] = ()) -> Callable[[str], bool]:
    """Return a function that says whether a text has any of these parts of a name outside of what is certainly theirs, and of the names of others.

    `others`: the name and the called name of each.
    """
    pattern = re.compile("|".join(parts))

    @cache
    def names_of_others() -> re.Pattern[str]:
        # Made when a text has such a part, since the patterns of many names are slow to compile.
        return re.compile("|".join(each for name, called in others for each in _name_patterns(name, called, set())) or "(?!)")

    def rest(text: str) -> str:
        return names_of_others().sub("", plain_form(them.certain.replace_in(text, "")))

    return lambda text: any(pattern.search(plain_form(each)) and pattern.search(rest(each)) for each in _strings(text))


# Rows of these tables are somebody's own: they go with the person, or are emptied.
_OWNED = ("intakes", "volunteers", "contacts", "goals", "quotes", "reminders", "volunteer_hours", "volunteer_applications")
_NOT_OWN = {
    "preferences": "(SELECT person_id FROM waits WHERE id = t.wait_id) IS NOT :id AND (SELECT person_id FROM offers WHERE id = t.offer_id) IS NOT :id",
    "answers": "(SELECT person_id FROM intakes WHERE id = t.intake_id) IS NOT :id",
    "pair_meetings": "NOT EXISTS (SELECT 1 FROM matches WHERE id = t.match_id AND :id IN (person_id, volunteer_id))",
}


def _found(
    store: Store, found: Callable[[str], bool], where: Callable[[str], str], values: dict[str, int] | None = None
) -> Iterator[TextFound]:
    once = lru_cache(maxsize=4096)(found)  # most texts are one of a few codes
    store.connection.create_function("has_name", 1, once, deterministic=True)
    for table, columns in FREE_TEXT.items():
        if (rows := where(table)) == "0":
            continue
        for column in columns:
            which = _WHICH.get(table, "''")
            sql = f"SELECT {which} FROM {table} AS t WHERE {column} IS NOT NULL AND has_name({column}) AND {rows}"
            for (row,) in store.connection.execute(sql, values or {}):
                yield TextFound(table, str(row or ""))


def _strings(text: str) -> list[str]:
    """Return the strings of a text: the keys and values if it is a JSON object, as drafts and closed figures are; else the text itself."""
    if not text.startswith("{"):
        return [text]
    found: list[str] = []

    def unchanged(each: str) -> str:
        found.append(each)
        return each

    with_changed_strings(text, unchanged)
    return found


def with_changed_strings(text: str, change: Callable[[str], str]) -> str:
    """Return a text with its strings changed (see `_strings`). Numbers under keys that become one are added up."""
    if not text.startswith("{"):
        return change(text)
    try:
        before = json.loads(text)
    except ValueError:
        return change(text)
    after = _changed(before, change)
    return text if after == before else json.dumps(after, ensure_ascii=False, separators=(",", ":"))


def _changed(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [_changed(each, change) for each in value]
    if not isinstance(value, dict):
        return value
    found: dict[str, Any] = {}
    for key, each in value.items():
        name, new = change(key), _changed(each, change)
        known = found.get(name)
        found[name] = known + new if isinstance(known, (int, float)) and isinstance(new, (int, float)) else new
    return found


def replace_in_texts(store: Store, traces: Traces, mark: str) -> list[TextFound]:
    """Put a mark in place of what is found, in all texts of the file. Return the texts that changed."""
    changed = texts_with(store, traces)

    def replaced(text: str) -> str:
        return with_changed_strings(text, lambda each: traces.replace_in(each, mark))

    store.connection.create_function("without_name", 1, replaced, deterministic=True)
    for table in dict.fromkeys(each.table for each in changed):
        for column in FREE_TEXT[table]:
            _replace(store.connection, table, column)
    return changed


def _replace(connection: sqlite3.Connection, table: str, column: str) -> None:
    connection.execute(
        f"UPDATE OR REPLACE {table} SET {column} = without_name({column}) WHERE {column} IS NOT NULL AND without_name({column}) <> {column}"
    )
