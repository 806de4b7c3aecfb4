"""Nobody works out a small number from a summary, nor from two of them: of all responses and of some."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pytest
from scipy.optimize import linprog

from consult.reports.columns import Row
from consult.reports.edition_tables import NO_ANSWER
from consult.reports.merging import merge
from consult.reports.outward import Limits, Told, told_of
from consult.reports.tally import Tally
from tests.reports.building import rows
from tests.samples.questions import ask, choices, questionnaire

FORM = questionnaire(
    ask("select_one", "home", choices=choices("a", "b", "c", "d", "e")),
    ask("select_one", "owns", choices=choices("yes", "no")),
    ask("select_multiple", "needs", choices=choices("x", "y", "z")),
    ask("range", "score", parameters={"start": "0", "end": "4", "step": "1"}),
    ask("integer", "age"),
    ask("select_one", "pays", choices=choices("much", "little"), relevant="${owns} = 'no'"),
    ask("text", "why", relevant="${pays} = 'much'"),
)
ASKED = merge([(1, FORM)])
THRESHOLD = 10
LIMITS = Limits(THRESHOLD, 20, frozenset(("score",)))
SEEDS = range(60)
Shares = tuple[float, ...]


def answers(draw: random.Random, leaning: Mapping[str, Shares]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "home": draw.choices("abcde", leaning["home"])[0],
        "owns": draw.choices(("yes", "no"), leaning["owns"])[0],
        "needs": draw.sample("xyz", draw.choices((1, 2, 3), (6, 3, 1))[0]),
        "score": draw.choices(range(5), leaning["score"])[0],
        "age": int(draw.triangular(16, 90, 30)),
    }
    given = {key: value for key, value in found.items() if draw.random() > 0.04}
    if given.get("owns") == "no":
        given["pays"] = draw.choice(("much", "little"))
        if given["pays"] == "much":
            given["why"] = "x"
    return given


def survey(seed: int) -> list[Row]:
    draw = random.Random(seed)
    leaning = {
        key: tuple(draw.random() ** 3 + 0.01 for _ in range(number))
        for key, number in (("home", 5), ("owns", 2), ("score", 5))
    }
    number = draw.randint(30, 160)
    found = rows(*(answers(draw, leaning) for _ in range(number)))
    languages = draw.choices(("en", "fr", "ti"), (6, 3, 1), k=number)
    return [
        Row(each.id, 1, language, "online", each.collected_on, answers=each.answers)
        for each, language in zip(found, languages, strict=True)
    ]


def tally(found: Sequence[Row]) -> Tally:
    counted = Tally(ASKED)
    for each in found:
        counted.add(each)
    return counted


def summaries(seed: int) -> tuple[list[Told], list[Tally]]:
    """Of all, and of one language where enough people speak it and enough do not."""
    found = survey(seed)
    french = [each for each in found if each.language == "fr"]
    whole = tally(found)
    if not THRESHOLD <= len(french) <= len(found) - THRESHOLD:
        return [told_of(whole, LIMITS)], [whole]
    return [told_of(whole, LIMITS), told_of(whole, LIMITS, tally(french))], [whole, tally(french)]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_told_is_as_it_was_counted(seed: int) -> None:
    for told, counted in zip(*summaries(seed), strict=True):
        for question in counted.questions:
            for line in told.lines(question.of.key):
                if line.count is not None and question.of.question.kind == "select_one":
                    assert line.count == sum(question.codes[code] for code in line.codes)
            if (base := told.answered(question.of.key)) is not None:
                assert base == question.answered


@pytest.mark.parametrize("seed", SEEDS)
def test_no_small_number_is_told(seed: int) -> None:
    for told in summaries(seed)[0]:
        for key in told.spreads:
            counts = [line.count for line in told.lines(key)]
            assert all(count is None or count == 0 or count >= LIMITS.of(key) for count in counts)


def test_no_small_answer_to_a_question_is_worked_out() -> None:
    assert [seed for seed in SEEDS if any(worked_out(seed))] == []


def test_without_protection_it_would_be() -> None:
    assert any(any(worked_out(seed, is_protected=False)) for seed in range(5))


def worked_out(seed: int, *, is_protected: bool = True) -> Iterator[tuple[str, str, float, float]]:
    """Answers of a few, among those who were selected or among the others, with what is known of them.

    For each question of one answer by itself: how many gave each answer inside and outside the selection is
    unknown, sums of them are told. Who knows the form also knows that whoever does not rent has not said what
    it costs.
    """
    told, counted = summaries(seed)
    for key, codes in (("home", "abcde"), ("owns", ("yes", "no"))):
        truth = [[_count(each, key, code) for code in (*codes, NO_ANSWER)] for each in _apart(counted)]
        names = list(itertools.product(range(len(truth)), (*codes, NO_ANSWER)))
        known = [*_known(told, counted, key, codes, is_protected=is_protected)]
        most = _silent(told, counted, "pays") if key == "owns" and is_protected else None
        for place, (group, code) in enumerate(names):
            count = truth[group][[*codes, NO_ANSWER].index(code)]
            if code != NO_ANSWER and 0 < count < THRESHOLD:
                low, high = _interval(place, names, known, most)
                assert low - 1e-6 <= count <= high + 1e-6
                if high - low < THRESHOLD - 1e-6:
                    yield key, code, low, high


def _apart(counted: Sequence[Tally]) -> list[Any]:
    """(whole, part) as those in the part and those outside; the whole alone as it is."""
    return [(counted[1], None), (counted[0], counted[1])] if len(counted) == 2 else [(counted[0], None)]


def _count(of: tuple[Tally, Tally | None], key: str, code: str) -> int:
    def one(each: Tally) -> int:
        question = next(found for found in each.questions if found.of.key == key)
        return question.codes[code] if code else each.responses - question.answered

    return one(of[0]) - (one(of[1]) if of[1] is not None else 0)


Sum = tuple[set[tuple[int, str]], int]


def _known(
    told: Sequence[Told], counted: Sequence[Tally], key: str, codes: Sequence[str], *, is_protected: bool
) -> Iterator[Sum]:
    """Which cells add up to what. Of two groups, 0 is inside the selection and 1 outside it."""
    groups = [(0, 1), (0,)] if len(told) == 2 else [(0,)]
    for each, tally_, of in zip(told, counted, groups, strict=True):
        yield {(group, code) for group in of for code in (*codes, NO_ANSWER)}, tally_.responses
        question = next(found for found in tally_.questions if found.of.key == key)
        if not is_protected:
            for code in codes:
                yield {(group, code) for group in of}, question.codes[code]
            yield {(group, NO_ANSWER) for group in of}, tally_.responses - question.answered
        elif each.answered(key) is not None:
            yield {(group, NO_ANSWER) for group in of}, tally_.responses - question.answered
            for line in each.lines(key):
                if line.count is not None:
                    yield {(group, code) for group in of for code in line.codes}, line.count


def _silent(told: Sequence[Told], counted: Sequence[Tally], key: str) -> list[tuple[tuple[int, ...], int]]:
    """How many did not answer a follow-up, where that is told: so many were not asked at most."""
    groups = [(0, 1), (0,)] if len(told) == 2 else [(0,)]
    return [
        (of, tally_.responses - base)
        for each, tally_, of in zip(told, counted, groups, strict=True)
        if (base := each.answered(key)) is not None
    ]


def _interval(
    place: int,
    names: Sequence[tuple[int, str]],
    known: Sequence[Sum],
    most: Sequence[tuple[tuple[int, ...], int]] | None,
) -> tuple[float, float]:
    rows_of = [[float(name in cells) for name in names] for cells, _ in known]
    at_most = [[float(group in of and code != "no") for group, code in names] for of, _ in most or ()]
    cost = np.zeros(len(names))
    found = []
    for sign in (1.0, -1.0):
        cost[place] = sign
        solved = linprog(
            cost,
            A_eq=np.array(rows_of),
            b_eq=np.array([float(total) for _, total in known]),
            A_ub=np.array(at_most) if at_most else None,
            b_ub=np.array([float(total) for _, total in most or ()]) if at_most else None,
            method="highs",
        )
        assert solved.status == 0, solved.message
        found.append(sign * float(solved.fun))
    return found[0], found[1]
