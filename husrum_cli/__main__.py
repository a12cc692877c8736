"""`python -m husrum_cli`."""

from .cli import main

main()
