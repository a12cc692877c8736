"""Must-haves, wishes and reasons of a proposal in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..i18n import _, many

if TYPE_CHECKING:
    from ..domain.befriending.propose import Proposal
    from ..domain.branches import Record


def must_haves() -> dict[str, str]:
    """Return must-have -> the text about a pair that doesn't meet it."""
    return {
        "no_offer": _("has not offered"),
        "not_active": _("not active that day"),
        "capacity": _("no place left"),
        "intro_course": _("no intro course"),
        "confidentiality": _("no confidentiality declaration"),
        "criminal_record": _("no criminal record certificate"),
        "not_waiting": _("does not wait"),
        "has_match": _("has a Hjerteven already"),
        "asked": _("has an open proposal"),
        "same_person": _("the same human"),
        "other_branch": _("another city"),
        "earlier": _("ended or declined before"),
        "wants_gender": _("wished gender"),
        "wants_age": _("wished age"),
        "time": _("no common time"),
        "speaks": _("no common language"),
        "avoid": _("something to avoid"),
        "min_score": _("too few points"),
    }


def wishes() -> dict[str, str]:
    """Return wish -> its heading."""
    return {"interest": _("Interests"), "area": _("Area"), "time": _("Times"), "speaks": _("Languages")}


def _helps(key: str, number: int) -> str:
    """Describe which single change would help somebody who is left over."""
    match key:
        case "taken":
            return many("one more place with the volunteer who fits", "one more place with one of the {number} who fit", number)
        case "not_active":
            return many("{number} volunteer is not active that day", "{number} volunteers are not active that day", number)
        case "capacity":
            return many("{number} volunteer has no place left", "{number} volunteers have no place left", number)
        case "intro_course":
            return many("{number} volunteer lacks the intro course", "{number} volunteers lack the intro course", number)
        case "confidentiality" | "criminal_record":
            return many(
                "{number} volunteer lacks a paper: {what}", "{number} volunteers lack a paper: {what}", number, what=must_haves()[key]
            )
        case "min_score":
            return many("{number} volunteer has too few points", "{number} volunteers have too few points", number)
        case _:
            return many("with {number} volunteer only this is in the way: {what}", "with {number} volunteers only this is in the way: {what}", number, what=must_haves()[key])  # fmt: skip


def helps(record: Record) -> str | None:
    """Describe which single change would help somebody left over; if volunteers fit and no change would help, others come before them."""
    first = _("a further place goes to somebody else first") if record["fitting"] else None
    return next((_helps(key, number) for key, number in record["would_help"].items()), first)


def must_have_counts(ruled_out: dict[str, int]) -> str:
    """Describe must-haves, each with how many it ruled out."""
    words = must_haves()
    return ", ".join(f"{words[key]} ({number})" for key, number in ruled_out.items())


def left_over_reason(record: Record) -> str:
    """Explain why a volunteer is left over."""
    words = {
        "nobody_waits": _("nobody waits"),
        "not_needed": _("those who fit have somebody else"),
        "nobody_fits": _("nobody fits"),
        **must_haves(),
    }
    return words[record["reason"]] + (f": {must_have_counts(record['ruled_out'])}" if record.get("ruled_out") else "")


def points_note(found: Proposal) -> str:
    """Explain the points."""
    return _(
        "Points for each thing both name: interests {interest}, area {area}, times {time}, languages {speaks}. Change: husrum setting set",
        **found.weights,
    )
