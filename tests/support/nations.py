"""National files made by hand: cities, people with tags, and what was decided about them."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from running import store_of

from husrum_cli.domain.national.linking import key_fingerprint, tags
from husrum_cli.store import create

KEY = bytes(range(32))
# branch, number, name, born, phone, email
Someone = tuple[str, int, str, str | None, str | None, str | None]


def national_file(path: Path, people: Iterable[Someone], consent_withdrawn: Iterable[tuple[str, int]] = ()) -> Path:
    """A file of several cities as a merge makes it: tags, birth years, and no names."""
    with closing(create(path)) as store, store.writing("merge"):
        branches: dict[str, int] = {}
        for branch, number, name, born, phone, email in people:
            if branch not in branches:
                branches[branch] = store.insert("branches", name=branch)
                store.insert("link_keys", branch_id=branches[branch], fingerprint=key_fingerprint(KEY))
            id = store.insert("people", branch_id=branches[branch], number=number, born=born and born[:4], uid=uid(branch, number))
            if (branch, number) not in consent_withdrawn:
                store.insert_many(
                    "link_tags", ("person_id", "kind", "tag"), [(id, *each) for each in tags(name, born, phone, email, KEY).items()]
                )
    return path


def uid(branch: str, number: int) -> str:
    """A person's uid in these files."""
    return f"{branch}-{number:04}"


def linked(path: Path) -> set[frozenset[str]]:
    """Who is one human in the file: sets of references like Aarhus:17, of two or more."""
    with closing(store_of(path)) as store:
        sql = """SELECT human_id, branches.name || ':' || number AS reference FROM people JOIN branches ON branches.id = branch_id WHERE human_id IS NOT NULL"""
        humans: dict[int, set[str]] = {}
        for row in store.rows(sql):
            humans.setdefault(row["human_id"], set()).add(row["reference"])
    return {frozenset(human) for human in humans.values()}
