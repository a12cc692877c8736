"""A module per noun: what was typed is read, one function is called, what came of it is shown."""
