"""Synthetic people: common Danish names, put together at random. Nobody here exists.

E-mail addresses lie under example.org, and phone numbers begin with 00, which no Danish subscriber has.
"""

from __future__ import annotations

from random import Random


def _words(text: str) -> list[str]:
    return text.split()


WOMEN = _words(
    "Emma Freja Sofie Ida Laura Clara Caroline Mathilde Josefine Cecilie Julie Sara Maja Katrine Signe Anna Amalie "
    "Line Nanna Camilla Louise Astrid Liv Rikke Sille Filippa Søs Åse Kajsa Tilde Johanne Mille Stine Trine Malene "
    "Asta Anne-Sofie Anne-Mette Ida-Marie Ane Bjørk Karoline Frederikke Alberte Thea Silje"
)
MEN = _words(
    "Lucas Oliver Noah William Emil Frederik Magnus Mathias Mikkel Christian Simon Rasmus Jonas Andreas Tobias Kasper "
    "Anton Oscar Malthe Nikolaj Søren Bjørn Jeppe Asger Sebastian Marcus Victor Gustav Philip Daniel Alexander "
    "Benjamin Christoffer Jakob Kristian Lasse Mads Martin Morten Troels Aksel Villads Jens-Emil Carl-Johan Bertram "
    "Pelle"
)
OLDER_WOMEN = _words(
    "Kirsten Hanne Inge Birgit Lone Susanne Bente Marianne Ulla Grethe Vibeke Pia Jette Dorthe Mette Annette Åse Karen-Margrethe Lis Gitte"
)
OLDER_MEN = _words("Jørgen Poul Erik Flemming Niels Ole Torben Finn Carsten Bjarne Henrik Steen Søren Preben Karl-Åge")
LAST = _words(
    "Nielsen Jensen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen Petersen Madsen "
    "Kristensen Olsen Thomsen Christiansen Poulsen Johansen Møller Mortensen Knudsen Jakobsen Lund Holm Schmidt "
    "Iversen Østergaard Bach Vestergaard Friis Dahl Kjær Nørgaard Lauridsen Toft Brandt Krogh Åkjær Højgaard Skovgaard "
    "Søndergaard Bæk Bruun Ravn Winther Nygaard Damgaard Dam Mølgaard Ågaard"
)
MIDDLE = _words("Lund Holm Bach Kjær Møller Friis Skov Juul Vinther Bundgaard Høj Østergaard Ladefoged Bay Hede Riis")

# Names common in Denmark that did not begin there: women, men, last names.
FURTHER_WOMEN = _words("Amina Fatima Leyla Thuy Aleksandra Yasmin Oksana Nasrin")
FURTHER_MEN = _words("Mohammed Yusuf Ali Emre Minh Jakub Ahmad Omar")
FURTHER_LAST = _words("Hassan Yilmaz Nguyen Ahmed Kowalski Al-Masri Kaya Ibrahim Tran Shevchenko Hussein Demir")

CALLED = {
    "Aleksandra": "Ola", "Alexander": "Alex", "Anne-Sofie": "Fie", "Benjamin": "Ben", "Christoffer": "Toffer",
    "Frederikke": "Rikke", "Josefine": "Fine", "Karen-Margrethe": "Karen", "Karoline": "Line", "Mathilde": "Tilde",
    "Mohammed": "Mo", "Nikolaj": "Niko", "Sebastian": "Bas",
}  # fmt: skip

_ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})


class Names:
    """Draws full names, no two alike."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._drawn: set[str] = set()

    def draw(self, gender: str, *, older: bool = False) -> tuple[str, str]:
        """A full name for ``gender`` (f or m) that was not drawn before, and what they are called, or ""."""
        rng = self._rng
        further = rng.random() < 0.08 and not older
        if further:
            first, last = rng.choice(FURTHER_WOMEN if gender == "f" else FURTHER_MEN), rng.choice(FURTHER_LAST)
        else:
            women, men = (OLDER_WOMEN, OLDER_MEN) if older else (WOMEN, MEN)
            first, last = rng.choice(women if gender == "f" else men), rng.choice(LAST)
            if rng.random() < 0.3:
                middle = rng.choice(MIDDLE)
                last = f"{middle} {last}" if middle != last else last
        name = f"{first} {last}"
        if name in self._drawn:
            return self.draw(gender, older=older)
        self._drawn.add(name)
        return name, CALLED.get(first, "") if rng.random() < 0.6 else ""


def phone(city: int, number: int) -> str:
    """A phone number that cannot be dialled: 00, the city, and the person's number."""
    return f"00 {city:02} {number // 100:02} {number % 100:02}"


def email(name: str, number: int) -> str:
    """An address that reaches nobody (RFC 2606)."""
    words = name.translate(_ASCII).lower().split()
    return f"{words[0]}.{words[-1]}{number}@example.org"
