"""What JavaRosa and we make of the same filled form, question by question."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from consult.expressions import Expression
from consult.questionnaires.data.sources import filter_of
from consult.questionnaires.evaluation import Asked
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Question
from tests.conformance.javarosa import oracle
from tests.conformance.javarosa.filling import Filling, instance, written
from tests.conformance.javarosa.triggering import one_after_the_other, without_triggers

_STRAIGHT = str.maketrans("‘’“”", "''\"\"")
_NO_NUMBERS = ("NaN", "Infinity", "-Infinity")
WHATS = ("relevance", "required", "constraint", "calculation", "choices")
VOLATILE = frozenset(("now", "random", "uuid", "once"))


@dataclass(frozen=True)
class Form:
    name: str
    questionnaire: Questionnaire
    xform: str


class Difference(NamedTuple):
    form: str
    seed: int
    what: str
    path: str
    theirs: str
    ours: str
    expression: str
    names: str
    """Values of what the expression reads, for who looks into it."""


@dataclass
class Tally:
    """How much was compared, and what differed."""

    compared: dict[str, int]
    differences: list[Difference]
    refused: list[tuple[str, str]]
    unknown: list[tuple[str, str]]
    """Questions of ours that JavaRosa does not have."""

    false: int = 0
    """Questions that were not relevant, in both."""

    def of(self, what: str) -> list[Difference]:
        return [each for each in self.differences if each.what == what]


def compare(forms: Sequence[Form], seeds: Iterable[int], folder: Path) -> Tally:
    """Fill every form once a seed, in JavaRosa and here."""
    tally = Tally(dict.fromkeys(WHATS, 0), [], [], [])
    now = datetime.now(ZoneInfo(oracle.ZONE)).replace(microsecond=0)
    commands, expected = [], []
    for number, form in enumerate(forms):
        repeats = frozenset(_repeats(form.questionnaire.items, ""))
        path = folder / f"{number}.xml"
        path.write_text(form.xform, encoding="utf-8")
        for seed in seeds:
            filling = Filling(form.questionnaire, now, seed)
            answers = filling.answers()
            before = without_triggers(form.questionnaire, answers)
            states = list(filling.evaluate(before).every())
            filled = folder / f"{number}-{seed}.xml"
            filled.write_bytes(instance(form.xform, states, before, repeats))
            after, given = one_after_the_other(filling, answers, before)
            commands.append(("fill", str(path), str(filled), *given))
            expected.append((form, seed, list(filling.evaluate(after).every())))
    for (form, seed, states), lines in zip(expected, oracle.ask(commands), strict=True):
        if any(line[0] == "error" for line in lines):
            tally.refused.append((form.name, " ".join(lines[-1])[:300]))
            continue
        _compare(form, seed, states, {_plain(line[0]): line[1:] for line in lines}, tally)
    return tally


def _repeats(items: Iterable[Question | Group], prefix: str) -> Iterator[str]:
    for item in items:
        if isinstance(item, Group):
            path = prefix + item.key
            if item.is_repeat:
                yield path
            yield from _repeats(item.items, f"{path}/")


def _plain(path: str) -> str:
    """``/data/members[2]/group[1]/age[1]`` → ``members[2]/group/age``; the first item keeps no place."""
    return re.sub(r"\[1\]", "", path).lstrip("/").partition("/")[2]


def _compare(form: Form, seed: int, states: list[Asked], theirs: dict[str, list[str]], tally: Tally) -> None:
    values = {asked.path.replace("[1]", ""): asked for asked in states}
    by_chance = _by_chance(form.questionnaire)
    for path, asked in values.items():
        if path not in theirs:
            tally.unknown.append((form.name, path))
            continue
        if asked.key in by_chance:
            continue
        tally.false += theirs[path][0] == "false"
        for what, said, ours, expression in _claims(asked, theirs[path]):
            tally.compared[what] += 1
            if said != ours:
                names = _named(expression, values)
                source = "" if expression is None else expression.source
                tally.differences.append(Difference(form.name, seed, what, path, said, ours, source, names))


def _claims(asked: Asked, theirs: list[str]) -> Iterator[tuple[str, str, str, Expression | None]]:
    """What, what they say, what we say, and the expression that it comes from."""
    relevant, required, _, allowed, value, offered = theirs
    state, question = asked.state, asked.question
    yield "relevance", relevant, _word(state.relevant), question.relevant
    if relevant != "true" or not state.relevant:
        return
    yield "required", required, _word(state.required), question.required
    if allowed != "none" and state.constraint_ok is not None:
        yield "constraint", allowed, _word(state.constraint_ok), question.constraint
    if question.calculation is not None and not (question.trigger and asked.trail):  # not played in items
        ours = written(question.kind, state.value)
        yield "calculation", ours if is_same(value, ours) else value, ours, question.calculation
    if state.choices is not None and offered != "none" and not question.source:  # files are not there
        theirs_offered = _listed(offered.split("\x1f") if offered else (), question)
        yield "choices", theirs_offered, _listed(state.choices, question), filter_of(question)


def _listed(codes: Iterable[str], question: Question) -> str:
    """Choices in random order have one of their own in each engine and response."""
    found = dict.fromkeys(code.translate(_STRAIGHT) for code in codes)
    return " | ".join(sorted(found) if "randomize" in question.parameters else found)


def _word(holds: bool) -> str:
    return "true" if holds else "false"


def _by_chance(questionnaire: Questionnaire) -> set[str]:
    """Questions that stand otherwise each time: calculated by chance or clock, or read from such."""
    logic = dict(_logic(questionnaire.items, ()))
    found: set[str] = set()
    grown = True
    while grown:
        more = {
            key
            for key, expressions in logic.items()
            if key not in found
            if any(VOLATILE & each.functions or found & each.references for each in expressions)
        }
        found |= more
        grown = bool(more)
    return found


def _logic(
    items: Iterable[Question | Group], above: tuple[Expression, ...]
) -> Iterator[tuple[str, tuple[Expression, ...]]]:
    """Question key → what decides on its being asked and on its value."""
    for item in items:
        here = (*above, item.relevant) if item.relevant is not None else above
        if isinstance(item, Group):
            yield from _logic(
                item.items, (*here, item.repeat_count) if item.repeat_count is not None else here
            )
        else:
            yield item.key, (*here, item.calculation) if item.calculation is not None else here


def _named(expression: Expression | None, values: dict[str, Asked]) -> str:
    if expression is None:
        return ""
    found = [
        f"{path}={asked.state.value!r}"
        for path, asked in values.items()
        if asked.key in expression.references
    ]
    return "; ".join(found[:8])


def is_same(theirs: str, ours: str) -> bool:
    """The same text, or the same value written otherwise.

    Curly signs in labels are straight there (pyxform makes them so). A calculated truth is 1 or 0 there and
    true or false here; a calculated date has a clock at midnight there; what is no number is a word there and
    nothing here.
    """
    if theirs == ours or theirs == ours.translate(_STRAIGHT):
        return True
    if {"true": "1", "false": "0"}.get(ours) == theirs or (ours == "" and theirs in _NO_NUMBERS):
        return True
    if re.fullmatch(re.escape(ours) + r"T00:00:00\.000[+-]\d\d:\d\d", theirs):
        return True
    try:
        return math.isclose(float(theirs), float(ours), rel_tol=1e-9, abs_tol=1e-12)
    except ValueError:
        return theirs == ours
