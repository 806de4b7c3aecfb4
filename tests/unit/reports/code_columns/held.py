"""Responses as rows for a pass and as columns of codes, from the same random draw."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from consult.reports.code_columns.coding import Piece, coded
from consult.reports.code_columns.holding import Holding, Names
from consult.reports.code_columns.pieces import joined
from consult.reports.code_columns.plan import plan_of
from consult.reports.columns import Row
from consult.reports.merging import merge
from consult.responses.ranges import Content
from tests.samples.counted import NEW, OLD, answers

ASKED = merge([(1, OLD), (2, NEW)])
PLAN = plan_of(ASKED)
VERSIONS = {uuid.UUID(int=1): 1, uuid.UUID(int=2): 2}
NUMBERS = {key.hex: number for key, number in VERSIONS.items()}
OMAR, AMAL, GONE = (uuid.UUID(int=number) for number in (10, 11, 12))
HALL, CLUB = (uuid.UUID(int=number) for number in (20, 21))
NAMES = Names(
    {OMAR.hex: "Omar", AMAL.hex: "Amal"},
    {HALL.hex: (dt.date(2026, 3, 5), "Hall"), CLUB.hex: (dt.date(2026, 3, 5), "Hall")},
)


@dataclass(frozen=True)
class Response:
    content: Content
    row: Row


def drawn(seed: int, number: int, *, is_odd: bool = True) -> list[Response]:
    draw = Random(seed)
    return [_response(draw, is_odd=is_odd) for _ in range(number)]


def _response(draw: Random, *, is_odd: bool) -> Response:
    version = draw.choice(tuple(VERSIONS))
    collector, session = draw.choice((None, OMAR, AMAL, GONE)), draw.choice((None, HALL, CLUB, GONE))
    day, given = dt.date(2026, draw.randint(1, 3), draw.randint(1, 28)), answers(draw, is_odd=is_odd)
    language, channel = draw.choice(("en", "fr", "ar")), draw.choice(("online", "paper"))
    content = Content(
        version.hex,
        language,
        channel,
        day.isoformat(),
        collector.hex if collector else None,
        session.hex if session else None,
        given,
    )
    held_on, place = NAMES.sessions.get(session.hex if session else "", (None, None))
    row = Row(
        id=uuid.UUID(int=draw.getrandbits(128)),
        version=VERSIONS[version],
        language=language,
        channel=channel,
        collected_on=day,
        session_on=held_on,
        session_place=place,
        collector=NAMES.collectors.get(collector.hex) if collector else None,
        answers=given,
    )
    return Response(content, row)


def piece(responses: Sequence[Response]) -> Piece:
    return coded([each.content for each in responses], [len(responses)], NUMBERS, PLAN)


def holding(responses: Sequence[Response], shelves: int = 3) -> Holding:
    """In so many shelves, each of several pieces."""
    pieces = []
    for shelf in range(shelves):
        own = responses[shelf::shelves]
        pieces.append(joined([piece(own[: len(own) // 3]), piece(own[len(own) // 3 :])]))
    return Holding(pieces, NAMES)
