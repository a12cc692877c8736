"""Columns: one declaration for an import file's column, the option of that name, and where its value is stored.

A row type is a NamedTuple whose fields are annotated with their column:

    class LeavingRow(NamedTuple):
        person: Annotated[Person, columns.person()]
        date: Annotated[str | None, Column("dato", read_date, metavar="DATE")] = None

A field without a default is a required column. A trailing underscore (`from_`) is not part of the column's name. Such a module does without
`from __future__ import annotations`, which would turn the declarations into texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any, NamedTuple

from ..errors import WrongInput
from ..i18n import _
from ..input.choices import read_code
from ..input.dates import read_date
from ..input.text import NONE, fold, read_name, read_note, refuse_cpr, without_invisible_signs
from ..vocabulary import REASON, Codes

Reader = Callable[[str, str], Any]
NOTE_HEADINGS = (
    "noter",
    "bemærkning",
    "bemærkninger",
    "kommentar",
    "kommentarer",
    "evt",
    "notat",
    "notater",
    "andet",
    "øvrigt",
    "info",
    "obs",
    "husk",
)


def as_typed(text: str, _field: str) -> str:
    """Return the text itself: a reference that is looked up in the file later."""
    return text.strip()


class Column(NamedTuple):
    """A column.

    danish: the Danish heading, accepted as well as the name.
    read: a text and the column's name -> the value.
    help, metavar: of the option.
    several: several values, separated by `|` in a cell; the option may be repeated.
    refers: what the text refers to: person, people, group, event. The value is then looked up in the file.
    stored: the column of the table, or an expression over the tables the rows are read from; None: like the name.
    own: whether the value is in a column of the row itself; otherwise its row type reads and writes it.
    private: never repeated in a message.
    exported: whether `export tables` writes it; what other tables say in full is left out.
    sparse: exported only if a row has it.
    other_headings: what people call it in spreadsheets of their own.
    clear: the words that clear the value. empty: what they mean if that is a value too, as nobody is for a list of people.
    collect: reads all values of a column together, if they depend on each other.
    name, field, group, required: set by the row type.
    """

    danish: str
    read: Reader = as_typed
    help: str = ""
    metavar: str = "TEXT"
    several: bool = False
    refers: str | None = None
    stored: str | None = None
    own: bool = True
    private: bool = False
    exported: bool = True
    sparse: bool = False
    other_headings: tuple[str, ...] = ()
    clear: tuple[str, ...] = NONE
    empty: Any = None
    collect: Callable[[str, Iterable[str]], tuple[str, ...]] | None = None
    name: str = ""
    field: str = ""
    group: str = ""
    required: bool = False

    def clears(self, text: str) -> bool:
        """Whether the text says that there is no value."""
        return without_invisible_signs(text).strip().casefold() in self.clear

    def value(self, texts: Sequence[str]) -> Any:
        """Return the value of one or several texts, none of them clearing. Raises `WrongInput`, for a CPR number whatever the column is."""
        texts = [without_invisible_signs(text) for text in texts]
        refuse_cpr("|".join(texts), self.name, people=self.refers == "people")
        if self.refers == "people":
            return ",".join(texts)
        if not (self.several or self.collect):
            return self.read(texts[0], self.name)
        parts = [part for text in texts for part in text.split("|")] if self.several else list(texts)
        if len(parts) > 1 and (clearing := next(filter(self.clears, parts), "")):
            raise WrongInput(_("{field}: {code} can't be combined with others.", field=self.name, code=clearing.strip()), self.name)
        if self.collect:
            return self.collect(self.name, parts)
        return tuple(dict.fromkeys(self.read(part, self.name) for part in parts))

    def cell(self, text: str) -> Any:
        """Return the value of a cell that is not empty, or None if it says that there is none."""
        if self.clears(text):
            if self.required:
                raise WrongInput(_("{field}: a value is needed here.", field=self.name), self.name)
            return self.empty
        return self.value([part for part in text.split("|") if part.strip()] if self.several else [text])


class ColumnGroup(NamedTuple):
    """Columns whose values are gathered in one field of the row. `make`: the field's value, from the values by column name."""

    make: Callable[..., Any]
    columns: tuple[Column, ...]

    def of(self, values: dict[str, Any]) -> Any:
        """Return the field's value."""
        return self.make(**values)


