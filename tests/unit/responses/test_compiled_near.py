"""A field of degrees opens at the place that was answered before it, on whatever page that was."""

from __future__ import annotations

from typing import Any

import pytest

from consult.responses.compiled_near import place_before
from tests.samples.questions import ask, one_page
from tests.samples.rendering import compiled, filled

ASKED = (ask("geopoint", "home"), ask("geotrace", "way"), ask("text", "name"), ask("geopoint", "it"))
QUESTIONNAIRE, PAGE = one_page(*ASKED, ask("geopoint", "later"))
ONLY_IT = (QUESTIONNAIRE, type(PAGE)("p", PAGE.title, (QUESTIONNAIRE.questions["it"],), None, 0))


@pytest.mark.parametrize(
    ("answers", "corners"),
    [
        ({}, ""),
        ({"home": "43.65 -79.38 0 12"}, "43.6500000 -79.3800000;43.6500000 -79.3800000"),
        (
            {"home": "43.65 -79.38 0 12", "way": "43 -79 0 0;44 -80 0 0;43.5 -81 0 0"},
            "43.0000000 -81.0000000;44.0000000 -79.0000000",
        ),
        ({"later": "43.65 -79.38 0 12", "it": "1 2 0 0", "name": "3 4 0 0"}, ""),
        ({"home": "no place", "way": ""}, ""),
    ],
)
def test_nearest_place_before_is_told_by_its_corners(answers: dict[str, Any], corners: str) -> None:
    assert place_before(QUESTIONNAIRE, "it", answers) == corners
    assert f'data-near="{corners}"' in filled(ONLY_IT, answers)


def test_page_is_not_the_same_for_who_answered_a_place_before() -> None:
    page = compiled(ONLY_IT)
    assert page.is_blank_for({"later": "43.65 -79.38 0 12", "name": "Ana"})
    assert not page.is_blank_for({"home": "43.65 -79.38 0 12"})


def test_question_that_asks_for_no_place_has_no_field() -> None:
    assert "data-near" not in filled(one_page(ask("text")))
