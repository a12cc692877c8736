"""Forms at a terminal: the interview, wishes, and ticking off who came."""
