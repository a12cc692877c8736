"""A list of records on stdout, in the format that was asked for."""

from __future__ import annotations

from .listing import Listing, write_csv, write_json


def show(listing: Listing, format: str) -> None:
    """Writes a list to stdout."""
    if format == "json":
        write_json([dict(record) for record in listing.records])
    elif format == "csv":
        write_csv(list(listing.columns), [[record.get(key) for key in listing.columns] for record in listing.records])
    else:
        from .table import print_table

        print_table(listing)
