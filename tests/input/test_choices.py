"""Codes, as people type them."""

from __future__ import annotations

import pytest

from husrum_cli.errors import WrongInput
from husrum_cli.input.choices import read_code
from husrum_cli.vocabulary.codes import DIAGNOSIS, OCCUPATION, ROLE, SOURCE
from husrum_cli.vocabulary.records import Vocabulary


def test_a_beginning_must_fit_one_code_with_its_labels_and_synonyms() -> None:
    assert read_code("psykol", SOURCE, "source") == "psychologist"
    with pytest.raises(WrongInput, match="fits several"):
        read_code("psyk", SOURCE, "source")


@pytest.mark.parametrize(
    ("text", "vocabulary", "code"),
    [
        ("jobkonsulent", SOURCE, "municipal"),
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


@pytest.mark.parametrize(("text", "meant"), [("psykolg", "psychologist"), ("hedspace", "headspace"), ("viborg", "")])
def test_only_a_word_that_is_like_the_answer_is_suggested(text: str, meant: str) -> None:
    with pytest.raises(WrongInput) as refused:
        read_code(text, SOURCE, "source")
    assert refused.value.message.partition("Did you mean ")[2].partition("?")[0] == meant
