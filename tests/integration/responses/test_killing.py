"""Processes that store are killed without warning: what they acknowledged is there, once."""

from __future__ import annotations

from bench.chaos import run
from consult.db import Database


def test_nothing_acknowledged_is_lost_or_doubled_when_processes_are_killed(
    database_url: str,
) -> None:
    outcome = run(database_url, submissions=1_000, kills=24)

    assert outcome.kills == 24
    assert (outcome.acknowledged, outcome.stored) == (1_000, 1_000)
    assert (outcome.lost, outcome.twice) == (0, 0)
    assert outcome.is_whole


def test_the_harness_sees_doubles_where_nothing_prevents_them(sqlite_database: Database) -> None:
    outcome = run(str(sqlite_database.url), submissions=200, kills=4, is_control=True)

    assert outcome.stored > outcome.acknowledged == 200
