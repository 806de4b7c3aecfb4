"""What the browser needs to show and hide at once: syntax trees as data, and earlier answers they read.

Only what can change while the page is being answered is sent; everything else the server has settled.

    {"q": {key: {"r": relevant, "n": required, "c": constraint, "m": message, "l": its language if another,
                 "k": calculation, "t": [keys of what sets it off], "f": choice filter,
                 "a": {code: {attribute: value}}}},
     "w": [word for required, word for optional],
     "v": {key: value of an earlier answer, of several items a list of nodes; "#": number of the page's item;
          "~key": what the page found where a trigger sets a value}}

What a trigger sets keeps that value until one of them changes on the page, and may read it under its own
name. What the script cannot work out is not sent (script_reach.py).
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from consult.expressions import Expression, Template
from consult.expressions.functions import RARE
from consult.expressions.parser import Tree
from consult.questionnaires.data.sources import filter_of
from consult.questionnaires.routing import Evaluation, Page
from consult.questionnaires.specification import Questionnaire
from consult.questions import Question, kind_of, messages
from consult.questions.long_lists import is_long
from consult.questions.rich_text import plain_text
from consult.responses.script_reach import ITEM_NUMBER, Reach, reach_of

_BEFORE = "~"
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
        known = {key: _as_json(evaluation, key) for key in self.earlier}
        return json_in_html({key: value for key, value in known.items() if value != "" and value == value})


def _as_json(evaluation: Evaluation, key: str) -> Any:
    """Of several items all of them, as nodes."""
    if key == ITEM_NUMBER:
        return evaluation.frame.item_number()
    value = evaluation.frame.value(key.removeprefix(_BEFORE))
    return [{"text": node.text} for node in value] if isinstance(value, list) else value


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
    reach = reach_of(questionnaire, page)
    entries = {question.key: _entry(question, reach, language) for question in page.questions}
    return _with_what_they_read(page, {key: entry for key, entry in entries.items() if entry}, reach)


def _with_what_they_read(page: Page, entries: dict[str, dict[str, Any]], reach: Reach) -> Logic:
    """Follow references off the page: calculations that can change come along, answers become values."""
    waiting, earlier = list(entries.items()), []
    seen = {question.key for question in page.questions}
    while waiting:
        for key in _read_by(*waiting.pop()):
            if key in seen or (key not in reach.places and not key.startswith((ITEM_NUMBER, _BEFORE))):
                continue
            seen.add(key)
            entry = _along(key, reach)
            if entry:
                entries[key] = entry
                waiting.append((key, entry))
            if "k" not in entry:
                earlier.append(key)
    return Logic(entries, tuple(earlier))


def _along(key: str, reach: Reach) -> dict[str, Any]:
    if key not in reach.live or reach.is_list(key):
        return {}
    question = reach.places[key].question
    return {} if question is None else _changing(question, reach)


def _entry(question: Question, reach: Reach, language: str) -> dict[str, Any]:
    entry = _changing(question, reach)
    key, required = question.key, question.required
    if required is not None and reach.depends((required,), key) and reach.runs(key, required):
        entry["n"] = reach.tree(key, required)
    if question.constraint is not None and reach.runs(key, question.constraint):
        entry["c"] = reach.tree(key, question.constraint)
        own = question.constraint_message.pick(language)
        entry["m"] = list(Template.parse(plain_text(own) or str(messages.CONSTRAINT)).pieces)
        if own and own.language != language:
            entry["l"] = own.language
    condition = filter_of(question)
    if condition is not None and is_filtered_live(question, reach.live) and reach.runs(key, condition):
        entry["f"] = reach.tree(key, condition)
        entry["a"] = {
            choice.key: _attributes(choice.attributes, choice.key, condition)
            for choice in kind_of(question).choices(question)
        }
    return entry


def is_filtered_live(question: Question, on_page: Collection[str]) -> bool:
    """Whether the choices offered can change while the page is answered, all of them being on it.

    Where one name stands in several rows, only the server can tell which of them is meant; it alone knows
    the items of a repeat.
    """
    if question.entries_of or len(question.choices) != len({choice.key for choice in question.choices}):
        return False
    condition = filter_of(question)
    names = condition.references - {question.key} if condition is not None else ()
    return not is_long(question) and any(key in on_page for key in names)


def _attributes(given: Mapping[str, str], code: str, condition: Expression) -> dict[str, str]:
    known = {**given, "name": code}
    return {name: known[name] for name in sorted(condition.attributes) if name in known}


def _changing(question: Question, reach: Reach) -> dict[str, Any]:
    """Whether it is asked, and what it comes to, where that can change and the script can tell."""
    entry: dict[str, Any] = {}
    key, calculation = question.key, question.calculation
    conditions = reach.places[key].conditions
    if reach.depends(conditions, key) and reach.runs(key, *conditions):
        trees = [reach.tree(key, condition) for condition in conditions]
        entry["r"] = trees[0] if len(trees) == 1 else ["and", *trees]
    if calculation is None or not reach.runs(key, calculation):
        return entry
    if reach.depends((calculation,), key) or not reach.live.isdisjoint(question.trigger):
        entry["k"] = reach.tree(key, calculation)
        if question.trigger:
            entry |= {"t": list(question.trigger), "k": _of_what_was(entry["k"], key)}
    return entry


def _of_what_was(tree: Tree, key: str) -> Tree:
    """The calculation with its own name, or ``.``, as what it came to before."""
    if tree in (["v", key], ["."]):
        return ["v", _BEFORE + key]
    return [_of_what_was(part, key) if isinstance(part, list) else part for part in tree]


def _read_by(key: str, entry: Mapping[str, Any]) -> Iterator[str]:
    waiting = [entry[part] for part in "rnckf" if part in entry]
    while waiting:
        node = waiting.pop()
        if len(node) == 2 and node[0] == "v" and isinstance(node[1], str):
            yield node[1]
        waiting.extend(part for part in node if isinstance(part, list))
    if "t" in entry:
        yield from (*entry["t"], _BEFORE + key)
    yield from entry.get("m", ())[1::2]
