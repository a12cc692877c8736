"""Any text at all, for properties."""

from __future__ import annotations

from hypothesis import strategies as st

# The letters that `st.text()` has by itself, all but halves of surrogates; without working them out by encoding each, which takes seconds.
LETTERS = st.characters(exclude_categories=["Cs"])
