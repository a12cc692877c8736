"""The STATUS report's chapters, built from the year's record: text, key figures, tables and charts for any document to show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ...domain.figures.details import CHANNELS, PeriodDetails
from ...domain.figures.registry import BY_KEY, definition_of
from ...domain.figures.share_registry import AT_INTAKE, DISTRIBUTIONS, INTAKE_DISTRIBUTIONS
from ...i18n import _, language
from ...input.dates import month_names
from ...records import Fields, FigureLine, SpreadLine, YearRecord
from ...records.report import Block, Cell, Chart, KeyFigures, ReportTable, Series
from ...render.phrases import number_text, remark, share_text, value_text
from ...vocabulary import NON_ANSWERS, OFFER, QUESTIONS, label, translated
from .blocks import bars, cell, heading, known, line_of, note, panels, text, value_of
from .grants import grant_blocks, grant_name
from .sentences import recruiting, supply

_SILENT = (*NON_ANSWERS, "not_recorded")
_LAST = _SILENT
_SUMMARY = ("young_people", "intakes", "visits", "social_events", "group_meetings", "matches_new", "volunteers", "coordinator_positions")
_PEOPLE = (
    "young_people",
    "young_people_new",
    "enquiries",
    "intakes",
    "young_people_once",
    "interviewed_never_came",
    *(f"young_people_{offer}" for offer in (*CHANNELS[1:], "befriended")),
)
_VISITS = (
    *("visits", "visits_named", "visits_unnamed", *(f"visits_{channel}" for channel in CHANNELS)),
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
    *("match_length_median", "match_meetings"),
)
_VOLUNTEERS = (
    *("volunteers", "volunteers_new", *(f"volunteers_{role}" for role in ("leader", "organiser", "befriender", "online"))),
    *("peer_supporters", "leader_seats", "volunteer_age_min", "volunteer_age_max"),
    *("volunteer_applicants", "volunteers_left", "volunteer_hours"),
)
_TRAINING = (
    *("intro_courses", "volunteer_meetings", "supervision_sessions", "training_sessions"),
    *("volunteers_without_intro", "volunteers_supervised"),
)
_ORGANISATION = ("coordinator_positions", "grants_dkk", "facebook_followers", "facebook_group_members", "discord_members")
_AROUND = ("partners", "moved_on", "measured_pairs_tils", "measured_pairs_who5")
_YEARS = (
    *("branches", "young_people", "young_people_new", "intakes", "visits", "social_events", "group_courses", "group_meetings"),
    *("volunteers", "matches_new", "matches_active", "waiting_list"),
)
_DRAWN = ("young_people", "intakes", "visits", "social_events", "volunteers", "matches_new")
_WAITING = ("waiting_list", "matches_active", "matches_new")
# The questions whose answers are drawn, and the distributions that are tables only: of codes, of ages, of free text.
_CHARTS = tuple(each for each in sorted(QUESTIONS.values(), key=lambda each: each.place) if each.chart)
_DRAWN_SPREADS = frozenset({"diagnosis", *(each.distribution for each in _CHARTS)})
_SPREADS = tuple(each.key for each in sorted(DISTRIBUTIONS, key=lambda each: each.codes is None) if each.key not in _DRAWN_SPREADS)
_AT_INTAKE_ONLY = tuple(each.key for each in INTAKE_DISTRIBUTIONS)
_ASKED = (*_AT_INTAKE_ONLY, "recruited_through")
# More bars than this nobody reads; the table has them all.
_MOST_BARS = 16
# More years of shares are too wide for a page.
_MOST_SHARES = 5


class Chapters:
    """The blocks of each chapter. `years`: the years of the file up to this one."""

    def __init__(self, record: YearRecord, details: PeriodDetails, years: Sequence[YearRecord]) -> None:
        self.record = record
        self.details = details
        self.years = years
        self.lines = {line.key: line for line in record.figures}
        self.spreads = {spread.key: spread for spread in record.spreads}
        self.several = len(record.branches) > 1

    def summary(self) -> Iterator[Block]:
        """The numbers that stand out."""
        shown = ("branches", *_SUMMARY[:-1]) if self.several else _SUMMARY
        yield KeyFigures(tuple((key, self.lines[key].label, value_text(self.lines[key].fields)) for key in shown))

    def purpose(self) -> Iterator[Block]:
        """What it runs on."""
        yield self.table(_("Positions, grants and reach"), _ORGANISATION)

    def scope(self) -> Iterator[Block]:
        """Who came, and how often."""
        yield text(
            _(
                "A visit is one young person at one occasion: an interview, a group meeting, or a day of an event. Somebody who comes to five occasions is one young person and five visits."
            )
        )
        yield self.table(_("Young people in {year}", year=self.record.year), _PEOPLE)
        yield self.table(_("Visits in {year}", year=self.record.year), _VISITS)

    def activities(self) -> Iterator[Block]:
        """What was offered."""
        yield text(
            _(
                "Young people choose freely between talk groups, events and a Hjerteven, and may combine them. They begin with an interview, where wishes and possibilities are made clear."
            )
        )
        yield heading(_("Talk groups and network groups"))
        yield text(
            _(
                "A talk group is a course of weekly meetings led by volunteers. A network group goes on after it, with more and more responsibility for the young people themselves."
            )
        )
        yield self.table(_("Groups in {year}", year=self.record.year), _GROUPS)
        yield heading(_("Events"))
        yield text(_("Volunteers and young people plan the events together. A trip of several days is one event."))
        yield self.table(_("Events in {year}", year=self.record.year), _EVENTS)
        yield from self.counted("activity", self.lines["social_events"].label)
        programmes = self.spreads["programme"]
        if programmes.numbers:
            rows = (
                (
                    Cell(name),
                    *(Cell(number_text(numbers[part]), f"programme.{code}.{part}") for part in ("occasions", "visits", "young_people")),
                )
                for code, (name, numbers) in programmes.numbers.items()
            )
            yield ReportTable(programmes.label, (_("Programme"), _("Held"), _("Visits"), _("Young people")), tuple(rows))

    def visits(self) -> Iterator[Block]:
        """Visits by month and channel."""
        months = [name.capitalize() for name in month_names(language())]
        channels = {channel: label(OFFER, channel, language()) for channel in CHANNELS}
        numbers = self.details.months
        totals = [sum(numbers[channel][month] for channel in CHANNELS) for month in range(12)]
        caption = _("Visits in {year} by month and channel", year=self.record.year)
        held = [channel for channel in CHANNELS if any(numbers[channel])]
        said = (
            f"{month} {number_text(totals[number])}"
            + "".join(f", {channels[channel]} {number_text(numbers[channel][number])}" for channel in held if numbers[channel][number])
            for number, month in enumerate(months)
        )
        if held:
            total = Series(_("All visits"), tuple(totals), tuple(map(number_text, totals)))
            series = (Series(channels[channel], numbers[channel], tuple(map(number_text, numbers[channel]))) for channel in held)
            short = tuple(month[:3] for month in months)
            yield Chart("visits", "lanes", caption, f"{caption}. {'; '.join(said)}.", short, (total, *series))
        rows = [
            (
                Cell(name),
                *(cell(numbers[channel][month], f"visits_{channel}", f"{self.record.year}-{month + 1:02}") for channel in CHANNELS),
                cell(totals[month], "visits", f"{self.record.year}-{month + 1:02}"),
            )
            for month, name in enumerate(months)
        ]
        keys = (*(f"visits_{channel}" for channel in CHANNELS), "visits")
        rows.append((Cell(_("total")), *(Cell(value_text(self.lines[key].fields), key) for key in keys)))
        yield ReportTable(caption, (_("Month"), *channels.values(), _("total")), tuple(rows), total=True)
        if sum(totals) != self.lines["visits"].fields["value"]:
            yield note(_("Visits that were reported, not counted, have no month; they are in the total alone."))

    def young_people(self) -> Iterator[Block]:
        """Who the young people are, on both bases."""
        yield text(
            _(
                "The figures stand on two bases. The young people of the year are everybody who took part in it, each with their latest answer. At the interview are the interviews held in the year, with the answers given there."
            )
        )
        yield text(
            _(
                "Every share is told as the number it counts, of those who answered. Who would not say, was not asked, or has nothing recorded stands beside it and is no part of the percentage."
            )
        )
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
                    *(Cell(number_text(line.fields[name]), line.key, name) for name in _SILENT),
                )
                for line in shares
            )
            yield ReportTable(caption, headings, tuple(rows))
        for question in _CHARTS:
            if question.chart:
                yield heading(translated(question.chart_heading or question.label, language()))
                yield from self.drawn_spread(question.distribution, translated(question.chart, language()))
        yield heading(self.spreads["diagnosis"].label)
        yield self.diagnoses()
        yield heading(_("More about the young people"))
        for key in _SPREADS:
            yield self.spread_table(key)
        for key in _AT_INTAKE_ONLY:
            yield from self.counted(key, at_intake)

    def befriending(self) -> Iterator[Block]:
        """Befriending and the waiting list."""
        yield text(_("A Hjerteven is one adult volunteer for one young person, in a relation that is meant to last."))
        yield text(supply(self.lines, self.record.year))
        caption = _("Hjerteven in {year}", year=self.record.year)
        if len(self.years) > 1:
            yield panels("waiting", self.since(_("Hjerteven")), self.years, _WAITING)
        else:
            yield bars("waiting", caption, [(self.lines[key].label, self.lines[key].fields) for key in _WAITING])
        yield self.table(caption, _BEFRIENDING)

    def volunteers(self) -> Iterator[Block]:
        """The volunteers, their training, and how they came."""
        yield from (text(each) for each in recruiting(self.lines, self.record.year))
        yield self.table(_("Volunteers in {year}", year=self.record.year), _VOLUNTEERS)
        yield self.table(_("Training and supervision"), _TRAINING)
        for key in ("role", "recruited_through"):
            yield from self.counted(key, self.record.figure_sections[1])

    def partners(self) -> Iterator[Block]:
        """Partners, and who moved on."""
        yield self.table(_("Partners and ways on"), _AROUND)
        yield from self.counted("partner_kind", self.lines["partners"].label)

    def development(self) -> Iterator[Block]:
        """The years side by side."""
        if len(self.years) < 2:
            yield text(_("The file holds no earlier year to compare with."))
            return
        yield panels("development", self.since(_("Main figures")), self.years, _DRAWN)
        rows, marked = [], False
        for key in _YEARS:
            cells = []
            for year in self.years:
                line = line_of(year, key)
                reported = line.fields["source"] != "counted" and line.fields["value"] is not None
                marked = marked or reported
                cells.append(Cell(value_text(line.fields) + (" *" if reported else ""), key, str(year.year)))
            rows.append((Cell(self.lines[key].label), *cells))
        yield ReportTable(self.since(_("Main figures")), ("", *(str(year.year) for year in self.years)), tuple(rows))
        if marked:
            yield note(_("* reported, or partly reported: not counted from the file."))
        shares = [line for line in self.record.figures if line.section and "answered" in line.fields]
        latest = self.years[-_MOST_SHARES:]
        share_rows = tuple(
            (Cell(_labelled(line)), *(Cell(share_text(line_of(year, line.key).fields), line.key, str(year.year)) for year in latest))
            for line in shares
        )
        yield ReportTable(self.since(_("Shares")), ("", *(str(year.year) for year in latest)), share_rows)

    def grants(self) -> Iterator[Block]:
        """What each grant pays for."""
        if self.details.grants:
            yield text(
                _(
                    "Each grant with the visits and young people of the offers it pays for. A young person in several offers counts once in the sum. Where several grants pay for the same offer, it stands under each."
                )
            )
        for number, grant in enumerate(self.details.grants, 1):
            yield heading(grant_name(grant, self.several))
            yield from grant_blocks(grant, str(number))

    def counting(self) -> Iterator[Block]:
        """How the numbers are counted."""
        yield text(
            _(
                "All figures are for 1 January to 31 December {year}, each by the date of what happened. A year's last days belong to it, whatever week they lie in.",
                year=self.record.year,
            )
        )
        yield text(
            _(
                "Percentages are whole, and are computed from those who answered. In several cities together, counts and answers are added, never percentages."
            )
        )
        if self.several:
            yield text(
                _(
                    "A young person who comes in several cities counts once in the total; the sum of the cities and the overlap stand beside it."
                )
            )
        labels = {line.key.removesuffix(AT_INTAKE): line.label for line in self.record.figures if line.section}
        rows = tuple((Cell(words), Cell(definition_of(BY_KEY[key]))) for key, words in labels.items())
        yield ReportTable(_("Definitions"), (_("Figure"), _("Definition")), rows, frozenset({1}))

    def since(self, what: str) -> str:
        """What is told of all the years."""
        return f"{what} {self.years[0].year}–{self.record.year}"

    def table(self, caption: str, keys: Iterable[str]) -> ReportTable:
        """A row a figure; where there are several cities, a column each, and beside the total the sum and the overlap."""
        # A year that an earlier version closed lacks the figures that have come since.
        lines = [self.lines[key] for key in keys if key in self.lines]
        remarks = [_remark(line.fields) for line in lines]
        branches = self.record.branches if self.several else ()
        extra = {"sum_of_branches": _("Sum of the cities"), "overlap": _("Overlap")}
        extra = {name: word for name, word in extra.items() if self.several and any(line.fields.get(name) is not None for line in lines)}
        headings = ("", *branches, _("total") if self.several else str(self.record.year), *extra.values())
        rows = tuple(
            (
                Cell(line.label),
                *(Cell(number_text(value), line.key, branch) for branch, value in zip(branches, line.columns, strict=False)),
                Cell(value_text(line.fields), line.key),
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
        """A distribution that has one basis, if anything of it is known. what: what is counted, the heading of the numbers."""
        if key in self.spreads and (given := tuple(known(self.spreads[key]))):
            rows = tuple((Cell(words), cell(number, f"{key}.{code}")) for code, words, number in given)
            yield ReportTable(self.spreads[key].label, (_("Answer") if key in _ASKED else "", what), rows)

    def spread_table(self, key: str) -> Block:
        """A distribution on both bases; a basis that is left out for outsiders has no column."""
        bases = zip((self.spreads[key], self.spreads[key + AT_INTAKE]), _bases(), strict=True)
        held = [(spread, basis) for spread, basis in bases if not all(_withheld(number) for _words, number in spread.numbers.values())]
        if not held:
            return note(_("{label}: left out, since small numbers would show.", label=self.spreads[key].label))
        words = {code: text for spread, _basis in reversed(held) for code, (text, _number) in spread.numbers.items()}
        codes = [code for code in words if any(spread.numbers.get(code, ("", 0))[1] for spread, _basis in held)]

        def number(spread: SpreadLine, code: str) -> Cell:
            if code in spread.numbers:
                return cell(spread.numbers[code][1], f"{spread.key}.{code}")
            # A text that few gave counts among others, and is not nobody's.
            return Cell("–" if "others" in spread.numbers else "0")

        rows = (
            (Cell(words[code]), *(number(spread, code) for spread, _basis in held))
            for code in sorted(codes, key=lambda code: code in _LAST)
        )
        return ReportTable(self.spreads[key].label, (_("Answer"), *(basis for _spread, basis in held)), tuple(rows))

    def drawn_spread(self, key: str, caption: str) -> Iterator[Block]:
        """A distribution as a chart of those who answered, and as a table on both bases."""
        answers = [(words, number) for code, words, number in known(self.spreads[key]) if code not in _LAST]
        if any(value_of(number) for _words, number in answers):
            drawn = sorted(answers, key=lambda each: -(value_of(each[1]) or 0))[:_MOST_BARS]
            yield bars(key, caption, drawn)
        yield self.spread_table(key)

    def diagnoses(self) -> ReportTable:
        """Each diagnosis as a share, since one may have several."""
        of_year, at_intake = _bases()
        spreads = (self.spreads["diagnosis"], self.spreads["diagnosis" + AT_INTAKE])
        rows = []
        for code in (*(QUESTIONS["diagnosis"].codes or ()), *_SILENT):
            if not any(spread.numbers[code][1] for spread in spreads):
                continue
            cells = (
                cell(spread.numbers[code][1], f"{spread.key}.{code}")
                if code in _SILENT
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
