"""Someone who wants to compute small numbers back from two publications: a year and the one before, or a year and the same year corrected.

They know who is in both, but not what these people answered: how many came, how many went, how many answers were corrected.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from countries import ASKED, Answers
from publishing_audit import Cells, Findings, Programme, keep, numbers_of, read, table_of

from husrum_cli.domain.figures.share_registry import DISTRIBUTIONS, SHARES

Groups = dict[str, tuple[Answers, ...]]


@dataclass(frozen=True)
class Publication:
    """The publications of all cities and of the nation, the groups of people who were interviewed, and the others who took part."""

    cities: dict[str, Any]
    nation: dict[str, Any]
    interviewed: tuple[str, ...]
    others: tuple[str, ...]

    def groups(self) -> set[str]:
        """Return the groups of people that are in it."""
        return {*self.interviewed, *self.others}


@dataclass
class Publications:
    """Several publications of the same people: city -> group -> their answers. Nobody is in two groups."""

    people: dict[str, Groups]
    published: list[Publication] = field(default_factory=list)

    def found_out(self, questions: Iterable[str] = ASKED) -> Findings:
        """Return what can be computed back from all of them together."""
        programmes = [self._question(each.key, each.question) for each in DISTRIBUTIONS if each.question in questions]
        found = [text for each in programmes for text in each.found_out()]
        return Findings(found, sum(each.attacked for each in programmes))

    def _question(self, key: str, question: str) -> Programme:
        programme = Programme()
        shares = [share for share in SHARES if share.question == question]
        tables: dict[str, dict[str, Cells]] = {}
        for city, groups in self.people.items():
            tables[city] = {
                name: table_of(programme, f"{city} {name}", question, numbers_of(people, question), people)
                for name, people in groups.items()
            }
        shared = set.intersection(*(each.groups() for each in self.published))
        for number, each in enumerate(self.published):
            nation: dict[str, list[Cells]] = {"": [], "_at_intake": []}
            changed = defaultdict[str, list[tuple[list[Cells], list[Cells]]]](list)
            for city, cells in tables.items():
                parts = {
                    "_at_intake": [cells[name] for name in each.interviewed],
                    "": [cells[name] for name in (*each.interviewed, *each.others)],
                }
                for basis, held in parts.items():
                    read(programme, each.cities[city], key + basis, held, shares, basis)
                    keep(programme, f"{number} {city}{basis}", held, shares)
                    nation[basis] += held
                if each.others:
                    keep(programme, f"{number} {city} others", [cells[name] for name in each.others], shares)
                for name in each.groups() - shared:  # who came, who went, and who was corrected
                    among = parts["_at_intake" if name in each.interviewed else ""]
                    keep(programme, f"{city} {name}", [cells[name]], shares, among)
                    if self.people[city][name]:
                        changed[name].append(([cells[name]], among))
            for basis, held in nation.items():
                read(programme, each.nation, key + basis, held, shares, basis)
                keep(programme, f"{number} nation{basis}", held, shares)
            for name, changes in changed.items():  # in the cities where anybody came or went
                people, everybody = (list(chain(*tables)) for tables in zip(*changes, strict=True))
                keep(programme, f"nation {name}", people, shares, everybody)
        return programme
