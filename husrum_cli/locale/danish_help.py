"""Danish: the help of commands and options."""

from __future__ import annotations

HELP: dict[str, str] = {
    "Make Tab complete commands, numbers and names.": "Lad Tab skrive kommandoer, numre og navne færdig.",
    "Type these lines, then open a new terminal. Other shells: {shells}": "Skriv disse linjer, og åbn en ny terminal. Andre skaller: {shells}",
    "shell: “{text}” is none of {shells}.": "shell: “{text}” er ingen af {shells}.",
    "What is planned this week, and what waits to be done.": "Hvad der er planlagt i ugen, og hvad der venter på at blive gjort.",
    "{date}: nothing waits.": "{date}: intet venter.",
    "{days} d": "{days} dage",
    "… and {number} more: {command}": "… og {number} til: {command}",
    "not recorded yet": "ikke registreret endnu",
    "waits for an interview": "venter på en forsamtale",
    "has stopped coming": "er holdt op med at komme",
    "match without contact": "match uden kontakt",
    "Attendance": "Fremmøde",
    "Events, {first} to {last}": "Arrangementer, {first} til {last}",
    "today": "i dag",
    "yesterday": "i går",
}
