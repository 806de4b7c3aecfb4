"""Random answers to a questionnaire, and the same answers as the instance that an XForm begins with."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree

from consult.expressions import Expression, text
from consult.expressions.parser import walk
from consult.questionnaires.evaluation import Asked
from consult.questionnaires.routing import evaluate
from consult.questionnaires.specification import Group, Questionnaire
from consult.questionnaires.trails import document_at, with_document
from consult.questions import Question

_WORDS = ("a", "Amal", "12", "0", "N6A 1B2", "l’été", "0612345678", "yes", "other reason", "x@y.org", "1.5")
_POINTS = ("43.1 -81.2 0 0", "43.2 -81.2 250 5", "43.2 -81.1 0 0", "0 0 0 0")
_CORNERS = ("43.1 -81.2 0 0", "43.102 -81.2 250 5", "43.102 -81.198 0 0", "43.1 -81.199 3 0")
"""Of a field: shapes that people walk around."""
_FILES = frozenset(("image", "audio", "video", "file"))
_ROUNDS = 3

Answers = dict[str, Any]


class Filling:
    """One way to fill a questionnaire; the same for the same seed."""

    def __init__(self, questionnaire: Questionnaire, now: datetime, seed: int) -> None:
        self.questionnaire = questionnaire
        self.now = now
        self.dice = random.Random(seed)
        self.hints = _constants(questionnaire)

    def answers(self) -> Answers:
        """Answers to most of what is asked, and to some of what is not."""
        found: Answers = self.items(self.questionnaire.items)
        for _ in range(_ROUNDS):
            for asked in list(self.evaluate(found).every()):
                if self.wants(asked, found):
                    value = self.value(asked)
                    item = document_at(found, asked.trail)
                    found = with_document(found, asked.trail, {**item, asked.key: value})
        return self.settled(found)

    def items(self, items: Iterable[Question | Group]) -> Answers:
        """Some items of each repeat that people lengthen."""
        made: Answers = {}
        for item in items:
            if isinstance(item, Question):
                continue
            if not item.is_repeat:
                made |= self.items(item.items)
            elif item.repeat_count is None:
                made[item.key] = [self.items(item.items) for _ in range(self.dice.randint(0, 3))]
        return made

    def evaluate(self, answers: Answers) -> Any:
        return evaluate(self.questionnaire, answers, now=self.now, language=self.questionnaire.languages[0])

    def settled(self, answers: Answers) -> Answers:
        """Without what is offered no more, with every default written out."""
        for _ in range(_ROUNDS):
            for asked in list(self.evaluate(answers).every()):
                item = dict(document_at(answers, asked.trail))
                if asked.question.calculation is None and (asked.state.relevant or asked.key not in item):
                    item[asked.key] = asked.state.value
                    answers = with_document(answers, asked.trail, item)
        return answers

    def wants(self, asked: Asked, answers: Answers) -> bool:
        question = asked.question
        known = document_at(answers, asked.trail)
        if asked.key in known or question.calculation is not None or question.kind in _FILES:
            return False
        return self.dice.random() < (0.85 if asked.state.relevant else 0.1)

    def value(self, asked: Asked) -> Any:
        """An answer that the kind of question can have; None: left empty."""
        dice, question = self.dice, asked.question
        if asked.state.choices is not None:
            return self.chosen(question.kind, asked.state.choices)
        hints = self.hints.get(asked.key, ())
        days = timedelta(days=dice.choice((0, 0, 1, -1, dice.randint(-40_000, 400))))
        numbers = [int(float(hint)) + dice.randint(-1, 1) for hint in hints if _is_number(hint)]
        makers = {
            "integer": lambda: dice.choice((*numbers, dice.randint(-1, 3), dice.randint(0, 120))),
            "decimal": lambda: dice.choice((*numbers, round(dice.uniform(-2, 200), dice.randint(0, 2)))),
            "range": lambda: int(float(question.parameters.get("start", "1"))),
            "date": lambda: (self.now + days).date().isoformat(),
            "time": lambda: f"{dice.randint(0, 23):02}:{dice.randint(0, 59):02}",
            "dateTime": lambda: (self.now + days).replace(microsecond=0).isoformat(timespec="milliseconds"),
            "acknowledge": lambda: "OK",
            "geopoint": lambda: dice.choice(_POINTS),
            "geotrace": lambda: ";".join(dice.sample(_CORNERS, 3)),
            "geoshape": lambda: ";".join((*(corners := dice.sample(_CORNERS, 4)), corners[0])),
            **dict.fromkeys(
                ("text", "email", "phone", "barcode"),
                lambda: dice.choice((*filter(str.strip, hints), *_WORDS)),
            ),
        }
        return makers[question.kind]() if question.kind in makers else None

    def chosen(self, kind: str, choices: tuple[str, ...]) -> Any:
        if not choices:
            return None
        if kind == "select_multiple":
            count = min(len(choices), self.dice.choice((1, 1, 2, 3)))
            wanted = set(self.dice.sample(choices, count))
            return [code for code in choices if code in wanted]
        return self.dice.sample(choices, len(choices)) if kind == "rank" else self.dice.choice(choices)


def _constants(questionnaire: Questionnaire) -> Mapping[str, list[str]]:
    """Question key → texts and numbers that expressions mention beside it: they decide most."""
    found: dict[str, list[str]] = {}
    for key, question in questionnaire.questions.items():
        for expression in (question.relevant, question.constraint, question.calculation):
            if isinstance(expression, Expression):
                said = [text(node[1]) for node in walk(expression.tree) if node and node[0] in ("s", "n")]
                for reference in (key, *expression.references):
                    found.setdefault(reference, []).extend(said[:20])
    return found


def _is_number(written: str) -> bool:
    try:
        return abs(float(written)) < 1e9
    except ValueError:
        return False


def instance(xform: str, filled: Iterable[Asked], answers: Answers, repeats: frozenset[str]) -> bytes:
    """The XForm's own instance with these answers in it, also to what is not relevant.

    ``repeats``: paths of repeats without places, ``group/members``; each item comes from its template.
    """
    values = {
        asked.path: written(asked.question.kind, _given(asked, answers))
        for asked in filled
        if asked.question.calculation is None or asked.question.trigger
    }
    present = {
        asked.path[: place + 1] for asked in filled for place, sign in enumerate(asked.path) if sign == "]"
    }
    root = _primary_instance(xform)
    made = ElementTree.Element(_local(root.tag), {_local(name): text for name, text in root.attrib.items()})
    _copy(root, made, "", "", repeats, present, values)
    return ElementTree.tostring(made, encoding="utf-8", xml_declaration=True)


def _given(asked: Asked, answers: Answers) -> Any:
    """The answer; of what a trigger sets, the default that stands until one is answered."""
    if asked.question.trigger:
        return asked.state.value
    return document_at(answers, asked.trail).get(asked.key)


def _copy(
    source: ElementTree.Element,
    target: ElementTree.Element,
    path: str,
    plain: str,
    repeats: frozenset[str],
    present: set[str],
    values: Mapping[str, str],
) -> None:
    done: set[str] = set()
    for child in source:
        name = _local(child.tag)
        if name == "meta" or name in done:
            continue
        done.add(name)
        is_repeat = plain + name in repeats
        place = 1
        while (here := f"{path}{name}[{place}]" if is_repeat else path + name) and (
            here in present if is_repeat else place == 1
        ):
            made = ElementTree.SubElement(target, name)
            made.text = values.get(here)
            _copy(child, made, f"{here}/", f"{plain}{name}/", repeats, present, values)
            place += 1


def written(kind: str, value: Any) -> str:
    """A coded value as XForms write it."""
    if value is None:
        return ""
    if isinstance(value, list):
        return " ".join(value)
    return f"{value}:00.000" if kind == "time" else text(value)


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def _primary_instance(xform: str) -> ElementTree.Element:
    instances = (each for each in ElementTree.fromstring(xform).iter() if _local(each.tag) == "instance")
    return next(iter(next(instances)))
