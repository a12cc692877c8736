"""Codes, as people type them."""

from __future__ import annotations

import pytest

from husrum_cli.errors import WrongInput
from husrum_cli.input.choices import read_code
from husrum_cli.vocabulary.codes import DIAGNOSIS, OCCUPATION, ROLE, SOURCE
from husrum_cli.vocabulary.records import Code, Vocabulary

FRUIT = Vocabulary(
    "fruit", Code("apple", "Æble", "Apple"), Code("pear", "Pære", "Pear", ("appelpære", "conference")), Code("plum", "Blomme", "Plum", ("confetti",))
)  # fmt: skip


def test_a_beginning_of_a_label_is_not_made_ambiguous_by_a_synonym() -> None:
    assert read_code("app", FRUIT, "fruit") == "apple"


def test_a_beginning_of_synonyms_alone_counts_and_must_fit_one() -> None:
    assert read_code("confer", FRUIT, "fruit") == "pear"
    with pytest.raises(WrongInput, match="fits several"):
        read_code("conf", FRUIT, "fruit")


@pytest.mark.parametrize(
    ("text", "vocabulary", "code"),
    [
        ("socialrådgiver", SOURCE, "municipal"),
        ("Egen læge", SOURCE, "doctor"),
        ("insta", SOURCE, "social_media"),
        ("kontanthjælp", OCCUPATION, "unemployed"),
        ("Studerende (videregående)", OCCUPATION, "student_higher"),
        ("efterskole", OCCUPATION, "primary_school"),
        ("borderline", DIAGNOSIS, "personality_disorder"),
        ("social angst", DIAGNOSIS, "social_phobia"),
        ("angst", DIAGNOSIS, "anxiety"),
        ("ADHD", DIAGNOSIS, "adhd"),
        ("nej", DIAGNOSIS, "none"),
        ("udredes", DIAGNOSIS, "in_assessment"),
        ("frivillig ved arrangementer", ROLE, "organiser"),
    ],
)
def test_words_of_people_s_own_lists_are_understood(text: str, vocabulary: Vocabulary, code: str) -> None:
    assert read_code(text, vocabulary, "column") == code
