"""Tree → closure: a Python function of the context, made once per expression."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any

from consult.expressions import patterns
from consult.expressions.context import Context
from consult.expressions.functions import CONTEXTUAL, PLAIN
from consult.expressions.lookups import is_lookup, lookup
from consult.expressions.paths import filtered, path, union
from consult.expressions.values import NAN, Value, number, text, truth

NEARLY = 1e-12
"""Numbers so close are equal, as in JavaRosa: 0.1 + 0.2 = 0.3."""

Tree = list[Any]
Closure = Callable[[Context], Value]


def compiled(tree: Tree) -> Closure:
    """What the tree comes to in a context. Conditions are lazy: a part that does not count never runs."""
    return _BUILDERS[tree[0]](tree)


def _reference(tree: Tree) -> Closure:
    key = tree[1]
    return lambda context: context.value(key)


def _own(_: Tree) -> Closure:
    return lambda context: context.own


def _attribute(tree: Tree) -> Closure:
    name = tree[1]
    return lambda context: context.attribute(name)


def _constant(tree: Tree) -> Closure:
    value = float(tree[1]) if tree[0] == "n" else tree[1]
    return lambda _: value


def _or(tree: Tree) -> Closure:
    parts = tuple(compiled(part) for part in tree[1:])

    def run(context: Context) -> bool:
        for part in parts:  # noqa: SIM110 - a generator would double the time
            if truth(part(context)):
                return True
        return False

    return run


def _and(tree: Tree) -> Closure:
    parts = tuple(compiled(part) for part in tree[1:])

    def run(context: Context) -> bool:
        for part in parts:  # noqa: SIM110 - a generator would double the time
            if not truth(part(context)):
                return False
        return True

    return run


def _sum(tree: Tree) -> Closure:
    parts = tuple(compiled(part) for part in tree[1:])

    def run(context: Context) -> float:
        total = number(parts[0](context))
        for part in parts[1:]:
            total += number(part(context))
        return total

    return run


def _negative(tree: Tree) -> Closure:
    inner = compiled(tree[1])
    return lambda context: -number(inner(context))


def _product(tree: Tree) -> Closure:
    left, right = compiled(tree[1]), compiled(tree[2])
    return lambda context: number(left(context)) * number(right(context))


def _quotient(tree: Tree) -> Closure:
    left, right = compiled(tree[1]), compiled(tree[2])
    return lambda context: divided(number(left(context)), number(right(context)))


def divided(a: float, b: float) -> float:
    """IEEE 754, as XPath wants it: no error, ±Infinity or NaN for a division by 0."""
    if b != 0:
        return a / b
    if a == 0 or a != a or b != b:
        return NAN
    return float("inf") if (a > 0) == (str(b)[0] != "-") else float("-inf")


def _remainder(tree: Tree) -> Closure:
    left, right = compiled(tree[1]), compiled(tree[2])
    return lambda context: remainder(number(left(context)), number(right(context)))


def remainder(a: float, b: float) -> float:
    """With the sign of the dividend."""
    try:
        return math.fmod(a, b)
    except ValueError:
        return NAN


def _compare(tree: Tree) -> Closure:
    left, right = compiled(tree[1]), compiled(tree[2])
    negated = tree[0] == "!="

    def run(context: Context) -> bool:
        a, b = left(context), right(context)
        if type(a) is str and type(b) is str:
            return (a == b or _are_one_day(a, b)) is not negated
        return _equal(a, b, negated)

    return run


def _equal(a: Value, b: Value, negated: bool) -> bool:
    """A list is equal if one of its nodes is, unequal if one of them is not (XPath 1.0, 3.4); without any it
    is the empty text, as in JavaRosa: what is not relevant, and not there, is like what is not answered."""
    if isinstance(a, list) or isinstance(b, list):
        if type(a) is bool or type(b) is bool:
            return (truth(a) == truth(b)) is not negated
        lefts = [node.text for node in a] or [""] if isinstance(a, list) else [a]
        rights = [node.text for node in b] or [""] if isinstance(b, list) else [b]
        return any(_equal(x, y, negated) for x in lefts for y in rights)
    if type(a) is bool or type(b) is bool:
        return (truth(a) == truth(b)) is not negated
    if isinstance(a, str) and isinstance(b, str):
        return (a == b or _are_one_day(a, b)) is not negated
    left, right = number(a), number(b)
    return (left == right or abs(left - right) < NEARLY) is not negated


def _are_one_day(a: str, b: str) -> bool:
    """A date and a date with time of the same day: as numbers both are days."""
    is_written = a[4:5] == "-" and b[4:5] == "-"
    return is_written and (len(a) > 10) is not (len(b) > 10) and number(a) == number(b)


_ORDERS: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def _order(tree: Tree) -> Closure:
    left, right, holds = compiled(tree[1]), compiled(tree[2]), _ORDERS[tree[0]]

    def run(context: Context) -> bool:
        a, b = left(context), right(context)
        if type(a) is float and type(b) is float:
            return holds(a, b)
        if a == "" or b == "":
            return False
        return _ordered(a, b, holds)

    return run


def _ordered(a: Value, b: Value, holds: Callable[[float, float], bool]) -> bool:
    if isinstance(a, list):
        return any(_ordered(node.text, b, holds) for node in a)
    if isinstance(b, list):
        return any(_ordered(a, node.text, holds) for node in b)
    return holds(number(a), number(b))


def _call(tree: Tree) -> Closure:
    name = tree[1]
    if name in _SPECIAL:
        return _SPECIAL[name](tree)
    parts = tuple(compiled(part) for part in tree[2:])
    if name in CONTEXTUAL:
        in_context = CONTEXTUAL[name]
        return lambda context: in_context(context, *[part(context) for part in parts])
    function = PLAIN[name]
    if len(parts) == 1:
        only = parts[0]
        return lambda context: function(only(context))
    if len(parts) == 2:
        first, second = parts
        return lambda context: function(first(context), second(context))
    return lambda context: function(*[part(context) for part in parts])


def _if(tree: Tree) -> Closure:
    condition, then, otherwise = (compiled(part) for part in tree[2:])
    return lambda context: then(context) if truth(condition(context)) else otherwise(context)


def _coalesce(tree: Tree) -> Closure:
    parts = tuple(compiled(part) for part in tree[2:])

    def run(context: Context) -> Value:
        value: Value = ""
        for part in parts:
            value = part(context)
            if value == value and text(value) != "":
                return value
        return "" if value != value else value

    return run


def _once(tree: Tree) -> Closure:
    inner = compiled(tree[2])

    def run(context: Context) -> Value:
        if text(context.own) != "":
            return context.own
        value = inner(context)
        return "" if value != value else value

    return run


def _selected(tree: Tree) -> Closure:
    """The commonest function of all, with a code that is nearly always written out."""
    if tree[3][0] != "s":
        first, second = compiled(tree[2]), compiled(tree[3])
        function = PLAIN["selected"]
        return lambda context: function(first(context), second(context))
    chosen, code = compiled(tree[2]), f" {tree[3][1].strip()} "
    return lambda context: code in f" {text(chosen(context)).strip()} "


def _regex(tree: Tree) -> Closure:
    """A pattern that is written out is read once, and refused at once if the engine cannot take it."""
    first, second = compiled(tree[2]), compiled(tree[3])
    if tree[3][0] == "s":
        pattern = patterns.compiled(tree[3][1])
        return lambda context: patterns.is_match(pattern, text(first(context)))
    function = PLAIN["regex"]
    return lambda context: function(first(context), second(context))


def _indexed(tree: Tree) -> Closure:
    """``indexed-repeat(${age}, ${members}, 2)``: names, not values, and places."""
    key = _name_of(tree[2])
    places = tuple(
        (_name_of(repeat), compiled(place)) for repeat, place in zip(tree[3::2], tree[4::2], strict=True)
    )
    return lambda context: context.indexed(key, [(name, number(place(context))) for name, place in places])


def _name_of(tree: Tree) -> str:
    """The name at the end of a reference or path."""
    return str(tree[1]) if tree[0] == "v" else str(tree[-1][1])


_SPECIAL: dict[str, Callable[[Tree], Closure]] = {
    "indexed-repeat": _indexed,
    "if": _if,
    "coalesce": _coalesce,
    "once": _once,
    "selected": _selected,
    "regex": _regex,
}
_BUILDERS: dict[str, Callable[[Tree], Closure]] = {
    "n": _constant,
    "s": _constant,
    "v": _reference,
    "a": _attribute,
    ".": _own,
    "f": _call,
    "or": _or,
    "and": _and,
    "+": _sum,
    "neg": _negative,
    "*": _product,
    "div": _quotient,
    "mod": _remainder,
    "=": _compare,
    "!=": _compare,
    "p": lambda tree: lookup(tree, compiled) if is_lookup(tree) else path(tree, compiled),
    "[": lambda tree: filtered(tree, compiled),
    "|": lambda tree: union(tree, compiled),
    **dict.fromkeys(_ORDERS, _order),
}
