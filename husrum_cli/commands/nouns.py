"""The nouns of the program, by the sections of its help; and which command a line names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import NamedTuple

from ..errors import WrongInput
from ..i18n import N_, _
from ..input.nearest import nearest_word
from ..input.text import fold
from .app import FILE_OPTIONS, adopt_language
from .declarations import Noun, Verb

ROOT_HELP = N_("One file per city, for communities of lonely young people: who came, who waits, and the year's figures.")
HELP = frozenset(("--help", "-h"))
_LEAST_LETTERS = 3  # of a word that is looked for in the helps
_MOST_MEANT = 3
# What a Dane types who looks for help, and has not yet learnt that commands are English.
_HELP_IN_DANISH = ("hjælp", "hjaelp")
# Section of the help -> noun -> (module in commands, its one-line help). Here and not in the modules, so that help and completion load none of them.
SECTIONS: dict[str, dict[str, tuple[str, str]]] = {
    N_("Every day"): {
        "today": ("today", N_("What is planned this week, and what waits to be done.")),
        "event": ("event", N_("Social events, trips, online evenings, courses.")),
        "group": ("group", N_("Talk groups and network groups.")),
        "undo": ("history", N_("Undo the last command.")),
    },
    N_("Young people"): {
        "intake": ("intake", N_("Enquiries and intake interviews.")),
        "person": ("person", N_("Find and look at people.")),
        "match": ("match", N_("Hjerteven: waiting list, offers, matches.")),
        "measure": ("measure", N_("Measurements: T-ILS and WHO-5, answered twice.")),
        "goal": ("goal", N_("Personal goals of young people.")),
        "suggestion": ("voices", N_("Suggestions of young people, and what came of them.")),
        "quote": ("voices", N_("Words of young people who agreed that they are used.")),
    },
    N_("Volunteers"): {
        "volunteer": ("volunteer", N_("Volunteers, their roles and papers.")),
        "partner": ("partner", N_("Partners and venues.")),
    },
    N_("The year"): {
        "stats": ("stats", N_("The figures of a year, and what they are made of.")),
        "report": ("report", N_("The STATUS report of a year, with tables, charts and your own text.")),
        "year": ("year", N_("The year's end: what is still missing, and closing the year with its figures.")),
        "figure": ("figure", N_("Numbers that can't be counted from the file.")),
        "grant": ("partner", N_("Grants.")),
        "target": ("target", N_("Targets of a period, and how far they have come.")),
        "export": ("export", N_("Write tables, attendance sheets, and what a city sends to the nation.")),
    },
    N_("The file"): {
        "import": ("import_", N_("Read spreadsheets into the file.")),
        "setting": ("setting", N_("What the file is set to.")),
        "check": ("file", N_("Look for damage and contradictions.")),
        "log": ("history", N_("Who wrote what, and when.")),
        "backup": ("backup", N_("Copy the whole file.")),
        "restore": ("backup", N_("Put a backup in the place of the file.")),
        "retention": ("privacy", N_("Who could be anonymised, and which backups are old.")),
        "encrypt": ("encrypt", N_("Encrypt the file: without its key nobody can read it.")),
        "decrypt": ("encrypt", N_("Write an encrypted file in clear.")),
        "init": ("file", N_("Make a city's new file.")),
        "use": ("file", N_("Choose the file that commands work on.")),
        "demo": ("file", N_("Make seven synthetic cities and their nation, and show their years.")),
    },
    N_("The nation"): {
        "branch": ("branch", N_("The cities in a file.")),
        "merge": ("merge", N_("Put the files of several cities into one national file.")),
        "link": ("link", N_("One human in two cities: keys, likely pairs, decisions.")),
    },
    N_("Help"): {
        "help": ("help.command", N_("Short pages about dates, people, figures, import and privacy.")),
        "completion": ("completion.command", N_("Make Tab complete commands, numbers and names.")),
    },
}
NOUNS = {noun: entry for nouns in SECTIONS.values() for noun, entry in nouns.items()}
# Nouns that are commands themselves.
SINGLE = frozenset((
    "today", "init", "use", "demo", "import", "merge", "retention", "report", "check", "log", "undo", "backup", "restore", "encrypt", "decrypt", "completion",
    "help",
))  # fmt: skip


def load_noun(name: str) -> Noun:
    """Return a noun with its commands; its module is loaded here."""
    noun: Noun = getattr(import_module(f".{NOUNS[name][0]}", __package__), f"{name}_app")
    return noun


class ResolvedCommand(NamedTuple):
    """What the first words of a line name. path: how it is called. noun: None for the program. verb: None for the program or a noun alone. rest: the words behind."""

    path: str
    noun: Noun | None
    verb: Verb | None
    rest: Sequence[str]


def resolve_command(words: Sequence[str]) -> ResolvedCommand:
    """Return what a line names: the program, a noun or a command. Raises `WrongInput` if there is no such command."""
    path, noun = "husrum", None
    for number, word in enumerate(words[:2]):
        if word in HELP or not word:
            break
        known = noun.verbs if noun else NOUNS
        if not noun and word.casefold() in _HELP_IN_DANISH:
            word = "help"
        if word not in known:
            raise _unknown(word, noun, path)
        path = f"{path} {word}"
        if noun:
            return ResolvedCommand(path, noun, noun.verbs[word], words[number + 1 :])
        noun = load_noun(word)
        if word in SINGLE:
            return ResolvedCommand(path, noun, noun.verbs[""], words[1:])
    return ResolvedCommand(path, noun, None, words[2:])


def short_helps(noun: Noun | None) -> dict[str, str]:
    """Return each command of a noun, or each noun of the program, with what it does."""
    if noun:
        return {name: _(verb.short_help) for name, verb in noun.verbs.items()}
    return {name: _(help) for name, (_module, help) in NOUNS.items()}  # none of them is loaded


def _unknown(word: str, noun: Noun | None, path: str) -> WrongInput:
    """Return the error for a word that is no command of a noun, or no noun."""
    adopt_language()
    text = unknown_option(word, ()) if word.startswith("-") else _unknown_command(word, short_helps(noun))
    return WrongInput(f"{text} {_('See: {command}', command=f'{path} --help')}")


def _unknown_command(name: str, known: Mapping[str, str]) -> str:
    """Describe an unknown command, with the nearest of the known ones, or those whose help speaks of it: a Dane who types `gruppe` means group."""
    return _("There is no command {name}.{meant}", name=name, meant=_meant(name, known) or _described(name, known))


def unknown_option(name: str, known: Iterable[str]) -> str:
    """Describe an unknown option, with the nearest of those that the command takes, or every command."""
    return _("There is no option {option}.{meant}", option=name, meant=_meant(name, (*known, *FILE_OPTIONS, "--help")))


def _described(typed: str, helps: Mapping[str, str]) -> str:
    words = fold(typed)
    if len(words) < _LEAST_LETTERS:
        return ""
    stem = words if len(words) < 2 * _LEAST_LETTERS else words[:-2]  # a help has it in other forms, or as the end of a longer word
    first = [name for name, help in helps.items() if fold(help).startswith(words)]
    begins = first or [name for name, help in helps.items() if re.search(rf"\b{re.escape(words)}", fold(help))]
    found = begins or [name for name, help in helps.items() if len(words) > _LEAST_LETTERS and stem in fold(help)]
    return _(" Did you mean {nearest}?", nearest=", ".join(found)) if 0 < len(found) <= _MOST_MEANT else ""


def _meant(typed: str, known: Iterable[str]) -> str:
    near = nearest_word(typed, list(known))
    return _(" Did you mean {nearest}?", nearest=near) if near else ""
