"""Fill in a form at the terminal, from its draft if there is one; what is interrupted is kept as a draft."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Generic, NamedTuple, TypeVar

from ...domain.people import drafts
from ...domain.people.lookup import Person
from ...errors import FormInterrupted, HusrumError, NotFound, Refused
from ...i18n import _, language, long_day, many
from ...input.dates import is_iso_day, today
from ...input.yes_no import read_yes
from ...render.listing import escape_controls
from ...rowtypes.context import CommandContext
from ...rowtypes.rowtype import RowType
from ...rowtypes.typed import TypedOptions, read_options
from ...store import Store
from ...vocabulary import HEALTH, Codes, label
from ..context import open_file, rehearsing, say
from .form import Form, FormQuestion, Texts

CONSENT = "health_data"
"""The question whether answers about health may be stored, which is not a column: its yes is a consent."""
RowT = TypeVar("RowT", bound=tuple[Any, ...])


class FilledForm(NamedTuple, Generic[RowT]):
    """A form that was filled in: its draft, what was typed in it and on the command line, and whether it was agreed to store answers about health."""

    draft: int | None
    typed: TypedOptions[RowT]
    consents: bool = False

    def forget(self, context: CommandContext) -> None:
        """Delete its draft, once it is saved."""
        drafts.forget_draft(context.store, self.draft)


def fill_form(
    command: str,
    person: Person | None,
    title: str,
    questions: Callable[[Texts], Sequence[FormQuestion]],
    read: Callable[[str, str], str],
    asked: Collection[str],
    today_if_empty: str,
    typed: TypedOptions[RowT],
    save: Callable[[CommandContext, TypedOptions[RowT]], object],
) -> FilledForm[RowT]:
    """Fill in a form. command, person: whose drafts are offered first. questions: those that come up after these answers.

    read: converts an answer. asked: the columns that the form may ask for. today_if_empty: the one that means today, or the interview's day, if it is left out.
    typed: what was on the command line, which a draft has too. save: tried before the form is accepted.
    """
    from .form_screen import fill_in

    with open_file() as store:
        known = {each.id: each for each in drafts.drafts_of(store, command, person)}
    draft: int | None = None

    def keep(texts: Texts) -> None:
        nonlocal draft
        if any(texts.values()) or draft_texts(typed):
            with open_file() as store:
                kept = {**draft_texts(typed), **{name: _on_any_day(typed.row_type, name, text) for name, text in texts.items()}}
                if today_if_empty and not kept.get(today_if_empty) and (today_if_empty in kept or today_if_empty not in asked):
                    kept[today_if_empty] = min(filter(is_iso_day, (today(), kept.get("held", ""))))
                draft = drafts.save_draft(store, command, person, kept, draft)

    def take_up(chosen: int) -> Texts:
        nonlocal draft, typed
        draft = chosen
        typed = with_draft_texts(typed, {name: text for name, text in known[chosen].texts.items() if name not in asked})
        return known[chosen].texts

    def attempt(texts: Texts) -> str:
        try:
            with rehearsing(command) as context:
                context.people.same_human = lambda _twin: False
                save(context, typed.with_options(split_by_column(typed.row_type, texts)))
        except HusrumError as error:
            return error.message
        return ""

    answers = fill_in(
        Form(questions, read, {}), title, keep, attempt, {number: describe_draft(each) for number, each in known.items()}, take_up
    )
    if answers is None:
        say(draft_saved_text(command, person, {}) if draft is not None else _("Nothing was saved."))
        raise FormInterrupted
    return FilledForm(draft, typed.with_options(split_by_column(typed.row_type, answers)), read_yes(answers.get(CONSENT, ""), CONSENT))


@contextmanager
def naming_drafts(store: Store, command: str, person: Person | None = None) -> Iterator[None]:
    """Name the drafts of a form that is refused before it comes up, so that what was typed in them can be read, and deleted."""
    try:
        yield
    except (Refused, NotFound) as error:
        known = drafts.drafts_of(store, command, person)
        if not known:
            raise
        raise type(error)(f"{error.message.rstrip('.')}. {' '.join(map(how_to_delete, known))}", error.field) from None


def name_drafts(context: CommandContext, command: str, person: Person) -> None:
    """Name the drafts of a form about somebody whose entry was typed on the command line instead: they stay, for what else was typed in them."""
    for draft in drafts.drafts_of(context.store, command, person):
        context.rules.warn(how_to_delete(draft))


def name_drafts_of_activity(context: CommandContext, ref: str) -> None:
    """Name the drafts of the lists of an event or group that is about to be removed: they stay, and are its own again if that is taken back."""
    for draft in drafts.drafts_of_activity(context.store, ref):
        context.rules.warn(how_to_delete(draft))


def how_to_delete(draft: drafts.Draft) -> str:
    """Say how to read what was typed in a draft that can't be gone on with, and how to delete it."""
    return _(
        "Draft {number} of it is kept. What was typed: husrum intake drafts --show {number}. Delete it: husrum intake drafts --remove {number}",
        number=draft.id,
    )


def draft_texts(typed: TypedOptions[RowT]) -> Texts:
    """Return the options to keep in a draft. Answers about health are not among them: they are asked for again, after the consent."""
    return {name: typed.texts[name] for name in typed.names if name not in HEALTH}


def with_draft_texts(typed: TypedOptions[RowT], texts: Texts) -> TypedOptions[RowT]:
    """Return the options with those of a draft that were not given again."""
    columns = typed.row_type.by_name
    return typed.with_options({name: text.split("|") for name, text in texts.items() if name in columns and name not in typed})


def draft_saved_text(command: str, person: Person | None, texts: Texts) -> str:
    """Say that a form is kept as a draft, and how to go on with it."""
    line = drafts.command_line(command, person.number if person else None, texts)
    return _("Not entered yet. The answers are kept as a draft. Go on with it: {command}", command=line)


def describe_draft(draft: drafts.Draft) -> str:
    """Describe a draft in a sentence."""
    answers = many("{number} answer", "{number} answers", draft.answers)
    who = f"{escape_controls(draft.texts['name'])}, " if draft.texts.get("name") else ""
    return _("Interrupted on {when}: {who}{answers}.", when=draft.changed_at, who=who, answers=answers)


def split_by_column(row_type: RowType[Any], texts: Texts) -> dict[str, list[str]]:
    """Split the typed texts by column; several values are separated by commas. Empty answers are left out."""
    return {name: _parts(row_type, name, text) for name, text in texts.items() if text and name != CONSENT}


def _parts(row_type: RowType[Any], name: str, text: str) -> list[str]:
    if not row_type.by_name[name].several:
        return [text]
    return [part for part in text.replace("|", ",").split(",") if part.strip()]


def _on_any_day(row_type: RowType[Any], name: str, text: str) -> str:
    """Return a day as a text that means the same day tomorrow; any other text as it is."""
    if not text or name not in row_type.by_name or row_type.by_name[name].several:
        return text
    try:
        read = read_options(row_type, {name: text}).texts[name]
    except HusrumError:
        return text
    return read if is_iso_day(read) else text


def interpret(row_type: RowType[Any], name: str, text: str, vocabulary: Codes | None) -> str:
    """Describe in words how an answer is understood. Raises `WrongInput` if it can't be read."""
    value = read_options(row_type, {name: _parts(row_type, name, text)}).values.get(name)
    codes = value if isinstance(value, tuple) else (value,)
    return ", ".join(_("unknown") if code is None else long_day(label(vocabulary, str(code), language())) for code in codes)
