"""Link tags, the hashes of removed people and passphrases are slow by design; the processes that tests run commands in need not be."""

from __future__ import annotations

from husrum_cli.domain.national import linking
from husrum_cli.domain.people import name_hash
from husrum_cli.store import locked_keys

# What they cost outside the tests.
COSTLY = linking._COST, dict(name_hash._WORK), dict(locked_keys._WORK)


def cheap_hashes() -> None:
    """Have this process spend no work on them."""
    linking._COST = 2
    name_hash._WORK |= {"n": 2, "p": 1}
    locked_keys._WORK["n"] = 2
