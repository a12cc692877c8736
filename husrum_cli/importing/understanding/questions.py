"""Headings that are questions in whole sentences, as the spreadsheet of a form on the web has them."""

from __future__ import annotations

import re

from ...vocabulary import QUESTIONS

# The columns that a question asks for. A question that fits two of them is not known.
_ASKED = {
    column: re.compile(pattern)
    for column, pattern in {
        "name": r"\bhvad hedder du\b|\b(dit|fulde) navn\b(?!.*(telefon|mobil|mail|adresse))|\byour (full )?name\b",
        "born": r"\bdu født\b|\b(din|dit) (fødselsdato|fødselsdag|fødselsår)\b|\byou born\b",
        "age_now": r"\bhvor gammel er du\b|\b(er )?din alder\b|\bhow old are you\b",
        "phone": r"\bdit (telefon|mobil|tlf)\.?-?\s?(nummer|nr)?\b|\byour (phone|mobile)\b",
        "email": r"\bdin (e-?mail|mail)-?\s?(adresse)?\b|\byour e-?mail\b",
        "note": r"\b(andet|noget|mere)\b.*\b(vi skal vide|vi bør vide|fortælle|tilføje|på hjerte)\b|\bfortæl (lidt )?om dig\b",
        **{each.key: each.form_wording for each in QUESTIONS.values() if each.form_wording},
    }.items()
}


def column_asked_for(heading: str) -> str | None:
    """Return the column of a person that a question of three words or more asks for; None if it asks for none or several."""
    words = heading.casefold()
    if len(words.split()) < 3:
        return None
    found = [column for column, pattern in _ASKED.items() if pattern.search(words)]
    return found[0] if len(found) == 1 else None
