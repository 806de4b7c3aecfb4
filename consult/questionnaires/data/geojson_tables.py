"""GeoJSON: one row a feature; its properties, ``id``, ``title`` and ``geometry`` (as ODK writes places)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from consult.expressions import text as text_of
from consult.expressions.tables import Table
from consult.i18n import lazy_gettext as _l
from consult.questionnaires.data.csv_tables import decoded
from consult.questionnaires.data.limits import checked_columns, checked_rows, not_a_table

_DEPTH = 64


def read(data: bytes) -> Table:
    """A FeatureCollection, or a single Feature. Raises UnreadableData."""
    source = decoded(data)
    if _depth(source) > _DEPTH:
        raise not_a_table(_l("The file is nested too deeply for GeoJSON."))
    try:
        found = json.loads(source)
    except (ValueError, RecursionError) as problem:
        raise not_a_table(_l("The file is not GeoJSON: it cannot be read as JSON.")) from problem
    records = [_record(feature) for feature in _features(found)]
    columns = list(dict.fromkeys(name for record in records for name in record))
    if not columns:
        raise not_a_table(_l("The file is not GeoJSON: it has no features."))
    checked_columns(columns)
    rows = ([record.get(name) for name in columns] for record in records)
    return Table(columns, checked_rows(rows, len(columns)))


def _features(found: Any) -> Iterator[dict[str, Any]]:
    kind = found.get("type") if isinstance(found, dict) else None
    features = (
        found.get("features") if kind == "FeatureCollection" else [found] if kind == "Feature" else None
    )
    if not isinstance(features, list) or not all(isinstance(feature, dict) for feature in features):
        raise not_a_table(_l("The file is not GeoJSON: it is no FeatureCollection."))
    yield from features


def _record(feature: dict[str, Any]) -> dict[str, str]:
    """ODK Collect's reading: ``id`` of the feature, else of its properties; then what it says of itself."""
    properties = feature.get("properties")
    own = properties if isinstance(properties, dict) else {}
    known = {"id": feature.get("id", own.get("id")), "title": own.get("title"), **own}
    if feature.get("id") is not None:
        known["id"] = feature["id"]
    record = {_text(name): _text(value) for name, value in known.items()}
    geometry = feature.get("geometry")
    return record | {"geometry": _place(geometry) if isinstance(geometry, dict) else ""}


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        # JSON can write halves of characters that no encoding takes.
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, (bool, float)):
        return text_of(value)
    return json.dumps(value, separators=(",", ":"))


def _place(geometry: dict[str, Any]) -> str:
    """``latitude longitude altitude accuracy``; several points with ``;`` between. "" for what is neither."""
    coordinates, kind = geometry.get("coordinates"), geometry.get("type")
    if kind == "Point":
        points = [coordinates]
    elif kind == "LineString":
        points = coordinates if isinstance(coordinates, list) else []
    elif kind == "Polygon" and isinstance(coordinates, list) and coordinates:
        points = coordinates[0] if isinstance(coordinates[0], list) else []
    else:
        return ""
    said = [_point(point) for point in points]
    return "; ".join(said) if all(said) else ""


def _point(point: Any) -> str:
    is_right = (
        isinstance(point, list)
        and len(point) >= 2
        and all(isinstance(part, (int, float)) and not isinstance(part, bool) for part in point[:3])
    )
    if not is_right:
        return ""
    longitude, latitude, altitude = (*point[:3], 0)[:3]
    return " ".join(_text(part) for part in (latitude, longitude, altitude, 0))


def _depth(source: str) -> int:
    """Brackets within brackets, whatever stands in texts: too many is refused before JSON recurses."""
    depth = deepest = 0
    for sign in source:
        if sign in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif sign in "]}":
            depth -= 1
    return deepest
