"""An order as a JSON document and back: for another process, for the database, to compare two of them.

Codes and days only. What an order or a filter gains one day goes along by itself, as long as it is plain
text, a truth value, a number, or a list of one of them; pairs are named in ``_PAIRS``.
"""

from __future__ import annotations

import datetime as dt
import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import fields
from types import MappingProxyType
from typing import Any

from consult.reports.files import Order
from consult.responses.models import Channel
from consult.responses.reading import Filters

_IDENTITIES = ("collector_ids", "session_ids", "version_ids")
_READ: Mapping[str, Callable[[str], Any]] = MappingProxyType(
    {
        "channels": Channel,
        **dict.fromkeys(_IDENTITIES, uuid.UUID),
        "collected_from": dt.date.fromisoformat,
        "collected_until": dt.date.fromisoformat,
    }
)
_PAIRS = ("answered",)


def document_of(order: Order) -> dict[str, Any]:
    """Every field of the order; those of its filter that select something."""
    plain = {each.name: _written(getattr(order, each.name)) for each in fields(order)}
    return {**plain, "filters": filters_document(order.filters)}


def order_of(document: Mapping[str, Any]) -> Order:
    """The order that :func:`document_of` wrote down."""
    values: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in document.items()
    }
    values["filters"] = filters_of(document["filters"])
    return Order(**values)


def filters_document(filters: Filters) -> dict[str, Any]:
    """What is selected, by the name of the field."""
    values = {each.name: getattr(filters, each.name) for each in fields(filters)}
    return {name: _written(value) for name, value in values.items() if value or isinstance(value, bool)}


def filters_of(document: Mapping[str, Any]) -> Filters:
    return Filters(**{name: _value(name, value) for name, value in document.items()})


def canonical(document: Any) -> bytes:
    """The same bytes for the same content."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), default=str).encode()


def _written(value: Any) -> Any:
    if isinstance(value, frozenset):
        return sorted(_written(each) for each in value)
    if isinstance(value, tuple):
        return [_written(each) for each in value]
    if isinstance(value, Channel):
        return value.value
    if isinstance(value, uuid.UUID):
        return str(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def _value(name: str, written: Any) -> Any:
    if name in _PAIRS:
        return tuple((key, code) for key, code in written)
    read = _READ.get(name)
    if isinstance(written, list):
        return frozenset(read(each) if read else each for each in written)
    return read(written) if read else written
