"""What is said about places that cannot be read, and the names of their parts."""

from __future__ import annotations

from consult.i18n import catalogue, lazy_ngettext
from consult.i18n import lazy_gettext as _l
from consult.questions.kind import Message

LATITUDE = _l("Please write the latitude in degrees from -90 to 90, such as 43.65 or 43°39′N.")
LONGITUDE = _l("Please write the longitude in degrees from -180 to 180, such as -79.38 or 79°23′W.")
BOTH = _l("Please write both the latitude and the longitude, or leave both empty.")
ACCURACY = _l("Please write the accuracy in metres, such as 15.")
ALTITUDE = _l("Please write the altitude in metres, such as 250.")
TWO_POINTS = _l("A line needs at least two points, each on a line of its own.")
THREE_POINTS = _l("An area needs at least three points, each on a line of its own.")
NOT_A_POINT = _l(
    "The answer must be a place: latitude, longitude, altitude and accuracy, with spaces between."
)
NOT_POINTS = _l("The answer must be places with semicolons between them.")


def part_name(name: str, language: str) -> str:
    """What one number of a place is called, for the head of a column."""
    words = catalogue(language)
    names = {
        "latitude": words.pgettext("place", "latitude"),
        "longitude": words.pgettext("place", "longitude"),
        "altitude": words.pgettext("place", "altitude in metres"),
        "accuracy": words.pgettext("place", "accuracy in metres"),
    }
    return str(names[name])


def line_unread(place: int) -> Message:
    """Which line of several is no place; counted from 1."""
    return _l(
        "Line %(number)s is no place. Please write a latitude and a longitude, such as 43.65, -79.38.",
        number=place,
    )


def too_many_points(most: int) -> Message:
    return lazy_ngettext("Please give at most %(num)d point.", "Please give at most %(num)d points.", most)
