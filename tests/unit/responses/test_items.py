"""What the pages of an item are called."""

from __future__ import annotations

import pytest

from consult.questionnaires.routing import Spot, evaluate, pages
from consult.questionnaires.specification import Questionnaire
from consult.responses.items import spot_title
from tests.samples.questions import NOW, ask, group, text


@pytest.mark.parametrize(
    ("inner", "title"),
    [("The person", "Member 1 (Amal): The person"), ("Member", "Member 1 (Amal)"), ("", "Member 1 (Amal)")],
)
def test_heading_of_an_item_says_nothing_twice(inner: str, title: str) -> None:
    person = group(ask("text", "name"), key="person", label=inner)
    members = group(person, key="members", label="Member", is_repeat=True)
    made = Questionnaire("form", text("Form"), ("en",), (members,), {})
    spot = Spot(pages(made)[-1], (("members", 0),))
    evaluation = evaluate(made, {"members": [{"name": "Amal"}]}, now=NOW, language="en", seed=0)
    assert spot_title(made, evaluation, spot) == title
