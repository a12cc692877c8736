"""`husrum completion`: set up completion with Tab in a shell."""

import sys
from typing import Annotated

from ...errors import WrongInput
from ...i18n import _
from ..declarations import Argument, Noun
from .shells import SHELLS, current_shell

completion_app = Noun()


@completion_app.command()
def completion(
    shell: Annotated[str | None, Argument(metavar="[SHELL]", help="bash, zsh, fish, powershell; left out: how to install it.")] = None,
) -> None:
    """Make Tab complete commands, options, numbers, names and codes; without SHELL, show how."""
    if shell is None:
        for line in SHELLS[current_shell()].install:
            print(line)
        print(_("Type these lines, then open a new terminal. Other shells: {shells}", shells=", ".join(SHELLS)), file=sys.stderr)
    elif shell.lower() in SHELLS:
        sys.stdout.write(SHELLS[shell.lower()].script)
    else:
        raise WrongInput(_("shell: “{text}” is not one of {shells}.", text=shell, shells=", ".join(SHELLS)), "shell")
