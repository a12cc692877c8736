"""The pages of `husrum help`: what applies to every command, explained once. A line is wrapped if the terminal is narrower."""

from ...i18n import N_

_DATES = N_("""Dates

Write them as you say them, always the day first:
  5/3-2024   5.3.2024   05-03-2024   5. marts 2024   5 March 2024
  5/3, 5. marts         the latest 5 March that has been
  today, i dag          yesterday, i går
  sunday, søndag        the latest Sunday that has been
  2024-03-05            a date of that shape is always year, month, day
What is to come, as in event plan and --skip: the next 5 March, the next Sunday.

Refused, since it could mean several things: 10, 2024, 5/3-24, 31/2/2024.
A birth date always has its year; --born takes the year alone too. --enquired takes “unknown” too.

A date that is left out is today, and what was written says which day that was.
Dates are shown as 2024-03-05: they sort, and nobody takes the day for the month.""")

_PEOPLE = N_("""People, groups and events

Everybody has a number in their city: 17. A group is G1, an event E1.
Wherever somebody is named, write what is shortest:
  17                    the number
  anna holm             the full name, or what they are called day to day
  nanna holm            what they are called, with the surname; a former name
  jens                  a whole first name, before a part of a surname
  anna h                beginnings of their names, if only one person fits

Upper case, accents, hyphens and apostrophes don't matter: aase finds Åse.
If several fit, you are asked at a terminal; in a script they are listed.

Lists take commas and ranges: 17,19-22,anna h
--present none is nobody. A group or an event is named by its title too:
  husrum group show tuesday         the one that runs, else the latest

In a file with several cities: Aarhus:17

husrum person find TEXT looks somebody up.""")

_FIGURES = N_("""Figures

husrum stats year 2024 shows the year as in the STATUS report.
Every figure has a key, and can be opened down to its rows:
  husrum stats explain 2024 visits_social_event

A visit is one person at one occasion. Those without a name are counted with --unnamed.
A share is shown with its count and how many answered: 31 of 78 (40 %).
“Would not say”, “not asked” and “not recorded” are not answers, and are shown next to it.

Numbers that can't be counted from the file are entered with their source:
  husrum figure set 2024 discord_members 212 --source Discord""")

_IMPORT = N_("""Import

husrum import FILE... reads CSV, .xlsx and .ods as they are: all of it, or nothing.
Headings, codes, dates and names are read as people write them; totals, titles and blank rows are left out.
A kind of row is known by the file's or sheet's name or its headings: intakes.csv, Frivillige.
A column is an option of the command that adds such a row: --suicidal-thoughts is suicidal_thoughts.

What is not understood is asked at a terminal, else written to a mapping to fill in: --mapping FILE
--dry-run says what would happen. The same file read again adds nothing.

husrum export tables DIR writes what husrum import reads back.
People by dates: husrum export sheet G1, and back in with --as sheet --group G1.""")

_PRIVACY = N_("""Privacy

The file holds what people said in confidence. Keep it where only you can read it.
husrum encrypt makes it unreadable without its key, to anyone who takes the computer or finds a copy.
Nobody's answers are shown in lists, only by husrum intake show.
While you tick off who came, only numbers and first names are on the screen;
of two who share one, a letter of the surname too.

Answers need never be typed on the command line, where the shell remembers them:
husrum intake hold anna asks, --answers FILE reads them from a file.
“Would not say”, “not asked” and “no” are three different answers.

A CPR number is never stored. Error messages never repeat an answer about health.
An interview that was interrupted is kept in the file itself, until it is saved or thrown away.""")

PAGES: dict[str, str] = {"dates": _DATES, "people": _PEOPLE, "figures": _FIGURES, "import": _IMPORT, "privacy": _PRIVACY}
