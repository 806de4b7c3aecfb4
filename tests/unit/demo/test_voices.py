"""What made-up people say: in five languages, on subjects that the survey asks about."""

from __future__ import annotations

import re

import pytest

from consult.demo.dice import Dice
from consult.demo.forms import FORMS, example_questionnaire
from consult.demo.voices import Voice, pick_voice, voices

LANGUAGES = {"en", "fr", "ar", "es", "zh-Hans"}
SUBJECTS = {
    "immigrant_survey": {
        choice.key for choice in example_questionnaire("immigrant_survey").choice_lists["challenges"]
    },
    "services_en_francais": {
        *(choice.key for choice in example_questionnaire("services_en_francais").choice_lists["priorites"]),
        "vie",
    },
}


@pytest.mark.parametrize("name", FORMS)
def test_every_thought_stands_in_all_five_languages(name: str) -> None:
    assert [voice.texts for voice in voices(name) if voice.texts.keys() != LANGUAGES] == []


@pytest.mark.parametrize("name", FORMS)
def test_there_is_something_to_say_on_every_subject_and_on_no_other(name: str) -> None:
    assert {voice.about for voice in voices(name)} == SUBJECTS[name]


@pytest.mark.parametrize("name", FORMS)
def test_no_two_thoughts_are_the_same_in_any_language(name: str) -> None:
    for code in LANGUAGES:
        said = [voice.texts[code] for voice in voices(name)]
        assert len(set(said)) == len(said)


@pytest.mark.parametrize("name", FORMS)
def test_french_thoughts_are_set_as_in_canada(name: str) -> None:
    wrong = re.compile(r"[^\u00a0]:|\u00ab(?!\u00a0)|(?<!\u00a0)\u00bb|[\s\u00a0\u202f][;!?]|['\"]")
    assert [voice.texts["fr"] for voice in voices(name) if wrong.search(voice.texts["fr"])] == []


def test_somebody_speaks_about_what_troubles_them() -> None:
    picked = [pick_voice("immigrant_survey", ["health"], Dice(str(number))) for number in range(40)]
    assert {voice.about for voice in picked} == {"health"}


def test_subject_that_nobody_thought_of_gets_any_thought() -> None:
    assert pick_voice("immigrant_survey", ["astronomy"], Dice("one")).texts.keys() == LANGUAGES


def test_two_thoughts_in_one_breath_have_a_space_between_them_except_in_chinese() -> None:
    both = Voice("a", {"en": "One.", "zh-Hans": "一。"}).followed_by(
        Voice("b", {"en": "Two.", "zh-Hans": "二。"})
    )
    assert both.texts == {"en": "One. Two.", "zh-Hans": "一。二。"}
