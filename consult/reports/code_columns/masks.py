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
from consult.reports.code_columns.plan import HEAD, HEADS, NUMBERS, PRESENCE, Column, column_of
from consult.reports.merging import Asked
from consult.reports.tally import groups_by_answer
from consult.responses.reading import AllBut, Filters

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
    found += [_with_answer(holding, key, code) for key, code in filters.answered]
    if isinstance(filters, AllBut):
        return [~shelf for shelf in both(*found)] if found else _where(holding, HEADS["day"], lambda _: False)
    return both(*found) if found else None


def _with_answer(holding: Holding, key: str, code: str) -> Masks:
    """As responses/answered.py does in the database: in whatever question stands under this key."""

    def has_it(value: Any) -> bool:
        return value == code or (isinstance(value, list) and code in value)

    tables = [table for piece in holding.pieces if (table := piece.tables.get(())) is not None]
    columns = sorted({each for table in tables for each in table.columns if each.key == key})
    found = [_where(holding, each, has_it) for each in columns if each.mode not in (HEAD, PRESENCE, NUMBERS)]
    if not found:
        return _where(holding, HEADS["day"], lambda _: False)
    return [np.logical_or.reduce(shelf) for shelf in zip(*found, strict=True)]


def sizes_by_masks(masks: Sequence[Masks]) -> dict[tuple[bool, ...], int]:
    """How many rows there are for each way of being in the masks or not; ways that nobody has left out."""
    sizes = np.zeros(1 << len(masks), np.int64)
    for shelf in zip(*masks, strict=True):
        ways = sum(each.astype(np.int64) << place for place, each in enumerate(shelf))
        sizes += np.bincount(ways, minlength=len(sizes))
    return {
        tuple(bool(way >> place & 1) for place in range(len(masks))): size
        for way, size in enumerate(sizes.tolist())
        if size
    }


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
