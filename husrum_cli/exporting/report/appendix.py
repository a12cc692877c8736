"""The appendix: every figure of the report in tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from ...domain.figures.details import VISIT_CHANNELS
from ...domain.figures.registry import BY_KEY, ROLE_FIGURES, definition_of
from ...domain.figures.share_registry import AT_INTAKE, DISTRIBUTIONS, INTAKE_DISTRIBUTIONS
from ...i18n import _, language
from ...records import Fields, FigureLine, SpreadLine
from ...records.report import Block, Cell, ReportTable
from ...render.phrases import number_text, remark, share_text
from ...vocabulary import INSTRUMENT, OFFER, QUESTIONS, ROLE, SILENT, label
from .blocks import cell, heading, known_answers, line_of, note_paragraph, subheading, text_paragraph
from .content import Content
from .grants import grant_blocks, grant_name
from .offers import months_of
from .prose import in_sentence
from .source import MOST_SHARES

_PEOPLE = (
    "young_people",
    "young_people_new",
    "enquiries",
    "intakes",
    "young_people_once",
    "interviewed_never_came",
    *(f"young_people_{offer}" for offer in (*VISIT_CHANNELS[1:], "befriended")),
)
_VISITS = (
    *("visits", "visits_named", "visits_unnamed", *(f"visits_{channel}" for channel in VISIT_CHANNELS)),
    *("visits_per_person_median", "interview_wait_median", "cost_per_visit_dkk"),
)
_GROUPS = (
    *("group_courses", "group_meetings", "group_completed", "network_groups", "network_meetings"),
    *("talk_group_participants_mean", "talk_group_leaders_mean", "goals_set", "goals_reached"),
)
_EVENTS = (
    *("social_events", "online_events", "youth_meetings", "joint_events", "events_with_young_organisers"),
    *("event_participants_min", "event_participants_median", "event_participants_max", "suggestions", "suggestions_adopted"),
)
_BEFRIENDING = (
    *("waiting_list", "matches_new", "matches_active", "befrienders", "befrienders_free", "young_people_befriended"),
    *("match_wait_median", "match_length_median", "match_meetings"),
)
_VOLUNTEERS = (
    *("volunteers", "volunteers_new", *(ROLE_FIGURES[role] for role in ROLE if role != "peer")),
    *("peer_supporters", "leader_seats", "volunteer_age_min", "volunteer_age_max"),
    *("volunteer_applicants", "volunteers_left", "volunteer_hours"),
)
_TRAINING = (
    *("intro_courses", "volunteer_meetings", "supervision_sessions", "training_sessions"),
    *("volunteers_without_intro", "volunteers_supervised"),
)
_ORGANISATION = ("coordinator_positions", "grants_dkk", "facebook_followers", "facebook_group_members", "discord_members")
_AROUND = ("partners", "moved_on", *(f"measured_pairs_{instrument}" for instrument in INSTRUMENT))
_YEARS = (
    *("branches", "young_people", "young_people_new", "intakes", "visits", "social_events", "group_courses", "group_meetings"),
    *("volunteers", "matches_new", "matches_active", "waiting_list"),
)
# The distributions on both bases, those of codes first and of free text last; and those of interviews alone.
_SPREADS = tuple(each.key for each in sorted(DISTRIBUTIONS, key=lambda each: each.codes is None) if each.key != "diagnosis")
_AT_INTAKE_ONLY = tuple(each.key for each in INTAKE_DISTRIBUTIONS)
_ASKED = (*_AT_INTAKE_ONLY, "recruited_through")


def appendix_blocks(content: Content) -> Iterator[Block]:
    """Yield every figure, by chapter."""
    yield from Appendix(content).blocks()


class Appendix:
    """The tables of a report."""

    def __init__(self, content: Content) -> None:
        self.content = content
        self.record = content.record
        self.details = content.details
        self.years = content.years
        self.several = content.several
        self.lines = content.prose.lines
        self.spreads = content.prose.spreads

    def blocks(self) -> Iterator[Block]:
        """Yield the tables of every chapter, each under its heading."""
        for words, blocks in (
            (_("Scope"), self.scope()),
            (_("Offers and activities"), self.activities()),
            (_("The young people"), self.young_people()),
            (_("Volunteers"), self.volunteers()),
            (_("Organisation"), self.organisation()),
            (_("Development over the years"), self.development()),
            (_("What the grants pay for"), self.grants()),
            (_("Definitions"), self.definitions()),
        ):
            content = tuple(blocks)
            if content:
                yield heading(words)
                yield from content

    def scope(self) -> Iterator[Block]:
        """Yield the tables of participants and visits."""
        yield self.table(_("Young people in {year}", year=self.content.period), _PEOPLE)
        yield self.table(_("Visits in {year}", year=self.content.period), _VISITS)
        yield from self.visits()

    def activities(self) -> Iterator[Block]:
        """Yield the tables of activities."""
        yield self.table(_("Groups in {year}", year=self.content.period), _GROUPS)
        yield self.table(_("Events in {year}", year=self.content.period), _EVENTS)
        yield from self.counted("activity", self.lines["social_events"].label)
        programmes = self.spreads.get("programme")
        if programmes and programmes.numbers:
            rows = (
                (
                    Cell(name),
                    *(Cell(number_text(numbers[part]), f"programme.{code}.{part}") for part in ("occasions", "visits", "young_people")),
                )
                for code, (name, numbers) in programmes.numbers.items()
                if set(numbers) >= {"occasions", "visits", "young_people"}
            )
            yield ReportTable(programmes.label, (_("Programme"), _("Held"), _("Visits"), _("Young people")), tuple(rows))
        yield self.table(_("Hjerteven in {year}", year=self.content.period), _BEFRIENDING)

    def visits(self) -> Iterator[Block]:
        """Yield visits by month and channel."""
        numbers = self.details.months
        months = months_of(self.content)
        names = self.details.month_names or [f"{self.record.year}-{month + 1:02}" for month in range(len(months))]
        totals = [sum(numbers[channel][month] for channel in VISIT_CHANNELS) for month in range(len(months))]
        channels = {channel: label(OFFER, channel, language()) for channel in VISIT_CHANNELS}
        rows = [
            (
                Cell(words),
                *(cell(numbers[channel][month], f"visits_{channel}", names[month]) for channel in VISIT_CHANNELS),
                cell(totals[month], "visits", names[month]),
            )
            for month, words in enumerate(months)
        ]
        keys = (*(f"visits_{channel}" for channel in VISIT_CHANNELS), "visits")
        rows.append((Cell(_("total")), *(Cell(number_text(self.lines[key].fields), key) for key in keys)))
        caption = _("Visits in {year} by month and channel", year=self.content.period)
        yield ReportTable(caption, (_("Month"), *channels.values(), _("total")), tuple(rows), total=True)
        if sum(totals) != self.lines["visits"].fields["value"]:
            yield note_paragraph(_("Visits that were reported, not counted, have no month; they are in the total alone."))

    def young_people(self) -> Iterator[Block]:
        """Yield the tables about the young people, on both bases."""
        yield text_paragraph(
            _(
                "The figures have two bases. The young people of the year are everybody who took part in it, each with their latest answer. At the interview are the interviews held in the year, with the answers given there."
            )
        )
        yield text_paragraph(
            _(
                "Every share is given as the number it counts, of those who answered. Those who would not say, were not asked, or have nothing recorded are shown next to it and are not part of the percentage."
            )
        )
        if len(self.record.share_sections) < 2:
            yield note_paragraph(_("What the young people answered is published for whole years only."))
            return
        of_year, at_intake = _bases()
        for basis, section, words in (("", self.record.share_sections[0], of_year), (AT_INTAKE, self.record.share_sections[1], at_intake)):
            shares = [line for line in self.record.figures if line.section == section and "answered" in line.fields]
            base = number_text(shares[0].fields["base"])
            caption = (
                _("{section}: {number} interviews", section=words, number=base)
                if basis
                else _("{section}: {number} young people", section=words, number=base)
            )
            headings = ("", _("Share"), _("Would not say"), _("Not asked"), _("Not recorded"))
            rows = (
                (
                    Cell(line.label),
                    Cell(share_text(line.fields), line.key),
                    *(Cell(number_text(line.fields[name]), line.key, name) for name in SILENT),
                )
                for line in shares
            )
            yield ReportTable(caption, headings, tuple(rows))
        if "diagnosis" in self.spreads:
            yield self.diagnoses()
        for key in _SPREADS:
            if key in self.spreads:
                yield self.spread_table(key)
        for key in _AT_INTAKE_ONLY:
            yield from self.counted(key, at_intake)

    def volunteers(self) -> Iterator[Block]:
        """Yield the volunteers, their training, and how they came."""
        yield self.table(_("Volunteers in {year}", year=self.content.period), _VOLUNTEERS)
        yield self.table(_("Training and supervision"), _TRAINING)
        for key in ("role", "recruited_through"):
            yield from self.counted(key, self.record.figure_sections[1])

    def organisation(self) -> Iterator[Block]:
        """Yield the tables of resources and partners."""
        yield self.table(_("Positions, grants and reach"), _ORGANISATION)
        yield self.table(_("Partners and ways on"), _AROUND)
        yield from self.counted("partner_kind", self.lines["partners"].label)

    def development(self) -> Iterator[Block]:
        """Yield the years side by side."""
        if len(self.years) < 2:
            return
        rows, marked = [], False
        for key in _YEARS:
            cells = []
            for year in self.years:
                line = line_of(year, key)
                reported = line.fields["source"] != "counted" and line.fields["value"] is not None
                marked = marked or reported
                cells.append(Cell(number_text(line.fields) + (" *" if reported else ""), key, str(year.year)))
            rows.append((Cell(self.lines[key].label), *cells))
        yield ReportTable(self.content.since(_("Main figures")), ("", *(str(year.year) for year in self.years)), tuple(rows))
        if marked:
            yield note_paragraph(_("* reported, or partly reported: not counted from the file."))
        shares = [line for line in self.record.figures if line.section and "answered" in line.fields]
        latest = self.years[-MOST_SHARES:]
        share_rows = tuple(
            (Cell(_labelled(line)), *(Cell(share_text(line_of(year, line.key).fields), line.key, str(year.year)) for year in latest))
            for line in shares
        )
        yield ReportTable(self.content.since(_("Shares")), ("", *(str(year.year) for year in latest)), share_rows)

    def grants(self) -> Iterator[Block]:
        """Yield a table of what each grant pays for."""
        if self.details.grants:
            yield text_paragraph(
                _(
                    "Grants for the same offers are added up, with the visits and young people of these. A young person in several offers counts once in the sum."
                )
            )
        for number, grant in enumerate(self.details.grants, 1):
            yield subheading(grant_name(grant, self.several))
            yield from grant_blocks(grant, str(number))

    def definitions(self) -> Iterator[Block]:
        """Yield the definition of each figure; figures that follow each other and share one are a row together."""
        labels = {line.key.removesuffix(AT_INTAKE): line.label for line in self.record.figures if line.section}
        rows = []
        for definition, group in groupby(labels.items(), key=lambda item: definition_of(BY_KEY[item[0]])):
            (_key, first), *others = group
            words = ", ".join([first, *(in_sentence(label) for _other, label in others)])
            rows.append((Cell(words), Cell(definition)))
        yield ReportTable(_("Definitions"), (_("Figure"), _("Definition")), tuple(rows), frozenset({1}))

    def table(self, caption: str, keys: Iterable[str]) -> ReportTable:
        """Return a table with one row per figure; for several cities a column each, and next to the total the sum and the overlap."""
        # A year that an earlier version closed lacks the figures that have come since.
        lines = [self.lines[key] for key in keys if key in self.lines]
        remarks = [_remark(line.fields) for line in lines]
        branches = self.record.branches if self.several else ()
        extra = {"sum_of_branches": _("Sum of the cities"), "overlap": _("Overlap")}
        extra = {name: word for name, word in extra.items() if self.several and any(line.fields.get(name) is not None for line in lines)}
        headings = ("", *branches, _("total") if self.several else self.content.period, *extra.values())
        rows = tuple(
            (
                Cell(line.label),
                *(Cell(number_text(value), line.key, branch) for branch, value in zip(branches, line.columns, strict=False)),
                Cell(number_text(line.fields), line.key),
                *(
                    Cell(number_text(line.fields[name]), line.key, name) if line.fields.get(name) is not None else Cell("")
                    for name in extra
                ),
                *((Cell(remark),) if any(remarks) else ()),
            )
            for line, remark in zip(lines, remarks, strict=True)
        )
        if any(remarks):
            return ReportTable(caption, (*headings, _("Remark")), rows, frozenset({len(headings)}))
        return ReportTable(caption, headings, rows)

    def counted(self, key: str, what: str) -> Iterator[Block]:
        """Yield a distribution that has one basis, if anything of it is known. what: what is counted, the heading of the numbers."""
        given = tuple(known_answers(self.spreads[key])) if key in self.spreads else ()
        if given and all(_withheld(number) for _code, _words, number in given):
            yield note_paragraph(_("{label}: left out, since small numbers would show.", label=self.spreads[key].label))
        elif any(code not in SILENT for code, _words, _number in given):
            rows = tuple((Cell(words), cell(number, f"{key}.{code}")) for code, words, number in given)
            yield ReportTable(self.spreads[key].label, (_("Answer") if key in _ASKED else "", what), rows)

    def spread_table(self, key: str) -> Block:
        """Return a distribution on both bases; a basis that is left out for outsiders has no column."""
        bases = zip((self.spreads[key], self.spreads[key + AT_INTAKE]), _bases(), strict=True)
        shown = [(spread, basis) for spread, basis in bases if not all(_withheld(number) for _words, number in spread.numbers.values())]
        if not shown:
            return note_paragraph(_("{label}: left out, since small numbers would show.", label=self.spreads[key].label))
        words = {code: text for spread, _basis in reversed(shown) for code, (text, _number) in spread.numbers.items()}
        codes = [code for code in words if any(spread.numbers.get(code, ("", 0))[1] for spread, _basis in shown)]

        def number(spread: SpreadLine, code: str) -> Cell:
            if code in spread.numbers:
                return cell(spread.numbers[code][1], f"{spread.key}.{code}")
            # A text that few gave counts among others, and is not nobody's.
            return Cell("–" if "others" in spread.numbers else "0")

        rows = (
            (Cell(words[code]), *(number(spread, code) for spread, _basis in shown))
            for code in sorted(codes, key=lambda code: code in SILENT)
        )
        return ReportTable(self.spreads[key].label, (_("Answer"), *(basis for _spread, basis in shown)), tuple(rows))

    def diagnoses(self) -> ReportTable:
        """Return each diagnosis as a share, since one may have several."""
        of_year, at_intake = _bases()
        spreads = (self.spreads["diagnosis"], self.spreads["diagnosis" + AT_INTAKE])
        rows = []
        for code in (*(QUESTIONS["diagnosis"].codes or ()), *SILENT):
            if not any(spread.numbers[code][1] for spread in spreads):
                continue
            cells = (
                cell(spread.numbers[code][1], f"{spread.key}.{code}")
                if code in SILENT
                else Cell(share_text(self.lines[f"diagnosis_{code}{basis}"].fields), f"diagnosis_{code}{basis}")
                for spread, basis in zip(spreads, ("", AT_INTAKE), strict=True)
            )
            rows.append((Cell(spreads[0].numbers[code][0]), *cells))
        return ReportTable(_("Diagnoses; one person may have several"), (_("Diagnosis"), of_year, at_intake), tuple(rows))


def _withheld(number: Any) -> bool:
    return isinstance(number, dict) and bool(number.get("withheld"))


def _bases() -> tuple[str, str]:
    return _("Young people of the year"), _("At the interview")


def _labelled(line: FigureLine) -> str:
    return f"{line.label} ({_('at the interview')})" if line.key.endswith(AT_INTAKE) else line.label


def _remark(fields: Fields) -> str:
    # The frozen figures are those of the report, whatever was recorded since; the sum and the overlap have columns of their own.
    return remark({name: value for name, value in fields.items() if name not in ("now", "overlap", "sum_of_branches")})