def group_of_columns(make: Callable[..., Any], /, **columns: Column) -> ColumnGroup:
    """Return a group of columns by their names. None of them is a column of the row's own table."""
    return ColumnGroup(make, tuple(column._replace(name=name, own=False) for name, column in columns.items()))


def code_reader(vocabulary: Codes) -> Reader:
    """Return the reader of a column of codes."""
    return partial(_read_code, vocabulary)


def _read_code(vocabulary: Codes, text: str, field: str) -> str:
    return read_code(text, vocabulary, field)


def read_part(text: str, field: str) -> str:
    """Read a name that may share a cell with others, between `|`."""
    if "|" in text:
        raise WrongInput(_("{field}: “|” separates several values, and can't be part of a name.", field=field), field)
    return read_name(text, field)


def read_email(text: str, field: str) -> str:
    """Read an e-mail address."""
    text = read_name(text, field)
    if "@" not in text.strip("@") or " " in text:
        raise WrongInput(_("{field}: that is not an e-mail address.", field=field), field)
    return text


def day_column(danish: str, help: str = "", stored: str | None = None, **more: Any) -> Column:
    """Return a column with a date."""
    return Column(danish, read_date, help=help, metavar="DATE", stored=stored, **more)


def person_column(danish: str = "person", help: str = "", stored: str = "person_id", **more: Any) -> Column:
    """Return a column that names a person."""
    return Column(danish, help=help, metavar="PERSON", refers="person", stored=stored, **more)


def people_column(danish: str, help: str = "", metavar: str = "LIST", **more: Any) -> Column:
    """Return a column that lists people: `17,19-22,anna h`; `none` is nobody."""
    return Column(danish, help=help, metavar=metavar, refers="people", own=False, clear=(), **more)


def group_column(danish: str = "gruppe", help: str = "", stored: str = "activity_id", **more: Any) -> Column:
    """Return a column that names a group."""
    return Column(danish, help=help, metavar="GROUP", refers="group", stored=stored, **more)


def reason_column(help: str = "", **more: Any) -> Column:
    """Return the reason why something ended."""
    return Column("årsag", code_reader(REASON), help=help, metavar="CODE", **more)


def note_column(help: str = "A short note.", **more: Any) -> Column:
    """Return a note, which is never repeated in a message."""
    return Column("note", read_note, help=help, private=True, other_headings=NOTE_HEADINGS, **more)


def columns_of(record: Any) -> tuple[tuple[Column, ...], dict[str, ColumnGroup]]:
    """Return the columns of a record in the order of its fields, and the fields that gather several of them."""
    columns: list[Column] = []
    groups: dict[str, ColumnGroup] = {}
    for field, annotation in record.__annotations__.items():
        declared = annotation.__metadata__[0]
        if isinstance(declared, ColumnGroup):
            groups[field] = declared
            columns += (each._replace(field=each.name, group=field) for each in declared.columns)
        else:
            name = field.rstrip("_")
            required = field not in record._field_defaults
            columns.append(declared._replace(name=name, field=field, required=required, stored=declared.stored or name))
    return tuple(columns), groups


def options_of(*names: str | ColumnGroup) -> list[str]:
    """Return the names of columns, with those of a group in its place."""
    return [name for each in names for name in ([each] if isinstance(each, str) else [column.name for column in each.columns])]


def heading_words(text: str) -> str:
    """Return a heading as it is compared."""
    return fold(text.replace("_", " ").replace("-", " ").strip("* :"))
