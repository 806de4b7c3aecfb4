"""What the browser needs to show and hide at once: syntax trees as data, and earlier answers they read.

Only what can change while the page is being answered is sent; everything else the server has settled.

    {"q": {key: {"r": relevant, "n": required, "c": constraint, "m": message, "l": its language if another,
                 "k": calculation, "f": choice filter, "a": {code: {attribute: value}}}},
     "w": [word for required, word for optional],
     "v": {key: value of an earlier answer}}
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from consult.expressions import Expression, Template
from consult.expressions.functions import RARE
from consult.questionnaires.data.sources import filter_of
from consult.questionnaires.routing import Evaluation, Page
from consult.questionnaires.specification import Group, Questionnaire
from consult.questions import Question, kind_of, messages
from consult.questions.long_lists import is_long
from consult.questions.rich_text import plain_text

_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}


@dataclass(frozen=True, slots=True)
class Logic:
    """``questions``: as "q" above; ``earlier``: keys of the answers of other pages that they read."""

    questions: Mapping[str, Mapping[str, Any]]
    earlier: tuple[str, ...]

    @property
    def has_rare_functions(self) -> bool:
        """Whether the browser needs expression-extras.js."""
        return _names_a_rare_function(list(self.questions.values()))

    def json(self) -> tuple[str, str]:
        """The data before and after the earlier answers, safe inside a ``script`` element."""
        words = [str(messages.REQUIRED_MARK), str(messages.OPTIONAL_MARK)]
        said = f'"w":{json_in_html(words)},' if any("n" in entry for entry in self.questions.values()) else ""
        return f'{{"q":{json_in_html(self.questions)},{said}"v":', "}"

    def values(self, evaluation: Evaluation) -> str:
        """The earlier answers, as JSON."""
        if not self.earlier:
            return "{}"
        known = {key: evaluation.frame.value(key) for key in self.earlier}
        return json_in_html({key: value for key, value in known.items() if value != "" and value == value})


def _names_a_rare_function(entries: Any) -> bool:
    waiting = [entries]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Mapping):
            waiting.extend(part.values())
        elif isinstance(part, list):
            if part[:1] == ["f"] and part[1] in RARE:
                return True
            waiting.extend(part)
    return False


def json_in_html(value: Any) -> str:
    """JSON that cannot end the ``script`` element it stands in."""
    written = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for sign, escaped in _UNSAFE.items():
        written = written.replace(sign, escaped)
    return written


def logic_of(questionnaire: Questionnaire, page: Page, language: str) -> Logic:
    """Work out what can change on a page while it is answered; messages in the page's language."""
    on_page = {question.key for question in page.questions}
    conditions = dict(_conditions(questionnaire.items, ()))
    live = _live(questionnaire, on_page, conditions)
    entries = {
        question.key: _entry(question, conditions[question.key], live, language)
        for question in page.questions
    }
    entries = {key: entry for key, entry in entries.items() if entry}
    return _with_what_they_read(questionnaire, page, entries, conditions, live)


def _with_what_they_read(
    questionnaire: Questionnaire,
    page: Page,
    entries: dict[str, dict[str, Any]],
    conditions: Mapping[str, tuple[Expression, ...]],
    live: set[str],
) -> Logic:
    """Follow references off the page: calculations that can change come along, answers become values."""
    on_page = {question.key for question in page.questions}
    waiting, earlier = list(entries.values()), []
    seen = set(on_page)
    while waiting:
        for key in _read_by(waiting.pop()):
            if key in seen or key not in questionnaire.questions:
                continue
            seen.add(key)
            question = questionnaire.questions[key]
            entry = _changing(question, conditions[key], live) if key in live else {}
            if entry:
                entries[key] = entry
                waiting.append(entry)
            if "k" not in entry:
                earlier.append(key)
    return Logic(entries, tuple(earlier))


def _conditions(
    items: tuple[Question | Group, ...], above: tuple[Expression, ...]
) -> Iterator[tuple[str, tuple[Expression, ...]]]:
    """Question key → what must hold for it to be asked: its own condition and those of the groups around."""
    for item in items:
        here = (*above, item.relevant) if item.relevant is not None else above
        if isinstance(item, Group):
            yield from _conditions(item.items, here)
        else:
            yield item.key, here


def _live(
    questionnaire: Questionnaire, on_page: set[str], conditions: Mapping[str, tuple[Expression, ...]]
) -> set[str]:
    """Keys whose value can change while the page is answered."""
    questions = questionnaire.questions
    live = {key for key in on_page if kind_of(questions[key]).takes_answer}
    grown = True
    while grown:
        more = {
            key
            for key, question in questions.items()
            if key not in live and _depends((*conditions[key], question.calculation), live)
        }
        grown = bool(more)
        live |= more
    return live


def _depends(expressions: tuple[Expression | None, ...], live: set[str]) -> bool:
    return any(each is not None and not live.isdisjoint(each.references) for each in expressions)


def _entry(
    question: Question, conditions: tuple[Expression, ...], live: set[str], language: str
) -> dict[str, Any]:
    entry = _changing(question, conditions, live)
    others = live - {question.key}
    if question.required is not None and _depends((question.required,), others):
        entry["n"] = question.required.tree
    if question.constraint is not None:
        entry["c"] = question.constraint.tree
        own = question.constraint_message.pick(language)
        entry["m"] = list(Template.parse(plain_text(own) or str(messages.CONSTRAINT)).pieces)
        if own and own.language != language:
            entry["l"] = own.language
    condition = filter_of(question)
    if condition is not None and is_filtered_live(question, live):
        entry["f"] = condition.tree
        entry["a"] = {
            choice.key: _attributes(choice.attributes, choice.key, condition)
            for choice in kind_of(question).choices(question)
        }
    return entry


def is_filtered_live(question: Question, on_page: set[str]) -> bool:
    """Whether the choices offered can change while the page is answered, all of them being on it.

    Where one name stands in several rows, only the server can tell which of them is meant.
    """
    if len(question.choices) != len({choice.key for choice in question.choices}):
        return False
    return not is_long(question) and _depends((filter_of(question),), on_page - {question.key})


def _attributes(given: Mapping[str, str], code: str, condition: Expression) -> dict[str, str]:
    known = {**given, "name": code}
    return {name: known[name] for name in sorted(condition.attributes) if name in known}


def _changing(question: Question, conditions: tuple[Expression, ...], live: set[str]) -> dict[str, Any]:
    """Whether it is asked, and what it comes to, where that can change."""
    entry: dict[str, Any] = {}
    others = live - {question.key}
    if _depends(conditions, others):
        trees = [condition.tree for condition in conditions]
        entry["r"] = trees[0] if len(trees) == 1 else ["and", *trees]
    if question.calculation is not None and _depends((question.calculation,), others):
        entry["k"] = question.calculation.tree
    return entry


def _read_by(entry: Mapping[str, Any]) -> Iterator[str]:
    waiting = [entry[part] for part in "rnckf" if part in entry]
    while waiting:
        node = waiting.pop()
        if len(node) == 2 and node[0] == "v" and isinstance(node[1], str):
            yield node[1]
        waiting.extend(part for part in node if isinstance(part, list))
    yield from entry.get("m", ())[1::2]
