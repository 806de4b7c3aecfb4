"""Processes that store are killed without warning: what they acknowledged is there, once."""

from __future__ import annotations

from bench.chaos import run


def test_nothing_acknowledged_is_lost_or_doubled_when_processes_are_killed(
    database_url: str,
) -> None:
    outcome = run(database_url, submissions=1_000, kills=24)

    assert outcome.kills == 24
    assert (outcome.acknowledged, outcome.stored) == (1_000, 1_000)
    assert (outcome.lost, outcome.twice) == (0, 0)
    assert outcome.is_whole
