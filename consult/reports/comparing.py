"""Two tallies of the same survey: what differs. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from consult.reports.tally import Group, Groups, QuestionTally, Tally


def differences(one: Tally, other: Tally) -> Iterator[str]:
    """Keys of questions, names of other things (``languages``), and paths of repeats that were not counted
    alike; nothing where everything is equal."""
    for name, value in _of_responses(one).items():
        if value != _of_responses(other)[name]:
            yield name
    for mine, yours in zip(one.questions, other.questions, strict=True):
        if contents(mine) != contents(yours):
            yield mine.of.key
    for repeat, entries in one.entries.items():
        if entries != other.entries[repeat]:
            yield "/".join(repeat.path)


def group_differences(one: Mapping[Group, Tally], other: Mapping[Group, Tally]) -> Iterator[str]:
    """The same of the groups of a breakdown; groups that only one of them has come as they are."""
    yield from (str(group) for group in one.keys() ^ other.keys())
    for group in one.keys() & other.keys():
        yield from differences(one[group], other[group])


def breakdown_differences(one: Groups, other: Groups) -> Iterator[str]:
    """The same of what is counted only where it is asked for."""
    yield from (str(group) for group in one.sizes.keys() ^ other.sizes.keys())
    common = sorted(one.sizes.keys() & other.sizes.keys(), key=str)
    if any(one.sizes[group] != other.sizes[group] for group in common):
        yield "responses"
    for group, mine, yours in zip(common, one.questions(common), other.questions(common), strict=True):
        for place, (my, your) in enumerate(zip(mine, yours, strict=True)):
            behind = one.behind(place)[group], other.behind(place)[group]
            if contents(my) != contents(your) or behind != (my.behind, your.behind):
                yield my.of.key


def contents(tally: QuestionTally) -> tuple[Any, ...]:
    """Everything that was counted of a question."""
    return (
        (tally.asked, tally.answered, tally.behind, tally.other_texts),
        dict(tally.codes),
        dict(tally.first_places),
        dict(tally.places),
        tally.numbers.counted(),
        (tally.earliest, tally.latest),
    )


def _of_responses(tally: Tally) -> dict[str, Any]:
    return {
        "responses": tally.responses,
        "languages": dict(tally.languages),
        "channels": dict(tally.channels),
        "collectors": dict(tally.collectors),
        "sessions": dict(tally.sessions),
        "months": dict(tally.months),
        "versions": dict(tally.versions),
        "days": (tally.first_on, tally.last_on),
    }
