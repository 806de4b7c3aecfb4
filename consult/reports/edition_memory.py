"""What has to be known of an edition to protect later ones, as a JSON document and back. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from consult.reports.disclosure.cells import Cell, Dimension, Link, Table
from consult.reports.disclosure.merging import JOINT, Merged
from consult.reports.disclosure.protect import Edition


def memory_of(edition: Edition) -> dict[str, Any]:
    """Everything, without repeating dimensions."""
    dimensions = {each.key: each for table in edition.tables for each in table.dimensions}
    return {
        "dimensions": {key: _dimension(each) for key, each in dimensions.items()},
        "tables": [_table(table) for table in edition.tables],
        "parts": {
            key: [list(group) for group in parts.values()] for key, parts in edition.merged.parts.items()
        },
        "hidden": _cells(edition.hidden),
        "primary": _cells(edition.primary),
        "links": [[*link.unanswered, link.dimension, sorted(link.codes)] for link in edition.links],
    }


def edition_of(memory: Mapping[str, Any]) -> Edition:
    """The edition that :func:`memory_of` wrote down."""
    dimensions = {key: _read_dimension(key, each) for key, each in memory["dimensions"].items()}
    tables = tuple(
        Table(
            tuple(dimensions[key] for key in each["of"]),
            {tuple(codes): count for *codes, count in each["counts"]},
            each["threshold"],
        )
        for each in memory["tables"]
    )
    merging = Merged(
        (),
        {
            key: {JOINT.join(group): tuple(group) for group in groups}
            for key, groups in memory["parts"].items()
        },
    )
    merged = Merged(merging.apply(tables), merging.parts)
    links = tuple(
        Link((key, code), dimension, frozenset(codes))
        for key, code, dimension, codes in memory.get("links", ())
    )
    return Edition(tables, merged, _read_cells(memory["hidden"]), _read_cells(memory["primary"]), links)


def _dimension(of: Dimension) -> dict[str, Any]:
    return {
        "categories": list(of.categories),
        "is_ordered": of.is_ordered,
        "may_merge": of.may_merge,
        "fixed": sorted(of.fixed),
        "of": of.of,
        "plain": sorted(of.plain),
        "least": of.least,
    }


def _read_dimension(key: str, written: Mapping[str, Any]) -> Dimension:
    return Dimension(
        key,
        tuple(written["categories"]),
        written["is_ordered"],
        written["may_merge"],
        frozenset(written["fixed"]),
        written["of"],
        frozenset(written["plain"]),
        written["least"],
    )


def _table(table: Table) -> dict[str, Any]:
    counts = sorted([*codes, count] for codes, count in table.counts.items())
    return {"of": [each.key for each in table.dimensions], "counts": counts, "threshold": table.threshold}


def _cells(cells: Iterable[Cell]) -> list[list[list[str]]]:
    return sorted(sorted(list(condition) for condition in cell.conditions) for cell in cells)


def _read_cells(written: Sequence[Sequence[Sequence[str]]]) -> frozenset[Cell]:
    return frozenset(Cell(frozenset((key, code) for key, code in cell)) for cell in written)
