"""`husrum match propose` and the proposals that follow: shown, answered, withdrawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

from ..domain.befriending import proposals
from ..domain.branches import Record
from ..domain.views.lists import branch_column
from ..errors import WrongInput
from ..i18n import _, language, many
from ..input.choices import read_code
from ..input.numbers import read_count
from ..render.listing import Listing, escape_controls, read_format, write_json
from ..rowtypes.context import CommandContext
from ..vocabulary import GENDER, SIDE, TIME, label
from .context import reading, say, writing
from .declarations import Option
from .lists import show
from .options import DATE_OPTION, FORMAT_OPTION, MAYBE_VOLUNTEER, PERSON, Text, read_day, read_reason
from .proposal_words import helps, left_over_reason, must_have_counts, must_haves, points_note, wishes

if TYPE_CHECKING:  # the other verbs of match need none of it
    from ..domain.befriending.propose import Proposal

SIDE_OPTION = Annotated[str, Option("--side", metavar="CODE", help="Who said so: {side}")]


def propose_command(
    date: DATE_OPTION = None,
    save: Annotated[bool, Option("--save", help="Keep the pairs as proposals, to be accepted or declined.")] = False,
    min_score: Annotated[Text, Option("--min-score", metavar="N", help="Leave out pairs with fewer points.")] = None,
    why_: Annotated[tuple[str, str] | None, Option("--why", metavar="PERSON VOLUNTEER", help="Explain one pair, proposed or not.")] = None,
    alternatives: Annotated[
        Text, Option("--alternatives", metavar="N", help="Name so many other volunteers for each young person.")
    ] = None,
    format: FORMAT_OPTION = "table",
) -> None:
    """The best fair set of pairs, with reasons. It only proposes; nothing is written without --save."""
    format = read_format(format)
    day = read_day(date)
    least = read_count(min_score, "min_score") if min_score else 0
    others = read_count(alternatives, "alternatives", smallest=1) if alternatives else 0
    if why_ and (save or others):
        raise WrongInput(_("--why explains one pair; leave out --save and --alternatives."))
    if why_:
        from ..domain.befriending.propose import explain_pair

        with reading() as context:
            pair = context.people.find_one(why_[0]), context.people.find_one(why_[1], "volunteer")
            record = explain_pair(context.store, context.people, *pair, day, least)
        _show_why(record, pair[0].display_name, pair[1].display_name, format)
        return
    if save:
        with writing("match propose") as context:
            found, remarks = _proposed(context, day, least, others)
            proposals.save_proposals(context.store, context.rules, found.ids, day)
            context.confirm(
                many(
                    "{number} pair is proposed from {date}. See: husrum match list --proposed",
                    "{number} pairs are proposed from {date}. See: husrum match list --proposed",
                    len(found.ids),
                    date=day,
                )
            )
    else:
        with reading() as context:
            found, remarks = _proposed(context, day, least, others)
    _show_proposal(found, format)
    for remark in remarks:
        say(remark)


def _proposed(context: CommandContext, day: str, least: int, others: int) -> tuple[Proposal, list[str]]:
    from ..domain.befriending.propose import proposal_remarks, propose

    found = propose(context.store, context.people, day, least, others)
    return found, proposal_remarks(context.store, found)


def accept(person: PERSON, side: SIDE_OPTION, volunteer: MAYBE_VOLUNTEER = None, date: DATE_OPTION = None) -> None:
    """One side or both said yes to a proposal."""
    _answer("match accept", person, volunteer, side, date, None)


def decline(
    person: PERSON,
    side: SIDE_OPTION,
    reason: Annotated[str, Option("--reason", metavar="CODE", help="not_for_me, work_or_study, no_longer_wishes, other, …")],
    volunteer: MAYBE_VOLUNTEER = None,
    date: DATE_OPTION = None,
) -> None:
    """One side or both said no to a proposal; the pair is not proposed again."""
    _answer("match decline", person, volunteer, side, date, reason)


def _answer(command: str, person: str, volunteer: str | None, side: str, date: str | None, reason: str | None) -> None:
    day, why, whose = read_day(date), read_reason(reason), read_code(side, SIDE, "side")
    with writing(command) as context:
        who = context.people.find_one(person)
        helper = context.people.find_one(volunteer, "volunteer") if volunteer else None
        other = context.people.with_ids(
            [proposals.answer_proposal(context.store, context.rules, who, helper, whose, reason is None, day, why)]
        )[0]
        words = {
            "person": who.display_name,
            "volunteer": other.display_name,
            "side": label(SIDE, whose, language()).lower(),
            "date": day,
        }
        if reason is None:
            context.confirm(_("{person} and {volunteer}: accepted by {side} on {date}. When they meet: husrum match start", **words))
        else:
            context.confirm(_("{person} and {volunteer}: declined by {side} on {date}. See: husrum match list --proposed --all", **words))


def withdraw(person: PERSON, volunteer: MAYBE_VOLUNTEER = None, date: DATE_OPTION = None) -> None:
    """Withdraw a proposal that nobody said no to; the pair may be proposed again."""
    day = read_day(date)
    with writing("match withdraw") as context:
        who = context.people.find_one(person)
        helper = context.people.find_one(volunteer, "volunteer") if volunteer else None
        other = context.people.with_ids([proposals.withdraw_proposal(context.store, context.rules, who, helper, day)])[0]
        context.confirm(
            _(
                "{person} and {volunteer}: the proposal was withdrawn on {date}. See: husrum match list --proposed --all",
                person=who.display_name,
                volunteer=other.display_name,
                date=day,
            )
        )


def _show_proposal(found: Proposal, format: str) -> None:
    if format == "json":
        write_json(found.as_json())
        return
    pairs = [{**record, **record["parts"]} for record in found.pairs]
    columns = {
        **branch_column(pairs),
        "person": _("Person"),
        "name": _("Name"),
        "waiting_days": _("Days"),
        "volunteer": _("Volunteer"),
        "volunteer_name": _("Hjerteven"),
        "score": _("Points"),
        **wishes(),
    }
    if format == "csv":
        show(Listing(columns, pairs), format)
        return
    from ..render.terminal import screen

    out = screen()
    if out.is_terminal:
        from .proposal_sections import print_proposal

        print_proposal(found, out)
        return
    title = _("Proposed for {date}", date=found.date)
    if pairs:
        show(Listing(columns, pairs, title), format)
    else:
        print(f"{title}: {_('no pair')}")
    _show_left_over(found)
    _show_alternatives(found)
    _show_open(found)
    print()
    print(points_note(found))


def _show_left_over(found: Proposal) -> None:
    person = {"person": _("Person"), "name": _("Name"), "waiting_days": _("Days")}
    volunteer = {"volunteer": _("Volunteer"), "volunteer_name": _("Name")}
    unmatched = [
        {
            **record,
            "why": must_have_counts(record["ruled_out"]),
            "helps": helps(record),
        }
        for record in found.unmatched
    ]
    unused = [{**record, "why": left_over_reason(record)} for record in found.unused]
    for title, columns, records in (
        (_("Left waiting"), {**person, "why": _("Ruled out"), "fitting": _("Fit, but taken"), "helps": _("What would help")}, unmatched),
        (_("Volunteers left over"), {**volunteer, "why": _("Why")}, unused),
    ):
        if records:
            print()
            show(Listing({**branch_column(records), **columns}, records, title), "table")


def _show_alternatives(found: Proposal) -> None:
    records: list[Record] = [
        {"person": record["person"], "name": record["name"], **other, "others": ", ".join(map(str, other["proposed_to"]))}
        for record in (*found.pairs, *found.unmatched)
        for other in record.get("alternatives", ())
    ]
    columns = {
        "person": _("Person"),
        "name": _("Name"),
        "volunteer": _("Volunteer"),
        "volunteer_name": _("Hjerteven"),
        "score": _("Points"),
        "others": _("Proposed to"),
    }
    if records:
        print()
        show(Listing(columns, records, _("Next best")), "table")


def _show_open(found: Proposal) -> None:
    records = [{**record, "yes": [label(SIDE, side, language()) for side in record["accepted"]]} for record in found.open]
    columns = {
        **branch_column(records),
        "person": _("Person"),
        "name": _("Name"),
        "volunteer": _("Volunteer"),
        "volunteer_name": _("Hjerteven"),
        "proposed": _("Proposed"),
        "yes": _("Said yes"),
    }
    if records:
        print()
        show(Listing(columns, records, _("Proposed before, and not answered by both or not started")), "table")


def _show_why(record: Record, person: str, volunteer: str, format: str) -> None:
    if format == "json":
        write_json({key: value for key, value in record.items() if key not in ("name", "volunteer_name")})
        return
    words = must_haves()
    facts: list[Record] = [{"what": words[key], "holds": "✗"} for key in record["ruled_out"]]
    facts += [
        {"what": heading, "holds": record["parts"][wish], "both": ", ".join(_spoken(wish, word) for word in record["common"][wish])}
        for wish, heading in wishes().items()
    ]
    facts.append({"what": _("In all"), "holds": record["score"]})
    columns = {"what": _("Must-have or wish"), "holds": _("Points"), "both": _("Both name")}
    if format == "csv":
        show(Listing(columns, facts), format)
        return
    print(escape_controls(f"{person} – {volunteer}: {_outcome(record, person, volunteer)}"))
    print()
    show(Listing(columns, facts), format)
    print()
    known = [
        {"what": heading, "one": _shown(key, record["known"]["person"][key]), "other": _shown(key, record["known"]["volunteer"][key])}
        for key, heading in {
            **wishes(),
            "gender": _("Gender"),
            "age": _("Age"),
            "wants_gender": _("Wants gender"),
            "wants_age": _("Wants age"),
            "avoid": _("Avoids"),
        }.items()
    ]
    show(Listing({"what": "", "one": person, "other": volunteer}, known), format)


def _outcome(record: Record, person: str, volunteer: str) -> str:
    instead = record["proposed_instead"]
    match record["outcome"]:
        case "open":
            return _("They are proposed to each other already. See: husrum match list --proposed")
        case "proposed":
            return _("They are proposed to each other.")
        case "ruled_out":
            reasons = ", ".join(must_haves()[key] for key in record["ruled_out"])
            return _("They can't be matched: {reasons}.", reasons=reasons)
    sentences = [_("They could be matched.")]
    if instead["volunteer"] is not None:
        sentences.append(_("{person} is proposed to {number} instead.", person=person, number=instead["volunteer"]))
    if instead["people"]:
        numbers = ", ".join(map(str, instead["people"]))
        sentences.append(
            _(
                "{volunteer} is proposed to {numbers}: the longest waiting come first, then the points.",
                volunteer=volunteer,
                numbers=numbers,
            )
        )
    return " ".join(sentences)


def _shown(key: str, value: Any) -> Any:
    if key in ("gender", "wants_gender") and value:
        return ", ".join(label(GENDER, code, language()) for code in ([value] if isinstance(value, str) else value))
    return [_spoken(key, word) for word in value] if isinstance(value, list) else value


def _spoken(kind: str, word: str) -> str:
    return label(TIME, word, language()) if kind == "time" else word
