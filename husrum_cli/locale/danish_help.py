"""Danish: the help of commands and options."""

from __future__ import annotations

HELP: dict[str, str] = {
    "Make Tab complete commands, numbers and names.": "Lad Tab skrive kommandoer, numre og navne færdig.",
    "Type these lines, then open a new terminal. Other shells: {shells}": "Skriv disse linjer, og åbn en ny terminal. Andre skaller: {shells}",
    "shell: “{text}” is none of {shells}.": "shell: “{text}” er ingen af {shells}.",
    "today": "i dag",
    "yesterday": "i går",
}
