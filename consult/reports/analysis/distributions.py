"""The normal distribution and Student's: quantiles and tails, to about 12 digits. Pure.

Student's tail is a regularised incomplete beta function, here by its continued fraction (DLMF 8.17.22).
"""

from __future__ import annotations

import math
from statistics import NormalDist

_NORMAL = NormalDist()
_TINY = 1e-300
_LARGE = 1_000.0
_MOST_STEPS = 20_000


def normal_quantile(confidence: float) -> float:
    """How many standard deviations around the mean hold ``confidence`` (0 to 1) of all."""
    return _NORMAL.inv_cdf((1 + confidence) / 2)


def normal_tails(z: float) -> float:
    """The chance of something at least as far from the mean as ``z``, on either side."""
    return math.erfc(abs(z) / math.sqrt(2))


def student_tails(t: float, freedom: float) -> float:
    """The same for Student's distribution; ``freedom``: degrees of freedom, > 0."""
    square = t * t
    x, rest = freedom / (freedom + square), square / (freedom + square)
    if rest == 0:
        return 1.0
    half = freedom / 2
    log_front = -half * math.log1p(square / freedom) + math.log(rest) / 2 + _log_ratio(half)
    front = math.exp(log_front - math.log(math.pi) / 2)
    if x < (half + 1) / (half + 2.5):
        return front * _fraction(half, 0.5, x) / half
    return 1 - front * _fraction(0.5, half, rest) * 2


def student_quantile(confidence: float, freedom: float) -> float:
    """Between minus and plus which t ``confidence`` of all lies."""
    wanted = 1 - confidence
    low, high = 0.0, 2.0
    while student_tails(high, freedom) > wanted:
        low, high = high, high * 2
    while high - low > 1e-15 * high:
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if student_tails(middle, freedom) > wanted else (low, middle)
    return (low + high) / 2


def _log_ratio(a: float) -> float:
    """ln(Γ(a + ½) / Γ(a)); by its series where the two logarithms would cancel each other out."""
    if a < _LARGE:
        return math.lgamma(a + 0.5) - math.lgamma(a)
    return math.log(a) / 2 - 1 / (8 * a) + 1 / (192 * a**3)


def _fraction(a: float, b: float, x: float) -> float:
    c, d = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, _MOST_STEPS):
        even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for step in (even, odd):
            d = 1 / _not_zero(1 + step * d)
            c = _not_zero(1 + step / c)
            value *= c * d
        if abs(c * d - 1) < 1e-16:
            break
    return value


def _not_zero(number: float) -> float:
    return number if abs(number) > _TINY else _TINY
