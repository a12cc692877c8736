"""Danish: what stands on the screens that are filled in."""

from __future__ import annotations

FORMS: dict[str, str] = {
    "Search": "Søg",
    "Full name": "Fulde navn",
    "new: {name} …": "ny: {name} …",
    "{person} has the same name.": "{person} hedder det samme.",
    "{first}-{last} of {all}": "{first}-{last} af {all}",
    "Enter: on the list   Esc: back": "Enter: på listen   Esc: tilbage",
    "0-9   Tab: back to the list   Enter: save   Esc: leave all as it was": "0-9   Tab: tilbage til listen   Enter: gem   Esc: lad alt være, som det var",
    "Space: tick   Arrows   Ctrl-N: somebody new   Esc: leave all as it was": "Mellemrum: kryds   Pile   Ctrl-N: en ny   Esc: lad alt være, som det var",
    "Space: tick   Arrows   Tab: unnamed   Enter: save   Esc: leave all as it was": "Mellemrum: kryds  Pile  Tab: uden navn  Enter: gem  Esc: lad alt være som før",
    "Nothing was written.": "Intet blev gemt.",
    "Ticked were: {options}": "Krydset var: {options}",
    "New were: {names}": "Nye var: {names}",
    "date: other people came on each of {days}; name one of them with --date.": "date: der kom forskellige på {days}; vælg én af dagene med --date.",
}
