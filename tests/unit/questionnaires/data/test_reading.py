"""Files of data beside a form: CSV, GeoJSON and XML as they lie on people's disks."""

from __future__ import annotations

import json
import time

import pytest

from consult.expressions.tables import Table
from consult.questionnaires.data import UnreadableData, is_table, read_table
from consult.questionnaires.data.limits import MAX_BYTES

TOWNS = "name,label,région\nlondon,London,Sud-Ouest\nhearst,Hearst,Nord\n"


def point(longitude: object, latitude: object) -> dict[str, object]:
    return {"type": "Point", "coordinates": [longitude, latitude]}


def geojson(*features: dict[str, object]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def records(table: Table) -> list[dict[str, str]]:
    return [dict(table.record(row)) for row in range(len(table))]


@pytest.mark.parametrize(
    "data",
    [
        TOWNS.encode(),
        TOWNS.encode("utf-8-sig"),
        TOWNS.encode("utf-16"),
        TOWNS.encode("utf-16-le"),
        TOWNS.encode("utf-16-be"),
        TOWNS.encode("latin-1"),
        TOWNS.encode("cp1252"),
        TOWNS.replace("\n", "\r\n").encode(),
        TOWNS.replace("\n", "\r").encode(),
        TOWNS.replace(",", ";").encode(),
        TOWNS.replace(",", "\t").encode("utf-16"),
        TOWNS.replace(",", " , ").encode(),
        ("\n,,\n" + TOWNS + "\n,,\n").encode(),
        TOWNS.replace("\n", ",\n").encode(),
        TOWNS.replace("région", "région,name").encode(),
        '"name","label","région"\n"london","London","Sud-Ouest"\n"hearst","Hearst","Nord"'.encode(),
    ],
)
def test_csv_is_read_however_it_was_saved(data: bytes) -> None:
    assert records(read_table("towns.csv", data)) == [
        {"name": "london", "label": "London", "région": "Sud-Ouest"},
        {"name": "hearst", "label": "Hearst", "région": "Nord"},
    ]


def test_csv_cell_may_hold_lines_and_separators() -> None:
    assert records(read_table("a.csv", b'name,label\nx,"one,\ntwo ""three"""\n')) == [
        {"name": "x", "label": 'one,\ntwo "three"'}
    ]


def test_csv_with_a_header_only_has_no_rows() -> None:
    assert len(read_table("a.csv", b"name,label\n")) == 0


def test_geojson_gives_a_row_a_feature_with_its_place() -> None:
    feature = {
        "type": "Feature",
        "id": "on-1",
        "properties": {"title": "London", "people": 422324, "capital": False, "mayor": None, "tags": ["a"]},
        "geometry": point(-81.25, 42.98),
    }
    assert records(read_table("cities.geojson", geojson(feature))) == [
        {
            "id": "on-1",
            "title": "London",
            "people": "422324",
            "capital": "false",
            "mayor": "",
            "tags": '["a"]',
            "geometry": "42.98 -81.25 0 0",
        }
    ]


def test_geojson_takes_the_id_from_the_properties_where_the_feature_has_none() -> None:
    table = read_table("a.geojson", geojson({"properties": {"id": 7}, "geometry": None}))
    assert records(table) == [{"id": "7", "title": "", "geometry": ""}]


@pytest.mark.parametrize(
    ("geometry", "said"),
    [
        ({"type": "LineString", "coordinates": [[1, 2], [3, 4, 5]]}, "2 1 0 0; 4 3 5 0"),
        ({"type": "Polygon", "coordinates": [[[1, 2], [3, 4], [1, 2]]]}, "2 1 0 0; 4 3 0 0; 2 1 0 0"),
        ({"type": "MultiPoint", "coordinates": [[1, 2]]}, ""),
        ({"type": "Point", "coordinates": "here"}, ""),
        ({"type": "Point", "coordinates": [True, 2]}, ""),
        ({"type": "Polygon", "coordinates": []}, ""),
        ({}, ""),
    ],
)
def test_geometry_is_written_as_collect_writes_it(geometry: dict[str, object], said: str) -> None:
    table = read_table("a.geojson", geojson({"properties": {"id": "a"}, "geometry": geometry}))
    assert table.cell(0, "geometry") == said


def test_half_a_character_in_geojson_is_replaced() -> None:
    data = b'{"type":"Feature","properties":{"id":"a\\ud800"},"geometry":null}'
    assert read_table("a.geojson", data).cell(0, "id").encode() == b"a?"


def test_xml_gives_a_row_an_item() -> None:
    data = b"<root><item><name>a</name><label>A <b>b</b></label></item><item><name>c</name></item></root>"
    assert records(read_table("a.xml", data)) == [{"name": "a", "label": "A b"}, {"name": "c", "label": ""}]


def test_xml_items_may_have_another_name_and_a_namespace() -> None:
    data = b'<t xmlns="urn:x"><town><name>a</name></town><town><name>b</name></town></t>'
    assert records(read_table("a.xml", data)) == [{"name": "a"}, {"name": "b"}]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("a.csv", b"", "file_unreadable"),
        ("a.csv", b"\n\n", "file_unreadable"),
        ("a.csv", b'name\n"never closed' + b"x" * 200_000, "file_unreadable"),
        ("a.csv", b"name\n" + b"x" * 40_000, "file_unreadable"),
        ("a.csv", b"\xff\xfea", "file_unreadable"),
        ("a.csv", b",".join(b"c%d" % n for n in range(301)), "file_too_large"),
        ("a.csv", b"name\n" + b"x\n" * 200_001, "file_too_large"),
        ("a.csv", b"x" * (MAX_BYTES + 1), "file_too_large"),
        ("a.geojson", b"", "file_unreadable"),
        ("a.geojson", b"[1, 2]", "file_unreadable"),
        ("a.geojson", b"{}", "file_unreadable"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": [1]}', "file_unreadable"),
        ("a.geojson", b'{"type": "FeatureCollection", "features": []}', "file_unreadable"),
        ("a.geojson", b"[" * 100_000, "file_unreadable"),
        ("a.geojson", b'{"type": "Feature", "id": ' + b"9" * 10_000 + b"}", "file_unreadable"),
        ("a.xml", b"", "file_unreadable"),
        ("a.xml", b"<root/>", "file_unreadable"),
        ("a.xml", b"<root><item>", "file_unreadable"),
        ("a.xml", b'<!DOCTYPE r [<!ENTITY a "b">]><root><item><n>&a;</n></item></root>', "file_unreadable"),
        ("a.xml", b"<root>" + b" " * (8 * 1024 * 1024), "file_too_large"),
    ],
)
def test_file_that_cannot_be_used_is_refused_with_a_remedy(name: str, data: bytes, code: str) -> None:
    with pytest.raises(UnreadableData) as caught:
        read_table(name, data)
    assert caught.value.code == code
    assert str(caught.value.message)
    assert str(caught.value.remedy)


def test_hostile_nesting_is_answered_at_once() -> None:
    begun = time.perf_counter()
    read_table("a.xml", b"<root><item><a>" + b"<b>" * 20_000 + b"</b>" * 20_000 + b"</a></item></root>")
    assert time.perf_counter() - begun < 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a.csv", True),
        ("A.CSV", True),
        ("a.geojson", True),
        ("a.xml", True),
        ("a.png", False),
        ("csv", False),
    ],
)
def test_name_says_whether_a_file_holds_data(name: str, expected: bool) -> None:
    assert is_table(name) is expected
