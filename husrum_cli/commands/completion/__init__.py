"""Tab: what could come next, and the scripts for each shell."""
