"""Laws on more examples than a usual run has."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

MANY = int(os.environ.get("EXAMPLES", "200"))


def holds_often(law: Callable[..., Any], *drawn: SearchStrategy[Any]) -> None:
    """Try a test of Hypothesis with as many other examples. `drawn`: what it is given."""
    check: Callable[..., None] = getattr(law, "hypothesis").inner_test  # noqa: B009
    often = settings(
        max_examples=MANY,
        derandomize=False,
        phases=(Phase.explicit, Phase.reuse, Phase.generate),
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    often(given(*drawn)(check))()
