"""Which questions are asked of some only, and of whom, as conditions of the form say it. Pure.

A condition is tried with every answer to the question that it is about. What cannot be said of one question
alone (sums, dates, random numbers) is left out; what is said wrongly of a list of several answers is
contradicted by the counts, and then counts for nothing (disclosure/links.py).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from consult.expressions import Context, Expression, ExpressionError, truth
from consult.expressions.lookups import conjuncts
from consult.expressions.parser import Tree
from consult.questionnaires.answers import logic_value
from consult.reports.disclosure.cells import Link
from consult.reports.edition_tables import NO, NO_ANSWER, YES, Choice, can_be_published, codes_of
from consult.reports.merging import Asked

Values = Mapping[str, Sequence[object]]
"""Answers that make up each category of a question."""

_NONE: Mapping[str, Values] = {}


def links_of(asked: Sequence[Asked], numbers: Mapping[str, Values] = _NONE) -> tuple[Link, ...]:
    """Of all questions that are asked once; dimensions are those of edition_tables.py. ``numbers``: the
    categories of questions of numbers, by key, which no list of choices names."""
    known = {each.question.key: each for each in asked if not each.repeats}
    found: dict[Link, None] = {}
    for each in known.values():
        for condition in _conditions(each):
            before = _before(each, condition, known)
            if before is not None:
                categories = numbers.get(before.key)
                found |= dict.fromkeys(_links(each, condition, before, categories))
    return tuple(found)


def with_those_before(asked: Sequence[Asked], choice: Choice) -> Choice:
    """What has to be counted to protect what was chosen: also the questions that decide who is asked
    something of it, and those before these. Nobody gets to see them."""
    before = _before_each(asked)
    known = {each.key: each for each in asked}
    questions = dict.fromkeys(choice.questions)
    waiting = list(questions)
    while waiting:
        for key in sorted(before.get(waiting.pop(), ())):
            if key not in questions and can_be_published(known[key]):
                questions[key] = None
                waiting.append(key)
    return replace(choice, questions=tuple(questions))


def _before_each(asked: Sequence[Asked]) -> Mapping[str, frozenset[str]]:
    """For each question that is asked of some only: the keys of those on whose answers that hangs."""
    known = {each.question.key: each for each in asked if not each.repeats}
    found = {
        each.key: frozenset(
            before.key for condition in _conditions(each) if (before := _before(each, condition, known))
        )
        for each in known.values()
    }
    return {key: keys for key, keys in found.items() if keys}


def _conditions(asked: Asked) -> Iterator[Expression]:
    """What must all hold, each by itself."""
    every = (*asked.conditions, *filter(None, (asked.question.relevant,)))
    for tree in chain.from_iterable(_flat(each.tree) for each in every):
        yield Expression("", tree)


def _flat(tree: Tree) -> Iterator[Tree]:
    parts = conjuncts(tree)
    if parts == [tree]:
        yield tree
    else:
        yield from chain.from_iterable(_flat(part) for part in parts)


def _before(of: Asked, condition: Expression, known: Mapping[str, Asked]) -> Asked | None:
    """The one question that a condition is about."""
    if len(condition.references) != 1 or condition.is_volatile:
        return None
    (key,) = condition.references
    before = known.get(key)
    return None if before is of else before


def _links(of: Asked, condition: Expression, before: Asked, numbers: Values | None) -> Iterator[Link]:
    def holds(value: object) -> bool:
        return truth(condition.evaluate(Context({before.question.key: logic_value(value)})))

    unanswered = (of.key, NO_ANSWER)
    try:
        for dimension, categories in _categories(before, numbers):
            codes = frozenset(code for code, values in categories.items() if any(map(holds, values)))
            if len(codes) < len(categories):
                yield Link(unanswered, dimension, codes)
    except ExpressionError:
        return


def _categories(before: Asked, numbers: Values | None) -> Iterator[tuple[str, Values]]:
    """Dimensions of a question, each with its categories and the answers to be tried for them."""
    nothing: Values = {NO_ANSWER: (None,)}
    if numbers is not None:
        yield before.key, {**numbers, **nothing}
    elif not can_be_published(before):
        return
    elif before.question.kind == "range":
        yield before.key, {**{code: (float(code),) for code in codes_of(before)}, **nothing}
    elif before.question.kind != "select_multiple":
        yield before.key, {**{code: (code,) for code in codes_of(before)}, **nothing}
    else:
        every = codes_of(before)
        for code in every:
            others = [each for each in every if each != code]
            without = (others, *([each] for each in others))
            yield f"{before.key}/{code}", {YES: ([code], list(every)), NO: without, **nothing}
