"""Places: degrees in every way people write them, and nothing that lies nowhere."""

from __future__ import annotations

import pytest

from consult.questions import kind_of
from tests.samples.questions import ask
from tests.unit.questions.kinds import cells, clean, problem, refused, typed_and_read_back

POINT, TRACE, SHAPE = ask("geopoint"), ask("geotrace"), ask("geoshape")


def place(latitude: str, longitude: str, language: str = "en", **details: str) -> str:
    given = {"latitude": latitude, "longitude": longitude, **details}
    return str(clean(POINT, language=language, details=given)["it"])


@pytest.mark.parametrize(
    ("latitude", "longitude", "language"),
    [
        ("44.125", "-79.5", "en"),
        ("44,125", "-79,5", "fr"),
        ("٤٤٫١٢٥", "-٧٩٫٥", "ar"),
        ("44°07′30″N", "79°30′W", "en"),
        ("44° 7' 30\" N", "79 30 W", "en"),
        ("N 44 07.5", "W79.5", "en"),
        ("44°07,5′N", "79°30′ O", "fr"),
        ("44.125°", "\u221279.5°", "en"),
        ("44.125 ش", "79.5 غ", "ar"),
    ],
)
def test_degrees_are_read_in_every_way_of_writing(latitude: str, longitude: str, language: str) -> None:
    assert place(latitude, longitude, language) == "44.125 -79.5 0 0"


def test_south_and_east_turn_the_signs() -> None:
    assert place("33°51′S", "151°12′E") == "-33.85 151.2 0 0"


@pytest.mark.parametrize("pasted", ["43.65, -79.38", "43.65 -79.38", "43.65,-79.38", "43.65°N, 79.38°W"])
def test_both_in_the_first_field_are_taken_apart(pasted: str) -> None:
    assert place(pasted, "") == "43.65 -79.38 0 0"


def test_metres_are_kept_with_the_place() -> None:
    assert place("1", "2", accuracy="12,5 m", altitude="-3", language="fr") == "1 2 -3 12.5"


@pytest.mark.parametrize(
    "latitude", ["91", "-90.1", "44 60", "44°07′E", "-44 S", "here", "4" * 100, "1e1", "nan"]
)
def test_what_is_no_latitude_is_refused(latitude: str) -> None:
    assert "latitude" in refused(POINT, details={"latitude": latitude, "longitude": "0"})


@pytest.mark.parametrize("longitude", ["181", "79 N", "west", "--1", "1 2 3 4"])
def test_what_is_no_longitude_is_refused(longitude: str) -> None:
    assert "longitude" in refused(POINT, details={"latitude": "0", "longitude": longitude})


@pytest.mark.parametrize("details", [{"latitude": "44"}, {"longitude": "44"}, {"accuracy": "5"}])
def test_half_a_place_is_none(details: dict[str, str]) -> None:
    assert "both" in refused(POINT, details=details)


@pytest.mark.parametrize("accuracy", ["-1", "far", "1000000"])
def test_accuracy_is_a_length(accuracy: str) -> None:
    assert "metres" in refused(POINT, details={"latitude": "1", "longitude": "2", "accuracy": accuracy})


@pytest.mark.parametrize(
    "wrong", ["", "1", "1 2 3 4 5", "a b", "91 0", "0 181", "1 2 3 -1", "nan 0 0 0", "inf 1"]
)
def test_coded_place_that_lies_nowhere_is_a_problem(wrong: str) -> None:
    assert problem(POINT, wrong) is not None


def test_place_is_read_with_the_sign_of_the_language() -> None:
    kind = kind_of(POINT)
    assert kind.display(POINT, "43.65 -79.38 0 0", "en") == "43.65, -79.38"
    assert kind.display(POINT, "43.65 -79.38 0 0", "fr") == "43,65; -79,38"


def test_columns_of_a_place_are_numbers_and_blank_where_nothing_is_known() -> None:
    found = cells(POINT, {"it": "43.65 -79.38 0 12"})
    assert found == {
        "it": "43.65 -79.38 0 12",
        "it/latitude": 43.65,
        "it/longitude": -79.38,
        "it/altitude": None,
        "it/accuracy": 12.0,
    }


def test_place_on_the_equator_is_a_place() -> None:
    assert cells(POINT, {"it": "0 0 0 0"})["it/latitude"] == 0.0
    assert typed_and_read_back(POINT, {"it": "0 0 0 0"}, "fr") == {"it": "0 0 0 0"}


def test_line_is_its_points_one_a_line() -> None:
    typed = "43.65, -79.38\r\n\r\n43°39′36″N 79°23′W\n43.67\t-79.4\n43.68 -79.4 120 5\n"
    assert clean(TRACE, typed)["it"] == (
        "43.65 -79.38 0 0;43.66 -79.3833333 0 0;43.67 -79.4 0 0;43.68 -79.4 120 5"
    )


def test_line_of_a_language_with_comma_is_read_back() -> None:
    answers = {"it": "43.65 -79.38 0 0;43.66 -79 0 0"}
    assert typed_and_read_back(TRACE, answers, "fr") == answers


def test_line_says_which_of_its_lines_is_no_place() -> None:
    assert "Line 2" in refused(TRACE, "43.65, -79.38\nnorth of the church")


def test_line_needs_two_places_and_an_area_three() -> None:
    assert "two points" in refused(TRACE, "43.65, -79.38\n43.65, -79.38")
    assert "three points" in refused(SHAPE, "43.65, -79.38\n43.66, -79.38")


def test_area_closes_itself_once() -> None:
    corners = "1, 1\n1, 2\n2, 2"
    closed = "1 1 0 0;1 2 0 0;2 2 0 0;1 1 0 0"
    assert clean(SHAPE, corners) == {"it": closed}
    assert clean(SHAPE, f"{corners}\n1, 1") == {"it": closed}
    assert kind_of(SHAPE).display(SHAPE, closed, "en") == "3 points"


def test_line_of_too_many_points_is_refused() -> None:
    assert "1000" in refused(TRACE, "\n".join(["1, 1", "2, 2"] * 501))


@pytest.mark.parametrize("wrong", ["", ";", "1 2;", "1 2;x", "1 2;3 400"])
def test_coded_line_that_is_none_is_a_problem(wrong: str) -> None:
    assert problem(TRACE, wrong) is not None


def test_bar_code_is_a_text_as_printed() -> None:
    asked = ask("barcode")
    assert clean(asked, " 0012 3456 ") == {"it": "0012 3456"}
    assert problem(asked, 12) is not None
