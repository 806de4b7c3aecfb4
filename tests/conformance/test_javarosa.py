"""JavaRosa, the engine of ODK Collect, fills forms at random: every question stands there as it stands here.

`pytest -m conformance tests/conformance/test_javarosa.py -s` fills them all and prints the table.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from consult.expressions import Context, Expression, text
from tests.conformance.javarosa import oracle
from tests.conformance.javarosa.comparing import Difference, Tally, compare, is_same
from tests.conformance.javarosa.composing import Composer
from tests.conformance.javarosa.forms import (
    FORMS,
    ROUND_TABLE,
    composed_forms,
    converted,
    own_forms,
    shared_forms,
)
from tests.conformance.vectors import COLLECT, FOLDER, agrees, exclusion, vectors

EXPLAINED: Mapping[str, Callable[[Difference], bool]] = {
    "“T” in the column required is a yes here, a question of that name there": lambda it: (
        it.what == "required" and it.expression == "true()"
    ),
    "an area is reckoned on a sphere here, on a plane there: in a field some thousandths of a per cent": (
        lambda it: "area(" in it.expression and is_near(it.theirs, it.ours, 1e-3)
    ),
    "a day in format-date is midnight in UTC there, in Canada the evening before": lambda it: (
        "format-date" in it.expression and "00:00" in it.ours
    ),
    "or_other at one question gives its list the choice “other” for all there": lambda it: (
        it.what == "choices" and set(it.theirs.split(" | ")) - set(it.ours.split(" | ")) == {"other"}
    ),
}
"""Differences that docs/logic.md explains."""

REFUSED: Mapping[str, str] = {
    r"cannot handle function 'index'": "a function of SurveyCTO, about places in a repeat",
    r"This field is repeated": "several answers where one is meant: we take the first",
}
"""Why JavaRosa does not evaluate a form."""


def test_form_is_answered_as_in_collect(tmp_path: Path) -> None:
    forms = [*own_forms(), *composed_forms(range(3))]
    tally = compare(forms, range(5), tmp_path)
    assert tally.refused == tally.unknown == []
    assert unexplained(tally) == []
    assert tally.compared["relevance"] > 300
    assert 50 < tally.false < tally.compared["relevance"] - 50


BY_NUMBER: Mapping[str, str] = {
    r"max\(.*-3|max\(.*- ": "its largest of numbers below 0 is a number just above 0",
    r"round\(": "it rounds a half below 0 upwards",
    r"number\(.*date": "it reads no number from the text of a date",
}
"""Single expressions on which docs/logic.md says otherwise."""


@pytest.mark.parametrize(
    "count", [300, pytest.param(4_000, marks=[pytest.mark.conformance, pytest.mark.thorough])]
)
def test_expression_without_a_form_comes_to_the_same(count: int) -> None:
    composers = [Composer(seed) for seed in range(count)]
    made = {each.dice.choice((each.truth, each.numeric, each.textual))(3) for each in composers}
    sources = sorted(source for source in made if "%a" not in source)
    answers = oracle.ask([("eval", source) for source in sources])
    here = Context(now=datetime.now(ZoneInfo(oracle.ZONE)))
    differ = [
        (source, answer[0][1], ours)
        for source, answer in zip(sources, answers, strict=True)
        if not is_same(answer[0][1], ours := text(Expression.parse(source).evaluate(here)))
    ]
    assert len(differ) <= len(sources) / 200
    assert [each for each in differ if not any(re.search(known, each[0]) for known in BY_NUMBER)] == []


@pytest.mark.conformance
@pytest.mark.thorough
def test_forms_full_of_logic_are_answered_as_in_collect(tmp_path: Path) -> None:
    tally = compare(list(composed_forms(range(100, 180))), range(4), tmp_path)
    report("80 composed forms", tally)
    assert tally.unknown == beyond_reason(tally) == []
    assert shares(tally)["relevance"] == shares(tally)["constraint"] == 1.0
    assert shares(tally)["calculation"] >= 0.995
    assert unexplained(tally) == []


@pytest.mark.conformance
@pytest.mark.thorough
@pytest.mark.skipif(not FORMS.is_dir(), reason="the shared forms are not beside the checkout")
def test_forms_of_others_are_answered_as_in_collect(tmp_path: Path) -> None:
    forms = list(shared_forms())
    tally = compare(forms, range(6), tmp_path)
    report(f"{len(forms)} forms of others", tally)
    assert beyond_reason(tally) == []
    assert len(tally.unknown) < tally.compared["relevance"] / 50
    assert shares(tally)["relevance"] == shares(tally)["constraint"] == 1.0
    assert shares(tally)["calculation"] >= 0.995
    assert unexplained(tally) == []


@pytest.mark.conformance
@pytest.mark.skipif(not ROUND_TABLE.is_file(), reason="the shared forms are not beside the checkout")
def test_round_table_of_2010_is_what_pyxform_makes_of_it() -> None:
    assert converted(ROUND_TABLE.read_bytes()) is not None


@pytest.mark.conformance
@pytest.mark.skipif(not FOLDER.is_dir(), reason="other engines' vectors are not beside the checkout")
def test_vectors_left_out_for_collect_are_contradicted_by_it() -> None:
    left_out = [each for each in vectors() if exclusion(each) == COLLECT and is_plain(each["expr"])]
    answers = oracle.ask([("eval", each["expr"]) for each in left_out], zone="America/Phoenix")
    confirmed = [
        vector["expr"]
        for vector, answer in zip(left_out, answers, strict=True)
        if answer[0][0] != "error" and agrees(vector, _reply(vector["kind"], answer[0][1]))
    ]
    assert len(left_out) > 40
    assert confirmed == []


def is_plain(expression: str) -> bool:
    """Whether it needs no document."""
    return re.search(r"(^|[^\d.])\.($|[^\d.])|/", re.sub(r"'[^']*'|\"[^\"]*\"", "", expression)) is None


def _reply(kind: str, text: str) -> object:
    return float(text) if kind in ("num", "rounded") else text == "true" if kind == "bool" else text


def unexplained(tally: Tally) -> list[Difference]:
    return [each for each in tally.differences if reason(each) is None]


def beyond_reason(tally: Tally) -> list[str]:
    """Refusals that are not written down."""
    return [why for _, why in tally.refused if not any(re.search(known, why) for known in REFUSED)]


def reason(difference: Difference) -> str | None:
    return next((name for name, holds in EXPLAINED.items() if holds(difference)), None)


def is_near(theirs: str, ours: str, share: float) -> bool:
    return bool(theirs and ours) and math.isclose(float(theirs), float(ours), rel_tol=share)


def shares(tally: Tally) -> dict[str, float]:
    """What is compared → how much of it is equal."""
    return {what: 1 - len(tally.of(what)) / count for what, count in tally.compared.items() if count}


def report(title: str, tally: Tally) -> None:
    print(f"\n{title}: {tally.false} questions that were not relevant")
    for what, share in shares(tally).items():
        print(f"  {what:12}{tally.compared[what]:8}{len(tally.of(what)):6} differ {share:9.2%}")
    for why, count in Counter(reason(each) or "UNEXPLAINED" for each in tally.differences).items():
        print(f"  differs {count:4}: {why}")
    for form, why in sorted(set(tally.refused)):
        print(f"  not evaluated: {form}: {why[:140]}")
    print(f"  not in the XForm under their path: {dict(Counter(form for form, _ in tally.unknown))}")
