"""Where a question's choices come from, when it is not the sheet choices.

| written | file | rows |
|---|---|---|
| ``select_one_from_file towns.csv`` | towns.csv | all; ``parameters`` say which columns (value=…, label=…) |
| ``select_one_external towns`` | itemsets.csv: the sheet external_choices | ``list_name = 'towns'`` |
| appearance ``search('towns', …)`` | towns.csv | those that are found; the sheet choices names the columns |
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath
from typing import Any

from consult.expressions import Expression, ExpressionError
from consult.questions import kind_of
from consult.questions.question import Choice, Question

ITEMSETS = "itemsets.csv"
"""What ODK calls the sheet external_choices as a file."""

UNREADABLE = "search()"
"""In place of a file's name, where the call cannot be read."""

Tree = list[Any]

_SEARCH = re.compile(r"\bsearch\s*(?=\()", re.IGNORECASE)
_NUMBER = re.compile(r"-?\d+")
_UPPER, _LOWER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz"
_MODES = ("contains", "startswith", "endswith", "matches")


@dataclass(frozen=True, slots=True)
class Source:
    """``value`` and ``labels`` are columns of ``file``; ``condition`` holds for the rows that are offered.

    ``fixed``: choices that stand before them, whatever is found.
    """

    file: str
    value: str
    labels: tuple[str, ...]
    condition: Expression | None = None
    fixed: tuple[Choice, ...] = ()


class SearchError(ValueError):
    """The appearance says ``search(`` but not how; the text says why, for programs."""


class MovingSearch(SearchError):
    """The file, a column or the way to compare is worked out while people answer: no list is known."""


def source_of(question: Question) -> Source | None:
    """Where the choices come from; None for those of the sheet choices."""
    if not question.source:
        return None
    searched = search_of(question)
    if searched is not None:
        return _searched(question, searched)
    if question.list_name:
        tree = ["=", ["a", "list_name"], ["s", question.list_name]]
        condition = Expression(f"list_name = '{question.list_name}'", tree)
        return Source(question.source, "name", ("label",), condition)
    is_map = PurePath(question.source).suffix.lower() == ".geojson"
    return Source(
        question.source,
        question.parameters.get("value", "id" if is_map else "name"),
        (question.parameters.get("label", "title" if is_map else "label"),),
    )


def filter_of(question: Question) -> Expression | None:
    """Which choices are offered: the author's filter together with what the source itself asks for.

    A filter beside a question without choices filters nothing: it would refuse every answer.
    """
    if not kind_of(question).has_choices:
        return None
    try:
        source = source_of(question)
    except SearchError:
        return question.choice_filter
    own = source.condition if source is not None else None
    if own is None or question.choice_filter is None:
        return own or question.choice_filter
    parts = [part for each in (own, question.choice_filter) for part in _parts(each.tree)]
    return Expression(question.choice_filter.source, ["and", *parts])


@dataclass(frozen=True, slots=True)
class Search:
    """A call of ``search()``: the file's name without ending, and what must hold (None: all rows)."""

    name: str
    condition: Expression | None


def search_of(question: Question) -> Search | None:
    """The call in the question's appearance; None without one. Raises SearchError."""
    return read_search(" ".join(question.appearance))


@lru_cache(maxsize=1024)
def read_search(appearance: str) -> Search | None:
    """``search('towns', 'contains', 'label', ${typed}, 'region', ${region})``. Raises SearchError."""
    found = _SEARCH.search(appearance)
    if found is None:
        return None
    call = _call(appearance[found.end() :])
    try:
        # The grammar is the same; the name is not one of its functions.
        _f, _concat, *given = Expression.parse(f"concat{call}").tree
    except ExpressionError as problem:
        raise SearchError(str(problem.message)) from problem
    if len(given) not in (1, 4, 6):
        raise SearchError("arguments")
    if any(given[at][0] != "s" for at in (0, 1, 2, 4) if at < len(given)):
        raise MovingSearch("arguments")
    tree = _condition(given)
    return Search(given[0][1].removesuffix(".csv"), None if tree is None else Expression(call, tree))


def _call(text: str) -> str:
    """``('a', (…)) rest`` → what stands in the outer brackets, with them."""
    depth, quote = 0, ""
    for place, sign in enumerate(text):
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "'\"":
            quote = sign
        elif sign in "()":
            depth += 1 if sign == "(" else -1
            if depth == 0:
                return text[: place + 1]
    raise SearchError("brackets")


def _condition(given: list[Tree]) -> Tree | None:
    if len(given) == 1:
        return None
    mode, columns, wanted = given[1][1].lower(), given[2][1], given[3]
    if mode not in _MODES:
        raise SearchError("mode")
    found = [_holds(mode, column.strip(), wanted) for column in columns.split(",") if column.strip()]
    if not found:
        raise SearchError("columns")
    parts = [found[0] if len(found) == 1 else ["or", *found]]
    if len(given) == 6:
        parts.insert(0, ["=", ["a", given[4][1]], given[5]])
    return parts[0] if len(parts) == 1 else ["and", *parts]


def _holds(mode: str, column: str, wanted: Tree) -> Tree:
    """As Collect's database: exact for matches, else without regard to capitals (of English letters)."""
    if mode == "matches":
        return ["=", ["a", column], ["f", "string", wanted]]
    name = {"contains": "contains", "startswith": "starts-with", "endswith": "ends-with"}[mode]
    return ["f", name, _small(["a", column]), _small(wanted)]


def _small(tree: Tree) -> Tree:
    return ["f", "translate", tree, ["s", _UPPER], ["s", _LOWER]]


def _searched(question: Question, searched: Search) -> Source:
    """Rows of the sheet choices whose name is a number stay choices; another one names the columns."""
    fixed = tuple(choice for choice in question.choices if _NUMBER.fullmatch(choice.key))
    named = [choice for choice in question.choices if choice not in fixed]
    value = named[0].key if named else "name"
    labels = named[0].label.pick("") if named else ""
    columns = tuple(name.strip() for name in labels.split(",") if name.strip()) or ("label",)
    return Source(question.source, value, columns, searched.condition, fixed)


def _parts(tree: Tree) -> list[Tree]:
    return tree[1:] if tree[0] == "and" else [tree]
