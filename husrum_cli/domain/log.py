"""What was written, by which command, when and by whom; and what of it can be taken back."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from ..errors import Refused
from ..i18n import N_, _, whole_number
from ..store import Store
from ..store.store import Row

# What the rows of a table are to a reader.
ROWS = {
    "settings": N_("settings"),
    "branches": N_("cities"),
    "people": N_("people"),
    "former_numbers": N_("former numbers"),
    "removed_people": N_("removed people"),
    "partners": N_("partners"),
    "intakes": N_("enquiries"),
    "answers": N_("answers"),
    "interview_ages": N_("ages at interviews"),
    "volunteers": N_("volunteers"),
    "roles": N_("roles"),
    "attests": N_("papers"),
    "leaving": N_("people who left"),
    "onward": N_("steps onward"),
    "consents": N_("consents"),
    "activities": N_("groups and events"),
    "programmes": N_("programmes"),
    "activity_partners": N_("partners of groups and events"),
    "leaders": N_("leaders and organisers"),
    "enrolments": N_("enrolments"),
    "sessions": N_("meetings and days"),
    "attendance": N_("attendances"),
    "waits": N_("places on the waiting list"),
    "offers": N_("offers"),
    "preferences": N_("wishes"),
    "matches": N_("matches"),
    "pauses": N_("pauses"),
    "proposals": N_("proposals"),
    "proposal_answers": N_("answers to proposals"),
    "contacts": N_("contacts"),
    "grants": N_("grants"),
    "grant_offers": N_("offers that grants pay for"),
    "reported_figures": N_("reported figures"),
    "expected_branches": N_("expected cities"),
    "figures_for_branches": N_("figures reported for cities"),
    "closed_years": N_("closed years"),
    "closed_rows": N_("rows of closed years"),
    "former_names": N_("former names"),
    "distinct_people": N_("pairs of two people"),
    "reminders": N_("reminders"),
    "volunteer_applications": N_("applications to volunteer"),
    "application_roles": N_("roles applied for"),
    "volunteer_hours": N_("hours of volunteers"),
    "measures": N_("measurements"),
    "goals": N_("goals"),
    "suggestions": N_("suggestions"),
    "quotes": N_("quotes"),
    "pair_meetings": N_("meetings of pairs"),
    "targets": N_("targets"),
    "link_tags": N_("link tags"),
    "link_decisions": N_("link decisions"),
    "link_keys": N_("link keys"),
    "manifest": N_("lines of the manifest"),
    "drafts": N_("unfinished forms"),
}
OUTSIDE = "outside"
UNDO = "undo"
_STEPS = """
    SELECT edits.id, edits.at, edits.who, edits.command, steps.edit_id AS step, steps.wrote, steps.added, steps.takes_back,
        EXISTS (SELECT 1 FROM steps AS undo WHERE undo.takes_back = edits.id) AS undone
    FROM edits LEFT JOIN steps ON steps.edit_id = edits.id ORDER BY edits.id DESC"""


class Step(NamedTuple):
    """A command that wrote. `wrote`: table -> [rows added, changed, removed]; empty where it is not known."""

    edit: int
    at: str
    who: str | None
    command: str
    wrote: dict[str, list[int]]
    known: bool  # written in this file, since it keeps such a record
    undoable: bool
    undone: bool

    @property
    def told(self) -> str:
        """What was written, in words."""
        return "; ".join(
            f"{verb}: {', '.join(f'{_(ROWS[table])} {whole_number(numbers[place])}' for table, numbers in self.wrote.items() if numbers[place])}"
            for place, verb in enumerate((_("added"), _("changed"), _("removed")))
            if any(numbers[place] for numbers in self.wrote.values())
        )

    @property
    def day_and_time(self) -> str:
        """When, on the clock of this computer."""
        try:
            return datetime.fromisoformat(self.at).astimezone().strftime("%Y-%m-%d %H:%M")
        except ValueError:  # another program wrote it
            return self.at


def history(store: Store, limit: int | None = None) -> list[Step]:
    """What was written, the newest first. What another program wrote since is the first of all, and has no number yet."""
    found = [_step(row) for row in store.rows(_STEPS + (f" LIMIT {limit}" if limit is not None else ""))]
    if store.changed_outside:
        found.insert(0, Step(0, "", None, OUTSIDE, {}, True, False, False))
    return found[:limit] if limit is not None else found


def _step(row: Row) -> Step:
    wrote, added = _numbers(row["wrote"], 3), _numbers(row["added"], 2)
    undone, undoable = bool(row["undone"]), row["added"] is not None and added is not None
    order = [table for table in ROWS if table in (wrote or {})]
    wrote = {table: (wrote or {})[table] for table in order}
    return Step(row["id"], row["at"], row["who"], row["command"] or "", wrote, row["step"] is not None, undoable and not undone, undone)


def _numbers(text: str | None, length: int) -> dict[str, list[int]] | None:
    """Table -> numbers, as the store keeps them; None where that can't be read."""
    try:
        import json

        found = json.loads(text or "{}")
        sound = all(len(numbers) == length and all(isinstance(each, int) for each in numbers) for numbers in found.values())
    except (ValueError, TypeError, AttributeError):
        return None
    return {str(table): list(numbers) for table, numbers in found.items()} if sound and found.keys() <= ROWS.keys() else None


def next_to_undo(store: Store, force: bool = False) -> Step:
    """The last command that was not taken back yet. Raises `Refused` where it can't be.

    `force`: though another program changed the file since.
    """
    for step in history(store):
        if step.undone or step.command == UNDO:
            continue
        if step.command == OUTSIDE:
            if force:
                continue
            raise Refused(
                _(
                    "The file was changed outside husrum after the last command, and that can't be taken back. With --force the command before "
                    "is, and what was changed outside in the same rows goes with it."
                )
            )
        if step.undoable:
            return step
        if step.command == "init":
            break
        raise Refused(
            _(
                "“{command}” of {when} can't be taken back: what was there before is not kept. An older backup can be put back: husrum restore BACKUP",
                command=step.command,
                when=step.day_and_time,
            )
        )
    raise Refused(_("There is nothing to take back: nothing has been written since the file was made."))


def undo(store: Store, step: Step, force: bool = False) -> None:
    """Takes back a command, whole. Raises `Refused` where another program wrote since it was looked up, or where later rows need what it wrote."""
    with store.undoing(lambda table: _(ROWS[table])):
        if next_to_undo(store, force).edit != step.edit:
            raise Refused(_("Something was written meanwhile; look again with: husrum undo"))
        store.take_back(step.edit)
