"""Pairs that were proposed, and what either side answered."""

from typing import Annotated, NamedTuple

from ..domain.befriending import proposals
from ..domain.befriending.matches import match_of
from ..domain.people.lookup import Person
from ..vocabulary import ONE_SIDE, PROPOSAL_ANSWER
from . import columns
from .columns import Column, code_reader, day_column
from .context import CommandContext
from .rowtype import RowType, StoredRow


class ProposalRow(NamedTuple):
    """A pair that was proposed. `matched`: the day on which its match began."""

    person: Annotated[Person, columns.person_column()]
    volunteer: Annotated[Person, columns.person_column("frivillig", stored="volunteer_id")]
    date: Annotated[str, day_column("dato")]
    withdrawn: Annotated[str | None, day_column("trukket tilbage")] = None
    matched: Annotated[str | None, day_column("matchet", stored="matches.starts")] = None


def _add_proposal(context: CommandContext, row: ProposalRow) -> int:
    return proposals.import_proposal(context.store, row.person, row.volunteer, row.date, row.withdrawn, _match(context, row))


def _match(context: CommandContext, row: ProposalRow) -> int | None:
    return match_of(context.store, row.person, row.volunteer, row.matched, "matched").id if row.matched else None


def _amend_proposal(context: CommandContext, stored: StoredRow[ProposalRow], row: ProposalRow, names: frozenset[str]) -> None:
    if "matched" in names:
        context.store.update("proposals", stored.id, match_id=_match(context, row))


PROPOSALS = RowType(
    "proposals",
    ProposalRow,
    ("person", "volunteer", "date"),
    _add_proposal,
    period=("date", "withdrawn"),
    joined="LEFT JOIN matches ON matches.id = match_id",
    amend=_amend_proposal,
    twins=True,
    once=True,
)


class AnswerRow(NamedTuple):
    """An answer to a proposal."""

    person: Annotated[Person, columns.person_column(stored="proposals.person_id")]
    volunteer: Annotated[Person, columns.person_column("frivillig", stored="proposals.volunteer_id")]
    proposed: Annotated[str, day_column("foreslået", stored="proposals.date")]
    side: Annotated[str, Column("side", code_reader(ONE_SIDE))]
    date: Annotated[str, day_column("dato")]
    answer: Annotated[str, Column("svar", code_reader(PROPOSAL_ANSWER), stored="iif(proposal_answers.accepted, 'accepted', 'declined')")]
    reason: Annotated[str | None, columns.reason_column()] = None


def _add_answer(context: CommandContext, row: AnswerRow) -> int:
    proposal = proposals.find_proposal(context.store, row.person, row.volunteer, row.proposed)
    return proposals.import_answer(context.store, proposal, row.proposed, row.side, row.answer == "accepted", row.date, row.reason)


PROPOSAL_ANSWERS = RowType(
    "proposal_answers",
    AnswerRow,
    ("person", "volunteer", "proposed", "side", "date", "answer"),
    _add_answer,
    joined="JOIN proposals ON proposals.id = proposal_id",
)
