"""A page about one thing: its facts, then its lists. Shown the same way for groups, events and people."""

from __future__ import annotations

from ..domain.pages import Page
from ..locale import _
from ..output.listing import Listing, write_json
from ..output.show import show


def show_page(page: Page, format: str) -> None:
    """A page in the terminal; as JSON whole; as CSV its facts."""
    if format == "json":
        write_json({**page.facts, **{name: part.records for name, part in page.parts.items()}})
        return
    facts = [
        {"what": page.labels.get(key, key), "answer": value}
        for key, value in page.facts.items()
        if key in page.labels and value not in (None, "", [])
    ]
    show(Listing({"what": _("What"), "answer": _("Answer")}, facts, title=page.title), format)
    if format == "csv":
        return
    for part in page.parts.values():
        if part.records:
            print()
            show(Listing(part.columns, part.records, title=part.title), format)
