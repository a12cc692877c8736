"""Drafts: forms that were interrupted. They are stored in the file, with everything else that is confidential, until they are saved or deleted by name."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from ...errors import NotFound, WrongInput
from ...i18n import _
from ...input.dates import read_date
from ...platforms.shell_line import shell_line
from ...store import Store
from ...vocabulary import INSTRUMENTS, QUESTIONS
from .lookup import Person

Texts = dict[str, str]
# Of a list to tick off: whom and how many, next to the options that were given.
TICKS = ("present", "excused", "unnamed", "new")
# The command whose list has no event yet that it belongs to, and which of its texts distinguish it instead.
LOG, LOGGED = "event log", ("title", "date", "like")
# The uid of the event or group whose list it is: its number is given again once it is removed.
UID = "uid"
# The commands whose lists are of an event or group, which is their first word.
_LISTS = {("event", "attend"), ("group", "meet")}
# instrument -> the command whose drafts are its half-answered papers: their texts are the items by number, and the day.
MEASURE_COMMANDS = {code: "measure add" if code == "tils" else f"measure add --instrument {code}" for code in INSTRUMENTS}


class Draft(NamedTuple):
    """The content of an interrupted form, and when it was typed.

    command: with the options that distinguish it from forms of the same kind, but no text of somebody's own. name: of whom, as far as it was typed. gone: the event or group whose
    list it is was removed; its number may be another one's.
    """

    id: int
    command: str
    person: int | None
    name: str
    changed_at: str
    texts: Texts
    gone: bool = False

    @property
    def answer_texts(self) -> Texts:
        """Return the answers, without the day of a half-answered instrument, and without those who were ticked before somebody ticked."""
        return {name: text for name, text in self.texts.items() if name not in ("date", "before", UID)}

    @property
    def typed_texts(self) -> Texts:
        """Return what was typed, without what the file adds to find its event or group again."""
        return {name: text for name, text in self.texts.items() if text and name != UID}

    @property
    def answers(self) -> int:
        """Return the number of answered questions, or of people in a list to tick off."""
        if "present" not in self.texts:
            return sum(bool(text) for text in self.answer_texts.values())
        return sum(bool(each) for name in TICKS if name != "unnamed" for each in self.texts[name].split(","))

    @property
    def line(self) -> str:
        """Return the command that goes on with this draft, to paste into a shell; the one that shows it, if it can't be gone on with."""
        if self.gone:
            return f"husrum intake drafts --show {self.id}"
        return command_line(self.command, self.person, self.texts)


def command_line(command: str, person: int | None, texts: Texts) -> str:
    """Return the command that goes on with a form about a person, to paste into a shell."""
    noun, verb, *options = command.split()
    argument = str(person) if person and noun != "group" else ""  # goals are asked for with the list of their meeting
    named: tuple[str, ...] = ("date",) if command in MEASURE_COMMANDS.values() else ()
    if command == LOG:
        argument, named = texts.get("title", ""), ("date", "like")
    options += [word for name in named if name in texts for word in (f"--{name}", texts[name])]  # earlier versions kept fewer
    if argument.startswith("-"):
        return shell_line(["husrum", noun, verb, *options, "--", argument])
    return shell_line(["husrum", noun, verb, *filter(None, [argument]), *options])


def all_drafts(store: Store) -> list[Draft]:
    """Return every draft, the latest first."""
    sql = """SELECT drafts.id, command, number, ifnull(called, name) AS name, changed_at, answers
        FROM drafts LEFT JOIN people ON people.id = person_id ORDER BY changed_at DESC, drafts.id DESC"""
    rows = store.rows(sql)
    if not rows:
        return []
    import json

    found = []
    for row in rows:
        command, texts = _as_kept_today(row["command"], json.loads(row["answers"]))
        name, gone = row["name"] or texts.get("name", ""), _is_gone(store, command, texts)
        found.append(Draft(row["id"], command, row["number"], name, row["changed_at"], texts, gone))
    return found


def uid_of(store: Store, command: str) -> str | None:
    """Return the uid of the event or group whose list a command opens; None if there is none."""
    found = _listed(store, command)
    return found[0] if found else None


