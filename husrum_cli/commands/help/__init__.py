"""The text of --help and of the help pages."""
