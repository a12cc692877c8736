"""A yes and a no are read in one place, in English, in Danish and in the language that is shown, wherever somebody is asked."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from husrum_cli.commands.forms import import_questions
from husrum_cli.errors import WrongInput
from husrum_cli.i18n import texts
from husrum_cli.input.yes_no import answered, read_yes

form_screen = pytest.importorskip("husrum_cli.commands.forms.form_screen")


class Screen:
    """A screen that is answered with these lines."""

    def __init__(self, *lines: str) -> None:
        self.lines: Iterator[str] = iter(lines)

    def say(self, text: str = "") -> None:
        """Show nothing."""

    def ask(self, *_label: Any) -> str:
        return next(self.lines)


@pytest.fixture
def french(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(texts, "_language", "fr")
    monkeypatch.setattr(texts, "_loaded", ({"yes": "oui", "no": "non"}, {}, lambda _number: 0))


@pytest.mark.parametrize("word", ["yes", "Y", " ja ", "J"])
def test_a_yes_in_english_and_danish(word: str) -> None:
    assert answered(word) is True and read_yes(word, "answer")


@pytest.mark.parametrize("word", ["x", "1", "true", "0", "falsk", "", "perhaps", "oui"])
def test_a_mark_of_a_sheet_is_no_answer(word: str) -> None:
    assert answered(word) is None


def test_marks_of_a_sheet() -> None:
    assert read_yes("X", "planned") and read_yes("SAND", "planned") and not read_yes("", "planned") and not read_yes("0", "planned")
    with pytest.raises(WrongInput):
        read_yes("perhaps", "planned")


@pytest.mark.usefixtures("french")
@pytest.mark.parametrize(("word", "meant"), [("Oui", True), ("o", True), ("non", False), ("n", False), ("yes", True), ("nej", False)])
def test_the_words_of_another_language(word: str, meant: bool) -> None:
    assert read_yes(word, "answer") is meant
    assert form_screen.confirm_on_screen(Screen("peut-être", word), "Alors ?") is meant


@pytest.mark.usefixtures("french")
def test_a_form_is_saved_or_kept_in_another_language() -> None:
    form = form_screen.Form(lambda _texts: [], lambda _name, text: text, {})
    assert form_screen._close(Screen("oui"), form, lambda _texts: "") is True
    assert form_screen._close(Screen("0", "non"), form, lambda _texts: "") is None


@pytest.mark.usefixtures("french")
def test_what_a_sheet_may_mean_is_taken_in_another_language() -> None:
    guess: Any = type("Guessed", (), {"guess": "anxiety"})()
    assert import_questions._agreed(guess, "oui") == "anxiety"
    assert import_questions._agreed(guess, "1") == "1"
