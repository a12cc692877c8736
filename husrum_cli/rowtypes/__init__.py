"""A row as it is typed or imported: a column of an import file is an option of the command that adds one such row, read and kept by the same code."""
