"""SurveyCTO's functions over the items of a repeat, said in functions of the standard.

| there | here |
|---|---|
| ``join-if(', ', ${name}, ${age} > 17)`` | ``join(', ', ${members}[./age > 17]/name)`` |
| ``count-if(${members}, ${age} > 17)`` | ``count(${members}[./age > 17])`` |
| ``sum-if`` ``min-if`` ``max-if`` ``(${pay}, ${age} > 17)`` | ``sum(${members}[./age > 17]/pay)`` |
| ``rank-index(2, ${score})`` | 1 + how many have a higher score, or the same and stand before the second |

The condition is about the item that is looked at: a question in it is a path from there, which every engine
reads alike. ``${name}`` in a predicate means all items in some, and the asking one in others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from consult.expressions.lexer import tokens
from consult.expressions.normalise import normalise
from consult.expressions.parser import parse
from consult.expressions.signatures import OVER_ITEMS, misused
from consult.questionnaires.xlsform.calls import with_calls
from consult.questionnaires.xlsform.item_paths import ItemPaths, Standing, structure
from consult.questionnaires.xlsform.repairs import mend_expression
from consult.questionnaires.xlsform.sheets import Row
from consult.questionnaires.xlsform.tables import Table

_CALLED = re.compile(r"\b(?:(?:join|count|sum|min|max)-if|rank-index(?:-if)?|relevant)\s*\(")
_ABOUT_ITS_PLACE = frozenset(("position", "index", "last", "current", "relevant"))
"""Functions that say something else where another question asks."""
_TRUTHS = frozenset(("or", "and", "=", "!=", "<", "<=", ">", ">="))
_SAY_TRUTH = frozenset(
    (
        *("not", "true", "false", "boolean", "boolean-from-string", "selected", "contains", "starts-with"),
        *("ends-with", "regex", "empty", "item-present", "checklist", "weighted-checklist", "geofence"),
    )
)
_NOBODY = 999
"""SurveyCTO's rank of an item that is not there, has no number, or does not meet the condition."""


@dataclass(frozen=True, slots=True)
class Said:
    """An expression in the standard's words, and whose calls it had."""

    source: str
    instead_of: tuple[str, ...] = ()


class OverRepeats:
    """Knows where everything in a sheet survey stands; the names in it are final."""

    def __init__(self, survey: Table) -> None:
        self._survey = survey
        self._known: tuple[Mapping[str, Standing], Mapping[int, Standing]] | None = None

    def said(self, source: str, row: Row | None) -> Said:
        """The same in the standard's words. ``row``: where it stands; None if that is in no item.

        Raises ExpressionError where one of the functions is given what it cannot work with.
        """
        if not _CALLED.search(source):
            return Said(source)
        self._known = self._known or structure(self._survey)
        by_name, by_row = self._known
        paths = ItemPaths(by_name, by_row.get(id(row)))
        done: list[str] = []

        def find(name: str, _given: int) -> Callable[[Sequence[str]], str] | None:
            if name == "relevant":
                return lambda given: _conditions(paths, given, done)
            if name not in OVER_ITEMS:
                return None
            done.append(name)
            return lambda given: _Call(name, paths).written(given)

        return Said(with_calls(source, find), tuple(dict.fromkeys(done)))


@dataclass(frozen=True, slots=True)
class _Call:
    name: str
    paths: ItemPaths

    def written(self, given: Sequence[str]) -> str:
        if self.name.startswith("rank-index"):
            return self._rank(given)
        fewest = 3 if self.name == "join-if" else 2
        if len(given) != fewest:
            raise misused(self.name)
        *before, what, condition = given
        items, path = self._items(what)
        found = f"{items}[{self._condition(what, condition)}]"
        if self.name != "count-if" and not path:
            raise misused(self.name)
        if self.name != "count-if":
            found = f"{found}/{path}"
        return f"{self.name.removesuffix('-if')}({', '.join((*before, found))})"

    def _rank(self, given: Sequence[str]) -> str:
        """Items of one number stand in their order, so that no two have the same rank."""
        if len(given) != (3 if self.name.endswith("-if") else 2):
            raise misused(self.name)
        items, path = self._items(given[1])
        if not path:
            raise misused(self.name)
        place = self.paths.seen_from_asker(given[0])
        also = f"({self._condition(given[1], given[2])}) and " if len(given) == 3 else ""
        own = f"[{also}position(.) = {place}]/{path})"
        here, inside = f"number({items}{own}", f"number({self.paths.items_inside(_referred(given[1]))}{own}"
        higher = f"number(./{path}) > {inside} or (number(./{path}) = {inside} and position(.) < {place})"
        return f"if({here} = {here}, 1 + count({items}[{also}({higher})]), {_NOBODY})"

    def _items(self, what: str) -> tuple[str, str]:
        """The items that are looked at, and the way from one to the question; "" of a repeat."""
        found = self.paths.items_of(_referred(what))
        if found is None:
            raise misused(self.name)
        return found

    def _condition(self, what: str, written: str) -> str:
        """What must hold in an item; a number would be taken for the place of one."""
        condition = self.paths.seen_from_item(_referred(what), written)
        kind, *rest = parse(condition)
        if kind in _TRUTHS or (kind == "f" and rest[0] in _SAY_TRUTH):
            return condition
        if kind in ("p", "v"):
            return f"string({condition}) != '' and number({condition}) != 0"
        return f"boolean({condition})"


def _conditions(paths: ItemPaths, given: Sequence[str], done: list[str]) -> str:
    """The conditions of a question; the call as it is where they cannot be said in another place."""
    name = _referred(given[0]) if given else ""
    found = paths.conditions_of(name) if len(given) == 1 else None
    texts = [_elsewhere(text, is_beside=paths.is_beside(name)) for text in found or ()]
    if found is None or None in texts:
        return f"relevant({', '.join(given)})"
    done.append("relevant")
    return f"({' and '.join(f'({text})' for text in texts)})" if texts else "true()"


@lru_cache(maxsize=256)
def _elsewhere(written: str, *, is_beside: bool) -> str | None:
    """A condition as it is read where it stands; None if it would mean something else in another place.

    ``is_beside``: that place is in the same item.
    """
    if written.lower() in ("true", "false"):
        return f"{written.lower()}()"
    mended = normalise(mend_expression(written)[0])[0].strip()
    return None if _is_about_its_place(mended, {"index"} if is_beside else set()) else mended


def _is_about_its_place(written: str, but: set[str]) -> bool:
    return any(
        token.text in (".", "..", "/") if token.kind == "operator" else token.text in _ABOUT_ITS_PLACE - but
        for token in tokens(written)
        if token.kind in ("operator", "name")
    )


def _referred(written: str) -> str:
    """The name in ``${name}``; "" if it is anything else."""
    found = tokens(written)
    return found[0].text if len(found) == 2 and found[0].kind == "reference" else ""
