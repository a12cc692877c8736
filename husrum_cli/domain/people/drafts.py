"""Forms that were interrupted: what was typed is kept in the file, where everything told in confidence is, until it is saved or thrown away."""

from __future__ import annotations

import json
from datetime import datetime
from typing import NamedTuple

from ...store import Store
from .lookup import Person

Texts = dict[str, str]


class Draft(NamedTuple):
    """What was typed, and when."""

    changed_at: str
    texts: Texts


def find_draft(store: Store, command: str, person: Person | None = None) -> Draft | None:
    """What was left of a form, if anything was."""
    row = store.row("SELECT changed_at, answers FROM drafts WHERE command = ? AND person_id IS ?", command, person.id if person else None)
    return Draft(row["changed_at"], json.loads(row["answers"])) if row else None


def keep_draft(store: Store, command: str, person: Person | None, texts: Texts) -> None:
    """Keeps what was typed so far, in place of what was kept before; nothing where nothing was typed. It is no part of the file's lineage."""
    with store.writing(None):
        forget_draft(store, command, person)
        if any(texts.values()):
            now = datetime.now().isoformat(sep=" ", timespec="minutes")
            answers = json.dumps(texts, ensure_ascii=False)
            store.insert("drafts", command=command, person_id=person.id if person else None, changed_at=now, answers=answers)


def forget_draft(store: Store, command: str, person: Person | None) -> None:
    """What was left of a form is gone."""
    store.delete("drafts", command=command, person_id=person.id if person else None)
