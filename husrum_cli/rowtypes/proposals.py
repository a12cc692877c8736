"""Rows about what happens around a match: proposals, what was answered to them, pauses. A proposal is known by its two people and its day."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.befriending import proposals
from ..domain.befriending.matches import match_of
from ..store.store import Row
from .columns import Values
from .context import Book
from .rowtype import Held, Kind


def _pair(book: Book, row: Row) -> Values:
    return {"person": book.people.by_id[row["person_id"]], "volunteer": book.people.by_id[row["volunteer_id"]]}


def _add_proposal(book: Book, values: Values) -> int:
    matched = (
        match_of(book.store, values["person"], values["volunteer"], values["matched"], "matched").id if values.get("matched") else None
    )
    return proposals.enter(book.store, values["person"], values["volunteer"], values["date"], values.get("withdrawn"), matched)


def _amend_proposal(book: Book, held: Held, changes: Values) -> None:
    if "matched" in changes:
        match = match_of(book.store, held.values["person"], held.values["volunteer"], changes["matched"], "matched")
        book.store.update("proposals", held.id, match_id=match.id)
    book.store.update("proposals", held.id, **{name: value for name, value in changes.items() if name == "withdrawn"})


def _held_proposals(book: Book) -> Iterator[Held]:
    for row in book.store.rows(
        """SELECT proposals.id, proposals.person_id, proposals.volunteer_id, date, withdrawn, matches.starts AS matched FROM proposals
        LEFT JOIN matches ON matches.id = match_id ORDER BY proposals.id"""
    ):
        yield Held(row["id"], {**_pair(book, row), **{column: row[column] for column in ("date", "withdrawn", "matched")}})


def _add_answer(book: Book, values: Values) -> int:
    proposal = proposals.known(book.store, values["person"], values["volunteer"], values["proposed"])
    return proposals.keep_answer(
        book.store, proposal, values["proposed"], values["side"], values["answer"] == "accepted", values["date"], values.get("reason")
    )


def _amend_answer(book: Book, held: Held, changes: Values) -> None:
    book.store.update("proposal_answers", held.id, reason=changes["reason"])


def _held_answers(book: Book) -> Iterator[Held]:
    for row in book.store.rows(
        """SELECT proposal_answers.id, person_id, volunteer_id, proposals.date AS proposed, side, proposal_answers.date, reason,
            CASE WHEN accepted THEN 'accepted' ELSE 'declined' END AS answer
        FROM proposal_answers JOIN proposals ON proposals.id = proposal_id ORDER BY proposal_answers.id"""
    ):
        yield Held(row["id"], {**_pair(book, row), **{column: row[column] for column in ("proposed", "side", "date", "answer", "reason")}})


def _add_pause(book: Book, values: Values) -> int:
    match = match_of(book.store, values["person"], values["volunteer"], values["date"], "date")
    return proposals.keep_pause(book.store, match.id, values["date"], values.get("until"), values.get("reason"))


def _amend_pause(book: Book, held: Held, changes: Values) -> None:
    columns = {"until": "ends", "reason": "reason"}
    book.store.update("pauses", held.id, **{columns[name]: value for name, value in changes.items()})


def _held_pauses(book: Book) -> Iterator[Held]:
    for row in book.store.rows(
        """SELECT pauses.id, person_id, volunteer_id, pauses.starts, pauses.ends, pauses.reason FROM pauses
        JOIN matches ON matches.id = match_id ORDER BY pauses.id"""
    ):
        yield Held(row["id"], {**_pair(book, row), "date": row["starts"], "until": row["ends"], "reason": row["reason"]})


KINDS = (
    Kind(
        "proposals",
        lambda book, values: (values["person"].id, values["volunteer"].id, values["date"]),
        _add_proposal,
        _amend_proposal,
        _held_proposals,
    ),
    Kind(
        "proposal_answers",
        lambda book, values: (
            values["person"].id,
            values["volunteer"].id,
            values["proposed"],
            values["side"],
            values["date"],
            values["answer"],
        ),
        _add_answer,
        _amend_answer,
        _held_answers,
    ),
    Kind(
        "pauses", lambda book, values: (values["person"].id, values["volunteer"].id, values["date"]), _add_pause, _amend_pause, _held_pauses
    ),
)
