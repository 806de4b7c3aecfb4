"""Where a field of degrees opens before anything stands in it: at the place that was answered before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import takewhile
from typing import Any

from consult.questionnaires.specification import Questionnaire
from consult.questions import Question, kind_of
from consult.questions.geo import points_of


def is_place(question: Question) -> bool:
    """Whether it asks for a point, a line or an area."""
    return "geolocation" in kind_of(question).device


def places_before(questionnaire: Questionnaire, key: str) -> Iterator[str]:
    """Keys of the questions for places that are asked before ``key``, the nearest first."""
    before = takewhile(lambda each: each != key, questionnaire.questions)
    for each in reversed(tuple(before)):
        if is_place(questionnaire.questions[each]):
            yield each


def place_before(questionnaire: Questionnaire, key: str, answers: Mapping[str, Any]) -> str:
    """Corners of the nearest of them that is answered: ``"south west;north east"`` in degrees, or ``""``.

    A point has two equal corners. Answers in other entries of a repeat are not looked at.
    """
    for each in places_before(questionnaire, key):
        points = points_of(answers.get(each))
        if points:
            sides = zip(*(point[:2] for point in points), strict=True)
            corners = zip(*((min(side), max(side)) for side in sides), strict=True)
            return ";".join(f"{north:.7f} {east:.7f}" for north, east in corners)
    return ""
