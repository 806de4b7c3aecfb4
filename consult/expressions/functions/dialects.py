"""Functions that one product added to the language, as far as they can be done exactly.

Items stand in a text with a mark between them: ``item-at(', ', 'a, b', 1)`` is ``b``.
"""

from __future__ import annotations

import math

from consult.expressions.functions.table import Table
from consult.expressions.values import Value, number, text

OF_DEVICES = (
    *("duration", "device-info", "phone-call-log", "phone-call-duration", "collect-is-phone-app"),
    *("property", "username", "caseid", "enumerator-name", "enumerator-id", "plug-in-metadata"),
)
"""What a telephone would know about itself and whoever holds it: accepted, and empty here."""

NOT_RANKED = 999.0
"""The rank of what is no number, as SurveyCTO has it."""


def _items(mark: Value, joined: Value) -> list[str]:
    written, between = text(joined), text(mark)
    if not between:
        return [written] if written else []
    return written.split(between) if written else []


def item_at(mark: Value, joined: Value, place: Value) -> str:
    """The item at a place, counted from 0; "" where there is none."""
    items, given = _items(mark, joined), number(place)
    at = math.trunc(given) if math.isfinite(given) else -1
    return items[at] if 0 <= at < len(items) else ""


def item_index(mark: Value, joined: Value, item: Value) -> float:
    """The place of an item, counted from 0; -1 where it is not there."""
    items = _items(mark, joined)
    return float(items.index(text(item))) if text(item) in items else -1.0


def item_present(mark: Value, joined: Value, item: Value) -> bool:
    return text(item) in _items(mark, joined)


def count_items(mark: Value, joined: Value) -> float:
    return float(len(_items(mark, joined)))


def de_duplicate(mark: Value, joined: Value) -> str:
    """Each item once, where it stands first."""
    return text(mark).join(dict.fromkeys(_items(mark, joined)))


def rank_value(value: Value, joined: Value) -> float:
    """The place of a number among those of a text with spaces between, the highest first."""
    own = number(value)
    if own != own:
        return NOT_RANKED
    return 1.0 + sum(number(each) > own for each in text(joined).split())


def format_number(value: Value) -> str:
    """With commas between thousands: 1234567.5 is ``1,234,567.5``."""
    written = text(number(value))
    sign, digits = ("-", written[1:]) if written.startswith("-") else ("", written)
    whole, point, fraction = digits.partition(".")
    return sign + (f"{int(whole):,}" if whole.isdigit() else whole) + point + fraction


PLAIN: Table = {
    "lower": lambda value: text(value).lower(),
    "upper": lambda value: text(value).upper(),
    "empty": lambda value: text(value) == "",
    "linebreak": lambda: "\n",
    "item-at": item_at,
    "item-index": item_index,
    "item-present": item_present,
    "count-items": count_items,
    "de-duplicate": de_duplicate,
    "rank-value": rank_value,
    "format-number": format_number,
    **dict.fromkeys(OF_DEVICES, lambda *_: ""),
}
