"""Functions on numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal

from consult.expressions.context import Context
from consult.expressions.functions.table import Table
from consult.expressions.values import NAN, Value, number, text, truth


def truncated(value: Value) -> float:
    """Towards zero: int(-1.9) is -1."""
    return float(math.trunc(_finite(value))) if math.isfinite(number(value)) else number(value)


def _finite(value: Value) -> float:
    return number(value)


def rounded(value: Value, places: Value = 0) -> float:
    """Half up without places (XPath), half away from zero with them (ODK)."""
    given, digits = number(value), number(places)
    if not math.isfinite(given) or not math.isfinite(digits):
        return given if math.isfinite(digits) else NAN
    if digits == 0:
        return float(math.floor(given + 0.5))
    step = Decimal(1).scaleb(-int(max(-300, min(300, digits))))
    return float((Decimal(repr(given)) / step).quantize(Decimal(1), ROUND_HALF_UP) * step)


def floor(value: Value) -> float:
    given = number(value)
    return float(math.floor(given)) if math.isfinite(given) else given


def ceiling(value: Value) -> float:
    given = number(value)
    return float(math.ceil(given)) if math.isfinite(given) else given


def power(base: Value, exponent: Value) -> float:
    try:
        return math.pow(number(base), number(exponent))
    except OverflowError:
        return math.inf
    except ValueError:
        return math.inf if number(base) == 0 else NAN


def _of_one(function: Callable[[float], float]) -> Callable[[Value], float]:
    def run(value: Value) -> float:
        try:
            return function(number(value))
        except OverflowError:
            return math.inf
        except ValueError:
            return NAN

    return run


def _logarithm(function: Callable[[float], float]) -> Callable[[Value], float]:
    wrapped = _of_one(function)
    return lambda value: -math.inf if number(value) == 0 else wrapped(value)


def atan2(y: Value, x: Value) -> float:
    return math.atan2(number(y), number(x))


def boolean_from_string(value: Value) -> bool:
    return text(value).strip().lower() in ("1", "true")


def random(context: Context) -> float:
    return int.from_bytes(context.draw()[:6]) / 2**48


PLAIN: Table = {
    "number": number,
    "int": truncated,
    "round": rounded,
    "floor": floor,
    "ceiling": ceiling,
    "abs": lambda value: abs(number(value)),
    "pow": power,
    "exp": _of_one(math.exp),
    "exp10": _of_one(lambda value: math.pow(10, value)),
    "log": _logarithm(math.log),
    "log10": _logarithm(math.log10),
    "sqrt": _of_one(math.sqrt),
    "sin": _of_one(math.sin),
    "cos": _of_one(math.cos),
    "tan": _of_one(math.tan),
    "asin": _of_one(math.asin),
    "acos": _of_one(math.acos),
    "atan": _of_one(math.atan),
    "atan2": atan2,
    "pi": lambda: math.pi,
    "boolean": truth,
    "boolean-from-string": boolean_from_string,
    "not": lambda value: not truth(value),
    "true": lambda: True,
    "false": lambda: False,
}
CONTEXTUAL: Table = {"random": random}
