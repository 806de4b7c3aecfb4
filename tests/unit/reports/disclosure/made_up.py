"""Made-up responses and their tables, skewed as real ones are: a few languages, many small groups."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Sequence

from consult.reports.disclosure.cells import Dimension, Table

Response = dict[str, str]


def dimensions_of(draw: random.Random) -> list[Dimension]:
    """One or two that make groups, then one to three questions."""
    made = []
    for place in range(draw.randint(2, 5)):
        categories = [f"c{number}" for number in range(draw.randint(2, 6))]
        made.append(
            Dimension(
                f"d{place}",
                (*categories, "") if draw.random() < 0.5 else tuple(categories),
                is_ordered=draw.random() < 0.3,
                may_merge=draw.random() < 0.6,
                fixed=frozenset(("",)),
            )
        )
    return made


def responses(draw: random.Random, dimensions: Sequence[Dimension], number: int) -> list[Response]:
    leaning = {each.key: [draw.random() ** 3 + 0.01 for _ in each.categories] for each in dimensions}
    return [
        {each.key: draw.choices(each.categories, leaning[each.key])[0] for each in dimensions}
        for _ in range(number)
    ]


def tables(dimensions: Sequence[Dimension], found: Sequence[Response], threshold: int) -> list[Table]:
    """Each dimension by itself, and each question by one or two that make groups."""
    groups = dimensions[: 2 if len(dimensions) > 3 else 1]
    made = [table((each,), found, threshold) for each in dimensions]
    made += [
        table((question, group), found, threshold)
        for group in groups
        for question in dimensions[len(groups) :]
    ]
    return made


def table(of: Sequence[Dimension], found: Sequence[Response], threshold: int) -> Table:
    counts = Counter(tuple(response[each.key] for each in of) for response in found)
    return Table(tuple(of), dict(counts), threshold)
