"""Functions on numbers."""

from __future__ import annotations

import math
from collections.abc import Callable
from decimal import Decimal

from consult.expressions.context import Context
from consult.expressions.functions.table import Table
from consult.expressions.values import NAN, Value, number, text, truth


def truncated(value: Value) -> float:
    """Towards zero: int(-1.9) is -1."""
    given = number(value)
    return float(math.trunc(given)) if math.isfinite(given) else given


def rounded(value: Value, places: Value = 0) -> float:
    """To so many decimals (negative: tens, hundreds…), half away from zero, of the number as written."""
    given, digits = number(value), number(places)
    if not math.isfinite(given) or math.isnan(digits):
        return NAN if math.isnan(digits) else given
    shift = int(max(-300, min(300, digits)))
    scaled = float(Decimal(repr(abs(given))).scaleb(shift))
    if not math.isfinite(scaled):
        return given
    whole = math.floor(scaled)
    return math.copysign(float(Decimal(whole + (scaled - whole >= 0.5)).scaleb(-shift)), given)


def floor(value: Value) -> float:
    given = number(value)
    return float(math.floor(given)) if math.isfinite(given) else given


def ceiling(value: Value) -> float:
    given = number(value)
    return float(math.ceil(given)) if math.isfinite(given) else given


def power(base: Value, exponent: Value) -> float:
    """As in browsers: NaN for 1 and −1 to no finite power."""
    low, high = number(base), number(exponent)
    if abs(low) == 1 and not math.isfinite(high):
        return NAN
    try:
        return math.pow(low, high)
    except OverflowError:
        return -math.inf if low < 0 and high % 2 == 1 else math.inf
    except ValueError:
        return math.inf if low == 0 else NAN


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
    return text(value) in ("1", "true")


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
