"""Places: a point, a line, an area. Typed, or taken from the device when somebody asks it to; no map.

Coded as ODK writes them: a point is ``latitude longitude altitude accuracy`` (degrees north and east,
metres; 0 stands for "not known" in the last two), a line or an area its points with ``;`` between. An area
ends where it began.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

from consult.i18n import LocalText, ngettext
from consult.questions import geo_messages as messages
from consult.questions.digits import decimal_sign, written_number
from consult.questions.geo_degrees import read_latitude, read_longitude, read_metres, read_pair
from consult.questions.kind import (
    Answers,
    Cell,
    Coded,
    Column,
    Given,
    Kind,
    Message,
    Refused,
    header_of,
)
from consult.questions.question import Question

MOST_POINTS = 1_000
LONGEST_TEXT = 100_000
"""Characters that are looked at for the points of a line."""

_DIGITS = 7
"""Decimals of a degree that are kept: about a centimetre."""

_HIGHEST = 100_000.0
"""Metres; beyond, an altitude or an accuracy is a mistake."""


class Point(NamedTuple):
    """Degrees and metres."""

    latitude: float
    longitude: float
    altitude: float = 0.0
    accuracy: float = 0.0

    @property
    def coded(self) -> str:
        return " ".join(_plain(number) for number in self)


class GeoPoint(Kind):
    """Where something is; coded as ``"43.65 -79.38 0 12"``."""

    name = "geopoint"
    types = ("geopoint", "location", "gps", "q location", "add location prompt")
    device = ("geolocation",)

    def control(self, question: Question, language: str) -> dict[str, Any]:
        return {"is_group": True}

    def details(self, question: Question) -> tuple[str, ...]:
        return Point._fields

    def clean(self, question: Question, given: Given) -> dict[str, Coded]:
        written = {name: given.details.get(name, "").strip() for name in Point._fields}
        if not any(written.values()):
            return {}
        if not written["longitude"] and (pair := read_pair(written["latitude"])):
            written["latitude"], written["longitude"] = pair
        if not written["latitude"] or not written["longitude"]:
            raise Refused(messages.BOTH)
        point = Point(*_degrees(written["latitude"], written["longitude"], given.language))
        altitude = _metres(written["altitude"], given.language, messages.ALTITUDE)
        accuracy = _metres(written["accuracy"], given.language, messages.ACCURACY)
        if accuracy < 0:
            raise Refused(messages.ACCURACY)
        return {question.key: point._replace(altitude=altitude, accuracy=accuracy).coded}

    def typed(self, question: Question, answers: Answers, language: str) -> Given:
        point = point_of(answers.get(question.key))
        if point is None:
            return Given()
        known = {name: value for name, value in point._asdict().items() if value or name in Point._fields[:2]}
        return Given((), {name: written_number(value, language) for name, value in known.items()})

    def problem(self, question: Question, value: Any) -> Message | None:
        return None if point_of(value) else messages.NOT_A_POINT

    def display(self, question: Question, value: Any, language: str) -> str:
        point = point_of(value)
        return "" if point is None else shown(point, language)

    def columns(self, question: Question) -> tuple[Column, ...]:
        """The point as it is coded, then each of its numbers."""
        return (self.column(question, "text"), *(_part(question, name) for name in Point._fields))

    def cell(self, question: Question, value: Any, language: str) -> Cell:
        return str(value)


class GeoTrace(Kind):
    """A line; coded as its points."""

    name = "geotrace"
    types: tuple[str, ...] = ("geotrace",)
    device = ("geolocation",)
    fewest = 2
    too_few: Message = messages.TWO_POINTS
    is_closed = False

    def clean(self, question: Question, given: Given) -> dict[str, Coded]:
        lines = [line for line in given.text[:LONGEST_TEXT].splitlines() if line.strip()]
        if not lines:
            return {}
        if len(lines) > MOST_POINTS:
            raise Refused(messages.too_many_points(MOST_POINTS))
        points = [_point_in_line(line, place, given.language) for place, line in enumerate(lines, 1)]
        if self.is_closed and points[0][:2] != points[-1][:2]:
            points.append(points[0])
        coded = ";".join(point.coded for point in points)
        found = self.problem(question, coded)
        if found is not None:
            raise Refused(found)
        return {question.key: coded}

    def typed(self, question: Question, answers: Answers, language: str) -> Given:
        """One point a line, latitude before longitude."""
        points = points_of(answers.get(question.key))
        return Given(("\n".join(shown(point, language) for point in points),)) if points else Given()

    def problem(self, question: Question, value: Any) -> Message | None:
        points = points_of(value)
        if points is None:
            return messages.NOT_POINTS
        if len(points) > MOST_POINTS + 1:
            return messages.too_many_points(MOST_POINTS)
        return self.too_few if len({point[:2] for point in points}) < self.fewest else None

    def display(self, question: Question, value: Any, language: str) -> str:
        points = points_of(value)
        if not points:
            return ""
        return str(ngettext("%(num)d point", "%(num)d points", len(points) - self.is_closed))

    def columns(self, question: Question) -> tuple[Column, ...]:
        return (self.column(question, "text"),)

    def cell(self, question: Question, value: Any, language: str) -> Cell:
        return str(value)


class GeoShape(GeoTrace):
    """An area; coded as its points, the first once more at the end."""

    name = "geoshape"
    types = ("geoshape",)
    fewest = 3
    too_few: Message = messages.THREE_POINTS
    is_closed = True


def point_of(value: Any) -> Point | None:
    """A coded point; None for what is none."""
    if not isinstance(value, str):
        return None
    try:
        numbers = [float(part) for part in value.split()]
    except ValueError:
        return None
    if not 2 <= len(numbers) <= 4 or not all(map(math.isfinite, numbers)):
        return None
    point = Point(*numbers)
    is_possible = abs(point.latitude) <= 90 and abs(point.longitude) <= 180 and point.accuracy >= 0
    return point if is_possible else None


def points_of(value: Any) -> tuple[Point, ...] | None:
    """The points of a coded line or area; None for what is none."""
    if not isinstance(value, str):
        return None
    points = [point_of(part) for part in value.strip().removesuffix(";").split(";")]
    return None if None in points else tuple(point for point in points if point)


def shown(point: Point, language: str) -> str:
    """Such as 43.65, -79.38, or 43,65; -79,38 where the comma is the decimal sign; it is read back."""
    between = ", " if decimal_sign(language) == "." else "; "
    return between.join(written_number(number, language) for number in point[:2])


def _point_in_line(line: str, place: int, language: str) -> Point:
    parts = line.split()
    if len(parts) in (3, 4) and (point := point_of(line)):
        return point  # as field tools code it
    pair = read_pair(line)
    if pair is None:
        raise Refused(messages.line_unread(place))
    try:
        return Point(*_degrees(*pair, language))
    except Refused:
        raise Refused(messages.line_unread(place)) from None


def _degrees(latitude: str, longitude: str, language: str) -> Sequence[float]:
    north, east = read_latitude(latitude, language), read_longitude(longitude, language)
    if north is None:
        raise Refused(messages.LATITUDE)
    if east is None:
        raise Refused(messages.LONGITUDE)
    return round(north, _DIGITS), round(east, _DIGITS)


def _metres(written: str, language: str, otherwise: Message) -> float:
    if not written:
        return 0.0
    metres = read_metres(written, language)
    if metres is None or abs(metres) > _HIGHEST:
        raise Refused(otherwise)
    return round(metres, 2)


def _part(question: Question, name: str) -> Column:
    key, header = question.key, header_of(question)

    def label(language: str) -> LocalText:
        found = header(language)
        return LocalText(f"{found} – {messages.part_name(name, language)}", found.language)

    def cell(answers: Answers, _language: str) -> Cell:
        point = point_of(answers.get(key))
        value = getattr(point, name) if point else None
        # Nobody knows the accuracy of what was typed, nor its altitude: blank is not 0.
        return value if value or name in Point._fields[:2] else None

    return Column(f"{key}/{name}", label, cell, "number", of=key)


def _plain(number: float) -> str:
    return f"{number:.{_DIGITS}f}".rstrip("0").rstrip(".") if number else "0"
