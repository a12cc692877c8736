"""Completion candidates: commands, options, and from the file only numbers, names, titles and codes."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

from ... import vocabulary as codes
from ...config import environment_language
from ...domain.views import completion
from ...errors import HusrumError
from ...i18n import LANGUAGES, _, choose_language, language
from ...store import Store, peek
from ...store.sqlite_errors import translating_sqlite_errors
from ...vocabulary import QUESTIONS, Codes, answers_of, label
from ..app import FILE_OPTIONS, chosen_key_file, chosen_path, file_options
from ..declarations import Noun, Parameter
from ..nouns import NOUNS, SINGLE, load_noun, short_helps

Candidate = tuple[str, str]  # the text to insert, and its description
_CODES: dict[str, Codes] = {
    **{each.key: answers_of(each.key) for each in QUESTIONS.values() if each.codes},
    "reason": codes.REASON,
    "role": codes.ROLE,
    "purpose": codes.PURPOSE,
    "agreement": codes.AGREEMENT,
    "time": codes.TIME,
    "recruited_through": codes.RECRUITED_THROUGH,
    "wants_gender": codes.GENDER,
    "instrument": codes.INSTRUMENT,
}
_PARTNERS = frozenset({"venue", "partner", "referred_by", "to"})


def candidates(words: Sequence[str], incomplete: str) -> list[Candidate]:
    """Return the candidates for an incomplete word after these words. Empty for a file name, or if nothing is known."""
    named: list[str] = []  # noun and verb
    noun: Noun | None = None  # whose verb is still to come
    parameters: list[Parameter] = [*FILE_OPTIONS.values()]
    spelled: list[str] = []
    given: list[str] = []
    value_of: Parameter | None = None
    for word in words:
        if value_of is not None:
            _apply(value_of, word)
            value_of = None
        elif word.startswith("-") and len(word) > 1:
            name, equals, value = word.partition("=")
            spelled.append(name)
            option = _option(parameters, name)
            if option is not None and equals:
                _apply(option, value)
            value_of = option if option is not None and not option.flag and not equals else None
        elif not named:
            if word not in NOUNS:
                return []
            named, noun = [word], load_noun(word)
            if word in SINGLE:
                parameters, noun = [*noun.verbs[""].parameters, *parameters], None
        elif noun:
            if word not in noun.verbs:
                return []
            named, parameters, noun = [*named, word], [*noun.verbs[word].parameters, *parameters], None
        else:
            given.append(word)
    command = " ".join(named)
    if value_of is not None:
        return _values(value_of, command, given, incomplete)
    if incomplete.startswith("-"):
        name, equals, begun = incomplete.partition("=")
        option = _option(parameters, name)
        if equals:
            return [(f"{name}={value}", text) for value, text in _values(option, command, given, begun)] if option else []
        left = [each.word for each in parameters if each.word and (each.several or not {each.word, each.off} & set(spelled))]
        return [(word, "") for word in (*left, "--help") if word.startswith(incomplete)]
    if not named or noun:
        with _file():
            return [(name, text) for name, text in short_helps(noun).items() if name.startswith(incomplete)]
    arguments = [each for each in parameters if not each.word]
    if not arguments or (len(given) >= len(arguments) and not arguments[-1].several):
        return []
    return _values(arguments[min(len(given), len(arguments) - 1)], command, given, incomplete)


def _apply(option: Parameter, value: str) -> None:
    """Use the file and the key that the line names."""
    if option.name in ("db", "db_key"):
        file_options(**{option.name: value})


def _option(parameters: Sequence[Parameter], name: str) -> Parameter | None:
    return next((each for each in parameters if each.word and name in (each.word, each.off)), None)


@contextmanager
def _file() -> Iterator[Store | None]:
    """Open the file, if it can be read just now, and use its language unless another was requested."""
    try:
        store = peek(chosen_path(), chosen_key_file())
    except HusrumError:  # none is chosen
        store = None
    try:
        if store and not environment_language():
            with suppress(HusrumError), translating_sqlite_errors(store.path):
                if (own := store.setting("language")) in LANGUAGES:
                    choose_language(own)
        yield store
    finally:
        if store:
            store.close()


def _values(parameter: Parameter, command: str, given: Sequence[str], incomplete: str) -> list[Candidate]:
    metavar = parameter.metavar.strip("[].")
    name = parameter.name.rstrip("_")
    if metavar.startswith(("FILE", "DIR")):
        return []
    with _file() as store:
        names_of = "partner" if name in _PARTNERS else name if name in ("programme", "branch") else ""
        if metavar not in (*_OF_THE_FILE, *_PEOPLE) and not names_of:
            return [each for each in _fixed(metavar, name, command) if _begins(each, incomplete)]
        if store is None:
            return []
        if metavar in _PEOPLE:
            begun, comma, last = incomplete.rpartition(",") if metavar == "LIST" else ("", "", incomplete)
            people = _people(store, metavar == "VOLUNTEER" or name == "volunteers", last.strip())
            return [(f"{begun}{comma}{value}", text) for value, text in people]
        found = _OF_THE_FILE[metavar](store) if metavar in _OF_THE_FILE else _plain(completion.complete_names(store, names_of))
        # A title that looks like an option would be read as one.
        return [each for each in found if _begins(each, incomplete) and not each[0].startswith("-")]


def _begins(candidate: Candidate, incomplete: str) -> bool:
    from ...input.text import fold

    return fold(candidate[0]).startswith(fold(incomplete)) or bool(incomplete) and fold(candidate[1]).startswith(fold(incomplete))


def _people(store: Store, volunteers: bool, begun: str) -> list[Candidate]:
    """Return people by number, with their names as descriptions. If letters were typed: those with a name that begins so."""
    from ...input.text import fold

    everyone = completion.complete_people(store, volunteers)
    if not begun or begun[0].isdecimal():
        return [(number, name) for number, name, _called in everyone if number.startswith(begun)]
    words = fold(begun)
    return [
        (number, name)
        for number, name, called in everyone
        if fold(name).startswith(words)
        or fold(called).startswith(words)
        or fold(number).startswith(words)
        or any(part.startswith(words) for part in fold(name).split(" "))
    ]


def _plain(values: Sequence[str]) -> list[Candidate]:
    return [(value, "") for value in values]


_OF_THE_FILE: dict[str, Callable[[Store], list[Candidate]]] = {
    **dict.fromkeys(("GROUP", "G1"), lambda store: completion.complete_activities(store, "G")),
    **dict.fromkeys(("EVENT", "E1"), lambda store: completion.complete_activities(store, "E")),
    "G1|E12": lambda store: [*completion.complete_activities(store, "G"), *completion.complete_activities(store, "E")],
    "YEAR": lambda store: _plain(completion.complete_years(store)),
    "TITLE": lambda store: _plain(completion.complete_event_titles(store)),
}
_PEOPLE = ("PERSON", "VOLUNTEER", "LIST")


def _fixed(metavar: str, name: str, command: str) -> list[Candidate]:
    """Return the candidates that don't depend on the file."""
    if metavar in ("CODE", "ROLE", "PURPOSE", "CODE|TEXT", "KIND", "INSTRUMENT"):
        vocabulary = _vocabulary(name, command)
        return [(code, label(vocabulary, code, language())) for code in vocabulary]
    if metavar == "KEY" and command in ("stats explain", "figure set"):
        from ...domain.figures.registry import BY_KEY, label_of

        return [(key, label_of(figure)) for key, figure in BY_KEY.items()]
    if metavar == "TOPIC":
        from ..help.command import topics

        return topics()
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
