"""A complete command line is read without Typer, and as Typer reads it; every other line is left to Typer."""

from __future__ import annotations

import functools
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_help import COMMANDS

from husrum_cli.commands.declarations import Parameter, Verb
from husrum_cli.commands.lines import read_line
from husrum_cli.commands.typer_lines import command_of, read_by_typer
from husrum_cli.errors import WrongInput

PLAIN = st.sampled_from(["Anna Holm", "17", "today", "5/3-2024", "-", "æøå", "a=b", "x,y"])
NOUNS = sorted({name.split()[0] for name in COMMANDS})
ODD = st.sampled_from(["", "-", "--", "-1", "--nothing", "--help=", "=", "-x", "--note", "--force"])


@pytest.fixture(autouse=True, scope="module")
def made_once() -> Iterator[None]:
    """Make Typer's command of each verb once: that takes longer than reading a line."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("husrum_cli.commands.typer_lines.command_of", functools.cache(command_of))
        patched.setenv("HUSRUM_LANGUAGE", "en")  # no file is opened to learn its language
        yield


def complete(parameters: list[Parameter]) -> st.SearchStrategy[list[str]]:
    """Lines with all that a command needs, and some of what it takes, in any order."""

    def pieces(each: Parameter) -> st.SearchStrategy[list[str]]:
        if each.flag:
            return st.sampled_from([[word] for word in (each.word, each.off) if word])
        if not each.word:
            return PLAIN.map(lambda value: [value])
        if each.pair:
            return st.tuples(PLAIN, PLAIN).map(lambda values: [each.word, *values])
        spelled = PLAIN.flatmap(lambda value: st.sampled_from([[each.word, value], [f"{each.word}={value}"]]))
        return spelled | st.just([each.word]) if each.value_may_be_left_out else spelled

    @st.composite
    def lines(draw: st.DrawFn) -> list[str]:
        arguments = [each for each in parameters if not each.word]
        # An argument may be left out only if those behind it are.
        last = max((number for number, each in enumerate(arguments) if each.required), default=-1)
        taken = arguments[: draw(st.integers(last + 1, len(arguments)))]
        for each in parameters:
            if each.word and (each.required or draw(st.integers(0, 3)) == 0):
                taken += [each] * (draw(st.integers(1, 2)) if each.several else 1)
        parts = [draw(pieces(each)) for each in draw(st.permutations(taken))]
        # The value of an option that may stand without one would be the argument behind it.
        bare = [part for part in parts if any(each.value_may_be_left_out and part == [each.word] for each in parameters)]
        return sum([part for part in parts if part not in bare] + bare, [])

    return lines()


def of_each(noun: str) -> dict[str, Verb]:
    """The commands of a noun. One run of Hypothesis draws lines of them all, since a run of its own for each takes longer than reading its lines."""
    return {name: verb for name, verb in COMMANDS.items() if name.split()[0] == noun}


@pytest.mark.parametrize("noun", NOUNS)
def test_a_complete_line_is_read_as_typer_reads_it(noun: str) -> None:
    lines = {name: (verb, complete(verb.parameters)) for name, verb in of_each(noun).items()}

    @settings(max_examples=6)
    @given(st.data())
    def law(data: st.DataObject) -> None:
        for name, (verb, complete_line) in lines.items():
            words = data.draw(complete_line, name)
            call = read_line(verb, words)
            assert call is not None and call == read_by_typer(verb, name, words)

    law()


@pytest.mark.parametrize("noun", NOUNS)
def test_what_is_read_at_all_is_read_as_typer_reads_it(noun: str) -> None:
    """Whatever is typed: words in the wrong place, twice, too many, empty."""

    def anything(parameters: list[Parameter]) -> st.SearchStrategy[list[str]]:
        words = st.sampled_from([word for each in parameters for word in (each.word, each.off) if word] or ["--note"])
        return st.lists(words | PLAIN | ODD, max_size=6)

    lines = {name: (verb, anything(verb.parameters)) for name, verb in of_each(noun).items()}

    @settings(max_examples=12)
    @given(st.data())
    def law(data: st.DataObject) -> None:
        for name, (verb, any_line) in lines.items():
            words = data.draw(any_line, name)
            call = read_line(verb, words)
            try:
                read = read_by_typer(verb, name, words)
            except WrongInput:
                read = None
            assert call is None or call == read

    law()
