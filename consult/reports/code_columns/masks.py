"""Which responses are selected: for each shelf true or false a row. Pure.

selected = masks_of(holding, filters, numbers)                  as Filters.conditions() do in the database
selected = both(selected, answered(holding, asked, "yes"))      and whose answer is that, or one of them
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from consult.reports.code_columns.coding import answer_of
from consult.reports.code_columns.contributions import row_with
from consult.reports.code_columns.holding import Holding
from consult.reports.code_columns.plan import HEADS, Column, column_of
from consult.reports.merging import Asked
from consult.reports.tally import groups_by_answer
from consult.responses.reading import Filters

Masks = Sequence[NDArray[np.bool_]]


def masks_of(holding: Holding, filters: Filters, numbers: Mapping[uuid.UUID, int]) -> Masks | None:
    """None where every response is selected. ``numbers`` of versions."""
    versions = {str(numbers[each]) for each in filters.version_ids if each in numbers}
    among = (
        ("language", filters.languages, filters.languages),
        ("channel", filters.channels, {channel.value for channel in filters.channels}),
        ("collector", filters.collector_ids, {each.hex for each in filters.collector_ids}),
        ("session", filters.session_ids, {each.hex for each in filters.session_ids}),
        ("version", filters.version_ids, versions),
    )
    found = [
        _where(holding, HEADS[name], lambda value, codes=codes: value in codes)  # type: ignore[misc]
        for name, wanted, codes in among
        if wanted
    ]
    if filters.collected_from is not None:
        since = filters.collected_from.isoformat()
        found.append(_where(holding, HEADS["day"], lambda day: day is not None and day >= since))
    if filters.collected_until is not None:
        until = filters.collected_until.isoformat()
        found.append(_where(holding, HEADS["day"], lambda day: day is not None and day <= until))
    return both(*found) if found else None


def answered(holding: Holding, asked: Asked, code: str) -> Masks:
    """Responses that chose ``code`` in a question of choices, alone or among others; of those versions that
    asked it, as a breakdown by that question groups them."""
    groups = groups_by_answer(asked)
    version = max(asked.versions)
    chosen = _where(holding, column_of(asked), lambda value: code in groups(row_with(asked, value, version)))
    asking = {str(each) for each in asked.versions}
    return both(chosen, _where(holding, HEADS["version"], lambda value: value in asking))


def both(*masks: Masks) -> Masks:
    """Where all of them are true; at least one mask."""
    return [np.logical_and.reduce(shelf) for shelf in zip(*masks, strict=True)]


def _where(holding: Holding, column: Column, is_wanted: Callable[[Any], bool]) -> Masks:
    table = np.array([is_wanted(answer_of(key)[0]) for key in holding.keys(column)], bool)
    return [table[holding.codes(column, shelf)] for shelf in range(holding.shelves)]
