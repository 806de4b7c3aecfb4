"""Functions on places: a point is ``latitude longitude …``, a line or shape several with ``;`` between.

As the engines of the field reckon: on a sphere, in metres, to the centimetre (no receiver is as exact).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from consult.expressions.functions.numbers import rounded
from consult.expressions.functions.table import Table
from consult.expressions.values import NAN, Value, text

RADIUS = 6_378_100.0
"""Of the earth, in metres, in the engines of the field."""

Point = tuple[float, float]
"""Latitude and longitude in degrees."""


def points_of(values: Sequence[Value]) -> list[Point] | None:
    """All points that the values write; None if one is no point on earth."""
    texts = [each for value in values for each in _texts(value)]
    written = [point for each in texts for point in each.split(";") if point.strip()]
    found = [_point(each) for each in written]
    return None if None in found else [point for point in found if point is not None]


def _texts(value: Value) -> list[str]:
    return [node.text for node in value] if isinstance(value, list) else [text(value)]


def _point(written: str) -> Point | None:
    parts = written.split()
    try:
        latitude, longitude = float(parts[0]), float(parts[1])
    except (ValueError, IndexError):
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def distance(*values: Value) -> float:
    """Metres along a line, from point to point; 0 without two points, NaN if one is none."""
    points = points_of(values)
    if points is None:
        return NAN
    return rounded(sum(_between(a, b) for a, b in pairwise(points)), 2)


def _between(a: Point, b: Point) -> float:
    south, north = math.radians(a[0]), math.radians(b[0])
    across = math.sin(math.radians(b[1] - a[1]) / 2)
    up = math.sin((north - south) / 2)
    chord = up * up + math.cos(south) * math.cos(north) * across * across
    return 2 * RADIUS * math.asin(min(1.0, math.sqrt(chord)))


def area(*values: Value) -> float:
    """Square metres inside a shape; 0 without three points, NaN if one is none."""
    points = points_of(values)
    if points is None:
        return NAN
    if len(points) < 3:
        return 0.0
    total = 0.0
    for a, b in zip(points, [*points[1:], points[0]], strict=True):
        bulge = 2 + math.sin(math.radians(a[0])) + math.sin(math.radians(b[0]))
        total += math.radians(b[1] - a[1]) * bulge
    return rounded(abs(total * RADIUS * RADIUS / 2), 2)


def geofence(point: Value, shape: Value) -> bool:
    """Whether the point lies inside the shape, whose last point is its first."""
    at, fence = points_of([point]), points_of([shape])
    if not at or not fence or len(fence) < 4 or fence[0] != fence[-1]:
        return False
    y, x = at[0]
    is_inside = False
    for (y1, x1), (y2, x2) in pairwise(fence):
        if (x1 > x) != (x2 > x) and y < (y2 - y1) * (x - x1) / (x2 - x1) + y1:
            is_inside = not is_inside
    return is_inside


def short_geopoint(value: Value) -> str:
    """Latitude and longitude alone."""
    return " ".join(text(value).split()[:2])


PLAIN: Table = {
    "area": area,
    "enclosed-area": area,
    "distance": distance,
    "distance-between": distance,
    "geofence": geofence,
    "short-geopoint": short_geopoint,
}
