"""Danish: several cities and several years side by side, and what outsiders may see."""

from __future__ import annotations

PUBLISHING: dict[str, str] = {
    # Several cities.
    "sum of the cities": "sum af byerne",
    "overlap": "i flere byer",
    "not linked": "ikke koblet",
    "Not linked: {cities}. Somebody who is in several cities counts in each of these.": (
        "Ikke koblet: {cities}. Den, der er i flere byer, tæller med i hver af dem."
    ),
    "Missing: {cities}.": "Mangler: {cities}.",
    # Several years.
    "{year}: missing {cities}.": "{year} mangler: {cities}.",
    "Last record: {cities}.": "Seneste registrering: {cities}.",
    "plot: only with --format table.": "plot: kun med --format table.",
    # What outsiders may see.
    "withheld": "skjult",
    "Others": "Øvrige",
    "Left out": "Holdt ude",
    "left out {number}": "holdt ude {number}",
    "{count} of {answered}": "{count} af {answered}",
    "{count} of {answered} (ca. {percent} %)": "{count} af {answered} (ca. {percent} %)",
    "Small numbers of people are hidden and others rounded to the nearest {number}; <{number}: fewer than {number}.": (
        "Små tal om mennesker er skjult, andre er afrundet til nærmeste {number}; <{number}: færre end {number}."
    ),
    "publish: the rows behind a number are never for outsiders; for what is: husrum stats year --publish": (
        "publish: rækkerne bag et tal er aldrig for udenforstående; det, der er: husrum stats year --publish"
    ),
}
