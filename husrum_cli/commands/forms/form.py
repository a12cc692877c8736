"""A form of one question after the other, without a terminal: forward, back, over again, and a summary before it is saved."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from ...errors import HusrumError, UnknownCode
from ...i18n import without_field

BACK = "<"
Texts = dict[str, str]


class FormQuestion(NamedTuple):
    """A question. `choices`: the words to choose from. `hint`: what may be typed, or what Enter means. `required`: Enter alone is not an answer.

    `unanswered`: what the summary shows where Enter alone means something.
    """

    name: str
    label: str
    choices: tuple[str, ...] = ()
    hint: str = ""
    required: bool = False
    unanswered: str = ""


Questions = Callable[[Texts], Sequence[FormQuestion]]
Read = Callable[[str, str], str]


class Form:
    """The questions that come up, given what was answered so far, and what was typed for each of them.

    `questions`: returns those that apply after these answers. `read`: returns an answer as understood, or raises `HusrumError`.
    """

    def __init__(self, questions: Questions, read: Read, texts: Texts) -> None:
        self._questions = questions
        self._read = read
        self.texts: Texts = {}
        self.place = 0
        self._over_again = False
        self.take_up(texts)

    def take_up(self, texts: Texts) -> None:
        """Go on with what was typed before, at the question that it ended with, or at the first whose answer can't be read any more."""
        self.texts = dict(texts)
        answered = [(place, question) for place, question in enumerate(self.questions) if question.name in texts]
        wrong = [place for place, question in answered if texts[question.name] and self._problem(question, texts[question.name])]
        self.place = min([*wrong, *(place for place, _question in answered[-1:])], default=0)

    def interrupt(self, text: str) -> None:
        """Store the text of the input line, unless that would spoil an answer that was given before."""
        if (question := self.current) and text.strip() and (question.name not in self.texts or not self._problem(question, text.strip())):
            self.texts[question.name] = text.strip()

    @property
    def questions(self) -> Sequence[FormQuestion]:
        """The questions that come up after these answers."""
        return self._questions(self.texts)

    @property
    def current(self) -> FormQuestion | None:
        """The question to ask now; None: all were asked."""
        questions = self.questions
        return questions[self.place] if self.place < len(questions) else None

    def answer(self, text: str) -> str:
        """Accept an answer and go on, or return what is wrong with it. An empty one leaves the question open. `<` goes back."""
        question, text = self.current, text.strip()
        assert question is not None
        if text.endswith(BACK):  # also behind an answer that was there already
            self.go_back()
            return ""
        if (text or question.required) and (problem := self._problem(question, text)):
            return problem
        self.texts[question.name] = text
        self.place = self._first_open() if self._over_again else self.place + 1
        self._over_again = False
        return ""

    def go_back(self) -> None:
        """Go back to the question before."""
        self.place, self._over_again = max(0, self.place - 1), False

    def go_to(self, number: int) -> bool:
        """Ask the question with this number in the summary again, then go on to open questions, or back to the summary."""
        if not 1 <= number <= len(self.questions):
            return False
        self.place, self._over_again = number - 1, True
        return True

    @property
    def answers(self) -> Texts:
        """Return the answers to the questions that apply."""
        return {question.name: text for question in self.questions if (text := self.texts.get(question.name, ""))}

    @property
    def summary(self) -> list[tuple[str, str]]:
        """Every question with its answer as understood."""
        answers = self.answers
        return [
            (question.label, self._read(question.name, answers[question.name]) if question.name in answers else question.unanswered)
            for question in self.questions
        ]

    def _problem(self, question: FormQuestion, text: str) -> str:
        try:
            self._read(question.name, text)
        except HusrumError as error:
            shown = error.brief if isinstance(error, UnknownCode) and question.choices else error.message
            problem = without_field(shown, question.name)  # what it is about is asked right here
            return problem[:1].upper() + problem[1:]
        return ""

    def _first_open(self) -> int:
        questions = self.questions
        return next((place for place, question in enumerate(questions) if question.name not in self.texts), len(questions))
