"""A file of data → a table, within limits. What it is called says what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePath
from types import MappingProxyType

from consult.expressions.tables import Table
from consult.questionnaires.data import csv_tables, geojson_tables, xml_tables
from consult.questionnaires.data.limits import MAX_BYTES, UnreadableData, too_large

__all__ = ["UnreadableData", "is_table", "read_table", "tables_in"]

_READERS: Mapping[str, Callable[[bytes], Table]] = MappingProxyType(
    {".csv": csv_tables.read, ".geojson": geojson_tables.read, ".xml": xml_tables.read}
)


def is_table(name: str) -> bool:
    """Whether a file of this name holds data."""
    return PurePath(name).suffix.lower() in _READERS


def read_table(name: str, data: bytes) -> Table:
    """Read a CSV, GeoJSON or XML file. Raises UnreadableData with what is wrong and what to do."""
    if len(data) > MAX_BYTES:
        raise too_large()
    return _READERS[PurePath(name).suffix.lower()](data)


def tables_in(files: Mapping[str, bytes]) -> dict[str, Table]:
    """The tables among files that were read before. Raises UnreadableData."""
    return {name: read_table(name, data) for name, data in files.items() if is_table(name)}