def _listed(store: Store, command: str) -> tuple[str, str] | None:
    """Return the uid and the display name of the event or group whose list a command opens."""
    noun, verb, *words = command.split()
    if (noun, verb) not in _LISTS or not words:
        return None
    row = store.row("SELECT uid, ref, title FROM activities WHERE branch_id = ? AND ref = ?", store.home, words[0])
    return (row["uid"], f"{row['ref']} {row['title'] or ''}".strip()) if row else None


def _is_gone(store: Store, command: str, texts: Texts) -> bool:
    """Whether what a draft's list is of was removed. Of drafts of earlier versions, its title tells, if it was kept."""
    if tuple(command.split()[:2]) not in _LISTS:
        return False
    found = _listed(store, command)
    if found is None:
        return True
    if UID in texts:
        return texts[UID] != found[0]
    return texts.get("name", "").partition(" · ")[0] not in ("", found[1])


def _as_kept_today(command: str, texts: Texts) -> tuple[str, Texts]:
    """Return a draft as it would be kept today. Earlier versions kept no --ask, and of an event only its title and day in words."""
    if command in ("match wait", "match offer", "intake edit"):
        return f"{command} --ask", texts
    if command == "intake add" and not texts.get("held") and any(name in texts and not each.at_enquiry for name, each in QUESTIONS.items()):
        return "intake add --ask", texts
    title, separator, day = texts.get("name", "").rpartition(" · ")
    if command == LOG and separator and "title" not in texts:
        with suppress(WrongInput):
            return command, {**texts, "title": title, "date": read_date(day.partition(" ")[2], "date")}
    return command, texts


def drafts_of(store: Store, command: str, person: Person | None = None) -> list[Draft]:
    """Return the drafts of a command's form, about a person if the form is about one, the latest first."""
    number = person.number if person else None
    return [draft for draft in all_drafts(store) if (draft.command, draft.person, draft.gone) == (command, number, False)]


def drafts_of_activity(store: Store, ref: str) -> list[Draft]:
    """Return the drafts of the lists of an event or group, the latest first."""
    return [draft for draft in all_drafts(store) if not draft.gone and ref in draft.command.split()[2:3]]


def draft_of_list(store: Store, command: str, given: Texts) -> Draft | None:
    """Return the latest draft of a list to tick off. given: the options of an event that is being logged."""
    found = drafts_of(store, command)
    return next((draft for draft in found if command != LOG or all(draft.texts.get(name) == given.get(name) for name in LOGGED)), None)


def save_draft(store: Store, command: str, person: Person | None, texts: Texts, id: int | None = None) -> int | None:
    """Keep what was typed so far, in place of what the draft with this id had, and return the draft's id; None if nothing was typed. It is not logged."""
    if not any(texts.values()):
        return id
    answers = _json(texts)
    now = datetime.now().isoformat(sep=" ", timespec="minutes")
    with store.writing(None):
        if id is not None and store.value("SELECT 1 FROM drafts WHERE id = ?", id):
            store.update("drafts", id, changed_at=now, answers=answers)
        else:
            id = store.insert("drafts", command=command, person_id=person.id if person else None, changed_at=now, answers=answers)
    return id


def forget_draft(store: Store, id: int | None) -> None:
    """Delete a draft, once its form is saved."""
    if id is not None:
        store.delete("drafts", id=id)


def restore_draft(store: Store, id: int, before: Draft | None) -> None:
    """Have the draft with this id be as it was before it was gone on with; None: delete it, since there was none. It is not logged."""
    with store.writing(None):
        if before is None:
            forget_draft(store, id)
        else:
            store.update("drafts", id, changed_at=before.changed_at, answers=_json(before.texts))


def find_draft(store: Store, number: int, option: str) -> Draft:
    """Return the draft with a number, which an option names. Raises `NotFound`."""
    found = next((draft for draft in all_drafts(store) if draft.id == number), None)
    if found is None:
        raise NotFound(_("There is no draft {number}; look with: husrum intake drafts", number=number), option)
    return found


def delete_draft(store: Store, number: int) -> Draft:
    """Delete a draft by its number, and return it. It is not logged. Raises `NotFound`."""
    found = find_draft(store, number, "remove")
    with store.writing(None):
        forget_draft(store, number)
    return found


def _json(texts: Texts) -> str:
    import json

    return json.dumps(texts, ensure_ascii=False)
