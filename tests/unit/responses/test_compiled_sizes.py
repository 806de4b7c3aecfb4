"""What questions weigh: a page, its style and its scripts travel in the first flight of a connection."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import rcssmin
import rjsmin

import consult.ui
from tests.samples.newcomers import ten_questions
from tests.samples.rendering import compiled

STATIC = Path(consult.ui.__file__).parent / "static"


def weight(text: str) -> int:
    return len(gzip.compress(text.encode(), 9))


def script(*names: str) -> str:
    return str(rjsmin.jsmin("\n".join((STATIC / "js" / f"{name}.js").read_text("utf-8") for name in names)))


@pytest.mark.parametrize("language", ["en", "fr", "ar", "zh-Hans"])
def test_ten_questions_weigh_little_in_every_language(language: str) -> None:
    assert len(compiled(ten_questions(), language).compressed) <= 2_000


def test_two_languages_side_by_side_stay_light() -> None:
    assert len(compiled(ten_questions(), "ar", second="fr", is_numbered=True).compressed) <= 3_500


def test_the_style_of_questions_is_light() -> None:
    sheet = (STATIC / "css" / "questions.css").read_text("utf-8")
    assert weight(str(rcssmin.cssmin(sheet))) <= 1_200


def test_the_scripts_of_questions_add_little_to_the_language_of_logic() -> None:
    alone, together = script("expressions"), script("expressions", "skip-logic", "choices")
    assert weight(together) - weight(alone) <= 2_400
