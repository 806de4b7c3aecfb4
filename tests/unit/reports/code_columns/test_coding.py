"""Codes take little memory: a process that answers keeps those of several surveys."""

from __future__ import annotations

import tracemalloc

from tests.unit.reports.code_columns.held import drawn, piece

ROOM = 200
"""Bytes of a short answer that is kept once: itself, and what Python needs to keep it."""


def test_answers_are_kept_in_no_more_room_than_they_need() -> None:
    responses = drawn(3, 400)
    piece(responses)  # whatever is made once
    tracemalloc.start()
    try:
        kept = piece(responses)
        size, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    columns = [coding for table in kept.tables.values() for coding in table.columns.values()]
    keys = [key for coding in columns for key in coding.keys if len(key) < ROOM]
    codes = sum(coding.codes.nbytes + 500 for coding in columns)
    long = sum(len(key) + ROOM for coding in columns for key in coding.keys if len(key) >= ROOM)
    assert len(keys) > 500
    assert size < len(keys) * ROOM + long + codes + 20_000
