"""The records that define a word of the field: a code, a vocabulary of codes, and a question of the interview."""

# Annotations are evaluated here: as texts, each field of a NamedTuple would be compiled when it is made, in every command.
from collections.abc import Mapping
from typing import ClassVar, NamedTuple

from ..i18n import pgettext


class Label(NamedTuple):
    """A text in both languages."""

    danish: str
    english: str


class Code(NamedTuple):
    """An answer or a kind: `code` in files, JSON and on the command line, the labels for people.

    `synonyms`: other words that people type for it, in any language. `alone`: given with no other answer of the same question.
    `plural`: of a role of volunteers, what several of them are called in a sentence.
    """

    code: str
    danish: str
    english: str
    synonyms: tuple[str, ...] = ()
    alone: bool = False
    plural: Label | None = None


class Vocabulary(dict[str, Code]):
    """The codes that a column may hold, in the order in which they are shown. `name` is their key in the table `codes`, and a `{name}` in help."""

    by_name: ClassVar[dict[str, "Vocabulary"]] = {}

    def __init__(self, name: str, *codes: Code) -> None:
        super().__init__({each.code: each for each in codes})
        self.name = name
        self.by_name[name] = self


Codes = Mapping[str, Code]


class Share(NamedTuple):
    """A figure: of those who answered its question, those who gave one of the `answers`.

    `definition`: English; its translation is in the catalogue. `place`: where it comes among the shares of a year, smallest first.
    `question`: the key of its question, which `Question` fills in.
    """

    key: str
    danish: str
    english: str
    definition: str
    answers: tuple[str, ...]
    place: int = 90
    question: str = ""


class Question(NamedTuple):
    """Something that an interview asks, and everything that is made of it.

    `codes`: the possible answers; None: free text. `label`: what the answers are called in lists, pages and reports. `asked`: the question in the form.
    `column`: the Danish heading of import files; `key` is the English one. `headings`: other headings of people's own spreadsheets.
    `form_wording`: a pattern of how forms on the web ask it in a whole sentence, in lower case. `help`: of the option, in English.
    `several`: one may give several answers. `health`: about health (GDPR article 9). `confided`: never repeated in a message; so is everything about health.
    `alarming`: the answers after which a reminder to come back to somebody soon is suggested.
    `at_enquiry`: asked already when somebody enquires. `travels`: a free text that a city hands over to the nation; codes always are.
    `distribution`: the key under which statistics show how the answers are distributed. `of_year`: of the young people of the year and of the interviews;
    otherwise of the interviews only. `place`: where it comes among the distributions, smallest first. `chart`: the caption of a chart
    in a section of its own in the report's chapter on the young people; None: only a table. `chart_heading`: of that section, if it is not the label.
    """

    key: str
    codes: Vocabulary | None
    label: Label
    asked: Label
    column: str
    help: str
    headings: tuple[str, ...] = ()
    form_wording: str = ""
    several: bool = False
    health: bool = False
    confided: bool = False
    alarming: tuple[str, ...] = ()
    at_enquiry: bool = False
    travels: bool = False
    distribution: str = ""
    of_year: bool = True
    place: int = 90
    chart: Label | None = None
    chart_heading: Label | None = None
    shares: tuple[Share, ...] = ()


def translation(record: Label | Code | Share, language: str) -> str:
    """Return the text of a record in a language."""
    return record.danish if language == "da" else pgettext("label", record.english)
