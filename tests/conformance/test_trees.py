"""What a browser would have to load of other people's forms stays small."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from consult.questionnaires.specification import Questionnaire
from consult.questionnaires.xlsform import read_xlsform

FORMS = Path(__file__).parents[3] / "shared" / "xlsforms"


@pytest.mark.conformance
@pytest.mark.skipif(not FORMS.is_dir(), reason="the shared forms are not beside the checkout")
def test_trees_of_the_largest_form_take_at_most_ten_kilobytes() -> None:
    large = [path for path in sorted(FORMS.glob("*/*.xls*")) if path.stat().st_size > 40_000]
    read = (read_xlsform(path.read_bytes(), path.name).questionnaire for path in large)
    weights = [weight(made) for made in read if made is not None]
    print(f"\ntrees of the largest form: {max(weights)} bytes")
    assert len(weights) > 5
    assert max(weights) <= 10_000


def weight(questionnaire: Questionnaire) -> int:
    """Of all syntax trees of a form, compressed, in bytes."""
    trees = {
        key: [each.tree for each in expressions if each is not None]
        for key, question in questionnaire.questions.items()
        if (
            expressions := (
                *(question.relevant, question.required, question.constraint),
                *(question.calculation, question.choice_filter),
            )
        )
    }
    return len(gzip.compress(json.dumps(trees, separators=(",", ":")).encode(), 9))
