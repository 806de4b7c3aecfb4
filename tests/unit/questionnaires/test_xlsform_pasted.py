"""Texts that were pasted with no-break spaces between all words."""

from __future__ import annotations

import pytest

from tests.unit.questionnaires.small_forms import codes, finding, questionnaire, read, survey

GLUE = "\u00a0"


def label(text: str) -> str:
    return questionnaire(survey(f"text | a | {text}")).questions["a"].label["en"]


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("هل_توافق_على_المشاركة؟", "هل توافق على المشاركة؟"),
        ("Answer:_do_you_agree_to_it?", "Answer: do you agree to it?"),
        ("Combien_de_personnes_vivent_ici_?", "Combien de personnes vivent ici_?"),
        ("Plus_de_la_moitié_de_1_200_$_:_«_oui_»", "Plus de la moitié de 1_200_$_: «_oui_»"),
    ],
)
def test_words_are_parted_and_typography_stays(written: str, expected: str) -> None:
    assert label(written.replace("_", GLUE)) == expected.replace("_", GLUE)


@pytest.mark.parametrize("text", ["Combien_: 1_200_$?", "La rue St_Jean à Saint_Denis", "«_Oui_»"])
def test_no_break_spaces_that_are_meant_stay(text: str) -> None:
    written = text.replace("_", GLUE)
    assert label(written) == written
    assert "text_repaired" not in codes(read(survey(f"text | a | {written}")))


def test_it_is_noted_where_it_was_done() -> None:
    found = finding(read(survey(f"text | a | {'Do you agree to it?'.replace(' ', GLUE)}")), "text_repaired")
    assert (found.sheet, found.row) == ("survey", 2)
