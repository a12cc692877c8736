"""What may stand next on a command line: commands, options, and what the file holds, of which only numbers, names, titles and codes are shown."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Any

from ... import vocabulary as codes
from ...config import environment_language
from ...errors import HusrumError
from ...i18n import LANGUAGES, _, choose_language, language
from ...store import Store, peek
from ...store.sqlite_errors import readable
from ...vocabulary import QUESTIONS, Codes, answers_of, label
from ..app import chosen_key_file, chosen_path, file_options

Candidate = tuple[str, str]  # what is put on the line, and what is read beside it
_CODES: dict[str, Codes] = {
    **{each.key: answers_of(each.key) for each in QUESTIONS.values() if each.codes},
    "reason": codes.REASON,
    "role": codes.ROLE,
    "purpose": codes.PURPOSE,
    "agreement": codes.AGREEMENT,
    "time": codes.TIME,
    "recruited_through": codes.RECRUITED_THROUGH,
    "wants_gender": codes.GENDER,
}
_PARTNERS = frozenset({"venue", "partner", "referred_by", "to"})
_PEOPLE = """SELECT number, branch_id, name, called FROM people WHERE {0} ORDER BY branch_id, number"""


def candidates(root: Any, words: Sequence[str], incomplete: str) -> list[Candidate]:
    """What fits what was begun to be typed after these words. Empty where it is a file, or nothing is known."""
    node, named, spelled, value_of = root, "", [], None
    given: list[str] = []
    for word in words:
        if value_of is not None:
            _heed(value_of, word)
            value_of = None
        elif word.startswith("-") and len(word) > 1:
            name, equals, value = word.partition("=")
            spelled.append(name)
            option = _option(node, name)
            if option is not None and equals:
                _heed(option, value)
            value_of = option if option is not None and not option.is_flag and not equals else None
        elif hasattr(node, "get_command"):
            node, named = node.get_command(None, word), f"{named} {word}".strip()
            if node is None:
                return []
        else:
            given.append(word)
    if value_of is not None:
        return _values(value_of, named, given, incomplete)
    if incomplete.startswith("-"):
        name, equals, begun = incomplete.partition("=")
        option = _option(node, name)
        if equals:
            return [(f"{name}={value}", text) for value, text in _values(option, named, given, begun)] if option else []
        return [(name, text) for name, text in _options(node, spelled) if name.startswith(incomplete)]
    if hasattr(node, "list_commands"):
        with _file():
            return [(name, text) for name, text in node.short_helps() if name.startswith(incomplete)]
    arguments = [each for each in node.params if each.param_type_name == "argument"]
    if not arguments or (len(given) >= len(arguments) and arguments[-1].nargs != -1):
        return []
    return _values(arguments[min(len(given), len(arguments) - 1)], named, given, incomplete)


def _heed(option: Any, value: str) -> None:
    """Keeps what the line says of the file."""
    if option.name in ("db", "db_key"):
        file_options(**{option.name: value})


def _option(node: Any, name: str) -> Any:
    return next((each for each in node.params if each.param_type_name == "option" and name in each.opts), None)


def _options(node: Any, spelled: Sequence[str]) -> Iterator[Candidate]:
    for each in node.params:
        if each.param_type_name == "option" and (each.multiple or not set(each.opts) & set(spelled)):
            yield each.opts[0], ""
    yield "--help", ""


@contextmanager
def _file() -> Iterator[Store | None]:
    """The file, if it can be read just now, and its language from here on where nothing else was said."""
    try:
        store = peek(chosen_path(), chosen_key_file())
    except HusrumError:  # none is chosen
        store = None
    try:
        if store and not environment_language():
            with suppress(HusrumError), readable(store.path):
                if (own := store.setting("language")) in LANGUAGES:
                    choose_language(own)
        yield store
    finally:
        if store:
            store.close()


def _values(parameter: Any, command: str, given: Sequence[str], incomplete: str) -> list[Candidate]:
    metavar = (parameter.metavar or "").strip("[].")
    name = parameter.name.rstrip("_")
    if metavar.startswith(("FILE", "DIR")):
        return []
    with _file() as store:
        if metavar not in _OF_THE_FILE and name not in _PARTNERS | {"programme", "branch"}:
            return [each for each in _fixed(metavar, name, command) if _begins(each, incomplete)]
        if store is None:
            return []
        if metavar in ("PERSON", "VOLUNTEER", "LIST"):
            begun, comma, last = incomplete.rpartition(",") if metavar == "LIST" else ("", "", incomplete)
            people = _people(store, metavar == "VOLUNTEER" or name == "volunteers", last.strip())
            return [(f"{begun}{comma}{value}", text) for value, text in people]
        found = _OF_THE_FILE[metavar](store) if metavar in _OF_THE_FILE else _names(store, name)
        return [each for each in found if _begins(each, incomplete)]


def _begins(candidate: Candidate, incomplete: str) -> bool:
    from ...input.text import fold

    return fold(candidate[0]).startswith(fold(incomplete)) or bool(incomplete) and fold(candidate[1]).startswith(fold(incomplete))


def _people(store: Store, volunteers: bool, begun: str) -> list[Candidate]:
    """By number, their names beside it. Where letters were typed: whoever has a name with that beginning; by name if all of theirs begin so."""
    from ...input.text import fold

    several = store.branches if len(store.branches) > 1 else {}
    rows = store.rows(_PEOPLE.format("id IN (SELECT person_id FROM volunteers)" if volunteers else "1"))
    everyone = [
        (f"{several[row['branch_id']]}:{row['number']}" if several else str(row["number"]), row["name"] or "", row["called"] or "")
        for row in rows
    ]
    if not begun or begun[0].isdecimal():
        return [(number, name) for number, name, _called in everyone if number.startswith(begun)]
    words = fold(begun)
    fitting = [
        (number, name)
        for number, name, called in everyone
        if fold(name).startswith(words)
        or fold(called).startswith(words)
        or fold(number).startswith(words)
        or any(part.startswith(words) for part in fold(name).split(" "))
    ]
    names = dict.fromkeys(name for _number, name in fitting)
    return [(name, "") for name in names] if len(names) > 1 and all(fold(name).startswith(words) for name in names) else fitting


def _activities(store: Store, letter: str) -> list[Candidate]:
    sql = "SELECT branch_id, ref, title, starts FROM activities WHERE substr(ref, 1, 1) = ? ORDER BY branch_id, CAST(substr(ref, 2) AS INTEGER) DESC"
    several = store.branches if len(store.branches) > 1 else {}
    return [
        (f"{several[row['branch_id']]}:{row['ref']}" if several else row["ref"], f"{row['title'] or ''} {row['starts'] or ''}".strip())
        for row in store.rows(sql, letter)
    ]


def _years(store: Store) -> list[Candidate]:
    first = store.value("SELECT min(date) FROM (SELECT min(date) AS date FROM sessions UNION ALL SELECT min(enquired) FROM intakes)")
    last = store.value("SELECT max(date) FROM (SELECT max(date) AS date FROM sessions UNION ALL SELECT max(enquired) FROM intakes)")
    return [(str(year), "") for year in range(int(last[:4]), int(first[:4]) - 1, -1)] if first and last else []


def _titles(store: Store) -> list[Candidate]:
    sql = "SELECT title, max(starts) FROM activities WHERE title IS NOT NULL AND ref GLOB 'E*' GROUP BY title ORDER BY 2 DESC, 1"
    return [(row[0], "") for row in store.rows(sql)]


def _names(store: Store, name: str) -> list[Candidate]:
    sql = "SELECT DISTINCT name FROM partners WHERE name IS NOT NULL ORDER BY name COLLATE danish"
    if name == "programme":
        sql = "SELECT DISTINCT programme FROM programmes ORDER BY programme COLLATE danish"
    elif name == "branch":
        sql = "SELECT name FROM branches ORDER BY name COLLATE danish"
    return [(row[0], "") for row in store.rows(sql)]


_OF_THE_FILE: dict[str, Callable[[Store], list[Candidate]]] = {
    **dict.fromkeys(("PERSON", "VOLUNTEER", "LIST"), _titles),  # in a way of their own
    **dict.fromkeys(("GROUP", "G1"), lambda store: _activities(store, "G")),
    **dict.fromkeys(("EVENT", "E1"), lambda store: _activities(store, "E")),
    "G1|E12": lambda store: [*_activities(store, "G"), *_activities(store, "E")],
    "YEAR": _years,
    "TITLE": _titles,
}


def _fixed(metavar: str, name: str, command: str) -> list[Candidate]:
    """What may stand here whatever the file holds."""
    if metavar in ("CODE", "ROLE", "PURPOSE", "CODE|TEXT", "KIND"):
        vocabulary = _vocabulary(name, command)
        return [(code, label(vocabulary, code, language())) for code in vocabulary]
    if metavar == "KEY" and command in ("stats explain", "figure set"):
        from ...domain.figures.registry import BY_KEY

        return [(key, "") for key in BY_KEY]
    if metavar.startswith(("DATE", "DAY")):
        return [("today", _("today")), ("yesterday", _("yesterday"))]
    return [(word, "") for word in metavar.split("|") if word.islower()] if "|" in metavar else []


def _vocabulary(name: str, command: str) -> Codes:
    if name == "kind":
        return codes.ATTEST if command == "volunteer attest" else codes.GROUP_KIND if command.startswith("group") else codes.EVENT_KIND
    if name == "as":
        from ...rowtypes.registry import MODULES

        return {kind: codes.Code(kind, "", "") for kind in MODULES}
    return _CODES.get(name, {})
